"""The signs that a word gives by itself, wherever in a piece of a sentence it stands.

They are worked out once for a word; `scriptgen.parser.signs` puts together what a piece shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack

_OPENERS = (
    "likenesses", "reasons", "whenever", "relatives", "linkers", "coordinators", "negations",
    "hedges", "existential", "first_person", "audience_words", "pronoun_subjects",
    "demonstratives", "indefinites", "possessives", "infinitive_marks", "prepositions",
    "indefinite_articles", "determiners", "numerals", "copulas", "joining",
)  # fmt: skip
_ANYWHERE = frozenset(
    {"first_person", "audience_words", "show_nouns", "film_words", "talk_words", "hedges",
     "modals", "negations", "body_parts", "praise", "degrees", "generals", "makers",
     "music_words", "light_words", "sound_words", "delivery_words", "numerals", "to_come"}
)  # fmt: skip
OF_THE_WORK = frozenset({"show_nouns", "makers", "film_words"})
_COMMANDED = frozenset(
    {"determiners", "possessives", "object_pronouns", "demonstratives", "first_person",
     "audience_words", "particles"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordSigns:
    """What a word shows.

    ``opens``: the list it opens a piece by; ``listed``: signs of the lists that hold it;
    ``doubtful``: whether it can be another word than the listed one ("to show her", "the can");
    ``counted``: signs of the word it is the plural of; ``deed`` and ``named``: its signs where it
    is a verb, and where it is not; ``thing`` and ``vague``: whether it counts as one;
    ``commanded``: whether it can be what an order is about.
    """

    opens: str | None
    listed: tuple[str, ...]
    doubtful: bool
    counted: tuple[str, ...]
    deed: tuple[str, ...]
    named: tuple[str, ...]
    thing: bool
    vague: bool
    commanded: bool


def signs_of(
    pack: LanguagePack,
    kinds: frozenset[str],
    verbs: frozenset[str],
    nouns: frozenset[str],
    *,
    plural_of: str | None,
    concrete: bool,
    adjective: bool,
    adverb: bool,
) -> WordSigns:
    """The signs of a word of these lists and classes; ``plural_of``: what it is the plural of."""
    if nouns:
        named = () if "body_parts" in kinds else classes_as("noun:", nouns)
    elif adjective:
        named = ("has:adjective",)
    else:
        named = ("has:adverb",) if adverb else ()
    return WordSigns(
        next((name for name in _OPENERS if name in kinds), None),
        _listed(kinds & _ANYWHERE),
        "modals" in kinds or bool(verbs and kinds & OF_THE_WORK),
        _listed(pack.kinds(plural_of) & OF_THE_WORK) if plural_of else (),
        classes_as("also:", verbs),
        named,
        bool(nouns) and concrete,
        bool(nouns) and not (concrete or verbs),
        not kinds.isdisjoint(_COMMANDED),
    )


@lru_cache(maxsize=4096)
def classes_as(role: str, classes: frozenset[str]) -> tuple[str, ...]:
    """The signs of a word of ``classes`` in a role, such as ``subject:``."""
    return tuple(role + kind for kind in classes)


@lru_cache(maxsize=4096)
def _listed(kinds: frozenset[str]) -> tuple[str, ...]:
    return tuple(f"has:{kind}" for kind in kinds)
