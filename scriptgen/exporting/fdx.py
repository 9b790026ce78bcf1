"""A draft as FDX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.exporting.fountain import numbered
from scriptgen.exporting.options import Export

if TYPE_CHECKING:
    from scriptgen.exporting.options import ExportOptions
    from scriptgen.screenplay import Screenplay


def fdx_of(page: Screenplay, options: ExportOptions) -> Export:
    """The file for Final Draft, with source notes and a number for every scene if asked for."""
    from scriptgen.exports.fdx import write_fdx

    page = numbered(page) if options.numbers else page
    return Export(write_fdx(page, trace=options.trace).encode())
