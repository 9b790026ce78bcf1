"""What a line of a reply looks like once Markdown is taken off it."""

from __future__ import annotations

import re

from scriptgen.fountain.forms import HEADING
from scriptgen.fountain.title import known_key

LONGEST_CUE = 40
MOST_CUE_WORDS = 5
LONGEST_HEADING = 120
MOST_WRAPPINGS = 4

_WIDE = re.compile(r"[\uff21-\uff3a\uff41-\uff5a]")
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_WRAPPED = frozenset("#*_`")
RULE = re.compile(r"(?:-[ ]*){3,}|(?:\*[ ]*){3,}|(?:_[ ]*){3,}|(?:—[ ]*){2,}")
_HASHES = re.compile(r"#{1,6}\s*")
_NUMBERED_HEADING = re.compile(
    r"(?:(?:SCENE|ESCENA) {1,3})?#?(\d{1,4}[A-Z]?) {0,3}([.:)–—-]?) {1,3}"
    r"(?:\*{1,3}|_{1,3})?(?=(?:INT|EXT|EST|I/E)\b)",
    re.IGNORECASE,
)
_CHINESE_HEADING = re.compile(
    r"(?:\d{1,4}[.、．\s]\s*|第[一二三四五六七八九十百\d]{1,4}[场幕]\s*)?(?:内外景|内景|外景)[\s.。．:：·、,，-]*\S"
)
_SCENE_TITLE = re.compile(
    r"(?:SCENE|ESCENA|ACT|ACTO|SEQUENCE|PART|PARTE) {1,3}"
    r"(?:\d{1,4}|[IVX]{1,6}|ONE|TWO|THREE|FOUR|FIVE|SIX)\b.{0,80}"
    r"|第[一二三四五六七八九十百\d]{1,4}[场幕集].{0,80}|场景[一二三四五六七八九十百\d]{1,4}.{0,80}",
    re.IGNORECASE,
)
FADE = re.compile(
    r"(?:FADE (?:OUT|TO BLACK|TO WHITE)|CUT TO BLACK|SMASH TO BLACK)[.:]?", re.IGNORECASE
)
_TRANSITION = re.compile(r"[A-Z][A-Z -]{0,30} TO:")
_FADE_IN = re.compile(r"FADE IN[:.]?", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w .,'’#&/-]*")
_TITLED = re.compile(r"(?:[^\W\d_a-z][\w.'’-]*[a-z.] ?){1,3}(?<! )")
CHINESE_NAME = re.compile(r"[\u3400-\u9fff·]{1,8}")
INLINE = re.compile(r"([^:：(（\n]{1,50})((?:[(（][^()（）\n]{1,60}[)）] ?){0,4})\s*[:：]\s*(.*)")
_MARKED_ASIDE = re.compile(r"([*_]{1,3})([(（][^()（）]*[)）])\1")
_BEFORE_ASIDE = re.compile(r"[*_]{0,3}[^:：(（*_]{1,50}[*_]{0,3}[:：]?[*_]{0,3}\s*[:：]?\s*")
ASIDE = re.compile(r"[(（]([^()（）]*)[)）]\s*(.*)")
_PARENTHESIS = re.compile(r"[(（]")
PARENTHESES = re.compile(r"[(（]([^()（）]*)[)）]")
_EXTENSIONS = re.compile(r"(?:[(（][^()（）]*[)）] ?)+")
VOICES = re.compile(
    r"V\.?\s?O\.?|O\.?\s?S\.?|O\.?\s?C\.?|CONT['’]?D|CONTINUED|PRE-?LAP|FILTERED"
    r"|(?:INTO|ON|OVER)(?: THE)? (?:PHONE|TV|RADIO|INTERCOM|SPEAKER)"
    r"|VOICE ?OVER|OFF ?(?:SCREEN|STAGE|CAMERA)"
    r"|VOZ EN OFF|EN OFF|画外音|旁白|内心独白|电话音?",
    re.IGNORECASE,
)
_VOICED = re.compile(rf"(?<![a-z])(?:{VOICES.pattern})(?![a-z])", re.IGNORECASE)
_LOOKING = re.compile(r"\b(?:look|star|glanc|gaz|turn|point|walk|stepp)ing\b", re.IGNORECASE)
GOES_ON = re.compile(r"CONT['’]?D\.?|CONTINUED|CONTINUING", re.IGNORECASE)
WORD = re.compile(r"\w+")
_KEY_LINE = re.compile(r"([^\W\d_][^:：\n]{0,30})[:：]\s*(.*)")
_NO_CUES = frozenset(
    {
        *{"TITLE", "SUPER", "SUPERIMPOSE", "INSERT", "NOTE", "NOTES", "MONTAGE", "INTERCUT", "SFX"},
        *{"SOUND", "MUSIC", "CAPTION", "TITLE CARD", "ON SCREEN", "TEXT", "CHYRON", "CREDITS"},
        *{"LATER", "CONTINUOUS", "FLASHBACK", "THE END", "END", "BLACK", "SILENCE", "POV", "FIN"},
        *{"CLOSE ON", "BACK TO SCENE", "MOMENTS LATER", "END OF FLASHBACK", "FADE IN", "FADE OUT"},
        *{"CHARACTERS", "SETTING", "SCENE", "TIME", "PLACE", "DAY", "NIGHT", "END OF SCENE"},
        *{"FREEZE FRAME", "SPLIT SCREEN", "SLOW MOTION", "SERIES OF SHOTS", "TITLES"},
        *{"SMASH CUT", "MATCH CUT", "JUMP CUT", "QUICK CUTS", "OVER BLACK", "BLACK SCREEN"},
        *{
            "ANGLE ON",
            "字幕",
            "镜头",
            "画面",
            "场景",
            "时间",
            "地点",
            "人物",
            "音效",
            "音乐",
            "剧终",
        },
        *{"注", "备注"},
    }
)
_SHOT = re.compile(
    r"FREEZE FRAME(?: ?[:–-].*| (?:ON|OF) .*)?|(?:SMASH|MATCH|JUMP) CUT|"
    r"(?:(?:EXTREME|TIGHT|VERY) )?(?:CLOSER?(?:[- ]?UP)?|WIDER?|(?:CLOSE|WIDE) SHOT)"
    r"(?: (?:ON|OF) .+)?"
    r"|(?:(?:NEW|LOW|HIGH|WIDE|REVERSE|ANOTHER) )?ANGLE(?: ON .+)?"
    r"|(?:INSERT|POV|BACK TO|BACK ON|RESUME) .+|.+[’']S POV|ABOVE|BELOW|BENEATH|INSIDE|OUTSIDE"
    r"|(?:ON|(?:AT|IN|ABOVE|BEHIND|BELOW|BENEATH|BESIDE|UNDER) (?:THE|A|AN|HIS|HER|ITS|THEIR))"
    r" (?!.*\b(?:INTERCOM|PHONE|RADIO|SCREEN|(?:LOUD)?SPEAKER|TANNOY|TELE(?:PHONE|VISION)|TV)\b).+"
)
_ENDS_A_SENTENCE = frozenset(".!?…。！？")


def unwrapped(line: str) -> str:
    """A line without Markdown around it: hashes, emphasis, backticks, a closing backslash."""
    bare = line.strip()
    if bare[:1] not in _WRAPPED:
        return bare
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


def ends_a_sentence(line: str) -> bool:
    """Whether a line comes to a stop, or breaks off, before the marks that close it."""
    return line.rstrip("*_\"'”’」)）")[-1:] in {*_ENDS_A_SENTENCE, "—", "–", "-"}


def freed(line: str) -> str:
    """A line whose direction, at its head or behind a name, has lost the emphasis around it."""
    for aside in _MARKED_ASIDE.finditer(line):
        if aside.start() == 0 or _BEFORE_ASIDE.fullmatch(line, 0, aside.start()):
            return line[: aside.start()] + aside[2] + line[aside.end() :]
    return line


def is_bold(line: str) -> bool:
    """Whether a line is bold from its first word to its last."""
    return len(line) > 4 and line.startswith("**") and line.endswith("**")  # noqa: PLR2004


def narrow(line: str) -> str:
    """A line that opens with a full-width letter, in plain letters, digits and marks."""
    return line.translate(_NARROW) if _WIDE.match(line) else line


def title_line(line: str, bare: str) -> str | None:
    entry = _KEY_LINE.fullmatch(bare)
    if not entry:
        return None
    key = known_key(entry[1].strip("*_ "))
    if key is None or key == "Notes":
        return None
    value = entry[2].lstrip("*_ ") if bare != line else entry[2]
    plain = f"{entry[1]}: {value}".rstrip()
    return line if line == plain else f"{key}: {value}".rstrip()


def heading_line(bare: str) -> str | None:
    """The heading a line is, its number at the end; ``None`` where it is none."""
    numbered = _NUMBERED_HEADING.match(bare)
    text = bare[numbered.end() :] if numbered else bare
    text = text.rstrip("*_ ") if text.endswith(("*", "_")) else text
    if HEADING.match(text):
        prose = text[-1] in _ENDS_A_SENTENCE and not text.isupper()
        if prose or len(text) > LONGEST_HEADING:
            return None
        if not numbered:
            return text
        # A shooting script has the number in both margins.
        gap = "  " if numbered[2] or " - " not in text else " "
        return f"{text.removesuffix(f'{gap}{numbered[1]}').rstrip()} #{numbered[1]}#"
    if text.startswith(".") and text[1:2].isalnum():
        return text
    if len(text) <= LONGEST_HEADING and _CHINESE_HEADING.match(text) and text[-1] not in "。！？":
        return f".{text}"
    return None


def parted_cue(cue: str) -> tuple[str, str | None]:
    """A cue's name and its parentheses."""
    at = _PARENTHESIS.search(cue)
    return (cue[: at.start()].strip(), cue[at.start() :].strip()) if at else (cue, None)


def is_voiced(aside: str) -> bool:
    """Whether what stands in parentheses tells where a voice comes from, and not how it is used."""
    found = _VOICED.search(aside)
    return found is not None and not (
        found[0][:3].upper() == "OFF" and _LOOKING.search(aside[: found.start()])
    )


def is_name(name: str) -> bool:
    return (
        0 < len(name) <= LONGEST_CUE
        and len(name.split()) <= MOST_CUE_WORDS
        and name.upper() not in _NO_CUES
        and not is_shot(name.upper())
        and (_NAME.fullmatch(name) is not None)
    )


def is_cue(line: str) -> bool:
    """Whether a line by itself looks like a cue: a name in capitals, perhaps with an extension."""
    name, aside = parted_cue(line.removesuffix("^").rstrip())
    return (
        name.isupper()
        and is_name(name)
        and not HEADING.match(name)
        and (name[-1] not in _ENDS_A_SENTENCE or name.endswith(("JR.", "SR.")))
        and (aside is None or _EXTENSIONS.fullmatch(aside) is not None)
    )


def is_shot(line: str) -> bool:
    """Whether a line names where the camera looks, in capitals: ``CLOSE``, ``UNDER THE TABLE``."""
    return line.isupper() and _SHOT.fullmatch(line.rstrip(":.-– ")) is not None


def is_titled(name: str) -> bool:
    """Whether a name before a colon is written as names are in prose: ``Dr. Hart``."""
    return _TITLED.fullmatch(name) is not None and is_name(name)


def is_forced_cue(name: str, aside: str | None) -> bool:
    """Whether what stands behind an ``@`` is a name with nothing but extensions after it."""
    return name != "" and (aside is None or _EXTENSIONS.fullmatch(aside) is not None)


def is_labelled(name: str) -> bool:
    """Whether a name before a colon and words is a speaker's: capitals, or a short Chinese one."""
    if CHINESE_NAME.fullmatch(name):
        return name not in _NO_CUES
    return is_name(name) and name.isupper() and not HEADING.match(name)


def is_scene_title(bare: str, *, wrapped: bool) -> bool:
    """Whether a line is ``Scene 1`` or the like; without Markdown around it, no sentence is."""
    return _SCENE_TITLE.fullmatch(bare) is not None and (
        wrapped or bare[-1] not in _ENDS_A_SENTENCE
    )


def is_transition(bare: str) -> bool:
    """Whether a line is a transition that the strict reader, or a reader of scripts, knows."""
    return _TRANSITION.fullmatch(bare) is not None or _FADE_IN.fullmatch(bare) is not None
