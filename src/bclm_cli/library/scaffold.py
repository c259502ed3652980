"""The files of an empty data folder of one's own, with comments that show how to fill them."""

from __future__ import annotations

from pathlib import Path

from bclm_cli.errors import CannotError
from bclm_cli.load import schema
from bclm_cli.output import write_file

_REFERENCES = """\
# yaml-language-server: $schema=references.schema.json
#
# Papers of your own, as CSL-YAML: pandoc and Quarto read this file as a bibliography.
# `bclm add papers.bib --write .` adds to it; by hand, one block a paper:
#
#  - id: example2012
#    type: article-journal
#    title: What was found, in sentence case
#    author:
#      - {family: Example, given: Ann}
#    container-title: Journal of Invented Results
#    container-title-short: J Invent Results
#    issued: "2012-03"
#    volume: "12"
#    page: "123-145"
#    DOI: 10.1000/example
references:
"""

_STEPS = """\
# yaml-language-server: $schema=steps.schema.json
#
# Claims of your own. A step of the model needs only its id; a factor that the model does not
# have is declared under `factors`. A claim's reference is a key of any references.yaml in use.
#
# steps:
#   - id: colonization
#     claims:
#       CXCR4:
#         - effect: promotes
#           statement: One sentence on what was found.
#           reference: example2012
#           system: [mouse model]
#           site: liver
#
# factors:
#   - name: EXAMPLE1
#     kind: gene
#     synonyms: [Ex-1]
steps:
factors:
"""


def files() -> dict[str, str]:
    """Names and texts, the schemas that complete and check them in an editor included."""
    return {
        "references.yaml": _REFERENCES,
        "steps.yaml": _STEPS,
        "references.schema.json": schema.dumps(schema.references()),
        "steps.schema.json": schema.dumps(schema.steps()),
    }


def make(folder: Path) -> list[Path]:
    """Write the files into a folder, made if it is missing; their paths.

    Raises CannotError, with nothing written, if one of them is there already.
    """
    texts = {folder / name: text for name, text in files().items()}
    if there := [path.name for path in texts if path.is_symlink() or path.exists()]:
        raise CannotError(f"{folder} holds {there[0]} already", "nothing was written")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotError(f"cannot make {folder}: {error.strerror}") from None
    for path, text in texts.items():
        write_file(path, [text])
    return list(texts)
