"""Who-said-it taken off: the words between quoted speech that only tell who speaks.

What somebody does while speaking (``he says, dropping the key``) stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.offline.words import Grammar, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from scriptgen.language import LanguagePack

LONGEST_SUBJECT = 8
LONGEST_COMPLEMENT = 9
ENDS_OPEN = re.compile(r"[,:—–\s]*$")
SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=\S)")
BOUNDARY = re.compile(
    r"\s*(?P<mark>[,;:—–.!?]|\band\b|\bas\b|\bwhile\b|\bbefore\b)\s*", re.IGNORECASE
)
LEADING_MARKS = re.compile(r"^[\s,;:—–.!?\"”’']+")
CLAUSE_START = frozenset({"and", "but", ",", ";", "—", "–", ":", "then", "(", "so"})
BE = frozenset({"'s", "is", "are", "was", "were"})


@dataclass(frozen=True, slots=True)
class Untagged:
    """What is left; ``elided``: it begins with something the speaker does, without its subject."""

    text: str
    elided: bool = False


@dataclass(frozen=True, slots=True)
class TagReader:
    """Finds who-said-it beside quoted words."""

    grammar: Grammar
    pack: LanguagePack
    is_name: Callable[[str], bool]

    def after_words(self, text: str) -> Untagged:
        """``text`` stands right after quoted words: `` he says, dropping the key.``."""
        words = tokens(text)
        at = self._first_speech(words)
        if at is None:
            return Untagged(LEADING_MARKS.sub("", text))
        subject_first = any(word.is_word for word in words[:at])
        end = words[at].end
        if not subject_first:
            end = self._subject_end(words, at + 1, end)
        return self._rest(text[end:])

    def before_words(self, text: str) -> str:
        """``text`` stands right before quoted words: ``He leans over and says,``."""
        tail_at = max((m.end() for m in SENTENCE_END.finditer(text)), default=0)
        head, tail = text[:tail_at], text[tail_at:]
        if tail.rstrip().endswith((".", "!", "?", "…")):
            return text
        words = tokens(tail)
        at = self._last_speech(words)
        if at is None:
            return head if self._announces(words) else ENDS_OPEN.sub("", text)
        start = at
        while start > 0 and words[start - 1].low not in CLAUSE_START:
            start -= 1
        while start > 0 and words[start - 1].low in CLAUSE_START:
            start -= 1
        return head + tail[: words[start].start if start else 0].rstrip(" ,;:—–")

    def _announces(self, words: list[Token]) -> bool:
        """``What he says is only:``: nothing but a lead to the words."""
        while words and (not words[-1].is_word or self.grammar.adverb(words[-1].low)):
            words = words[:-1]
        return bool(words) and words[-1].low in BE

    def _is_speech(self, word: Token) -> bool:
        if not word.is_word:
            return False
        lemma = self.grammar.lemma(word.low, "verb")
        if lemma is None or self.grammar.verb_form(word.low) == "perfect":
            return False
        return self.pack.is_word("speech_verbs", lemma) or "speech" in self.grammar.verbs(word.low)

    def _first_speech(self, words: list[Token]) -> int | None:
        count = 0
        for i, word in enumerate(words):
            if not word.is_word:
                if word.text in ".;:!?" and count:
                    return None
                continue
            count += 1
            if count > LONGEST_SUBJECT:
                return None
            if self._is_speech(word) and not (count > 1 and self._is_noun_here(words, i)):
                return i
            if self._is_like(words, i):
                return i
            if self._is_other_verb(words, i):
                return None
        return None

    def _is_noun_here(self, words: list[Token], i: int) -> bool:
        previous = words[i - 1].low
        return self.pack.is_word("determiners", previous) or self.pack.is_word(
            "possessives", previous
        )

    def _is_like(self, words: list[Token], i: int) -> bool:
        """``he's like``: somebody's words follow."""
        return words[i].low == "like" and i > 0 and words[i - 1].low.endswith(("'s", "is", "was"))

    def _is_other_verb(self, words: list[Token], i: int) -> bool:
        word = words[i]
        if self.is_name(word.text) or (self.grammar.closed(word.low) and word.low not in BE):
            return False
        return self.grammar.verb_form(word.low) in ("third", "past") and not self.grammar.nouns(
            word.low
        )

    def _subject_end(self, words: list[Token], i: int, end: int) -> int:
        """Where the subject that follows the verb ends: ``says the old woman``."""
        if i >= len(words) or not words[i].is_word:
            return end
        if words[i].low in ("he", "she", "they", "it", "i"):
            return words[i].end
        if self.is_name(words[i].text) or words[i].text[0].isupper():
            while i < len(words) and words[i].is_word and words[i].text[0].isupper():
                end = words[i].end
                i += 1
            return end
        if self.pack.is_word("determiners", words[i].low):
            while i < len(words) and words[i].is_word and words[i].low not in CLAUSE_START:
                end = words[i].end
                i += 1
        return end

    def _rest(self, text: str) -> Untagged:
        """What follows the tag, without its object and manner."""
        match = BOUNDARY.search(text)
        if match is None:
            return Untagged("")
        rest = text[match.end() :]
        mark = match["mark"].lower()
        if mark in ".!?":
            return Untagged(rest)
        if mark in ("as", "while"):
            return Untagged(rest)
        if mark == "before":
            return Untagged(rest, elided=True)
        words = tokens(rest)
        while words and words[0].low in ("and", "then"):
            rest = rest[words[0].end :].lstrip()
            words = tokens(rest)
        if self._is_manner(words):
            return self._rest(rest)
        return Untagged(rest, elided=True)

    def _is_manner(self, words: list[Token]) -> bool:
        """``not loudly``, ``in a low voice``: how it is said, which the delivery tells."""
        clause = []
        for word in words:
            if not word.is_word:
                break
            clause.append(word.low)
        if not clause:
            return bool(words)
        if clause[0] == "not" and len(clause) > 1:
            clause = clause[1:]
        return (
            self.pack.is_word("delivery_words", clause[0])
            or (clause[0].endswith("ly") and self.grammar.adverb(clause[0]) and len(clause) <= 2)  # noqa: PLR2004 - an adverb and what strengthens it
            or "voice" in clause
        )

    def _last_speech(self, words: list[Token]) -> int | None:
        count = 0
        for i in range(len(words) - 1, -1, -1):
            word = words[i]
            if not word.is_word:
                continue
            count += 1
            if count > LONGEST_COMPLEMENT:
                return None
            if self._is_like(words, i):
                return i
            if self._is_speech(word):
                return i
        return None
