"""Beats: what of the essay can be filmed, with the critic's clauses cut away."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from scriptgen.brief import Certainty, CommentaryKind
from scriptgen.parser.clauses import (
    Piece,
    Weight,
    cut_sentence,
    film_score,
    is_verb_here,
    talk_in,
    weigh,
)
from scriptgen.parser.mentions import Role
from scriptgen.parser.sentences import Block

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


_TRIM = " \t,;:—–-…"
_SHORTEST = 2
_SHOWS = 0.5
_OPENS = 6
_ELIDED = 160
_FEW = 4
_LEFT_TO_SEE = 9
_SHORTEST_QUESTION = 7


def sort_prose(reading: Reading) -> Sorted:
    """Go through the sentences once and part film from talk."""
    doc, pack = reading.doc, reading.pack
    out = Sorted([], [], [])
    for sentence in doc.sentences:
        paragraph = doc.paragraphs[sentence.paragraph]
        if paragraph.block in (Block.HEADING, Block.VERSE):
            continue
        if not pack.known:
            _take_whole(reading, sentence, out)
        elif _is_question(doc, sentence):
            _sort_question(reading, sentence, out)
        elif paragraph.block is Block.ITEM:
            out.talk.append((sentence.start, sentence.end, CommentaryKind.COMMENTARY))
        else:
            _sort_statement(reading, sentence, sentence.end, out)
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


def _is_question(doc: Document, sentence: Sentence) -> bool:
    text = doc.text[sentence.start : sentence.end]
    bare = text.rstrip("”\"’'*_) ")
    return bare.endswith(("?", "?!", "!?")) and not doc.is_quoted(sentence.start + len(bare) - 1)


def _sort_question(reading: Reading, sentence: Sentence, out: Sorted) -> None:
    """A question stays open; a gesture that it holds is still a beat."""
    doc, pack = reading.doc, reading.pack
    text = doc.text[sentence.start : sentence.end]
    match = pack.match(
        "gesture_in_question", text, word=doc.first_part(sentence.start), words=sentence.words
    )
    if match is not None:
        start = sentence.start + match.start("gesture")
        end = sentence.start + match.end("gesture")
        weight = weigh(reading, start, end, talk_in(reading, start, end))
        if reading.index.within(start, end) and weight in (Weight.FILM, Weight.NEUTRAL):
            moment = Moment(start, end, continues=False, certainty=Certainty.SHOWN)
            _people(reading.index, moment)
            out.moments.append(moment)
            return
    start = sentence.start + _question_start(pack, text)
    if start > sentence.start:
        _sort_statement(reading, sentence, start, out)
    out.questions.append((start, sentence.end))


def _question_start(pack: LanguagePack, text: str) -> int:
    """Where the question begins in a sentence that leads up to it ("…: is he running?")."""
    if pack.begins("asks", text):
        return 0
    for pattern in pack.patterns.get("question_joint", ()):
        found = [m.end() for m in pattern.finditer(text)]
        if found and len(text) - found[-1] >= _SHORTEST_QUESTION:
            return found[-1]
    return 0


def _sort_statement(reading: Reading, sentence: Sentence, end: int, out: Sorted) -> None:
    """Part film from talk in a sentence up to ``end``."""
    doc, pack, start = reading.doc, reading.pack, sentence.start
    text = doc.text[start:end]
    kind = _whole_is_talk(doc, pack, sentence, text)
    if kind is not None:
        out.talk.append((start, end, kind))
        return
    pieces = _with_contrast(doc, pack, cut_sentence(reading, start, end))
    runs = _runs(reading, pieces)
    if not any(p.weight is Weight.FILM for run in runs for p in run):
        if any(p.weight not in (Weight.LINE, Weight.TAG) for p in pieces):
            out.talk.append((start, end, CommentaryKind.COMMENTARY))
        return
    certainty = _certainty(pack, text, sentence.words)
    first = True
    for run in runs:
        moment = _moment(doc, pack, run, certainty)
        if moment is None:
            continue
        moment.continues = not first
        first = False
        _people(reading.index, moment)
        out.moments.append(moment)
    for piece in pieces:
        if piece.weight is Weight.TALK:
            out.talk.append((piece.start, piece.end, CommentaryKind.COMMENTARY))


def _with_contrast(doc: Document, pack: LanguagePack, pieces: list[Piece]) -> list[Piece]:
    """Where a clause is a verdict ("may be bent", "isn't a thief"), its "but" is one as well."""
    out: list[Piece] = []
    for piece in pieces:
        text = doc.text[piece.start : piece.end]
        if (
            out
            and pack.begins("contrast", text, word=doc.first_part(piece.start))
            and pack.has("verdict", doc.text, out[-1].start, out[-1].end)
        ):
            out.append(Piece(piece.start, piece.end, piece.joint, Weight.TALK))
        else:
            out.append(piece)
    return out


def _whole_is_talk(
    doc: Document, pack: LanguagePack, sentence: Sentence, text: str
) -> CommentaryKind | None:
    if pack.has("future", text, words=sentence.words):
        return CommentaryKind.FUTURE
    if pack.begins("talk_sentence", text, word=doc.first_part(sentence.start)):
        return CommentaryKind.COMMENTARY
    return None


def _certainty(pack: LanguagePack, text: str, words: frozenset[str]) -> Certainty:
    for name, certainty in (
        ("summarised", Certainty.SUMMARISED),
        ("reported_beat", Certainty.REPORTED),
    ):
        if pack.has(name, text, words=words):
            return certainty
    return Certainty.SHOWN


def _runs(reading: Reading, pieces: list[Piece]) -> list[list[Piece]]:
    """Runs of pieces to keep: film, with the neutral words between and right behind.

    The name that opens a sentence is kept where a remark parts it from what its bearer does.
    """
    talked = any(p.weight is Weight.TALK for p in pieces)
    kept: list[list[Piece]] = []
    name: list[Piece] | None = None
    for run, about_the_drama in _split(reading, pieces):
        shown = _trimmed(reading, run)
        if any(p.weight is Weight.FILM for p in shown):
            goes_on = _begins_with_verb(reading, shown[0])
            if (talked and _is_bare(reading, shown)) or (about_the_drama and goes_on):
                continue
            if name is not None and goes_on:
                kept.append(name)
            kept.append(shown)
        name = run if run[0] is pieces[0] and _is_name(reading, run) else None
    return kept


def _split(reading: Reading, pieces: list[Piece]) -> Iterator[tuple[list[Piece], bool]]:
    """The pieces between remarks, each run with whether the remark before it names the drama."""
    about = False
    for keep, group in groupby(pieces, key=lambda p: p.weight in (Weight.FILM, Weight.NEUTRAL)):
        if keep:
            yield list(group), about
            about = False
        elif any(p.weight is Weight.TALK and _names_the_drama(reading, p) for p in group):
            about = True


def _names_the_drama(reading: Reading, piece: Piece) -> bool:
    """Whether a remark puts the drama or its makers in the subject's place.

    Not in a bracket, and not where it only says when or where ("in the final shot").
    """
    doc = reading.doc
    words = doc.words_in(piece.start, piece.end)
    if not words or "prepositions" in words[0].kinds:
        return False
    begin = max(doc.sentence_at(piece.start).start, piece.start - _BRACKET_REACH)
    if doc.text.rfind("(", begin, piece.start) > doc.text.rfind(")", begin, piece.start):
        return False
    return any(w.kinds & _DRAMA or w.start in reading.outside for w in words)


_DRAMA = frozenset({"show_nouns", "makers"})
_BRACKET_REACH = 600


def _trimmed(reading: Reading, run: list[Piece]) -> list[Piece]:
    """A run without neutral words at its ends that show nothing."""
    first, end = 0, len(run)
    while first < end and run[first].weight is Weight.NEUTRAL and not _leads(reading, run[first]):
        first += 1
    while (
        end > first and run[end - 1].weight is Weight.NEUTRAL and not _trails(reading, run[end - 1])
    ):
        end -= 1
    return run[first:end]


def _begins_with_verb(reading: Reading, piece: Piece) -> bool:
    """Whether a piece opens with what somebody named before it does."""
    words = reading.doc.words_in(piece.start, piece.end)[:3]
    first = next((w for w in words if "joining" not in w.kinds), None)
    return (
        first is not None
        and not first.capital
        and ("copulas" in first.kinds or first.form in ("third", "both"))
    )


def _is_name(reading: Reading, run: list[Piece]) -> bool:
    """Whether a run is no more than the name of somebody."""
    mentions = reading.index.within(run[0].start, run[0].start + 1)
    return len(run) == 1 and any(
        m.person is not None and m.person.named and m.end >= run[0].end - 1 for m in mentions
    )


def _is_bare(reading: Reading, run: list[Piece]) -> bool:
    """Whether a run only names something that the critic talks about in the rest of the sentence.

    "Lin Hao, the elegant enforcer in black, wasn't the villain": without its verdict nothing
    happens.
    """
    words = reading.doc.words_in(run[0].start, run[-1].end)
    return reading.pack.lexicon is not None and not any(
        "body_parts" in word.kinds or ("copulas" not in word.kinds and is_verb_here(words, at))
        for at, word in enumerate(words)
    )


def _trails(reading: Reading, piece: Piece) -> bool:
    """Whether neutral words behind the film still show something."""
    text = reading.doc.text[piece.start : piece.end]
    if reading.pack.begins("adverbial", text):
        return True
    if reading.pack.begins("trailing_talk", text):
        return False
    words = reading.doc.words_in(piece.start, piece.end)
    return film_score(reading, piece.start, piece.end, words) >= _SHOWS


def _leads(reading: Reading, piece: Piece) -> bool:
    """Whether a neutral piece before the film belongs to it (a name, a time, a few words)."""
    words = reading.doc.words_in(piece.start, piece.end)
    return len(words) <= _FEW or any(w.capital for w in words[1:])


def _moment(
    doc: Document, pack: LanguagePack, run: list[Piece], certainty: Certainty
) -> Moment | None:
    start, end = run[0].start, run[-1].end
    for pattern in pack.patterns.get("shown_through", ()):
        match = pattern.match(doc.text, start, end)
        if match and end - match.end() >= _LEFT_TO_SEE:
            start = match.end()
            break
    while start < end and doc.text[start] in _TRIM + ")”\"’'*_":
        if doc.text[start] in "*_" and doc.is_quoted(start):
            break
        start += 1
    while end > start and doc.text[end - 1] in _TRIM + "(":
        end -= 1
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
