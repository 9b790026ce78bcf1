"""What the offline writer puts on the page, and what it leaves off."""

from __future__ import annotations

from itertools import pairwise

from brief_builder import Draft
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.brief import Certainty, Flag, IntExt, LineKind, Status
from scriptgen.essay import Meta


def test_a_spoken_line_stands_verbatim_under_its_cue_and_the_tag_is_gone() -> None:
    draft = Draft("“Coats on,” says the Finch, dropping the key.")
    finch = draft.person("Finch")
    draft.beat(draft.text, finch)
    draft.line("Coats on,", finch)
    assert draft.page()[1:] == ["FINCH: Coats on.", "FINCH drops the key."]


def test_two_lines_of_one_speaker_without_action_between_share_a_cue() -> None:
    draft = Draft("“My father,” she says, “irons his socks.” “Then tell it,” she says, “now.”")
    nell = draft.person("Nell")
    draft.beat(draft.text, nell)
    for part in ("My father,", "irons his socks.", "Then tell it,", "now."):
        draft.line(part, nell)
    assert draft.page()[1:] == ["NELL: My father irons his socks. Then tell it, now."]


def test_lines_keep_the_order_of_the_essay_between_the_beats_they_stand_between() -> None:
    draft = Draft('Ann kneels. "Stop," says Ann. Bo turns. "Why?" he asks. Ann waits.')
    ann, bo = draft.person("Ann"), draft.person("Bo")
    draft.beat("Ann kneels.", ann)
    draft.beat("Bo turns.", bo)
    draft.beat("Ann waits.", ann)
    draft.line("Stop,", ann)
    draft.line("Why?", bo)
    assert draft.page()[1:] == ["ANN kneels.", "ANN: Stop.", "BO turns.", "BO: Why?", "Ann waits."]


def test_a_line_without_a_speaker_is_a_note_and_a_finding_never_a_guess() -> None:
    draft = Draft('Ann and Bo wait. "Go home."')
    ann, bo = draft.person("Ann"), draft.person("Bo")
    draft.beat("Ann and Bo wait.")
    draft.line("Go home.", candidates=(ann, bo))
    result = draft.write()
    assert [f.code for f in result.findings] == ["W_NO_PLACE", "W_SPEAKER_UNKNOWN"]
    assert draft.page()[-1] == "[[Spoken, speaker not named: “Go home.” (perhaps Ann or Bo)]]"


def test_of_a_line_without_a_speaker_one_candidate_alone_is_not_named() -> None:
    draft = Draft('Ann waits. "Go home."')
    ann = draft.person("Ann")
    draft.beat("Ann waits.", ann)
    draft.line("Go home.", candidates=(ann,))
    assert draft.page()[-1] == "[[Spoken, speaker not named: “Go home.”]]"


def test_imagined_and_unheard_words_are_notes_and_the_gesture_stays() -> None:
    draft = Draft(
        "Bo looks up, and his forehead seems to say, *You have her hands.* He whispers something."
    )
    bo = draft.person("Bo")
    draft.beat("Bo looks up, and his forehead seems to say, *You have her hands.*", bo)
    draft.beat("He whispers something.", bo)
    draft.line("You have her hands.", bo, kind=LineKind.IMAGINED)
    draft.line("whispers something", bo, kind=LineKind.UNHEARD)
    assert draft.page()[1:] == [
        "BO looks up.",
        "[[Imagined, not spoken (Bo): “You have her hands.”]]",
        "Bo whispers something.",
        "[[Unheard: what Bo says]]",
    ]


def test_the_delivery_is_a_parenthetical_of_at_most_four_words() -> None:
    draft = Draft("“Run,” she whispers. “Now,” in a voice as low as the sea in winter, she adds.")
    ann = draft.person("Ann")
    draft.line("Run,", ann, delivery="whispers")
    draft.line("Now,", ann, delivery="a voice as low as the sea in winter")
    assert draft.page()[1:] == ["ANN: (whispering) Run. Now."]


def test_the_first_appearance_is_in_capitals_with_wardrobe_and_only_the_first() -> None:
    draft = Draft("Li Wei stumbles forward. His face, a beige jacket. Li Wei kneels.")
    li_wei = draft.person("Li Wei", wardrobe=("a beige jacket",))
    draft.beat("Li Wei stumbles forward.", li_wei)
    draft.beat("Li Wei kneels.", li_wei)
    assert draft.page()[1:] == ["LI WEI, in a beige jacket, stumbles forward. Li Wei kneels."]


def test_somebody_first_met_by_a_description_gets_the_name_before_it() -> None:
    draft = Draft("A boy in rubber boots freezes at the sink. Xiao Tang waits.")
    tang = draft.person("Xiao Tang", aliases=("A boy in rubber boots",))
    draft.beat("A boy in rubber boots freezes at the sink.", tang)
    assert draft.page()[1:] == ["XIAO TANG, a boy in rubber boots, freezes at the sink."]


def test_somebody_without_a_name_is_met_by_what_they_are() -> None:
    draft = Draft("A waiter in white stacks chairs.")
    draft.person("A waiter in white", status=Status.UNNAMED)
    draft.beat("A waiter in white stacks chairs.")
    assert draft.page()[1:] == ["A WAITER in white stacks chairs."]


def test_headings_follow_place_and_time_and_what_is_not_known_is_left_out() -> None:
    draft = Draft("In the kitchen, Ann cooks. On the old pier, Ann waits. Somewhere, Ann sleeps.")
    ann = draft.person("Ann")
    draft.scene("In the", draft.place("the kitchen", IntExt.INT), time="NIGHT")
    draft.scene("On the", draft.place("the old pier"))
    draft.scene("Somewhere", None)
    for beat in ("Ann cooks.", "Ann waits.", "Ann sleeps."):
        draft.beat(beat, ann)
    headings = [line for line in draft.page() if line.startswith("#")]
    assert headings == [
        "# INT. KITCHEN - NIGHT",
        "# INT./EXT. OLD PIER",
        "# INT./EXT. UNNAMED PLACE",
    ]
    assert [f.code for f in draft.write().findings] == ["W_NO_PLACE"]


def test_a_flashback_says_in_its_heading_how_long_ago_it_is() -> None:
    draft = Draft("Ann pours milk. Fifty winters earlier, Ann runs. Back at the table, Ann drinks.")
    ann = draft.person("Ann")
    kitchen = draft.place("kitchen", IntExt.INT)
    draft.scene("Ann", kitchen, story=2)
    draft.scene("Fifty", kitchen, story=1, opening="Fifty winters earlier")
    draft.scene("Back", kitchen, story=3)
    for beat in ("Ann pours milk.", "Ann runs.", "Ann drinks."):
        draft.beat(beat, ann)
    assert draft.page() == [
        "# INT. KITCHEN",
        "ANN pours milk.",
        "# INT. KITCHEN (FIFTY WINTERS EARLIER)",
        "Ann runs.",
        "# INT. KITCHEN",
        "Ann drinks.",
    ]


def test_a_pronoun_that_opens_a_paragraph_becomes_the_name() -> None:
    draft = Draft("Ann and Bo argue.\nShe drops the cup. She leaves.\nHis hands shake.")
    ann, bo = draft.person("Ann"), draft.person("Bo")
    draft.beat("Ann and Bo argue.")
    draft.beat("She drops the cup.", ann)
    draft.beat("She leaves.", ann)
    draft.beat("His hands shake.", bo)
    assert draft.page()[1:] == [
        "ANN and BO argue.",
        "Ann drops the cup. She leaves.",
        "Bo’s hands shake.",
    ]


def test_what_was_only_told_or_supposed_is_a_note() -> None:
    draft = Draft("Feng was a thief once. He ran. Feng nods. Perhaps Feng will return.")
    feng = draft.person("Feng")
    draft.beat("Feng was a thief once.", feng, certainty=Certainty.REPORTED)
    draft.beat("He ran.", feng, certainty=Certainty.REPORTED)
    draft.beat("Feng nods.", feng, certainty=Certainty.REPORTED)
    draft.beat("Feng will return.", feng, certainty=Certainty.SPECULATIVE)
    assert draft.page()[1:] == [
        "[[Told, not shown: Feng was a thief once. He ran.]]",
        "FENG nods.",
        "[[Supposed by the essay, not shown: Feng will return.]]",
    ]


def test_every_element_names_what_it_came_from() -> None:
    draft = Draft('Ann kneels. "Stop," says Ann.')
    ann = draft.person("Ann")
    draft.beat("Ann kneels.", ann)
    draft.line("Stop,", ann)
    elements = draft.write().screenplay.elements
    assert [e.sources for e in elements] == [(), ("b01",), ("d01",)]
    assert not any(e.invented for e in elements)


def test_open_questions_stay_open_in_one_note_of_at_most_five() -> None:
    draft = Draft("A joke? Who is A? Who is B? Who is C? Who is D? Who is E? Who is F?")
    draft.questions = [draft.span("A joke?"), *(draft.span(f"Who is {x}?") for x in "ABCDEF")]
    assert draft.page() == ["[[Left open: Who is A? Who is B? Who is C? Who is D? Who is E?]]"]


def test_the_title_page_tells_title_writer_and_source() -> None:
    draft = Draft("Ann waits.", meta=Meta(author="R. Roe"), title="Low Water")
    page = draft.write().screenplay.title_page
    assert [(field.key, field.lines) for field in page] == [
        ("Title", ("Low Water",)),
        ("Credit", ("Drafted offline from an essay, without a model",)),
        ("Source", ("R. Roe",)),
    ]


def test_a_language_without_a_pack_keeps_its_sentences() -> None:
    draft = Draft("Rosaura se arrodilla. «Recógelo», ordena la señora.", language="xx")
    rosaura = draft.person("Rosaura")
    draft.beat("Rosaura se arrodilla.", rosaura)
    draft.line("Recógelo", rosaura)
    assert draft.page()[1:] == ["ROSAURA se arrodilla.", "ROSAURA: Recógelo."]


def test_marks_of_emphasis_in_action_are_literal_or_gone() -> None:
    draft = Draft("She *holds* the 2_000 note.")
    draft.beat(draft.text)
    assert draft.page()[1:] == ["She holds the 2\\_000 note."]


@given(st.lists(st.sampled_from("aAnn. He—“”,\n*_()[]!"), max_size=40).map("".join))
def test_any_text_can_be_drafted_and_nothing_is_said_twice_in_a_row_by_one_cue(text: str) -> None:
    draft = Draft(text + " Ann waits.")
    ann = draft.person("Ann")
    if text.strip():
        draft.beat(text, ann)
    elements = draft.write().screenplay.elements
    cues = [getattr(element, "cue", None) for element in elements]
    assert not any(one and one == two for one, two in pairwise(cues))


def test_a_past_that_cannot_be_turned_is_left_and_reported() -> None:
    draft = Draft("Gone were slow, and fell.")
    draft.beat(draft.text)
    result = draft.write()
    assert draft.page()[1:] == ["Gone were slow, and fell."]
    assert [f.code for f in result.findings] == ["W_NO_PLACE", "W_PAST_TENSE"]


def test_the_same_place_again_after_a_while_says_so_in_the_words_of_the_essay() -> None:
    draft = Draft("Ann waits. Ten minutes later, Bo arrives.")
    ann, bo = draft.person("Ann"), draft.person("Bo")
    roof = draft.place("the roof", IntExt.EXT)
    draft.scene("Ann", roof)
    draft.scene("Ten", roof, opening="Ten minutes later")
    draft.beat("Ann waits.", ann)
    draft.beat("Bo arrives.", bo)
    assert draft.page() == [
        "# EXT. ROOF",
        "ANN waits.",
        "# EXT. ROOF (TEN MINUTES LATER)",
        "BO arrives.",
    ]


def test_the_place_that_the_heading_names_is_not_said_again() -> None:
    draft = Draft("In the kitchen, the cooks are gone.")
    draft.scene("In", draft.place("a restaurant kitchen", IntExt.INT))
    draft.beat(draft.text)
    assert draft.page() == ["# INT. RESTAURANT KITCHEN", "The cooks are gone."]


def test_pieces_of_one_sentence_are_one_again_on_the_page() -> None:
    draft = Draft("Ann, wise and vain, kneels. Her hands shake like leaves, knuckles white.")
    ann = draft.person("Ann")
    draft.beat("Ann", ann)
    draft.beat("kneels", ann, continues=True)
    draft.beat("Her hands shake", ann)
    draft.beat("knuckles white.", ann, continues=True)
    assert draft.page()[1:] == ["ANN kneels. Her hands shake, knuckles white."]


def test_the_gesture_of_words_told_outside_a_beat_is_shown() -> None:
    draft = Draft("Ann bends; she murmurs something into his ear that a tram drowns.")
    ann = draft.person("Ann")
    draft.beat("Ann bends", ann)
    draft.line("murmurs something into his ear that a tram drowns", ann, kind=LineKind.UNHEARD)
    assert draft.page()[1:] == [
        "ANN bends.",
        "Ann murmurs something into his ear.",
        "[[Unheard: what Ann says]]",
    ]


def test_a_contradiction_in_the_essay_is_noted_and_not_mended() -> None:
    draft = Draft("Ann waits.")
    draft.beat(draft.text)
    draft.flags.append(Flag(message="the coat is red, then blue"))
    assert draft.page()[-1] == "[[The essay contradicts itself: the coat is red, then blue]]"


def test_an_essay_told_in_the_past_is_played_in_the_present() -> None:
    draft = Draft(
        "Ann took a match, struck it, and watched it burn. The boys laughed. Rain hit the planks. "
        "The captain, a woman in grey, climbed the stairs. His face, pale and drawn, was calm."
    )
    ann = draft.person("Ann")
    for beat in draft.text.split(". "):
        draft.beat(beat, ann)
    assert " ".join(draft.page()[1:]) == (
        "ANN takes a match, strikes it, and watches it burn. The boys laugh. Rain hits the planks. "
        "The captain, a woman in grey, climbs the stairs. Ann’s face, pale and drawn, is calm."
    )


def test_a_note_of_unspoken_words_does_not_part_a_speech() -> None:
    draft = Draft("“No,” says Ann. *Yes.* “Never,” says Ann.")
    ann = draft.person("Ann")
    draft.line("No,", ann)
    draft.line("Yes.", ann, kind=LineKind.IMAGINED)
    draft.line("Never,", ann)
    assert draft.page()[1:] == ["ANN: No. Never.", "[[Imagined, not spoken (Ann): “Yes.”]]"]


def test_action_calls_people_by_the_part_of_the_name_that_is_their_cue() -> None:
    draft = Draft("Marjorie Finch enters. She blows the whistle.\n\nShe leaves.")
    finch = draft.person("Marjorie Finch", cue="FINCH")
    for beat in ("Marjorie Finch enters.", "She blows the whistle.", "She leaves."):
        draft.beat(beat, finch)
    assert draft.page()[1:] == ["MARJORIE FINCH enters. She blows the whistle.", "Finch leaves."]


def test_clothes_of_a_later_scene_are_not_worn_before() -> None:
    draft = Draft("Ann sorts letters. On the wall, Ann walks in a yellow coat.")
    ann = draft.person("Ann", wardrobe=("a yellow coat",))
    draft.scene("Ann", draft.place("post office", IntExt.INT))
    draft.scene("On", draft.place("wall", IntExt.EXT))
    draft.beat("Ann sorts letters.", ann)
    assert draft.page() == ["# INT. POST OFFICE", "ANN sorts letters."]


def test_a_pronoun_is_not_replaced_by_somebody_it_cannot_mean() -> None:
    draft = Draft("Her grandson Kuba stops.\n\nShe puts her hand beside his.")
    kuba = draft.person("Kuba", aliases=("Her grandson",))
    draft.beat("She puts her hand beside his.", kuba)
    assert draft.page()[1:] == ["She puts her hand beside his."]


def test_a_scene_of_which_nothing_is_shown_has_no_heading() -> None:
    draft = Draft("A long season, and the camera waits. Ann sits on the quay.")
    draft.person("Ann")
    draft.scene("A long", draft.place("the studio"))
    draft.scene("Ann", draft.place("the quay", IntExt.EXT))
    draft.beat("the camera waits.")
    draft.beat("Ann sits on the quay.")
    assert draft.page() == ["# EXT. QUAY", "ANN sits on the quay."]


def test_a_gesture_that_a_beat_tells_in_part_is_not_told_twice() -> None:
    draft = Draft("Ann says something, for a van chooses that moment to pass by.")
    ann = draft.person("Ann")
    draft.beat("a van chooses that moment to pass by.")
    draft.line("says something, for a van chooses that moment", ann, kind=LineKind.UNHEARD)
    assert draft.page()[1:] == [
        "[[Unheard: what Ann says]]",
        "A van chooses that moment to pass by.",
    ]


def test_a_note_of_unheard_words_stands_between_what_is_seen_before_and_after_them() -> None:
    draft = Draft(
        "Ann waits. “Now,” says Bo. He tells her why, and the horn takes it. She sits down. "
        "On the pier, Bo tells her the rest, too low to hear. Ann leaves."
    )
    ann, bo = draft.person("Ann"), draft.person("Bo")
    draft.scene("Ann waits", draft.place("the shed"))
    draft.scene("On the pier", draft.place("the pier"))
    draft.beat("Ann waits.", ann)
    draft.line("Now,", bo)
    draft.line("tells her why", bo, kind=LineKind.UNHEARD)
    draft.beat("She sits down.", ann)
    draft.line("tells her the rest", bo, kind=LineKind.UNHEARD)
    draft.beat("Ann leaves.", ann)
    assert draft.page() == [
        "# INT./EXT. SHED",
        "ANN waits.",
        "BO: Now.",
        "BO tells her why.",
        "[[Unheard: what Bo says]]",
        "Ann sits down.",
        "# INT./EXT. PIER",
        "Bo tells her the rest.",
        "[[Unheard: what Bo says]]",
        "Ann leaves.",
    ]


@given(st.lists(st.sampled_from(["beat", "spoken", "unheard"]), min_size=1, max_size=8))
def test_no_note_of_unheard_words_passes_a_deed_or_is_lost(kinds: list[str]) -> None:
    told = [f"Bo {kind} number {at}." for at, kind in enumerate(kinds)]
    draft = Draft(" ".join(told))
    bo = draft.person("Bo")
    for kind, words in zip(kinds, told, strict=True):
        if kind == "beat":
            draft.beat(words, bo)
        else:
            draft.line(words, bo, kind=LineKind(kind))
    elements = draft.write().screenplay.elements
    named = [name for each in elements for name in getattr(each, "sources", ())]
    starts = {beat.id: beat.span.start for beat in draft.beats}
    starts |= {line.id: line.span.start for line in draft.lines}
    spoken = {line.id for line in draft.lines if line.kind is LineKind.SPOKEN}
    seen = [starts[name] for name in dict.fromkeys(named) if name in starts.keys() - spoken]
    assert seen == sorted(seen)
    assert len(seen) == len(kinds) - len(spoken)
