"""What the user named, as a list of essays to read."""

# ruff: noqa: PTH112, PTH119, PTH122
# Paths stay strings as they were given: `Path` tidies them and raises where these answer False.

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, BinaryIO

from scriptgen.errors import InputError
from scriptgen.reader.files import refusal, shown, standard_input
from scriptgen.reader.forms import SUFFIXES
from scriptgen.reader.listing import EssaySource, Listing, distinct
from scriptgen.reader.rows import list_rows
from scriptgen.reader.walking import Walk, is_pattern, matches, split_pattern, walk
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ROWS = ".jsonl"
_NO_ESSAYS = frozenset({"readme.md"})


def find_essays(
    sources: Sequence[str], *, follow_symlinks: bool = False, stdin: BinaryIO | None = None
) -> Listing:
    """The essays that ``sources`` name, none of them read yet.

    A source is a file (text, Markdown, HTML or DOCX by its name), a folder with all below it, a
    glob (``**`` for any folders), a ``.jsonl`` file with a ``text`` in each row, or ``-`` for
    paths on standard input, one a line. Hidden files and folders and README.md are passed over. A
    link in a folder is followed only inside it (anywhere with ``follow_symlinks``); each real file
    counts once. A file that is named and missing fails when it is loaded. Raises `InputError`:
    ``E_SOURCE`` where a folder, a glob or the whole holds no essay, ``E_PERMISSION``.
    """
    finder = _Finder(follow_symlinks=follow_symlinks)
    for source in sources:
        if source == "-":
            for path in _paths(stdin or standard_input()):
                finder.add(path, glob=False)
        else:
            finder.add(source)
    essays = finder.named()
    if not essays:
        named = ", ".join(shown(source) for source in sources) or "nothing"
        if finder.others:
            raise InputError(
                "E_SOURCE",
                f"not an essay by its name: essays end in {', '.join(SUFFIXES)}",
                where=named,
                hint="save the essay as plain text (.txt or .md, UTF-8), or name a .jsonl file",
            )
        raise _no_essay(named, finder.passed)
    return Listing(essays, tuple(finder.findings()))


def _paths(stdin: BinaryIO) -> Iterable[str]:
    for line in stdin:
        path = line.rstrip(b"\r\n")
        if path:
            yield os.fsdecode(path)


class _Finder:
    def __init__(self, *, follow_symlinks: bool) -> None:
        self.passed: Counter[str] = Counter()
        self._follow = follow_symlinks
        self._found: list[EssaySource] = []
        self._seen: set[str] = set()
        self._links: list[str] = []
        self.others: list[str] = []
        self._repeated = 0

    def add(self, source: str, *, glob: bool = True) -> None:
        if os.path.isdir(source):
            self._add_folder(source)
        elif os.path.lexists(source) or not (glob and is_pattern(source)):
            self._add_named(source)
        else:
            self._add_pattern(source)

    def _add_named(self, path: str) -> None:
        kind = _kind(path)
        if kind == _ROWS:
            self._add_rows(path)
        elif kind in SUFFIXES or not os.path.lexists(path):
            self._add_file(_stem(os.path.basename(path)), path, os.path.realpath(path))
        else:
            self.others.append(path)

    def _add_folder(self, root: str) -> None:
        walked = walk(root, follow_symlinks=self._follow, suffixes=SUFFIXES)
        if not self._add_walked(walked, None):
            raise _no_essay(shown(root), self.passed)

    def _add_pattern(self, source: str) -> None:
        root, pattern, depth = split_pattern(source)
        walked = Walk()
        if os.path.isdir(root):
            walked = walk(root, follow_symlinks=self._follow, suffixes=SUFFIXES, depth=depth)
        if not self._add_walked(walked, pattern):
            raise _no_essay(shown(source), self.passed)

    def _add_walked(self, walked: Walk, pattern: list[str] | None) -> int:
        essays = 0
        for entry in walked.files:
            kind = _kind(entry.path)
            if pattern is not None and not matches(entry.relative.split("/"), pattern):
                continue
            if os.path.basename(entry.path).casefold() in _NO_ESSAYS:
                continue
            if kind == _ROWS and pattern is not None:
                self._add_rows(entry.path)
            elif kind in SUFFIXES:
                stem = _stem(entry.relative)
                self._add_file(stem, entry.path, entry.real, follow=entry.link)
            else:
                self.passed[kind or "none"] += 1
                continue
            essays += 1
        for relative, path, error in walked.closed:
            refused = refusal(error, shown(path))
            self._found.append(EssaySource(shown(relative), path, refused=refused))
            essays += 1
        self._links += walked.links
        return essays

    def _add_file(self, stem: str, path: str, real: str, *, follow: bool = True) -> None:
        if real not in self._seen:
            self._seen.add(real)
            self._found.append(EssaySource(shown(stem), path, follow=follow))

    def _add_rows(self, path: str) -> None:
        real = os.path.realpath(path)
        if real in self._seen:
            return
        self._seen.add(real)
        try:
            self._found += [EssaySource(name, path, row=row) for name, row in list_rows(path)]
        except InputError as error:
            self._found.append(EssaySource(shown(_stem(path)), path, refused=error))

    def named(self) -> tuple[EssaySource, ...]:
        essays, self._repeated = distinct(self._found)
        return tuple(essays)

    def findings(self) -> Iterable[Finding]:
        for path in self.others:
            yield Finding(
                code="W_NOT_AN_ESSAY",
                severity=Severity.WARNING,
                message=f"{shown(path)} was passed over: essays end in {', '.join(SUFFIXES)}",
                evidence=shown(path),
            )
        if self.passed:
            yield Finding(
                code="W_NOT_AN_ESSAY",
                severity=Severity.INFO,
                message=f"{self.passed.total()} files were passed over by kind: "
                f"{_kinds(self.passed)}",
                count=self.passed.total(),
            )
        if self._repeated:
            yield Finding(
                code="W_NOT_AN_ESSAY",
                severity=Severity.WARNING,
                message=f"{self._repeated} rows repeat an earlier row and were passed over",
                count=self._repeated,
            )
        if self._links:
            yield Finding(
                code="W_SYMLINK",
                severity=Severity.WARNING,
                message=f"{len(self._links)} links that lead out of their folder were not "
                "followed (--follow-symlinks follows them)",
                evidence=", ".join(shown(link) for link in sorted(self._links)[:3]),
                count=len(self._links),
            )


def _stem(path: str) -> str:
    stem, suffix = os.path.splitext(path)
    return (stem if suffix.lower() in (*SUFFIXES, _ROWS) else path).replace(os.sep, "/")


def _kind(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _kinds(passed: Counter[str]) -> str:
    most = sorted(passed.items(), key=lambda item: (-item[1], item[0]))[:5]
    return ", ".join(f"{shown(kind)} {count}" for kind, count in most)


def _no_essay(named: str, passed: Counter[str]) -> InputError:
    others = f" (passed over by kind: {_kinds(passed)})" if passed else ""
    return InputError(
        "E_SOURCE",
        f"no essay was found there{others}",
        where=named,
        hint="name a .txt, .md, .html or .docx file, a folder of them, or a .jsonl file with a "
        "text in each row",
    )
