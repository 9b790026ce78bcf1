"""What drafts are called: names that every common file system takes, one for each essay."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIX = ".fountain"
LONGEST_NAME = 120
"""Bytes of UTF-8 that a file name (with its suffix) or a folder name has at most."""

_LONGEST_PATH = 480
_WIDTHS = (0, 8, 16, 32, 64)
_PLAIN = frozenset(" ._-+,()[]&'!@=")
_CLASSES = frozenset("LMNPS")
_UNSAFE_WIDE = frozenset("\u2044\u2215\u29f8\uff0f\uff3c\u2024\u2025\uff0e")
"""Look-alikes of ``/``, ``\\`` and ``.``, which some systems map to those."""
_OURS = re.compile(r"\.(v|bak)(?=\d+\Z)", re.IGNORECASE)
_FILLER = "_"
_LONGEST_RESERVED = len("LPT1") + 1
"""Reserved names with `$` in them cannot occur: it is not portable anyway."""


def draft_paths(names: Sequence[str]) -> list[str]:
    """A relative path, with ``/`` and ``.fountain``, for each of the ``names``.

    ``names`` are relative paths without suffix. A path is made of portable characters, stays
    inside the folder it is joined to, and differs from every other even where case or the
    composition of letters is not told apart. ``-`` and 8 digits of the name's SHA-256 are added
    where the name had to be changed (composing letters does not count) or would collide; the
    order of the names changes nothing. Raises ``ValueError`` where two names are equal.
    """
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise ValueError(f"two drafts cannot both be called {twice[0]!r}")
    plain = [_portable(name) for name in names]
    levels = [1 if changed else 0 for _, changed in plain]
    paths = [_path(names[i], plain[i][0], level) for i, level in enumerate(levels)]
    while clashing := _clashing(paths):
        for i in clashing:
            levels[i] += 1
            paths[i] = _path(names[i], plain[i][0], levels[i])
    return paths


def _clashing(paths: list[str]) -> list[int]:
    """The indices of paths that are one on some file system, or where one is another's folder."""
    keys = [_key(path) for path in paths]
    counts = Counter(keys)
    folders: set[str] = set()
    for key in keys:
        folder = key.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return [i for i, key in enumerate(keys) if counts[key] > 1 or key in folders]


def _key(path: str) -> str:
    folded = unicodedata.normalize("NFKC", path).casefold()
    return unicodedata.normalize("NFKC", folded).upper()


def _path(name: str, parts: list[str], level: int) -> str:
    width = _WIDTHS[level]
    mark = f"-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:width]}" if width else ""
    stem = _cut(parts[-1], LONGEST_NAME - len(mark) - len(SUFFIX))
    return "/".join([*parts[:-1], f"{stem}{mark}{SUFFIX}"])


def _portable(name: str) -> tuple[list[str], bool]:
    """The parts of ``name`` made portable, and whether that took more than composing letters."""
    composed = unicodedata.normalize("NFC", name)
    given = composed.split("/")
    kept = [part for part in given if part not in ("", ".", "..")] or [_FILLER]
    *folders, file = kept
    longest_stem = LONGEST_NAME - len(SUFFIX)
    parts = [_part(folder, LONGEST_NAME) for folder in folders]
    if sum(len(part.encode()) + 1 for part in parts) > _LONGEST_PATH - LONGEST_NAME:
        parts = []
    parts.append(_part(_OURS.sub(r"_\1", file), longest_stem))
    return parts, parts != given


def _part(part: str, longest: int) -> str:
    from pathvalidate import is_valid_filename

    safe = "".join(c if _allowed(c) else _FILLER for c in part)
    if safe[0] in ".-~ ":
        safe = _FILLER + safe[1:]
    safe = _cut(safe, longest) or _FILLER
    stem = safe.partition(".")[0].rstrip()
    if len(stem) <= _LONGEST_RESERVED and not is_valid_filename(
        stem or _FILLER, platform="universal"
    ):
        safe = f"{stem}{_FILLER}{safe[len(stem) :]}"
    return _cut(safe, longest) or _FILLER


def _allowed(c: str) -> bool:
    if c.isascii():
        return c.isalnum() or c in _PLAIN
    return c not in _UNSAFE_WIDE and unicodedata.category(c)[0] in _CLASSES


def _cut(part: str, longest: int) -> str:
    """At most ``longest`` bytes of ``part``, whole characters, no blank or dot at its end."""
    short = part.encode()[:longest].decode("utf-8", "ignore") if len(part) * 4 > longest else part
    return short.rstrip(" .")
