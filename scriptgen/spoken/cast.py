"""Whom a cue means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.brief import Status
from scriptgen.wording import words

if TYPE_CHECKING:
    from scriptgen.brief import Character, SceneBrief

_SHORTEST = 3
"""Letters of a name that is taken for a whole form of its own inside a longer cue."""

_SIGNS = "\u3040"
"""Signs from here on are words of their own."""


class Cast:
    """The people of a brief by the cues that may stand over their speeches."""

    def __init__(self, brief: SceneBrief) -> None:
        self._forms = {person.id: _forms(person) for person in brief.characters}
        self._names = {
            person.id: frozenset(words(person.name))
            for person in brief.characters
            if person.status is not Status.UNNAMED
        }
        self._cues = {person.id: person.cue for person in brief.characters}
        self._known: dict[str, frozenset[str]] = {}

    def __bool__(self) -> bool:
        return bool(self._forms)

    def may_mean(self, cue: str) -> frozenset[str]:
        """The ids of all whom a cue may mean; empty for a stranger.

        A cue may mean somebody of whom one form has all its words, or who has a form all of whose
        words it has; where nobody is such, somebody with whose name it shares a word.
        """
        found = self._known.get(cue)
        if found is None:
            said = frozenset(word.removesuffix("'s") for word in words(cue))
            found = frozenset(
                who for who, forms in self._forms.items() if said and _fits(said, forms)
            )
            self._known[cue] = found = found or frozenset(
                who for who, name in self._names.items() if any(map(_is_long, said & name))
            )
        return found

    def cue(self, who: str) -> str | None:
        """The brief's cue of somebody; ``None`` for an unknown id."""
        return self._cues.get(who)


def _forms(person: Character) -> list[frozenset[str]]:
    texts = [person.name, person.cue, *(alias.text for alias in person.aliases)]
    return [form for form in (frozenset(words(text)) for text in texts) if form]


def _fits(said: frozenset[str], forms: list[frozenset[str]]) -> bool:
    return any(said <= form or (form <= said and _is_telling(form)) for form in forms)


def _is_telling(form: frozenset[str]) -> bool:
    """Whether words are enough of a name: not "mr" alone."""
    return len(form) > 1 or any(map(_is_long, form))


def _is_long(word: str) -> bool:
    return len(word) >= _SHORTEST or word >= _SIGNS
