"""Whoever watches, taken off: connectives, asides, "we see", the camera, what the heading says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from scriptgen.offline.subjects import predicate
from scriptgen.offline.tense import has_main_verb
from scriptgen.offline.words import Grammar, capitalised, replace_ranges, tokens

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.offline.cast import Cast

BRACKETED = re.compile(r"\s*\([^()]*\)")
SHOUT = re.compile(r"[!?]*!+[!?]*")
AS_CLAUSE = re.compile(
    r"^(?P<what>[^,;:—]{2,60}?),? (?:as|while) (?P<clause>(?:he|she|they|it|the|his|her|[A-Z]).*)$"
)
LAST_VERB = re.compile(r", (?P<verb>[a-z]+)[.]?$")
LONE_COMMA = re.compile(r"^(?P<who>[^,;:—.]{3,60}), (?P<verb>[a-z]+)\b(?=\s)(?!.*, and )")
DOINGS = frozenset({"perception", "motion", "posture", "body", "consumption"})
MANY_PARTS = 2
FIRST_WORDS = 8
FEW_WORDS = 3
MOST_LEADING = 9
AFTER_PLACE = re.compile(
    r"^(?:\s+(?:once more|again|too|itself|now))?"
    r"(?:,? where |, (?:and )?|: |[.!]?\s*$|\s+(?=(?P<next>\S+)))"
)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Takes the one who watches off sentences of a language with a pack."""

    pack: LanguagePack
    grammar: Grammar
    cast: Cast

    def without(self, sentence: str) -> list[str]:
        """What is left to see: none, one, or two where the camera leads to an action."""
        sentence = BRACKETED.sub("", sentence)
        for pattern in self.pack.patterns.get("draft_aside", ()):
            sentence = pattern.sub(" ", sentence)
        if self._first("draft_gone", sentence):
            return []
        sentence = self.opened(SHOUT.sub(".", self._unshouted(sentence)))
        denied = self._first("draft_not_just", sentence)
        if denied:
            lemma = self.grammar.lemma(denied["verb"], "verb") or denied["verb"]
            return [f"{denied['who']} {self.grammar.third_person(lemma)}{denied['rest']}"]
        return self._watched(sentence) or self._led(sentence) or self._whole(sentence)

    def seen(self, phrase: str) -> list[str]:
        """What somebody watching sees (``see the breath leave their mouths``), none for another."""
        return self._watched(f"we {phrase}")

    def _watched(self, sentence: str) -> list[str]:
        rest = sentence
        watched = self._first("draft_watching", rest)
        if watched:
            rest = rest[watched.end() :]
        place = None if watched else self._first("draft_watching_from", rest)
        if place:
            rest = rest[place.end() :]
        if not watched and not place:
            return []
        heard = None
        for pattern in self.pack.patterns.get("draft_nothing_heard", ()):
            heard = heard or pattern.search(rest)
        shown = self._agreeing(rest[: heard.start()] if heard else rest)
        parts = [f"{place['where']}, {shown}" if place else shown]
        return [*parts, f"Nothing but {heard['what']}"] if heard else parts

    def _led(self, sentence: str) -> list[str]:
        """What the camera leads to, or what a list of the critic's holds."""
        led = self._first("draft_camera", sentence)
        if led:
            rest = sentence[led.end() :]
            clause = AS_CLAUSE.match(rest)
            return [clause["what"], clause["clause"]] if clause else [rest]
        listed = self._first("draft_listed", sentence)
        if listed:
            return [listed["listed"]]
        for pattern in self.pack.patterns.get("draft_way", ()):
            parts = pattern.split(sentence)
            if len(parts) > MANY_PARTS and not parts[0]:
                return parts[1:]
        return []

    def _first(self, kind: str, sentence: str) -> re.Match[str] | None:
        matches = (p.match(sentence) for p in self.pack.patterns.get(kind, ()))
        return next((match for match in matches if match), None)

    def opened(self, sentence: str) -> str:
        """``sentence`` without the connectives at its beginning."""
        changed = True
        while changed:
            changed = False
            for pattern in self.pack.patterns.get("draft_opening", ()):
                match = pattern.match(sentence)
                if match and match.end() < len(sentence):
                    sentence, changed = sentence[match.end() :], True
        return sentence

    def without_place(self, sentence: str, place: str) -> str:
        """The first sentence of a scene without the place its heading names already."""
        for pattern in self.pack.patterns.get("draft_article", ()):
            place = pattern.sub("", place, count=1)
        at, place = _found(sentence.lower(), place.lower())
        if at < 0:
            return sentence
        leading = [word for word in tokens(sentence[:at]) if word.is_word]
        if len(leading) > MOST_LEADING or not all(self._only_leads(w.low) for w in leading):
            return sentence
        rest = sentence[at + len(place) :]
        match = AFTER_PLACE.match(rest)
        if match and match.group().endswith("and ") and not self._is_clause(rest[match.end() :]):
            return sentence
        if match is None or (match["next"] and not self._opens_clause(match["next"])):
            return sentence
        return capitalised(rest[match.end() :])

    def _is_clause(self, text: str) -> bool:
        return has_main_verb(text, self.grammar, self.cast.is_name)

    def _only_leads(self, word: str) -> bool:
        if self.pack.is_word("he", word) or self.pack.is_word("she", word) or word == "they":
            return False
        return (
            self.grammar.closed(word)
            or self.grammar.adverb(word)
            or "time" in self.grammar.nouns(word)
            or self.pack.is_word("determiners", word)
            or word in ("taken", "returned", "same")
        )

    def _opens_clause(self, word: str) -> bool:
        return (
            self.pack.is_word("determiners", word)
            or self.pack.is_word("pronoun_subjects", word)
            or self.cast.is_name(word)
        )

    def ended(self, sentence: str) -> str:
        """``sentence`` without an "and" whose clause was cut (``, and for a heartbeat``)."""
        if self._first("draft_cut_off", sentence):
            return ""
        for pattern in self.pack.patterns.get("draft_degree", ()):
            match = pattern.search(sentence)
            if match and self.grammar.adjective(match["quality"].lower()):
                sentence = sentence[: match.start()] + sentence[match.start("quality") :]
        for pattern in self.pack.patterns.get("draft_vague_end", ()):
            sentence = pattern.sub("", sentence)
        for pattern in self.pack.patterns.get("draft_dangling", ()):
            match = pattern.search(sentence)
            forms = [self.grammar.verb_form(w.low) for w in tokens(match.group())] if match else []
            if match and not {"third", "past", "both", "ing"} & set(forms):
                return sentence[: match.start()]
        match = LONE_COMMA.match(sentence)
        if match and self._is_third(match["verb"]) and self._is_subject(match["who"]):
            doing = predicate(sentence[match.start("verb") :], self.grammar, self.pack)
            sentence = f"{match['who']} {doing}" if doing else sentence
        match = LAST_VERB.search(sentence)
        before = sentence[: match.start()] if match else ""
        alone = " and " not in before and self._is_clause(before)
        if match and alone and self._is_doing(match["verb"]):
            return sentence[: match.start()] + " and " + match["verb"]
        return sentence

    def _is_subject(self, text: str) -> bool:
        words = [word for word in tokens(text) if word.is_word]
        alike = [self.grammar.adjective(word.low) for word in words]
        named = any(
            self._opens_clause(word.text) or (self.grammar.nouns(word.low) and not adjective)
            for word, adjective in zip(words, alike, strict=True)
        )
        if any(alike) and not named:
            return False
        clause = self._is_clause(text) or predicate(text, self.grammar, self.pack) is not None
        return not clause and not any(self._is_third(word.low) for word in tokens(text))

    def _is_third(self, word: str) -> bool:
        return self.grammar.verb_form(word) == "third"

    def _is_doing(self, word: str) -> bool:
        return self._is_third(word) and bool(self.grammar.verbs(word) & DOINGS)

    def _whole(self, sentence: str) -> list[str]:
        """The sentence, unless it hangs on a clause of the critic's that is not there any more."""
        sentence = self._upheld(sentence)
        if self._is_clause(sentence):
            return [sentence]
        if self._first("draft_orphan", sentence):
            return []
        waiting = self._first("draft_waiting", sentence)
        return [sentence[waiting.end() :] if waiting else sentence]

    def _upheld(self, sentence: str) -> str:
        """A clause that hung on one of the critic's made to stand by itself.

        ``because the guard is asleep`` becomes ``the guard is asleep``; where the clause it hangs
        on follows it stays.
        """
        hanging = self._first("draft_hanging", sentence)
        if hanging is None:
            return sentence
        rest = sentence[hanging.end() :]
        words = tokens(rest)[:FEW_WORDS]
        if not words or not self._opens_clause(words[0].text):
            return sentence
        if any("time" in self.grammar.nouns(word.low) for word in words):
            return sentence
        clause, *others = rest.split(", ")
        stands = self._is_clause(clause)
        follows = any(self._opens_clause(o.split(" ")[0]) and self._is_clause(o) for o in others)
        return rest.partition(", and that ")[0] if stands and not follows else sentence

    def _agreeing(self, sentence: str) -> str:
        """``the breath leave their mouths`` (what we see) with its verb in the third person."""
        words = tokens(sentence)
        for previous, word in pairwise(words[:FIRST_WORDS]):
            if not word.is_word:
                break
            noun = self.grammar.nouns(previous.low) or self.cast.is_name(previous.text)
            plain = self.grammar.verb_form(word.low) == "plain"
            if plain and noun and not self.grammar.closed(word.low):
                if self.grammar.is_plural(previous.text) or previous.low.endswith("'s"):
                    break
                third = self.grammar.third_person(word.low)
                return sentence[: word.start] + third + sentence[word.end :]
        return sentence

    def _unshouted(self, text: str) -> str:
        """Words set in capitals for stress in small letters; signs and names stay."""
        people = {name.upper() for name in self.cast.names}
        return replace_ranges(
            text,
            (
                (word.start, word.end, word.low)
                for word in tokens(text)
                if word.text.isalpha()
                and word.text.isupper()
                and len(word.text) > 1
                and self.grammar.knows(word.low)
                and word.text not in people
            ),
        )


def _found(sentence: str, place: str) -> tuple[int, str]:
    """Where the place is named, in full or by its noun alone; -1 where it is not."""
    head = re.split(r"\s(?:of|in|on|at|behind|over|under|by|near|beside|below|above)\s", place)[0]
    for name in (place, head, head.rsplit(" ", 1)[-1]):
        match = re.search(rf"\b{re.escape(name)}\b", sentence)
        if match and name:
            return match.start(), name
    return -1, place
