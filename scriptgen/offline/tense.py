"""The simple past of a sentence turned into the present, where that is safe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.offline.clauses import DETERMINERS, Clauses
from scriptgen.offline.subjects import DIRECTIONS
from scriptgen.offline.words import Grammar, replace_ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

AUXILIARIES = {
    "was": ("is", "are"),
    "were": ("is", "are"),
    "wasn't": ("isn't", "aren't"),
    "weren't": ("isn't", "aren't"),
    "had": ("has", "have"),
    "hadn't": ("hasn't", "haven't"),
    "did": ("does", "do"),
    "didn't": ("doesn't", "don't"),
    "could": ("can", "can"),
    "couldn't": ("can't", "can't"),
}
LONGEST = 2000
JOINERS = frozenset({"and", "then", "but", "or", ",", ";", "—"})
STRONG_JOINERS = frozenset({"and", "but"})
ACTED_ON = frozenset(
    {"it", "him", "them", "something", "nothing", "everything", "anything", "somebody", "nobody"}
)
ONWARDS = DIRECTIONS | {"on", "at", "to", "through", "with", "from", "under"}
GOING = frozenset(
    {"sit", "stand", "get", "go", "come", "fall", "rise", "step", "climb", "run", "walk", "look"}
    | {"crawl", "limp", "lean", "kneel", "lie", "hurry", "jump"}
)
"""What somebody does by themselves: its past is no participle at the head of a sentence."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A sentence in the present; ``safe`` is false where a past was left standing."""

    text: str
    safe: bool = True


def in_present(
    text: str, grammar: Grammar, is_name: Callable[[str], bool], *, past: bool = False
) -> Turned:
    """``text`` with its past verbs in the present, if its main verb is a past.

    A sentence that is in the present already keeps the pasts of its side clauses. A form that may
    as well be a participle (``the boys laughed``, ``the boys dressed in black``) is turned only
    after a subject that cannot be anything else, or where the whole essay is told in the past.
    What is too long to be a sentence (`LONGEST` signs) stays as it is.
    """
    if len(text) > LONGEST:
        return Turned(text)
    return _Turner(text, grammar, is_name, past=past).turned()


def told_in_past(texts: Iterable[str], grammar: Grammar, is_name: Callable[[str], bool]) -> bool:
    """Whether most sentences with a main verb have it in the past."""
    tenses = [
        Clauses(text, grammar, is_name).main_tense() for text in texts if len(text) <= LONGEST
    ]
    return tenses.count("past") > tenses.count("present")


def has_main_verb(text: str, grammar: Grammar, is_name: Callable[[str], bool]) -> bool:
    """Whether some verb of ``text`` with a subject hangs on no other clause."""
    return len(text) > LONGEST or Clauses(text, grammar, is_name).main_tense() is not None


def in_past(text: str, grammar: Grammar, is_name: Callable[[str], bool]) -> bool:
    """Whether the main verb of ``text`` is a past."""
    return len(text) <= LONGEST and Clauses(text, grammar, is_name).main_tense() == "past"


class _Turner(Clauses):
    def turned(self) -> Turned:
        if self.main_tense() == "present":
            return Turned(self.text)
        changes: list[tuple[int, int, str]] = []
        plural: bool | None = None
        unsure = perfect = False
        for i, token in enumerate(self.tokens):
            if not token.is_word:
                continue
            kind = self.past_kind(i)
            if kind is None:
                continue
            subject = self.subject(i)
            joined = plural is not None and self._joined(i, loose=kind == "loose")
            if subject is None and joined:
                subject = plural
            inverted = subject is None and plural is None and self.may_come_first(i, kind)
            if inverted:
                subject = self.subject_after(i)
            opens = subject is None and plural is None and self._opens(i, kind)
            if opens:
                subject = False
            if kind == "loose" and joined and perfect:
                continue
            if subject is None:
                unsure = unsure or kind in ("aux", "past")
                continue
            if kind == "loose" and not (joined or inverted or opens or self.stands_alone(i)):
                continue
            plural = subject
            perfect = token.low in ("had", "hadn't")
            changes.append((token.start, token.end, self._present(i, plural=subject)))
        return Turned(replace_ranges(self.text, changes), safe=not unsure)

    def _opens(self, i: int, kind: str) -> bool:
        """Whether a sentence begins with the verb of one who is left out: ``Sat down on it``."""
        if self.before(i) is not None or kind == "aux":
            return False
        following = self.tokens[i + 1].low if i + 1 < len(self.tokens) else ""
        going = kind == "past" or self.grammar.lemma(self.tokens[i].low, "verb") in GOING
        if following in ACTED_ON:
            return True
        return following in ONWARDS and going and "by" not in {t.low for t in self.tokens}

    def _acts(self, i: int) -> bool:
        """Whether what the verb is done to comes right behind it."""
        following = self.tokens[i + 1].low if i + 1 < len(self.tokens) else ""
        return following in DETERMINERS or following in ACTED_ON

    def _joined(self, i: int, *, loose: bool) -> bool:
        """Whether the verb goes on with the one before it: ``took the cup and left``."""
        j = self.before(i)
        acts = self._acts(i)
        quality = self.grammar.adjective(self.tokens[i].low) and not acts
        sure = not loose or acts or (self.past and not quality)
        return j is not None and self.tokens[j].low in (JOINERS if sure else STRONG_JOINERS)

    def _present(self, i: int, *, plural: bool) -> str:
        token = self.tokens[i]
        low = token.low
        if low in ("was", "wasn't"):
            new = self._of_one(i)
        elif low in AUXILIARIES:
            new = AUXILIARIES[low][plural]
        else:
            lemma = self.grammar.lemma(low, "verb") or low
            new = lemma if plural else self.grammar.third_person(lemma)
        if "’" in token.text:
            new = new.replace("'", "’")
        return new.capitalize() if token.text[0].isupper() else new

    def _of_one(self, i: int) -> str:
        """The present of ``was`` or ``wasn't``, which never stand with several."""
        j = self.before(i)
        if j is not None and self.tokens[j].low == "i":
            return "am" if self.tokens[i].low == "was" else "am not"
        return AUXILIARIES[self.tokens[i].low][0]
