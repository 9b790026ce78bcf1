"""A language pack: the words and patterns of one language, as a value.

The parser and the offline writer ask a pack instead of knowing a language. Packs are data files
under ``parser/lang/<code>/``; `scriptgen.catalog` reads them.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from scriptgen.patterns import PatternGroups

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

    from scriptgen.patterns import Search


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


class ProperNames(Protocol):
    """Names of people and of places."""

    def is_given(self, name: str) -> bool:
        """Whether it is given to people."""

    def is_place(self, name: str) -> bool:
        """Whether a place is called so."""

    def gender(self, name: str) -> str | None:
        """``m`` or ``f``; ``None`` for a name of both, and for an unknown one."""

    def full_forms(self, short: str) -> tuple[str, ...]:
        """The names that ``short`` is a short or fond form of, in small letters without accents."""

    def is_short_for(self, short: str, full: str) -> bool:
        """Whether ``short`` is a short or fond form of ``full``."""


class Likeness(Protocol):
    """Pairs of words in base forms that are like each other."""

    def after(self, word: str) -> Mapping[str, float]:
        """The words like ``word`` that sort behind it, each with its likeness, in (0, 1)."""


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """What is known of one language.

    ``words``: named word lists, folded to lower case; ``maps`` and ``weights``: named tables of
    texts and of numbers; ``patterns``: named regular expressions, tried in order; ``lexicon``,
    ``proper_names`` and ``likeness``: ``None`` where the pack has none; ``known``: whether this is
    a real pack, or the one that stands in for a language without (typography alone);
    ``remembered``: what the parser has worked out about single words, to be asked again.
    """

    code: str
    name: str
    known: bool = True
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    maps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    patterns: Mapping[str, tuple[re.Pattern[str], ...]] = field(default_factory=dict)
    lexicon: Lexicon | None = None
    proper_names: ProperNames | None = None
    likeness: Likeness | None = None
    remembered: dict[str, tuple[object, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _kinds: Mapping[str, frozenset[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _groups: PatternGroups = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        kinds: dict[str, set[str]] = {}
        for kind, words in self.words.items():
            for word in words:
                kinds.setdefault(word, set()).add(kind)
        frozen = {word: frozenset(found) for word, found in kinds.items()}
        object.__setattr__(self, "_kinds", frozen)
        object.__setattr__(self, "_groups", PatternGroups(self.patterns))

    def kinds(self, word: str) -> frozenset[str]:
        """The names of all lists that hold ``word`` (folded to lower case)."""
        return self._kinds.get(word, _NO_KINDS)

    def needed(self, name: str) -> frozenset[str] | None:
        """Words of which one is in all that the patterns ``name`` match; ``None``: any may be."""
        return self._groups[name].needed

    def searches(self, name: str, words: frozenset[str]) -> Sequence[Search]:
        """Those of the patterns ``name`` that a text of ``words`` (folded) may hold."""
        group = self._groups[name]
        if not group.may_match(words):
            return ()
        return [search for search in group.searches if search.may_match(words)]

    def match(
        self,
        name: str,
        text: str,
        start: int = 0,
        end: int = sys.maxsize,
        *,
        word: str,
        words: frozenset[str],
    ) -> re.Match[str] | None:
        """What the first of the patterns ``name`` that does matches at ``start`` up to ``end``.

        ``word``: the first word there; ``words``: all there, and perhaps more (folded).
        """
        group = self._groups[name]
        if not group.may_match(words):
            return None
        for search in group.beginning(word):
            if search.may_match(words) and (found := search.pattern.match(text, start, end)):
                return found
        return None

    def begins(
        self,
        name: str,
        text: str,
        start: int = 0,
        *,
        word: str | None = None,
        words: frozenset[str] | None = None,
    ) -> bool:
        """Whether one of the patterns ``name`` matches ``text`` at ``start``.

        Where they are known: ``word``, the first word there, and ``words``, all words there and
        perhaps more (folded).
        """
        group = self._groups[name]
        if word is None:
            return group.pattern.match(text, start) is not None
        for search in group.beginning(word):
            worth = words is None or search.may_match(words)
            if worth and search.pattern.match(text, start) is not None:
                return True
        return False

    def has(
        self,
        name: str,
        text: str,
        start: int = 0,
        end: int = sys.maxsize,
        *,
        words: frozenset[str] | None = None,
    ) -> bool:
        """Whether one of the patterns ``name`` matches anywhere in ``text[start:end]``.

        ``words``: all words there (folded), and perhaps more, where they are known.
        """
        group = self._groups[name]
        if words is None:
            return group.pattern.search(text, start, end) is not None
        if group.may_match(words):
            for search in group.searches:
                if search.may_match(words) and search.pattern.search(text, start, end) is not None:
                    return True
        return False

    def is_word(self, kind: str, word: str) -> bool:
        """Whether ``word`` is in the list ``kind``; an absent list holds nothing."""
        return kind in self._kinds.get(word.lower(), _NO_KINDS)
