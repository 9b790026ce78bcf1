"""What of a screenplay the page can hold.

Fountain has no form for some screenplays: speech cannot be forced, brackets and slashes with stars
cannot be escaped. `printable` gives the nearest screenplay that reads back as itself, in this
package's reader and, as far as any form allows, in other parsers too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.fountain.forms import (
    LONGEST_NUMBER,
    SOURCE,
    TRACE,
    first_word,
    is_plain_heading,
    is_plain_transition,
    is_risky_action,
    risky_head,
    straightened,
    without_spaced_dots,
)
from scriptgen.fountain.proof import Proof, To, caps, is_blank, joined, paragraphs, quoted
from scriptgen.fountain.title import printable_title_page
from scriptgen.fountain.usual import is_usual
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

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scriptgen.report import Finding
    from scriptgen.screenplay import Element

    _Worded = Heading | Transition | Lyrics | Centered | Section | Synopsis | Note

UNNAMED = "UNKNOWN"
DEEPEST_SECTION = 6

_ASIDE = re.compile(r"[(（]([^()（）]*)[)）]\s*")
_CUE = re.compile(r"([^()]*)\((.*)\)\s*")
_NUMBER_SIGN = re.compile(r"#\s*(?=\d)")
_NOT_IN_A_NUMBER = re.compile(r"[^A-Za-z0-9.-]+")
_MARK = re.compile(r"[^\w ]|_")
_CHINESE_SETTING = re.compile(r"(内外景|内景|外景)[\s.。．:：·、,，-]*")
_SETTINGS = {"内景": "INT. ", "外景": "EXT. ", "内外景": "INT./EXT. "}
_BETWEEN_EXTENSIONS = re.compile(r"\)\s*\(")
_WIDE_PARENTHESES = str.maketrans("（）", "()")


def printable(screenplay: Screenplay) -> Screenplay:
    """The screenplay as the page can hold it; idempotent."""
    return printable_with_findings(screenplay)[0]


def printable_with_findings(screenplay: Screenplay) -> tuple[Screenplay, tuple[Finding, ...]]:
    """The screenplay as the page can hold it, and a ``W_REWORDED`` for each change of its words.

    A finding's ``element`` is an index into the elements of the result, its ``evidence`` the words
    before the change. Without a finding go: blanks, invisible characters, line ends, escapes,
    capitals of headings and transitions, and an element that holds nothing.
    """
    proof = Proof()
    title_page = printable_title_page(screenplay.title_page, proof)
    elements: list[Element] = []
    for element in screenplay.elements:
        before = elements[-1] if elements else None
        if is_usual(element, before):
            elements.append(element)
            continue
        proof.element = len(elements)
        sources = _sources(element.sources, proof)
        trace = {"sources": sources, "invented": element.invented}
        elements += [new.model_copy(update=trace) for new in _printed(element, before, proof)]
    result = Screenplay(title_page=title_page, elements=tuple(elements))
    return result, tuple(proof.findings)


def _sources(sources: tuple[str, ...], proof: Proof) -> tuple[str, ...]:
    kept = tuple(source for source in sources if SOURCE.fullmatch(source))
    if kept != sources:
        proof.changed("source ids that no note can carry were left out", " ".join(sources))
    return kept


def _printed(element: Element, before: Element | None, proof: Proof) -> Sequence[Element]:
    if isinstance(element, Dialogue):
        return _dialogue(element, before, proof)
    if isinstance(element, Action):
        return _action(element, before, proof)
    if isinstance(element, PageBreak):
        return [PageBreak()]
    return [new for new in _PRINTED[element.type](element, proof) if not is_blank(new.text)]


def _heading(element: Heading, proof: Proof) -> list[Heading]:
    text = proof.line(element.text, to=To.KEPT)
    if "#" in text:
        proof.changed("# in a heading reads as a scene number", text)
        text = _NUMBER_SIGN.sub("NO. ", text).replace("#", "＃")
    if text[:1] in ("*", "_", "\\"):
        text = proof.unmarked(text)
    setting = _CHINESE_SETTING.match(text)
    if setting:
        text = _SETTINGS[setting[1]] + text[setting.end() :]
    text = proof.line(caps(text), to=To.KEPT)
    number = _number(element.number, proof)
    if not text.strip():
        if number:
            proof.lost("the number of a heading without words was left out", number)
        return []
    if not is_plain_heading(text) and not (text[0].isascii() and text[0].isalnum()):
        proof.changed("a heading has to begin with a plain letter or digit", text)
        text = "SCENE: " + text
    return [Heading(text=text, number=number)]


def _number(number: str | None, proof: Proof) -> str | None:
    if number is None:
        return None
    kept = _NOT_IN_A_NUMBER.sub("", number)
    if kept != number:
        proof.changed("a scene number holds letters, digits, dashes and periods alone", number)
    if len(kept) > LONGEST_NUMBER:
        proof.changed("a scene number was cut: a reader would take it for words", kept)
    return kept[:LONGEST_NUMBER].upper() or None


def _action(element: Action, before: Element | None, proof: Proof) -> list[Action]:
    text = proof.worded(element.text)
    found: list[Action] = []
    for lines in paragraphs([line.rstrip() for line in text.split("\n")]):
        heads = [_unmarked_head(line, proof) for line in lines]
        risky = is_risky_action(heads, found[-1] if found else before)
        found.append(Action(text="\n".join(map(str.lstrip, heads) if risky else heads)))
    return found


def _unmarked_head(line: str, proof: Proof) -> str:
    bare = line.lstrip()
    if bare[0] != "!":
        return line
    return _in_quotes(bare, first_word(bare), proof)


def _transition(element: Transition, proof: Proof) -> list[Transition]:
    text = _without_angles(proof.line(element.text, to=To.KEPT), proof)
    text = proof.line(caps(text), to=To.KEPT)
    if text.endswith(" TO:") and not is_plain_transition(text):
        spaced = joined(_MARK.sub(" ", text[:-1])) + ":"
        if is_plain_transition(spaced):
            proof.changed("marks were taken out of a transition: it cannot be forced", text)
            text = spaced
        else:
            proof.changed("the colon was taken off a transition: it cannot be forced", text)
            text = text[:-1]
    if text == "TO:":
        proof.changed("TO: by itself became CUT TO:, since it is no transition", text)
        text = "CUT TO:"
    return [Transition(text=_without_tilde(text, proof))]


def _without_tilde(text: str, proof: Proof) -> str:
    """``text`` with its first word in quotation marks where a tilde would make lyrics of it."""
    return _in_quotes(text, first_word(text), proof) if text.startswith("~") else text


def _without_angles(text: str, proof: Proof) -> str:
    if "<" not in text and ">" not in text:
        return text
    proof.changed("angle brackets were changed: they would center the line", text)
    return text.replace("<", "‹").replace(">", "›")


def _lyrics(element: Lyrics, proof: Proof) -> list[Lyrics]:
    lines = proof.lines(element.text)
    bare = [line.lstrip("~ ") for line in lines]
    if bare != lines:
        proof.changed("tildes at the head of a sung line were left out", element.text)
    return [Lyrics(text="\n".join(line for line in bare if line))]


def _centered(element: Centered, proof: Proof) -> list[Centered]:
    lines = (_without_angles(joined(line), proof) for line in proof.lines(element.text))
    return [Centered(text=_without_tilde(line, proof)) for line in lines]


def _section(element: Section, proof: Proof) -> list[Section]:
    text = proof.unmarked(proof.line(element.text))
    if text.startswith(("#", "~")):
        text = _in_quotes(text, first_word(text), proof)
    return [Section(text=text, level=min(max(element.level, 1), DEEPEST_SECTION))]


def _synopsis(element: Synopsis, proof: Proof) -> list[Synopsis]:
    text = proof.line(element.text)
    if text.startswith("="):
        text = _in_quotes(text, first_word(text), proof)
    return [Synopsis(text=text)]


def _note(element: Note, proof: Proof) -> list[Note]:
    text = element.text
    if "[" in text or "]" in text:
        proof.changed("brackets in a note became parentheses", text)
        text = text.replace("[", "(").replace("]", ")")
    text = proof.line(text)
    if TRACE.fullmatch(text):
        proof.changed("a note that reads as a list of sources was marked as a note", text)
        text = f"Note: {text}"
    return [Note(text=text)]


def _dialogue(element: Dialogue, before: Element | None, proof: Proof) -> Sequence[Element]:
    parts = _parts(element, proof)
    if not parts:
        aside = "" if is_blank(element.extension or "") else f"({element.extension})"
        if not is_blank(element.cue):
            proof.changed("a cue without words became action", f"{element.cue} {aside}".rstrip())
        elif aside:
            proof.lost("an extension without a cue and words was left out", aside)
        return _action(Action(text=element.cue), before, proof)
    cue, extension = _cue(element, proof)
    dual = element.dual and isinstance(before, Dialogue) and not before.dual
    if dual != element.dual:
        proof.changed("nobody speaks right before, so the speech stands alone", cue)
    return [Dialogue(cue=cue, extension=extension, parts=parts, dual=dual)]


def _cue(element: Dialogue, proof: Proof) -> tuple[str, str | None]:
    cue = proof.unmarked(proof.line(element.cue)).translate(_WIDE_PARENTHESES)
    extension = proof.unmarked(proof.line(element.extension or "")).translate(_WIDE_PARENTHESES)
    full = _CUE.fullmatch(cue)
    if full:
        cue, extension = full[1], f"{full[2]}, {extension}" if extension else full[2]
    cue = cue.strip().rstrip(":： ")
    plain_cue = joined(re.sub(r"[\^()]", " ", cue)).rstrip(":： ")
    plain_cue = joined(re.sub(r"\s*:\s*", " - ", plain_cue))
    if plain_cue != cue:
        proof.changed("colons, carets and parentheses were taken out of a cue", element.cue)
    plain_cue = _without_tilde(plain_cue, proof)
    if not plain_cue:
        proof.changed("a speech without a name got one", UNNAMED)
        plain_cue = UNNAMED
    plain_extension = joined(re.sub(r"[\^()]", " ", _BETWEEN_EXTENSIONS.sub(", ", extension)))
    if plain_extension != joined(_BETWEEN_EXTENSIONS.sub(", ", extension)):
        proof.changed("carets and parentheses were taken out of an extension", extension)
    return proof.line(plain_cue), straightened(proof.line(plain_extension)) or None


def _parts(element: Dialogue, proof: Proof) -> tuple[Speech | Parenthetical, ...]:
    """Directions and speech in turn: no two of a kind in a row, none empty."""
    runs: list[tuple[bool, list[str]]] = []
    for part in element.parts:
        if isinstance(part, Parenthetical):
            _add(runs, [_direction(part.text, proof)], spoken=False)
            continue
        lines = proof.lines(part.text, to=To.LAST)
        if not (runs and runs[-1][0]):
            asides, lines = _asides(lines, proof)
            _add(runs, [_direction(aside, proof) for aside in asides], spoken=False)
        _add(runs, lines, spoken=True)
    return tuple(
        Speech(text=_speech(lines, proof)) if spoken else _parenthetical(lines, proof)
        for spoken, lines in runs
    )


def _asides(lines: list[str], proof: Proof) -> tuple[list[str], list[str]]:
    """The directions at the head of a speech, and the lines without them."""
    asides: list[str] = []
    for number, line in enumerate(lines):
        at = 0
        while aside := _ASIDE.match(line, at):
            last = aside.end() == len(line) and number + 1 == len(lines)
            if last or not aside[1].strip():
                break
            asides.append(aside[1])
            at = aside.end()
        if at < len(line):
            rest = lines[number:]
            if at:
                rest[0] = line[at:]
            break
    else:
        return [], lines
    if asides:
        proof.changed("a direction was parted from the speech it stood in", lines[0])
        rest[:1] = proof.lines(rest[0], to=To.LAST)
    return asides, rest


def _add(runs: list[tuple[bool, list[str]]], lines: list[str], *, spoken: bool) -> None:
    lines = [line for line in lines if not is_blank(line)]
    if lines and runs and runs[-1][0] == spoken:
        runs[-1][1].extend(lines)
    elif lines:
        runs.append((spoken, lines))


def _parenthetical(directions: list[str], proof: Proof) -> Parenthetical:
    if len(directions) > 1:
        proof.changed("directions in a row were joined", directions[0])
    return Parenthetical(text="; ".join(directions))


def _direction(text: str, proof: Proof) -> str:
    text = proof.line(text, to=To.LAST).translate(_WIDE_PARENTHESES)
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    if "(" in text or ")" in text:
        proof.changed("parentheses within a direction were taken out", text)
        text = re.sub(r"\s*\(\s*", ", ", text).replace(")", "").strip(" ,")
    return proof.line(text, to=To.LAST)


def _speech(lines: list[str], proof: Proof) -> str:
    first = without_spaced_dots(lines[0])
    if first != lines[0]:
        proof.changed("spaced dots at the head of a speech were closed up", lines[0])
    kept = [_unrisky(first, proof)]
    for line in lines[1:]:
        if risky_head(line) or without_spaced_dots(line) != line:
            kept.append(f"{kept.pop()} {line}")
            while len(kept) > 1 and risky_head(kept[-1]):
                kept[-2:] = [f"{kept[-2]} {kept[-1]}"]
            kept[0] = _unrisky(kept[0], proof)
        else:
            kept.append(line)
    return "\n".join(kept)


def _unrisky(line: str, proof: Proof) -> str:
    """The first line of a speech, in quotation marks what a parser would take for a mark."""
    head = risky_head(line)
    return _in_quotes(line, head, proof) if head else line


def _in_quotes(line: str, end: int, proof: Proof) -> str:
    proof.changed("a mark at the head of a line was put in quotation marks", line)
    return quoted(line, end)


_PRINTED: Mapping[str, Callable[..., Sequence[_Worded]]] = {
    "heading": _heading,
    "transition": _transition,
    "lyrics": _lyrics,
    "centered": _centered,
    "section": _section,
    "synopsis": _synopsis,
    "note": _note,
}
