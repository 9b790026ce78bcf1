from __future__ import annotations

import base64
import json
from urllib.parse import quote as url_quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.llm import Secret, redact
from scriptgen.llm.quoting import quote, scrub

KEY = "sk-canary/0123+456=789~abcdef"
SECRETS = (Secret(KEY, name="MINE"),)
PRINTABLE = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=9, max_size=80)


def test_a_secret_is_redacted_plain_and_url_encoded() -> None:
    for form in (KEY, url_quote(KEY, safe=""), url_quote(KEY, safe="").lower()):
        assert redact(f"key={form}.", SECRETS) == "key=[redacted]."


@given(before=st.binary(max_size=9), after=st.binary(max_size=9), key=PRINTABLE)
def test_a_secret_is_redacted_in_base64_wherever_it_stands_in_the_coded_bytes(
    before: bytes, after: bytes, key: str
) -> None:
    for code in (base64.b64encode, base64.urlsafe_b64encode):
        coded = code(before + key.encode() + after).decode()
        left = redact(coded, [Secret(key, name="MINE")])
        inside = code(b"\0" * (len(before) % 3) + key.encode())[4:-4].decode()
        assert inside not in left
        assert "[redacted]" in left


def test_text_without_a_secret_is_left_alone() -> None:
    assert redact("INT. KITCHEN - NIGHT", SECRETS) == "INT. KITCHEN - NIGHT"
    assert redact("INT. KITCHEN - NIGHT", ()) == "INT. KITCHEN - NIGHT"


@pytest.mark.parametrize(
    "shown",
    [
        f"Incorrect API key provided: {KEY}.",
        f"Incorrect API key provided: {KEY[:12]}...",
        "Incorrect API key provided: sk-ab***********wxyz.",
        "Incorrect API key provided: sk-...wxyz",
        f"Incorrect API key provided: {KEY[:9]}\x00{KEY[9:]}",
        f"Incorrect API key provided: \x1b[1m{KEY}\x1b[0m",
        f"Incorrect API key provided: {KEY[:9]}\u200b{KEY[9:]}",
    ],
)
def test_a_key_shown_in_part_is_redacted_too(shown: str) -> None:
    said = quote(shown, SECRETS)
    assert said.startswith("Incorrect API key provided: [redacted]")
    assert "canary" not in said
    assert "wxyz" not in said


def test_a_key_at_the_cut_is_not_shown_in_half() -> None:
    for length in range(160, 210):
        assert "sk-can" not in quote("x" * length + " " + KEY, SECRETS)


@given(st.text(max_size=400))
def test_a_quote_is_one_short_line_that_can_be_printed(text: str) -> None:
    said = quote(text, SECRETS)
    assert len(said) <= 200
    assert said.isprintable()
    said.encode()


def test_terminal_sequences_and_hidden_characters_are_dropped() -> None:
    assert quote("\x1b]0;title\x07red \x1b[31mred\n\tb\u202eidi \x9b1m", ()) == "red red bidi 1m"


def test_a_body_is_scrubbed_of_a_long_key_but_not_of_a_short_word() -> None:
    assert scrub(f'{{"k": "{KEY}"}}'.encode(), SECRETS) == b'{"k": "[redacted]"}'
    for key in (KEY.replace("/", r"\/"), "".join(f"\\u{ord(each):04x}" for each in KEY)):
        assert scrub(f'{{"k": "{key}"'.encode(), SECRETS) == b'{"k": "[redacted]"'
    body = b"He keeps a secret."
    assert scrub(body, [Secret("secret", name="MINE")]) == body


@given(
    key=st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=16, max_size=40),
    form=st.data(),
)
def test_a_body_holds_no_key_however_its_characters_are_escaped(
    key: str, form: st.DataObject
) -> None:
    def escaped(character: str) -> str:
        plain = json.dumps(character)[1:-1]
        ways = [plain, f"\\u{ord(character):04x}", f"\\u{ord(character):04X}"]
        return form.draw(st.sampled_from([*ways, "\\/"] if character == "/" else ways))

    body = f'{{"{"".join(map(escaped, key))}": "{"".join(map(escaped, key))}"}}'
    assert json.loads(body) == {key: key}
    left = scrub(body.encode(), [Secret(key, name="MINE")])
    assert key not in str(json.loads(left))
    assert json.loads(left) == {"[redacted]": "[redacted]"}
