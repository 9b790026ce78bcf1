"""What a sentence of action tells that cannot be shown, by the patterns of a language pack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.triggers import folded

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack, Lexicon
    from scriptgen.patterns import Search

KINDS = (
    "page_commentary",
    "page_camera",
    "page_negative",
    "page_aside",
    "page_feeling",
    "page_unfilmable",
)
"""Names of patterns. A sentence is told of once, as the first of these that it is."""

HEARD = frozenset({"page_aside", "page_feeling", "page_unfilmable"})
"""Those that are none where somebody says so: "She tells him that she knows"."""

_QUOTED = re.compile(r"\"[^\"\n]{1,400}\"|(?<![\w'])'(?=\S)[^'\n]{2,200}(?<=[.,!?])'(?!\w)")
_WORD = re.compile(r"[^\W_]+")
WORD_AS_SPOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_PLAIN = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2014": "-", "\u2013": "-"}
)
_GROUP_NUMBER = re.compile(r"\d+$")

_NOTHING = re.compile(r"\w+ (?:nothing|no more)\b")
_SUBJECT = re.compile(r"(?P<words>(?:[^\W\d_]+(?:['-][^\W\d_]+)*(?:\s|$|,[^,]{3,20},\s))+)")

_SOLID = frozenset(
    {"animal", "artefact", "body", "building", "fixture", "food", "furniture", "garment", "group"}
    | {"kin", "light", "location", "nature", "person", "place_in", "place_out", "plant"}
    | {"possession", "quantity", "role", "shape", "sound", "substance", "thing", "time"}
    | {"vehicle", "venue", "weather"}
)


class Sentence(NamedTuple):
    """One sentence of action: its element's index, its text, and what the patterns look at.

    ``plain``: without emphasis, with plain quotes, nothing between quotation marks; ``words``: all
    in it, folded as the patterns' words are; ``tokens``: with apostrophes and hyphens.
    """

    element: int
    text: str
    plain: str
    words: frozenset[str]
    tokens: tuple[str, ...]


def sentence(index: int, text: str) -> Sentence:
    """One sentence of the element ``index``."""
    plain = _QUOTED.sub('""', text.translate(_PLAIN).replace("--", "-"))
    return Sentence(
        index,
        text,
        plain,
        frozenset(map(folded, _WORD.findall(plain))),
        tuple(WORD_AS_SPOKEN.findall(plain)),
    )


def kind_of(said: Sentence, called: frozenset[str], pack: LanguagePack) -> str | None:
    """Which of `KINDS` a sentence is; ``None`` where it shows what it says."""
    for kind in KINDS:
        searches = pack.searches(kind, said.words)
        heard = kind in HEARD
        if any(_found(search, said, called, pack, heard=heard) for search in searches):
            return kind
        if kind == "page_aside" and _acting(said.plain, called, pack) == "inner":
            return kind
        if kind == "page_feeling" and (
            _predicate(said.tokens, pack) or _acting(said.plain, called, pack) == "feeling"
        ):
            return kind
    return None


def _found(
    search: Search,
    said: Sentence,
    called: frozenset[str],
    pack: LanguagePack,
    *,
    heard: bool,
) -> bool:
    return any(
        all(
            _is(_GROUP_NUMBER.sub("", group), word, called, pack)
            for group, word in match.groupdict().items()
            if word is not None
        )
        and not (heard and _is_reported(said.plain[: match.start()], pack))
        for match in search.pattern.finditer(said.plain)
    )


def _is_reported(before: str, pack: LanguagePack) -> bool:
    """Whether what follows is told by somebody, and so to be heard."""
    return any(
        pack.is_word("told_by", word)
        for word in WORD_AS_SPOKEN.findall(_NOTHING.sub("", before.lower()))
    )


def _is(kind: str, phrase: str, called: frozenset[str], pack: LanguagePack) -> bool:
    """Whether one of some words is of the class that a group of a pattern is named for."""
    lexicon = pack.lexicon
    own = [each.lower() for each in phrase.split() if not _names(each, called)]
    if lexicon is None or kind not in _IS:
        return any(pack.is_word(kind, word) for word in own)
    return any(_IS[kind](word, lexicon, pack) for word in own)


def _names(word: str, called: frozenset[str]) -> bool:
    return word[:1].isupper() and word.lower() in called


def _feeling(word: str, lexicon: Lexicon, pack: LanguagePack) -> bool:
    return "feeling" in lexicon.nouns(word) and not pack.is_word("shown_feelings", word)


def _inner(word: str, lexicon: Lexicon, pack: LanguagePack) -> bool:
    return _feeling(word, lexicon, pack) or pack.is_word("inner_nouns", word)


def _abstract(word: str, lexicon: Lexicon, pack: LanguagePack) -> bool:
    classes = lexicon.nouns(word)
    if _inner(word, lexicon, pack):
        return True
    return bool(classes) and not classes & _SOLID and not pack.is_word("shown_nouns", word)


def _participle(word: str, lexicon: Lexicon, _pack: LanguagePack) -> bool:
    return lexicon.verb_form(word) in ("perfect", "both")


def _third(word: str, lexicon: Lexicon, _pack: LanguagePack) -> bool:
    return lexicon.verb_form(word) == "third"


_IS = {
    "third": _third,
    "feeling": _feeling,
    "inner": _inner,
    "abstract": _abstract,
    "participle": _participle,
}


def _acting(plain: str, called: frozenset[str], pack: LanguagePack) -> str | None:
    """Whether the subject of a sentence is a ``feeling``, or another ``inner`` noun.

    As in "Rage builds in her", "The truth sits between them": noun and verb stand together, or with
    one short aside between them.
    """
    lexicon = pack.lexicon
    found = _SUBJECT.match(plain)
    if lexicon is None or found is None:
        return None
    words = re.sub(r",[^,]*,", "", found["words"]).split()
    given = pack.proper_names
    if given is not None and words and given.is_given(words[0]):
        return None
    while words and pack.is_word("subject_openers", words[0].lower()):
        del words[0]
    for at, noun in enumerate(words[:3]):
        if at + 1 == len(words) or _names(noun, called):
            return None
        low, verb = noun.lower(), words[at + 1].lower()
        acts = _third(verb, lexicon, pack) and not pack.is_word("shown_nouns", low)
        if acts and _feeling(low, lexicon, pack):
            return "feeling"
        if acts and pack.is_word("inner_nouns", low):
            return "inner"
        if not lexicon.adjective(low):
            return None
    return None


def _predicate(tokens: tuple[str, ...], pack: LanguagePack) -> bool:
    """Whether somebody is said to be in a mood: "is deeply ashamed", "feels betrayed"."""
    low = [token.lower() for token in tokens]
    for at, token in enumerate(low):
        linking = token.removesuffix("n't")
        clitic = token.rpartition("'")[2] in ("s", "re") and token.partition("'")[0] in _HE
        if not (clitic or pack.is_word("becoming", linking)):
            continue
        ahead = at + 1
        while ahead < len(low) and pack.is_word("mood_degrees", low[ahead]):
            ahead += 1
        if ahead < len(low) and pack.is_word("mood", low[ahead]):
            if low[ahead + 1 : ahead + 2] == ["to"] and pack.is_word("startling", low[ahead]):
                continue
            outer = pack.is_word("outer_mood", low[ahead])
            return not outer or pack.is_word("sensing", token)
    return False


_HE = frozenset({"he", "she", "they"})
