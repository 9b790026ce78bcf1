"""HTML that cannot be broken by what stands in it: all that is not `Html` is escaped."""

from __future__ import annotations

import re
import unicodedata
from html import escape

_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f"
    "\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U000efffe\U000effff"
    "\U000ffffe\U000fffff\U0010fffe\U0010ffff]"
)
"""Controls, formats that nobody sees, halves of surrogate pairs, and what HTML may not hold.

Joiners (U+200C, U+200D) are not among them: scripts and emoji need them.
"""


class Html(str):
    """Text that is HTML already. Made by `element`, `joined` and `raw` alone."""

    __slots__ = ()


def raw(source: str) -> Html:
    """Our own HTML or CSS, written in this package; never text from outside."""
    return Html(source)


def shown(text: str) -> Html:
    """``text`` escaped, each hidden or forbidden character as its code in a box of its own."""
    return Html(_ODD.sub(_code, escape(text)))


def _code(found: re.Match[str]) -> str:
    character = found[0]
    name = unicodedata.name(character, "control character").lower()
    return f'<span class="code" title="{name}">U+{ord(character):04X}</span>'


def plain(text: str) -> str:
    """``text`` for an attribute or the page's title: hidden and forbidden characters as codes."""
    return _ODD.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def element(name: str, *children: str, **attributes: str | None) -> Html:
    """``<name …>children</name>``; a child that is no `Html` is shown as text.

    ``attributes``: a trailing ``_`` is dropped and others become ``-``; ``None`` leaves one out.
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{told}>{joined(*children)}</{name}>")


def joined(*parts: str) -> Html:
    """The parts one after the other; a part that is no `Html` is shown as text."""
    return Html("".join(part if isinstance(part, Html) else shown(part) for part in parts))


def separated(mark: str, parts: list[Html]) -> Html:
    """The parts with ``mark`` between them."""
    return Html(shown(mark).join(parts))
