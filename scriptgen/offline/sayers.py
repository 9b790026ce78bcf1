"""Who says a line by the essay's own words beside it, where that is nobody of the cast."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from scriptgen.brief import Line, LineKind
from scriptgen.offline.finding import found_first
from scriptgen.offline.stream import quoted_range
from scriptgen.offline.words import grammar_of, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.brief import SceneBrief
    from scriptgen.language import LanguagePack
    from scriptgen.offline.cast import Cast
    from scriptgen.offline.words import Grammar, Token

FAR = 120
"""Signs beside a line in which its tag is looked for."""
LONGEST = 40
"""Signs of a cue."""
MOST_WORDS = 4
MOST_BEFORE_WORDS = 2
OTHER_TEXT = re.compile(r"[\n\"“”‘’«»„‹›*_](?!\w)|[\n\"“”‘«»„‹›*_]")
SENTENCE_END = re.compile(r"[.!?…]\s")
ENDED = (".", "…")
BEARERS = frozenset({"person", "kin", "role"})
OF_OTHERS = ("audience_words", "first_person")
OF_THE_SHOW = ("show_nouns", "film_words", "voiceless")
ONE = "one"
PAIR = 2
UNKNOWN = frozenset({"somebody", "someone"})
WORD = re.compile(r"\w[\w’'-]*")
OWNED = re.compile(r"[’']s?$")


def sayers(brief: SceneBrief, pack: LanguagePack, cast: Cast, essay_text: str) -> dict[str, str]:
    """By a line's id the cue for whoever the essay says it is that says it.

    ``“Closed,” says a voice.`` gives ``VOICE``. Of lines with a speaker those alone that are
    given to one whom the tag beside them cannot mean: ``“Closed,” says the old woman.`` is not
    Bo's, who has never been called so. None in a language without a pack.
    """
    grammar = grammar_of(pack) if pack.known else None
    return _Sayers(pack, grammar, cast, essay_text).cues(brief.lines) if grammar else {}


@dataclass(frozen=True, slots=True)
class _Sayers:
    """Reads the tags of lines, in a language with a pack."""

    pack: LanguagePack
    grammar: Grammar
    cast: Cast
    essay_text: str

    def cues(self, lines: Iterable[Line]) -> dict[str, str]:
        found: dict[str, str] = {}
        last: Line | None = None
        for line in sorted(lines, key=lambda line: line.span.start):
            if line.kind is not LineKind.SPOKEN or line.tagged:
                last = None
                continue
            words = self._said_by(line)
            if words is None and last is not None and self._is_one_breath(last, line):
                found[line.id] = found[last.id]
            elif words and self._is_another(line, words):
                found[line.id] = words.upper()
            last = line if line.id in found else None
        return found

    def _is_one_breath(self, first: Line, second: Line) -> bool:
        """Whether nothing but a tag parts two lines: ``“Go,” says a voice, “and run.”``."""
        between = self.essay_text[first.span.end : second.span.start]
        return (
            len(between) <= FAR
            and between.rstrip(" \"“‘«'’*_").endswith(",")
            and not ("\n" in between or SENTENCE_END.search(between[1:]))
        )

    def _is_another(self, line: Line, words: str) -> bool:
        """Whether the words of a tag can mean nobody whom the line is given to."""
        character = self.cast.characters.get(line.speaker or "")
        if character is None:
            return True
        spans = (*character.aliases, *character.evidence)
        known = " ".join([character.name, character.cue, *(span.text for span in spans)])
        head = words.rsplit(maxsplit=1)[-1].lower()
        told = bool(self.grammar.nouns(head) & BEARERS)
        called = {OWNED.sub("", word) for word in WORD.findall(known.lower())}
        return (
            told
            and not self.pack.is_word("not_people", head)
            and not any(_is_kind(word, head) for word in called)
        )

    def _said_by(self, line: Line) -> str | None:
        start, end = quoted_range(self.essay_text, line)
        after = OTHER_TEXT.split(self.essay_text[end : end + FAR], maxsplit=1)[0]
        if not line.text.rstrip().endswith(ENDED):
            words = [word for word in tokens(after) if word.is_word or word.text not in ",—–-"]
            found = self._behind(words, after)
            if found is not None:
                return found
        before = OTHER_TEXT.split(self.essay_text[max(0, start - FAR) : start])[-1]
        return self._before(SENTENCE_END.split(before)[-1])

    def _behind(self, words: list[Token], text: str) -> str | None:
        """Behind the line: ``says the voice`` or ``the voice says``."""
        if words and self._is_speech(words[0]):
            return self._named(words[1:], text)
        phrase = self._phrase(words)
        anew = bool(phrase) and phrase[0].text[0].isupper() and self.grammar.closed(phrase[0].low)
        return (
            self._named(words, text) if self._speaks_at(words, len(phrase)) and not anew else None
        )

    def _before(self, text: str) -> str | None:
        """Before the line: ``a voice replies:``."""
        if text.rstrip()[-1:] not in (",", ":"):
            return None
        words = tokens(text.rstrip()[:-1])
        for at in range(len(words)):
            opens = at == 0 or not words[at - 1].is_word or words[at - 1].low in ("and", "but")
            count = len(self._phrase(words[at:]))
            left = len(words) - at - count - 1
            if opens and self._speaks_at(words[at:], count) and left <= MOST_BEFORE_WORDS:
                return self._named(words[at:], text)
        return None

    def _speaks_at(self, words: list[Token], at: int) -> bool:
        """Whether the word ``at`` is a verb of speech, and not that of ``says nothing``."""
        if not 0 < at < len(words) or not self._is_speech(words[at]):
            return False
        following = words[at + 1].low if at + 1 < len(words) else ""
        return not any(self.pack.is_word(kind, following) for kind in ("indefinites", "negations"))

    def _is_speech(self, word: Token) -> bool:
        lemma = self.grammar.lemma(word.low, "verb") if word.is_word else None
        form = self.grammar.verb_form(word.low)
        return form in ("third", "past", "both") and self.pack.is_word("speech_verbs", lemma or "")

    def _named(self, words: list[Token], text: str) -> str | None:
        """The words for somebody that ``words`` begin with, without an article."""
        phrase = self._phrase(words)
        if not phrase or OWNED.search(phrase[-1].text):
            return None
        told = text[phrase[0].start : phrase[-1].end]
        if found_first(self.pack, "draft_crew", told):
            return None
        if any(self.pack.is_word(kind, word.low) for word in phrase for kind in OF_OTHERS):
            return None
        if any(self.pack.is_word(kind, phrase[-1].low) for kind in OF_THE_SHOW):
            return None
        for pattern in self.pack.patterns.get("draft_article", ()):
            told = pattern.sub("", told, count=1)
        return told if self._can_speak(phrase) and len(told) <= LONGEST else None

    def _can_speak(self, phrase: list[Token]) -> bool:
        """Whether it is somebody, a voice, a mask or a name, and no sign or letter that is read."""
        head = phrase[-1]
        if head.low in UNKNOWN or (head.low == ONE and len(phrase) > PAIR):
            return True
        if phrase[0].text[0].isupper() and len(phrase) == sum(w.text[0].isupper() for w in phrase):
            return self._is_name(phrase[0])
        classes = self.grammar.nouns(head.low)
        read = "communication" in classes and not classes & BEARERS
        return self.pack.is_word("voices", head.low) or (bool(classes) and not read)

    def _is_name(self, word: Token) -> bool:
        names = self.pack.proper_names
        known = self.grammar.knows(word.low) or self.grammar.closed(word.low)
        return not known or (names is not None and names.is_given(word.low))

    def _phrase(self, words: list[Token]) -> list[Token]:
        """The words of the noun phrase or the name that ``words`` begin with."""
        if not words or not words[0].is_word:
            return []
        first = words[0]
        if first.low in UNKNOWN:
            return [first]
        if first.text[0].isupper() and not self.grammar.closed(first.low):
            return list(takewhile(lambda word: word.is_word and word.text[0].isupper(), words))
        if not any(self.pack.is_word(kind, first.low) for kind in ("determiners", "possessives")):
            return []
        rest = list(takewhile(self._is_of_phrase, words[1 : MOST_WORDS + 1]))
        rest += [word for word in words[len(rest) + 1 : len(rest) + 2] if word.low == ONE]
        while rest and self.grammar.adverb(rest[-1].low) and not self.grammar.nouns(rest[-1].low):
            rest.pop()
        return [first, *rest] if rest else []

    def _is_of_phrase(self, word: Token) -> bool:
        if not word.is_word or self._is_speech(word):
            return False
        form = self.grammar.verb_form(word.low)
        return not self.grammar.closed(word.low) and (
            form not in ("third", "past") or bool(self.grammar.nouns(word.low))
        )


def _is_kind(word: str, head: str) -> bool:
    """Whether a word names one of a kind: a fisherman is a man, one of the guards a guard."""
    return word in (head, f"{head}s") or (word.endswith(head) and not word.endswith(f"wo{head}"))
