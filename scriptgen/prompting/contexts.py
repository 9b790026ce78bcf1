"""What a template of each kind is given: plain data, the essay already in its fence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.brief import Certainty
from scriptgen.errors import TemplateError
from scriptgen.prompting.choices import choices
from scriptgen.prompting.fence import break_up
from scriptgen.prompting.phrases import phrase
from scriptgen.prompting.sheet import Fidelity, sheet
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Dialogue, Heading, PageBreak, Screenplay, Speech

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scriptgen.brief import Beat, SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.prompting.source import Kind

Context = dict[str, object]


class PagePiece(NamedTuple):
    """A piece of a page: its number (``None``: not asked about), its cue (may be empty), its text.

    A heading, a sentence of action, or a whole speech.
    """

    number: int | None
    cue: str
    text: str


NAMES: Mapping[Kind, tuple[str, ...]] = {
    "draft": ("essay", "sheet", "fidelity", "pages", "part"),
    "revise": ("essay", "sheet", "fidelity", "pages", "page", "findings"),
    "brief": ("essay", "language", "notes"),
    "annotate": ("essay", "moments", "pieces"),
}
"""The names a template of each kind may use."""

FINDINGS_CAP = 20
"""Findings one revision is asked to mend at most, the gravest first."""

_QUOTE = 200
_DEPTH = 12


class Part(NamedTuple):
    """Which part of a long essay a draft is asked for, and what is written so far.

    ``number`` of ``of``, from 1; ``so_far``: what has happened, in the words of the model that
    wrote it, ``None`` where it told nothing; ``introduced``: the cues of those who were seen;
    ``last_lines``: how the page so far ends, as Fountain, ``None`` before the first part.
    """

    number: int = 1
    of: int = 1
    so_far: str | None = None
    introduced: tuple[str, ...] = ()
    last_lines: str | None = None


WHOLE = Part()


def draft_context(
    essay: Essay, brief: SceneBrief, *, fidelity: Fidelity, pages: int, part: Part = WHOLE
) -> dict[str, object]:
    """What a draft template is given, but for the essay; ``brief``: of the part."""
    notes = sheet(brief, essay, fidelity=fidelity, pages=pages)
    return {"sheet": notes, "fidelity": fidelity, "pages": pages, "part": _plain(part)}


def _plain(part: Part) -> dict[str, object]:
    def shown(text: str | None) -> str | None:
        return None if text is None else break_up(text)

    return {
        "number": part.number,
        "of": part.of,
        "so_far": shown(part.so_far),
        "introduced": [phrase(cue) for cue in part.introduced],
        "last_lines": shown(part.last_lines),
    }


def revise_context(
    essay: Essay,
    brief: SceneBrief,
    *,
    page: str,
    screenplay: Screenplay,
    findings: Sequence[Finding],
    fidelity: Fidelity,
    pages: int,
) -> dict[str, object]:
    """What a revise template is given, but for the essay.

    ``findings``: each with ``message``, ``evidence`` (``None`` where the line says it), and
    ``heading`` and ``line`` where its element stands in ``screenplay`` (``None`` where it is about
    the whole page). The gravest come first, else they keep their order.
    """
    weight = list(Severity)
    gravest = sorted(findings, key=lambda finding: -weight.index(finding.severity))
    return {
        "sheet": sheet(brief, essay, fidelity=fidelity, pages=pages),
        "fidelity": fidelity,
        "pages": pages,
        "page": break_up(page),
        "findings": [_located(finding, screenplay) for finding in gravest[:FINDINGS_CAP]],
    }


def brief_context(essay: Essay, brief: SceneBrief) -> dict[str, object]:
    """What a brief template is given, but for the essay; ``brief``: what is found so far."""
    return {"language": essay.language, "notes": choices(essay, brief)}


def annotate_context(brief: SceneBrief, pieces: Sequence[PagePiece]) -> dict[str, object]:
    """What an annotate template is given, but for the essay.

    ``moments``: beats and lines in the order of the essay, each with ``id``, ``kind`` (``None`` for
    what is shown) and ``text``; ``pieces``: ``number`` (``None`` for one that is not asked about),
    ``cue`` (``None`` for what is no speech) and ``text``.
    """
    beats = [(beat.span.start, 0, beat.id, _unshown(beat), beat.text) for beat in brief.beats]
    lines = [(line.span.start, 1, line.id, line.kind.value, line.text) for line in brief.lines]
    return {
        "moments": [
            {"id": name, "kind": kind, "text": _quote(text)}
            for _, _, name, kind, text in sorted(
                (*beats, *lines), key=lambda each: (each[0], each[1], each[2])
            )
        ],
        "pieces": [
            {"number": each.number, "cue": _quote(each.cue) or None, "text": _quote(each.text)}
            for each in pieces
        ],
    }


def _unshown(beat: Beat) -> str | None:
    return None if beat.certainty is Certainty.SHOWN else beat.certainty.value


def _located(finding: Finding, screenplay: Screenplay) -> dict[str, object]:
    heading = line = None
    elements = screenplay.elements
    if finding.element is not None and finding.element < len(elements):
        before = elements[: finding.element + 1]
        headings = [element.text for element in before if isinstance(element, Heading)]
        heading = headings[-1] if headings else None
        element = before[-1]
        if isinstance(element, Dialogue):
            said = " ".join(part.text for part in element.parts if isinstance(part, Speech))
            line = f"{element.cue}: {said}"
        elif not isinstance(element, PageBreak):
            line = element.text
    if heading == line:
        heading = None
    message = finding.message if heading else finding.message[:1].upper() + finding.message[1:]
    told, evidence, line = _quote(message), _quote(finding.evidence), _quote(line)
    return {
        "message": told,
        "evidence": evidence if evidence not in (told, line) else None,
        "heading": _quote(heading),
        "line": line,
    }


def _quote(text: str | None) -> str | None:
    if text is None:
        return None
    text = " ".join(text.split())
    return break_up(text if len(text) <= _QUOTE else text[: _QUOTE - 1] + "…")


def texts(value: object) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def require_plain(value: object, name: str = "context", depth: int = 0) -> None:
    """Raise `TemplateError` unless the value is plain data all the way down.

    Plain: exactly ``dict`` with texts as keys, ``list``, ``str``, ``int``, ``float`` (finite),
    ``bool`` and ``None``; no subclass of these.
    """
    kind = type(value)
    if depth > _DEPTH:
        raise TemplateError("E_TEMPLATE", f"{name[:80]} is nested too deeply for a template")
    if kind is dict:
        assert isinstance(value, dict)  # noqa: S101 - for the type checker
        for key, item in value.items():
            if type(key) is not str:
                raise TemplateError("E_TEMPLATE", f"a key of {name} is not a text")
            require_plain(item, f"{name}.{key}", depth + 1)
    elif kind is list:
        assert isinstance(value, list)  # noqa: S101 - for the type checker
        for index, item in enumerate(value):
            require_plain(item, f"{name}[{index}]", depth + 1)
    elif value is not None and kind not in (str, int, float, bool):
        raise TemplateError("E_TEMPLATE", f"{name} is a {kind.__name__}, which is not plain data")
    elif isinstance(value, float) and not math.isfinite(value):
        raise TemplateError("E_TEMPLATE", f"{name} is not a finite number")
