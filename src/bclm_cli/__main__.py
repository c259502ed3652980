"""Starts the program; an interrupt while importing is caught."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn

_NO_ROOM = (MemoryError, ImportError, SystemError, SyntaxError)
"""What Python raises where it finds no memory, for a library or for what reads its own code, and
where a library is not there."""


def run() -> NoReturn:
    """The entry point of the `bclm` command and of `python -m bclm_cli`."""
    end_as_interrupted()
    gc.disable()  # importing makes much and leaves nothing to collect: 2 to 4 ms of each start
    try:
        from bclm_cli.cli import main

        gc.freeze()  # else the first collection looks through all that was imported: 4 ms more
        gc.enable()
        code = main()
    except KeyboardInterrupt:
        code = 130
    except _NO_ROOM as error:
        code = 4
        why = error if isinstance(error, ImportError) else "not enough memory"
        _say(f"bclm: cannot go on: {why}\n")
    if sys.gettrace() or sys.getprofile():  # whoever watches this process wants to see it end
        sys.exit(code)
    # All that was written is flushed by now. Taking every module and object apart, which sys.exit
    # does, would be a sixth of a short run; multiprocessing ends its workers like this.
    atexit._run_exitfuncs()
    os._exit(code)


def _say(line: str) -> None:
    with suppress(OSError):  # of a stderr that is closed
        os.write(2, line.encode("utf-8", "backslashreplace"))


def end_as_interrupted() -> None:
    """Let what asks this process to end (SIGTERM; SIGHUP of a terminal that goes) do what Ctrl-C
    does: drafts are removed, and nothing is said. What the caller ignores (nohup) stays ignored."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


if __name__ == "__main__":
    run()
