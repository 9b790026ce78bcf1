"""Who speaks in a model's reply, as far as its lines show before any of them is mended."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.fountain.looks import (
    CHINESE_NAME,
    INLINE,
    WORD,
    freed,
    heading_line,
    is_cue,
    is_labelled,
    is_titled,
    is_voiced,
    narrow,
    parted_cue,
    unwrapped,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

TWICE = 2
"""How often a name has to stand before it is believed where nothing else marks a speaker."""

LARGEST_CAST = 60
"""How many bare Chinese names are looked for in the other lines."""


@dataclass(frozen=True, slots=True)
class Speakers:
    """``names`` stand over speech, or before a colon, somewhere in the reply.

    ``mentioned``: the words, in small letters, of the lines that are no cue; ``attached``: whether
    any cue has its speech on the line below.
    """

    names: frozenset[str]
    mentioned: frozenset[str]
    attached: bool


def speakers_in(lines: Sequence[str]) -> Speakers:
    """The speakers of a reply's lines."""
    known: set[str] = set()
    mentioned: set[str] = set()
    titled: Counter[str] = Counter()
    chinese: Counter[str] = Counter()
    attached = False
    above = ""
    for at, raw in enumerate(lines):
        line = raw.strip()
        bare = narrow(unwrapped(freed(line)))
        cue = bool(line) and is_cue(bare) and not heading_line(bare)
        if not cue:
            mentioned.update(WORD.findall(line.lower()))
        inline = INLINE.fullmatch(bare) if ":" in bare or "\uff1a" in bare else None
        label = unwrapped(inline[1]) if inline else ""
        if is_titled(label):
            titled[label.upper()] += TWICE if inline and inline[2] else 1
        if line and not above:
            below = at + 1 < len(lines) and bool(lines[at + 1].strip())
            if is_labelled(label):
                known.add(label)
            elif cue and below:
                known.add(parted_cue(bare.removeprefix("@"))[0])
                attached = True
            elif not inline and below:
                name, aside = parted_cue(bare)
                if CHINESE_NAME.fullmatch(name):
                    voiced = aside is not None and is_voiced(aside)
                    chinese[name] += 1
                    known |= {name} if voiced else set()
        above = line
    known |= {name for name, count in titled.items() if count >= TWICE}
    text = "\n".join(lines) if chinese else ""
    likeliest = (name for name, _ in chinese.most_common(LARGEST_CAST))
    known |= {name for name in likeliest if text.count(name) >= TWICE}
    return Speakers(frozenset(known), frozenset(mentioned), attached)
