"""From a screenplay to FDX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.exports.fdx.document import DUAL_HOLDER, Document, Paragraph, Run, ScriptNote
from scriptgen.exports.fdx.emphasis import fdx_runs, within
from scriptgen.exports.fdx.holding import in_fdx
from scriptgen.exports.fdx.title import title_paragraphs
from scriptgen.exports.fdx.xml_writing import write_xml
from scriptgen.fountain.forms import printed_extension
from scriptgen.screenplay import (
    Centered,
    Dialogue,
    Heading,
    Note,
    PageBreak,
    Parenthetical,
    Section,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.screenplay import (
        Action,
        Element,
        Lyrics,
        Screenplay,
        Synopsis,
        Transition,
    )

    _Worded = Heading | Action | Dialogue | Transition | Lyrics | Centered | Section | Synopsis

CHARACTER = "Character"
SOURCE = "Source"
"""The name of a note that says where an element came from."""

_TYPES = {
    "action": "Action",
    "centered": "Action",
    "transition": "Transition",
    "lyrics": "Lyrics",
    "synopsis": "Summary",
}


def write_fdx(screenplay: Screenplay, *, trace: bool = False) -> str:
    """An FDX file (UTF-8 encodable XML); `read_fdx` gives `in_fdx` of the screenplay back.

    Notes become script notes. With ``trace`` a script note for each element names its sources and
    says whether it is ``invented``.
    """
    held = in_fdx(screenplay, trace=trace)
    script = _Script()
    for element in held.elements:
        script.add(element)
    document = Document(
        title=title_paragraphs(held.title_page),
        content=tuple(script.content),
        notes=tuple(script.placed_notes()),
    )
    return write_xml(document)


class _Script:
    """Paragraphs and the notes about them, as they are added."""

    def __init__(self) -> None:
        self.content: list[Paragraph] = []
        self._notes: list[ScriptNote] = []
        self._waiting: list[ScriptNote] = []
        self._about = (0, 0)
        self._new_page = False
        self._units = 0

    def add(self, element: Element) -> None:
        if isinstance(element, PageBreak):
            self._new_page = True
        elif isinstance(element, Note):
            self._note(fdx_runs(element.text))
        elif isinstance(element, Dialogue) and element.dual:
            self._pair(element)
            return
        else:
            self._paragraphs(_paragraphs(element))
        self._trace(element)

    def placed_notes(self) -> list[ScriptNote]:
        """The notes; those that wait for a paragraph which does not come are about the last one."""
        start, end = self._about
        return self._notes + [note._replace(start=start, end=end) for note in self._waiting]

    def _paragraphs(self, paragraphs: Sequence[Paragraph]) -> None:
        first = paragraphs[0]._replace(new_page=self._new_page)
        self._new_page = False
        start = self._units
        for paragraph in (first, *paragraphs[1:]):
            self.content.append(paragraph)
            self._units += paragraph.units + 1
        self._notes += [note._replace(start=start, end=start) for note in self._waiting]
        self._waiting = []
        self._about = (start, self._units - 1)

    def _pair(self, right: Dialogue) -> None:
        """Embed the speech before, which is the last thing added, beside ``right``."""
        start, end = self._about
        at = next(
            at for at in range(len(self.content) - 1, -1, -1) if self.content[at].type == CHARACTER
        )
        left = self.content[at:]
        del self.content[at:]
        holder = Paragraph(
            type=DUAL_HOLDER,
            new_page=left[0].new_page,
            dual=(left[0]._replace(new_page=False), *left[1:], *_paragraphs(right)),
        )
        self.content.append(holder)
        for place in range(len(self._notes) - 1, -1, -1):
            note = self._notes[place]
            if (note.start, note.end) != (start, end):
                break
            self._notes[place] = note._replace(end=start + 1)
        self._units = start + holder.units + 1
        self._about = (start + 1, start + holder.units)
        self._trace(right)

    def _note(self, runs: tuple[Run, ...], name: str = "") -> None:
        start, end = self._about
        note = ScriptNote(runs=runs, start=start, end=end, name=name)
        if self._new_page or not self.content:
            self._waiting.append(note)
        else:
            self._notes.append(note)

    def _trace(self, element: Element) -> None:
        if element.sources or element.invented:
            marks = (*element.sources, "invented") if element.invented else element.sources
            self._note((Run(" ".join(marks)),), name=SOURCE)


def _paragraphs(element: _Worded) -> list[Paragraph]:
    if isinstance(element, Dialogue):
        return _speech(element)
    runs = fdx_runs(element.text)
    if isinstance(element, Heading):
        return [Paragraph(type="Scene Heading", runs=runs, number=element.number)]
    if isinstance(element, Section):
        return [Paragraph(type=f"Outline {element.level}", runs=runs)]
    centered = isinstance(element, Centered)
    return [Paragraph(type=_TYPES[element.type], runs=runs, centered=centered)]


def _speech(element: Dialogue) -> list[Paragraph]:
    cue = element.cue
    if element.extension:
        cue += f" ({printed_extension(element.extension)})"
    found = [Paragraph(type=CHARACTER, runs=fdx_runs(cue))]
    for part in element.parts:
        if isinstance(part, Parenthetical):
            found.append(Paragraph(type="Parenthetical", runs=within("(", part.text, ")")))
        else:
            found.append(Paragraph(type="Dialogue", runs=fdx_runs(part.text)))
    return found
