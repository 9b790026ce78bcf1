"""Fonts for pages: Courier Prime, which comes along, and what this machine has for the rest."""

from __future__ import annotations

from scriptgen.fonts.packaged import courier_prime
from scriptgen.fonts.system import find_fonts

__all__ = ["courier_prime", "find_fonts"]
