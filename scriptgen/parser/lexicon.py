r"""The lexicon of a language: word classes and word forms.

It is data, one word a line, tab-separated, sorted, trailing tabs left out::

    word <TAB> noun classes <TAB> verb classes <TAB> flags <TAB> forms

Classes are parted by blanks, such as ``artefact garment``; a word with none in a column is not of
that part of speech. Flags: ``a`` adjective, ``r`` adverb, ``f`` one of the closed classes
(pronouns, prepositions, auxiliaries and so on). Forms, parted by blanks, say of which lemma the
word is an irregular form: ``fall:past``, ``fall:perfect``, ``say:both`` (past and perfect),
``lie:ing``, ``be:third``, ``be:plain``, ``child:plural``. Regular forms follow English spelling
and are not listed. Two-word nouns are in it where they name places, people, clothes, furniture or
vehicles.

Noun classes: abstract act animal artefact body building cognition communication event feeling food
furniture garment group kin light location nature person phenomenon place_in place_out plant
possession quantity role shape sound state substance time vehicle venue weather (a venue can be a
place where a scene is set in it, though the word means something else more often); and across these
thing (it can be carried), also_thing (a rarer sense can) and fixture (part of a building or a way).
Verb classes: body change cognition communication consumption contact creation emotion motion
perception possession posture social speech stative weather.

The English one is compiled from WordNet 3.0 (``WORDNET-LICENSE.txt`` beside it) by
``bench/build_lexicon.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NO_PLURALS = ("ss", "us", "is", "as", "news")
VOWELS = frozenset("aeiou")
HISSES = ("s", "sh", "ch", "x", "z", "o")
THIRD = {"be": "is", "have": "has", "do": "does"}
MODALS = frozenset(
    {"can", "could", "may", "might", "must", "ought", "shall", "should", "will", "would"}
)
SHORTEST_STEM = 2
MOST_REMEMBERED = 100_000


class _Entry(NamedTuple):
    nouns: frozenset[str]
    verbs: frozenset[str]
    flags: str
    forms: tuple[tuple[str, str], ...]


NOTHING = _Entry(frozenset(), frozenset(), "", ())


def _undouble(stem: str) -> str | None:
    if len(stem) > SHORTEST_STEM and stem[-1] == stem[-2] and stem[-1] not in VOWELS:
        return stem[:-1]
    return None


def _wants_e(stem: str) -> bool:
    """Whether an ``e`` may have been dropped: a vowel and one consonant, as in hop(e)-ing."""
    return len(stem) > 1 and stem[-1] not in "aeiouwxy" and stem[-2] in VOWELS


def _stems_s(word: str) -> Iterator[str]:
    if word.endswith("ies"):
        yield word[:-3] + "y"
    yield word[:-1]
    if word.endswith("es"):
        yield word[:-2]


def _stems_ed(word: str) -> Iterator[str]:
    if word.endswith("ied"):
        yield word[:-3] + "y"
    yield word[:-1]
    yield word[:-2]
    single = _undouble(word[:-2])
    if single:
        yield single


def _stems_ing(word: str) -> Iterator[str]:
    stem = word[:-3]
    single = _undouble(stem)
    if _wants_e(stem):
        yield stem + "e"
    yield stem
    if single:
        yield single
    yield stem + "e"


def _stems_er(word: str) -> Iterator[str]:
    cut = word.removesuffix("st").removesuffix("r")
    yield cut
    stem = cut.removesuffix("e")
    yield stem
    if stem.endswith("i"):
        yield stem[:-1] + "y"
    single = _undouble(stem)
    if single:
        yield single


class Lexicon:
    """Words with classes and forms; see the module for the data and the class names.

    A word may be given in any case and form, with either apostrophe; the possessive ``'s`` is
    passed over.
    """

    def __init__(self, rows: dict[str, str]) -> None:
        self._rows = rows
        self._entries: dict[str, _Entry] = {}
        self._folded: dict[str, str] = {}
        self._nouns: dict[str, frozenset[str]] = {}
        self._verbs: dict[str, frozenset[str]] = {}
        self._verb_lemmas: dict[str, tuple[str, str] | None] = {}
        self._noun_lemmas: dict[str, str | None] = {}
        self._known: dict[str, bool] = {}

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Self:
        """The lexicon of ``lines`` in the form the module describes."""
        rows = {}
        for line in lines:
            word, _, rest = line.partition("\t")
            rows[word] = rest
        return cls(rows)

    def nouns(self, word: str) -> frozenset[str]:
        """The classes of a noun (any form), empty for an unknown one.

        A plural with a sense of its own (``arms``, ``hands``) has the classes of its singular too.
        """
        found = self._nouns.get(word)
        if found is None:
            found = self._nouns[word] = self._all_nouns(self._fold(word))
        return found

    def is_plural(self, word: str) -> bool:
        """Whether the word can be a noun in the plural (``men``, ``eyes``)."""
        folded = self._fold(word)
        if any(kind == "plural" for _, kind in self._entry(folded).forms):
            return True
        if not folded.endswith("s") or folded.endswith(NO_PLURALS) or "'" in word.replace("’", "'"):
            return False
        return any(self._entry(stem).nouns for stem in _stems_s(folded))

    def verbs(self, word: str) -> frozenset[str]:
        """The classes of a verb (any form), empty for an unknown one."""
        classes = self._verbs.get(word)
        if classes is None:
            found = self._verb(self._fold(word))
            classes = self._verbs[word] = self._entry(found[0]).verbs if found else frozenset()
        return classes

    def lemma(self, word: str, part: str) -> str | None:
        """The base form of ``word`` as ``noun`` or ``verb``; ``None`` when it cannot be one."""
        if part == "noun":
            return self._noun(self._fold(word))
        if part == "verb":
            found = self._verb(self._fold(word))
            return found[0] if found else None
        raise ValueError(f"no part of speech {part!r}")

    def knows(self, word: str) -> bool:
        """Whether the word is one of the language in any part of speech."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._find(self._fold(word))
        return known

    def verb_form(self, word: str) -> str | None:
        """Which form of a verb: ``plain third past perfect both ing``, ``None`` for no verb.

        ``both`` is a past that is its own perfect (``said``, ``opened``), or a verb that does not
        change (``put``), whose `lemma` is then the word itself.
        """
        found = self._verb(self._fold(word))
        return found[1] if found else None

    def is_participle(self, word: str) -> bool:
        """Whether the word is a present participle (``falling``)."""
        return self.verb_form(word) == "ing"

    def third_person(self, lemma: str) -> str:
        """The form that goes with he and she: ``goes``, ``watches``, ``carries``, ``is``."""
        if lemma in THIRD:
            return THIRD[lemma]
        if lemma in MODALS:
            return lemma
        if lemma.endswith("y") and len(lemma) > 1 and lemma[-2] not in VOWELS:
            return lemma[:-1] + "ies"
        return lemma + ("es" if lemma.endswith(HISSES) else "s")

    def adjective(self, word: str) -> bool:
        """Whether the word can be an adjective, in any degree."""
        return self._flagged(self._fold(word), "a")

    def adverb(self, word: str) -> bool:
        """Whether the word can be an adverb."""
        return self._flagged(self._fold(word), "r")

    def closed(self, word: str) -> bool:
        """Whether the word is a pronoun, preposition, auxiliary or another of a closed class."""
        return "f" in self._entry(self._fold(word)).flags

    def _fold(self, word: str) -> str:
        folded = self._folded.get(word)
        if folded is None:
            if len(self._folded) >= MOST_REMEMBERED:
                self._forget()
            folded = word.lower().replace("\u2019", "'")
            if folded not in self._rows:
                folded = folded.removesuffix("'s").removesuffix("'")
            self._folded[word] = folded
        return folded

    def _forget(self) -> None:
        """Drop what was worked out so far: a long run meets new names without end."""
        for remembered in (
            self._entries,
            self._folded,
            self._nouns,
            self._verbs,
            self._verb_lemmas,
            self._noun_lemmas,
            self._known,
        ):
            remembered.clear()

    def _entry(self, word: str) -> _Entry:
        entry = self._entries.get(word)
        if entry is None:
            row = self._rows.get(word)
            entry = NOTHING if row is None else _read(row)
            self._entries[word] = entry
        return entry

    def _noun(self, word: str) -> str | None:
        if word not in self._noun_lemmas:
            self._noun_lemmas[word] = self._noun_lemma(word)
        return self._noun_lemmas[word]

    def _all_nouns(self, word: str) -> frozenset[str]:
        lemma = self._noun(word)
        if lemma is None:
            return frozenset()
        classes = self._entry(lemma).nouns
        if lemma == word and word.endswith("s") and not word.endswith(NO_PLURALS):
            for stem in _stems_s(word):
                classes |= self._entry(stem).nouns
        return classes

    def _noun_lemma(self, word: str) -> str | None:
        entry = self._entry(word)
        for lemma, kind in entry.forms:
            if kind == "plural" and not entry.nouns:
                return lemma
        if entry.nouns:
            return word
        if word.endswith("s"):
            return next((stem for stem in _stems_s(word) if self._entry(stem).nouns), None)
        return None

    def _verb(self, word: str) -> tuple[str, str] | None:
        if word not in self._verb_lemmas:
            self._verb_lemmas[word] = self._verb_lemma(word)
        return self._verb_lemmas[word]

    def _verb_lemma(self, word: str) -> tuple[str, str] | None:
        entry = self._entry(word)
        for lemma, kind in entry.forms:
            if kind != "plural":
                return lemma, kind
        if entry.verbs:
            return word, "plain"
        for ending, kind, stems in (
            ("ing", "ing", _stems_ing),
            ("ed", "both", _stems_ed),
            ("s", "third", _stems_s),
        ):
            if word.endswith(ending) and len(word) > len(ending) + 1:
                stem = next((stem for stem in stems(word) if self._entry(stem).verbs), None)
                if stem:
                    return stem, kind
        return None

    def _flagged(self, word: str, flag: str) -> bool:
        if flag in self._entry(word).flags:
            return True
        if word.endswith(("er", "est")):
            return any(flag in self._entry(stem).flags for stem in _stems_er(word))
        return False

    def _find(self, word: str) -> bool:
        return (
            word in self._rows
            or self._noun(word) is not None
            or self._verb(word) is not None
            or self._flagged(word, "a")
            or (word.endswith("ly") and "a" in self._entry(word[:-2]).flags)
            or ("-" in word and all(map(self.knows, word.split("-"))))
        )


def _read(row: str) -> _Entry:
    nouns, verbs, flags, forms, *_ = [*row.split("\t"), "", "", ""]
    pairs = (form.rsplit(":", 1) for form in forms.split())
    return _Entry(
        frozenset(nouns.split()),
        frozenset(verbs.split()),
        flags,
        tuple((lemma, kind) for lemma, kind in pairs),
    )
