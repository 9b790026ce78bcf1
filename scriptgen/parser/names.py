"""Proper names of people: capitalised runs that behave like somebody.

A run of capitalised words is a candidate; what stands around it says whether it is a person of
the drama: it acts, speaks, owns hands, carries a title, is introduced. Names in parentheses behind
a character are actors, and names behind "director" or "written by" are crew: both stay out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from scriptgen.parser.name_runs import NameUse, bare, find_forms
from scriptgen.parser.name_signs import find_makers, find_outsiders, find_things
from scriptgen.parser.name_weighing import SURE, weigh_forms
from scriptgen.parser.typography import cover

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.name_runs import NameForm
    from scriptgen.parser.sentences import Document

_DOUBTFUL = -1.5
_SHORTEST_TITLE = 4


def find_names(
    doc: Document, pack: LanguagePack, taken: Sequence[tuple[int, int]]
) -> tuple[dict[tuple[str, ...], NameForm], list[NameUse]]:
    """The names of the drama's people, and the uses of names of those who made it.

    ``taken`` are title ranges to leave alone.
    """
    covered = cover(doc.text, taken)
    forms = find_forms(doc, pack, covered)
    makers = find_makers(doc, pack, forms)
    outsiders = find_outsiders(doc, pack, forms, makers)
    weigh_forms(doc, pack, forms, outsiders)
    kept = _kept(forms, makers | find_things(doc, forms))
    _add_shouted(kept, doc, covered)
    if pack.lexicon is None:
        _add_titles(kept, doc)
    outside = (form for core, form in forms.items() if core in outsiders and core not in kept)
    return kept, [use for form in outside for use in form.uses]


def _kept(
    forms: dict[tuple[str, ...], NameForm], barred: set[tuple[str, ...]]
) -> dict[tuple[str, ...], NameForm]:
    """The sure names, and doubtful forms that are the longer or the shorter form of one."""
    sure = {core for core, form in forms.items() if form.score >= SURE} - barred
    holding: dict[str, list[frozenset[str]]] = defaultdict(list)
    for core in sure:
        for word in set(core):
            holding[word].append(frozenset(core))

    def is_form_of_sure(core: tuple[str, ...]) -> bool:
        words = frozenset(core)
        return any(
            words < other or other < words for word in words for other in holding.get(word, ())
        )

    return {
        core: form
        for core, form in forms.items()
        if core in sure
        or (core not in barred and form.score >= _DOUBTFUL and is_form_of_sure(core))
    }


def _add_shouted(kept: dict[tuple[str, ...], NameForm], doc: Document, covered: bytearray) -> None:
    """Uses of a known name in capitals throughout (a badge, a shout)."""
    shouted = {core[0].upper(): form for core, form in kept.items() if len(core) == 1}
    for word in doc.words:
        if not word.capital or covered[word.start]:
            continue
        text = bare(word)
        form = shouted.get(text)
        if form is not None and text != form.core[0]:
            quoted = doc.is_quoted(word.start)
            form.uses.append(NameUse(word.start, word.bare_end, None, form.core, quoted, firm=True))


def _add_titles(kept: dict[tuple[str, ...], NameForm], doc: Document) -> None:
    """Without a word list: the small word that stands before a name again and again is its title.

    ``doña Remedios`` twice makes ``doña`` hers, and ``el padre`` alone means ``padre Benigno``.
    """
    before: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for form in kept.values():
        for use in form.uses:
            at = doc.word_index(use.start)
            if at and doc.text[doc.words[at - 1].end : use.start] == " ":
                before[doc.words[at - 1].folded][form.core] += 1
    titles = {
        title: next(iter(cores))
        for title, cores in before.items()
        if len(cores) == 1 and len(title) >= _SHORTEST_TITLE and cores.total() > 1
    }
    for word in doc.words:
        core = titles.get(word.folded)
        if core is not None and not doc.is_quoted(word.start):
            kept[core].uses.append(
                NameUse(word.start, word.end, None, core, quoted=False, firm=True)
            )
