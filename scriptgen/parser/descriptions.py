"""Descriptions of people: "the man in the grey vest", "her daughter", "a clerk"."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.parser.speaking import speaking_heads
from scriptgen.parser.words import PERSON_CLASSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word

PEOPLE_LISTS = frozenset({"male_nouns", "female_nouns", "kin", "roles", "loose_heads"})
_NO_PERSON = frozenset(
    {"artefact", "quantity", "animal", "abstract", "building", "garment", "venue"}
)
_CAPITAL_LISTS = PEOPLE_LISTS | {"honorifics", "name_titles"}
_NO_PERSON_LISTS = frozenset({"places_in", "places_out", "show_nouns"})
_TELLING = frozenset(
    {"artefact", "body", "garment", "building", "place_in", "place_out", "vehicle", "furniture",
     "animal", "plant", "substance", "time", "quantity", "person"}
)  # fmt: skip
_MOST_MODIFIERS = 4
_LONGEST_TAIL = 6
_COMPARISON_REACH = 24
_OWNED = "'s"


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase for one person.

    ``[start, end)`` with what follows the head ("in the grey vest"); ``core_end`` without;
    ``head``: the folded noun; ``modifiers``: folded words between determiner and head;
    ``determiner``: folded, or ``'s`` behind an owner; ``definite``: whether the words point at
    somebody rather than introduce somebody.
    """

    start: int
    core_end: int
    end: int
    head: str
    modifiers: tuple[str, ...]
    determiner: str
    tail: tuple[str, ...]
    definite: bool = True

    @property
    def key(self) -> int:
        """Where the last character of the head stands: no other description has it there."""
        return self.core_end - 1


def find_descriptions(
    doc: Document, pack: LanguagePack, taken: bytearray
) -> tuple[Description, ...]:
    """All descriptions of single people, outside of ``taken`` (names, titles)."""
    if pack.lexicon is None:
        return _by_commas(doc, taken)
    found: list[Description] = []
    told: set[str] = set()
    speaking = speaking_heads(doc, pack)
    heads = frozenset(speaking.values())
    spelled: dict[str, bool] = {}
    for at, word in enumerate(doc.words):
        person = spelled.get(word.text)
        if person is None:
            person = spelled[word.text] = word.folded in heads or _is_person(word, pack)
        if not person or taken[word.start]:
            continue
        speaks = word.start in speaking or (word.folded in heads and "voices" not in word.kinds)
        if not speaks and not (_is_person(word, pack) and _is_head(doc, at, taken)):
            continue
        description = _around(doc, pack, at, taken) or _beside(doc, pack, at, taken, found)
        if description is None:
            continue
        if "doubtful_people" in word.kinds and not speaks:
            if description.modifiers or description.tail:
                told.add(description.head)
            elif description.head not in told:
                continue
        found.append(description)
    return tuple(found)


def plain_head(pack: LanguagePack, head: str) -> str:
    """The noun that another is a fond or short form of: "dad", "dr"."""
    return pack.maps.get("heads", {}).get(head, head)


def _beside(
    doc: Document, pack: LanguagePack, at: int, taken: bytearray, found: Sequence[Description]
) -> Description | None:
    """A noun without a determiner behind a name or another such noun: "X, seamstress, orphan"."""
    head = doc.words[at]
    if head.capital or head.owns or at == 0:
        return None
    before = doc.words[at - 1].bare_end
    if doc.text[before : head.start] not in _JOINTS or doc.is_quoted(head.start):
        return None
    chained = found and not found[-1].determiner and found[-1].core_end == before
    if not (taken[before - 1] or chained):
        return None
    following = doc.words[at + 1] if at + 1 < len(doc.words) else None
    leads_on = (
        following is not None
        and doc.text[head.end : following.start] == " "
        and ("tail_openers" in following.kinds or "infinitive_marks" in following.kinds)
    )
    if not leads_on and doc.text[head.end : head.end + 1] not in _ENDS_BESIDE:
        return None
    end, tail = _tail(doc, at)
    return Description(head.start, head.bare_end, end, plain_head(pack, head.folded), (), "", tail)


_JOINTS = frozenset({", ", "—"})
_ENDS_BESIDE = frozenset(",.;:—)")


def _around(doc: Document, pack: LanguagePack, at: int, taken: bytearray) -> Description | None:
    """The description whose head is the word at ``at``."""
    words, head = doc.words, doc.words[at]
    first = _determiner(doc, at, taken)
    if first is None or _is_verb_there(doc, at):
        return None
    opener = words[first]
    if head.owns and _is_any(doc, at, opener):
        return None
    owned = any(_owns(doc, w) for w in words[first:at])
    if not owned and "no_single_determiners" in opener.kinds:
        return None
    if _in_simile(doc, pack, opener.start):
        return None
    if head.capital and (
        (at - first > 1 and words[at - 1].capital)
        or not ("role" in head.nouns or head.kinds & _CAPITAL_LISTS)
    ):
        return None
    end, tail = _tail(doc, at)
    return Description(
        opener.start,
        head.bare_end,
        end,
        plain_head(pack, head.folded),
        tuple(w.folded for w in words[first + 1 : at]),
        _OWNED if owned else opener.folded,
        tail,
        owned or "indefinite_determiners" not in opener.kinds,
    )


def _is_any(doc: Document, at: int, opener: Word) -> bool:
    """Whether an owner is anybody of a kind: "a doorman's cap", "her black server's apron"."""
    if at + 1 >= len(doc.words):
        return False
    head, owned = doc.words[at], doc.words[at + 1]
    anybody = "indefinite_determiners" in opener.kinds or (
        "possessives" in opener.kinds and "kin" not in head.kinds
    )
    return anybody and bool(owned.nouns & _THINGS) and "voices" not in owned.kinds


_THINGS = frozenset({"artefact", "garment", "furniture", "food"})
_BY_COMMAS = re.compile(r", ((?:\w+ ){1,2}\w+),")


def _by_commas(doc: Document, taken: bytearray) -> tuple[Description, ...]:
    """Without a word list: a few small words between commas right behind a name, met again."""
    text = doc.text
    phrases = {
        match.group(1)
        for match in _BY_COMMAS.finditer(text)
        if taken[match.start() - 1]
        and not doc.is_quoted(match.start(1))
        and match.group(1) == match.group(1).lower()
    }
    out = [
        Description(start, end, end, phrase.split()[-1], (), phrase.split()[0], ())
        for phrase, ranges in _occurrences(doc, phrases).items()
        if len(ranges) > 1
        for start, end in ranges
    ]
    return tuple(sorted(out, key=lambda d: (d.start, d.end)))


def _occurrences(doc: Document, phrases: set[str]) -> dict[str, list[tuple[int, int]]]:
    """Where each phrase of two or three words stands outside of quotes."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, word in enumerate(doc.words):
        for last in doc.words[at + 1 : at + 3]:
            phrase = doc.text[word.start : last.end]
            if phrase in phrases and not doc.is_quoted(word.start):
                found[phrase].append((word.start, last.end))
    return found


def _in_simile(doc: Document, pack: LanguagePack, start: int) -> bool:
    """Whether a description only serves a comparison ("the way a scientist might")."""
    left = max(0, start - _COMPARISON_REACH)
    return pack.has("comparison_before", doc.text[left:start], words=doc.parts_in(left, start))


def _is_person(word: Word, pack: LanguagePack) -> bool:
    if "not_people" in word.kinds or word.noun != word.folded:
        return False
    if word.capital and word.text.isupper():
        return False
    if word.kinds & PEOPLE_LISTS:
        return True
    if not word.common:
        return gender_of_noun(word.folded, pack) is not None
    if not word.nouns & PERSON_CLASSES or word.nouns & _NO_PERSON or word.kinds & _NO_PERSON_LISTS:
        return "doubtful_people" in word.kinds
    return not word.adverb and (not word.adjective or "role" in word.nouns)


def gender_of_noun(noun: str, pack: LanguagePack) -> str | None:
    """``m`` or ``f`` by the lists of nouns and titles, or by how a compound ends."""
    if pack.is_word("male_nouns", noun) or pack.is_word("male_titles", noun):
        return "m"
    if pack.is_word("female_nouns", noun) or pack.is_word("female_titles", noun):
        return "f"
    for gender, endings in (("f", "female_endings"), ("m", "male_endings")):
        if noun.endswith(tuple(pack.words.get(endings, ()))):
            return gender
    return None


def _is_head(doc: Document, at: int, taken: bytearray) -> bool:
    """Whether the noun does not only qualify the next one ("witness table", "a criminal record").

    What may also be an adjective is a noun only where nothing follows that it could qualify.
    """
    if at + 1 >= len(doc.words):
        return True
    word, following = doc.words[at], doc.words[at + 1]
    if doc.text[word.end : following.start] != " " or taken[following.start] or word.owns:
        return True
    if following.form == "plain" and following.nouns & _THINGS | following.nouns & {"body"}:
        return False
    if "small_words" in following.kinds or not following.nouns:
        return not (word.adjective and following.adjective and not following.closed)
    if not word.adjective or word.kinds & PEOPLE_LISTS:
        return bool(following.verbs)
    return following.form is not None and following.form != "plain"


def _determiner(doc: Document, at: int, taken: bytearray) -> int | None:
    """The index of the determiner or owner that opens the phrase around the head at ``at``."""
    words, text = doc.words, doc.text
    for index in range(at - 1, max(-1, at - _MOST_MODIFIERS - 2), -1):
        word = words[index]
        gap = text[word.end : words[index + 1].start]
        if gap not in (" ", "-", ", "):
            return None
        if _owns(doc, word):
            return _owner_start(doc, index)
        if "determiners" in word.kinds:
            return index
        if taken[word.start] or (gap == ", " and word.nouns) or word.kinds & _NO_MODIFIER:
            return None
    return None


_NO_MODIFIER = frozenset({"prepositions", "conjunctions", "copulas"})


def _owner_start(doc: Document, index: int) -> int:
    """The first word of an owner: "the postmistress's", "Ms. Calloway's"."""
    while index > 0:
        word = doc.words[index - 1]
        gap = doc.text[word.end : doc.words[index].start]
        if "determiners" in word.kinds and gap == " ":
            return index - 1
        joined = gap == " " or (gap == ". " and "abbreviations" in word.kinds)
        if not (word.capital and joined and "not_names" not in word.kinds):
            return index
        index -= 1
    return index


def _owns(doc: Document, word: Word) -> bool:
    return word.owns or doc.text[word.end : word.end + 1] == "’"


def _is_verb_there(doc: Document, at: int) -> bool:
    """Whether the head is rather a verb ("she cooks", "his father mothers him")."""
    return at > 0 and bool(doc.words[at].verbs) and "pronoun_subjects" in doc.words[at - 1].kinds


def _tail(doc: Document, at: int) -> tuple[int, tuple[str, ...]]:
    """What follows the head and tells who is meant: "in the grey vest", "of eleven or so"."""
    words, head = doc.words, doc.words[at]
    opener = words[at + 1] if at + 1 < len(words) else None
    if (
        opener is None
        or "tail_openers" not in opener.kinds
        or doc.text[head.end : opener.start] != " "
    ):
        return head.bare_end, ()
    tail: list[Word] = []
    for word in words[at + 1 : at + 2 + _LONGEST_TAIL]:
        if doc.text[(tail[-1] if tail else head).end : word.start] not in (" ", "-"):
            break
        if len(tail) > 1 and _ends_tail(word, tail[-1]):
            break
        tail.append(word)
    while tail and tail[-1].kinds & _NO_TAIL_END:
        tail.pop()
    if len(tail) > 1 and any(w.nouns & _TELLING for w in tail[1:]):
        return tail[-1].end, tuple(w.folded for w in tail)
    return head.bare_end, ()


_NO_TAIL_END = frozenset({"prepositions", "determiners"})
_TAIL_STOPS = frozenset({"conjunctions", "copulas", "tail_stops", "auxiliaries", "relatives"})


def _ends_tail(word: Word, last: Word) -> bool:
    """Whether another clause begins here: a word in -s is a verb behind a noun that tells."""
    if word.kinds & _TAIL_STOPS:
        return True
    if word.form != "third":
        return False
    if not word.nouns or last.nouns & _TELLING or "object_pronouns" in last.kinds:
        return True
    return bool(last.nouns) and not word.nouns & _TELLING
