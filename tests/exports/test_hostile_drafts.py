"""Drafts that are broken, huge or meant ill are exported, or refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scriptgen.errors import InputError
from scriptgen.exporting import export, figures, read_draft
from scriptgen.exports.fdx import in_fdx, read_fdx
from scriptgen.stats import chart, csv_table

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "INT. HALL - DAY\n\n"
DRAFTS = {
    "an open note": HEAD + "Dust [[and no end.\n\nMIA\nNo [[ never.\n",
    "an open boneyard": HEAD + "Dust /* and no end.\n\nMIA\nNo */ never.\n",
    "a line of 10,000 characters": HEAD + "x" * 10_000 + "\n\n" + "word " * 2_000 + "\n",
    "10,000 marks": HEAD + "*a* " * 10_000 + "\n\n" + "**_" * 5_000 + "\n",
    "control characters": HEAD + "ab\x07c\x1b[31md\x0be\x85f\u2028g\u202eh\ufeffi\n",
    "right to left": HEAD + "!שלום, היא אומרת.\n\n@مريم\nمرحبا يا صديقي.\n",
    "no letter": HEAD + "!...\n\n@23\n---\n",
    "a long title page": "".join(f"Key{n}: x: y\n" for n in range(500)) + "\n" + HEAD,
    "a thousand headings": HEAD * 1_000,
    "a speech of a thousand lines": HEAD + "MIA\n" + "No, never.\n" * 1_000,
    "a crowd": "".join(f"MAN {n}\nNo.\n\nMan {n} nods.\n\n" for n in range(1_000)),
    "half a pair": HEAD + "MIA\n(low)\nNo.\n\nTOM ^\nYes.\n\nADA ^\nYes.\n",
    "only notes": "[[one]]\n\n[[two]]\n",
}


@pytest.mark.parametrize("name", DRAFTS)
def test_a_hostile_draft_is_exported(name: str, tmp_path: Path) -> None:
    path = tmp_path / "draft.fountain"
    path.write_text(DRAFTS[name], encoding="utf-8")
    play = read_draft(path).screenplay
    assert read_fdx(export(play, "fdx").data) == in_fdx(play)
    page = export(play, "html").data.decode()
    assert not [character for character in page if character < " " and character != "\n"]
    assert page.count("<section") == max(1, figures(play).pages + bool(play.title_page))
    stats = figures(play)
    assert csv_table(stats)
    assert chart(stats)


def test_a_draft_with_a_nul_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "void.fountain"
    path.write_bytes(b"INT. HALL - DAY\n\nDu\x00st.\n")
    with pytest.raises(InputError, match="void") as refused:
        read_draft(path)
    assert refused.value.code == "E_BINARY"


@pytest.mark.parametrize("suffix", [".fountain", ".fdx"])
@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_nothing_at_all_is_refused_by_name(suffix: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / f"void{suffix}"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="void") as refused:
        read_draft(path)
    assert refused.value.code in ("E_EMPTY", "E_FDX")
