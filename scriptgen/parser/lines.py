"""Lines: which set-apart words somebody says, who, and whether they can be heard.

A sieve, most certain first. Who speaks: a name or a description beside a verb of speech, a pronoun
there, the same speaker going on, two speakers in turn, whoever acts in the words that lead to the
line. Where none of these holds the speaker stays ``None``, with the likeliest as candidates.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.brief import LineKind
from scriptgen.parser.mentions import Mention, MentionIndex, Role
from scriptgen.parser.sentences import Block, Paragraph
from scriptgen.parser.turns import Spoken, Turn, take_turns
from scriptgen.parser.typography import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.cast import Person
    from scriptgen.parser.sentences import Document, Word


@dataclass(frozen=True, slots=True)
class _Tag:
    """A verb of speech beside a line, who it belongs to, and what it covers."""

    verb: Word
    subject: Mention | None
    voiceless: bool
    start: int
    end: int


_TERMINAL = ",.!?…—–-。！？，"
_SENTENCE_END = ".!?…。！？"
_SHORT = 3
_TAG_REACH = 90
_INVERTED = 24
_NEW_SENTENCE, _SAME_SENTENCE = 4, 8


def find_lines(
    doc: Document,
    pack: LanguagePack,
    index: MentionIndex,
    titles: Sequence[tuple[int, int]],
) -> list[Spoken]:
    """All lines of the essay in order."""
    title_starts = {start for start, _ in titles}
    quoted = [m for m in doc.marks if m.start not in title_starts and not _inside(m, titles)]
    speech_by = _speech_by(doc, quoted)
    found: list[Spoken] = []
    for at, mark in enumerate(quoted):
        previous = quoted[at - 1] if at else None
        following = quoted[at + 1] if at + 1 < len(quoted) else None
        line = _as_line(doc, pack, index, mark, previous, following, found, speech_by)
        if line is not None:
            found.append(line)
    take_turns(index, [f for f in found if f.kind is LineKind.SPOKEN])
    found += _unheard(doc, pack, index, found)
    found.sort(key=lambda s: s.start)
    return found


def _inside(mark: Mark, titles: Sequence[tuple[int, int]]) -> bool:
    return any(start <= mark.start and mark.end <= end + 1 for start, end in titles)


def _speech_by(doc: Document, marks: Sequence[Mark]) -> MarkKind:
    """What sets spoken lines apart in this essay: quotes, italics or dashes."""
    ended = Counter(m.kind for m in marks if m.text(doc.text).rstrip()[-1:] in _TERMINAL)
    if ended[MarkKind.DASH] > 1:
        return MarkKind.DASH
    if ended[MarkKind.QUOTE] >= max(2, ended[MarkKind.ITALIC]):
        return MarkKind.QUOTE
    return MarkKind.ITALIC


def _as_line(  # noqa: PLR0911 - a sieve has many exits
    doc: Document,
    pack: LanguagePack,
    index: MentionIndex,
    mark: Mark,
    previous: Mark | None,
    following: Mark | None,
    found: list[Spoken],
    speech_by: MarkKind,
) -> Spoken | None:
    text = doc.text
    words = mark.text(text).strip()
    if not words:
        return None
    sentence = doc.sentence_at(mark.outer_start)
    left = max(sentence.start, previous.outer_end if previous else 0)
    right = min(
        max(sentence.end, doc.sentence_at(max(mark.outer_end - 1, 0)).end),
        following.outer_start if following else len(text),
    )
    before, after = text[left : mark.outer_start], text[mark.outer_end : right]
    behind = doc.paragraphs[sentence.paragraph].end
    behind = min(behind, following.outer_start if following else behind)
    if pack.known:
        tag = _tag_after(doc, pack, index, mark, behind) or _tag_before(
            doc, pack, index, left, mark.outer_start
        )
    else:
        tag = _tag_by_name(doc, index, mark, left, behind)
    block = doc.paragraphs[sentence.paragraph]
    if block.block is Block.VERSE:
        return _sung(doc, index, mark, block, found)
    if mark.kind is not MarkKind.DASH and not _is_speech(
        doc, pack, mark, words, before, after, tag, found
    ):
        return None
    dashed = speech_by is MarkKind.DASH and mark.kind is MarkKind.QUOTE
    line = Spoken(
        mark.start + len(mark.text(text)) - len(mark.text(text).lstrip()),
        mark.end - len(mark.text(text)) + len(mark.text(text).rstrip()),
        mark.outer_start,
        mark.outer_end,
        LineKind.SPOKEN,
    )
    lead = _lead(doc, sentence.start, mark.outer_start)
    if _from_the_audience(doc, pack, sentence.start, mark.outer_start):
        return None
    if _of_the_show(pack, before, lead):
        return None
    joined = (
        found
        and found[-1].kind is LineKind.IMAGINED
        and doc.text[found[-1].outer_end : mark.outer_start].strip() in ("and", "or")
    )
    if joined or dashed or _is_imagined(doc, pack, mark, lead, after, tag, speech_by):
        line.kind = LineKind.IMAGINED
    if tag is not None:
        line.tag = (tag.start, tag.end)
        line.delivery = _delivery(doc, pack, tag, lead, mark)
    _find_speaker(doc, index, line, tag, found, left)
    _heed_introduction(doc, pack, line, index)
    return line


def _heed_introduction(
    doc: Document, pack: LanguagePack, line: Spoken, index: MentionIndex
) -> None:
    """Who says "I'm Priya" is Priya."""
    for pattern in pack.patterns.get("introduces", ()):
        match = pattern.match(doc.text, line.start, line.end)
        if match is None:
            continue
        for mention in index.mentions:
            person = mention.person
            if person is not None and any(match.group("name") in core for core in person.names):
                line.speaker = person
                return


def _sung(
    doc: Document, index: MentionIndex, mark: Mark, block: Paragraph, found: list[Spoken]
) -> Spoken:
    """A line of verse: whoever acts last before the verse sings it."""
    previous = found[-1] if found else None
    line = Spoken(mark.start, mark.end, mark.outer_start, mark.outer_end, LineKind.SPOKEN)
    if previous is not None and not doc.text[previous.outer_end : mark.outer_start].strip(" \t\n>"):
        line.speaker = previous.speaker
        return line
    before = doc.sentence_at(max(0, block.start - 3))
    subject = index.subject_in(before.start, before.end)
    line.speaker = subject.person if subject else None
    return line


def _lead(doc: Document, sentence_start: int, mark_start: int) -> str:
    """The words of the sentence before a mark, quoted ones too."""
    return doc.text[sentence_start:mark_start]


def _is_speech(
    doc: Document,
    pack: LanguagePack,
    mark: Mark,
    words: str,
    before: str,
    after: str,
    tag: _Tag | None,
    found: list[Spoken],
) -> bool:
    """Whether set-apart words are somebody's, rather than a term, a title or stress."""
    count = len(words.split())
    ended = words[-1] in _TERMINAL
    finished = words[-1] in _SENTENCE_END
    capital = not words.lstrip("¿¡…—“\"'‘*").lstrip()[:1].islower()
    if any(p.search(before) for p in pack.patterns.get("written_before", ())):
        return False
    led = before.rstrip().endswith((":", ",")) and (
        tag is not None or before.rstrip().endswith(":")
    )
    hinted = any(p.search(before) for p in pack.patterns.get("imagined_before", ())) or any(
        p.search(after) for p in pack.patterns.get("imagined_after", ())
    )
    if mark.kind is MarkKind.ITALIC:
        if tag is not None and (ended or led) and (capital or count > 1):
            return True
        if hinted and count > 1:
            return True
        if led:
            return count > 1 or capital
        return capital and finished and count > 1 and pack.known
    if tag is not None and (ended or led):
        return True
    if hinted and count > 1:
        return True
    if not pack.known and mark.kind is MarkKind.QUOTE:
        return finished or (ended and count > 1) or before.rstrip().endswith((":", "：", "，"))
    last = found[-1] if found else None
    if (
        last is not None
        and last.kind is LineKind.IMAGINED
        and ended
        and doc.text[last.outer_end : mark.outer_start].strip() in ("and", "or", "")
    ):
        return True
    if not capital:
        return bool(
            last is not None
            and ended
            and doc.text[last.end - 1] == ","
            and doc.sentence_at(last.start).index == doc.sentence_at(mark.start).index
        )
    if count <= _SHORT and not ended:
        return False
    opens = not before.strip(" \t—–-(")
    return finished and (opens or count > _SHORT or led)


def _from_the_audience(doc: Document, pack: LanguagePack, start: int, end: int) -> bool:
    """Whether the words are those of somebody who watches: "my mother, from the sofa: …"."""
    lead = doc.text[start:end]
    opened = lead.rfind("(")
    aside = opened > lead.rfind(")")
    words = doc.words_in(start + opened if aside else start, end)
    return any(
        "first_person" in w.kinds
        for w in (words if aside else words[-4:])
        if not doc.is_quoted(w.start)
    )


def _of_the_show(pack: LanguagePack, before: str, lead: str) -> bool:
    """Whether the drama itself is made to "say" the words."""
    return any(p.search(before or lead) for p in pack.patterns.get("show_says", ()))


def _is_imagined(
    doc: Document,
    pack: LanguagePack,
    mark: Mark,
    lead: str,
    after: str,
    tag: _Tag | None,
    speech_by: MarkKind,
) -> bool:
    if tag is not None and tag.voiceless:
        return True
    if any(p.search(lead) for p in pack.patterns.get("imagined_before", ())):
        return True
    if any(p.search(after) for p in pack.patterns.get("imagined_after", ())):
        return True
    sentence = doc.sentence_at(max(mark.outer_end - 1, 0))
    if sentence.index + 1 < len(doc.sentences):
        following = doc.sentences[sentence.index + 1]
        reply = doc.text[following.start : following.end]
        if any(p.match(reply) for p in pack.patterns.get("never_said", ())):
            return True
    return (
        mark.kind is MarkKind.ITALIC is not speech_by
        and tag is None
        and not lead.rstrip().endswith(":")
    )


def _tag_after(
    doc: Document, pack: LanguagePack, index: MentionIndex, mark: Mark, right: int
) -> _Tag | None:
    """``says Idris`` or ``she answers`` right behind the mark."""
    start = mark.outer_end
    end = _clause_end(doc, start, min(right, start + _TAG_REACH))
    words = doc.words_in(start, end)
    if words and "joining" in words[0].kinds:
        return None
    leads_on = (
        end == right
        and doc.text[start:end].rstrip().endswith((",", ":"))
        and doc.text[mark.end - 1] in ".!?…"
    )
    anew = bool(words) and words[0].capital and doc.text[mark.end - 1] in ".!?…"
    if leads_on and anew:
        return None
    for at, word in enumerate(words[: _NEW_SENTENCE if anew else _SAME_SENTENCE]):
        if not _speaks(word, pack):
            continue
        if anew and pack.is_word("weak_speech_verbs", _lemma(word, pack)):
            return None
        mentions = [
            m
            for m in index.within(start, end)
            if m.role is not Role.OWNER or _own_voice(doc, pack, m)
        ]
        ahead = [m for m in mentions if m.start < word.start]
        behind = [m for m in mentions if m.start > word.start]
        nearest = behind[0] if behind and behind[0].start - word.end < _INVERTED else None
        if ahead:
            subject = ahead[-1]
        elif nearest is not None and (at == 0 or not ahead):
            subject = nearest
        else:
            subject = None
        if at > 0 and subject is None and not _thing_speaks(words[:at], pack):
            if doc.text[start : word.start].strip(" —–-\"”’'*_"):
                continue
        voiceless = _thing_speaks(words[:at], pack)
        if anew and subject is None and not voiceless:
            return None
        if voiceless and subject is None:
            owners = index.within(start, word.start)
            subject = owners[0] if owners else None
        return _Tag(word, subject, voiceless, word.start, word.end)
    return None


def _tag_by_name(
    doc: Document, index: MentionIndex, mark: Mark, left: int, right: int
) -> _Tag | None:
    """In a language without a pack: somebody named right behind the line, or right before it."""
    end = _clause_end(doc, mark.outer_end, min(right, mark.outer_end + _TAG_REACH))
    named = [m for m in index.within(mark.outer_end, end) if m.person is not None]
    lead = doc.text[left : mark.outer_start].rstrip()
    if not named and lead.endswith((":", "：", ",", "，")):
        named = [m for m in index.within(left, mark.outer_start) if m.person is not None][-1:]
    if not named:
        return None
    word = doc.words[min(doc.word_index(named[0].start), len(doc.words) - 1)]
    return _Tag(word, named[0], voiceless=False, start=mark.outer_end, end=end)


def _own_voice(doc: Document, pack: LanguagePack, mention: Mention) -> bool:
    """Whether it is somebody's voice that speaks ("says Uncle Ikenna's voice")."""
    following = doc.words_in(mention.end + 1, mention.end + 24)
    return any("voices" in w.kinds for w in following[:2])


def _tag_before(
    doc: Document, pack: LanguagePack, index: MentionIndex, left: int, mark_start: int
) -> _Tag | None:
    """``he goes,`` or ``she asks:`` right before the mark."""
    lead = doc.text[left:mark_start]
    stripped = lead.rstrip()
    if not stripped:
        return None
    start = left
    words = doc.words_in(start, mark_start)
    told = stripped[-1] in ",:—" or any(
        p.search(stripped) for p in pack.patterns.get("speech_lead", ())
    )
    if not words or stripped[-1] in ".!?…":
        return None
    last = words[-1]
    near = [w for w in words[-8:] if _speaks(w, pack)]
    if not near:
        match = next(
            (m for p in pack.patterns.get("speech_lead", ()) if (m := p.search(stripped))), None
        )
        if match is None:
            return None
        verb = last
    else:
        verb = near[-1]
        if verb is not last and not told:
            return None
        if pack.is_word("weak_speech_verbs", _lemma(verb, pack)) and stripped[-1] not in ",:—":
            return None
    mentions = [m for m in index.within(start, verb.start) if m.role is not Role.OWNER]
    inverted = [m for m in index.within(verb.end, mark_start) if m.role is Role.SUBJECT]
    ahead = [w for w in words if w.start < verb.start]
    clause = _last_clause(doc, ahead)
    voiceless = _thing_speaks(clause, pack)
    subject = None
    if voiceless:
        owners = index.within(clause[0].start, verb.start) if clause else ()
        subject = owners[-1] if owners else None
    if subject is None:
        subjects = [m for m in mentions if m.role is Role.SUBJECT]
        subject = subjects[-1] if subjects else (inverted[0] if inverted else None)
        if subject is None and mentions:
            subject = mentions[-1]
    return _Tag(verb, subject, voiceless, verb.start, verb.end)


def _last_clause(doc: Document, words: Sequence[Word]) -> Sequence[Word]:
    for at in range(len(words) - 1, 0, -1):
        gap = doc.text[words[at - 1].end : words[at].start]
        if any(c in gap for c in ",;:—–"):
            return words[at:]
    return words


def _clause_end(doc: Document, start: int, limit: int) -> int:
    for at in range(start, limit):
        if doc.text[at] in ".;:!?…\n" and at > start:
            if (
                doc.text[at] == "."
                and doc.text[at + 1 : at + 3].strip()[:1].isupper()
                and doc.text[at - 2 : at].istitle()
            ):
                continue
            return at
    return limit


def _speaks(word: Word, pack: LanguagePack) -> bool:
    return pack.is_word("speech_verbs", _lemma(word, pack))


def _lemma(word: Word, pack: LanguagePack) -> str:
    if pack.lexicon is None:
        return word.folded
    return pack.lexicon.lemma(word.folded, "verb") or word.folded


def _thing_speaks(words: Sequence[Word], pack: LanguagePack) -> bool:
    """Whether the subject of a verb of speech has no voice: a face, a look, a silence."""
    return any("voiceless" in w.kinds for w in words[-6:])


def _delivery(
    doc: Document, pack: LanguagePack, tag: _Tag, lead: str, mark: Mark
) -> tuple[int, int] | None:
    """How a line is said: an adverb beside the verb, a voice described, or the verb itself."""
    base = mark.outer_start - len(lead)
    for pattern in pack.patterns.get("voice", ()):
        match = pattern.search(lead)
        if match:
            return base + match.start("how"), base + match.end("how")
        match = pattern.search(doc.text, tag.start, tag.end + _TAG_REACH)
        if match:
            return match.start("how"), match.end("how")
    for word in doc.words_in(max(0, tag.start - 14), tag.end + 14):
        if not doc.is_quoted(word.start) and "delivery_words" in word.kinds:
            return word.start, word.end
    lemma = _lemma(tag.verb, pack)
    if (
        not tag.voiceless
        and _speaks(tag.verb, pack)
        and not pack.is_word("plain_speech_verbs", lemma)
    ):
        return tag.verb.start, tag.verb.end
    return None


def _find_speaker(
    doc: Document,
    index: MentionIndex,
    line: Spoken,
    tag: _Tag | None,
    found: list[Spoken],
    left: int,
) -> None:
    previous = next((f for f in reversed(found) if f.kind is not LineKind.UNHEARD), None)
    between = doc.text[previous.outer_end : line.outer_start] if previous is not None else ""
    line.adjacent = (
        previous is not None and previous.kind is LineKind.SPOKEN and not between.strip(" \t—–-")
    )
    if tag is not None and tag.subject is not None:
        line.speaker = tag.subject.person
        line.told = line.speaker is not None
        if line.speaker is None:
            _guess(index, line, found)
        return
    sentence = doc.sentence_at(line.outer_start)
    paragraph = doc.paragraphs[sentence.paragraph]
    gap_start = max(paragraph.start, previous.outer_end if previous else 0)
    gap = doc.text[gap_start : line.outer_start]
    same_paragraph = previous is not None and previous.outer_end > paragraph.start
    if line.kind is LineKind.IMAGINED:
        here = [m for m in index.within(sentence.start, line.outer_start) if m.person]
        owner = here[-1] if here else _previous_subject(index, sentence.start)
        line.speaker = owner.person if owner else None
        return
    if same_paragraph and previous is not None:
        if line.adjacent:
            line.turn = Turn.OTHER
            _guess(index, line, found)
            return
        tail_start = gap_start
        if previous.tag and previous.tag[1] > gap_start:
            tail_start = _clause_end(doc, previous.tag[1], line.outer_start)
        actor = _last_subject(index, tail_start, line.outer_start)
        if actor is None:
            line.speaker = previous.speaker
            line.candidates = list(previous.candidates)
            asked = doc.text[previous.end - 1] in "?？" and previous.tag is not None
            line.turn = Turn.ANSWER if asked else Turn.SAME
            return
        line.speaker = actor
        return
    actor = _last_subject(index, paragraph.start, line.outer_start)
    if actor is not None and gap.strip():
        line.speaker = actor
        return
    after = index.subject_in(line.outer_end, min(paragraph.end, line.outer_end + _TAG_REACH))
    if after is not None and after.start - line.outer_end < 4:  # noqa: PLR2004 - right behind
        line.speaker = after.person
        return
    _guess(index, line, found)
    alone = not doc.text[paragraph.start : line.outer_start].strip(" \t—–") and not (
        doc.text[line.outer_end : paragraph.end].strip()
    )
    if alone and previous is not None and line.outer_start - previous.outer_end < _APART:
        line.turn = Turn.OTHER


_APART = 200


def _previous_subject(index: MentionIndex, offset: int) -> Mention | None:
    return next(
        (m for m in index.before(offset) if m.role is Role.SUBJECT and m.person is not None), None
    )


def _last_subject(index: MentionIndex, start: int, end: int) -> Person | None:
    """Whoever does something last before a line."""
    found = None
    for mention in index.within(start, end):
        if mention.role is Role.SUBJECT and mention.person is not None:
            found = mention.person
    return found


def _guess(index: MentionIndex, line: Spoken, found: list[Spoken]) -> None:
    """Nobody is told: keep the likeliest as candidates."""
    line.speaker = None
    near = [f.speaker for f in reversed(found[-4:]) if f.speaker is not None]
    near += [m.person for m in list(index.before(line.outer_start))[:8] if m.person is not None]
    seen: list[Person] = []
    for person in near:
        if person not in seen:
            seen.append(person)
    line.candidates = seen[:3]


def _unheard(
    doc: Document, pack: LanguagePack, index: MentionIndex, found: list[Spoken]
) -> list[Spoken]:
    """Speech whose words the essay does not give."""
    out: list[Spoken] = []
    for kind, name in ((LineKind.UNHEARD, "unheard"), (LineKind.REPORTED, "reported")):
        for pattern in pack.patterns.get(name, ()):
            for match in pattern.finditer(doc.text):
                line = _told(doc, index, match, kind)
                if line is None or any(
                    o.start < line.end and line.start < o.end for o in (*out, *found)
                ):
                    continue
                out.append(line)
    return out


_SHORTEST_REPORT = 4
_CLAUSE_STOP = re.compile(r"[;:.!?…—]|, (?:and|but|so|then|which|because)\b")


def _told(
    doc: Document, index: MentionIndex, match: re.Match[str], kind: LineKind
) -> Spoken | None:
    if doc.is_quoted(match.start()):
        return None
    sentence = doc.sentence_at(match.start())
    stop = _CLAUSE_STOP.search(doc.text, match.end(), sentence.end)
    end = stop.start() if stop else sentence.end
    start = match.start()
    subject = None
    for mention in index.within(sentence.start, start + 1):
        if mention.role is Role.SUBJECT and mention.person is not None:
            subject = mention.person
    own = index.subject_in(start, match.end())
    if own is not None:
        subject = own.person
    if subject is None:
        previous = _previous_subject(index, sentence.start)
        subject = previous.person if previous and kind is LineKind.UNHEARD else None
    if kind is LineKind.REPORTED and (
        subject is None or len(doc.words_in(start, end)) < _SHORTEST_REPORT
    ):
        return None
    if any(doc.quoted[start:end]):
        return None
    return Spoken(start, end, start, end, kind, speaker=subject)
