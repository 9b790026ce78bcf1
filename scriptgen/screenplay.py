r"""A screenplay: a title page and a flat sequence of elements.

Text inside elements is plain (no Fountain marks) but for emphasis, which is kept as Fountain
writes it: ``*italic*``, ``**bold**``, ``_underline_``, with a backslash before a literal ``*``,
``_`` or ``\``. Every element may name the beats and lines of a brief it came from (``sources``)
and be marked ``invented``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scriptgen.values import Value


class _Element(Value):
    sources: tuple[str, ...] = ()
    invented: bool = False


class Heading(_Element):
    """A scene heading, such as ``INT. KITCHEN - NIGHT``; ``number`` without its ``#`` marks."""

    type: Literal["heading"] = "heading"
    text: str
    number: str | None = None


class Action(_Element):
    """One paragraph of action; lines within it are parted by a newline."""

    type: Literal["action"] = "action"
    text: str


class Speech(Value):
    """Words under a cue; lines within are parted by a newline."""

    type: Literal["speech"] = "speech"
    text: str


class Parenthetical(Value):
    """How the words are said, without the parentheses."""

    type: Literal["parenthetical"] = "parenthetical"
    text: str


class Dialogue(_Element):
    """A cue and what stands under it.

    ``cue``: the name; ``extension``: ``V.O.``, ``O.S.``, ``CONT'D``, without parentheses;
    ``dual``: spoken at the same time as the dialogue element right before it.
    """

    type: Literal["dialogue"] = "dialogue"
    cue: str
    extension: str | None = None
    parts: tuple[Annotated[Speech | Parenthetical, Field(discriminator="type")], ...]
    dual: bool = False

    @property
    def said(self) -> str:
        """The words, parted by spaces where a direction stood between them."""
        return " ".join(part.text for part in self.parts if isinstance(part, Speech))


class Transition(_Element):
    """Such as ``CUT TO:``."""

    type: Literal["transition"] = "transition"
    text: str


class Lyrics(_Element):
    """Sung lines that stand outside a speech."""

    type: Literal["lyrics"] = "lyrics"
    text: str


class Centered(_Element):
    """One centered line."""

    type: Literal["centered"] = "centered"
    text: str


class Section(_Element):
    """An outline heading, not printed; ``level`` from 1."""

    type: Literal["section"] = "section"
    text: str
    level: int = 1


class Synopsis(_Element):
    """One line on what a scene does, not printed."""

    type: Literal["synopsis"] = "synopsis"
    text: str


class Note(_Element):
    """A remark to the writer, not printed."""

    type: Literal["note"] = "note"
    text: str


class PageBreak(_Element):
    """A forced new page."""

    type: Literal["page_break"] = "page_break"


Element = Annotated[
    Heading
    | Action
    | Dialogue
    | Transition
    | Lyrics
    | Centered
    | Section
    | Synopsis
    | Note
    | PageBreak,
    Field(discriminator="type"),
]


class TitleField(Value):
    """One entry of the title page, such as ``Title``, with one or more lines."""

    key: str
    lines: tuple[str, ...]


class Screenplay(Value):
    """A title page, in order, and the elements, in order."""

    title_page: tuple[TitleField, ...] = ()
    elements: tuple[Element, ...] = ()
