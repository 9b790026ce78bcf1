"""A speech as a block: its cue, its directions, its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scriptgen.layout.blocks import Block, Part
from scriptgen.layout.cells import cells, widths
from scriptgen.layout.styled import Styled, styled

if TYPE_CHECKING:
    from scriptgen.layout.paper import Measures
    from scriptgen.screenplay import Dialogue


class Continuations(NamedTuple):
    """What stands at a page's end that parts a speech, and behind the name above its rest."""

    more: str = "(MORE)"
    continued: str = "(CONT'D)"


ENGLISH = Continuations()


def speech(at: int, element: Dialogue, measures: Measures, words: Continuations) -> Block:
    """The block of the dialogue element with the index ``at``."""
    cue = styled(element.cue)
    if element.extension:
        cue = Styled(f"{cue.text} ({styled(element.extension).text})", cue.spans)
    parts = [Part("cue", cue, measures.cue)]
    for part in element.parts:
        if part.type == "parenthetical":
            parts.append(Part("parenthetical", _enclosed(part.text), measures.parenthetical))
        else:
            parts.append(Part("dialogue", styled(part.text), measures.dialogue))
    return Block.of(
        at,
        tuple(parts),
        again=Part("cue", Styled(_again(cue.text, measures.cue.width, words)), measures.cue),
        more=Part("more", Styled(words.more), measures.cue),
    )


def _enclosed(text: str) -> Styled:
    inner = styled(text)
    spans = tuple(span._replace(start=span.start + 1, end=span.end + 1) for span in inner.spans)
    return Styled(f"({inner.text})", spans)


def _again(cue: str, width: int, words: Continuations) -> str:
    """The cue on the next page, on one line: a very long name is shortened there."""
    cue = " ".join(cue.split())
    whole = cue if words.continued.strip("()") in cue else f"{cue} {words.continued}"
    if cells(whole) <= width:
        return whole
    kept, used = 0, cells(f"… {words.continued}")
    for cell in widths(cue):
        used += cell
        if used > width:
            break
        kept += 1
    return f"{cue[:kept].rstrip()}… {words.continued}"
