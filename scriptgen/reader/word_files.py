"""The essay in a Word file: its paragraphs in order, with headings, italics and bold.

What was deleted with changes tracked, text that is set hidden, headers, footers and notes are not
part of it.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from scriptgen.errors import InputError
from scriptgen.reader.extracting import Extract, composed, extra, heading
from scriptgen.reader.runs import Run, marked
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

UNPACKED = 10
"""How many times the size cap the parts of a file may hold once they are unpacked."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OUTSIDE = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK})
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LISTED = re.compile(r"list (?:bullet|number|paragraph)", re.IGNORECASE)
_GAPS = re.compile(r"[ \t]+")


def read_word_file(raw: bytes, *, where: str, max_bytes: int) -> Extract:
    """The text of a ``.docx`` file as Markdown.

    Raises `InputError` (``E_BINARY`` for bytes that are no such file, ``E_TOO_LARGE`` where its
    parts unpack to more than `UNPACKED` times ``max_bytes`` or its text is longer than the cap)
    and `SetupError` (``E_EXTRA``). External entities are never resolved.
    """
    _refuse_bombs(raw, where, max_bytes)
    docx = extra("docx", "docx", where)
    try:
        document = docx.Document(io.BytesIO(raw))
        reading = _Reading(document)
        blocks = list(reading.blocks(document.element.body))
    except Exception as error:  # what a damaged file raises in the library is of many kinds
        raise _damaged(where) from error
    return Extract(composed(blocks, where, max_bytes), findings=tuple(reading.findings()))


def _refuse_bombs(raw: bytes, where: str, max_bytes: int) -> None:
    """Look at the table of the archive before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _damaged(where) from error
    if unpacked > max_bytes * UNPACKED:
        raise InputError(
            "E_TOO_LARGE",
            f"unpacks to {unpacked:,} bytes, and the cap is {max_bytes * UNPACKED:,} bytes",
            where=where,
            hint="save it without pictures, or as plain text (.txt or .md, UTF-8)",
        )


def _damaged(where: str) -> InputError:
    return InputError(
        "E_BINARY",
        "not a Word file, or a damaged one",
        where=where,
        hint="open it in a word processor and save it anew as .docx, or as plain text",
    )


class _Reading:
    """One pass over a document; ``hidden`` counts the runs that are set hidden."""

    def __init__(self, document: Any) -> None:
        from docx.text.run import Run as WordRun

        self._document = document
        self._run = WordRun
        self._styles = {style.style_id: style for style in document.styles}
        self._looks: dict[tuple[str, str], bool] = {}
        self.hidden = 0

    def blocks(self, body: Any) -> Iterator[str]:
        """Each paragraph as Markdown, those in tables too."""
        for element in body.iter(f"{_W}p"):
            if _is_outside(element, body):
                continue
            words = marked(self._runs(element))
            if words:
                style = self._styles.get(element.style)
                yield _as_block(str(style.name or "") if style else "", element, words)

    def findings(self) -> Iterator[Finding]:
        """What was left out."""
        if self.hidden:
            yield Finding(
                code="W_HIDDEN_TEXT",
                severity=Severity.WARNING,
                message=f"text that is set hidden was left out: {self.hidden} runs",
                count=self.hidden,
            )

    def _runs(self, element: Any) -> Iterator[Run]:
        for each in element.iter(f"{_W}r"):
            if _is_outside(each, element) or next(each.iterancestors(f"{_W}p")) is not element:
                continue
            run = self._run(each, self._document)
            text = _GAPS.sub(" ", run.text)
            if not text:
                continue
            if run.font.hidden:
                self.hidden += 1
                continue
            yield Run(text, self._is_set(run, each, "italic"), self._is_set(run, each, "bold"))

    def _is_set(self, run: Any, element: Any, how: str) -> bool:
        """Whether a run is italic or bold, by itself or by its character style."""
        own = getattr(run.font, how)
        return self._is_styled(element.style, how) if own is None else bool(own)

    def _is_styled(self, style_id: str | None, how: str) -> bool:
        if style_id is None:
            return False
        key = style_id, how
        if key not in self._looks:
            self._looks[key] = False  # what styles in a ring would ask for without end
            style = self._styles.get(style_id)
            told = getattr(style.font, how, None) if style is not None else None
            if told is None and style is not None and style.base_style is not None:
                told = self._is_styled(style.base_style.style_id, how)
            self._looks[key] = bool(told)
        return self._looks[key]


def _is_outside(element: Any, top: Any) -> bool:
    """Whether something between ``element`` and ``top`` takes it out of the text."""
    for one in element.iterancestors():
        if one is top:
            return False
        if one.tag in _OUTSIDE:
            return True
    return False


def _as_block(style: str, element: Any, words: str) -> str:
    if style.lower() == "title":
        return heading(1, words)
    if level := _HEADING.fullmatch(style):
        return heading(int(level[1]), words)
    numbered = element.pPr is not None and element.pPr.numPr is not None
    return f"- {words}" if numbered or _LISTED.match(style) else words
