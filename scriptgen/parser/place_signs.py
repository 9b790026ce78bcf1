"""Where a scene is set: of all things named as it opens, the likeliest place.

Each noun phrase shows signs, as ``is:building``, ``lead:firm_prepositions``, ``time behind``. The
code only says which; which way each points, and how strongly, is in the language pack
(``place_weights``). Behind the colon stand classes of words and names of its word lists.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.parser.grammar import is_verb_here
from scriptgen.parser.openings import CLAUSE_END, has_verb
from scriptgen.parser.place_heads import PLACE_LISTS, compound_classes, degree_of
from scriptgen.parser.places import PlaceName, as_name, is_phrase, phrase_start, qualifies
from scriptgen.parser.sentences import Block
from scriptgen.parser.times import time_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scriptgen.language import Lexicon
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Sentence
    from scriptgen.parser.words import Word

_LEADS = (
    "comparing", "firm_prepositions", "goal_prepositions", "setting_prepositions", "into_place",
    "unset_prepositions",
)  # fmt: skip
_BARRED = frozenset({"scene_stop", "no_places", "show_nouns"})
_HEADS = PLACE_LISTS | {"floors"}
_STOPS = {",": "comma", ".": "stop", ":": "colon", ";": "semicolon", "—": "dash"}
_BESIDE = 25
_MOST = 12
_MOST_WORDS = 80
_LEAST = 0.0


class Candidate(NamedTuple):
    """A noun phrase with its signs; ``signs`` names what `place_weights` weighs."""

    place: PlaceName
    signs: frozenset[str]


def likeliest(reading: Reading, found: Iterator[Candidate]) -> PlaceName | None:
    """The likeliest place, if any is likely."""
    weights = reading.pack.weights.get("place_weights", {})
    best, most = None, _LEAST
    for place, signs in found:
        score = likelihood(weights, signs)
        if score > most:
            best, most = place, score
    return best


def likelihood(weights: Mapping[str, float], signs: frozenset[str]) -> float:
    """How likely a noun phrase names the place (the logarithm of the odds)."""
    return fsum(weights[sign] for sign in signs if sign in weights)


def places_of_scene(reading: Reading, start: int) -> Iterator[Candidate]:
    """What could be the place of a scene that opens at ``start``: in two sentences."""
    doc = reading.doc
    sentence = doc.sentence_at(start)
    yield from _candidates(reading, sentence, ("sentence:1",))
    following = doc.sentences[min(sentence.index + 1, len(doc.sentences) - 1)]
    if following is not sentence and following.paragraph == sentence.paragraph:
        yield from _candidates(reading, following, ("sentence:2",))


def places_at_first(reading: Reading, limit: int, occupied: Sequence[int]) -> Iterator[Candidate]:
    """What could be the first place, before ``limit``.

    ``occupied``: where beats and lines begin; told from the first sentence that holds one on.
    """
    doc = reading.doc
    begun = doc.sentence_at(occupied[0]).index if occupied else 0
    showing = {doc.sentence_at(start).index for start in occupied if start < limit}
    for sentence in doc.sentences[max(0, begun - _BACK) : begun + _ON]:
        if sentence.start >= limit:
            break
        if doc.paragraphs[sentence.paragraph].block is Block.PROSE:
            shown = "shown" if sentence.index in showing else "not shown"
            yield from _candidates(reading, sentence, (shown, f"first:{sentence.index - begun}"))


_BACK = 4
_ON = 5


def _candidates(
    reading: Reading, sentence: Sentence, around: tuple[str, ...]
) -> Iterator[Candidate]:
    """The first noun phrases of a sentence that could name a place."""
    doc, lexicon = reading.doc, reading.pack.lexicon
    if lexicon is None:
        return
    base = doc.word_index(sentence.start)
    words = doc.words_in(sentence.start, sentence.end)[:_MOST_WORDS]
    if not words:
        return
    mentions = reading.index.within(sentence.start, words[-1].end)
    people = {
        word.start
        for mention in mentions
        if not mention.pronoun
        for word in doc.words_in(mention.start, mention.end)
    }
    opening = _Opening(
        reading,
        sentence,
        _clause_end(reading, sentence.start, sentence),
        time_of(reading, sentence.start, sentence.end),
        next((at for at, w in enumerate(words) if at and "comparing" in w.kinds), len(words)),
        next((w.start for w in words if has_verb(doc, (w,))), sentence.end),
    )
    last, count = sentence.start, 0
    for at, word in enumerate(words):
        if (
            word.start in people
            or not _may_head(words, at)
            or doc.quoted[word.start]
            or word.start in reading.outside
        ):
            continue
        place = _place(reading, base + at, lexicon)
        if place is None or place.start < last:
            continue
        last, count = place.end, count + 1
        signs = _signs(opening, place, base, at, lexicon)
        signs.update(around)
        yield Candidate(place, frozenset(signs))
        if count == _MOST:
            return


class _Opening(NamedTuple):
    """A sentence, the end of its first clause, its time, and at which word a comparison begins."""

    reading: Reading
    sentence: Sentence
    end: int
    time: tuple[str, int, int] | None
    compared: int
    verb: int


def _signs(opening: _Opening, place: PlaceName, base: int, at: int, lexicon: Lexicon) -> set[str]:
    """What speaks for or against a phrase, whose head is the word ``at`` of its sentence."""
    reading, sentence, time = opening.reading, opening.sentence, opening.time
    doc = reading.doc
    word = doc.words[base + at]
    found = {"always", f"degree:{int(degree_of(reading, base + at, lexicon))}"}
    found.update(_class(reading, base + at, lexicon))
    found.update(_lead(reading, place, capital=word.capital and at > 0))
    found.add("first clause" if place.start <= opening.end else "later clause")
    found.add("next:" + _STOPS.get(doc.text[place.end : place.end + 1], "word"))
    if word.capital:
        found.add("capital")
    if at > opening.compared:
        found.add("compared")
    if place.start > opening.verb:
        found.add("behind verb")
    if not has_verb(doc, doc.words_in(place.start, _clause_end(reading, place.end, sentence))):
        found.add("verbless")
    if time is not None and place.end < time[1] < place.end + _BESIDE:
        found.add("time behind")
    if time is not None and time[2] <= place.start < time[2] + _BESIDE:
        found.add("time before")
    return found


def _clause_end(reading: Reading, start: int, sentence: Sentence) -> int:
    stop = CLAUSE_END.search(reading.doc.text, start, sentence.end)
    return stop.start() if stop else sentence.end


def _may_head(words: Sequence[Word], at: int) -> bool:
    """Whether a word can be the head of a noun phrase that names a place."""
    word = words[at]
    if word.kinds & _HEADS:
        return True
    if word.closed or not (word.nouns or word.capital or not word.common):
        return False
    return not (word.verbs and is_verb_here(words, at))


def _place(reading: Reading, at: int, lexicon: Lexicon) -> PlaceName | None:
    """The noun phrase whose head is at ``at``."""
    doc = reading.doc
    if qualifies(doc, at):
        return None
    first = at if "floors" in doc.words[at].kinds else phrase_start(doc, at)
    if not is_phrase(doc, first, at):
        return None
    return as_name(reading, first, at, lexicon, sure=True)


def _class(reading: Reading, at: int, lexicon: Lexicon) -> list[str]:
    """Of what class the head is."""
    word = reading.doc.words[at]
    classes = word.nouns or compound_classes(word, lexicon)
    before = reading.doc.words[at - 1] if at else None
    if before is not None and before.nouns and not before.closed:
        classes |= lexicon.nouns(f"{before.folded} {word.folded}")
    found = [f"is:{kind}" for kind in classes]
    if not classes:
        found.append("is:name" if word.capital else "is:unknown")
    if word.kinds & PLACE_LISTS:
        found.append("is:listed")
    if word.kinds & _BARRED:
        found.append("is:barred")
    return found


def _lead(reading: Reading, place: PlaceName, *, capital: bool) -> list[str]:
    """What stands before the name, and with what it begins."""
    doc, pack = reading.doc, reading.pack
    leads = [f"lead:{kind}" for kind in _LEADS if pack.is_word(kind, place.leading)]
    found = leads or ["lead:other" if place.leading else "lead:none"]
    words = doc.words_in(place.start, place.end)
    first = words[0].kinds if words else frozenset[str]()
    if "indefinite_articles" in first:
        found.append("begins:indefinite")
    elif "possessives" in first:
        found.append("begins:possessive")
    elif any(word.owns for word in words):
        found.append("begins:owner")
    elif "determiners" in first:
        found.append("begins:definite")
    else:
        found.append("begins:capital" if capital else "begins:bare")
    return found
