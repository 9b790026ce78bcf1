"""A draft from its file, by its kind."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import TYPE_CHECKING

from scriptgen.errors import InputError
from scriptgen.report import Finding
from scriptgen.screenplay import Screenplay
from scriptgen.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_BYTES = 100_000_000
"""The size cap of a draft; ten thousand pages have about 20 MB."""

STDIN = "-"


class Draft(Value):
    """A draft as it was read: ``source``, the path as given, and what there is to say about it."""

    screenplay: Screenplay
    source: str
    findings: tuple[Finding, ...] = ()


def read_draft(
    path: str | os.PathLike[str], *, encoding: str | None = None, max_bytes: int = MAX_BYTES
) -> Draft:
    """The draft in a file, ``-`` for standard input.

    What it is goes by its suffix; anything but those of `READERS` is read as Fountain. Raises
    `InputError`: ``E_GONE``, ``E_PERMISSION``, ``E_NOT_REGULAR``, ``E_TOO_LARGE``, ``E_BINARY``,
    ``E_DECODE``, and ``E_EMPTY`` for a draft without a word.
    """
    source = os.fspath(path)
    try:
        raw = _bytes(source, max_bytes)
        read = READERS.get(PurePath(source).suffix.lower(), _read_fountain)
        draft = read(raw, source, encoding)
    except InputError as error:
        raise _about_a_draft(error) from error
    if not (draft.screenplay.elements or draft.screenplay.title_page):
        raise InputError(
            "E_EMPTY", "nothing to print is in it", where=source, hint="name a draft with a scene"
        )
    return draft


def _bytes(source: str, max_bytes: int) -> bytes:
    from scriptgen.reader.files import read_regular, read_stdin, shown

    if source == STDIN:
        return read_stdin(max_bytes=max_bytes)
    return read_regular(source, where=shown(source), max_bytes=max_bytes)


def _read_fountain(raw: bytes, source: str, encoding: str | None) -> Draft:
    from scriptgen.fountain import read_page
    from scriptgen.reader.decoding import decode

    text, findings = decode(raw, encoding=encoding, where=source)
    read = read_page(text)
    return Draft(screenplay=read.screenplay, source=source, findings=(*findings, *read.findings))


def _about_a_draft(error: InputError) -> InputError:
    """The error in the words of a draft: the readers of files speak of essays."""
    return InputError(
        error.code,
        error.message.replace("essay", "draft"),
        where=error.where,
        hint=error.hint.replace("one essay to a file", "acts or episodes")
        .replace("essay", "draft")
        .replace(".txt or .md", ".fountain")
        if error.hint
        else None,
    )


def _read_fdx(raw: bytes, source: str, encoding: str | None) -> Draft:
    from scriptgen.exports.fdx import read_fdx_with_findings
    from scriptgen.reader.decoding import decode
    from scriptgen.reader.files import shown

    findings: tuple[Finding, ...] = ()
    text: str | bytes = raw
    if encoding is not None:
        text, findings = decode(raw, encoding=encoding, where=source)
    try:
        reading = read_fdx_with_findings(text)
    except InputError as error:
        raise InputError(error.code, error.message, where=shown(source), hint=error.hint) from error
    return Draft(
        screenplay=reading.screenplay, source=source, findings=(*findings, *reading.findings)
    )


READERS: Mapping[str, Callable[[bytes, str, str | None], Draft]] = {".fdx": _read_fdx}
"""Suffix to what reads such a file: its bytes, its name, and an encoding if one was named."""
