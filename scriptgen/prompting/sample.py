"""A small essay with everything in it, for trying a template before it is used."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from scriptgen.brief import (
    Beat,
    Certainty,
    Character,
    IntExt,
    Line,
    LineKind,
    Place,
    Prop,
    SceneBrief,
    Status,
    Title,
)
from scriptgen.essay import Essay
from scriptgen.prompting.contexts import (
    WHOLE,
    PagePiece,
    Part,
    annotate_context,
    brief_context,
    draft_context,
    revise_context,
)
from scriptgen.prompting.sheet import FIDELITIES
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Action, Heading, Screenplay
from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.prompting.source import Kind

TEXT = (
    "In Low Tide, dusk turns the boathouse grey. Marta, in oilskins, hangs the lantern on its "
    'nail. "It is lit," she says. Her look says: come home. Across the slip a boy murmurs. '
    "We are told that the boat went down. She says she waited. Who rang the bell?"
)


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span.cut(TEXT, start, start + len(words))


ESSAY = Essay(
    text=TEXT,
    id=hashlib.sha256(TEXT.encode()).hexdigest(),
    raw_sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
    source="sample",
)
EMPTY = SceneBrief(essay_id=ESSAY.id, language="en")
_LANTERN = _span("Marta, in oilskins, hangs the lantern on its nail")
_SUNK = _span("the boat went down")
FULL = SceneBrief(
    essay_id=ESSAY.id,
    language="en",
    title=Title(text="Low Tide", span=_span("Low Tide")),
    characters=(
        Character(
            id="c01",
            name="Marta",
            cue="MARTA",
            status=Status.GIVEN,
            wardrobe=(_span("oilskins"),),
        ),
        Character(id="c02", name="a boy", cue="BOY", status=Status.UNNAMED),
        Character(id="c03", name="Ana", cue="ANA", status=Status.ASSUMED),
    ),
    places=(
        Place(
            id="p01",
            name="boathouse",
            int_ext=IntExt.EXT,
            time="DUSK",
            light=_span("dusk turns the boathouse grey"),
        ),
        Place(id="p02", name="slip"),
    ),
    beats=(
        Beat(id="b01", text=_LANTERN.text, span=_LANTERN),
        Beat(id="b02", text=_SUNK.text, span=_SUNK, certainty=Certainty.REPORTED),
    ),
    lines=(
        Line(
            id="d01",
            text="It is lit,",
            kind=LineKind.SPOKEN,
            span=_span("It is lit,"),
            speaker="c01",
            delivery=_span("she says"),
        ),
        Line(
            id="d02",
            text="come home",
            kind=LineKind.IMAGINED,
            span=_span("come home"),
            candidates=("c01", "c02"),
        ),
        Line(id="d03", text="a boy murmurs", kind=LineKind.UNHEARD, span=_span("a boy murmurs")),
        Line(id="d04", text="she waited", kind=LineKind.REPORTED, span=_span("she waited")),
    ),
    props=(Prop(name="the lantern", motif=True, evidence=(_span("the lantern"),)),),
    questions=(_span("Who rang the bell?"),),
)

_HEADING = "EXT. BOATHOUSE - DUSK"
_ACTION = "Marta hangs the lantern on its nail. Of course she does."
PAGE_TEXT = f"{_HEADING}\n\n{_ACTION}\n"
PAGE = Screenplay(elements=(Heading(text=_HEADING), Action(text=_ACTION)))
PIECES = (
    PagePiece(None, "", _HEADING),
    PagePiece(2, "", _ACTION),
    PagePiece(3, "MARTA", "Who is there?"),
)
FINDINGS = (
    Finding(
        code="W_REWORDED",
        severity=Severity.ERROR,
        message="a remark nobody can film",
        element=1,
        evidence="Of course she does.",
    ),
    Finding(code="W_LINE_MISSING", severity=Severity.ERROR, message="a spoken line is missing"),
)

PARTS = (
    Part(number=1, of=3),
    Part(number=2, of=3, last_lines=PAGE_TEXT),
    Part(
        number=3,
        of=3,
        so_far="Marta has hung the lantern.",
        introduced=("MARTA",),
        last_lines=PAGE_TEXT,
    ),
)


def samples(kind: Kind) -> Iterator[dict[str, object]]:
    """Contexts, the essay left out, that lead through the branches of a template of this kind."""
    if kind == "brief":
        yield from (brief_context(ESSAY, brief) for brief in (FULL, EMPTY))
        return
    if kind == "annotate":
        yield from (annotate_context(brief, PIECES) for brief in (FULL, EMPTY))
        return
    for brief in (FULL, EMPTY):
        for fidelity in FIDELITIES:
            for pages in (1, 4):
                if kind == "draft":
                    for part in (WHOLE, *PARTS):
                        yield draft_context(ESSAY, brief, fidelity=fidelity, pages=pages, part=part)
                else:
                    yield revise_context(
                        ESSAY,
                        brief,
                        page=PAGE_TEXT,
                        screenplay=PAGE,
                        findings=FINDINGS,
                        fidelity=fidelity,
                        pages=pages,
                    )
