"""The signs by which a sentence opens a scene, or goes on with the one before.

A sign is a short name: ``first:prepositions``, ``time:first``, ``place:elsewhere``. The code only
says which of them a sentence shows; which way each points, and how strongly, is in the language
pack (``scene_weights``). Behind the colon of ``first`` and ``has`` stand names of its word lists.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from math import fsum
from typing import TYPE_CHECKING

from scriptgen.parser.mentions import Role
from scriptgen.parser.openings import CLAUSE_END, first_word, has_verb, is_determined
from scriptgen.parser.places import place_names
from scriptgen.parser.sentences import Block
from scriptgen.parser.times import time_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scriptgen.parser.cast import Person
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Sentence
    from scriptgen.parser.words import Word

_FIRST = (
    "first_person", "audience_words", "pronoun_subjects", "possessives", "lead_ins",
    "place_adverbs", "sides_of_walls", "floors", "prepositions", "existentials", "demonstratives",
    "indefinite_articles", "determiners", "numerals", "coordinators", "copulas", "whenever",
    "negations", "joining", "conjunctions",
)  # fmt: skip
_ANYWHERE = frozenset(
    {"first_person", "audience_words", "show_nouns", "edit_words", "film_words", "makers",
     "hedges", "praise", "talk_words", "generals", "modals", "negations", "light_words",
     "sound_words", "music_words", "lead_ins", "outdoor_signs", "sides_of_walls",
     "place_adverbs", "floors", "place_modifiers"}
)  # fmt: skip
_LEADS = ("firm_prepositions", "goal_prepositions", "setting_prepositions")
_HAS = {kind: f"has:{kind}" for kind in _ANYWHERE}
_MOST_SHOWN = 4
_OPENS = 5


@dataclass(slots=True)
class _Met:
    """The people so far: all, those of the last sentence, of the last paragraph, of this one."""

    seen: set[Person] = field(default_factory=set)
    last: set[Person] = field(default_factory=set)
    before: set[Person] = field(default_factory=set)
    within: set[Person] = field(default_factory=set)
    paragraph: int = -1


def scene_signs(
    reading: Reading, occupied: Sequence[int]
) -> Iterator[tuple[Sentence, frozenset[str]]]:
    """The sentences of prose that may open a scene, in order, each with its signs.

    ``occupied``: where beats and lines begin. A sentence in a paragraph that shows something before
    hardly ever opens one by its signs alone, and a question does not.
    """
    doc = reading.doc
    met = _Met()
    lines = sorted(line.start for line in reading.lines)
    for sentence in doc.sentences:
        paragraph = doc.paragraphs[sentence.paragraph]
        if paragraph.block is not Block.PROSE:
            continue
        people = _people(reading, sentence, met)
        at = first_word(reading, sentence.start)
        asks = doc.text[sentence.end - 1] == "?"
        if asks or at == len(doc.words) or doc.words[at].start >= sentence.end:
            continue
        here = bisect_left(occupied, sentence.start)
        if bisect_left(occupied, paragraph.start) < here:
            continue
        stop = CLAUSE_END.search(doc.text, doc.words[at].start, sentence.end)
        end = stop.start() if stop else sentence.end
        words = doc.words_in(doc.words[at].start, end)
        found = {"always", *people}
        if sentence.start == paragraph.start:
            found.add("begins")
        found.add(f"shown:{min(bisect_left(occupied, paragraph.end) - here, _MOST_SHOWN)}")
        found.update(_HAS[kind] for kind in sentence.kinds & _ANYWHERE)
        if bisect_left(lines, sentence.start) < bisect_left(lines, sentence.end):
            found.add("line")
        if _names_time(words):
            found.add("time:noun")
        if not has_verb(doc, words):
            found.add("verbless")
        found.add(_first(reading, sentence.start))
        _time(reading, sentence, end, found)
        _place(reading, sentence, end, found)
        yield sentence, frozenset(found)


def _names_time(words: Sequence[Word]) -> bool:
    """Whether a time is named that is not every one ("three days later", not "each morning")."""
    named = any("time" in word.nouns and not word.closed for word in words)
    return named and not any("generals" in word.kinds for word in words)


def scene_score(weights: Mapping[str, float], signs: frozenset[str]) -> float:
    """Above 0 where a sentence rather opens a scene (the logarithm of the odds)."""
    return fsum(weights[sign] for sign in signs if sign in weights)


def _first(reading: Reading, start: int) -> str:
    """Of what list the first word is."""
    doc = reading.doc
    if doc.is_quoted(start):
        return "first:quote"
    kinds = doc.words[doc.word_index(start)].kinds
    return next((f"first:{name}" for name in _FIRST if name in kinds), "first:other")


def _time(reading: Reading, sentence: Sentence, end: int, found: set[str]) -> None:
    time = time_of(reading, sentence.start, sentence.end)
    if time is not None:
        found.add("time:first" if time[1] <= end else "time:later")


def _place(reading: Reading, sentence: Sentence, end: int, found: set[str]) -> None:
    """Where the sentence is; ``end`` is that of its first clause."""
    pack = reading.pack
    limit = _compared_from(reading, sentence)
    names = place_names(reading, sentence.start, limit, loose=True, parts=True)
    if not names:
        found.add("place:no")
    for name in names:
        where = "first" if name.start <= end else "later"
        lead = next((kind for kind in _LEADS if pack.is_word(kind, name.leading)), None)
        found.add(f"place:{where} {lead or ('behind other' if name.leading else 'bare')}")
        kind = "sure" if name.sure else "loose"
        known = "determined" if is_determined(reading.doc, name) else "undetermined"
        found.update((f"place:{kind} {where}", f"place:{kind} {known}"))


def _compared_from(reading: Reading, sentence: Sentence) -> int:
    """Where the first comparison of a sentence begins; its end where it has none."""
    if "comparing" not in sentence.kinds:
        return sentence.end
    words = reading.doc.words_in(sentence.start, sentence.end)
    return next((w.start for w in words[1:] if "comparing" in w.kinds), sentence.end)


def _people(reading: Reading, sentence: Sentence, met: _Met) -> list[str]:
    """Whether the people of a sentence are others than before."""
    if sentence.paragraph != met.paragraph:
        met.paragraph, met.before, met.within = sentence.paragraph, met.within, set()
    mentions = reading.index.within(sentence.start, sentence.end)
    if not mentions:
        return []
    every = {mention.person for mention in mentions if mention.person is not None}
    named = {m.person for m in mentions if m.person is not None and not m.pronoun}
    found = []
    if not named <= met.seen:
        found.append("people:new")
    if every and every.isdisjoint(met.last):
        found.append("people:others")
    if every and met.before and every.isdisjoint(met.before | met.within):
        found.append("people:strangers")
    if any(m.pronoun and m.role is Role.SUBJECT for m in mentions):
        found.append("people:pronoun")
    if not mentions[0].pronoun and mentions[0].start - sentence.start < _OPENS:
        found.append("people:open")
    met.seen |= named
    met.last = every or met.last
    met.within |= every
    return found
