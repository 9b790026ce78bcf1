"""The signs by which a piece of a sentence is told for film or for talk about it.

A sign is a short name: ``subject:person``, ``verb:motion``, ``opens:reasons``. The code only says
which of them a piece shows; which way each points, and how strongly, is in the language pack
(``film_weights``). Behind the colon stand names of the pack's word lists and of classes of words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.parser.grammar import governed, is_noun_here, is_verb_here, read_clause
from scriptgen.parser.likening import is_likened
from scriptgen.parser.stances import find_stance
from scriptgen.parser.word_signs import OF_THE_WORK, classes_as
from scriptgen.parser.words import PERSON_CLASSES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from scriptgen.parser.clauses import Joined
    from scriptgen.parser.grammar import Clause
    from scriptgen.parser.mentions import Mention
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.words import Word

_TWICE = frozenset(
    {"likenesses", "whenever", "relatives", "coordinators", "negations", "joining"}
)  # fmt: skip
_PHYSICAL = frozenset(
    f"verb:{kind}" for kind in ("motion", "posture", "contact", "body", "perception", "consumption")
)
_UNREAL = frozenset(
    {"has:modals", "has:negations", "has:first_person", "tense:modal", "tense:against",
     "tense:habit"}
)  # fmt: skip
_CRITIC = frozenset(
    {
        "has:first_person",
        "has:audience_words",
        "has:show_nouns",
        "has:outside",
        "has:hedges",
        "has:modals",
    }
)
_SHOWN = frozenset({"has:person", "has:pronoun", "has:body_parts", "things:2", "things:3"})
_OF_CRITIC = {sign: f"critic:{sign}" for sign in _SHOWN}
_LENGTHS = (*["length:2"] * 3, *["length:5"] * 3, *["length:11"] * 6, "length:more")
_MOST = 3
_THINGS = tuple(f"things:{count}" for count in range(_MOST + 1))
_VAGUE = tuple(f"vague:{count}" for count in range(_MOST + 1))
_JOINTS = {
    "—": "joint:dash", "–": "joint:dash", "-": "joint:dash", ",": "joint:comma",
    "(": "joint:bracket", ")": "joint:bracket", ":": "joint:colon", ";": "joint:semicolon",
}  # fmt: skip
_GOES_ON = ("relatives", "linkers", "reasons", "whenever")
_LEADING = frozenset({"line", *(f"opens:{name}" for name in _GOES_ON)})
_GONE_ON = tuple((f"opens:{name}", f"after:{name}") for name in _GOES_ON)


def signs(reading: Reading, pieces: Sequence[Joined]) -> list[AbstractSet[str]]:
    """The signs of each piece of a sentence; a line has the sign ``line`` alone."""
    out: list[AbstractSet[str]] = []
    before: AbstractSet[str] = frozenset()
    carried = ""
    leads = bool(pieces) and _may_lead(reading, pieces[0])
    for piece in pieces:
        words = piece.words
        if leads:
            start = shown_from(reading, piece.start, piece.end)
            words = reading.doc.words_in(start, piece.end)
        if piece.line or not words:
            found = {"line"}
        elif is_likened(reading, words, piece, before):
            found = {"likened"}
        else:
            found, subject = _own(reading, piece, words)
            if subject:
                carried = "carried:" + subject
            elif carried and not found.isdisjoint(_SUBJECTLESS):
                found.add(carried)
            _follow(piece, before, found)
        out.append(found)
        before = found
    return out


_SUBJECTLESS = frozenset({"subject:none", "head:none"})
_LEFT_TO_SEE = 9


def _may_lead(reading: Reading, piece: Joined) -> bool:
    """Whether something in the sentence of a piece may lead up to what is shown."""
    doc = reading.doc
    return doc.sentence_at(piece.start).index in doc.likely(reading.pack, "shown_through")


def shown_from(reading: Reading, start: int, end: int) -> int:
    """Where what is shown begins in a piece that leads up to it ("We see his hands")."""
    doc = reading.doc
    word, words = doc.first_part(start), doc.sentence_at(start).words
    lead = reading.pack.match("shown_through", doc.text, start, end, word=word, words=words)
    return lead.end() if lead and end - lead.end() >= _LEFT_TO_SEE else start


def _follow(piece: Joined, before: AbstractSet[str], found: set[str]) -> None:
    """What the piece before makes of this one."""
    if piece.joint == " ":
        for opens, after in _GONE_ON:
            if opens in before or after in before:
                found.add(after)
        if "opens:pronoun_subjects" in found and before.isdisjoint(_LEADING):
            found.add("opens:told")
    if "verb:copula" in before and "has:negations" in before:
        found.add("after:denied")
    if "line" in before:
        found.add("after:line")


def _own(reading: Reading, piece: Joined, words: Sequence[Word]) -> tuple[set[str], str]:
    """The signs of a piece by itself, and its subject; empty where it has none to go on with."""
    clause = read_clause(words)
    people = reading.index.within(words[0].start, words[-1].end)
    found = {"always", _LENGTHS[min(len(words), len(_LENGTHS) - 1)]}
    text = reading.doc.text
    if text[piece.end - 1] in "!?" or text[piece.end : piece.end + 1] in ("!", "?"):
        found.add("ends:mark")
    _opening(piece, words, found)
    subject = _subject(reading, people, words, clause)
    found.update(subject)
    _tense(reading, words, clause, found)
    _verb(people, words, clause, found)
    _words(reading, words, clause, found)
    for mention in people:
        found.add("has:pronoun" if mention.pronoun else "has:person")
    find_stance(words, clause, found)
    if "opens:negations" in found and "tense:none" in found and "things:0" not in found:
        found.add("denies")
    _deed(words, clause, found)
    if not found.isdisjoint(_CRITIC):
        found.update([_OF_CRITIC[sign] for sign in found & _SHOWN])
    role, _, name = min(subject, default="").partition(":")
    return found, name if role == "subject" and name not in ("none", "relatives") else ""


def _opening(piece: Joined, words: Sequence[Word], found: set[str]) -> None:
    if piece.joint:
        found.add(_JOINTS.get(piece.joint.strip()[:1], "joint:space"))
    first = words[0].signs
    if _commands(piece, words):
        found.add("opens:plain")
    elif first.opening is not None:
        found.add(first.opening)
        if first.opens in _TWICE and len(words) > 1 and words[1].signs.opens is not None:
            found.add(f"{first.opening} {words[1].signs.opens}")


def _commands(piece: Joined, words: Sequence[Word]) -> bool:
    """Whether a piece tells somebody to do something ("Stop the tape", "Bring biscuits")."""
    at = 1 if "joining" in words[0].kinds else 0
    if at + 1 >= len(words):
        return False
    first, second = words[at : at + 2]
    if not first.signs.orders:
        return False
    if second.signs.commanded or second.form == "ing" or (at and second.capital):
        return True
    if piece.joint or first.adjective or "presenting_verbs" in first.kinds:
        return False
    return not first.nouns or (second.capital and first.nouns.isdisjoint(PERSON_CLASSES))


def _subject(
    reading: Reading, people: Sequence[Mention], words: Sequence[Word], clause: Clause
) -> tuple[str, ...]:
    """Of what class the head is: of the subject, of a phrase without a verb, of a preposition's."""
    role = "subject:" if clause.finite >= 0 else "head:"
    at = clause.head
    if at < 0:
        if clause.finite >= 0 or "prepositions" not in words[0].kinds:
            return (role + "none",)
        at = governed(words)
        return (
            ("head:none",)
            if at < 0
            else ("head:none", *_class(reading, people, words[at], "object:"))
        )
    found = _class(reading, people, words[at], role)
    if role == "subject:" or clause.verb >= 0 or not words[at].nouns:
        return found
    vague = "names:time" if "time" in words[at].nouns else "names:vague"
    return (*found, "names:thing" if words[at].concrete else vague)


def _class(reading: Reading, people: Sequence[Mention], head: Word, role: str) -> tuple[str, ...]:
    if head.start in reading.outside:
        return (role + "outside",)
    for mention in people:
        if mention.start <= head.start < mention.end and mention.person is not None:
            return (role + "person",)
    if head.signs.told_by is not None:
        return (role + head.signs.told_by,)
    if not head.nouns:
        return (role + ("name" if head.capital else "unknown"),)
    return classes_as(role, head.nouns)


def _tense(reading: Reading, words: Sequence[Word], clause: Clause, found: set[str]) -> None:
    if clause.finite < 0:
        found.add("tense:none")
        return
    first = words[clause.finite]
    if "modals" in first.kinds:
        found.add("tense:modal")
    elif _is_past(words, clause.finite) is reading.past:
        found.add("tense:along")
    else:
        found.add("tense:against")
    if clause.finite != clause.verb:
        helped = "helped " if "helpers" in first.kinds else ""
        found.add(f"aspect:{helped}{words[clause.verb].form}")


_PLURAL = frozenset({"pronoun_subjects", "plural_nouns"})


def _is_past(words: Sequence[Word], at: int) -> bool:
    """Whether a finite verb is in the past ("let" is not, behind a plural)."""
    word = words[at]
    if word.form == "both" and word.verb == word.folded and at:
        before = words[at - 1]
        return not (before.kinds & _PLURAL or before.noun != before.folded)
    return word.form in ("past", "both")


def _verb(
    people: Sequence[Mention], words: Sequence[Word], clause: Clause, found: set[str]
) -> None:
    if clause.verb < 0:
        return
    verb = words[clause.verb]
    if "copulas" in verb.kinds:
        found.add("verb:copula")
        _complement(people, words, clause.complement, found)
        return
    if clause.complement == clause.verb:
        found.add("is:done")
    if "mind_verbs" in verb.verb_kinds:
        found.add("verb:mind_verbs")
    else:
        found.update(classes_as("verb:", verb.verbs))
    if "speech_verbs" in verb.verb_kinds:
        found.add("verb:speech_verbs")
    if clause.verb + 1 < len(words) and "particles" in words[clause.verb + 1].kinds:
        found.add("verb:particles")


_CLAUSES = frozenset({"relatives", "linkers", "reasons", "demonstratives"})
_LEADS = frozenset({"indefinite_articles", "possessives"})


def _complement(people: Sequence[Mention], words: Sequence[Word], at: int, found: set[str]) -> None:
    """What somebody or something is said to be."""
    if at < 0:
        found.add("is:nothing")
        return
    word = words[at]
    beside = next((mention for mention in people if mention.start >= word.start), None)
    if beside is not None and beside.person is not None and not beside.pronoun:
        found.add("is:somebody")
    if "prepositions" in word.kinds:
        found.add("is:placed")
    elif word.kinds & _CLAUSES:
        found.add("is:clause")
    elif word.adjective and not word.closed and not (at + 1 < len(words) and words[at + 1].nouns):
        found.add("is:adjective")
    else:
        found.update(f"is:{k}" for k in word.kinds & _LEADS)
        last = at
        while last + 1 < len(words) and _goes_with(words[last + 1]):
            last += 1
        found.update(classes_as("is:", words[last].nouns))


def _goes_with(word: Word) -> bool:
    return not word.closed and (bool(word.nouns) or word.adjective)


def _words(reading: Reading, words: Sequence[Word], clause: Clause, found: set[str]) -> None:
    """What else stands in the piece, besides its verb and its subject's head."""
    things = vague = 0
    outside, told = reading.outside, (clause.head, clause.verb)
    for at, word in enumerate(words):
        signs = word.signs
        if at in told:
            found.update(signs.always)
        elif signs.verbal and is_verb_here(words, at):
            found.update(signs.deed)
        else:
            found.update(signs.named)
        if signs.doubtful and not _is_else(words, at):
            found.update(signs.listed)
        if word.start in outside:
            found.add("has:outside")
        if signs.thing:
            things += 1
        elif signs.vague:
            vague += 1
        elif word.closed and "noun_links" in word.kinds and _begins_anew(words, at + 1):
            found.add("has:of a")
    found.add(_THINGS[min(things, _MOST)])
    found.add(_VAGUE[min(vague, _MOST)])


def _is_else(words: Sequence[Word], at: int) -> bool:
    """Whether a word of a list is another one here: "to show her", "the can"."""
    word = words[at]
    if "modals" in word.kinds:
        return is_noun_here(words, at)
    return bool(word.verbs and word.kinds & OF_THE_WORK) and is_verb_here(words, at)


def _begins_anew(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and "indefinite_articles" in words[at].kinds


def _deed(words: Sequence[Word], clause: Clause, found: set[str]) -> None:
    """Whether somebody or something of the scene does, here and now, what can be seen."""
    if found.isdisjoint(_PHYSICAL) or not found.isdisjoint(_UNREAL):
        return
    if "subject:person" in found or "subject:pronoun_subjects" in found:
        found.add("deed:person")
    elif "subject:body_parts" in found:
        found.add("deed:body")
    elif clause.head >= 0 and words[clause.head].concrete:
        found.add("deed:thing")
    elif "subject:none" in found:
        found.add("deed:carried")
