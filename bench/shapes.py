"""Texts of any size and of many shapes, for measuring how the parser's work grows."""

from __future__ import annotations

import re
from itertools import count, islice, product
from pathlib import Path
from typing import TYPE_CHECKING

from scriptgen.catalog import language_pack
from scriptgen.reader import read_essay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEEDS = Path(__file__).parent.parent / "seeds"
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,}\b")
_SYLLABLES = ("ba", "do", "ke", "lu", "mi", "no", "ra", "su", "ti", "wen")


def seeds() -> list[str]:
    """The texts of the essays that come along."""
    return [read_essay(p).text for p in sorted(SEEDS.iterdir()) if p.stem != "README"]


def names() -> Iterator[str]:
    """Names that are no words, each another, without end."""
    for length in count(2):
        for syllables in product(_SYLLABLES, repeat=length):
            yield "".join(syllables).capitalize() + "sk"


def essays(size: int) -> str:
    """The seeds one after the other, in each round with other names."""
    lexicon = language_pack("en").lexicon
    texts = seeds()
    people = sorted({w for t in texts for w in _CAPITALISED.findall(t) if not _knows(lexicon, w)})
    named, out, length = names(), [], 0
    while length < size:
        fresh = dict(zip(people, islice(named, len(people)), strict=True))
        for text in texts:
            out.append(_CAPITALISED.sub(lambda m: fresh.get(m[0], m[0]), text))  # noqa: B023 - used at once
            length += len(out[-1]) + 2
    return "\n\n".join(out)[:size]


def _knows(lexicon: object, word: str) -> bool:
    return bool(lexicon.knows(word.lower()))  # type: ignore[attr-defined]


def many_names(size: int) -> str:
    """A new person in every sentence."""
    pieces = (f"{first} {last} takes the cup. " for first, last in zip(names(), _shifted()))  # noqa: B905 - endless
    return _filled(pieces, size)


def _shifted() -> Iterator[str]:
    return islice(names(), 7, None)


def _filled(pieces: Iterator[str], size: int) -> str:
    out, length = [], 0
    while length < size:
        out.append(next(pieces))
        length += len(out[-1])
    return "".join(out)[:size]


def _again(piece: str) -> Callable[[int], str]:
    return lambda size: piece * (size // len(piece))


SHAPES: dict[str, Callable[[int], str]] = {
    "essays": essays,
    "one line": lambda size: essays(size).replace("\n", " "),
    "quotes": _again("“"),
    "straight quotes": _again('"'),
    "spoken": _again("“Go,” she says. "),
    "exchange": _again("“Go.”\n\n“No!”\n\n"),
    "dashes": _again("—"),
    "dashed words": _again("— a — b "),
    "dash lines": _again("—Hola —dice.\n"),
    "nested marks": _again("“a ‘b *c _d “e (f "),
    "names": many_names,
    "one name": _again("Mira waits. Mira Osei waits. Dr. Osei waits. "),
    "pronouns": _again("He gives it to her, and she takes it from him. "),
    "the man": _again("The man in the grey coat waits. The man sees her mother. "),
    "men": _again("A man waits. "),
    "names given": _again("A boy waits. Let’s call him Tomo. "),
    "rooms": _again("In the kitchen he waits. Back in the garden it is night. "),
    "told": _again("She whispers something to him. He asks whether she waits. "),
    "capitals": lambda size: essays(size).upper(),
    "titled": lambda size: essays(size).title(),
    "digits": _again("0123456789 "),
    "commas": _again("he, "),
    "brackets": _again("(a "),
    "open single quotes": _again(" ‘word"),
    "open double quotes": _again(" “word"),
    "stars": _again("*a "),
    "full stops": _again("."),
    "headings": _again("# The kitchen\n"),
    "blanks": _again(" "),
    "one word": _again("a"),
    "hyphens": _again("Aa-"),
    "and": _again("the man and the boy and "),
}
