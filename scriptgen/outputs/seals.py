"""A mark at the end of a page that tells whether somebody edited it since it was made."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SEAL = re.compile(rb"<!-- made by scriptgen, sha256 ([0-9a-f]{64}) -->\n\Z")


def sealed(page: str) -> str:
    """``page`` with a comment of HTML at its end that holds the hash of all before it."""
    return f"{page}<!-- made by scriptgen, sha256 {sha256(page.encode()).hexdigest()} -->\n"


def sealed_sha256(path: Path) -> str | None:
    """The hash of the file at ``path`` if it is as `sealed` made it, else ``None``.

    To be handed to `publish` as what this tool wrote there.
    """
    try:
        data = path.read_bytes() if path.is_file() else b""
    except OSError:
        return None
    seal = _SEAL.search(data[-200:])
    if seal is None or sha256(data[: -len(seal[0])]).hexdigest().encode() != seal[1]:
        return None
    return sha256(data).hexdigest()
