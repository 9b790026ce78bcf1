"""A model that says what a file tells it to, for rehearsals and tests: no network, no key.

A text file is one reply, given to every call. A ``.json`` file is a list of steps, taken in turn
by the requests as they come, the last one for ever after::

    ["FADE IN: ...",
     {"text": "INT. KITCHEN - NI", "finish_reason": "length"},
     {"error": 429, "retry_after": 1},
     {"error": 429, "code": "insufficient_quota"},
     {"raw": "<html>not a completion</html>"}]

Steps become HTTP answers and go the way of a real server's: budget, sink, shape, retries.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING

from scriptgen.errors import SetupError
from scriptgen.llm.clocks import SystemClock
from scriptgen.llm.policy import CallPolicy
from scriptgen.llm.served import Answer, ServedModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scriptgen.llm.keys import Secret
    from scriptgen.llm.profile import Sending
    from scriptgen.ports import Budget, Clock, Memory, ReplySink, Tap
    from scriptgen.prompt import Prompt

_FIELDS = {"text", "finish_reason", "error", "retry_after", "code", "message", "raw"}
_CHARACTERS_PER_TOKEN = 4


class ScriptedModel(ServedModel):
    """A `scriptgen.ports.Model` that answers with ``steps``; see the module for their forms.

    Raises `SetupError` (``E_CONFIG``) for a step that is none.
    """

    def __init__(
        self,
        steps: Sequence[str | Mapping[str, object]],
        *,
        name: str = "scripted",
        sink: ReplySink | None = None,
        budget: Budget | None = None,
        clock: Clock | None = None,
        policy: CallPolicy | None = None,
        memory: Memory | None = None,
        tap: Tap | None = None,
    ) -> None:
        self._script = _Script(steps, where=name)
        super().__init__(
            name,
            self._script,
            sink=sink,
            budget=budget,
            clock=clock or SystemClock(),
            policy=policy or CallPolicy(),
            memory=memory,
            tap=tap,
        )

    @property
    def requests(self) -> int:
        """Requests answered so far, failed ones counted."""
        return self._script.answered


def read_steps(path: str) -> list[str | Mapping[str, object]]:
    """The steps in a file; raises `SetupError` (``E_CONFIG``) where it cannot be used."""
    try:
        text = Path(path).read_text(encoding="utf-8")
        steps = json.loads(text) if path.endswith(".json") else [text]
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(
            "E_CONFIG",
            f"the script of a scripted model cannot be read ({type(error).__name__})",
            where=path,
            hint="write --model scripted:FILE with a UTF-8 text file or a .json list",
        ) from None
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise SetupError("E_CONFIG", "not JSON", where=f"{path}:{line}") from None
    if not isinstance(steps, list):
        raise SetupError("E_CONFIG", "a script is a JSON list of steps", where=path)
    return steps


class _Script:
    """The transport: steps in, answers out."""

    def __init__(self, steps: Sequence[str | Mapping[str, object]], *, where: str) -> None:
        if not steps:
            raise SetupError("E_CONFIG", "a script needs at least one step", where=where)
        for number, step in enumerate(steps, start=1):
            _check(step, f"{where}: step {number}")
        self._steps = tuple(steps)
        self._numbers = itertools.count()
        self.origin = where
        self.secrets: tuple[Secret, ...] = ()
        self.answered = 0

    def open(self) -> None:
        """Nothing to get ready."""

    async def send(self, prompt: Prompt, sending: Sending) -> Answer:  # noqa: ARG002 - its own way
        number = next(self._numbers)
        self.answered = number + 1
        step = self._steps[min(number, len(self._steps) - 1)]
        return _answer({"text": step} if isinstance(step, str) else step, prompt, number)

    async def close(self) -> None:
        """Nothing is held open."""


def _check(step: object, where: str) -> None:
    if isinstance(step, str):
        return
    if not isinstance(step, dict) or len({"text", "error", "raw"} & step.keys()) != 1:
        raise SetupError(
            "E_CONFIG", 'a step is a text or holds "text", "error" or "raw"', where=where
        )
    unknown = sorted(step.keys() - _FIELDS)
    if unknown:
        raise SetupError("E_CONFIG", f"a step knows no {unknown[0]!r}", where=where)
    for name in ("text", "raw"):
        if not isinstance(step.get(name, ""), str):
            raise SetupError("E_CONFIG", f'"{name}" is a text', where=where)
    status = step.get("error", 500)
    if isinstance(status, bool) or not isinstance(status, int) or not 300 <= status < 600:  # noqa: PLR2004 - HTTP
        raise SetupError("E_CONFIG", '"error" is an HTTP status from 300 to 599', where=where)


def _answer(step: Mapping[str, object], prompt: Prompt, number: int) -> Answer:
    headers = {"x-request-id": f"scripted-{number + 1}"}
    if "raw" in step:
        return Answer(200, headers, str(step["raw"]).encode("utf-8", "surrogatepass"))
    if "error" in step:
        if "retry_after" in step:
            headers["retry-after"] = str(step["retry_after"])
        error = {"message": step.get("message", "scripted failure"), "code": step.get("code")}
        return Answer(int(str(step["error"])), headers, json.dumps({"error": error}).encode())
    text = str(step["text"])
    asked = _tokens("".join(message.content for message in prompt.messages))
    document = {
        "model": "scripted",
        "choices": [
            {
                "message": {"role": "assistant", "content": text},
                "finish_reason": step.get("finish_reason", "stop"),
            }
        ],
        "usage": {
            "prompt_tokens": asked,
            "completion_tokens": _tokens(text),
            "total_tokens": asked + _tokens(text),
        },
    }
    return Answer(200, headers, json.dumps(document).encode())


def _tokens(text: str) -> int:
    return -(-len(text) // _CHARACTERS_PER_TOKEN)
