"""What goes to a model and what comes back."""

from __future__ import annotations

from typing import Literal

from scriptgen.values import Value


class Message(Value):
    """One chat message."""

    role: Literal["system", "user"]
    content: str


class Parameters(Value):
    """How to sample; ``None`` leaves a parameter out of the request.

    ``max_tokens`` bounds the reply in tokens; ``seed`` asks for repeatability where the server
    knows it.
    """

    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    seed: int | None = None
    reasoning_effort: str | None = None


class JsonSchema(Value):
    """The shape of a reply that is to be one JSON object.

    ``name``: letters, digits, ``_`` and ``-``; ``text``: the JSON Schema as canonical JSON.
    """

    name: str
    text: str


class Prompt(Value):
    """The messages as they are sent.

    ``template``: the name it was rendered from; ``template_hash``: SHA-256 (hex) over the sources
    of the template and all it extends or includes; ``fence``: the mark around the essay, which is
    left out of the call key (``None`` where the prompt holds no essay); ``json_schema``: what a
    reply that is to be JSON looks like, ``None`` where text is wanted.
    """

    messages: tuple[Message, ...]
    parameters: Parameters = Parameters()
    template: str
    template_hash: str
    fence: str | None = None
    json_schema: JsonSchema | None = None

    @property
    def tool(self) -> str | None:
        """The name of the tool whose arguments may be the reply, ``None`` where text is wanted."""
        return self.json_schema.name if self.json_schema else None


class Usage(Value):
    """Tokens as the server counted them; ``None`` where it did not say.

    ``cached_tokens``: those of the prompt that the server had in its cache; ``reasoning_tokens``:
    those of the completion that are not in the text.
    """

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    total_tokens: int | None = None
    cached_tokens: int | None = None
    reasoning_tokens: int | None = None

    def __add__(self, other: Usage) -> Usage:
        """Both together; a figure that neither has stays ``None``."""
        figures = {}
        for name in Usage.model_fields:
            told = [n for n in (getattr(self, name), getattr(other, name)) if n is not None]
            figures[name] = sum(told) if told else None
        return Usage(**figures)


class Reply(Value):
    """A usable reply.

    ``finish_reason``: as the server named it; ``seconds``: wall time of the last attempt;
    ``attempts``: requests made for it (0 when the ledger had it); ``model``: as reported;
    ``raw_id``: the ledger's id of the stored body, ``None`` where nothing was stored;
    ``replaced``: characters no file can hold (NUL, lone surrogates) that became U+FFFD in ``text``;
    ``fingerprint``: the server's name for its set-up (``system_fingerprint``); ``dropped``: the
    parameters of the prompt that this server refuses, and that were not sent; ``rung``: how JSON
    was asked for (`scriptgen.llm.rungs`), ``None`` where text was wanted or the ledger had it.
    """

    text: str
    finish_reason: str
    usage: Usage = Usage()
    seconds: float = 0.0
    attempts: int = 1
    model: str | None = None
    raw_id: str | None = None
    replaced: int = 0
    fingerprint: str | None = None
    dropped: tuple[str, ...] = ()
    rung: str | None = None
