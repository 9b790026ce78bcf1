"""The light sheet: what a writer should have at hand beside the essay, as plain data.

Moments stand in the order told, in the essay's words, cut short; nothing carries an id. A long
essay's sheet is capped, and says how much it leaves out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from scriptgen.brief import Character, Line, LineKind, Place, SceneBrief
from scriptgen.prompting.phrases import phrase
from scriptgen.prompting.running_order import moment, returns, scenes, spread, to_play, told
from scriptgen.spoken import quotations, spoken_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.essay import Essay
    from scriptgen.spoken import Quotation
    from scriptgen.values import Span

Fidelity = Literal["strict", "balanced", "free"]
FIDELITIES: tuple[Fidelity, ...] = ("strict", "balanced", "free")

CAPS = {
    "cast": 14,
    "places": 10,
    "moments": 60,
    "told": 12,
    "to_play": 10,
    "scenes": 24,
    "returns": 8,
    "spoken": 40,
    "reported": 12,
    "imagined": 12,
    "unheard": 12,
    "props": 8,
    "questions": 8,
}
"""How many items of each kind a sheet holds at most."""

VERBATIM = 1_000
"""Characters at most of words that must stay as they are."""

_WORN = 5


def sheet(brief: SceneBrief, essay: Essay, *, fidelity: Fidelity, pages: int) -> dict[str, object]:
    """The sheet of one essay.

    Keys: ``title`` (or ``None``), ``language``, ``fidelity``, ``pages``;
    ``cast`` (``cue name named wears``; ``named``: given, assumed or unnamed);
    ``places`` (``name int_ext time light``); ``moments`` (``text``, and ``told`` where the essay
    only tells of it); ``scenes``, ``told``, ``to_play`` and ``returns`` as
    `scriptgen.prompting.running_order` has them; ``lines`` (``spoken reported imagined unheard``,
    each a list of ``speaker text how``); ``props`` that return; open ``questions``;
    ``left_out``: how many of each kind the caps kept out.
    """
    cues = {character.id: character.cue for character in brief.characters}
    lines = {
        kind.value: [_line(line, cues) for line in brief.lines if line.kind is kind]
        for kind in LineKind
    }
    lines[LineKind.SPOKEN.value] = [
        _spoken(quotation, cues) for quotation in quotations(spoken_lines(brief), essay.text)
    ]
    whole: dict[str, list[object]] = {
        "cast": [_person(character) for character in brief.characters],
        "places": [_place(place) for place in brief.places],
        "moments": [moment(beats) for beats in brief.moments()],
        "told": list(told(brief)),
        "to_play": list(to_play(brief)),
        "scenes": list(scenes(brief)),
        "returns": list(returns(brief)),
        "props": [phrase(prop.name) for prop in brief.props if prop.motif],
        "questions": [phrase(span.text) for span in brief.questions],
        **{kind: list(said) for kind, said in lines.items()},
    }
    kept = {name: spread(items, CAPS[name]) for name, items in whole.items()}
    title = essay.meta.title or (brief.title.text if brief.title else None)
    return {
        "title": phrase(title) if title else None,
        "language": phrase(brief.language),
        "fidelity": fidelity,
        "pages": pages,
        **{name: items for name, items in kept.items() if name not in lines},
        "lines": {kind: kept[kind] for kind in lines},
        "left_out": {name: len(whole[name]) - len(kept[name]) for name in CAPS},
    }


def _person(character: Character) -> dict[str, object]:
    return {
        "cue": phrase(character.cue),
        "name": phrase(character.name),
        "named": character.status.value,
        "wears": _distinct(character.wardrobe)[:_WORN],
    }


def _place(place: Place) -> dict[str, object]:
    return {
        "name": phrase(place.name),
        "int_ext": place.int_ext.value if place.int_ext else None,
        "time": phrase(place.time) if place.time else None,
        "light": phrase(place.light.text) if place.light else None,
    }


def _line(line: Line, cues: dict[str, str]) -> dict[str, object]:
    ids = (line.speaker,) if line.speaker else line.candidates
    speaker = " or ".join(cues[one] for one in ids if one in cues)
    return {
        "speaker": phrase(speaker) if speaker else None,
        "text": phrase(line.text, VERBATIM),
        "how": phrase(line.delivery.text) if line.delivery else None,
    }


def _spoken(quotation: Quotation, cues: dict[str, str]) -> dict[str, object]:
    """A line as speech has it: whole where a tag broke it, with a stop for the tag's comma."""
    told = (line for line in quotation.lines if line.delivery)
    said = _line(next(told, quotation.lines[0]), cues)
    return {**said, "text": phrase(quotation.text, VERBATIM)}


def _distinct(spans: Iterable[Span]) -> list[str]:
    return list(dict.fromkeys(phrase(span.text) for span in spans))
