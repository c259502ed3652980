"""Where the time of `bclm steps` in a pipe goes: its work, stage by stage, in fresh processes."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence

from measure import Job, medians

PYTHON = "Python starts and ends"
REST = "what is left: the command line is read, the groups of options are filled"
# The stages of bclm_cli.__main__ and of the command, one by one.
STAGES = """\
import gc, json, sys
from time import perf_counter
gc.disable()
times = [("", perf_counter())]
def mark(stage):
    times.append((stage, perf_counter()))
import typer, typer.main
mark("Typer is imported")
from bclm_cli import cli
mark("the program is imported: cli, output, errors, model")
group = cli.app()
mark("the program's Typer group is built")
from bclm_cli.commands import steps
mark("the command is imported: options, query, store, render, sqlite3")
group.get_command(typer.Context(group), "steps")
mark("its options are made")
from bclm_cli.options.groups import DataOptions
library = DataOptions().library()
mark("the store is found fresh (a stat of each source file) and both copies opened")
from bclm_cli import views
from bclm_cli.query import FIELDS, EVERYTHING
fields = tuple(FIELDS["steps"])[:views.COLUMNS["steps"][0]]
rows = list(library.rows("steps", EVERYTHING, fields))
mark("the question is put together and answered")
from bclm_cli import render
text = "".join(render.table(views.Table(fields, rows), "tsv", header=False))
mark("five lines of TSV are made")
taken = [(name, 1000 * (at - before)) for (_, before), (name, at) in zip(times, times[1:])]
print(json.dumps(taken))
"""


def stages(bclm: Sequence[str], runs: int, env: Mapping[str, str]) -> list[tuple[str, float]]:
    """Milliseconds of each stage, medians of so many processes; the last is the whole command."""
    jobs = [Job("python", [sys.executable, "-c", "pass"]), Job("bclm", [*bclm, "steps"])]
    whole = {name: 1000 * (taken or 0) for name, taken in medians(jobs, runs, 30, env).items()}
    script = [sys.executable, "-c", STAGES]
    seen = [
        json.loads(subprocess.run(script, capture_output=True, env=env, check=True).stdout)
        for _ in range(runs)
    ]
    names = [name for name, _ in seen[0]]
    found = [(PYTHON, whole["python"])]
    found += [
        (name, statistics.median(run[place][1] for run in seen)) for place, name in enumerate(names)
    ]
    rest = whole["bclm"] - sum(taken for _, taken in found)
    return [*found, (REST, rest), ("`bclm steps`", whole["bclm"])]
