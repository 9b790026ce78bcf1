"""Mending the lines of a reply, one at a time, into ones the strict reader takes."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from scriptgen.fountain.forms import HEADING
from scriptgen.fountain.title import known_key

LONGEST_CUE = 40
MOST_CUE_WORDS = 5
MOST_WRAPPINGS = 4

_RULE = re.compile(r"(?:-[ ]*){3,}|(?:\*[ ]*){3,}|(?:_[ ]*){3,}|(?:—[ ]*){2,}")
_HASHES = re.compile(r"#{1,6}\s*")
_NUMBERED_HEADING = re.compile(
    r"(?:(?:SCENE|ESCENA) {1,3})?#?(\d{1,4}[A-Z]?) {0,3}[.:)–—-]? {1,3}(?=(?:INT|EXT|EST|I/E)\b)", re.IGNORECASE
)
_CHINESE_HEADING = re.compile(r"(?:\d{1,4}[.、．\s]\s*)?(?:内外景|内景|外景)[\s.。．:：·、,，-]*\S")
_SCENE_TITLE = re.compile(
    r"(?:SCENE|ESCENA|ACT|ACTO|SEQUENCE|PART|PARTE)\s+(?:\d{1,4}|[IVX]{1,6}|ONE|TWO|THREE|FOUR|FIVE|SIX)\b.{0,80}"
    r"|第[一二三四五六七八九十百\d]{1,4}[场幕集].{0,80}|场景[一二三四五六七八九十百\d]{1,4}.{0,80}",
    re.IGNORECASE,
)
_FADE = re.compile(r"(?:FADE (?:OUT|TO BLACK|TO WHITE)|CUT TO BLACK|SMASH TO BLACK)[.:]?", re.IGNORECASE)
_TRANSITION = re.compile(r"[A-Z][A-Z -]{0,30} TO:")
_FADE_IN = re.compile(r"FADE IN[:.]?", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w .,'’#&/-]*")
_CHINESE_NAME = re.compile(r"[\u3400-\u9fff·]{1,8}")
_INLINE = re.compile(r"([^:：(（\n]{1,50})([(（][^()（）\n]{1,60}[)）])?\s*[:：]\s*(.*)")
_ASIDE = re.compile(r"[(（]([^()（）]*)[)）]\s*(.*)")
_PARENTHESES = re.compile(r"[(（]([^()（）]*)[)）]")
_EXTENSIONS = re.compile(r"(?:[(（][^()（）]*[)）] ?)+")
_VOICES = re.compile(
    r"V\.?\s?O\.?|O\.?\s?S\.?|O\.?\s?C\.?|CONT['’]?D|CONTINUED|PRE-?LAP|FILTERED|ON (?:PHONE|TV|RADIO)"
    r"|VOICE ?OVER|OFF ?SCREEN|INTO PHONE|VOZ EN OFF|EN OFF|画外音|旁白|内心独白|电话音?",
    re.IGNORECASE,
)
_KEY_LINE = re.compile(r"([^\W\d_][^:：\n]{0,30})[:：]\s*(.*)")
_NO_CUES = frozenset(
    {
        *("TITLE", "SUPER", "SUPERIMPOSE", "INSERT", "NOTE", "NOTES", "MONTAGE", "INTERCUT", "SFX"),
        *("SOUND", "MUSIC", "CAPTION", "TITLE CARD", "ON SCREEN", "TEXT", "CHYRON", "CREDITS"),
        *("LATER", "CONTINUOUS", "FLASHBACK", "THE END", "END", "BLACK", "SILENCE", "POV", "ANGLE ON"),
        *("CLOSE ON", "BACK TO SCENE", "MOMENTS LATER", "END OF FLASHBACK", "FADE IN", "FADE OUT"),
        *("CHARACTERS", "SETTING", "SCENE", "TIME", "PLACE", "DAY", "NIGHT", "FIN", "END OF SCENE"),
        *("字幕", "镜头", "画面", "场景", "时间", "地点", "人物", "音效", "音乐", "剧终", "注", "备注"),
    }
)
_ENDS_A_SENTENCE = frozenset(".!?…。！？")


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


_APART = frozenset({Kind.HEADING, Kind.TRANSITION, Kind.SECTION})
_EMPTY = Line("", Kind.BLANK, "")


class Mender:
    """Mends the lines of one reply; ``mends`` counts each kind, with its first example."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = [line.rstrip() for line in lines]
        self.mends: dict[str, tuple[int, str]] = {}
        self._out: list[Line] = []
        self._speaking = False
        self._spoken = False
        self._gapped = False
        self._known = self._cues()
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
        if _RULE.fullmatch(line):
            self._count("a Markdown rule was left out", line)
            self._alone(Line("", Kind.RULE, ""))
            return at + 1
        bare = _bare(line)
        if self._structure(line, bare, said) or self._cue(line, bare, at):
            return at + 1
        if self._speaking:
            self._speech(line, said)
        else:
            self._prose(line, said)
        return at + 1

    def _blank(self, at: int) -> None:
        """An empty line: the end of a speech, or a gap that a model left before one."""
        if self._speaking and self._gapped and not self._spoken and self._goes_on(at):
            self._count("a blank between a cue and its speech was closed", self._out[-1].said)
        else:
            self._put(_EMPTY)
            self._speaking = False

    def _structure(self, line: str, bare: str, said: str) -> bool:
        """Whether the line is a title-page entry, a heading, a section or a transition."""
        if not self._started and (title := _title(line, bare)):
            if title != line:
                self._count("a title-page line was freed of Markdown", said)
            while self._out and self._out[-1].kind is Kind.BLANK:
                self._out.pop()
            if self._out and self._out[-1].kind is not Kind.TITLE:
                self._put(_EMPTY)
            self._put(Line(title, Kind.TITLE, said))
            return True
        if heading := _heading(bare):
            if heading != line:
                self._count("a heading was freed of Markdown and numbers", said)
            self._started = True
            self._alone(Line(heading, Kind.HEADING, said))
            return True
        if _SCENE_TITLE.fullmatch(bare) and (bare != line or not self._speaking):
            if not line.startswith("#"):
                self._count("a scene title became a section", said)
            self._alone(Line(f"## {bare}", Kind.SECTION, said))
            return True
        if line.startswith("#"):
            self._alone(Line(line, Kind.SECTION, said))
            return True
        if self._speaking and self._spoken:
            return False
        if _FADE.fullmatch(bare):
            if line != f"> {bare}":
                self._count("a transition without a mark got one", said)
            self._alone(Line(f"> {bare}", Kind.TRANSITION, said))
            return True
        if _TRANSITION.fullmatch(bare) or _FADE_IN.fullmatch(bare):
            if bare != line:
                self._count("a transition was freed of Markdown", said)
            self._started = True
            self._alone(Line(bare if bare.isupper() else line, Kind.TRANSITION, said))
            return True
        return False

    def _cue(self, line: str, bare: str, at: int) -> bool:
        """Whether the line is a cue, alone or with its speech on it."""
        if line[0] in "!>=~.[(（" or (self._speaking and not self._spoken):
            return False
        if inline := _INLINE.fullmatch(bare):
            return self._label(inline, line, at)
        forced = line[0] == "@"
        name, aside = _parted(bare.removeprefix("@"))
        if not forced and not _is_cue(bare):
            return False
        if not self._attached(at):
            return self._over_a_gap(name, aside, line, at, forced=forced)
        if self._out and self._out[-1].text:
            if name not in self._known or (self._speaking and not forced):
                return False
            self._count("a blank was put above a cue", line)
        if bare != line or "（" in line:
            self._count("a cue was freed of Markdown and wide parentheses", line)
        self._say(name, aside, line)
        return True

    def _label(self, inline: re.Match[str], line: str, at: int) -> bool:
        """A name, a colon, and perhaps the speech."""
        name, aside, speech = _bare(inline[1]), inline[2], inline[3].lstrip("*_ ")
        bold = line.startswith("**") and _is_name(name)
        known = name.upper() in self._known and not self._speaking
        if not (_is_labelled(name) or known or (bold and speech)):
            return False
        if not _CHINESE_NAME.fullmatch(name):
            name = name.upper()
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

    def _over_a_gap(self, name: str, aside: str | None, line: str, at: int, *, forced: bool) -> bool:
        """A cue with a blank under it: known, marked, or like all the others of the reply."""
        below = self._next(at + 1)
        if not below or not self._goes_on(at + 1):
            return False
        voiced = aside is not None and _VOICES.search(aside) is not None
        known = forced or voiced or name in self._known or not self._known
        if not known and below[0] not in "(（\"“「":
            return False
        self._say(name, aside, line)
        self._gapped = True
        return True

    def _say(self, name: str, aside: str | None, said: str) -> None:
        """Put a cue; what stands in its parentheses and is no extension becomes a direction."""
        caret = " ^" if said.rstrip("*_ ").endswith("^") else ""
        loose = any(mark in said for mark in ":：（")
        extensions, directions = "", []
        for part in _PARENTHESES.findall(aside or ""):
            if not loose or part.isupper() or _VOICES.fullmatch(part.strip()):
                extensions += f" ({part})"
            else:
                directions.append(part)
        self._alone(Line(f"@{name.rstrip(' ^')}{extensions}{caret}", Kind.CUE, said), closed=False)
        self._speaking = self._started = True
        self._spoken = self._gapped = False
        for direction in directions:
            self._put(Line(f"({direction})", Kind.SPEECH, direction))

    def _speech(self, line: str, said: str, *, counted: bool = False) -> None:
        """Put a line under a cue, a direction at its head on a line of its own."""
        aside = _ASIDE.fullmatch(line) if not self._spoken or line[0] in "(（" else None
        if aside and aside[1].strip():
            if (aside[2] or line[0] == "（") and not counted:
                self._count("a direction was put on a line of its own", said)
            self._put(Line(f"({aside[1]})", Kind.SPEECH, said if not aside[2] else f"({aside[1]})"))
            if aside[2]:
                self._spoken = True
                self._put(Line(aside[2], Kind.SPEECH, aside[2]))
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
        if not line or line[0] in "#!@>=~.[" or _RULE.fullmatch(line) or line.startswith("```"):
            return False
        bare = _bare(line)
        return not (_heading(bare) or _is_cue(bare) or _FADE.fullmatch(bare) or _TRANSITION.fullmatch(bare))

    def _cues(self) -> set[str]:
        """The names that stand over speech, or before a colon, somewhere in the reply."""
        known: set[str] = set()
        above = ""
        for at, raw in enumerate(self.lines):
            line = raw.strip()
            if line and not above:
                bare = _bare(line)
                inline = _INLINE.fullmatch(bare)
                if inline and _is_labelled(_bare(inline[1])):
                    known.add(_bare(inline[1]))
                elif self._attached(at) and _is_cue(bare) and not _heading(bare):
                    known.add(_parted(bare.removeprefix("@"))[0])
            above = line
        return known


def _bare(line: str) -> str:
    """A line without Markdown around it: hashes, emphasis, backticks, a closing backslash."""
    bare = line.strip()
    if bare.startswith("#"):
        bare = _HASHES.sub("", bare, count=1)
    for _ in range(MOST_WRAPPINGS):
        for mark in ("***", "**", "__", "*", "_", "`"):
            if len(bare) > 2 * len(mark) and bare.startswith(mark) and bare.endswith(mark):
                bare = bare[len(mark) : -len(mark)].strip()
                break
        else:
            if bare.startswith("**") and bare.find("**", 2) > 0:
                bare = bare[2:].replace("**", "", 1).strip()
    return bare


def _title(line: str, bare: str) -> str | None:
    entry = _KEY_LINE.fullmatch(bare)
    if not entry:
        return None
    key = known_key(entry[1].strip("*_ "))
    if key is None or key == "Notes":
        return None
    value = entry[2].lstrip("*_ ") if bare != line else entry[2]
    return line if line == f"{entry[1]}: {value}" else f"{key}: {value}"


def _heading(bare: str) -> str | None:
    """The heading a line is, its number at the end; ``None`` where it is none."""
    numbered = _NUMBERED_HEADING.match(bare)
    text = bare[numbered.end() :] if numbered else bare
    text = text.rstrip("*_ ") if text.endswith(("*", "_")) else text
    if HEADING.match(text):
        prose = text[-1] in _ENDS_A_SENTENCE and not text.isupper()
        if prose or len(text) > 200:
            return None
        return f"{text} #{numbered[1]}#" if numbered else text
    if text.startswith(".") and text[1:2].isalnum():
        return text
    if len(text) < 100 and _CHINESE_HEADING.match(text) and text[-1] not in "。！？":
        return f".{text}"
    return None


def _parted(cue: str) -> tuple[str, str | None]:
    """A cue's name and its parentheses."""
    for at, character in enumerate(cue):
        if character in "(（":
            return cue[:at].strip(), cue[at:].strip()
    return cue, None


def _is_name(name: str) -> bool:
    return (
        0 < len(name) <= LONGEST_CUE
        and len(name.split()) <= MOST_CUE_WORDS
        and name.upper() not in _NO_CUES
        and (_NAME.fullmatch(name) is not None)
    )


def _is_cue(line: str) -> bool:
    """Whether a line by itself looks like a cue: a name in capitals, perhaps with an extension."""
    name, aside = _parted(line.removesuffix("^").rstrip())
    return (
        _is_name(name)
        and name.isupper()
        and not HEADING.match(name)
        and (name[-1] not in _ENDS_A_SENTENCE or name.endswith(("JR.", "SR.")))
        and (aside is None or _EXTENSIONS.fullmatch(aside) is not None)
    )


def _is_labelled(name: str) -> bool:
    """Whether a name before a colon and words is a speaker's: capitals, or a short Chinese one."""
    if _CHINESE_NAME.fullmatch(name):
        return name not in _NO_CUES
    return _is_name(name) and name.isupper() and not HEADING.match(name)
