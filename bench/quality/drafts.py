"""One draft on the project's own path, and what is counted of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.records import request_to
from scriptgen.drafting.asking import Asked
from scriptgen.drafting.judging import judged_offline
from scriptgen.drafting.page_calls import pages_for
from scriptgen.drafting.reply_page import reply_page
from scriptgen.fountain import read_reply
from scriptgen.layout import LETTER, paginate
from scriptgen.offline import write_draft
from scriptgen.prompt import Reply
from scriptgen.screenplay import Action, Centered, Dialogue, Heading, Lyrics, Transition
from scriptgen.tracing.pieces import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from scriptgen.drafting.path import Parsed
    from scriptgen.prompt import Prompt
    from scriptgen.report import Report
    from scriptgen.screenplay import Element, Screenplay

OFFLINE = "offline"
PRINTED = (Action, Centered, Dialogue, Heading, Lyrics, Transition)
CHARACTERS_PER_TOKEN = 4.5
"""Of English prose, by common tokenizers; a recorded reply does not say what it took."""

CODES = {
    "unheard_spoken": ("W_LINE_SPOKEN",),
    "names_invented": ("W_NAME_INVENTED",),
    "asides": ("W_COMMENTARY", "W_ASIDE", "W_NEGATIVE"),
    "unfilmable": ("W_UNFILMABLE", "W_FEELING"),
    "camera": ("W_CAMERA",),
    "out_of_order": ("W_MOMENT_ORDER",),
}
"""Counts of findings, by the figure they go into."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as it would be published, and its figures; see `figures_of`.

    ``before``: the page as it came, before its lines were put right.
    """

    screenplay: Screenplay
    before: Screenplay
    figures: dict[str, int | float]


def replied(way: str, text: str, parsed: Parsed, essay: Path) -> Drafted:
    """What becomes of a recorded reply, without a revision, in balanced fidelity."""
    prompt = request_to(way, parsed, essay.read_text(encoding="utf-8"))
    reply = Reply(text=text, finish_reason="stop")
    pages = pages_for(parsed.brief)
    page = reply_page([Asked(prompt, reply)], parsed, fidelity="balanced", pages=pages)
    figures = figures_of(page.screenplay, page.report)
    figures |= {"calls": 1, "tokens": _tokens(prompt, text)}
    return Drafted(page.screenplay, read_reply(text).screenplay, figures)


def offline(parsed: Parsed) -> Drafted:
    """The draft without a model."""
    draft = write_draft(parsed.brief, parsed.essay, parsed.pack)
    report = judged_offline(draft.screenplay, parsed)
    figures = figures_of(draft.screenplay, report)
    figures |= {"calls": 0, "tokens": 0}
    return Drafted(draft.screenplay, draft.screenplay, figures)


def figures_of(screenplay: Screenplay, report: Report) -> dict[str, int | float]:
    """Counts and shares of one draft.

    All figures of the report, what of its findings is counted together (`CODES`), the
    ``sentences`` of the action, the ``printed`` elements and how many of them have a source
    (``sourced``), else a mark (``marked``), or ``neither``, the ``pages`` on paper, and the
    findings that block.
    """
    found: Counter[str] = Counter()
    for each in report.findings:
        found[each.code] += each.count
    elements = [each for each in screenplay.elements if isinstance(each, PRINTED)]
    told = Counter(_standing(each) for each in elements)
    return {
        "lines_kept_before": report.figures.get("lines_kept", 0),
        **report.figures,
        **{name: sum(found[code] for code in codes) for name, codes in CODES.items()},
        "sentences": sum(
            len(sentences(each.text)) for each in elements if isinstance(each, Action)
        ),
        "printed": len(elements),
        "sourced": told["sourced"],
        "marked": told["marked"],
        "neither": told["neither"],
        "pages": len(paginate(screenplay, LETTER).pages),
        "blocks": sum(each.severity == "block" for each in report.findings),
        "errors": sum(each.severity == "error" for each in report.findings),
        "warnings": sum(each.severity == "warning" for each in report.findings),
    }


def _standing(element: Element) -> str:
    if element.sources:
        return "sourced"
    return "marked" if element.invented else "neither"


def _tokens(prompt: Prompt, reply: str) -> int:
    text = "".join(each.content for each in prompt.messages) + reply
    return round(len(text) / CHARACTERS_PER_TOKEN)


def pooled(drafts: Sequence[Mapping[str, int | float]]) -> dict[str, int | float]:
    """The figures of several drafts: counts added up, shares as the mean of the drafts."""
    names = dict.fromkeys(name for each in drafts for name in each)
    added: dict[str, int | float] = {}
    for name in names:
        values = [each[name] for each in drafts if name in each]
        whole = sum(values)
        is_share = any(isinstance(value, float) for value in values)
        added[name] = whole / len(values) if is_share else whole
    return added
