"""Essay to scene brief: a sequence of passes over the immutable text, without a model.

typography and sentences → title → names, descriptions → cast → mentions → lines → beats → places
and scenes → characters, props, remarks. Each pass reads what the earlier ones found and adds its
own; none changes the text. Words and patterns come from the language pack.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from scriptgen.brief import (
    Beat,
    Character,
    Commentary,
    Line,
    LineKind,
    Place,
    Scene,
    SceneBrief,
)
from scriptgen.collection import no_collection
from scriptgen.parser.beats import sort_prose
from scriptgen.parser.characters import settle_characters
from scriptgen.parser.descriptions import find_descriptions
from scriptgen.parser.flags import find_flags
from scriptgen.parser.languages import detect_language
from scriptgen.parser.lines import find_lines
from scriptgen.parser.linking import build_cast
from scriptgen.parser.name_runs import lone_titles
from scriptgen.parser.names import find_names
from scriptgen.parser.props import find_props
from scriptgen.parser.reading import Reading
from scriptgen.parser.remarks import find_cues, find_themes
from scriptgen.parser.resolving import index_mentions
from scriptgen.parser.scenes import find_scenes, story_order
from scriptgen.parser.sentences import read_document
from scriptgen.parser.title import find_title, title_spans
from scriptgen.parser.typography import cover
from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.brief import Title
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack
    from scriptgen.parser.beats import Moment
    from scriptgen.parser.cast import Cast, Person
    from scriptgen.parser.places import Site
    from scriptgen.parser.scenes import Stretch
    from scriptgen.parser.sentences import Document

__all__ = ["detect_language", "parse"]


@no_collection()
def parse(essay: Essay, pack: LanguagePack) -> SceneBrief:
    """The brief of ``essay``; the same text and pack always give the same brief."""
    reading, cast, title = _read(essay, pack)
    sorted_prose = sort_prose(reading)
    moments = sorted_prose.moments
    ranges = [(m.start, m.end) for m in moments]
    stretches, sites = find_scenes(reading, ranges)
    people = settle_characters(reading, cast)
    places = _places(essay.text, sites)
    of_site = {id(site): place.id for site, place in zip(sites, places, strict=True)}
    beats = _beats(essay.text, moments, stretches, people, of_site)
    cut = Span.cut
    return SceneBrief(
        essay_id=essay.id,
        language=essay.language,
        title=title,
        characters=tuple(people.values()),
        places=places,
        scenes=_scenes(essay.text, stretches, beats, of_site),
        beats=beats,
        lines=_lines(reading, people, beats),
        props=find_props(reading, ranges, title),
        cues=find_cues(reading),
        themes=find_themes(reading),
        questions=tuple(cut(essay.text, s, e) for s, e in sorted_prose.questions),
        commentary=tuple(
            Commentary.made({"kind": kind, "span": cut(essay.text, s, e)})
            for s, e, kind in sorted_prose.talk
        ),
        flags=find_flags(reading),
    )


def read_prose(essay: Essay, pack: LanguagePack) -> Reading:
    """The essay half read, as the passes from the beats on take it."""
    return _read(essay, pack)[0]


def _read(essay: Essay, pack: LanguagePack) -> tuple[Reading, Cast, Title | None]:
    """The passes up to the lines."""
    doc = read_document(essay.text, pack)
    title = find_title(doc, pack, essay.meta)
    titles = title_spans(doc, title)
    names, makers = find_names(doc, pack, titles)
    uses = [(use.start, use.end) for form in names.values() for use in form.uses]
    taken = cover(essay.text, [*titles, *uses])
    alone = lone_titles(doc, taken)
    cast = build_cast(doc, pack, names, find_descriptions(doc, pack, taken), alone)
    index = index_mentions(doc, pack, cast)
    lines = find_lines(doc, pack, index, titles)
    outside = frozenset(
        word.start
        for start, end in [*titles, *((u.start, u.end) for u in makers)]
        for word in doc.words_in(start, end)
    )
    return Reading.of(doc, pack, index, lines, outside, _asides_of_the_critic(doc)), cast, title


_ASIDE = re.compile(r"\([^()\n]{1,500}\)")


def _asides_of_the_critic(doc: Document) -> frozenset[int]:
    """The words of every bracket in which the critic says "I", and so tells of watching."""
    found: set[int] = set()
    for match in _ASIDE.finditer(doc.text):
        words = doc.words_in(*match.span())
        if any("first_person" in word.kinds and not doc.is_quoted(word.start) for word in words):
            found.update(word.start for word in words)
    return frozenset(found)


def _places(text: str, sites: list[Site]) -> tuple[Place, ...]:
    return tuple(
        Place(
            id=f"p{number:02d}",
            name=site.name,
            int_ext=site.int_ext,
            time=site.time,
            light=Span.cut(text, *site.light) if site.light else None,
            evidence=tuple(Span.cut(text, s, e) for s, e in site.evidence),
            inferred=tuple(site.inferred),
        )
        for number, site in enumerate(sites, start=1)
    )


def _beats(
    text: str,
    moments: list[Moment],
    stretches: list[Stretch],
    people: dict[Person, Character],
    of_site: dict[int, str],
) -> tuple[Beat, ...]:
    starts = [s.start for s in stretches]
    out = []
    for number, moment in enumerate(moments, start=1):
        stretch = stretches[max(0, bisect_right(starts, moment.start) - 1)] if stretches else None
        subject = people.get(moment.subject) if moment.subject else None
        out.append(
            Beat.made(
                {
                    "id": f"b{number:02d}",
                    "text": text[moment.start : moment.end],
                    "span": Span.cut(text, moment.start, moment.end),
                    "continues": moment.continues,
                    "place": of_site.get(id(stretch.site)) if stretch and stretch.site else None,
                    "characters": tuple(people[p].id for p in moment.people if p in people),
                    "subject": subject.id if subject else None,
                    "certainty": moment.certainty,
                }
            )
        )
    return tuple(out)


def _scenes(
    text: str, stretches: list[Stretch], beats: Sequence[Beat], of_site: dict[int, str]
) -> tuple[Scene, ...]:
    starts = [s.start for s in stretches]
    ranks = story_order(stretches)
    inside: list[list[str]] = [[] for _ in stretches]
    for beat in beats:
        if stretches:
            inside[max(0, bisect_right(starts, beat.span.start) - 1)].append(beat.id)
    return tuple(
        Scene(
            id=f"s{number:02d}",
            start=stretch.start,
            place=of_site.get(id(stretch.site)) if stretch.site else None,
            time=stretch.time,
            beats=tuple(inside[number - 1]),
            told=number,
            story=ranks[number - 1],
            opening=Span.cut(text, *stretch.opening)
            if number > 1 and stretch.opening and stretch.opening[1] > stretch.opening[0]
            else None,
        )
        for number, stretch in enumerate(stretches, start=1)
    )


def _lines(
    reading: Reading, people: dict[Person, Character], beats: Sequence[Beat]
) -> tuple[Line, ...]:
    starts = [b.span.start for b in beats]
    text = reading.doc.text
    out = []
    for number, line in enumerate(reading.lines, start=1):
        before = bisect_right(starts, line.start) - 1
        speaker = people.get(line.speaker) if line.speaker else None
        known = [people[c].id for c in line.candidates if c in people]
        out.append(
            Line.made(
                {
                    "id": f"d{number:02d}",
                    "text": text[line.start : line.end],
                    "kind": line.kind,
                    "span": Span.cut(text, line.start, line.end),
                    "speaker": speaker.id if speaker else None,
                    "candidates": () if speaker else tuple(known),
                    "tagged": line.tagged and speaker is not None,
                    "delivery": Span.cut(text, *line.delivery)
                    if line.delivery and line.kind is LineKind.SPOKEN
                    else None,
                    "beat": beats[before].id if before >= 0 else None,
                }
            )
        )
    return tuple(out)
