"""Essay text made into sentences a page can carry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.brief import LineKind
from scriptgen.offline.speechtags import TagReader
from scriptgen.offline.subjects import (
    POSSESSIVE_PRONOUN,
    opens_with_pronoun,
    with_name,
    with_subject,
)
from scriptgen.offline.tense import in_present
from scriptgen.offline.words import Grammar, capitalised, grammar_of, is_plural, tokens

if TYPE_CHECKING:
    from scriptgen.brief import Line
    from scriptgen.language import LanguagePack
    from scriptgen.offline.cast import Cast
    from scriptgen.offline.stream import Piece

SMALL_WORDS = 5
SMALL_SIGNS = 6
LONG_SENTENCE = 150
EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`+")
BLANKS = re.compile(r"\s+")
SENTENCE = re.compile(r"(?<=[.!?…])[\"”’»)\]]*\s+(?=[\"“‘«(\[]*[^\Wa-zà-ÿ_])")
CJK_SENTENCE = re.compile(r"(?<=[。！？])[”’」』）]*")
DANGLING = re.compile(r"[\s,;:—–-]+(?=[.!?…]+$)")
SHOUT = re.compile(r"[!?]*!+[!?]*")
EDGE_MARKS = " \t\n,;:—–-·|>#"
CLOSERS = "\"”’'»)]"
SENTENCE_MARKS = ".!?…。！？"
FULL_STOP = re.compile(r"[぀-ヿ一-鿿]")
AS_CLAUSE = re.compile(
    r"^(?P<what>[^,;:—]{2,60}?),? (?:as|while) (?P<clause>(?:he|she|they|it|the|his|her|[A-Z]).*)$"
)
PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"), ("（", "）"), ("「", "」"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence for the page.

    ``subject``: the id of whoever it is about, where known; ``pronoun``: it opens with he, she,
    his or her; ``safe``: no past tense was left standing in it.
    """

    text: str
    subject: str | None = None
    pronoun: bool = False
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Prose:
    """Makes sentences of the pieces of beats, with what a language pack knows."""

    pack: LanguagePack
    cast: Cast

    @property
    def grammar(self) -> Grammar | None:
        """The forms of words, ``None`` for a language without."""
        return grammar_of(self.pack)

    def sentences(self, piece: Piece, essay_text: str) -> list[Sentence]:
        """What a piece shows, tags of speech and the viewer's words taken off."""
        text = piece.text
        elided = _starts_inside(essay_text, piece.start)
        speaker = piece.beat.subject
        grammar = self.grammar
        if grammar is None and (piece.before or piece.after) and _is_small(plain(text)):
            return []
        if grammar is not None:
            tags = TagReader(grammar, self.pack, self.cast.is_name)
            if piece.after is not None:
                text = tags.before_words(text)
            if piece.before is not None and self._may_be_tag(piece.before, text):
                left = tags.after_words(text)
                text, elided = left.text, left.elided
                speaker = (left.elided and piece.before.speaker) or speaker
        found: list[Sentence] = []
        for i, raw in enumerate(self.split(plain(text))):
            for shown in self._shown(raw):
                found += self._sentence(shown, speaker, elided=elided and i == 0)
        return found

    def _may_be_tag(self, line: Line, text: str) -> bool:
        """Whether what follows quoted words can tell who said them."""
        opening = re.search(r"\w[\w’'-]*", text)
        if opening is None or line.text.rstrip().endswith((".", "…")):
            return False
        comma = line.text.rstrip().endswith(",") or text.lstrip("\"”’'*_ ").startswith(",")
        if line.kind is LineKind.IMAGINED:
            return comma
        first = opening.group()
        return comma or first[0].islower() or self.cast.is_name(first)

    def split(self, text: str) -> list[str]:
        """``text`` in sentences; the full stop of an abbreviation ends none."""
        parts: list[str] = []
        start = 0
        for match in sorted(
            [*SENTENCE.finditer(text), *CJK_SENTENCE.finditer(text)], key=lambda m: m.start()
        ):
            last = text[start : match.start()].rsplit(None, 1)[-1:]
            word = last[0].rstrip(".").lower() if last else ""
            if last and last[0].endswith(".") and self.pack.is_word("abbreviations", word):
                continue
            parts.append(text[start : match.end()].strip())
            start = match.end()
        parts.append(text[start:].strip())
        return [part for part in parts if part]

    def _shown(self, sentence: str) -> list[str]:
        """The sentence without connectives and viewer; two where the camera leads."""
        if not self.pack.known:
            return [sentence]
        for pattern in self.pack.patterns.get("draft_aside", ()):
            sentence = pattern.sub(" ", sentence)
        sentence = self._opened(sentence)
        for pattern in self.pack.patterns.get("draft_watching", ()):
            match = pattern.match(sentence)
            if match:
                return [self._agreeing(sentence[match.end() :])]
        for pattern in self.pack.patterns.get("draft_camera", ()):
            match = pattern.match(sentence)
            if match:
                rest = sentence[match.end() :]
                clause = AS_CLAUSE.match(rest)
                return [clause["what"], clause["clause"]] if clause else [rest]
        return [sentence]

    def _opened(self, sentence: str) -> str:
        changed = True
        while changed:
            changed = False
            for pattern in self.pack.patterns.get("draft_opening", ()):
                match = pattern.match(sentence)
                if match and match.end() < len(sentence):
                    sentence, changed = sentence[match.end() :], True
        return sentence

    def _agreeing(self, sentence: str) -> str:
        """``the breath leave their mouths`` (what we see) with its verb in the third person."""
        grammar = self.grammar
        if grammar is None:
            return sentence
        words = tokens(sentence)
        for i, word in enumerate(words[1:8], 1):
            if not word.is_word:
                break
            previous = words[i - 1]
            noun = grammar.nouns(previous.low) or self.cast.is_name(previous.text)
            if grammar.verb_form(word.low) == "plain" and noun and not grammar.closed(word.low):
                if is_plural(previous.text, grammar) or previous.low.endswith("'s"):
                    break
                third = grammar.third_person(word.low)
                return sentence[: word.start] + third + sentence[word.end :]
        return sentence

    def _sentence(self, text: str, subject: str | None, *, elided: bool) -> list[Sentence]:
        text = text.strip(EDGE_MARKS)
        if not any(sign.isalnum() for sign in text):
            return []
        grammar = self.grammar
        if grammar is None or not self.pack.known:
            return [Sentence(finished(text), subject)]
        if all(grammar.closed(word.low) for word in tokens(text) if word.is_word):
            return []
        text = SHOUT.sub(".", self._unshouted(text, grammar))
        name = self.cast.named(subject)
        if name and (elided or text[0].islower()):
            text = with_subject(text, name, grammar, self.pack) or text
        turned = in_present(text, grammar, self.cast.is_name)
        text = finished(balanced(self._opened(turned.text)))
        pronoun = opens_with_pronoun(text)
        who = subject if pronoun else self.cast.who(text)
        first, *rest = _parted(text)
        return [
            Sentence(first, who, pronoun=pronoun, safe=turned.safe),
            *(Sentence(part, who, pronoun=opens_with_pronoun(part)) for part in rest),
        ]

    def _unshouted(self, text: str, grammar: Grammar) -> str:
        """Words set in capitals for stress in small letters; signs and letters stay."""
        changes = []
        for word in tokens(text):
            plain_word = word.text.isalpha() and word.text.isupper() and len(word.text) > 1
            if plain_word and grammar.knows(word.low) and not self._is_person(word.text):
                changes.append(word)
        for word in reversed(changes):
            text = text[: word.start] + word.low + text[word.end :]
        return text

    def _is_person(self, word: str) -> bool:
        return any(word == name.upper() for name in self.cast.names)

    def renamed(self, sentence: Sentence) -> Sentence:
        """The sentence with its pronoun replaced by the name, where the name is known."""
        name = self.cast.named(sentence.subject)
        owner = POSSESSIVE_PRONOUN.match(sentence.text) is not None
        if (
            not sentence.pronoun
            or name is None
            or (owner and not self.cast.has_name(sentence.subject))
        ):
            return sentence
        return Sentence(with_name(sentence.text, name), sentence.subject, safe=sentence.safe)


def plain(text: str) -> str:
    """``text`` without marks of emphasis, on one line."""
    return BLANKS.sub(" ", EMPHASIS.sub("", text)).strip()


def balanced(text: str) -> str:
    """``text`` without brackets and quote marks that have no partner."""
    for opening, closing in PAIRS:
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    return BLANKS.sub(" ", text).strip(EDGE_MARKS)


def finished(text: str) -> str:
    """``text`` with a capital first and a stop at the end."""
    text = capitalised(DANGLING.sub("", text.strip(EDGE_MARKS)))
    bare = text.rstrip(CLOSERS)
    if bare and bare[-1] not in SENTENCE_MARKS:
        text += "。" if FULL_STOP.search(text) else "."
    return text


def _parted(text: str) -> list[str]:
    """A long sentence parted at its semicolons."""
    if len(text) <= LONG_SENTENCE:
        return [text]
    return [finished(part) for part in text.split("; ")]


def _is_small(text: str) -> bool:
    """Whether a few words beside speech can only tell who speaks, in a language not known."""
    bare = re.sub(r"^\W+|\W+$", "", text)
    if FULL_STOP.search(bare):
        return len(bare) <= SMALL_SIGNS
    return bare[:1].islower() and len(bare.split()) <= SMALL_WORDS


def _starts_inside(essay_text: str, start: int) -> bool:
    """Whether the offset lies inside a sentence of the essay."""
    before = essay_text[:start].rstrip(' \t"“‘«*_')
    return bool(before) and before[-1] not in SENTENCE_MARKS + "\n" + CLOSERS
