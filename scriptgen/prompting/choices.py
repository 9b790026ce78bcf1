"""What a brief holds so far, with its ids, for a model to choose from and to add to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.prompting.phrases import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scriptgen.brief import Character, Line, Place, Scene, SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.values import Span

CAPS = {
    "people": 60,
    "places": 40,
    "scenes": 60,
    "lines": 200,
    "props": 60,
    "questions": 40,
    "unused": 60,
}
"""How many items of each kind are listed at most: the first ones, whose ids go on without a gap."""

_SHORT = 90
_MOST_FORMS = 6
_LEAST_LETTERS = 12


def choices(essay: Essay, brief: SceneBrief) -> dict[str, object]:
    """The notes on one essay.

    Keys: ``people`` (``id name also``); ``places`` (``id name int_ext time unsure_int_ext
    unsure_time``); ``scenes`` (``id place time opens``); ``lines`` (``id kind speaker candidates
    named text``); ``props``, ``questions`` and ``unused`` (passages that nothing was taken from):
    lists of texts. What is not known is ``None``.
    """
    whole: dict[str, Sequence[object]] = {
        "people": [_person(one) for one in brief.characters],
        "places": [_place(one) for one in brief.places],
        "scenes": [_scene(essay, one) for one in brief.scenes],
        "lines": [_line(one) for one in brief.lines],
        "props": [phrase(one.name) for one in brief.props],
        "questions": [phrase(span.text) for span in brief.questions],
        "unused": [phrase(text) for text in _unused(essay.text, brief)],
    }
    return {name: list(items[: CAPS[name]]) for name, items in whole.items()}


def _person(one: Character) -> dict[str, object]:
    forms = dict.fromkeys(phrase(span.text) for span in one.aliases if span.text != one.name)
    return {"id": one.id, "name": phrase(one.name), "also": list(forms)[:_MOST_FORMS]}


def _place(one: Place) -> dict[str, object]:
    return {
        "id": one.id,
        "name": phrase(one.name),
        "int_ext": one.int_ext.value if one.int_ext else None,
        "time": one.time,
        "unsure_int_ext": "int_ext" in one.inferred,
        "unsure_time": "time" in one.inferred,
    }


def _scene(essay: Essay, one: Scene) -> dict[str, object]:
    opens = phrase(essay.text[one.start : one.start + 2 * _SHORT], _SHORT)
    return {"id": one.id, "place": one.place, "time": one.time, "opens": opens}


def _line(one: Line) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "speaker": one.speaker,
        "candidates": list(one.candidates),
        "named": one.tagged,
        "text": phrase(one.text, _SHORT),
    }


def _unused(text: str, brief: SceneBrief) -> Iterator[str]:
    """The passages of an essay, paragraph by paragraph, of which nothing is in the brief."""
    at = 0
    for span in (*sorted(_used(brief), key=lambda span: span.start), None):
        end = len(text) if span is None else span.start
        for piece in text[at:end].split("\n") if at < end else ():
            passage = piece.strip(" *_#>")
            if sum(char.isalpha() for char in passage) >= _LEAST_LETTERS:
                yield passage
        at = max(at, end if span is None else span.end)


def _used(brief: SceneBrief) -> Iterable[Span]:
    yield from (beat.span for beat in brief.beats)
    yield from (line.span for line in brief.lines)
    yield from (talk.span for talk in brief.commentary)
    yield from brief.questions
    if brief.title is not None and brief.title.span is not None:
        yield brief.title.span
