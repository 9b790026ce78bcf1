"""From Fountain text to a screenplay, by the Fountain 1.1 specification.

A line's blanks before and after are part of the syntax, so the text is parted into blocks at its
empty lines and each block is read for itself. Every step passes over the text once.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from scriptgen.collection import no_collection
from scriptgen.fountain.characters import normal
from scriptgen.fountain.emphasis import settled
from scriptgen.fountain.forms import HEADING, LONGEST_NUMBER, TRACE, is_caps
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
    from collections.abc import Iterator, Mapping

    from scriptgen.screenplay import Element, TitleField

_Worded = TypeVar("_Worded", Action, Centered, Heading, Lyrics, Note, Section, Synopsis, Transition)

_NUMBERED = re.compile(r"#([\w.-]+)#$")
_BETWEEN_EXTENSIONS = re.compile(r"\)\s*\(")
CONNECTOR = "  "
"""A line of two blanks keeps a speech or a note open where an empty line would end it."""

_MARKS = frozenset("!#.=~>")
_PAGE_BREAK = "==="

SUNG = "singing"

_UNTRACED: Mapping[str, object] = {"sources": (), "invented": False}
_TYPES = {
    kind: kind.model_fields["type"].default
    for kind in (Action, Centered, Heading, Lyrics, Note, Section, Synopsis, Transition)
}


def read_fountain(text: str) -> Screenplay:
    """The screenplay that ``text`` writes; every text is one, and nothing is raised.

    Boneyards are left out. A note inside a paragraph follows the element it stood in; a note of
    source ids (as ``write_fountain(..., trace=True)`` writes) goes into the element before it.
    Sung lines inside a speech become speech under the direction ``singing``.
    """
    text, _ = parted_from_boneyards(plain_text(text))
    return read_text(text, trace=True)


def plain_text(text: str) -> str:
    """``text`` in the form that the readers take: as `normal`, each tab four blanks."""
    return normal(text.replace("\t", "    "))


@no_collection()
def read_text(text: str, *, trace: bool) -> Screenplay:
    """As `read_fountain`, of a plain text without its boneyards.

    Without ``trace``, notes of source ids stay notes.
    """
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
            elements += [_made(Note, settled(note)) for note in notes]
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


def open_marks(text: str) -> list[str]:
    """The lines of ``text`` in which a note or a boneyard opens or ends that has no other end.

    ``text``: without its boneyards, as `parted_from_boneyards` gives it.
    """
    found = [line for line in text.split("\n") if "/*" in line or "*/" in line]
    if "[[" in text or "]]" in text:
        for block in blocks(text):
            rest, _ = _parted_from_notes(block)
            found += [line for line in rest if "[[" in line or "]]" in line]
    return found


def blocks(text: str) -> Iterator[list[str]]:
    """The runs of lines between empty lines; lines of blanks stay where they join two others."""
    block: list[str] = []
    for raw in text.split("\n"):
        line = raw.rstrip()
        if line:
            block.append(line)
        elif block and raw.startswith(CONNECTOR):
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
        before, after = text[at:start], text[end + 2 : end + 3]
        kept.append(before.rstrip(" ") if after in (" ", "\n", "") else before)
        notes.append(text[start + 2 : end].strip())
        at = end + 2
    kept.append(text[at:])
    lines = [line.rstrip() for line in "".join(kept).split("\n")]
    return [line for line in lines if line], [note for note in notes if note]


def _elements(lines: list[str], before: list[Element]) -> list[Element]:
    """The elements of one block without notes."""
    if not lines:
        return []
    if dialogue := _dialogue(lines, before):
        return [dialogue]
    first = lines[0].lstrip()
    if _is_heading(first, followed=len(lines) > 1):
        return [_heading(first), *_paragraph(lines[1:])]
    if first[0] == "." and first[1:2].isalnum():
        return [_heading(first[1:]), *_paragraph(lines[1:])]
    if len(lines) == 1 and first[0] not in _MARKS and first.isupper() and first.endswith("TO:"):
        return [_made(Transition, first)]
    return _paragraph(lines)


def _paragraph(lines: list[str]) -> list[Element]:
    """Action, and lines with a mark of their own between it."""
    found: list[Element] = []
    for kind, run in groupby(lines, _kind):
        if kind == "action":
            text = [line.lstrip()[1:] if line.lstrip()[0] == "!" else line for line in run]
            found.append(_made(Action, *text))
        elif kind == "lyrics":
            sung = [line.lstrip()[1:].strip() for line in run]
            found.append(_made(Lyrics, *sung))
        elif kind:
            found += [_marked(line.lstrip(), kind) for line in run]
    return found


def _kind(line: str) -> str:
    """What a line is by its mark; ``""`` for an empty one."""
    bare = line.lstrip()
    mark = bare[:1]
    if mark == "=":
        if bare.startswith(_PAGE_BREAK) and not bare.strip("="):
            return "page_break"
        return "action" if bare.startswith("==") else "synopsis"
    if mark == ">":
        return "centered" if bare.endswith("<") else "transition"
    return {"": "", "#": "section", "~": "lyrics"}.get(mark, "action")


def _marked(line: str, kind: str) -> Element:
    if kind == "section":
        text = line.lstrip("#")
        return _made(Section, text.strip(), level=len(line) - len(text))
    if kind == "page_break":
        return PageBreak()
    if kind == "centered":
        return _made(Centered, line[1:-1].strip())
    text = line[1:].strip()
    return _made(Synopsis, text) if kind == "synopsis" else _made(Transition, text)


def _made(kind: type[_Worded], *lines: str, **more: object) -> _Worded:
    """An element of what the page holds in ``lines``; ``more`` are the fields behind its text."""
    text = settled(lines[0]) if len(lines) == 1 else "\n".join(map(settled, lines))
    return kind.made({**_UNTRACED, "type": _TYPES[kind], "text": text, **more})


def _is_heading(line: str, *, followed: bool) -> bool:
    return HEADING.match(line) is not None and (not followed or line.isupper())


def _heading(line: str) -> Heading:
    number = _NUMBERED.search(line[-LONGEST_NUMBER - 2 :])
    if not number:
        return _made(Heading, line, number=None)
    return _made(Heading, line[: -len(number[0])].rstrip(), number=number[1])


def _dialogue(lines: list[str], before: list[Element]) -> Dialogue | None:
    """A block that opens with a cue."""
    cue = lines[0].lstrip()
    if len(lines) == 1:
        return None
    if cue[0] == "@":
        cue = cue[1:]
    elif cue[0] in _MARKS or not is_caps(cue) or HEADING.match(cue) or cue.endswith("TO:"):
        return None
    dual = cue.endswith("^")
    name, _, extension = cue.rstrip("^ ").partition("(")
    beside = before[-1] if dual and before else None
    return Dialogue.made(
        {
            **_UNTRACED,
            "type": "dialogue",
            "cue": settled(name.strip()),
            "extension": _extension(extension) if extension else None,
            "parts": _parts(lines[1:]),
            "dual": isinstance(beside, Dialogue) and not beside.dual,
        }
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
            text = settled(speech[0]) if len(speech) == 1 else "\n".join(map(settled, speech))
            parts.append(Speech.made({"type": "speech", "text": text}))
            speech.clear()

    for raw in lines:
        line = raw.strip()
        if is_parenthetical(line):
            close()
            aside = settled(line[1:-1].strip())
            parts.append(Parenthetical.made({"type": "parenthetical", "text": aside}))
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
