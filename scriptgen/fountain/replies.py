"""Reading what a model wrote: Fountain, nearly.

Models wrap scripts in code fences and Markdown, put colons on cues, leave blanks under them and
talk before and after. `read_reply` mends the lines and hands them to the strict reader; each kind
of mending is a finding, and what is not script goes, word for word, into the chatter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.fountain import chatter as talk
from scriptgen.fountain.characters import normal
from scriptgen.fountain.mending import Mender
from scriptgen.fountain.reading import no_collection, parted_from_boneyards, read_text
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Screenplay
from scriptgen.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_EVIDENCE = 200


class Reading(Value):
    """What a reply holds.

    ``findings``: ``W_MENDED`` for each kind of mending, with its count and first example, and
    ``W_CHATTER``; ``chatter``: the text that is not script, passages parted by empty lines, ``""``
    where there is none. Every word of the reply is in ``screenplay`` or in ``chatter``.
    """

    screenplay: Screenplay
    findings: tuple[Finding, ...] = ()
    chatter: str = ""


@no_collection()
def read_reply(text: str) -> Reading:
    """The screenplay in a model's reply; never raises, and takes time linear in the reply.

    A note of source ids stays a note: a model cannot say where its lines come from. Where the reply
    holds no heading, cue or transition at all, nothing is chatter and its text is action.
    """
    body, boneyards = parted_from_boneyards(normal(text.replace("\t", "    ")))
    lines, fenced_out, fences = talk.without_fences(body.split("\n"))
    mender = Mender(lines)
    mended = mender.mended()
    before, script, after = talk.parted(mended)
    passages = [*(b.strip() for b in boneyards), *fenced_out[:1], before, after, *fenced_out[1:]]
    chatter = "\n\n".join(passage for passage in passages if passage.strip())
    findings = [
        Finding(
            code="W_MENDED",
            severity=Severity.INFO,
            message=message,
            evidence=example[:LONGEST_EVIDENCE],
            count=count,
        )
        for message, (count, example) in {**mender.mends, **fences}.items()
    ]
    if chatter:
        findings.append(_set_aside(chatter))
    screenplay = read_text("\n".join(script), trace=False)
    return Reading(screenplay=screenplay, findings=tuple(findings), chatter=chatter)


def _set_aside(chatter: str) -> Finding:
    return Finding(
        code="W_CHATTER",
        severity=Severity.INFO,
        message="text around the script was set aside",
        evidence=chatter[:LONGEST_EVIDENCE],
        count=chatter.count("\n\n") + 1,
    )


__all__: Sequence[str] = ["Reading", "read_reply"]
