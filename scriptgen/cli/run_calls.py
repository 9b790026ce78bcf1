"""What a run asked, word for word: the messages as they were sent and what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scriptgen.cli import printing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.ledger import Ledger, StoredReply
    from scriptgen.prompt import Prompt
    from scriptgen.run import CallMade


def call_line(call: CallMade) -> str:
    """One call on one line: what for, from where, how it ended."""
    tokens = call.usage.total_tokens
    told = [
        f"{call.purpose} ({call.template})",
        _requests(call),
        f"{call.seconds:.1f} s" if call.requests else "",
        f"{tokens} tokens" if tokens is not None else "",
        f"cost {call.cost:.4g}" if call.cost is not None else "",
        printing.counted(call.estimated, "request") + " estimated" if call.estimated else "",
        printing.one_line(call.model or ""),
        call.error or call.finish_reason or "",
        f"without {', '.join(call.dropped)}" if call.dropped else "",
        f"by {call.rung}" if call.rung else "",
        f"reply {call.raw_id}" if call.raw_id else "",
    ]
    return ", ".join(filter(None, told))


def _requests(call: CallMade) -> str:
    if call.requests:
        return printing.counted(call.requests, "request")
    return "not sent" if call.error else "on record"


def calls_sheet(calls: Sequence[CallMade], ledger: Ledger) -> Iterator[str]:
    """The lines of a page with every message and every reply."""
    for number, call in enumerate(calls, 1):
        yield f"=== call {number} of {len(calls)}: {call_line(call)}"
        prompt = ledger.prompt(call.call_key, fence=call.fence)
        if prompt is None:
            yield "--- the prompt was not kept"
        for message in _sent(call, prompt):
            yield f"--- {message['role']}"
            yield message["content"]
        for reply in _replies(call, ledger):
            text, trouble = _read(reply, prompt)
            yield f"--- reply {reply.id}" + (f" ({trouble})" if trouble else "")
            yield text


def calls_record(calls: Sequence[CallMade], ledger: Ledger) -> list[dict[str, Any]]:
    """As `calls_sheet`, as plain data; of replies the body as it came."""
    return [
        {
            **call.model_dump(mode="json"),
            "messages": _sent(call, ledger.prompt(call.call_key, fence=call.fence)),
            "replies": [
                {"id": each.id, "status": each.status, "body": each.body.decode(errors="replace")}
                for each in _replies(call, ledger)
            ],
        }
        for call in calls
    ]


def _sent(call: CallMade, prompt: Prompt | None) -> list[dict[str, str]]:
    from scriptgen.llm.rungs import messages

    return messages(prompt, call.rung) if prompt else []


def _replies(call: CallMade, ledger: Ledger) -> list[StoredReply]:
    """The reply that was used; of a call that failed, all that came to it."""
    if call.raw_id is None:
        return ledger.replies_to(call.call_key)
    used = ledger.reply(call.raw_id)
    return [used] if used else []


def _read(reply: StoredReply, prompt: Prompt | None) -> tuple[str, str | None]:
    """The text of a reply; its body as it came where it cannot be used, and why not."""
    from scriptgen.drafting import read_stored
    from scriptgen.errors import ScriptgenError

    try:
        return read_stored(reply, prompt).text, None
    except ScriptgenError as error:
        return reply.body.decode(errors="replace"), f"{error.message} [{error.code}]"
