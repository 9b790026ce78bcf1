"""How many tokens a prompt is said to take: never fewer than real tokenizers count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.prompt import JsonSchema, Message, Prompt
from scriptgen.prompting import prompt_tokens, text_tokens

ENGLISH = (
    "Rain on the portholes. Chairs upside down on every table but one. At that table Oskar, "
    "oilskin buttoned to the chin, lines up three sugar lumps along the edge of a saucer. The "
    "camera holds on his hands longer than it needs to, and the episode is the better for it."
)
SPANISH = (
    "La lluvia golpea los cristales de la cantina. Óscar, con el impermeable abotonado hasta la "
    "barbilla, alinea tres terrones de azúcar en el borde del platillo. «Todavía abres temprano», "
    "dice él. ¿Qué hará ella con la carta? Verónica limpia el mostrador otra vez."
)
CHINESE = (
    "雨点敲打着渡轮食堂的舷窗。除了一张桌子,其余的椅子都倒扣着。奥斯卡把雨衣一直扣到下巴,"
    "在茶碟边上摆了三块方糖。“你还是开得这么早。”他说。薇拉擦着杯子放过的柜台,又擦了一遍。"
)
CODE = (
    "def lamps(room: Room, *, lit: bool = True) -> list[Lamp]:\n"
    '    """Those that are lit, or not."""\n'
    "    return [lamp for lamp in room.lamps if lamp.is_lit == lit and lamp.number != 0]\n\n"
    '{"id": "b01", "start": 120, "end": 184, "place": null, "lines": ["d01", "d02"]}\n'
)
GREEK = "Η βροχή χτυπά τα φινιστρίνια. Ο Όσκαρ βάζει τρεις κύβους ζάχαρη στην άκρη του πιάτου."  # noqa: RUF001 - Greek
HINDI = "बारिश कैंटीन की खिड़कियों पर पड़ रही है। ऑस्कर तश्तरी के किनारे चीनी के तीन टुकड़े रखता है।"
SIGNS = "🎬🌧️👩‍👩‍👧 → ≤ ┌─┐ ★ ♪ — “…” 𝐓𝐡𝐞 𝐥𝐚𝐦𝐩"  # noqa: RUF001 - letters that are signs

COUNTED = {
    "English": (ENGLISH, 70, 66, 64),
    "Spanish": (SPANISH, 88, 83, 68),
    "Chinese": (CHINESE, 150, 127, 84),
    "code": (CODE, 110, 86, 87),
    "Greek": (GREEK, 87, 76, 41),
    "Hindi": (HINDI, 94, 96, 37),
    "signs": (SIGNS, 71, 54, 51),
}
"""Each text with what the tokenizers of Llama 2, cl100k_base and o200k_base count."""


@pytest.mark.parametrize("name", COUNTED)
def test_no_fewer_tokens_are_told_than_real_tokenizers_count(name: str) -> None:
    text, *counts = COUNTED[name]
    assert text_tokens(text) >= max(counts)


def test_what_is_told_of_prose_is_no_wild_guess() -> None:
    text, *counts = COUNTED["English"]
    assert text_tokens(text) <= 2 * min(counts)


@given(st.text(), st.text())
def test_more_text_takes_no_fewer_tokens(one: str, other: str) -> None:
    assert text_tokens(one + other) >= max(text_tokens(one), text_tokens(other))
    assert text_tokens(one) <= 4.2 * len(one) + 1


def test_every_message_and_a_schema_take_tokens_of_their_own() -> None:
    message = Message(role="user", content=ENGLISH)
    one = Prompt(messages=(message,), template="t", template_hash="h")
    two = one.model_copy(update={"messages": (message, message)})
    schema = JsonSchema(name="s", text='{"type":"object"}')
    assert prompt_tokens(one) > text_tokens(ENGLISH)
    assert prompt_tokens(two) - prompt_tokens(one) > text_tokens(ENGLISH)
    assert prompt_tokens(one.model_copy(update={"json_schema": schema})) > prompt_tokens(one)
