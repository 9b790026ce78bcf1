"""Proper names of people: capitalised runs that behave like somebody.

A run of capitalised words is a candidate; what stands around it says whether it is a person of
the drama: it acts, speaks, owns hands, carries a title, is introduced. Names in parentheses behind
a character are actors, and names behind "director" or "written by" are crew: both stay out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scriptgen.language import LanguagePack, Lexicon
    from scriptgen.parser.sentences import Document, Word


@dataclass(frozen=True, slots=True)
class NameUse:
    """One occurrence of a name.

    ``[start, end)`` from the honorific, if there is one, to the last of the ``core`` words, without
    a possessive ending; ``firm``: its capital is not owed to its place in the sentence.
    """

    start: int
    end: int
    honorific: str | None
    core: tuple[str, ...]
    quoted: bool
    firm: bool


@dataclass(slots=True)
class NameForm:
    """All uses of one run of core words."""

    core: tuple[str, ...]
    uses: list[NameUse] = field(default_factory=list)
    score: float = 0.0
    introduced: bool = False

    @property
    def honorifics(self) -> set[str]:
        """Titles it is used with, lower case."""
        return {u.honorific.lower() for u in self.uses if u.honorific}


_GAP = {" ", "-"}
_LONGEST_NAME = 4
_PARTICLES = frozenset(
    {"de", "del", "la", "van", "von", "der", "al", "bin", "ibn", "da", "di", "dos", "ap", "ó", "le"}
)
_NAME_THRESHOLD = 2.0


def find_names(
    doc: Document, pack: LanguagePack, taken: Sequence[tuple[int, int]]
) -> tuple[dict[tuple[str, ...], NameForm], list[NameUse]]:
    """The names of the drama's people, and the uses of names of those who made it.

    ``taken`` are title ranges to leave alone.
    """
    covered = bytearray(len(doc.text) + 1)
    for start, end in taken:
        covered[start:end] = b"\x01" * (end - start)
    forms: dict[tuple[str, ...], NameForm] = {}
    runs = list(_runs(doc, pack, covered))
    if pack.lexicon is None:
        runs = _as_elsewhere(runs)
    inner = {w for run, first in runs for w in (run.core[1:] if first else run.core)}
    for run, at_start in runs:
        use = _without_false_start(run, doc, pack, inner) if at_start else run
        if use is not None:
            forms.setdefault(use.core, NameForm(use.core)).uses.append(use)
    outsiders = _outsiders(doc, pack, forms)
    for form in forms.values():
        _weigh(form, doc, pack)
    sure = {core for core, form in forms.items() if form.score >= _NAME_THRESHOLD} - outsiders
    sure_words = {word for core in sure for word in core}
    kept = {
        core: form
        for core, form in forms.items()
        if core in sure or (core not in outsiders and sure_words & set(core) and _alike(core, sure))
    }
    _add_shouted(kept, doc, covered)
    makers = [use for core in outsiders for use in forms[core].uses]
    if pack.lexicon is None:
        _add_titles(kept, doc)
    return kept, makers


def _add_titles(kept: dict[tuple[str, ...], NameForm], doc: Document) -> None:
    """Without a word list: the small word that stands before a name again and again is its title.

    ``doña Remedios`` twice makes ``doña`` her title, and ``el padre`` alone means ``padre Benigno``.
    """
    before: dict[str, Counter[tuple[str, ...]]] = {}
    for form in kept.values():
        for use in form.uses:
            at = doc.word_index(use.start)
            if at and doc.text[doc.words[at - 1].end : use.start] == " ":
                before.setdefault(doc.words[at - 1].folded, Counter())[form.core] += 1
    for title, cores in before.items():
        if len(cores) != 1 or len(title) < _SHORTEST_TITLE:
            continue
        core, count = cores.most_common(1)[0]
        if count < 2:  # noqa: PLR2004 - once is chance
            continue
        form = kept[core]
        for word in doc.words:
            if word.folded == title and not doc.is_quoted(word.start):
                form.uses.append(NameUse(word.start, word.end, None, core, quoted=False, firm=True))


_SHORTEST_TITLE = 4


def _as_elsewhere(runs: list[tuple[NameUse, bool]]) -> list[tuple[NameUse, bool]]:
    """Without a word list: a run that opens a sentence counts as far as it is met within one."""
    firm = {use.core for use, at_start in runs if not at_start}
    out = []
    for use, at_start in runs:
        rest = use.core[1:]
        if not at_start or use.core in firm:
            out.append((use, False))
        elif rest in firm:
            start = use.end - len(" ".join(rest))
            out.append((NameUse(start, use.end, None, rest, use.quoted, firm=True), False))
    return out


def _alike(core: tuple[str, ...], sure: set[tuple[str, ...]]) -> bool:
    """Whether a doubtful form is the longer or the shorter form of a sure name."""
    return any(
        set(core) < set(other) or set(other) < set(core)
        for other in sure
        if len(other) != len(core)
    )


def _add_shouted(kept: dict[tuple[str, ...], NameForm], doc: Document, covered: bytearray) -> None:
    """Uses of a known name in capitals throughout (a badge, a shout)."""
    for form in list(kept.values()):
        if len(form.core) == 1:
            for m in re.finditer(rf"\b{re.escape(form.core[0].upper())}\b", doc.text):
                if not covered[m.start()] and m.group() != form.core[0]:
                    form.uses.append(
                        NameUse(m.start(), m.end(), None, form.core, doc.is_quoted(m.start()), True)
                    )


def _runs(doc: Document, pack: LanguagePack, covered: bytearray) -> Iterable[tuple[NameUse, bool]]:
    """Capitalised runs, each with whether its capital may be due to its place in the sentence."""
    words, text = doc.words, doc.text
    at = 0
    while at < len(words):
        word = words[at]
        if not _can_begin(word, pack) or covered[word.start]:
            at += 1
            continue
        run = [word]
        following = at + 1
        while following < len(words) and len(run) < _LONGEST_NAME + 1:
            step = _joined(words, following, text, pack, run)
            if not step or covered[words[following].start]:
                break
            run += words[following : following + step]
            following += step
        yield from _as_use(run, doc, pack)
        at = following


def _can_begin(word: Word, pack: LanguagePack) -> bool:
    return word.capital and ("not_names" not in word.kinds or "honorifics" in word.kinds)


def _joined(words: Sequence[Word], at: int, text: str, pack: LanguagePack, run: list[Word]) -> int:
    """How many words from ``at`` go on with the run (2 when a particle leads on)."""
    last, word = run[-1], words[at]
    if last.text != last.text.rstrip("’s'") and last.folded != last.text.lower():
        return 0
    gap = text[last.end : word.start]
    if gap not in _GAP and not (gap == ". " and _abbreviated(last, pack)):
        return 0
    if word.capital and ("not_names" not in word.kinds or "numerals" in word.kinds):
        return 1
    if (
        word.folded in _PARTICLES
        and at + 1 < len(words)
        and words[at + 1].capital
        and text[word.end : words[at + 1].start] == " "
    ):
        return 2
    return 0


def _abbreviated(word: Word, pack: LanguagePack) -> bool:
    return len(word.text) == 1 or ("honorifics" in word.kinds and "abbreviations" in word.kinds)


def _as_use(run: list[Word], doc: Document, pack: LanguagePack) -> Iterable[tuple[NameUse, bool]]:
    honorific = None
    core = run
    if "honorifics" in run[0].kinds:
        if len(run) == 1:
            return
        honorific, core = run[0].text, run[1:]
    if all(w.text.isupper() and len(w.text) > 1 for w in core):
        return
    first = _opens(run[0], doc)
    yield (
        NameUse(
            run[0].start,
            _bare_end(core[-1]),
            honorific,
            tuple(_bare(w) for w in core),
            doc.is_quoted(run[0].start),
            not first,
        ),
        first,
    )


def lone_titles(doc: Document, pack: LanguagePack, taken: bytearray) -> list[tuple[int, int, str]]:
    """Titles that stand for a name ("Aunty closes the door"): start, end, folded title."""
    out = []
    for word in doc.words:
        if (
            word.capital
            and not taken[word.start]
            and not word.text.isupper()
            and "name_titles" in word.kinds
            and not doc.is_quoted(word.start)
        ):
            out.append((word.start, _bare_end(word), word.folded))
    return out


def _bare(word: Word) -> str:
    text = word.text.replace("’", "'")
    return text.removesuffix("'s").removesuffix("'")


def _bare_end(word: Word) -> int:
    return word.start + len(_bare(word))


def _opens(word: Word, doc: Document) -> bool:
    before = doc.text[max(0, word.start - 3) : word.start].rstrip()
    return doc.sentence_at(word.start).start >= word.start - 2 or before[-1:] in set(
        "“\"‘'*_:—.!?…>"
    )


def _without_false_start(
    use: NameUse, doc: Document, pack: LanguagePack, inner: set[str]
) -> NameUse | None:
    """The use without a first word that is capitalised only because a sentence begins there."""
    first = use.core[0]
    if use.honorific is not None or first in inner or not _is_common(first, pack.lexicon):
        return use
    rest = use.core[1:]
    if not rest:
        return None
    if not _qualifies(first, pack.lexicon):
        return use
    start = doc.text.index(rest[0], use.start + len(first))
    return NameUse(start, use.end, None, rest, use.quoted, firm=True)


def _qualifies(word: str, lexicon: Lexicon | None) -> bool:
    """Whether a word can stand before a name without being part of it ("Poor", "Facing")."""
    return lexicon is not None and (
        lexicon.closed(word.lower())
        or lexicon.adverb(word.lower())
        or lexicon.adjective(word.lower())
        or lexicon.is_participle(word.lower())
        or not lexicon.nouns(word.lower())
    )


def _is_common(word: str, lexicon: Lexicon | None) -> bool:
    return lexicon is not None and lexicon.knows(word.lower())


def _outsiders(
    doc: Document, pack: LanguagePack, forms: dict[tuple[str, ...], NameForm]
) -> set[tuple[str, ...]]:
    """Actors and crew: their full names, and what is left of them later."""
    out: set[tuple[str, ...]] = set()
    surnames: set[str] = set()
    named = {form.core for form in forms.values()}
    for form in forms.values():
        for use in form.uses:
            if _is_cast_note(doc, use, named, forms) or _is_crew(doc, pack, use):
                out.add(form.core)
                surnames.add(form.core[-1])
    insiders = {w for core in named - out for w in core if len(core) > 1}
    for core, form in forms.items():
        if len(core) == 1 and core[0] in surnames - insiders:
            out.add(core)
    return out


def _is_cast_note(
    doc: Document,
    use: NameUse,
    named: set[tuple[str, ...]],
    forms: dict[tuple[str, ...], NameForm],
) -> bool:
    """Whether a name fills parentheses right behind another name or a description."""
    if len(use.core) < 2 or use.honorific:  # noqa: PLR2004 - actors have two names in print
        return False
    before, after = doc.text[: use.start], doc.text[use.end : use.end + 1]
    if not before.endswith(("(", "(played by ")) or after not in (")", ",", ";"):
        return False
    opened = use.start - (1 if before.endswith("(") else len("(played by "))
    return doc.text[opened - 2 : opened - 1].isalnum() and (
        len(forms[use.core].uses) == 1 or bool(named)
    )


def _is_crew(doc: Document, pack: LanguagePack, use: NameUse) -> bool:
    before = doc.text[max(0, use.start - 40) : use.start]
    after = doc.text[use.end : use.end + 30]
    return any(p.search(before) for p in pack.patterns.get("crew_before", ())) or any(
        p.match(after) for p in pack.patterns.get("crew_after", ())
    )


def _weigh(form: NameForm, doc: Document, pack: LanguagePack) -> None:
    """Add up the signs that a form is a person; more uses add less and less."""
    form.score = 0.0
    lexicon = pack.lexicon
    for use in form.uses:
        before = doc.text[max(0, use.start - 40) : use.start]
        after = doc.text[use.end : use.end + 40]
        score = 0.0
        if use.honorific:
            score += 2.5
        for pattern in pack.patterns.get("person_before", ()):
            if pattern.search(before):
                score += 2.5
                form.introduced = True
        if any(p.match(after) for p in pack.patterns.get("person_after", ())):
            score += 2.0
        if any(p.search(before) for p in pack.patterns.get("place_before", ())):
            score -= 1.5
        if lexicon is None:
            score += 0.7
        else:
            score += _verb_signs(doc, use, lexicon)
            if use.firm and not any(_is_common(w, lexicon) for w in use.core):
                score += 0.5
        if use.quoted:
            score = score * 0.4 + (2.0 if _is_whole_line(doc, use) else 0.0)
        form.score += score
    if (
        len(form.core) >= 2
        and lexicon is not None
        and not any(  # noqa: PLR2004 - a full name
            _is_common(w, lexicon) for w in form.core
        )
    ):
        form.score += 1.0


def _is_whole_line(doc: Document, use: NameUse) -> bool:
    """Whether the name is all that is said: somebody is called."""
    before, after = doc.text[use.start - 1 : use.start], doc.text[use.end : use.end + 2]
    return (
        before in ("“", '"', "‘", "*", "_", "'")
        and re.match(r"[,.!?]?[”\"’*_']", after) is not None
    )


def _verb_signs(doc: Document, use: NameUse, lexicon: Lexicon) -> float:
    """A verb right behind the name, or a body part it owns, speaks for a person."""
    at = doc.word_index(use.end)
    if at < len(doc.words) and doc.words[at].start < use.end:
        at += 1
    if at >= len(doc.words):
        return 0.0
    word = doc.words[at]
    gap = doc.text[use.end : word.start]
    if gap in ("’s ", "'s ", "’ ", "' "):
        classes = lexicon.nouns(word.folded)
        if at + 1 < len(doc.words) and not classes & {"body", "garment", "kin"}:
            classes |= lexicon.nouns(doc.words[at + 1].folded)
        return 1.5 if classes & {"body", "garment", "kin"} else 0.3
    if gap != " ":
        return 0.0
    if word.text[0].islower() and lexicon.lemma(word.folded, "verb") not in (None, word.folded):
        return 1.5
    return 0.0
