"""A set-apart piece of the essay with the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scriptgen.parser.sentences import Document, Sentence
    from scriptgen.parser.typography import Mark

CLOSING = "’'”\"»"
_REACH = 600


@dataclass(frozen=True, slots=True)
class Apart:
    """What stands around a mark, never farther than 600 characters.

    ``words``: between the marks, stripped; ``before`` (from ``left``) and ``after``: within the
    sentence, up to the marks beside it; ``lead`` (from ``lead_start``): the words of the sentence
    before it, quoted ones too; ``lead_parts``: the parts of the words in it; ``behind``: where the
    paragraph or the way to the next mark ends.
    """

    mark: Mark
    words: str
    sentence: Sentence
    left: int
    before: str
    after: str
    lead_start: int
    lead: str
    lead_parts: frozenset[str]
    behind: int


def look_around(
    doc: Document, mark: Mark, previous: Mark | None, following: Mark | None
) -> Apart | None:
    """The piece and its surroundings; ``None`` where nothing stands between the marks."""
    text = doc.text
    words = mark.text(text).strip()
    if not words:
        return None
    sentence = doc.sentence_at(mark.outer_start)
    nearest = mark.outer_start - _REACH
    lead_start = max(sentence.start, nearest)
    left = max(lead_start, previous.outer_end if previous else 0)
    limit = following.outer_start if following else len(text)
    right = min(max(sentence.end, doc.sentence_at(mark.outer_end - 1).end), limit)
    return Apart(
        mark,
        words,
        sentence,
        left,
        text[left : mark.outer_start],
        text[mark.outer_end : min(right, mark.outer_end + _REACH)],
        lead_start,
        _own_words(doc, lead_start, mark.outer_start),
        doc.parts_in(lead_start, mark.outer_start),
        min(doc.paragraphs[sentence.paragraph].end, limit),
    )


def _own_words(doc: Document, start: int, end: int) -> str:
    """The text with blanks in place of what is set apart, so that offsets stay."""
    text, parts, at = doc.text, [], start
    for mark in doc.marks_in(start, end):
        if not mark.bold:
            parts += [text[at : mark.outer_start], " " * (mark.outer_end - mark.outer_start)]
            at = mark.outer_end
    return "".join([*parts, text[at:end]])
