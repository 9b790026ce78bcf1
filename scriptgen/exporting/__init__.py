"""Drafts for other programs and for paper: a draft file read, and written in another format.

`read_draft` reads a draft, also one edited by hand; `export` gives the bytes of a screenplay in
one of `FORMATS`; `export_file` does both and puts the file in its place; `figures` counts what is
in it; `paginated` is the
`scriptgen.layout.Layout` that pages of every format are made from.
"""

from __future__ import annotations

from scriptgen.exporting.drafts import Draft, read_draft
from scriptgen.exporting.figures import figures
from scriptgen.exporting.files import Exported, export_file
from scriptgen.exporting.formats import FORMATS, Format, export, refuse_blank
from scriptgen.exporting.options import Export, ExportOptions, continuations, paginated, printed
from scriptgen.exporting.sources import names_sources

__all__ = [
    "FORMATS",
    "Draft",
    "Export",
    "ExportOptions",
    "Exported",
    "Format",
    "continuations",
    "export",
    "export_file",
    "figures",
    "names_sources",
    "paginated",
    "printed",
    "read_draft",
    "refuse_blank",
]
