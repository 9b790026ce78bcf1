"""Which words a pattern cannot do without."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scriptgen.catalog import language_pack, pattern_entries
from scriptgen.parser.sentences import read_document
from scriptgen.patterns import PatternGroup, Search
from scriptgen.triggers import first_words, folded, needed_words

WORD = re.compile(r"[^\W_]+")
SEARCHES = [Search(entry.regex) for entry in pattern_entries("en")]
EXAMPLES = sorted({text for entry in pattern_entries("en") for text in entry.matches})


def words_of(text: str) -> list[str]:
    return [folded(word) for word in WORD.findall(text)]


@pytest.mark.parametrize(
    ("regex", "needed"),
    [
        (r"\bsmash cut\b", {"smash"}),
        (r"\b(?:the|a) lantern\b", {"lantern"}),
        (r"\bwhispers? (?:him|her)\b", {"whisper", "whispers"}),
        (r"\b(?:in the final shot|[A-Z]\w+ returns)\b", {"final", "returns"}),
        (r"\s(?=because\b)", {"because"}),
        (r"\bisn[\u2019']t\b", {"isn"}),
        (r"\bhapp\w+", None),
        (r"lantern", None),
        (r"(?:lantern )?", None),
        (r"\b(?:lantern|\d+)\b", None),
        (r"(?:\blantern\b)?\s\blamp\b", {"lamp"}),
        (r"\b(?:ha)+\b", None),
        (r"\blan\Btern lamp\b", {"lamp"}),
        (r"(?a)\blantern\b", None),
        (r"\b(\w+) \1 lantern\b", {"lantern"}),
        (r"\b(?:[abcd][abcd][abcd][abcd][abcd][abcd]) lamp\b", {"lamp"}),
    ],
)
def test_the_rarest_words_of_a_pattern_are_told(regex: str, needed: set[str] | None) -> None:
    assert needed_words(re.compile(regex)) == needed


@pytest.mark.parametrize(
    ("regex", "first"),
    [
        (r"^(?:and |then,? )?smash cut\b", {"and", "then", "smash"}),
        (r"^(?:(?:And|But),? )*(?:now|Then)\b", {"and", "but", "now", "then"}),
        (r"^[“\"]?not\b", {"not"}),
        (r"^\w+ly\b", None),
        (r"^[^?]+\?", None),
        (r"^(?:and )?", None),
        (r"^like", None),
    ],
)
def test_the_first_words_of_a_pattern_are_told(regex: str, first: set[str] | None) -> None:
    assert first_words(re.compile(regex)) == first


def agrees(search: Search, text: str) -> bool:
    """Whether no text is passed over in which the pattern is found."""
    words = words_of(text)
    found = search.pattern.search(text) is None or search.may_match(frozenset(words))
    begun = search.pattern.match(text) is None or search.may_begin(words[0] if words else "")
    return found and begun


def test_no_pattern_passes_over_an_example() -> None:
    wrong = [
        (search.pattern.pattern, text)
        for search in SEARCHES
        for text in EXAMPLES
        if not agrees(search, text)
    ]
    assert wrong == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=3).map(" ".join),
    st.sampled_from(["lower", "upper", "title", "swapcase"]),
    st.text(max_size=3),
)
def test_no_pattern_passes_over_what_it_would_find(text: str, case: str, more: str) -> None:
    text = getattr(text, case)() + more
    assert [search.pattern.pattern for search in SEARCHES if not agrees(search, text)] == []


def test_the_patterns_of_a_name_are_asked_as_one() -> None:
    group = PatternGroup((re.compile(r"\blantern\b"), re.compile(r"\bLAMP\b", re.IGNORECASE)))
    assert group.needed == frozenset({"lantern", "lamp"})
    assert group.pattern.search("a lamp")
    assert not group.pattern.search("a LANTERN")
    assert PatternGroup(()).pattern.search("anything") is None


@pytest.mark.parametrize("name", ["unheard", "reported", "naming", "theme"])
def test_a_pattern_sought_in_every_sentence_needs_a_word(name: str) -> None:
    loose = [p.pattern for p in language_pack("en").patterns[name] if not needed_words(p)]
    assert loose == [], "end each way through the pattern with a blank, a mark or \\b"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=3).map(" ".join))
def test_trying_a_pattern_where_its_words_stand_finds_the_same(text: str) -> None:
    doc = read_document(text, language_pack("en"))
    for search in SEARCHES:
        found = [match.span() for match in doc.matches(search, 0, len(text))]
        assert found == [m.span() for m in search.pattern.finditer(text) if m.group()], search
