"""How far a run of capitalised words looks like somebody of the drama: signs with fitted weights.

Every use of a form shows signs: what stands before and behind it, what it does, what it owns. A
form has the signs of all its uses, those of its words, and how often it is met.
"""

from __future__ import annotations

import re
from collections import Counter
from math import fsum
from typing import TYPE_CHECKING

from scriptgen.parser.descriptions import PEOPLE_LISTS
from scriptgen.parser.words import FINITE, PERSON_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from scriptgen.language import LanguagePack
    from scriptgen.parser.name_runs import NameForm, NameUse
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word

_REACH = 40
_APPOSED = 3
_MANY = 3
_LONG = 500
"""A text of fewer words says a name as often as one of so many would."""
_PLACES = frozenset({"building", "place_in", "place_out", "vehicle", "location"})
_TURNED = frozenset({"body", "communication", "emotion", "perception", "speech"})
_OWNER_GAPS = ("’s ", "'s ", "’ ", "' ")
_MARKS_BEFORE = "“\"‘'(—–,.:;!?"
_CALLED_LAST = re.compile(r"[,.!?…]+[”\"’*_']")
_ENDS_LINE = re.compile(r"[,.!?]?[”\"’*_']")
_AGE = re.compile(r", (?:\d|[a-z]+(?:-[a-z]+)?, )")
_TALK = ("show_nouns", "makers", "praise", "first_person", "audience_words", "talk_words")
_BESIDE = frozenset(
    {"articles", "determiners", "prepositions", "conjunctions", "coordinators", "copulas",
     "possessives", "speech_verbs", "makers", "show_nouns", "relatives", "whenever", "likenesses",
     "comparers", "pronoun_subjects", "negations", "particles", "praise", "firm_prepositions"}
)  # fmt: skip
_IF_MOSTLY = ("place way", "before:articles", "before:prepositions")
_NEAR = 6
SURE = 0.9
"""The score from which a form is somebody: a stranger in the cast costs more than one who lacks."""
_AT_FIRST, _PER_USE, _QUOTED, _TITLED = SURE - 2.0, 0.7, 0.4, 2.5
"""The score of a form without weights: at first, for each use, the part of it in a quote."""


def weigh_forms(
    doc: Document,
    pack: LanguagePack,
    forms: Mapping[tuple[str, ...], NameForm],
    outsiders: AbstractSet[tuple[str, ...]],
) -> None:
    """Give every form its score: above 0 where it is rather somebody (the logarithm of the odds).

    Without weights whoever has a title, or is met three times, is somebody.
    """
    weights = pack.weights.get("name_weights")
    if weights:
        for core, signs in name_signs(doc, pack, forms, outsiders).items():
            forms[core].score = fsum(weights.get(sign, 0.0) for sign in sorted(signs))
        return
    for form in forms.values():
        met = sum(_QUOTED if use.quoted else 1.0 for use in form.uses)
        titled = any(use.honorific for use in form.uses)
        form.score = _PER_USE * met + _TITLED * titled + _AT_FIRST


def name_signs(
    doc: Document,
    pack: LanguagePack,
    forms: Mapping[tuple[str, ...], NameForm],
    outsiders: AbstractSet[tuple[str, ...]],
) -> dict[tuple[str, ...], set[str]]:
    """The signs of every form; ``outsiders``: those that seem to be actors and crew."""
    firsts = Counter(core[0] for core in forms)
    lasts = Counter(core[-1] for core in forms)
    scale = max(1.0, _LONG / (len(doc.words) + 1))
    out = {}
    for core, form in forms.items():
        met = min(_MANY, int(len(form.uses) * (1.0 if core in outsiders else scale)))
        found = {"always", f"uses:{met}", *_own_signs(form, pack)}
        if core in outsiders:
            found.add("outsider")
        if firsts[core[0]] > 1:
            found.add("first word shared")
        if len(core) > 1 and lasts[core[-1]] > 1:
            found.add("last word shared")
        if len(core) == 1 and lasts[core[0]] > 1:
            found.add("is a last word")
        if all(use.quoted for use in form.uses):
            found.add("only quoted")
        if any(use.firm for use in form.uses):
            found.add("firm")
        shown = [set(_use_signs(doc, pack, use)) for use in form.uses]
        found.update(*shown)
        for sign in _IF_MOSTLY:
            share = sum(sign in signs for signs in shown)
            if share == len(shown):
                found.add(f"always {sign}")
            if 2 * share >= len(shown):
                found.add(f"mostly {sign}")
        if sum("acts" in signs for signs in shown) > 1:
            found.add("acts again")
        out[core] = found
    return out


def _own_signs(form: NameForm, pack: LanguagePack) -> Iterator[str]:
    """What the words of a form tell by themselves."""
    core, lexicon, given = form.core, pack.lexicon, pack.proper_names
    yield f"words:{min(len(core), _MANY)}"
    if len(core) > 1 and pack.is_word("titles_behind", core[-1]):
        yield "title"
    if lexicon is not None:
        known = [lexicon.knows(word.lower()) for word in core]
        if not any(known):
            yield "no word is common"
        elif all(known):
            yield "all words are common"
        last = lexicon.nouns(core[-1].lower())
        if last & PERSON_CLASSES:
            yield "ends in a person"
        elif last:
            yield "ends in a noun"
    if given is not None:
        if given.is_given(core[0]):
            yield "given name"
        if len(core) > 1 and given.is_given(core[-1]):
            yield "given name last"
    if is_of_place(pack, core):
        yield "of a place"


def is_of_place(pack: LanguagePack, core: tuple[str, ...]) -> bool:
    """Whether a name is that of a place, or ends in a noun for one ("Marlow Bay")."""
    names, lexicon = pack.proper_names, pack.lexicon
    return (names is not None and names.is_place(" ".join(core))) or (
        lexicon is not None and bool(lexicon.nouns(core[-1].lower()) & _PLACES)
    )


def _use_signs(doc: Document, pack: LanguagePack, use: NameUse) -> Iterator[str]:
    """What stands around one use."""
    if use.honorific:
        yield "title"
    left = max(0, use.start - _REACH)
    before = doc.text[left : use.start]
    if pack.has("person_before", before, words=doc.parts_in(left, use.start)):
        yield "person before"
    after = doc.text[use.end : use.end + _REACH]
    if pack.begins("person_after", after):
        yield "person after"
    at = doc.word_index(use.start)
    if at:
        yield from _before(doc, use, doc.words[at - 1])
    else:
        yield "opens the essay"
    behind = doc.word_index(use.end)
    if behind < len(doc.words):
        yield from _behind(doc, use, doc.words[behind])
    yield from _shape_signs(doc, use)
    near = doc.words[max(0, at - _NEAR) : at] + doc.words[behind : behind + _NEAR]
    kinds = frozenset[str]().union(*(word.kinds for word in near))
    for kind in _TALK:
        if kind in kinds:
            yield f"near:{kind}"


def _shape_signs(doc: Document, use: NameUse) -> Iterator[str]:
    """How a use is set off: called out, with an age or an apposition, brought on by its verb."""
    if use.quoted:
        if _is_whole_line(doc, use):
            yield "whole line"
        if _is_called(doc, use):
            yield "called"
    elif _AGE.match(doc.text, use.end):
        yield "age behind"
    if is_apposed(doc, use.end):
        yield "apposed"
    if comes(doc, use):
        yield "comes"


def _before(doc: Document, use: NameUse, word: Word) -> Iterator[str]:
    gap = doc.text[word.end : use.start]
    if gap.strip():
        mark = gap.strip()[-1:]
        yield f"mark before:{mark if mark in _MARKS_BEFORE else 'other'}"
        if mark == "," and word.capital:
            yield "name and comma before"
        return
    at = doc.word_index(word.start)
    if "prepositions" in word.kinds and at and _turns(doc.words[at - 1]):
        yield "turned to"
        return
    for kind in sorted(word.kinds & _BESIDE):
        yield f"before:{kind}"
    if "prepositions" in word.kinds:
        yield f"behind {word.folded}"
        if "into_place" in word.kinds:
            yield "place way"
    elif word.owns:
        yield "before:owner"
    elif not word.capital:
        yield _part_before(word)


def _part_before(word: Word) -> str:
    """The sign of a plain word before a name."""
    if word.nouns & _PLACES and not word.verbs:
        return "before:place"
    if word.nouns & PERSON_CLASSES or word.kinds & PEOPLE_LISTS:
        return "before:person"
    if word.form in FINITE:
        return "before:verb"
    return "before:adjective" if word.adjective else "before:other"


def _turns(verb: Word) -> bool:
    """Whether what stands behind the preposition of a verb is rather somebody ("laughs at")."""
    return verb.form in FINITE and not verb.verbs.isdisjoint(_TURNED)


def _behind(doc: Document, use: NameUse, word: Word) -> Iterator[str]:
    gap = doc.text[use.end : word.start]
    if gap in _OWNER_GAPS:
        words = (word, *doc.words[doc.word_index(word.end) :][:1])
        for kind in sorted({kind for w in words for kind in w.nouns}):
            yield f"owns:{kind}"
        yield "owns"
    elif gap == " ":
        if "auxiliaries" in word.kinds or "copulas" in word.kinds:
            yield "behind:auxiliary"
            yield "acts"
        elif not word.capital and word.verb != word.folded:
            yield f"behind:verb {word.form}"
            if word.form in FINITE:
                yield "acts"
            for kind in sorted(word.verbs):
                yield f"deed:{kind}"
        for kind in sorted(word.kinds & _BESIDE):
            yield f"behind:{kind}"
    else:
        yield f"mark behind:{gap.strip()[:1]}"
        if gap == " (":
            yield "bracket behind"


def is_apposed(doc: Document, end: int) -> bool:
    """Whether a noun for a person follows behind a comma and a determiner."""
    if doc.text[end : end + 2] != ", ":
        return False
    at = doc.word_index(end)
    if at >= len(doc.words) or "determiners" not in doc.words[at].kinds:
        return False
    return any(
        word.kinds & PEOPLE_LISTS or (word.nouns & PERSON_CLASSES and not word.adjective)
        for word in doc.words[at + 1 : at + 1 + _APPOSED]
    )


def comes(doc: Document, use: NameUse) -> bool:
    """Whether the words before a name bring somebody on: "In comes Ruth"."""
    at = doc.word_index(use.start)
    if at <= 1 or doc.text[doc.words[at - 1].end : use.start] != " ":
        return False
    verb, way = doc.words[at - 1], doc.words[at - 2]
    return "motion" in verb.verbs and verb.form in FINITE and "particles" in way.kinds


def _is_whole_line(doc: Document, use: NameUse) -> bool:
    """Whether the name is all that is said: somebody is called."""
    return (
        doc.text[use.start - 1 : use.start] in ("“", '"', "‘", "*", "_", "'")
        and _ENDS_LINE.match(doc.text, use.end) is not None
    )


def _is_called(doc: Document, use: NameUse) -> bool:
    """Whether a line ends by calling somebody: "…, Ruth.”"."""
    return (
        use.firm
        and not any(word.nouns & PERSON_CLASSES for word in doc.words_in(use.start, use.end))
        and doc.text[use.start - 2 : use.start] == ", "
        and _CALLED_LAST.match(doc.text, use.end) is not None
    )
