"""What the offline writer leaves out or parts, so that a page shows all that it tells."""

from __future__ import annotations

import pytest
from brief_builder import Draft

from scriptgen.brief import LineKind
from scriptgen.catalog import language_pack
from scriptgen.offline.cast import Cast
from scriptgen.offline.cutting import Cutter
from scriptgen.offline.parting import TOO_LONG, parted
from scriptgen.offline.words import grammar_of

PACK = language_pack("en")
GRAMMAR = grammar_of(PACK)


def page_of(text: str, *beats: str) -> list[str]:
    draft = Draft(text)
    ann = draft.person("Ann")
    for beat in beats or (text,):
        draft.beat(beat, ann)
    return draft.page()[1:]


@pytest.mark.parametrize(
    "sentence",
    [
        "ANN sits with her back to the door, and the kettle boils.",
        "ANN goes the way she came.",
        "ANN knocks on the frame of the door.",
        "ANN points, not only at him but at the whole row.",
        "ANN comes as soon as she can.",
        "ANN waits for the first bell.",
    ],
)
def test_what_can_be_seen_is_left_whole(sentence: str) -> None:
    assert page_of(sentence.replace("ANN", "Ann")) == [sentence]


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Ann lifts the tray the way one lifts a sleeping cat.", "ANN lifts the tray."),
        ("Ann waits for what feels like a year, and goes.", "ANN waits, and goes."),
        ("Ann, of all people, sits down.", "ANN sits down."),
        ("Ann kisses, of all things, the kettle.", "ANN kisses the kettle."),
        ("Ann looks at the jar, not at the clerk.", "ANN looks at the jar."),
        ("Ann looks not at the jar but at the clerk.", "ANN looks at the clerk."),
        ("Ann, God help her, opens the jar.", "ANN opens the jar."),
        ("Ann hides the jar, the sly old thing.", "ANN hides the jar."),
        ("Boy, did the spoons go still.", "The spoons go still."),
        ("Closer to fright; and still the lid comes up.", "The lid comes up."),
        ("Ann drops the jar out of frame.", "ANN drops the jar."),
        ("Ann shuts the door and before we can see it a cat runs in.", None),
        ("Ann shuts the jar so softly.", "ANN shuts the jar softly."),
        ("Ann lines up the jars, as neat.", "ANN lines up the jars, neat."),
    ],
)
def test_likenings_and_asides_are_cut_and_the_sentence_stays_whole(
    told: str, shown: str | None
) -> None:
    assert page_of(told) == [shown or "ANN shuts the door and a cat runs in."]


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Ann opens the jar, and we see her hand shake.", ["ANN opens the jar. Her hand shakes."]),
        ("Ann opens the jar; we see him wait.", ["ANN opens the jar. He waits."]),
        (
            "Ann goes out, and through the glass we see her talking to a cat.",
            ["ANN goes out. Through the glass, she is talking to a cat."],
        ),
        (
            "Ann puts the jar down, and the next thing we see is her hand on the lid.",
            ["ANN puts the jar down. Her hand on the lid."],
        ),
        ("We see the old eye above the mask widen.", ["The old eye above the mask widens."]),
        ("Look at the hands.", ["The hands."]),
        ("Through the pane we see Ann on the rocks.", ["Through the pane, ANN on the rocks."]),
        ("Pull back, and there is a cat on the bed.", ["There is a cat on the bed."]),
    ],
)
def test_whoever_watches_is_taken_off_inside_a_sentence(told: str, shown: list[str]) -> None:
    assert page_of(told) == shown


def test_a_clause_that_no_camera_sees_is_cut_where_the_rest_stands() -> None:
    told = "Ann peels an orange without knowing it, and she lines up the pips."
    assert page_of(told) == ["ANN peels an orange, and she lines up the pips."]


def test_a_thought_that_cannot_be_cut_is_told_in_a_note() -> None:
    page = page_of("Ann opens the jar. Ann knows everything.")
    assert page == ["ANN opens the jar.", "[[Told, not shown: Ann knows everything.]]"]


def test_a_cut_never_leaves_a_sentence_hanging() -> None:
    assert GRAMMAR is not None
    cast = Cast({}, frozenset({"Ann"}), PACK)
    cuts = Cutter(PACK, GRAMMAR, cast).shorter(
        "Ann takes the jar, which she bought with money that she found, and goes to the door."
    )
    assert cuts
    assert not [cut for cut in cuts if cut.rstrip(".").endswith((" and", " with", " that", " to"))]


def test_a_sentence_too_long_for_a_paragraph_is_parted_between_its_clauses() -> None:
    assert GRAMMAR is not None
    text = (
        "The porter carries both of the heavy suitcases up the back stairs to the fourth floor, "
        "turning at every landing to look down at the bride in the yellow coat, and the bride "
        "follows him with the birdcage held out in front of her in both of her gloved hands."
    )
    parts = parted(text, GRAMMAR, {"Ann"}.__contains__)
    assert len(text) > TOO_LONG
    assert [part.split()[:2] for part in parts] == [["The", "porter"], ["The", "bride"]]
    assert parted("The bride waits, and the porter goes.", GRAMMAR, {"Ann"}.__contains__) == [
        "The bride waits, and the porter goes."
    ]


def test_a_paragraph_made_long_by_what_is_told_of_people_is_parted() -> None:
    text = (
        "The postmistress, a widow with a lantern and a ring of forty keys on her belt, is old. "
        "Ann opens the long drawer under the counter, counts eleven letters twice over, ties them "
        "up with a piece of red thread, and carries them out. She sets them down by the lamp."
    )
    draft = Draft(text)
    ann = draft.person(
        "Ann", aliases=("The postmistress, a widow with a lantern and a ring of forty keys",)
    )
    for beat in text.split(". "):
        draft.beat(beat, ann)
    assert all(len(paragraph) <= 240 for paragraph in draft.page()[1:])


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Who took the jar?", True),
        ("Who gave her the jar, and why does she hide it?", True),
        ("How many jars would have been enough?", False),
        ("Is it guilt?", False),
        ("Does she sit there like a queen in exile?", False),
    ],
)
def test_only_questions_of_the_story_are_left_open(question: str, *, kept: bool) -> None:
    draft = Draft(f"Ann sits. {question}")
    draft.beat("Ann sits.", draft.person("Ann"))
    draft.questions.append(draft.span(question))
    assert (f"[[Left open: {question}]]" in draft.page()) is kept


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("When the doors open the crowd comes in.", "When the doors open the crowd comes in."),
        ("After a while the crowd comes in.", "After a while the crowd comes in."),
        ("When the crowd comes in, stamping.", "The crowd comes in, stamping."),
        (
            "When he goes in to find his hat the boy bites the thread.",
            "When he goes in to find his hat the boy bites the thread.",
        ),
    ],
)
def test_a_clause_of_time_loses_its_when_only_where_it_stands_alone(told: str, shown: str) -> None:
    assert page_of(told) == [shown]


def test_what_is_seen_of_unheard_words_is_shown() -> None:
    draft = Draft("From the booth we watch his mouth move for a minute.")
    draft.line("his mouth move for a minute", draft.person("Bo"), kind=LineKind.UNHEARD)
    assert draft.page() == [
        "# INT./EXT. UNNAMED PLACE",
        "His mouth moves for a minute.",
        "[[Unheard: what Bo says]]",
    ]


def test_nobody_is_introduced_by_what_they_are_only_likened_to() -> None:
    draft = Draft("Kneeling like an assassin, Ann speaks. Go home, she says.")
    ann = draft.person("Ann", aliases=("an assassin",))
    draft.line("Go home", ann)
    assert draft.page()[1:] == ["ANN: Go home."]


def test_how_a_voice_sounds_is_a_whole_phrase() -> None:
    draft = Draft("Go home, says Ann, a low voice in the dark.")
    draft.line("Go home", draft.person("Ann"), delivery="a low voice")
    assert draft.page()[1:] == ["ANN: (in a low voice) Go home."]


def test_what_is_too_long_to_be_a_sentence_stays_as_it_is() -> None:
    assert GRAMMAR is not None
    text = "Ann looks not at the jar, but at the lid, and the cat sits; " * 200
    cutter = Cutter(PACK, GRAMMAR, Cast({}, frozenset({"Ann"}), PACK))
    assert cutter.pruned(text) == text
    assert cutter.shorter(text) == []
    assert parted(text, GRAMMAR, {"Ann"}.__contains__) == [text]


def test_a_watcher_named_ever_again_is_read_to_the_end() -> None:
    text = "Ann sits, " + "and we see the man wait, " * 4000
    assert page_of(text)[0].startswith("ANN sits, and we see")


@pytest.mark.parametrize(
    ("essay", "beat", "shown"),
    [
        ("Ann hangs the tin up by the rim of its lid.", "Ann hangs the tin up by", None),
        (
            "Ann lifts the lid, and below her hand lies a cat.",
            "Ann lifts the lid, and below her hand",
            "ANN lifts the lid, and below her hand lies a cat.",
        ),
        (
            "Ann types on, in tears, without, I think, having heard.",
            "Ann types on, in tears, without",
            "ANN types on, in tears.",
        ),
        (
            "Ann looks at the lid, and over at the wall, and laughs.",
            "Ann looks at the lid, and over at the wall",
            "ANN looks at the lid, and over at the wall.",
        ),
    ],
)
def test_a_piece_that_breaks_off_is_given_the_rest_of_its_clause_or_cut_back(
    essay: str, beat: str, shown: str | None
) -> None:
    assert page_of(essay, beat) == [shown or "ANN hangs the tin up by the rim of its lid."]


def test_what_the_film_does_is_no_deed_of_anybody_in_it() -> None:
    essay = "Ann opens a tin. The film, never kind, takes away the lid, and drives."
    page = page_of(essay, "Ann opens a tin.", "takes away the lid, and drives.")
    assert page[0] == "ANN opens a tin."
    assert not [text for text in page if text.startswith(("Ann takes", "ANN takes"))]


def test_a_deed_of_nobody_is_told_in_a_note() -> None:
    page = page_of("The lid that never in all these years, drops with a bang.", "drops with a bang")
    assert page in (["[[Told, not shown: Drops with a bang.]]"], ["ANN drops with a bang."])


def test_of_a_deed_of_nobody_what_follows_with_its_own_subject_is_shown() -> None:
    essay = "Somebody she made up, who keeps goats, sings at night, and her hands go over the page."
    page = page_of(essay, "sings at night, and her hands go over the page")
    assert page[-1].endswith("hands go over the page.")
    assert not page[-1].startswith("Sings")
