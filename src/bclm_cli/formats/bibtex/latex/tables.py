"""What LaTeX's commands stand for; symbols that are not here are looked up in pylatexenc."""

from __future__ import annotations

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "U": "\u030e", "G": "\u030f", "f": "\u0311",
    "capitalcedilla": "\u0327", "capitalogonek": "\u0328", "t": "\u0361",
    "textcommabelow": "\u0326",
}  # fmt: skip
BARE = {"\u0303": "~", "\u0302": "^"}
"""What an accent over nothing, \\~{}, is for."""
MATH_ACCENTS = {
    "acute": "\u0301", "grave": "\u0300", "hat": "\u0302", "tilde": "\u0303", "bar": "\u0304",
    "overline": "\u0304", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "breve": "\u0306",
    "vec": "\u20d7", "mathring": "\u030a", "widehat": "\u0302", "widetilde": "\u0303",
}  # fmt: skip
LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”", "?`": "¿", "!`": "¡", "~": "\u00a0"}
MATH_TEXT = str.maketrans({"-": "−", "'": "′", "*": "∗"})
SYMBOLS = {
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", "\n": " ",
    "\t": " ", "\\": " ", ",": "\u2009", ";": " ", ":": " ", "!": "", "/": "", "-": "", "@": "",
    "|": "|", "(": "", ")": "", "[": "", "]": "",
}  # fmt: skip
WORDS = {
    "i": "ı", "j": "ȷ", "ss": "ß", "SS": "ẞ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ",
    "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "th": "þ", "TH": "Þ", "dh": "ð",
    "DH": "Ð", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_",
    "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}",
    "textdollar": "$", "textpercent": "%", "textampersand": "&", "textnumbersign": "#",
    "textasciicircum": "^", "textasciitilde": "~", "textbackslash": "\\", "backslash": "\\",
    "textquotesingle": "'", "textquotedbl": '"', "textasciigrave": "`", "textasteriskcentered": "*",
    "textendash": "–", "textemdash": "—", "textminus": "−", "textnobreakdash": "‑",
    "nobreakdash": "", "nobreakspace": "\u00a0", "textnonbreakinghyphen": "‑",
    "thinspace": "\u2009", "enspace": "\u2002", "emspace": "\u2003", "quad": " ", "qquad": " ",
    "space": " ", "newline": " ", "linebreak": " ", "par": " ",
    "degree": "°", "textdegree": "°", "celsius": "°C", "textcelsius": "°C", "circ": "∘",
    "textmu": "µ", "micro": "µ", "textmicro": "µ", "texttimes": "×", "textpm": "±",
    "textprimstress": "′", "textordmasculine": "º", "textordfeminine": "ª",
    "varsigma": "ς", "textvarsigma": "ς", "epsilon": "ε", "varepsilon": "ε",
    "phi": "φ", "varphi": "φ", "omicron": "ο",
    "prime": "′", "leqslant": "≤", "geqslant": "≥", "le": "≤", "ge": "≥", "lt": "<", "gt": ">",
    "to": "→", "sim": "∼", "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾",
    "relax": "", "protect": "", "left": "", "right": "", "displaystyle": "", "textstyle": "",
    "upshape": "", "rm": "", "sf": "", "tt": "", "mdseries": "", "normalfont": "",
    "rmfamily": "", "sffamily": "", "ttfamily": "", "noindent": "", "mathsurround":
    "", "allowbreak": "", "break": "", "nolinebreak": "", "xspace": "", "limits": "",
    # plain TeX's and LaTeX's own
    "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2ε", "BibTeX": "BibTeX", "XeTeX": "XeTeX",
    "LuaTeX": "LuaTeX", "XeLaTeX": "XeLaTeX", "copyright": "©", "pounds": "£", "S": "§", "P": "¶",
    "ddag": "‡", "ddagger": "‡", "lq": "‘", "rq": "’", "slash": "/", "euro": "€", "EUR": "€",
    "textborn": "*", "textdied": "†", "textmarried": "⚭", "textcopyleft": "🄯", "ohm": "Ω",
    "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "flqq": "«", "frqq": "»", "flq": "‹",
    "frq": "›", "neg": "¬", "lnot": "¬", "land": "∧", "lor": "∨", "Re": "ℜ", "Im": "ℑ",
    "triangle": "△", "Box": "□", "Diamond": "◇", "clubsuit": "♣", "heartsuit": "♡", "bot": "⊥",
    "colon": ":", "not": "\u0338", "lbrack": "[", "rbrack": "]", "textbardbl": "‖", "sqrt": "√",
    "textogonekcentered": "˛", "nbsp": "\u00a0", "hyp": "-", "hyphen": "-", "bibdash": "–",
    "bibrangedash": "–", "bibnamedelima": " ", "over": "/", "smallskip": " ", "medskip": " ",
    "bigskip": " ", "hfill": " ", "vfill": " ", "newpage": " ", "clearpage": " ", "item": " ",
    **dict.fromkeys(
        ("small", "footnotesize", "large", "Large", "LARGE", "huge", "Huge", "tiny", "normalsize",
         "scriptsize", "raggedright", "centering", "pagebreak", "nopagebreak", "ignorespaces",
         "unskip", "null", "leavevmode", "strut", "begingroup", "endgroup", "bgroup", "egroup",
         "negthinspace", "up", "selectfont", "boldmath", "unboldmath", "sloppy", "fussy", "empty"),
        "",
    ),
}  # fmt: skip
MARKED = {
    "textit": "i", "emph": "i", "textsl": "i", "mathit": "i", "textbf": "b", "mathbf": "b",
    "boldsymbol": "b", "textsuperscript": "sup", "textsubscript": "sub", "sp": "sup", "sb": "sub",
    "mkbibemph": "i", "mkbibitalic": "i", "mkbibbold": "b", "mkbibsuperscript": "sup",
    "mkbibsubscript": "sub", "ce": "", "textsc": "sc",
}  # fmt: skip
SWITCHES = {
    "em": "i", "it": "i", "itshape": "i", "sl": "i", "slshape": "i", "bf": "b", "bfseries": "b",
    "sc": "sc", "scshape": "sc",
}  # fmt: skip
KEPT = frozenset(
    {"text", "textrm", "textup", "textnormal", "textsf", "texttt", "textmd", "mathrm",
     "mathsf", "mathtt", "mathnormal", "mathcal", "mathbb", "operatorname", "mbox", "hbox", "fbox",
     "underline", "uline", "ensuremath", "nocase", "NoCaseChange", "uppercase",
     "MakeUppercase", "lowercase", "MakeLowercase", "textlatin", "textgreek", "textcyrillic",
     "mkbibquote", "mathfrak", "mathscr", "makebox", "framebox", "MakeTitlecase", "num", "natexlab",
     "citenamefont", "bibfnamefont", "bibnamefont", "Eprint",
     "super", "enquote", "bibstring", "newblock", "mathregular", "unit", "si"}
)  # fmt: skip
TEXT = frozenset(
    {"text", "textrm", "textup", "textnormal", "textsf", "texttt", "textmd", "mbox", "hbox"}
)  # fmt: skip
"""A hyphen in them is none of math's minus signs."""
DROPPED = frozenset(
    {"label", "cite", "index", "footnote", "thanks", "vspace", "hspace", "noopsort", "SortNoop",
     "phantom", "hphantom", "vphantom", "color", "textcolor", "href", "foreignlanguage", "fontsize",
     "selectlanguage", "setbox", "noop", "bibinfo", "texorpdfstring", "parbox", "raisebox",
     "hyphenation"}
)  # fmt: skip
"""Their first argument is not text."""
VERBATIM = frozenset({"url", "path", "nolinkurl"})
"""Their argument is no LaTeX."""
BETWEEN = {
    **dict.fromkeys(("frac", "tfrac", "dfrac", "cfrac", "nicefrac", "sfrac"), "/"), "binom": " ",
    "SI": " ", "qty": " ",
}  # fmt: skip
"""What stands between their two arguments on one line."""
QUOTING = frozenset({"enquote", "mkbibquote"})
