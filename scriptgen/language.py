"""A language pack: the words and patterns of one language, as a value.

The parser and the offline writer ask a pack instead of knowing a language. Packs are data files
under ``parser/lang/<code>/``; `scriptgen.catalog` reads them.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


_NO_KINDS: frozenset[str] = frozenset()


class Lexicon(Protocol):
    """Words with classes and forms."""

    def nouns(self, word: str) -> frozenset[str]:
        """The classes of a noun (any form), empty for an unknown one."""

    def verbs(self, word: str) -> frozenset[str]:
        """The classes of a verb (any form), empty for an unknown one."""

    def lemma(self, word: str, part: str) -> str | None:
        """The base form of ``word`` as ``noun`` or ``verb``; ``None`` when it cannot be one."""

    def knows(self, word: str) -> bool:
        """Whether the word is one of the language in any part of speech."""

    def verb_form(self, word: str) -> str | None:
        """``plain``, ``third``, ``past``, ``perfect``, ``both`` (past and perfect) or ``ing``."""

    def is_past(self, word: str) -> bool:
        """Whether the word can be a simple past."""

    def is_past_participle(self, word: str) -> bool:
        """Whether the word can be a past participle."""

    def is_participle(self, word: str) -> bool:
        """Whether the word is a present participle."""

    def third_person(self, lemma: str) -> str:
        """The form of a verb that goes with he and she."""

    def adjective(self, word: str) -> bool:
        """Whether the word can be an adjective."""

    def adverb(self, word: str) -> bool:
        """Whether the word can be an adverb."""

    def closed(self, word: str) -> bool:
        """Whether the word is of a closed class (pronoun, preposition, auxiliary)."""


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """What is known of one language.

    ``words``: named word lists, folded to lower case; ``patterns``: named regular expressions,
    tried in order; ``lexicon``: ``None`` where the pack has none; ``known``: whether this is a
    real pack, or the one that stands in for a language without (typography alone);
    ``remembered``: what the parser has worked out about single words, to be asked again.
    """

    code: str
    name: str
    known: bool = True
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    maps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    patterns: Mapping[str, tuple[re.Pattern[str], ...]] = field(default_factory=dict)
    lexicon: Lexicon | None = None
    remembered: dict[str, tuple[object, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _kinds: Mapping[str, frozenset[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _unions: dict[str, re.Pattern[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        kinds: dict[str, set[str]] = {}
        for kind, words in self.words.items():
            for word in words:
                kinds.setdefault(word, set()).add(kind)
        frozen = {word: frozenset(found) for word, found in kinds.items()}
        object.__setattr__(self, "_kinds", frozen)

    def kinds(self, word: str) -> frozenset[str]:
        """The names of all lists that hold ``word`` (folded to lower case)."""
        return self._kinds.get(word, _NO_KINDS)

    def begins(self, name: str, text: str, start: int = 0) -> bool:
        """Whether one of the patterns ``name`` matches ``text`` at ``start``."""
        pattern = self._unions.get(name) or self._union(name)
        return pattern.match(text, start) is not None

    def has(self, name: str, text: str, start: int = 0, end: int = sys.maxsize) -> bool:
        """Whether one of the patterns ``name`` matches anywhere in ``text[start:end]``."""
        pattern = self._unions.get(name) or self._union(name)
        return pattern.search(text, start, end) is not None

    def _union(self, name: str) -> re.Pattern[str]:
        """The patterns ``name`` as one, which is asked faster than one after the other."""
        own = self.patterns.get(name, ())
        if len(own) == 1:
            union = own[0]
        else:
            parts = (_NAMED_GROUP.sub("(?:", _with_flags(pattern)) for pattern in own)
            union = re.compile("|".join(parts) or r"(?!)")
        self._unions[name] = union
        return union

    def is_word(self, kind: str, word: str) -> bool:
        """Whether ``word`` is in the list ``kind``; an absent list holds nothing."""
        return kind in self._kinds.get(word.lower(), _NO_KINDS)


_NAMED_GROUP = re.compile(r"\(\?P<\w+>")
_FLAGS = ((re.IGNORECASE, "i"), (re.MULTILINE, "m"), (re.DOTALL, "s"), (re.VERBOSE, "x"))


def _with_flags(pattern: re.Pattern[str]) -> str:
    """A pattern's source as a group that carries its own flags."""
    flags = "".join(letter for flag, letter in _FLAGS if pattern.flags & flag)
    return f"(?{flags}:{pattern.pattern})"
