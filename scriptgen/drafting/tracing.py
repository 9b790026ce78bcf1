"""Any draft beside its essay: where each piece of it comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scriptgen.drafting.answering import without_orders
from scriptgen.drafting.judging import traced
from scriptgen.drafting.path import parse_with_pack

if TYPE_CHECKING:
    from scriptgen.brief import SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.screenplay import Screenplay
    from scriptgen.trace import Trace
    from scriptgen.values import Span


@dataclass(frozen=True, slots=True)
class TracedDraft:
    """A draft with its trace; ``spans``: where each source that it may name stands in the essay."""

    screenplay: Screenplay
    essay: Essay
    brief: SceneBrief
    trace: Trace
    spans: dict[str, tuple[Span, ...]]

    @property
    def stamped(self) -> Screenplay:
        """The draft, each part with its sources and a mark where it is invented.

        A part that names its sources already keeps them.
        """
        from scriptgen.tracing import stamped

        return stamped(self.screenplay, self.trace)


def trace_draft(
    screenplay: Screenplay, essay: Essay, brief: SceneBrief | None = None
) -> TracedDraft:
    """Where each piece of a draft comes from, whoever wrote it, found by code alone.

    Ids are those of ``brief``, ``None`` for the parser's. What the draft itself says of its sources
    counts for nothing. See `scriptgen.tracing`.
    """
    from scriptgen.tracing import source_spans

    parsed = parse_with_pack(essay)
    parsed = replace(parsed, brief=without_orders(parsed.essay, brief or parsed.brief))
    trace = traced(screenplay, parsed)
    spans = source_spans(parsed.brief, parsed.essay)
    return TracedDraft(screenplay, parsed.essay, parsed.brief, trace, spans)
