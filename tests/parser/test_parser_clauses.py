"""Where a sentence is cut, and the grammar and the signs of its pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading_essays import ENGLISH, as_essay

from scriptgen.parser import read_prose
from scriptgen.parser.clauses import joints
from scriptgen.parser.grammar import read_clause
from scriptgen.parser.signs import signs
from scriptgen.parser.words import read_words

if TYPE_CHECKING:
    from scriptgen.parser.reading import Reading


def pieces(text: str) -> list[str]:
    """The pieces of the first sentence of ``text``."""
    reading = _reading(text)
    sentence = reading.doc.sentences[0]
    return [text[p.start : p.end] for p in joints(reading, sentence.start, sentence.end)]


def signs_of(text: str) -> list[frozenset[str]]:
    """The signs of each piece of the first sentence of ``text``."""
    reading = _reading(text)
    sentence = reading.doc.sentences[0]
    found = signs(reading, joints(reading, sentence.start, sentence.end))
    return [frozenset(own) for own in found]


def _reading(text: str) -> Reading:
    return read_prose(as_essay(text), ENGLISH)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She opens it as if it might bite.", ["She opens it", "as if it might bite."]),
        ("He grins like a boy.", ["He grins", "like a boy."]),
        ("It looks like rain.", ["It looks like rain."]),
        ("He pays because he must.", ["He pays", "because he must."]),
        ("He eats the way a dog eats.", ["He eats", "the way a dog eats."]),
        ("He counts with the care of a banker.", ["He counts", "with the care of a banker."]),
        ("He counts with the key of a banker.", ["He counts with the key of a banker."]),
        ("She waits and he leaves.", ["She waits", "and he leaves."]),
        ("She buys bread and milk.", ["She buys bread and milk."]),
        ("He holds the lamp that she lit.", ["He holds the lamp", "that she lit."]),
        ("He sits before the door.", ["He sits before the door."]),
        ("He sits before she comes.", ["He sits", "before she comes."]),
        ("She reads two or three words.", ["She reads two or three words."]),
        ("He comes all the way round it.", ["He comes all the way round it."]),
        ("He wears a smile I had not seen.", ["He wears a smile", "I had not seen."]),
        ("He nods with an air that might be envy.", ["He nods with an air", "that might be envy."]),
    ],
)
def test_a_sentence_is_cut_where_a_clause_or_a_comparison_opens(
    text: str, expected: list[str]
) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    ("text", "head", "verb"),
    [
        ("The man in the coat lifts the lid", "man", "lifts"),
        ("In the yard a dog barks", "dog", "barks"),
        ("She has not been eating", "She", "eating"),
        ("The window is closed by a boy", "window", "closed"),
        ("Four people sit around a stove", "people", "sit"),
        ("The last drop of oil rolls away", "drop", "rolls"),
        ("They are tired", "They", "tired"),
        ("The soup is too salty", "soup", "is"),
        ("A horse to ride", "horse", None),
    ],
)
def test_the_subject_and_the_verb_of_a_clause_are_found(
    text: str, head: str, verb: str | None
) -> None:
    words = read_words(text, ENGLISH)
    clause = read_clause(words)
    assert words[clause.head].text == head
    assert (words[clause.verb].text if clause.verb >= 0 else None) == verb


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("The girl lifts the lid.", "deed:person"),
        ("The girl will lift the lid.", "tense:modal"),
        ("The girl will lift the lid.", "has:to_come"),
        ("The girl does not lift it.", "has:negations"),
        ("The series holds its breath.", "subject:show_nouns"),
        ("Two episodes ago he left.", "has:show_nouns"),
        ("Forget the plot.", "opens:plain"),
        ("Not a ring, then.", "denies"),
        ("There is a key on the sill.", "subject:existential"),
        ("An idea of genius.", "names:vague"),
        ("A kettle on the stove.", "names:thing"),
    ],
)
def test_a_piece_shows_what_speaks_for_film_or_for_talk(text: str, sign: str) -> None:
    assert sign in signs_of(text)[0]


def test_a_verb_without_a_subject_carries_the_one_before() -> None:
    _, second = signs_of("Then Amara Nwosu lifts the lid, and shuts it again.")
    assert "carried:person" in second
    assert "deed:carried" in second


def test_a_comparison_goes_on_in_its_relative_clause() -> None:
    assert signs_of("He waits like a cat which has already eaten.")[1:] == [
        frozenset({"likened"}),
        frozenset({"likened"}),
    ]


def test_the_tense_counts_by_the_one_the_essay_tells_in() -> None:
    past = "He came in. He sat down. He went out. She ate. She began again. She threw it. He knew. "
    assert "tense:along" in signs_of(past)[0]
    assert "tense:against" in signs_of("He came in. She eats. He goes. She brings it.")[0]
