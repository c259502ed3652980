"""What a name may mean that no factor has: a slip of one, or something related to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from bclm_cli.query.search import alternatives
from bclm_cli.suggest import missing, near, quoted, shortened
from bclm_cli.text.normalize import compact, words

_MOST = 3
_MOST_LISTED = 12  # of what may be meant: then nobody reads on
_SHORT = 40
_ALIKE = 0.75
_LONG_ENOUGH = 5  # letters of a name that a slip may be told from another name by
_RARE = 0.34
"""The least that words in common must tell: one that two factors share does."""


class NearFactors:
    """The spellings of all factors, folded once for all the names that lead to none."""

    def __init__(
        self, known: Sequence[tuple[str, str]], values: Mapping[str, tuple[str, str]]
    ) -> None:
        """`known` are spellings, each with the name of its factor; `values` are those of other
        fields of claims by their compact form, each with its field."""
        self.values = values
        folded = (
            (spelled != factor, f"{' '.join(words(spelled))} ", spelled, factor)
            for spelled, factor in known
        )
        self.known = sorted(folded, key=lambda one: one[:2])
        self.compact = {compact(spelled): (factor, spelled) for spelled, factor in reversed(known)}

    def message(self, name: str) -> str:
        """What a message says of a name: it may be one of several, or a slip of one; else it is not
        in the data, and what is related is named as that alone."""
        wanted = " ".join(words(name))
        if len(wanted) < 2 or wanted.isdigit():
            return f"no factor {quoted(name)} in the data"
        if several := self._with_words(wanted):
            return f"{quoted(name)} may be any of {shortened(several, _MOST_LISTED)}"
        if flag := self._flag(name):
            return f"no factor {quoted(name)} in the data; {flag}"
        if meant := self._begun(name, wanted) or self._slips(name):
            return missing("factor", name, meant[:_MOST])
        if related := self._related(name):
            return f"no factor {quoted(name)} in the data; related: {', '.join(related)}"
        return f"no factor {quoted(name)} in the data"

    def _with_words(self, wanted: str) -> list[str]:
        """Those in whose name these words stand together, if there are several."""
        found = [
            factor
            for is_synonym, text, _, factor in self.known
            if not is_synonym and f" {wanted} " in f" {text}"
        ]
        return found if len(found) > 1 else []

    def _flag(self, name: str) -> str:
        """The flag that selects what the name means, if that is a value of another field."""
        for spelled in (name, *alternatives(name)):
            if found := self.values.get(compact(spelled)):
                field, value = found
                return f"--{field} {quoted(value) if ' ' in value else value} selects claims"
        return ""

    def _begun(self, name: str, wanted: str) -> list[str]:
        """Those whose name has a word that begins so: somebody stopped typing. A synonym may begin
        so and be another thing (collagenase), and an abbreviation is whole as it is."""
        if name.isupper() or len(wanted) < 3:
            return []
        return [
            factor
            for is_synonym, text, _, factor in self.known
            if not is_synonym and f" {wanted}" in f" {text}"
        ]

    def _slips(self, name: str) -> list[str]:
        """Those spelled much alike, with the same numbers, Greek and single letters: these tell
        one molecule from another, so that P-selectin is no slip of E-selectin; nor is collagen one
        of collagenase, of which it is a part. Words that a factor has are no slips."""
        known = {word for _, text, _, _ in self.known for word in text.split()}
        if len(compact(name)) < _LONG_ENOUGH or known.issuperset(words(name)):
            return []
        alike = [
            (factor, spelled)
            for factor, spelled in self._alike(name)
            if _designators(spelled) == _designators(name)
            and compact(name) not in compact(spelled)[:-1]
            and compact(name) not in compact(spelled)[1:]
        ]
        shown = dict(reversed(alike))  # the spelling that is most alike
        shown |= {factor: factor for factor, spelled in alike if factor == spelled}
        factors = dict.fromkeys(factor for factor, _ in alike)
        return [_with_synonym(factor, shown[factor]) for factor in factors]

    def _related(self, name: str) -> list[str]:
        """Those that share rare words with the name or, in their own names, with what a search
        takes for it; else those spelled much alike."""
        scores: Counter[str] = Counter()
        shown: dict[str, str] = {}
        others = [word for other in alternatives(name) for word in words(other)]
        for wanted, by_name in ((others, True), (words(name), False)):
            for word in filter(_telling, dict.fromkeys(wanted)):
                holding = self._holding(word, by_name=by_name)
                scores.update(dict.fromkeys(holding, 1 / len(holding)) if holding else {})
                shown = {**holding, **shown}
        found = [factor for factor, score in scores.most_common(_MOST) if score >= _RARE]
        if not found:
            shown = dict(reversed(self._alike(name)))
            found = list(shown)[::-1]
        return [_with_synonym(factor, shown[factor]) for factor in found]

    def _holding(self, word: str, *, by_name: bool) -> dict[str, str]:
        """The factors of which a spelling has the word, or one that it begins or that begins it;
        each with that spelling."""
        found: dict[str, str] = {}
        for is_synonym, text, spelled, factor in self.known:
            if not (by_name and is_synonym) and any(_same(word, one) for one in text.split()):
                found.setdefault(factor, spelled)
        return found

    def _alike(self, name: str) -> list[tuple[str, str]]:
        """Factors with the spelling of theirs that looks much like the name."""
        return [self.compact[one] for one in near(compact(name), self.compact, alike=_ALIKE)]


def _with_synonym(factor: str, spelled: str) -> str:
    """A factor with the synonym that brought it here, for the eye sees no link else."""
    return factor if spelled == factor or len(spelled) > _SHORT else f"{factor} ({spelled})"


def _designators(text: str) -> list[str]:
    """The numbers, Greek letters and single letters of a name: 1 and l of PD-L1."""
    parts = (part for word in words(text) for part in re.findall(r"\d+|[a-z]+", word))
    return sorted(part for part in parts if part.isdigit() or len(part) == 1 or part in _GREEK)


_GREEK = frozenset({"alpha", "beta", "gamma", "delta", "epsilon", "kappa", "lambda"})


def _telling(word: str) -> bool:
    """Whether a word may relate two names: the l1 of PD-L1 relates it to nothing."""
    return len(word) > 2 or (len(word) == 2 and word.isalpha())


def _same(word: str, other: str) -> bool:
    """Whether two words are one, or the longer begins with the shorter: sinusoid, sinusoidal."""
    short, long = sorted((word, other), key=len)
    return short == long or (len(short) > _LONG_ENOUGH and long.startswith(short))
