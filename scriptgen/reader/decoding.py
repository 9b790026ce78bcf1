"""Text from bytes: UTF-8, or what a byte-order mark or the user says, and never a silent guess."""

from __future__ import annotations

import codecs
import re
import warnings

from scriptgen.errors import InputError
from scriptgen.report import Finding, Severity

AUTO = "auto"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The four-byte marks stand before the two-byte ones that they begin with."""

_SIGNATURES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "a PNG image"),
    (re.compile(rb"\xff\xd8\xff"), "a JPEG image"),
    (re.compile(rb"GIF8[79]a"), "a GIF image"),
    (re.compile(rb"RIFF....(?:WAVE|WEBP|AVI )", re.DOTALL), "a RIFF media file"),
    (re.compile(rb"%PDF-"), "a PDF document"),
    (re.compile(rb"\{\\rtf"), "an RTF document"),
    (re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"), "a ZIP archive (such as DOCX, ODT or EPUB)"),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "an old Office document"),
    (re.compile(rb"\x1f\x8b\x08"), "a gzip archive"),
    (re.compile(rb"BZh[1-9]1AY&SY"), "a bzip2 archive"),
    (re.compile(rb"\xfd7zXZ\x00"), "an xz archive"),
    (re.compile(rb"7z\xbc\xaf\x27\x1c"), "a 7z archive"),
    (re.compile(rb"Rar!\x1a\x07"), "a RAR archive"),
    (re.compile(rb"\x28\xb5\x2f\xfd"), "a zstd archive"),
    (re.compile(rb"\x7fELF"), "a program"),
    (re.compile(rb"SQLite format 3\x00"), "an SQLite database"),
    (re.compile(rb"OggS\x00"), "an Ogg media file"),
    (re.compile(rb"ID3[\x02-\x04]"), "an MP3 file"),
    (re.compile(rb"....ftyp", re.DOTALL), "an MP4 media file"),
)

_NO_ENCODINGS = frozenset(
    {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"}
)
"""Text codecs of Python that no essay is stored in."""

_MARK_EATERS = frozenset({"utf-16", "utf-32", "utf-8-sig"})

_SAMPLE = 16_384
_CANDIDATES = 3
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(
    raw: bytes, *, encoding: str | None = None, where: str
) -> tuple[str, tuple[Finding, ...]]:
    """The text of ``raw``, its byte-order mark taken off, and what is to be said about that.

    Without ``encoding`` the bytes are UTF-8, or UTF-8/16/32 where they open with that mark; a
    named encoding is taken at its word; ``auto`` falls back on a guess, which is a finding.
    Raises `InputError`: ``E_BINARY`` with the offset, ``E_DECODE`` with the byte offset and the
    encodings that would fit, ``E_USAGE`` for an encoding that is none.
    """
    _refuse_known_binary(raw, where)
    mark, marked = next(((m, name) for m, name in _MARKS if raw.startswith(m)), (b"", None))
    if encoding and encoding.lower() != AUTO:
        return _decode_named(raw, encoding, where, mark)
    if not marked:
        _refuse_nul(raw, where)
    unit = marked or "utf-8"
    found = [_mark_finding()] if marked else []
    try:
        text = raw[len(mark) :].decode(unit)
    except UnicodeDecodeError as error:
        offset = error.start + len(mark)
        fitting = candidates(raw, offset) if not marked else []
        if not (encoding and fitting):
            raise _undecodable(unit, offset, fitting, where) from error
        unit = fitting[0]
        text = raw.decode(unit)
        found.append(
            Finding(
                code="W_ENC_GUESSED",
                severity=Severity.WARNING,
                message=f"the encoding was guessed: {unit}",
                evidence=unit,
            )
        )
    refuse_unstorable(text, where, encoding=unit, skipped=len(mark))
    return text, tuple(found)


def candidates(raw: bytes, offset: int) -> list[str]:
    """At most three encodings that all of ``raw`` decodes in, judged around ``offset``."""
    from charset_normalizer import from_bytes

    start = max(0, offset - _SAMPLE)
    fitting: list[str] = []
    for match in from_bytes(raw[start : offset + _SAMPLE]):
        try:
            raw.decode(match.encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        fitting.append(match.encoding)
        if len(fitting) == _CANDIDATES:
            break
    return fitting


def refuse_unstorable(text: str, where: str, *, encoding: str = "utf-8", skipped: int = 0) -> None:
    """Raise ``E_BINARY`` at a NUL and ``E_DECODE`` at a lone surrogate.

    The offset named is that of the byte in ``encoding``, ``skipped`` bytes further on.
    """
    nul = text.find("\0")
    if nul >= 0:
        before = len(text[:nul].encode(encoding, "replace")) - len("".encode(encoding))
        raise _nul(before + skipped, where)
    lone = _SURROGATE.search(text)
    if lone:
        raise InputError(
            "E_DECODE",
            f"half a surrogate pair at character {lone.start()}",
            where=where,
            hint="save the essay anew as UTF-8",
        )


def _decode_named(
    raw: bytes, encoding: str, where: str, mark: bytes
) -> tuple[str, tuple[Finding, ...]]:
    name = _text_codec(encoding)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            text = raw.decode(name)
        except UnicodeError as error:
            offset = getattr(error, "start", 0)
            raise _undecodable(name, offset, candidates(raw, offset), where) from error
    dropped = bool(mark) and (text.startswith("\ufeff") or name in _MARK_EATERS)
    text = text.removeprefix("\ufeff")
    refuse_unstorable(text, where, encoding=name, skipped=len(mark) if dropped else 0)
    return text, (_mark_finding(),) if dropped else ()


def _mark_finding() -> Finding:
    return Finding(code="W_BOM", severity=Severity.INFO, message="the byte-order mark was dropped")


def _refuse_known_binary(raw: bytes, where: str) -> None:
    for signature, kind in _SIGNATURES:
        if signature.match(raw):
            nul = raw.find(b"\0")
            at = f", first NUL at byte {nul}" if nul >= 0 else ""
            raise InputError(
                "E_BINARY",
                f"{kind}, not text (signature at byte 0{at})",
                where=where,
                hint="save the essay as plain text (.txt or .md, UTF-8)",
            )


def _refuse_nul(raw: bytes, where: str) -> None:
    nul = raw.find(b"\0")
    if nul < 0:
        return
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    wide = max(even, odd) * 4 > len(raw) and min(even, odd) * 10 < max(even, odd)
    name = "utf-16-le" if odd > even else "utf-16-be"
    raise _nul(nul, where, f"if it is UTF-16 text, name it: --encoding {name}" if wide else None)


def _nul(offset: int, where: str, hint: str | None = None) -> InputError:
    return InputError(
        "E_BINARY",
        f"NUL at byte {offset}: not a text file",
        where=where,
        hint=hint or "save the essay as plain text (.txt or .md, UTF-8)",
    )


def _text_codec(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except (LookupError, ValueError):
        name = ""
    if not name or name.replace("_", "-") in _NO_ENCODINGS:
        raise InputError(
            "E_USAGE",
            f"no encoding is called {encoding[:40]!r}",
            hint="name one such as utf-8, gb18030, big5, cp1252 or shift_jis: --encoding NAME",
        )
    return name


def _undecodable(name: str, offset: int, fitting: list[str], where: str) -> InputError:
    maybe = f"; it could be {' or '.join(fitting)}" if fitting else ""
    return InputError(
        "E_DECODE",
        f"not {name} at byte {offset}{maybe}",
        where=where,
        hint=(
            f"name the encoding: --encoding {fitting[0] if fitting else 'NAME'}, "
            "or save the essay as UTF-8"
        ),
    )
