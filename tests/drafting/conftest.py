"""A small essay, the brief a parser would make of it, and a ledger in a folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scriptgen.brief import Beat, Character, Line, LineKind, Place, Scene, SceneBrief, Status
from scriptgen.drafting import path
from scriptgen.language import LanguagePack
from scriptgen.ledger import Ledger
from scriptgen.reader import essay_from_text
from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scriptgen.essay import Essay

TEXT = (
    "In the kitchen Anna Reyes waits. She folds the letter twice. She puts it in the drawer."
    ' "Leave it there," she says. It is a scene about patience.'
)


def brief_of(essay: Essay) -> SceneBrief:
    """What a parser finds in `TEXT`."""

    def span(words: str) -> Span:
        start = essay.text.index(words)
        return Span.cut(essay.text, start, start + len(words))

    beats = (
        "Anna Reyes waits.",
        "She folds the letter twice.",
        "She puts it in the drawer.",
    )
    return SceneBrief(
        essay_id=essay.id,
        language="en",
        characters=(
            Character(
                id="c01",
                name="Anna Reyes",
                cue="ANNA",
                status=Status.GIVEN,
                evidence=(span("Anna Reyes"),),
            ),
        ),
        places=(Place(id="p01", name="kitchen", evidence=(span("kitchen"),)),),
        scenes=(
            Scene(id="s01", start=0, place="p01", beats=("b01", "b02", "b03"), told=1, story=1),
        ),
        beats=tuple(
            Beat(id=f"b{number:02}", text=words, span=span(words), place="p01", subject="c01")
            for number, words in enumerate(beats, 1)
        ),
        lines=(
            Line(
                id="d01",
                text="Leave it there",
                kind=LineKind.SPOKEN,
                span=span("Leave it there"),
                speaker="c01",
                beat="b03",
            ),
        ),
    )


class Parser:
    """Stands in for the parser, and counts what it was asked; ``change`` alters its briefs."""

    def __init__(self) -> None:
        self.asked = 0
        self.known = True
        self.change: Callable[[SceneBrief], SceneBrief] = lambda brief: brief

    def __call__(self, essay: Essay) -> path.Parsed:
        self.asked += 1
        known = essay.model_copy(update={"language": "en"})
        pack = LanguagePack(code="en", name="English", known=self.known)
        return path.Parsed(known, self.change(brief_of(known)), pack)


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> Parser:
    """The stand-in, in the parser's place."""
    parser = Parser()
    monkeypatch.setattr(path, "parse_with_pack", parser)
    return parser


@pytest.fixture
def essay() -> Essay:
    """The small essay."""
    return essay_from_text(TEXT, source="essay.txt")


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """Where drafts go."""
    return tmp_path / "outputs"


@pytest.fixture
def ledger(outputs: Path) -> Iterator[Ledger]:
    """The ledger of these outputs."""
    with Ledger.open(outputs / ".scriptgen" / "ledger.sqlite3") as opened:
        yield opened
