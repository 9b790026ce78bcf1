"""What pieces of a page are traced to, on texts made up for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scriptgen.catalog import language_pack
from scriptgen.essay import Essay
from scriptgen.fountain import read_fountain
from scriptgen.parser import parse
from scriptgen.screenplay import Action, Screenplay
from scriptgen.tracing import source_spans, stamped, trace_screenplay
from scriptgen.tracing.pieces import sentences
from scriptgen.tracing.telling import wording

if TYPE_CHECKING:
    from scriptgen.trace import Trace

ESSAY = """\
*The Ferry House* opens in a boathouse at dawn. Marta Vey scrapes barnacles from an overturned \
hull with a kitchen knife. Her brother Joss leans in the doorway and eats a pear. *You kept the \
oars,* he says. She does not turn around.

Later, on the jetty, Marta throws the knife into the water. Joss whispers something that the wind \
takes. It is a wonderful hour of television, and nobody will forgive it.
"""
PAGE = """\
INT. BOATHOUSE - DAWN

MARTA VEY grates shellfish off an upturned boat with a kitchen knife. A radio mutters the \
forecast.

JOSS props himself in the doorway. He bites into a pear.

JOSS
You kept the oars.

MARTA
Somebody had to.

EXT. JETTY - DAY

Marta flings the knife into the sea.

INT. CASINO - NIGHT

Roulette.
"""


def essay(text: str = ESSAY) -> Essay:
    return Essay(text=text, id="e", raw_sha256="0", source="ferry.txt", language="en")


def traced(page: str, text: str = ESSAY) -> tuple[Screenplay, Trace, dict[str, str]]:
    told = essay(text)
    pack = language_pack("en")
    brief = parse(told, pack)
    screenplay = read_fountain(page)
    texts = {beat.id: beat.text for beat in brief.beats}
    texts |= {line.id: line.text for line in brief.lines}
    texts |= {place.id: place.name for place in brief.places}
    return screenplay, trace_screenplay(screenplay, brief, told, pack), texts


def sources_of(wanted: str, page: str = PAGE) -> list[str]:
    """The texts that the piece with these words plays."""
    screenplay, trace, texts = traced(page)
    for piece in trace.pieces:
        shown = getattr(screenplay.elements[piece.element], "text", "")
        if wanted in shown[piece.start : piece.end]:
            return [texts.get(source, source) for source in piece.sources]
    raise AssertionError(wanted)


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("grates shellfish", "scrapes barnacles"),
        ("bites into a pear", "eats a pear"),
        ("flings the knife", "throws the knife"),
    ],
)
def test_a_paraphrase_is_traced_to_the_beat_it_plays(words: str, source: str) -> None:
    assert any(source in text for text in sources_of(words))


def test_what_the_essay_does_not_tell_is_invented() -> None:
    assert sources_of("radio mutters") == []


def test_a_line_of_the_essay_is_no_invention_and_any_other_speech_is() -> None:
    screenplay, trace, _ = traced(PAGE)
    speeches = [p for p in trace.pieces if screenplay.elements[p.element].type == "dialogue"]
    assert [piece.invented for piece in speeches] == [False, True]


def test_a_heading_of_a_place_that_the_essay_does_not_have_is_invented() -> None:
    screenplay, trace, _ = traced(PAGE)
    headings = [p for p in trace.pieces if screenplay.elements[p.element].type == "heading"]
    assert [piece.invented for piece in headings] == [False, False, True]


def test_a_heading_of_no_place_of_the_brief_is_traced_to_where_the_essay_tells_of_it() -> None:
    text = (
        "Marta scrapes a hull on the slipway. Joss eats a pear. Rain falls on the slipway, and "
        "Marta throws the knife away."
    )
    told, pack = essay(text), language_pack("en")
    brief = parse(told, pack).model_copy(update={"places": ()})
    page = read_fountain(
        "EXT. SLIPWAY - DAY\n\nMarta scrapes at a hull.\n\nJoss eats a pear.\n\n"
        "EXT. SLIPWAY - DAY\n\nRain. Marta throws the knife away.\n\n"
        "INT. CASINO - NIGHT\n\nRoulette."
    )
    trace = trace_screenplay(page, brief, told, pack)
    spans = source_spans(brief, told)
    first, again, casino = (
        piece for piece in trace.pieces if page.elements[piece.element].type == "heading"
    )
    assert spans[first.sources[0]][0].start < text.index("Joss") < spans[again.sources[0]][0].start
    assert casino.invented
    assert not casino.sources


@pytest.mark.parametrize(
    ("text", "runs", "forms"),
    [
        ("Then another.", {("then", "another")}, set()),
        ("Clonk!", {("clonk",)}, {"clonk"}),
        ("She smiles at Joss.", {("she", "smiles"), ("smiles", "at"), ("at", "joss")}, None),
        ("", set(), set()),
    ],
)
def test_a_text_is_known_by_its_words_in_a_row_and_its_open_words_as_they_stand(
    text: str, runs: set[tuple[str, ...]], forms: set[str] | None
) -> None:
    put = wording(text, language_pack("en"))
    assert put.runs == runs
    assert put.forms == ({"smiles", "joss"} if forms is None else forms)


def test_every_element_that_prints_gets_a_source_or_a_mark() -> None:
    screenplay, trace, _ = traced(PAGE)
    marked = stamped(screenplay, trace)
    assert all(each.sources or each.invented for each in marked.elements)


@pytest.mark.parametrize(
    ("language", "text", "told", "other"),
    [
        (
            "es",
            "La panadera barre la harina. Un soldado espera junto a la puerta verde. Suena algo.",
            "Un soldado mojado espera en la puerta verde.",
            "Dos gatos duermen.",
        ),
        (
            "zh",
            "老裁缝在灯下补一件红棉袄。邮差把自行车靠在枣树上。雨停以后女儿推开了木门。",
            "邮差下了自行车把车靠在枣树上。",
            "远处有人放鞭炮。",
        ),
    ],
)
def test_a_language_without_a_pack_is_traced_by_its_words(
    language: str, text: str, told: str, other: str
) -> None:
    source = essay(text).model_copy(update={"language": language})
    pack = language_pack(language)
    brief = parse(source, pack)
    page = Screenplay(elements=(Action(text=told), Action(text=other)))
    first, second = trace_screenplay(page, brief, source, pack).pieces
    spans = source_spans(brief, source)
    assert any(told[:2] in span.text for each in first.sources for span in spans[each])
    assert second.invented
    assert not second.sources


def test_in_a_language_without_a_pack_one_character_in_common_is_no_place() -> None:
    source = essay("老裁缝在灯下补一件红棉袄。邮差把自行车靠在枣树上。").model_copy(
        update={"language": "zh"}
    )
    pack = language_pack("zh")
    brief = parse(source, pack).model_copy(update={"places": ()})
    page = read_fountain("INT. 老火车站 - 夜\n\n雨停了。\n\nINT. 枣树下 - 日\n\n邮差靠在枣树上。")
    trace = trace_screenplay(page, brief, source, pack)
    headings = [p for p in trace.pieces if page.elements[p.element].type == "heading"]
    assert [piece.invented for piece in headings] == [True, False]


def test_a_line_that_action_parts_is_the_line_in_each_of_its_parts() -> None:
    page = """\
INT. BOATHOUSE - DAWN

JOSS
You kept

He bites into a pear.

JOSS
the oars.
"""
    screenplay, trace, _ = traced(page)
    speeches = [p for p in trace.pieces if screenplay.elements[p.element].type == "dialogue"]
    assert [piece.invented for piece in speeches] == [False, False]
    assert speeches[0].sources == speeches[1].sources


def test_what_has_sources_of_its_own_keeps_them() -> None:
    page = Screenplay(elements=(Action(text="Joss eats a pear.", sources=("b99",)),))
    told, pack = essay(), language_pack("en")
    trace = trace_screenplay(page, parse(told, pack), told, pack)
    assert stamped(page, trace) == page


def test_an_essay_that_tells_nothing_bears_nothing_out() -> None:
    _, trace, _ = traced(PAGE, text="A fine evening of television.")
    assert all(piece.invented for piece in trace.pieces if not piece.sources)
    assert not any(source[0] in "bd" for piece in trace.pieces for source in piece.sources)


def test_a_sentence_ends_behind_an_owner_and_not_behind_a_title_or_an_initial() -> None:
    text = "A cup is Marta's. The other is Joss\u2019s. Mr. J. Vey drinks."
    cut = [text[start:end] for start, end in sentences(text)]
    assert cut == ["A cup is Marta's.", "The other is Joss\u2019s.", "Mr. J. Vey drinks."]
