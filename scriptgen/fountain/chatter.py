"""Telling a script from the talk around it."""

from __future__ import annotations

import re

from scriptgen.fountain.forms import HEADING
from scriptgen.fountain.looks import FADE
from scriptgen.fountain.mending import Kind, Line

_FENCE = re.compile(r"\s*(?:```+|~~~+)\s*[\w.+-]*\s*")
_QUOTED = re.compile(r"^>(?: |$)")
_QUOTED_HEADING = re.compile(
    r">(?: [#*_ .\d]*)(?:INT\./EXT\.|INT/EXT|INT\.|EXT\.|EST\.|I/E)(?![^\n]* TO:?$)", re.IGNORECASE
)
_STRUCTURE = frozenset({Kind.TITLE, Kind.HEADING, Kind.TRANSITION, Kind.CUE})
_END = re.compile(
    r"\W*(?:THE END|FIN|END OF (?:SCENE|SCRIPT|DRAFT|EPISODE|SCREENPLAY)|剧终|完|全剧终)\W*",
    re.IGNORECASE,
)
_DRAFT = (
    r"(?:screenplay|script|draft|scene|version|adaptation|essay|notes?|changes|choices|summary)"
)
_ADDRESS = re.compile(
    r"\W*(?:let me know|is there anything you|(?:i )?hope (?:this|that|it|you)\b"
    r"|would you like|feel free|want me to"
    r"|i(?:['’]ve| have| tried| kept| can)\b.*\b(?:you|draft|script|essay|text|scenes?|dialogue)\b"
    r"|if you(?:['’]d| would| want| need| prefer| wish| have any)\b"
    r"|this (?:draft|screenplay|script|version|adaptation)\b|as requested"
    r"|(?:i['’]m |i['’]d be )?happy to \w+"
    r"|please (?:let|note that|feel free|tell me|review|confirm|share|provide|specify)\b"
    r"|here(?:['’]s| is| are) (?:\w+ ){0,4}(?:screenplay|script|draft|scene|version|adaptation)\b"
    r"|(?:(?:adaptation|production|writer['’]s|author['’]s) )?notes?(?::|\W*$)"
    r"|the (?:screenplay|script|draft) (?:above|keeps|follows|uses)"
    r"|espero que (?:te|les?|os|esto|sea|este)\b|si (?:quieres|deseas)|avísame|este gui[oó]n|nota:"
    r"|希望(?:[你您这能]|以上)|如需|如果[你您](?:需要|想|希望|愿意|喜欢|有)|以[上下](?:就?是|为|内容|剧本)"
    r"|注：|这个剧本|需要我)",
    re.IGNORECASE,
)
"""How words to the user begin, wherever they stand."""

_ABOUT = re.compile(
    rf"\b(?:I|(?i:you|your|thanks?|word count|adapt\w*|dialogue|beats?|{_DRAFT}))\b"
    r"|剧本|[你您]|改编|gui[oó]n|ensayo|usted"
)
"""What words to the user speak of, where the script has ended."""

_ITEM = re.compile(r"[-*•+] |\d{1,2}[.)] ")
_STORY = re.compile(r"[A-Z][A-Z'’ -]{3,40}[.:]( |$)")
"""How action before the first heading begins: ``OVER BLACK.``, ``BLACK SCREEN. Rain.``"""


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


def without_quotation(lines: list[str]) -> tuple[list[str], dict[str, tuple[int, str]]]:
    """The lines without the ``>`` of a quotation, if a heading stands in one, and what was mended.

    A mark of Fountain's own stands inside the quotation's: ``> > FADE OUT.``, ``> > THE END <``.
    """
    if not any(map(_QUOTED_HEADING.match, lines)):
        return lines, {}
    marked = [line for line in lines if line.startswith(">")]
    found = [_QUOTED.sub("", line) for line in lines]
    return found, {"a script was taken out of a quotation": (len(marked), marked[0])}


def _is_heading(line: str) -> bool:
    return HEADING.match(line.lstrip("#*_ .")) is not None


def parted(lines: list[Line]) -> tuple[str, list[str], str]:
    """The talk before the script as it was said, the script's lines, and the talk after it."""
    first = next((at for at, line in enumerate(lines) if line.kind in _STRUCTURE), None)
    if first is None:
        return "", [line.text for line in lines], ""
    start = _start(lines, first)
    talk = _talk(lines, first)
    before = "\n".join(line.said for line in lines[:start]).strip("\n")
    after = "\n".join(lines[at].said for at in talk).strip("\n")
    told = set(talk)
    script = [line.text for at, line in enumerate(lines) if at >= start and at not in told]
    return before, script, after


def _start(lines: list[Line], first: int) -> int:
    """Where the script begins: forced lines, cards and sections right before it count."""
    start = first
    titled = lines[first].kind is Kind.TITLE
    for at in range(first - 1, -1, -1):
        line = lines[at]
        text = line.text.strip()
        card = text[:1] == ">" and text[1:].endswith("<")
        marked = line.kind is Kind.SECTION or card or text[:1] in ("!", "[", "=")
        if marked or (line.kind is Kind.PROSE and not titled and _is_story(line.text)):
            start = at
        elif line.kind in (Kind.PROSE, Kind.SPEECH):
            break
    return start


def _is_story(text: str) -> bool:
    return _STORY.match(text) is not None and not (_ADDRESS.match(text) or _ABOUT.search(text))


def _talk(lines: list[Line], first: int) -> list[int]:
    """The lines after the last element of structure that speak to the user.

    A paragraph has to address somebody, and takes the list below it along. After an end mark or a
    rule it is enough that it speaks of the draft, and then the rest goes too.
    """
    last = max(at for at, line in enumerate(lines) if line.kind in _STRUCTURE)
    ended = FADE.fullmatch(lines[last].text.removeprefix("> ")) is not None
    talk: list[int] = []
    opens, talking = True, False
    for at in range(max(last, first) + 1, len(lines)):
        line = lines[at]
        if line.kind is Kind.RULE or (line.kind is Kind.PROSE and _END.fullmatch(line.text)):
            opens = ended = True
            talking = False
        elif line.kind is Kind.BLANK:
            opens = True
        elif opens:
            opens = False
            talking = line.kind in (Kind.PROSE, Kind.SECTION) and (
                _ADDRESS.match(line.text) is not None
                or (talking and (ended or _ITEM.match(line.text) is not None))
                or (ended and _ABOUT.search(line.text) is not None)
            )
        if talking:
            talk.append(at)
    return talk
