"""From FDX to a screenplay."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from scriptgen.exports.fdx.document import Paragraph, Run
from scriptgen.exports.fdx.emphasis import marked
from scriptgen.exports.fdx.title import title_fields
from scriptgen.exports.fdx.writing import SOURCE
from scriptgen.exports.fdx.xml_reading import read_xml
from scriptgen.fountain.emphasis import escaped, plain
from scriptgen.fountain.forms import TRACE
from scriptgen.fountain.reading import SUNG, is_parenthetical
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import (
    Action,
    Centered,
    Dialogue,
    Heading,
    Lyrics,
    Note,
    PageBreak,
    Parenthetical,
    Screenplay,
    Section,
    Speech,
    Synopsis,
    Transition,
)
from scriptgen.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.exports.fdx.document import Document, ScriptNote
    from scriptgen.screenplay import Element

    _Behind = Note | Synopsis | ScriptNote

_OUTLINE = re.compile(r"Outline (\d+)\b.*", re.IGNORECASE)
_BETWEEN_EXTENSIONS = re.compile(r"\)\s*\(")
_CARDS = frozenset({"new act", "end of act", "show/ep. title"})
"""Types that Final Draft sets in the middle of the page by themselves."""

_UNDER_A_CUE = frozenset({"dialogue", "parenthetical", "lyrics"})
_PLAIN_ACTION = frozenset({"action", "general", "", *_UNDER_A_CUE})
_MOST_EVIDENCE = 200
_MOST_KINDS = 40


class FdxReading(Value):
    """What an FDX file holds.

    ``findings``: a ``W_FDX`` for each kind of thing that a screenplay holds in another form or not
    at all, with its count and first example.
    """

    screenplay: Screenplay
    findings: tuple[Finding, ...] = ()


def read_fdx(source: str | bytes) -> Screenplay:
    """The screenplay of an FDX file; raises `InputError` (``E_FDX``) for what is none.

    See `read_fdx_with_findings`.
    """
    return read_fdx_with_findings(source).screenplay


def read_fdx_with_findings(source: str | bytes) -> FdxReading:
    """The screenplay of an FDX file, and what it holds otherwise.

    Every word of the script is kept: types of paragraph that a screenplay does not have become
    action, an omitted scene becomes notes, script notes follow the element they are about, and
    those that name sources (as ``write_fdx(..., trace=True)`` writes) go into it. Raises
    `InputError` (``E_FDX``) for a file that is no FDX.
    """
    document = read_xml(source)
    reader = _Reader(document)
    reader.read()
    for part, count in document.left:
        reader.tell(f"a part of the file is not of the script and was left out: {part}", "", count)
    screenplay = Screenplay(
        title_page=title_fields(document.title), elements=tuple(reader.elements)
    )
    return FdxReading(screenplay=screenplay, findings=reader.findings())


class _Reader:
    """Goes through the paragraphs of a document and makes elements of them."""

    def __init__(self, document: Document) -> None:
        self.elements: list[Element] = []
        self._document = document
        self._speech: _Speech | None = None
        self._after: list[_Behind] = []
        self._told: Counter[str] = Counter()
        self._examples: dict[str, str] = {}

    def tell(self, message: str, example: str, count: int = 1) -> None:
        """Count something that a screenplay does not hold as the file does."""
        if message not in self._told and len(self._told) >= _MOST_KINDS:
            message = "more of the file is held otherwise or was left out"
        self._told[message] += count
        self._examples.setdefault(message, example)

    def findings(self) -> tuple[Finding, ...]:
        return tuple(
            Finding(
                code="W_FDX",
                severity=Severity.INFO,
                message=message,
                evidence=self._examples[message][:_MOST_EVIDENCE],
                count=count,
            )
            for message, count in self._told.items()
        )

    def read(self) -> None:
        content = self._document.content
        starts = [0, *accumulate(paragraph.units + 1 for paragraph in content)]
        before, about = _placed(self._document.notes, starts)
        for at, paragraph in enumerate(content):
            if paragraph.type.lower() not in _UNDER_A_CUE:
                self._close()
            if paragraph.new_page:
                self._close()
                self.elements.append(PageBreak())
            opening = before.get(at, [])
            if self._speech:
                self._after += opening
            else:
                self._emit(opening)
            self._take(paragraph, starts[at], about.get(at, []))
        self._close()
        self._emit(about.get(-1, []))

    def _take(self, paragraph: Paragraph, start: int, notes: Sequence[ScriptNote]) -> None:
        if paragraph.dual:
            self._pair(paragraph, start, notes)
            return
        self._paragraph(paragraph)
        self._after += [_aside(kind, text) for kind, text in paragraph.asides]
        if paragraph.omitted:
            self.tell("an omitted scene became notes", paragraph.text)
            self._after += [
                Note(text=f"Omitted: {escaped(each.text.strip())}")
                for each in paragraph.omitted
                if each.text.strip()
            ]
        self._after += notes
        if not self._speech:
            self._close()

    def _pair(self, paragraph: Paragraph, start: int, notes: Sequence[ScriptNote]) -> None:
        """Two speeches side by side; a note on the first unit is about the first of them."""
        self._close()
        first = len(self.elements)
        for each in paragraph.dual:
            if each.type.lower() not in _UNDER_A_CUE:
                self._close()
            self._paragraph(each)
            self._after += [_aside(kind, text) for kind, text in each.asides]
        self._close()
        spoken = [
            at for at in range(first, len(self.elements)) if isinstance(self.elements[at], Dialogue)
        ]
        if len(spoken) > 1 and spoken[1] == spoken[0] + 1:
            right = self.elements[spoken[1]]
            self.elements[spoken[1]] = right.model_copy(update={"dual": True})
        for note in notes:
            if (note.start, note.end) == (start, start + 1) and first < len(self.elements) - 1:
                later = self.elements[first + 1 :]
                del self.elements[first + 1 :]
                self._emit([note])
                self.elements += later
            else:
                self._emit([note])
        if any(run.text.strip() for run in paragraph.runs):
            self._paragraph(paragraph._replace(dual=(), new_page=False))

    def _paragraph(self, paragraph: Paragraph) -> None:
        kind = paragraph.type.lower()
        capitals = paragraph.type in self._document.capitals
        runs = _bare(paragraph.runs, upper=capitals)
        if not runs:
            return
        if kind == "character":
            self._close()
            self._speech = _Speech(self._marked(runs))
        elif kind == "lyrics" and self._speech and self._speech.sings():
            self._speech.sing(self._marked(runs))
        elif kind == "parenthetical" and self._speech:
            self._speech.add(self._marked(_inside(runs)), spoken=False)
        elif kind == "dialogue" and self._speech:
            self._speech.add(self._marked(runs), spoken=True)
        else:
            self._close()
            self.elements += self._element(paragraph, kind, runs)

    def _element(self, paragraph: Paragraph, kind: str, runs: Sequence[Run]) -> list[Element]:
        text = self._marked(runs)
        if kind == "scene heading":
            return [Heading(text=text, number=paragraph.number)]
        outline = _OUTLINE.fullmatch(paragraph.type)
        if outline:
            return [Section(text=text, level=int(outline[1][:2]))]
        if kind in ("summary", "synopsis"):
            return [Synopsis(text=text)]
        if kind == "transition":
            return [Transition(text=text)]
        if kind in ("lyrics", "singing"):
            return [Lyrics(text=text)]
        if kind == "note":
            return [Note(text=text)]
        if kind not in _PLAIN_ACTION and kind not in _CARDS:
            self.tell(
                f"paragraphs of a type that a screenplay does not have became action: "
                f"{paragraph.type[:40]}",
                paragraph.text,
            )
        if paragraph.centered or kind in _CARDS:
            return [Centered(text=line) for line in text.split("\n") if line.strip()]
        return [Action(text=text)]

    def _marked(self, runs: Sequence[Run]) -> str:
        text, whole = marked(runs)
        if not whole:
            self.tell("emphasis that Fountain has no form for was left out", plain(text))
        return text

    def _close(self) -> None:
        """End the speech that is open, and put what is about it behind it."""
        if self._speech:
            self.elements.append(self._speech.element())
            self._speech = None
        after, self._after = self._after, []
        self._emit(after)

    def _emit(self, notes: Sequence[_Behind]) -> None:
        for note in notes:
            if isinstance(note, Note | Synopsis):
                self.elements.append(note)
                continue
            runs = _bare(note.runs, upper=False)
            text = "".join(run.text for run in runs)
            last = self.elements[-1] if self.elements else None
            if TRACE.fullmatch(text) and last and not (last.sources or last.invented):
                marks = text.split()
                invented = marks[-1] == "invented"
                sources = tuple(marks[:-1] if invented else marks)
                update = {"sources": sources, "invented": invented}
                self.elements[-1] = last.model_copy(update=update)
            elif text:
                name = "" if note.name == SOURCE else note.name
                said = [each for each in (note.writer, name) if each]
                label = Run(escaped(": ".join([", ".join(said), ""])) if said else "")
                self.elements.append(Note(text=label.text + self._marked(runs)))


class _Speech:
    """A cue and what is under it so far."""

    def __init__(self, cue: str) -> None:
        self._cue = cue
        self._parts: list[tuple[bool, list[str]]] = []
        self._sung = False

    def add(self, text: str, *, spoken: bool) -> None:
        if spoken and self._parts and self._parts[-1][0]:
            self._parts[-1][1].append(text)
        else:
            self._parts.append((spoken, [text]))

    def sings(self) -> bool:
        """Whether sung lines that come now are sung under this cue."""
        return self._sung or not self._parts

    def sing(self, text: str) -> None:
        if not self._sung:
            self.add(SUNG, spoken=False)
        self._sung = True
        self.add(text, spoken=True)

    def element(self) -> Dialogue | Action:
        """The speech; a cue with nothing under it is action."""
        if not self._parts:
            return Action(text=self._cue)
        cue = self._cue.strip()
        name, _, extension = cue.partition("(")
        if not (extension.endswith(")") and name.strip()):
            name, extension = cue, ""
        return Dialogue(
            cue=name.strip(),
            extension=_BETWEEN_EXTENSIONS.sub(", ", extension.removesuffix(")")).strip() or None,
            parts=tuple(
                Speech(text="\n".join(lines)) if spoken else Parenthetical(text="; ".join(lines))
                for spoken, lines in self._parts
            ),
        )


def _placed(
    notes: Sequence[ScriptNote], starts: Sequence[int]
) -> tuple[dict[int, list[ScriptNote]], dict[int, list[ScriptNote]]]:
    """The notes before a paragraph, and those about it; -1 holds those about no paragraph."""
    before: dict[int, list[ScriptNote]] = {}
    about: dict[int, list[ScriptNote]] = {}
    for note in notes:
        if note.start is None or note.start >= starts[-1]:
            about.setdefault(-1, []).append(note)
            continue
        at = bisect_right(starts, note.start) - 1
        opens = note.start == note.end == starts[at]
        (before if opens else about).setdefault(at, []).append(note)
    return before, about


def _aside(kind: str, text: str) -> Note | Synopsis:
    return Synopsis(text=escaped(text)) if kind == "synopsis" else Note(text=escaped(text))


def _bare(runs: Sequence[Run], *, upper: bool) -> list[Run]:
    """The runs without blanks at their end, and without line ends before their first word."""
    found = [Run(run.text.upper() if upper else run.text, run.styles) for run in runs]
    while found and not (found[0].text.strip("\n ") if "\n" in found[0].text else found[0].text):
        found.pop(0)
    while found and not found[-1].text.rstrip():
        found.pop()
    if not found or not "".join(run.text for run in found).strip():
        return []
    first = found[0]
    if first.text.startswith("\n"):
        found[0] = first._replace(text=first.text.lstrip("\n "))
    found[-1] = found[-1]._replace(text=found[-1].text.rstrip())
    return found


def _inside(runs: Sequence[Run]) -> list[Run]:
    """A direction without the parentheses around it."""
    text = "".join(run.text for run in runs)
    if not is_parenthetical(text.strip()):
        return list(runs)
    start = text.index("(") + 1
    end = text.rindex(")")
    found = []
    at = 0
    for piece, styles in runs:
        kept = piece[max(start - at, 0) : max(end - at, 0)]
        at += len(piece)
        if kept:
            found.append(Run(kept, styles))
    return found
