"""An essay made up for the tests of claims, its brief, and how they claim."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from scriptgen.catalog import language_pack
from scriptgen.enrichment import Claim, Enrichment, Field, Reason, enrich
from scriptgen.essay import Essay
from scriptgen.parser import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.brief import Character, Line, SceneBrief
    from scriptgen.values import Span, Value

ENGLISH = language_pack("en")

TEXT = """\
In the boathouse at night, Marta Quill lifts the lantern from its nail. “You are late again,” says \
Marta. Joss Abney stands in the doorway with a coil of rope over his shoulder. *I had no choice,* \
he says. It is the finest scene that the series has given us so far. She sets the lantern on the \
bench, and he lowers the rope. “Who saw you?” The rain keeps on at the window. “Nobody.” Marta \
folds a letter twice and puts it in her coat.

Later, on the slipway, the old ferryman mends a net. The ferryman (his name is Corin Vale) looks \
up as Joss walks past. Joss murmurs something to him that the wind takes. Who wrote the letter? \
The camera drifts over the water, and it is lovely. “Go home,” says Corin. A bell rings once. A \
bell rings once more.
"""


def as_essay(text: str = TEXT, language: str = "en") -> Essay:
    digest = sha256(text.encode()).hexdigest()
    return Essay(text=text, id=digest, raw_sha256=digest, source="test", language=language)


def brief_of(text: str = TEXT, language: str = "en") -> SceneBrief:
    return parse(as_essay(text, language), language_pack(language))


def claim(field: str, quote: str, *, value: str | None = None, target: str | None = None) -> Claim:
    return Claim(field=Field(field), target=target, value=value, quote=quote)


def enriched(*claims: Claim | None, text: str = TEXT, language: str = "en") -> Enrichment:
    essay = as_essay(text, language)
    pack = language_pack(language)
    return enrich(parse(essay, pack), essay, pack, claims, model="m")


def reason(*claims: Claim | None, text: str = TEXT, language: str = "en") -> Reason | None:
    """Why the last of ``claims`` was dropped, ``None`` where it was taken."""
    dropped = enriched(*claims, text=text, language=language).dropped
    return next((each.reason for each in dropped if each.claim is claims[-1]), None)


def taken(*claims: Claim | None, text: str = TEXT, language: str = "en") -> SceneBrief:
    """The brief, where every claim was taken."""
    found = enriched(*claims, text=text, language=language)
    assert found.dropped == ()
    return found.brief


def line(brief: SceneBrief, words: str) -> Line:
    found = [each for each in brief.lines if words in each.text]
    assert len(found) == 1, [each.text for each in brief.lines]
    return found[0]


def person(brief: SceneBrief, name: str) -> Character:
    found = [each for each in brief.characters if name in each.name]
    assert len(found) == 1, [each.name for each in brief.characters]
    return found[0]


def spans(value: Value) -> Iterator[Span]:
    """All spans anywhere in a value."""
    from scriptgen.values import Span, Value

    for name in type(value).model_fields:
        part = getattr(value, name)
        for item in part if isinstance(part, tuple) else (part,):
            if isinstance(item, Span):
                yield item
            elif isinstance(item, Value):
                yield from spans(item)


def require_sound(brief: SceneBrief, text: str) -> None:
    """What holds for every brief of the parser, and so for every enriched one."""
    assert all(text[s.start : s.end] == s.text for s in spans(brief))
    assert all(beat.text == beat.span.text for beat in brief.beats)
    assert all(each.text == each.span.text for each in brief.lines)
    for letter, parts in (
        ("c", brief.characters),
        ("p", brief.places),
        ("s", brief.scenes),
        ("b", brief.beats),
        ("d", brief.lines),
    ):
        ids: Sequence[str] = [part.id for part in parts]
        assert ids == [f"{letter}{number:02d}" for number in range(1, len(ids) + 1)]
    people = {each.id for each in brief.characters}
    places = {each.id for each in brief.places}
    beats = {each.id for each in brief.beats}
    for each in brief.lines:
        assert each.speaker is None or each.speaker in people
        assert set(each.candidates) <= people
        assert each.beat is None or each.beat in beats
    for beat in brief.beats:
        assert set(beat.characters) <= people
        assert beat.subject is None or beat.subject in people
        assert beat.place is None or beat.place in places
    for scene in brief.scenes:
        assert scene.place is None or scene.place in places
    held = [beat for scene in brief.scenes for beat in scene.beats]
    assert held == ([beat.id for beat in brief.beats] if brief.scenes else [])
    starts = [beat.span.start for beat in brief.beats]
    assert starts == sorted(starts)
    said = [each.span.start for each in brief.lines]
    assert said == sorted(said)
    assert sorted(s.story for s in brief.scenes) == [s.told for s in brief.scenes]
    cues = [each.cue for each in brief.characters]
    assert len(cues) == len(set(cues))
    assert all(0 < len(cue) <= 40 for cue in cues)
