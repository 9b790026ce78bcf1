"""A sentence that is too long for a paragraph of action, made two by its own clauses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.offline.marks import finished
from scriptgen.offline.tense import LONGEST, has_main_verb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scriptgen.offline.words import Grammar

LONG_SENTENCE = 150
"""Signs from which on a semicolon parts a sentence."""
TOO_LONG = 225
"""Signs of a paragraph of nearly four lines."""
SUBJECT = (
    r"(?=(?:he|she|they|it|the|a|an|his|her|their|there|two|three|one|nobody|somebody"
    r"|[A-Z][\w’'-]+) )"
)
JOINT = re.compile(rf"(?:, (?:and|but) |,? and then |, then |: | – |—){SUBJECT}")
LED = re.compile(
    r", (?:and|but) (?=(?:behind|above|below|beneath|beyond|beside|on|in|at|from|over|under|for|as"
    r"|when|while) )"
)
SHOWN = re.compile(r": |—(?=[^—]*$)")
SPLICE = re.compile(r", (?=(?:he|she|they|it) )")
HANGING = re.compile(
    r"(?:when|as|while|if|after|before|until|once|though|because|by)\b", re.IGNORECASE
)
WHEN = re.compile(r"(?:when|as|while) ", re.IGNORECASE)


def parted(text: str, grammar: Grammar, is_name: Callable[[str], bool]) -> list[str]:
    """A long sentence parted at its semicolons, one that is too long between its clauses, too.

    What is too long to be a sentence at all stays whole.
    """
    if len(text) <= LONG_SENTENCE or len(text) > LONGEST:
        return [text]
    return [
        short for part in text.split("; ") for short in _short(finished(part), grammar, is_name)
    ]


def _short(text: str, grammar: Grammar, is_name: Callable[[str], bool]) -> list[str]:
    if len(text) <= TOO_LONG:
        return [text]

    def is_clause(part: str) -> bool:
        return has_main_verb(part, grammar, is_name)

    halves = list(_halves(text, is_clause))
    if not halves:
        return [text]
    _, left, right = min(halves)
    return [short for half in (left, right) for short in _short(finished(half), grammar, is_name)]


def _halves(text: str, is_clause: Callable[[str], bool]) -> Iterator[tuple[int, str, str]]:
    """Two sentences that ``text`` can be, each with how far it is from halves of one length."""
    for kind in (JOINT, LED, SHOWN, SPLICE):
        for joint in kind.finditer(text):
            left, right = text[: joint.start()], text[joint.end() :]
            if kind is SPLICE and HANGING.match(text):
                left = WHEN.sub("", left, count=1)
                if HANGING.match(left):
                    continue
            opens = right if kind is LED else _opening(right)
            if is_clause(left) and (kind is SHOWN or is_clause(opens)):
                yield abs(len(text) - 2 * joint.start()), left, right


def _opening(text: str) -> str:
    """The words up to the first mark: where they are a clause, a sentence may begin."""
    return re.split(r"[,;:—–]", text, maxsplit=1)[0]
