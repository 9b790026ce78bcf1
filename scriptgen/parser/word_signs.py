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
_JOINS = (
    "first_person", "audience_words", "pronoun_subjects", "reasons", "whenever", "comparers",
    "relatives", "linkers", "accompanied", "determiners", "coordinators", "joining",
)  # fmt: skip
"""What may open a clause: of several the first counts."""
_LIKENS = frozenset({"comparers", "accompanied", "likenesses", "determiners"})
_TOLD_BY_LISTS = (
    "body_parts", "existential", "pronoun_subjects", "first_person", "audience_words",
    "demonstratives", "indefinites", "relatives", "show_nouns", "makers", "object_pronouns",
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

    ``opens``: the list it opens a piece by, and ``opening`` the sign of a piece that it opens;
    ``joins``: the list by which it may open a clause within a sentence; ``likens``: whether it may
    open a comparison; ``orders``: whether it may tell somebody to do something; ``told_by``: the
    list that says what it is where it is a subject; ``listed``: signs of the lists that hold it;
    ``doubtful``: whether it can be another word than the listed one ("to show her", "the can");
    ``always``: its signs in any place, with ``listed`` unless doubtful; ``deed`` and ``named``:
    these with what it shows where it is a verb, and where it is not; ``verbal``: whether it can be
    such a verb; ``thing`` and ``vague``: whether it counts as one;
    ``commanded``: whether it can be what an order is about.
    """

    opens: str | None
    opening: str | None
    joins: str | None
    likens: bool
    orders: bool
    told_by: str | None
    listed: tuple[str, ...]
    doubtful: bool
    always: tuple[str, ...]
    deed: tuple[str, ...]
    named: tuple[str, ...]
    verbal: bool
    thing: bool
    vague: bool
    commanded: bool


def signs_of(
    pack: LanguagePack,
    folded: str,
    kinds: frozenset[str],
    verbs: frozenset[str],
    nouns: frozenset[str],
    *,
    capital: bool = False,
    plural_of: str | None = None,
    form: str | None = None,
    closed: bool = False,
    concrete: bool,
    adjective: bool = False,
    adverb: bool = False,
) -> WordSigns:
    """The signs of the word ``folded``, of these lists and classes.

    ``plural_of``: what it is the plural of.
    """
    opens = _first(_OPENERS, kinds)
    if nouns:
        named = () if "body_parts" in kinds else classes_as("noun:", nouns)
    elif adjective:
        named = ("has:adjective",)
    else:
        named = ("has:adverb",) if adverb else ()
    if opens is not None:
        opening: str | None = f"opens:{opens}"
    elif verbs and form not in (None, "plain") and not capital:
        opening = f"opens:{form}"
    elif adverb and not nouns and not adjective:
        opening = "opens:adverb"
    elif adjective:
        opening = "opens:adjective"
    else:
        opening = "opens:capital" if capital else None
    listed = _listed(kinds & _ANYWHERE)
    doubtful = "modals" in kinds or bool(verbs and kinds & OF_THE_WORK)
    always: tuple[str, ...] = (f"word:{folded}",) if closed or (adverb and not nouns) else ()
    if not doubtful:
        always += listed
    if plural_of and not closed:
        always += _listed(pack.kinds(plural_of) & OF_THE_WORK)
    return WordSigns(
        opens,
        opening,
        _first(_JOINS, kinds),
        not kinds.isdisjoint(_LIKENS),
        bool(verbs) and form == "plain" and not closed,
        _first(_TOLD_BY_LISTS, kinds),
        listed,
        doubtful,
        always,
        always if closed else (*always, *classes_as("also:", verbs)),
        always if closed else (*always, *named),
        bool(verbs) and not closed,
        bool(nouns) and concrete and not closed,
        bool(nouns) and not (concrete or verbs or closed),
        not kinds.isdisjoint(_COMMANDED),
    )


def _first(names: tuple[str, ...], kinds: frozenset[str]) -> str | None:
    return next((name for name in names if name in kinds), None) if kinds else None


@lru_cache(maxsize=4096)
def classes_as(role: str, classes: frozenset[str]) -> tuple[str, ...]:
    """The signs of a word of ``classes`` in a role, such as ``subject:``."""
    return tuple(role + kind for kind in classes)


@lru_cache(maxsize=4096)
def _listed(kinds: frozenset[str]) -> tuple[str, ...]:
    return tuple(f"has:{kind}" for kind in kinds)
