"""Whatever a model claims, a brief stays the essay's."""

from __future__ import annotations

from claiming import ENGLISH, TEXT, as_essay, brief_of, require_sound
from hypothesis import given, settings
from hypothesis import strategies as st

from scriptgen.enrichment import Claim, Claimed, Field, claims_in, enrich
from scriptgen.parser import parse

PIECES = st.lists(
    st.sampled_from(
        [
            "Amara Nwosu", "Tobias", "she says", "“Sit,”", "“Why?”", "says Tobias", ".", "?", "!",
            "…", ",", "—", "(", ")", "*", "_", "’", "\n\n", "> ", "# ", "the man in the grey vest",
            "her mother", "let’s call him", "in the kitchen", "at night", "Cut to", "Back in",
            "whispers something", "takes the", "lantern", "the camera", "I", "It’s about", "who",
            "—Hola —dice", "座って。", "他", "e\u0301", "ß", "her left hand",
        ]
    ),
    max_size=50,
)  # fmt: skip
TEXTS = st.one_of(PIECES.map(" ".join), PIECES.map("".join), st.just(TEXT))
IDS = st.one_of(
    st.none(),
    st.from_regex(r"[cpsbd]0[1-9]", fullmatch=True),
    st.sampled_from(["c99", "", "Marta", "Tobias", "her mother", "+0", "kitchen"]),
)
VALUES = st.one_of(
    IDS,
    st.sampled_from(
        ["spoken", "imagined", "unheard", "shown", "speculative", "NIGHT", "EXT", "the kitchen"]
    ),
    st.text(max_size=12),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[Claim]]:
    """A text and claims about it, most of which quote it, whole or with a slip."""
    text = draw(TEXTS)
    claims = []
    for _ in range(draw(st.integers(0, 12))):
        start = draw(st.integers(0, max(0, len(text) - 1)))
        quote = text[start : start + draw(st.integers(1, 80))] or "x"
        if draw(st.booleans()):
            at = draw(st.integers(0, len(quote) - 1))
            quote = quote[:at] + draw(st.sampled_from(["", "#", "a "])) + quote[at + 1 :]
        value = draw(st.one_of(VALUES, st.just(quote[:30])))
        claims.append(
            Claim(
                field=draw(st.sampled_from(Field)),
                target=draw(IDS),
                value=value or None,
                quote=quote or "x",
            )
        )
    return text, claims


@settings(max_examples=150, deadline=None)
@given(case=cases(), language=st.sampled_from(["en", "de"]))
def test_whatever_is_claimed_every_span_is_verbatim_and_named_speakers_stand(
    case: tuple[str, list[Claim]], language: str
) -> None:
    text, claims = case
    essay = as_essay(text, language)
    pack = ENGLISH if language == "en" else ENGLISH.__class__(code="de", name="de", known=False)
    before = parse(essay, pack)
    found = enrich(before, essay, pack, claims, model="m")
    require_sound(found.brief, text)
    told = found.brief.enriched
    assert told is not None
    assert told.taken + sum(told.dropped.values()) == told.claims == len(claims)
    names = {each.id: each for each in found.brief.characters}
    after = {(each.span.start, each.span.end): each for each in found.brief.lines}
    for each in before.lines:
        now = after[each.span.start, each.span.end]
        if each.tagged and each.speaker is not None:
            was = next(one for one in before.characters if one.id == each.speaker)
            assert now.speaker is not None
            assert now.kind is each.kind
            assert set(was.evidence[:1]) <= {
                *names[now.speaker].evidence,
                *names[now.speaker].aliases,
            }
    talk = [each.span for each in before.commentary]
    beats = {(beat.span.start, beat.span.end) for beat in before.beats}
    for beat in found.brief.beats:
        if (beat.span.start, beat.span.end) not in beats:
            assert not any(beat.span.start < s.end and s.start < beat.span.end for s in talk)
    assert enrich(before, essay, pack, claims, model="m") == found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(Field), max_size=40))
def test_what_is_taken_once_is_known_the_second_time(fields: list[Field]) -> None:
    brief, essay = brief_of(), as_essay()
    quotes = ["A bell rings once more", "sets the lantern on the bench", "in the doorway"]
    claims = [
        Claim(field=field, target="d03", value=quote.split()[-1], quote=quote)
        for field, quote in zip(fields, quotes * len(fields), strict=False)
    ]
    once = enrich(brief, essay, ENGLISH, claims, model="m").brief
    twice = enrich(once, essay, ENGLISH, claims, model="m").brief
    assert twice.model_copy(update={"enriched": None}) == once.model_copy(update={"enriched": None})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["field", "target", "value", "quote", "x"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(JSON, max_size=6))
def test_whatever_stands_in_a_list_of_claims_is_a_claim_or_none(items: list[object]) -> None:
    claims = claims_in(Claimed(claims=tuple(items)))
    assert len(claims) == len(items)
    found = enrich(brief_of(), as_essay(), ENGLISH, claims, model="m")
    require_sound(found.brief, TEXT)
