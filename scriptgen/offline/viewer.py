"""Whoever watches, taken off: connectives, asides, "we see", the camera, what the heading says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from scriptgen.offline.finding import begun_first
from scriptgen.offline.subjects import predicate
from scriptgen.offline.tense import LONGEST, has_main_verb
from scriptgen.offline.words import Grammar, Token, capitalised, replace_ranges, tokens

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
SEEN_OBJECTS = {"him": "he", "her": "she", "it": "it", "them": "they"}
MOST_LEADING = 9
FAR_BACK = 60
OBJECT = re.compile(r" (?:it|him|them|the|a|an|his|at|to|that|how|what)\b")
WHERE_TO = re.compile(r" (?:with|on|in|up|down|into|out|from|over|away|back|by)\b")
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
        """What is left to see: none, one, or several where a watcher or the camera leads on."""
        sentence = BRACKETED.sub("", sentence)
        return [shown for part in self._parted(sentence) for shown in self._shown(part)]

    def _parted(self, sentence: str) -> list[str]:
        """``He waits, and we see his hand shake`` parted where somebody watches."""
        if len(sentence) > LONGEST:
            return [sentence]
        for pattern in self.pack.patterns.get("draft_watched_inside", ()):
            found = pattern.search(sentence)
            if found is None:
                continue
            head = sentence[: found.start()]
            rest = self._parted(capitalised(sentence[found.end() :]))
            if self._is_clause(head):
                return [head, *rest]
            if len(head.split()) < FEW_WORDS or "us " in found.group():
                return rest
            joined = found.group().rstrip().endswith(" and")
            if len(head.split()) > FIRST_WORDS and (joined or not self._led_by_place(head)):
                return [head, *rest]
        return [sentence]

    def _led_by_place(self, text: str) -> bool:
        return self.pack.is_word("prepositions", text.partition(" ")[0].lower())

    def _shown(self, sentence: str) -> list[str]:
        for pattern in self.pack.patterns.get("draft_aside", ()):
            sentence = pattern.sub(" ", sentence)
        if begun_first(self.pack, "draft_gone", sentence):
            return []
        if begun_first(self.pack, "draft_gone_crew", sentence) and not self.cast.who(sentence):
            return []
        sentence = self.opened(SHOUT.sub(".", self._unshouted(sentence)))
        exclaimed = begun_first(self.pack, "draft_exclaimed", sentence)
        if exclaimed:
            sentence = self._agreeing(sentence[exclaimed.end() :])
        denied = begun_first(self.pack, "draft_not_just", sentence)
        if denied:
            lemma = self.grammar.lemma(denied["verb"], "verb") or denied["verb"]
            return [f"{denied['who']} {self.grammar.third_person(lemma)}{denied['rest']}"]
        return self._watched(sentence) or self._led(sentence) or self._whole(sentence)

    def seen(self, phrase: str) -> list[str]:
        """What somebody watching sees (``see the breath leave their mouths``), none for another."""
        return self._watched(f"we {phrase}")

    def _watched(self, sentence: str) -> list[str]:
        rest = sentence
        watched = begun_first(self.pack, "draft_watching", rest)
        if watched:
            rest = rest[watched.end() :]
        place = None if watched else begun_first(self.pack, "draft_watching_from", rest)
        if place:
            rest = rest[place.end() :]
        if not watched and not place:
            return []
        heard = None
        for pattern in self.pack.patterns.get("draft_nothing_heard", ()):
            heard = heard or pattern.search(rest)
        shown = self._agreeing(rest[: heard.start()] if heard else rest)
        parts = [f"{place['where']}, {shown}" if place else capitalised(shown)]
        return [*parts, f"Nothing but {heard['what']}"] if heard else parts

    def _led(self, sentence: str) -> list[str]:
        """What the camera leads to, or what a list of the critic's holds."""
        led = begun_first(self.pack, "draft_camera", sentence)
        if led:
            rest = sentence[led.end() :]
            clause = AS_CLAUSE.match(rest)
            return [clause["what"], clause["clause"]] if clause else [rest]
        listed = begun_first(self.pack, "draft_listed", sentence)
        if listed:
            return [listed["listed"]]
        for pattern in self.pack.patterns.get("draft_way", ()):
            parts = pattern.split(sentence)
            if len(parts) > MANY_PARTS and not parts[0]:
                return parts[1:]
        return []

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
        if begun_first(self.pack, "draft_cut_off", sentence):
            return ""
        for pattern in self.pack.patterns.get("draft_degree", ()):
            match = pattern.search(sentence)
            quality = match["quality"].lower() if match else ""
            if match and (self.grammar.adjective(quality) or self.grammar.adverb(quality)):
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
        if match and self._is_inverted(match["who"], sentence[match.start("verb") :]):
            sentence = f"{match['who']} {sentence[match.start('verb') :]}"
        match = LAST_VERB.search(sentence)
        before = sentence[: match.start()] if match else ""
        alone = " and " not in before and self._is_clause(before)
        if match and alone and self._is_doing(match["verb"]):
            return sentence[: match.start()] + " and " + match["verb"]
        return sentence

    def _is_inverted(self, where: str, deed: str) -> bool:
        """``under the lamp``, ``stands a man``: no comma parts them."""
        verb, following = [*tokens(deed), *tokens("- -")][:2]
        return (
            self._led_by_place(where)
            and "posture" in self.grammar.verbs(verb.low)
            and self.pack.is_word("determiners", following.low)
        )

    def _is_subject(self, text: str) -> bool:
        words = [word for word in tokens(text) if word.is_word]
        if not words or self.pack.is_word("prepositions", words[0].low):
            return False
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
        if begun_first(self.pack, "draft_orphan", sentence):
            return []
        waiting = begun_first(self.pack, "draft_waiting", sentence)
        rest = sentence[waiting.end() :] if waiting else sentence
        clause, _, more = rest.partition(", ")
        follows = self._opens_clause(more.partition(" ")[0]) and self._is_clause(more)
        return [sentence if waiting and (follows or self._is_double(clause)) else rest]

    def _is_double(self, text: str) -> bool:
        """``the doors open the crowd comes in``: another clause follows without a comma."""
        words = [word for word in tokens(text) if word.is_word]
        openers = [
            at
            for at, word in enumerate(words)
            if at >= FEW_WORDS
            and self._opens_clause(word.text)
            and not self.cast.is_name(word.text)
        ]
        sure = [
            at + 1
            for at, (before, word) in enumerate(pairwise(words))
            if self._is_sure(word.low, before.low)
        ]
        return any(at < verb <= at + FEW_WORDS for at in openers for verb in sure)

    def _is_sure(self, word: str, before: str) -> bool:
        """Whether a word is a verb of the third person rather than a noun of many."""
        alone = not self.grammar.nouns(word) or "motion" in self.grammar.verbs(word)
        return self._is_third(word) and (alone or "person" in self.grammar.nouns(before))

    def _upheld(self, sentence: str) -> str:
        """A clause that hung on one of the critic's made to stand by itself.

        ``because the guard is asleep`` becomes ``the guard is asleep``; where the clause it hangs
        on follows it stays.
        """
        hanging = begun_first(self.pack, "draft_hanging", sentence)
        if hanging is None:
            return sentence
        rest = sentence[hanging.end() :]
        words = tokens(rest)[:FEW_WORDS]
        if not words or not self._opens_clause(words[0].text):
            return sentence
        if any("time" in self.grammar.nouns(word.low) for word in words):
            return sentence
        clause, *others = rest.split(", ")
        if others and hanging.group().lower().startswith("where"):
            return sentence
        stands = self._is_clause(clause)
        follows = any(self._opens_clause(o.split(" ")[0]) and self._is_clause(o) for o in others)
        return rest.partition(", and that ")[0] if stands and not follows else sentence

    def _agreeing(self, sentence: str) -> str:
        """``the breath leave their mouths`` (what we see) with its verb in the third person."""
        words = tokens(sentence)
        if len(words) > 1 and words[0].low in SEEN_OBJECTS:
            told = self._of_pronoun(sentence, words[0], words[1])
            if told is not None:
                return told
        several = False
        behind = False
        for previous, word in pairwise(words[:FIRST_WORDS]):
            if not word.is_word:
                break
            noun = self.grammar.nouns(previous.low) or self.cast.is_name(previous.text)
            alike = self.grammar.adjective(previous.low) and self.grammar.nouns(word.low)
            if noun and not behind:
                several = self.grammar.is_plural(previous.text) or previous.low.endswith("'s")
            behind = behind or self.pack.is_word("prepositions", word.low)
            plain = self.grammar.verb_form(word.low) == "plain" and not alike
            if plain and noun and not self.grammar.closed(word.low):
                if several:
                    break
                third = self.grammar.third_person(word.low)
                return sentence[: word.start] + third + sentence[word.end :]
        return sentence

    def _of_pronoun(self, sentence: str, pronoun: Token, verb: Token) -> str | None:
        """``him talking`` (whom we see) as ``he is talking``, ``it reach`` as ``it reaches``."""
        form = self.grammar.verb_form(verb.low)
        subject = SEEN_OBJECTS[pronoun.low]
        if pronoun.low != "her" and form not in ("ing", "plain"):
            return sentence[verb.start :]
        following = sentence[verb.end :]
        if (
            pronoun.low == "her"
            and form == "ing"
            and not (OBJECT.match(following) or WHERE_TO.match(following))
        ):
            return None
        if form == "ing":
            return f"{subject} {'are' if subject == 'they' else 'is'}{sentence[pronoun.end :]}"
        owned = pronoun.low == "her" and self.grammar.nouns(verb.low)
        if form != "plain" or (owned and not OBJECT.match(following)):
            return None
        doing = verb.low if subject == "they" else self.grammar.third_person(verb.low)
        return f"{subject} {doing}{sentence[verb.end :]}"

    def _unshouted(self, text: str) -> str:
        """Words set in capitals for stress in small letters; signs, writing and names stay."""
        people = {name.upper() for name in self.cast.names}
        loud = [word for word in tokens(text) if word.text.isupper()]
        writing: set[Token] = set()
        for before, word in zip([None, *loud], loud, strict=False):
            follows = before in writing and before and text[before.end : word.start] == " "
            head = text[max(0, word.start - FAR_BACK) : word.start]
            if follows or self.pack.has("draft_written_before", head):
                writing.add(word)
        return replace_ranges(
            text,
            (
                (word.start, word.end, word.low)
                for word in loud
                if word.text.isalpha()
                and len(word.text) > 1
                and self.grammar.knows(word.low)
                and word.text not in people
                and word not in writing
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
