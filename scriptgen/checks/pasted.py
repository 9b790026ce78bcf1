"""Whether the essay's own sentences stand on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.copying import COPIED, Wording, essay_grams, stretches, told
from scriptgen.checks.subject import words
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject
    from scriptgen.essay import Essay

LONG = 12
"""Words in one piece, wherever they stand."""

LONGEST = 80
"""Words of a sentence that is held against the essay as a whole."""

SENTENCE, NEARLY = 7, 0.7
"""Words of the essay in one sentence of action, and their share of it, that make it a copy; less is
often the only way to name a thing, or chance. The best drafts have some, so that is information."""


def pasted(subject: Subject) -> Iterator[Finding]:
    """Name each element with a sentence of the essay in it, the spoken lines left out.

    A warning where it is a long piece of it, word for word; information where a sentence of action
    stands there nearly so. Silent on an offline draft, which is made of the essay's sentences.
    """
    if subject.essay is None or subject.writer == "offline":
        return
    known = essay_grams(subject.essay, subject.brief)
    copies = _copies(subject, subject.essay)
    for index, said in told(subject):
        copied = max(stretches(said, known, COPIED), key=lambda at: at[1] - at[0], default=(0, 0))
        long = copied[1] - copied[0] >= LONG
        if long or index in copies:
            yield Finding(
                code="W_PASTED",
                severity=Severity.WARNING if long else Severity.INFO,
                message=f"a sentence of the essay stands on the page {'' if long else 'nearly '}"
                "as it is: show the same in words of the page",
                element=index,
                evidence=" ".join(said[slice(*copied)]) if long else copies[index],
            )


def _copies(subject: Subject, essay: Essay) -> dict[int, str]:
    """Of each paragraph of action that has any the first sentence that is a copy."""
    found: dict[int, str] = {}
    wording = Wording(essay, subject.brief)
    for each in subject.sentences:
        said = words(each.text)
        if each.element not in found and SENTENCE <= len(said) <= LONGEST:
            held = wording.held(said)
            if held >= max(SENTENCE, NEARLY * len(said)):
                found[each.element] = each.text
    return found
