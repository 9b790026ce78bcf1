"""A draft as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.exporting.options import Export, paginated

if TYPE_CHECKING:
    from scriptgen.exporting.options import ExportOptions
    from scriptgen.screenplay import Screenplay


def html_of(page: Screenplay, options: ExportOptions) -> Export:
    """One self-contained page with the pages that the PDF has."""
    from scriptgen.exports.html import write_html

    return Export(write_html(page, paginated(page, options)).encode())
