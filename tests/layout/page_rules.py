"""What a page may not do, looked up in a layout by other means than it was made by."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scriptgen.layout import cells
from scriptgen.screenplay import Note, PageBreak, Section, Synopsis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.layout import Layout, Page, Row
    from scriptgen.screenplay import Screenplay

OPENING = ("heading", "cue", "parenthetical")
SENTENCE_ENDS = ".!?…。！？"
CLOSING = "\"'”’»)]」』）》"


def breaches(screenplay: Screenplay, layout: Layout) -> list[str]:
    """Every rule that a page of the layout breaks, in words."""
    found = [said for page in layout.pages for said in _on_a_page(page, layout)]
    for before, after in pairwise(layout.pages):
        last, first = before.rows[-1], after.rows[0]
        if _forced(screenplay, last, first):
            continue
        if last.kind in OPENING:
            found.append(f"page {before.number} ends on a {last.kind}")
        if first.kind == "transition":
            found.append(f"page {after.number} begins with a transition")
        parted = {row.element for row in before.rows} & {row.element for row in after.rows}
        for element in parted:
            found += _of_a_parting(before, after, element)
        found += [
            f"page {before.number} promises more of what is over"
            for row in before.rows
            if row.kind == "more" and row.element not in parted
        ]
    return found


def _on_a_page(page: Page, layout: Layout) -> Iterator[str]:
    taken: dict[int, int] = {}
    for row in page.rows:
        if not 0 <= row.line < layout.paper.lines:
            yield f"page {page.number} has a line {row.line}"
        if row.column < taken.get(row.line, 0):
            yield f"page {page.number}, line {row.line}: two texts on one another"
        taken[row.line] = row.column + cells(row.text)
        if taken[row.line] > layout.paper.right:
            yield f"page {page.number}, line {row.line} runs into the margin"
        if not row.text.strip():
            yield f"page {page.number}, line {row.line} is an empty row"


def _forced(screenplay: Screenplay, last: Row, first: Row) -> bool:
    """Whether a page break stands between two rows."""
    if last.element is None or first.element is None:
        return True
    between = screenplay.elements[last.element + 1 : first.element]
    return any(isinstance(element, PageBreak) for element in between)


def _of_a_parting(before: Page, after: Page, element: int | None) -> Iterator[str]:
    """What is wrong with an element that goes on, on the next page."""
    where = f"page {before.number}"
    above = [row for row in before.rows if row.element == element]
    below = [row for row in after.rows if row.element == element]
    spoken = above[0].kind == "cue"
    if spoken:
        if above[-1].kind != "more":
            yield f"{where} parts a speech without (MORE)"
        if below[0].kind != "cue" or "CONT'D" not in below[0].text:
            yield f"{where} is followed by a speech without its cue"
    told_above = [row for row in above if row.kind not in (*OPENING, "more")]
    told_below = [row for row in below if row.kind not in (*OPENING, "more")]
    if len(told_above) < 2 or len(told_below) < 2:
        yield f"{where} parts off a single line"
    end = told_above[-1].text.rstrip(CLOSING)
    if not end.endswith(tuple(SENTENCE_ENDS)) and "\n" not in end:
        yield f"{where} parts a sentence: {told_above[-1].text!r}"


def words_of(screenplay: Screenplay, *, notes: bool = False) -> dict[int, str]:
    """What each element prints, without blanks, marks left as they are written."""
    found = {}
    for at, element in enumerate(screenplay.elements):
        if isinstance(element, Section | Synopsis | PageBreak):
            continue
        if isinstance(element, Note) and not notes:
            continue
        found[at] = _printed(element)
    return found


def _printed(element: object) -> str:
    from scriptgen.fountain.emphasis import plain
    from scriptgen.screenplay import Dialogue, Parenthetical

    if isinstance(element, Dialogue):
        said = [plain(element.cue)]
        if element.extension:
            said.append(f"({plain(element.extension)})")
        for part in element.parts:
            text = plain(part.text)
            said.append(f"({text})" if isinstance(part, Parenthetical) else text)
        return "".join("".join(said).split())
    text = plain(str(getattr(element, "text", "")))
    return "".join((f"[[{text}]]" if isinstance(element, Note) else text).split())


def words_in(layout: Layout) -> dict[int, str]:
    """What the pages show of each element, without blanks and what a page's end adds."""
    found: dict[int, str] = {}
    for page in layout.pages:
        fresh = set(found)
        for row in page.rows:
            if row.element is None or row.kind == "more":
                continue
            repeated = row.kind == "cue" and row.element in fresh and "CONT'D" in row.text
            if not repeated:
                found[row.element] = found.get(row.element, "") + "".join(row.text.split())
    return found
