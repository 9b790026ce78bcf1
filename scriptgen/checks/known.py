"""What words an essay and its brief know, and which words on a page are somebody's name."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.wording import base, words

if TYPE_CHECKING:
    from scriptgen.brief import SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack, Lexicon, ProperNames

_OWNERS = ("'s", "'")


@dataclass(frozen=True, slots=True)
class Known:
    """The words of an essay, as they stand and in their base form, without accents.

    ``names``: those of its people.
    """

    lexicon: Lexicon
    proper_names: ProperNames
    pack: LanguagePack
    words: frozenset[str]
    bases: frozenset[str]
    names: frozenset[str]

    def has(self, word: str) -> bool:
        """Whether the essay has a word in any of its forms, or somebody by a form of that name.

        One with hyphens it has where it has each part: of words it knows only these.
        """
        word = plain(word)
        if "-" in word:
            return all(self.has(part) for part in word.split("-") if part)
        return (
            word in self.words
            or f"{word}s" in self.words
            or base(word, self.lexicon) in self.bases
            or self.calls(word)
        )

    def calls(self, word: str) -> bool:
        """Whether somebody of the essay may be called so: Ellie for Eleanor."""
        word = plain(word)
        return any(
            self.proper_names.is_short_for(word, name) or self.proper_names.is_short_for(name, word)
            for name in self.names
        )

    def is_name(self, word: str) -> bool:
        """Whether people are called so and nothing else is."""
        return self.is_given(word) and not self.lexicon.knows(plain(word))

    def is_given(self, word: str) -> bool:
        """Whether it is given to people, and nothing that a name is not taken for."""
        word = plain(word)
        return (
            self.proper_names.is_given(word)
            and not self.proper_names.is_place(word)
            and not self.pack.kinds(word) & {"not_names", "honorifics", "sworn_by"}
        )

    def is_strange(self, word: str) -> bool:
        """Whether no word list has it, as most family names."""
        word = plain(word)
        return not self.lexicon.knows(word) and not self.proper_names.is_place(word)

    def is_title(self, word: str) -> bool:
        """Whether it stands before names, as "Mrs" and "Captain" do."""
        return self.pack.is_word("honorifics", plain(word))

    def means_person(self, word: str) -> bool:
        """Whether it says what somebody is, as "waiter" does."""
        return bool(self.lexicon.nouns(plain(word)) & {"person", "group"})


def known(brief: SceneBrief, essay: Essay | None, pack: LanguagePack | None) -> Known | None:
    """What is known; ``None`` where the essay or the language's words or names are not at hand."""
    if essay is None or pack is None or pack.lexicon is None or pack.proper_names is None:
        return None
    title = essay.meta.title or ""
    found = {plain(word) for word in words(f"{title}\n{essay.text}")}
    found |= {plain(part) for word in words(essay.text) for part in word.split("'")}
    people = {
        plain(word) for person in brief.characters for word in words(f"{person.name} {person.cue}")
    }
    found |= people
    lexicon = pack.lexicon
    bases = frozenset(base(word, lexicon) for word in found)
    return Known(lexicon, pack.proper_names, pack, frozenset(found), bases, frozenset(people))


def plain(word: str) -> str:
    """A word in small letters, without accents and without the mark of an owner."""
    word = word.casefold().replace("\u2019", "'")
    for owner in _OWNERS:
        word = word.removesuffix(owner)
    parts = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
