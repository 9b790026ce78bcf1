"""The words of a text, and how two texts compare word by word."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scriptgen.language import LanguagePack, Lexicon, Likeness

_OWNER = "'s"

_EMPHASIS = re.compile(r"\\([*_\\])|[*_]")
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"
    r"|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+(?:'[^\W_]+)*"
)


def words(text: str) -> list[str]:
    """The words of a text, folded, without emphasis, punctuation and kinds of quote marks.

    Where a script does without spaces each character is a word.
    """
    plain = _EMPHASIS.sub(lambda mark: mark[1] or "", unicodedata.normalize("NFKC", text))
    return _WORD.findall(plain.replace("\u2019", "'").replace("\u2018", "'").casefold())


class Placed(NamedTuple):
    """One of the `words` of a text, and where it stands there."""

    text: str
    start: int
    end: int


def placed(text: str) -> list[Placed]:
    """The `words` of a text with their half-open ranges of code points; emphasis is in no word."""
    marks = {found.start() for found in _EMPHASIS.finditer(text)}
    kept = [at for at in range(len(text)) if at not in marks]
    plain = "".join(text[at] for at in kept).replace("\u2019", "'").replace("\u2018", "'")
    return [
        Placed("".join(words(found[0])), kept[found.start()], kept[found.end() - 1] + 1)
        for found in _WORD.finditer(plain)
    ]


def within(needle: list[str], hay: list[str]) -> bool:
    """Whether all words of ``needle`` stand in ``hay`` in one piece."""
    return bool(needle) and f" {' '.join(needle)} " in f" {' '.join(hay)} "


def runs(said: list[str], length: int) -> list[tuple[str, ...]]:
    """All runs of so many words, in order."""
    return [tuple(said[i : i + length]) for i in range(len(said) - length + 1)]


def terms(text: str, pack: LanguagePack) -> tuple[str, ...]:
    """The words of ``text`` that are not of a closed class, in order, each in its base form.

    Without a lexicon all words as they stand; where a script does without spaces, its characters.
    """
    lexicon = pack.lexicon
    found = words(text)
    if lexicon is None:
        return tuple(found)
    return tuple(
        base(word.removesuffix(_OWNER), lexicon)
        for word in found
        if len(word) > 1 and not lexicon.closed(word)
    )


def base(word: str, lexicon: Lexicon) -> str:
    """One form for all forms of a word: of its verb, else of its noun, else the word itself."""
    return lexicon.lemma(word, "verb") or lexicon.lemma(word, "noun") or word


class Near:
    """Some words in base form, to be asked which of them are like another.

    ``likeness``: ``None`` where the language has no table of like words; a word is then only like
    itself.
    """

    def __init__(self, own: Iterable[str], likeness: Likeness | None) -> None:
        self._own = frozenset(own)
        self._likeness = likeness
        self._behind: dict[str, dict[str, float]] = {}
        self._asked: dict[str, Mapping[str, float]] = {}
        if likeness is not None:
            for word in sorted(self._own):
                for other, value in likeness.after(word).items():
                    self._behind.setdefault(other, {})[word] = value

    def like(self, word: str) -> Mapping[str, float]:
        """Those that ``word`` is or is like, with their likeness, 1.0 for itself."""
        found = self._asked.get(word)
        if found is None:
            near = dict(self._behind.get(word, {}))
            if self._likeness is not None:
                ahead = self._likeness.after(word).items()
                near |= {other: value for other, value in ahead if other in self._own}
            if word in self._own:
                near[word] = 1.0
            found = self._asked[word] = near
        return found
