"""What an FDX file is made of, as far as a screenplay goes.

There is no public schema. The shapes are those of files that Final Draft 8 to 13 and other programs
write: paragraphs with a type, runs of text with a style, and notes that point at a range of the
script. A range counts UTF-16 units from 0: a paragraph has those of its text and one for its end,
and a block embedded in it (dual dialogue, an omitted scene) has two, whatever stands in it.
"""

from __future__ import annotations

from typing import NamedTuple

EMBEDDED = 2
"""Units of a range that an embedded block takes."""

DUAL_HOLDER = "General"
"""The type of the paragraph that two speeches side by side are embedded in."""


class Run(NamedTuple):
    """Text in one look; ``styles`` holds ``b``, ``i`` and ``u``."""

    text: str
    styles: frozenset[str] = frozenset()


class Aside(NamedTuple):
    """What a paragraph carries beside its text: a note of its own, or properties of a scene."""

    kind: str
    text: str


class Paragraph(NamedTuple):
    """One paragraph; ``number`` is a scene's, ``dual`` and ``omitted`` are embedded blocks."""

    type: str
    runs: tuple[Run, ...] = ()
    number: str | None = None
    centered: bool = False
    new_page: bool = False
    dual: tuple[Paragraph, ...] = ()
    omitted: tuple[Paragraph, ...] = ()
    asides: tuple[Aside, ...] = ()

    @property
    def text(self) -> str:
        """The words without their looks."""
        return "".join(run.text for run in self.runs)

    @property
    def units(self) -> int:
        """How far a range goes over it, its end not counted."""
        embedded = EMBEDDED * (bool(self.dual) + bool(self.omitted))
        text = self.text
        return embedded + (len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2)


class ScriptNote(NamedTuple):
    """A note about the units ``[start, end)`` of the script; ``None`` where no place is given."""

    runs: tuple[Run, ...]
    start: int | None
    end: int | None
    name: str = ""
    writer: str = ""


class Document(NamedTuple):
    """A file: its title page, its script and its notes, each in the file's order.

    ``capitals``: the types of paragraph that are shown in capitals, however they are typed.
    ``left``: parts with words of their own that are no part of the script, and how often they are.
    """

    title: tuple[Paragraph, ...]
    content: tuple[Paragraph, ...]
    notes: tuple[ScriptNote, ...]
    capitals: frozenset[str] = frozenset()
    left: tuple[tuple[str, int], ...] = ()
