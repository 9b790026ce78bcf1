"""Where each piece of a screenplay comes from, by aligning page and essay.

Each piece is compared with the moments of the essay that share most with it, at first sight; then
the likeliest way of the whole page through the essay is found; then each piece is looked at again
beside what is played around it, so that it may play several moments, or one that its words alone
did not tell.

What the essay tells in no beat and no line (a wardrobe in a speech tag, a thing in the critic's own
sentence) can be played too: then the source is that passage, ``e`` and its offset
(`scriptgen.tracing.source_spans` says where each source stands). A beat goes before a passage where
both bear a piece out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.trace import Trace
from scriptgen.tracing.page import Page
from scriptgen.tracing.weights import PLAIN_FIRST, PLAIN_LIMITS, PLAIN_SECOND

if TYPE_CHECKING:
    from scriptgen.brief import SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack
    from scriptgen.screenplay import Screenplay


def trace_screenplay(
    screenplay: Screenplay, brief: SceneBrief, essay: Essay, pack: LanguagePack
) -> Trace:
    """The pieces of a screenplay with what they play.

    ``brief``: of ``essay``; ``pack``: of its language. Never fails: of a page that has nothing to
    do with the essay all is invented.
    """
    page = Page(screenplay, brief, essay, pack)
    first = page.first_odds(pack.weights.get("trace_first", PLAIN_FIRST))
    again = page.second_odds(first, pack.weights.get("trace_second", PLAIN_SECOND))
    limits = pack.weights.get("trace_limits", PLAIN_LIMITS)
    return Trace(pieces=tuple(page.traced(number, row, limits) for number, row in enumerate(again)))
