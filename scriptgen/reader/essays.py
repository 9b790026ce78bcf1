"""An essay from a file, from bytes or from a string."""

from __future__ import annotations

import os
import re
from hashlib import sha256

from scriptgen.errors import InputError
from scriptgen.essay import Essay
from scriptgen.reader.decoding import decode, refuse_unstorable
from scriptgen.reader.extracting import Extract
from scriptgen.reader.files import MAX_BYTES, STDIN, read_regular, read_stdin, shown, too_large
from scriptgen.reader.forms import Form, form_of
from scriptgen.reader.front_matter import Parted, part
from scriptgen.reader.normalising import normalise
from scriptgen.reader.noticing import notice, notice_mojibake

UNDETERMINED = "und"
"""ISO 639-2 for a language nobody has told."""

_HEADING = re.compile(r"\s*#[ ]+(.*)")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8}){0,4}")


def read_essay(
    path: str | os.PathLike[str],
    *,
    encoding: str | None = None,
    language: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Essay:
    """The essay in a file, or on standard input (``-``): text, Markdown, HTML or DOCX by its name.

    ``encoding``: ``None`` for UTF-8 or what a byte-order mark says, a codec's name, or ``auto``
    to guess where it is not UTF-8. ``language``: an ISO 639-1 code; ``None`` takes the front
    matter's ``lang``, else ``und``. ``max_bytes``: the size cap. A link is followed, for the
    user named it. Raises `InputError`: ``E_GONE``, ``E_NOT_REGULAR``, ``E_PERMISSION``,
    ``E_TOO_LARGE``, ``E_BINARY``, ``E_DECODE``, ``E_FRONT_MATTER``, ``E_EMPTY``, ``E_USAGE``,
    ``E_SOURCE``; and `SetupError` (``E_EXTRA``) where the library for a form is not installed.
    """
    name = os.fspath(path)
    if name == "-":
        raw, source, form = read_stdin(max_bytes=max_bytes), STDIN, Form.MARKDOWN
    else:
        source, form = shown(name), form_of(name)
        raw = read_regular(name, where=source, max_bytes=max_bytes)
    return essay_from_bytes(
        raw,
        source=source,
        encoding=encoding,
        language=language,
        max_bytes=max_bytes,
        form=form,
    )


def essay_from_bytes(
    raw: bytes,
    *,
    source: str,
    encoding: str | None = None,
    language: str | None = None,
    max_bytes: int = MAX_BYTES,
    form: Form = Form.TEXT,
) -> Essay:
    """The essay in ``raw``, which has this form.

    The encoding that a page of HTML names is heeded where none is given. Other parameters and
    errors as for `read_essay`; ``source`` is what errors name.
    """
    if len(raw) > max_bytes:
        raise too_large(len(raw), max_bytes, source)
    if form is Form.DOCX:
        from scriptgen.reader.word_files import read_word_file

        extract = read_word_file(raw, where=source, max_bytes=max_bytes)
        return _essay(extract, raw=raw, source=source, language=language)
    if form is Form.HTML:
        from scriptgen.reader.web_pages import declared_encoding, read_web_page

        decoded, found = decode(raw, encoding=encoding or declared_encoding(raw), where=source)
        extract = read_web_page(decoded, where=source, max_bytes=max_bytes)
        extract = extract._replace(findings=found + extract.findings)
        return _essay(extract, raw=raw, source=source, language=language)
    decoded, found = decode(raw, encoding=encoding, where=source)
    extract = Extract(decoded, findings=found)
    opens = form is Form.MARKDOWN
    return _essay(extract, raw=raw, source=source, language=language, front_matter=opens)


def essay_from_text(text: str, *, source: str = "text", language: str | None = None) -> Essay:
    """The essay in a string, without front matter.

    Raises `InputError`: ``E_EMPTY``, ``E_BINARY`` (a NUL), ``E_DECODE`` (a lone surrogate).
    """
    refuse_unstorable(text, source)
    return _essay(Extract(text), raw=text.encode(), source=source, language=language)


def _essay(
    extract: Extract,
    *,
    raw: bytes,
    source: str,
    language: str | None,
    front_matter: bool = False,
) -> Essay:
    found = extract.findings + notice_mojibake(extract.text)
    text, changes = normalise(extract.text)
    parted = Parted(extract.meta, extract.language, text)
    if front_matter:
        parted = part(text, source)
    if not parted.body.strip():
        raise InputError(
            "E_EMPTY",
            "nothing to read is in it",
            where=source,
            hint="name a file with an essay in it",
        )
    heading = _HEADING.match(parted.body) if front_matter else None
    found += changes + notice(text, title=parted.meta.title or (heading and heading[1]))
    return Essay(
        text=parted.body,
        id=sha256(parted.body.encode()).hexdigest(),
        raw_sha256=sha256(raw).hexdigest(),
        source=source,
        language=_language(language, source) or _language_or_none(parted.language) or UNDETERMINED,
        meta=parted.meta,
        warnings=found,
    )


def _language(code: str | None, where: str) -> str | None:
    if code is None:
        return None
    known = _language_or_none(code)
    if known is None:
        raise InputError(
            "E_USAGE",
            f"{code[:20]!r} is not a language code",
            where=where,
            hint="name a language by its ISO 639-1 code, such as en, es or zh",
        )
    return known


def _language_or_none(code: str | None) -> str | None:
    match = _LANGUAGE.fullmatch(code or "")
    return match[1].lower() if match else None
