"""Who is named in a text, by the cast of a brief."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scriptgen.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scriptgen.brief import Character, SceneBrief
    from scriptgen.language import LanguagePack

_OWNER = "'s"
_NOBODY: frozenset[str] = frozenset()


class People:
    """The names of a cast: whole forms first, then single words of names.

    ``words``: all words that stand in a name, so that they are not looked for among what is done.
    """

    def __init__(self, brief: SceneBrief, pack: LanguagePack) -> None:
        self._pack = pack
        self._forms: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        single: dict[str, set[str]] = defaultdict(set)
        for person in brief.characters:
            for form in _forms(person):
                told = self._telling(form)
                if told:
                    self._forms[told[0]].append((told, person.id))
            for form in (person.name, person.cue):
                for word in self._telling(form):
                    if len(word) > 1:
                        single[word].add(person.id)
        for forms in self._forms.values():
            forms.sort(key=lambda pair: -len(pair[0]))
        self._single = {word: frozenset(ids) for word, ids in single.items()}
        self.words = frozenset(self._single)

    def named(self, text: str) -> frozenset[str]:
        """The ids of those whom ``text`` names; a word that several share names none of them."""
        said = [word.removesuffix(_OWNER) for word in words(text)]
        found: set[str] = set()
        at = 0
        while at < len(said):
            whole = self._whole(said, at)
            if whole:
                found |= whole[1]
                at += whole[0]
                continue
            ids = self._single.get(said[at], _NOBODY)
            if len(ids) == 1:
                found |= ids
            at += 1
        return frozenset(found)

    def _whole(self, said: Sequence[str], at: int) -> tuple[int, set[str]] | None:
        for form, _ in self._forms.get(said[at], ()):
            if tuple(said[at : at + len(form)]) == form:
                alike = {p for other, p in self._forms[said[at]] if other == form}
                return (len(form), alike) if len(alike) == 1 else None
        return None

    def _telling(self, form: str) -> tuple[str, ...]:
        lexicon = self._pack.lexicon
        found = [word.removesuffix(_OWNER) for word in words(form)]
        if lexicon is not None:
            while found and lexicon.closed(found[0]):
                del found[0]
        return tuple(found)


def _forms(person: Character) -> Iterable[str]:
    return (person.name, person.cue, *(alias.text for alias in person.aliases))


def carried(
    texts: Sequence[str], named: Sequence[frozenset[str]], pack: LanguagePack
) -> list[frozenset[str]]:
    """Of each text who is in it: those named, or where a pronoun stands, those named last."""
    pronouns = ("pronoun_subjects", "object_pronouns", "possessives")
    found: list[frozenset[str]] = []
    last = _NOBODY
    for text, people in zip(texts, named, strict=True):
        if people:
            last = people
            found.append(people)
        elif any(pack.is_word(kind, word) for word in words(text) for kind in pronouns):
            found.append(last)
        else:
            found.append(_NOBODY)
    return found
