"""From pages to the bytes of a PDF, drawn with reportlab.

Nothing is fetched and nothing depends on the clock: the same layout and fonts give the same bytes.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from scriptgen.exports.pdf.drawing import Drawing
from scriptgen.exports.pdf.loading import canvas_class, loaded, undated_info
from scriptgen.exports.pdf.pieces import wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.exports.pdf.fonts import Faces, FontSet
    from scriptgen.layout import Layout, Row


def write_pdf(layout: Layout, fonts: FontSet, *, title: str = "", author: str = "") -> bytes:
    """The pages of a layout as a PDF, with the title page before them where there is one.

    ``title``, ``author``: metadata. Every scene has a bookmark. Raises `SetupError` (``E_EXTRA``)
    where reportlab is not installed.
    """
    size = (layout.paper.width, layout.paper.height)
    make = canvas_class()
    with loaded(fonts) as typeset:
        canvas = make(
            "", pagesize=size, invariant=1, pageCompression=1, initialFontName=typeset.regular
        )
        canvas._doc.info = undated_info(title=title, author=author)  # noqa: SLF001 -- no dates
        drawing = Drawing(canvas, layout, typeset)
        if layout.title_rows or not layout.pages:
            drawing.title_page()
        for page in layout.pages:
            drawing.page(page)
        data: bytes = canvas.getpdfdata()
    return data


def lacking(layout: Layout, faces: Faces) -> frozenset[str]:
    """What is on the pages and not in the first family: characters, with the marks on them.

    Raises as `write_pdf`.
    """
    clusters = wanted(_rows(layout))
    if not clusters:
        return frozenset()
    from scriptgen.exports.pdf.loading import characters_of

    has = characters_of(faces)
    return frozenset(cluster for cluster in clusters if not has.issuperset(cluster))


def _rows(layout: Layout) -> Iterator[Row]:
    return chain(layout.title_rows, chain.from_iterable(page.rows for page in layout.pages))
