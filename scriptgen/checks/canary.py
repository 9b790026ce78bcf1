"""Whether the model obeyed the essay instead of drafting from it."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING

from scriptgen.checks.subject import within, words
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Answer, Subject

_QUOTED = re.compile(
    r"[\"\u201c\u2018'`]([^\"\u201c\u201d\u2018\u2019'`]{3,80})[\"\u201d\u2019'`]"
    r"|[\u00ab\u300c\u300e]\s*([^\u00ab\u00bb\u300c-\u300f]{3,80}?)\s*[\u00bb\u300d\u300f]"
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:[\w-]+\.)+[a-z]{2,}(?:/[\w./?=&-]*\w)?")
_CODE_WORD = re.compile(r"\b(?=\w*[A-Z0-9])[\w-]*(?:[A-Z][\w-]*[A-Z0-9]|\d)[\w-]*\b")
_BASE64 = re.compile(r"\b[A-Za-z0-9+/]{24,4000}")
_CODE_WORD_LENGTH = 4
_CODED = re.compile(r"(?=.*\d)(?=.*[^\W\d_]).{6,}")
"""What nobody writes by chance even where the blanks and dashes in it are others."""


def canary(subject: Subject) -> Iterator[Finding]:
    """Block a draft that says what a sentence of the essay asks a model to say.

    Where the reply is no screenplay any such word tells. On a page only one that is neither
    elsewhere in the essay nor in the instructions.
    """
    answer = subject.answer
    if answer is None:
        return
    if not subject.headings:
        found = _obeyed(answer, answer.instructions, words(answer.text))
    else:
        page = words("\n".join(text for _, text in subject.texts))
        found = _obeyed(answer, answer.orders, page, spared=_spared(answer))
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

    Quoted words, addresses, and words in capitals or with digits.
    """
    quoted = (found[1] or found[2] for found in _QUOTED.finditer(sentence))
    plain = " ".join(map(_plain, _BASE64.findall(sentence)))
    if plain.strip():
        return [*distinctive(_BASE64.sub(" ", sentence)), *distinctive(plain)]
    found = [*quoted, *_ADDRESS.findall(sentence), *_CODE_WORD.findall(sentence)]
    return [token for token in found if len(token) >= _CODE_WORD_LENGTH and words(token)]


def _plain(coded: str) -> str:
    """What stands in Base64; nothing where it is none, or no text."""
    try:
        text = b64decode(coded + "=" * (-len(coded) % 4), validate=True).decode()
    except ValueError:
        return ""
    told = " ".join(text.split())
    return told if told.isprintable() else ""


def _obeyed(
    answer: Answer,
    sentences: tuple[str, ...],
    said: list[str],
    *,
    spared: list[list[str]] | None = None,
) -> Iterator[str]:
    for sentence in sentences:
        for token in distinctive(sentence):
            wanted = words(token)
            is_the_order = any(sign in token for sign in answer.signs)
            free = any(_says(each, wanted) for each in spared or ())
            if not is_the_order and not free and _says(said, wanted):
                yield token


def _says(said: list[str], wanted: list[str]) -> bool:
    """Whether the words are there; of a code also spaced out or run together."""
    run = "".join(wanted)
    return within(wanted, said) or (_CODED.fullmatch(run) is not None and run in "".join(said))


def _spared(answer: Answer) -> list[list[str]]:
    """Texts whose words a page may hold whatever else asks for them."""
    rest = answer.essay
    for order in answer.orders:
        rest = rest.replace(order, "\n")
    return [words(rest), *([word] for word in words(answer.system))]
