"""The drama's title: told from lines and stressed words by its capitals, context and return."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from scriptgen.brief import Title
from scriptgen.parser.sentences import Block, Document
from scriptgen.parser.typography import MarkKind
from scriptgen.values import Span

if TYPE_CHECKING:
    from scriptgen.essay import Meta
    from scriptgen.language import LanguagePack

_ENDING = re.compile(r"[.!?…,]$")
_TITLE_MARKS = "《«"
_LONGEST = 90
_MOST_WORDS = 12
_EARLY = 0.35
_SURE = 2.0
_LIKELY = 1.5
_ARTICLE = 1.5
_HALF = 0.5
_SAID_WITHIN = 3
_SOON = 7


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    score: float


def find_title(doc: Document, pack: LanguagePack, meta: Meta) -> Title | None:
    """The title, or ``None``; the front matter wins where it names one."""
    found = _candidates(doc, pack)
    best = max(found, key=_rank, default=None)
    if best is None or best.score < _SURE:
        framing = _framing(doc, pack) or _opening(doc, found)
        best = max(framing, key=_rank, default=best)
    if best is not None and best.score >= _SURE:
        span = Span.cut(doc.text, best.start, best.end)
        if meta.title is None or meta.title.casefold() == span.text.casefold():
            return Title(text=span.text, span=span)
    if meta.title:
        return Title(text=meta.title)
    for paragraph in doc.paragraphs[:3]:
        if paragraph.block is Block.HEADING and paragraph.level == 1:
            span = Span.cut(doc.text, paragraph.start, paragraph.end)
            return Title(text=span.text, span=span)
    return None


def _rank(candidate: _Candidate) -> tuple[float, int]:
    return candidate.score, -candidate.start


def _opening(doc: Document, found: list[_Candidate]) -> list[_Candidate]:
    """The one word set apart in the first paragraph, where nothing looks more like a title."""
    end = doc.paragraphs[0].end if doc.paragraphs else 0
    first = [c for c in found if c.end < end and c.score >= _LIKELY and not _is_near_speech(doc, c)]
    return [_Candidate(c.start, c.end, _SURE) for c in first[:1]]


def _is_near_speech(doc: Document, candidate: _Candidate) -> bool:
    first, behind = doc.word_index(candidate.start), doc.word_index(candidate.end)
    near = doc.words[max(0, first - _SAID_WITHIN) : behind + _SAID_WITHIN]
    return any("speech_verbs" in word.verb_kinds for word in near)


def title_spans(doc: Document, title: Title | None) -> tuple[tuple[int, int], ...]:
    """Every place where the title stands in the essay: in small letters it means the thing."""
    if title is None:
        return ()
    wanted = re.escape(title.text).replace("'", "['’]").replace("’", "['’]")
    return tuple(
        (m.start(), m.end())
        for m in re.finditer(wanted, doc.text, re.IGNORECASE)
        if not m.group().islower() or title.text.islower()
    )


def _candidates(doc: Document, pack: LanguagePack) -> list[_Candidate]:
    text = doc.text
    again = Counter(_key(m.text(text)) for m in doc.marks)
    out = []
    for mark in doc.marks:
        words = mark.text(text)
        if mark.kind is MarkKind.DASH or len(words) > _LONGEST:
            continue
        returns = again[_key(words)]
        shape = _title_shape(words, pack, text[mark.outer_start], returns)
        if shape <= 0 or _is_said(doc, words, mark.outer_end):
            continue
        score = shape + min(2.0, returns - 1)
        score += _context(doc, pack, mark.outer_start, mark.outer_end)
        end = mark.start + len(words.rstrip(" ,.;"))
        out.append(_Candidate(mark.start, end, score))
    return out + _unmarked(doc, pack)


def _key(words: str) -> str:
    return words.strip(" .,!?…").casefold()


def _is_said(doc: Document, words: str, end: int) -> bool:
    """Whether a verb of speech follows that a comma inside the marks leads to."""
    if not words.endswith(","):
        return False
    at = doc.word_index(end)
    return any("speech_verbs" in word.verb_kinds for word in doc.words[at : at + _SAID_WITHIN])


def _title_shape(words: str, pack: LanguagePack, opener: str, returns: int) -> float:
    """How much a set-apart piece looks like a title: capitals where a title has them.

    In another language a title has one capital; it ``returns`` all the same.
    """
    tokens = re.findall(r"[^\W_][\w’'-]*", words)
    if not tokens or len(tokens) > _MOST_WORDS or _ENDING.search(words.strip().rstrip(",")):
        return 0
    cased = [t for t in tokens if t[0].isalpha() and t[0].lower() != t[0].upper()]
    if not cased:
        return 2.0 if opener in _TITLE_MARKS else 0.5
    heavy = [t for t in cased if not pack.is_word("title_small", t)] or cased
    capital = sum(t[0].isupper() for t in heavy) / len(heavy)
    if not cased[0][0].isupper():
        return 0
    if pack.known and capital < 0.8:  # noqa: PLR2004 - one small word may escape the list
        return _HALF if returns > 1 < len(tokens) and not words.endswith(",") else 0
    if len(tokens) == 1:
        return 0.5
    return 1.5 if capital == 1 else 1.0


def _context(doc: Document, pack: LanguagePack, start: int, end: int) -> float:
    """Signs around a candidate: "episode nine of", "a drama titled", "isn't just a title"."""
    left = max(0, start - 60)
    before, after = doc.text[left:start], doc.text[end : end + 60]
    words = doc.parts_in(left, start)
    score = 0.0
    if pack.has("title_before", before, words=words):
        score += 2.0
    if pack.has("episode_before", before, words=words):
        score -= 1.5
    if pack.has("title_after", after):
        score += 1.0
    if start < len(doc.text) * _EARLY:
        score += 0.5
    first = doc.paragraphs[0] if doc.paragraphs else None
    if first is not None and start < first.end:
        score += 0.5
    return score


@lru_cache(maxsize=32)
def _capitalised_run(small_words: frozenset[str]) -> re.Pattern[str]:
    """One or more words with a capital, with ``small_words`` between them."""
    small = "|".join(sorted(map(re.escape, small_words))) or r"(?!)"
    word = r"[\w’'-]*+"
    return re.compile(
        rf"[A-Z](?<!\w.)(?<!\w[’'-].){word}(?:[ ](?:(?:{small})[ ])*[A-Z]{word}){{0,{_MOST_WORDS}}}"
    )


def _framing(doc: Document, pack: LanguagePack) -> list[_Candidate]:
    """Unmarked names of a thing that the critic's talk begins and ends with."""
    if not doc.paragraphs:
        return []
    first, last = doc.paragraphs[0].end, doc.paragraphs[-1].start
    found: dict[str, list[int]] = {}
    for run in _runs(doc, pack):
        if not pack.is_word("not_names", run.group().split()[0]):
            found.setdefault(run.group(), []).append(run.start())
    return [
        _Candidate(starts[0], starts[0] + len(name), _SURE)
        for name, starts in found.items()
        if starts[0] < first < last <= starts[-1] and _is_talked_of(doc, pack, starts[0], len(name))
    ]


def _is_talked_of(doc: Document, pack: LanguagePack, start: int, length: int) -> bool:
    """Whether "its" follows at once, or words that follow a title."""
    at = doc.word_index(start + length)
    thing = any("things" in word.kinds for word in doc.words[at : at + _SOON])
    return thing or pack.begins("title_after", doc.text[start + length : start + length + 60])


def _unmarked(doc: Document, pack: LanguagePack) -> list[_Candidate]:
    """Runs of capitalised words that stand where a title stands, or return like one."""
    text, out = doc.text, []
    everything = _runs(doc, pack)
    begins = _begins_over_commas(text, everything)
    runs = [m for m in everything if " " in m.group()]
    again = Counter(m.group().casefold() for m in runs)
    for m in runs:
        start = begins.get(m.start(), m.start() + _joining_begin(m.group(), pack, again))
        context = _context(doc, pack, start, m.end()) + _with_article(doc, pack, start)
        words = len(text[start : m.end()].split())
        returns = again[m.group().casefold()]
        if context >= _SURE or (words >= 4 and returns >= 2):  # noqa: PLR2004 - names are shorter
            out.append(_Candidate(start, m.end(), 1.0 + context + min(2.0, returns - 1)))
    return out


def _begins_over_commas(text: str, runs: list[re.Match[str]]) -> dict[int, int]:
    """Where a run really begins, if what a comma parts from it stands before it again and again."""
    pairs = [
        (one.start(), other)
        for one, other in pairwise(runs)
        if text[one.end() : other.start()] == ", "
    ]
    again = Counter(text[start : other.end()] for start, other in pairs)
    return {other.start(): start for start, other in pairs if again[text[start : other.end()]] > 1}


def _with_article(doc: Document, pack: LanguagePack, start: int) -> float:
    """A sign: a capitalised article stands within a sentence only where a title begins."""
    article = pack.is_word("articles", doc.words[doc.word_index(start)].folded)
    within = doc.text[start - 1 : start] == " " and doc.text[start - 2 : start - 1].isalpha()
    return _ARTICLE if article and within else 0.0


def _joining_begin(run: str, pack: LanguagePack, again: Counter[str]) -> int:
    """How much of a run only joins it to what was said ("Then Lantern Street")."""
    first, _, rest = run.partition(" ")
    joins = pack.is_word("joining", first) and again[rest.casefold()] > 0
    return len(first) + 1 if joins else 0


def _runs(doc: Document, pack: LanguagePack) -> list[re.Match[str]]:
    """Capitalised words outside of quotes, those in a row as one, with small words between."""
    run = _capitalised_run(pack.words.get("title_small", frozenset()))
    return [m for m in run.finditer(doc.text) if not doc.is_quoted(m.start())]
