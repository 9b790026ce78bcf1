"""Putting drafts where the user finds them, without ever losing what the user did to one."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from scriptgen.errors import OutputError
from scriptgen.outputs.disk import (
    discard,
    is_left_over,
    make_folders,
    refuse,
    sync_folder,
    write_temporary,
)

PRIVATE = ".scriptgen"
_CHUNK = 1 << 20
_READ = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True, slots=True)
class Published:
    """Where a draft is now.

    ``sha256``: of its bytes, to be recorded as what this tool wrote; ``kept``: something of the
    user's stood at the path asked for and was left, so ``path`` is another; ``backup``: where the
    user's version went, with ``force``; ``unchanged``: the very text was there already.
    """

    path: Path
    sha256: str
    kept: bool = False
    backup: Path | None = None
    unchanged: bool = False


def sha256_text(text: str) -> str:
    """SHA-256 (hex) of ``text`` in UTF-8: what `publish` compares files with."""
    return sha256(text.encode()).hexdigest()


def publish(
    root: Path,
    relative: str,
    text: str | bytes,
    *,
    written_sha256: str | None,
    force: bool = False,
) -> Published:
    """Write ``text`` (or bytes) to ``relative`` (with ``/``) under ``root``, whole or not at all.

    ``written_sha256``: the hash recorded when this tool last wrote there, ``None`` for never. A
    file with another hash was edited or made by the user: it is kept, and the draft goes to
    ``<stem>.v2.fountain`` (or the next free number); with ``force`` it is first saved as
    ``<stem>.bak1.fountain`` (or the next). A link, folder or pipe at the path is kept in any case.
    Raises `OutputError`: ``E_NO_SPACE``, or ``E_OUTPUT`` for any other failure and for a path that
    leads out of ``root``; then no temporary file is left and no file half written.
    """
    target = _inside(root, relative)
    try:
        data = text if isinstance(text, bytes) else text.encode()
    except UnicodeEncodeError as error:
        raise OutputError(
            "E_OUTPUT", "the draft holds half a surrogate pair", where=str(target)
        ) from error
    try:
        return _publish(root, target, data, written_sha256, force=force)
    except OSError as error:
        refuse(error, target)


def preflight(root: Path) -> None:
    """Make ``root`` and its private folder (0700) and write to both, before anything is paid for.

    Raises `OutputError`.
    """
    private = root / PRIVATE
    try:
        make_folders(root, root)
        if not private.is_dir():
            private.mkdir(mode=0o700, exist_ok=True)
            sync_folder(root)
        make_folders(root, private)
        if os.name != "nt" and stat.S_IMODE(private.stat().st_mode) != stat.S_IRWXU:
            private.chmod(stat.S_IRWXU)
        for folder in (root, private):
            discard(write_temporary(folder, b"scriptgen was here\n"))
    except OSError as error:
        refuse(error, root)


def sweep(root: Path) -> int:
    """Remove the temporary files that ended processes left under ``root``; gives their number.

    Those of running processes stay, and so do, for a day, those of other machines.
    """
    swept = 0
    folders = [str(root)]
    while folders:
        try:
            with os.scandir(folders.pop()) as listing:
                entries = list(listing)
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif is_left_over(entry):
                discard(Path(entry.path))
                swept += 1
    return swept


class _Choice(NamedTuple):
    path: Path
    unchanged: bool
    backs_up: bool


def _publish(
    root: Path, target: Path, data: bytes, written: str | None, *, force: bool
) -> Published:
    digest = sha256(data).hexdigest()
    make_folders(root, target.parent)
    choice = _choose(target, digest, written, force=force)
    if choice.unchanged:
        return Published(choice.path, digest, kept=choice.path != target, unchanged=True)
    temporary = write_temporary(target.parent, data)
    backup = None
    try:
        # Asked again: the user may have saved the draft while it was being written.
        choice = _choose(target, digest, written, force=force)
        if choice.backs_up:
            backup = _back_up(target)
        temporary.replace(choice.path)
    except BaseException as error:
        discard(temporary)
        # Only a failed replace leaves the user's draft where it was; an interrupt may come after.
        if backup and isinstance(error, OSError):
            discard(backup)
        raise
    sync_folder(target.parent)
    return Published(choice.path, digest, kept=choice.path != target, backup=backup)


def _choose(target: Path, digest: str, written: str | None, *, force: bool) -> _Choice:
    path, number = target, 1
    while True:
        there = _hash_of(path)
        if there in (_NOTHING, digest) or (there == written and written is not None):
            return _Choice(path, there == digest, backs_up=False)
        if force and there != _OTHER and path == target:
            return _Choice(path, unchanged=False, backs_up=True)
        number += 1
        path = target.with_name(f"{target.stem}.v{number}{target.suffix}")


_NOTHING = "nothing"
_OTHER = "not a file"
_CLOSED = "not to be read"


def _hash_of(path: Path) -> str:
    """The hash of the regular file at ``path``, or which of three other things is there."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return _OTHER
        descriptor = os.open(path, _READ)
    except FileNotFoundError:
        return _NOTHING
    except PermissionError:
        return _CLOSED
    total = sha256()
    with os.fdopen(descriptor, "rb") as file:
        while chunk := file.read(_CHUNK):
            total.update(chunk)
    return total.hexdigest()


def _back_up(target: Path) -> Path:
    """A second name, or where the disk knows none a copy, for ``target``; never an old one."""
    number = 1
    while True:
        backup = target.with_name(f"{target.stem}.bak{number}{target.suffix}")
        try:
            os.link(target, backup, follow_symlinks=False)
        except FileExistsError:
            number += 1
        except (OSError, NotImplementedError):
            if os.path.lexists(backup):
                number += 1
                continue
            copied = write_temporary(target.parent, target.read_bytes())
            try:
                copied.replace(backup)
            except BaseException:
                discard(copied)
                raise
            return backup
        else:
            return backup


def _inside(root: Path, relative: str) -> Path:
    parts = PurePosixPath(relative).parts
    if not parts or ".." in parts or parts[0] == "/" or "\\" in relative or "\0" in relative:
        raise OutputError(
            "E_OUTPUT", "a draft cannot go outside its folder", where=f"{root} / {relative!r}"
        )
    return root.joinpath(*parts)
