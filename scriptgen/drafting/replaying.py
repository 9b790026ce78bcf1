"""Making the draft of a run again from the record: no server, no key, no template, no file."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from pydantic import ValidationError

from scriptgen import __version__
from scriptgen.drafting.asking import Asked, read_stored
from scriptgen.drafting.means import Means
from scriptgen.drafting.options import DraftOptions
from scriptgen.drafting.path import written
from scriptgen.errors import CODES, InputError, ProviderError, ReplyError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from scriptgen.ledger import Ledger
    from scriptgen.prompt import Prompt
    from scriptgen.run import CallMade, Purpose, Run

T = TypeVar("T")
_Given = ParamSpec("_Given")


@dataclass(frozen=True, slots=True)
class Replay:
    """The draft of a run made again.

    ``run``: as it was recorded; ``draft``: the Fountain text that this version of scriptgen makes
    of the same replies, ``None`` where it makes none; ``refused``: why it makes none; ``unasked``:
    calls of the run that this version did not come to ask for; ``version``: of scriptgen.
    """

    run: Run
    draft: str | None
    refused: str | None = None
    unasked: tuple[CallMade, ...] = ()
    version: str = __version__

    @property
    def same(self) -> bool:
        """Whether the draft is the recorded one, byte for byte."""
        return self.draft == self.run.draft

    def difference(self) -> list[str]:
        """What differs from the recorded draft, as the lines of a unified diff."""
        return list(
            unified_diff(
                self.run.draft.splitlines(),
                (self.draft or "").splitlines(),
                f"draft of scriptgen {self.run.version}",
                f"draft of scriptgen {self.version}",
                lineterm="",
                n=1,
            )
        )


def replay(run: Run, ledger: Ledger) -> Replay:
    """Make the draft of ``run`` again from what ``ledger`` keeps: nothing is sent, nothing written.

    Raises `InputError` ``E_RECORD`` where the ledger does not keep all that it takes.
    """
    essay = ledger.essay(run.essay_record) if run.essay_record else None
    if essay is None or run.options is None:
        raise _lacking(run, f"the essay (the run was made by scriptgen {run.version})")
    try:
        options = DraftOptions.model_validate(run.options)
    except ValidationError:
        raise _lacking(run, f"settings that scriptgen {__version__} knows") from None
    asker = _RecordedAsker(run, ledger)
    essay = essay.model_copy(update={"source": run.essay_source})
    making = written(essay, Means(options), asker if run.model else None)
    try:
        draft, _ = _at_once(making)
    except (ProviderError, ReplyError) as error:
        return Replay(run, None, error.message, asker.left)
    return Replay(run, draft, unasked=asker.left)


class _RecordedAsker:
    """A `scriptgen.drafting.asking.Asker` that gives the prompts and replies of a run once more."""

    def __init__(self, run: Run, ledger: Ledger) -> None:
        self._run = run
        self._ledger = ledger
        self._calls = deque(run.calls)

    @property
    def model(self) -> str:
        """The model's name, as the user gave it."""
        return self._run.model or ""

    @property
    def in_parts(self) -> bool:
        """Whether the run's page is made of more than one part."""
        return sum(call.purpose == "draft" for call in self._run.calls) > 1

    @property
    def left(self) -> tuple[CallMade, ...]:
        """The calls that were not asked for again."""
        return tuple(self._calls)

    async def meanwhile(
        self, work: Callable[_Given, T], *given: _Given.args, **named: _Given.kwargs
    ) -> T:
        """What ``work`` gives, done at once: no reply is under way."""
        return work(*given, **named)

    async def ask(self, purpose: Purpose, make: Callable[[], Prompt]) -> Asked:
        """The prompt and the reply of the run's next call, or the error it ended in.

        Raises `ProviderError` where the run made no such call.
        """
        del make
        if not self._calls or self._calls[0].purpose != purpose:
            raise ProviderError("E_PROVIDER", f"the record holds no such call ({purpose})")
        call = self._calls.popleft()
        if call.error is not None:
            code = call.error if call.error in CODES else "E_PROVIDER"
            raise ReplyError(code, "the call failed when the run was made")
        prompt = self._ledger.prompt(call.call_key, fence=call.fence)
        if prompt is None:
            raise _lacking(self._run, f"the prompt of the {purpose}")
        stored = self._ledger.reply(call.raw_id) if call.raw_id else None
        if stored is None:
            raise _lacking(self._run, f"the reply to the {purpose}")
        reply = read_stored(stored, prompt)
        return Asked(prompt, reply.model_copy(update={"dropped": call.dropped}))


def _at_once(making: Coroutine[None, None, T]) -> T:
    """What a coroutine gives that waits for nothing; no event loop is needed, and one may run."""
    try:
        making.send(None)
    except StopIteration as ended:
        result: T = ended.value
        return result
    making.close()
    raise RuntimeError("a replay waits for nothing")


def _lacking(run: Run, what: str) -> InputError:
    return InputError(
        "E_RECORD",
        f"run {run.id} cannot be made again: the ledger does not hold {what}",
        hint=f"scriptgen runs show {run.id} --draft prints the draft as it was recorded",
    )
