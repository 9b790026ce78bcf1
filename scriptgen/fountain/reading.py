"""From Fountain text to a screenplay, by the Fountain 1.1 specification.

A line's blanks before and after are part of the syntax, so the text is parted into blocks at its
empty lines and each block is read for itself. Every step passes over the text once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.fountain.characters import normal
from scriptgen.fountain.emphasis import settled
from scriptgen.fountain.forms import HEADING, TRACE, is_caps
from scriptgen.fountain.title import read_title_page
from scriptgen.screenplay import (
    Action,
    Centered,
    Dialogue,
    Heading,
    Lyrics,
    Note,
    PageBreak,
    Parenthetical,
    Screenplay,
    Section,
    Speech,
    Synopsis,
    Transition,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.screenplay import Element, TitleField

_NUMBERED = re.compile(r"#([\w.-]+)#$")
_SECTION = re.compile(r"(#+)\s*(.*)")
_BETWEEN_EXTENSIONS = re.compile(r"\)\s*\(")
_CONNECTOR = "  "
"""A line of two blanks keeps a speech or a note open where an empty line would end it."""

SUNG = "singing"


def read_fountain(text: str) -> Screenplay:
    """The screenplay that ``text`` writes; every text is one, and nothing is raised.

    Boneyards are left out. A note inside a paragraph follows the element it stood in; a note of
    source ids (as ``write_fountain(..., trace=True)`` writes) goes into the element before it.
    Sung lines inside a speech become speech under the direction ``singing``.
    """
    return read_text(text, trace=True)


def read_text(text: str, *, trace: bool) -> Screenplay:
    """As `read_fountain`; without ``trace``, notes of source ids stay notes."""
    text, _ = parted_from_boneyards(normal(text.replace("\t", "    ")))
    found = blocks(text)
    title_page: tuple[TitleField, ...] = ()
    elements: list[Element] = []
    for number, block in enumerate(found):
        body = block
        if number == 0:
            title_page, taken = read_title_page(block)
            body = block[taken:]
        lines, notes = _parted_from_notes(body)
        elements += _elements(lines, elements)
        traced = trace and not lines and len(notes) == 1 and TRACE.fullmatch(notes[0])
        if traced and elements and not (elements[-1].sources or elements[-1].invented):
            marks = notes[0].split()
            invented = marks[-1] == "invented"
            sources = tuple(marks[:-1] if invented else marks)
            elements[-1] = elements[-1].model_copy(
                update={"sources": sources, "invented": invented}
            )
        else:
            elements += [Note(text=settled(note)) for note in notes]
    return Screenplay(title_page=title_page, elements=tuple(elements))


def parted_from_boneyards(text: str) -> tuple[str, list[str]]:
    """``text`` without its boneyards, and what stood in them.

    A boneyard without an end is no boneyard: it would swallow the rest of the script.
    """
    kept: list[str] = []
    boneyards: list[str] = []
    at = 0
    while (start := text.find("/*", at)) >= 0:
        end = text.find("*/", start + 2)
        if end < 0:
            break
        kept.append(text[at:start])
        boneyards.append(text[start + 2 : end])
        at = end + 2
    kept.append(text[at:])
    return "".join(kept), boneyards


def blocks(text: str) -> Iterator[list[str]]:
    """The runs of lines between empty lines; lines of blanks stay where they join two others."""
    block: list[str] = []
    for raw in text.split("\n"):
        line = raw.rstrip()
        if line:
            block.append(line)
        elif block and raw.startswith(_CONNECTOR):
            block.append("")
        elif block:
            yield _stripped(block)
            block = []
    if block:
        yield _stripped(block)


def _stripped(block: list[str]) -> list[str]:
    while not block[-1]:
        block.pop()
    return block


def _parted_from_notes(block: list[str]) -> tuple[list[str], list[str]]:
    """The lines of a block without its notes, and the notes; an open note stays text."""
    text = "\n".join(block)
    if "[[" not in text:
        return block, []
    kept: list[str] = []
    notes: list[str] = []
    at = 0
    while (start := text.find("[[", at)) >= 0:
        end = text.find("]]", start + 2)
        if end < 0:
            break
        end += len(text[end:end + 3]) == 3 and text[end + 2] == "]"
        before, after = text[at:start], text[end + 2 : end + 3]
        kept.append(before.rstrip(" ") if after in (" ", "\n", "") else before)
        notes.append(text[start + 2 : end].strip())
        at = end + 2
    kept.append(text[at:])
    lines = [line.rstrip() for line in "".join(kept).split("\n")]
    return [line for line in lines if line], [note for note in notes if note]


def _elements(lines: list[str], before: list[Element]) -> list[Element]:
    """The elements of one block without notes."""
    found: list[Element] = []
    action: list[str] = []

    def close() -> None:
        if action:
            found.append(Action(text="\n".join(map(settled, action))))
            action.clear()

    at = 0
    while at < len(lines):
        line = lines[at]
        bare = line.lstrip()
        rest = lines[at + 1 :] if at == 0 else []
        if at == 0 and (dialogue := _dialogue(lines, found or before)):
            return [dialogue]
        marked = _marked(bare, alone=at == 0)
        if bare.startswith("!"):
            action.append(bare[1:])
        elif bare.startswith("~"):
            close()
            sung = [bare[1:].strip()]
            while at + 1 < len(lines) and lines[at + 1].lstrip().startswith("~"):
                at += 1
                sung.append(lines[at].lstrip()[1:].strip())
            found.append(Lyrics(text="\n".join(map(settled, sung))))
        elif marked:
            close()
            found.append(marked)
        elif at == 0 and _is_heading(bare, followed=bool(rest)):
            found.append(_heading(bare))
        elif len(lines) == 1 and bare.isupper() and bare.endswith("TO:"):
            found.append(Transition(text=settled(bare)))
        elif line:
            action.append(line)
        else:
            close()
        at += 1
    close()
    return found


def _is_heading(line: str, *, followed: bool) -> bool:
    return HEADING.match(line) is not None and (not followed or line.isupper())


def _heading(line: str) -> Heading:
    number = _NUMBERED.search(line[-40:])
    if not number:
        return Heading(text=settled(line))
    return Heading(text=settled(line[: -len(number[0])].rstrip()), number=number[1])


def _marked(line: str, *, alone: bool) -> Element | None:
    """The element of a line with a mark of its own; ``alone`` when a blank is before it."""
    mark = line[:1]
    if mark == "#":
        section = _SECTION.match(line)
        assert section is not None
        return Section(text=settled(section[2]), level=len(section[1]))
    if mark == "=":
        if len(line) > 2 and not line.strip("="):
            return PageBreak()
        return None if line.startswith("==") else Synopsis(text=settled(line[1:].strip()))
    if mark == ">":
        if line.endswith("<"):
            return Centered(text=settled(line[1:-1].strip()))
        return Transition(text=settled(line[1:].strip()))
    if mark == "." and alone and line[1:2].isalnum():
        return _heading(line[1:])
    return None


def _dialogue(lines: list[str], before: list[Element]) -> Dialogue | None:
    """A block that opens with a cue."""
    cue = lines[0].lstrip()
    if cue[0] == "@":
        if len(lines) == 1:
            return None
        cue = cue[1:]
    elif len(lines) == 1 or cue[0] in "!#.=~>" or not is_caps(cue):
        return None
    elif HEADING.match(cue) or cue.endswith("TO:"):
        return None
    dual = cue.endswith("^")
    name, _, extension = cue.rstrip("^ ").partition("(")
    return Dialogue(
        cue=settled(name.strip()),
        extension=_extension(extension),
        parts=_parts(lines[1:]),
        dual=dual and bool(before) and isinstance(before[-1], Dialogue) and not before[-1].dual,
    )


def _extension(text: str) -> str | None:
    text = text.rstrip().removesuffix(")")
    return settled(_BETWEEN_EXTENSIONS.sub(", ", text).strip()) or None


def _parts(lines: list[str]) -> tuple[Speech | Parenthetical, ...]:
    parts: list[Speech | Parenthetical] = []
    speech: list[str] = []
    singing = False

    def close() -> None:
        if speech:
            parts.append(Speech(text="\n".join(map(settled, speech))))
            speech.clear()

    for raw in lines:
        line = raw.strip()
        if is_parenthetical(line):
            close()
            parts.append(Parenthetical(text=settled(line[1:-1].strip())))
            singing = False
        elif line.startswith("~"):
            if not singing:
                close()
                parts.append(Parenthetical(text=SUNG))
            singing = True
            speech.append(line[1:].strip())
        else:
            speech.append(line)
    close()
    return tuple(parts)


def is_parenthetical(line: str) -> bool:
    """Whether a line is one pair of parentheses and what is in it."""
    if not (line.startswith("(") and line.endswith(")")):
        return False
    depth = 0
    for place in _PARENTHESIS.finditer(line):
        depth += 1 if place[0] == "(" else -1
        if depth == 0:
            return place.end() == len(line)
    return False


_PARENTHESIS = re.compile(r"[()]")
