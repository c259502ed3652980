"""What LaTeX's commands stand for; symbols that are not here are looked up in pylatexenc."""

from __future__ import annotations

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "U": "\u030e", "G": "\u030f", "f": "\u0311",
    "capitalcedilla": "\u0327", "capitalogonek": "\u0328",
}  # fmt: skip
BARE = {"\u0303": "~", "\u0302": "^"}
"""What an accent over nothing, \\~{}, is for."""
MATH_ACCENTS = {
    "acute": "\u0301", "grave": "\u0300", "hat": "\u0302", "tilde": "\u0303", "bar": "\u0304",
    "overline": "\u0304", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "breve": "\u0306",
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
    "upshape": "", "rm": "", "sf": "", "tt": "", "sc": "", "mdseries": "", "normalfont": "",
    "rmfamily": "", "sffamily": "", "ttfamily": "", "scshape": "", "noindent": "", "mathsurround":
    "", "allowbreak": "", "break": "", "nolinebreak": "", "xspace": "", "limits": "",
}  # fmt: skip
MARKED = {
    "textit": "i", "emph": "i", "textsl": "i", "mathit": "i", "textbf": "b", "mathbf": "b",
    "boldsymbol": "b", "textsuperscript": "sup", "textsubscript": "sub", "sp": "sup", "sb": "sub",
    "mkbibemph": "i", "mkbibitalic": "i", "mkbibbold": "b", "mkbibsuperscript": "sup",
    "mkbibsubscript": "sub", "ce": "",
}  # fmt: skip
SWITCHES = {
    "em": "i", "it": "i", "itshape": "i", "sl": "i", "slshape": "i", "bf": "b", "bfseries": "b",
}  # fmt: skip
KEPT = frozenset(
    {"text", "textrm", "textup", "textnormal", "textsf", "texttt", "textmd", "textsc", "mathrm",
     "mathsf", "mathtt", "mathnormal", "mathcal", "mathbb", "operatorname", "mbox", "hbox", "fbox",
     "url", "path", "underline", "uline", "ensuremath", "nocase", "NoCaseChange", "uppercase",
     "MakeUppercase", "lowercase", "MakeLowercase", "textlatin", "textgreek", "textcyrillic",
     "nolinkurl", "mkbibquote", "enquote", "bibstring", "newblock", "mathregular", "unit", "si"}
)  # fmt: skip
TEXT = frozenset(
    {"text", "textrm", "textup", "textnormal", "textsf", "texttt", "textmd", "mbox", "hbox"}
)  # fmt: skip
"""A hyphen in them is none of math's minus signs."""
DROPPED = frozenset(
    {"label", "cite", "index", "footnote", "thanks", "vspace", "hspace", "noopsort", "SortNoop",
     "phantom", "hphantom", "vphantom", "color", "textcolor", "href", "foreignlanguage", "fontsize",
     "selectlanguage", "setbox"}
)  # fmt: skip
"""Their first argument is not text."""
QUOTING = frozenset({"enquote", "mkbibquote"})
