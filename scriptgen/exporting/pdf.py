"""A draft as PDF: its pages, and fonts for every character on them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from unicodedata import name

from scriptgen.exporting.options import Export, ExportOptions, paginated
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.layout import Layout
    from scriptgen.screenplay import Screenplay

MOST_NAMED = 20
"""Characters without a font that are named one by one."""

_AUTHORS = ("author", "authors")


def pdf_of(page: Screenplay, options: ExportOptions) -> Export:
    """The PDF of a printed screenplay, and what there is to say about it.

    There is a ``W_FONT`` for each character that no font has, and a ``W_REWORDED`` for each scene
    number that is longer than the margin.

    Raises `SetupError` (``E_EXTRA``, ``E_CONFIG``).
    """
    from scriptgen.exports.pdf import FontSet, lacking, write_pdf
    from scriptgen.fonts import courier_prime, find_fonts

    layout = paginated(page, options)
    faces = courier_prime()
    fallbacks, missing = find_fonts(lacking(layout, faces), options.fallback_fonts)
    data = write_pdf(
        layout,
        FontSet(faces, fallbacks),
        title=_field(page, "title"),
        author=next(filter(None, (_field(page, key) for key in _AUTHORS)), ""),
    )
    severity = Severity.ERROR if options.strict_fonts else Severity.WARNING
    return Export(data, (*_cut_numbers(layout), *_findings(layout, missing, severity)))


def _cut_numbers(layout: Layout) -> Iterator[Finding]:
    """What to say of scene numbers that no margin holds."""
    from scriptgen.exports.pdf import in_margin

    for scene in layout.scenes:
        if scene.number and in_margin(scene.number) != scene.number:
            yield Finding(
                code="W_REWORDED",
                severity=Severity.WARNING,
                message="a scene number is longer than the margin and was cut there",
                element=scene.element,
                evidence=scene.number,
            )


def _field(page: Screenplay, key: str) -> str:
    """The words of a title-page field on one line, ``""`` where there is none."""
    from scriptgen.fountain.emphasis import plain

    lines = (field.lines for field in page.title_page if field.key.lower() == key)
    return " ".join(plain(line) for line in next(lines, ()))


def _findings(layout: Layout, missing: frozenset[str], severity: Severity) -> Iterator[Finding]:
    counts: Counter[str] = Counter()
    where: dict[str, tuple[int | None, str]] = {}
    if missing:
        for rows in (layout.title_rows, *(page.rows for page in layout.pages)):
            for row in rows:
                for char in missing.intersection(row.text):
                    counts[char] += row.text.count(char)
                    where.setdefault(char, (row.element, row.text))
    for number, char in enumerate(sorted(counts)):
        if number == MOST_NAMED:
            yield Finding(
                code="W_FONT",
                severity=severity,
                message=f"and {len(counts) - MOST_NAMED} more characters that no font has",
            )
            return
        element, line = where[char]
        yield Finding(
            code="W_FONT",
            severity=severity,
            message=f"no font has U+{ord(char):04X} {name(char, 'without a name')}; "
            "a box stands for it",
            element=element,
            evidence=line.strip(),
            count=counts[char],
        )
