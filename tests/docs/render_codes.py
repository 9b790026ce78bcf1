"""The page of codes, docs/codes.md, from `scriptgen.errors.CODES`.

``python tests/docs/render_codes.py`` writes it anew.
"""

from __future__ import annotations

from pathlib import Path

from scriptgen.errors import CODES

PAGE = Path(__file__).parent.parent.parent / "docs" / "codes.md"

PREFACE = """\
# Codes

Every error and warning has one. Messages end in it, `--json` and `scriptgen runs show` carry it.
Made by `python tests/docs/render_codes.py` from `scriptgen/errors.py`.

`E_…` ends an essay's way to its draft, or the whole command; the exit codes are in
[architecture](architecture.md#exit-codes). `W_…` stands in a report beside the draft.
"""


def rendered() -> str:
    """The whole page, ending in a newline."""
    parts = [PREFACE]
    for title, prefix in (("Errors", "E_"), ("Warnings", "W_")):
        rows = [f"| `{code}` | {told} |" for code, told in CODES.items() if code.startswith(prefix)]
        parts.append("\n".join([f"## {title}\n", "| code | what it says |", "|---|---|", *rows]))
    return "\n\n".join(part.strip() for part in parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(rendered(), encoding="utf-8")
