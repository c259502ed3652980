"""The terminal browser, its keys pressed one by one: what the panes then show."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bclm_cli.browse import copying
from bclm_cli.query import EVERYTHING, Library, Selection
from support.program import SMALL
from support.tools import needs

pytestmark = [needs("python:textual"), pytest.mark.slow]

SMALL_SCREEN = (80, 24)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch, cache: Path) -> Library:
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    return Library([SMALL], shipped=False)


def browse(
    library: Library,
    *keys: str,
    start: str | None = None,
    filters: Selection = EVERYTHING,
    size: tuple[int, int] = SMALL_SCREEN,
    then: Callable[[object], Awaitable[None] | None] | None = None,
) -> dict[str, list[str]]:
    """What the panes, the head and the card show after these keys; "text:abc" types a text."""
    from textual.widgets import Static

    from bclm_cli.browse.app import PANES, Browser
    from bclm_cli.browse.explorer import Explorer
    from bclm_cli.browse.row_list import RowList

    explorer = Explorer(library, filters)
    if start:
        explorer.start_at(start)
    shown: dict[str, list[str]] = {}

    async def run() -> None:
        app = Browser(explorer)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for key in keys:
                await pilot.press(*(key[5:] if key.startswith("text:") else [key]))
                await pilot.pause()
            for name in PANES:
                pane = app.query_one(f"#{name}", RowList)
                lines = [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]
                shown[name] = [line for line in lines if line]
                shown[f"{name} title"] = [str(pane.border_title)]
            shown["head"] = [str(app.query_one("#head", Static).content)]
            shown["card"] = str(app.query_one("#card", Static).content).splitlines()
            shown["messages"] = [note.message for note in app._notifications]
            shown["copied"] = [app.clipboard]
            shown["screen"] = [type(app.screen).__name__]
            if then:
                then(app)

    asyncio.run(run())
    return shown


def test_it_begins_with_steps_factors_and_claims(library: Library) -> None:
    shown = browse(library)
    assert shown["steps"][0] == " All steps"
    assert shown["steps"][-1] == " Background"
    assert [line.split()[0] for line in shown["steps"][1:-1]] == ["1", "2", "3"]
    rows = list(library.rows("factors", EVERYTHING, ("name", "direct", "claims")))
    assert [line.split()[-1] for line in shown["factors"][1:]] == [
        f"{direct}/{claims}" for _, direct, claims in rows
    ]
    assert len(shown["right"]) == len(list(library.claims()))


def test_a_step_narrows_factors_and_claims(library: Library) -> None:
    step = library.steps()[0].id
    shown = browse(library, "down")
    wanted = [str(name) for (name,) in library.rows("factors", Selection(step=(step,)), ("name",))]
    assert [line.rsplit(maxsplit=1)[0].strip() for line in shown["factors"][1:]] == wanted
    assert len(shown["right"]) == len(list(library.claims(Selection(step=(step,)))))


def test_a_factor_narrows_the_claims_and_shows_its_card(library: Library) -> None:
    name = next(iter(library.rows("factors", EVERYTHING, ("name",))))[0]
    shown = browse(library, "right", "down")
    claims = list(library.claims(Selection(factor=(str(name),))))
    assert len(shown["right"]) == len(claims)
    assert shown["card"][0].startswith(f"{name}  ")


def test_it_starts_at_a_factor_or_a_step(library: Library) -> None:
    name = next(iter(library.rows("factors", EVERYTHING, ("name",))))[0]
    claims = list(library.claims(Selection(factor=(str(name),))))
    assert len(browse(library, start=str(name))["right"]) == len(claims)
    step = library.steps()[1]
    claims = list(library.claims(Selection(step=(step.id,))))
    assert len(browse(library, start=step.id)["right"]) == len(claims)


def test_direct_claims_alone_and_all_again(library: Library) -> None:
    direct = [claim for claim in library.claims() if claim.directness == "direct"]
    shown = browse(library, "d")
    assert len(shown["right"]) == len(direct)
    assert shown["head"] == [f"{library.title()} · direct only"]
    assert len(browse(library, "d", "d")["right"]) == len(list(library.claims()))


def test_papers_in_place_of_claims(library: Library) -> None:
    shown = browse(library, "p")
    keys = [str(key) for (key,) in library.rows("refs", EVERYTHING, ("key",))]
    assert shown["right title"] == ["Papers"]
    assert [line.split()[0] for line in shown["right"]] == keys


def test_search_and_back(library: Library) -> None:
    shown = browse(library, "slash", "text:cells", "enter")
    hits = [hit.type for hit in library.search("cells")][: len(shown["right"])]
    assert shown["right title"] == ["Search: cells"]
    assert [line.split()[0] for line in shown["right"]] == hits
    assert browse(library, "slash", "text:cells", "enter", "escape")["right title"] == ["Claims"]


def test_a_factor_that_a_search_finds_is_shown_with_all_its_steps(library: Library) -> None:
    hit = next(hit for hit in library.search("cells") if hit.type == "factor")
    other = next(
        step.id
        for step in library.steps()
        if not list(library.claims(Selection(step=(step.id,), factor=(hit.id,))))
    )
    shown = browse(library, "slash", "text:cells", "enter", start=other)
    rows = [line.split()[0] for line in shown["right"]]
    down = ["down"] * rows.index("factor")
    card = browse(library, "slash", "text:cells", "enter", *down, start=other)["card"]
    claims = len(list(library.claims(Selection(factor=(hit.id,)))))
    assert f"of {claims} claim" in next(line for line in card if "in numbers" in line)


def test_filters_are_the_flags_of_the_command_line(library: Library) -> None:
    shown = browse(library, "f", "text:--effect suppresses", "enter")
    wanted = list(library.claims(Selection(effect=("suppresses",))))
    assert len(shown["right"]) == len(wanted)
    assert "filtered" in shown["head"][0]
    assert (
        "filtered"
        not in browse(library, "f", "text:--effect suppresses", "enter", "escape")["head"][0]
    )


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ("--efect x", "No such option: --efect"),
        ("--effect nothing", "no effect 'nothing'"),
        ("--step 9", "no step '9'"),
        ("'open", "no closing quotation"),
    ],
)
def test_a_wrong_filter_is_reported_and_changes_nothing(
    library: Library, flags: str, said: str
) -> None:
    shown = browse(library, "f", f"text:{flags}", "enter")
    assert said in shown["messages"][0]
    assert len(shown["right"]) == len(list(library.claims()))


def test_marked_papers_are_exported(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = browse(library, "p", "tab", "tab", "space", "space", "e", "text:marked.bib", "enter")
    keys = [str(key) for (key,) in library.rows("refs", EVERYTHING, ("key",))][:2]
    assert shown["head"][0].endswith("2 marked")
    assert shown["messages"][-1] == "2 papers in marked.bib"
    assert [line[0] for line in shown["right"][:3]] == ["*", "*", " "]
    text = Path("marked.bib").read_text(encoding="utf-8")
    assert [f"{{{key},\n" in text for key in keys] == [True, True]
    assert text.count("\n@") == 1
    shown = browse(library, "p", "tab", "tab", "space", "e", "text:one.bib", "enter")
    assert shown["messages"][-1] == "1 paper in one.bib"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no/such/folder.bib", "cannot write no/such/folder.bib"),
        ("marked.xyz", "no format of this answer has the suffix '.xyz'"),
    ],
)
def test_an_export_that_cannot_be_written_is_reported(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = browse(library, "p", "tab", "tab", "space", "e", f"text:{name}", "enter")
    assert said in shown["messages"][-1]
    assert list(tmp_path.iterdir()) == []


def test_an_export_over_a_library_of_ones_own_is_refused(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.bib").write_text("@book{own2010, title={Own}}\n")
    shown = browse(library, "p", "tab", "tab", "space", "e", "text:own.bib", "enter")
    assert shown["messages"][-1] == (
        "own.bib holds 1 entry that the data lacks (own2010), which would be lost;"
        " nothing was written\ngive another name, or remove own.bib first"
    )
    assert Path("own.bib").read_text() == "@book{own2010, title={Own}}\n"


def test_what_an_export_leaves_out_is_noted(tmp_path: Path) -> None:
    data = tmp_path / "lab.yaml"
    data.write_text("references:\n  - {id: őź2001, title: ħ}\n")
    library = Library([data], shipped=False)
    [first, second] = copying.export(tmp_path / "x.bib", ["őź2001"], library)
    assert first.startswith("pdflatex with bibtex finds no key that begins as őź2001 does")
    assert second.startswith("BibTeX has no command for ħ")
    assert copying.export(tmp_path / "x.yaml", ["őź2001"], library) == []


def test_nothing_marked_is_reported(library: Library) -> None:
    assert browse(library, "e")["messages"] == ["nothing is marked: Space marks a paper"]


@pytest.mark.parametrize(("key", "begins"), [("k", ""), ("b", "@"), ("c", "1. ")])
def test_copying(library: Library, key: str, begins: str) -> None:
    first = str(next(iter(library.rows("refs", EVERYTHING, ("key",))))[0])
    [copied] = browse(library, "p", "y", key)["copied"]
    assert copied.startswith(begins)
    assert key == "c" or first in copied


def test_opening(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from bclm_cli.browse.app import Browser

    opened: list[str] = []
    monkeypatch.setattr(Browser, "open_url", lambda self, url: opened.append(url))
    papers = list(library.references())
    place = next(index for index, paper in enumerate(papers) if paper.get("DOI"))
    browse(library, "p", "tab", "tab", *["down"] * place, "o")
    assert opened == [f"https://doi.org/{papers[place].get('DOI')}"]
    without = next(index for index, paper in enumerate(papers) if not (
        paper.get("DOI") or paper.get("PMID") or paper.get("PMCID") or paper.get("URL")
    ))  # fmt: skip
    shown = browse(library, "p", "tab", "tab", *["down"] * without, "o")
    assert shown["messages"] == [f"{papers[without].id} has no DOI, PMID or URL"]


def test_help_and_a_whole_card_open_and_close(library: Library) -> None:
    assert browse(library, "question_mark")["screen"] == ["CardScreen"]
    assert browse(library, "question_mark", "escape")["screen"] == ["Screen"]
    assert browse(library, "tab", "tab", "enter")["screen"] == ["CardScreen"]


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (59, 24), (200, 60)])
def test_any_size_of_terminal(library: Library, size: tuple[int, int]) -> None:
    shown = browse(library, "down", "right", "down", "right", "enter", "escape", size=size)
    assert shown["screen"] == ["Screen"]
    assert shown["right"]


def test_an_empty_selection_says_so(library: Library) -> None:
    shown = browse(library, filters=Selection(keys=()))
    assert shown["right"] == ["nothing here"]


def test_a_hundred_thousand_papers_are_read_as_they_are_looked_at() -> None:
    from bclm_cli.browse.rows import KEPT, WINDOW, LazyRows, Row

    asked: list[int] = []

    def fetch(keys: object) -> dict[str, Row]:
        found = list(keys)  # type: ignore[call-overload]
        asked.append(len(found))
        return {key: Row(key, (), key) for key in found}

    rows = LazyRows([f"k{n}" for n in range(100_000)], fetch)
    assert len(rows) == 100_000
    assert rows[99_999].id == "k99999"
    assert asked == [WINDOW]
    for index in range(0, 100_000, WINDOW):
        assert rows[index].id == f"k{index}"
    assert len(rows._windows) == KEPT


def test_a_card_of_many_claims_is_cut_below_the_panes() -> None:
    from bclm_cli.browse.screens import MOST_LINES, shortened
    from bclm_cli.views import Card, Node, Section, Sides, Span

    node = Node((Span("a claim"),))
    many = (node,) * (MOST_LINES + 1000)
    short = Section((), (Sides((node,), ()), node))
    card = Card((), (), (Section((), (Sides(many, (node,)), node)), Section((), many), short))
    sides, plain, whole = shortened(card).sections  # type: ignore[union-attr]
    rest = "… and 1,000 more: see the right pane"
    assert sides.body[0] == Sides((node,) * MOST_LINES, (node,))
    assert [line.spans[0].text for line in sides.body[1:]] == ["a claim", rest]
    assert [line.spans[0].text for line in plain.body] == ["a claim"] * MOST_LINES + [rest]
    assert whole == short


def test_moves_that_wait_are_followed_once(library: Library) -> None:
    from bclm_cli.browse.app import PANES, Browser
    from bclm_cli.browse.explorer import Explorer
    from bclm_cli.browse.row_list import RowList

    explorer = Explorer(library, EVERYTHING)
    asked: list[int] = []
    claims = explorer.claims
    explorer.claims = lambda: asked.append(1) or claims()  # type: ignore[func-returns-value, method-assign]

    async def run() -> None:
        app = Browser(explorer)
        async with app.run_test(size=SMALL_SCREEN) as pilot:
            await pilot.pause()
            asked.clear()
            pane = app.query_one(f"#{PANES[0]}", RowList)
            for _ in range(3):
                pane.action_move(1)
            await pilot.pause()
            assert (pane.cursor, len(asked)) == (3, 1)
            assert explorer.place.step == pane.row.id  # type: ignore[union-attr]

    asyncio.run(run())


def test_a_key_acts_on_the_row_to_which_the_keys_before_it_led(library: Library) -> None:
    """Also where they come too fast to be followed one by one."""
    from bclm_cli.browse.app import PANES, Browser
    from bclm_cli.browse.explorer import Explorer
    from bclm_cli.browse.row_list import RowList

    slow = browse(library, "down", "down", "space", "d")

    async def run() -> None:
        explorer = Explorer(library, EVERYTHING)
        app = Browser(explorer)
        async with app.run_test(size=SMALL_SCREEN) as pilot:
            await pilot.pause()
            app.query_one(f"#{PANES[0]}", RowList).action_move(2)
            app.action_mark()
            app.action_direct()
            await pilot.pause()
            right = app.query_one("#right", RowList)
            lines = [right.render_line(y).text.rstrip() for y in range(right.size.height)]
            assert [line for line in lines if line] == slow["right"]
            assert f"{len(explorer.marked)} marked" in slow["head"][0]

    asyncio.run(run())


def test_a_search_shows_the_best_hits(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from bclm_cli.browse import explorer

    monkeypatch.setattr(explorer, "MOST_FOUND", 2)
    shown = browse(library, "slash", "text:mock", "enter")
    assert len(shown["right"]) == 2
    assert shown["right title"] == ["Search: mock (the best 2)"]
