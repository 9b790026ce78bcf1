"""A long essay is drafted part by part, and becomes one page like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.catalog import find_templates, packaged_templates_dir
from scriptgen.drafting import DraftOptions, Means, draft, modelled, page_calls, replay
from scriptgen.drafting.forecasting import forecast
from scriptgen.drafting.joining import joined, summary_in, tail
from scriptgen.drafting.page_calls import askings_of, first_prompt
from scriptgen.drafting.parts import MOST_CHARACTERS, MOST_MOMENTS, brief_of_part, parts_of
from scriptgen.drafting.path import parse_with_pack
from scriptgen.errors import ProviderError
from scriptgen.fountain import read_fountain
from scriptgen.llm import CallPolicy, FakeClock, ScriptedModel
from scriptgen.prompting import extract_fenced, text_tokens
from scriptgen.reader import essay_from_text
from scriptgen.screenplay import Action, Heading, Screenplay

if TYPE_CHECKING:
    from scriptgen.drafting.path import Parsed
    from scriptgen.essay import Essay
    from scriptgen.ledger import Ledger
    from scriptgen.prompt import Prompt
    from scriptgen.run import Run

ORIGIN = "http://model.test"
ROOMS = ("bakery", "cellar", "chapel", "stable", "kitchen", "attic", "laundry", "tannery")
DOINGS = (
    "Greta {does} the {thing} on the {place}.",
    "Hugo takes the {thing} from her and puts it down again.",
    "The rain runs down the window behind the {thing}.",
)


def scene(number: int) -> str:
    room = ROOMS[number % len(ROOMS)]
    who = "Greta" if number else "Greta Lind, a baker in a grey apron,"
    told = [f"The next morning, in the {room}, {who} opens a door with her elbow."]
    for turn in range(6):
        thing = ("bowl", "rope", "candle", "ladder")[(number + turn) % 4]
        told += [
            each.format(does="sets", thing=f"{thing} of number {turn}", place="long table")
            for each in DOINGS
        ]
    told.append(f"\u201cLeave number {number} alone,\u201d says Greta.")
    return " ".join(told)


LONG = "\n\n".join(scene(number) for number in range(8))


@pytest.fixture(scope="module")
def parsed() -> Parsed:
    return parse_with_pack(essay_from_text(LONG, language="en"))


@pytest.fixture
def essay() -> Essay:
    return essay_from_text(LONG, source="long.txt", language="en")


def options(**more: Any) -> DraftOptions:
    return DraftOptions(template="draft.chunked", **{"revisions": 0, **more})


def lines_of(number: int) -> str:
    return f"GRETA\nLeave number {number} alone."


def reply(part: int, of: Parsed, *, lacking: str = "") -> str:
    """A page of one part with every line the essay has there."""
    passage = parts_of(of.essay, of.brief)[part]
    said = [
        lines_of(number)
        for number in range(8)
        if f"number {number} alone" in of.essay.text[passage.start : passage.end]
        and f"number {number} alone" != lacking
    ]
    told = f"Greta has done what part {part + 1} tells."
    room = ROOMS[part].upper()
    page = f"INT. {room} - MORNING\n\nGreta opens the door of the {room.lower()}.\n\n"
    return f"/*\nSO FAR\n{told}\n*/\n\n{page}" + "\n\n".join(said) + "\n"


def replies(of: Parsed) -> list[str]:
    """A page for each part."""
    return [reply(part, of) for part in range(len(parts_of(of.essay, of.brief)))]


class Heard(ScriptedModel):
    """A model that keeps what it was asked."""

    def __init__(self, steps: list[Any], ledger: Ledger | None = None) -> None:
        self.sent: list[Prompt] = []
        super().__init__(
            steps,
            name="m-1",
            sink=ledger.sink(origin=ORIGIN) if ledger else None,
            clock=FakeClock(),
            policy=CallPolicy(attempts=1),
        )

    async def reply(self, prompt: Prompt) -> Any:
        self.sent.append(prompt)
        return await super().reply(prompt)


def drafted(essay: Essay, model: Heard, ledger: Ledger | None = None, **more: Any) -> Run:
    return draft(essay, options=options(**more), model=model, origin=ORIGIN, ledger=ledger)


def user(prompt: Prompt) -> str:
    return prompt.messages[-1].content


# The parts


def test_a_short_essay_is_one_part() -> None:
    short = parse_with_pack(essay_from_text(scene(0)[:600], language="en"))
    (part,) = parts_of(short.essay, short.brief)
    assert part.brief is short.brief
    assert part.range == (0, len(short.essay.text))


def test_the_parts_of_a_long_essay_are_all_of_it_and_none_is_too_long(parsed: Parsed) -> None:
    parts = parts_of(parsed.essay, parsed.brief)
    assert len(parts) > 2
    assert "".join(parsed.essay.text[part.start : part.end] for part in parts) == LONG
    for part in parts:
        assert part.end - part.start <= MOST_CHARACTERS
        assert len(part.brief.moments()) <= MOST_MOMENTS


def test_every_beat_and_line_is_in_the_brief_of_one_part(parsed: Parsed) -> None:
    parts = parts_of(parsed.essay, parsed.brief)
    assert [b.id for part in parts for b in part.brief.beats] == [b.id for b in parsed.brief.beats]
    assert [d.id for part in parts for d in part.brief.lines] == [d.id for d in parsed.brief.lines]


def test_a_part_knows_everybody_who_acts_in_it(parsed: Parsed) -> None:
    for part in parts_of(parsed.essay, parsed.brief):
        assert {"GRETA", "HUGO"} <= {person.cue for person in part.brief.characters}


@given(st.text(alphabet="ab .\n\u201c\u201d", max_size=400), st.integers(0, 400))
def test_any_text_is_the_sum_of_its_parts(text: str, at: int) -> None:
    read = parse_with_pack(essay_from_text(f"Ada waits. {text} Ada goes.", language="en"))
    parts = parts_of(read.essay, read.brief)
    assert "".join(read.essay.text[part.start : part.end] for part in parts) == read.essay.text
    before, after = (brief_of_part(read.brief, *each) for each in ((0, at), (at, 10_000)))
    assert (*before.beats, *after.beats) == read.brief.beats


# The requests


def test_each_part_is_asked_with_its_passage_and_with_what_was_written_before(
    essay: Essay, parsed: Parsed
) -> None:
    parts = parts_of(parsed.essay, parsed.brief)
    model = Heard(replies(parsed))
    run = drafted(essay, model)
    assert len(run.calls) == len(parts) == len(model.sent)
    for part, prompt in zip(parts, model.sent, strict=True):
        assert prompt.fence is not None
        assert extract_fenced(user(prompt), prompt.fence) == LONG[part.start : part.end]
    first, second, *_ = model.sent
    assert "SO FAR, FROM" not in user(first)
    assert "Greta has done what part 1 tells." in user(second)
    assert "Seen before: GRETA" in user(second)
    assert "Greta opens the door of the bakery." in user(second)
    assert f"part 2 of {len(parts)}" in user(second)
    assert "It is the last one." in user(model.sent[-1])


def test_the_system_message_is_the_same_for_all_parts(essay: Essay, parsed: Parsed) -> None:
    model = Heard(replies(parsed))
    drafted(essay, model)
    assert len({prompt.messages[0].content for prompt in model.sent}) == 1


def test_the_first_prompt_is_to_the_letter_the_one_that_is_sent(
    essay: Essay, parsed: Parsed, ledger: Ledger
) -> None:
    model = Heard(replies(parsed), ledger)
    drafted(essay, model, ledger)
    means = Means(options(), ledger=ledger, templates=find_templates(packaged_templates_dir()))
    assert first_prompt(parsed.essay, parsed.brief, means) == model.sent[0]


def test_a_summary_that_was_left_out_hands_on_the_one_before(essay: Essay, parsed: Parsed) -> None:
    given = replies(parsed)
    given[1] = given[1].partition("*/")[2]
    model = Heard(given)
    drafted(essay, model)
    assert "Greta has done what part 1 tells." in user(model.sent[2])


def test_pages_that_were_set_are_shared_out(parsed: Parsed) -> None:
    asked = askings_of(parsed.essay, parsed.brief, Means(options(pages=12)))
    assert abs(sum(each.pages for each in asked) - 12) <= len(asked) / 2


def test_a_forecast_counts_a_call_for_each_part(essay: Essay, parsed: Parsed) -> None:
    size = text_tokens(LONG)
    parts = len(parts_of(parsed.essay, parsed.brief))
    told = forecast([essay], [size], Means(options(revisions=1)), None)
    assert parts <= told.low.calls <= parts + 1
    assert told.high.calls == 2 * told.low.calls
    whole = forecast([essay], [size], Means(DraftOptions(revisions=1)), None)
    assert (whole.low.calls, whole.high.calls) == (1, 2)


# The page


def test_the_parts_become_one_page_with_every_line(essay: Essay, parsed: Parsed) -> None:
    run = drafted(essay, Heard(replies(parsed)))
    figures = run.report.figures
    assert figures["lines_kept"] == figures["lines_spoken"] == 8
    headings = [e.text for e in read_fountain(run.draft).elements if isinstance(e, Heading)]
    parts = len(parts_of(parsed.essay, parsed.brief))
    assert headings == [f"INT. {room.upper()} - MORNING" for room in ROOMS[:parts]]
    assert "SO FAR" not in run.draft


def test_a_heading_that_goes_on_over_a_seam_stands_once() -> None:
    one = read_fountain("INT. MILL - DAY\n\nA wheel turns.\n")
    two = read_fountain("INT. MILL - DAY\n\nThe wheel stops.\n")
    page, starts = joined([one, two])
    assert [element.text for element in page.elements if isinstance(element, Heading | Action)] == [
        "INT. MILL - DAY",
        "A wheel turns.",
        "The wheel stops.",
    ]
    assert starts == (0, 2)


def test_the_last_lines_written_again_over_a_seam_stand_once() -> None:
    one = read_fountain("INT. MILL - DAY\n\nA wheel turns.\n\nIt stops.\n")
    two = read_fountain("INT. MILL - DAY\n\nA wheel turns.\n\nIt stops.\n\nADA\nWell.\n")
    page, starts = joined([one, two])
    assert len(page.elements) == 4
    assert starts == (0, 3)


def test_a_scene_at_the_same_place_again_keeps_its_heading() -> None:
    one = read_fountain("INT. MILL - DAY\n\nA wheel turns.\n\nEXT. YARD - DAY\n\nRain.\n")
    two = read_fountain("INT. MILL - DAY\n\nThe wheel stops.\n")
    assert len(joined([one, two])[0].elements) == 6


def test_one_page_alone_is_left_as_it_is() -> None:
    page = read_fountain("Title: Mill\n\nINT. MILL - DAY\n\nA wheel turns.\n")
    assert joined([page]) == (page, (0,))


def test_the_end_of_a_page_that_looks_like_a_title_is_shown_as_it_stands() -> None:
    page = Screenplay(elements=(Action(text="Verdict: none."),))
    assert tail(page) == "Verdict: none."
    assert tail(Screenplay()) is None


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("INT. MILL - DAY\n", None),
        ("/*\nTREATMENT\nWe are in a mill.\n*/\n", None),
        ("/*\nSO FAR\nAda came.\nShe stays.\n*/\nINT. MILL - DAY\n", "Ada came. She stays."),
        ("/* So far: Ada came. */\nINT. MILL - DAY\n", "Ada came."),
    ],
)
def test_the_summary_is_what_stands_in_its_boneyard(text: str, summary: str | None) -> None:
    assert summary_in(text) == summary


# Revisions, the ledger, replays


def test_only_the_part_with_the_fault_is_asked_for_again(
    essay: Essay, parsed: Parsed, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = "W_LINE_MISSING"
    monkeypatch.setattr(
        page_calls,
        "faults",
        lambda report: [each for each in report.findings if each.code == lacking],
    )
    monkeypatch.setattr(modelled, "is_sent_back", lambda _: True)
    parts = parts_of(parsed.essay, parsed.brief)
    faulty = replies(parsed)
    faulty[1] = reply(1, parsed, lacking="number 2 alone")
    model = Heard([*faulty, reply(1, parsed)])
    run = drafted(essay, model, revisions=1)
    assert [call.purpose for call in run.calls] == [*["draft"] * len(parts), "revise"]
    prompt = model.sent[-1]
    assert prompt.fence is not None
    assert extract_fenced(user(prompt), prompt.fence) == LONG[parts[1].start : parts[1].end]
    page = user(prompt).partition("THE PAGE")[2]
    assert "INT. CELLAR - MORNING" in page
    assert "INT. BAKERY - MORNING" not in page


def test_what_was_paid_for_before_a_fault_is_not_paid_for_again(
    essay: Essay, parsed: Parsed, ledger: Ledger
) -> None:
    parts = len(parts_of(parsed.essay, parsed.brief))
    broken = Heard([reply(0, parsed), reply(1, parsed), {"error": 400}], ledger)
    with pytest.raises(ProviderError):
        drafted(essay, broken, ledger)
    model = Heard([reply(number, parsed) for number in range(2, parts)], ledger)
    run = drafted(essay, model, ledger)
    assert len(model.sent) == parts - 2
    assert [call.requests for call in run.calls] == [0, 0, *[1] * (parts - 2)]


def test_a_draft_in_parts_is_made_again_from_the_record(
    essay: Essay, parsed: Parsed, ledger: Ledger
) -> None:
    run = drafted(essay, Heard(replies(parsed), ledger), ledger)
    assert replay(run, ledger).same


def test_a_draft_that_fitted_into_one_part_is_made_again_too(ledger: Ledger) -> None:
    short = essay_from_text(scene(0)[:600], source="short.txt", language="en")
    page = "/*\nSO FAR\nGreta came.\n*/\n\nINT. BAKERY - MORNING\n\nGreta opens a door.\n"
    model = Heard([page], ledger)
    run = drafted(short, model, ledger)
    assert "fits into one part" in user(model.sent[0])
    assert replay(run, ledger).same
