"""Who is mentioned where, and what each mention does in its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.parser.grammar import is_verb_here
from scriptgen.parser.mentions import Mention, Role
from scriptgen.parser.typography import cover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.language import LanguagePack
    from scriptgen.parser.cast import Cast, Person
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word

_SPEECHLIKE = frozenset({"act", "event", "communication", "cognition"})


def find_mentions(doc: Document, pack: LanguagePack, cast: Cast) -> list[Mention]:
    """All mentions outside of quotes, in order."""
    raw = sorted(_raw_mentions(doc, pack, cast), key=lambda m: (m.start, m.end))
    return _joined(doc, raw)


def _joined(doc: Document, raw: list[Mention]) -> list[Mention]:
    """Two joined by "and" do the same in their clause: the second takes the role of the first."""
    for at in range(1, len(raw)):
        one, other = raw[at - 1], raw[at]
        if one.role is not Role.OBJECT or other.role is not Role.SUBJECT or other.pronoun:
            continue
        words = doc.words_in(one.end, other.start)
        if len(words) == 1 and "coordinators" in words[0].kinds and _is_beside(doc, one, other):
            raw[at] = other._replace(role=one.role)
    return raw


def _is_beside(doc: Document, one: Mention, other: Mention) -> bool:
    return not set(doc.text[one.end : other.start]) & set(",.;:—")


def _raw_mentions(doc: Document, pack: LanguagePack, cast: Cast) -> list[Mention]:
    ranges = [
        (start, end, person)
        for person in cast.people
        for start, end in [
            *((use.start, use.end) for use in person.uses if not use.quoted),
            *(
                (described.start, described.core_end)
                for described in person.descriptions
                if not doc.is_quoted(described.start)
            ),
        ]
    ]
    covered = cover(doc.text, ((start, end) for start, end, _ in ranges))
    raw = [_placed(doc, pack, start, end, person) for start, end, person in ranges]
    raw += _pronouns(doc, covered)
    return raw


def _pronouns(doc: Document, covered: bytearray) -> Iterator[Mention]:
    for at, word in enumerate(doc.words):
        if word.kinds.isdisjoint(_MEANING):
            continue
        gender = "m" if "he" in word.kinds else "f" if "she" in word.kinds else None
        if doc.quoted[word.start]:
            continue
        if gender is None:
            if _is_the_other(doc, at) and not covered[word.start]:
                sentence = doc.sentence_at(word.start).index
                yield Mention(word.start, word.end, None, Role.SUBJECT, sentence, pronoun=True)
            continue
        if covered[word.start] and "pronoun_subjects" in word.kinds:
            continue
        role = _pronoun_role(doc, at)
        yield Mention(
            word.start,
            word.end,
            None,
            role,
            doc.sentence_at(word.start).index,
            pronoun=True,
            gender=gender,
            leads=role is Role.OWNER and _leads(doc, at, at + 1),
        )


_MEANING = frozenset({"he", "she", "others"})


def _is_the_other(doc: Document, at: int) -> bool:
    """Whether an "other" means the second of two ("The other shrugs")."""
    words = doc.words
    if not 0 < at < len(words) - 1:
        return False
    before, behind = words[at - 1], words[at + 1]
    return (
        before.capital
        and "determiners" in before.kinds
        and doc.text[words[at].end : behind.start] == " "
        and ("auxiliaries" in behind.kinds or behind.form in ("third", "past"))
        and not behind.adjective
    )


def _pronoun_role(doc: Document, at: int) -> Role:
    word = doc.words[at]
    if "pronoun_subjects" in word.kinds:
        return Role.SUBJECT
    if "possessives" not in word.kinds:
        return Role.OBJECT
    following = doc.words[at + 1] if at + 1 < len(doc.words) else None
    owns = (
        following is not None
        and not following.closed
        and (bool(following.nouns) or following.adjective)
        and doc.text[word.end : following.start] == " "
    )
    return Role.OWNER if owns or "object_pronouns" not in word.kinds else Role.OBJECT


def _placed(doc: Document, pack: LanguagePack, start: int, end: int, person: Person) -> Mention:
    sentence = doc.sentence_at(start)
    role = _role(doc, pack, start, end, sentence.start)
    leads = role is Role.OWNER and _leads(doc, doc.word_index(start), doc.word_index(end + 2))
    return Mention(start, end, person, role, sentence.index, leads=leads)


def _leads(doc: Document, first: int, owned: int) -> bool:
    """Whether an owned body part or voice opens a clause, and so acts for its owner."""
    words = doc.words
    if owned >= len(words) or not words[owned].kinds & _ACTING_PARTS:
        return False
    if first == 0 or doc.text[words[first - 1].end : words[first].start] != " ":
        return True
    return "conjunctions" in words[first - 1].kinds


_ACTING_PARTS = frozenset({"body_parts", "voices"})


def _role(doc: Document, pack: LanguagePack, start: int, end: int, sentence_start: int) -> Role:
    """What a name or a description does, told from the words beside it."""
    text = doc.text
    if text[end : end + 1] == "’" or text[end : end + 2] == "'s":
        following = doc.word_index(end + 2)
        acts = following < len(doc.words) and _is_participle(doc.words[following])
        return Role.SUBJECT if acts else Role.OWNER
    at = doc.word_index(start)
    if at == 0 or doc.words[at - 1].start < sentence_start:
        return Role.SUBJECT
    before = doc.words[at - 1]
    if text[before.end : start] != " ":
        return Role.SUBJECT
    if _leads_to(before) or (_takes(doc, at - 1, pack) and not _acts_right_behind(doc, end)):
        return Role.OBJECT
    return Role.SUBJECT


def _acts_right_behind(doc: Document, end: int) -> bool:
    """Whether a finite verb stands right behind what ends here ("she knows Ruth is gone")."""
    at = doc.word_index(end)
    if at >= len(doc.words) or doc.text[end : doc.words[at].start] != " ":
        return False
    word = doc.words[at]
    return "copulas" in word.kinds or (word.form == "third" and not word.nouns)


def _is_participle(word: Word) -> bool:
    """Whether a word behind "'s" makes that a verb ("Ruth's waiting", "Ruth's been")."""
    return word.form == "ing" or "copulas" in word.kinds


def _leads_to(word: Word) -> bool:
    return "prepositions" in word.kinds and "conjunctions" not in word.kinds


def _takes(doc: Document, at: int, pack: LanguagePack) -> bool:
    """Whether a word is a verb whose object follows, and none that brings somebody on."""
    word = doc.words[at]
    if pack.lexicon is None or not word.verbs:
        return False
    if "posture" in word.verbs and word.form == "third":
        return False
    if "presenting_verbs" in word.verb_kinds:
        return "speech_verbs" in word.verb_kinds and at > 0 and _speaks_before(doc, at)
    return not word.nouns - _SPEECHLIKE or (
        word.form == "third" and is_verb_here(doc.words[max(0, at - 1) : at + 1], min(at, 1))
    )


def _speaks_before(doc: Document, at: int) -> bool:
    """Whether the subject of a verb of speech stands before it ("she tells the cook")."""
    before = doc.words[at - 1]
    return (
        doc.text[before.end : doc.words[at].start] == " "
        and not doc.is_quoted(before.start)
        and not before.adverb
    )
