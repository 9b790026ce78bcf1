"""The shape of a reply: every body a server can send, to a `Reply` or to a named error.

========================================================  ====================
body with a status of 200-299                             result
========================================================  ====================
empty, not UTF-8, not JSON, not a chat completion         ``E_PROTOCOL``
an error object                                           ``E_FATAL`` or ``E_PROTOCOL``
``finish_reason`` unknown, or an offer of tools           ``E_PROTOCOL``
``refusal`` holds text                                    ``E_REFUSED``
``finish_reason`` is ``content_filter``                   ``E_FILTERED``
``finish_reason`` is ``length`` or missing                ``E_TRUNCATED``
no text, or only blanks                                   ``E_EMPTY_REPLY``
text (or a list of text parts)                            a `Reply`
========================================================  ====================

The rows are tried from top to bottom; a stream of events is read as the completion it adds up to
(`scriptgen.llm.events`). Any other status goes to `provider_errors.status_error`.
Where a tool was asked for, the arguments of the one call of it are the text, and
``finish_reason`` may say that a tool is called; two calls are ``E_AMBIGUOUS_JSON``.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn

from scriptgen.errors import FatalProviderError, ProviderError, ReplyError, ScriptgenError
from scriptgen.llm.endings import CALLED, CUT, FILTERED, WHOLE
from scriptgen.llm.events import assemble, is_stream
from scriptgen.llm.provider_errors import Answerer, find_error, status_error
from scriptgen.prompt import Reply, Usage

if TYPE_CHECKING:
    from scriptgen.llm.keys import Secret

_OK = range(200, 300)
UNWRITABLE = re.compile("[\0\ud800-\udfff]")
"""What no text file can hold."""

_BLANK = " \t\r\n\v\f\u00a0\u200b\u2060\u3000\ufeff\ufffd"
_COUNT_LIMIT = 2**53
_LONGEST_NAME = 200


def read_body(
    status: int,
    body: bytes,
    *,
    where: str | None = None,
    request_id: str | None = None,
    secrets: tuple[Secret, ...] = (),
    tool: str | None = None,
) -> Reply:
    """The reply in ``body``, the raw bytes that came with HTTP ``status``.

    NUL and lone surrogates in its text become U+FFFD and are counted in ``Reply.replaced``.
    ``tool``: the name of a tool whose arguments may be the reply, as those of a prompt's
    ``json_schema``; ``None`` where text is wanted. ``where``, ``request_id`` and ``secrets`` serve
    the text of errors. Raises `FatalProviderError`, `ProviderError`, `ReplyError` or, for a
    redirect, `SetupError`; nothing else.
    """
    answerer = Answerer(status, where, request_id, secrets)
    document, trouble = _decode(body)
    if status not in _OK:
        raise status_error(document, body.decode("utf-8", errors="replace"), answerer)
    if trouble:
        quoted = answerer.quote(body.decode("utf-8", errors="replace"))
        raise answerer.error(ProviderError, "E_PROTOCOL", f"{trouble}: {quoted}")
    error = find_error(document)
    if error is not None:
        kind, code = (
            (FatalProviderError, "E_FATAL") if error.fatal else (ProviderError, "E_PROTOCOL")
        )
        raise answerer.error(
            kind, code, f"an error came instead of a reply: {answerer.quote(error.message)}"
        )
    choice, message = _choice(document, answerer)
    called = _arguments(message.get("tool_calls"), tool, answerer) if tool else None
    content = _content(message.get("content"), answerer) if called is None else called
    text, replaced = UNWRITABLE.subn("\ufffd", content)
    finish = choice.get("finish_reason")
    _check_finish(finish, message.get("refusal"), text, answerer, called=called is not None)
    return Reply(
        text=text,
        finish_reason=str(finish),
        usage=_usage(document),
        model=_named(document, "model"),
        fingerprint=_named(document, "system_fingerprint"),
        replaced=replaced,
    )


def read_usage(body: bytes) -> Usage | None:
    """The tokens a body counts, whatever else it holds; ``None`` where it counts none.

    A prompt of no tokens is no figure: some servers fill in zeros.
    """
    document, _ = _decode(body)
    usage = _usage(document)
    if usage.prompt_tokens == 0:
        usage = usage.model_copy(update={"prompt_tokens": None, "total_tokens": None})
        if usage.completion_tokens == 0:
            usage = usage.model_copy(update={"completion_tokens": None})
    return None if usage == Usage() else usage


def _decode(body: bytes) -> tuple[object, str | None]:
    if not body.strip():
        return None, "the body is empty"
    if is_stream(body):
        return assemble(body)
    try:
        return json.loads(body.decode("utf-8-sig")), None
    except UnicodeDecodeError:
        return None, "the body is not UTF-8"
    except (ValueError, RecursionError):
        return None, "the body is not JSON"


def _choice(document: object, answerer: Answerer) -> tuple[dict[str, object], dict[str, object]]:
    if not isinstance(document, dict):
        _misshapen("the body is no JSON object", answerer)
    choices = document.get("choices")
    if not isinstance(choices, list) or not choices:
        _misshapen("the body holds no choices", answerer)
    choice = choices[0]
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(message, dict):
        _misshapen("the first choice holds no message", answerer)
    return choice, message


def _content(content: object, answerer: Answerer) -> str:
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        _misshapen("the message's content is no text", answerer)
    texts = []
    for part in content:
        text = part.get("text") if isinstance(part, dict) and part.get("type") == "text" else None
        if not isinstance(text, str):
            _misshapen("the message's content holds a part that is no text", answerer)
        texts.append(text)
    return "".join(texts)


def _arguments(calls: object, tool: str, answerer: Answerer) -> str | None:
    """The arguments of the call of ``tool``, ``None`` where nothing is called."""
    if not calls:
        return None
    if not isinstance(calls, list):
        _misshapen("the calls of tools are no list", answerer)
    if len(calls) > 1:
        raise answerer.error(
            ReplyError, "E_AMBIGUOUS_JSON", f"the tool is called {len(calls)} times"
        )
    function = calls[0].get("function") if isinstance(calls[0], dict) else None
    if not isinstance(function, dict) or function.get("name") != tool:
        _misshapen("a tool is called that was not offered", answerer)
    arguments = function.get("arguments")
    if isinstance(arguments, dict):
        return json.dumps(arguments)
    if not isinstance(arguments, str):
        _misshapen("the tool is called without arguments", answerer)
    return arguments


def _check_finish(
    finish: object, refusal: object, text: str, answerer: Answerer, *, called: bool
) -> None:
    if not (finish is None or isinstance(finish, str)):
        _misshapen("the reason the reply ended is no text", answerer)
    known = WHOLE | CUT | FILTERED | (CALLED if called else frozenset())
    finish = finish.strip().lower() if finish else None
    if finish and finish not in known:
        named = answerer.quote(finish)
        _misshapen(f"the reply ended for an unknown reason ({named})", answerer)
    error: ScriptgenError | None = None
    if isinstance(refusal, str) and refusal.strip():
        said = f"the model refused: {answerer.quote(refusal)}"
        error = answerer.error(ReplyError, "E_REFUSED", said)
    elif finish in FILTERED:
        error = answerer.error(ReplyError, "E_FILTERED", "the content filter stopped the reply")
    elif finish in CUT:
        error = answerer.error(
            ReplyError,
            "E_TRUNCATED",
            "the reply reached the limit of tokens before its end",
            hint="raise max_tokens, by --set or in the template's header, or ask for fewer pages",
        )
    elif not finish:
        said = "the server does not say that the reply is whole"
        error = answerer.error(
            ReplyError,
            "E_TRUNCATED",
            said,
            hint="ask again, with --no-live if the reply was shown as it came",
        )
    elif not text.strip(_BLANK):
        error = answerer.error(ReplyError, "E_EMPTY_REPLY", "the reply holds no text")
    if error is not None:
        raise error


def _misshapen(what: str, answerer: Answerer) -> NoReturn:
    raise answerer.error(ProviderError, "E_PROTOCOL", what)


def _named(document: object, field: str) -> str | None:
    """A name that the server gives, ``None`` where it gives none."""
    name = document.get(field) if isinstance(document, dict) else None
    if not isinstance(name, str) or not name:
        return None
    return UNWRITABLE.sub("\ufffd", name)[:_LONGEST_NAME]


def _usage(document: object) -> Usage:
    counts = document.get("usage") if isinstance(document, dict) else None
    if not isinstance(counts, dict):
        return Usage()
    cached = _detail(counts, "prompt_tokens_details", "cached_tokens")
    return Usage(
        prompt_tokens=_count(counts.get("prompt_tokens")),
        completion_tokens=_count(counts.get("completion_tokens")),
        total_tokens=_count(counts.get("total_tokens")),
        # DeepSeek has a name of its own for it.
        cached_tokens=_count(counts.get("prompt_cache_hit_tokens")) if cached is None else cached,
        reasoning_tokens=_detail(counts, "completion_tokens_details", "reasoning_tokens"),
    )


def _detail(counts: dict[str, object], table: str, name: str) -> int | None:
    details = counts.get(table)
    return _count(details.get(name)) if isinstance(details, dict) else None


def _count(value: object) -> int | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _COUNT_LIMIT:
        return None
    return value
