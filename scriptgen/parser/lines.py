"""Lines: which set-apart words somebody says, thinks or sings."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from scriptgen.brief import LineKind
from scriptgen.parser.addressing import barred_speakers, called_people, refusing_listener
from scriptgen.parser.apart import CLOSING, Apart, look_around
from scriptgen.parser.delivery import find_delivery
from scriptgen.parser.kinds import (
    hints_at_thought,
    is_imagined,
    is_of_the_audience,
    is_of_the_show,
    is_written,
)
from scriptgen.parser.sentences import Block
from scriptgen.parser.speakers import find_speaker, heed_introduction, sung_line, takes_up
from scriptgen.parser.tags import find_tag
from scriptgen.parser.told import find_told
from scriptgen.parser.turns import Spoken, take_turns
from scriptgen.parser.typography import MarkKind
from scriptgen.parser.voices import heed_identity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.mentions import MentionIndex
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.tags import Tag
    from scriptgen.parser.typography import Mark

_TERMINAL = ",.!?…—–-。！？，"
_TERMINALS = tuple(_TERMINAL)
_SENTENCE_END = ".!?…。！？"
_SHORT = 3


def find_lines(
    doc: Document,
    pack: LanguagePack,
    index: MentionIndex,
    titles: Sequence[tuple[int, int]],
) -> list[Spoken]:
    """All lines of the essay in order; ``titles`` are ranges in order that are none."""
    starts = [start for start, _ in titles]
    quoted = [m for m in doc.marks if not _is_title(m, titles, starts)]
    speech_by = _speech_by(doc, quoted)
    found: list[Spoken] = []
    for at, mark in enumerate(quoted):
        previous = quoted[at - 1] if at else None
        following = quoted[at + 1] if at + 1 < len(quoted) else None
        apart = look_around(doc, mark, previous, following)
        line = _as_line(doc, pack, index, apart, found, speech_by) if apart else None
        if line is not None:
            found.append(line)
    take_turns(index, [f for f in found if f.kind is LineKind.SPOKEN])
    found += find_told(doc, pack, index, found)
    found.sort(key=lambda s: s.start)
    return found


def _is_title(mark: Mark, titles: Sequence[tuple[int, int]], starts: list[int]) -> bool:
    """Whether a mark sets the title apart, or stands within it."""
    at = bisect_right(starts, mark.start) - 1
    if at < 0:
        return False
    start, end = titles[at]
    return mark.start == start or mark.end <= end + 1


def _speech_by(doc: Document, marks: Sequence[Mark]) -> MarkKind:
    """What sets spoken lines apart in this essay: quotes, italics or dashes."""
    ended = Counter(m.kind for m in marks if m.text(doc.text).rstrip()[-1:] in _TERMINAL)
    if ended[MarkKind.DASH] > max(1, ended[MarkKind.QUOTE]):
        return MarkKind.DASH
    if ended[MarkKind.QUOTE] >= max(2, ended[MarkKind.ITALIC]):
        return MarkKind.QUOTE
    return MarkKind.ITALIC


def _as_line(
    doc: Document,
    pack: LanguagePack,
    index: MentionIndex,
    apart: Apart,
    found: list[Spoken],
    speech_by: MarkKind,
) -> Spoken | None:
    mark = apart.mark
    block = doc.paragraphs[apart.sentence.paragraph]
    if block.block is Block.VERSE:
        return sung_line(doc, index, mark, block, found)
    tag = find_tag(doc, pack, index, apart)
    if mark.kind is not MarkKind.DASH and not _is_speech(doc, pack, apart, tag, found):
        return None
    said = tag is not None and tag.subject is not None
    if is_of_the_audience(doc, apart) or (not said and is_of_the_show(pack, apart)):
        return None
    line = _bare_line(doc, mark)
    dashed = speech_by is MarkKind.DASH and mark.kind is MarkKind.QUOTE
    if (
        dashed
        or _goes_with_thought(doc, pack, mark, found)
        or is_imagined(doc, pack, apart, tag, speech_by)
    ):
        line.kind = LineKind.IMAGINED
    if tag is not None:
        line.tag = (tag.start, tag.end)
        line.delivery = find_delivery(doc, pack, tag, apart)
    line.paragraph = apart.sentence.paragraph
    if not _gives_name(doc, line, found):
        line.barred = barred_speakers(doc, pack, index, line.start, line.end)
        line.called = called_people(doc, index, line.start, line.end)
    line.barred += refusing_listener(doc, index, line)
    find_speaker(doc, pack, index, line, tag, found)
    heed_introduction(doc, pack, line, index)
    heed_identity(doc, line, index)
    return line


_NAME_ENDS = ("", ",", ".", "!")


def _gives_name(doc: Document, line: Spoken, found: list[Spoken]) -> bool:
    """Whether a line behind a question may begin with the name that was asked for."""
    asked = (
        bool(found)
        and doc.text[found[-1].end - 1] in "?？"
        and found[-1].paragraph == line.paragraph
    )
    words = doc.words_in(line.start, line.end)
    return (
        asked
        and bool(words)
        and words[0].capital
        and doc.text[words[0].end : words[0].end + 1] in _NAME_ENDS
        and not words[0].closed
    )


def _bare_line(doc: Document, mark: Mark) -> Spoken:
    """The words between the marks without blanks at their ends, as a spoken line."""
    text = mark.text(doc.text)
    return Spoken(
        mark.start + len(text) - len(text.lstrip()),
        mark.end - len(text) + len(text.rstrip()),
        mark.outer_start,
        mark.outer_end,
        LineKind.SPOKEN,
    )


def _goes_with_thought(
    doc: Document, pack: LanguagePack, mark: Mark, found: list[Spoken], *, bare: bool = False
) -> bool:
    """Whether the words are joined to an imagined line, by "and" or (``bare``) by nothing."""
    if not found or found[-1].kind is not LineKind.IMAGINED:
        return False
    if takes_up(doc, found[-1], mark.start):
        return True
    between = doc.text[found[-1].outer_end : mark.outer_start].strip()
    return pack.is_word("coordinators", between) or (bare and not between)


def _is_speech(
    doc: Document, pack: LanguagePack, apart: Apart, tag: Tag | None, found: list[Spoken]
) -> bool:
    """Whether set-apart words are somebody's, rather than a term, a title or stress."""
    if is_written(doc, pack, apart, tag):
        return False
    if _goes_on(doc, apart, found):
        return True
    words, before = apart.words, apart.before.rstrip()
    several = len(words.split()) > 1
    ended = words.rstrip(CLOSING)[-1:] in _TERMINALS
    capital = words[0] == "…" or not words.lstrip("¿¡…—“\"'‘*").lstrip()[:1].islower()
    led = before.endswith(":") or (before.endswith(",") and tag is not None)
    italic = apart.mark.kind is MarkKind.ITALIC
    if tag is not None and (ended or led) and (not italic or capital or several):
        return True
    if several and capital and tag is not None and _is_led_into(doc, apart, tag):
        return True
    if several and hints_at_thought(pack, apart, apart.before):
        return True
    if italic:
        finished = words[-1] in _SENTENCE_END and pack.known
        return (several or (capital and ended)) if led else (capital and several and finished)
    if not pack.known:
        finished = words[-1] in _SENTENCE_END
        return finished or (ended and several) or before.endswith((":", "：", "，"))
    return _is_quoted_speech(doc, pack, apart, found, capital=capital, led=led)


def _is_led_into(doc: Document, apart: Apart, tag: Tag) -> bool:
    """Whether a verb of speech runs straight into a sentence, as into what is sung or quoted."""
    gap = "" if tag.verb is None else doc.text[tag.verb.end : apart.mark.outer_start]
    return bool(gap) and not gap.strip() and _is_a_sentence(apart.words)


def _goes_on(doc: Document, apart: Apart, found: list[Spoken]) -> bool:
    """Whether words take up a line that a tag broke, or stand right behind one."""
    last = found[-1] if found else None
    if last is None or apart.words[-1] not in _TERMINAL:
        return False
    between = doc.text[last.outer_end : apart.mark.outer_start]
    if not between.strip():
        return apart.mark.kind is MarkKind.QUOTE and last.paragraph == apart.sentence.paragraph
    return takes_up(doc, last, apart.mark.start)


def _is_a_sentence(words: str) -> bool:
    """Whether words are cased as a sentence, not as a title."""
    return sum(word[0].islower() for word in words.split()) > 1


def _is_quoted_speech(
    doc: Document,
    pack: LanguagePack,
    apart: Apart,
    found: list[Spoken],
    *,
    capital: bool,
    led: bool,
) -> bool:
    """Whether words in quotes without a tag are speech."""
    words = apart.words
    ended = words[-1] in _TERMINAL
    if ended and _goes_with_thought(doc, pack, apart.mark, found, bare=True):
        return True
    if not capital:
        return False
    if ended and apart.before.rstrip().endswith(",") and _is_a_sentence(words):
        return True
    long = len(words.split()) > _SHORT
    opens = not apart.before.strip(" \t—–-(")
    return words[-1] in _SENTENCE_END and (opens or long or led)
