"""Claims about what is seen and asked: beats, how sure they are, things, open questions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.brief import Beat, Certainty, Prop
from scriptgen.enrichment.folding import fold
from scriptgen.enrichment.making import names_of, overlap
from scriptgen.enrichment.quotes import without_blanks
from scriptgen.enrichment.reasons import Reason
from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import Commentary
    from scriptgen.enrichment.making import Found, Making
    from scriptgen.enrichment.quotes import Range

_LEAD = " \t,;:.!?)]\u2013\u2014-\u201d\u2019\"'*_"
_TAIL = " \t,;:([\u2013\u2014-\u201c\u2018\"'*_"
_ENDS = ".!?\u2026\u3002\uff01\uff1f"
_ASKS = ("?", "\uff1f", "\u061f", "\u037e")
_CLOSING = "\u201d\u2019\"')\u00bb\u300d\u300f*_ "
_FEWEST_WORDS = 2
_LONGEST_NAME = 60
_MOST_EVIDENCE = 4
_RETURNS = 3
_WORD = re.compile(r"\w+")
_SPOKEN = re.compile("[\\w'\u2019]+")
_WATCHING = frozenset({"first_person", "audience_words", "show_nouns", "makers"})


def add_beat(making: Making, found: Found) -> Reason | None:
    """A moment that the parser took for nothing; what it took for commentary stays so."""
    value = found.claim.value or Certainty.SHOWN.value
    if value not in list(Certainty):
        return Reason.NOT_A_VALUE
    ranges = [_trimmed(making.text, *place) for place in found.places]
    free = [one for one in ranges if _trouble(making, one) is None]
    if not free:
        return _trouble(making, ranges[0])
    one = found.the_one(free)
    if one is None:
        return Reason.AMBIGUOUS
    number = making.new_id()
    making.beats[number] = Beat(
        id=number,
        text=making.text[slice(*one)],
        span=Span.cut(making.text, *one),
        continues=_continues(making, one),
        place=_place_at(making, one[0]),
        characters=tuple(_people_in(making, one)),
        certainty=Certainty(value),
    )
    return None


def set_certainty(making: Making, found: Found) -> Reason | None:
    """How the essay knows the beat that the quote stands in."""
    value = found.claim.value
    if value not in list(Certainty):
        return Reason.NOT_A_VALUE
    meant = [
        beat
        for beat in making.beats.values()
        if any(overlap(place, beat.span) for place in found.places)
    ]
    if not meant:
        return Reason.UNKNOWN_ID
    if len(meant) > 1 and len(found.places) > 1:
        return Reason.AMBIGUOUS
    changed = [beat for beat in meant if beat.certainty.value != value]
    if not changed:
        return Reason.KNOWN
    fresh = [beat for beat in changed if making.decide("certainty", beat.id)]
    if not fresh:
        return Reason.CONTRADICTS
    for beat in fresh:
        making.beats[beat.id] = beat.model_copy(update={"certainty": Certainty(value)})
    return None


def add_prop(making: Making, found: Found) -> Reason | None:
    """A thing that the parser missed, named in the essay and within the drama."""
    name = making.thing_in(found, _LONGEST_NAME)
    if isinstance(name, Reason):
        return name
    words = making.words(name)
    things = [making.words(prop.name) for prop in making.props]
    if any(words <= known or known <= words for known in things if known):
        return Reason.KNOWN
    if making.person(name) is not None or making.site(name) is not None:
        return Reason.OVERLAPS
    uses = making.quotes.exact(name)
    shown = making.shown(uses)
    if not shown:
        return Reason.COMMENTARY
    paragraphs = {making.text.count("\n", 0, start) for start, _ in uses}
    making.props.append(
        Prop(
            name=name,
            motif=len(uses) >= _RETURNS and len(paragraphs) > 1,
            evidence=tuple(Span.cut(making.text, *one) for one in shown[:_MOST_EVIDENCE]),
        )
    )
    return None


def add_question(making: Making, found: Found) -> Reason | None:
    """A question that the essay leaves open, also where the parser took it for rhetoric."""
    ranges = [_whole_question(making.text, *place) for place in found.places]
    asking = [one for one in ranges if one is not None]
    if not asking:
        return Reason.NOT_A_QUESTION
    if any(overlap(one, span) for one in asking for span in making.questions):
        return Reason.KNOWN
    taken = [*making.title, *_filmed(making)]
    free = [one for one in asking if not any(overlap(one, span) for span in taken)]
    if not free:
        return Reason.OVERLAPS
    one = found.the_one(free)
    if one is None:
        return Reason.AMBIGUOUS
    making.questions.append(Span.cut(making.text, *one))
    making.commentary = [
        rest for talk in making.commentary for rest in _without(making.text, talk, one)
    ]
    return None


def _filmed(making: Making) -> Iterator[Span]:
    yield from (beat.span for beat in making.beats.values())
    yield from (line.span for line in making.lines.values())


def _trouble(making: Making, one: Range) -> Reason | None:
    """Why a range cannot be a beat."""
    start, end = one
    if "\n" in making.text[start:end]:
        return Reason.SPREAD
    if (
        len(_WORD.findall(making.text, start, end)) < _FEWEST_WORDS
        and making.text[start:end].isascii()
    ):
        return Reason.TOO_SHORT
    if any(overlap(one, beat.span) for beat in making.beats.values()):
        return Reason.KNOWN
    talk = any(overlap(one, each.span) for each in making.commentary)
    if talk or _is_of_watching(making, one):
        return Reason.COMMENTARY
    spans = [*making.title, *making.questions, *_filmed(making)]
    return Reason.OVERLAPS if any(overlap(one, span) for span in spans) else None


def _is_of_watching(making: Making, one: Range) -> bool:
    """Whether the critic or the audience is in a passage: "you can hear her pulse"."""
    words = (fold(word).casefold() for word in _SPOKEN.findall(making.text, *one))
    return any(making.pack.kinds(word) & _WATCHING for word in words)


def _trimmed(text: str, start: int, end: int) -> Range:
    """A range without marks at its ends, but with the stop that ends it."""
    first, last = start, end
    while first < last and text[first] in _LEAD:
        first += 1
    while last > first and text[last - 1] in _TAIL:
        last -= 1
    if first == last:
        return start, end
    if last < len(text) and text[last] in _ENDS:
        last += 1
    return first, last


def _continues(making: Making, one: Range) -> bool:
    """Whether a beat goes on with the one before it in the same sentence."""
    before = [beat.span.end for beat in making.beats.values() if beat.span.end <= one[0]]
    if not before:
        return False
    gap = making.text[max(before) - 1 : one[0]]
    return not any(mark in gap for mark in f"{_ENDS}\n")


def _place_at(making: Making, offset: int) -> str | None:
    scenes = [scene for scene in making.scenes.values() if scene.start <= offset]
    return max(scenes, key=lambda scene: scene.start).place if scenes else None


def _people_in(making: Making, one: Range) -> Iterator[str]:
    for number, who in making.people.items():
        if any(making.quotes.exact(form, *one) for form in names_of(who)):
            yield number


def _whole_question(text: str, start: int, end: int) -> Range | None:
    """A range with the mark that makes it a question, ``None`` where there is none."""
    while start < end and text[start] in _LEAD:
        start += 1
    marks = end
    while marks < len(text) and text[marks] in _CLOSING + "!":
        marks += 1
    if text[start:end].rstrip(_CLOSING).endswith(_ASKS):
        return start, end
    if marks < len(text) and text[marks] in _ASKS and "\n" not in text[end:marks]:
        return start, marks + 1
    return None


def _without(text: str, talk: Commentary, hole: Range) -> Iterator[Commentary]:
    """What is left of a passage around a range that is something else."""
    if not overlap(hole, talk.span):
        yield talk
        return
    for start, end in ((talk.span.start, hole[0]), (hole[1], talk.span.end)):
        whole = without_blanks(text, start, end)
        if any(char.isalnum() for char in text[slice(*whole)]):
            yield talk.model_copy(update={"span": Span.cut(text, *whole)})
