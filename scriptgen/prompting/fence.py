"""The fence around the essay.

The essay stands between two lines that carry one mark. The mark is keyed (HMAC), so no essay can
hold it, and the same key, template and essay give the same mark. Control tokens of chat templates
are broken up inside, visibly and so that it can be undone.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from itertools import count
from typing import TYPE_CHECKING

from scriptgen.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable

MARK_LENGTH = 16
BREAK = "\u00a6"
"""The visible character (a broken bar) that parts a control token; in a text it is doubled."""

_NAMED = (
    r"/?s|/?bos|/?eos|/?pad|/?unk|sop|eop|extra_id_\d+|unused\d+"
    r"|(?:start|end)_of_(?:turn|image)|/?think(?:ing)?|/?tool_(?:call|response)s?"
    r"|/?(?:system|user|assistant|human|model)"
)
_SQUARE = (
    r"/?INST|/?SYSTEM_PROMPT|/?AVAILABLE_TOOLS|/?TOOL_(?:CALLS|RESULTS|CONTENT)"
    r"|/?(?:ARGS|THINK)|gMASK|sMASK|BOS|EOS"
)
_TOKEN = re.compile(
    rf"<[|\uff5c][^<>|\uff5c\n]{{0,64}}[|\uff5c]>|<[|\uff5c]|[|\uff5c]>|<(?=(?:{_NAMED})>)|<(?=</?SYS>>)"
    rf"|\[(?=(?:{_SQUARE})\])",
    re.IGNORECASE,
)
_JOINT = re.compile(
    rf"(?<=<)(?=[|\uff5c])|(?<=[|\uff5c])(?=>)|(?<=<)(?=(?:{_NAMED})>)"
    rf"|(?<=<)(?=</?SYS>>)|(?<=\[)(?=(?:{_SQUARE})\])",
    re.IGNORECASE,
)
_BROKEN = re.compile(f"{BREAK}({BREAK}?)")


def control_tokens(text: str) -> int:
    """How many control tokens of chat templates a text holds."""
    return sum(1 for _ in _TOKEN.finditer(text))


def break_up(text: str) -> str:
    """The text with every control token parted by `BREAK`; `undo` gives the text back."""
    return _JOINT.sub(BREAK, text.replace(BREAK, BREAK * 2))


def undo(text: str) -> str:
    """What `break_up` was given; for any text, every single `BREAK` goes and two become one."""
    return _BROKEN.sub(r"\1", text)


def fence_mark(
    key: bytes, template_hash: str, essay_text: str, *, beside: Iterable[str] = ()
) -> str:
    """The mark for one essay in one template: 16 hexadecimal digits.

    ``key``: the secret of the ledger; ``beside``: what else goes into the prompt. Where the mark
    occurs in one of these texts, the next one is derived.
    """
    texts = (essay_text, *beside)
    seed = f"{template_hash}\0{essay_text}".encode("utf-8", "surrogatepass")
    marks = (
        hmac.new(key, b"%d\0%b" % (turn, seed), hashlib.sha256).hexdigest()[:MARK_LENGTH]
        for turn in count()
    )
    return next(mark for mark in marks if not any(mark in text for text in texts))


def fenced(essay_text: str, mark: str) -> str:
    """The essay between its two lines, control tokens broken up."""
    return f"{_opening(mark)}\n{break_up(essay_text)}\n{_closing(mark)}"


def extract_fenced(prompt_text: str, mark: str) -> str:
    """The essay in a prompt, unchanged.

    Raises `TemplateError` unless the mark occurs exactly twice, in an opening and a closing line.
    """
    opening, closing = _opening(mark) + "\n", "\n" + _closing(mark)
    start, end = prompt_text.find(opening), prompt_text.rfind(closing)
    if prompt_text.count(mark) != len((opening, closing)) or start < 0 or end < start:
        raise TemplateError(
            "E_TEMPLATE",
            "the prompt does not hold the essay in one fence",
            hint="write {{ essay }} once, on a line of its own, inside {% block user %}",
        )
    return undo(prompt_text[start + len(opening) : end])


def _opening(mark: str) -> str:
    return f"=== essay {mark} begins ==="


def _closing(mark: str) -> str:
    return f"=== essay {mark} ends ==="
