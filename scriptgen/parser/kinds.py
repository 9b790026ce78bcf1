"""Spoken or imagined: whether set-apart words are heard, and whose they cannot be."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scriptgen.parser.typography import MarkKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.apart import Apart
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.tags import Tag
    from scriptgen.parser.words import Word

_NEAR = 4
_OPENING = 80


def hints_at_thought(pack: LanguagePack, apart: Apart, before: str) -> bool:
    """Whether the words beside a piece say that nobody says it; ``before``: of its lead."""
    return pack.has("imagined_before", before, words=apart.lead_parts) or pack.has(
        "imagined_after", apart.after
    )


def is_imagined(
    doc: Document, pack: LanguagePack, apart: Apart, tag: Tag | None, speech_by: MarkKind
) -> bool:
    """Whether a line is only thought, or read in a face; ``speech_by``: what marks speech."""
    if tag is not None and tag.voiceless:
        return True
    if hints_at_thought(pack, apart, apart.lead):
        return True
    sentence = doc.sentence_at(apart.mark.outer_end - 1)
    if sentence.index + 1 < len(doc.sentences):
        following = doc.sentences[sentence.index + 1].start
        reply = doc.text[following : following + _OPENING]
        if pack.begins("never_said", reply):
            return True
    return (
        apart.mark.kind is MarkKind.ITALIC is not speech_by
        and tag is None
        and not _is_led_aloud(doc, apart)
    )


def _is_led_aloud(doc: Document, apart: Apart) -> bool:
    """Whether a colon leads from a voice, or from a verb of speech, to the words."""
    return apart.lead.rstrip().endswith(":") and any(
        (w.kinds & _VOICED or "speech_verbs" in w.verb_kinds) and not doc.is_quoted(w.start)
        for w in doc.words_in(apart.lead_start, apart.mark.outer_start)
    )


def is_of_the_audience(doc: Document, apart: Apart) -> bool:
    """Whether the words are those of somebody who watches: "my mother, from the sofa: …"."""
    start, end = apart.lead_start, apart.mark.outer_start
    opened = apart.lead.rfind("(")
    aside = opened > apart.lead.rfind(")")
    words = doc.words_in(start + opened, end) if aside else _lead_in(doc, start, end)[-_NEAR:]
    for word in words:
        if "first_person" in word.kinds and not doc.is_quoted(word.start):
            led = doc.words_in(start, word.start)
            return aside or not any(w.kinds & _VOICED for w in led)
    return False


_VOICED = frozenset({"voices", "utterances"})


def _lead_in(doc: Document, start: int, end: int) -> Sequence[Word]:
    """The words that lead to a line without a clause put in before it ("if I read it rightly,")."""
    words = doc.words_in(start, end)
    return words[: len(words) - len(put_in(doc, words))]


def put_in(doc: Document, words: Sequence[Word]) -> Sequence[Word]:
    """A clause between two commas at the end of ``words`` that begins with a conjunction."""
    if not words or doc.text[words[-1].end : words[-1].end + 1] != ",":
        return ()
    for at in range(len(words) - 1, max(0, len(words) - _PUT_IN), -1):
        if doc.text[words[at - 1].end] == ",":
            first = words[at].kinds
            return words[at:] if "conjunctions" in first and "joining" not in first else ()
    return ()


_PUT_IN = 10


def is_of_the_show(pack: LanguagePack, apart: Apart) -> bool:
    """Whether the drama itself is made to "say" the words."""
    lead = apart.before or apart.lead
    return pack.has("show_says", lead, words=apart.lead_parts)


def is_written(doc: Document, pack: LanguagePack, apart: Apart, tag: Tag | None) -> bool:
    """Whether the words stand on a sign or a screen, where nobody reads them out."""
    if pack.has("written_before", apart.before, words=apart.lead_parts):
        words = doc.words_in(apart.left, apart.mark.outer_start)
        return not any(
            "reading_verbs" in verb.verb_kinds and "neuter" in what.kinds
            for verb, what in pairwise(words)
        )
    untold = tag is None or tag.subject is None
    return untold and apart.words.isupper() and len(apart.words.split()) > 1
