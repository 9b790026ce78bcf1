"""Text that runs from right to left, in the order in which it is seen.

The Unicode bidirectional algorithm (UAX #9) without its invisible controls, which no printed text
holds: the levels of a line's characters, and their order on paper.
"""

from __future__ import annotations

import re
from unicodedata import bidirectional

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "BN"})
_STRONG = frozenset({"L", "R", "AL"})
_SIDES = "()[]{}<>«»‹›≤≥（）［］｛｝＜＞「」『』《》〈〉【】"
_PAIRS = dict(zip(_SIDES, (_SIDES[at ^ 1] for at in range(len(_SIDES))), strict=True))
_OPENING = frozenset("([{（［｛「『《〈【")
_BRACKETS = _OPENING | {_PAIRS[char] for char in _OPENING}
_LETTERS = frozenset({"L", "R", "EN", "AN"})


def is_mixed(text: str) -> bool:
    """Whether anything in ``text`` runs from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def direction(text: str) -> int | None:
    """1 where the first letter runs from right to left, else 0; ``None`` without a letter (P2)."""
    for char in text:
        kind = bidirectional(char)
        if kind in _STRONG:
            return 0 if kind == "L" else 1
    return None


def levels(text: str, base: int) -> list[int]:
    """The embedding level of each character; odd ones run from right to left."""
    kinds = _weak(text, base)
    _settle_brackets(text, kinds, base)
    _settle_neutrals(kinds, base)
    found = []
    for kind in kinds:
        if base:
            found.append(1 if kind == "R" else 2)
        else:
            found.append({"R": 1, "AN": 2, "EN": 2}.get(kind, 0))
    # Blanks at the end of a line stand on its level (L1).
    at = len(text)
    while at and text[at - 1] == " ":
        at -= 1
        found[at] = base
    return found


def visual_order(found: list[int]) -> list[int]:
    """The indices of characters with these levels as they stand from left to right (L2)."""
    order = list(range(len(found)))
    for level in range(max(found, default=0), 0, -1):
        at = 0
        while at < len(order):
            if found[order[at]] < level:
                at += 1
                continue
            end = at
            while end < len(order) and found[order[end]] >= level:
                end += 1
            order[at:end] = order[at:end][::-1]
            at = end
    return order


def mirror(char: str) -> str:
    """What a bracket looks like from the other side (L4)."""
    return _PAIRS.get(char, char)


def _weak(text: str, base: int) -> list[str]:
    """Types of characters after the rules for numbers and marks (W1 to W7)."""
    kinds = [bidirectional(char) or "L" for char in text]
    before = strong = "R" if base else "L"
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[at] = before
        elif kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
        before = kinds[at]
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, len(kinds) - 1):
        around = kinds[at - 1]
        if around != kinds[at + 1]:
            continue
        if (kinds[at] in ("ES", "CS") and around == "EN") or (kinds[at] == "CS" and around == "AN"):
            kinds[at] = around
    _take_along(kinds)
    strong = "R" if base else "L"
    for at, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"
        elif kind in ("ES", "CS", "ET"):
            kinds[at] = "ON"
    return kinds


def _take_along(kinds: list[str]) -> None:
    """Signs beside a number belong to it, such as of a currency (W5)."""
    for order in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):
        step = -1 if order.step == 1 else 1
        for at in order:
            if kinds[at] == "ET" and kinds[at + step] == "EN":
                kinds[at] = "EN"


def _settle_brackets(text: str, kinds: list[str], base: int) -> None:
    """Both brackets of a pair take the direction of what is in them (N0)."""
    inward, outward = ("R", "L") if base else ("L", "R")
    waiting: list[int] = []
    pairs: list[tuple[int, int]] = []
    for at, char in enumerate(text):
        if kinds[at] != "ON" or char not in _BRACKETS:
            continue
        if char in _OPENING:
            waiting.append(at)
            continue
        for number in range(len(waiting) - 1, -1, -1):
            if _PAIRS[text[waiting[number]]] == char:
                pairs.append((waiting[number], at))
                del waiting[number:]
                break
    for start, end in sorted(pairs):
        inside = {_side(kind) for kind in kinds[start + 1 : end] if kind in _LETTERS}
        if not inside:
            continue
        direction_ = inward
        if inward not in inside:
            before = (_side(kind) for kind in reversed(kinds[:start]) if kind in _LETTERS)
            direction_ = outward if next(before, inward) == outward else inward
        kinds[start] = kinds[end] = direction_


def _settle_neutrals(kinds: list[str], base: int) -> None:
    """Blanks and signs between two letters of one direction take it, others the line's (N1, N2)."""
    outside = "R" if base else "L"
    at = 0
    while at < len(kinds):
        if kinds[at] not in _NEUTRAL:
            at += 1
            continue
        end = at
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        left = _side(kinds[at - 1]) if at else outside
        right = _side(kinds[end]) if end < len(kinds) else outside
        kinds[at:end] = [left if left == right else outside] * (end - at)
        at = end


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"
