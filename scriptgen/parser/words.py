"""The words of an essay, each with all that the language pack and its lexicon know of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.parser.word_signs import signs_of
from scriptgen.triggers import folded as folded_part

if TYPE_CHECKING:
    from typing import Any

    from scriptgen.language import LanguagePack, Lexicon
    from scriptgen.parser.word_signs import WordSigns

_WORD = re.compile(r"[^\W_]+(?:[’'‑-][^\W_]+)*")
PART = re.compile(r"[^\W_]+")
_OWNER_ENDING = "'s"
_MOST_REMEMBERED = 40_000
_LONGEST_REMEMBERED = 64
_NONE: frozenset[str] = frozenset()
_CONCRETE = frozenset(
    {"body", "garment", "artefact", "furniture", "vehicle", "food", "animal", "plant", "substance",
     "light", "sound", "weather", "place_in", "place_out", "building", "person", "kin", "nature"}
)  # fmt: skip
AUXILIARIES = frozenset({"copulas", "modals", "helpers"})
WATCHERS = frozenset({"first_person", "audience_words"})
"""Word lists of whoever speaks of watching: the critic and the audience."""
PERSON_CLASSES = frozenset({"person", "kin", "role"})
FINITE = frozenset({"third", "past", "both"})
"""Verb forms that stand with a subject by themselves, in the third person."""
PAST_PARTICIPLES = frozenset({"perfect", "both"})
_PRONOUNS = frozenset(
    {"pronoun_subjects", "object_pronouns", "first_person", "audience_words", "demonstratives",
     "existential", "indefinites", "relatives"}
)  # fmt: skip


class Word:
    """One word at ``[start, end)``.

    ``folded``: lower case with plain apostrophe and hyphen, no owner's ending; ``kinds``: the
    pack's word lists that hold it, with or without that ending; ``bare``: how many characters it
    has without that ending; ``parts``: what apostrophes and hyphens part it into, as
    `scriptgen.triggers.folded` gives it.

    From the lexicon, empty or false without one: ``nouns`` and ``verbs`` its classes, ``form`` of
    which verb form it is, ``closed``, ``adjective``, ``adverb``, and ``common`` for any known word.
    ``noun`` and ``verb`` are its base forms, ``folded`` where it has none (a compound that is
    not in it and ends in a thing, as "flower-pot", has the ``nouns`` of its last part);
    ``verb_kinds``: the pack's word lists that hold ``verb``; ``concrete``: whether it can name what
    a camera or a microphone takes in; ``verbal``: whether it can be a verb or an auxiliary in some
    place; ``nominal``: whether it can be part of a noun phrase's head; ``pronoun``: whether it
    stands for a noun phrase by itself; ``owns``: whether it has an owner's ending (``the cook's``);
    ``auxiliary``: whether it is in one of the lists of `AUXILIARIES`; ``sure_verb``: whether it is
    a verb wherever it stands, ``None`` where its place decides; ``signs``: what it shows by itself.
    """

    __slots__ = (
        "adjective",
        "adverb",
        "auxiliary",
        "bare",
        "capital",
        "closed",
        "common",
        "concrete",
        "end",
        "folded",
        "form",
        "kinds",
        "nominal",
        "noun",
        "nouns",
        "owns",
        "parts",
        "pronoun",
        "signs",
        "start",
        "sure_verb",
        "text",
        "verb",
        "verb_kinds",
        "verbal",
        "verbs",
    )

    start: int
    end: int
    text: str
    folded: str
    capital: bool
    kinds: frozenset[str]
    bare: int
    parts: tuple[str, ...]
    nouns: frozenset[str]
    noun: str
    verbs: frozenset[str]
    verb: str
    verb_kinds: frozenset[str]
    form: str | None
    closed: bool
    adjective: bool
    adverb: bool
    common: bool
    concrete: bool
    verbal: bool
    nominal: bool
    pronoun: bool
    owns: bool
    auxiliary: bool
    sure_verb: bool | None
    signs: WordSigns

    def __init__(self, start: int, end: int, facts: tuple[Any, ...]) -> None:
        self.start = start
        self.end = end
        (
            self.text,
            self.folded,
            self.capital,
            self.kinds,
            self.bare,
            self.parts,
            self.nouns,
            self.noun,
            self.verbs,
            self.verb,
            self.verb_kinds,
            self.form,
            self.closed,
            self.adjective,
            self.adverb,
            self.common,
            self.concrete,
            self.verbal,
            self.nominal,
            self.pronoun,
            self.owns,
            self.auxiliary,
            self.sure_verb,
            self.signs,
        ) = facts

    @property
    def bare_end(self) -> int:
        """Where the word ends without an owner's ending."""
        return self.start + self.bare


def read_words(text: str, pack: LanguagePack) -> tuple[Word, ...]:
    """All words of ``text`` in order."""
    known = pack.remembered
    if len(known) > _MOST_REMEMBERED:
        known.clear()
    out = []
    for match in _WORD.finditer(text):
        word = match[0]
        facts = known.get(word)
        if facts is None:
            facts = _facts(word, pack)
            if len(word) <= _LONGEST_REMEMBERED:
                known[word] = facts
        out.append(Word(*match.span(), facts))
    return tuple(out)


def _facts(word: str, pack: LanguagePack) -> tuple[object, ...]:
    """The fields of a `Word` behind its offsets."""
    lower = word.lower().replace("’", "'").replace("‑", "-")
    folded = lower.removesuffix(_OWNER_ENDING)
    kinds = pack.kinds(folded)
    if folded != lower:
        kinds |= pack.kinds(lower)
    bare = len(word) - (len(lower) - len(folded))
    parts = tuple(map(folded_part, PART.findall(word)))
    capital = word[0].isupper()
    head = (word, folded, capital, kinds, bare, parts)
    auxiliary = not kinds.isdisjoint(AUXILIARIES)
    pronoun = not kinds.isdisjoint(_PRONOUNS) and "determiners" not in kinds
    owns = bare < len(word)
    lexicon = pack.lexicon
    concrete = "body_parts" in kinds
    if lexicon is None:
        unknown = (_NONE, folded, _NONE, folded, kinds, None, False, False, False, False)
        sure_verb: bool | None = "copulas" in kinds
        signs = signs_of(pack, folded, kinds, _NONE, _NONE, capital=capital, concrete=concrete)
        tail = (concrete, auxiliary, True, pronoun, owns, auxiliary, sure_verb, signs)
        return (*head, *unknown, *tail)
    verb = lexicon.lemma(folded, "verb") or folded
    lemma = lexicon.lemma(folded, "noun")
    compound = None if lemma or capital else _compound(folded, lexicon)
    nouns, noun = compound or (lexicon.nouns(folded), lemma or folded)
    verbs, closed, common = lexicon.verbs(folded), lexicon.closed(folded), lexicon.knows(folded)
    form = lexicon.verb_form(folded)
    adjective, adverb = lexicon.adjective(folded), lexicon.adverb(folded)
    concrete = concrete or bool(nouns & _CONCRETE)
    if "copulas" in kinds or not verbs or closed:
        sure_verb = "copulas" in kinds
    else:
        sure_verb = None if nouns or adjective else True
    return (
        *head,
        nouns,
        noun,
        verbs,
        verb,
        pack.kinds(verb),
        form,
        closed,
        adjective,
        adverb,
        common,
        concrete,
        auxiliary or (bool(verbs) and not closed),
        not closed and (bool(nouns) or capital or not common),
        pronoun,
        owns,
        auxiliary,
        sure_verb,
        signs_of(
            pack,
            folded,
            kinds,
            verbs,
            nouns,
            capital=capital,
            plural_of=noun if nouns and noun != folded else None,
            form=form,
            closed=closed,
            concrete=concrete,
            adjective=adjective,
            adverb=adverb,
        ),
    )


def _compound(folded: str, lexicon: Lexicon) -> tuple[frozenset[str], str] | None:
    """Classes and base form of a compound that names a thing ("flower-pot", "lunchbox")."""
    if len(folded) > _LONGEST_COMPOUND:
        return None
    dash = folded.rfind("-") + 1
    if dash:
        cuts = [] if lexicon.adjective(folded) else [dash]
    elif lexicon.knows(folded):
        cuts = []
    else:
        cuts = list(range(_SHORTEST_PART, len(folded) - _SHORTEST_PART + 1))
    for cut in cuts:
        head, last = folded[:cut], folded[cut:]
        nouns = lexicon.nouns(last)
        if "thing" in nouns and (dash or lexicon.nouns(head) or lexicon.adjective(head)):
            return nouns, head + (lexicon.lemma(last, "noun") or last)
    return None


_SHORTEST_PART = 3
_LONGEST_COMPOUND = 32
