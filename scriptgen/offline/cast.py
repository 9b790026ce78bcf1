"""The people of a draft: what to call them, and their first appearance in capitals."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.brief import Status
from scriptgen.offline.words import grammar_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.brief import Character, SceneBrief
    from scriptgen.language import LanguagePack

WORD = re.compile(r"[\w’'-]+")
LONGEST_WARDROBE = 60
LIKENING = 12
"""Signs before a word in which a likening shows."""
PAIR = 2
NEW_ONES = ("a", "an", "one", "another")
TWO_WORDS = re.compile(r" ([a-z’'-]+) ([a-z’'-]+)")
OPENERS = ("determiners", "possessives", "pronoun_subjects")
AFTER_A_NAME = re.compile(r"\s+(?=[a-zà-ÿ])")


@dataclass(slots=True)
class Cast:
    """The characters of a brief, and which of them the draft has shown so far."""

    characters: dict[str, Character]
    names: frozenset[str]
    pack: LanguagePack
    called: frozenset[str] = frozenset()
    """The words of all cues, in small letters: a person may be called Hope."""
    met: set[str] = field(default_factory=set)
    forms: dict[str, list[str]] = field(default_factory=dict)
    scene: tuple[int, int] | None = None
    """The essay's range of the scene that is being written: clothes of another stay there."""

    @classmethod
    def of(cls, brief: SceneBrief, pack: LanguagePack, essay_text: str = "") -> Cast:
        """The cast of ``brief``, nobody met yet; nobody goes by what they are only likened to."""
        names = {
            word
            for character in brief.characters
            if character.status is not Status.UNNAMED
            for word in WORD.findall(character.name)
            if word[0].isupper()
        }
        called = frozenset(word.lower() for c in brief.characters for word in WORD.findall(c.cue))
        characters = {c.id: _unlikened(c, pack, essay_text) for c in brief.characters}
        return cls(characters, frozenset(names), pack, called)

    def is_name(self, word: str) -> bool:
        """Whether the word is part of somebody's name."""
        return re.sub(r"[’']s?$", "", word) in self.names

    def named(self, identifier: str | None) -> str | None:
        """What to call somebody in action; ``None`` for nobody known.

        The part of the name that stands over the speeches, or the description with ``the``.
        """
        character = self.characters.get(identifier or "")
        if character is None:
            return None
        if character.status is not Status.UNNAMED:
            return _part_like_cue(character.name, character.cue)
        first, _, rest = character.name.partition(" ")
        if rest and self.pack.is_word("determiners", first):
            return f"the {rest}" if first.lower() in NEW_ONES else character.name
        return f"the {character.name}" if self.pack.known else character.name

    def is_bare(self, text: str) -> bool:
        """Whether ``text`` does no more than name or describe somebody."""
        bare = text.strip(" .,;:—")
        if self.who(bare) and all(self.is_name(word) for word in WORD.findall(bare)):
            return True
        words = bare.split()
        if len(words) == PAIR and words[0].lower() in ("that", "this"):
            return True
        return any(
            bare.lower() == span.text.lower()
            for character in self.characters.values()
            for span in character.aliases
        )

    def has_name(self, identifier: str | None) -> bool:
        """Whether somebody goes by a name rather than a description."""
        character = self.characters.get(identifier or "")
        return character is not None and character.status is not Status.UNNAMED

    def may_be(self, identifier: str | None, pronoun: str) -> bool:
        """Whether ``he`` or ``she`` can mean somebody, by the nouns and titles they go by."""
        character = self.characters.get(identifier or "")
        if character is None:
            return True
        told = (character.name, *(span.text for span in character.aliases))
        words = {word.lower() for text in told for word in WORD.findall(text)}
        male = any(self.pack.is_word(k, w) for w in words for k in ("male_nouns", "male_titles"))
        female = any(
            self.pack.is_word(k, w) for w in words for k in ("female_nouns", "female_titles")
        )
        if male == female:
            return True
        return self.pack.is_word("he" if male else "she", pronoun)

    def can_be(self, identifier: str | None, pronoun: str) -> bool:
        """As `may_be`, of whoever has a name also by whom that is given to."""
        character = self.characters.get(identifier or "")
        if character is None or not self.may_be(identifier, _nominative(pronoun)):
            return False
        names = self.pack.proper_names
        if names is None or character.status is Status.UNNAMED:
            return True
        genders = {names.gender(word.lower()) for word in WORD.findall(character.name)} - {None}
        return len(genders) != 1 or genders == {"m" if _nominative(pronoun) == "he" else "f"}

    def is_in(self, identifier: str, text: str) -> bool:
        """Whether a text names or describes somebody by any of the essay's words for them."""
        character = self.characters.get(identifier)
        if character is None:
            return False
        told = [*self._forms(character), *(span.text for span in character.aliases)]
        return _earliest(text, told, fold=True) is not None

    def cue(self, identifier: str) -> str:
        """What stands over the speeches of somebody."""
        return self.characters[identifier].cue

    def who(self, text: str) -> str | None:
        """The character whose name opens ``text``, ``None`` for none."""
        best: tuple[int, str] | None = None
        for character in self.characters.values():
            for form in self._forms(character):
                if text.startswith(form) and not text[len(form) : len(form) + 1].isalnum():
                    best = max(best or (0, ""), (len(form), character.id))
        return best[1] if best else None

    def last(self, text: str, end: int) -> str | None:
        """The character whose name or description ends ``text``, ``None`` for none.

        ``end``: the offset in the essay where ``text`` ends.
        """
        for character in self.characters.values():
            if any(s.end == end for s in (*character.evidence, *character.aliases)):
                return character.id
        best: tuple[int, str] | None = None
        for character in self.characters.values():
            for form in self._forms(character):
                at = len(text) - len(form)
                if at >= 0 and text.endswith(form) and not text[:at][-1:].isalnum():
                    best = max(best or (0, ""), (len(form), character.id))
        return best[1] if best else None

    def introduced(self, text: str, present: Iterable[str]) -> str:
        """``text`` with those who were not met before in capitals.

        ``present`` are met however they are mentioned, others where their name stands.
        """
        here = dict.fromkeys([*present, *(i for i in self.characters if self._stands_in(i, text))])
        for identifier in here:
            character = self.characters.get(identifier)
            if character is None or identifier in self.met:
                continue
            shown = self._introduce(character, text)
            if shown is not None:
                text = shown
                self.met.add(identifier)
        return text

    def entrance(self, identifier: str) -> str | None:
        """A name with what the essay calls its bearer (``ZBIGNIEW, the ship's cook.``).

        ``None`` for somebody met before, or of whom the essay says no more than the name.
        """
        character = self.characters[identifier]
        if identifier in self.met or character.status is Status.UNNAMED or not self.pack.known:
            return None
        told = next((s.text for s in character.aliases if self._describes(s.text)), None)
        if told is None:
            return None
        self.met.add(identifier)
        told = re.sub(r"^[Ii]ts ", "the ", told)
        return f"{character.name.upper()}, {told[0].lower()}{told[1:]}."

    def _describes(self, alias: str) -> bool:
        first, *rest = alias.split()
        return len(rest) > 0 and self.pack.is_word("determiners", first) and first.islower()

    def _stands_in(self, identifier: str, text: str) -> bool:
        name = self.characters[identifier].name
        return self.has_name(identifier) and bool(
            re.search(rf"(?<![\w’'-]){re.escape(name)}(?![\w’'-])", text)
        )

    def _forms(self, character: Character) -> list[str]:
        """The name and the parts of it the essay uses, longest first."""
        forms = self.forms.get(character.id)
        if forms is None:
            forms = self.forms[character.id] = sorted(
                self._all_forms(character), key=lambda form: (-len(form), form)
            )
        return forms

    def _all_forms(self, character: Character) -> set[str]:
        if character.status is Status.UNNAMED:
            return {character.name}
        own = set(WORD.findall(character.name))
        spoken = {span.text for span in (*character.evidence, *character.aliases)}
        return {character.name} | {
            form
            for form in spoken
            if form[0].isupper() and set(WORD.findall(form)) & own and self._is_full_name(form)
        }

    def _is_full_name(self, form: str) -> bool:
        return all(w[0].isupper() or self.pack.is_word("honorifics", w) for w in form.split())

    def _introduce(self, character: Character, text: str) -> str | None:
        if character.status is Status.UNNAMED:
            return self._introduce_unnamed(character, text)
        by_name = _earliest(text, self._forms(character))
        others = [
            span.text for span in character.aliases if span.text not in self._forms(character)
        ]
        by_alias = _earliest(text, others, fold=True)
        if by_alias and (by_name is None or by_alias[0] < by_name[0]):
            start, end = by_alias
            if by_name is None or ". " in text[end : by_name[0]]:
                return self._with_epithet(character, text, start, end)
            start, end = by_name
        elif by_name:
            start, end = by_name
        else:
            return None
        name = character.name.upper()
        return text[:start] + name + self._wardrobe(character, text, end) + text[end:]

    def _with_epithet(self, character: Character, text: str, start: int, end: int) -> str | None:
        if text[end : end + 2] in ("’s", "'s"):
            return None
        if self.pack.begins("draft_anybody", text[start:end]):
            bound = AFTER_A_NAME.match(text[end:]) is None or not self._is_more(text[end:])
            if bound:
                return text[:start] + character.name.upper() + text[end:]
        end = self._phrase_end(text, end)
        epithet = text[start:end]
        if all(word[0].isupper() for word in WORD.findall(epithet)):
            return f"{text[:start]}{character.name.upper()} (“{epithet}”){text[end:]}"
        if start == 0 or text[start - 2 : start] in (". ", "? ", "! "):
            epithet = epithet[0].lower() + epithet[1:]
        bound = text[end : end + 1] in ",.;:—)!?" or end == len(text)
        follows = self._goes_on(text[end:]) or (not bound and self._is_more(text[end:]))
        comma = "" if bound or follows else ","
        return f"{text[:start]}{character.name.upper()}, {epithet}{comma}{text[end:]}"

    def _phrase_end(self, text: str, end: int) -> int:
        """Where a phrase ends whose last noun may stand behind ``end`` (``in rubber| boots``)."""
        grammar, match = grammar_of(self.pack), TWO_WORDS.match(text, end)
        if grammar is None or match is None or not grammar.nouns(match[1]):
            return end
        forms = [grammar.verb_form(word) for word in match.groups()]
        if grammar.closed(match[1]) or not (forms[0] is None or forms == ["third", "third"]):
            return end
        return match.end(1)

    def _is_more(self, following: str) -> bool:
        """Whether what follows tells more of a noun: ``the woman| in the raincoat``."""
        first = following.split(maxsplit=1)[0]
        return self.pack.is_word("prepositions", first) or first in ("who", "whose", "that")

    def _goes_on(self, following: str) -> bool:
        """Whether what follows a phrase is joined to its last words (``a coat and boots``)."""
        joined, *more = following.split()[:2] or [""]
        return self.pack.is_word("conjunctions", joined) and not any(
            self.pack.is_word(kind, word) for word in more for kind in OPENERS
        )

    def _introduce_unnamed(self, character: Character, text: str) -> str | None:
        spans = [span.text for span in (*character.evidence, *character.aliases)]
        found = _earliest(text, [character.name, *spans], fold=True)
        if found is None:
            return None
        words = text[found[0] : found[1]].split(" ")
        upper: list[str] = []
        rest: list[str] = []
        for word in words:
            if rest or (upper and self.pack.is_word("prepositions", word)):
                rest.append(word)
            else:
                upper.append(word)
        kept = 0
        while kept < len(upper) - 1 and (
            self.pack.is_word("determiners", upper[kept])
            or upper[kept].lower() in ("same", "other")
        ):
            kept += 1
        upper = upper[:kept] + [word.upper() for word in upper[kept:]]
        return text[: found[0]] + " ".join(upper + rest) + text[found[1] :]

    def _wardrobe(self, character: Character, text: str, end: int) -> str:
        """What the person wears, where the name is followed by what the person does."""
        if not self.pack.known or not AFTER_A_NAME.match(text[end:]):
            return ""
        following = text[end:].split(maxsplit=1)[0]
        if self.pack.is_word("conjunctions", following) or self.pack.is_word(
            "prepositions", following
        ):
            return ""
        for span in character.wardrobe:
            if self.scene and not self.scene[0] <= span.start < self.scene[1]:
                continue
            worn = span.text.strip(" ,;—")
            first = worn.split()[0].lower()
            if len(worn) > LONGEST_WARDROBE or worn.lower() in text.lower():
                continue
            if first in ("a", "an", "the", "his", "her", "their"):
                return f", in {worn},"
            if first in ("in", "wearing"):
                return f", {worn},"
        return ""


def _unlikened(character: Character, pack: LanguagePack, essay_text: str) -> Character:
    """Without what somebody is only likened to: ``like an assassin``."""
    aliases = tuple(
        alias
        for alias in character.aliases
        if not any(
            pattern.search(essay_text[max(0, alias.start - LIKENING) : alias.start])
            for pattern in pack.patterns.get("draft_likened", ())
        )
    )
    return character.model_copy(update={"aliases": aliases})


def _nominative(pronoun: str) -> str:
    return "he" if pronoun in ("he", "him", "his") else "she"


def _part_like_cue(name: str, cue: str) -> str:
    words = name.split()
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            if " ".join(words[start:end]).upper() == cue:
                return " ".join(words[start:end])
    return name


def _earliest(text: str, forms: Iterable[str], *, fold: bool = False) -> tuple[int, int] | None:
    found: tuple[int, int] | None = None
    for form in forms:
        flags = re.IGNORECASE if fold else 0
        match = re.search(rf"(?<![\w’'-]){re.escape(form)}(?![\w-])", text, flags)
        if match and (found is None or (match.start(), -match.end()) < (found[0], -found[1])):
            found = match.start(), match.end()
    return found
