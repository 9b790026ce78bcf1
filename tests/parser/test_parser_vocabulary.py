"""What is remembered of words, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reading_essays import as_essay

from scriptgen.language import LanguagePack
from scriptgen.parser import lexicon as lexicon_module
from scriptgen.parser import parse
from scriptgen.parser import words as words_module
from scriptgen.parser.lexicon import Lexicon
from scriptgen.parser.words import read_words

if TYPE_CHECKING:
    import pytest


def test_a_pack_remembers_no_more_words_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words_module, "_MOST_REMEMBERED", 3)
    pack = LanguagePack("xx", "Exish", lexicon=Lexicon.parse(["lantern\tartefact"]))
    for text in ("one two three four", "five", "lantern"):
        read_words(text, pack)
    assert set(pack.remembered) == {"five", "lantern"}


def test_a_lexicon_that_forgets_answers_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon_module, "MOST_REMEMBERED", 2)
    lexicon = Lexicon.parse(["lantern\tartefact", "say\t\tspeech", "said\t\t\t\tsay:both"])
    for _ in range(3):
        assert lexicon.nouns("lanterns") == {"artefact"}
        assert lexicon.lemma("said", "verb") == "say"
        assert not lexicon.knows("xyzzy")


def test_a_pack_without_words_or_lexicon_reads_any_text() -> None:
    brief = parse(
        as_essay("Mira sees Tomo. “Go,” says Mira. Then Mira runs."), LanguagePack("xx", "Exish")
    )
    assert brief.places == ()
