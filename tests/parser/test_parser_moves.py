"""How a paragraph goes to another place or time, and what does not."""

from __future__ import annotations

import pytest
from reading_essays import brief_of

from scriptgen.brief import IntExt, SceneBrief

BEFORE = (
    "Amara stands in the kitchen at night and peels a pear. “Sit down,” says Tobias. He sits down "
    "and takes the knife.\n\n"
)
AFTER = " Tobias lifts the lid of a box and takes out a letter. “Read it,” he says."


def told(opening: str) -> SceneBrief:
    """An evening in a kitchen, and a second paragraph that begins with ``opening``."""
    return brief_of(BEFORE + opening + AFTER)


def second_place(brief: SceneBrief) -> str | None:
    """Where the second scene is set; ``None`` where there is no second scene."""
    names = {place.id: place.name for place in brief.places}
    return names[brief.scenes[1].place or ""] if len(brief.scenes) > 1 else None


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("On the ferry, Amara finds a seat by the rail.", "ferry"),
        ("The hospital is a maze of green doors.", "hospital"),
        ("A hospital corridor. Amara walks down it.", "hospital corridor"),
        ("Next, the precinct.", "precinct"),
        ("Then comes the funeral parlour, and a row of hats.", "funeral parlour"),
        ("We next see Amara in a pharmacy, counting coins.", "pharmacy"),
        ("Which brings us to the lighthouse.", "lighthouse"),
        ("Two streets away, in a locked garage, Tobias strikes a match.", "locked garage"),
        ("Across the river, in the county jail, Tobias strikes a match.", "county jail"),
        ("Amara drives to the cemetery and stands at a grave.", "cemetery"),
        ("Tobias, meanwhile, has reached the pier.", "pier"),
        ("Downstairs, the shop bell rings.", "Downstairs"),
        ("The action moves to Trieste, to a bar with one lamp.", "bar"),
        ("From the kitchen we go straight to the courtroom.", "courtroom"),
        ("There’s a car park, floodlit, with one car in it.", "car park"),
        ("A lake. A boy with a rod.", "lake"),
        ("Amara’s flat, dawn. The kettle is boiling.", "Amara’s flat"),
        ("Courtroom 9 is packed, and Tobias takes the oath.", "Courtroom 9"),
        ("The Hall of Quiet Waters, and Tobias alone in it.", "Hall of Quiet Waters"),
        ("Tobias’s trial opens in a courtroom with no windows.", "courtroom"),
        ("We leave her there and find Tobias in the bakery.", "bakery"),
        ("The film offers one last picture: the orchard, bare.", "orchard"),
        ("Behind the mill, Tobias washes his hands.", "Behind the mill"),
        ("Cut to the woodbarn, where a dog sleeps.", "woodbarn"),
        ("Reception, nine in the evening, and a bell nobody answers.", "Reception"),
        ("The sluice at dusk, frost, a heron.", "sluice"),
        ("Out at the weir, Tobias ties a boat.", "weir"),
        ("Down at the end of the orchard stands a priest.", "orchard"),
        ("Meanwhile, in the van, Tobias counts.", "van"),
        ("Inside. The chapel smells of wax.", "chapel"),
        ("Past the coats, then, to the cellar, where Tobias waits.", "cellar"),
        ("The last shot is the orchard at dawn.", "orchard"),
        ("And there’s a coda: the bakery at first light, a tray of buns.", "bakery"),
        ("Then the stable doorway. Tobias on the sill.", "stable doorway"),
        ("So now both of them are in that cellar.", "cellar"),
        ("Then the cart once more, with a lamp on it.", "cart"),
    ],
)
def test_a_paragraph_may_open_with_another_place(opening: str, place: str) -> None:
    assert second_place(told(opening)) == place


@pytest.mark.parametrize(
    "opening",
    [
        "Three weeks on, Amara has a new coat.",
        "Come morning, the bed is empty.",
        "On Friday the lorries leave.",
        "When morning comes, the bed is empty.",
        "Dawn, then, and a knocking.",
        "After luncheon it rains.",
        "Winter. Tobias burns the cuttings.",
        "At 5:58 the kettle boils.",
        "And then, with a clunk, it’s the fall of 1987.",
        "The next time we see Tobias he is in uniform.",
    ],
)
def test_a_paragraph_may_open_with_another_time(opening: str) -> None:
    assert len(told(opening).scenes) == 2


@pytest.mark.parametrize(
    "opening",
    [
        "Amara thinks of the kitchen in which she grew up.",
        "“In the church,” says Amara.",
        "She looks at the door of the garage.",
        "Amara laughs like a woman in a theatre.",
        "On the table lies a letter.",
        "At this point Amara stops.",
        "In the corner a fan turns.",
        "It is a house of secrets, this drama.",
        "The night nurse knocks.",
        "Every night she dreams of the sea.",
        "We are in the hands of a master here.",
        "What is in that hospital?",
        "The cook parks the van with one hand.",
    ],
)
def test_a_place_that_is_only_mentioned_opens_no_scene(opening: str) -> None:
    assert len(told(opening).scenes) == 1


@pytest.mark.parametrize(
    ("opening", "past"),
    [
        ("Flashback: a beach, a boy, a red kite.", True),
        ("Then we are taken back eleven years, to the orchard.", True),
        ("Ten years later, the orchard is bare.", False),
    ],
)
def test_going_back_in_time_is_told_from_going_on(opening: str, *, past: bool) -> None:
    scenes = told(opening).scenes
    assert [scene.story for scene in scenes] == ([2, 1] if past else [1, 2])


def test_no_time_of_day_is_carried_over_years() -> None:
    assert [s.time for s in told("Ten years later, Amara is in the attic.").scenes] == [
        "NIGHT",
        None,
    ]


def test_a_time_of_day_is_carried_over_minutes_and_marked_inferred() -> None:
    brief = told("Ten minutes later, Amara is in the attic.")
    assert (brief.places[-1].time, "time" in brief.places[-1].inferred) == ("NIGHT", True)


@pytest.mark.parametrize(
    ("opening", "time"),
    [
        ("At two in the morning, Amara is in the attic.", "NIGHT"),
        ("At nine in the morning, Amara is in the attic.", "MORNING"),
        ("At 15:40 Amara is in the attic.", "AFTERNOON"),
        ("By 11 p.m. Amara is in the attic.", "NIGHT"),
        ("In the yard the sun comes up.", "DAWN"),
        ("In the yard the sun is going down.", "DUSK"),
    ],
)
def test_clocks_and_the_sun_tell_the_time(opening: str, time: str) -> None:
    assert told(opening).scenes[1].time == time


@pytest.mark.parametrize(
    ("opening", "where"),
    [
        ("In the barn, with rain coming through, Tobias waits.", IntExt.INT),
        ("Outside the barn, Tobias waits.", IntExt.EXT),
        ("Upstairs, Tobias waits.", IntExt.INT),
        ("On the jetty, Tobias waits.", IntExt.EXT),
        ("In the drawing-room, Tobias waits.", IntExt.INT),
    ],
)
def test_in_and_outside_of_a_building(opening: str, where: IntExt) -> None:
    assert told(opening).places[-1].int_ext is where
