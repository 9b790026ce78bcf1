"""Reading what a model or a stranger wrote: Fountain, nearly.

Models wrap scripts in code fences and Markdown, put colons on cues, leave blanks under them and
talk before and after. `read_reply` mends the lines and hands them to the strict reader; each kind
of mending is a finding, and what is not script goes, word for word, into the chatter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.collection import no_collection
from scriptgen.fountain import chatter as talk
from scriptgen.fountain.mending import Mender
from scriptgen.fountain.reading import (
    open_marks,
    parted_from_boneyards,
    plain_text,
    read_text,
)
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Screenplay
from scriptgen.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST_EVIDENCE = 200

_PASTED = re.compile(
    r"^[ ]*(?:```|(?:#{1,6}|\*{1,3}|__?)[ ]*(?:\d{1,4}[A-Z]?[.)]?[ ]*)?[*_]{0,3}"
    r"(?:INT|EXT|EST|I/E)[./ ]"
    r"|\d{1,4}[A-Z]?[.)]?[ ]+[*_]{0,3}(?:INT|EXT|EST|I/E)[./ ])",
    re.MULTILINE,
)


_COLON_CUE = re.compile(r"^[^\W\d][^\n:：]{0,38}[:：]", re.MULTILINE)


class Reading(Value):
    """What a reply holds.

    ``findings``: ``W_MENDED`` for each kind of mending, with its count and first example, and a
    ``W_CHATTER`` whose evidence is all of the chatter but, in a reply, its boneyards, where a
    treatment stands that was asked for; ``chatter``: the text that is not script, passages parted
    by empty lines, ``""`` where there is none. Every word of the reply is in
    ``screenplay`` or in ``chatter``, but for ``Scene`` before the number of a heading, and that
    number where it stands in both margins.
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
    body, boneyards = parted_from_boneyards(plain_text(text))
    quoted, quotation = talk.without_quotation(body.split("\n"))
    lines, fenced_out, fences = talk.without_fences(quoted)
    mender = Mender(lines)
    mended = mender.mended()
    before, script, after = talk.parted(mended)
    talk_around = [*fenced_out[:1], before, after, *fenced_out[1:]]
    screenplay = read_text("\n".join(script), trace=False)
    mends = {**mender.mends, **quotation, **fences, **_kept(body)}
    return _reading(
        screenplay, mends, _joined(talk_around), chatter=_joined(boneyards, talk_around)
    )


@no_collection()
def read_page(text: str) -> Reading:
    """The screenplay in the text of a draft, whoever wrote it; never raises.

    It is read strictly, and its boneyards are the chatter. Where Markdown stands around its
    headings, or no heading or nobody who speaks is found, it is read as a reply too, and that
    reading counts if it finds more headings, or a talk: two cues with a colon, or somebody who
    speaks twice. A line of action in capitals is no cue.
    """
    body, boneyards = parted_from_boneyards(plain_text(text))
    screenplay = read_text(body, trace=True)
    headings, speeches = _counts(screenplay)
    pasted = _PASTED.search(body) is not None
    if pasted or not (headings and speeches):
        reply = read_reply(text)
        more, said = _counts(reply.screenplay)
        talks = said > speeches and (pasted or speeches > 0 or _is_talk(body, reply.screenplay))
        if more > headings or talks:
            return reply
    chatter = _joined(boneyards)
    return _reading(screenplay, _kept(body), chatter, "boneyards were left out", chatter=chatter)


def _is_talk(body: str, screenplay: Screenplay) -> bool:
    """Whether two cues have a colon, or somebody speaks twice."""
    cues = [element.cue for element in screenplay.elements if element.type == "dialogue"]
    return len(set(cues)) < len(cues) or len(_COLON_CUE.findall(body)) > 1


def _counts(screenplay: Screenplay) -> tuple[int, int]:
    """The headings and the speeches."""
    types = [element.type for element in screenplay.elements]
    return types.count("heading"), types.count("dialogue")


def _reading(
    screenplay: Screenplay,
    mends: Mapping[str, tuple[int, str]],
    said: str,
    told: str = "text around the script was set aside",
    *,
    chatter: str,
) -> Reading:
    findings = [
        Finding(
            code="W_MENDED",
            severity=Severity.INFO,
            message=message,
            evidence=example[:LONGEST_EVIDENCE],
            count=count,
        )
        for message, (count, example) in mends.items()
    ]
    if said:
        findings.append(_set_aside(said, told))
    return Reading(screenplay=screenplay, findings=tuple(findings), chatter=chatter)


def _joined(*passages: Sequence[str]) -> str:
    return "\n\n".join(each.strip("\n") for group in passages for each in group if each.strip())


def _kept(body: str) -> dict[str, tuple[int, str]]:
    unclosed = open_marks(body)
    if not unclosed:
        return {}
    return {"a note or boneyard without an end was kept as text": (len(unclosed), unclosed[0])}


def _set_aside(chatter: str, told: str) -> Finding:
    return Finding(
        code="W_CHATTER",
        severity=Severity.INFO,
        message=told,
        evidence=chatter,
        count=chatter.count("\n\n") + 1,
    )


__all__: Sequence[str] = ["Reading", "read_page", "read_reply"]
