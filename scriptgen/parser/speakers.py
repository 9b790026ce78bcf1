"""Who speaks a line: a sieve, most certain first.

A name or a description beside a verb of speech, a pronoun there, the same speaker going on, two in
turn, whoever acts in the words that lead to the line. Nobody speaks a line that names or calls
them. Where none of these holds the speaker stays ``None``, with the likeliest as candidates.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from scriptgen.brief import LineKind
from scriptgen.parser.mentions import Role
from scriptgen.parser.tags import TAG_REACH, clause_end
from scriptgen.parser.turns import Spoken, Turn

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.parser.cast import Person
    from scriptgen.parser.mentions import Mention, MentionIndex
    from scriptgen.parser.sentences import Document, Paragraph
    from scriptgen.parser.tags import Tag
    from scriptgen.parser.typography import Mark

_APART = 200
_RIGHT_BEHIND = 4
_BREATH = 60
_RECENT_LINES, _RECENT_MENTIONS, _MOST_CANDIDATES = 4, 8, 3


def find_speaker(
    doc: Document,
    pack: LanguagePack,
    index: MentionIndex,
    line: Spoken,
    tag: Tag | None,
    found: list[Spoken],
) -> None:
    """Give ``line`` its speaker or its candidates; ``found`` are the lines before it."""
    previous = found[-1] if found else None
    line.adjacent = (
        previous is not None
        and previous.kind is LineKind.SPOKEN
        and not doc.text[previous.outer_end : line.outer_start].strip(" \t—–-")
    )
    sentence = doc.sentence_at(line.outer_start)
    paragraph = doc.paragraphs[sentence.paragraph]
    if previous is not None and takes_up(doc, previous, line.start) and _is_one(tag, previous):
        line.speaker, line.told, line.turn = previous.speaker, previous.told, Turn.SAME
        line.candidates, line.tagged = list(previous.candidates), previous.tagged
    elif tag is not None and tag.subject is not None:
        line.speaker = _told_speaker(doc, line, tag, tag.subject, previous)
        line.told = line.speaker is not None
        line.tagged = line.told and not tag.voiceless and _is_by_name(doc, tag.subject)
        if line.speaker is None:
            _guess(index, line, found)
    elif tag is not None and not tag.other and (tag.unknown or line.kind is LineKind.SPOKEN):
        _guess(index, line, found)
        line.told = True
    elif tag is not None and tag.other:
        _guess(index, line, found)
        line.turn = Turn.OTHER
    elif line.kind is LineKind.IMAGINED:
        line.speaker = _who_thinks(index, sentence.start, line.outer_start)
    elif previous is not None and previous.outer_end > paragraph.start:
        _go_on(doc, pack, index, line, previous, found)
    else:
        _open_paragraph(doc, pack, index, line, paragraph, found)


def _is_by_name(doc: Document, mention: Mention) -> bool:
    """Whether somebody is mentioned by a name of theirs."""
    if mention.pronoun or not mention.sure or mention.person is None:
        return False
    names = {word for core in mention.person.names for word in core}
    return any(w.text[: w.bare] in names for w in doc.words_in(mention.start, mention.end))


def takes_up(doc: Document, line: Spoken, start: int) -> bool:
    """Whether the words at ``start`` go on with a line that a tag has broken off at a comma."""
    text = doc.text
    return (
        text[line.end - 1] == ","
        and text[start].islower()
        and start - line.outer_end < _BROKEN
        and "\n" not in text[line.outer_end : start]
    )


_BROKEN = 160


def _is_one(tag: Tag | None, line: Spoken) -> bool:
    """Whether what stands between two pieces of speech is one tag, and so one speaker."""
    return tag is None or line.tag is None or tag.start == line.tag[0]


def _told_speaker(
    doc: Document, line: Spoken, tag: Tag, subject: Mention, previous: Spoken | None
) -> Person | None:
    """The person a tag means; a pronoun never one whom the line calls, nor the one it answers."""
    if not subject.pronoun:
        return subject.person
    reads = tag.verb is not None and "reading_verbs" in tag.verb.verb_kinds
    barred: list[Person | None] = [] if reads else list(line.barred)
    if previous is not None and _is_answer(doc, line, tag, previous):
        barred.append(previous.speaker)
    people = (*_called_to_answer(line, subject, previous), subject.person, *subject.rivals)
    return next((p for p in people if p is not None and p not in barred), None)


def _called_to_answer(
    line: Spoken, subject: Mention, previous: Spoken | None
) -> tuple[Person, ...]:
    """Whom the line right before calls, where the pronoun can mean them and not its speaker."""
    if previous is None or line.outer_start - previous.outer_end > _BREATH:
        return ()
    if previous.speaker is None or previous.speaker.gender == subject.gender:
        return ()
    fits = [p for p in previous.called if p.gender in (None, subject.gender)]
    return (fits[0],) if len(fits) == 1 and fits[0] is not previous.speaker else ()


def _is_answer(doc: Document, line: Spoken, tag: Tag, previous: Spoken) -> bool:
    """Whether a line answers the one before it, and so is somebody else's."""
    if previous.speaker is None or line.outer_start - previous.outer_end > _APART:
        return False
    if doc.text[previous.end - 1] not in "?？.!":
        return False
    return tag.verb is not None and "reply_verbs" in tag.verb.verb_kinds


def _who_thinks(index: MentionIndex, sentence_start: int, offset: int) -> Person | None:
    """Whoever is mentioned last before words that nobody says, but hardly as an object."""
    near = [m for m in index.before(offset, since=sentence_start) if m.person is not None]
    if near:
        return next((m for m in near if m.role is not Role.OBJECT), near[0]).person
    subject = index.subject_before(sentence_start)
    return subject.person if subject else None


def _go_on(
    doc: Document,
    pack: LanguagePack,
    index: MentionIndex,
    line: Spoken,
    previous: Spoken,
    found: list[Spoken],
) -> None:
    """A line without a tag behind another in its paragraph."""
    if line.adjacent:
        line.turn = Turn.OTHER
        _guess(index, line, found)
        return
    start = previous.outer_end
    if previous.tag and previous.tag[1] > start:
        start = clause_end(doc, previous.tag[1] - 1, line.outer_start)
    actor = index.last_subject_in(start, line.outer_start)
    if actor is not None:
        _speak_behind(doc, pack, index, line, actor)
        return
    line.speaker = previous.speaker
    line.candidates = list(previous.candidates)
    asked = doc.text[previous.end - 1] in "?？" or _is_elliptic(doc, line)
    asked = asked and previous.tag is not None and line.outer_start - previous.outer_end < _BREATH
    line.turn = Turn.ANSWER if asked else Turn.SAME
    if asked and _answers(doc, line, previous):
        line.turn = Turn.OTHER


def _answers(doc: Document, line: Spoken, question: Spoken) -> bool:
    """Whether a line takes up the subject of a question: "Is he in?", "He never is."."""
    asking = doc.words_in(question.start, question.end)[:2]
    replying = next(iter(doc.words_in(line.start, line.end)), None)
    if len(asking) < len(_ASKING) or replying is None or not asking[0].kinds & _INVERTED:
        return False
    if "audience_words" in asking[1].kinds:
        return "first_person" in replying.kinds
    return "pronoun_subjects" in asking[1].kinds and asking[1].folded == replying.folded


_ASKING = ("verb", "subject")
_INVERTED = frozenset({"copulas", "auxiliaries", "modals"})


def _is_elliptic(doc: Document, line: Spoken) -> bool:
    """Whether a line asks back in a few words without a verb ("For whom?")."""
    words = doc.words_in(line.start, line.end)
    return (
        doc.text[line.end - 1] in "?？"
        and len(words) <= _FEW
        and not any(w.kinds & _CLAUSAL or w.form in ("third", "past") for w in words)
    )


_FEW = 4
_CLAUSAL = frozenset({"copulas", "auxiliaries", "modals", "pronoun_subjects", "audience_words"})


def _speak_behind(
    doc: Document, pack: LanguagePack, index: MentionIndex, line: Spoken, actor: Mention
) -> None:
    """Whoever acts before a line speaks it, unless their speech was told there: then the other."""
    teller = _teller(doc, pack, index, actor, line.outer_start)
    if teller is None:
        line.speaker = actor.person
        return
    barred = (teller.person, *line.barred)
    for mention in index.before(line.outer_start, since=line.outer_start - _APART):
        if mention.person is not None and mention.person not in barred:
            line.speaker = mention.person
            return


def _teller(
    doc: Document, pack: LanguagePack, index: MentionIndex, actor: Mention, offset: int
) -> Mention | None:
    """Whose speech the actor's sentence tells without quoting it, which ends that turn."""
    if doc.text[max(0, offset - 2) : offset].rstrip()[-1:] in _LEADING:
        return None
    sentence = doc.sentences[actor.sentence]
    start, end = max(sentence.start, actor.start - _APART), min(sentence.end, offset)
    words = doc.words_in(start, end)
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word.form in (None, "plain", "ing") or doc.is_quoted(word.start):
            continue
        if at == len(words) - 1 and "reply_verbs" in word.verb_kinds:
            return None
        behind = words[at + 1].kinds if at + 1 < len(words) else frozenset()
        if "telling_verbs" in word.verb_kinds and "neuter" not in behind:
            return index.last_subject_in(start, word.start)
        if "speech_verbs" in word.verb_kinds and "reporting_links" in behind:
            return index.last_subject_in(start, word.start)
    if pack.has("tells_indirectly", doc.text, start, end):
        return index.subject_in(start, end)
    return None


_LEADING = (":", ",", "：")


def _open_paragraph(
    doc: Document,
    pack: LanguagePack,
    index: MentionIndex,
    line: Spoken,
    paragraph: Paragraph,
    found: list[Spoken],
) -> None:
    """The first line of a paragraph, without a tag."""
    before = doc.text[paragraph.start : line.outer_start]
    actor = index.last_subject_in(paragraph.start, line.outer_start)
    if actor is not None and before.strip():
        _speak_behind(doc, pack, index, line, actor)
        return
    after = index.subject_in(line.outer_end, min(paragraph.end, line.outer_end + TAG_REACH))
    if after is not None and after.start - line.outer_end < _RIGHT_BEHIND:
        line.speaker = after.person
        return
    _guess(index, line, found)
    alone = not before.strip(" \t—–") and not doc.text[line.outer_end : paragraph.end].strip()
    if alone and found and line.outer_start - found[-1].outer_end < _APART:
        line.turn = Turn.OTHER


def _guess(index: MentionIndex, line: Spoken, found: list[Spoken]) -> None:
    """Nobody is told: keep the likeliest as candidates."""
    line.speaker = None
    near = [f.speaker for f in reversed(found[-_RECENT_LINES:])]
    near += [m.person for m in islice(index.before(line.outer_start), _RECENT_MENTIONS)]
    people = dict.fromkeys(p for p in near if p is not None and p not in line.barred)
    line.candidates = list(people)[:_MOST_CANDIDATES]


def heed_introduction(doc: Document, pack: LanguagePack, line: Spoken, index: MentionIndex) -> None:
    """Who says "I'm Priya" is Priya."""
    for pattern in pack.patterns.get("introduces", ()):
        match = pattern.match(doc.text, line.start, line.end)
        person = index.named(match.group("name")) if match else None
        if person is not None:
            line.speaker = person


def sung_line(
    doc: Document, index: MentionIndex, mark: Mark, block: Paragraph, found: list[Spoken]
) -> Spoken:
    """A line of verse: whoever acts last before the verse sings it."""
    line = Spoken(mark.start, mark.end, mark.outer_start, mark.outer_end, LineKind.SPOKEN)
    previous = found[-1] if found else None
    if previous is not None and not doc.text[previous.outer_end : mark.outer_start].strip(" \t\n>"):
        line.speaker = previous.speaker
        return line
    before = doc.sentence_at(max(0, block.start - 3))
    subject = index.subject_in(before.start, before.end)
    line.speaker = subject.person if subject else None
    return line
