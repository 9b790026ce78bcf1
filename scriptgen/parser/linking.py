"""Descriptions given to people: those beside a name, those named, and those met again."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from scriptgen.parser.cast import Person, cast_names, fits, gender_by_heads
from scriptgen.parser.naming import link_naming
from scriptgen.parser.recalling import recall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.cast import Cast
    from scriptgen.parser.descriptions import Description
    from scriptgen.parser.name_runs import NameForm, NameUse
    from scriptgen.parser.sentences import Document

_GAP_WINDOW = 60
_COMMA = 2
_GAP = re.compile(r"[*_]{0,3}(?: \([^()\n]{1,40}\))?(?:(?P<comma>, )|—| — | – |–| \(|: )$")
_NEXT_NAME = re.compile(r", [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?, ")
_APPOSITION_ENDS = ",.;:—)!?"
_CLAUSE_ENDS = (",", "—", ".", ")", ";", ":", " (")


def build_cast(
    doc: Document,
    pack: LanguagePack,
    forms: dict[tuple[str, ...], NameForm],
    descriptions: tuple[Description, ...],
    titles: list[tuple[int, int, str]],
) -> Cast:
    """Join name forms, titles that stand for names, and descriptions (in order) into people."""
    cast = cast_names(doc, pack, forms, titles)
    _link_beside(cast, doc, pack, descriptions)
    link_naming(cast, doc, pack, descriptions)
    recall(cast, doc, pack, descriptions)
    _merge_same(cast)
    for person in cast.people:
        person.gender = person.gender or gender_by_heads(person.heads, pack)
    cast.people.sort(key=lambda p: p.first)
    return cast


def _link_beside(
    cast: Cast, doc: Document, pack: LanguagePack, descriptions: Sequence[Description]
) -> None:
    """Names and descriptions that stand side by side mean one person."""
    uses = [use for person in cast.people for use in person.uses if not use.quoted]
    starts = {use.start: use for use in uses}
    ends = {use.end: use for use in uses}
    last: Description | None = None
    for description in descriptions:
        if doc.is_quoted(description.start):
            continue
        before, last = last, description
        if before is not None and not description.determiner and _goes_on(before, description):
            person = cast.of.get(before.key)
            if person is not None and fits(person, description, pack):
                cast.attach(person, description)
            continue
        use = _named_behind(doc, pack, description, starts) or _named_before(
            doc, pack, description, ends
        )
        if use is not None and fits(cast.of[use.start], description, pack):
            cast.attach(cast.of[use.start], description)


def _goes_on(before: Description, description: Description) -> bool:
    """Whether a noun without a determiner stands right behind another description's core."""
    return 0 < description.start - before.core_end <= _COMMA


def _named_behind(
    doc: Document, pack: LanguagePack, description: Description, starts: dict[int, NameUse]
) -> NameUse | None:
    """``the man in the grey vest—Uncle Feng``, ``a girl named Mei``, ``The aide is Haskell``."""
    text = doc.text
    for end in dict.fromkeys((description.core_end, description.end)):
        for pattern in pack.patterns.get("apposition_gap", ()):
            match = pattern.match(text, end)
            use = starts.get(match.end()) if match else None
            if match is None or use is None:
                continue
            parted = text.startswith(_CLAUSE_ENDS, use.end)
            if match.group().strip() == "," and (not parted or _is_listed(doc, pack, use.end)):
                continue
            return use
    return None


def _named_before(
    doc: Document, pack: LanguagePack, description: Description, ends: dict[int, NameUse]
) -> NameUse | None:
    """``Li Wei, the man in the beige jacket``, ``Lin Hao—the man in black``."""
    if ends.keys().isdisjoint(range(description.start - _GAP_WINDOW, description.start)):
        return None
    window = doc.text[max(0, description.start - _GAP_WINDOW) : description.start]
    for pattern in (_GAP, *pack.patterns.get("apposed_before", ())):
        match = pattern.search(window)
        use = ends.get(description.start - len(match.group())) if match else None
        if match is None or use is None:
            continue
        if (
            pattern is _GAP
            and match.group("comma")
            and description.determiner
            and not _is_apposed(doc, pack, description.end)
        ):
            continue
        return use
    return None


def _is_apposed(doc: Document, pack: LanguagePack, end: int) -> bool:
    """Whether what ends here behind a comma is an apposition, not the next of several."""
    ended = doc.text[end : end + 1] in _APPOSITION_ENDS or pack.begins(
        "apposition_end", doc.text, end
    )
    return ended and not _is_listed(doc, pack, end)


def _is_listed(doc: Document, pack: LanguagePack, end: int) -> bool:
    """Whether what ends here is one of several in a row ("A, the boy and C")."""
    return _NEXT_NAME.match(doc.text, end) is not None or pack.begins("list_goes_on", doc.text, end)


def _merge_same(cast: Cast) -> None:
    """Somebody unnamed who is later named: the same words mean the same person."""
    named_by: dict[tuple[str, frozenset[str]], dict[Person, None]] = defaultdict(dict)
    for person in cast.people:
        if person.named:
            for description in person.descriptions:
                if description.definite and description.modifiers:
                    named_by[_words(description)][person] = None
    for person in [p for p in cast.people if not p.named]:
        keys = dict.fromkeys(_words(d) for d in person.descriptions)
        found = dict.fromkeys(named for key in keys for named in named_by.get(key, ()))
        if len(found) == 1:
            kept = next(iter(found))
            for description in person.descriptions:
                if description.definite and description.modifiers:
                    named_by[_words(description)][kept] = None
            cast.merge(kept, person)


def _words(description: Description) -> tuple[str, frozenset[str]]:
    return description.head, frozenset(description.modifiers)
