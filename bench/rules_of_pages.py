"""Whether any page of ten thousand screenplays breaks a rule or loses a word.

    python bench/rules_of_pages.py [SCREENPLAYS]

The screenplays and the rules are those of ``tests/layout``, which tries a thousand. Prints what was
looked at and every breach; exits 1 where there is one.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "layout"))

from long_screenplays import long_screenplay
from page_rules import breaches, words_in, words_of

from scriptgen.fountain import printable
from scriptgen.layout import A4, LETTER, paginate


def main(screenplays: int) -> int:
    """Lay each out on both papers; the number of breaches, at most 1."""
    found = pages = 0
    for number in range(screenplays):
        screenplay = printable(long_screenplay(number))
        words = words_of(screenplay, notes=True)
        for paper in (LETTER, A4):
            layout = paginate(screenplay, paper, notes=True)
            pages += len(layout.pages)
            said = breaches(screenplay, layout)
            if words_in(layout) != words:
                said.append("words were lost")
            found += len(said)
            for each in said:
                print(f"screenplay {number}, {paper.name}: {each}")
    print(f"{screenplays:,} screenplays, {pages:,} pages, {found} breaches")
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
