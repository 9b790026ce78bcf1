"""What tells a name of the drama from that of a place, an actor or a maker."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from scriptgen.parser.descriptions import PEOPLE_LISTS
from scriptgen.parser.name_runs import acts
from scriptgen.parser.words import FINITE, PERSON_CLASSES

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.parser.name_runs import NameForm, NameUse
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word

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


def find_outsiders(
    doc: Document, pack: LanguagePack, forms: dict[tuple[str, ...], NameForm], sure: float
) -> set[tuple[str, ...]]:
    """Actors and crew: their full names, and what is left of them later.

    A form with a score of ``sure`` is somebody, of the drama or not.
    """
    out = {
        core
        for core, form in forms.items()
        if any(_is_cast_note(doc, pack, use) or _is_crew(doc, pack, use) for use in form.uses)
    }
    if pack.lexicon is not None:
        out |= {core for core in _only_once(doc, pack, forms) if forms[core].score >= sure}
    surnames = {core[-1] for core in out}
    out |= {
        core
        for core, form in forms.items()
        if len(core) > 1 and len(form.uses) == 1 and core[-1:] in out
    }
    insiders = {word for core in forms if core not in out and len(core) > 1 for word in core}
    out |= {core for core in forms if len(core) == 1 and core[0] in surnames - insiders}
    return out


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
        if _does(doc, use) or _comes(doc, use) or any(bearers[word[:_STEM]] > 1 for word in core):
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
    if _is_apposed(doc, use.end) or doc.text[use.end : use.end + 2] in (" (", " —", " –"):
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


def weigh_form(form: NameForm, doc: Document, pack: LanguagePack) -> float:
    """The signs that a form is a person, added up; every use adds its own."""
    lexicon = pack.lexicon
    uncommon = lexicon is not None and not any(lexicon.knows(w.lower()) for w in form.core)
    score = 0.0
    if lexicon is not None and len(form.core) >= _FULL_NAME:
        score = 1.0 if uncommon else 0.5 * any(not lexicon.knows(w.lower()) for w in form.core)
    for use in form.uses:
        sign = _signs(doc, pack, use)
        if lexicon is None:
            sign += 0.7
        else:
            sign += _verb_signs(doc, use) + (0.5 if use.firm and uncommon else 0.0)
        if use.quoted:
            sign = sign * 0.4 + (2.0 if _is_whole_line(doc, use) or _is_called(doc, use) else 0.0)
        score += sign
    return score


def _signs(doc: Document, pack: LanguagePack, use: NameUse) -> float:
    """What the words beside a name say."""
    left = max(0, use.start - _REACH)
    before = doc.text[left : use.start]
    after = doc.text[use.end : use.end + _REACH]
    words = doc.parts_in(left, use.start)
    sign = 2.5 if use.honorific else 0.0
    sign += 2.5 * sum(
        s.pattern.search(before) is not None for s in pack.searches("person_before", words)
    )
    if pack.begins("person_after", after):
        sign += 2.0
    if pack.has("place_before", before, words=words):
        sign -= 1.5
    at = doc.word_index(use.start)
    if at and _is_place(doc, doc.words[at - 1], use.start):
        sign -= 3.0
    if at and "into_place" in doc.words[at - 1].kinds and _ends_like_place(pack, use):
        sign -= 3.0
    if _is_apposed(doc, use.end):
        sign += 2.0
    return sign


def _ends_like_place(pack: LanguagePack, use: NameUse) -> bool:
    """Whether the last of several words is a place ("Marlow Bay")."""
    lexicon = pack.lexicon
    return (
        lexicon is not None
        and len(use.core) >= _FULL_NAME
        and use.honorific is None
        and bool(lexicon.nouns(use.core[-1].lower()) & _PLACES)
    )


def _is_place(doc: Document, word: Word, start: int) -> bool:
    """Whether the name is that of the place before it ("the hacienda Las Palmas")."""
    return (
        not word.capital
        and bool(word.nouns & _PLACES)
        and not word.verbs
        and doc.text[word.end : start] == " "
    )


def _is_apposed(doc: Document, end: int) -> bool:
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


def _comes(doc: Document, use: NameUse) -> bool:
    """Whether the words before a name bring somebody on: "In comes Ruth"."""
    at = doc.word_index(use.start)
    if at <= 1 or doc.text[doc.words[at - 1].end : use.start] != " ":
        return False
    verb, way = doc.words[at - 1], doc.words[at - 2]
    return "motion" in verb.verbs and verb.form in FINITE and "particles" in way.kinds


def _verb_signs(doc: Document, use: NameUse) -> float:
    """A verb right behind the name, or a body part it owns, speaks for a person."""
    words = doc.words
    if _comes(doc, use):
        return 2.0
    at = doc.word_index(use.end)
    if at >= len(words):
        return 0.0
    word = words[at]
    gap = doc.text[use.end : word.start]
    if gap in ("’s ", "'s ", "’ ", "' "):
        classes = word.nouns
        if at + 1 < len(words) and not classes & _OWNED:
            classes |= words[at + 1].nouns
        return 1.5 if classes & _OWNED else 0.3
    acts = gap == " " and word.text[0].islower() and word.verb != word.folded
    return 1.5 if acts else 0.0
