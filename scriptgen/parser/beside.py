"""What stands beside a description, and tells whether it points at somebody or brings them on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.parser.appearances import OWNER_MARKS

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.parser.appearances import Appearance
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.stage import Entry

COMMA = 2
_GOES_ON = frozenset({"tail_openers", "relatives"})
_ENDS_APPOSED = frozenset(",.;:—)")
_SAID_OF = frozenset({"pronoun_subjects", "demonstratives", "relatives"})


def is_apposed(doc: Document, item: Appearance) -> bool:
    """Whether a comma stands on both sides, or more words behind that tell who is meant."""
    text = doc.text
    if text[item.start - COMMA : item.start] != ", ":
        return False
    return text[item.end : item.end + 1] in _ENDS_APPOSED or goes_on(doc, item)


def is_introduced(doc: Document, pack: LanguagePack, item: Appearance) -> bool:
    """Whether what stands beside it tells who is meant, or brings somebody on."""
    words, text = doc.words, doc.text
    at, behind = doc.word_index(item.start), doc.word_index(item.end)
    if words[behind - 1].capital:
        return True
    if at and "noun_links" in words[at - 1].kinds:
        return True
    if behind + 1 >= len(words):
        return False
    gap, following = text[item.end : words[behind].start], words[behind]
    if gap == ", ":
        return following.capital or "indefinite_articles" in following.kinds
    comes = gap == " " and "arriving_verbs" in following.verb_kinds
    return comes and not pack.is_word("comers", words[behind - 1].folded)


def goes_on(doc: Document, item: Appearance) -> bool:
    """Whether more words say who is meant ("the clerk from upstairs")."""
    at = doc.word_index(item.end)
    if at >= len(doc.words):
        return False
    word = doc.words[at]
    return bool(word.kinds & _GOES_ON) and doc.text[item.end : word.start] == " "


def is_anybody(doc: Document, item: Appearance) -> bool:
    """Whether it is the owner of something, of whom nothing is known: "a stranger's child"."""
    description = item.description
    if description is None or description.definite:
        return False
    return doc.text[item.end : item.end + 1] in OWNER_MARKS


def is_equated(doc: Document, item: Appearance, last: Entry) -> bool:
    """Whether the one mentioned last is said to be so: "The clerk is a tall woman"."""
    words = doc.words
    at = doc.word_index(item.start) - 1
    if at < 1 or "copulas" not in words[at].kinds or words[at - 1].kinds & _SAID_OF:
        return False
    return doc.text[last.end : words[at].start] == " "


def is_said_to_be(doc: Document, item: Appearance, last: Entry | None) -> bool:
    """Whether "she is" stands before it: what somebody is said to be is nobody on stage."""
    words = doc.words
    at = doc.word_index(item.start) - 1
    if at < 1 or "copulas" not in words[at].kinds:
        return False
    if doc.text[words[at].end : item.start] != " ":
        return False
    return (
        "demonstratives" in words[at].kinds
        or bool(words[at - 1].kinds & _SAID_OF)
        or (last is not None and last.end == words[at - 1].bare_end)
    )
