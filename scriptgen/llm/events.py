"""A streamed completion: its bytes to the document that a plain completion is.

The bytes are server-sent events (html.spec.whatwg.org/multipage/server-sent-events.html): lines
that end in LF, CR or CRLF, comments, and ``data`` of one or more lines up to a blank one. Each
event holds a ``chat.completion.chunk`` (platform.openai.com/docs/api-reference/chat-streaming) or
``[DONE]``. What servers do beside that, and what becomes of it:

==============================================  ===========================================
in the stream                                   in the document
==============================================  ===========================================
usage in a last chunk without choices           ``usage``; the last one that was sent holds
an error object, or an event named ``error``    that object alone, and the usage
reasoning beside the text                       nothing: it is no text
a whole ``message`` in place of deltas          taken, where no delta came before it
half of a surrogate pair in each of two deltas  the character they make
no ``[DONE]`` at the end                        no ``finish_reason``: the reply is cut off
an event cut off at the end of the bytes        nothing, as the specification has it
a choice other than the first                   nothing
two reasons to end                              the one that says why it is not whole
==============================================  ===========================================
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.llm.endings import cut_short
from scriptgen.llm.provider_errors import find_error

if TYPE_CHECKING:
    from collections.abc import Iterator

_STREAM = re.compile(rb"\A(?:\xef\xbb\xbf)?[\r\n]*(?:data|event|id|retry)?:")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DONE = b"[DONE]"
_SURROGATE = re.compile("[\ud800-\udfff]")
_FIRST_HALF = re.compile("[\ud800-\udbff]\\Z")
_MOST_EVENTS = 200_000
"""Those of a page come to a few thousand; a million would take many seconds to read."""

_FACTS = ("id", "created", "model", "system_fingerprint")


def is_stream(body: bytes) -> bool:
    """Whether ``body`` is a stream of events; JSON and HTML never begin like one."""
    return _STREAM.match(body) is not None


def assemble(body: bytes) -> tuple[object, str | None]:
    """The document that the stream ``body`` adds up to, and what is wrong with it, if anything.

    Never raises.
    """
    reply = StreamedReply()
    reply.feed(body)
    reply.end()
    return reply.document()


class StreamedReply:
    """A reply that comes in pieces, however its bytes are split."""

    def __init__(self) -> None:
        self._lines = _Lines()
        self._event = _Event()
        self._message = _Message()
        self._facts: dict[str, object] = {}
        self._usage: object = None
        self._error: dict[str, object] | None = None
        self._trouble: str | None = None
        self._done = False
        self._half = ""
        self._events = 0

    @property
    def done(self) -> bool:
        """Whether its end mark has come."""
        return self._done

    def feed(self, chunk: bytes) -> str:
        """Take the next bytes; gives the text that they add to the reply."""
        return self._whole("".join(map(self._line, self._lines.feed(chunk))))

    def end(self) -> str:
        """Say that there are no more bytes; gives the text that they held back."""
        if line := self._lines.rest():
            self._event.add(line)
        # Many servers leave out the blank line after their last event.
        last = self._line(b"") if self._readable() else ""
        text, self._half = _paired(self._half + last), ""
        return text

    def document(self) -> tuple[object, str | None]:
        """As `assemble`, of what has come so far."""
        usage = {} if self._usage is None else {"usage": self._usage}
        if self._error is not None:
            return {**self._error, **usage}, None
        if self._trouble is not None:
            return None, self._trouble
        choices = [self._message.choice(whole=self._done)] if self._message.begun else []
        return {**self._facts, "object": "chat.completion", "choices": choices, **usage}, None

    def _readable(self) -> bool:
        data = self._event.joined()
        return data == _DONE or isinstance(_decoded(data)[0], dict)

    def _line(self, line: bytes) -> str:
        if line:
            self._event.add(line)
            return ""
        event, self._event = self._event, _Event()
        if not event.data or self._done or self._events > _MOST_EVENTS:
            return ""
        self._events += 1
        if self._events > _MOST_EVENTS:
            self._trouble = self._trouble or f"the stream has more than {_MOST_EVENTS:,} events"
            return ""
        return self._take(event)

    def _take(self, event: _Event) -> str:
        data = event.joined()
        if data == _DONE:
            self._done = True
            return ""
        chunk, trouble = _decoded(data)
        if event.name == b"error":
            self._error = self._error or _as_error(chunk, data)
            return ""
        if not isinstance(chunk, dict):
            self._trouble = self._trouble or trouble or "an event of the stream is no JSON object"
            return ""
        if find_error(chunk) is not None:
            self._error = self._error or chunk
        for name in _FACTS:
            if chunk.get(name) and name not in self._facts:
                self._facts[name] = chunk[name]
        if isinstance(chunk.get("usage"), dict):
            self._usage = chunk["usage"]
        return "".join(self._message.take(chunk.get("choices")))

    def _whole(self, text: str) -> str:
        text = self._half + text
        half = _FIRST_HALF.search(text)
        self._half = half[0] if half else ""
        return _paired(text[: half.start()] if half else text)


class _Lines:
    """Bytes to lines without their ends."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._after_return = False
        self._begun = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        if self._after_return and chunk:
            chunk = chunk.removeprefix(b"\n")
            self._after_return = False
        self._after_return = self._after_return or chunk.endswith(b"\r")
        # Bytes, unlike text, break at CR, LF and CRLF alone.
        for line in chunk.splitlines(keepends=True):
            bare = line.rstrip(b"\r\n")
            self._parts.append(bare)
            if bare != line:
                yield self.rest()

    def rest(self) -> bytes:
        """What has come of a line that has not ended."""
        line, self._parts = b"".join(self._parts), []
        if not self._begun:
            self._begun = True
            line = line.removeprefix(_BYTE_ORDER_MARK)
        return line


@dataclass(slots=True)
class _Event:
    """The lines of one event."""

    name: bytes = b""
    data: list[bytes] = field(default_factory=list)

    def add(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self.data.append(value)
        elif name == b"event":
            self.name = value

    def joined(self) -> bytes:
        return b"\n".join(self.data).strip()


@dataclass(slots=True)
class _Message:
    """What the deltas of the first choice add up to."""

    begun: bool = False
    content: list[object] = field(default_factory=list)
    refusal: list[str] = field(default_factory=list)
    tools: dict[int, dict[str, object]] = field(default_factory=dict)
    finish: object = None

    def take(self, choices: object) -> Iterator[str]:
        """The text in a chunk's choices."""
        for choice in choices if isinstance(choices, list) else ():
            if isinstance(choice, dict) and not choice.get("index"):
                yield from self._delta(choice)
                self.begun = True
                self._ended(choice.get("finish_reason"))

    def _ended(self, reason: object) -> None:
        # Some servers close every stream with "stop", whatever they have said before.
        if reason and not cut_short(self.finish):
            self.finish = reason

    def _delta(self, choice: dict[str, object]) -> Iterator[str]:
        delta = choice.get("delta")
        if not isinstance(delta, dict):
            delta = None if self.content else choice.get("message")
        if not isinstance(delta, dict):
            return
        content = delta.get("content")
        for piece in content if isinstance(content, list) else (content,):
            if piece is None:
                continue
            self.content.append(piece)
            text = piece.get("text") if isinstance(piece, dict) else piece
            if isinstance(text, str):
                yield text
        if isinstance(delta.get("refusal"), str):
            self.refusal.append(str(delta["refusal"]))
        calls = delta.get("tool_calls")
        for call in calls if isinstance(calls, list) else ():
            if isinstance(call, dict):
                self._call(call)

    def _call(self, call: dict[str, object]) -> None:
        index = call.get("index")
        number = index if isinstance(index, int) else max(0, len(self.tools) - 1)
        known = self.tools.setdefault(
            number, {"id": None, "type": "function", "function": {"name": "", "arguments": ""}}
        )
        known["id"] = known["id"] or call.get("id")
        said, function = call.get("function"), known["function"]
        if isinstance(said, dict) and isinstance(function, dict):
            for name in ("name", "arguments"):
                function[name] += said[name] if isinstance(said.get(name), str) else ""

    def choice(self, *, whole: bool) -> dict[str, object]:
        """The choice of a plain completion; without a reason to end unless it is ``whole``."""
        message: dict[str, object] = {"role": "assistant", "content": self._text()}
        if self.refusal:
            message["refusal"] = "".join(self.refusal)
        if self.tools:
            message["tool_calls"] = [self.tools[number] for number in sorted(self.tools)]
        finish = self.finish if whole else None
        return {"index": 0, "message": message, "finish_reason": finish}

    def _text(self) -> object:
        if not self.content:
            return None
        if all(isinstance(piece, str) for piece in self.content):
            return _paired("".join(map(str, self.content)))
        parts = [
            {"type": "text", "text": piece} if isinstance(piece, str) else piece
            for piece in self.content
        ]
        return parts if all(isinstance(part, dict) for part in parts) else self.content


def _decoded(data: bytes) -> tuple[object, str | None]:
    try:
        return json.loads(data.decode()), None
    except UnicodeDecodeError:
        return None, "an event of the stream is not UTF-8"
    except (ValueError, RecursionError):
        return None, "an event of the stream is not JSON"


def _as_error(chunk: object, data: bytes) -> dict[str, object]:
    if isinstance(chunk, dict) and find_error(chunk) is not None:
        return chunk
    return {"error": {"message": data.decode(errors="replace") or "no message"}}


def _paired(text: str) -> str:
    """``text`` with the halves of surrogate pairs made one; lone ones stay."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
