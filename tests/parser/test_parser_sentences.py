"""Paragraphs, sentences and words."""

from __future__ import annotations

import pytest
from reading_essays import ENGLISH, document, sentences

from scriptgen.parser.sentences import Block
from scriptgen.parser.words import read_words


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Osei meets Dr. Haddad at St. Brannoc.",
        "J. K. Adeyemi signs the form.",
        "She waits… and waits.",
        "“Is it late? Is it?” she asks.",
        "The fare is 3.50 now.",
        "He stops at 5 p.m. by the gate.",
        "Nothing ends it",
        "Sit!—no, stand.",
    ],
)
def test_what_ends_no_sentence_leaves_it_whole(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("She sits. He stands.", ["She sits.", "He stands."]),
        ("Sit! Why? So.", ["Sit!", "Why?", "So."]),
        ("“Sit.” He sits.", ["“Sit.”", "He sits."]),
        ("She waits… Nobody comes.", ["She waits…", "Nobody comes."]),
        ("雨が降る。彼は歩く。", ["雨が降る。", "彼は歩く。"]),
        ("(He left.) She stays.", ["(He left.)", "She stays."]),
        ("One line\nAnother line", ["One line", "Another line"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_paragraphs_are_told_apart_by_their_markdown() -> None:
    doc = document("# Title\n\nProse.\n\n- item\n\n> verse\n\n## Night\n")
    blocks = [(doc.text[p.start : p.end], p.block, p.level) for p in doc.paragraphs]
    assert blocks == [
        ("Title", Block.HEADING, 1),
        ("Prose.", Block.PROSE, 0),
        ("item", Block.ITEM, 0),
        ("verse", Block.VERSE, 0),
        ("Night", Block.HEADING, 2),
    ]


def test_an_essay_of_blanks_has_nothing_in_it() -> None:
    doc = document(" \n\n \t\n")
    assert (doc.paragraphs, doc.sentences, doc.words) == ((), (), ())


def test_words_are_found_by_where_they_begin() -> None:
    doc = document("one two three")
    assert [w.text for w in doc.words_in(4, 8)] == ["two"]
    assert [w.text for w in doc.words_in(1, 5)] == ["two"]
    assert doc.word_index(13) == 3


def test_a_word_is_folded_without_its_owners_ending() -> None:
    (word,) = read_words("Cook’s", ENGLISH)
    assert (word.text, word.folded, word.owns, word.bare_end) == ("Cook’s", "cook", True, 4)


def test_a_word_carries_what_the_lexicon_knows() -> None:
    _, says, _ = read_words("She says xyzzyq", ENGLISH)
    assert (says.verb, says.form) == ("say", "third")
    assert "speech_verbs" in says.verb_kinds
    unknown = read_words("xyzzyq", ENGLISH)[0]
    assert (unknown.nouns, unknown.noun, unknown.common) == (frozenset(), "xyzzyq", False)


def test_a_hyphen_and_an_apostrophe_keep_a_word_whole() -> None:
    texts = [w.text for w in read_words("a half-open door isn’t Eun‑ji’s", ENGLISH)]
    assert texts == ["a", "half-open", "door", "isn’t", "Eun‑ji’s"]
