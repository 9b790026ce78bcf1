"""Telling a script from the talk around it."""

from __future__ import annotations

import re

from scriptgen.fountain.forms import HEADING
from scriptgen.fountain.looks import FADE
from scriptgen.fountain.mending import Kind, Line

_FENCE = re.compile(r"\s*(?:```+|~~~+)\s*[\w.+-]*\s*")
_STRUCTURE = frozenset({Kind.TITLE, Kind.HEADING, Kind.TRANSITION, Kind.CUE})
_END = re.compile(
    r"\W*(?:THE END|FIN|END OF (?:SCENE|SCRIPT|DRAFT|EPISODE|SCREENPLAY)|剧终|完|全剧终)\W*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\W*(?:let me know|i hope|i(?:'ve|’ve| have| can| tried| kept)\b|would you like|feel free"
    r"|if you(?:'d|’d| would|\b)|this (?:draft|screenplay|script|version) |notes?:|please "
    r"|happy to|want me|here(?:'s|’s| is| are) |as requested"
    r"|the (?:screenplay|script|draft) (?:above|keeps|follows|uses)"
    r"|espero |si (?:quieres|deseas)|avísame|este gui[oó]n|nota:"
    r"|希望|如需|如果[你您]|以上|以下|注：|这个剧本|需要我)",
    re.IGNORECASE,
)


def without_fences(lines: list[str]) -> tuple[list[str], list[str], dict[str, tuple[int, str]]]:
    """The lines without code fences, the text outside of them, and what was mended.

    The text outside (before, after) is set aside only where a heading stands inside and none
    outside; else the fences alone go.
    """
    marks = [at for at, line in enumerate(lines) if line.lstrip()[:3] in ("```", "~~~")]
    marks = [at for at in marks if _FENCE.fullmatch(lines[at])]
    if not marks:
        return lines, [], {}
    mended = {"code fences were left out": (len(marks), lines[marks[0]].strip())}
    last = marks[-1] if len(marks) > 1 else len(lines)
    dropped = set(marks)
    inside = [line for at, line in enumerate(lines) if marks[0] < at < last and at not in dropped]
    before, after = lines[: marks[0]], lines[last + 1 :]
    if any(map(_is_heading, inside)) and not any(map(_is_heading, before + after)):
        outside = ["\n".join(before).strip("\n"), "\n".join(after).strip("\n")]
        return inside, outside, mended
    return [line for at, line in enumerate(lines) if at not in dropped], [], mended


def _is_heading(line: str) -> bool:
    return HEADING.match(line.lstrip("#*_ .")) is not None


def parted(lines: list[Line]) -> tuple[str, list[str], str]:
    """The talk before the script as it was said, the script's lines, and the talk after it."""
    first = next((at for at, line in enumerate(lines) if line.kind in _STRUCTURE), None)
    if first is None:
        return "", [line.text for line in lines], ""
    start = _start(lines, first)
    end = _end(lines, first)
    before = "\n".join(line.said for line in lines[:start]).strip("\n")
    after = "\n".join(line.said for line in lines[end:]).strip("\n")
    return before, [line.text for line in lines[start:end]], after


def _start(lines: list[Line], first: int) -> int:
    """Where the script begins: forced lines and sections right before the first element count."""
    start = first
    for at in range(first - 1, -1, -1):
        line = lines[at]
        if line.kind is Kind.SECTION or line.text.lstrip()[:1] in ("!", "[", "="):
            start = at
        elif line.kind in (Kind.PROSE, Kind.SPEECH):
            break
    return start


def _end(lines: list[Line], first: int) -> int:
    """Where the script ends: after its end mark, its last rule, or before it speaks to somebody."""
    last = max(at for at, line in enumerate(lines) if line.kind in _STRUCTURE)
    tail = range(max(last, first) + 1, len(lines))
    spoken_over = True
    for at in tail:
        line = lines[at]
        if line.kind is Kind.BLANK:
            spoken_over = True
        elif line.kind is Kind.RULE:
            return at
        elif line.kind is Kind.PROSE and _END.fullmatch(line.text):
            return at + 1
        elif line.kind in (Kind.PROSE, Kind.SECTION) and spoken_over and _ADDRESS.match(line.text):
            return at
        else:
            spoken_over = False
    closing = lines[last].text.removeprefix("> ")
    return last + 1 if FADE.fullmatch(closing) else len(lines)
