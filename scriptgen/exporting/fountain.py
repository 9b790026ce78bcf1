"""A draft as Fountain: a strict copy of whatever was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.exporting.options import Export

if TYPE_CHECKING:
    from scriptgen.exporting.options import ExportOptions
    from scriptgen.screenplay import Screenplay


def fountain_of(page: Screenplay, options: ExportOptions) -> Export:
    """The Fountain text, with source notes and a number for every scene if asked for."""
    from scriptgen.fountain import write_fountain

    page = numbered(page) if options.numbers else page
    return Export(write_fountain(page, trace=options.trace).encode())


def numbered(page: Screenplay) -> Screenplay:
    """The screenplay with a number for each heading: its own, or else the next."""
    from scriptgen.layout.numbering import numbers

    headings = [each for each in page.elements if each.type == "heading"]
    given = iter(numbers(heading.number for heading in headings))
    return page.model_copy(
        update={
            "elements": tuple(
                each.model_copy(update={"number": next(given)}) if each.type == "heading" else each
                for each in page.elements
            )
        }
    )
