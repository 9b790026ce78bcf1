"""The form on which a reader says what a page does to its essay, and the key to its numbers.

Nothing on it comes from the rules: its items are the essay's moments, quoted words, told speech and
open questions, in the order of the essay, and the page's elements by number.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from quality.records import sha256
from traces import overlap

from scriptgen.brief import LineKind
from scriptgen.drafting.path import parse_with_pack
from scriptgen.fountain import read_reply
from scriptgen.reader import read_essay
from scriptgen.screenplay import (
    Dialogue,
    Heading,
    Note,
    PageBreak,
    Parenthetical,
    Section,
    Synopsis,
)
from scriptgen.spoken import quotations, spoken_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scriptgen.drafting.path import Parsed
    from scriptgen.screenplay import Element, Screenplay

HOWTO = Path(__file__).parent / "story_howto.txt"
LISTS = ("out_of_order", "new_events", "new_names", "new_speakers", "copied", "opinion")
"""Questions that are answered by a list of numbers."""

_QUOTED = re.compile(r"\u201c([^\u201d]+)\u201d|\"([^\"\n]+)\"|\u00ab([^\u00bb]+)\u00bb")
_LINE = re.compile(r"\S[^\n]*")
_SPOKEN = ("spoken", "imagined")


class Item(NamedTuple):
    """Something of the essay to ask about: its offsets ``[start, end)`` and its words."""

    start: int
    end: int
    text: str


class Asked(NamedTuple):
    """What a form asks about, each kind in the order of the essay."""

    moments: list[Item]
    lines: list[Item]
    tells: list[Item]
    questions: list[Item]

    def numbered(self) -> Iterator[tuple[str, dict[str, Item]]]:
        """Each kind with its items by their numbers on the form."""
        for sign, (kind, items) in zip("ABCQ", self._asdict().items(), strict=True):
            yield kind, {f"{sign}{number}": item for number, item in enumerate(items, 1)}


def write_form(essay: Path, draft: Path, gold: Path | None, folder: Path) -> None:
    """Write FORM.txt, HOWTO.txt, answers.json without answers and key.json to ``folder``."""
    parsed = parse_with_pack(read_essay(essay))
    raw = draft.read_bytes()
    page = read_reply(raw.decode("utf-8")).screenplay
    known = json.loads(gold.read_text(encoding="utf-8")) if gold else {}
    asked = items(parsed, known)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "FORM.txt").write_text(form(parsed.essay.text, page, asked), encoding="utf-8")
    (folder / "HOWTO.txt").write_text(HOWTO.read_text(encoding="utf-8"), encoding="utf-8")
    _write_json(folder / "answers.json", empty(page, asked))
    key = {
        "draft": sha256(raw),
        "essay": parsed.essay.id,
        "elements": len(page.elements),
        "items": {n: item[:2] for _, named in asked.numbered() for n, item in named.items()},
    }
    _write_json(folder / "key.json", key)


def items(parsed: Parsed, gold: Mapping[str, Any]) -> Asked:
    """What the brief has, then of an annotated essay and of its quotes what the brief lacks."""
    brief, text = parsed.brief, parsed.essay.text
    moments = [
        Item(beats[0].span.start, beats[-1].span.end, " … ".join(beat.text for beat in beats))
        for beats in brief.moments()
    ]
    said = [
        Item(each.lines[0].span.start, each.lines[-1].span.end, each.text)
        for each in quotations(spoken_lines(brief), text)
    ]
    by_kind: dict[bool, list[Item]] = {True: said, False: []}
    for line in brief.lines:
        if line.kind is not LineKind.SPOKEN:
            item = Item(line.span.start, line.span.end, line.text)
            by_kind[line.kind is LineKind.IMAGINED].append(item)
    spoken = {True: list[str](), False: list[str]()}
    for each in gold.get("dialogue", ()):
        spoken[each["kind"] in _SPOKEN].append(each["text"])
    quoted = (Item(*found.span(found.lastindex or 0), "") for found in _QUOTED.finditer(text))
    marked = [item._replace(text=text[item.start : item.end]) for item in quoted]
    questions = [Item(span.start, span.end, span.text) for span in brief.questions]
    return Asked(
        moments=_joined(moments, _found(text, gold.get("key_beats", ()))),
        lines=_joined(by_kind[True], [*_found(text, spoken[True]), *marked]),
        tells=_joined(by_kind[False], _found(text, spoken[False])),
        questions=_joined(questions, _found(text, gold.get("open_questions", ()))),
    )


def empty(page: Screenplay, asked: Asked) -> dict[str, Any]:
    """The answers to be filled in."""
    answers: dict[str, Any] = {kind: dict.fromkeys(named, "") for kind, named in asked.numbered()}
    headings = [
        str(number) for number, each in enumerate(page.elements, 1) if isinstance(each, Heading)
    ]
    return {
        **answers,
        "headings": dict.fromkeys(headings, ""),
        "more_tells": None,
        **dict.fromkeys(LISTS),
    }


def form(essay: str, page: Screenplay, asked: Asked) -> str:
    """The essay, the page by numbers, and what is asked of it."""
    starts: list[int] = []
    shown = ["ESSAY", ""]
    for found in _LINE.finditer(essay):
        starts.append(found.start())
        shown += [f"[e{len(starts)}] {_line(found[0])}", ""]
    shown += ["", "PAGE", ""]
    for at, element in enumerate(page.elements, 1):
        if printed := _printed(element):
            shown += [f"[{at}] {printed}", ""]
    titles = {
        "moments": "A. MOMENTS of the essay",
        "lines": "B. QUOTED WORDS of the essay",
        "tells": "C. Where the essay may tell that SOMEBODY SPEAKS, without giving the words",
        "questions": "Q. What the essay LEAVES OPEN",
    }
    for kind, named in asked.numbered():
        shown += ["", f"{titles[kind]} ({len(named)})", ""]
        for number, item in named.items():
            paragraph = sum(start <= item.start for start in starts)
            shown.append(f"{number} (e{paragraph}) {_line(item.text)}")
    return "\n".join([*shown, ""])


def _printed(element: Element) -> str:
    if isinstance(element, Note | Section | Synopsis | PageBreak):
        return ""
    if not isinstance(element, Dialogue):
        return _line(element.text)
    parts = (
        f"({part.text})" if isinstance(part, Parenthetical) else part.text for part in element.parts
    )
    cue = f"{element.cue} ({element.extension})" if element.extension else element.cue
    return f"{cue}: {_line(' '.join(parts))}"


def _joined(own: Iterable[Item], others: Iterable[Item]) -> list[Item]:
    """The items of both, without those others that meet one that is there."""
    found = list(own)
    for item in others:
        if not any(overlap(item[:2], each[:2]) for each in found):
            found.append(item)
    return sorted(found)


def _found(text: str, phrases: Iterable[str]) -> list[Item]:
    """Phrases where they stand in the text, each behind the one before it where it can be."""
    found: list[Item] = []
    after = 0
    for phrase in phrases:
        at = text.find(phrase, after)
        at = text.find(phrase) if at < 0 else at
        if at >= 0:
            after = at + len(phrase)
            found.append(Item(at, after, phrase))
    return found


def _line(text: str) -> str:
    return " ".join(text.split())


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
