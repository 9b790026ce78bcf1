"""Whether the page answers in plain words what the essay leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scriptgen.checks.moments import piece_text
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Dialogue
from scriptgen.wording import Near, terms, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import SceneBrief
    from scriptgen.checks.subject import Subject
    from scriptgen.language import LanguagePack
    from scriptgen.trace import Trace

ALIKE = 0.7
"""Likeness from which on a word of an answer is one of its question."""

MOST, ENOUGH = 0.6, 3
"""Of a question's words those that an answer says again, where they are so many; of fewer all."""

FEWEST = 2
"""Words that a question needs to be known again in a longer answer."""

LONGEST, SHORT = 40, 10
"""Words of a speech that may answer, and of one that may answer a question of one word."""

_ASKS = "?\uff1f"
_PEOPLE = frozenset({"person", "kin", "role"})


class _Said(NamedTuple):
    element: int
    text: str
    near: Near


def question_answered(subject: Subject) -> Iterator[Finding]:
    """Warn of each open question for somebody that a speech written for the draft answers.

    A speech answers that says most of the question's words again and says who, asks nothing and is
    not hedged. Why and how, and what a deed answers, take other words than the question has. What
    the essay has is no answer. Needs a trace and the pack of the language.
    """
    trace, pack = subject.trace, subject.pack
    if trace is None or pack is None or not pack.known:
        return
    written = list(_written(subject, trace, pack))
    for question in subject.brief.questions:
        if not any(pack.is_word("person_questions", word) for word in words(question.text)):
            continue
        asked = _asked(question.text, pack)
        for said in written:
            if _answers(said, asked) and _says_who(said.text, question.text, subject.brief, pack):
                yield Finding(
                    code="W_QUESTION_ANSWERED",
                    severity=Severity.WARNING,
                    message=f"the essay leaves it open: “{question.text}” Keep it open",
                    element=said.element,
                    evidence=said.text,
                )
                break


def _answers(said: _Said, asked: list[str]) -> bool:
    met = [word for word in asked if max(said.near.like(word).values(), default=0.0) >= ALIKE]
    if len(asked) >= ENOUGH:
        return len(met) >= max(ENOUGH, MOST * len(asked))
    short = len(asked) >= FEWEST or len(words(said.text)) <= SHORT
    return bool(met) and len(met) == len(asked) and short


def _says_who(text: str, question: str, brief: SceneBrief, pack: LanguagePack) -> bool:
    """Whether a text has somebody whom the question has not: by a name, or as a wife, a doctor."""
    asked = frozenset(words(question))
    names = {word for person in brief.characters for word in words(person.name)}
    lexicon = pack.lexicon
    return any(
        word in names or (lexicon is not None and not _PEOPLE.isdisjoint(lexicon.nouns(word)))
        for word in words(text)
        if word not in asked and (lexicon is None or not lexicon.closed(word))
    )


def _written(subject: Subject, trace: Trace, pack: LanguagePack) -> Iterator[_Said]:
    """The speeches without a source in the essay that state something."""
    for piece in trace.pieces:
        element = subject.screenplay.elements[piece.element]
        if not piece.invented or not isinstance(element, Dialogue):
            continue
        text = piece_text(subject.screenplay, piece)
        if len(words(text)) > LONGEST or any(mark in text for mark in _ASKS):
            continue
        if any(pack.is_word("hedges", word) for word in words(text)):
            continue
        yield _Said(piece.element, text, Near(terms(text, pack), pack.likeness))


def _asked(question: str, pack: LanguagePack) -> list[str]:
    """The words by which a question is known again, up to a clause that only adds to it.

    None where all it has is a verb that is in every other sentence.
    """
    parts = question.split(",")
    for length in range(1, len(parts) + 1):
        asked = [
            word
            for word in dict.fromkeys(terms(",".join(parts[:length]), pack))
            if pack.kinds(word).isdisjoint(("question_words", "generals", "hedges"))
        ]
        if len(asked) >= FEWEST:
            return asked
    return [word for word in asked if not pack.is_word("light_verbs", word)]
