"""Places, times, moves and the order of the story."""

from __future__ import annotations

import pytest
from reading_essays import brief_of

from scriptgen.brief import IntExt, SceneBrief


def places(brief: SceneBrief) -> list[str | None]:
    named = {p.id: p.name for p in brief.places}
    return [named.get(s.place) if s.place else None for s in brief.scenes]


@pytest.mark.parametrize(
    "text",
    [
        "Amara stares. She cuts the rope. She returns the cup.",
        "Amara stares. It is a cup. Good night is all she hears.",
        "Amara stares. We are told nothing.",
    ],
)
def test_what_moves_nowhere_opens_no_scene(text: str) -> None:
    assert len(brief_of(text).scenes) == 1


def test_a_cut_a_morning_and_a_return_open_scenes() -> None:
    brief = brief_of(
        "Amara stands in the kitchen at night. Rain falls on the window. Cut to the harbour. "
        "Tobias ties a rope on the quay. The following morning, back in the kitchen, Amara "
        "washes a cup."
    )
    assert places(brief) == ["kitchen", "harbour", "kitchen"]
    assert [s.time for s in brief.scenes] == ["NIGHT", "NIGHT", "MORNING"]


def test_indoors_and_outdoors_are_told_by_the_place() -> None:
    brief = brief_of("Amara stands in the kitchen. Cut to the orchard. Amara picks a pear.")
    assert [(p.name, p.int_ext) for p in brief.places] == [
        ("kitchen", IntExt.INT),
        ("orchard", IntExt.EXT),
    ]


def test_a_flashback_lies_earlier_in_the_story() -> None:
    brief = brief_of(
        "Amara sits in the kitchen. She holds a letter. Ten years earlier, in the orchard, her "
        "brother climbs a tree. He falls from the branch. Back in the kitchen, Amara folds it."
    )
    assert [s.told for s in brief.scenes] == [1, 2, 3]
    assert [s.story for s in brief.scenes] == [2, 1, 3]


def test_a_name_tells_no_time() -> None:
    brief = brief_of("Amara waits in the alley. The radio plays King Sunny. She shivers.")
    assert [(place.light, place.time) for place in brief.places] == [(None, None)]


@pytest.mark.parametrize(
    "told", ["Then Night comes.", "Christmas Morning.", "Pale Moonlight falls."]
)
def test_a_time_with_a_capital_is_no_name(told: str) -> None:
    brief = brief_of(f"Amara waits in the alley. {told} She shivers.")
    assert all(place.time or place.light for place in brief.places)


def test_light_tells_the_time_and_is_marked_inferred() -> None:
    brief = brief_of("Amara waits in the alley. Moonlight lies on the bins. She shivers.")
    (alley,) = brief.places
    assert (alley.time, alley.inferred) == ("NIGHT", ("time",))
    assert alley.light is not None
    assert alley.light.text == "Moonlight"


def test_a_heading_that_names_a_place_opens_a_scene() -> None:
    brief = brief_of(
        "# The Pear Tree\n\n## The kitchen, night\n\nAmara peels a pear.\n\n"
        "## The orchard, dawn\n\nAmara climbs the tree."
    )
    assert places(brief) == ["kitchen", "orchard"]
    assert [s.time for s in brief.scenes] == ["NIGHT", "DAWN"]


def test_a_clock_tells_the_part_of_the_day() -> None:
    brief = brief_of("At ten in the morning Amara unlocks the shop. She sweeps the shop.")
    assert brief.scenes[0].time == "MORNING"


def test_every_beat_stands_in_one_scene() -> None:
    brief = brief_of("Amara waits in the alley. Cut to the roof. Amara runs. She falls.")
    assert [b for s in brief.scenes for b in s.beats] == [b.id for b in brief.beats]


def test_a_heading_may_name_a_place_by_a_proper_name() -> None:
    brief = brief_of(
        "# Salt\n\n## The Anchor, night\n\nAmara pours tea.\n\n## The Mermaid, dawn\n\nAmara runs."
    )
    assert [p.name for p in brief.places] == ["Anchor", "Mermaid"]


def test_a_sentence_of_time_is_set_where_the_next_one_is() -> None:
    brief = brief_of(
        "Amara waits in the alley. She shivers. Then it is the afternoon before. In the orchard "
        "Amara picks a pear."
    )
    assert places(brief) == ["alley", "orchard"]


def test_a_spot_stands_in_for_a_place() -> None:
    brief = brief_of(
        "Amara waits in the alley. She shivers. Then it is the evening before. Amara stands "
        "beneath a tree."
    )
    assert brief.places[-1].int_ext is IntExt.EXT


def test_a_vehicle_that_somebody_is_in_is_a_place_and_one_that_passes_is_none() -> None:
    brief = brief_of(
        "Amara Diallo sits in the last bus with a wooden box on her knees. It is night. "
        "A lorry passes. Amara opens the box and closes it again."
    )
    assert [place.name for place in brief.places] == ["last bus"]
