"""The weights for a language whose pack has none, and what leaving the order costs."""

from __future__ import annotations

PLAIN_FIRST = {
    "always": -3.2,
    "said": 2.6,
    "around": 1.6,
    "same": 0.6,
    "much": 0.4,
    "played": 1.6,
    "people": 0.5,
    "other people": -0.9,
    "place": 0.4,
    "other place": -0.8,
    "passage": -0.3,
    "line spoken": -1.0,
    "line imagined": -0.5,
}
PLAIN_SECOND = {
    "always": -1.0,
    "odds": 0.7,
    "gap": -0.3,
    "path": 1.5,
    "within path": 0.5,
    "off": -0.6,
}
STEPS = {
    "skipped": 0.05,
    "skipped_most": 1.5,
    "back": 0.6,
    "behind": 0.05,
    "behind_most": 1.5,
}
"""For `scriptgen.tracing.alignment.align`."""
