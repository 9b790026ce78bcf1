"""What a page is filled with: a paragraph, a speech, a heading, each with its lines.

A block knows its lines on paper and where the end of a page may part it. The rules are those of a
spec script (scriptwritingsecrets.com, "Page breaks"): at the end of a sentence, two lines on each
side; a parted speech ends in (MORE) and goes on under its cue.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Self

from scriptgen.layout.cells import cells, runs_left
from scriptgen.layout.rows import Row, Run
from scriptgen.layout.sentences import sentence_ends
from scriptgen.layout.styled import runs
from scriptgen.layout.wrapping import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.layout.paper import Box
    from scriptgen.layout.rows import Kind
    from scriptgen.layout.styled import Styled

LEAST = 2
"""Lines that stay together on either side of a page's end."""

MOST = 70
"""Lines of a block that are worked out at a time. No paper holds as many, and a paragraph of a
thousand pages takes no longer than a thousand paragraphs."""

UNPARTED = frozenset({"heading", "transition", "centered"})
OPENING = frozenset({"heading", "cue", "parenthetical"})
"""What may not stand at the foot of a page."""

MIRRORED = frozenset({"action", "dialogue", "parenthetical", "lyrics", "note"})
"""What is flush with the right side of its box where it runs from right to left."""


class Part(NamedTuple):
    """Text of one kind in its box, from the character ``start`` on."""

    kind: Kind
    text: Styled
    box: Box
    start: int = 0


class Line(NamedTuple):
    """A printed line: characters ``[start, end)`` of a part; what follows begins at ``after``."""

    part: int
    start: int
    end: int
    after: int


@dataclass(frozen=True, slots=True)
class Block:
    """Parts one below the other.

    ``again``: the cue that stands above the rest of a parted speech, ``None`` for what is not
    spoken; ``more``: what stands below its first piece; ``broken``: that piece; ``number``: the
    scene's.
    """

    element: int
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    again: Part | None = None
    more: Part | None = None
    number: str | None = None
    broken: bool = False

    @classmethod
    def of(
        cls,
        element: int,
        parts: tuple[Part, ...],
        *,
        again: Part | None = None,
        more: Part | None = None,
        number: str | None = None,
    ) -> Self:
        """A block with its lines broken; of a very long one the first `MOST`."""
        return cls(element, parts, tuple(islice(_lines(parts), MOST)), again, more, number)

    @property
    def size(self) -> int:
        """Lines on paper; past `MOST` they are not counted."""
        return len(self.lines) + (1 if self.broken and self.more else 0)

    @property
    def keeps_next(self) -> bool:
        """Whether it may not stand at the foot of a page."""
        return not self.broken and self.parts[-1].kind in OPENING

    @property
    def keeps_previous(self) -> bool:
        """Whether it may not stand at the head of a page."""
        return self.parts[0].kind == "transition"

    @property
    def opens_scene(self) -> bool:
        """Whether it holds the beginning of a heading."""
        return self.parts[0].kind == "heading" and self.parts[0].start == 0

    def rows(self, top: int) -> Iterator[Row]:
        """Its rows, the first of them on the line ``top`` of a page."""
        number = self.number
        for at, line in enumerate(self.lines, top):
            part = self.parts[line.part]
            text = part.text.text[line.start : line.end]
            if not text:
                continue
            column = part.box.column + _indent(part, line, text)
            found = runs(part.text, line.start, line.end)
            yield Row(at, column, found, part.kind, self.element, number)
            number = None
        if self.broken and self.more:
            place = top + len(self.lines)
            more = self.more
            yield Row(place, more.box.column, (Run(more.text.text),), more.kind, self.element)

    def parted(self, room: int) -> tuple[Block, Block] | None:
        """The block in two by the rules, the first piece as long as ``room`` lines allow.

        ``None`` where there is no such place.
        """
        if self.parts[0].kind in UNPARTED:
            return None
        body = self._body(room)
        texts = sum(self._is_text(line) for line in body)
        for line in reversed(body):
            if not self._is_text(line):
                continue
            if texts < LEAST:
                return None
            texts -= 1
            for place in reversed(self._places(line)):
                rest = self._rest(line.part, place)
                if rest and rest.has_least():
                    return self._head(line, place), rest
        return None

    def torn(self, room: int, least: int = LEAST) -> tuple[Block, Block] | None:
        """The block in two at the end of a line, whatever the rules say of sentences.

        ``least``: lines of text on either side; with 0 a direction and a cue may be torn, too.
        ``None`` where ``room`` holds no such piece of it.
        """
        body = self._body(room)
        texts = sum(map(self._is_text, body))
        for line in reversed(body):
            if texts < max(least, 1):
                break
            if not self._is_text(line):
                continue
            texts -= 1
            rest = self._rest(line.part, line.after)
            if rest and rest.has_least(least):
                return self._head(line, line.end), rest
        if least:
            return None
        for line in reversed(body or self._opening(room)):
            if rest := self._rest(line.part, line.after):
                return self._head(line, line.end), rest
        return None

    def has_least(self, least: int = LEAST) -> bool:
        """Whether it holds as many lines of text as may stand alone."""
        return sum(map(self._is_text, self.lines)) >= least

    def _opening(self, room: int) -> list[Line]:
        """The lines of the cue that ``room`` holds; none of one that is there again."""
        if self.parts[0] is self.again:
            return []
        return list(self.lines[: max(room - 1, 0)])

    def _is_text(self, line: Line) -> bool:
        return self.parts[line.part].kind not in OPENING

    def _body(self, room: int) -> list[Line]:
        """The lines below the cue that ``room`` holds, with (MORE) below them."""
        if self.again is None:
            return list(self.lines[:room])
        return [line for line in self.lines[: max(room - 1, 0)] if line.part > 0]

    def _places(self, line: Line) -> list[int]:
        """The characters of a line's part before which a page may end, ascending."""
        text = self.parts[line.part].text.text
        places = sentence_ends(text, line.start, line.end)
        if line.after >= len(text) and line.end not in places:
            places.append(line.end)
        return [place for place in places if place > line.start]

    def _head(self, last: Line, end: int) -> Block:
        kept = self.lines[: self.lines.index(last)]
        return replace(self, lines=(*kept, last._replace(end=end)), broken=True)

    def _rest(self, index: int, place: int) -> Block | None:
        """What follows the character ``place`` of a part; ``None`` where nothing does."""
        part = self.parts[index]
        text = part.text.text
        start = place
        while start < len(text) and text[start] == " ":
            start += 1
        if start < len(text) and text[start] == "\n":
            start += 1
        following = self.parts[index + 1 :]
        if start < len(text):
            following = (part._replace(start=start), *following)
        if not following:
            return None
        cue = (self.again,) if self.again else ()
        return Block.of(self.element, (*cue, *following), again=self.again, more=self.more)


def _lines(parts: tuple[Part, ...]) -> Iterator[Line]:
    for index, part in enumerate(parts):
        for line in lines(part.text.text, part.start, part.box.width, hang=part.box.hang):
            yield Line(index, line.start, line.end, line.after)


def _indent(part: Part, line: Line, text: str) -> int:
    """The cells between the left side of the box and the first character."""
    mirrored = part.kind in MIRRORED and runs_left(part.text.text)
    if part.box.align == "left" and not mirrored:
        return part.box.hang if line.start > part.start else 0
    room = part.box.width - cells(text)
    return room // 2 if part.box.align == "center" else max(room, 0)
