"""Whether the page carries what no screenplay has: links, markup, code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Answer, Subject

_LINK = re.compile(
    r"\b(?:https?|ftps?|file|wss?)://[^\s<>\"')\]]+"
    r"|\b(?:javascript|vbscript):\S+|\bdata:\w+/[\w.+-]+[;,]\S*|\bmailto:\S+@\S+",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"!?(?<!\[)\[[^\[\]\n]{0,200}\]\([^()\s]{2,500}(?: [^()\n]{0,100})?\)")
_TAG = re.compile(
    r"<!--|</?(?:a|applet|audio|base|button|embed|form|iframe|img|input|link|meta|object|script"
    r"|style|svg|video)(?=[\s/>])[^<>\n]{0,300}>?",
    re.IGNORECASE,
)
_MARKS = (("a link", _LINK), ("a link in Markdown", _MARKDOWN), ("markup", _TAG))
_CODE_LINE = re.compile(
    r"\s*(?:[{}\[\]]+[,;]?|\"[\w -]{1,40}\"\s*:\s*\S.*|[^.!?]{0,200}(?:[{}]|\);|\"\})"
    r"|(?:import|from) [\w.]+(?: import .+)?|(?:def|class|function|async def) \w+.*[:{]"
    r"|(?:const|let|var) \w+ ?=.*|#!?(?:include|/)\S.*|(?:\$|>>>) \S.*"
    r"|(?:SELECT|INSERT INTO|DROP TABLE|UPDATE) .*;?)\s*"
)
_BEHIND_A_LINK = ".,;:!?\u2026\u3002\uff0c\u00bb"
"""Signs that end the sentence a link stands in."""

_PROMPT = re.compile(r"(?:\$|>>>|#)\s+")
CODE_LINES = 3
"""Fewer lines that look like code may be on a screen in the story."""


def foreign(subject: Subject) -> Iterator[Finding]:
    """Block links, Markdown, active HTML and code that the essay lacks, or asks for.

    A web address without a scheme, as on a poster, and plain tags such as ``<b>`` raise nothing.
    """
    answer = subject.answer
    if answer is None:
        return
    for index, text in subject.texts:
        for kind, pattern in _MARKS:
            said = (m[0].rstrip(_BEHIND_A_LINK) for m in pattern.finditer(text))
            strange = (each for each in said if not _own(each, answer))
            found = next(strange, None)
            if found is not None:
                yield _blocked(kind, index, found)
                return
    lines = [
        (index, line)
        for index, text in subject.texts
        for line in text.split("\n")
        if _CODE_LINE.fullmatch(line) and not _own(_PROMPT.sub("", line.strip(), 1), answer)
    ]
    if len(lines) >= CODE_LINES:
        yield _blocked("code", *lines[0])


def _own(found: str, answer: Answer) -> bool:
    """Whether it stands in the essay, outside of what speaks to a model."""
    plain = found.replace("\\", "").casefold()
    asked = any(plain in order.casefold() for order in answer.orders)
    return plain in answer.essay.casefold() and not asked


def _blocked(kind: str, index: int, evidence: str) -> Finding:
    return Finding(
        code="E_FOREIGN",
        severity=Severity.BLOCK,
        message=f"the page holds {kind} that the essay does not give it",
        element=index,
        evidence=evidence[:200],
    )
