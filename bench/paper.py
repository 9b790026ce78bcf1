"""What a PDF costs: beside screenplain, and how it grows.

    SCRIPTGEN_PEERS=FOLDER python bench/paper.py [--short]

Both programs run whole, from a Fountain file to a PDF file, in turn, so that a busy machine slows
both alike. ``SCRIPTGEN_PEERS`` names the folder of the other programs (`.ci/run` makes it).
``--short`` stops at 1,000 pages. `bench/page.py` prints this too.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from scriptgen.fountain import write_fountain
from scriptgen.layout import paginate
from scriptgen.screenplay import Action, Dialogue, Element, Heading, Screenplay, Speech, TitleField

PAGES = 120
SHORT, LONG = (120, 1_000), (120, 1_000, 10_000)
GOES = 5
SENTENCES = (
    "She sets the cup down, slowly, and does not look up.",
    "Rain on the glass.",
    "He counts the coins again, and again there is one too many; he puts it under the saucer.",
    "Nobody moves.",
    "The lamp goes out, and the stairs are dark from the third step on.",
)
SCENES_A_PAGE = 0.86


class Cost(NamedTuple):
    """Seconds of a whole run, and the megabytes it took at most."""

    seconds: float
    memory: float


def script(pages: int) -> Screenplay:
    """A plain English screenplay of about so many pages, always the same one."""
    elements: list[Element] = []
    for scene in range(round(pages * SCENES_A_PAGE)):
        elements.append(Heading(text=f"INT. ROOM {scene} - NIGHT"))
        for at in range(13):
            said = " ".join(SENTENCES[(scene + at * each) % 5] for each in range(1, 2 + at % 4))
            if at % 5 < 2:
                elements.append(Action(text=said))
            else:
                cue = "MARA" if at % 2 else "TEODOR"
                elements.append(Dialogue(cue=cue, parts=(Speech(text=said),)))
    title = TitleField(key="Title", lines=("The Long Night",))
    return Screenplay(title_page=(title,), elements=tuple(elements))


def cost(command: list[str]) -> Cost:
    """What one run of a program takes; raises ``RuntimeError`` where it fails."""
    start = os.times().elapsed
    nowhere = os.open(os.devnull, os.O_WRONLY)
    process = os.posix_spawn(
        command[0],
        command,
        {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)},
        file_actions=[(os.POSIX_SPAWN_DUP2, nowhere, 1), (os.POSIX_SPAWN_CLOSE, nowhere)],
    )
    os.close(nowhere)
    _, status, used = os.wait4(process, 0)
    if status:
        raise RuntimeError(f"{command[0]} failed with {status}")
    return Cost(os.times().elapsed - start, used.ru_maxrss / 1024)


def ours(draft: Path) -> list[str]:
    """The command that makes a PDF of a draft."""
    target = str(draft.with_suffix(".ours.pdf"))
    return [sys.executable, "-m", "scriptgen", "export", str(draft), "--to", "pdf", "-o", target]


def show_pdf(sizes: tuple[int, ...]) -> None:
    """A script of 120 pages against screenplain, and the cost of a page by length."""
    peers = os.environ.get("SCRIPTGEN_PEERS")
    with TemporaryDirectory() as folder:
        drafts = {}
        for pages in sizes:
            drafts[pages] = Path(folder) / f"{pages}.fountain"
            drafts[pages].write_text(write_fountain(script(pages)), encoding="utf-8")
        draft = drafts[PAGES]
        print(f"PDF, {len(paginate(script(PAGES)).pages)} pages")
        if peers:
            other = [str(Path(peers) / "venv/bin/screenplain"), "--format", "pdf", str(draft)]
            both = [(cost(ours(draft)), cost([*other, f"{draft}.pdf"])) for _ in range(GOES)]
            ratio = median(our.seconds / peer.seconds for our, peer in both)
            print(f"  scriptgen / screenplain    {ratio:5.2f}   (goal: 1 at most)")
        else:
            print("  screenplain is not there: SCRIPTGEN_PEERS names no folder")
        print(f"{'pages':>8} {'seconds':>8} {'a page':>9} {'memory':>9}")
        for pages, path in drafts.items():
            taken = cost(ours(path))
            each = taken.seconds / pages * 1e3
            print(f"{pages:8,} {taken.seconds:8.2f} {each:6.2f} ms {taken.memory:6.0f} MB")


if __name__ == "__main__":
    show_pdf(SHORT if "--short" in sys.argv[1:] else LONG)
