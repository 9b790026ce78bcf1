"""A trace as a sheet to read in a terminal: each piece of the page, and under it its source."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scriptgen.cli.columns import wrapped
from scriptgen.cli.figures import figures_told
from scriptgen.cli.findings import finding_told
from scriptgen.cli.printing import counted, one_line
from scriptgen.cli.rows import DIM, block, width
from scriptgen.exports.trace_page import sources_of, told_pieces
from scriptgen.fountain.emphasis import plain
from scriptgen.screenplay import Dialogue, Heading
from scriptgen.trace import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scriptgen.cli.rows import Row
    from scriptgen.drafting import TracedDraft
    from scriptgen.exports.trace_page import Source, Told
    from scriptgen.report import Finding, Report
    from scriptgen.screenplay import Element

BOLD = "1"
LOOKS = {
    Origin.LINE: "33",
    Origin.BEAT: "32",
    Origin.PLACE: "36",
    Origin.PASSAGE: "2",
    Origin.WRITTEN: "35",
    Origin.INVENTED: "31",
}
SEVERITIES = {"info": "2", "warning": "33", "error": "31", "block": "1;31"}
_INDENT = 6


def trace_sheet(found: TracedDraft, report: Report) -> Iterator[Row]:
    """The rows of the sheet: what the checks say of the whole, the page, the counts."""
    sources = sources_of(found.trace, found.brief, found.spans)
    told = told_pieces(found.trace, found.screenplay, sources)
    at_lines: dict[int | None, list[Finding]] = {}
    for finding in report.telling():
        at_lines.setdefault(finding.element, []).append(finding)
    yield from _findings(at_lines.get(None, ()))
    for index, element in enumerate(found.screenplay.elements):
        if told.get(index):
            yield from _element(element, told[index])
        yield from _findings(at_lines.get(index, ()))
    yield []
    yield from block([], _counts(found))
    lost = [source.id for source in sources.values() if source.owed and not source.pieces]
    if lost:
        yield from block([("not on the page: ", LOOKS[Origin.INVENTED])], " ".join(lost))
    figures = figures_told(report.figures)
    if figures:
        yield from block([], figures)


def _counts(found: TracedDraft) -> str:
    counts = Counter(found.trace.origins(found.screenplay))
    told = ", ".join(f"{counts[origin]:,} {origin.told}" for origin in LOOKS if counts[origin])
    pieces = counted(sum(counts[origin] for origin in LOOKS), "piece")
    return f"{pieces}: {told}" if told else pieces


def _element(element: Element, told: Iterable[Told]) -> Iterator[Row]:
    if isinstance(element, Heading):
        yield []
    for one in told:
        if isinstance(element, Dialogue):
            yield from block([("   ", ""), (f"{one_line(element.cue)}: ", BOLD)], plain(one.text))
        else:
            yield from block([], plain(one.text), BOLD if isinstance(element, Heading) else "")
        for source in one.sources:
            yield _source(source)
        if one.origin in (Origin.WRITTEN, Origin.INVENTED):
            yield [(" " * _INDENT, ""), (one.origin.told, LOOKS[one.origin])]


def _source(source: Source) -> Row:
    """The id of a source and as many of the essay's words as one row holds."""
    lead = f"{source.id} "
    room = width() - _INDENT - len(lead) - 1
    rows = wrapped(one_line(source.words.removesuffix("…")), room)
    more = "…" if len(rows) > 1 or source.words.endswith("…") else ""
    return [(" " * _INDENT, ""), (lead, LOOKS[source.origin]), (rows[0] + more, DIM)]


def _findings(found: Iterable[Finding]) -> Iterator[Row]:
    for finding in found:
        lead = f"    {finding.severity.value}: "
        bare = finding.model_copy(update={"scene": None})
        yield from block([(lead, SEVERITIES[finding.severity.value])], finding_told(bare))
