"""Essays in a JSON Lines file: one object with a ``text`` on each line.

Rows are listed by where they stand, and read again when they are wanted, so that a file of any
length fits.
"""

from __future__ import annotations

import json
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.errors import InputError
from scriptgen.reader.files import open_regular, refusal, shown, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_ROW = 16_000_000
_CHUNK = 1 << 20
_SHAPE = 'a row is {"id": "name", "text": "the essay"}, in UTF-8'
_BOM = b"\xef\xbb\xbf"


class Row(NamedTuple):
    """Where a row stands: ``line`` from 1, ``offset`` and ``length`` in bytes.

    ``digest`` tells its text from another's; it is empty where the row cannot be used.
    """

    line: int
    offset: int
    length: int
    digest: bytes


def list_rows(path: str) -> Iterator[tuple[str, Row]]:
    """Each row with its name: its ``id`` or ``name``, else the hash of its text.

    Blank lines are none. A row that cannot be used is called ``line-N`` and fails when it is read.
    Raises `InputError` as `open_regular` does.
    """
    where = shown(path)
    with open_regular(path, where=where) as file:
        offset = number = 0
        while True:
            try:
                line = file.readline(_LONGEST_ROW + 1)
                length = len(line)
                while line and length > _LONGEST_ROW and not line.endswith(b"\n"):
                    line = file.readline(_CHUNK)
                    length += len(line)
            except OSError as error:
                raise refusal(error, where) from error
            if not length:
                return
            number += 1
            if length > _LONGEST_ROW:
                yield f"line-{number}", Row(number, offset, length, b"")
            elif line.strip():
                name, digest = _told(line, number)
                yield name, Row(number, offset, length, digest)
            offset += length


def read_row(path: str, row: Row, *, max_bytes: int) -> str:
    """The text of a listed row.

    Raises `InputError`: ``E_SOURCE`` where it holds no essay, ``E_DECODE``, ``E_TOO_LARGE``,
    ``E_GONE`` where it is another row than was listed, and as `open_regular` does.
    """
    where = f"{shown(path)}:{row.line}"
    if row.length > _LONGEST_ROW:
        raise too_large(row.length, _LONGEST_ROW, where)
    with open_regular(path, where=where) as file:
        try:
            file.seek(row.offset)
            line = file.read(row.length)
        except OSError as error:
            raise refusal(error, where) from error
    _, text = _parse(line, where)
    if _digest(text) != row.digest:
        raise InputError(
            "E_GONE", "the row changed since it was listed", where=where, hint="run again"
        )
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > max_bytes:
        raise too_large(size, max_bytes, where)
    return text


def _told(line: bytes, number: int) -> tuple[str, bytes]:
    try:
        name, text = _parse(line, "")
    except InputError:
        return f"line-{number}", b""
    digest = _digest(text)
    return name or sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16], digest


def _parse(line: bytes, where: str) -> tuple[str, str]:
    try:
        row = json.loads(line.removeprefix(_BOM).decode())
    except UnicodeDecodeError as error:
        message = f"not UTF-8 at byte {error.start} of the row"
        raise InputError("E_DECODE", message, where=where, hint=_SHAPE) from error
    except (ValueError, RecursionError) as error:
        raise InputError("E_SOURCE", "not a JSON object", where=where, hint=_SHAPE) from error
    if not isinstance(row, dict):
        raise InputError("E_SOURCE", "not a JSON object", where=where, hint=_SHAPE)
    text = row.get("text")
    if not isinstance(text, str):
        raise InputError("E_SOURCE", "has no text field with an essay", where=where, hint=_SHAPE)
    return next((n for key in ("id", "name") if (n := _name(row.get(key)))), ""), text


def _name(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    plain = str(value).encode("utf-8", "backslashreplace").decode()
    return shown(plain).strip()


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
