"""An FDX document as XML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.exports.fdx.document import Document, Paragraph, Run, ScriptNote

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n'
    '<FinalDraft DocumentType="Script" Template="No" Version="5">\n'
)
_STYLES = (("b", "Bold"), ("i", "Italic"), ("u", "Underline"))
_TITLE_DROP = 192
_FIELD_DROP = 24
_FOOT_DROP = 240
"""Points above the title, above each further field, and above the first one at the left."""


def write_xml(document: Document) -> str:
    """The file; every text in it is one that XML can hold."""
    parts = [_HEAD, "  <Content>\n"]
    parts += [_paragraph(paragraph, "    ") for paragraph in document.content]
    parts.append("  </Content>\n")
    if document.title:
        parts.append("  <TitlePage>\n    <Content>\n")
        parts += _title(document.title)
        parts.append("    </Content>\n  </TitlePage>\n")
    if document.notes:
        parts.append("  <ScriptNotes>\n")
        parts += [_note(number, note) for number, note in enumerate(document.notes, 1)]
        parts.append("  </ScriptNotes>\n")
    parts.append("</FinalDraft>\n")
    return "".join(parts)


def _paragraph(paragraph: Paragraph, indent: str) -> str:
    told = [("Type", paragraph.type)]
    if paragraph.number:
        told.append(("Number", paragraph.number))
    if paragraph.centered:
        told.append(("Alignment", "Center"))
    if paragraph.new_page:
        told.append(("StartsNewPage", "Yes"))
    if paragraph.dual:
        inner = "".join(_paragraph(each, indent + "    ") for each in paragraph.dual)
        body = f"{indent}  <DualDialogue>\n{inner}{indent}  </DualDialogue>\n"
    else:
        body = _runs(paragraph.runs, indent + "  ")
    return f"{indent}<Paragraph{_attributes(told)}>\n{body}{indent}</Paragraph>\n"


def _runs(runs: Iterable[Run], indent: str) -> str:
    written = []
    for text, styles in runs:
        style = "+".join(name for mark, name in _STYLES if mark in styles)
        told = f' Style="{style}"' if style else ""
        written.append(f"{indent}<Text{told}>{escape(text)}</Text>\n")
    return "".join(written)


def _title(paragraphs: Iterable[Paragraph]) -> list[str]:
    written = []
    drop = _TITLE_DROP
    foot = _FOOT_DROP
    for paragraph in paragraphs:
        if not paragraph.centered:
            drop, foot = foot, _FIELD_DROP
        told = [
            ("Alignment", "Center" if paragraph.centered else "Left"),
            ("SpaceBefore", str(drop)),
        ]
        body = _runs(paragraph.runs, "        ")
        written.append(f"      <Paragraph{_attributes(told)}>\n{body}      </Paragraph>\n")
        drop = _FIELD_DROP
    return written


def _note(number: int, note: ScriptNote) -> str:
    told = [
        ("Color", "#000000000000"),
        ("Id", str(number)),
        ("Name", note.name),
        ("Range", f"{note.start},{note.end}"),
        ("Type", ""),
    ]
    body = _runs(note.runs, "        ")
    return (
        f"    <ScriptNote{_attributes(told)}>\n      <Paragraph>\n{body}"
        "      </Paragraph>\n    </ScriptNote>\n"
    )


def _attributes(told: Iterable[tuple[str, str]]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in told)
