"""Spoken or imagined: whether set-apart words are heard, and whose they cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.parser.typography import MarkKind

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.parser.apart import Apart
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.tags import Tag

_NEAR = 4
_OPENING = 80


def hints_at_thought(pack: LanguagePack, before: str, after: str) -> bool:
    """Whether the words beside a piece say that nobody says it aloud."""
    return pack.has("imagined_before", before) or pack.has("imagined_after", after)


def is_imagined(
    doc: Document, pack: LanguagePack, apart: Apart, tag: Tag | None, speech_by: MarkKind
) -> bool:
    """Whether a line is only thought, or read in a face; ``speech_by``: what marks speech."""
    if tag is not None and tag.voiceless:
        return True
    if hints_at_thought(pack, apart.lead, apart.after):
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
        and not apart.lead.rstrip().endswith(":")
    )


def is_of_the_audience(doc: Document, apart: Apart) -> bool:
    """Whether the words are those of somebody who watches: "my mother, from the sofa: …"."""
    start, end = apart.lead_start, apart.mark.outer_start
    opened = apart.lead.rfind("(")
    aside = opened > apart.lead.rfind(")")
    words = doc.words_in(start + opened, end) if aside else doc.words_in(start, end)[-_NEAR:]
    return any("first_person" in w.kinds and not doc.is_quoted(w.start) for w in words)


def is_of_the_show(pack: LanguagePack, apart: Apart) -> bool:
    """Whether the drama itself is made to "say" the words."""
    lead = apart.before or apart.lead
    return pack.has("show_says", lead)


def is_written(pack: LanguagePack, apart: Apart) -> bool:
    """Whether the words stand on a sign or a screen."""
    return pack.has("written_before", apart.before)
