"""From a screenplay to Fountain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.fountain.emphasis import on_page
from scriptgen.fountain.forms import (
    is_plain_cue,
    is_plain_heading,
    is_plain_transition,
    is_risky_action,
    printed_extension,
)
from scriptgen.fountain.printing import printable
from scriptgen.fountain.title import title_block
from scriptgen.screenplay import Action, Dialogue, Parenthetical

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scriptgen.screenplay import (
        Centered,
        Element,
        Heading,
        Lyrics,
        Note,
        PageBreak,
        Screenplay,
        Section,
        Synopsis,
        Transition,
    )


def write_fountain(screenplay: Screenplay, *, trace: bool = False) -> str:
    """Fountain 1.1 text, UTF-8 encodable, with a title page and a final newline.

    ``read_fountain`` gives `printable` of the screenplay back. With ``trace`` a note after each
    element names its sources and says whether it is ``invented``; without, neither is written.
    """
    page = printable(screenplay)
    blocks = [title_block(page.title_page)]
    before: Element | None = None
    for element in page.elements:
        if isinstance(element, Action):
            blocks.append(_action(element, before))
        else:
            blocks.append(_WRITTEN[element.type](element))
        before = element
        if trace and (element.sources or element.invented):
            marks = (*element.sources, "invented") if element.invented else element.sources
            blocks.append(f"[[{' '.join(marks)}]]")
    return "\n\n".join(blocks) + "\n"


def _heading(element: Heading) -> str:
    text = on_page(element.text)
    line = text if is_plain_heading(element.text) else f".{text}"
    return f"{line} #{element.number}#" if element.number else line


def _action(element: Action, before: Element | None) -> str:
    lines = element.text.split("\n")
    force = "!" if is_risky_action(lines, before) else ""
    return "\n".join(force + on_page(line) for line in lines)


def _dialogue(element: Dialogue) -> str:
    lines = [
        f"({on_page(part.text)})" if isinstance(part, Parenthetical) else on_page(line)
        for part in element.parts
        for line in part.text.split("\n")
    ]
    cue = (
        element.cue if is_plain_cue(element.cue, element.extension, lines[0]) else f"@{element.cue}"
    )
    if element.extension:
        cue += f" ({printed_extension(element.extension)})"
    cue = on_page(cue)
    return "\n".join([f"{cue} ^" if element.dual else cue, *lines])


def _transition(element: Transition) -> str:
    text = on_page(element.text)
    return text if is_plain_transition(text) else f"> {text}"


def _lyrics(element: Lyrics) -> str:
    return "\n".join("~" + on_page(line) for line in element.text.split("\n"))


def _centered(element: Centered) -> str:
    return f"> {on_page(element.text)} <"


def _section(element: Section) -> str:
    return f"{'#' * element.level} {on_page(element.text)}"


def _synopsis(element: Synopsis) -> str:
    return f"= {on_page(element.text)}"


def _note(element: Note) -> str:
    return f"[[{on_page(element.text)}]]"


def _page_break(_: PageBreak) -> str:
    return "==="


_WRITTEN: Mapping[str, Callable[..., str]] = {
    "heading": _heading,
    "dialogue": _dialogue,
    "transition": _transition,
    "lyrics": _lyrics,
    "centered": _centered,
    "section": _section,
    "synopsis": _synopsis,
    "note": _note,
    "page_break": _page_break,
}
