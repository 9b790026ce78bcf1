"""What a paginated screenplay is made of: pages of rows of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from scriptgen.layout.paper import Paper

Kind = Literal[
    "heading",
    "action",
    "cue",
    "parenthetical",
    "dialogue",
    "transition",
    "lyrics",
    "centered",
    "note",
    "more",
    "title",
]


class Run(NamedTuple):
    """Characters in one look, in the order they are read."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False


class Row(NamedTuple):
    """Words on one line of a page.

    ``line``: from 0 at the top margin, six to an inch; ``column``: the character cell where it
    begins, from 0 at the left edge of the paper, ten to an inch; ``element``: the index of the
    screenplay element it shows, ``None`` on the title page; ``number``: the scene number that
    stands in both margins, ``None`` for none. Dual dialogue has two rows on a line.
    """

    line: int
    column: int
    runs: tuple[Run, ...]
    kind: Kind
    element: int | None = None
    number: str | None = None

    @property
    def text(self) -> str:
        """The words without their looks."""
        return "".join(run.text for run in self.runs)


class Page(NamedTuple):
    """One page; ``number`` from 1, printed from 2 on."""

    number: int
    rows: tuple[Row, ...]


class ScenePlace(NamedTuple):
    """A heading: the number of the page it stands on, its words, its scene number and element."""

    page: int
    text: str
    number: str | None
    element: int


class Layout(NamedTuple):
    """A screenplay on paper.

    ``title_rows``: the title page, empty where the screenplay has none; it is not among
    ``pages`` and has no number. ``scenes``: every heading, in order.
    """

    paper: Paper
    title_rows: tuple[Row, ...]
    pages: tuple[Page, ...]
    scenes: tuple[ScenePlace, ...]

    @property
    def length(self) -> float:
        """Pages to a tenth, of the last one as much as is printed on; at least 0.1, or 0.0."""
        if not self.pages:
            return 0.0
        last = max((row.line for row in self.pages[-1].rows), default=0) + 1
        return max(0.1, round(len(self.pages) - 1 + last / self.paper.lines, 1))
