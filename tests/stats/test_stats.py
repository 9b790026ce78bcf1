"""The figures of a screenplay."""

from __future__ import annotations

import pytest
from fountain_strategies import drafts, screenplays
from hypothesis import HealthCheck, given, settings

from scriptgen.exporting import ExportOptions, figures, paginated, printed
from scriptgen.fountain import read_fountain
from scriptgen.fountain.headings import told
from scriptgen.screenplay import Dialogue, Heading, Screenplay
from scriptgen.stats import Stats
from scriptgen.stats.words import count_words

SOME = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])

DRAFT = """\
Title: The Weighbridge

INT. KITCHEN - NIGHT #4A#

MIA (30) sits. TOM and the cat listen.

MIA (V.O.)
(low)
I never *said* that you could take the key.

MIA (CONT'D)
Never.

EXT. YARD - DAY

Rain on the sacks. Mia runs.

TOM
No.

INT. KITCHEN - CONTINUOUS

Nobody.

===

THE YARD

TOM
Done.
"""


def _stats(text: str) -> Stats:
    return figures(read_fountain(text))


def test_scenes_are_told_with_their_people_place_and_time() -> None:
    first, second, third = _stats(DRAFT).scenes
    assert (first.number, first.setting, first.place, first.time, first.light, first.page) == (
        *("4A", "INT", "KITCHEN", "NIGHT", "night"),
        1,
    )
    assert (first.speaking, first.seen) == ({"MIA": 10}, ("TOM",))
    assert (second.number, second.speaking, second.seen) == ("2", {"TOM": 1}, ("MIA",))
    assert (third.time, third.light) == ("CONTINUOUS", "day")


def test_places_gather_their_scenes() -> None:
    places = {place.name: (place.settings, place.scenes) for place in _stats(DRAFT).places}
    assert places == {"KITCHEN": (("INT",), ("4A", "3")), "YARD": (("EXT",), ("2",))}


def test_people_are_counted_by_cue_whatever_the_extension() -> None:
    mia, tom = _stats(DRAFT).characters
    assert (mia.name, mia.speeches, mia.words, mia.scenes) == ("MIA", 2, 10, ("4A", "2"))
    assert (tom.name, tom.first_page, tom.scenes) == ("TOM", 1, ("4A", "2", "3"))


def test_pages_and_minutes_are_those_of_the_layout() -> None:
    stats = _stats(DRAFT)
    assert (stats.pages, stats.minutes) == (2, 1.1)


def test_the_longest_speeches_come_first() -> None:
    longest = _stats(DRAFT).speeches[0]
    assert (longest.name, longest.words, longest.page) == ("MIA", 9, 1)
    assert longest.opening == "I never said that you could take the key."


def test_directions_are_neither_dialogue_nor_action() -> None:
    stats = _stats("INT. A - DAY\n\nOne two.\n\nMIA\n(three four)\nFive six.\n")
    assert (stats.action_words, stats.dialogue_words, stats.dialogue_share) == (2, 2, 0.5)


def test_nothing_has_no_figures_but_naught() -> None:
    stats = figures(Screenplay())
    assert (stats.pages, stats.minutes, stats.dialogue_share) == (0, 0.0, None)


@pytest.mark.parametrize(
    ("heading", "setting", "place", "time", "light"),
    [
        ("INT. KITCHEN - NIGHT", "INT", "KITCHEN", "NIGHT", "night"),
        ("EXT. HOUSE - GARDEN - NEXT MORNING", "EXT", "HOUSE - GARDEN", "NEXT MORNING", "day"),
        ("INT./EXT. CAR (MOVING) - DUSK", "INT/EXT", "CAR (MOVING)", "DUSK", "twilight"),
        ("I/E CAR – DAY", "INT/EXT", "CAR", "DAY", "day"),
        ("INT. ROOM 12 - 1984", "INT", "ROOM 12 - 1984", None, None),
        ("INT. O'HARA'S BAR", "INT", "O'HARA'S BAR", None, None),
        ("FLASHBACK - THE SEA", None, "FLASHBACK - THE SEA", None, None),
        ("INT. 咖啡馆 - 夜", "INT", "咖啡馆", "夜", "night"),
        ("INT. SALA - NOCHE", "INT", "SALA", "NOCHE", "night"),
        ("INT. HALL - LATER", "INT", "HALL", "LATER", None),
        ("EST. MILL - DAY", "EXT", "MILL", "DAY", "day"),
        ("INTERVAL", None, "INTERVAL", None, None),
        ("INT. DAY", "INT", "", "DAY", "day"),
    ],
)
def test_a_heading_says_where_and_when(
    heading: str, setting: str | None, place: str, time: str | None, light: str | None
) -> None:
    assert told(heading)[:4] == (setting, place, time, light)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("It's 3:30, isn't it?", 4), ("你好。", 2), ("a--b c_d", 4), ("王芳 says no", 4)],
)
def test_words_are_counted_in_any_script(text: str, words: int) -> None:
    assert count_words(text) == words


@SOME
@given(drafts())
def test_the_figures_of_any_draft_agree_with_it(draft: Screenplay) -> None:
    page, _ = printed(draft)
    layout = paginated(page, ExportOptions())
    stats = figures(draft)
    assert stats.pages == len(layout.pages)
    assert stats.minutes > 0
    assert stats.pages - 1 <= stats.minutes <= stats.pages
    headings = [each for each in page.elements if isinstance(each, Heading)]
    assert len(stats.scenes) == len(headings) == sum(stats.settings.values())
    spoken = [each for each in page.elements if isinstance(each, Dialogue)]
    assert sum(person.speeches for person in stats.characters) == len(spoken)
    numbers = [scene.number for scene in stats.scenes]
    assert all(number in numbers for each in stats.characters for number in each.scenes)
    assert all(1 <= scene.page <= stats.pages for scene in stats.scenes)


@SOME
@given(screenplays())
def test_any_screenplay_has_figures(screenplay: Screenplay) -> None:
    assert Stats.model_validate_json(figures(screenplay).model_dump_json()) == figures(screenplay)
