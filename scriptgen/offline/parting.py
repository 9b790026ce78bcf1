"""A sentence that is too long for a paragraph of action, made two by its own clauses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.offline.marks import finished
from scriptgen.offline.tense import has_main_verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from scriptgen.offline.words import Grammar

LONG_SENTENCE = 150
"""Signs from which on a semicolon parts a sentence."""
TOO_LONG = 225
"""Signs of a paragraph of nearly four lines."""
JOINT = re.compile(
    r"(?:, (?:and|but) |,? and then |, then |: | – |—)"
    r"(?=(?:he|she|they|it|the|a|an|his|her|their|there|two|three|one|nobody|somebody|[A-Z][\w’'-]+)"
    r" )"
    r"|, (?=(?:he|she|they|it) )"
)
HANGING = re.compile(
    r"(?:when|as|while|if|after|before|until|once|though|because|by)\b", re.IGNORECASE
)


def parted(text: str, grammar: Grammar, is_name: Callable[[str], bool]) -> list[str]:
    """A long sentence parted at its semicolons, one that is too long between its clauses, too."""
    if len(text) <= LONG_SENTENCE:
        return [text]
    return [
        short for part in text.split("; ") for short in _short(finished(part), grammar, is_name)
    ]


def _short(text: str, grammar: Grammar, is_name: Callable[[str], bool]) -> list[str]:
    if len(text) <= TOO_LONG:
        return [text]
    halves = [
        (abs(len(text) - 2 * joint.start()), text[: joint.start()], text[joint.end() :])
        for joint in JOINT.finditer(text)
        if not (joint.group() == ", " and HANGING.match(text))
        and has_main_verb(text[: joint.start()], grammar, is_name)
        and has_main_verb(_opening(text[joint.end() :]), grammar, is_name)
    ]
    if not halves:
        return [text]
    _, left, right = min(halves)
    return [short for half in (left, right) for short in _short(finished(half), grammar, is_name)]


def _opening(text: str) -> str:
    """The words up to the first mark: where they are a clause, a sentence may begin."""
    return re.split(r"[,;:—–]", text, maxsplit=1)[0]
