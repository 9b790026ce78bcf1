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
SURE = 16
"""Characters from which on a secret is no word that a draft may hold."""
_TERMINAL = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)?")
_HALF_SHOWN_KEY = re.compile(r"\bsk-[\w*.…-]{3,}")
_STARS = "***"
_ESCAPE = re.compile(rb"\\(?:u00([2-7][0-9A-Fa-f])|([\"\\/]))")
"""How JSON may write the characters of a key: many servers write ``/`` as ``\\/``."""


def redact(text: str, secrets: Iterable[Secret]) -> str:
    """``text`` with ``[redacted]`` for each secret, its base64 and its URL-encoded forms."""
    for secret in secrets:
        text = re.sub(_either(secret), MASK, text, flags=re.IGNORECASE)
    return text


def scrub(body: bytes, secrets: Iterable[Secret]) -> bytes:
    """As `redact`, for the bytes of a reply that is to be stored, however JSON escapes them.

    Secrets under 16 characters are left, since one such as ``secret`` is also a word that a draft
    may hold.
    """
    secrets = tuple(secrets)
    said = {body.lower(), _ESCAPE.sub(_unescaped, body).lower()} if secrets else set()
    for secret in secrets:
        # Looking first is fifteen times as fast as replacing, and there is hardly ever a find.
        forms = [form.lower().encode() for form in secret.forms()]
        found = any(form in each for each in said for form in forms)
        if found and len(secret.reveal()) >= SURE:
            body = re.sub(_escaped(secret), MASK.encode(), body, flags=re.IGNORECASE)
    return body


def quote(text: str, secrets: Iterable[Secret], *, longest: int = LONGEST_QUOTE) -> str:
    """One line of at most ``longest`` characters that is safe to print.

    Terminal sequences, control and invisible characters go; so do secrets, words that share eight
    characters with a form of one, and keys shown in part (``sk-ab***yz``).
    """
    secrets = tuple(secrets)
    plain = _TERMINAL.sub("", text[:_READ_AT_MOST])
    plain = "".join(_visible(character) for character in plain)
    pieces = frozenset[str]().union(*(secret.pieces() for secret in secrets))
    words = (
        MASK if _STARS in word or any(piece in word.lower() for piece in pieces) else word
        for word in redact(plain, secrets).split()
    )
    plain = _HALF_SHOWN_KEY.sub(MASK, " ".join(words))
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def _either(secret: Secret) -> str:
    return "|".join(map(re.escape, secret.forms()))


def _escaped(secret: Secret) -> bytes:
    """What finds the forms of a secret, each of their characters as it is or escaped in JSON."""
    return b"|".join(b"".join(map(_character, form.encode())) for form in secret.forms())


def _character(code: int) -> bytes:
    plain = re.escape(bytes([code]))
    short = rb"|\\" + plain if bytes([code]) in b'"/\\' else b""
    # The longest first: a plain backslash is also how the others begin.
    return rb"(?:\\u00%02x" % code + short + b"|" + plain + b")"


def _unescaped(escape: re.Match[bytes]) -> bytes:
    return escape[2] or bytes([int(escape[1], 16)])


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return "" if unicodedata.category(character) == "Cf" else " "
