"""What is counted of a draft, and how it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from quality.__main__ import answering, in_all
from quality.drafts import figures_of, offline, pooled
from quality.gold import gold_figures
from quality.records import REQUEST, Record, sha256
from quality.table import COLUMNS, table

from scriptgen import read_fountain
from scriptgen.drafting.path import Parsed, parse_with_pack
from scriptgen.reader import essay_from_text
from scriptgen.report import Finding, Report, Severity

if TYPE_CHECKING:
    from scriptgen.screenplay import Screenplay

ESSAY = (
    "The mill stands still. Ada wipes the blade with her sleeve. \u201cWe close at six,\u201d says"
    " Ada. Bruno, in a wet coat, thinks: \u201cShe knows all of it.\u201d He puts the key on the"
    " counter. The film is a study in regret."
)
GOLD: dict[str, Any] = {
    "characters": [{"name": "Ada", "aliases": []}, {"name": "Bruno", "aliases": ["the miller"]}],
    "dialogue": [
        {"text": "We close at six", "speaker": "Ada", "kind": "spoken"},
        {"text": "She knows all of it.", "speaker": "Bruno", "kind": "imagined"},
    ],
    "key_beats": ["wipes the blade with her sleeve", "puts the key on the counter"],
    "must_not_appear": ["a study in regret"],
}
PAGE = "INT. MILL - DAY\n\nAda wipes the blade.\n\n{cue}\nWe close at six.\n\n{more}\n"


@pytest.fixture(scope="module")
def parsed() -> Parsed:
    return parse_with_pack(essay_from_text(ESSAY))


def counted(page: Screenplay, parsed: Parsed) -> dict[str, int]:
    return gold_figures(page, page, parsed, GOLD)


def page(cue: str = "ADA", more: str = "He leaves.") -> Screenplay:
    return read_fountain(PAGE.format(cue=cue, more=more))


def test_a_line_is_rightly_given_under_its_speakers_cue_alone(parsed: Parsed) -> None:
    assert counted(page(), parsed)["gold_lines_kept"] == 1
    assert counted(page(cue="BRUNO"), parsed)["gold_lines_kept"] == 0


def test_a_thought_counts_where_somebody_says_it(parsed: Parsed) -> None:
    assert counted(page(), parsed)["gold_unheard"] == 0
    aloud = page(more="BRUNO\nShe knows all of it.")
    assert counted(aloud, parsed)["gold_unheard"] == 1


def test_the_critics_phrase_counts_where_it_stands_on_the_page(parsed: Parsed) -> None:
    assert counted(page(), parsed)["gold_critic_found"] == 0
    assert counted(page(more="It is a study in regret."), parsed)["gold_critic_found"] == 1
    near = counted(page(more="A study in blue."), parsed)
    assert (near["gold_critic_found"], near["gold_grams_found"], near["gold_grams"]) == (0, 0, 1)


def test_the_offline_draft_plays_the_moments_of_a_plain_essay(parsed: Parsed) -> None:
    drafted = offline(parsed)
    told = gold_figures(drafted.screenplay, drafted.before, parsed, GOLD)
    assert (told["gold_beats_played"], told["gold_beats"]) == (2, 2)
    assert (drafted.figures["neither"], drafted.figures["calls"]) == (0, 0)


def test_an_element_stands_with_a_source_a_mark_or_neither() -> None:
    whole = page()
    heading, action, *rest = whole.elements
    elements = (
        heading.model_copy(update={"sources": ("p1",)}),
        action.model_copy(update={"invented": True}),
        *rest,
    )
    figures = figures_of(whole.model_copy(update={"elements": elements}), Report())
    assert (figures["sourced"], figures["marked"], figures["neither"]) == (1, 1, len(rest))


def test_findings_of_one_kind_are_counted_together() -> None:
    found = [
        Finding(code="W_LINE_SPOKEN", severity=Severity.ERROR, message="aloud", count=count)
        for count in (1, 2)
    ]
    figures = figures_of(page(), Report(findings=tuple(found)))
    assert (figures["unheard_spoken"], figures["errors"]) == (3, 2)


def test_counts_are_added_up_and_shares_are_the_mean() -> None:
    whole = pooled([{"scenes": 2, "copied": 0.02}, {"scenes": 3, "copied": 0.04}])
    assert whole == {"scenes": 5, "copied": pytest.approx(0.03)}


def test_what_nobody_counted_is_shown_as_such() -> None:
    shown = table({"draft": {"pages": 3}}, COLUMNS).splitlines()
    assert len({len(line) for line in shown}) == 1
    assert "-" in shown[1].split()
    assert "3" in shown[1].split()


def test_how_much_is_played_is_never_shown_without_how_much_is_copied() -> None:
    names = list(COLUMNS)
    assert names.index("copied") == names.index("moments") + 1


def test_ways_are_compared_over_the_essays_that_all_of_them_have() -> None:
    measured: dict[str, dict[str, dict[str, int | float]]] = {
        "a": {"draft": {"pages": 2}},
        "b": {"draft": {"pages": 3}, "offline": {"pages": 1}},
    }
    assert in_all(measured, ("draft", "request", "offline")) == {
        "draft": {"essays": 1, "pages": 3},
        "offline": {"essays": 1, "pages": 1},
    }


def test_ways_without_an_essay_in_common_are_each_counted_over_their_own() -> None:
    measured: dict[str, dict[str, dict[str, int | float]]] = {
        "a": {"draft": {"pages": 2}},
        "b": {"offline": {"pages": 1}},
    }
    told = in_all(measured, ("draft", "offline"))
    assert [each["essays"] for each in told.values()] == [1, 1]


def test_the_last_reply_is_measured_unless_another_answers_the_template_as_it_is() -> None:
    first = Record(
        reply="one.txt",
        essay="a.txt",
        essay_id="1",
        way="request",
        template="request",
        template_hash="1",
        reply_sha256="1",
        writer="a model",
    )
    last = first.model_copy(update={"reply": "two.txt"})
    now = first.model_copy(update={"template_hash": sha256(REQUEST.encode())})
    assert answering([first, last])["1"]["request"] is last
    assert answering([first, now, last])["1"]["request"] is now
