"""The figures of a screenplay."""

from __future__ import annotations

from scriptgen.values import Value

SCHEMA_VERSION = 1


class Scene(Value):
    """One scene.

    ``number``: as printed, else counted from 1. ``setting``: ``INT``, ``EXT``, ``INT/EXT`` or
    ``None``; ``time``: as it is written, ``None`` where the heading has none; ``light``: ``day``,
    ``night`` or ``twilight``, ``None`` where nothing says. ``page``: where it begins, from 1.
    ``eighths``: its length in eighths of a page, at least 1. ``speaking``: words that each person
    says in it; ``seen``: people with a name in capitals or a capital letter in its action who say
    nothing in it.
    """

    number: str
    heading: str
    setting: str | None
    place: str
    time: str | None
    light: str | None
    page: int
    eighths: int
    speaking: dict[str, int]
    seen: tuple[str, ...]


class Place(Value):
    """A place as headings name it: its scenes (their numbers) and their length in eighths."""

    name: str
    settings: tuple[str, ...]
    scenes: tuple[str, ...]
    eighths: int


class Character(Value):
    """Somebody who speaks; ``first_page``: of the first cue or, before it, the first mention."""

    name: str
    first_page: int
    speeches: int
    words: int
    scenes: tuple[str, ...]


class LongSpeech(Value):
    """A speech: who says it, how many words it has, on which page it begins, and its opening."""

    name: str
    words: int
    page: int
    opening: str


class Stats(Value):
    """All figures of one screenplay.

    ``pages``: as the PDF has them, its title page not counted; ``minutes``: one a page, the last
    page by what stands on it. ``characters`` by words, ``speeches`` (the longest) by words,
    ``places`` by length. ``settings`` and ``lights`` count scenes. ``dialogue_share``: of the words
    of dialogue and action together, 0 to 1, ``None`` where there are none.
    """

    schema_version: int = SCHEMA_VERSION
    title: str | None
    pages: int
    minutes: float
    scenes: tuple[Scene, ...]
    places: tuple[Place, ...]
    characters: tuple[Character, ...]
    speeches: tuple[LongSpeech, ...]
    settings: dict[str, int]
    lights: dict[str, int]
    dialogue_words: int
    action_words: int
    dialogue_share: float | None
