"""Why a claim is dropped."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType


class Reason(StrEnum):
    """What keeps a claim out of the brief."""

    MALFORMED = "malformed"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    NOT_FOUND = "not_found"
    SPREAD = "spread"
    AMBIGUOUS = "ambiguous"
    NOT_IN_QUOTE = "not_in_quote"
    NOT_A_NAME = "not_a_name"
    UNKNOWN_ID = "unknown_id"
    NOT_A_VALUE = "not_a_value"
    KNOWN = "known"
    CONTRADICTS = "contradicts"
    TAGGED = "tagged"
    READ = "read"
    COMMENTARY = "commentary"
    OVERLAPS = "overlaps"
    NOT_SET_APART = "not_set_apart"
    NOT_A_QUESTION = "not_a_question"
    FAR = "far"
    UNLINKED = "unlinked"


TOLD = MappingProxyType(
    {
        Reason.MALFORMED: "the claim lacks a part, or has one of the wrong kind",
        Reason.TOO_MANY: "more claims than one essay can bear",
        Reason.TOO_LONG: "the quote is too long",
        Reason.TOO_SHORT: "the quote is too short to be found other than exactly",
        Reason.NOT_FOUND: "the quote is not in the essay",
        Reason.SPREAD: "the quote is put together from several places",
        Reason.AMBIGUOUS: "the quote stands in several places",
        Reason.NOT_IN_QUOTE: "the name is not in the quote as the essay writes it",
        Reason.NOT_A_NAME: "the words name nobody and nothing",
        Reason.UNKNOWN_ID: "the brief has nothing of that id or name",
        Reason.NOT_A_VALUE: "the value is none of those to choose from",
        Reason.KNOWN: "the brief says so already",
        Reason.CONTRADICTS: "an earlier claim says otherwise",
        Reason.TAGGED: "the essay names the speaker beside the line",
        Reason.READ: "the essay says otherwise",
        Reason.COMMENTARY: "the words are about the drama, not in it",
        Reason.OVERLAPS: "the words are something else in the brief",
        Reason.NOT_SET_APART: "the words are not set apart as speech",
        Reason.NOT_A_QUESTION: "the words ask nothing",
        Reason.FAR: "the quote stands too far from what it is about",
        Reason.UNLINKED: "the quote does not show that the two are one",
    }
)
"""Each reason in words."""
