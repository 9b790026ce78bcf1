"""A mark at the end of a file that tells whether somebody edited it since it was made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SEAL = re.compile(rb"(?:<!--|%) made by scriptgen, sha256 ([0-9a-f]{64})(?: -->)?\n\Z")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Seal:
    """A comment in the language of a file: what opens it and what closes it."""

    opening: str
    closing: str = ""

    def put(self, data: bytes) -> bytes:
        """``data`` with the hash of it all in a last line."""
        digest = sha256(data).hexdigest()
        line = f"{self.opening} made by scriptgen, sha256 {digest}{self.closing}\n"
        return data + line.encode()

    @staticmethod
    def sha256_of(path: Path) -> str | None:
        """The hash of the file at ``path`` if it is as it was sealed, else ``None``.

        To be handed to `publish` as what this tool wrote there.
        """
        try:
            data = path.read_bytes() if path.is_file() else b""
        except OSError:
            return None
        seal = _SEAL.search(data[-_LONGEST:])
        if seal is None or sha256(data[: -len(seal[0])]).hexdigest().encode() != seal[1]:
            return None
        return sha256(data).hexdigest()


MARKUP = Seal("<!--", " -->")
"""For HTML and XML."""

PDF = Seal("%")
"""For PDF, whose readers look for its end within the last kilobyte."""


def sealed(page: str) -> str:
    """``page`` with a comment of HTML at its end that holds the hash of all before it."""
    return MARKUP.put(page.encode()).decode()


sealed_sha256 = Seal.sha256_of
