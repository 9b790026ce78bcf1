"""The page in a model's reply: read, put right, traced to the essay, and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.drafting.answering import answer_to, as_written
from scriptgen.drafting.judging import in_scenes, judged, traced
from scriptgen.drafting.weighing import Page
from scriptgen.fountain import read_reply
from scriptgen.report import Finding, Report, Severity
from scriptgen.tracing import stamped
from scriptgen.verbatim import lines_kept, put_right, righted_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks import Fidelity
    from scriptgen.drafting.path import Parsed
    from scriptgen.prompt import Prompt, Reply


def reply_page(
    prompt: Prompt, reply: Reply, parsed: Parsed, *, fidelity: Fidelity, pages: int
) -> Page:
    """The page that ``reply`` to ``prompt`` holds, with what there is to say about it.

    ``pages``: the length that was asked for. Figures: as the checks have them, and
    ``lines_kept_before``, the spoken lines that were kept before any was put right.
    """
    essay, brief = parsed.essay, parsed.brief
    text = as_written(reply.text, essay)
    reading = read_reply(text)
    answer = answer_to(prompt, text, essay, brief, reading.screenplay)
    righted, changes = put_right(reading.screenplay, brief, essay.text)
    trace = traced(righted, parsed)
    report = judged(
        righted,
        parsed,
        writer="model",
        fidelity=fidelity,
        trace=trace,
        pages=pages,
        answer=answer,
    )
    before = lines_kept(reading.screenplay, brief, essay.text)
    return Page(
        screenplay=stamped(righted, trace),
        read=(*_replaced(reply), *_dropped(reply), *reading.findings),
        report=Report(
            findings=(*in_scenes(righted_findings(changes), righted), *report.findings),
            figures={**report.figures, "lines_kept_before": before},
        ),
    )


def _replaced(reply: Reply) -> Iterator[Finding]:
    if reply.replaced:
        yield Finding(
            code="W_REWORDED",
            severity=Severity.WARNING,
            message="characters that no file can hold were replaced in the reply",
            count=reply.replaced,
        )


def _dropped(reply: Reply) -> Iterator[Finding]:
    for name in reply.dropped:
        yield Finding(
            code="W_PARAMETER",
            severity=Severity.INFO,
            message=f"{name} was not sent: the server refuses it for this model",
        )
