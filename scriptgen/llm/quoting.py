"""Quoting what others said without saying too much: keys, control characters and length."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.llm.keys import Secret

MASK = "[redacted]"
LONGEST_QUOTE = 200
_READ_AT_MOST = 20_000
_TELLTALE = 8
_SURE = 16
_TERMINAL = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)?")
_HALF_SHOWN_KEY = re.compile(r"\bsk-[\w*.…-]{3,}|\S*\*{3,}\S*")


def redact(text: str, secrets: Iterable[Secret]) -> str:
    """``text`` with ``[redacted]`` for each secret, its base64 and its URL-encoded forms."""
    for secret in secrets:
        for form in secret.forms():
            text = text.replace(form, MASK)
    return text


def scrub(body: bytes, secrets: Iterable[Secret]) -> bytes:
    """As `redact`, for the bytes of a reply that is to be stored.

    Secrets under 16 characters are left, since one such as ``secret`` is also a word that a draft
    may hold.
    """
    for secret in secrets:
        if len(secret.reveal()) >= _SURE:
            for form in secret.forms():
                body = body.replace(form.encode(), MASK.encode())
    return body


def quote(text: str, secrets: Iterable[Secret], *, longest: int = LONGEST_QUOTE) -> str:
    """One line of at most ``longest`` characters that is safe to print.

    Terminal sequences, control and invisible characters go; so do secrets, words that share eight
    characters with one, and keys shown in part (``sk-ab***yz``).
    """
    secrets = tuple(secrets)
    plain = _TERMINAL.sub("", text[:_READ_AT_MOST])
    plain = "".join(_visible(character) for character in plain)
    plain = redact(plain, secrets)
    pieces = {
        value[i : i + _TELLTALE]
        for value in (secret.reveal() for secret in secrets)
        for i in range(len(value) - _TELLTALE + 1)
    }
    words = (MASK if any(piece in word for piece in pieces) else word for word in plain.split())
    plain = _HALF_SHOWN_KEY.sub(MASK, " ".join(words))
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return " " if category in {"Cc", "Cs", "Co", "Zl", "Zp"} else character
