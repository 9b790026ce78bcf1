"""The figures of a screenplay and its layout."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.fountain.emphasis import plain
from scriptgen.fountain.headings import Told, told
from scriptgen.screenplay import Action, Dialogue, Heading, Lyrics, Speech
from scriptgen.stats.figures import Character, LongSpeech, Place, Scene, Stats
from scriptgen.stats.names import Names, name_of
from scriptgen.stats.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scriptgen.layout import Layout
    from scriptgen.screenplay import Element, Screenplay

MOST_SPEECHES = 10
OPENING = 80
"""Characters of a speech that are shown."""

EIGHTHS = 8
_BLANKS = re.compile(r"\s+")


def measure(screenplay: Screenplay, layout: Layout) -> Stats:
    """The figures of a screenplay; ``layout`` is `paginate` of the same one."""
    pages = _first_pages(layout)
    parts = _scenes(screenplay.elements)
    names = Names(screenplay.elements)
    named = {
        at: names.in_action(plain(each.text))
        for at, each in enumerate(screenplay.elements)
        if isinstance(each, Action)
    }
    scenes = _measured(parts, layout, names, named)
    people = _people(screenplay.elements, pages, named, scenes)
    speeches = sorted(_speeches(screenplay.elements, pages), key=lambda each: -each.words)
    dialogue = sum(person.words for person in people)
    dialogue += sum(_words(each.text) for each in screenplay.elements if isinstance(each, Lyrics))
    action = sum(_words(each.text) for each in screenplay.elements if isinstance(each, Action))
    return Stats(
        title=_title(screenplay),
        pages=len(layout.pages),
        minutes=layout.length,
        scenes=scenes,
        places=_places(scenes),
        characters=people,
        speeches=tuple(speeches[:MOST_SPEECHES]),
        settings=dict(Counter(scene.setting or "other" for scene in scenes)),
        lights=dict(Counter(scene.light or "not said" for scene in scenes)),
        dialogue_words=dialogue,
        action_words=action,
        dialogue_share=round(dialogue / (dialogue + action), 4) if dialogue + action else None,
    )


class _Part(NamedTuple):
    """A heading's index, its words, and the elements of its scene."""

    at: int
    heading: Heading
    elements: Sequence[Element]


def _words(text: str) -> int:
    return count_words(plain(text))


def _spoken(element: Dialogue) -> int:
    return sum(_words(part.text) for part in element.parts if isinstance(part, Speech))


def _title(screenplay: Screenplay) -> str | None:
    for field in screenplay.title_page:
        if field.key == "Title" and field.lines:
            return " ".join(plain(line) for line in field.lines)
    return None


def _first_pages(layout: Layout) -> dict[int, int]:
    """The page on which each printed element begins."""
    pages: dict[int, int] = {}
    for page in layout.pages:
        for row in page.rows:
            if row.element is not None:
                pages.setdefault(row.element, page.number)
    return pages


def _scenes(elements: Sequence[Element]) -> list[_Part]:
    starts = [at for at, each in enumerate(elements) if isinstance(each, Heading)]
    parts = []
    for at, end in pairwise([*starts, len(elements)]):
        heading = elements[at]
        if isinstance(heading, Heading):
            parts.append(_Part(at, heading, elements[at + 1 : end]))
    return parts


def _measured(
    parts: Sequence[_Part], layout: Layout, names: Names, named: Mapping[int, set[str]]
) -> tuple[Scene, ...]:
    lengths = _eighths(parts, layout)
    places = {place.element: place for place in layout.scenes}
    found: list[Scene] = []
    light = None
    for count, part in enumerate(parts, 1):
        heading = _BLANKS.sub(" ", plain(part.heading.text))
        says = told(heading)
        light = says.light or (light if says.goes_on else None)
        printed = places.get(part.at)
        speaking: Counter[str] = Counter()
        seen: set[str] = set()
        for at, each in enumerate(part.elements, part.at + 1):
            if isinstance(each, Dialogue):
                speaking[name_of(each)] += _spoken(each)
            else:
                seen |= named.get(at, set())
        found.append(
            Scene(
                number=(printed.number if printed else None) or part.heading.number or str(count),
                heading=heading,
                **_where(says),
                light=light,
                page=printed.page if printed else 1,
                eighths=lengths[part.at],
                speaking=dict(speaking),
                seen=tuple(sorted(seen - speaking.keys(), key=names.order.__getitem__)),
            )
        )
    return tuple(found)


def _where(says: Told) -> dict[str, str | None]:
    return {"setting": says.setting, "place": says.place, "time": says.time}


def _eighths(parts: Sequence[_Part], layout: Layout) -> dict[int, int]:
    """The length of each scene, from its heading to the next, or to the last line."""
    wanted = {part.at for part in parts}
    lines = layout.paper.lines
    starts: dict[int, int] = {}
    end = 0
    for at, page in enumerate(layout.pages):
        for row in page.rows:
            place = at * lines + row.line
            end = max(end, place + 1)
            if row.element in wanted and row.kind == "heading":
                starts.setdefault(row.element, place)
    order = [at for at in sorted(wanted) if at in starts]
    found = dict.fromkeys(wanted, 1)
    for at, (start, stop) in zip(
        order, pairwise([*(starts[at] for at in order), end]), strict=True
    ):
        found[at] = max(1, round((stop - start) * EIGHTHS / lines))
    return found


def _places(scenes: Iterable[Scene]) -> tuple[Place, ...]:
    found: dict[str, list[Scene]] = {}
    for scene in scenes:
        found.setdefault(scene.place.upper(), []).append(scene)
    places = [
        Place(
            name=name,
            settings=tuple(dict.fromkeys(scene.setting for scene in there if scene.setting)),
            scenes=tuple(scene.number for scene in there),
            eighths=sum(scene.eighths for scene in there),
        )
        for name, there in found.items()
    ]
    return tuple(sorted(places, key=lambda place: -place.eighths))


def _people(
    elements: Sequence[Element],
    pages: dict[int, int],
    named: Mapping[int, set[str]],
    scenes: Iterable[Scene],
) -> tuple[Character, ...]:
    first: dict[str, int] = {}
    speeches: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for at, element in enumerate(elements):
        if isinstance(element, Dialogue):
            name = name_of(element)
            speeches[name] += 1
            words[name] += _spoken(element)
            first.setdefault(name, pages.get(at, 1))
        for name in named.get(at, ()):
            first.setdefault(name, pages.get(at, 1))
    present: dict[str, list[str]] = {name: [] for name in speeches}
    for scene in scenes:
        for name in (*scene.speaking, *scene.seen):
            present[name].append(scene.number)
    people = [
        Character(
            name=name,
            first_page=first[name],
            speeches=speeches[name],
            words=words[name],
            scenes=tuple(present[name]),
        )
        for name in speeches
    ]
    return tuple(sorted(people, key=lambda person: -person.words))


def _speeches(elements: Sequence[Element], pages: dict[int, int]) -> Iterable[LongSpeech]:
    for at, element in enumerate(elements):
        if isinstance(element, Dialogue):
            said = [part.text for part in element.parts if isinstance(part, Speech)]
            text = _BLANKS.sub(" ", plain("\n".join(said)))
            opening = text if len(text) <= OPENING else f"{text[: OPENING - 1].rstrip()}…"
            if text:
                yield LongSpeech(
                    name=name_of(element),
                    words=_spoken(element),
                    page=pages.get(at, 1),
                    opening=opening,
                )
