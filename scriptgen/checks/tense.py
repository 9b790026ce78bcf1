"""Whether the action stands in the present tense."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject
    from scriptgen.language import LanguagePack
    from scriptgen.report import Finding

_MOST = 7
"""Words that a subject takes up at most before its verb."""

_WORDS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|[^\w\s]")


def tense(subject: Subject) -> Iterator[Finding]:
    """Warn of each sentence of action whose main verb is in the past tense.

    Perfect forms and participles are free ("He has left", "a door painted green"), and so are
    clauses that hang on another ("the chair where she sat"). What another rule tells of is not
    told of twice.
    """
    pack = subject.pack
    if pack is None or pack.lexicon is None:
        return
    told = {said for those in subject.faults.values() for said in those}
    for said in subject.sentences:
        if said not in told and is_past(said.plain, pack):
            yield subject.slip(
                said,
                "W_TENSE",
                "action is told in the present tense: what is on the screen happens now",
            )


def is_past(plain: str, pack: LanguagePack) -> bool:
    """Whether the main verb of a sentence is surely in the past tense."""
    lexicon = pack.lexicon
    if lexicon is None:
        return False
    words = _WORDS.findall(plain)
    low = [word.lower() for word in words]
    start = 0
    while start < len(low) and _leads(low[start], pack):
        start += 1
    if start < len(low) and pack.is_word("nominatives", low[start]):
        return _after_pronoun(low, start, pack)
    if start < len(low) and (_hangs(low[start], pack) or _is_short(low[start])):
        return False
    for at in range(start + 1, min(start + _MOST, len(low))):
        word = low[at]
        if not word[0].isalpha() or _hangs(word, pack) or _is_short(word):
            return False
        if words[at][0].isupper() or (lexicon.closed(word) and not pack.is_word("past_only", word)):
            continue
        if pack.is_word("past_only", word):
            return True
        form = lexicon.verb_form(word)
        if form == "third":
            return False
        if form == "both" and not lexicon.nouns(word) and _acts_on(low, at, pack):
            return True
    return False


def _hangs(word: str, pack: LanguagePack) -> bool:
    return pack.is_word("hangs_on", word) or pack.is_word("nominatives", word)


def _is_short(word: str) -> bool:
    """Whether a verb hangs on a word, as in "they've"."""
    return "'" in word and not word.endswith("n't")


def _leads(word: str, pack: LanguagePack) -> bool:
    return pack.is_word("sentence_openers", word)


def _after_pronoun(low: list[str], start: int, pack: LanguagePack) -> bool:
    lexicon = pack.lexicon
    for at in range(start + 1, min(start + 4, len(low))):
        word = low[at]
        if lexicon is None or not word[0].isalpha():
            return False
        if pack.is_word("past_only", word):
            return True
        form = lexicon.verb_form(word)
        if form in ("past", "both") and not pack.is_word("modals", word):
            unchanged = lexicon.lemma(word, "verb") == word
            return not unchanged or pack.is_word("pronoun_singulars", low[start])
        if not (word.endswith("ly") or pack.is_word("sentence_openers", word)):
            return False
    return False


def _acts_on(low: list[str], at: int, pack: LanguagePack) -> bool:
    """Whether a form that may be a participle is none: it has an object, or never takes one."""
    lexicon = pack.lexicon
    lemma = lexicon.lemma(low[at], "verb") if lexicon else None
    ahead = low[at + 1] if at + 1 < len(low) else "."
    if lemma is None:
        return False
    if pack.is_word("giving_verbs", lemma):
        return pack.is_word("object_pronouns", ahead)
    if pack.is_word("never_passive", lemma):
        return not ahead[0].isalpha() or (lexicon is not None and lexicon.closed(ahead))
    return pack.is_word("object_openers", ahead)
