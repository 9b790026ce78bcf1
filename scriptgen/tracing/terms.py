"""The words of a text that say something, in their base forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.wording import words

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack, Lexicon

_OWNER = "'s"


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
