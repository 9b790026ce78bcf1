r"""Which characters a page may hold, and how the others become ones it may.

Parsers disagree on where a line ends, on what counts as a blank and on what is invisible, so text
is brought to one form before it is written and after it is read: NFC, ``\n`` line ends, plain
blanks, nothing invisible.
"""

from __future__ import annotations

import re
import unicodedata

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_JOINER = re.compile(
    "(?<![^\x00-\x7f\u200c\u200d])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f\u200c\u200d])"
)
_ODD_ASCII = re.compile("[\x00-\x09\x0b-\x1f\x7f]")
_ODD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u034f\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_UNHOLDABLE = re.compile("[\ud800-\udfff\ue700-\ue706\ufffe\uffff]")
"""No file holds the surrogates and the last two; the private ones are one parser's own marks."""

UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def normal(text: str) -> str:
    r"""``text`` with ``\n`` line ends, plain blanks, nothing invisible, in NFC.

    Joiners stay where they join two letters that are not ASCII (Persian, Hindi, emoji). Line
    ends stay as many as they were, and no line is stripped.
    """
    if text.isascii():
        if not _ODD_ASCII.search(text):
            return text
    else:
        text = unicodedata.normalize("NFC", text)
        if not _ODD.search(text):
            return text
    text = _LINE_END.sub("\n", text)
    text = _INVISIBLE.sub("", _BLANK.sub(" ", text))
    return text if text.isascii() else unicodedata.normalize("NFC", _JOINER.sub("", text))


def holdable(text: str) -> str:
    """``text`` with the replacement character for what no file or parser can hold."""
    return text if text.isascii() else _UNHOLDABLE.sub(UNKNOWN, text)
