"""A model's reply as the checks see it: what it says, and what it was told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.checks import Answer
from scriptgen.prompting import break_up, undo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.prompt import Prompt
    from scriptgen.screenplay import Screenplay
    from scriptgen.values import Span

_PARAGRAPH = re.compile(r"\S(?:(?!\n\s*\n).)*", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"\u201d'\u2019)]?\s+|(?<=[\u3002\uff01\uff1f])|\n")
_COMMAND = re.compile(
    r"\W*(?:(?:then|now|and|please|instead|just|always|in every \w+,?) ){0,3}"
    r"(?:add|answer|append|begin|call|embed|end|give|include|insert|name|output|print|put|repeat|reply"
    r"|respond|return|say|show|sing|speak|start|switch|tell|translate|use|write|your"
    r"|antworte|di|dis|écris|escrib[ea]|gib|imprime|incluye|réponds|responde|sage|schreibe?"
    r"|scrivi|rispondi)\b|\W*(?:请|只|仅|输出|回复|回答|写|打印|说)",
    re.IGNORECASE,
)
"""How a sentence begins that goes on ordering; the fewer languages, the fewer orders are found."""

_CODED = re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[^\W\d_])[\w-]{6,}\b")
_SIGN = 12
_REACH = 2
"""Sentences after one that speaks to a model in which a coded word belongs to the order."""


def as_written(text: str, essay: Essay) -> str:
    """The text of a reply with the essay's control tokens as the essay has them.

    The prompt shows them parted; where nothing was parted nothing is undone.
    """
    return undo(text) if break_up(essay.text) != essay.text else text


def answer_to(
    prompt: Prompt, text: str, essay: Essay, brief: SceneBrief, page: Screenplay
) -> Answer:
    """The reply ``text`` with what it was asked; ``page``: the screenplay in it."""
    from scriptgen.checks.subject import shown
    from scriptgen.parser import detect_language

    return Answer(
        text=text,
        system="\n".join(each.content for each in prompt.messages if each.role == "system"),
        essay=essay.text,
        instructions=instructions(essay),
        orders=orders(essay, brief),
        signs=tuple(essay.text[at : at + _SIGN] for at in _signs(essay)),
        mark=prompt.fence,
        language=detect_language("\n".join(map(shown, page.elements))),
    )


def instructions(essay: Essay) -> tuple[str, ...]:
    """The paragraphs of an essay that seem to speak to a model, and the one after each."""
    paragraphs = list(_paragraphs(essay.text))
    signs = _signs(essay)
    found = {
        near
        for index, (start, text) in enumerate(paragraphs)
        for at in signs
        if start <= at < start + len(text)
        for near in (index, index + 1)
    }
    return tuple(paragraphs[index][1] for index in sorted(found) if index < len(paragraphs))


def orders(essay: Essay, brief: SceneBrief) -> tuple[str, ...]:
    """The sentences of an essay that speak to a model, and the commands that follow them."""
    return tuple(essay.text[start:end] for start, end in _orders(essay, brief))


def without_orders(essay: Essay, brief: SceneBrief) -> SceneBrief:
    """The brief without the moments and lines that stand in what is said to a model.

    A page that has them obeys, and so nobody is to be reminded of them.
    """
    spans = _orders(essay, brief)
    if not spans:
        return brief

    def told(span: Span) -> bool:
        return any(start <= span.start and span.end <= end for start, end in spans)

    return brief.model_copy(
        update={
            "beats": tuple(beat for beat in brief.beats if not told(beat.span)),
            "lines": tuple(line for line in brief.lines if not told(line.span)),
            "questions": tuple(each for each in brief.questions if not told(each)),
        }
    )


def _orders(essay: Essay, brief: SceneBrief) -> list[tuple[int, int]]:
    """Ranges of the essay; what somebody in the story says to a machine is none."""
    spoken = [(line.span.start, line.span.end) for line in brief.lines]
    signs = [at for at in _signs(essay) if not any(start <= at < end for start, end in spoken)]
    found = []
    since = _REACH + 1
    for start, text in _paragraphs(essay.text):
        for at, sentence in _sentences(text):
            begin, end = start + at, start + at + len(sentence)
            signed = any(begin <= sign < end for sign in signs)
            goes_on = since == 0 and _COMMAND.match(sentence) is not None
            since = 0 if signed or goes_on else since + 1
            if not since or (since <= _REACH and _CODED.search(sentence)):
                found.append((begin, end))
    return found


def _signs(essay: Essay) -> list[int]:
    from scriptgen.reader import spoken_to_a_model

    return spoken_to_a_model(essay.text)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    for found in _PARAGRAPH.finditer(text):
        yield found.start(), found[0]


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for end in _SENTENCE_END.finditer(text):
        if text[at : end.start()].strip():
            yield at, text[at : end.start()]
        at = end.end()
    if text[at:].strip():
        yield at, text[at:]
