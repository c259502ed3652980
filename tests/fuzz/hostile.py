"""Hostile files for the importers: what each does to time and memory, at any size.

`python tests/fuzz/hostile.py [MEGABYTES] [NAME...]` reads each case in a process of its own and
prints processor seconds, megabytes over an empty run, entries and problems: all that `bclm add`
does with a file, without the start of the program.
tests/formats/test_readers_hostile.py reads the same cases small.
"""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENTRY = (
    "@article{k%d, author={Example, Ann and Sample, Bob}, title={A title of {DNA} %d}, year=2012, "
    "journal={J}, pages={1--9}, abstract={%s}}\n"
)

Case = Callable[[int], str]
"""A text of about so many characters."""


def _entry_list(size: int) -> str:
    return "".join(ENTRY % (n, n, "lorem ipsum " * 50) for n in range(size // 750))


def _numbered(template: str, count: int) -> str:
    return "".join(map(template.format, range(count)))


def _doubled_strings(size: int) -> str:
    return (
        f"@string{{a0={{{'x' * 1000}}}}}\n"
        + "".join(f"@string{{a{n + 1}=a{n} # a{n}}}\n" for n in range(min(size // 25, 5000)))
        + "@a{b,title=a50}"
    )


def _circle(size: int) -> str:
    count = size // 45
    return "".join(
        f"@book{{k{n},title={{t{n}}},crossref={{k{(n + 1) % count}}}}}\n" for n in range(count)
    )


def _xdata(size: int) -> str:
    parents = [",".join(f"k{(n + step) % 500}" for step in range(20)) for n in range(500)]
    return "".join(
        f"@book{{k{n},title={{t}},xdata={{{parents[n % 500]}}}}}\n" for n in range(size // 130)
    )


def _long_ris(tag: str, text: str, size: int) -> str:
    """A field just below the limit, as often as the size allows."""
    record = f"TY  - JOUR\nTI  - x\n{tag}  - {text * (min(size, 900_000) // len(text))}\nER  - \n"
    return record * max(1, size // len(record))


CASES: dict[str, tuple[str, Case]] = {
    "an ordinary .bib": ("bibtex", _entry_list),
    "@a{ on every line": ("bibtex", lambda n: "@a{\n" * (n // 4)),
    "@a( on every line": ("bibtex", lambda n: "@a(\n" * (n // 4)),
    "tiny entries": ("bibtex", lambda n: "@a{b,t={x}}\n" * (n // 12)),
    "open braces": ("bibtex", lambda n: "@a{b,title={" + "{" * n),
    "paired braces": ("bibtex", lambda n: "@a{b,title={" + "{" * (n // 2) + "}" * (n // 2) + "}}"),
    "groups in titles": ("bibtex", lambda n: f"@a{{b,title={{{'{a}' * 600}}}}}\n" * (n // 1820)),
    "one field repeated": ("bibtex", lambda n: "@a{b," + "a=1," * (n // 4) + "}"),
    "one line of a value": ("bibtex", lambda n: "@a{b,title={" + "x" * n + "}}"),
    "backslashes": ("bibtex", lambda n: "@a{b,title={" + "\\" * n + "}}"),
    "quotes": ("bibtex", lambda n: '@a{b,title="' + '{"}' * (n // 3) + '"}'),
    "spaces": ("bibtex", lambda n: "@a" + " " * n + "{"),
    "at signs": ("bibtex", lambda n: "@" * n),
    "doubled @string": ("bibtex", _doubled_strings),
    "many @string": ("bibtex", lambda n: _numbered("@string{{a{0}={{b}}}}\n", n // 17)),
    "crossref circle": ("bibtex", _circle),
    "xdata of each other": ("bibtex", _xdata),
    "a long parent": (
        "bibtex",
        lambda n: (
            f"@book{{p,title={{t}},publisher={{{'x' * 900_000}}}}}\n"
            + _numbered("@inbook{{k{0},title={{t{0}}},crossref={{p}}}}\n", n // 45)
        ),
    ),
    "names": ("bibtex", lambda n: "@a{b,title={t},author={" + "a and " * (n // 6) + "}}"),
    "names in entries": (
        "bibtex",
        lambda n: _numbered(
            f"@a{{{{b,title={{{{t{{0}}}}}},author={{{{{'{{x}} y, z and ' * 60}z}}}}}}}}\n", n // 755
        ),
    ),
    "fields of entries": (
        "bibtex",
        lambda n: _numbered("@a{{k{0},title={{t{0}}},f{0}=1}}\n", n // 40),
    ),
    "brackets behind a DOI": (
        "bibtex",
        lambda n: f"@a{{b,title={{t}},doi={{10.1000/a{')' * min(n, 900_000)}}}}}",
    ),
    "RIS without ER": ("ris", lambda n: "TY  - JOUR\n" * (n // 11)),
    "RIS lines without a tag": ("ris", lambda n: "TY  - JOUR\nTI  - x\n" + "a\n" * (n // 2)),
    "RIS authors": ("ris", lambda n: "TY  - JOUR\nTI  - x\n" + "AU  - a\n" * (n // 8)),
    "RIS one line": ("ris", lambda n: "TY  - JOUR\nTI  - " + "x" * n),
    "RIS records": (
        "ris",
        lambda n: _numbered("TY  - JOUR\nTI  - {0}\nPY  - 2012\nER  - \n", n // 42),
    ),
    "RIS commas": ("ris", lambda n: _long_ris("AU", ",", n)),
    "RIS tags of HTML": ("ris", lambda n: _long_ris("AB", "<a b=", n)),
    "RIS entities": ("ris", lambda n: _long_ris("AB", "&#60;", n)),
    "RIS small words": ("ris", lambda n: _long_ris("AU", "a ", n)),
    "RIS dates": ("ris", lambda n: _long_ris("PY", "1/", n)),
    "RIS pages": ("ris", lambda n: _long_ris("SP", "1-", n)),
    "RIS DOI": ("ris", lambda n: _long_ris("DO", "10.1000/).", n)),
    "NBIB records": ("nbib", lambda n: _numbered("PMID- 1{0}\nTI  - {0}\n\n", n // 28)),
    "NBIB wrapped": ("nbib", lambda n: "PMID- 1\nTI  - x\n" + "      a\n" * (n // 8)),
    "NBIB empty lines": ("nbib", lambda n: "\n" * n + "PMID- 1\n"),
    "EndNote records": ("enw", lambda n: _numbered("%T {0}\n\n", n // 11)),
    "JSON brackets": ("csljson", lambda n: "[" * n),
    "JSON nested maps": ("csljson", lambda n: '[{"a":' * (n // 6)),
    "JSON empty maps": ("csljson", lambda n: "[" + "{}," * (n // 3)),
    "JSON number": ("csljson", lambda n: '[{"title":"x","volume":' + "9" * n + "}]"),
    "JSON list in a field": ("csljson", lambda n: '[{"title":[' + "0," * (n // 2) + "0]}]"),
    "JSON strings left open": ("csljson", lambda n: '[{"a},' * (n // 6)),
    "JSON faults": ("csljson", lambda n: "[" + ('{"title":"x"},' * 11 + "{,") * (n // 156)),
    "JSON fields": (
        "csljson",
        lambda n: '[{"title":"x"' + _numbered(',"f{0}":1', n // 12) + "}]",
    ),
    "JSON fields of items": (
        "csljson",
        lambda n: "[" + _numbered('{{"title":"x","f{0}":1}},', n // 30) + "{}]",
    ),
    "JSON items": (
        "csljson",
        lambda n: "[" + _numbered('{{"id":"a","title":"{0}"}},', n // 28) + "{}]",
    ),
    "YAML brackets": ("cslyaml", lambda n: "references: " + "[" * n),
    "YAML dashes": ("cslyaml", lambda n: "references:\n" + "- " * (n // 2)),
    "YAML questions": ("cslyaml", lambda n: "references:\n" + "? " * (n // 2)),
    "YAML words": ("cslyaml", lambda n: "references:\n" + "- a\n" * (n // 4)),
    "YAML bomb": (
        "cslyaml",
        lambda n: "references:\n- &a [x]\n" + _numbered("- &a{0} [*a, *a]\n", n // 20),
    ),
    "YAML merge keys": ("cslyaml", lambda n: "references:\n- " + "<<: {" * 8 + "a: b" + "}" * 8),
    "YAML one line": ("cslyaml", lambda n: 'references:\n- id: a\n  title: "' + "x" * n + '"\n'),
    "YAML stars": (
        "cslyaml",
        lambda n: f"references:\n- id: a\n  title: a{'*b ^c ' * (min(n, 900_000) // 6)}\n",
    ),
    "YAML python tag": ("cslyaml", lambda n: "references:\n- !!python/object/apply:os.abort []\n"),
    "Hayagriva entries": (
        "hayagriva",
        lambda n: _numbered("k{0}:\n  type: book\n  title: x{0}\n  author: A, B\n", n // 54),
    ),
    "Hayagriva fields": (
        "hayagriva",
        lambda n: _numbered("k{0}:\n  title: x\n  a{0}: b\n", n // 32),
    ),
    "Hayagriva brackets": ("hayagriva", lambda n: "a:\n  title: " + "[" * n),
    "Hayagriva braces": ("hayagriva", lambda n: "a:\n  title: 'x" + "{" * n + "}" * n + "'"),
    "Hayagriva groups": ("hayagriva", lambda n: "a:\n  title: 'x" + "{a}" * (n // 3) + "'"),
    "Hayagriva bomb": (
        "hayagriva",
        lambda n: "a: &a {type: book}\n" + _numbered("k{0}: *a\n", n // 9),
    ),
    "Hayagriva merge keys": ("hayagriva", lambda n: "a:\n  <<: {title: x}\n" * (n // 22)),
    "Hayagriva parents": ("hayagriva", lambda n: "a: " + "{parent: " * (n // 9)),
    "Hayagriva list of parents": (
        "hayagriva",
        lambda n: "a:\n  title: x\n  parent:\n" + "    - {type: book}\n" * (min(n, 900_000) // 19),
    ),
    "Hayagriva names": (
        "hayagriva",
        lambda n: "a:\n  title: x\n  author:\n" + "    - a, b\n" * (min(n, 900_000) // 11),
    ),
    "Hayagriva note": ("hayagriva", lambda n: "a:\n  title: x\n  note: '" + "1; " * (n // 3) + "'"),
    "CSV rows": ("csv", lambda n: "key,title,author\n" + _numbered("k{0},{0},a\n", n // 16)),
    "CSV empty rows": ("csv", lambda n: "key,title,author\n" + ",,\n" * (n // 3)),
    "CSV columns": ("csv", lambda n: "key,title,author" + _numbered(",c{0}", n // 7) + "\nx"),
    "CSV cells": ("csv", lambda n: "key,title,author\nk,x" + "," * n),
    "CSV quotes": ("csv", lambda n: 'key,title,author\nk,"x' + '""' * (n // 2) + '"'),
    "CSV quotes left open": (
        "csv",
        lambda n: 'key,title,author\n"' + "x,y\n" * (max(n, 1_200_000) // 4),
    ),
    "CSV names": ("csv", lambda n: "key,title,author\nk,x,a" + ";b" * (min(n, 900_000) // 2)),
    "CSV JSON brackets": ("csv", lambda n: 'title,key,other\nx,k,"' + "[" * n + '"'),
    "CSV JSON maps": ("csv", lambda n: "title;key;other\nx;k;" + '{"a":' * (n // 5)),
    "CSV JSON authors": (
        "csv",
        lambda n: (
            'title;key;author;other\nx;k;a;{"author":['
            + '{"family":"b"},' * (min(n, 900_000) // 15)
            + "{}]}"
        ),
    ),
}


def main() -> None:
    """Measure all cases, or those named."""
    size = int(float(sys.argv[1]) * 1_000_000) if len(sys.argv) > 1 else 10_000_000
    wanted = sys.argv[2:] or list(CASES)
    print(f"{'seconds':>8} {'MB':>6} {'entries':>8} {'problems':>8}  case")
    for name in wanted:
        done = subprocess.run(
            [sys.executable, __file__, "--one", name, str(size)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            print(f"  failed {name}: {done.stderr.strip().splitlines()[-1:]}")
        else:
            seconds, megabytes, entries, problems = json.loads(done.stdout)
            print(f"{seconds:8.2f} {megabytes:6.0f} {entries:8} {problems:8}  {name}", flush=True)


def take_in(data: bytes, format_name: str) -> tuple[int, int]:
    """Read a file as `bclm add` does, and write what is new; how many entries and problems."""
    from bclm_cli.errors import DataError
    from bclm_cli.formats import registry
    from bclm_cli.formats.csl import yaml_blocks
    from bclm_cli.formats.interface import Entry
    from bclm_cli.library import intake

    problems = 0
    intake = intake.Intake((), {})
    try:
        for found in registry.read(data, "x", format_name):
            if isinstance(found, Entry):
                intake.take(found.reference, fill=False)
            else:
                problems += 1
    except DataError:
        problems += 1
    for reference in intake.new.values():
        yaml_blocks.block(reference)
    return len(intake.new) + intake.duplicates, problems


def _one(name: str, size: int) -> None:
    sys.path.insert(0, str(ROOT / "src"))
    from bclm_cli.formats import registry

    format_name, make = CASES[name]
    registry.reader(format_name)
    data = make(size).encode()
    gc.collect()
    gc.disable()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    entries, problems = take_in(data, format_name)
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([seconds, (peak - before) / 1024, entries, problems]))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _one(sys.argv[2], int(sys.argv[3]))
    else:
        main()
