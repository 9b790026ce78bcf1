"""Words of a sentence, with what the lexicon says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.language import LanguagePack

TOKEN = re.compile(r"\w+(?:[’'-]\w+)*|[^\w\s]")
NOMINATIVE = frozenset({"he", "she", "it", "they", "we", "i", "you"})
MANY = frozenset({"they", "we", "you", "i", "these", "those", "both"})


@runtime_checkable
class Grammar(Protocol):
    """A lexicon that also knows the forms of verbs."""

    def nouns(self, word: str) -> frozenset[str]:
        """The classes of a noun (any form), empty for an unknown one."""

    def is_plural(self, word: str) -> bool:
        """Whether the word can be a noun in the plural."""

    def verbs(self, word: str) -> frozenset[str]:
        """The classes of a verb (any form), empty for an unknown one."""

    def lemma(self, word: str, part: str) -> str | None:
        """The base form of ``word`` as ``noun`` or ``verb``; ``None`` when it cannot be one."""

    def verb_form(self, word: str) -> str | None:
        """``plain third past perfect both ing``; ``None`` for no verb."""

    def third_person(self, lemma: str) -> str:
        """The form that goes with he and she."""

    def knows(self, word: str) -> bool:
        """Whether the word is one of the language."""

    def adverb(self, word: str) -> bool:
        """Whether the word can be an adverb."""

    def adjective(self, word: str) -> bool:
        """Whether the word can be an adjective."""

    def closed(self, word: str) -> bool:
        """Whether the word is of a closed class."""


def grammar_of(pack: LanguagePack) -> Grammar | None:
    """The pack's lexicon, where it knows verb forms; ``None``: sentences stay as they are."""
    return pack.lexicon if isinstance(pack.lexicon, Grammar) else None


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark with its range in the sentence."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """The text in lower case, with a plain apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def is_word(self) -> bool:
        """Whether it is a word rather than a mark."""
        return self.text[0].isalnum()


def tokens(text: str) -> list[Token]:
    """The words and marks of ``text``."""
    return [Token(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text)]


def replace_ranges(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """``text`` with the ranges replaced; they must not overlap."""
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def capitalised(text: str) -> str:
    """``text`` with its first letter in upper case, marks before it left alone."""
    for i, sign in enumerate(text):
        if sign.isalpha():
            return text[:i] + sign.upper() + text[i + 1 :]
        if sign.isdigit():
            break
    return text
