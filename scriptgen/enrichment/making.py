"""A brief in the making: what is in it so far, and what claims may choose from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from scriptgen.enrichment.folding import fold
from scriptgen.enrichment.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from scriptgen.brief import (
        Beat,
        Character,
        Commentary,
        Line,
        Place,
        Prop,
        Scene,
        SceneBrief,
    )
    from scriptgen.enrichment.claims import Claim
    from scriptgen.enrichment.quotes import Quotes, Range
    from scriptgen.language import LanguagePack
    from scriptgen.values import Span

NEAR = 400
"""Characters that may stand between what a claim is about and the words that show it."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """A claim, the ranges that its quote may mean, and where the claims around it stand."""

    claim: Claim
    places: Sequence[Range]
    between: Range | None = None

    def the_one(self, ranges: Sequence[Range]) -> Range | None:
        """Of ``ranges`` the only one, or the only one in the order of the claims."""
        if len(ranges) > 1 and self.between is not None:
            first, last = self.between
            ranges = [one for one in ranges if first <= one[0] <= last]
        return ranges[0] if len(ranges) == 1 else None


@dataclass
class Making:
    """The parts of a brief by id. New ones have ids of their own until all is settled.

    ``merged``: who turned out to be somebody else; ``decided``: what a claim has settled.
    """

    brief: SceneBrief
    pack: LanguagePack
    quotes: Quotes
    people: dict[str, Character] = field(init=False)
    sites: dict[str, Place] = field(init=False)
    scenes: dict[str, Scene] = field(init=False)
    beats: dict[str, Beat] = field(init=False)
    lines: dict[str, Line] = field(init=False)
    props: list[Prop] = field(init=False)
    questions: list[Span] = field(init=False)
    commentary: list[Commentary] = field(init=False)
    merged: dict[str, str] = field(default_factory=dict)
    decided: set[tuple[str, str]] = field(default_factory=set)
    _numbers: Iterator[int] = field(default_factory=count)
    _forms: dict[str, tuple[Character, set[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        brief = self.brief
        self.people = {one.id: one for one in brief.characters}
        self.sites = {one.id: one for one in brief.places}
        self.scenes = {one.id: one for one in brief.scenes}
        self.beats = {one.id: one for one in brief.beats}
        self.lines = {one.id: one for one in brief.lines}
        self.props = list(brief.props)
        self.questions = list(brief.questions)
        self.commentary = list(brief.commentary)

    @property
    def text(self) -> str:
        """The essay."""
        return self.quotes.text

    def new_id(self) -> str:
        """An id that nothing has yet."""
        return f"+{next(self._numbers)}"

    def person(self, named: str | None) -> str | None:
        """The id of the character with an id or a name, ``None`` for none and for several."""
        if named in self.merged:
            return self.merged[named]
        return self.chosen(named, self.people, lambda who: self.forms(self.people[who]))

    def site(self, named: str | None) -> str | None:
        """As `person`, of places."""
        return self.chosen(named, self.sites, lambda site: {self.key(self.sites[site].name)})

    def forms(self, who: Character) -> set[str]:
        """What the essay calls somebody, each as a `key`."""
        known = self._forms.get(who.id)
        if known is None or known[0] is not who:
            known = self._forms[who.id] = who, {self.key(name) for name in names_of(who)}
        return known[1]

    def key(self, name: str) -> str:
        """A name to compare: small letters, no article, no emphasis, typography made plain."""
        return fold(self.without_article(plain_name(name))).casefold()

    def chosen(
        self, named: str | None, ids: Iterable[str], forms: Callable[[str], set[str]]
    ) -> str | None:
        """What ``named`` chooses of ``ids``: an id, or else a form that one alone has."""
        if named is None or named in ids:
            return named
        form = self.key(named)
        found = [each for each in ids if form in forms(each)]
        return found[0] if len(found) == 1 else None

    def without_article(self, name: str) -> str:
        """A name without "the", "her" and the like in front."""
        for pattern in self.pack.patterns.get("leading_determiner", ()):
            name = pattern.sub("", name, count=1)
        return name

    def named_in(self, found: Found) -> Range | Reason:
        """Where the quote of a claim holds the name that is its value, to the letter."""
        value = found.claim.value
        if value is None:
            return Reason.MALFORMED
        for start, end in found.places:
            inside = self.quotes.exact(value, start, end)
            if inside:
                return inside[0]
        return Reason.NOT_IN_QUOTE

    def thing_in(self, found: Found, longest: int) -> str | Reason:
        """The bare name of what a claim names, at most ``longest`` characters."""
        named = self.named_in(found)
        if isinstance(named, Reason):
            return named
        name = self.without_article(plain_name(self.text[slice(*named)]))
        return name if self.words(name) and len(name) <= longest else Reason.NOT_A_NAME

    def words(self, name: str) -> set[str]:
        """The words that names are compared by."""
        return set(_WORD.findall(self.key(name)))

    def shown(self, ranges: Iterable[Range]) -> list[Range]:
        """Those of ``ranges`` that are not the critic's talk, a question or the title."""
        outside = [*self.title, *([] if self.unsorted else self.questions)]
        return [
            one
            for one in ranges
            if not self.is_talk(one) and not any(overlap(one, span) for span in outside)
        ]

    @property
    def unsorted(self) -> bool:
        """Whether commentary is only what the parser could not read, for want of a pack."""
        return not self.pack.known

    def is_talk(self, one: Range) -> bool:
        """Whether the parser found a range to be the critic's talk."""
        return not self.unsorted and any(overlap(one, each.span) for each in self.commentary)

    @property
    def title(self) -> list[Span]:
        """Where the title stands, if it does."""
        title = self.brief.title
        return [title.span] if title is not None and title.span is not None else []

    def decide(self, field_name: str, target: str) -> bool:
        """Whether nothing was decided yet of this; from now on it is."""
        key = field_name, target
        fresh = key not in self.decided
        self.decided.add(key)
        return fresh


def names_of(who: Character) -> tuple[str, ...]:
    """What the essay calls somebody, word for word."""
    spans = (*who.aliases, *who.evidence)
    return tuple(dict.fromkeys((who.name, *(span.text for span in spans))))


def overlap(one: Range, span: Span) -> bool:
    """Whether a range and a span share a character."""
    return one[0] < span.end and span.start < one[1]


def distance(one: Range, span: Span) -> int:
    """The characters between a range and a span, 0 where they touch or overlap."""
    return max(0, span.start - one[1], one[0] - span.end)


def plain_name(name: str) -> str:
    """A name without emphasis, on one line."""
    return " ".join(name.replace("*", " ").replace("_", " ").split())
