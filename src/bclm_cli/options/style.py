"""The options that say how references are printed, as a group; see `expand`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bclm_cli import styles
from bclm_cli.model.records import Reference
from bclm_cli.options.completion import among
from bclm_cli.suggest import one_of

if TYPE_CHECKING:
    from bclm_cli.csl.processor import Processor

LIST = "list"
"""The style that is none: it lists those that there are."""
JOURNALS = ("full", "abbrev", "dotted")


class StyleOptions(NamedTuple):
    """How references are printed."""

    style: Annotated[
        str,
        typer.Option(
            "--style",
            metavar="STYLE",
            envvar="BCLM_STYLE",
            show_envvar=False,
            help="A style's name, or a .csl file; `list` shows them.  [env: BCLM_STYLE]",
            autocompletion=among(*styles.OWN, LIST),
        ),
    ] = styles.DEFAULT
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="LANG",
            show_default=False,
            help="The language of months and words like “and”: de, fr-CA …; else the style's own.",
        ),
    ] = None
    journal: Annotated[
        str | None,
        typer.Option(
            "--journal",
            metavar="FORM",
            show_default=False,
            help="Names of journals: full, abbrev (J Transl Med) or dotted (J. Transl. Med.).",
            autocompletion=among(*JOURNALS),
        ),
    ] = None

    def processor(self, references: Sequence[Reference]) -> "Processor":
        """What prints these references."""
        from bclm_cli.csl import journals, reference_list

        style = styles.find(self.style)
        language = styles.language(self.lang) if self.lang else ""
        form = one_of("journal form", self.journal, JOURNALS) if self.journal else ""
        form = form or journals.house_form(style.name)
        return reference_list.processor(references, style, styles.load_locale, language, form)
