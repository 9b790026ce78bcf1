"""Font files of any kind, and from each a small TrueType font of the glyphs that are needed.

reportlab takes fonts with TrueType outlines alone, and the common ones for Chinese, Japanese and
Korean have others (CFF). fontTools reads them all; what is needed of one is drawn anew.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from scriptgen.errors import SetupError
from scriptgen.exports.pdf.fonts import Fallback

_RESTRICTED = 0x2
"""The bit of ``OS/2.fsType`` that forbids to embed a font (OpenType specification)."""

_COLLECTION = b"ttcf"
_MOST = 32
"""Fonts of one collection that are looked at."""

_OFF = 0.5
"""Units by which a curve may differ from the one it is redrawn from."""


@dataclass(frozen=True)
class FontFile:
    """One font of a file: its family ``name``, and what fontTools makes of it."""

    name: str
    font: Any = field(repr=False, compare=False)

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points of its characters; none where its table of them is damaged."""
        return frozenset(self._cmap)

    def fallback(self, characters: frozenset[str]) -> Fallback:
        """A font with these characters alone."""
        return Fallback(self.name, self._drawn(sorted(map(ord, characters))), characters)

    @cached_property
    def _cmap(self) -> dict[int, str]:
        try:
            table: dict[int, str] = self.font.getBestCmap() or {}
        except (AssertionError, KeyError, ValueError, TypeError, IndexError):
            return {}
        return table

    def _drawn(self, codes: list[int]) -> bytes:
        from fontTools.fontBuilder import FontBuilder
        from fontTools.pens.cu2quPen import Cu2QuPen
        from fontTools.pens.recordingPen import DecomposingRecordingPen
        from fontTools.pens.ttGlyphPen import TTGlyphPen

        source = self.font
        drawn = source.getGlyphSet()
        order = list(dict.fromkeys([".notdef", *(self._cmap[code] for code in codes)]))
        glyphs, advances = {}, {}
        for name in order:
            pen = TTGlyphPen(None)
            if name in drawn:
                recording = DecomposingRecordingPen(drawn)
                drawn[name].draw(recording)
                recording.replay(Cu2QuPen(pen, _OFF * 2, reverse_direction="CFF " in source))
            glyphs[name] = pen.glyph()
            advances[name] = drawn[name].width if name in drawn else 0
        units = source["head"].unitsPerEm
        builder = FontBuilder(units, isTTF=True)
        builder.setupGlyphOrder(order)
        builder.setupCharacterMap({code: self._cmap[code] for code in codes})
        builder.setupGlyf(glyphs)
        builder.setupHorizontalMetrics(
            {name: (round(advances[name]), getattr(glyphs[name], "xMin", 0)) for name in order}
        )
        ascent, descent = source["hhea"].ascent, source["hhea"].descent
        builder.setupHorizontalHeader(ascent=ascent, descent=descent)
        label = "".join(filter(str.isalnum, self.name)) or "Fallback"
        builder.setupNameTable({"familyName": self.name, "styleName": "Regular", "psName": label})
        builder.setupOS2(sTypoAscender=ascent, sTypoDescender=descent)
        builder.setupPost(keepGlyphNames=False)
        font = builder.font
        # The clock stays out of it.
        font.recalcTimestamp = False
        font["head"].created = font["head"].modified = 0
        buffer = io.BytesIO()
        font.save(buffer)
        return buffer.getvalue()


@lru_cache(maxsize=8)
def open_fonts(path: str) -> tuple[FontFile, ...]:
    """The fonts in a file that have outlines and may be embedded; none where it is no font file.

    The last few are remembered. Raises `SetupError` (``E_EXTRA``) where fontTools is not installed.
    """
    try:
        from fontTools.ttLib import TTFont, TTLibError
    except ImportError as error:
        raise SetupError(
            "E_EXTRA",
            "the draft has characters that Courier lacks; another font needs fontTools",
            hint="pip install 'scriptgen[pdf]'",
        ) from error
    found = []
    try:
        # In memory, so that no file stays open while its tables are read one by one.
        data = Path(path).read_bytes()
        numbers = range(_MOST) if data.startswith(_COLLECTION) else range(-1, 0)
        for number in numbers:
            font = TTFont(io.BytesIO(data), fontNumber=number, lazy=True)
            outlined = "glyf" in font or "CFF " in font or "CFF2" in font
            restricted = "OS/2" in font and font["OS/2"].fsType & _RESTRICTED
            if outlined and not restricted:
                found.append(FontFile(_family(font), font))
    except (TTLibError, OSError, AssertionError, KeyError, ValueError, TypeError):
        pass  # past the last of a collection, or a damaged file: what was found so far
    return tuple(found)


def _family(font: Any) -> str:
    name = font["name"].getBestFamilyName() or ""
    return str(name).encode("ascii", "ignore").decode() or "unnamed font"
