"""What a piece of a sentence lacks of the essay's words before it: whom or what it tells of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.offline.finding import begun_first, found_first
from scriptgen.offline.somebody import (
    opening_of,
    somebody_before,
    subject_apart,
    subject_of,
    thing_before,
)
from scriptgen.offline.subjects import is_finite, upright
from scriptgen.offline.tense import has_main_verb
from scriptgen.offline.words import Grammar, capitalised

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.offline.cast import Cast
    from scriptgen.offline.stream import Piece

FAR_BEFORE = 200
"""Signs of the essay in which the words for somebody are looked for."""
PAIR = 2
AND = re.compile(r"^(?:and|then|and then)\s+")
SENTENCE_END = re.compile(r"[.!?…]")


@dataclass(frozen=True, slots=True)
class Leads:
    """Reads on from a piece to what stands before it in the essay, in a language with a pack."""

    pack: LanguagePack
    grammar: Grammar
    cast: Cast
    essay_text: str

    def led(
        self, text: str, piece: Piece, doer: str | None, *, elided: bool
    ) -> tuple[str, str | None, bool]:
        """``text`` of a piece, who does it, and whether its subject is left out of it."""
        text = self._straight(self._unnamed_again(self._asked(text, piece), piece))
        if doer is None and elided and self._is_finite(AND.sub("", text.lstrip())):
            doer = self._tagged(piece) or self._opening(piece)
            turned = upright(text, self.grammar, self.pack, self.cast.is_name) != text
            subject = None
            if not (doer or piece.said or turned or piece.beat.continues):
                doer, subject = self._subject(piece)
            if subject:
                text, elided = f"{subject} {AND.sub('', text.lstrip())}", False
        text = self._about_it(text, piece)
        relative = self._relative(text, piece)
        if relative is None:
            return text, doer, elided
        return *relative, relative[1] is not None

    def _relative(self, text: str, piece: Piece) -> tuple[str, str | None] | None:
        """What a clause tells that hangs on a name left out, and whose it is.

        ``says Ines, who has turned the key``: of it ``has turned the key`` is left; of somebody
        who has no name the essay's own words for them are put before it.
        """
        more = begun_first(self.pack, "draft_who_and_does", text)
        goes_on = more is not None and self._is_finite(more["deed"])
        whose = begun_first(self.pack, "draft_whose", text)
        match = begun_first(self.pack, "draft_who", text)
        if not (match or whose or goes_on):
            return None
        start = max(0, piece.start - FAR_BEFORE)
        before = self.essay_text[start : piece.start]
        found = somebody_before(before, self.grammar, self.pack, self.cast, start)
        person = found.person
        bare = len((found.words or "").split()) == PAIR
        if person is None and bare and self.cast.has_name(piece.beat.subject):
            person = piece.beat.subject
        if person and match and not goes_on:
            return match["deed"], person
        name = self.cast.named(person) or found.words
        if name and goes_on:
            return f"{capitalised(name)}, {text}", None
        if name and whose:
            return f"{capitalised(name)}’s {whose['owned']}", None
        if name and match:
            return f"{capitalised(name)} {match['deed']}", None
        if match is None or piece.beat.continues:
            return None
        joined = found_first(self.pack, "draft_joined", text)
        return text[joined.end() :] if joined else "", piece.beat.subject

    def _asked(self, text: str, piece: Piece) -> str:
        """With a "what" or "we see" right before it, without the "that" of ``it is then that``."""
        before = self.essay_text[max(0, piece.start - FAR_BEFORE) : piece.start]
        if found_first(self.pack, "draft_watched_before", before.rstrip()):
            return f"we see {text}"
        asked = found_first(self.pack, "draft_what_before", before)
        if asked and text[:1].strip():
            return f"{asked['what']} {text}"
        cleft = begun_first(self.pack, "draft_cleft", text)
        if cleft and found_first(self.pack, "draft_cleft_before", before):
            return f"{cleft['when']}, {text[cleft.end() :]}"
        return text

    def _about_it(self, text: str, piece: Piece) -> str:
        """A clause that says which thing is meant, with the essay's word for it before it."""
        if begun_first(self.pack, "draft_about_it", text) is None:
            return text
        before = self.essay_text[max(0, piece.start - FAR_BEFORE) : piece.start]
        thing = thing_before(before, self.grammar, self.pack)
        return f"{thing} {text}" if thing else text

    def _tagged(self, piece: Piece) -> str | None:
        """Who says the words before, where no sentence ends between: ``says he,`` and more."""
        if piece.said is None:
            return None
        between = self.essay_text[piece.said.span.end : piece.start]
        return None if SENTENCE_END.search(between[1:]) else piece.said.speaker

    def _opening(self, piece: Piece) -> str | None:
        """The character whose name opens the sentence: ``The clerk, a large man, gets up``."""
        start = max(0, piece.start - FAR_BEFORE)
        before = self.essay_text[start : piece.start]
        first = opening_of(before)
        if first is None:
            return None
        return self.cast.last(first[0], start + first[1] + len(first[0]))

    def _subject(self, piece: Piece) -> tuple[str | None, str | None]:
        """Whom the essay's sentence is about: a character, or its own words for somebody."""
        start = max(0, piece.start - FAR_BEFORE)
        before = self.essay_text[start : piece.start]
        named = found_first(self.pack, "draft_doer_before", before)
        if named:
            return None, named["who"]
        apart = subject_apart(before, self.grammar, self.pack)
        if apart is None:
            return None, subject_of(before, self.grammar, self.pack)
        words, at = apart
        who = self.cast.last(words, start + at + len(words))
        return (who, None) if who else (None, words)

    def _unnamed_again(self, text: str, piece: Piece) -> str:
        """Without words for whoever spoke: ``a student in a scarf, and the bell goes``."""
        speaker = piece.said.speaker if piece.said else None
        character = self.cast.characters.get(speaker or "")
        joined = found_first(self.pack, "draft_joined", text)
        if character is None or joined is None:
            return text
        told = text[: joined.start()].strip().lower()
        if told not in {character.name.lower(), *(a.text.lower() for a in character.aliases)}:
            return text
        rest = text[joined.end() :]
        return rest if has_main_verb(rest, self.grammar, self.cast.is_name) else text

    def _straight(self, text: str) -> str:
        """``text`` without what stands between it and those it tells of."""
        away = begun_first(self.pack, "draft_led_away", text)
        return text[away.end() :] if away else text

    def _is_finite(self, text: str) -> bool:
        return is_finite(text, self.grammar, self.pack)
