"""Runs of capitalised words that may be names, and titles that stand alone for one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.parser.words import WATCHERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.language import LanguagePack, Lexicon
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word


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

    @property
    def title(self) -> str | None:
        """The honorific in lower case without its full stop."""
        return self.honorific.lower().rstrip(".") if self.honorific else None


@dataclass(slots=True)
class NameForm:
    """All uses of one run of core words."""

    core: tuple[str, ...]
    uses: list[NameUse] = field(default_factory=list)
    score: float = 0.0


_GAPS = (" ", "-")
_LONGEST_NAME = 4
_MOST_PARTICLES = 2
_LONGEST_DEGREE = 3
_PARTICLES = frozenset(
    {"al", "ap", "ben", "bin", "da", "de", "del", "der", "di", "dos", "du", "ibn", "la", "le", "ó",
     "van", "von"}
)  # fmt: skip
"""Of names, which keep them in an essay of any language."""
_OPENERS = frozenset("“\"‘'*_:—.!?…>")


def find_forms(
    doc: Document, pack: LanguagePack, covered: bytearray
) -> dict[tuple[str, ...], NameForm]:
    """Capitalised runs outside of ``covered`` by their core words, each with all its uses."""
    forms: dict[tuple[str, ...], NameForm] = {}
    for use in _find_runs(doc, pack, covered):
        forms.setdefault(use.core, NameForm(use.core)).uses.append(use)
    return forms


def _find_runs(doc: Document, pack: LanguagePack, covered: bytearray) -> list[NameUse]:
    """Capitalised runs outside of ``covered``, without what only a sentence's begin capitalises."""
    runs = list(_runs(doc, covered))
    if pack.lexicon is None:
        return _as_elsewhere(runs)
    inner = {word for use in runs for word in (use.core if use.firm else use.core[1:])}
    inner |= _acting(doc, runs)
    met = {use.core for use in runs if len(use.core) > 1}
    kept = (
        use if use.firm else _without_false_start(doc, use, pack.lexicon, inner, met)
        for use in runs
    )
    return [use for use in kept if use is not None]


def _acting(doc: Document, runs: list[NameUse]) -> set[str]:
    """Words that only ever stand with a capital and twice act like a person ("Ruth pours")."""
    small = {word.text for word in doc.words if not word.capital}
    deeds = Counter(
        use.core[0]
        for use in runs
        if len(use.core) == 1 and use.core[0].lower() not in small and acts(doc, use)
    )
    return {word for word, count in deeds.items() if count > 1}


def acts(doc: Document, use: NameUse) -> bool:
    """Whether a verb for a deed that is seen or heard follows a name."""
    at = doc.word_index(use.end)
    if at >= len(doc.words) or doc.text[use.end : doc.words[at].start] != " ":
        return False
    word = doc.words[at]
    return "auxiliaries" in word.kinds or bool(
        word.text[0].islower() and word.verb != word.folded and word.verbs & _DEEDS
    )


_DEEDS = frozenset(
    {"body", "change", "consumption", "contact", "creation", "motion", "perception"}
    | {"possession", "posture", "speech", "stative"}
)


def lone_titles(doc: Document, taken: bytearray) -> list[tuple[int, int, str]]:
    """Titles that stand for a name ("Aunty closes the door"): start, end, folded title.

    "Mr" never does; where its name is an actor's, it is nobody's.
    """
    return [
        (word.start, word.bare_end, word.folded)
        for at, word in enumerate(doc.words)
        if word.capital
        and ("name_titles" in word.kinds or _stands_alone(doc, at))
        and "abbreviations" not in word.kinds
        and not taken[word.start]
        and not word.text.isupper()
        and not doc.is_quoted(word.start)
    ]


def _stands_alone(doc: Document, at: int) -> bool:
    """Whether a title is used as a name: "Matron" where neither "the" nor a name stands by it."""
    word = doc.words[at]
    if "honorifics" not in word.kinds or word.adjective:
        return False
    if at and "determiners" in doc.words[at - 1].kinds:
        return False
    following = doc.words[at + 1] if at + 1 < len(doc.words) else None
    return following is None or not following.capital or doc.text[word.end : following.start] != " "


def bare(word: Word) -> str:
    """A word of a name without its owner's ending, with a plain apostrophe."""
    return word.text[: word.bare].replace("’", "'")


def _runs(doc: Document, covered: bytearray) -> Iterator[NameUse]:
    words = doc.words
    at = 0
    while at < len(words):
        word = words[at]
        if not word.capital or covered[word.start] or not _can_begin(doc, words, at):
            at += 1
            continue
        run = [word]
        at += 1
        while at < len(words) and len(run) <= _LONGEST_NAME and not covered[words[at].start]:
            step = _joined(doc.text, words, at, run[-1])
            if not step:
                break
            run += words[at : at + step]
            at += step
        use = _as_use(doc, run)
        if use is not None:
            yield use


def _can_begin(doc: Document, words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if not word.kinds.isdisjoint(WATCHERS):
        return False
    if "not_names" not in word.kinds or "honorifics" in word.kinds:
        return True
    following = words[at + 1] if at + 1 < len(words) else None
    return (
        "pronoun_subjects" in word.kinds
        and following is not None
        and following.capital
        and doc.text[word.end : following.start] == " "
        and not _opens(doc, word)
    )


def _joined(text: str, words: Sequence[Word], at: int, last: Word) -> int:
    """How many words from ``at`` go on with the run (more when particles lead on)."""
    word = words[at]
    if last.owns:
        return 0
    gap = text[last.end : word.start]
    if gap not in _GAPS and not (gap == ". " and _is_abbreviated(last)):
        return 0
    if word.capital and ("not_names" not in word.kinds or "numerals" in word.kinds):
        return 1
    if word.capital and "pronoun_subjects" in word.kinds and "honorifics" in last.kinds:
        return 1
    for behind in range(at + 1, min(len(words), at + 1 + _MOST_PARTICLES)):
        particle = words[behind - 1]
        if particle.folded not in _PARTICLES:
            return 0
        if text[particle.end : words[behind].start] != " ":
            return 0
        if words[behind].capital:
            return behind + 1 - at
    return 0


def _is_abbreviated(word: Word) -> bool:
    return len(word.text) == 1 or "abbreviations" in word.kinds


def _as_use(doc: Document, run: list[Word]) -> NameUse | None:
    """The use a run is; ``None`` for titles or an initial alone, and for words in capitals."""
    titles = 0
    while titles < len(run) and "honorifics" in run[titles].kinds:
        titles += 1
    core = run[titles:]
    while len(core) > 1 and _is_degree(core[-1]) and not _is_degree(core[0]):
        core = core[:-1]
    if all((w.text.isupper() and len(w.text) > 1) or len(w.text) == 1 for w in core):
        return None
    if len(run) == 1 and "name_titles" in run[0].kinds:
        return None
    return NameUse(
        run[0].start,
        core[-1].bare_end,
        run[titles - 1].text if titles else None,
        tuple(bare(w) for w in core),
        doc.is_quoted(run[0].start),
        not _opens(doc, run[0]),
    )


def _is_degree(word: Word) -> bool:
    """Whether a word is letters behind a name ("KC", "MD")."""
    return word.text.isupper() and 1 < len(word.text) <= _LONGEST_DEGREE


def _opens(doc: Document, word: Word) -> bool:
    """Whether a word stands where a sentence, a quote or a clause behind a colon begins."""
    before = doc.text[max(0, word.start - 3) : word.start].rstrip()
    return before[-1:] in _OPENERS or doc.sentence_at(word.start).start >= word.start - 2


def _without_false_start(
    doc: Document, use: NameUse, lexicon: Lexicon, inner: set[str], met: set[tuple[str, ...]]
) -> NameUse | None:
    """The use without a first word that is capitalised only because a sentence begins there.

    ``met``: the names of several words, as they stand; what is left may be one of them.
    """
    first, rest = use.core[0], use.core[1:]
    if use.honorific is not None or first in inner or not lexicon.knows(first.lower()):
        return use
    if not rest:
        return None
    if rest not in met and not _qualifies(first.lower(), lexicon):
        return use
    start = doc.words[doc.word_index(use.start) + 1].start
    return NameUse(start, use.end, None, rest, use.quoted, firm=True)


def _qualifies(word: str, lexicon: Lexicon) -> bool:
    """Whether a word can stand before a name without being part of it ("Poor", "Facing")."""
    return (
        lexicon.closed(word)
        or lexicon.adverb(word)
        or lexicon.adjective(word)
        or lexicon.is_participle(word)
        or not lexicon.nouns(word)
    )


def _as_elsewhere(runs: list[NameUse]) -> list[NameUse]:
    """Without a word list: a run that opens a sentence counts as far as it is met within one."""
    firm = {use.core for use in runs if use.firm}
    out = []
    for use in runs:
        rest = use.core[1:]
        if use.core in firm:
            out.append(use)
        elif rest in firm:
            start = use.end - len(" ".join(rest))
            out.append(NameUse(start, use.end, None, rest, use.quoted, firm=True))
    return out
