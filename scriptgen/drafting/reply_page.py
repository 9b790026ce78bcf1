"""The page in a model's replies: read, joined, put right, traced to the essay, and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.drafting.answering import answer_to, as_written
from scriptgen.drafting.joining import joined
from scriptgen.drafting.judging import in_scenes, judged, traced
from scriptgen.drafting.weighing import Page
from scriptgen.fountain import read_reply
from scriptgen.report import Finding, Report, Severity
from scriptgen.tracing import stamped
from scriptgen.verbatim import lines_kept, put_right, righted_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scriptgen.checks import Fidelity
    from scriptgen.drafting.asking import Asked
    from scriptgen.drafting.path import Parsed


def reply_page(answers: Sequence[Asked], parsed: Parsed, *, fidelity: Fidelity, pages: int) -> Page:
    """The page that the replies to one essay hold, with what there is to say about it.

    ``answers``: one, or of a long essay one for each of its parts, in order; ``pages``: the length
    that was asked for in all. Figures: as the checks have them, and ``lines_kept_before``, the
    spoken lines that were kept before any was put right.
    """
    essay, brief = parsed.essay, parsed.brief
    texts = [as_written(each.reply.text, essay) for each in answers]
    readings = [read_reply(text) for text in texts]
    page, starts = joined([reading.screenplay for reading in readings])
    answer = answer_to(answers[0].prompt, "\n\n".join(texts), essay, brief, page)
    righted, changes = put_right(page, brief, essay.text)
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
    before = lines_kept(page, brief, essay.text)
    return Page(
        screenplay=stamped(righted, trace),
        read=(
            *_replaced(sum(each.reply.replaced for each in answers)),
            *_dropped(name for each in answers for name in each.reply.dropped),
            *(finding for reading in readings for finding in reading.findings),
        ),
        report=Report(
            findings=(*in_scenes(righted_findings(changes), righted), *report.findings),
            figures={**report.figures, "lines_kept_before": before},
        ),
        starts=starts,
    )


def _replaced(count: int) -> Iterator[Finding]:
    if count:
        yield Finding(
            code="W_REWORDED",
            severity=Severity.WARNING,
            message="characters that no file can hold were replaced in the reply",
            count=count,
        )


def _dropped(names: Iterable[str]) -> Iterator[Finding]:
    for name in dict.fromkeys(names):
        yield Finding(
            code="W_PARAMETER",
            severity=Severity.INFO,
            message=f"{name} was not sent: the server refuses it for this model",
        )
