"""Adds papers to a library, or prints them: from what was named to the file that is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bclm_cli.errors import DataError
from bclm_cli.formats import registry
from bclm_cli.formats.csl import yaml_blocks
from bclm_cli.formats.interface import Entry
from bclm_cli.gc_paused import gc_paused
from bclm_cli.identifiers import Identifier
from bclm_cli.library.intake import Intake
from bclm_cli.library.sources import File, sources
from bclm_cli.library.target import Target
from bclm_cli.library.target import target as target_of
from bclm_cli.model.records import Reference
from bclm_cli.output import Meter, Output, rewrite_file, say, turn

if TYPE_CHECKING:
    from bclm_cli.online.fetch import Fetched


class Settings(NamedTuple):
    """How papers are added.

    `format_name` is that of the files, None to detect it. `path` is where they are written, a .bib
    or a data folder, None to print them. `update` fills in what papers there lack. `verbose` says
    which service a field is from, `refresh` asks the services anew.
    """

    format_name: str | None = None
    path: Path | None = None
    update: bool = False
    verbose: bool = False
    refresh: bool = False


class AtHand(NamedTuple):
    """The papers that are known already, the key of the one called so (None if there is none), the
    paper of a key, and names whose capitals BibTeX styles must leave."""

    references: Iterable[Reference]
    key_of: Callable[[str], str | None]
    paper: Callable[[str], Reference]
    terms: frozenset[str] = frozenset()


def add(
    what: Sequence[str],
    settings: Settings,
    known: Callable[[Path | None], AtHand],
    out: Output,
) -> int:
    """Add the papers of files and identifiers; how many could not be taken, each said on stderr.

    `known` gives the papers at hand: those of the data, and of what is written to if that is named.
    Nothing is written if a file cannot be read or a service cannot be asked (DataError,
    ServiceError).
    """
    target = target_of(settings.path) if settings.path is not None else None

    @cache
    def before() -> AtHand:
        return known(settings.path if target is not None and target.read() else None)

    # What may last (a pipe, the network) comes first: no other run has to wait for it.
    found = list(sources(what, settings.format_name, lambda name: bool(before().key_of(name))))
    wanted = [one for one in found if isinstance(one, Identifier)]
    if not settings.update:  # papers that are to be filled are asked about
        wanted = [one for one in wanted if not before().key_of(str(one))]
    fetched = _fetched(wanted, settings, out)
    lost = 0
    with gc_paused(), turn(target.path) if target is not None else nullcontext():
        own = target.read() if target is not None else {}
        at_hand = known(settings.path if target is not None and target.before else None)
        in_place = target is not None and target.in_place
        dropped = target.dropped if target else ()
        intake = Intake(at_hand.references, own, in_place=in_place, dropped=dropped)
        for source in found:
            if isinstance(source, File):
                lost += _take_file(source, intake, settings, out)
            elif isinstance(source, Identifier) and source in fetched:
                lost += _take_fetched(fetched[source], intake, settings, out)
            else:
                paper = _paper(str(source), at_hand, known, settings)
                name = str(source)
                for said in intake.take_known(name, paper, fill=settings.update):
                    out.note(said if said.startswith(f"{name} ") else f"{name}: {said}")
        if target is None:
            out.write(_yaml(intake.new.values()))
        else:
            _write(target, intake, at_hand.terms, out)
    if intake.duplicates and not settings.update:
        out.note(f"already there: {intake.duplicates}")
    return lost


def _paper(
    name: str, at_hand: AtHand, known: Callable[[Path | None], AtHand], settings: Settings
) -> Reference:
    """The paper at hand that is called so; what is to be filled needs the record of other data.

    Raises DataError where it is gone meanwhile.
    """
    others = [known(None)] if settings.update else []
    for one in (*others, at_hand):
        if key := one.key_of(name):
            return one.paper(key)
    raise DataError("the data does not have this paper any more", path=name)


def fill(path: Path, others: AtHand, out: Output) -> None:
    """Fill in what papers in a .bib or a folder lack, and other data has of the same works."""
    target = target_of(path, is_there=True)
    with gc_paused(), turn(target.path):
        own = target.read()
        intake = Intake(own.values(), own, in_place=target.in_place, dropped=target.dropped)
        for reference in others.references:
            for said in intake.fill(reference):
                out.note(said)
        _write(target, intake, others.terms, out)


def _fetched(
    wanted: Sequence[Identifier], settings: Settings, out: Output
) -> dict[Identifier, Fetched]:
    """What the services know of the identifiers; nobody is asked where there are none."""
    if not wanted:
        return {}
    from bclm_cli.online.fetch import fetch

    with Meter(quiet=out.quiet) as meter:
        found = fetch(wanted, refresh=settings.refresh, watch=meter)
    return {one.identifier: one for one in found}


def _take_file(source: File, intake: Intake, settings: Settings, out: Output) -> int:
    """Take the references of a file; how many things of it were left out."""
    lost = 0
    for found in registry.read(source.content(), source.place, settings.format_name):
        place = f"{source.place}:{found.line}"
        if isinstance(found, Entry):
            for said in intake.take(found.reference, fill=settings.update):
                out.note(f"{place}: {said}")
        elif found.left_out:
            lost += 1
            say(f"{place}: {found.what}")
        else:
            out.note(f"{place}: {found.what}")
    return lost


def _take_fetched(fetched: Fetched, intake: Intake, settings: Settings, out: Output) -> int:
    """Take a paper that the services know; how many were left out."""
    if fetched.reference is None:
        say(f"{fetched.identifier}: {fetched.missing}")
        return 1
    for warning in fetched.warnings:
        say(f"{fetched.identifier}: {warning}")
    said = intake.take(fetched.reference, fill=settings.update)
    for note in (*(fetched.sources if settings.verbose else ()), *said):
        out.note(f"{fetched.identifier}: {note}")
    return 0


def _yaml(references: Iterable[Reference]) -> Iterator[str]:
    before = yaml_blocks.HEAD
    for reference in references:
        yield before + yaml_blocks.block(reference)
        before = "\n"
    if before == yaml_blocks.HEAD:
        yield "references: []\n"


def _write(target: Target, intake: Intake, terms: frozenset[str], out: Output) -> None:
    after = target.after(intake, terms)
    if after is not None:
        rewrite_file(target.path, target.before, after)
    losses = target.losses or (lambda _: "")
    if found := {new.id: lost for new in intake.new.values() if (lost := losses(new))}:
        out.note(registry.loss_note(found))
    out.note(f"{target.path}: {len(intake.new)} added, {intake.filled} filled")
