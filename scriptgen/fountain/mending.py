"""Mending the lines of a reply, one at a time, into ones the strict reader takes."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.fountain.looks import (
    ASIDE,
    CHINESE_NAME,
    FADE,
    GOES_ON,
    INLINE,
    PARENTHESES,
    RULE,
    VOICES,
    ends_a_sentence,
    freed,
    heading_line,
    is_bold,
    is_cue,
    is_forced_cue,
    is_labelled,
    is_name,
    is_scene_title,
    is_shot,
    is_transition,
    is_voiced,
    narrow,
    parted_cue,
    title_line,
    unwrapped,
)
from scriptgen.fountain.reading import CONNECTOR
from scriptgen.fountain.speakers import speakers_in

if TYPE_CHECKING:
    import re


class Kind(Enum):
    """What a mended line is, as far as mending tells."""

    BLANK = auto()
    TITLE = auto()
    HEADING = auto()
    SECTION = auto()
    TRANSITION = auto()
    CUE = auto()
    SPEECH = auto()
    PROSE = auto()
    RULE = auto()


class Line(NamedTuple):
    """A mended line; ``said`` is how the reply has it."""

    text: str
    kind: Kind
    said: str


MOST_DIRECTING = 2
"""Words of a direction by itself that somebody speaks after."""

MOST_ASIDES = 8
"""How many directions are parted from the head of one line."""

_APART = frozenset({Kind.HEADING, Kind.TRANSITION, Kind.SECTION})
_EMPTY = Line("", Kind.BLANK, "")


class Mender:
    """Mends the lines of one reply; ``mends`` counts each kind, with its first example."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = [line.rstrip() for line in lines]
        self._connectors = {at for at, line in enumerate(lines) if line == CONNECTOR}
        self.mends: dict[str, tuple[int, str]] = {}
        self._out: list[Line] = []
        self._speaking = False
        self._spoken = False
        self._gapped = False
        self._cue_said = ""
        self._tight = False
        self._speakers = speakers_in(self.lines)
        self._started = False

    def mended(self) -> list[Line]:
        """The lines as the strict reader takes them."""
        at = 0
        while at < len(self.lines):
            at = self._mend(at)
        return self._out

    def _mend(self, at: int) -> int:
        """Mend the line at ``at``; gives where to go on."""
        said = self.lines[at]
        line = said.strip()
        if not line:
            self._blank(at)
            return at + 1
        if RULE.fullmatch(line):
            self._count("a Markdown rule was left out", line)
            self._alone(Line("", Kind.RULE, ""))
            return at + 1
        bare = narrow(unwrapped(line))
        if self._structure(line, bare, said) or self._cue(line, bare, at):
            return at + 1
        if self._speaking:
            self._speech(line, said)
        else:
            if not (self._out and self._out[-1].kind is Kind.PROSE):
                self._tight = self._is_below_heading(at)
            self._prose(line, said)
        return at + 1

    def _blank(self, at: int) -> None:
        """An empty line: the end of a speech, or a gap that a model left before one."""
        if self._speaking and self._gapped and not self._spoken and self._goes_on(at):
            self._count("a blank between a cue and its speech was closed", self._out[-1].said)
        elif at in self._connectors and self._spoken and self._attached(at):
            self._put(Line(CONNECTOR, Kind.SPEECH, ""))
        else:
            self._put(_EMPTY)
            self._speaking = False

    def _structure(self, line: str, bare: str, said: str) -> bool:
        """Whether the line is a title-page entry, a heading, a section or a transition."""
        return (
            (not self._started and self._title(line, bare, said))
            or self._heading(line, bare, said)
            or self._section(line, bare, said)
            or self._shot(bare, said)
            or (not (self._speaking and self._spoken) and self._transition(line, bare, said))
        )

    def _title(self, line: str, bare: str, said: str) -> bool:
        title = title_line(line, bare)
        if title is None:
            if heading_line(bare) or not self._out or self._out[-1].kind is not Kind.TITLE:
                return False
            title = said
        if title.strip() != line:
            self._count("a title-page line was freed of Markdown", said)
        while self._out and self._out[-1].kind is Kind.BLANK:
            self._out.pop()
        if self._out and self._out[-1].kind is not Kind.TITLE:
            self._put(_EMPTY)
        self._put(Line(title, Kind.TITLE, said))
        return True

    def _heading(self, line: str, bare: str, said: str) -> bool:
        heading = heading_line(bare)
        if heading is None:
            return False
        if heading != line:
            self._count("a heading was freed of Markdown and numbers", said)
        self._started = True
        self._alone(Line(heading, Kind.HEADING, said))
        return True

    def _section(self, line: str, bare: str, said: str) -> bool:
        if line[0] == "#":
            self._alone(Line(line, Kind.SECTION, said))
            return True
        if self._speaking and bare == line:
            return False
        if not is_scene_title(bare, wrapped=bare != line):
            return False
        self._count("a scene title became a section", said)
        self._alone(Line(f"## {bare}", Kind.SECTION, said))
        return True

    def _shot(self, bare: str, said: str) -> bool:
        """A shot over the line that tells what it shows, which a program would take for a cue."""
        if self._speaking or not is_shot(bare) or (self._out and self._out[-1].text):
            return False
        self._started = True
        self._alone(Line(said, Kind.PROSE, said))
        return True

    def _transition(self, line: str, bare: str, said: str) -> bool:
        if FADE.fullmatch(bare):
            if line != f"> {bare}":
                self._count("a transition without a mark got one", said)
            self._alone(Line(f"> {bare}", Kind.TRANSITION, said))
            return True
        if not is_transition(bare):
            return False
        if bare != line:
            self._count("a transition was freed of Markdown", said)
        self._started = True
        self._alone(Line(bare, Kind.TRANSITION, said))
        return True

    def _cue(self, line: str, bare: str, at: int) -> bool:
        """Whether the line is a cue, alone or with its speech on it."""
        if line[0] in "!>=~.[(（" or (self._speaking and not self._spoken):
            return False
        bare = narrow(unwrapped(freed(line)))
        if inline := INLINE.fullmatch(bare):
            return self._label(inline, line, at)
        forced = line[0] == "@"
        name, aside = parted_cue(bare.removeprefix("@").rstrip("^ "))
        if forced:
            named = is_forced_cue(name, aside)
        elif CHINESE_NAME.fullmatch(name):
            whole = is_forced_cue(name, aside)
            named = whole and name in self._speakers.names and self._attached(at)
        else:
            named = is_cue(bare)
        if not named:
            return False
        if not self._attached(at):
            return self._over_a_gap(name, aside, line, at, forced=forced)
        if self._out and self._out[-1].text:
            if not (self._bold_cue(line) if self._speaking else self._stands_out(name, line)):
                return False
            self._count("a blank was put above a cue", line)
        if bare != line or "（" in line:
            self._count("a cue was freed of Markdown and wide forms", line)
        self._say(name, aside, line)
        return True

    def _is_below_heading(self, at: int) -> bool:
        kinds = [line.kind for line in self._out[-2:]]
        return kinds == [Kind.HEADING, Kind.BLANK] and bool(self.lines[at - 1].strip())

    def _bold_cue(self, line: str) -> bool:
        """Whether a cue on the line below speech is marked as one: bold, as the cue above it."""
        bold = is_bold(line) and self._cue_said.startswith("**")
        return line[0] == "@" or (bold and ends_a_sentence(self._out[-1].text))

    def _stands_out(self, name: str, line: str) -> bool:
        """Whether a cue on the line below action is one: known, bold, or without any blanks.

        Below a direction of a word or two that stands by itself, as ``(beat)``, it is one too.
        """
        above = self._out[-1].text.strip()
        marked = is_bold(line) or (self._tight and self._speakers.attached)
        aside = ASIDE.fullmatch(above)
        directed = (
            aside is not None
            and not aside[2]
            and aside[1].islower()
            and not ends_a_sentence(aside[1])
            and len(aside[1].split()) <= MOST_DIRECTING
            and "," not in name
        )
        return name in self._speakers.names or directed or (marked and ends_a_sentence(above))

    def _label(self, inline: re.Match[str], line: str, at: int) -> bool:
        """A name, a colon, and perhaps the speech."""
        name, aside, speech = unwrapped(inline[1]), inline[2], inline[3].lstrip("*_ ")
        bold = line.startswith("**") and is_name(name)
        known = name.upper() in self._speakers.names and (
            not self._speaking or ":" in self._cue_said
        )
        if not (is_labelled(name) or known or (bold and speech)):
            return False
        if not CHINESE_NAME.fullmatch(name):
            name = name.upper()
        voice = ASIDE.fullmatch(speech)
        if voice and VOICES.fullmatch(voice[1].strip()):
            aside, speech = f"{aside}({voice[1]})", voice[2]
        if speech:
            self._count("a cue and its speech were parted", line)
            self._say(name, aside, line)
            self._speech(speech, speech, counted=True)
            return True
        if not self._attached(at):
            return self._over_a_gap(name, aside, line, at, forced=True)
        self._count("a colon was taken off a cue", line)
        self._say(name, aside, line)
        return True

    def _over_a_gap(
        self, name: str, aside: str | None, line: str, at: int, *, forced: bool
    ) -> bool:
        """A cue with a blank under it: known, marked, or like all the others of the reply."""
        below = self._next(at + 1)
        if not below or not self._goes_on(at + 1):
            return False
        voiced = aside is not None and is_voiced(aside)
        known = forced or voiced or name in self._speakers.names or not self._speakers.attached
        known = known or any(word in self._speakers.mentioned for word in name.lower().split()[:1])
        if not known and freed(below)[0] not in '(（"“「':
            return False
        self._say(name, aside, line)
        self._gapped = True
        return True

    def _say(self, name: str, aside: str | None, said: str) -> None:
        """Put a cue; what stands in its parentheses and is no extension becomes a direction."""
        caret = " ^" if said.rstrip("*_ ").endswith("^") else ""
        loose = any(mark in said for mark in (":", "：", "（", "*(", "_("))
        extensions, directions = "", []
        for part in PARENTHESES.findall(aside or ""):
            if part.isupper() or is_voiced(part) or not (loose or part.strip()[:1].islower()):
                extensions += f" ({part})"
            else:
                directions.append(part)
        if directions and not loose:
            self._count("a direction was put on a line of its own", said)
        self._alone(Line(f"@{name.rstrip(' ^')}{extensions}{caret}", Kind.CUE, said), closed=False)
        self._speaking = self._started = True
        self._spoken = self._gapped = False
        self._cue_said = said
        for direction in directions:
            self._put(Line(f"({direction})", Kind.SPEECH, direction))

    def _speech(self, line: str, said: str, *, counted: bool = False) -> None:
        """Put a line under a cue, a direction at its head on a line of its own."""
        bare = freed(line) if line[0] in "*_" else line
        if bare != line and ASIDE.fullmatch(bare):
            line = bare
            self._count("a direction was freed of Markdown", said)
        for _ in range(MOST_ASIDES):
            aside = ASIDE.fullmatch(line)
            if not (aside and aside[1].strip()):
                break
            if not self._spoken and GOES_ON.fullmatch(aside[1].strip()):
                self._count("a mark that a speech goes on was left out", said)
                line = said = aside[2]
                counted = True
                if not line:
                    return
                continue
            if (aside[2] or line[0] == "（") and not counted:
                self._count("a direction was put on a line of its own", said)
                counted = True
            self._put(Line(f"({aside[1]})", Kind.SPEECH, said if not aside[2] else f"({aside[1]})"))
            line = said = aside[2]
            if not line:
                return
        self._spoken = True
        self._put(Line(line, Kind.SPEECH, said))

    def _prose(self, line: str, said: str) -> None:
        if self._out and self._out[-1].kind in _APART:
            self._put(_EMPTY)
        if line[0] in "!@>.~[=" and not line.startswith(".."):
            self._started = True
        self._put(Line(said, Kind.PROSE, said))

    def _put(self, line: Line) -> None:
        self._out.append(line)

    def _alone(self, line: Line, *, closed: bool = True) -> None:
        if self._out and self._out[-1].kind is not Kind.BLANK:
            self._put(_EMPTY)
        self._put(line)
        self._speaking = False
        if closed:
            self._put(_EMPTY)

    def _count(self, message: str, example: str) -> None:
        count, first = self.mends.get(message, (0, example.strip()))
        self.mends[message] = (count + 1, first)

    def _attached(self, at: int) -> bool:
        return at + 1 < len(self.lines) and bool(self.lines[at + 1].strip())

    def _next(self, at: int) -> str:
        """The line after the blanks that begin at ``at``, ``""`` where more than two follow."""
        for line in self.lines[at : at + 3]:
            if line.strip():
                return line.strip()
        return ""

    def _goes_on(self, at: int) -> bool:
        """Whether the text after a blank is what the open cue says."""
        line = self._next(at)
        if not line or line[0] in "#!@>=~.[" or RULE.fullmatch(line) or line.startswith("```"):
            return False
        bare = unwrapped(line)
        return not (
            heading_line(bare) or is_cue(bare) or FADE.fullmatch(bare) or is_transition(bare)
        )
