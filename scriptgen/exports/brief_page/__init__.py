"""The brief of an essay as one page of HTML: the essay marked up, and the sheet of what it gave."""

from scriptgen.exports.brief_page.figures import shares_of
from scriptgen.exports.brief_page.labels import Fate
from scriptgen.exports.brief_page.page import brief_page

__all__ = ["Fate", "brief_page", "shares_of"]
