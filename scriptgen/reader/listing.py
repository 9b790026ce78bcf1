"""Essays that were found and not yet read, each under a name of its own."""

# ruff: noqa: PTH122
# Paths stay strings as they were given: `Path` tidies them and raises where these answer False.

from __future__ import annotations

import copy
import os
from collections import defaultdict
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from scriptgen.errors import InputError
from scriptgen.reader.essays import essay_from_bytes, essay_from_text
from scriptgen.reader.files import MAX_BYTES, read_regular, shown
from scriptgen.reader.forms import form_of
from scriptgen.reader.rows import read_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scriptgen.essay import Essay
    from scriptgen.reader.rows import Row
    from scriptgen.report import Finding


@dataclass(frozen=True, slots=True)
class EssaySource:
    """An essay that was found and not yet read.

    ``name``: printable, unlike any other in its listing, the path relative to what was named and
    without suffix (or a row's id): what its draft is called after. ``path``: as it is opened.
    """

    name: str
    path: str
    follow: bool = True
    row: Row | None = None
    refused: InputError | None = None

    @property
    def where(self) -> str:
        """The path, and for a row its line, with what cannot be printed escaped."""
        return f"{shown(self.path)}:{self.row.line}" if self.row else shown(self.path)

    def load(
        self,
        *,
        encoding: str | None = None,
        language: str | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> Essay:
        """The essay; parameters and errors as for `read_essay` (rows are always UTF-8)."""
        if self.row:
            text = read_row(self.path, self.row, max_bytes=max_bytes)
            return essay_from_text(text, source=self.where, language=language)
        return essay_from_bytes(
            self._bytes(max_bytes),
            source=self.where,
            encoding=encoding,
            language=language,
            max_bytes=max_bytes,
            form=form_of(self.path),
        )

    def changed_since(self, essay: Essay, *, max_bytes: int = MAX_BYTES) -> bool:
        """Whether other bytes stand there now than those ``essay`` was read from, or none."""
        try:
            if self.row:
                raw = read_row(self.path, self.row, max_bytes=max_bytes).encode()
            else:
                raw = self._bytes(max_bytes)
        except InputError:
            return True
        return sha256(raw).hexdigest() != essay.raw_sha256

    def _bytes(self, max_bytes: int) -> bytes:
        if self.refused:
            raise copy.copy(self.refused)
        return read_regular(self.path, where=self.where, max_bytes=max_bytes, follow=self.follow)


@dataclass(frozen=True, slots=True)
class Listing:
    """The essays found, in the order named and sorted within, and what was passed over."""

    essays: tuple[EssaySource, ...]
    warnings: tuple[Finding, ...] = ()


def distinct(found: Sequence[EssaySource]) -> tuple[list[EssaySource], int]:
    """The sources in the same order, each with a name of its own, and how many rows were dropped.

    Namesakes are told apart by a hash of what differs: the suffix, the text of a row, or the path.
    A row that repeats another in name and text is dropped.
    """
    groups: dict[str, dict[object, EssaySource]] = defaultdict(dict)
    for place, essay in enumerate(found):
        told = essay.row.digest if essay.row and essay.row.digest else place
        groups[essay.name].setdefault(told, essay)
    width = 8
    while True:
        named = [
            (id(essay), apart)
            for group in groups.values()
            for essay, apart in _told_apart(list(group.values()), width)
        ]
        if len({essay.name for _, essay in named}) == len(named):
            break
        width *= 2
    kept = dict(named)
    return [kept[id(essay)] for essay in found if id(essay) in kept], len(found) - len(kept)


def _told_apart(group: list[EssaySource], width: int) -> list[tuple[EssaySource, EssaySource]]:
    if len(group) == 1:
        return [(group[0], group[0])]
    keys: list[str] = []
    for key in _KEYS:
        keys = [key(essay) for essay in group]
        if len(set(keys)) == len(keys):
            break
    marks = [sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:width] for key in keys]
    return [
        (essay, replace(essay, name=f"{essay.name}-{mark}"))
        for essay, mark in zip(group, marks, strict=True)
    ]


def _by_suffix(essay: EssaySource) -> str:
    if essay.row:
        return essay.row.digest.hex()
    return essay.name + os.path.splitext(essay.path)[1].lower()


def _by_path(essay: EssaySource) -> str:
    return f"{os.path.normpath(essay.path)}:{essay.row.line if essay.row else ''}"


def _by_place(essay: EssaySource) -> str:
    return f"{os.path.realpath(essay.path)}:{essay.row.line if essay.row else ''}"


_KEYS: tuple[Callable[[EssaySource], str], ...] = (_by_suffix, _by_path, _by_place)
