"""The flags that select claims and papers, as a group; see `expand`."""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import typer

from bclm_cli.errors import NotFoundError, UsageError
from bclm_cli.evidence import DIRECTNESS, LEVELS
from bclm_cli.model.records import CONTEXT, EFFECTS, FACTOR_KINDS, PERTURBATIONS, REFERENCE_KINDS
from bclm_cli.options.completion import among, an_exclusion, completing
from bclm_cli.options.groups import names
from bclm_cli.query import EXCLUDABLE, Library, Selection, UsedIn
from bclm_cli.suggest import one_of, quoted


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
            "Claims of these steps: 1-5, i-v, an id or its start.",
            completing("step"),
        ),
    ] = []
    factor: Annotated[
        list[str],
        _pick(
            "--factor",
            "NAME",
            "Claims about this factor or family; synonyms are known.",
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
            f"{', '.join(map(_quoted, EFFECTS))}; promotes does not include required.",
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
    directness: Annotated[
        list[str],
        _pick(
            "--directness",
            "DIRECTNESS",
            "direct: breast cancer, seen where the step happens; breast: seen elsewhere; place:"
            " another cancer, seen there; indirect: the rest.",
            among(*DIRECTNESS),
        ),
    ] = []
    level: Annotated[
        list[str],
        _pick(
            "--level",
            "LEVEL",
            f"{', '.join(map(_quoted, LEVELS))}: the strongest system of a claim.",
            among(*LEVELS),
        ),
    ] = []
    perturbation: Annotated[
        list[str],
        _pick(
            "--perturbation",
            "HOW",
            "What was done to the factor: knockout, antibody, inhibitor, blockade …",
            among(*PERTURBATIONS),
        ),
    ] = []
    model: Annotated[
        list[str],
        _pick(
            "--model", "MODEL", "Cell or mouse lines: 4T1, MDA-MB-231, PDX …", completing("model")
        ),
    ] = []
    subtype: Annotated[
        list[str],
        _pick(
            "--subtype",
            "SUBTYPE",
            "Subtypes: triple-negative, HER2-positive …",
            completing("subtype"),
        ),
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
    excluded: Annotated[
        list[str],
        _pick(
            "--not",
            "FIELD=VALUE",
            "Without what one of these flags would select: --not level=review.",
            an_exclusion,
        ),
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
            if flag in Selection._fields and flag not in ("used_in", "excluded")
        }
        excluded = tuple(_exclusion(text) for text in self.excluded)
        keys = None if papers is None else (*dict.fromkeys(papers.values()),)
        named = tuple(papers) if papers and any(name != key for name, key in papers.items()) else ()
        return Selection(
            **flags, excluded=excluded, keys=keys, named=named, used_in=self._used_in()
        )

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


def _exclusion(text: str) -> tuple[str, str]:
    """Field and value of a --not. Raises UsageError."""
    field, equals, value = text.partition("=")
    field, value = field.strip().lower(), value.strip()
    if not equals or not value:
        raise UsageError(f"--not takes FIELD=VALUE, not {quoted(text)}", "--not level=review")
    return one_of("field", field, EXCLUDABLE), value
