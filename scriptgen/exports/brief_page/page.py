"""The page as a whole: head, legend, essay, sheet."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scriptgen.exports.brief_page.figures import shares
from scriptgen.exports.brief_page.labels import Fate, Kind, heading, labels
from scriptgen.exports.brief_page.reading import Opening, essay_rows
from scriptgen.exports.brief_page.sheet import section_title, sheet
from scriptgen.exports.brief_page.style import style
from scriptgen.exports.document import document
from scriptgen.exports.markup import Html, element, joined, plain
from scriptgen.exports.segments import line_edges, segments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.brief import SceneBrief
    from scriptgen.essay import Essay

_MEANINGS = {
    Fate.TAKEN: "beats, lines and the title",
    Fate.LEFT_OUT: "talk about the drama, and questions",
    Fate.NOTED: "names, places, cues and the like, outside of both",
    Fate.UNUSED: "no pass of the parser took it",
}
_KIND_MEANINGS = {
    Kind.BEAT: "can be filmed",
    Kind.SPOKEN: "said aloud",
    Kind.IMAGINED: "nobody says it",
    Kind.UNHEARD: "spoken, the words not told",
    Kind.REPORTED: "told without quoting",
    Kind.TITLE: "of the drama",
    Kind.OPEN_QUESTION: "kept open",
    Kind.COMMENTARY: "left out: about the drama, not in it",
    Kind.QUESTION: "left out: the critic asks",
    Kind.FUTURE: "left out: guessed at",
    Kind.CRAFT: "left out: how it was made",
    Kind.CHARACTER: "somebody is mentioned",
    Kind.WARDROBE: "worn or carried",
    Kind.PLACE: "where it happens",
    Kind.LIGHT: "the light of a place",
    Kind.PROP: "a thing in use",
    Kind.CUE: "camera, edit, light, colour, sound, music",
    Kind.THEME: "what the critic says it is about",
    Kind.DELIVERY: "how a line is said",
    Kind.FLAG: "the essay does not agree with itself",
}


def brief_page(essay: Essay, brief: SceneBrief) -> str:
    """One self-contained page of HTML: no script, nothing fetched.

    The whole text of ``essay`` in reading order, each span of ``brief`` marked by its kind and
    named beside it, then the sheet of people, places, scenes and the rest, linked both ways.
    ``brief`` must be of this essay. The same values give the same text.
    """
    text = essay.text
    places = {place.id: place for place in brief.places}
    openings = [Opening(one.start, one.id, heading(one, places)) for one in brief.scenes]
    found = labels(brief)
    cut = segments(len(text), found, [*line_edges(text), *(opening.start for opening in openings)])
    by_fate, by_kind = shares(text, cut)
    counts = Counter(label.kind for label in found)
    parts = sheet(essay, brief)
    title = brief.title.text if brief.title else "An essay without a title"
    body = element(
        "body",
        element("a", "Skip to the essay", href="#essay", class_="skip"),
        _header(essay, brief, title, by_fate),
        _nav(parts),
        element(
            "main",
            element(
                "section",
                element("h2", "Essay"),
                *essay_rows(text, cut, openings),
                id="essay",
                class_="part",
            ),
            *parts.values(),
            _legend(counts, by_kind, by_fate),
        ),
    )
    return document(
        body,
        title=f"{title} - what became of the essay",
        style=style(),
        by="brief",
        language=brief.language,
    )


def _header(essay: Essay, brief: SceneBrief, title: str, by_fate: dict[Fate, float]) -> Html:
    counted = (
        (len(brief.scenes), "scene"),
        (len(brief.beats), "beat"),
        (len(brief.lines), "line"),
        (len(brief.characters), "character"),
    )
    figures = ", ".join(f"{n} {noun}" if n == 1 else f"{n} {noun}s" for n, noun in counted)
    told = brief.enriched
    added = f"; {told.taken} of {told.claims} claims of {plain(told.model)} taken" if told else ""
    by = f"{essay.meta.author}, " if essay.meta.author else ""
    return element(
        "header",
        element("p", "What became of the essay", class_="kicker"),
        element("h1", element("bdi", title), id="title"),
        element("p", element("bdi", f"{by}{essay.source}"), class_="source"),
        element("p", f"{figures}; language {brief.language}{added}", class_="figures"),
        _bar(by_fate),
    )


def _bar(by_fate: dict[Fate, float]) -> Html:
    """The shares of the fates as a bar, and in words under it."""
    pieces = [
        element("span", class_=f"f-{fate.name.lower()}", style=f"width:{share * 100:.2f}%")
        for fate, share in by_fate.items()
        if share
    ]
    words = [
        element(
            "li",
            element("span", class_=f"swatch f-{fate.name.lower()}"),
            element("b", f"{share:.0%} {fate.value}"),
            f" {_MEANINGS[fate]}",
        )
        for fate, share in by_fate.items()
    ]
    return joined(
        element("div", *pieces, class_="bar", aria_hidden="true"),
        element("ul", *words, class_="fates"),
    )


def _nav(parts: Iterable[str]) -> Html:
    links = [
        element("a", section_title(name), href=f"#{name}") for name in ("essay", *parts, "legend")
    ]
    return element("nav", *links, aria_label="Parts of this page")


def _legend(counts: Counter[Kind], by_kind: dict[Kind, float], by_fate: dict[Fate, float]) -> Html:
    rows = [
        element(
            "tr",
            element("td", _sample(kind)),
            element("td", meaning),
            element("td", str(counts[kind]), class_="number"),
            element("td", f"{by_kind.get(kind, 0):.0%}", class_="number"),
        )
        for kind, meaning in _KIND_MEANINGS.items()
    ]
    rows.append(
        element(
            "tr",
            element("td", element("span", "not used", class_="g-unused")),
            element("td", _MEANINGS[Fate.UNUSED]),
            element("td", "", class_="number"),
            element("td", f"{by_fate[Fate.UNUSED]:.0%}", class_="number"),
        )
    )
    head = element(
        "tr", *(element("th", name, scope="col") for name in ("Kind", "Meaning", "Count", "Share"))
    )
    return element(
        "section",
        element("h2", "Legend"),
        element("table", element("thead", head), element("tbody", *rows)),
        element(
            "p",
            "Shares are of the essay's letters and digits; kinds overlap, so theirs do not add up.",
            class_="aside",
        ),
        id="legend",
        class_="part",
    )


def _sample(kind: Kind) -> Html:
    ground = kind.fate is not Fate.NOTED
    return element("span", kind.value, class_=f"{'g' if ground else 'd'}-{kind.slug}")
