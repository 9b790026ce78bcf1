"""The title page: what of it the page can hold, its lines, and reading them back.

Every parser wants a known key first and takes the file's first line with a colon for one, so there
is always a ``Title``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.fountain.emphasis import on_page, settled
from scriptgen.fountain.forms import HEADING
from scriptgen.fountain.proof import To
from scriptgen.report import Severity
from scriptgen.screenplay import TitleField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.fountain.proof import Proof

UNTITLED = "Untitled"
KEYS = (
    "Title",
    "Credit",
    "Author",
    "Authors",
    "Source",
    "Draft date",
    "Date",
    "Notes",
    "Contact",
    "Copyright",
)
"""The keys that the specification and the parsers know."""

_KNOWN = {key.lower(): key for key in KEYS}
_TRANSLATED = {
    "标题": "Title",
    "片名": "Title",
    "剧名": "Title",
    "作者": "Author",
    "编剧": "Author",
    "título": "Title",
    "titulo": "Title",
    "autor": "Author",
    "autora": "Author",
}
_NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9 ]+")
_INDENT = "    "
_KEY_LINE = re.compile(r"([^\W_][^:\n]{0,60}):\s*(.*)")
_BODY_LIKE = re.compile(r"FADE IN|(?:.* )?TO$", re.IGNORECASE)


def known_key(key: str) -> str | None:
    """The usual spelling of a title-page key, ``None`` for one that is not usual."""
    key = " ".join(key.lower().split())
    return _KNOWN.get(key) or _TRANSLATED.get(key)


def printable_title_page(fields: Sequence[TitleField], proof: Proof) -> tuple[TitleField, ...]:
    """The fields as the page holds them: ``Title`` first, each key once, no empty line."""
    kept: dict[str, list[str]] = {"Title": []}
    for field in fields:
        lines = [line for text in field.lines for line in proof.lines(text, to=To.KEPT)]
        if lines:
            kept.setdefault(_key(field.key, proof), []).extend(lines)
    if not kept["Title"]:
        proof.changed("the title page got a title", UNTITLED, severity=Severity.INFO)
        kept["Title"] = [UNTITLED]
    return tuple(TitleField(key=key, lines=_on_lines(lines, proof)) for key, lines in kept.items())


def _on_lines(lines: list[str], proof: Proof) -> tuple[str, ...]:
    if len(lines) == 1 or not any(":" in line for line in lines):
        return tuple(lines)
    joined = " / ".join(lines)
    proof.changed("title-page lines with a colon were joined: they read as keys", joined)
    return (joined,)


def _key(raw: str, proof: Proof) -> str:
    known = known_key(raw)
    if known:
        return known
    words = _NOT_IN_A_KEY.sub(" ", raw).split()
    key = " ".join(word[:1].upper() + word[1:] for word in words)
    if not key or HEADING.match(key + " ") or _BODY_LIKE.match(key):
        key = "Notes"
    if key.lower() != " ".join(raw.lower().split()):
        proof.changed("a title-page key was changed: it has to be plain English letters", raw)
    return known_key(key) or key


def title_block(fields: Sequence[TitleField]) -> str:
    """The lines of a printable title page."""
    written: list[str] = []
    for field in fields:
        if len(field.lines) == 1:
            written.append(f"{field.key}: {on_page(field.lines[0])}")
        else:
            written.append(f"{field.key}:")
            written += [_INDENT + on_page(line) for line in field.lines]
    return "\n".join(written)


def read_title_page(block: Sequence[str]) -> tuple[tuple[TitleField, ...], int]:
    """The fields in the first block of a file, and how many of its lines they take.

    No field and no line where the block is not a title page: one of its keys has to be a usual one.
    A line that is neither a key nor indented goes on with the field above it.
    """
    fields: list[tuple[str, list[str]]] = []
    taken = 0
    entries = [None if line.startswith(" ") else _KEY_LINE.match(line) for line in block]
    usual = any(known_key(entry[1]) for entry in entries if entry)
    for line, entry in zip(block, entries, strict=True):
        if entry and _is_key(entry[1], usual=usual):
            fields.append((" ".join(entry[1].split()), [entry[2]]))
        elif not fields or HEADING.match(line):
            break
        else:
            fields[-1][1].append(line.strip())
        taken += 1
    return tuple(
        TitleField(key=key, lines=tuple(settled(line) for line in lines if line))
        for key, lines in fields
    ), taken


def _is_key(key: str, *, usual: bool) -> bool:
    if known_key(key):
        return True
    return usual and not (key[0].islower() or HEADING.match(key + " ") or _BODY_LIKE.match(key))
