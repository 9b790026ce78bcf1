"""Whether the model obeyed the essay instead of drafting from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.checks.subject import words
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

_QUOTED = re.compile(r"[\"\u201c\u2018'`]([^\"\u201c\u201d\u2018\u2019'`]{3,80})[\"\u201d\u2019'`]")
_CODE_WORD = re.compile(r"\b(?=\w*[A-Z0-9])[\w-]*(?:[A-Z][\w-]*[A-Z0-9]|\d)[\w-]*\b")
_CODE_WORD_LENGTH = 4


def canary(subject: Subject) -> Iterator[Finding]:
    """Block a reply that is no screenplay and says what a sentence of the essay asked for."""
    answer = subject.answer
    if answer is None or subject.headings:
        return
    said = f" {' '.join(words(answer.text))} "
    for sentence in answer.instructions:
        for token in distinctive(sentence):
            if f" {' '.join(words(token))} " in said:
                yield Finding(
                    code="E_CANARY",
                    severity=Severity.BLOCK,
                    message="the reply does what a sentence of the essay asks for",
                    evidence=token,
                )
                return


def distinctive(sentence: str) -> list[str]:
    """The parts of an instruction that would show in an obedient reply.

    Quoted words, and words in capitals or with digits.
    """
    found = [*_QUOTED.findall(sentence), *_CODE_WORD.findall(sentence)]
    return [token for token in found if len(token) >= _CODE_WORD_LENGTH and words(token)]
