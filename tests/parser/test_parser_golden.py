"""The essays in seeds/ against what a careful reader finds in them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from reading_essays import ENGLISH, spans

from scriptgen.brief import LineKind, SceneBrief
from scriptgen.parser import parse
from scriptgen.reader import read_essay

if TYPE_CHECKING:
    from scriptgen.essay import Essay

ROOT = Path(__file__).parent.parent.parent
GOLD = sorted((ROOT / "tests" / "golden_briefs").glob("*.gold.json"))
SPEAKERS = 0.88
BEATS = 0.75
PROPS = 0.85
PROPS_RIGHT = 0.9


@cache
def read(path: Path) -> tuple[Essay, SceneBrief, dict[str, Any]]:
    gold = json.loads(path.read_text(encoding="utf-8"))
    essay = read_essay(ROOT / "seeds" / gold["essay"])
    return essay, parse(essay, ENGLISH), gold


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def names_of(brief: SceneBrief) -> dict[str | None, set[str]]:
    return {
        c.id: {
            plain(c.name),
            *(plain(a.text) for a in c.aliases),
            *(plain(e.text) for e in c.evidence),
        }
        for c in brief.characters
    }


def test_there_is_a_golden_brief_for_every_seed() -> None:
    seeds = {p.stem for p in (ROOT / "seeds").iterdir() if p.stem != "README"}
    assert {p.name.removesuffix(".gold.json") for p in GOLD} == seeds


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name.split(".")[0])
def test_the_title_is_the_one_a_reader_finds(path: Path) -> None:
    _, brief, gold = read(path)
    assert brief.title is not None
    assert plain(brief.title.text) == plain(gold["title"])


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name.split(".")[0])
def test_no_spoken_line_is_lost_or_taken_for_unspoken(path: Path) -> None:
    _, brief, gold = read(path)
    spoken = {plain(x.text) for x in brief.lines if x.kind is LineKind.SPOKEN}
    wanted = {
        plain(d["text"])
        for d in gold["dialogue"]
        if d["kind"] == "spoken" and not d.get("optional")
    }
    assert wanted - spoken == set()


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name.split(".")[0])
def test_nothing_in_a_brief_is_invented(path: Path) -> None:
    essay, brief, _ = read(path)
    found = list(spans(brief))
    assert len(found) > 50
    assert all(essay.text[s.start : s.end] == s.text for s in found)


def test_speakers_are_found_as_often_as_measured() -> None:
    right = told = 0
    for path in GOLD:
        _, brief, gold = read(path)
        names = names_of(brief)
        forms = {
            plain(c["name"]): {plain(n) for n in (c["name"], *c["aliases"])}
            for c in gold["characters"]
        }
        lines = {plain(x.text): x for x in brief.lines}
        for wanted in gold["dialogue"]:
            line = lines.get(plain(wanted["text"]))
            if line is None or not wanted.get("speaker") or wanted["kind"] != "spoken":
                continue
            told += 1
            speaker = plain(wanted["speaker"])
            right += bool(forms.get(speaker, {speaker}) & names.get(line.speaker, set()))
    assert told > 80
    assert right / told >= SPEAKERS


def test_key_beats_are_found_as_often_as_measured() -> None:
    found = wanted = 0
    for path in GOLD:
        _, brief, gold = read(path)
        page = [plain(b.text) for b in brief.beats]
        for beat in gold["key_beats"]:
            words = set(plain(beat).split())
            wanted += 1
            found += any(len(words & set(text.split())) >= len(words) / 2 for text in page)
    assert found / wanted >= BEATS


def test_key_props_are_found_as_often_as_measured_and_few_others() -> None:
    wanted = found = told = right = 0
    for path in GOLD:
        _, brief, gold = read(path)
        names = [set(plain(prop.name).split()) for prop in brief.props]
        key = [set(plain(name).split()) for name in gold["key_props"]]
        fine = key + [set(plain(name).split()) for name in gold["props_ok"]]
        wanted += len(key)
        found += sum(any(k <= name or name <= k for name in names) for k in key)
        told += len(names)
        right += sum(any(k <= name or name <= k for k in fine) for name in names)
    assert found / wanted >= PROPS
    assert right / told >= PROPS_RIGHT
