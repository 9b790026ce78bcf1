"""Takes the picture of a trace's page for the documentation: a line of the page led to its source.

usage: python docs/images/shoot_trace.py [DRAFT ESSAY] > docs/images/trace-page.png

Without DRAFT, of a recorded reply of a model to ``seeds/blue_vein.txt``. Needs Chromium or Chrome
(``CHROMIUM`` names another one).
"""

from __future__ import annotations

import sys
from pathlib import Path

from shoot_page import picture

from scriptgen import read_essay
from scriptgen.cli.figures import figures_told
from scriptgen.drafting import check, trace_draft
from scriptgen.exporting import read_draft
from scriptgen.exports.trace_page import trace_page
from scriptgen.fountain import read_reply
from scriptgen.screenplay import TitleField

REPLY, ESSAY = "tests/recorded/blue_vein.draft.reply.txt", "seeds/blue_vein.txt"
LED_TO = "at-b03"
TITLE = TitleField(key="Title", lines=("Blue Vein",))
SIZE = (1400, 900)


def page_of(args: list[str]) -> str:
    """The page of the draft that was named, or of the recorded one."""
    if args:
        screenplay, essay = read_draft(args[0]).screenplay, args[1]
    else:
        screenplay = read_reply(Path(REPLY).read_text(encoding="utf-8")).screenplay
        screenplay = screenplay.model_copy(update={"title_page": (TITLE,)})
        essay = ESSAY
    found = trace_draft(screenplay, read_essay(essay))
    report = check(
        found.screenplay, found.brief, essay=found.essay, trace=found.trace, writer="model"
    )
    return trace_page(
        found.essay,
        found.brief,
        found.screenplay,
        found.trace,
        found.spans,
        report=report,
        draft="blue_vein.fountain",
        figures=figures_told(report.figures),
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(picture(page_of(sys.argv[1:]), size=SIZE, at=LED_TO))
