"""Counting words, also where they are written without blanks."""

from __future__ import annotations

import re

_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
    r"(?:['’.,:-][^\W_\u3040-\u30ff\u3400-\u9fff]+)*"
)


def count_words(text: str) -> int:
    """The words of ``text``; a Chinese or Japanese character counts as one."""
    return sum(1 for _ in _WORD.finditer(text))
