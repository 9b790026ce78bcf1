"""Whether the action asks questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject
    from scriptgen.checks.telling import Sentence
    from scriptgen.report import Finding


def question(subject: Subject) -> Iterator[Finding]:
    """Warn of each question that the action asks itself.

    What stands in quotation marks, in capitals or behind a colon is written or said by somebody.
    """
    if subject.pack is None or not subject.pack.known:
        return
    for said in subject.sentences:
        if _asks(said):
            yield subject.slip(
                said,
                "W_QUESTION",
                "the action asks a question: show what raises it, and let it be asked "
                "by whoever watches",
            )


def _asks(said: Sentence) -> bool:
    plain = said.plain.rstrip(" )'")
    return (
        plain.endswith("?")
        and len(said.tokens) > 1
        and plain.count('"') % 2 == 0
        and ":" not in plain
        and any(token.islower() for token in said.tokens)
    )
