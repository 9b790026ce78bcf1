"""Essays written for the tests of the parser, and how they look at a brief."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from scriptgen.catalog import language_pack
from scriptgen.essay import Essay, Meta
from scriptgen.parser import parse
from scriptgen.parser.sentences import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import Character, LineKind, SceneBrief
    from scriptgen.parser.sentences import Document
    from scriptgen.values import Span, Value

ENGLISH = language_pack("en")


def as_essay(text: str, *, title: str | None = None, language: str = "en") -> Essay:
    digest = sha256(text.encode()).hexdigest()
    meta = Meta(title=title)
    return Essay(
        text=text, id=digest, raw_sha256=digest, source="test", language=language, meta=meta
    )


def brief_of(text: str, *, title: str | None = None, language: str = "en") -> SceneBrief:
    return parse(as_essay(text, title=title, language=language), language_pack(language))


def document(text: str) -> Document:
    return read_document(text, ENGLISH)


def sentences(text: str) -> list[str]:
    doc = document(text)
    return [text[s.start : s.end] for s in doc.sentences]


def person(brief: SceneBrief, name: str) -> Character:
    found = [c for c in brief.characters if c.name == name]
    assert len(found) == 1, (name, [c.name for c in brief.characters])
    return found[0]


def names(brief: SceneBrief) -> list[str]:
    return [c.name for c in brief.characters]


def said(brief: SceneBrief, kind: LineKind | None = None) -> list[tuple[str, str | None]]:
    """The lines with the names of their speakers."""
    by_id = {c.id: c.name for c in brief.characters}
    return [
        (line.text, by_id.get(line.speaker) if line.speaker else None)
        for line in brief.lines
        if kind is None or line.kind is kind
    ]


def beats(brief: SceneBrief) -> list[str]:
    return [beat.text for beat in brief.beats]


def spans(value: Value) -> Iterator[Span]:
    """All spans anywhere in a value."""
    from scriptgen.values import Span, Value

    for name in type(value).model_fields:
        part = getattr(value, name)
        for item in part if isinstance(part, tuple) else (part,):
            if isinstance(item, Span):
                yield item
            elif isinstance(item, Value):
                yield from spans(item)
