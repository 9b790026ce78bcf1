"""Scenes and their places where only the weighed signs of a sentence tell."""

from __future__ import annotations

import pytest
from reading_essays import brief_of

from scriptgen.brief import IntExt, SceneBrief
from scriptgen.catalog import language_pack
from scriptgen.essay import Essay
from scriptgen.parser import parse

BEFORE = (
    "Amara stands in the kitchen at night and peels a pear. “Sit down,” says Tobias. He sits down "
    "and takes the knife.\n\n"
)
AFTER = " He lifts the lid of a box and takes out a letter. “Read it,” he says."


def told(opening: str) -> SceneBrief:
    """An evening in a kitchen, and a second paragraph that begins with ``opening``."""
    return brief_of(BEFORE + opening + AFTER)


def second_place(brief: SceneBrief) -> tuple[str, IntExt | None] | None:
    """Where the second scene is set; ``None`` where there is no second scene."""
    places = {place.id: (place.name, place.int_ext) for place in brief.places}
    return places[brief.scenes[1].place or ""] if len(brief.scenes) > 1 else None


@pytest.mark.parametrize(
    ("opening", "place", "side"),
    [
        ("Three winters later the orchard is bare and Piet prunes it.", "orchard", IntExt.EXT),
        ("At noon, on the harbour road, a lorry has stopped.", "harbour road", IntExt.EXT),
        ("Morning, the bindery. Piet sews a spine.", "bindery", IntExt.INT),
        ("Dawn on the parade ground, and Piet folds a flag.", "parade ground", IntExt.EXT),
    ],
)
def test_a_scene_is_set_at_the_likeliest_place_of_its_opening(
    opening: str, place: str, side: IntExt
) -> None:
    assert second_place(told(opening)) == (place, side)


@pytest.mark.parametrize(
    "opening",
    [
        "He cuts the pear in four.",
        "“It is late,” says Amara.",
        "Every winter he thinks of the orchard.",
        "Where is the orchard now?",
        "She takes the knife from him and wipes it.",
    ],
)
def test_who_goes_on_where_they_were_opens_no_scene(opening: str) -> None:
    assert second_place(told(opening)) is None


def test_a_pack_without_weights_opens_scenes_by_its_patterns_alone() -> None:
    pack = language_pack("en")
    lean = type(pack)(
        code=pack.code,
        name=pack.name,
        words=pack.words,
        maps=pack.maps,
        patterns=pack.patterns,
        lexicon=pack.lexicon,
    )
    text = BEFORE + "Cut to the bindery. Piet sews a spine." + AFTER
    essay = Essay(text=text, id="x", raw_sha256="x", source="test", language="en")
    assert len(parse(essay, lean).scenes) == 2
