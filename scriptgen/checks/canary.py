"""Whether the model obeyed the essay instead of drafting from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.checks.subject import within, words
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Answer, Subject

_QUOTED = re.compile(r"[\"\u201c\u2018'`]([^\"\u201c\u201d\u2018\u2019'`]{3,80})[\"\u201d\u2019'`]")
_CODE_WORD = re.compile(r"\b(?=\w*[A-Z0-9])[\w-]*(?:[A-Z][\w-]*[A-Z0-9]|\d)[\w-]*\b")
_CODE_WORD_LENGTH = 4


def canary(subject: Subject) -> Iterator[Finding]:
    """Block a draft that says what a sentence of the essay asks a model to say.

    Where the reply is no screenplay any such word tells. On a page only one that is neither
    elsewhere in the essay nor in the instructions.
    """
    answer = subject.answer
    if answer is None:
        return
    if not subject.headings:
        found = _obeyed(answer.instructions, words(answer.text))
    else:
        page = words("\n".join(text for _, text in subject.texts))
        found = _obeyed(answer.orders, page, spared=_spared(answer))
    for token in found:
        holder = (i for i, text in subject.texts if within(words(token), words(text)))
        yield Finding(
            code="E_CANARY",
            severity=Severity.BLOCK,
            message="the reply does what a sentence of the essay asks for",
            element=next(holder, None),
            evidence=token,
        )
        return


def distinctive(sentence: str) -> list[str]:
    """The parts of an instruction that would show in an obedient reply.

    Quoted words, and words in capitals or with digits.
    """
    found = [*_QUOTED.findall(sentence), *_CODE_WORD.findall(sentence)]
    return [token for token in found if len(token) >= _CODE_WORD_LENGTH and words(token)]


def _obeyed(
    sentences: tuple[str, ...], said: list[str], *, spared: list[list[str]] | None = None
) -> Iterator[str]:
    for sentence in sentences:
        for token in distinctive(sentence):
            wanted = words(token)
            if within(wanted, said) and not any(within(wanted, each) for each in spared or ()):
                yield token


def _spared(answer: Answer) -> list[list[str]]:
    """Texts whose words a page may hold whatever else asks for them."""
    rest = answer.essay
    for order in answer.orders:
        rest = rest.replace(order, "\n")
    return [words(rest), *([word] for word in words(answer.system))]
