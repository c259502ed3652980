"""Made-up cascades to draw: a small one that a reader can follow, and one of awkward labels."""

from __future__ import annotations

from bclm_cli import graph
from bclm_cli.graph import Network
from bclm_cli.model.dates import Date
from bclm_cli.model.records import EFFECTS, Claim, Factor, Name, Reference, Step

STEPS = (
    Step(2, "middle", "Middle", "It floats.", "start", "goal"),
    Step(1, "intravasation", "Entry", "The cell enters.", "home", "start"),
)
FACTORS = (
    Factor("ABC1", "gene", "HGNC:0", "example protein 1", ("A-B-C", "abc")),
    Factor("helper cell", "cell", "CL:0"),
    Factor("stress", "condition"),
    Factor("brake", "drug"),
    Factor("background", "process"),
)
CLAIMS = (
    Claim("intravasation", "brake", "suppresses", "Brakes stop it.", "one2001"),
    Claim("intravasation", "ABC1", "promotes", "ABC1 helps.", "one2001", ("in vitro",), "liver"),
    Claim("intravasation", "ABC1", "required", "No way without.", "two2002"),
    Claim("intravasation", "ABC1", "marks", "Seen there.", "two2002", basis="title"),
    Claim("middle", "ABC1", "promotes", "It helps.", "one2001"),
    Claim("middle", "ABC1", "suppresses", "It harms.", "three2003", basis="second-hand"),
    Claim("middle", "stress", "no effect", "Nothing happens.", "three2003"),
    Claim("middle", "helper cell", "required", "Needed.", "two2002"),
    Claim("context", "background", "promotes", "Belongs to no step.", "one2001"),
)
REFERENCES = (
    Reference(
        "one2001",
        "article-journal",
        {
            "title": "An <i>example</i> of one",
            "container-title-short": "J Examp",
            "volume": "1",
            "page": "1-2",
            "DOI": "10.1234/<a>",
        },
        {"author": (Name("Example", "Ann Beatrice"), Name("Sample", "Carl"), Name("Test", "D."))},
        {"issued": Date((2001,))},
        {},
    ),
    Reference(
        "two2002", "article-journal", {"title": "Two?"}, {"author": (Name("Two", "T"),)},
        {"issued": Date((2002,))}, {},
    ),
    Reference("three2003", "article-journal", {"title": "Three"}, {}, {}, {}),
    Reference("unused", "article-journal", {"title": "Nobody cites me"}, {}, {}, {}),
)  # fmt: skip

AWKWARD_NAMES = (
    'a "quoted" name',
    "<b>bold</b> &amp; more",
    "line\nbreak\tand tab",
    "\u202eturned round",
    "שלום עולם",
    "مرحبا بالعالم",
    "W" * 300,
    "word " * 60,
    "bell\x07 and \x1b[31mred",
    "日本語の長い名前" * 6,
    "e\u0301" * 40,
    "-" * 80,
    "]]>--><script>alert(1)</script>",
    "a\\b\\",
    "\\N \\G \\l",
    "%%{init: {}}%%",
    "end",
    "subgraph x[y]",
    "`code` **bold** _it_",
    "#quot; #35; ;",
    "1. list",
    "{{both}} [[ends]] ((here))",
    "x:::style",
)


def small(*, whole_step: bool = False) -> Network:
    """Two steps, four factors, one contradiction; or only the first step, whole."""
    steps = STEPS[1:] if whole_step else STEPS
    shown = {step.id for step in steps} | {"context"}
    claims = [claim for claim in CLAIMS if claim.step in shown]
    return graph.build(
        "A made-up cascade", steps, FACTORS, claims, REFERENCES,
        source=REFERENCES[0], whole_step=whole_step,
    )  # fmt: skip


def empty(*, whole_step: bool = False) -> Network:
    """Steps, but no claim."""
    steps = STEPS[1:] if whole_step else STEPS
    return graph.build("A made-up cascade", steps, FACTORS, (), (), whole_step=whole_step)


def awkward(factors: int, steps: int = 1, *, whole_step: bool = False) -> Network:
    """Labels that break out, run over, turn round or cannot be seen; up to 33 claims a factor."""
    count = len(AWKWARD_NAMES)
    names = [AWKWARD_NAMES[i % count] + (f" {i}" if i >= count else "") for i in range(factors)]
    kinds = [Factor(name, "gene", 'X:"<1>', names[i - 1]) for i, name in enumerate(names)]
    papers = [
        Reference(
            f"key{i}",
            "article-journal",
            {"title": AWKWARD_NAMES[i % count], "DOI": f'10.1/<"&>{i}'},
            {"author": (Name(AWKWARD_NAMES[i % count], "A"),)},
            {"issued": Date((2000 + i,))},
            {},
        )
        for i in range(33)
    ]
    cascade = [
        Step(
            i + 1, f"step{i}", AWKWARD_NAMES[i % count], "sum " * 80,
            AWKWARD_NAMES[(i + 3) % count], AWKWARD_NAMES[(i + 5) % count],
        )
        for i in range(steps)
    ]  # fmt: skip
    claims = [
        Claim(
            step.id, name, EFFECTS[(i + k * 5) % 6], AWKWARD_NAMES[k % count], f"key{k}",
            ("mouse model",), "liver", (), "title",
        )
        for step in cascade
        for i, name in enumerate(names)
        for k in range(1 + (i * 7) % 33)
    ]  # fmt: skip
    title = 'A "title" <&> ' + "long " * 20
    return graph.build(
        title, cascade, kinds, claims, papers, source=papers[5], whole_step=whole_step
    )
