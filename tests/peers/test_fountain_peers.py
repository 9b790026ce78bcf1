# ruff: noqa: RUF001 - pages hold look-alike characters
"""Our pages as five independent Fountain parsers read them."""

from __future__ import annotations

from pathlib import Path

import hostile_pages
import pytest
from fountain_peers import READERS, Element, compared, meant, read_with
from fountain_strategies import drafts
from hypothesis import HealthCheck, Phase, given, seed, settings

from scriptgen import draft, read_essay
from scriptgen.fountain import read_fountain, write_fountain
from scriptgen.screenplay import (
    Action,
    Centered,
    Dialogue,
    Heading,
    Note,
    PageBreak,
    Parenthetical,
    Screenplay,
    Section,
    Speech,
    TitleField,
    Transition,
)

pytestmark = pytest.mark.peers

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "fountain" / "golden"
GENERATED = 300
MISREAD = {
    ("screenplain", "emphasis"),  # shows the backslash of an escaped underscore
    ("screenplain", "song"),  # has no lyrics
    ("aw-parser", "song"),  # has no lyrics
    ("aw-parser", "action_with_marks"),  # takes a tilde at the head of action away
    ("fountain-py", "cues_that_need_a_mark"),  # wants a letter in a cue, forced or not
}
"""What no form of the page avoids; ``docs/fountain.md`` has the list."""


def _said(cue: str, *words: str, extension: str | None = None, dual: bool = False) -> Dialogue:
    return Dialogue(
        cue=cue, extension=extension, parts=tuple(Speech(text=text) for text in words), dual=dual
    )


DRAFT = Screenplay(
    title_page=(
        TitleField(key="Title", lines=("The Cup: a Life",)),
        TitleField(key="Author", lines=("A. Writer", "李伟")),
        TitleField(key="Notes", lines=("Written offline: no model.",)),
    ),
    elements=(
        Heading(text="INT. KITCHEN - NIGHT", number="1", sources=("b01",)),
        Action(text="MIA (30) enters.\nShe sets the cup down, slowly.", sources=("b02",)),
        _said("MIA", "I never said that.", "It is 3:30, isn't it?"),
        _said("DR. O'NEIL", "“Never” is a long time…", extension="V.O."),
        _said("JEAN-LUC", "NO.", dual=True),
        Note(text="He speaks; the words are not heard."),
        Action(text="A phone BUZZES.", invented=True),
        Dialogue(
            cue="ÉLODIE",
            parts=(
                Speech(text="¿Quién es?"),
                Parenthetical(text="sin mirarla"),
                Speech(text="...nadie."),
                Parenthetical(text="se va"),
            ),
        ),
        Action(text="She goes; the note says **RUN**."),
        Transition(text="CUT TO:"),
        Heading(text="EXT. 咖啡馆 - 日"),
        Action(text="李伟推开门，雨声涌进来。\n她没有回答——只是看着窗外……"),
        _said("李伟", "你好。", extension="画外音"),
        _said("GUARD 2", "1984"),
        PageBreak(),
        Section(text="Act Two"),
        Centered(text="THE END"),
        Transition(text="FADE OUT."),
    ),
)


@pytest.mark.parametrize("reader", READERS)
def test_a_draft_is_read_as_it_is_meant(reader: str, tmp_path: Path) -> None:
    page = tmp_path / "draft.fountain"
    for trace in (False, True):
        page.write_text(write_fountain(DRAFT, trace=trace), encoding="utf-8")
        assert compared(read_with(reader, [page])[0]) == compared(meant(DRAFT))


@pytest.mark.parametrize("reader", READERS)
def test_golden_pages_are_read_as_they_are_meant(reader: str) -> None:
    pages = sorted(GOLDEN.glob("*.fountain"))
    readings = read_with(reader, pages)
    misread = set()
    for page, reading in zip(pages, readings, strict=True):
        golden = Screenplay.model_validate_json(page.with_suffix(".json").read_text("utf-8"))
        if compared(reading) != compared(meant(golden)):
            misread.add((reader, page.stem))
    assert misread == {pair for pair in MISREAD if pair[0] == reader}


def _written(plays: list[Screenplay], folder: Path) -> list[Path]:
    pages = []
    for number, play in enumerate(plays):
        pages.append(folder / f"{number:05}.fountain")
        pages[-1].write_text(write_fountain(play), encoding="utf-8", newline="\n")
    return pages


def _generated() -> list[Screenplay]:
    plays: list[Screenplay] = []

    @seed(1)
    @settings(
        max_examples=GENERATED,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(drafts())
    def collect(play: Screenplay) -> None:
        plays.append(play)

    collect()
    return plays


@pytest.mark.parametrize("reader", READERS)
def test_generated_drafts_are_read_as_they_are_meant(reader: str, tmp_path: Path) -> None:
    plays = _generated()
    assert len(plays) == GENERATED
    readings = read_with(reader, _written(plays, tmp_path))
    for play, reading in zip(plays, readings, strict=True):
        assert _forgiven(reader, reading) == _forgiven(reader, meant(play))


@pytest.mark.parametrize("reader", READERS)
def test_the_drafts_of_the_seeds_are_read_alike(reader: str, tmp_path: Path) -> None:
    essays = sorted(path for path in (ROOT / "seeds").glob("*.*") if path.stem != "README")
    texts = [draft(read_essay(path)).draft or "" for path in essays]
    plays = [read_fountain(text) for text in texts]
    assert len(plays) > 5
    for play, reading in zip(plays, read_with(reader, _written(plays, tmp_path)), strict=True):
        assert compared(reading) == compared(meant(play))


@pytest.mark.parametrize("reader", READERS)
def test_hostile_words_are_read_as_they_are_meant_wherever_they_stand(
    reader: str, tmp_path: Path
) -> None:
    cases = [
        (place, words)
        for place in hostile_pages.PLACES
        for words in hostile_pages.WORDS
        if not hostile_pages.is_hopeless(reader, place, words)
    ]
    plays = [hostile_pages.page(place, words) for place, words in cases]
    readings = read_with(reader, _written(plays, tmp_path))
    misread = [
        case
        for case, play, reading in zip(cases, plays, readings, strict=True)
        if _forgiven(reader, reading) != _forgiven(reader, meant(play))
    ]
    assert misread == []


def _forgiven(reader: str, elements: list[Element]) -> list[Element]:
    """The elements without the marks that a reader shows in vain, whatever form they have."""
    found = []
    for kind, *more in compared(elements):
        shown = (
            reader == "screenplain"
            or (reader == "fountain-py" and kind == "cue")
            or (reader in ("screenplay-tools", "fountain-js") and kind == "section")
        )
        gone = str.maketrans("", "", "\\_" if shown else "")
        found.append(
            [kind, *(each.translate(gone) if isinstance(each, str) else each for each in more)]
        )
    return found
