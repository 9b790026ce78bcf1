"""The page: where each word of a screenplay stands on paper.

`paginate` is the one paginator; PDF, HTML, page counts and checks are made from its `Layout`.
"""

from __future__ import annotations

from scriptgen.layout.cells import cells
from scriptgen.layout.paginating import paginate
from scriptgen.layout.paper import A4, LETTER, PAPERS, Paper
from scriptgen.layout.rows import Layout, Page, Row, Run, ScenePlace
from scriptgen.layout.speeches import ENGLISH, Continuations

__all__ = [
    "A4",
    "ENGLISH",
    "LETTER",
    "PAPERS",
    "Continuations",
    "Layout",
    "Page",
    "Paper",
    "Row",
    "Run",
    "ScenePlace",
    "cells",
    "paginate",
]
