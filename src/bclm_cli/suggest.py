"""Names in messages: the nearest to one that is not known, how a name is quoted, the first of
many."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from bclm_cli.errors import UsageError

_Name = TypeVar("_Name", bound=str)

STDIN = "(stdin)"
"""What messages call the file that `-` stands for."""


def near(name: str, known: Iterable[str], *, alike: float = 0.6) -> list[str]:
    """Up to three known names: those that begin with this one as a word, then the most alike.

    `alike` is the share of letters, from 0 to 1, that they must have in common.
    """
    from difflib import get_close_matches

    wanted = name.lower()
    folded = {candidate.lower(): candidate for candidate in known}
    closest = get_close_matches(wanted, folded, 3, alike)
    longer = sorted(match for match in folded if match.startswith(f"{wanted} "))
    return [folded[match] for match in dict.fromkeys([*longer, *closest])][:3]


def one_of(what: str, name: str, known: Collection[_Name]) -> _Name:
    """The name, if it is one of the known; else UsageError with the nearest and all of them."""
    for one in known:
        if one == name:
            return one
    raise UsageError(missing(what, name, near(name, known)), f"{what}s are {', '.join(known)}")


def missing(what: str, name: str, guesses: Iterable[str]) -> str:
    """The sentence for a name that does not exist: "no step 'x'; did you mean y or z?"."""
    return "; ".join(filter(None, (f"no {what} {quoted(name)}", did_you_mean(guesses))))


def did_you_mean(guesses: Iterable[str]) -> str:
    """The question "did you mean y or z?", "" where there is no guess."""
    guess = " or ".join(dict.fromkeys(guesses))
    return f"did you mean {guess}?" if guess else ""


def quoted(name: str) -> str:
    r"""A name in quotes as it was typed, where `repr` would double the backslash of `\cite`; what
    cannot be printed is still escaped."""
    if not name.isprintable():
        return repr(name)
    mark = '"' if "'" in name and '"' not in name else "'"
    return f"{mark}{name}{mark}"


def shortened(names: Sequence[str], most: int = 5) -> str:
    """The first of many names and how many there are more: "a, b and 3 more"."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
