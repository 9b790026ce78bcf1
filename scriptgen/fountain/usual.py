"""The usual element: what most of a script is made of, and what the page holds as it is.

Each pattern is narrower than what proofreading leaves alone, so that proofreading may pass over
what fits; anything else takes the long way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.fountain.forms import LONGEST_NUMBER, SOURCE, is_plain_transition

if TYPE_CHECKING:
    from scriptgen.screenplay import Dialogue, Element, Heading

_OTHER_SCRIPTS = "\u0410-\u044f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3"
"""Cyrillic, kana, Chinese characters and Hangul, as far as NFC leaves each alone."""

_LETTERS = f"A-Za-z0-9À-ÖØ-öø-ÿ{_OTHER_SCRIPTS}"
_TYPOGRAPHY = "“”‘’…–—¿¡。，、？！：；《》"
_PLAIN = rf"[{_LETTERS}{_TYPOGRAPHY} !-)+-Z^`a-~]*"
_STRESSED = (
    rf"(?<![^ (“‘\"])(\*{{1,3}}|_)[{_LETTERS}][{_LETTERS} ,'’-]*(?<![ ,])[.!?…]?\1(?=[ .,;:!?)]|$)"
)
_LINE = re.compile(
    rf"(?:(?!(?i:int|ext|est|i[./]|fade|cut))[{_LETTERS}\"'“‘¿¡《]|(?=[*_])){_PLAIN}"
    rf"(?:(?:{_STRESSED}|\\[*_](?!/)|\[(?!\[)|\](?!\])){_PLAIN})*(?<! )"
)
_DIRECTION = re.compile(rf"[{_LETTERS}][{_LETTERS}{_TYPOGRAPHY} ,.;'&/-]*(?<! )")
_CUE = re.compile(rf"[{_LETTERS}][{_LETTERS} .,'’&#-]*(?<! )")
_EXTENSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .,'-]*(?<! )")
_HEADING = re.compile(
    r"[A-Z0-9][A-Z0-9À-ÖØ-Þ\u0410-\u042f\u4e00-\u9fff .,'’\"/&():–—-]*(?<! )",
)
_NUMBER = re.compile(rf"[A-Z0-9.-]{{1,{LONGEST_NUMBER}}}")


def is_usual(element: Element, before: Element | None) -> bool:
    """Whether the page holds ``element`` as it is; ``False`` where that is not certain.

    ``before``: the element it follows on the page.
    """
    if element.type == "dialogue":
        usual = _is_dialogue(element, before)
    elif element.type == "action":
        usual = _is_text(element.text)
    elif element.type == "heading":
        usual = _is_heading(element)
    elif element.type == "transition":
        usual = is_plain_transition(element.text) and "  " not in element.text
    else:
        return False
    return usual and (not element.sources or all(map(SOURCE.fullmatch, element.sources)))


def _is_heading(element: Heading) -> bool:
    number = element.number
    return _fits(_HEADING, element.text) and (
        number is None or _NUMBER.fullmatch(number) is not None
    )


def _is_text(text: str) -> bool:
    if "TO:" in text:
        return False
    if "\n" in text:
        return all(map(_LINE.fullmatch, text.split("\n")))
    return _LINE.fullmatch(text) is not None


def _is_dialogue(element: Dialogue, before: Element | None) -> bool:
    if not _fits(_CUE, element.cue):
        return False
    if element.extension is not None and not _fits(_EXTENSION, element.extension):
        return False
    last = ""
    for part in element.parts:
        kind = part.type
        if kind == last:
            return False
        last = kind
        if not (_is_text(part.text) if kind == "speech" else _fits(_DIRECTION, part.text)):
            return False
    if element.dual and (before is None or before.type != "dialogue" or before.dual):
        return False
    return last != ""


def _fits(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.fullmatch(text) is not None and "  " not in text
