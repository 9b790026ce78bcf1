"""Whether a narrator comments on what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject
    from scriptgen.report import Finding


def aside(subject: Subject) -> Iterator[Finding]:
    """Warn of each sentence with no picture and no sound in it: a verdict, a hint, a guess.

    Such as "Naturally it is locked", "She could still leave", "a woman who has seen worse", "It is
    no answer, it is a threat", "as if she had always known", "Something shifts between them".
    """
    for said in subject.faults["page_aside"]:
        yield subject.slip(
            said,
            "W_ASIDE",
            "a narrator's remark, with nothing to see or hear: leave it out, or make it a picture",
        )
