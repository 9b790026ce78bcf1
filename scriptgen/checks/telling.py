"""The sentences of the action on a page, and which of them tell what cannot be shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.layout.sentences import sentence_ends
from scriptgen.screenplay import Action, Dialogue
from scriptgen.unshown import KINDS, WORD_AS_SPOKEN, Sentence, kind_of, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scriptgen.language import LanguagePack
    from scriptgen.screenplay import Screenplay

__all__ = ["KINDS", "Sentence", "faults", "names", "sentences"]

_EMPHASIS = re.compile(r"\\([*_\\])|[*_]+")
_WRAPPED = re.compile(r"(?<![.!?:])\n(?=[a-z])")


def sentences(screenplay: Screenplay) -> tuple[Sentence, ...]:
    """All sentences of the action, in order. Lines that wrap a sentence are joined."""
    return tuple(
        sentence
        for index, element in enumerate(screenplay.elements)
        if isinstance(element, Action)
        for sentence in _sentences(index, element.text)
    )


def _sentences(index: int, text: str) -> Iterator[Sentence]:
    text = _WRAPPED.sub(" ", _EMPHASIS.sub(lambda mark: mark[1] or "", text))
    start = 0
    for end in (*sentence_ends(text, 0, len(text)), len(text)):
        said = text[start:end].strip()
        start = end
        if said:
            yield sentence(index, said)


def names(screenplay: Screenplay) -> frozenset[str]:
    """The words of all cues, folded: a person may be called Hope."""
    return frozenset(
        word.lower()
        for element in screenplay.elements
        if isinstance(element, Dialogue)
        for word in WORD_AS_SPOKEN.findall(element.cue)
    )


def faults(
    said: tuple[Sentence, ...], called: frozenset[str], pack: LanguagePack
) -> Mapping[str, tuple[Sentence, ...]]:
    """Of each of `KINDS` the sentences that are it; ``called``: as `names` gives them."""
    found: dict[str, list[Sentence]] = {kind: [] for kind in KINDS}
    for each in said:
        kind = kind_of(each, called, pack)
        if kind:
            found[kind].append(each)
    return {kind: tuple(those) for kind, those in found.items()}
