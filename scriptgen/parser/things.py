"""Things in a passage: noun phrases whose head is a thing, and what is done with them."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.parser.grammar import is_verb_here

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word


class Use(IntEnum):
    """What a passage does with a thing; a higher one says more surely that it is a prop."""

    THERE = 1
    ACTS = 2
    HANDLED = 3


class Thing(NamedTuple):
    """One mention: the head ``noun`` (base form), ``[start, end)`` of its name, how it is used.

    ``sure``: the noun means a thing that can be carried and hardly anything else.
    """

    noun: str
    start: int
    end: int
    use: Use
    sure: bool


_HANDS = frozenset({"contact", "possession", "consumption", "motion", "creation", "change"})
_TAKING = frozenset({"contact", "possession"})
_DEEDS = frozenset({"contact", "motion", "change", "body", "consumption"})
_STRONG = frozenset({"thing"})
_WEAK = frozenset({"also_thing", "plant", "animal", "substance"})
_ELSE = frozenset(
    {"person", "body", "time", "group", "cognition", "event", "sound", "feeling", "act", "state",
     "furniture", "garment", "vehicle", "location", "shape", "fixture", "place_in"}
)  # fmt: skip
_ANY = _STRONG | _WEAK
_NO_WEAK = frozenset({"place_in", "place_out", "building", "fixture", "person"})
_NO_NAME = frozenset({"person", "time", "event", "act", "cognition", "location", "quantity"})
_STUFF = frozenset({"substance", "food", "plant", "animal"})
_BODILY = frozenset({"body", "person", "place_in", "place_out", "building"})
_MATERIAL = _STRONG | _STUFF
_BARRED = frozenset({"body_parts", "scene_stop", "particles"})
_OWNING = frozenset({"possessives", "indefinite_articles"})
_LEADS = frozenset({"determiners", "numerals"})
_BEFORE_NOUN = _LEADS | {"noun_links"}
_LONGEST_NAME = 3
_LONGEST_PHRASE = 6
_REACH = 3


def find_things(doc: Document, start: int, end: int) -> Iterator[Thing]:
    """The things named in ``[start, end)``, in order."""
    words = doc.words_in(start, end)
    carried = Use.THERE
    last = -2
    for at, word in enumerate(words):
        if word.nouns.isdisjoint(_ANY) and (word.common or not word.text[0].isalpha()):
            continue
        if word.capital or not _is_head(doc, words, at):
            continue
        first = _phrase_start(doc, words, at)
        if _compared(words, first):
            continue
        strong = bool(word.nouns & _STRONG)
        use = max(
            _governed(doc, words, first),
            _is_done_to(words, at),
            _is_held(words, at, "body_parts" if strong else "holding_parts"),
        )
        if use is not Use.HANDLED:
            use = max(use, _used_with(words, first, at, strong=strong))
        if use is not Use.HANDLED and (strong or "also_thing" in word.nouns):
            use = _governs(doc, words, at)
        if use is Use.THERE and _joined(doc, words, last, first):
            use = carried
        carried, last = use, at
        sure = strong and not word.nouns & _ELSE
        if strong or use is not Use.THERE:
            yield Thing(
                word.noun, words[_name_start(doc, words, first, at)].start, word.end, use, sure
            )


def _is_head(doc: Document, words: Sequence[Word], at: int) -> bool:
    """Whether a word that can name a thing does so here, as the last noun of its phrase."""
    word = words[at]
    if word.owns or word.kinds & _BARRED:
        return False
    if not word.nouns & _STRONG and not word.nouns.isdisjoint(_NO_WEAK):
        return False
    if word.closed and not (at and words[at - 1].kinds & _OWNING):
        return False
    if not word.common and not (at and (words[at - 1].kinds & _LEADS or _owns(words[at - 1]))):
        return False
    if doc.is_quoted(word.start):
        return False
    if (word.verbs or word.adjective or word.adverb) and not _is_noun_here(doc, words, at):
        return False
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None or doc.text[word.end : following.start] not in (" ", "-"):
        return True
    if word.adjective and following.adjective and not following.verbs and not following.closed:
        return False
    return not _qualifies(words, at, following)


def _qualifies(words: Sequence[Word], at: int, following: Word) -> bool:
    """Whether the word only says of what kind the next noun is ("tea cup")."""
    if following.closed or (following.adverb and not (words[at].adjective and following.nouns)):
        return False
    if not following.common or (words[at].adjective and following.nouns):
        return following.form != "third"
    fits = not following.adjective or bool(following.nouns & _MATERIAL)
    return fits and bool(following.nouns) and _is_compound(words[at], following)


def _is_compound(word: Word, following: Word) -> bool:
    if not following.verbs or following.form == "plain":
        return not following.verbs or word.noun == word.folded
    return following.form == "third" and bool(word.nouns & _STUFF and following.nouns & _MATERIAL)


def _is_noun_here(doc: Document, words: Sequence[Word], at: int) -> bool:
    """Whether a word that can be a verb or an adjective is a noun in this place."""
    word = words[at]
    if at == 0:
        return False
    before = words[at - 1]
    if doc.text[before.end : word.start] not in (" ", "-"):
        return False
    plain = word.form == "plain" and not word.adjective
    if before.kinds & _BEFORE_NOUN or _owns(before) or (plain and _is_singular(before)):
        return True
    if word.form == "third" and at > 1 and before.form == "ing" and before.verbs & _HANDS:
        return True
    described = (before.adjective and not before.adverb) or (
        before.nouns & _MATERIAL and not before.nouns & _BODILY
    )
    if word.adverb or ((word.adjective or word.form == "ing") and not described):
        return False
    if word.form != "third" or before.nouns & _STUFF or not before.nouns:
        lead = words[_phrase_start(doc, words, at)]
        if ("determiners" in lead.kinds or _owns(lead)) and before.noun == before.folded:
            return True
    if word.adjective:
        return False
    if "prepositions" in before.kinds and "infinitive_marks" not in before.kinds:
        return True
    if before.adjective and not before.adverb:
        return True
    governed = before.verbs & _HANDS and is_verb_here(words, at - 1)
    return bool(governed) and not is_verb_here(words, at)


def _is_singular(word: Word) -> bool:
    """Whether a word is a noun for one, behind which no verb stands in its plain form."""
    return bool(word.nouns) and word.noun == word.folded and not (word.verbs or word.closed)


def _owns(word: Word) -> bool:
    """Whether a word with an owner's ending owns what follows; "it's" does not."""
    return word.owns and not word.closed


def _phrase_start(doc: Document, words: Sequence[Word], at: int) -> int:
    """Index of the first word of the noun phrase that ends at ``at``, its determiner included."""
    first = at
    while first and at - first < _LONGEST_PHRASE:
        before = words[first - 1]
        gap = doc.text[before.end : words[first].start]
        if gap not in (" ", "-", ", "):
            break
        if gap == " " and before.kinds & _LEADS:
            return first - 1
        if _owns(before):
            first -= 1
            continue
        if before.closed or "prepositions" in before.kinds:
            break
        if before.adverb and not before.adjective:
            break
        if gap == ", " and not (before.adjective and words[first].adjective):
            break
        if is_verb_here(words, first - 1) and not _is_participle(words, first - 1):
            break
        if not (before.adjective or before.nouns or before.form or "-" in before.text):
            break
        first -= 1
    return first


def _is_participle(words: Sequence[Word], at: int) -> bool:
    """Whether a verb form only describes the noun behind it ("a folded sheet")."""
    word = words[at]
    if word.form not in ("both", "perfect", "ing") or at == 0:
        return False
    before = words[at - 1]
    return bool(before.kinds & _LEADS) or _owns(before) or before.adjective


def _name_start(doc: Document, words: Sequence[Word], first: int, at: int) -> int:
    """Index of the word with which the name begins: nouns before the head are part of it."""
    start = at
    while start > first and at - start < _LONGEST_NAME:
        before = words[start - 1]
        gap = doc.text[before.end : words[start].start]
        if before.closed or before.kinds & _LEADS or gap not in (" ", "-"):
            break
        hyphened = "-" in before.text or gap == "-"
        names = before.nouns and not before.nouns & _NO_NAME and not before.adverb
        if not hyphened and not (names and (not before.adjective or before.nouns & _MATERIAL)):
            break
        if before.owns or (before.capital and not hyphened):
            break
        start -= 1
    return start


def _compared(words: Sequence[Word], first: int) -> bool:
    """Whether the thing only stands in a comparison ("like a stone")."""
    return first > 0 and "comparing" in words[first - 1].kinds


def _joined(doc: Document, words: Sequence[Word], last: int, first: int) -> bool:
    """Whether nothing but "and" or a comma parts the phrase from the thing before it."""
    if last < 0 or first <= last:
        return False
    if first == last + 1:
        return doc.text[words[last].end : words[first].start] == ", "
    return first == last + 2 and "coordinators" in words[last + 1].kinds


def _governed(doc: Document, words: Sequence[Word], first: int) -> Use:
    """Whether a verb of the hands has the phrase as its object ("lifts a jar of salt")."""
    if first > 1 and "noun_links" in words[first - 1].kinds:
        first = _phrase_start(doc, words, first - 2)
    hands = _HANDS
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        word = words[at]
        if doc.text[word.end : words[at + 1].start].strip():
            break
        if word.verbs & hands and _can_govern(words, at):
            return Use.HANDLED
        if "particles" in word.kinds:
            hands = _TAKING if "prepositions" in word.kinds else hands
        elif not (word.adverb and not word.closed) and "object_pronouns" not in word.kinds:
            break
    return Use.THERE


def _used_with(words: Sequence[Word], first: int, at: int, *, strong: bool) -> Use:
    """Whether a deed is done with the thing ("with a spoon", not "with a flick of the wrist")."""
    if not first or "tool_links" not in words[first - 1].kinds:
        return Use.THERE
    after = words[at + 1].kinds if at + 1 < len(words) else frozenset()
    counted = bool(words[first].kinds & _LEADS) and "noun_links" not in after
    return Use.HANDLED if strong or counted else Use.THERE


def _is_held(words: Sequence[Word], at: int, parts: str) -> Use:
    """Whether somebody has the thing in or on one of ``parts`` ("the letter still in her fist")."""
    behind = words[at + 1 : at + 3 + _REACH]
    link = 1 if behind and behind[0].adverb and not behind[0].closed else 0
    if link >= len(behind) or "into_place" not in behind[link].kinds:
        return Use.THERE
    held = any(parts in word.kinds for word in behind[link + 1 : link + 3])
    return Use.HANDLED if held else Use.THERE


def _is_done_to(words: Sequence[Word], at: int) -> Use:
    """Whether the thing is what a passive deed is done to ("the letter is folded")."""
    lead = words[at + 1 : at + 2 + _REACH]
    if not lead or "copulas" not in lead[0].kinds:
        return Use.THERE
    deed = any(w.form in ("both", "perfect") and w.verbs & _HANDS for w in lead[1:3])
    return Use.HANDLED if deed else Use.THERE


def _can_govern(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    moves = at + 1 < len(words) and "particles" in words[at + 1].kinds
    if ("mind_verbs" in word.verb_kinds and not moves) or "copulas" in word.kinds:
        return False
    if word.form != "plain":
        return word.form in ("third", "past", "both", "ing")
    takes = at + 1 < len(words) and not _LEADS.isdisjoint(words[at + 1].kinds)
    return is_verb_here(words, at) or ((moves or takes) and not _leads_noun(words, at))


def _leads_noun(words: Sequence[Word], at: int) -> bool:
    """Whether a noun is due at ``at``, since a determiner or adjective stands before it."""
    before = words[at - 1] if at else None
    return before is None or bool(before.kinds & _BEFORE_NOUN) or _owns(before) or before.adjective


def _governs(doc: Document, words: Sequence[Word], at: int) -> Use:
    """Whether the thing itself does something ("the cup tips over")."""
    following = words[at + 1 : at + 2 + _REACH]
    if not following or doc.text[words[at].end : following[0].start] != " ":
        return Use.THERE
    lead = following[0]
    if lead.adverb and len(following) > 1 and not lead.verbs and "prepositions" not in lead.kinds:
        following = following[1:]
        lead = following[0]
    acts = lead.form in ("third", "past", "both", "ing") and bool(lead.verbs & _DEEDS)
    acts = acts and "person" not in words[at].nouns
    return Use.ACTS if acts and "mind_verbs" not in lead.verb_kinds else Use.THERE
