"""Whether a reply kept to the cap on its tokens, which some servers take and ignore.

How many characters a token holds depends on the tokenizer and the language: about four in English,
fewer in most others (`scriptgen.prompting.size`). Eight to a token is a reply at least twice as
long as was asked for, whatever it was counted with: a server that ignores the cap, or a model that
goes round in circles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.errors import ReplyError

if TYPE_CHECKING:
    from scriptgen.prompt import Parameters

MOST_CHARACTERS = 8
"""Per token of the cap; a reply with more is not taken."""


def check_length(text: str, wanted: Parameters, *, where: str | None = None) -> None:
    """Raise `ReplyError` ``E_OVERLONG`` where ``text`` is far longer than ``wanted`` allows.

    ``where``: the origin, for the text of the error.
    """
    if wanted.max_tokens is None or len(text) <= wanted.max_tokens * MOST_CHARACTERS:
        return
    raise ReplyError(
        "E_OVERLONG",
        f"the reply has {len(text)} characters, far more than max_tokens = {wanted.max_tokens}"
        " allows: the server does not keep to it",
        where=where,
        hint="the reply is kept; raise max_tokens, or leave it out, and ask again",
    )
