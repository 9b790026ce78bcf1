"""Whole files or none: a temporary file beside the target, made durable, then renamed."""

from __future__ import annotations

import errno
import os
import secrets
import socket
import time
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, NoReturn

from scriptgen.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES})
_PREFIX = ".scriptgen-"
_TEMPORARY = ".tmp"
_HOST = sha256(socket.gethostname().encode("utf-8", "replace")).hexdigest()[:8]
_ABANDONED = 24 * 3600.0
"""Seconds after which a temporary file of an unknown machine is left over."""

_FLAGS = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def refuse(error: OSError, path: Path) -> NoReturn:
    """Raise the `OutputError` for what the system said: ``E_NO_SPACE`` or ``E_OUTPUT``."""
    if error.errno in _FULL:
        raise OutputError(
            "E_NO_SPACE",
            "the disk is full",
            where=str(path),
            hint="free some space and run the same command again: finished work is kept",
        ) from error
    raise OutputError(
        "E_OUTPUT",
        f"cannot be written: {error.strerror or type(error).__name__}",
        where=str(path),
        hint="name another output folder with -o DIR, or make this one writable",
    ) from error


def write_temporary(folder: Path, data: bytes) -> Path:
    """A durable temporary file with ``data`` in ``folder``, by the umask; nothing where it fails.

    Raises ``OSError``.
    """
    path = folder / f"{_PREFIX}{_HOST}-{os.getpid()}-{secrets.token_hex(8)}{_TEMPORARY}"
    descriptor = os.open(path, _FLAGS, 0o666)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        discard(path)
        raise
    return path


def discard(path: Path) -> None:
    """Remove a file of ours, if it is there."""
    with suppress(OSError):
        path.unlink()


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable, where the system can; raises ``OSError``."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def make_folders(root: Path, folder: Path) -> None:
    """Make ``folder`` and what is missing above it, durably, down from ``root``.

    Raises ``OSError``, and `OutputError` where a link under ``root`` stands in the way.
    """
    missing = [folder, *folder.parents]
    for path in reversed(missing[: missing.index(root) + 1]):
        if path != root and path.is_symlink():
            raise OutputError(
                "E_OUTPUT",
                "is a link, and nothing is written through links",
                where=str(path),
                hint="remove it, or name another output folder with -o DIR",
            )
        if not path.is_dir():
            path.mkdir(parents=path == root, exist_ok=True)
            sync_folder(path.parent)


def is_left_over(entry: os.DirEntry[str]) -> bool:
    """Whether a file is a temporary one of ours whose process has gone."""
    name = entry.name
    if not (name.startswith(_PREFIX) and name.endswith(_TEMPORARY)):
        return False
    if not entry.is_file(follow_symlinks=False):
        return False
    host, _, rest = name.removeprefix(_PREFIX).partition("-")
    process = rest.partition("-")[0]
    if host == _HOST and process.isdecimal() and not _runs(int(process)):
        return True
    try:
        written = entry.stat(follow_symlinks=False).st_mtime
    except OSError:
        return False
    return time.time() - written > _ABANDONED


def _runs(process: int) -> bool:
    if os.name == "nt":  # signal 0 is Ctrl-C there
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
