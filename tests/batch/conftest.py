"""A folder of small essays, a parser that finds one scene in each, and a model with a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scriptgen.batch import BatchOptions, BatchResult, Item, Means, run_batch
from scriptgen.brief import Beat, Character, Place, Scene, SceneBrief, Status
from scriptgen.costs import Caps, Price
from scriptgen.drafting import DraftOptions, path
from scriptgen.language import LanguagePack
from scriptgen.ledger import Ledger
from scriptgen.llm import CallPolicy, FakeClock, ScriptedModel
from scriptgen.reader import find_essays
from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from scriptgen.essay import Essay
    from scriptgen.ports import Model

PAGE = "INT. KITCHEN - NIGHT\n\nAnna waits.\n"
ORIGIN = "http://model.test"
PRICE = Price(input=2.0, output=10.0)


def first_sentence(essay: Essay) -> path.Parsed:
    """One scene, one beat, one character: the first sentence and its first word."""
    span = Span.cut(essay.text, 0, essay.text.index(".") + 1)
    name = essay.text.split()[0]
    brief = SceneBrief(
        essay_id=essay.id,
        language="en",
        characters=(Character(id="c01", name=name, cue=name.upper(), status=Status.GIVEN),),
        places=(Place(id="p01", name="kitchen"),),
        scenes=(Scene(id="s01", start=0, place="p01", beats=("b01",), told=1, story=1),),
        beats=(Beat(id="b01", text=span.text, span=span, place="p01"),),
    )
    return path.Parsed(essay, brief, LanguagePack(code="en", name="English"))


class Heard:
    """A `Progress` that remembers."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.items: list[Item] = []
        self.results: list[BatchResult] = []
        self.on_finished: Callable[[Item], object] = lambda _: None

    def started(self, name: str) -> None:
        self.names.append(name)

    def finished(self, item: Item) -> None:
        self.items.append(item)
        self.on_finished(item)

    def summary(self, result: BatchResult) -> None:
        self.results.append(result)


class Studio:
    """Runs batches over ``essays`` into ``outputs``; ``parsed`` lists what reached the parser."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.essays = folder / "essays"
        self.outputs = folder / "outputs"
        self.essays.mkdir()
        self.ledger = Ledger.open(self.outputs / ".scriptgen" / "ledger.sqlite3")
        self.parsed: list[str] = []
        self.heard = Heard()
        self.harm: Callable[[Essay], None] = lambda _: None
        monkeypatch.setattr(path, "parse_with_pack", self.parse)

    def parse(self, essay: Essay) -> path.Parsed:
        self.parsed.append(essay.source)
        self.harm(essay)
        return first_sentence(essay)

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            (self.essays / f"{name}.txt").write_text(text, encoding="utf-8")

    def model(
        self, *steps: str | Mapping[str, object], attempts: int = 1, caps: Caps | None = None
    ) -> ScriptedModel:
        return ScriptedModel(
            steps or (PAGE,),
            sink=self.ledger.sink(origin=ORIGIN),
            budget=self.ledger.budget(origin=ORIGIN, model="scripted", price=PRICE, caps=caps),
            clock=FakeClock(),
            policy=CallPolicy(attempts=attempts),
        )

    def run(
        self,
        model: Model | None = None,
        *,
        fresh: bool = False,
        trace: bool = False,
        revisions: int = 0,
        **options: Any,
    ) -> BatchResult:
        self.parsed.clear()
        self.heard = Heard() if self.heard.results else self.heard
        drafting = DraftOptions(fresh=fresh, trace=trace, revisions=revisions)
        return run_batch(
            find_essays([str(self.essays)]).essays,
            Means(drafting, model, ORIGIN if model else "", self.ledger),
            outputs=self.outputs,
            options=BatchOptions(**options),
            progress=self.heard,
        )

    def drafts(self) -> dict[str, str]:
        return {
            each.relative_to(self.outputs).as_posix(): each.read_text(encoding="utf-8")
            for each in sorted(self.outputs.rglob("*.fountain"))
        }


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    """Three essays, nothing drafted yet."""
    made = Studio(tmp_path, monkeypatch)
    made.write(a="Anna waits.", b="Bela leaves.", c="Cora sings.")
    yield made
    made.ledger.close()
