"""Regular expressions of one name, asked as one, and only where they have a chance."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from scriptgen.triggers import begins_with_word, first_words, needed_words

if TYPE_CHECKING:
    from collections.abc import Mapping

Words = frozenset[str] | None


class Search:
    """One expression; what is known of the words it matches is worked out when first asked for."""

    needed: Words
    """Words of which one is in whatever it matches; ``None`` where there is no telling."""

    def __init__(self, *patterns: re.Pattern[str]) -> None:
        self._patterns = patterns
        self.needed = self._needed()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression; of several, one for all, made when it is first asked for."""
        return _as_one(self._patterns)

    def _needed(self) -> Words:
        return needed_words(self.pattern)

    @cached_property
    def first(self) -> Words:
        """Words of which one begins whatever it matches; ``None`` where there is no telling."""
        return first_words(self.pattern)

    @cached_property
    def openers(self) -> Words:
        """`first`, where a match can begin at no other place than at one of these words."""
        return self.first if begins_with_word(self.pattern) else None

    def may_match(self, words: frozenset[str]) -> bool:
        """Whether a text of ``words`` (`scriptgen.triggers.folded`) is worth a search."""
        needed = self.needed
        return needed is None or not needed.isdisjoint(words)

    def may_begin(self, word: str) -> bool:
        """Whether a text whose first word is ``word`` (folded) is worth a match."""
        return self.first is None or word in self.first


class PatternGroup(Search):
    """All expressions of one name as one; ``searches``: one after the other."""

    def __init__(self, patterns: tuple[re.Pattern[str], ...]) -> None:
        self.searches = tuple(map(Search, patterns))
        super().__init__(*patterns)

    def beginning(self, word: str) -> tuple[Search, ...]:
        """Those that are worth a match where ``word`` is the first word (folded), in order."""
        return self._by_first.get(word, self._by_any)

    @cached_property
    def _by_any(self) -> tuple[Search, ...]:
        return tuple(search for search in self.searches if search.first is None)

    @cached_property
    def _by_first(self) -> dict[str, tuple[Search, ...]]:
        words = frozenset[str]().union(*(search.first or () for search in self.searches))
        return {
            word: tuple(search for search in self.searches if search.may_begin(word))
            for word in sorted(words)
        }

    def _needed(self) -> Words:
        return _all_of([search.needed for search in self.searches])

    @cached_property
    def first(self) -> Words:
        """As of one expression."""
        return _all_of([search.first for search in self.searches])


class PatternGroups(dict[str, PatternGroup]):
    """The group of each name, made when it is first asked for; empty for an unknown name."""

    def __init__(self, patterns: Mapping[str, tuple[re.Pattern[str], ...]]) -> None:
        super().__init__()
        self._patterns = patterns

    def __missing__(self, name: str) -> PatternGroup:
        group = self[name] = PatternGroup(self._patterns.get(name, ()))
        return group


def _all_of(parts: list[Words]) -> Words:
    known = [part for part in parts if part is not None]
    return frozenset().union(*known) if len(known) == len(parts) else None


def _as_one(patterns: tuple[re.Pattern[str], ...]) -> re.Pattern[str]:
    """One expression for all, which is asked faster than one after the other."""
    if len(patterns) == 1:
        return patterns[0]
    parts = (_NAMED_GROUP.sub("(?:", _with_flags(pattern)) for pattern in patterns)
    return re.compile("|".join(parts) or r"(?!)")


_NAMED_GROUP = re.compile(r"\(\?P<\w+>")
_FLAGS = ((re.IGNORECASE, "i"), (re.MULTILINE, "m"), (re.DOTALL, "s"), (re.VERBOSE, "x"))


def _with_flags(pattern: re.Pattern[str]) -> str:
    """A pattern's source as a group that carries its own flags."""
    flags = "".join(letter for flag, letter in _FLAGS if pattern.flags & flag)
    return f"(?{flags}:{pattern.pattern})"
