"""What the first pattern of a name that fits finds in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from scriptgen.language import LanguagePack


def found_first(pack: LanguagePack, name: str, text: str) -> re.Match[str] | None:
    """What the first of the patterns ``name`` that is anywhere in ``text`` finds there."""
    matches = (pattern.search(text) for pattern in pack.patterns.get(name, ()))
    return next((match for match in matches if match), None)


def begun_first(pack: LanguagePack, name: str, text: str) -> re.Match[str] | None:
    """What the first of the patterns ``name`` that ``text`` begins with finds."""
    matches = (pattern.match(text) for pattern in pack.patterns.get(name, ()))
    return next((match for match in matches if match), None)
