"""Briefs made by hand: an essay's text and the parts of it that count."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256

from scriptgen.brief import (
    Beat,
    Certainty,
    Character,
    Flag,
    IntExt,
    Line,
    LineKind,
    Place,
    Scene,
    SceneBrief,
    Status,
    Title,
)
from scriptgen.catalog import language_pack
from scriptgen.essay import Essay, Meta
from scriptgen.offline import OfflineDraft, write_draft
from scriptgen.screenplay import Action, Dialogue, Heading, Note
from scriptgen.values import Span


@dataclass
class Draft:
    """Collects the parts of a brief, each found in the essay by its text."""

    text: str
    language: str = "en"
    meta: Meta = field(default_factory=Meta)
    title: str | None = None
    characters: list[Character] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    scenes: list[Scene] = field(default_factory=list)
    beats: list[Beat] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    questions: list[Span] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)

    def span(self, part: str) -> Span:
        start = self.text.index(part)
        return Span.cut(self.text, start, start + len(part))

    def person(
        self,
        name: str,
        *,
        aliases: tuple[str, ...] = (),
        wardrobe: tuple[str, ...] = (),
        status: Status = Status.GIVEN,
        cue: str | None = None,
    ) -> str:
        identifier = f"c{len(self.characters) + 1:02}"
        evidence = tuple(
            Span.cut(self.text, m.start(), m.end()) for m in re.finditer(re.escape(name), self.text)
        )
        self.characters.append(
            Character(
                id=identifier,
                name=name,
                cue=cue or name.upper(),
                status=status,
                aliases=tuple(map(self.span, aliases)),
                wardrobe=tuple(map(self.span, wardrobe)),
                evidence=evidence,
            )
        )
        return identifier

    def place(self, name: str, side: IntExt | None = None, time: str | None = None) -> str:
        identifier = f"p{len(self.places) + 1:02}"
        self.places.append(Place(id=identifier, name=name, int_ext=side, time=time))
        return identifier

    def scene(
        self,
        start: str,
        place: str | None = None,
        *,
        time: str | None = None,
        story: int | None = None,
        opening: str | None = None,
    ) -> None:
        told = len(self.scenes) + 1
        self.scenes.append(
            Scene(
                id=f"s{told:02}",
                start=self.text.index(start),
                place=place,
                time=time,
                told=told,
                story=story or told,
                opening=self.span(opening) if opening else None,
            )
        )

    def beat(
        self,
        part: str,
        subject: str | None = None,
        *,
        present: tuple[str, ...] = (),
        continues: bool = False,
        certainty: Certainty = Certainty.SHOWN,
    ) -> None:
        people = present or tuple(c.id for c in self.characters)
        self.beats.append(
            Beat(
                id=f"b{len(self.beats) + 1:02}",
                text=part,
                span=self.span(part),
                continues=continues,
                characters=people,
                subject=subject,
                certainty=certainty,
            )
        )

    def line(
        self,
        part: str,
        speaker: str | None = None,
        *,
        kind: LineKind = LineKind.SPOKEN,
        delivery: str | None = None,
        candidates: tuple[str, ...] = (),
    ) -> None:
        self.lines.append(
            Line(
                id=f"d{len(self.lines) + 1:02}",
                text=part,
                kind=kind,
                span=self.span(part),
                speaker=speaker,
                candidates=candidates,
                delivery=self.span(delivery) if delivery else None,
            )
        )

    def write(self) -> OfflineDraft:
        digest = sha256(self.text.encode()).hexdigest()
        essay = Essay(
            text=self.text,
            id=digest,
            raw_sha256=digest,
            source="essay.txt",
            language=self.language,
            meta=self.meta,
        )
        brief = SceneBrief(
            essay_id=essay.id,
            language=self.language,
            title=Title(text=self.title) if self.title else None,
            characters=tuple(self.characters),
            places=tuple(self.places),
            scenes=tuple(self.scenes),
            beats=tuple(self.beats),
            lines=tuple(self.lines),
            questions=tuple(self.questions),
            flags=tuple(self.flags),
        )
        return write_draft(brief, essay, language_pack(self.language))

    def page(self) -> list[str]:
        """The draft as one string an element: ``# heading``, action, ``NAME (how): words``."""
        return [shown(element) for element in self.write().screenplay.elements]


def shown(element: object) -> str:
    if isinstance(element, Heading):
        return f"# {element.text}"
    if isinstance(element, Note):
        return f"[[{element.text}]]"
    if isinstance(element, Dialogue):
        parts = [f"({p.text})" if p.type == "parenthetical" else p.text for p in element.parts]
        return f"{element.cue}: {' '.join(parts)}"
    assert isinstance(element, Action)
    return element.text
