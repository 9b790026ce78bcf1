"""Words of a description that tell who is meant, and where the essay uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.descriptions import Description
    from scriptgen.parser.sentences import Document


def where_told(
    doc: Document, pack: LanguagePack, descriptions: Sequence[Description]
) -> dict[str, list[int]]:
    """Where each word stands that a description tells somebody by."""
    wanted: set[str] = set()
    for description in descriptions:
        if description.definite:
            wanted.update(telling_words(description, pack))
    found: dict[str, list[int]] = {word: [] for word in wanted}
    for word in doc.words:
        if word.folded in wanted:
            found[word.folded].append(word.start)
        elif word.form is not None and word.verb in wanted:
            found[word.verb].append(word.start)
    return found


def telling_words(description: Description, pack: LanguagePack) -> Iterator[str]:
    """The nouns and participles that tell who is meant: "the hoop boy", "the kneeling man"."""
    lexicon = pack.lexicon
    if lexicon is None:
        return
    tail = description.tail
    if tail and pack.is_word("noun_links", tail[0]):
        tail = ()
    if not pack.is_word("loose_heads", description.head):
        yield description.head
    for word in (*description.modifiers, *tail):
        if pack.is_word("old", word) or pack.is_word("young", word) or lexicon.closed(word):
            continue
        if lexicon.nouns(word) and not (lexicon.adjective(word) or lexicon.closed(word)):
            yield word
        elif lexicon.verb_form(word) == "ing":
            yield lexicon.lemma(word, "verb") or word
