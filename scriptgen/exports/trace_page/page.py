"""The page as a whole: head, figures, essay and page side by side, legend."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scriptgen.exports.document import document
from scriptgen.exports.markup import Html, element, raw
from scriptgen.exports.trace_page.essay_side import essay_lines
from scriptgen.exports.trace_page.page_side import findings, script
from scriptgen.exports.trace_page.sources import sources_of, told_pieces
from scriptgen.exports.trace_page.style import style
from scriptgen.fountain.emphasis import plain as unmarked
from scriptgen.report import Finding, Severity
from scriptgen.trace import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scriptgen.brief import SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.exports.trace_page.sources import Source
    from scriptgen.report import Report
    from scriptgen.screenplay import Screenplay
    from scriptgen.trace import Trace
    from scriptgen.values import Span

_MEANINGS = {
    Origin.LINE: "words that the essay gives somebody to say",
    Origin.BEAT: "what the essay says happens",
    Origin.PLACE: "where the essay sets it",
    Origin.PASSAGE: "the essay's words in no beat and no line; e and its offset",
    Origin.WRITTEN: "a speech that is none of the essay's lines",
    Origin.INVENTED: "nothing in the essay bears it out",
}
_COLUMNS = ("Source", "Meaning", "Pieces")
_NOTHING = raw("")
_PARTS = (("essay", "Essay"), ("page", "Page"), ("legend", "Legend"))
_NAV = element(
    "nav",
    *(element("a", name, href=f"#{anchor}") for anchor, name in _PARTS),
    aria_label="Parts of this page",
)


def trace_page(
    essay: Essay,
    brief: SceneBrief,
    screenplay: Screenplay,
    trace: Trace,
    spans: Mapping[str, Sequence[Span]],
    *,
    report: Report,
    draft: str,
    figures: str = "",
) -> str:
    """One self-contained page of HTML: no script, nothing fetched.

    The whole ``essay`` and the whole ``screenplay`` beside each other; each piece of ``trace``
    leads to its sources and each source to the pieces that play it, and pointing at one marks
    both. ``spans``: where each source stands in the essay (`scriptgen.tracing.source_spans`);
    ``report``: of the checks, its findings stand at their lines; ``draft``: what the draft is
    called; ``figures``: what was counted, in words. The same values give the same text.
    """
    sources = sources_of(trace, brief, spans)
    counts = Counter(trace.origins(screenplay))
    title = _title(screenplay) or draft
    at_lines, whole = _placed(report.telling(), len(screenplay.elements))
    body = element(
        "body",
        element("a", "Skip to the page", href="#page", class_="skip"),
        _header(title, f"{draft}, from {essay.source}", counts, figures),
        element(
            "main",
            _side(
                "essay",
                essay_lines(essay.text, sources),
                _unplayed(sources.values()),
            ),
            _side(
                "page",
                script(screenplay, told_pieces(trace, screenplay, sources), at_lines),
                findings(whole) if whole else raw(""),
                _legend(counts),
            ),
            class_="sides",
        ),
    )
    return document(
        body,
        title=f"{title} - where each line comes from",
        style=style(source.mark for source in sources.values() if source.pieces),
        by="trace",
        language=brief.language,
    )


def _title(screenplay: Screenplay) -> str:
    for field in screenplay.title_page:
        if field.key.lower() == "title":
            return " ".join(map(unmarked, field.lines)).strip()
    return ""


def _placed(
    found: Iterable[Finding], elements: int
) -> tuple[dict[int, list[Finding]], list[Finding]]:
    """The findings by element, and those about the whole; the gravest first."""
    order = list(Severity)
    at_lines: dict[int, list[Finding]] = {}
    whole: list[Finding] = []
    for each in sorted(found, key=lambda each: -order.index(each.severity)):
        if each.element is None or each.element >= elements:
            whole.append(each)
        else:
            at_lines.setdefault(each.element, []).append(each)
    return at_lines, whole


def _header(title: str, names: str, counts: Counter[Origin], figures: str) -> Html:
    return element(
        "header",
        element("p", "Where each line comes from", class_="kicker"),
        element("h1", element("bdi", title), id="title"),
        element("p", element("bdi", names), class_="source"),
        element("p", figures, class_="figures") if figures else raw(""),
        _bar(counts),
        element("div", _fates(counts), _NAV, class_="key"),
    )


def _bar(counts: Counter[Origin]) -> Html:
    """The shares of the pieces by what they come from."""
    whole = sum(counts[origin] for origin in _MEANINGS) or 1
    pieces = [
        element("span", class_=f"f-{origin}", style=f"width:{counts[origin] / whole * 100:.2f}%")
        for origin in _MEANINGS
        if counts[origin]
    ]
    return element("div", *pieces, class_="bar", aria_hidden="true")


def _fates(counts: Counter[Origin]) -> Html:
    """The same in words."""
    words = [
        element(
            "li",
            element("span", class_=f"swatch f-{origin}"),
            element("b", f"{counts[origin]:,}"),
            f" {origin.told}",
        )
        for origin in _MEANINGS
    ]
    return element("ul", *words, class_="fates", aria_label="Pieces of the page by their source")


def _side(name: str, rows: Iterable[Html], first: Html, last: Html = _NOTHING) -> Html:
    title = element("h2", dict(_PARTS)[name], id=f"{name}-title")
    return element(
        "section",
        title,
        first,
        element("div", *rows, class_=f"body-{name}"),
        last,
        id=name,
        class_="side",
        tabindex="0",
        aria_labelledby=f"{name}-title",
    )


def _unplayed(sources: Iterable[Source]) -> Html:
    """What the essay shows or has somebody say, and the page does not have."""
    links: list[str] = []
    for source in sources:
        if source.owed and not source.pieces:
            links += [raw(" "), element("a", source.id, href=f"#{source.anchor}")]
    if not links:
        return raw("")
    return element("p", element("b", "Not on the page:"), *links, class_="lost")


def _legend(counts: Counter[Origin]) -> Html:
    rows = [
        element(
            "tr",
            element("td", element("span", origin.told, class_=f"sample o-{origin}")),
            element("td", meaning),
            element("td", f"{counts[origin]:,}", class_="number"),
        )
        for origin, meaning in _MEANINGS.items()
    ]
    rows.append(
        element(
            "tr",
            element("td", element("span", "not on the page", class_="sample missed")),
            element("td", "the essay shows it or has it said, and no piece plays it"),
            element("td", "", class_="number"),
        )
    )
    head = element("tr", *(element("th", name, scope="col") for name in _COLUMNS))
    return element(
        "section",
        element("h2", "Legend"),
        element("table", element("thead", head), element("tbody", *rows)),
        element(
            "p",
            "A piece is a sentence of action, a whole speech or a heading; small figures before it "
            "number it, and behind it stand its sources. In the essay the name of a beat (b) or a "
            "line (d) stands before it, and behind it the pieces that play it.",
            class_="aside",
        ),
        id="legend",
    )
