"""What a scene heading says: inside or outside, where, and when."""

from __future__ import annotations

import re
from typing import NamedTuple

_SETTING = re.compile(
    r"(?P<both>INT\.?\s?/\s?EXT|EXT\.?\s?/\s?INT|I\s?/\s?E)[.\s]|(?P<one>INT|EXT)[.\s]|EST[.\s]",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s+[-–—]+\s+|\s*——\s*")
_LIGHTS = {
    "night": (
        "NIGHT MIDNIGHT EVENING NOCHE MEDIANOCHE NOITE NUIT SOIR NACHT ABEND NOTTE SERA "
        "夜 夜晚 晚上 晚 深夜 傍晚 夜间"
    ),
    "day": (
        "DAY DAYLIGHT MORNING NOON MIDDAY AFTERNOON DÍA DIA MAÑANA MEDIODÍA TARDE MANHÃ JOUR MATIN "
        "MIDI TAG MORGEN MITTAG NACHMITTAG GIORNO MATTINA POMERIGGIO "
        "日 白天 早晨 上午 中午 下午 昼 朝"
    ),
    "twilight": (
        "DAWN DUSK SUNRISE SUNSET TWILIGHT DAYBREAK NIGHTFALL AMANECER ATARDECER ANOCHECER "
        "MADRUGADA ALBA AUBE CRÉPUSCULE DÄMMERUNG TRAMONTO 黎明 黄昏 清晨 拂晓"
    ),
}
_LIGHT = {word: light for light, words in _LIGHTS.items() for word in words.split()}
_SAME = frozenset(
    {"CONTINUOUS", "LATER", "SAME", "MOMENTS", "MINUTES", "CONTINUA", "CONTINUO", "DESPUÉS"}
    | {"CONTINU", "PLUS", "同时", "稍后"}
)
_WORD = re.compile(r"[^\W\d_]+")


class Told(NamedTuple):
    """What a heading tells.

    ``goes_on``: its time is told by the scene before (``CONTINUOUS``, ``LATER``).
    """

    setting: str | None
    place: str
    time: str | None
    light: str | None
    goes_on: bool


def told(heading: str) -> Told:
    """The parts of a heading without marks of emphasis.

    A last part after a dash is a time only where one of its words is known as one; else it belongs
    to the place.
    """
    found = _SETTING.match(heading)
    rest = heading[found.end() :].strip(" .") if found else heading.strip()
    setting = None
    if found:
        one = found["one"]
        setting = "INT/EXT" if found["both"] else one.upper() if one else "EXT"
    parts = [part for part in _PARTS.split(rest) if part]
    light: str | None = None
    goes_on = False
    time = None
    if len(parts) > 1 or (found and parts and _is_time(parts[-1])):
        words = [word.upper() for word in _WORD.findall(parts[-1])]
        light = next((_LIGHT[word] for word in words if word in _LIGHT), None)
        goes_on = light is None and any(word in _SAME for word in words)
        if light or goes_on:
            time = parts.pop()
    return Told(setting, " - ".join(parts).strip(" .,"), time, light, goes_on)


def _is_time(part: str) -> bool:
    return part.upper() in _LIGHT
