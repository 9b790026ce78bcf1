"""Descriptions of people: "the man in the grey vest", "her daughter", "a clerk"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack, Lexicon
    from scriptgen.parser.sentences import Document, Word

_PEOPLE_LISTS = frozenset({"male_nouns", "female_nouns", "kin"})
PERSON_CLASSES = frozenset({"person", "kin", "role"})
_MOST_MODIFIERS = 4
_LONGEST_TAIL = 6


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase for one person.

    ``[start, end)`` with what follows the head ("in the grey vest"); ``core_end`` without;
    ``head``: the folded noun; ``modifiers``: folded words between determiner and head;
    ``determiner``: folded, or ``'s`` behind an owner; ``definite``: whether it means somebody
    already known.
    """

    start: int
    core_end: int
    end: int
    head: str
    modifiers: tuple[str, ...]
    determiner: str
    tail: tuple[str, ...]

    @property
    def definite(self) -> bool:
        """Whether the words point at somebody rather than introduce somebody."""
        return self.determiner not in {"a", "an", "one", "another", "some"}


def find_descriptions(
    doc: Document, pack: LanguagePack, taken: bytearray
) -> tuple[Description, ...]:
    """All descriptions of single people, outside of ``taken`` (names, titles)."""
    lexicon = pack.lexicon
    if lexicon is None:
        return _by_commas(doc, taken)
    found: list[Description] = []
    words = doc.words
    for at, word in enumerate(words):
        if taken[word.start] or "not_people" in word.kinds or not _is_person(word, lexicon):
            continue
        if at + 1 < len(words) and _compound(doc, word, words[at + 1], lexicon, taken):
            continue
        first = _determiner(doc, pack, at, taken)
        if first is None or _verbal(doc, pack, at, lexicon):
            continue
        start = words[first]
        owned = any(_owner(doc, w) for w in words[first:at])
        determiner = "'s" if owned else start.folded
        if _in_simile(doc, pack, start.start):
            continue
        if determiner in ("these", "those", "some", "no", "every", "each", "our", "my", "your"):
            continue
        end, tail = _tail(doc, pack, at, lexicon)
        found.append(
            Description(
                start.start,
                word.start + len(word.text.removesuffix("'s").removesuffix("’s").removesuffix("’")),
                end,
                word.folded,
                tuple(w.folded for w in words[first + 1 : at]),
                determiner,
                tail,
            )
        )
    return tuple(found)


_BY_COMMAS = re.compile(r", ((?:\w+ ){1,2}\w+),")


def _by_commas(doc: Document, taken: bytearray) -> tuple[Description, ...]:
    """Without a word list: a few small words between commas right behind a name."""
    out = []
    for match in _BY_COMMAS.finditer(doc.text):
        start, end = match.span(1)
        if (
            not taken[match.start() - 1]
            or doc.is_quoted(start)
            or match.group(1) != match.group(1).lower()
        ):
            continue
        words = match.group(1).split()
        again_and_again = [
            again
            for again in re.finditer(rf"\b{re.escape(match.group(1))}\b", doc.text)
            if not doc.is_quoted(again.start())
        ]
        if len(again_and_again) > 1:
            for again in again_and_again:
                out.append(
                    Description(
                        again.start(), again.end(), again.end(), words[-1], (), words[0], ()
                    )
                )
    return tuple(sorted(out, key=lambda d: d.start))


def _in_simile(doc: Document, pack: LanguagePack, start: int) -> bool:
    """Whether a description only serves a comparison ("the way a scientist might")."""
    before = doc.text[max(0, start - 24) : start]
    return any(p.search(before) for p in pack.patterns.get("comparison_before", ()))


def _is_person(word: Word, lexicon: Lexicon) -> bool:
    folded = word.folded
    if word.capital and word.text.isupper():
        return False
    classes = lexicon.nouns(folded)
    if not word.kinds & _PEOPLE_LISTS and (
        not classes & PERSON_CLASSES
        or classes & {"artefact", "quantity", "animal", "abstract", "building"}
        or lexicon.adjective(folded)
    ):
        return False
    return lexicon.lemma(folded, "noun") in (folded, None)


def _compound(
    doc: Document, word: Word, following: Word, lexicon: Lexicon, taken: bytearray
) -> bool:
    """Whether the noun only qualifies the next one ("witness table", "cook book")."""
    if doc.text[word.end : following.start] != " " or taken[following.start]:
        return False
    if word.text.endswith(("'s", "’s")):
        return False
    classes = lexicon.nouns(following.folded)
    return bool(classes) and not lexicon.verbs(following.folded) and following.folded not in _SMALL


_SMALL = frozenset({"in", "on", "at", "by", "to", "with", "as", "a", "an", "the", "and", "or"})


def _determiner(doc: Document, pack: LanguagePack, at: int, taken: bytearray) -> int | None:
    """The index of the determiner or owner that opens the phrase around the head at ``at``."""
    words = doc.words
    for back in range(1, _MOST_MODIFIERS + 2):
        index = at - back
        if index < 0 or doc.text[words[index].end : words[index + 1].start] not in (" ", "-", ", "):
            return None
        word = words[index]
        if _owner(doc, word):
            return _owner_start(doc, pack, index)
        if "determiners" in word.kinds:
            return index
        gap = doc.text[word.end : words[index + 1].start]
        if taken[word.start] or "prepositions" in word.kinds:
            return None
        if gap == ", " and not _adjective(word, pack):
            return None
        if "conjunctions" in word.kinds or "copulas" in word.kinds:
            return None
    return None


def _owner_start(doc: Document, pack: LanguagePack, index: int) -> int:
    """The first word of an owner: "the postmistress's", "Ms. Calloway's"."""
    while index > 0:
        word = doc.words[index - 1]
        gap = doc.text[word.end : doc.words[index].start]
        if "determiners" in word.kinds and gap == " ":
            return index - 1
        if not (word.capital and gap in (" ", ". ") and "not_names" not in word.kinds):
            return index
        index -= 1
    return index


def _owner(doc: Document, word: Word) -> bool:
    return doc.text[word.end - 2 : word.end] in ("'s", "’s") or doc.text[
        word.end : word.end + 1
    ] in ("’",)


def _adjective(word: Word, pack: LanguagePack) -> bool:
    lexicon = pack.lexicon
    return lexicon is not None and not lexicon.nouns(word.folded)


def _verbal(doc: Document, pack: LanguagePack, at: int, lexicon: Lexicon) -> bool:
    """Whether the head is rather a verb ("she cooks", "his father mothers him")."""
    word = doc.words[at]
    return (
        at > 0
        and "pronoun_subjects" in doc.words[at - 1].kinds
        and bool(lexicon.verbs(word.folded))
    )


_TELLING = frozenset(
    {"artefact", "body", "garment", "building", "place_in", "place_out", "vehicle", "furniture",
     "animal", "plant", "substance", "time", "quantity", "person"}
)  # fmt: skip


def _tail(
    doc: Document, pack: LanguagePack, at: int, lexicon: Lexicon
) -> tuple[int, tuple[str, ...]]:
    """What follows the head and tells who is meant: "in the grey vest", "of eleven or so"."""
    words = doc.words
    head = words[at]
    if at + 1 >= len(words) or doc.text[head.end : words[at + 1].start] != " ":
        return head.end, ()
    if words[at + 1].folded not in (
        "in",
        "with",
        "of",
        "from",
        "behind",
        "beside",
        "across",
        "next",
    ):
        return head.end, ()
    end, tail = head.end, []
    for index in range(at + 1, min(len(words), at + 2 + _LONGEST_TAIL)):
        word = words[index]
        if doc.text[end : word.start] not in (" ", "-"):
            break
        if index > at + 2 and (
            "conjunctions" in word.kinds
            or "copulas" in word.kinds
            or word.folded in ("like", "than", "who", "without")
            or _finite(word, lexicon)
        ):
            break
        end = word.end
        tail.append(word.folded)
    while tail and (
        pack.is_word("prepositions", tail[-1]) or pack.is_word("determiners", tail[-1])
    ):
        index = doc.word_index(end) - 1
        while index >= 0 and words[index].end > end:
            index -= 1
        end = words[index - 1].end
        tail.pop()
    concrete = any(lexicon.nouns(w) & _TELLING for w in tail[1:])
    return (end, tuple(tail)) if len(tail) > 1 and concrete else (head.end, ())


def _finite(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word in -s is a verb rather than a plural."""
    return (
        word.folded.endswith("s")
        and bool(lexicon.verbs(word.folded))
        and lexicon.lemma(word.folded, "verb") != word.folded
        and not lexicon.nouns(word.folded)
    )
