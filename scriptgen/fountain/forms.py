"""What a line reads as: the patterns that reader, writer and printable share.

Sources: the Fountain 1.1 specification, and how other parsers read lines that it leaves open
(``docs/fountain.md``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.screenplay import Dialogue, Parenthetical

if TYPE_CHECKING:
    from scriptgen.screenplay import Element

HEADING = re.compile(r"(?:INT\./EXT|INT/EXT|I/E|INT|EXT|EST)(?:\.|\s)", re.IGNORECASE)
"""Opens a scene heading by the specification."""

_PLAIN_HEADING = re.compile(
    r"(?:INT\./EXT\.? |INT/EXT\.? |I/E\.? |(?:INT|EXT|EST)[. ](?!/))\s*[^\W_]", re.IGNORECASE
)
_HEADING_LIKE = re.compile(
    r"(?:INT|EXT|EST|(?:INT|I)\.?/(?:EXT|E))\s*[.\s]"
    r"|FADE IN:|(?:FADE (?:OUT|TO BLACK)|CUT TO BLACK)\.",
    re.IGNORECASE,
)
TRACE = re.compile(r"(?:[a-z]+\d+)(?: [a-z]+\d+)*(?: invented)?|invented")
"""The whole text of a note that says where an element came from."""

SOURCE = re.compile(r"[a-z]+\d+")

LONGEST_NUMBER = 38
"""The characters of a scene number, its ``#`` marks left out: the reader looks no further."""

_FORCED = frozenset(".!@~>#=[(*-\\．！＠～＞＃＝")
_PARENTHESES = re.compile(r"\([^()]*\)")
_SPEECH_MARK = re.compile(r"[@!#=~>．！＠～＞＃＝]|\.(?!\.)|[*_]*[(（]")
_SPACED_DOTS = re.compile(r"\.(?:\s+\.)+")
_PLAIN_CUE = re.compile(r"[A-Z][A-Z0-9 '-]*[A-Z0-9]")
_PLAIN_EXTENSION = re.compile(
    r"(?:V\.O\.|O\.S\.|O\.C\.|CONT'D)(?:, (?:V\.O\.|O\.S\.|O\.C\.|CONT'D))*"
)
_PLAIN_TRANSITION = re.compile(r"[A-Z][A-Z ]* TO:")
_FIRST_WORD = re.compile(r"\S+?(?=[,;:]?(?:\s|$))")
_LOWER = re.compile(r"[a-z]")


def is_plain_heading(text: str) -> bool:
    """Whether every parser takes ``text`` for a scene heading without a mark."""
    return _PLAIN_HEADING.match(text) is not None


def is_plain_transition(text: str) -> bool:
    """Whether every parser takes ``text`` for a transition without a mark."""
    return _PLAIN_TRANSITION.fullmatch(text) is not None and not HEADING.match(text)


def is_plain_cue(cue: str, extension: str | None, below: str) -> bool:
    """Whether every parser takes a cue over the line ``below`` for one without a mark.

    Where that line is in capitals but for its parentheses, one parser takes it for the cue.
    """
    spoken = below if below[0] == "(" else below.partition("(")[0]
    return (
        _PLAIN_CUE.fullmatch(cue) is not None
        and (extension is None or _PLAIN_EXTENSION.fullmatch(extension) is not None)
        and _LOWER.search(spoken) is not None
        and not HEADING.match(f"{cue} ")
    )


def printed_extension(extension: str) -> str:
    """What stands between a cue's parentheses: usual extensions have a pair each."""
    return extension.replace(", ", ") (") if _PLAIN_EXTENSION.fullmatch(extension) else extension


def straightened(extension: str) -> str:
    """A usual extension with the apostrophe that every parser knows; any other as it is."""
    straight = extension.replace("’", "'")
    return straight if _PLAIN_EXTENSION.fullmatch(straight) else extension


def is_risky_action(lines: list[str], before: Element | None) -> bool:
    """Whether some parser takes one of the lines of an action paragraph for something else.

    ``before`` is the element it follows: what stands after a closing direction may read as speech.
    """
    if isinstance(before, Dialogue) and isinstance(before.parts[-1], Parenthetical):
        return True
    if len(lines) > 1 and not all(line.isascii() for line in lines):
        return True
    return any(_is_risky(line.lstrip()) for line in lines)


def _is_risky(line: str) -> bool:
    if line[0] in _FORCED or line[-1] == ":" or _HEADING_LIKE.match(line):
        return True
    if not _LOWER.search(line):
        return True
    if "(" not in line:
        return False
    return not (_LOWER.search(line.partition("(")[0]) and _LOWER.search(_PARENTHESES.sub("", line)))


def risky_head(line: str) -> int:
    """How many characters at the head of a line of speech belong in quotation marks.

    0 where no parser takes the line for something else: speech cannot be forced.
    """
    if phrase := _HEADING_LIKE.match(line):
        return len(phrase[0].rstrip())
    if not _SPEECH_MARK.match(line):
        return 0
    if line[0] in "(（" and line[-1] in ")）":
        return len(line)
    return first_word(line)


def first_word(line: str) -> int:
    """Where the first word of a line ends, the comma or colon after it left out."""
    word = _FIRST_WORD.match(line)
    return word.end() if word else len(line)


def without_spaced_dots(line: str) -> str:
    """``line`` with ``. . .`` at its head written ``...``."""
    return _SPACED_DOTS.sub("...", line, count=1) if _SPACED_DOTS.match(line) else line


def is_caps(text: str) -> bool:
    """Whether a line is in capitals as a cue is, leaving its parentheses aside."""
    return text.partition("(")[0].isupper()
