"""What tells a name of the drama from that of a place, an actor or a maker."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from scriptgen.parser.descriptions import PEOPLE_LISTS
from scriptgen.parser.name_runs import acts
from scriptgen.parser.name_weighing import comes, is_apposed, is_of_place
from scriptgen.parser.words import FINITE, PERSON_CLASSES

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.parser.name_runs import NameForm, NameUse
    from scriptgen.parser.sentences import Document

_REACH = 40
_CREW_REACH = 30
_TALK_REACH = 120
_FULL_NAME = 2
_STEM = 4
_APPOSED = 3
_HELP = frozenset({"auxiliaries", "helpers"})
_PLACES = frozenset({"building", "place_in", "place_out", "vehicle"})
_OWNED = frozenset({"body", "garment", "kin"})
_CALLED_LAST = re.compile(r"[,.!?…]+[”\"’*_']")
_ENDS_LINE = re.compile(r"[,.!?]?[”\"’*_']")


def find_makers(
    doc: Document, pack: LanguagePack, forms: dict[tuple[str, ...], NameForm]
) -> set[tuple[str, ...]]:
    """Actors and crew who are told to be that: their full names, and what is left of them later."""
    return _with_surnames(
        forms,
        {
            core
            for core, form in forms.items()
            if any(_is_cast_note(doc, pack, use) or _is_crew(doc, pack, use) for use in form.uses)
        },
    )


def find_outsiders(
    doc: Document,
    pack: LanguagePack,
    forms: dict[tuple[str, ...], NameForm],
    makers: set[tuple[str, ...]],
) -> set[tuple[str, ...]]:
    """``makers``, and what seem to be some: a critic names an actor once, and in full."""
    if pack.lexicon is None:
        return makers
    return _with_surnames(forms, makers | _only_once(doc, pack, forms))


def _with_surnames(
    forms: dict[tuple[str, ...], NameForm], full: set[tuple[str, ...]]
) -> set[tuple[str, ...]]:
    """Names, and those that are left of them and of nobody else."""
    out = full | {
        core
        for core, form in forms.items()
        if len(core) > 1 and len(form.uses) == 1 and core[-1:] in full
    }
    insiders = {word for core in forms if core not in out and len(core) > 1 for word in core}
    surnames = {core[-1] for core in full} - insiders
    return out | {core for core in forms if len(core) == 1 and core[0] in surnames}


def find_things(doc: Document, forms: dict[tuple[str, ...], NameForm]) -> set[tuple[str, ...]]:
    """Names of several words that stand behind an article wherever they stand, and their words.

    A house, a ship, a station: "the Grand Orient", and "the Orient".
    """
    behind = {
        core
        for core, form in forms.items()
        if all(use.honorific is None and _has_article(doc, use) for use in form.uses)
    }
    long = {core for core in behind if len(core) >= _FULL_NAME}
    words = {word for core in long for word in core}
    return long | {core for core in behind if core[0] in words}


def _has_article(doc: Document, use: NameUse) -> bool:
    at = doc.word_index(use.start)
    if not at:
        return False
    word = doc.words[at - 1]
    return "articles" in word.kinds and doc.text[word.end : use.start] == " "


def _only_once(
    doc: Document, pack: LanguagePack, forms: dict[tuple[str, ...], NameForm]
) -> set[tuple[str, ...]]:
    """Full names that stand once, with nobody told who it is: a critic names an actor so."""
    bearers = Counter(word[:_STEM] for core in forms for word in set(core))
    found = set()
    for core, form in forms.items():
        use = form.uses[0]
        if len(core) < _FULL_NAME or len(form.uses) > 1 or use.honorific or use.quoted:
            continue
        if _has_article(doc, use) or is_of_place(pack, core):
            continue
        if _does(doc, use) or comes(doc, use) or any(bearers[word[:_STEM]] > 1 for word in core):
            continue
        left = max(0, use.start - _REACH)
        words = doc.parts_in(left, use.start)
        if _is_told_of(doc, use) or pack.has(
            "person_before", doc.text[left : use.start], words=words
        ):
            continue
        found.add(core)
    return found


def _does(doc: Document, use: NameUse) -> bool:
    """Whether a name does or is something; what an actor has, does or is seen doing is craft."""
    at = doc.word_index(use.end)
    if not acts(doc, use):
        return False
    word = doc.words[at]
    return "copulas" in word.kinds or (word.form in FINITE and word.kinds.isdisjoint(_HELP))


def _is_told_of(doc: Document, use: NameUse) -> bool:
    """Whether a noun for a person, or an aside, stands right beside a name."""
    if is_apposed(doc, use.end) or doc.text[use.end : use.end + 2] in (" (", " —", " –"):
        return True
    if doc.text[use.end : use.end + 1] in ("—", "–"):
        return True
    before = doc.words[max(0, doc.word_index(use.start) - 2) : doc.word_index(use.start)]
    return any(word.nouns & PERSON_CLASSES or word.kinds & PEOPLE_LISTS for word in before)


def _is_cast_note(doc: Document, pack: LanguagePack, use: NameUse) -> bool:
    """Whether a full name fills parentheses right behind another name or a description."""
    if len(use.core) < _FULL_NAME or use.honorific:
        return False
    if doc.text[use.end : use.end + 1] not in (")", ",", ";"):
        return False
    before = doc.text[max(0, use.start - _REACH) : use.start]
    return pack.has("cast_note_before", before)


def _is_crew(doc: Document, pack: LanguagePack, use: NameUse) -> bool:
    left = max(0, use.start - _REACH)
    words = doc.parts_in(left, use.start)
    if pack.has("crew_before", doc.text[left : use.start], words=words):
        return True
    behind = doc.text[use.end : use.end + _TALK_REACH]
    if pack.begins("crew_after", behind[:_CREW_REACH]):
        return True
    full = len(use.core) >= _FULL_NAME and not use.quoted
    return full and pack.begins("full_name_of_crew_after", behind)
