"""How much each sign speaks for a piece's playing a moment, and what leaving the order costs."""

from __future__ import annotations

WEIGHTS = {
    "always": -3.2,
    "said": 2.6,
    "around": 1.6,
    "same": 1.2,
    "played": 1.6,
    "people": 0.5,
    "other people": -0.9,
    "place": 0.4,
    "other place": -0.8,
    "passage": -0.3,
    "line": -0.8,
}
STEPS = {
    "skipped": 0.05,
    "skipped_most": 1.5,
    "back": 0.6,
    "behind": 0.05,
    "behind_most": 1.5,
}
