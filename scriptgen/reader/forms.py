"""The forms an essay may have on disk, told by the ending of its name."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """How the bytes of an essay are to be read; ``MARKDOWN`` may open with front matter."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"


_FORMS = {
    ".txt": Form.TEXT,
    ".md": Form.MARKDOWN,
    ".markdown": Form.MARKDOWN,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".docx": Form.DOCX,
}
SUFFIXES = tuple(_FORMS)


def form_of(name: str) -> Form:
    """The form of a file of this name; text where the ending tells nothing."""
    lowered = name.lower()
    return next((form for suffix, form in _FORMS.items() if lowered.endswith(suffix)), Form.TEXT)
