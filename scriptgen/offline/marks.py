"""Marks and sentence ends, in any language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.offline.words import capitalised

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack

EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`+")
BLANKS = re.compile(r"\s+")
SENTENCE = re.compile(r"(?<=[.!?…])[\"”’»)\]]*\s+(?=[\"“‘«(\[]*[^\Wa-zà-ÿ_])")
CJK_SENTENCE = re.compile(r"(?<=[。！？])[”’」』）]*")
DANGLING = re.compile(r"[\s,;:—–-]+(?=[.!?…]+$)")
EDGE_MARKS = " \t\n,;:—–-·|>#"
CLOSERS = "\"”’'»)]"
SENTENCE_MARKS = ".!?…。！？"
CJK = re.compile(r"[぀-ヿ一-鿿]")
PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"), ("（", "）"), ("「", "」"))


def plain(text: str) -> str:
    """``text`` without marks of emphasis, on one line."""
    return BLANKS.sub(" ", EMPHASIS.sub("", text)).strip()


def balanced(text: str) -> str:
    """``text`` without brackets and quote marks that have no partner."""
    for opening, closing in PAIRS:
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    return BLANKS.sub(" ", text).strip(EDGE_MARKS)


def finished(text: str) -> str:
    """``text`` with a capital first and a stop at the end."""
    text = capitalised(DANGLING.sub("", text.strip(EDGE_MARKS)))
    bare = text.rstrip(CLOSERS)
    if bare and bare[-1] not in SENTENCE_MARKS:
        text += "。" if CJK.search(text) else "."
    return text


def split_sentences(text: str, pack: LanguagePack) -> list[str]:
    """``text`` in sentences; the full stop of an abbreviation ends none."""
    parts: list[str] = []
    start = 0
    for match in sorted(
        [*SENTENCE.finditer(text), *CJK_SENTENCE.finditer(text)], key=lambda m: m.start()
    ):
        if _is_abbreviation(text[start : match.start()], text[match.end() :], pack):
            continue
        parts.append(text[start : match.end()].strip())
        start = match.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def _is_abbreviation(before: str, after: str, pack: LanguagePack) -> bool:
    words = before.rsplit(None, 1)[-1:]
    if not words or not words[0].endswith("."):
        return False
    word = words[0].rstrip(".").lower()
    return pack.is_word("abbreviations", word) and (word != "no" or after[:1].isdigit())


def starts_inside(essay_text: str, start: int) -> bool:
    """Whether the offset lies inside a sentence of the essay."""
    before = essay_text[:start].rstrip(' \t"“‘«*_')
    return bool(before) and before[-1] not in SENTENCE_MARKS + "\n" + CLOSERS
