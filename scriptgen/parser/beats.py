"""Beats: what of the essay can be filmed, with the critic's clauses cut away."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from scriptgen.brief import Certainty, CommentaryKind
from scriptgen.parser.endings import MARKS, end_of_film
from scriptgen.parser.grammar import is_verb_here
from scriptgen.parser.mentions import Role
from scriptgen.parser.questions import is_question, read_question
from scriptgen.parser.sentences import Block
from scriptgen.parser.signs import shown_from
from scriptgen.parser.weighing import Piece, weigh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.language import LanguagePack
    from scriptgen.parser.cast import Person
    from scriptgen.parser.mentions import MentionIndex
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Document, Sentence


@dataclass(slots=True)
class Moment:
    """A beat in the making."""

    start: int
    end: int
    continues: bool
    certainty: Certainty
    people: list[Person] = field(default_factory=list)
    subject: Person | None = None


@dataclass(frozen=True, slots=True)
class Sorted:
    """What became of the essay's prose."""

    moments: list[Moment]
    questions: list[tuple[int, int]]
    talk: list[tuple[int, int, CommentaryKind]]


_SHORTEST = 2
_KEPT = 0.6
_CLEAR = 1.0
_OPENS = 6
_ELIDED = 160


def sort_prose(reading: Reading) -> Sorted:
    """Go through the sentences once and part film from talk."""
    doc, pack = reading.doc, reading.pack
    out = Sorted([], [], [])
    weighed = weigh(reading) if pack.known else {}
    for sentence in doc.sentences:
        paragraph = doc.paragraphs[sentence.paragraph]
        if paragraph.block in (Block.HEADING, Block.VERSE):
            continue
        if not pack.known:
            _take_whole(reading, sentence, out)
        elif is_question(doc, sentence):
            _sort_question(reading, sentence, weighed[sentence.index], out)
        elif paragraph.block is Block.ITEM:
            out.talk.append((sentence.start, sentence.end, CommentaryKind.COMMENTARY))
        else:
            _sort_statement(reading, weighed[sentence.index], out)
    return out


def _take_whole(reading: Reading, sentence: Sentence, out: Sorted) -> None:
    """Without a language pack, film is what a named person opens, up to the first joint.

    Nothing else can be told from a critic's talk by typography alone; all the rest is left out.
    """
    doc = reading.doc
    text = doc.text[sentence.start : sentence.end]
    if text.rstrip("”\"’'」』»)*_ ").endswith(("?", "？")):
        out.questions.append((sentence.start, sentence.end))
        return
    named = reading.index.within(sentence.start, sentence.start + _NAME_OPENS)
    joint = _ANY_JOINT.search(doc.text, sentence.start, sentence.end)
    end = joint.start() if joint else sentence.end
    quoted = 1 in doc.quoted[sentence.start : end]
    inside = named and named[0].end < end and not quoted
    if not inside or len(doc.words_in(named[0].end, end)) < _SHORTEST:
        if 0 in doc.quoted[sentence.start : sentence.end]:
            out.talk.append((sentence.start, sentence.end, CommentaryKind.COMMENTARY))
        return
    moment = Moment(sentence.start, end, continues=False, certainty=Certainty.SHOWN)
    _people(reading.index, moment)
    out.moments.append(moment)


_NAME_OPENS = 8
_ANY_JOINT = re.compile(r"[,;:—–()，；：（）。.!?…]")


def _sort_question(reading: Reading, sentence: Sentence, pieces: list[Piece], out: Sorted) -> None:
    """A question stays open; a gesture that it holds is still a beat."""
    doc, pack = reading.doc, reading.pack
    text = doc.text[sentence.start : sentence.end]
    match = pack.match(
        "gesture_in_question", text, word=doc.first_part(sentence.start), words=sentence.words
    )
    if match is not None:
        start = sentence.start + match.start("gesture")
        end = sentence.start + match.end("gesture")
        if reading.index.within(start, end) and _is_shown(pieces):
            moment = Moment(start, end, continues=False, certainty=Certainty.SHOWN)
            _people(reading.index, moment)
            out.moments.append(moment)
            return
    asked = read_question(reading, sentence, pieces)
    if asked.start > sentence.start:
        _sort_statement(reading, [piece for piece in pieces if piece.end <= asked.start], out)
    if asked.is_open:
        out.questions.append((asked.start, sentence.end))
    else:
        out.talk.append((asked.start, sentence.end, CommentaryKind.QUESTION))


def _is_shown(pieces: list[Piece]) -> bool:
    return any(piece.score >= _KEPT and not piece.apart for piece in pieces)


def _sort_statement(reading: Reading, pieces: list[Piece], out: Sorted) -> None:
    doc, pack = reading.doc, reading.pack
    if not pieces:
        return
    start, end = pieces[0].start, pieces[-1].end
    certainty = _certainty(pack, doc, start, end)
    first = True
    for run in _runs(reading, pieces):
        moment = _moment(reading, run, certainty)
        if moment is None:
            continue
        moment.continues = not first
        first = False
        _people(reading.index, moment)
        out.moments.append(moment)
    out.talk.extend(_talk(pieces, shown=not first))


def _talk(pieces: list[Piece], *, shown: bool) -> Iterator[tuple[int, int, CommentaryKind]]:
    """What of a sentence is left out, as a whole where nothing of it is shown."""
    talk = [piece for piece in pieces if not piece.apart and (piece.score < _KEPT or not shown)]
    if not talk:
        return
    if shown:
        for piece in talk:
            yield piece.start, piece.end, _kind([piece])
    else:
        yield pieces[0].start, pieces[-1].end, _kind(talk)


def _kind(pieces: list[Piece]) -> CommentaryKind:
    future = any("has:to_come" in piece.signs for piece in pieces)
    return CommentaryKind.FUTURE if future else CommentaryKind.COMMENTARY


def _certainty(pack: LanguagePack, doc: Document, start: int, end: int) -> Certainty:
    sentence = doc.sentence_at(start)
    for name, certainty in (
        ("summarised", Certainty.SUMMARISED),
        ("reported_beat", Certainty.REPORTED),
    ):
        likely = sentence.index in doc.likely(pack, name)
        if likely and pack.has(name, doc.text[start:end], words=sentence.words):
            return certainty
    return Certainty.SHOWN


def _runs(reading: Reading, pieces: list[Piece]) -> list[list[Piece]]:
    """Runs of pieces to keep.

    The name that opens a sentence is kept where a remark parts it from what its bearer does.
    """
    talked = any(piece.score < _KEPT and not piece.apart for piece in pieces)
    kept: list[list[Piece]] = []
    name = pieces[:1] if _is_somebody(reading, pieces) else None
    for whole, about_the_drama in _split(pieces):
        run = _trimmed(whole)
        if not run:
            continue
        goes_on = _begins_with_verb(run[0])
        if (talked and _is_bare(reading, run)) or (about_the_drama and goes_on):
            continue
        if name is not None and goes_on:
            kept.append(name)
        kept.append(run)
        name = None
    return kept


def _split(pieces: list[Piece]) -> Iterator[tuple[list[Piece], bool]]:
    """The pieces between remarks, each run with whether the drama acts in the remark before it."""
    about = False
    for keep, group in groupby(pieces, key=lambda p: p.score >= _KEPT and not p.apart):
        if keep:
            yield list(group), about
            about = False
        elif any(_is_of_the_drama(piece) for piece in group):
            about = True


def _trimmed(run: list[Piece]) -> list[Piece]:
    """A run without pieces at its end that hold nothing but an "and"."""
    end = len(run)
    while end and all("coordinators" in word.kinds for word in run[end - 1].words):
        end -= 1
    return run[:end]


def _is_of_the_drama(piece: Piece) -> bool:
    """Whether the drama or its makers act in a piece; an actor's name in brackets does not."""
    if piece.apart or "joint:bracket" in piece.signs:
        return False
    return not piece.signs.isdisjoint(_DRAMA_ACTS)


_DRAMA_ACTS = frozenset({"subject:show_nouns", "subject:makers", "subject:outside", "head:outside"})


def _begins_with_verb(piece: Piece) -> bool:
    """Whether a piece opens with what somebody named before it does."""
    first = next((w for w in piece.words[:3] if "joining" not in w.kinds), None)
    return (
        first is not None
        and not first.capital
        and ("copulas" in first.kinds or first.form in ("third", "both"))
    )


def _is_somebody(reading: Reading, pieces: list[Piece]) -> bool:
    """Whether the first piece is no more than a name, or than whom a clause tells of."""
    piece = pieces[0]
    if len(pieces) > 1 and "opens:relatives" in pieces[1].signs:
        return piece.signs >= _SOMEBODY
    return any(
        m.person is not None and m.person.named and m.end >= piece.end - 1
        for m in reading.index.within(piece.start, piece.start + 1)
    )


def _is_bare(reading: Reading, run: list[Piece]) -> bool:
    """Whether a run only names something that the critic talks about in the rest of the sentence.

    "Lin Hao, the elegant enforcer in black, wasn't the villain": without its verdict nothing
    happens.
    """
    return reading.pack.lexicon is not None and not any(
        (piece.signs.isdisjoint(_BESIDE) or piece.score >= _CLEAR) and _acts(piece) for piece in run
    )


_SOMEBODY = frozenset({"head:person", "tense:none"})
_NO_DEED = frozenset({"tense:none", "verb:copula"})
_BESIDE = frozenset({"opens:whenever", "opens:reasons"})


def _acts(piece: Piece) -> bool:
    if piece.signs.isdisjoint(_NO_DEED):
        return True
    words = piece.words
    return any(
        "body_parts" in word.kinds or ("copulas" not in word.kinds and is_verb_here(words, at))
        for at, word in enumerate(words)
    )


def _moment(reading: Reading, run: list[Piece], certainty: Certainty) -> Moment | None:
    doc, end = reading.doc, run[-1].end
    start = shown_from(reading, run[0].start, end)
    while start < end and doc.text[start] in MARKS + ")”\"’'*_":
        if doc.text[start] in "*_" and doc.is_quoted(start):
            break
        start += 1
    end = end_of_film(doc, start, run[-1].start, end)
    if end < len(doc.text) and doc.text[end] in ".!?":
        end += 1
    if len(doc.words_in(start, end)) < _SHORTEST and not doc.text[start].isupper():
        return None
    return Moment(start, end, continues=False, certainty=certainty)


def _people(index: MentionIndex, moment: Moment) -> None:
    for mention in index.within(moment.start, moment.end):
        if mention.person is not None and mention.person not in moment.people:
            moment.people.append(mention.person)
    opener = next(iter(index.within(moment.start, moment.start + _OPENS)), None)
    if opener is not None and opener.role is Role.OWNER and opener.person is not None:
        moment.subject = opener.person if opener.sure else None
        return
    subject = index.subject_in(moment.start, moment.end)
    if subject is None:
        subject = index.subject_before(moment.start)
        if subject is not None and moment.start - subject.start >= _ELIDED:
            return
    if subject is not None and subject.sure:
        moment.subject = subject.person
