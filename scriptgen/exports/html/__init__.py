"""A screenplay as one page of HTML: the same pages as on paper, its outline beside them."""

from scriptgen.exports.html.document import write_html

__all__ = ["write_html"]
