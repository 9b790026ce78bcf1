"""What a server's refusal means: from status and error object to a named error.

Statuses and codes as OpenAI documents them (platform.openai.com/docs/guides/error-codes), with the
spellings of servers that follow it: llama.cpp, vLLM, DeepSeek, OpenRouter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from scriptgen.errors import FatalProviderError, ProviderError, ScriptgenError, SetupError
from scriptgen.llm.quoting import quote

if TYPE_CHECKING:
    from scriptgen.llm.keys import Secret

E = TypeVar("E", bound=ScriptgenError)

FATAL_STATUSES = frozenset({401, 402, 403, 404})
FATAL_CODES = frozenset(
    {
        "account_deactivated",
        "authentication_error",
        "billing_hard_limit_reached",
        "billing_not_active",
        "exceeded_current_quota_error",
        "insufficient_quota",
        "invalid_api_key",
        "model_not_found",
        "permission_denied",
    }
)
_LONGEST_READ = 200
_KEY_REFUSED = re.compile(r"(?:incorrect|invalid) api key|api key (?:is )?(?:not valid|expired)")
"""xAI and Gemini, which say so with 400 and no code for it."""
_NO_CREDIT = re.compile(r"credit balance is too low")
"""Anthropic, with 400 as well."""
TOO_LONG_CODES = frozenset({"context_length_exceeded", "exceed_context_size_error"})
_TOO_LONG_STATUSES = frozenset({400, 413, 422, 500})
_TOO_LONG = re.compile(
    r"maximum context length|context (?:length|size|window)[^.]{0,40} exceed"
    r"|exceeds?[^.]{0,60} context (?:length|size|window)|(?:prompt|input) is too long"
)
"""vLLM, Ollama, LM Studio and gateways, which have no code for it."""
_REDIRECTS = range(300, 400)
_NOT_FOUND = 404
_LONGEST_ID = 80
_HINTS = {
    401: "check the key, which --api-key-env names: it may be missing, wrong, expired or meant for "
    "another server",
    402: "add credit with the provider, then run again: finished work is kept",
    403: "ask the provider for access to this model, or name another with --model",
    404: "check --model and --base-url: the server does not know one of them",
}
_QUOTA_CODES = frozenset({"exceeded_current_quota_error", "insufficient_quota"})
_MEANT = frozenset({400, 422, 429})
_QUOTA_HINT = "the quota is used up: raise it with the provider, then run again"


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who answered, for the text of an error.

    ``where``: the origin; ``request_id``: the server's own id of the request, ``None`` where it
    gave none; ``secrets``: what must not be quoted.
    """

    status: int
    where: str | None = None
    request_id: str | None = None
    secrets: tuple[Secret, ...] = ()

    def error(self, kind: type[E], code: str, text: str, *, hint: str | None = None) -> E:
        """An error that names status and request; ``text`` is ours."""
        request = ""
        if self.request_id:
            request = f" (request {quote(self.request_id, self.secrets, longest=_LONGEST_ID)})"
        return kind(code, f"HTTP {self.status}{request}: {text}", where=self.where, hint=hint)

    def quote(self, text: str) -> str:
        """The server's words, made safe to show."""
        return quote(text, self.secrets) or "no message"


@dataclass(frozen=True, slots=True)
class ErrorObject:
    """What a server says went wrong; ``codes`` holds its ``code`` and ``type`` as text."""

    message: str
    codes: frozenset[str]

    @property
    def fatal(self) -> bool:
        """Whether no other call can succeed either."""
        numbers = {str(status) for status in FATAL_STATUSES}
        return self.stands_for is not None or not self.codes.isdisjoint(FATAL_CODES | numbers)

    @property
    def stands_for(self) -> int | None:
        """The status that its words stand for where they say it best: 401, 402 or none."""
        said = self.message[:_LONGEST_READ].lower()
        if _KEY_REFUSED.search(said):
            return 401
        return 402 if _NO_CREDIT.search(said) else None


def find_error(document: object) -> ErrorObject | None:
    """The error object of a decoded body, ``None`` where it holds none.

    Gemini puts it into a list.
    """
    if isinstance(document, list) and len(document) == 1:
        document = document[0]
    if not isinstance(document, Mapping):
        return None
    inner = document.get("error")
    if isinstance(inner, str) and inner:
        return ErrorObject(inner, _codes(document))
    if isinstance(inner, Mapping) and inner:
        return ErrorObject(_message(inner), _codes(inner))
    if "choices" not in document and (document.get("message") or document.get("detail")):
        return ErrorObject(_message(document), _codes(document))
    return None


def status_error(document: object, plain: str, answerer: Answerer) -> ScriptgenError:
    """The error that a status outside 200-299 stands for.

    ``document``: the decoded body, ``None`` where it is no JSON; ``plain``: the body as text.
    """
    if answerer.status in _REDIRECTS:
        return answerer.error(
            SetupError,
            "E_CONFIG",
            "the server sends the request elsewhere, and a prompt is never sent on",
            hint="give the address it redirects to as --base-url",
        )
    said = find_error(document)
    codes = said.codes if said else frozenset()
    text = answerer.quote(said.message if said and said.message else plain)
    meant = said.stands_for if said and answerer.status in _MEANT else None
    if answerer.status in FATAL_STATUSES or meant or not codes.isdisjoint(FATAL_CODES):
        hint = _HINTS.get(meant or answerer.status)
        if not codes.isdisjoint(_QUOTA_CODES):
            hint = _QUOTA_HINT
        if "model_not_found" in codes:
            hint = _HINTS[_NOT_FOUND]
        return answerer.error(FatalProviderError, "E_FATAL", text, hint=hint)
    too_long = answerer.status in _TOO_LONG_STATUSES and _TOO_LONG.search(text.lower())
    if too_long or not codes.isdisjoint(TOO_LONG_CODES):
        hint = (
            "ask part by part if you do not (-t draft.chunked), use a model with a longer context,"
            " or set a smaller max_tokens"
        )
        return answerer.error(ProviderError, "E_TOO_LONG", text, hint=hint)
    return answerer.error(ProviderError, "E_PROVIDER", text)


def _message(error: Mapping[object, object]) -> str:
    for name in ("message", "detail", "msg"):
        value = error.get(name)
        if isinstance(value, str) and value:
            return value
    return ""


def _codes(error: Mapping[object, object]) -> frozenset[str]:
    found = (error.get("code"), error.get("type"))
    return frozenset(str(value).lower() for value in found if isinstance(value, str | int))
