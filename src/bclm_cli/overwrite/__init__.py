"""Whether an export may overwrite an existing file: one that an export could have written."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from bclm_cli.errors import CannotError, DataError
from bclm_cli.overwrite.losses import Losses
from bclm_cli.overwrite.old_file import OldFile
from bclm_cli.query import Library


def refuse_loss(
    path: Path,
    library: Library,
    written: Callable[[], Collection[str]],
    instead: Callable[[], str] = lambda: "",
) -> None:
    """Raise CannotError if a file holds what no export writes, or entries that the data lacks and
    that are not to the byte what an export writes.

    `written` gives the keys of the exported papers, and is asked only where the file itself is part
    of the data. `instead` gives a command that adds to the file, if there is one.
    """
    from bclm_cli.gc_paused import gc_paused

    hint = f"give another name, or remove {path} first"
    try:
        with gc_paused():
            old = OldFile(path, library.terms())
            if old.is_empty:
                return
            if not old.found and not any(fault.key for fault in old.faults):
                what = "something else than references"
            elif what := Losses(old, library, written).summary:
                hint = f"{command} adds to it; or {hint}" if (command := instead()) else hint
            else:
                return
    except DataError as error:
        what = f"what cannot be read as references ({error.what})"
    raise CannotError(f"{path} holds {what}, which would be lost; nothing was written", hint)
