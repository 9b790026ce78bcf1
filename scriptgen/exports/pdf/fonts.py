"""The fonts of a PDF as values: bytes of font files, and which characters each is to show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Faces(NamedTuple):
    """The font files (TrueType) of the four faces of one family of one width."""

    regular: bytes
    bold: bytes
    italic: bytes
    bold_italic: bytes


@dataclass(frozen=True, slots=True)
class Fallback:
    """A font file (TrueType) for ``characters`` that the first family lacks; ``name``: for people.

    Bold and italic are drawn from its one face.
    """

    name: str
    data: bytes = field(repr=False)
    characters: frozenset[str]


class FontSet(NamedTuple):
    """The fonts of a document."""

    faces: Faces
    fallbacks: tuple[Fallback, ...] = ()
