"""Emphasis between the marks of a screenplay's text and the styles of FDX runs."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from scriptgen.exports.fdx.document import Run
from scriptgen.fountain.emphasis import escaped, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NONE: frozenset[str] = frozenset()
_MANY = 200
"""Runs of a line from which on only one way of thinning its looks is tried."""

_KEPT = (frozenset("biu"), frozenset("bi"), frozenset("b"), frozenset("i"), frozenset("u"))


def fdx_runs(text: str) -> tuple[Run, ...]:
    """A settled text as runs."""
    return tuple(Run(piece, styles) for piece, styles in runs(text))


def within(before: str, text: str, after: str = "") -> tuple[Run, ...]:
    """A settled text as runs, between two plain ones; runs in one look are one run."""
    found = [Run(before), *fdx_runs(text), Run(after)]
    return tuple(
        Run("".join(piece for piece, _ in pieces), styles)
        for styles, pieces in groupby(
            (run for run in found if run.text), key=lambda run: run.styles
        )
    )


def respelled(text: str) -> str:
    """A settled text with its emphasis spelled in the one way that `marked` spells it."""
    return marked(fdx_runs(text))[0] if "_" in text or "*" in text or "\\" in text else text


def marked(pieces: Iterable[Run]) -> tuple[str, bool]:
    """The settled text of runs, and whether all of their emphasis is in it.

    Fountain has no form for some of what runs can say (two looks that touch, an underlined part of
    a word): there the form is taken that keeps the look of the most characters.
    """
    lines: list[list[Run]] = [[]]
    for text, styles in pieces:
        first, *rest = text.split("\n")
        lines[-1].append(Run(first, styles))
        lines += [[Run(line, styles)] for line in rest]
    found = [_line(line) for line in lines]
    return "\n".join(line for line, _ in found), all(whole for _, whole in found)


def _line(pieces: Sequence[Run]) -> tuple[str, bool]:
    text = "".join(piece.text for piece in pieces)
    looks = [styles for piece, styles in pieces for _ in piece]
    if not any(looks):
        return escaped(text), True
    wanted = _trimmed(text, looks)
    best, most = escaped(text), -1
    for kept in _KEPT if len(pieces) < _MANY else _KEPT[:1]:
        thinned = _trimmed(text, [look & kept for look in looks])
        for candidate in (_nested(text, thinned), _flat(text, thinned)):
            held = _held(text, wanted, candidate)
            if held == len(text):
                return candidate, True
            if held > most:
                best, most = candidate, held
    held = _held(text, wanted, escaped(text))
    return (escaped(text) if held >= most else best), False


def _trimmed(text: str, looks: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """The looks without blanks at the ends of a stretch in one style: no mark can stand there."""
    found = list(looks)
    for style in "biu":
        at = 0
        for on, stretch in groupby(looks, key=lambda look: style in look):
            end = at + len(list(stretch))
            if on:
                bare = text[at:end]
                first = at + len(bare) - len(bare.lstrip())
                last = at + len(bare.rstrip())
                for place in (*range(at, min(first, end)), *range(max(last, at), end)):
                    found[place] -= {style}
            at = end
    return found


def _stretches(text: str, looks: Sequence[frozenset[str]]) -> list[tuple[str, frozenset[str]]]:
    found = []
    at = 0
    for look, stretch in groupby(looks):
        end = at + len(list(stretch))
        found.append((text[at:end], look))
        at = end
    return found


def _opening(styles: frozenset[str]) -> str:
    stars = "*" * (("i" in styles) + 2 * ("b" in styles))
    return "_" + stars if "u" in styles else stars


def _nested(text: str, looks: Sequence[frozenset[str]]) -> str:
    """A style goes on through a stretch that has it and more; each mark is closed in turn."""
    written: list[str] = []
    open_styles: list[frozenset[str]] = []
    for piece, look in _stretches(text, looks):
        while open_styles and not open_styles[-1] <= look:
            written.append(_opening(open_styles.pop())[::-1])
        new = look - _NONE.union(*open_styles)
        if new:
            written.append(_opening(new))
            open_styles.append(new)
        written.append(escaped(piece))
    written += [_opening(styles)[::-1] for styles in reversed(open_styles)]
    return "".join(written)


def _flat(text: str, looks: Sequence[frozenset[str]]) -> str:
    """Every stretch has marks of its own."""
    written: list[str] = []
    for piece, look in _stretches(text, looks):
        bare = piece.strip()
        if look and bare:
            start = piece.index(bare)
            mark = _opening(look)
            end = start + len(bare)
            written += [piece[:start], mark, escaped(bare), mark[::-1], piece[end:]]
        else:
            written.append(escaped(piece))
    return "".join(written)


def _held(text: str, wanted: Sequence[frozenset[str]], candidate: str) -> int:
    """How many characters of ``text`` a marked text shows as they are wanted, -1 for other text."""
    read = runs(candidate)
    if "".join(piece for piece, _ in read) != text:
        return -1
    looks = (styles for piece, styles in read for _ in piece)
    return sum(
        look == want or char.isspace() for char, look, want in zip(text, looks, wanted, strict=True)
    )
