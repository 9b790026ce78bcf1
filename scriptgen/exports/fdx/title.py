"""The title page of an FDX file: free paragraphs, and the fields they mean.

Final Draft has no keys. What stands in the middle is the title, the credit and the author, what
stands at the left is dates and addresses; a paragraph that this would read wrongly is labelled
with its key (``Draft date: …``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.exports.fdx.document import Paragraph, Run
from scriptgen.exports.fdx.emphasis import marked, within
from scriptgen.fountain.emphasis import plain
from scriptgen.screenplay import TitleField

if TYPE_CHECKING:
    from collections.abc import Sequence

_CREDIT = re.compile(
    r"(?:(?:an? )?(?:original )?(?:written|screenplay|teleplay|script|story|created|adapted|by)\b"
    r"[\w &,/]{0,40}\bby|by|de|guion de|escrito por|un guion de|编剧|作者)[:：]?",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:based (?:up)?on|story by|from the|adapted from|inspired by)\b", re.IGNORECASE
)
_DATE = re.compile(
    r"(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{1,2} \w{3,9},? \d{4}|\w{3,9} \d{1,2},? \d{4})"
)
_LABEL = re.compile(r"([A-Z0-9][A-Za-z0-9 ]*): ")
_MOST_TRIES = 12
_MIDDLE = frozenset({"Title", "Credit", "Author", "Source"})


def title_paragraphs(fields: Sequence[TitleField]) -> tuple[Paragraph, ...]:
    """The fields as paragraphs, labelled only where `title_fields` would take them for others."""
    labels = [False] * len(fields)
    for _ in range(_MOST_TRIES):
        paragraphs = _labelled(fields, labels)
        read = title_fields(paragraphs)
        if read == tuple(fields):
            return paragraphs
        wrong = [at for at, field in enumerate(fields) if at >= len(read) or read[at] != field]
        new = next((at for at in wrong if at and not labels[at]), None)
        if new is None:
            break
        labels[new] = True
    return _labelled(fields, [field.key != "Title" for field in fields])


def _labelled(fields: Sequence[TitleField], labels: Sequence[bool]) -> tuple[Paragraph, ...]:
    return tuple(
        _paragraph(field, labelled=labelled) for field, labelled in zip(fields, labels, strict=True)
    )


def _paragraph(field: TitleField, *, labelled: bool) -> Paragraph:
    runs = within(f"{field.key}: " if labelled else "", "\n".join(field.lines))
    return Paragraph(type="", runs=runs, centered=field.key in _MIDDLE)


def title_fields(paragraphs: Sequence[Paragraph]) -> tuple[TitleField, ...]:
    """What the paragraphs of a title page mean; a key that comes again goes on with its field."""
    fields: dict[str, list[str]] = {}
    last = ""
    titled = any(_is_credit(paragraph) for paragraph in paragraphs)
    for paragraph in paragraphs:
        lines = _lines(paragraph.runs)
        if not lines:
            continue
        label = _LABEL.match(paragraph.text.lstrip()) if fields else None
        if label:
            key = label[1]
            lines = _lines(_without(paragraph.runs, paragraph.text.index(label[0]) + label.end()))
        else:
            key = _key(paragraph, lines, fields, last, titled=titled)
        fields.setdefault(key, []).extend(lines)
        last = key
    return tuple(TitleField(key=key, lines=tuple(lines)) for key, lines in fields.items() if lines)


def _is_credit(paragraph: Paragraph) -> bool:
    return paragraph.centered and _CREDIT.fullmatch(paragraph.text.strip()) is not None


def _key(
    paragraph: Paragraph, lines: list[str], fields: dict[str, list[str]], last: str, *, titled: bool
) -> str:
    text = plain(lines[0])
    if not fields:
        return "Title"
    if _is_credit(paragraph) and "Credit" not in fields:
        return "Credit"
    if _SOURCE.match(text) and ("Author" in fields or not titled):
        return "Source"
    if all(_DATE.fullmatch(plain(line)) for line in lines):
        return "Draft date"
    if not paragraph.centered:
        return "Contact"
    if titled and "Credit" not in fields:
        return "Title"
    return "Author" if last in ("Title", "Credit", "Author") else last


def _lines(runs: Sequence[Run]) -> list[str]:
    text, _ = marked(runs)
    return [line for line in map(str.strip, text.split("\n")) if line]


def _without(runs: Sequence[Run], count: int) -> list[Run]:
    """The runs without their first ``count`` characters."""
    kept = []
    for text, styles in runs:
        rest = text[count:]
        count = max(count - len(text), 0)
        if rest:
            kept.append(Run(rest, styles))
    return kept
