"""Lines that the essay gives to a voice, or to somebody who is nobody of the cast."""

from __future__ import annotations

import pytest
from brief_builder import Draft

SPEECH_IS = "Ann and Bo wait."


@pytest.mark.parametrize(
    ("told", "line", "shown"),
    [
        ("“Shut the gate,” says nobody they can see.", "Shut the gate,", None),
        ("“Shut the gate,” she says.", "Shut the gate,", None),
        ("“Shut the gate.” The voice says nothing.", "Shut the gate.", None),
        ("“Shut the gate?” The voice says nothing.", "Shut the gate?", None),
        ("“Shut the gate,” says the notice.", "Shut the gate,", None),
        ("“Shut the gate,” my sister said to me afterwards.", "Shut the gate,", None),
        ("“Shut the gate,” says the director.", "Shut the gate,", None),
        ("“Shut the gate,” the grey rain’s whisper.", "Shut the gate,", None),
        ("“Shut the gate,” says a cracked voice.", "Shut the gate,", "CRACKED VOICE"),
        ("“Shut the gate!” the ferryman calls.", "Shut the gate!", "FERRYMAN"),
        ("“Shut the gate,” says his sister.", "Shut the gate,", "SISTER"),
        ("“Shut the gate,” says the mask.", "Shut the gate,", "MASK"),
        ("“Shut the gate,” says the tall one.", "Shut the gate,", "TALL ONE"),
        ("“Shut the gate,” says June.", "Shut the gate,", "JUNE"),
        ("“Shut the gate,” somebody says.", "Shut the gate,", "SOMEBODY"),
        ("Behind them a voice replies, “Shut the gate.”", "Shut the gate.", None),
        ("And a voice replies, “Shut the gate.”", "Shut the gate.", "VOICE"),
    ],
)
def test_whom_the_essay_names_beside_a_line_says_it(
    told: str, line: str, shown: str | None
) -> None:
    draft = Draft(f"{SPEECH_IS} {told}")
    ann, bo = draft.person("Ann"), draft.person("Bo")
    draft.beat(SPEECH_IS)
    draft.line(line, candidates=(ann, bo))
    said = [page for page in draft.page() if "hut the gate" in page]
    if shown is None:
        assert said == [f"[[Spoken, speaker not named: “{line.rstrip(',')}” (perhaps Ann or Bo)]]"]
    else:
        assert [words.partition(":")[0] for words in said] == [shown]


def test_a_line_that_only_a_tag_breaks_is_one_speech() -> None:
    draft = Draft(f"{SPEECH_IS} “Run,” says a voice, “and shut the gate.” “Why?”")
    draft.person("Ann")
    draft.beat(SPEECH_IS)
    for line in ("Run,", "and shut the gate.", "Why?"):
        draft.line(line)
    assert draft.page()[2:] == [
        "VOICE: Run, and shut the gate.",
        "[[Spoken, speaker not named: “Why?”]]",
    ]


def test_a_line_is_not_left_to_somebody_whom_its_tag_cannot_mean() -> None:
    draft = Draft(f"{SPEECH_IS} “Yes,” says the old woman. “No,” says the girl.")
    ann, bo = draft.person("Ann", aliases=("the girl",)), draft.person("Bo")
    draft.beat(SPEECH_IS)
    draft.line("Yes,", bo)
    draft.line("No,", ann)
    assert draft.page()[2:] == ["OLD WOMAN: Yes.", "ANN: No."]
    assert "W_SPEAKER_UNKNOWN" not in {finding.code for finding in draft.write().findings}


@pytest.mark.parametrize("alias", ["The fisherman", "The old man’s coat", "The men and a man"])
def test_a_tag_means_somebody_of_its_kind(alias: str) -> None:
    draft = Draft(f"{SPEECH_IS} {alias} nods. “Yes,” says the man.")
    ann = draft.person("Ann", aliases=(alias,))
    draft.beat(SPEECH_IS)
    draft.line("Yes,", ann)
    assert draft.page()[2:] == ["ANN: Yes."]


def test_a_tag_means_somebody_by_whole_words() -> None:
    draft = Draft(f"{SPEECH_IS} The woman nods. “Yes,” says the man.")
    ann = draft.person("Ann", aliases=("The woman",))
    draft.beat(SPEECH_IS)
    draft.line("Yes,", ann)
    assert draft.page()[2:] == ["MAN: Yes."]
