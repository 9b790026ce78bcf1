"""What the rules look at, and how they compare words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from scriptgen.checks import telling
from scriptgen.checks.known import known
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import (
    Dialogue,
    Heading,
    Note,
    PageBreak,
    Section,
    Synopsis,
)
from scriptgen.spoken import matches
from scriptgen.wording import runs, within, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scriptgen.brief import SceneBrief
    from scriptgen.checks.known import Known
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack
    from scriptgen.screenplay import Element, Screenplay
    from scriptgen.spoken import Matches
    from scriptgen.trace import Trace

Writer = Literal["model", "offline", "person"]
Fidelity = Literal["strict", "balanced", "free"]

__all__ = ["Answer", "Fidelity", "Subject", "Writer", "runs", "shown", "within", "words"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A model's reply and what it answers.

    ``text``: as it came; ``system``: the instructions it was given; ``essay``: what stood in the
    fence; ``instructions``: the paragraphs of the essay that may speak to a model, ``orders``: the
    sentences among them that do; ``signs``: the first letters of what in them does; ``mark``: of
    the fence; ``language``: of the reply, ``und`` where nobody has told it.
    """

    text: str
    system: str
    essay: str
    instructions: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    mark: str | None = None
    language: str = "und"


def shown(element: Element) -> str:
    """The text of an element; of a speech its cue, its words and how they are said."""
    if isinstance(element, Dialogue):
        parts = (element.cue, element.extension, *(part.text for part in element.parts))
        return "\n".join(part for part in parts if part)
    return "" if isinstance(element, PageBreak) else element.text


@dataclass(frozen=True)
class Subject:
    """A draft under check, with what the rules share worked out once.

    ``brief``: without anything in it where no essay is at hand; ``answer``: where the draft is a
    model's and it is being made just now; ``essay``, ``pack`` (of the draft's language) and
    ``trace``: ``None`` where they are not at hand, and a rule that needs them is then silent;
    ``pages``: the length that was asked for; ``writer``: who wrote the draft.
    """

    screenplay: Screenplay
    brief: SceneBrief
    fidelity: Fidelity
    answer: Answer | None = None
    essay: Essay | None = None
    pack: LanguagePack | None = None
    trace: Trace | None = None
    pages: int | None = None
    writer: Writer = "model"

    @cached_property
    def speeches(self) -> list[tuple[int, Dialogue, list[str]]]:
        """Each speech with its element's index and its words, parentheticals left out."""
        return [
            (
                index,
                element,
                words(element.said),
            )
            for index, element in enumerate(self.screenplay.elements)
            if isinstance(element, Dialogue)
        ]

    @cached_property
    def lines(self) -> Matches:
        """How each spoken line of the essay stands on the page."""
        return matches(self.screenplay, self.brief, self.essay.text if self.essay else None)

    @cached_property
    def known(self) -> Known | None:
        """The words that the essay knows; ``None`` without it or without words of its language."""
        return known(self.brief, self.essay, self.pack)

    @cached_property
    def said(self) -> list[str]:
        """All spoken words of the draft, in order."""
        return [word for _, _, said in self.speeches for word in said]

    @cached_property
    def texts(self) -> list[tuple[int, str]]:
        """All that would be published below the title page: each element's index and text."""
        return [(index, shown(element)) for index, element in enumerate(self.screenplay.elements)]

    @cached_property
    def words(self) -> list[str]:
        """The words of the page, notes and outline left out, in order."""
        return words(
            "\n".join(
                shown(element)
                for element in self.screenplay.elements
                if not isinstance(element, Note | Section | Synopsis)
            )
        )

    @property
    def of_taste(self) -> Severity:
        """How much a fault weighs that produced screenplays have too: less in a person's page."""
        return Severity.INFO if self.writer == "person" else Severity.WARNING

    def slip(self, said: telling.Sentence, code: str, message: str) -> Finding:
        """What is to be said of one sentence of the action that is at fault."""
        return Finding(
            code=code,
            severity=self.of_taste,
            message=message,
            element=said.element,
            evidence=said.text,
        )

    @cached_property
    def sentences(self) -> tuple[telling.Sentence, ...]:
        """The sentences of the action, in order."""
        return telling.sentences(self.screenplay)

    @cached_property
    def faults(self) -> Mapping[str, tuple[telling.Sentence, ...]]:
        """Of each of `telling.KINDS` the sentences that tell so what cannot be shown."""
        pack = self.pack
        if pack is None:
            return dict.fromkeys(telling.KINDS, ())
        return telling.faults(self.sentences, telling.names(self.screenplay), pack)

    @property
    def headings(self) -> int:
        """The number of scene headings."""
        return sum(isinstance(element, Heading) for element in self.screenplay.elements)
