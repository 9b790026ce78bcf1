"""Speech tags: the verb of speech beside a line, whose it is, and how the line is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.parser.apart import CLOSING
from scriptgen.parser.descriptions import PEOPLE_LISTS
from scriptgen.parser.kinds import put_in
from scriptgen.parser.mentions import Role
from scriptgen.parser.speaking import noun_phrase
from scriptgen.parser.voices import bearer_before, revealed_owner
from scriptgen.parser.words import PERSON_CLASSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.apart import Apart
    from scriptgen.parser.mentions import Mention, MentionIndex
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word


@dataclass(frozen=True, slots=True)
class Tag:
    """``[start, end)`` says who speaks: by ``verb``, somebody named, or both.

    ``voiceless``: the subject is a face, a look or a silence; ``unknown``: words beside the verb
    name somebody who is not among the people; ``other``: they mean the other of two.
    """

    verb: Word | None
    subject: Mention | None
    voiceless: bool
    start: int
    end: int
    unknown: bool = False
    other: bool = False


TAG_REACH = 90
_INVERTED = 24
_NEW_SENTENCE, _SAME_SENTENCE = 4, 8
_NEAR_VERB, _NEAR_SUBJECT = 8, 6
_FULL_STOPS = ".!?…"
_CLAUSE_ENDS = ".;:!?…\n"


def find_tag(doc: Document, pack: LanguagePack, index: MentionIndex, apart: Apart) -> Tag | None:
    """What says who speaks: right behind the line, else right before it."""
    if not pack.known:
        return _tag_by_name(doc, index, apart)
    return _tag_after(doc, index, apart) or _tag_before(doc, pack, index, apart)


def clause_end(doc: Document, start: int, limit: int) -> int:
    """Where the clause that begins at ``start`` ends, at ``limit`` at the latest."""
    text = doc.text
    for at in range(start + 1, limit):
        if text[at] in _CLAUSE_ENDS and not _abbreviates(text, at):
            return at
    return limit


def _abbreviates(text: str, at: int) -> bool:
    """Whether a full stop belongs to a title or an initial: ``Mr. Osei``."""
    return (
        text[at] == "."
        and text[at + 1 : at + 3].strip()[:1].isupper()
        and text[at - 2 : at].istitle()
    )


def _denied(words: Sequence[Word]) -> bool:
    """Whether what follows is not done: "Ruth does not answer"."""
    return any("negations" in word.kinds for word in words)


def _tag_after(doc: Document, index: MentionIndex, apart: Apart) -> Tag | None:
    """``says Idris`` or ``she answers`` right behind the mark."""
    mark, text = apart.mark, doc.text
    start = mark.outer_end
    end = clause_end(doc, start, min(apart.behind, start + TAG_REACH))
    words = doc.words_in(start, end)
    if not words or "joining" in words[0].kinds:
        return None
    anew = words[0].capital and text[mark.end - 1] in _FULL_STOPS
    if anew and end == apart.behind and text[start:end].rstrip().endswith((",", ":")):
        return None
    for at, word in enumerate(words[: _NEW_SENTENCE if anew else _SAME_SENTENCE]):
        if "speech_verbs" not in word.verb_kinds:
            continue
        if anew and ("weak_speech_verbs" in word.verb_kinds or _denied(words[: at + 2])):
            return None
        if anew and text[mark.end - 1] == "?" and "reply_verbs" in word.verb_kinds:
            return None
        if anew and any("reporting_links" in w.kinds for w in words[at + 1 : at + 3]):
            return None
        subject = _subject_beside(doc, index, word, start, end)
        inverted = at == 0 and subject is None and _is_a_things(doc, words[1:4])
        voiceless = inverted or _thing_speaks(words[:at])
        if subject is None and anew and not voiceless:
            return None
        if subject is None and voiceless:
            owners = index.within(start, end if inverted else word.start)
            subject = next(iter(owners), None)
        elif subject is None:
            if at == 0 and _leads_on(text, words, apart.behind):
                return None
            return _tag_of_stranger(doc, index, apart, words, at)
        return Tag(word, subject, voiceless, word.start, word.end)
    return None if anew else _tag_of_deed(index, apart, words)


def _leads_on(text: str, words: Sequence[Word], behind: int) -> bool:
    """Whether a lone verb leads to what is set apart next: ``whom they call "Ace," says, "…"``."""
    return len(words) == 1 and text[words[0].end : behind].strip() in _LEADS


_LEADS = (",", ":")


def _tag_of_stranger(
    doc: Document, index: MentionIndex, apart: Apart, words: Sequence[Word], at: int
) -> Tag | None:
    """A verb of speech whose subject is nobody of the cast: "says the other", "a voice calls"."""
    verb, start = words[at], apart.mark.outer_end
    phrase = words[1:4] if at == 0 else words[:at]
    if any("voices" in word.kinds for word in phrase):
        end = min(apart.behind, doc.sentence_at(verb.start).end, verb.end + TAG_REACH)
        owner = revealed_owner(doc, index, verb.end, end)
        if owner is not None:
            return Tag(verb, owner, voiceless=False, start=verb.start, end=verb.end)
    bare = not doc.text[start : words[0].start].strip(" *_")
    if at == 1 and bare and "neuter" in words[0].kinds and not words[0].capital:
        return _tag_of_thing(doc, index, apart, words[0], verb)
    if at == 1 and bare and words[0].kinds & _NOBODY:
        return Tag(verb, None, voiceless=False, start=verb.start, end=verb.end, unknown=True)
    thing = noun_phrase(phrase, doc)
    bearer = bearer_before(doc, index, thing[-1]) if bare and thing else None
    if bearer is not None:
        return Tag(verb, bearer, voiceless=False, start=verb.start, end=verb.end)
    named = bare and bool(phrase) and "determiners" in phrase[0].kinds
    if at and not (named and len(noun_phrase(words, doc)) == at):
        other = bare and _is_other(words[:at])
        return (
            Tag(verb, None, voiceless=False, start=verb.start, end=verb.end, other=True)
            if other
            else None
        )
    return Tag(
        verb,
        None,
        voiceless=False,
        start=verb.start,
        end=verb.end,
        unknown=named,
        other=_is_other(phrase),
    )


_NOBODY = frozenset({"neuter", "indefinites"})


def _is_other(words: Sequence[Word]) -> bool:
    """Whether a phrase is "the other", with or without a noun."""
    return any("others" in word.kinds for word in words[:2])


def _tag_of_deed(index: MentionIndex, apart: Apart, words: Sequence[Word]) -> Tag | None:
    """Any verb beside its subject right behind a line: "she begins", "bawls Ruth"."""
    if len(words) < _SUBJECT_AND_VERB or _is_a_title(apart.words):
        return None
    first, behind = words[0], index.within(words[0].end, words[0].end + 2)
    if behind and not first.capital and _is_finite(first) and "copulas" not in first.kinds:
        return Tag(first, behind[0], voiceless=False, start=first.start, end=first.end)
    if not apart.words.rstrip(CLOSING).endswith(","):
        return None
    start = apart.mark.outer_end
    subject = next(iter(index.within(start, words[0].start + 1)), None)
    if subject is None or subject.role is not Role.SUBJECT:
        return None
    verb = next((w for w in words[1:] if w.start > subject.end), None)
    if verb is None or verb.start > subject.end + 1 or not _is_finite(verb):
        return None
    return Tag(verb, subject, voiceless=False, start=verb.start, end=verb.end)


_SUBJECT_AND_VERB = 2


def _is_a_title(words: str) -> bool:
    """Whether several words are all capitalised."""
    cased = words.split()
    return len(cased) > 1 and not any(word[0].islower() for word in cased)


def _is_finite(word: Word) -> bool:
    return "copulas" in word.kinds or (word.form in ("third", "past", "both") and not word.closed)


def _is_a_things(doc: Document, words: Sequence[Word]) -> bool:
    """Whether a thing is said to speak ("says the tremor in his wig").

    A thing alone stands for whoever wears it or is hidden there ("says the apron").
    """
    if not words or "determiners" not in words[0].kinds:
        return False
    at = next((at for at, word in enumerate(words) if at and word.nouns), None)
    while at is not None and at + 1 < len(words) and words[at].adjective and words[at + 1].nouns:
        at += 1
    if at is None:
        return False
    head = words[at]
    if "voiceless" not in head.kinds and doc.text[head.end : head.end + 1] in _PHRASE_ENDS:
        return False
    if "body_parts" in head.kinds and "voices" not in head.kinds:
        return True
    return not (
        head.capital
        or "voices" in head.kinds
        or head.nouns & PERSON_CLASSES
        or head.kinds & PEOPLE_LISTS
    )


_PHRASE_ENDS = ("", ".", ",", ";", ":", "!", "?")


def _subject_beside(
    doc: Document, index: MentionIndex, verb: Word, start: int, end: int
) -> Mention | None:
    """The nearest before a verb of speech, else right behind it ("says Idris")."""
    mentions = [
        m for m in index.within(start, end) if m.role is not Role.OWNER or _own_voice(doc, m)
    ]
    ahead = [m for m in mentions if m.start < verb.start]
    if ahead:
        return ahead[-1]
    behind = next((m for m in mentions if m.start > verb.start), None)
    if behind is None or behind.start - verb.end >= _INVERTED:
        return None
    between = doc.words_in(verb.end, behind.start)
    return behind if behind.pronoun <= all(w.adverb for w in between) else None


def _own_voice(doc: Document, mention: Mention) -> bool:
    """Whether it is somebody's voice that speaks ("says Uncle Ikenna's voice")."""
    following = doc.words_in(mention.end + 1, mention.end + 24)
    return any("voices" in w.kinds for w in following[:2])


def _tag_by_name(doc: Document, index: MentionIndex, apart: Apart) -> Tag | None:
    """In a language without a pack: somebody named right behind the line, or right before it."""
    start, left = apart.mark.outer_end, apart.left
    end = clause_end(doc, start, min(apart.behind, start + TAG_REACH))
    named = next((m for m in index.within(start, end) if m.person is not None), None)
    if named is None and apart.before.rstrip().endswith((":", "：", ",", "，")):
        before = [m for m in index.within(left, apart.mark.outer_start) if m.person is not None]
        named = before[-1] if before else None
    return Tag(None, named, voiceless=False, start=start, end=end) if named else None


def _tag_before(doc: Document, pack: LanguagePack, index: MentionIndex, apart: Apart) -> Tag | None:
    """``he goes,`` or ``she asks:`` right before the mark."""
    stripped = apart.before.rstrip()
    words = doc.words_in(apart.left, apart.mark.outer_start)
    if not words or stripped[-1] in _FULL_STOPS:
        return None
    words = words[: len(words) - len(put_in(doc, words))]
    verb = _leading_verb(pack, words, stripped) or _verb_with_voice(words)
    if verb is None:
        return _tag_of_voice(doc, index, words) if stripped[-1] in ":," else None
    clause = _last_clause(doc, [w for w in words if w.start < verb.start])
    if clause and "neuter" in clause[-1].kinds and "speech_verbs" in verb.verb_kinds:
        return _tag_of_thing(doc, index, apart, clause[-1], verb)
    voiceless = _thing_speaks(clause)
    subject = None
    if voiceless:
        owners = index.within(clause[0].start, verb.start)
        subject = owners[-1] if owners else None
    voice = next((w for w in words if "voices" in w.kinds), None)
    if subject is None and voice is not None:
        subject = revealed_owner(doc, index, voice.end, words[-1].end)
    if subject is None and _has_strange_subject(doc, index, words, verb):
        return Tag(verb, None, voiceless=voiceless, start=verb.start, end=verb.end, unknown=True)
    if subject is None:
        subject = _subject_ahead(index, apart.left, verb, apart.mark.outer_start)
    return Tag(verb, subject, voiceless, verb.start, verb.end)


def _has_strange_subject(
    doc: Document, index: MentionIndex, words: Sequence[Word], verb: Word
) -> bool:
    """Whether a noun phrase that means nobody of the cast opens the clause of a verb of speech."""
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word.start >= verb.start or word.capital:
            continue
        if "indefinites" in word.kinds and (not at or "coordinators" in words[at - 1].kinds):
            return True
        phrase = noun_phrase(words[at:], doc)
        if not phrase or phrase[-1].end > verb.start:
            continue
        behind = [w for w in words[at + len(phrase) :] if w.start < verb.start]
        opens = not at or "coordinators" in words[at - 1].kinds
        plain = all("copulas" in w.kinds or "auxiliaries" in w.kinds or w.adverb for w in behind)
        return opens and plain and not index.within(word.start, verb.start)
    return False


def _tag_of_thing(doc: Document, index: MentionIndex, apart: Apart, thing: Word, verb: Word) -> Tag:
    """Who says what "it says": a face of the sentence before, else nobody known (a letter)."""
    sentence = doc.sentence_at(thing.start)
    before = doc.sentences[max(0, sentence.index - 1)]
    face = next((w for w in doc.words_in(before.start, before.end) if "voiceless" in w.kinds), None)
    if face is None or before.paragraph != apart.sentence.paragraph:
        return Tag(verb, None, voiceless=False, start=verb.start, end=verb.end, unknown=True)
    owner = next(iter(index.before(face.start, since=before.start)), None)
    return Tag(verb, owner, voiceless=True, start=verb.start, end=verb.end)


def _tag_of_voice(doc: Document, index: MentionIndex, words: Sequence[Word]) -> Tag | None:
    """A voice that leads to a line speaks for its owner ("comes the voice of the cook: …")."""
    voice = next((w for w in words if w.kinds & _UTTERED), None)
    if voice is None:
        return None
    behind = next(iter(index.within(voice.end, voice.end + _VOICE_REACH)), None)
    before = next(iter(index.before(voice.start, since=voice.start - _VOICE_REACH)), None)
    owner: Mention | None = revealed_owner(doc, index, voice.end, words[-1].end)
    if owner is not None:
        return Tag(None, owner, voiceless=False, start=voice.start, end=voice.end)
    if before is not None and before.role is Role.OWNER:
        owner = before
    elif behind is not None and "noun_links" in doc.words[doc.word_index(voice.end)].kinds:
        owner = behind
    else:
        return None
    return Tag(None, owner, voiceless=False, start=voice.start, end=voice.end)


def _verb_with_voice(words: Sequence[Word]) -> Word | None:
    """The verb of speech with the voice it is done in ("she says, in the voice of a judge,")."""
    for verb, following, *phrase in zip(words, words[1:], words[2:], words[3:], strict=False):
        if "speech_verbs" in verb.verb_kinds and "prepositions" in following.kinds:
            return verb if any("voices" in word.kinds for word in phrase) else None
    return None


_VOICE_REACH = 24
_UTTERED = frozenset({"voices", "utterances"})


def _leading_verb(pack: LanguagePack, words: Sequence[Word], lead: str) -> Word | None:
    """The verb of speech that leads to a line, or the word that does instead ("and he's like")."""
    leads = pack.has("speech_lead", lead)
    near = [w for w in words[-_NEAR_VERB:] if "speech_verbs" in w.verb_kinds]
    if not near:
        return words[-1] if leads else None
    verb, joined = near[-1], lead[-1] in ",:—"
    if verb is not words[-1] and not (joined or leads):
        return None
    return verb if joined or leads or "weak_speech_verbs" not in verb.verb_kinds else None


def _subject_ahead(index: MentionIndex, left: int, verb: Word, right: int) -> Mention | None:
    """Whose the verb is: the last subject before it, the first behind it, or whoever is near.

    An owner comes last ("What leaves his mouth is: …").
    """
    owners = index.within(left, verb.start)
    ahead = [m for m in owners if m.role is not Role.OWNER]
    subject = next((m for m in reversed(ahead) if m.role is Role.SUBJECT), None)
    if subject is None:
        behind = index.within(verb.end, right)
        subject = next((m for m in behind if m.role is Role.SUBJECT), None)
    if subject is None and owners:
        subject = (ahead or owners)[-1]
    return subject or next(iter(index.before(verb.start, since=verb.start - _QUOTED_NAME)), None)


_QUOTED_NAME = 24


def _last_clause(doc: Document, words: Sequence[Word]) -> Sequence[Word]:
    for at in range(len(words) - 1, 0, -1):
        gap = doc.text[words[at - 1].end : words[at].start]
        if any(c in gap for c in ",;:—–"):
            return words[at:]
    return words


def _thing_speaks(words: Sequence[Word]) -> bool:
    """Whether the subject of a verb of speech has no voice: a face, a look, a silence."""
    return any("voiceless" in w.kinds for w in words[-_NEAR_SUBJECT:])
