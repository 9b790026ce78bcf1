"""What is known of a model behind an origin, and what a request to it may therefore hold.

A server that refuses a parameter by name teaches a `Lesson`; a `Profile` is all lessons about one
model of one origin. They are kept for the life of the process, and longer by a
`scriptgen.ports.Memory`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scriptgen.prompt import Parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scriptgen.llm.intake import Intake
    from scriptgen.ports import Memory
    from scriptgen.prompt import Prompt

REFUSED = "refused"
CAP = "max_tokens"
CAP_NAMES = ("max_tokens", "max_completion_tokens")
RUNG = "rung"
RUNGS = ("json_schema", "json_object", "tool", "text")
"""How a JSON reply is asked for, the strictest first."""

STREAM = "stream"
STREAMED: Mapping[str, object] = MappingProxyType(
    {STREAM: True, "stream_options": {"include_usage": True}}
)
"""What asks for a reply in pieces, the tokens counted in the last."""

_OPENAI_HOST = "api.openai.com"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing learnt.

    ``topic``: a field of `scriptgen.prompt.Parameters`, a name in `STREAMED`, or `RUNG`; ``text``:
    `REFUSED`, the name that the server wants instead (`CAP_NAMES`), or the rung of `RUNGS` to
    begin with.
    """

    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes into one request beside the messages.

    ``parameters``: by the names that go into the request; ``rung``: how JSON is asked for, one of
    `RUNGS`, ``None`` where text is wanted; ``intake``: takes the reply in as it comes, ``None``
    where it is to come in one piece.
    """

    parameters: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    rung: str | None = None
    intake: Intake | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """The lessons about one model: topic to text. ``cap``: what ``max_tokens`` is called."""

    cap: str = CAP
    lessons: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def having(self, lesson: Lesson) -> Profile:
        """The profile with one lesson more, in place of an older one on its topic."""
        return replace(self, lessons=MappingProxyType({**self.lessons, lesson.topic: lesson.text}))

    def sending(self, prompt: Prompt, intake: Intake | None = None) -> Sending:
        """What of ``prompt``'s parameters is sent, and under which names.

        With ``intake`` a reply in text is asked for as a stream, unless the server refuses that.
        """
        wanted = prompt.parameters.model_dump(exclude_none=True)
        if prompt.json_schema is not None or self.name_of(STREAM) is None:
            intake = None
        if intake is not None:
            wanted |= STREAMED
        names = {name: self.name_of(name) for name in wanted}
        return Sending(
            MappingProxyType({sent: wanted[name] for name, sent in names.items() if sent}),
            self.rung if prompt.json_schema else None,
            intake,
        )

    @property
    def rung(self) -> str:
        """How JSON is asked for."""
        learnt = self.lessons.get(RUNG)
        return learnt if learnt in RUNGS else RUNGS[0]

    def stepping_down(self, rung: str) -> Lesson:
        """What to learn where the server refuses ``rung``; never a rung above one learnt before."""
        lower = max(RUNGS.index(rung) + 1, RUNGS.index(self.rung))
        return Lesson(RUNG, RUNGS[min(lower, len(RUNGS) - 1)])

    def dropped(self, prompt: Prompt) -> tuple[str, ...]:
        """The parameters of ``prompt`` that are not sent, since the server refuses them."""
        wanted = prompt.parameters.model_dump(exclude_none=True)
        return tuple(name for name in wanted if self.name_of(name) is None)

    def name_of(self, parameter: str) -> str | None:
        """What a parameter is called in a request, ``None`` where it is left out."""
        learnt = self.lessons.get(parameter)
        if learnt == REFUSED:
            return None
        if parameter != CAP:
            return parameter
        return learnt if learnt in CAP_NAMES else self.cap

    def refusal(self, name: str) -> Lesson | None:
        """What to learn where the server refuses the parameter it was sent as ``name``.

        The cap on tokens is tried under its other name first. ``None`` for a name that is none of
        ours.
        """
        if name not in CAP_NAMES:
            ours = name in Parameters.model_fields or name in STREAMED
            return Lesson(name, REFUSED) if ours else None
        other = CAP_NAMES[1 - CAP_NAMES.index(name)]
        if self.name_of(CAP) == name:
            return Lesson(CAP, REFUSED if CAP in self.lessons else other)
        return Lesson(CAP, self.lessons.get(CAP, other))


_profiles: dict[tuple[str, str], Profile] = {}


def profile_of(origin: str, model: str, memory: Memory | None = None) -> Profile:
    """What is known of ``model`` at ``origin``; where this process knows nothing, by ``memory``."""
    known = _profiles.get((origin, model))
    if known is None:
        known = Profile(cap=_usual_cap(origin))
        if memory is not None:
            known = replace(known, lessons=MappingProxyType(dict(memory.recall(origin, model))))
        _profiles[origin, model] = known
    return known


def learn(origin: str, model: str, lesson: Lesson, memory: Memory | None = None) -> None:
    """Keep a lesson, in ``memory`` too; one that is known already costs nothing."""
    known = profile_of(origin, model)
    if known.lessons.get(lesson.topic) == lesson.text:
        return
    _profiles[origin, model] = known.having(lesson)
    if memory is not None:
        memory.learn(origin, model, lesson.topic, lesson.text)


def forget(origin: str) -> None:
    """Drop what this process knows of the models at ``origin``."""
    for known in [key for key in _profiles if key[0] == origin]:
        del _profiles[known]


def _usual_cap(origin: str) -> str:
    # Ollama and llama.cpp know the older name only, OpenAI's reasoning models the newer.
    host = urlsplit(origin).hostname or ""
    newer = host == _OPENAI_HOST or host.endswith(f".{_OPENAI_HOST}")
    return CAP_NAMES[newer]
