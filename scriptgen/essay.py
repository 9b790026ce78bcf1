"""An essay as it was read."""

from __future__ import annotations

from scriptgen.report import Finding
from scriptgen.values import Value


class Meta(Value):
    """What the front matter says; ``None`` where it says nothing."""

    title: str | None = None
    author: str | None = None
    date: str | None = None


class Essay(Value):
    r"""Decoded text and where it came from.

    ``text``: NFC, ``\n`` line ends, Markdown emphasis kept, front matter taken out; every offset
    anywhere is a half-open range of code points into it. ``id``: SHA-256 (hex) of ``text``.
    ``raw_sha256``: of the bytes as read. ``source``: the path or name it was read from.
    ``language``: an ISO 639-1 code, or ``und``. ``warnings``: what was noticed or changed.
    """

    text: str
    id: str
    raw_sha256: str
    source: str
    language: str = "en"
    meta: Meta = Meta()
    warnings: tuple[Finding, ...] = ()
