"""What is read out of a file that is not plain text, and the errors that all such files share."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from scriptgen.errors import InputError, SetupError
from scriptgen.essay import Meta

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.report import Finding


class Extract(NamedTuple):
    """Text with Markdown emphasis and headings, and what is known of it."""

    text: str
    meta: Meta = Meta()
    language: str | None = None
    findings: tuple[Finding, ...] = ()


def extra(module: str, name: str, where: str) -> Any:
    """The library of the extra ``name``; raises `SetupError` (``E_EXTRA``) where it is missing."""
    try:
        return import_module(module)
    except ImportError as error:
        raise SetupError(
            "E_EXTRA",
            f"a .{name} file needs the extra {name!r}, which is not installed",
            where=where,
            hint=f"pip install 'scriptgen[{name}]', or save the essay as text",
        ) from error


def composed(blocks: Sequence[str], where: str, max_bytes: int) -> str:
    """The blocks with an empty line between them; raises ``E_TOO_LARGE`` past the cap."""
    text = "\n\n".join(block for block in blocks if block.strip())
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > max_bytes:
        raise InputError(
            "E_TOO_LARGE",
            f"holds {size:,} bytes of text, and the cap is {max_bytes:,} bytes",
            where=where,
            hint="split it: one essay to a file",
        )
    return f"{text}\n" if text else ""


def heading(level: int, text: str) -> str:
    """``text`` on one line as a Markdown heading; nothing where there is none."""
    words = " ".join(text.split())
    return f"{'#' * max(1, min(level, 6))} {words}" if words else ""
