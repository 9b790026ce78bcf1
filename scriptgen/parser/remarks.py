"""What the essay says beside the story: craft cues and themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.brief import Cue, CueKind
from scriptgen.parser.clauses import joints
from scriptgen.values import Span

if TYPE_CHECKING:
    from scriptgen.parser.reading import Reading

_CUE_WORDS = (
    (CueKind.EDIT, "edit_words"),
    (CueKind.CAMERA, "film_words"),
    (CueKind.MUSIC, "music_words"),
    (CueKind.COLOUR, "colour_words"),
    (CueKind.LIGHT, "light_words"),
    (CueKind.SOUND, "sound_words"),
)
_CUE_LISTS = frozenset(name for _, name in _CUE_WORDS)
_MOST_THEMES = 8


def find_cues(reading: Reading) -> tuple[Cue, ...]:
    """Clauses about camera, edit, music, colour, light or sound, one kind each."""
    out: list[Cue] = []
    doc, pack = reading.doc, reading.pack
    if not pack.known:
        return ()
    for sentence in doc.sentences:
        if _CUE_LISTS.isdisjoint(sentence.kinds):
            continue
        for start, end, _, line, words in joints(reading, sentence.start, sentence.end):
            here = frozenset().union(*(word.kinds for word in words))
            kind = next((k for k, name in _CUE_WORDS if name in here), None)
            if kind is not None and not line:
                out.append(Cue(kind=kind, span=Span.cut(doc.text, start, end)))
    return tuple(out)


def find_themes(reading: Reading) -> tuple[Span, ...]:
    """What the critic says it is about."""
    out: list[Span] = []
    doc = reading.doc
    for match in doc.found(reading.pack, "theme"):
        start, end = match.span("theme")
        if not doc.is_quoted(start) and end > start:
            out.append(Span.cut(doc.text, start, end))
    out.sort(key=lambda s: s.start)
    return tuple(out[:_MOST_THEMES])
