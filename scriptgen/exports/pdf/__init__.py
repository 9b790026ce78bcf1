"""A layout as PDF, in embedded fonts."""

from __future__ import annotations

from scriptgen.exports.pdf.document import lacking, write_pdf
from scriptgen.exports.pdf.drawing import in_margin
from scriptgen.exports.pdf.fonts import Faces, Fallback, FontSet

__all__ = ["Faces", "Fallback", "FontSet", "in_margin", "lacking", "write_pdf"]
