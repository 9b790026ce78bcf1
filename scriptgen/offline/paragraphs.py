"""Sentences gathered into paragraphs of action."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scriptgen.layout.wrapping import lines
from scriptgen.offline.marks import finished, split_sentences
from scriptgen.offline.whole import BROKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.language import LanguagePack
    from scriptgen.offline.prose import Prose, Sentence

MOST_SENTENCES = 3
MOST_LINES = 4
SIGNS = 60
"""Of a line of action, as the page sets it."""
WIDE_GAP = 200
NARROW_GAP = 130
SHORT = 80
BRIEF = 30
OF_OTHERS = ("film_words", "audience_words", "first_person")
ASIDE = ("And ", "Then ")
POINTING = ("That ", "This ")
AND_ASIDE = re.compile(r"\s*,?\s*and,[^,.!?;:—–\"“”]{1,40},\s*")
"""What an essay puts between two deeds of one person."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence with where it came from: beats, lines, and its range in the essay.

    ``continues``: its beat goes on with the one before.
    """

    sentence: Sentence
    beats: tuple[str, ...]
    people: tuple[str, ...]
    start: int
    end: int
    continues: bool = False
    lines: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentence itself."""
        return self.sentence.text


def paragraphs(run: list[Shown], essay_text: str, prose: Prose) -> list[list[Shown]]:
    """``run`` in paragraphs of at most three sentences or four lines, pronouns made clear.

    A sentence that has lost what it cannot stand without is a paragraph with that fault.
    """
    found: list[list[Shown]] = []
    for shown in _united(run, essay_text, prose):
        if shown.sentence.inside and prose.is_broken(shown.sentence):
            found.append([replace(shown, sentence=prose.mended(shown.sentence))])
            continue
        last = found[-1] if found and found[-1][0].sentence.fault != BROKEN else []
        if not last or not (_goes_on(last, shown, essay_text) and _has_room(last, shown)):
            last = []
            found.append(last)
        last.append(_clear(last, shown, prose))
    return found


def _united(run: list[Shown], essay_text: str, prose: Prose) -> list[Shown]:
    found: list[Shown] = []
    known: set[str] = set()
    for raw in run:
        shown = replace(raw, sentence=prose.met(raw.sentence, known))
        known.add(shown.sentence.subject or "")
        if found and _only_announces(found[-1], shown):
            found.pop()
        if not found:
            found.append(shown)
            continue
        last = found[-1]
        between = essay_text[last.end : shown.start]
        one = _gone_on(last.sentence, shown.sentence, between, prose) or joined(
            last.sentence,
            shown.sentence,
            same_breath=_same_breath(last, shown),
            mark=_mark_between(between, prose),
            subject_last=prose.ends_with_subject(last.sentence, shown.sentence, last.end),
        )
        if one is None or not _fits(one.text):
            found.append(shown)
            continue
        found[-1] = replace(
            last,
            sentence=one,
            beats=last.beats + shown.beats,
            people=last.people + shown.people,
            lines=last.lines + shown.lines,
            end=shown.end,
        )
    return found


def _gone_on(first: Sentence, second: Sentence, between: str, prose: Prose) -> Sentence | None:
    """Two deeds of one sentence of the essay as one sentence, an aside between them left out.

    ``The boy turns round`` and, quick as you like, ``puts it on`` are ``The boy turns round and
    puts it on``.
    """
    if first.verbless or not (second.predicate and second.inside) or second.given:
        return None
    if not AND_ASIDE.fullmatch(between) or not prose.is_broken(second):
        return None
    text = f"{first.text.rstrip('.')} and {second.predicate}"
    return replace(first, text=finished(text), predicate=None)


def joined(
    first: Sentence,
    second: Sentence,
    *,
    same_breath: bool,
    mark: str | None = ", ",
    subject_last: bool = False,
) -> Sentence | None:
    """Two sentences as one, where the second only goes on with the first.

    ``subject_last``: the first ends with whoever the second is about, and has no verb for them.
    A bare name takes what is said of it (``Master Gu.`` ``He kneels.``), a fragment is hung on
    with ``mark`` (``None``: too much lies between), and two short doings of one person are one.
    """
    same_person = not (first.subject and second.subject and first.subject != second.subject)
    start = first.text.rstrip(".")
    tail = second.raw or second.text
    if same_breath and first.bare and same_person and second.predicate:
        text = finished(_glued(start, second.predicate))
        return replace(second, text=text, pronoun=False, predicate=None)
    if same_breath and subject_last and second.predicate:
        return replace(first, text=finished(_glued(start, second.predicate)), predicate=None)
    if same_breath and first.where and second.given:
        return replace(second, text=f"{start} {second.text}")
    headless = second.predicate and not (second.given or second.pronoun)
    if same_breath and first.verbless and headless and not second.text.startswith(ASIDE):
        comma = "," if ", " in start else ""
        return replace(second, text=finished(f"{start}{comma} {second.predicate}"), predicate=None)
    hangs = (first.bare and same_person and second.inside) or second.loose
    if same_breath and hangs and mark and first.text.endswith("."):
        return replace(first, text=f"{start}{mark}{tail}", bare=False)
    short = len(first.text) <= SHORT and len(second.text) <= SHORT and " and " not in first.text
    goes_on = first.predicate is not None and first.subject == second.subject
    if second.given and second.predicate and first.subject and goes_on and short:
        return replace(first, text=f"{start} and {second.predicate}", predicate=None)
    return None


def _glued(start: str, rest: str) -> str:
    return f"{start}{'' if rest.startswith(',') else ' '}{rest}"


def _same_breath(last: Shown, shown: Shown) -> bool:
    return shown.continues or shown.beats[0] == last.beats[-1]


def _only_announces(last: Shown, shown: Shown) -> bool:
    """Whether ``last`` only names whom the next one tells of: ``That man. Lin points.``."""
    first, second = last.sentence, shown.sentence
    if not first.bare or second.subject is None:
        return False
    if first.text.startswith(POINTING):
        return True
    same_breath = _same_breath(last, shown) and (second.predicate or second.inside)
    return first.subject == second.subject and not same_breath


def _goes_on(paragraph: list[Shown], shown: Shown, essay_text: str) -> bool:
    last = paragraph[-1]
    if _same_breath(last, shown):
        return True
    between = essay_text[last.end : shown.start]
    if "\n" in between.strip(" ") or len(between) > WIDE_GAP:
        return False
    known = [s.sentence.subject for s in paragraph if s.sentence.subject]
    subject = shown.sentence.subject
    return not (subject and known and known[-1] != subject)


def _has_room(paragraph: list[Shown], shown: Shown) -> bool:
    texts = [s.text for s in (*paragraph, shown)]
    count = sum(0.5 if len(text) <= BRIEF else 1 for text in texts)
    return count <= MOST_SENTENCES and _fits(" ".join(texts))


def _fits(text: str) -> bool:
    """Whether a paragraph is no longer than four lines on the page."""
    return sum(1 for _ in lines(text, 0, SIGNS)) <= MOST_LINES


def in_room(
    text: str, paragraph: list[Shown], pack: LanguagePack
) -> Iterator[tuple[str, list[Shown]]]:
    """``text`` of a paragraph, parted between its sentences where it has no room in one.

    What is told of people when they come on makes it longer than it was.
    """
    sentences = split_sentences(text, pack)
    if _fits(text) or len(sentences) != len(paragraph) or len(sentences) == 1:
        yield text, paragraph
        return
    most = max(
        (at for at in range(1, len(sentences)) if _fits(" ".join(sentences[:at]))), default=1
    )
    yield " ".join(sentences[:most]), paragraph[:most]
    yield from in_room(" ".join(sentences[most:]), paragraph[most:], pack)


def _clear(paragraph: list[Shown], shown: Shown, prose: Prose) -> Shown:
    """With the name, where a reader could not tell whom the pronoun means."""
    last = paragraph[-1].sentence.subject if paragraph else None
    shown = replace(shown, sentence=prose.led(shown.sentence, shown.people[0]))
    if shown.sentence.pronoun and shown.sentence.subject and last != shown.sentence.subject:
        return replace(shown, sentence=prose.renamed(shown.sentence))
    return shown


def _mark_between(between: str, prose: Prose) -> str | None:
    """What hangs a fragment on: the essay's own colon or dash, else a comma."""
    if len(between) > NARROW_GAP or any(
        prose.cast.is_name(word) or prose.pack.is_word(kind, word)
        for word in re.findall(r"\w+", between)
        for kind in OF_OTHERS
    ):
        return None
    bare = between.strip()
    if bare.endswith(":") or bare.startswith(":"):
        return ": "
    return "—" if bare.startswith("—") else ", "
