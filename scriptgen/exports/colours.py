"""Colours and letters of our pages: light, and dark where a screen asks for it."""

from __future__ import annotations

LIGHT = {
    "paper": "#fbf9f4",
    "card": "#ffffff",
    "ink": "#201d19",
    "soft": "#5e574e",
    "hair": "#ddd6c9",
    "link": "#1b4f8a",
    "aim": "#ffe37a",
    "beat-bg": "#e4f0e2",
    "beat": "#1f5b33",
    "spoken-bg": "#fde3b8",
    "spoken": "#724100",
    "imagined-bg": "#efe0f8",
    "imagined": "#652b8c",
    "unheard-bg": "#dceaf8",
    "unheard": "#1a4c80",
    "reported-bg": "#f9dcdc",
    "reported": "#8a1f2c",
    "title-bg": "#efe8a8",
    "title": "#554900",
    "talk-bg": "#eceae5",
    "talk": "#5a5349",
    "who": "#1b4f8a",
    "where": "#1f5b33",
    "thing": "#8a4b00",
    "remark": "#7a3a7a",
}
"""Colours by name. ``x-bg`` is a ground on which ``ink`` and ``x`` stand."""

DARK = {
    "paper": "#181613",
    "card": "#211e1a",
    "ink": "#ece6db",
    "soft": "#b1a899",
    "hair": "#3b362f",
    "link": "#9cc6f5",
    "aim": "#6b5a00",
    "beat-bg": "#1d3424",
    "beat": "#95d6a6",
    "spoken-bg": "#46320d",
    "spoken": "#f5cb7e",
    "imagined-bg": "#382545",
    "imagined": "#dab3f3",
    "unheard-bg": "#1c3149",
    "unheard": "#a3caf6",
    "reported-bg": "#482327",
    "reported": "#f6aeb4",
    "title-bg": "#454011",
    "title": "#eee08a",
    "talk-bg": "#2b2823",
    "talk": "#b5ab9b",
    "who": "#9cc6f5",
    "where": "#95d6a6",
    "thing": "#f0b676",
    "remark": "#dfa6df",
}

SERIF = (
    'Charter,"Bitstream Charter","Iowan Old Style","Palatino Linotype",Georgia,"Noto Serif",serif'
)
SANS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif'

COURIER = (
    '"Courier New",Courier,"Nimbus Mono PS","Courier Prime Code","Liberation Mono",'
    '"Noto Sans Mono","Noto Sans Mono CJK SC",monospace'
)


def palette(light: dict[str, str], dark: dict[str, str]) -> str:
    """Two palettes as variables of CSS, the dark one where the reader's screen asks for it."""
    return (
        f":root{{color-scheme:light dark;{_variables(light)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_variables(dark)}}}}}"
    )


def _variables(palette: dict[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in palette.items())
