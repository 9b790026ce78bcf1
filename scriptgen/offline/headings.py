"""Scene headings from places and times."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.brief import IntExt

if TYPE_CHECKING:
    from scriptgen.brief import Place, Scene
    from scriptgen.language import LanguagePack

PREFIX = {IntExt.INT: "INT.", IntExt.EXT: "EXT.", IntExt.BOTH: "INT./EXT."}
UNKNOWN_SIDE = "INT./EXT."
"""Where the essay does not say whether it is indoors: both, as a page has no third word."""
UNNAMED_PLACE = "UNNAMED PLACE"
FLASHBACK = "FLASHBACK"


def heading_text(
    scene: Scene | None,
    place: Place | None,
    pack: LanguagePack,
    *,
    time: str | None,
    back: bool,
    house: str | None = None,
) -> str:
    """Such as ``INT. KITCHEN - NIGHT``; a time that is not known is left out.

    ``house``: the place of the scene before, which ``upstairs`` is a part of.
    ``back``: the scene lies before the one told before it; the essay's own words for that
    (``FIFTY WINTERS EARLIER``) stand in brackets, or ``FLASHBACK``.
    """
    side = PREFIX[place.int_ext] if place and place.int_ext else UNKNOWN_SIDE
    text = f"{side} {_place_name(place, pack, house)}"
    if time:
        text += f" - {time}"
    if back:
        text += f" ({_words(scene, pack, 'draft_earlier') or FLASHBACK})"
    return text


def later(scene: Scene | None, pack: LanguagePack) -> str | None:
    """The essay's words for time that has passed (``TEN MINUTES LATER``), if it has any."""
    return _words(scene, pack, "draft_later")


def _place_name(place: Place | None, pack: LanguagePack, house: str | None) -> str:
    if place is None:
        return UNNAMED_PLACE
    name = _plain(place)
    if is_within(place, pack):
        return f"{_without_article(house, pack)}, {name}".upper() if house else name.upper()
    if not _is_somewhere(name, pack):
        return UNNAMED_PLACE
    return _without_article(name, pack).upper() or UNNAMED_PLACE


def tells_where(place: Place, pack: LanguagePack) -> bool:
    """Whether a place can be found by its name: not ``little red``."""
    return is_within(place, pack) or _is_somewhere(_plain(place), pack)


def _plain(place: Place) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[*_#\[\]]", "", place.name)).strip(" .,;:—–-")


def is_within(place: Place, pack: LanguagePack) -> bool:
    """Whether a place is told only as a part of another: ``upstairs``."""
    return pack.begins("draft_within", place.name.strip())


def _without_article(name: str, pack: LanguagePack) -> str:
    for pattern in pack.patterns.get("draft_article", ()):
        name = pattern.sub("", name, count=1)
    return name


def _is_somewhere(name: str, pack: LanguagePack) -> bool:
    """Whether more than adjectives stands in it, which tell no place: ``little red``."""
    lexicon = pack.lexicon
    if lexicon is None or any(word[:1].isupper() for word in name.split()):
        return True
    return not all(
        lexicon.adjective(word) and (lexicon.adverb(word) or not lexicon.nouns(word) & PLACES)
        for word in re.findall(r"[\w’']+", name)
    )


PLACES = frozenset(
    {"artefact", "building", "location", "nature", "place_in", "place_out", "shape", "thing"}
)


def _words(scene: Scene | None, pack: LanguagePack, kind: str) -> str | None:
    if scene and scene.opening:
        for pattern in pack.patterns.get(kind, ()):
            match = pattern.search(scene.opening.text)
            if match:
                return match.group().strip().upper()
    return None
