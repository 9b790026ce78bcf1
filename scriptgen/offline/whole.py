"""Pieces of a sentence that break off, or have nobody who does it, made whole or known for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.offline.subjects import DIRECTIONS, is_finite
from scriptgen.offline.tense import has_main_verb
from scriptgen.offline.words import Grammar, tokens

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.offline.cast import Cast
    from scriptgen.offline.words import Token

BROKEN = "broken"
"""The fault of a sentence that has lost what it cannot stand without."""
FAR_ON = 120
"""Signs of the essay in which the rest of a clause is looked for."""
MOST_MORE = 9
"""Words of the rest of a clause that are taken."""
MARK = re.compile(r"[,;:.!?…—–()\n\"“”]")
WITH_SUBJECT = re.compile(r", and (?=(?:the|his|her|their|its|every|he|she|it|they) )")
MOST_OF_ONE_WORD = 2
MOVING = frozenset({"motion", "posture"})
OTHERS = ("audience_words", "first_person", "show_nouns", "film_words")


@dataclass(frozen=True, slots=True)
class Whole:
    """Knows what a sentence of a language with a pack cannot stand without."""

    pack: LanguagePack
    grammar: Grammar
    cast: Cast

    def ended(self, text: str, following: str) -> str:
        """``text`` of a piece that breaks off, with the rest of its clause, else without the tail.

        ``following``: the essay behind the piece. ``hangs it up, and below the`` becomes ``hangs
        it up, and below the window goes a cart``, or ``hangs it up``.
        """
        tail = self._tail(text, following)
        if tail is None:
            return text
        more = self._more(following)
        if more and self._tail(f"{text} {more}", ".") is None:
            whole = f"{text} {more}"
            last = whole[tail:].lstrip(" ,;—")
            if not self._hangs_on(text, following) or self._is_clause(last):
                return whole
        if self._hangs_on(text, following) is None and not self._is_broken_off(text.rstrip()):
            return text
        kept = text[:tail].rstrip(" ,;:—–")
        return kept if self._is_clause(kept) else text

    def lacks(self, text: str) -> bool:
        """Whether a sentence has nobody who does it, or ends before what its last word needs."""
        return self._is_broken_off(text.rstrip(".!?… ")) or self._is_without_subject(text)

    def rest(self, text: str) -> str | None:
        """The clauses of a sentence from the first on that has a subject; ``None``: it has none."""
        found = WITH_SUBJECT.search(text)
        rest = text[found.end() :] if found else ""
        return rest if rest and self._is_clause(rest) and not self.lacks(rest) else None

    def _tail(self, text: str, following: str) -> int | None:
        """Where the part of ``text`` begins that cannot end a sentence; ``None``: it has none."""
        bare = text.rstrip()
        joined = self._hangs_on(text, following)
        if joined is not None:
            return joined
        if self._is_broken_off(bare) or (following[:1].isspace() and self._waits(bare, following)):
            return max((found.start() for found in re.finditer(r",|;|—| and ", bare)), default=0)
        return None

    def _hangs_on(self, text: str, following: str) -> int | None:
        """Where an ``and`` begins with only a place behind it, in a sentence that goes on."""
        behind = tokens(following)[:1]
        if following[:1] == ",":
            words = [word.low for word in tokens(following[:FAR_ON]) if word.is_word][:1]
            if not words or not (
                self.grammar.verb_form(words[0]) == "third"
                or self.pack.is_word("audience_words", words[0])
            ):
                return None
        elif not following[:1].isspace() or not behind or not behind[0].is_word:
            return None
        for pattern in self.pack.patterns.get("draft_hanging_on", ()):
            found = pattern.search(text)
            if found and not self._has_verb(found.group()):
                return found.start()
        return None

    def _waits(self, text: str, following: str) -> bool:
        """Whether the last word needs the next one of the essay: ``opens by | the width``."""
        if not following.lstrip()[:1].isalpha():
            return False
        return self.pack.has("draft_needs_next", text)

    def _is_broken_off(self, text: str) -> bool:
        return self.pack.has("draft_broken_off", text)

    def _more(self, following: str) -> str | None:
        """The rest of a clause in the essay; ``None`` where it is long, or the critic's."""
        more = MARK.split(following[:FAR_ON], maxsplit=1)[0].strip(" *_")
        words = [word.low for word in tokens(more) if word.is_word]
        if not words or len(words) > MOST_MORE or not following[:1].isspace():
            return None
        if self.pack.begins("draft_going_on", more.lower()) or any(
            pattern.search(f"{word} ")
            for pattern in self.pack.patterns.get("draft_likened", ())
            for word in words
        ):
            return None
        of_others = any(self.pack.is_word(kind, word) for kind in OTHERS for word in words)
        return None if of_others else more

    def _is_without_subject(self, text: str) -> bool:
        """Whether a verb of one who is not told opens it: ``Stops at the door``, ``On it sits``."""
        words = [word for word in tokens(text) if word.is_word]
        if len(words) < MOST_OF_ONE_WORD or words[0].text.isupper():
            return False
        bare = text[:1].lower() + text[1:]
        for pattern in self.pack.patterns.get("draft_manner", ()):
            bare = pattern.sub("", bare, count=1)
        opening = next((word for word in tokens(bare) if word.is_word), None)
        if opening is None or self.cast.is_name(words[0].text):
            return False
        if self.grammar.verb_form(opening.low) == "third" or opening.low in ("is", "are", "has"):
            return is_finite(bare, self.grammar, self.pack) and not self._is_turned(bare)
        return self._is_where_alone(words)

    def _is_where_alone(self, words: list[Token]) -> bool:
        """Whether only a place stands before the verb: ``Up on the step coughs twice``."""
        if words[0].low not in DIRECTIONS and not self._is_preposition(words[0]):
            return False
        for at, word in enumerate(words[1:], 1):
            before = words[at - 1]
            if word.text[0].isupper() or self.pack.is_word("pronoun_subjects", word.low):
                return False
            if self.pack.is_word("determiners", word.low) and not self._is_preposition(before):
                return False
            if self.grammar.verb_form(word.low) == "third" and not self.grammar.nouns(word.low):
                following = words[at + 1] if at + 1 < len(words) else None
                return (
                    following is not None
                    and self._is_preposition(following)
                    and not self.grammar.verbs(word.low) & MOVING
                )
        return False

    def _is_preposition(self, word: Token) -> bool:
        return self.pack.is_word("prepositions", word.low)

    def _is_turned(self, text: str) -> bool:
        """Whether the subject follows its verb (``says the banner``) or it is none (``stalls``)."""
        words = [word for word in tokens(text) if word.is_word]
        speech = "communication" in self.grammar.verbs(words[0].low)
        following = words[1].low if len(words) > 1 else ""
        thing = bool(self.grammar.nouns(words[0].low)) and not (
            self.pack.is_word("determiners", following)
            or self.pack.is_word("object_pronouns", following)
        )
        still = not self.grammar.verbs(words[0].low) & MOVING or text[words[0].end :][:1] == ","
        return (speech and self.pack.is_word("determiners", following)) or (thing and still)

    def _has_verb(self, text: str) -> bool:
        forms = {self.grammar.verb_form(word.low) for word in tokens(text) if word.is_word}
        return bool(forms & {"third", "past", "both", "ing"}) or self._is_clause(text)

    def _is_clause(self, text: str) -> bool:
        return has_main_verb(text, self.grammar, self.cast.is_name)
