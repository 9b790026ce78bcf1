"""Lines as dialogue and notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.brief import Line, LineKind
from scriptgen.offline.marks import plain
from scriptgen.offline.words import grammar_of
from scriptgen.screenplay import Dialogue, Note, Parenthetical, Speech

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.offline.cast import Cast

LONGEST_DELIVERY = 4
QUOTES = "\"'“”‘’«»「」『』"
GOES_ON = frozenset({"that", "had", "has", "was", "were", "is", "are", "would", "will", "can"})
"""Words that no comma parts from what they go on with."""
CLIPPED = re.compile(r"[’']?(?:re|ll|ve|d|m|s)\b")
"""What is left of ``we're`` where a line begins inside a word."""
VOICES = ("voice", "tone", "whisper", "murmur")
CLOSED = ".!?…。！？—–-~"
IMAGINED = "Imagined, not spoken"
UNHEARD = "Unheard"
TOLD = "Told, words not given"
SILENT = (IMAGINED, UNHEARD, TOLD)
NOTE_BREAKERS = {"[": "(", "]": ")"}


def spoken_text(text: str) -> str:
    """The words as the essay gives them, a final comma made a full stop."""
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.strip(" \t").split("\n")]
    words = "\n".join(line for line in lines if line)
    if words.endswith((",", "，")):
        return words[:-1] + ("." if words.endswith(",") else "。")
    return words if not words or words[-1] in CLOSED + QUOTES else words + "."


def joined(first: str, second: str, raw_first: str, pack: LanguagePack) -> str:
    """Two lines of one breath, parted in the essay by who says them.

    A comma that only led to "she says" goes where the second half is the verb of the first.
    """
    if not raw_first.rstrip().endswith((",", "，")) or not second[:1].islower():
        return f"{first} {second}"
    grammar = grammar_of(pack)
    opening = second.split(maxsplit=1)[0]
    verb = grammar is not None and (grammar.verb_form(opening) == "third" or opening == "that")
    return f"{raw_first.rstrip()[:-1] if verb else raw_first.rstrip()} {second}"


def parenthetical(line: Line, pack: LanguagePack, essay_text: str) -> Parenthetical | None:
    """The delivery in at most four words: ``whispers`` as ``whispering``, ``low, gravelly``."""
    if line.delivery is None:
        return None
    text = plain(line.delivery.text).strip(" ,.;:—–()").lower()
    if essay_text[: line.delivery.start].endswith(" not ") and pack.known:
        text = f"not {text}"
    words = text.split()
    if not words or len(words) > LONGEST_DELIVERY:
        return None
    if pack.known and pack.is_word("determiners", words[0]) and words[-1] in VOICES:
        words = ["in", *words]
    grammar = grammar_of(pack)
    if grammar is not None and grammar.verb_form(words[0]) in ("third", "past", "both", "plain"):
        lemma = grammar.lemma(words[0], "verb") or words[0]
        if not grammar.adjective(words[0]) or lemma != words[0]:
            words[0] = _ing(lemma)
    return Parenthetical(text=" ".join(words))


def _ing(lemma: str) -> str:
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")):
        return lemma[:-1] + "ing"
    if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", lemma):
        return lemma + lemma[-1] + "ing"
    return lemma + "ing"


def dialogue(lines: list[Line], cue: str, pack: LanguagePack, essay_text: str) -> Dialogue:
    """One dialogue element of lines under one cue with nothing between them."""
    parts: list[Speech | Parenthetical] = []
    raw = ""
    for line in lines:
        manner = parenthetical(line, pack, essay_text)
        text = spoken_text(line.text)
        last = parts[-1] if parts else None
        if isinstance(last, Speech) and (manner is None or manner in parts):
            parts[-1] = Speech(text=joined(last.text, text, raw, pack))
        else:
            parts += [manner] if manner else []
            parts.append(Speech(text=text))
        raw = line.text if not isinstance(last, Speech) else _whole(parts[-1], line)
    return Dialogue(cue=cue, parts=tuple(parts), sources=tuple(line.id for line in lines))


def continued(first: Dialogue, second: Dialogue) -> Dialogue:
    """Two dialogue elements of one cue as one."""
    last, *more = second.parts
    parts = list(first.parts)
    if isinstance(parts[-1], Speech) and isinstance(last, Speech):
        parts[-1] = Speech(text=f"{parts[-1].text} {last.text}")
    else:
        parts.append(last)
    return first.model_copy(
        update={"parts": (*parts, *more), "sources": first.sources + second.sources}
    )


def _whole(part: Speech | Parenthetical, line: Line) -> str:
    ending = line.text.rstrip()[-1:]
    return part.text[:-1] + "," if ending == "," else part.text


def note_text(text: str) -> str:
    """``text`` on one line without what would end a note."""
    for mark, other in NOTE_BREAKERS.items():
        text = text.replace(mark, other)
    return plain(text)


def unknown_speaker(line: Line, cast: Cast) -> Note:
    """A spoken line that nobody can be given: the candidates are named, none is chosen.

    One alone is not named: whom the brief has left for a line that it does not give them was, of
    nine such lines in annotated essays, never the one who says it.
    """
    names = [name for c in line.candidates if (name := cast.named(c))]
    perhaps = f" (perhaps {' or '.join(names)})" if len(names) > 1 else ""
    text = f"Spoken, speaker not named: “{_bare(line.text)}”{perhaps}"
    return Note(text=note_text(text), sources=(line.id,))


def silent(line: Line, cast: Cast, *, shown: bool) -> Note:
    """A line nobody hears. ``shown``: the action before it tells of it already."""
    who = cast.named(line.speaker)
    by = f" ({who})" if who else ""
    if line.kind is LineKind.IMAGINED:
        text = f"{IMAGINED}{by}: “{_bare(line.text)}”"
    elif line.kind is LineKind.UNHEARD:
        of = f"what {who} says" if who else "what is said"
        watched = CLIPPED.match(line.text) is not None or any(
            cast.pack.is_word(kind, word)
            for word in re.findall(r"\w+", line.text)
            for kind in ("audience_words", "first_person")
        )
        text = f"{UNHEARD}: {of if shown or watched else _bare(line.text)}"
    else:
        text = f"{TOLD}{by}: {_bare(line.text)}"
    return Note(text=note_text(text), sources=(line.id,))


def _bare(text: str) -> str:
    return plain(text).strip(QUOTES + " ,;:—–")
