"""Two speeches side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.layout.blocks import LEAST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.layout.blocks import Block
    from scriptgen.layout.rows import Row


@dataclass(frozen=True, slots=True)
class Pair:
    """Two blocks that are spoken at the same time; one piece unless they are longer than a page."""

    left: Block
    right: Block

    keeps_previous = False

    @property
    def size(self) -> int:
        """Lines on paper."""
        return max(self.left.size, self.right.size)

    @property
    def keeps_next(self) -> bool:
        """Whether it may not stand at the foot of a page."""
        return self.left.keeps_next or self.right.keeps_next

    def rows(self, top: int) -> Iterator[Row]:
        """The rows of both, from the line ``top`` of a page on, line by line."""
        both = [*self.left.rows(top), *self.right.rows(top)]
        return iter(sorted(both, key=lambda row: row.line))

    def parted(self, room: int) -> None:
        """``None``: side by side is kept together."""
        del room

    def torn(self, room: int, least: int = LEAST) -> tuple[Pair | Block, Pair | Block] | None:
        """Both in two, each by its own rules; where one fits whole, the other goes on alone."""
        left, left_rest = _fitted(self.left, room, least)
        right, right_rest = _fitted(self.right, room, least)
        if least and left and left.keeps_next and left.size >= (right.size if right else 0):
            left, left_rest = _fitted(self.left, left.size - 1, least)
        if least and right and right.keeps_next and right.size >= (left.size if left else 0):
            right, right_rest = _fitted(self.right, right.size - 1, least)
        if left is None or right is None:
            return None
        if left_rest and right_rest:
            return Pair(left, right), Pair(left_rest, right_rest)
        rest = left_rest or right_rest
        return (Pair(left, right), rest) if rest else None


def _fitted(block: Block, room: int, least: int) -> tuple[Block | None, Block | None]:
    """The piece of a block that ``room`` lines hold, and the rest."""
    if block.size <= room:
        return block, None
    return block.parted(room) or block.torn(room, least) or (None, None)
