"""How many tokens a prompt takes, told before it is sent and without its model's tokenizer.

Nobody but the server knows the real number, so each character counts for as much as the least
thrifty of four common tokenizers makes of it in running text. Tokens per character, measured:

==========================  ========  =======  ======  =====  =======
text                        estimate  Llama 2  cl100k  o200k  Llama 3
==========================  ========  =======  ======  =====  =======
English essays              0.44      0.27     0.22    0.22   0.22
Spanish                     0.45      0.35     0.31    0.26   0.31
German, French, Portuguese  0.47      0.36     0.34    0.29   0.34
Polish, Turkish, Finnish    0.57      0.50     0.44    0.37   0.42
Vietnamese                  0.77      0.76     0.57    0.36   0.34
Russian, Greek, Arabic      1.09      0.73     0.73    0.41   0.50
Hindi, Tamil, Thai          1.39      1.13     1.11    0.41   0.85
Chinese, both scripts       1.95      1.77     1.52    1.05   1.04
Japanese, Korean            1.80      1.42     1.15    0.82   0.77
Python, Markdown, HTML      0.57      0.31     0.25    0.25   0.25
a screenplay in Fountain    0.57      0.38     0.29    0.29   0.29
==========================  ========  =======  ======  =====  =======

Letters in no order (keys, Base64, made-up words) and rare Chinese characters may take up to half as
much again.
"""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scriptgen.prompt import Prompt

PER_MESSAGE = 8
"""What a chat template puts around a message, and once more where the reply begins."""

PER_SCHEMA = 64
"""What goes around a JSON schema where it is sent as a tool."""

_LOWER = 0.45
_SPACE = 0.15
_LETTERS = bytes(range(ord("a"), ord("z") + 1))
_PAIR = b"  "
_ASCII = bytes(range(0x80))
_HIGH = bytes(range(0x80, 0x100))
_WEIGHTS = (
    (0x0100, 1.2),  # Latin of Western Europe
    (0x0300, 1.6),  # the rest of it
    (0x0370, 2.0),  # combining marks
    (0x0530, 1.2),  # Greek, Cyrillic
    (0x0590, 2.2),  # Armenian
    (0x0700, 1.2),  # Hebrew, Arabic
    (0x0900, 2.2),
    (0x0E80, 1.5),  # the scripts of India, Thai
    (0x1E00, 3.2),
    (0x2000, 2.2),  # Vietnamese, Greek with breathings
    (0x200B, 1.5),  # blanks
    (0x2010, 3.0),  # joiners
    (0x2060, 1.5),  # dashes, quotation marks
    (0x2070, 3.0),  # invisible signs
    (0x2E80, 2.0),  # arrows, lines
    (0xA000, 2.0),  # Chinese, kana
    (0xAC00, 3.2),
    (0xD7B0, 2.0),  # Hangul
    (0xF900, 3.2),
    (0xFB00, 3.0),
    (0x10000, 2.0),  # presentation forms, full width
)
_BEYOND = 4.2


def text_tokens(text: str) -> int:
    """At least as many tokens as ``text`` is likely to take; see the module for how near."""
    data = text.encode("utf-8", "surrogatepass")
    plain = data.translate(None, _HIGH)
    lower = len(plain) - len(plain.translate(None, _LETTERS))
    spaces = plain.count(b" ")
    total = len(plain) - lower - spaces + _LOWER * lower + _SPACE * spaces + plain.count(_PAIR)
    if len(plain) < len(data):
        others = Counter(data.translate(None, _ASCII).decode("utf-8", "surrogatepass"))
        total += sum(_weight(ord(character)) * count for character, count in others.items())
    return ceil(total)


def prompt_tokens(prompt: Prompt) -> int:
    """At least as many tokens as the server is likely to count for ``prompt``."""
    total = PER_MESSAGE + sum(
        PER_MESSAGE + text_tokens(message.content) for message in prompt.messages
    )
    if prompt.json_schema is not None:
        total += PER_SCHEMA + text_tokens(prompt.json_schema.text)
    return total


def _weight(point: int) -> float:
    return next((weight for below, weight in _WEIGHTS if point < below), _BEYOND)
