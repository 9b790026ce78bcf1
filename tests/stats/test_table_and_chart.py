"""The figures as a table for spreadsheets and as a picture."""

from __future__ import annotations

import csv
from xml.dom import minidom

from fountain_strategies import screenplays
from hypothesis import HealthCheck, given, settings

from scriptgen.exporting import figures
from scriptgen.screenplay import Action, Dialogue, Heading, Screenplay, Speech, TitleField
from scriptgen.stats import chart, csv_table
from scriptgen.stats.table import COLUMNS

SOME = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
TAGS = {"svg", "title", "style", "rect", "text", "line"}


def _play(*cues: str, heading: str = "INT. A - DAY") -> Screenplay:
    said = tuple(Dialogue(cue=cue, parts=(Speech(text="No, never."),)) for cue in cues)
    return Screenplay(
        title_page=(TitleField(key="Title", lines=("=HYPERLINK(1)",)),),
        elements=(Heading(text=heading), *said),
    )


def test_a_cell_is_never_a_formula() -> None:
    table = csv_table(figures(_play("=SUM(A1)", "@cmd", "-2+3")))
    rows = list(csv.DictReader(table.splitlines()))
    assert rows[0]["name"] == "'=HYPERLINK(1)"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(FORMULA)]


@SOME
@given(screenplays())
def test_every_table_is_read_back_with_its_columns(screenplay: Screenplay) -> None:
    rows = list(csv.reader(csv_table(figures(screenplay)).split("\n")))
    assert tuple(rows[0]) == COLUMNS
    assert rows[-1] == []
    assert {len(row) for row in rows[:-1]} == {len(COLUMNS)}
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]


@SOME
@given(screenplays())
def test_nothing_of_a_draft_becomes_part_of_the_picture(screenplay: Screenplay) -> None:
    picture = chart(figures(screenplay))
    tree = minidom.parseString(picture.encode("utf-8"))  # noqa: S318 - our own file
    for node in tree.getElementsByTagName("*"):
        assert node.tagName in TAGS
        names = [name for name, _ in node.attributes.items()]
        assert not [name for name in names if "href" in name or name[:2] == "on"]
    assert "url(" not in picture


def test_who_speaks_is_full_and_who_is_named_is_empty() -> None:
    play = _play("ADA", "TOM")
    play = play.model_copy(
        update={
            "elements": (*play.elements, Heading(text="EXT. B - DAY"), Action(text="Ada waits."))
        }
    )
    picture = chart(figures(play))
    assert picture.count('class="y"') == 2
    assert picture.count('class="n"') == 1
    assert "ADA, scene 2, EXT. B - DAY: named in the action" in picture


def test_a_hostile_name_is_text() -> None:
    picture = chart(figures(_play("<SCRIPT>ALERT</SCRIPT>", heading='INT. "><svg onload=x> - DAY')))
    assert "&lt;SCRIPT&gt;" in picture
    assert "<SCRIPT" not in picture
    assert "<svg onload" not in picture.lower()


def test_a_crowd_and_a_thousand_scenes_fit() -> None:
    cues = [f"MAN {number}" for number in range(60)]
    play = Screenplay(
        elements=tuple(
            each
            for number in range(1_000)
            for each in (
                Heading(text="INT. A - DAY"),
                Dialogue(cue=cues[number % 60], parts=(Speech(text="No."),)),
            )
        )
    )
    picture = chart(figures(play))
    assert "20 who say less are left out" in picture
    assert len(picture) < 1_000_000
