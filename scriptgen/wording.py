"""The words of a text, and how two texts compare word by word."""

from __future__ import annotations

import re
import unicodedata

_EMPHASIS = re.compile(r"\\([*_\\])|[*_]")
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"
    r"|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+(?:'[^\W_]+)*"
)


def words(text: str) -> list[str]:
    """The words of a text, folded, without emphasis, punctuation and kinds of quote marks.

    Where a script does without spaces each character is a word.
    """
    plain = _EMPHASIS.sub(lambda mark: mark[1] or "", unicodedata.normalize("NFKC", text))
    return _WORD.findall(plain.replace("\u2019", "'").replace("\u2018", "'").casefold())


def within(needle: list[str], hay: list[str]) -> bool:
    """Whether all words of ``needle`` stand in ``hay`` in one piece."""
    return bool(needle) and f" {' '.join(needle)} " in f" {' '.join(hay)} "


def runs(said: list[str], length: int) -> list[tuple[str, ...]]:
    """All runs of so many words, in order."""
    return [tuple(said[i : i + length]) for i in range(len(said) - length + 1)]
