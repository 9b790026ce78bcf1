"""The files of a folder, each once, in an order that does not depend on the disk."""

# ruff: noqa: PTH112, PTH118
# Paths stay strings as they were given: `Path` tidies them and raises where these answer False.

from __future__ import annotations

import heapq
import os
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import NamedTuple

from scriptgen.reader.files import refusal, shown

_MAGIC = frozenset("*?[")


class Entry(NamedTuple):
    """A file: ``relative`` to the folder, with ``/``; ``real``: where links lead."""

    relative: str
    path: str
    real: str
    link: bool


@dataclass(slots=True)
class Walk:
    """What a folder holds.

    ``files``: in order, and folders whose name ends as an essay's does (they are no essays, and
    whoever named them so should hear of it); ``links``: what was not followed, for it leads out
    of the folder; ``closed``: folders that may not be read, with the reason.
    """

    files: list[Entry] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    closed: list[tuple[str, str, OSError]] = field(default_factory=list)


class _Folder(NamedTuple):
    relative: str
    path: str
    real: str


def walk(
    root: str, *, follow_symlinks: bool, suffixes: tuple[str, ...], depth: int | None = None
) -> Walk:
    """All files under ``root`` but hidden ones and those in hidden folders.

    A link is followed where it stays under ``root``, or wherever it leads with
    ``follow_symlinks``; a folder is entered once, a real one before its links, so loops end.
    ``depth``: how many folders deep, 1 for the files of ``root`` alone. Raises `InputError` where
    ``root`` itself cannot be read.
    """
    top = os.path.realpath(root)
    walker = _Walker(top, suffixes, depth)
    walker.enter(_Folder("", root, top))
    while walker.folders or walker.links:
        if walker.folders:
            walker.read(walker.folders.pop())
        else:
            walker.resolve(heapq.heappop(walker.links), follow=follow_symlinks)
    walker.found.files.sort(key=lambda entry: (entry.link, entry.relative.split("/")))
    return walker.found


class _Walker:
    def __init__(self, top: str, suffixes: tuple[str, ...], depth: int | None) -> None:
        self.found = Walk()
        self.folders: list[_Folder] = []
        self.links: list[Entry] = []
        self._top = top
        self._suffixes = suffixes
        self._depth = depth
        self._entered: set[str] = set()

    def enter(self, folder: _Folder) -> None:
        levels = folder.relative.count("/")
        if folder.real not in self._entered and (self._depth is None or levels < self._depth):
            self._entered.add(folder.real)
            self.folders.append(folder)

    def read(self, folder: _Folder) -> None:
        try:
            with os.scandir(folder.path) as listing:
                entries = [entry for entry in listing if not entry.name.startswith(".")]
        except OSError as error:
            if not folder.relative:
                raise refusal(error, shown(folder.path)) from error
            self.found.closed.append((folder.relative.rstrip("/"), folder.path, error))
            return
        for entry in sorted(entries, key=lambda entry: entry.name):
            relative = folder.relative + entry.name
            if entry.is_symlink():
                leads = os.path.realpath(entry.path)
                heapq.heappush(self.links, Entry(relative, entry.path, leads, link=True))
                continue
            real = os.path.join(folder.real, entry.name)
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder:
                self.enter(_Folder(f"{relative}/", entry.path, real))
            if not is_folder or entry.name.lower().endswith(self._suffixes):
                self.found.files.append(Entry(relative, entry.path, real, link=False))

    def resolve(self, link: Entry, *, follow: bool) -> None:
        inside = link.real == self._top or link.real.startswith(self._top.rstrip(os.sep) + os.sep)
        if not (follow or inside):
            self.found.links.append(link.relative)
        elif os.path.isdir(link.path):
            self.enter(_Folder(f"{link.relative}/", link.path, link.real))
        else:
            self.found.files.append(link)


def is_pattern(source: str) -> bool:
    """Whether ``source`` holds one of the marks of a glob."""
    return not _MAGIC.isdisjoint(source)


def split_pattern(source: str) -> tuple[str, list[str], int | None]:
    """A glob as the folder it starts in, its parts under it, and how deep it reaches."""
    parts = source.replace(os.sep, "/").split("/")
    plain = next(i for i, part in enumerate(parts) if is_pattern(part))
    root = "/".join(parts[:plain]) + "/" if plain else "."
    pattern: list[str] = []
    for part in parts[plain:]:
        if part and not (part == "**" and pattern[-1:] == ["**"]):
            pattern.append(part)
    return root, pattern, None if "**" in pattern else len(pattern)


def matches(parts: list[str], pattern: list[str]) -> bool:
    """Whether a relative path matches a glob, both in parts; ``**`` stands for any folders."""
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(matches(parts[i:], pattern[1:]) for i in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and matches(parts[1:], pattern[1:])
