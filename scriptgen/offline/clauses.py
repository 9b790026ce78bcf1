"""The build of an English sentence: which word is a verb, its tense, its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.offline.words import MANY, NOMINATIVE, Grammar, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

PAST_AUXILIARIES = frozenset(
    {"was", "were", "wasn't", "weren't", "had", "hadn't", "did", "didn't", "could", "couldn't"}
)
PRESENT_AUXILIARIES = frozenset(
    {"is", "are", "isn't", "aren't", "has", "have", "hasn't", "haven't", "does", "do"}
    | {"doesn't", "don't", "am", "can", "can't"}
)
CLAUSE_MARKS = frozenset(",;:—–()…")
SUBORDINATORS = frozenset(
    {"that", "when", "as", "while", "where", "if", "because", "until", "before", "after"}
    | {"whether", "since", "though"}
)
PREPOSITIONS = frozenset(
    {"of", "in", "on", "with", "behind", "at", "from", "under", "beside", "over", "near"}
    | {"around", "between", "by", "for", "to"}
)
DETERMINERS = frozenset({"the", "a", "an", "his", "her", "their", "its", "two", "three", "one"})
SINGLE = frozenset(
    {"nobody", "somebody", "everybody", "anybody", "nothing", "something", "everything", "one"}
    | {"someone", "everyone", "anyone", "each", "neither", "none", "another", "this"}
)
RELATIVES = frozenset({"who", "which", "that"})


class Clauses:
    """One sentence, its words and what they do.

    ``past``: the whole essay is told in the past, so that a form that may be a participle is
    rather a verb.
    """

    def __init__(
        self, text: str, grammar: Grammar, is_name: Callable[[str], bool], *, past: bool = False
    ) -> None:
        self.text = text
        self.past = past
        self.grammar = grammar
        self.is_name = is_name
        self.tokens = tokens(text)

    def past_kind(self, i: int) -> str | None:
        """``aux``, ``past`` (cannot be a participle), ``loose`` (may be one), or ``None``."""
        low = self.tokens[i].low
        if low in PAST_AUXILIARIES:
            return "aux"
        form = self.grammar.verb_form(low)
        if form == "past":
            return "past"
        if form == "both" and not self._after_auxiliary(i):
            return "loose"
        return None

    def _after_auxiliary(self, i: int) -> bool:
        j = self.before(i)
        return j is not None and (
            self.tokens[j].low in PAST_AUXILIARIES
            or self.tokens[j].low in PRESENT_AUXILIARIES
            or self.tokens[j].low in ("be", "been", "being", "'s")
        )

    def before(self, i: int) -> int | None:
        """The token before, passing over adverbs."""
        j = i - 1
        while j >= 0 and self.tokens[j].is_word and self._is_adverb(j):
            j -= 1
        return j if j >= 0 else None

    def _is_adverb(self, j: int) -> bool:
        low = self.tokens[j].low
        if self.is_name(self.tokens[j].text) or low in RELATIVES:
            return False
        return low in ("not", "never", "only", "just", "finally", "also", "then", "both") or (
            self.grammar.adverb(low) and low.endswith("ly")
        )

    def subject(self, i: int) -> bool | None:
        """Whether the subject right before the verb is plural; ``None`` where there is none."""
        j = self.before(i)
        if j is None:
            return None
        token = self.tokens[j]
        if not token.is_word:
            return self._before_apposition(j, sure=self.past or self.past_kind(i) == "past")
        if token.low in RELATIVES:
            if j > 0 and self.tokens[j - 1].low in PREPOSITIONS:
                return None
            return j > 0 and self.grammar.is_plural(self.tokens[j - 1].text)
        if token.low in SINGLE:
            return False
        if token.low in NOMINATIVE:
            return None if self._is_object(j) else token.low in MANY
        return None if self._is_described(i, j) else self._noun_subject(j)

    def _is_described(self, i: int, j: int) -> bool:
        """Whether the word is a noun behind words for what it is like: ``nice low shot``."""
        words = self._phrase(j)
        return (
            j == i - 1
            and bool(words)
            and bool(self.grammar.nouns(self.tokens[i].low))
            and all(self.grammar.adjective(w.low) and not self.is_name(w.text) for w in words)
        )

    def may_come_first(self, i: int, kind: str) -> bool:
        """Whether a verb can stand before its subject: ``Behind them stood``, ``Then came``."""
        if kind != "loose":
            return True
        where = self.tokens[0].low in PREPOSITIONS
        return where and bool(self.grammar.verbs(self.tokens[i].low) & {"posture", "motion"})

    def subject_after(self, i: int) -> bool | None:
        """Whether a subject that follows is plural: ``Behind them stood two men``."""
        phrase: list[Token] = []
        for token in self.tokens[i + 1 :]:
            if token.text in CLAUSE_MARKS or token.low in PREPOSITIONS:
                break
            phrase.append(token)
        nouns = [
            token
            for token in phrase
            if token.is_word
            and (self.is_name(token.text) or self.grammar.nouns(token.low))
            and not self.grammar.closed(token.low)
        ]
        if not nouns or not (self.is_name(nouns[0].text) or phrase[0].low in DETERMINERS):
            return None
        return any(t.low == "and" for t in phrase) or self.grammar.is_plural(nouns[-1].text)

    def _noun_subject(self, j: int) -> bool | None:
        token = self.tokens[j]
        if token.low.endswith("'s"):
            return None
        if self.is_name(token.text):
            return self._is_list(j)
        if self.grammar.nouns(token.low) and not self.grammar.closed(token.low):
            return self._is_list(j) or self.grammar.is_plural(self._head(j).text)
        return None

    def _is_object(self, j: int) -> bool:
        """Whether ``it`` or ``you`` is what a verb before it acts on: ``ordered it sealed``."""
        if self.tokens[j].low not in ("it", "you") or j == 0:
            return False
        previous = self.tokens[j - 1].low
        return previous in PREPOSITIONS or self.grammar.verb_form(previous) is not None

    def _before_apposition(self, j: int, *, sure: bool) -> bool | None:
        """The subject before a closed apposition: ``The man in grey—Uncle Feng—stepped``."""
        mark = self.tokens[j].text
        places = [k for k in range(j) if self.tokens[k].text == mark]
        if mark not in ("—", "," if sure else "—") or len(places) != 1 or places[0] == 0:
            return None
        k = places[0] - 1
        if any(self.grammar.verb_form(t.low) == "past" for t in self.tokens[:k] if t.is_word):
            return None
        noun = self.tokens[k]
        if self.is_name(noun.text) or self.grammar.nouns(noun.low):
            return self.grammar.is_plural(self._head(k).text)
        return None

    def _phrase(self, j: int) -> list[Token]:
        found: list[Token] = []
        while j >= 0:
            token = self.tokens[j]
            if token.text in CLAUSE_MARKS or token.low in SUBORDINATORS:
                break
            found.append(token)
            j -= 1
        return found[::-1]

    def _is_list(self, j: int) -> bool:
        phrase = [token.low for token in self._phrase(j)]
        return "and" in phrase[1:] and not any(self.grammar.verb_form(w) == "past" for w in phrase)

    def _head(self, j: int) -> Token:
        phrase = self._phrase(j)
        for k, token in enumerate(phrase):
            if token.low in PREPOSITIONS and k > 0 and self.grammar.nouns(phrase[k - 1].low):
                return phrase[k - 1]
        return self.tokens[j]

    def stands_alone(self, i: int) -> bool:
        """Whether a form that may be a participle must be the verb of its clause."""
        j = self.before(i)
        if j is None:
            return False
        subject = self.tokens[j]
        if subject.low in NOMINATIVE or subject.low in RELATIVES:
            return True
        if i + 1 < len(self.tokens) and self.tokens[i + 1].low == "by":
            return False
        if not subject.is_word:
            return self._before_apposition(j, sure=self.past) is not None
        return self.is_name(subject.text) or (self.past and self._opens_sentence(j))

    def _opens_sentence(self, j: int) -> bool:
        """Whether the phrase that ends here begins the sentence or a clause of its own."""
        phrase = self._phrase(j)
        at = self.tokens.index(phrase[0]) if phrase else j
        return at == 0 or self.tokens[at - 1].text in ";:" or self.tokens[at - 1].low == "when"

    def main_tense(self) -> str | None:
        """Of the first verb that hangs on no other clause; ``None`` where there is none."""
        waiting = 0
        for i in range(len(self.tokens)):
            if self._opens_clause(i):
                waiting += 1
                continue
            tense = self._tense(i)
            if tense is None:
                continue
            if not waiting:
                return tense
            waiting -= 1
        return None

    def _opens_clause(self, i: int) -> bool:
        low = self.tokens[i].low
        if low not in SUBORDINATORS and low not in RELATIVES and low != "whose":
            return False
        if low in ("before", "after", "since", "until"):
            return not self._is_preposition(i)
        if low != "that":
            return True
        following = self.tokens[i + 1].low if i + 1 < len(self.tokens) else ""
        return i > 0 and (
            following in NOMINATIVE
            or following in ("the", "a", "his", "her", "their", "no")
            or self.grammar.verb_form(following) in ("third", "past", "both")
        )

    def _is_preposition(self, i: int) -> bool:
        """``After a time she gets up``: the clause that follows has a subject of its own."""
        for j in range(i + 1, len(self.tokens)):
            token = self.tokens[j]
            if token.low in NOMINATIVE and j > i + 1:
                return True
            if token.low in NOMINATIVE or self.grammar.verb_form(token.low) in ("third", "past"):
                return False
            if not token.is_word:
                return True
        return True

    def _tense(self, i: int) -> str | None:
        """``present`` or ``past`` for a verb with a subject, ``None`` for any other word."""
        token = self.tokens[i]
        if not token.is_word:
            return None
        clipped = token.low.endswith(("'s", "'re")) and token.low.split("'")[0] in NOMINATIVE
        if clipped or token.low in PRESENT_AUXILIARIES or self._is_third(i) or self._is_many(i):
            return "present"
        kind = self.past_kind(i)
        if kind is None or self.subject(i) is None:
            return None
        return "past" if kind != "loose" or self.stands_alone(i) else None

    def _is_many(self, i: int) -> bool:
        """Whether the word is a present that goes with more than one: ``their eyes meet``."""
        low = self.tokens[i].low
        plain = self.grammar.verb_form(low) == "plain" and not self.grammar.closed(low)
        if self.grammar.adjective(low) and not self.grammar.verbs(low) & {"motion", "perception"}:
            return False
        return plain and bool(self.subject(i))

    def _is_third(self, i: int) -> bool:
        """Whether the word is a verb in the third person, not a noun of many."""
        token = self.tokens[i]
        if self.grammar.verb_form(token.low) != "third":
            return False
        noun = self.grammar.is_plural(token.text)
        if self.before(i) is None:
            return not noun
        return self.subject(i) is False and not (noun and self._noun_slot(i))

    def _noun_slot(self, i: int) -> bool:
        """Whether a word that may be a plural noun stands where a verb is not likely."""
        previous = self.tokens[i - 1].low if i else ""
        following = self.tokens[i + 1].low if i + 1 < len(self.tokens) else "."
        return previous not in NOMINATIVE and (
            self.grammar.verb_form(following) in ("past", "both", "plain")
            or not following[0].isalnum()
        )
