"""Bytes from a path: regular files alone, never more than a cap, and never waiting."""

# ruff: noqa: PTH116, PTH118
# Paths stay strings as they were given: `Path` tidies them and raises where these answer False.

from __future__ import annotations

import errno
import os
import stat
import sys
from itertools import islice
from typing import BinaryIO

from scriptgen.errors import InputError

MAX_BYTES = 2_000_000
"""The size cap where none is named; an essay of 1,500 words has about 10,000 bytes."""

STDIN = "standard input"

_NOT_REGULAR = "a regular file is needed here (a link loop, folder, pipe or device is none)"
_MOST_NAMES = 1_000
"""Names of a folder that are looked through for one that may be meant."""

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


def shown(path: str) -> str:
    """``path`` on one printable line: what cannot be printed is escaped as ``repr`` does."""
    if path.isprintable():
        return path
    decoded = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in decoded)


def refusal(error: OSError, where: str, *, near: str | None = None) -> InputError:
    """The named error for what the system said about a file; ``near``: what may be meant."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        hint = f"did you mean {near}?" if near else "check the path and run again"
        return InputError("E_GONE", "there is no such file", where=where, hint=hint)
    if error.errno in (errno.EACCES, errno.EPERM):
        return InputError(
            "E_PERMISSION",
            "the file may not be read",
            where=where,
            hint=f"allow it: chmod u+r {where}",
        )
    if error.errno in (errno.ELOOP, errno.EISDIR, errno.ENXIO, errno.ENODEV, errno.EOPNOTSUPP):
        return not_regular(where)
    reason = error.strerror or type(error).__name__
    return InputError(
        "E_GONE", f"cannot be read: {reason}", where=where, hint="check the disk and run again"
    )


def not_regular(where: str) -> InputError:
    """The error for a folder, pipe, socket, device or link loop."""
    return InputError(
        "E_NOT_REGULAR", "not a regular file", where=where, hint=f"name a text file: {_NOT_REGULAR}"
    )


def too_large(size: int | None, max_bytes: int, where: str) -> InputError:
    """The error for a file past the cap; ``size`` is ``None`` where it was not learnt."""
    figure = f"{size:,} bytes" if size is not None else "more"
    return InputError(
        "E_TOO_LARGE",
        f"holds {figure}, and the cap is {max_bytes:,} bytes",
        where=where,
        hint="split it: one essay to a file",
    )


def open_regular(path: str, *, where: str, follow: bool = True) -> BinaryIO:
    """A regular file, opened for reading.

    ``follow=False`` refuses a link as the last part of the path. Raises `InputError`:
    ``E_GONE``, ``E_PERMISSION``, ``E_NOT_REGULAR``. A pipe or device is never opened, and one
    that takes a file's place in between is opened without waiting.
    """
    flags = _FLAGS if follow else _FLAGS | getattr(os, "O_NOFOLLOW", 0)
    try:
        if not stat.S_ISREG(os.stat(path, follow_symlinks=follow).st_mode):
            raise not_regular(where)
        descriptor = os.open(path, flags)
    except FileNotFoundError as error:
        raise refusal(error, where, near=_nearest(path)) from error
    except OSError as error:
        raise refusal(error, where) from error
    except ValueError as error:
        raise InputError(
            "E_GONE", "no file can have this name", where=where, hint="check the path"
        ) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise not_regular(where)
    return os.fdopen(descriptor, "rb")


def _nearest(path: str) -> str | None:
    """What in the folder of ``path`` has a name most like it, on one printable line."""
    from difflib import get_close_matches

    folder, name = os.path.split(path)
    try:
        with os.scandir(folder or ".") as listing:
            names = [entry.name for entry in islice(listing, _MOST_NAMES)]
    except (OSError, ValueError):
        return None
    near = get_close_matches(name, [each for each in names if not each.startswith(".")], n=1)
    return shown(os.path.join(folder, near[0])) if near else None


def read_regular(path: str, *, where: str, max_bytes: int, follow: bool = True) -> bytes:
    """All bytes of a regular file of at most ``max_bytes``; raises as `open_regular` does.

    The size is asked for before anything is read (``E_TOO_LARGE``), and the read is bounded as
    well, since a file may grow meanwhile.
    """
    with open_regular(path, where=where, follow=follow) as file:
        size = os.fstat(file.fileno()).st_size
        if size > max_bytes:
            raise too_large(size, max_bytes, where)
        try:
            raw = file.read(max_bytes + 1)
        except OSError as error:
            raise refusal(error, where) from error
    if len(raw) > max_bytes:
        raise too_large(None, max_bytes, where)
    return raw


def standard_input() -> BinaryIO:
    """Standard input as bytes; raises `InputError` (``E_GONE``) where it is closed."""
    if sys.stdin is None:
        raise InputError(
            "E_GONE", "is closed", where=STDIN, hint="pipe something in: scriptgen draft - < FILE"
        )
    return sys.stdin.buffer


def read_stdin(*, max_bytes: int) -> bytes:
    """All of standard input, at most ``max_bytes`` (``E_TOO_LARGE``)."""
    try:
        raw = standard_input().read(max_bytes + 1)
    except OSError as error:
        raise refusal(error, STDIN) from error
    if len(raw) > max_bytes:
        raise too_large(None, max_bytes, STDIN)
    return raw
