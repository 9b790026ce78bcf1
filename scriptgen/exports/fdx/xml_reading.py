"""XML into an FDX document, from anybody's hand.

expat alone, without a document type: no entity can be declared, nothing is fetched, nothing grows.
The tree of a paragraph is let go as soon as the paragraph is read.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from scriptgen.errors import InputError
from scriptgen.exports.fdx.document import Aside, Document, Paragraph, Run, ScriptNote

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CHARACTERS = 100_000_000
"""A script of 120 pages with its history has about 3 million."""

DEEPEST = 100
"""Final Draft nests a dozen elements."""

_ROOT = "FinalDraft"
_READ = frozenset(
    {"Content", "TitlePage", "ScriptNotes", "UnanchoredScriptNotes", "ElementSettings"}
)
_FURNITURE = frozenset({"SmartType", "Macros", "Actors", "HeaderAndFooter", "Watermarking"})
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
    "|&#0*(?:[0-8]|1[124-9]|2[0-9]|3[01]);|&#x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]);"
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}encoding=["']([A-Za-z0-9._-]+)""")
_STYLES = {"bold": "b", "italic": "i", "underline": "u"}
_RANGE = re.compile(r"\s*(\d{1,9})\s*,\s*(\d{1,9})\s*")
_LINE_END = re.compile("\r\n?|[\u2028\u2029\x85]")


class _Node:
    """An element of XML; ``children`` holds nodes and text, in order."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[_Node | str] = []

    def nodes(self, *tags: str) -> Iterator[_Node]:
        """The children with one of these tags, every child node where none is named."""
        for child in self.children:
            if isinstance(child, _Node) and (not tags or child.tag in tags):
                yield child

    def text(self) -> str:
        """All text in it, at any depth."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


def read_xml(source: str | bytes) -> Document:
    """The document in an FDX file.

    Bytes are decoded as their declaration says, UTF-8 where it says nothing. Characters that XML
    forbids are left out. Raises `InputError` with ``E_FDX`` for what is no well-formed XML of a
    ``FinalDraft``, has a document type, nests more than `DEEPEST` elements or has more than
    `MOST_CHARACTERS`.
    """
    if len(source) > MOST_CHARACTERS:
        _refuse(f"is longer than {MOST_CHARACTERS:,} characters")
    if isinstance(source, bytes):
        source = _decoded(source)
    if isinstance(source, str):
        source = _FORBIDDEN.sub("", source.lstrip("\ufeff \t\r\n"))
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = builder.doctype
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(source, True)  # noqa: FBT003 - pyexpat takes no name for it
    except expat.ExpatError as error:
        _refuse(f"is not well-formed XML: line {error.lineno}, {expat.ErrorString(error.code)}")
    except (LookupError, ValueError):
        _refuse("is in an encoding that is not known")
    return builder.document()


def _decoded(source: bytes) -> str | bytes:
    """UTF-8 as text, from which what XML forbids can be taken out; else the bytes for expat."""
    declared = _DECLARED.search(source[:200])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        return source
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError:
        return source


def _refuse(message: str) -> NoReturn:
    raise InputError(
        "E_FDX", message, hint="open it in Final Draft and save it again, or export it as Fountain"
    )


class _Builder:
    """Takes the events of the parser and keeps what a document is made of."""

    def __init__(self) -> None:
        self._open: list[_Node] = []
        self._depth = 0
        self._title: list[Paragraph] = []
        self._content: list[Paragraph] = []
        self._notes: list[ScriptNote] = []
        self._capitals: set[str] = set()
        self._left: Counter[str] = Counter()

    def doctype(self, *_: object) -> None:
        _refuse("declares a document type, which no FDX file needs")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            _refuse(f"nests more than {DEEPEST} elements")
        tag = tag.rpartition(":")[2]
        if self._depth == 1 and tag != _ROOT:
            _refuse(f"is not a Final Draft file: its XML is a {tag[:40]!a}")
        self._open.append(_Node(tag, attributes))

    def data(self, text: str) -> None:
        if len(self._open) > 1 and self._open[1].tag in _READ:
            self._open[-1].children.append(text)
        elif len(self._open) > 1 and text.strip() and self._open[1].tag not in _FURNITURE:
            self._left[self._open[1].tag] += 1

    def end(self, _: str) -> None:
        self._depth -= 1
        node = self._open.pop()
        path = [each.tag for each in self._open[1:]]
        if node.tag == "Paragraph" and path == ["Content"]:
            self._content.append(_paragraph(node))
        elif node.tag == "DualDialogue" and path == ["Content"]:
            self._content.append(Paragraph(type="", dual=_inner(node)))
        elif node.tag == "Paragraph" and path == ["TitlePage", "Content"]:
            self._title.append(_paragraph(node))
        elif node.tag == "ScriptNote" and path[:1] in (["ScriptNotes"], ["UnanchoredScriptNotes"]):
            self._notes.append(_note(node))
        elif node.tag == "ElementSettings" and not path:
            if any("allcaps" in _styles(font) for font in node.nodes("FontSpec")):
                self._capitals.add(node.attributes.get("Type", ""))
        elif path and path[0] in _READ:
            self._open[-1].children.append(node)

    def document(self) -> Document:
        return Document(
            title=tuple(self._title),
            content=tuple(self._content),
            notes=tuple(self._notes),
            capitals=frozenset(self._capitals),
            left=tuple(self._left.items()),
        )


def _paragraph(node: _Node) -> Paragraph:
    told = node.attributes
    asides: list[Aside] = []
    for each in node.nodes("SceneProperties"):
        asides += _properties(each)
    for each in node.nodes("ScriptNote"):
        asides.append(Aside("note", _words(each)))
    return Paragraph(
        type=told.get("Type", "").strip(),
        runs=_runs(node),
        number=told.get("Number", "").strip() or None,
        centered=told.get("Alignment", "").strip().lower() == "center",
        new_page=told.get("StartsNewPage", "").strip().lower() == "yes",
        dual=tuple(each for block in node.nodes("DualDialogue") for each in _inner(block)),
        omitted=tuple(each for block in node.nodes("OmittedScene") for each in _inner(block)),
        asides=tuple(aside for aside in asides if aside.text),
    )


def _inner(node: _Node) -> tuple[Paragraph, ...]:
    return tuple(_paragraph(each) for each in node.nodes("Paragraph"))


def _runs(node: _Node) -> tuple[Run, ...]:
    """The text of a paragraph; blanks between its elements are how the file is laid out."""
    found: list[Run] = []
    for child in node.children:
        if isinstance(child, str):
            if child.strip():
                found.append(Run(_LINE_END.sub("\n", child.strip())))
        elif child.tag == "Text":
            styles = _styles(child)
            text = _LINE_END.sub("\n", child.text())
            if "allcaps" in styles:
                text = text.upper()
            if text:
                look = frozenset(mark for name, mark in _STYLES.items() if name in styles)
                found.append(Run(text, look))
    return tuple(
        Run("".join(run.text for run in stretch), look)
        for look, stretch in groupby(found, key=attrgetter("styles"))
    )


def _styles(node: _Node) -> frozenset[str]:
    return frozenset(style.strip().lower() for style in node.attributes.get("Style", "").split("+"))


def _properties(node: _Node) -> Iterator[Aside]:
    """The title of a scene, its summary, and the beats that belong to its people."""
    yield Aside("synopsis", node.attributes.get("Title", "").strip())
    for child in node.nodes():
        if child.tag == "Summary":
            yield Aside("synopsis", _words(child))
        else:
            for beat in child.nodes():
                words = _words(beat)
                name = beat.attributes.get("Name", "").strip()
                yield Aside("note", f"{name}: {words}" if name and words else words)


def _words(node: _Node) -> str:
    """The text of the paragraphs in a node, on one line each."""
    lines = []
    for paragraph in node.nodes("Paragraph"):
        text = "".join(run.text for run in _runs(paragraph)).strip()
        if text:
            lines.append(text)
    return "\n".join(lines) or "".join(text.text() for text in node.nodes("Text")).strip()


def _note(node: _Node) -> ScriptNote:
    runs: list[Run] = []
    for paragraph in node.nodes("Paragraph"):
        new = _runs(paragraph)
        if runs and new:
            runs.append(Run("\n"))
        runs += new
    place = _RANGE.fullmatch(node.attributes.get("Range", ""))
    start, end = sorted(map(int, place.groups())) if place else (None, None)
    return ScriptNote(
        runs=tuple(runs),
        start=start,
        end=end,
        name=node.attributes.get("Name", "").strip(),
        writer=node.attributes.get("WriterName", "").strip(),
    )
