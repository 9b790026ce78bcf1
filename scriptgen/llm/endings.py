"""Why a reply ended, by the names that servers have for it, in small letters."""

from __future__ import annotations

WHOLE = frozenset({"stop", "eos", "eos_token", "end_turn", "stop_sequence"})
CUT = frozenset({"length", "max_tokens", "model_length"})
FILTERED = frozenset({"content_filter", "safety"})
CALLED = frozenset({"tool_calls", "function_call", "tool_use"})


def ended_itself(finish_reason: str) -> bool:
    """Whether a reply that ended so is as long as the model wanted it."""
    return finish_reason.strip().lower() in WHOLE | CALLED


def cut_short(finish_reason: object) -> bool:
    """Whether a reply that ended so lacks its end."""
    return isinstance(finish_reason, str) and finish_reason.strip().lower() in CUT | FILTERED
