r"""Which words a regular expression cannot do without: told from the expression itself.

A text without one of these words need not be searched. A word is a run of letters and digits as
`folded` gives it; one that an expression leaves half open (``happ\w+``) is none to go by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_SOME = "?"
"""A word begun that is not known letter by letter."""
_BETWEEN = frozenset({"", _SOME})
_MOST = 600
_MOST_ROUNDS = 3
_MOST_LETTERS = 10
_GAPS = frozenset({"CATEGORY_SPACE", "CATEGORY_NOT_WORD"})
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_WEIGHTS = (0, 30, 30, 10, 3)


class _Unknown(Exception):  # noqa: N818 - no error: the expression tells nothing
    pass


_ODD_LETTERS = str.maketrans({"\u0131": "i", "\u0307": None})


def folded(text: str) -> str:
    """``text`` without the differences that an expression of any case passes over."""
    low = text.casefold()
    return low if low.isascii() else low.translate(_ODD_LETTERS)


def first_words(pattern: re.Pattern[str]) -> Words:
    """The words of which one begins whatever ``pattern`` matches; ``None`` where it can be any."""
    return _ended(_parsed(pattern), frozenset({""}), open_words=False)


def begins_with_word(pattern: re.Pattern[str]) -> bool:
    """Whether whatever ``pattern`` matches begins where a word begins, or within one."""
    return _opens_word(_parsed(pattern))


def _opens_word(items: Items) -> bool:
    """Whether the first part that takes a character takes a letter, on every way."""
    for kind, value in items:
        if kind in ("LETTERS", "GAP"):
            return kind == "LETTERS"
        if kind == "IN":
            return all(str(k) == "LITERAL" and chr(v).isalnum() for k, v in value)
        if kind == "SUBPATTERN":
            return _opens_word(value)
        if kind == "BRANCH":
            return all(_opens_word(way) for way in value)
        if kind not in ("AT", "ASSERT", "ASSERT_NOT"):
            return False
    return False


def needed_words(pattern: re.Pattern[str]) -> Words:
    """Words of which one is in whatever ``pattern`` matches; ``None`` where there is no telling.

    Of several such sets the one with the fewest and longest words, which are the rarest.
    """
    return _best(_parsed(pattern))


Items = tuple[tuple[str, Any], ...]
Words = frozenset[str] | None


@lru_cache(maxsize=1024)
def _parsed(pattern: re.Pattern[str]) -> Items:
    """The parts of an expression; none where this Python does not show them.

    An ASCII expression has other words than `folded`, so that nothing is told of it.
    """
    if pattern.flags & re.ASCII:
        return ()
    try:
        parse = import_module("re._parser").parse
    except (ImportError, AttributeError):
        return ()
    return _items(parse(pattern.pattern, pattern.flags))


def _items(parsed: Any) -> Items:
    """The parts as plain tuples, each with the parts that it is made of.

    Letters and digits in a row are one part ``LETTERS``, any other character is a ``GAP``.
    """
    items: list[tuple[str, Any]] = []
    for kind, value in parsed:
        if str(kind) != "LITERAL":
            items.append((str(kind), _inner(str(kind), value)))
        elif not chr(value).isalnum():
            items.append(("GAP", None))
        elif items and items[-1][0] == "LETTERS":
            items[-1] = ("LETTERS", items[-1][1] + chr(value))
        else:
            items.append(("LETTERS", chr(value)))
    return tuple(items)


def _inner(kind: str, value: Any) -> Any:
    if kind in ("SUBPATTERN", "ASSERT"):
        return _items(value[-1]) if kind == "SUBPATTERN" or value[0] > 0 else ()
    if kind == "ATOMIC_GROUP":
        return _items(value)
    if kind == "BRANCH":
        return [_items(way) for way in value[1]]
    if kind in _REPEATS:
        return (value[0], value[1], _items(value[2]))
    return value


_ANY: frozenset[str] = frozenset({_SOME})


def _best(items: Items, behind: Items = (), begun: frozenset[str] = _ANY) -> Words:
    """The best set of words of which one ends within ``items``, or else behind.

    ``behind``: what follows; ``begun``: the word that ``items`` may go on with.
    """
    whole = items + behind
    found: list[Words] = []
    for at, (kind, value) in enumerate(items):
        rest = whole[at + 1 :]
        if begun <= _BETWEEN or not at:
            found.append(_ended(whole[at:], begun, open_words=True))
        if kind == "SUBPATTERN":
            found.append(_best(value, rest, begun))
        elif kind == "ASSERT":
            found.append(_best(value, (), begun))
        elif kind == "BRANCH":
            ways = [_best(way, rest, begun) for way in value]
            if None not in ways:
                found.append(frozenset().union(*(way for way in ways if way)))
        begun = _begun_behind(items[at : at + 1], begun)
    return min((f for f in found if f), key=_weight, default=None)


def _begun_behind(items: Items, begun: frozenset[str]) -> frozenset[str]:
    try:
        return _Walk(open_words=True, goes_on=True).through(items, begun)
    except _Unknown:
        return _ANY


def _weight(words: frozenset[str]) -> tuple[int, list[str]]:
    return sum(_WEIGHTS[len(w)] if len(w) < len(_WEIGHTS) else 1 for w in words), sorted(words)


def _ended(items: Items, begun: frozenset[str], *, open_words: bool) -> Words:
    """The first whole words on every way through ``items``."""
    walk = _Walk(open_words=open_words)
    try:
        left = walk.through(items, begun)
    except _Unknown:
        return None
    return None if left or not walk.done else frozenset(map(folded, walk.done))


@dataclass(slots=True)
class _Walk:
    """A way through an expression, all branches at once.

    A state is the word begun: letter by letter, ``_SOME``, or empty between words; ``done``: the
    first whole words so far; ``open_words``: whether a word that is not known may be passed over;
    ``goes_on``: whether more words may follow the first.
    """

    open_words: bool
    goes_on: bool = False
    done: set[str] = field(default_factory=set)

    def through(self, items: Sequence[tuple[str, Any]], begun: frozenset[str]) -> frozenset[str]:
        """What is begun behind ``items``."""
        for kind, value in items:
            begun = self._step(kind, value, begun)
            if len(begun) + len(self.done) > _MOST:
                raise _Unknown
            if not begun:
                break
        return begun

    def _step(self, kind: str, value: Any, begun: frozenset[str]) -> frozenset[str]:
        if kind in ("ASSERT", "ASSERT_NOT"):
            return begun
        if kind == "GAP" or (kind == "AT" and str(value) != "AT_NON_BOUNDARY"):
            return self._gap(begun)
        if kind == "LETTERS":
            return frozenset([word if word == _SOME else word + value for word in begun])
        if kind == "IN":
            return self._one_of(begun, value)
        if kind in ("SUBPATTERN", "ATOMIC_GROUP"):
            return self.through(value, begun)
        if kind == "BRANCH":
            return frozenset().union(*(self.through(way, begun) for way in value))
        if kind in _REPEATS:
            return self._again(begun, *value)
        return self._any(begun)

    def _gap(self, begun: frozenset[str]) -> frozenset[str]:
        """A word ends, or none has begun."""
        self.done |= begun - _BETWEEN
        return frozenset({""}) if self.goes_on or begun & _BETWEEN else frozenset()

    def _any(self, begun: frozenset[str]) -> frozenset[str]:
        if begun and not self.open_words:
            raise _Unknown
        return frozenset({_SOME}) if begun else begun

    def _letters(self, begun: frozenset[str], letters: Sequence[str]) -> frozenset[str]:
        """One of ``letters``, some of which may be no letters of a word."""
        out: set[str] = set()
        for letter in letters:
            if letter.isalnum():
                out |= {word if word == _SOME else word + letter for word in begun}
            else:
                out |= self._gap(begun)
        return frozenset(out)

    def _one_of(self, begun: frozenset[str], members: Sequence[tuple[Any, Any]]) -> frozenset[str]:
        letters: set[str] = set()
        for kind, value in members:
            if str(kind) == "LITERAL":
                letters.add(chr(value))
            elif str(kind) == "RANGE" and value[1] - value[0] < _MOST_LETTERS:
                letters.update(map(chr, range(value[0], value[1] + 1)))
            elif str(value) in _GAPS:
                letters.add(" ")
            else:
                return self._any(begun)
        if sum(letter.isalnum() for letter in letters) > _MOST_LETTERS:
            return self._any(begun)
        return self._letters(begun, sorted(letters))

    def _again(self, begun: frozenset[str], least: int, most: int, parts: Items) -> frozenset[str]:
        out = begun if least == 0 else frozenset()
        for number in range(1, min(most, max(least, _MOST_ROUNDS)) + 1):
            begun = self.through(parts, begun)
            if number >= least:
                if begun <= out:
                    return out
                out |= begun
        return out if most <= _MOST_ROUNDS else out | self._any(begun)
