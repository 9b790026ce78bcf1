"""Classes and forms of English words, as the packaged lexicon tells them."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.parser.lexicon import Lexicon

ROOT = Path(__file__).parent.parent.parent
ENGLISH = ROOT / "scriptgen" / "parser" / "lang" / "en"
TEXT = gzip.decompress((ENGLISH / "lexicon.tsv.gz").read_bytes()).decode()
LEXICON = Lexicon.parse(TEXT.splitlines())


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("kitchen", "place_in"),
        ("alleys", "place_out"),
        ("car park", "place_out"),
        ("living room", "place_in"),
        ("rooftop", "place_out"),
        ("chapel", "building"),
        ("motorbikes", "vehicle"),
        ("coats", "garment"),
        ("chair", "furniture"),
        ("lantern", "artefact"),
        ("chefs", "role"),
        ("mothers", "kin"),
        ("children", "person"),
        ("knuckles", "body"),
        ("hands", "body"),
        ("arms", "body"),
        ("eyes", "body"),
        ("soup", "food"),
        ("mice", "animal"),
        ("rain", "weather"),
        ("moonlight", "light"),
        ("thud", "sound"),
        ("dusk", "time"),
        ("grief", "feeling"),
        ("crowd", "group"),
        ("Frisbee", "artefact"),
    ],
)
def test_a_noun_in_any_form_has_its_class(word: str, wanted: str) -> None:
    assert wanted in LEXICON.nouns(word)


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("whispered", "speech"),
        ("says", "speech"),
        ("fell", "motion"),
        ("kneeling", "posture"),
        ("sat", "posture"),
        ("grips", "contact"),
        ("smiled", "body"),
        ("watches", "perception"),
        ("believed", "cognition"),
        ("loves", "emotion"),
        ("raining", "weather"),
        ("ate", "consumption"),
        ("seems", "stative"),
        ("gave", "possession"),
    ],
)
def test_a_verb_in_any_form_has_its_class(word: str, wanted: str) -> None:
    assert wanted in LEXICON.verbs(word)


@pytest.mark.parametrize(
    ("word", "part", "lemma"),
    [
        ("fell", "verb", "fall"),
        ("children", "noun", "child"),
        ("knives", "noun", "knife"),
        ("carries", "verb", "carry"),
        ("hoping", "verb", "hope"),
        ("hopping", "verb", "hop"),
        ("singing", "verb", "sing"),
        ("staring", "verb", "stare"),
        ("planned", "verb", "plan"),
        ("watches", "verb", "watch"),
        ("lying", "verb", "lie"),
        ("left", "verb", "leave"),
        ("was", "verb", "be"),
        ("boxes", "noun", "box"),
        ("cities", "noun", "city"),
        ("glasses", "noun", "glasses"),
        ("zqxwv", "noun", None),
        ("with", "verb", None),
        ("he", "noun", None),
    ],
)
def test_a_form_leads_to_its_lemma(word: str, part: str, lemma: str | None) -> None:
    assert LEXICON.lemma(word, part) == lemma


def test_a_part_of_speech_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="particle"):
        LEXICON.lemma("up", "particle")


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("went", "past"),
        ("gone", "perfect"),
        ("came", "past"),
        ("begun", "perfect"),
        ("sang", "past"),
        ("shown", "perfect"),
        ("spun", "both"),
        ("opened", "both"),
        ("put", "both"),
        ("opens", "third"),
        ("opening", "ing"),
        ("open", "plain"),
        ("were", "past"),
        ("table's", "plain"),
        ("zqxwv", None),
    ],
)
def test_a_verb_form_is_named(word: str, form: str | None) -> None:
    assert LEXICON.verb_form(word) == form


def test_past_and_participles_are_told_apart() -> None:
    assert LEXICON.verb_form("took") == "past"
    assert LEXICON.verb_form("taken") == "perfect"
    assert LEXICON.is_participle("taking")
    assert not LEXICON.is_participle("ceiling")


@pytest.mark.parametrize(
    ("lemma", "third"),
    [
        ("go", "goes"),
        ("watch", "watches"),
        ("carry", "carries"),
        ("play", "plays"),
        ("be", "is"),
        ("have", "has"),
        ("can", "can"),
        ("hiss", "hisses"),
        ("run", "runs"),
    ],
)
def test_the_third_person_follows_the_spelling(lemma: str, third: str) -> None:
    assert LEXICON.third_person(lemma) == third


@pytest.mark.parametrize(
    "word",
    [
        "the",
        "doesn\u2019t",
        "hungrier",
        "slowly",
        "silk",
        "mother's",
        "tear-streaked",
        "unlocking",
        "biggest",
        "Monday",
        "children",
    ],
)
def test_an_english_word_is_known(word: str) -> None:
    assert LEXICON.knows(word)


@pytest.mark.parametrize("word", ["Jiayi", "Xiao", "Zhang", "Irenka", "Sobol", "zqxwv", "Jiayi's"])
def test_a_name_that_is_no_word_is_not_known(word: str) -> None:
    assert not LEXICON.knows(word)


@pytest.mark.parametrize(
    ("word", "plural"),
    [
        ("men", True),
        ("eyes", True),
        ("boxes", True),
        ("man", False),
        ("glass", False),
        ("bus", False),
        ("boy's", False),
        ("zqxwvs", False),
    ],
)
def test_a_plural_noun_is_told_from_a_single_one(word: str, plural: bool) -> None:  # noqa: FBT001
    assert LEXICON.is_plural(word) is plural


def test_adjectives_and_adverbs_are_known_as_such() -> None:
    assert LEXICON.adjective("damp")
    assert LEXICON.adjective("damper")
    assert not LEXICON.adjective("kitchen")
    assert LEXICON.adverb("slowly")
    assert LEXICON.closed("beneath")


@given(st.text(max_size=12))
def test_any_text_can_be_looked_up(word: str) -> None:
    assert isinstance(LEXICON.knows(word), bool)
    LEXICON.nouns(word)
    LEXICON.verb_form(word)


def test_the_file_is_sorted_and_every_form_leads_to_a_word_in_it() -> None:
    rows = TEXT.splitlines()
    words = [row.split("\t")[0] for row in rows]
    assert words == sorted(set(words))
    known = set(words)
    for row in rows:
        columns = row.split("\t")
        if len(columns) == 5:
            for form in columns[4].split():
                assert form.split(":")[0] in known


def test_a_pack_reads_its_lexicon_when_it_is_first_asked() -> None:
    program = (
        "import sys; from scriptgen.catalog import language_pack; pack = language_pack('en')\n"
        "print('scriptgen.parser.lexicon' in sys.modules, pack.lexicon.knows('lantern'))"
    )
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert run.stdout.split() == [b"False", b"True"]


def test_the_licence_of_the_words_is_shipped() -> None:
    text = (ENGLISH / "WORDNET-LICENSE.txt").read_text(encoding="utf-8")
    assert "Princeton University" in text


@pytest.mark.peers
def test_a_rebuild_gives_the_same_bytes(tmp_path: Path) -> None:
    target = tmp_path / "lexicon.tsv.gz"
    builder = ROOT / "bench" / "build_lexicon.py"
    subprocess.run([sys.executable, str(builder), "-o", str(target)], check=True)
    assert target.read_bytes() == (ENGLISH / "lexicon.tsv.gz").read_bytes()
    assert (tmp_path / "WORDNET-LICENSE.txt").read_bytes() == (
        ENGLISH / "WORDNET-LICENSE.txt"
    ).read_bytes()
