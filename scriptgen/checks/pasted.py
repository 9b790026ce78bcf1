"""Whether the essay's own sentences stand on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.copying import COPIED, essay_grams, stretches, told
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

LONG = 12
"""Words in one piece; a shorter one is often the only way to name a thing, or chance."""


def pasted(subject: Subject) -> Iterator[Finding]:
    """Warn of each element with a long piece of the essay in it, the spoken lines left out.

    Silent on an offline draft, which is made of the essay's sentences.
    """
    if subject.essay is None or subject.writer == "offline":
        return
    known = essay_grams(subject.essay, subject.brief)
    for index, said in told(subject):
        copied = max(stretches(said, known, COPIED), key=lambda at: at[1] - at[0], default=(0, 0))
        if copied[1] - copied[0] >= LONG:
            yield Finding(
                code="W_PASTED",
                severity=Severity.WARNING,
                message="a sentence of the essay stands on the page as it is: "
                "show the same in words of the page",
                element=index,
                evidence=" ".join(said[slice(*copied)]),
            )
