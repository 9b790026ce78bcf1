"""Essay text made into sentences a page can carry."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scriptgen.brief import LineKind
from scriptgen.offline.cutting import Cutter
from scriptgen.offline.finding import begun_first, found_first
from scriptgen.offline.fragments import (
    hangs_in_the_air,
    is_where,
    led_by_deed,
    led_by_where,
    tells_how,
)
from scriptgen.offline.leads import Leads
from scriptgen.offline.marks import (
    CJK,
    EDGE_MARKS,
    balanced,
    finished,
    plain,
    split_sentences,
    starts_inside,
)
from scriptgen.offline.parting import parted
from scriptgen.offline.speechtags import TagReader
from scriptgen.offline.subjects import (
    POSSESSIVE_PRONOUN,
    after_pronoun,
    is_finite,
    opens_with_pronoun,
    predicate,
    upright,
    with_name,
)
from scriptgen.offline.tense import has_main_verb, in_past, in_present, told_in_past
from scriptgen.offline.viewer import Viewer
from scriptgen.offline.whole import BROKEN, Whole
from scriptgen.offline.words import Grammar, capitalised, grammar_of, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.brief import Line
    from scriptgen.language import LanguagePack
    from scriptgen.offline.cast import Cast
    from scriptgen.offline.stream import Piece

PAIR = 2
SMALL_WORDS = 5
SMALL_SIGNS = 6
BE = frozenset({"is", "are", "was", "were", "has", "had"})
TALK = ("page_aside", "page_camera", "page_commentary")
"""Faults of a sentence that is the critic's own; where nothing is done in it either it goes."""
LONGEST_VERB = 20
FAR_BEFORE = 200
INNER_PRONOUN = re.compile(r"(?<=\s)(?:he|she)(?=\s)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence for the page.

    ``subject``: the id of whoever it is about, where known; ``pronoun``: it opens with a he, she,
    his or her that stands for the subject; ``predicate``: what follows its subject, where that is
    a pronoun or was put in (``given``); ``bare``: it does no more than name somebody; ``loose``: a
    fragment that began inside a sentence of the essay; ``verbless``: it has no verb of its own;
    ``where``: it is no more than a place; ``raw``: its text before the first letter
    was made a capital; ``inside``: it began inside at all; ``safe``: no past tense was left
    standing in it; ``fault``: what `Cutter.fault` says of it, where no cut helps.
    """

    text: str
    subject: str | None = None
    pronoun: bool = False
    predicate: str | None = None
    given: bool = False
    bare: bool = False
    loose: bool = False
    verbless: bool = False
    where: bool = False
    inside: bool = False
    raw: str = ""
    safe: bool = True
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """Makes sentences of the pieces of beats, with what a language pack knows."""

    pack: LanguagePack
    cast: Cast
    grammar: Grammar | None
    viewer: Viewer | None
    past: bool = False
    cutter: Cutter | None = None
    whole: Whole | None = None

    @classmethod
    def of(cls, pack: LanguagePack, cast: Cast, beats: Iterable[str]) -> Prose:
        """Prose in the language of ``pack``; without its grammar, sentences as they are.

        ``beats``: their texts, which tell whether the essay is told in the past.
        """
        grammar = grammar_of(pack) if pack.known else None
        if grammar is None:
            return cls(pack, cast, None, None)
        past = told_in_past(beats, grammar, cast.is_name)
        cutter = Cutter(pack, grammar, cast)
        viewer = Viewer(pack, grammar, cast)
        return cls(pack, cast, grammar, viewer, past, cutter, Whole(pack, grammar, cast))

    def sentences(
        self, piece: Piece, essay_text: str, *, place: str | None = None, following: str = ""
    ) -> list[Sentence]:
        """What a piece shows, tags of speech and the viewer's words taken off.

        ``place``: its name, where the piece opens a scene whose heading tells it; ``following``:
        the essay behind the piece, up to the next one.
        """
        if self.grammar is None or self.viewer is None:
            small = (piece.before or piece.after) and _is_small(plain(piece.text))
            whole = [] if small else split_sentences(plain(piece.text), self.pack)
            return [Sentence(finished(text), piece.beat.subject) for text in whole if _says(text)]
        text, elided, doer = self._untagged(piece, self.grammar)
        elided = elided or (text == piece.text and starts_inside(essay_text, piece.start))
        leads = Leads(self.pack, self.grammar, self.cast, essay_text)
        text, doer, elided = leads.led(text, piece, doer, elided=elided)
        if self.whole is not None and piece.after is None:
            text = self.whole.ended(text, following)
        found: list[Sentence] = []
        parts = [
            (part, doer if at == 0 else None)
            for raw in split_sentences(plain(text), self.pack)
            for at, part in enumerate(self.viewer.without(raw))
        ]
        for i, (part, whose) in enumerate(parts):
            shown = self.viewer.without_place(part, place) if place and i == 0 else part
            ended = self.viewer.ended(shown.strip(EDGE_MARKS))
            found += self._cut(ended, whose, self.grammar, elided=elided and i == 0)
        return found

    def _cut(
        self, text: str, doer: str | None, grammar: Grammar, *, elided: bool
    ) -> list[Sentence]:
        """What is made of a text, cut where it tells what cannot be shown."""
        if self.cutter is None:
            return self._made(text, doer, grammar, elided=elided)
        text = self.cutter.pruned(text)
        made = self._made(text, doer, grammar, elided=elided)
        faults = [self.cutter.fault(each.text) for each in made]
        if not any(faults):
            return made
        for shorter in self.cutter.shorter(text):
            again = self._made(shorter, doer, grammar, elided=elided)
            if again and not any(self.cutter.fault(each.text) for each in again):
                return again
        return [
            replace(each, fault=fault)
            for each, fault in zip(made, faults, strict=True)
            if fault not in TALK or (fault != "page_commentary" and self.cutter.is_doing(each.text))
        ]

    def is_of_the_show(self, piece: Piece, essay_text: str) -> bool:
        """Whether a film or the like does what a piece tells: ``The film, kindly, | cuts it``."""
        if self.grammar is None or not starts_inside(essay_text, piece.start):
            return False
        before = essay_text[max(0, piece.start - FAR_BEFORE) : piece.start]
        told = piece.text.lstrip().removeprefix("and ")
        return is_finite(told, self.grammar, self.pack) and bool(
            found_first(self.pack, "draft_show_before", before)
        )

    def is_broken(self, sentence: Sentence) -> bool:
        """Whether a sentence has lost its subject, or what its last word needs."""
        return self.whole is not None and self.whole.lacks(sentence.text)

    def mended(self, sentence: Sentence) -> Sentence:
        """What is whole of a broken sentence, else it all with that fault."""
        rest = self.whole.rest(sentence.text) if self.whole else None
        if rest is None:
            return replace(sentence, fault=BROKEN)
        return Sentence(capitalised(rest), self.cast.who(rest))

    def told_in_past(self, text: str) -> bool:
        """Whether the main verb is a past, or no more is known of the language."""
        return self.grammar is None or in_past(plain(text), self.grammar, self.cast.is_name)

    def gesture(self, line: Line, essay_text: str) -> list[Sentence]:
        """What is seen of words that nobody hears (``murmurs something into his ear``)."""
        name = self.cast.named(line.speaker)
        if self.grammar is None or self.viewer is None:
            return []
        told = self.cutter.pruned(plain(line.text)) if self.cutter else plain(line.text)
        before = essay_text[: line.span.start].rstrip()[-LONGEST_VERB:]
        watched = found_first(self.pack, "draft_watched_before", before)
        seen = self.viewer.seen(f"see {told}" if watched else told)
        if seen:
            return [Sentence(finished(text), self.cast.who(text)) for text in seen]
        words = predicate(told, self.grammar, self.pack)
        if name is None or words is None or not words[:1].islower():
            return []
        for pattern in self.pack.patterns.get("draft_relative", ()):
            words = pattern.split(words, maxsplit=1)[0]
        return [Sentence(finished(f"{name} {words}"), line.speaker, predicate=words, given=True)]

    def renamed(self, sentence: Sentence) -> Sentence:
        """The sentence with its pronoun replaced by the name, where the name is known."""
        name = self.cast.named(sentence.subject)
        owner = POSSESSIVE_PRONOUN.match(sentence.text) is not None
        if not sentence.pronoun or name is None:
            return sentence
        if owner and not self.cast.has_name(sentence.subject):
            return sentence
        return replace(sentence, text=with_name(sentence.text, name), pronoun=False)

    def led(self, sentence: Sentence, subject: str) -> Sentence:
        """A remnant of what somebody has about them, led by the name: ``Bo, with a cup.``."""
        name = self.cast.named(subject)
        first = sentence.text.split(maxsplit=1)[0]
        if not sentence.loose or not self.pack.is_word("accompanied", first):
            return sentence
        named = any(self.cast.is_name(word.text) for word in tokens(sentence.text))
        if name is None or named or not self.cast.has_name(subject):
            alone = first.lower() == "with" and len(sentence.text.split()) > PAIR
            rest = capitalised(sentence.text[len(first) :].lstrip())
            return replace(sentence, text=rest, loose=False) if alone else sentence
        text = f"{name}, {first.lower()}{sentence.text[len(first) :]}"
        return replace(sentence, text=text, subject=subject, loose=False)

    def ends_with_subject(self, first: Sentence, second: Sentence, end: int) -> bool:
        """Whether the last words of a sentence are whoever the next is about: ``and below, Bo.``.

        ``end``: where the first ends in the essay.
        """
        grammar = self.grammar
        if grammar is None or second.predicate is None or not first.text.endswith("."):
            return False
        told = first.text[:-1]
        clause = re.split(r"; |, (?:and|but) " + (r"| and " if second.given else ""), told)[-1]
        words = [word for word in tokens(clause) if word.is_word]
        if second.given and self.cast.last(told, end) != second.subject:
            return False
        if not second.given:
            if second.pronoun or clause == told or not words:
                return False
            if not self.pack.is_word("determiners", words[0].low):
                return False
        return not any(
            grammar.verb_form(word.low) in ("third", "past", "ing") or word.low in BE
            for word in words
        )

    def met(self, sentence: Sentence, known: set[str]) -> Sentence:
        """With the name for the first he or she, where its subject was not met before."""
        name = self.cast.named(sentence.subject)
        character = sentence.subject or ""
        inner = INNER_PRONOUN.search(sentence.text)
        if not sentence.inside or name is None or character in known | self.cast.met:
            return sentence
        if any(self.cast.is_name(word.text) for word in tokens(sentence.text)):
            return sentence
        opens = sentence.pronoun or sentence.given
        if inner is None or opens or not self.cast.can_be(character, inner.group()):
            return sentence
        return replace(sentence, text=INNER_PRONOUN.sub(name, sentence.text, count=1))

    def _untagged(self, piece: Piece, grammar: Grammar) -> tuple[str, bool, str | None]:
        text, elided, doer = piece.text, False, piece.beat.subject
        tags = TagReader(grammar, self.pack, self.cast.is_name)
        if piece.after is not None:
            text = tags.before_words(text)
        if piece.before is not None and self._may_be_tag(piece.before, text):
            left = tags.after_words(text)
            text, elided = left.text, left.elided
            doer = (left.elided and piece.before.speaker) or doer
        return text, elided, doer

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

    def _made(
        self, text: str, subject: str | None, grammar: Grammar, *, elided: bool
    ) -> list[Sentence]:
        text = text.strip(EDGE_MARKS)
        said = [word.low for word in tokens(text) if word.is_word]
        if not said or all(grammar.closed(word) or word.endswith("ly") for word in said):
            return []
        text = self._whole_of_who(upright(text, grammar, self.pack, self.cast.is_name), grammar)
        inside = elided or text[0].islower()
        name = self.cast.named(subject)
        text = led_by_deed(text, grammar, self.pack) if inside else text
        rest = predicate(text, grammar, self.pack) if inside else None
        where = (
            led_by_where(text, grammar, self.pack, self.cast.is_name)
            if inside and rest is None and name
            else False
        )
        if inside and rest is None and tells_how(text, grammar, self.pack, self.cast.is_name):
            rest = f"is {text}"
        given = rest is not None and name is not None
        if given:
            text = f"{capitalised(name or '')} {rest}"
        elif where:
            text, given, rest = f"{capitalised(name or '')}, {text}", True, text
        turned = in_present(text, grammar, self.cast.is_name, past=self.past)
        main = has_main_verb(turned.text, grammar, self.cast.is_name)
        raw = balanced(turned.text)
        text = finished(raw)
        pronoun = opens_with_pronoun(text, grammar)
        who = subject if pronoun or given else self.cast.who(text)
        if pronoun and name:
            named = re.search(rf"\b{re.escape(name)}\b", text) is not None
            if named or not self.cast.may_be(subject, re.split(r"[\s’']", text)[0]):
                who = None
        if inside and who is None and not pronoun and INNER_PRONOUN.search(text):
            who = subject
        first, *more = parted(text, grammar, self.cast.is_name)
        follows = after_pronoun(first) or (first[len(name or "") :].lstrip() if given else None)
        if rest is not None and not given and not pronoun:
            follows = first[:1].lower() + first[1:]
        opening = Sentence(
            first,
            who,
            pronoun=pronoun,
            predicate=follows,
            given=given,
            bare=self.cast.is_bare(first),
            loose=inside and not main and not given,
            verbless=not main,
            where=not main and not given and is_where(first, self.pack),
            inside=inside,
            raw=raw[:1] + first[1:],
            safe=turned.safe,
        )
        if opening.loose and hangs_in_the_air(text, grammar, self.pack):
            return []
        return [opening, *(self._later_half(half, who, grammar) for half in more)]

    def _whole_of_who(self, text: str, grammar: Grammar) -> str:
        """A noun with nothing but a clause about it gets that as its predicate.

        ``the cook, tall and hoarse, who holds up a lamp`` becomes ``the cook, tall and hoarse,
        holds up a lamp``.
        """
        how = begun_first(self.pack, "draft_with_who", text)
        if how and is_finite(how["deed"], grammar, self.pack):
            return f"{how['how']}, {how['deed']}"
        about = begun_first(self.pack, "draft_who_has", text)
        if about is None or has_main_verb(text, grammar, self.cast.is_name):
            return text
        head = [word for word in tokens(about["who"].partition(", ")[0]) if word.is_word]
        if not head or self.pack.is_word("prepositions", head[0].low):
            return text
        deed = predicate(about["deed"], grammar, self.pack)
        more = begun_first(self.pack, "draft_who_and_does", f"who {about['deed']}")
        if more and is_finite(more["deed"], grammar, self.pack):
            return text
        named = self.cast.is_name(head[-1].text) or not grammar.adjective(head[-1].low)
        comma = "," if named and ", " in about["who"] else ""
        return f"{about['who']}{comma} {deed}" if deed else text

    def _later_half(self, text: str, who: str | None, grammar: Grammar) -> Sentence:
        pronoun = opens_with_pronoun(text, grammar)
        return Sentence(text, who if pronoun else self.cast.who(text), pronoun=pronoun)


def _says(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _is_small(text: str) -> bool:
    """Whether a few words beside speech can only tell who speaks, in a language not known."""
    bare = re.sub(r"^\W+|\W+$", "", text)
    if CJK.search(bare):
        return len(bare) <= SMALL_SIGNS
    return bare[:1].islower() and len(bare.split()) <= SMALL_WORDS
