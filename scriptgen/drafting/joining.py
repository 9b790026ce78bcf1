"""The pages of the parts of a long essay, joined to one, and what goes from one to the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.checks.subject import shown
from scriptgen.fountain import write_fountain
from scriptgen.screenplay import Heading, Note, PageBreak, Screenplay, Section, Synopsis
from scriptgen.wording import within, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.brief import SceneBrief
    from scriptgen.screenplay import Element

LONGEST_SUMMARY = 1_500
"""Characters of a running summary that are handed on; three to six sentences have some 600."""

LONGEST_TAIL = 800
"""Characters of the page so far that the next part is shown at most."""

MOST_REPEATED = 8
"""Elements at a seam that are looked at for what was written twice."""

UNSEEN = (Note, PageBreak, Section, Synopsis)

_SUMMARY = re.compile(r"/\*\s*SO FAR\b[\s.:\u2014\u2013-]*(.*?)\*/", re.DOTALL | re.IGNORECASE)


def summary_in(reply: str) -> str | None:
    """The running summary that a reply opens with, in one paragraph; ``None`` without one."""
    found = _SUMMARY.search(reply)
    told = " ".join(found[1].split()) if found else ""
    if len(told) <= LONGEST_SUMMARY:
        return told or None
    return told[:LONGEST_SUMMARY].rpartition(" ")[0] + "\u2026"


def joined(pages: Sequence[Screenplay]) -> tuple[Screenplay, tuple[int, ...]]:
    """The pages as one, and the index at which the elements of each begin.

    What the first elements of a page repeat of the last ones before it is dropped, and so is a
    heading that is already in force.
    """
    elements: list[Element] = []
    starts = []
    for page in pages:
        new = page.elements[_repeated(elements, page.elements) :]
        if new and isinstance(new[0], Heading) and _same(new[0], heading_in_force(elements)):
            new = new[1:]
        starts.append(len(elements))
        elements += new
    title_page = pages[0].title_page if pages else ()
    return Screenplay(title_page=title_page, elements=tuple(elements)), tuple(starts)


def heading_in_force(elements: Sequence[Element]) -> Heading | None:
    """The last heading among elements."""
    return next((each for each in reversed(elements) if isinstance(each, Heading)), None)


def part_page(page: Screenplay, start: int, end: int) -> tuple[Screenplay, int]:
    """The elements ``[start, end)`` as a page that opens with a heading, and where it begins.

    Where the scene goes on from before, the heading in force comes first: the elements then begin
    at 1, otherwise at 0.
    """
    elements = page.elements[start:end]
    before = heading_in_force(page.elements[:start])
    if before is None or (elements and isinstance(elements[0], Heading)):
        return Screenplay(elements=elements), 0
    return Screenplay(elements=(before, *elements)), 1


def tail(page: Screenplay) -> str | None:
    """How a page ends, as Fountain: its last elements that print, ``None`` where it has none."""
    kept: list[Element] = []
    for element in reversed(page.elements):
        if isinstance(element, UNSEEN):
            continue
        text = _written([element, *kept])
        if kept and len(text) > LONGEST_TAIL:
            break
        kept.insert(0, element)
    text = _written(kept).strip()
    return text[-LONGEST_TAIL:] or None


def introduced(page: Screenplay, brief: SceneBrief) -> tuple[str, ...]:
    """The cues of those in the cast whom a page names, in the order of the cast."""
    told = words("\n".join(map(shown, page.elements)))
    return tuple(person.cue for person in brief.characters if within(words(person.cue), told))


def _written(elements: Sequence[Element]) -> str:
    # A title page is written first, and an empty line behind it.
    return write_fountain(Screenplay(elements=tuple(elements))).partition("\n\n")[2]


def _repeated(before: Sequence[Element], after: Sequence[Element]) -> int:
    """How many elements ``after`` repeat the last ones ``before``; a heading alone does not."""
    for count in range(min(MOST_REPEATED, len(before), len(after)), 0, -1):
        again = zip(before[-count:], after[:count], strict=True)
        only_heading = count == 1 and isinstance(after[0], Heading)
        if not only_heading and all(_same(one, other) for one, other in again):
            return count
    return 0


def _same(one: Element, other: Element | None) -> bool:
    return other is not None and one.type == other.type and words(shown(one)) == words(shown(other))
