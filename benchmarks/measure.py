"""Whole processes timed side by side: interleaved, warmed, medians, with a box around each run."""

from __future__ import annotations

import math
import os
import resource
import statistics
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Job(NamedTuple):
    """A command line to time, with the exit code of success; `head` closes its stdout after the
    first line."""

    name: str
    command: Sequence[str]
    folder: Path | None = None
    stdin: Path | None = None
    head: bool = False
    code: int = 0


def environment(cache: Path) -> dict[str, str]:
    """This process's, without what slows Python down, and with a cache of our own."""
    slow = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPATH", "BCLM_DATA")
    kept = {name: value for name, value in os.environ.items() if name not in slow}
    return kept | {"XDG_CACHE_HOME": str(cache), "NO_COLOR": "1"}


def medians(
    jobs: Sequence[Job], runs: int, box: float, env: Mapping[str, str], enough: float = 60
) -> dict[str, float | None]:
    """Seconds that each job takes; None for one that fails or takes longer than `box`.

    Each round runs every job once, so that other work on the machine falls on all alike; one that
    has taken `enough` seconds in all is left out of the rounds to come.
    """
    times: dict[str, list[float]] = {job.name: [] for job in jobs}
    out: set[str] = set()
    for turn in range(runs + 1):  # the first round warms the caches
        for job in jobs:
            seen = times[job.name]
            if job.name not in out and (sum(seen) < enough or not seen):
                taken = _once(job, box, env)
                if taken is None:
                    out.add(job.name)
                elif turn or taken > enough / 3:
                    seen.append(taken)
    return {
        name: statistics.median(taken) if taken and name not in out else None
        for name, taken in times.items()
    }


def least(
    jobs: Sequence[Job], runs: int, box: float, env: Mapping[str, str], enough: float = 300
) -> dict[str, float | None]:
    """Seconds of the processor that each job takes at least; None for one that fails or takes
    longer than `box`, which is not begun again.

    Rounds as in `medians`; `enough` seconds after the first, no other begins.
    """
    found: dict[str, float | None] = {}
    start = time.perf_counter()
    for turn in range(runs + 1):  # the first round warms the caches
        if turn > 1 and time.perf_counter() - start > enough:
            break
        for job in jobs:
            if job.name in found and found[job.name] is None:
                continue
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            good = _once(job, box, env) is not None
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            taken = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
            if not good:
                found[job.name] = None
            elif turn:
                found[job.name] = min(taken, found.get(job.name) or taken)
    return found


def peak(command: Sequence[str], env: Mapping[str, str]) -> tuple[float, float]:
    """Seconds of work and megabytes at most of one process, as the system counted them."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def exponent(sizes: Sequence[int], seconds: Sequence[float | None]) -> float | None:
    """The slope of seconds over sizes, both as logarithms: 0 is flat, 1 is linear."""
    known = [
        (math.log(size), math.log(taken))
        for size, taken in zip(sizes, seconds, strict=True)
        if taken
    ]
    if len(known) < 2:
        return None
    return statistics.linear_regression(*zip(*known, strict=True)).slope


def _once(job: Job, box: float, env: Mapping[str, str]) -> float | None:
    start = time.perf_counter()
    with (job.stdin or Path(os.devnull)).open("rb") as source:
        process = subprocess.Popen(
            job.command,
            cwd=job.folder,
            env=env,
            stdin=source,
            stdout=subprocess.PIPE if job.head else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    # waiting with a timeout would poll, in steps of up to 50 ms
    alarm = threading.Timer(box, process.kill)
    alarm.start()
    try:
        if job.head and process.stdout:
            process.stdout.readline()
            process.stdout.close()
        code = process.wait()
    finally:
        alarm.cancel()
    good = (job.code, 141) if job.head else (job.code,)
    return time.perf_counter() - start if code in good else None
