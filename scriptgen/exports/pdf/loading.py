"""Fonts as reportlab holds them, and what else of it is needed."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from scriptgen.errors import SetupError
from scriptgen.exports.pdf.pieces import FIRST, NO_FONT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.exports.pdf.fonts import Faces, FontSet

_CLOSE = 0.02
_LONG_CODE = re.compile("<([0-9A-F]{5,6})>")
HINT = "pip install 'scriptgen[pdf]'"


def canvas_class() -> Any:
    """The class reportlab draws with; raises `SetupError` (``E_EXTRA``)."""
    try:
        from reportlab.pdfgen.canvas import Canvas
    except ImportError as error:
        raise SetupError("E_EXTRA", "a PDF needs reportlab, an extra", hint=HINT) from error
    return Canvas


def undated_info(*, title: str, author: str) -> Any:
    """The metadata of a document without the dates that reportlab would make up."""
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFString

    class Undated(PDFInfo):  # type: ignore[misc] # reportlab has no types
        def format(self, document: object) -> object:
            told = {"Title": title, "Author": author, "Creator": "scriptgen"}
            kept = {key: PDFString(text) for key, text in told.items() if text}
            return PDFDictionary(kept).format(document)

    return Undated()


@dataclass(frozen=True, slots=True)
class Typeset:
    """Fonts ready to be drawn with.

    ``faces``: names of the first family by bold and italic; ``fallbacks``: names with the
    characters each is for; ``covered``: what the first family has; ``known``: the fonts of
    clusters that were asked for.
    """

    faces: dict[tuple[bool, bool], str]
    fallbacks: tuple[tuple[str, frozenset[str]], ...]
    covered: frozenset[str]
    known: dict[str, int]

    @property
    def regular(self) -> str:
        """The name of the plain face."""
        return self.faces[False, False]

    def font_of(self, cluster: str) -> int:
        """The index of the fallback font of a cluster, `FIRST`, or `NO_FONT`."""
        if cluster not in self.known:
            self.known[cluster] = self._font_of(cluster)
        return self.known[cluster]

    def _font_of(self, cluster: str) -> int:
        if self.covered.issuperset(cluster):
            return FIRST
        for number, (_, characters) in enumerate(self.fallbacks):
            if characters.issuperset(cluster):
                return number
        return NO_FONT

    def is_even(self, font: str, text: str) -> bool:
        """Whether each character of ``text`` is as wide as a cell in a font of the first family."""
        return abs(self.advance(font, text, 10.0) - 6.0 * len(text)) < _CLOSE * len(text)

    @staticmethod
    def subset(font: str, canvas: Any) -> str:
        """What a page calls the part of a font that holds ASCII, each character at its code."""
        from reportlab.pdfbase.pdfmetrics import getFont

        name: str = getFont(font).getSubsetInternalName(0, canvas._doc)  # noqa: SLF001
        return name

    @staticmethod
    def advance(font: str, text: str, size: float) -> float:
        """The points that ``text`` takes in a font."""
        from reportlab.pdfbase.pdfmetrics import stringWidth

        return float(stringWidth(text, font, size))


@contextmanager
def loaded(fonts: FontSet) -> Iterator[Typeset]:
    """The fonts while a document is drawn; those that are not ours are forgotten afterwards."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics

    names: list[str] = []
    # Plain bytes are a fifth shorter; the setting belongs to whoever else uses reportlab.
    as_ascii, rl_config.useA85 = rl_config.useA85, 0
    try:
        names.extend(_registered(each.name, each.data) for each in fonts.fallbacks)
        yield Typeset(
            faces=_family(fonts.faces),
            fallbacks=tuple(
                (name, fallback.characters)
                for name, fallback in zip(names, fonts.fallbacks, strict=True)
            ),
            covered=characters_of(fonts.faces),
            known={},
        )
    finally:
        rl_config.useA85 = as_ascii
        for name in names:
            # There is no public way to take a font back, and a server would gather them.
            pdfmetrics._fonts.pop(name, None)  # noqa: SLF001


@lru_cache(maxsize=2)
def characters_of(faces: Faces) -> frozenset[str]:
    """What all four faces of a family have; raises `SetupError` (``E_EXTRA``)."""
    canvas_class()
    from reportlab.pdfbase.pdfmetrics import getFont

    tables = [getFont(name).face.charToGlyph for name in _family(faces).values()]
    return frozenset(map(chr, set(tables[0]).intersection(*tables[1:])))


@lru_cache(maxsize=2)
def _family(faces: Faces) -> dict[tuple[bool, bool], str]:
    return {
        (bold, italic): _registered(name, getattr(faces, name))
        for name, bold, italic in (
            ("regular", False, False),
            ("bold", True, False),
            ("italic", False, True),
            ("bold_italic", True, True),
        )
    }


def _registered(name: str, data: bytes) -> str:
    """The name under which reportlab knows a font file from now on: its own for each content."""
    from reportlab.pdfbase.pdfmetrics import registerFont

    unique = f"{name}-{sha256(data).hexdigest()[:12]}"
    registerFont(_font_class()(unique, _Bytes(unique, data), asciiReadable=1))
    return unique


@lru_cache(maxsize=1)
def _font_class() -> Any:
    """A font whose text can be copied from the page, also above U+FFFF.

    A PDF names such a character by its two halves in UTF-16; reportlab writes its number.
    """
    from reportlab.pdfbase.ttfonts import TTFont

    class Readable(TTFont):  # type: ignore[misc] # reportlab has no types
        def addObjects(self, doc: Any) -> None:  # noqa: N802 -- its name in reportlab
            super().addObjects(doc)
            for name, found in doc.idToObject.items():
                if name.startswith("toUnicodeCMap:") and isinstance(found.content, str):
                    found.content = in_halves(found.content)

    return Readable


def in_halves(table: str) -> str:
    """A table from codes to characters, those above U+FFFF as the two halves of UTF-16."""
    return _LONG_CODE.sub(
        lambda code: f"<{chr(int(code[1], 16)).encode('utf-16-be').hex().upper()}>", table
    )


class _Bytes:
    """A font file that is in memory; by ``name`` reportlab tells its fonts apart."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._data = data

    def read(self) -> bytes:
        return self._data
