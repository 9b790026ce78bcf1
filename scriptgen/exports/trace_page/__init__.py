"""Essay and page side by side as one page of HTML, each line leading to its source and back."""

from scriptgen.exports.trace_page.page import trace_page
from scriptgen.exports.trace_page.sources import Source, Told, sources_of, told_pieces

__all__ = ["Source", "Told", "sources_of", "told_pieces", "trace_page"]
