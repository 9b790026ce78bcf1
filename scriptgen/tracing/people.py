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


class Pronouns:
    """Who is in each text of a page, those included whom only a pronoun means.

    A pronoun means who was named last and can be meant by it, as the brief's beats tell: one with a
    single person in it and pronouns of one kind votes for that person's kind.
    """

    def __init__(self, brief: SceneBrief, pack: LanguagePack) -> None:
        self._pack = pack
        votes: dict[str, int] = defaultdict(int)
        for beat in brief.beats:
            kinds = self._kinds(beat.text)
            if len(beat.characters) == 1 and len(kinds) == 1:
                votes[beat.characters[0]] += 1 if "he" in kinds else -1
        self._of = {who: "he" if vote > 0 else "she" for who, vote in votes.items() if vote}

    def _kinds(self, text: str) -> set[str]:
        said = words(text)
        return {kind for kind in ("he", "she") if any(self._pack.is_word(kind, w) for w in said)}

    def carried(
        self, texts: Sequence[str], named: Sequence[frozenset[str]]
    ) -> list[frozenset[str]]:
        """Of each text who is in it; ``named``: whom it names."""
        found = []
        last: list[str] = []
        for text, people in zip(texts, named, strict=True):
            met = set(people)
            for kind in sorted(self._kinds(text)):
                if not any(self._of.get(who) == kind for who in people):
                    meant = (who for who in last if self._of.get(who, kind) == kind)
                    met.update(next(([who] for who in meant), []))
            found.append(frozenset(met))
            last = [*sorted(people), *(who for who in last if who not in people)]
        return found
