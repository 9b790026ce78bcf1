"""The page of a screenplay as a real browser shows and prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from chromium import measured

from scriptgen.exporting import ExportOptions, export, figures
from scriptgen.fountain import read_fountain

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.peers

SCENE = """\
INT. KITCHEN OF THE OLD HOUSE AT THE END OF THE LONG ROAD - NIGHT

MIA (30) sits at the table, and neither of them says anything for a long while.

!李伟推开门。雨声涌进来。她没有回答。

MIA
I never said that you could take the key, and I never said that you could *come back*.

TOM ^
(low)
You did. On the **bridge**, in March, when it rained and nobody was there to hear it.

!שלום, היא אומרת, ומניחה את המפתח.

~Oh, the mill it stands

CUT TO:

"""
DRAFT = "Title: The Mill\nAuthor: A. Writer\nContact: 5 Mill Lane\n\n" + SCENE * 12
ATTACK = (
    "INT. </p></main></style><SCRIPT>ALERT(1)</SCRIPT> - DAY\n\n<img src=http://127.0.0.1:9/x>\n\n"
    + "x" * 9_000
)


@pytest.mark.parametrize("text", [DRAFT, ATTACK], ids=["draft", "attack"])
def test_it_fits_every_screen_and_prints_a_sheet_a_page(text: str, tmp_path: Path) -> None:
    play = read_fountain(text)
    found = measured(
        "measure_script.py",
        export(play, "html", ExportOptions(numbers=True)).data.decode(),
        tmp_path,
    )
    sheets = figures(play).pages + bool(play.title_page)
    assert found.pop("printed") == sheets
    for name, screen in found.items():
        assert (screen["overflow"], screen["requests"], screen["said"]) == (0, 1, []), name
        assert (screen["sheets"], screen["cut"], screen["scripts"]) == (sheets, 0, 0), name
        assert screen["size"] >= 15, name
        assert screen["flows"] == (not name.startswith("desk")), name
    assert found["desk light"]["ground"] != found["desk dark"]["ground"]
