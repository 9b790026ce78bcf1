"""Courier Prime (Quote-Unquote Apps, SIL Open Font License 1.1, in the folder of its files)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from scriptgen.errors import SetupError
from scriptgen.exports.pdf.fonts import Faces

_FOLDER = Path(__file__).parent / "courier_prime"


@cache
def courier_prime() -> Faces:
    """The four faces; raises `SetupError` (``E_CONFIG``) where the package is damaged."""
    try:
        return Faces(*((_FOLDER / f"{name}.ttf").read_bytes() for name in Faces._fields))
    except OSError as error:
        raise SetupError(
            "E_CONFIG",
            f"a font of the package cannot be read: {error.strerror}",
            where=str(error.filename),
            hint="install scriptgen again",
        ) from error
