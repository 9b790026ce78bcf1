"""Words of an essay as one line of plain text."""

from __future__ import annotations

from scriptgen.prompting.fence import break_up

PHRASE = 160
"""Characters of a phrase at most."""


def phrase(text: str, longest: int = PHRASE) -> str:
    """One line of plain text, in which no control token is left whole."""
    return break_up(cut(" ".join(text.split()), longest))


def cut(text: str, longest: int) -> str:
    """``text``, or as many whole words of it as ``longest`` characters hold, with an ellipsis."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    return (head.rpartition(" ")[0] or head) + "…"
