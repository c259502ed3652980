"""The flags that select claims and papers, as a group; see `expand`."""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import typer

from bclm_cli.errors import NotFoundError, UsageError
from bclm_cli.model.records import CONTEXT, EFFECTS, FACTOR_KINDS, REFERENCE_KINDS
from bclm_cli.options.completion import among, completing
from bclm_cli.options.groups import names
from bclm_cli.query import Library, Selection, UsedIn


def _pick(name: str, metavar: str | None, help: str, complete: Any = None) -> Any:
    return typer.Option(
        name,
        metavar=metavar,
        help=help,
        rich_help_panel="Selection",
        show_default=False,
        autocompletion=complete,
    )


def _quoted(value: str) -> str:
    return f"'{value}'" if " " in value else value


class SelectionOptions(NamedTuple):
    """The selection flags: different flags must all hold, values of one flag are either-or."""

    step: Annotated[
        list[str],
        _pick(
            "--step",
            "STEP",
            "Claims of this step: 1-5, i-v, an id or its start.",
            completing("step"),
        ),
    ] = []
    factor: Annotated[
        list[str],
        _pick(
            "--factor",
            "NAME",
            "Claims about this factor; synonyms are known.",
            completing("factor"),
        ),
    ] = []
    kind: Annotated[
        list[str],
        _pick(
            "--kind",
            "KIND",
            f"Factors of a kind ({', '.join(FACTOR_KINDS)})"
            f" or papers of one ({', '.join(REFERENCE_KINDS)}).",
            among(*FACTOR_KINDS, *REFERENCE_KINDS),
        ),
    ] = []
    effect: Annotated[
        list[str],
        _pick(
            "--effect",
            "EFFECT",
            f"{', '.join(map(_quoted, EFFECTS))}; promotes is without required.",
            among(*EFFECTS),
        ),
    ] = []
    system: Annotated[
        list[str],
        _pick(
            "--system",
            "SYSTEM",
            "Seen in: mouse model, in vitro, human cohort …",
            completing("system"),
        ),
    ] = []
    site: Annotated[
        list[str], _pick("--site", "SITE", "Seen at: liver, lung, blood …", completing("site"))
    ] = []
    cancer: Annotated[
        list[str],
        _pick("--cancer", "CANCER", "Seen with: breast, colorectal …", completing("cancer")),
    ] = []
    author: Annotated[
        list[str], _pick("--author", "NAME", "Papers by this author: Aceto, 'Aceto N', Tabar*.")
    ] = []
    year: Annotated[
        list[str], _pick("--year", "YEARS", "Papers of 2015, 2010..2020, ..2009 or 2014..")
    ] = []
    match: Annotated[
        list[str], _pick("--match", "TEXT", "Claims or papers that contain all these words.")
    ] = []
    used_in: Annotated[
        list[str],
        _pick(
            "--used-in",
            "FILE",
            "Papers that a .tex, .aux, .bcf, .md, .qmd, .Rmd or .typ file cites.",
        ),
    ] = []
    used_in_format: Annotated[
        str | None,
        _pick("--used-in-format", "FORMAT", "Format of that file; `--used-in -` reads stdin."),
    ] = None
    also: Annotated[
        list[str],
        _pick(
            "--also",
            "FILE",
            "Another .bib file of the manuscript; its keys need not be known here.",
        ),
    ] = []
    skip_unknown: Annotated[
        bool,
        _pick("--skip-unknown", None, "Leave out cited keys that are unknown here."),
    ] = False

    def selection(self, papers: Mapping[str, str] | None = None) -> Selection:
        """What the flags select; if given, of the papers alone whose keys stand behind these names.

        This reads the manuscripts of --used-in, so ask once.
        """
        flags = {
            flag: tuple(values)
            for flag, values in self._asdict().items()
            if flag in Selection._fields and flag != "used_in"
        }
        keys = None if papers is None else (*dict.fromkeys(papers.values()),)
        return Selection(**flags, keys=keys, used_in=self._used_in())

    def of_papers(self, library: Library, given: list[str] | None) -> Selection:
        """What the flags select of the papers named on the command line, or of all if none is.

        Raises NotFoundError for a name that leads to no paper.
        """
        wanted = names(given)
        return self.selection(None if wanted is None else library.reference_keys(wanted))

    def refuse(self, flag: str, argument: str) -> None:
        """Raise UsageError if a flag is given that asks for the same as the argument that is."""
        if getattr(self, flag):
            raise UsageError(f"{argument} and --{flag} ask for the same; keep one")

    def step_of(self, library: Library, argument: str) -> str:
        """The id of the step that the argument names. Raises NotFoundError for the background."""
        self.refuse("step", "STEP")
        found = library.step(argument)
        if found == CONTEXT:
            raise NotFoundError(
                f"{CONTEXT} is no step", "`bclm tree context` and `bclm claims --step context`"
            )
        return found

    def _used_in(self) -> UsedIn | None:
        if not self.used_in:
            return None
        from bclm_cli.options.used_in import used_in

        return used_in(self.used_in, self.used_in_format, self.also, lenient=self.skip_unknown)
