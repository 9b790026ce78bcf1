"""Whether a place is indoors: by its class, by what leads to it and by what is there.

Where no list tells, signs are weighed, as ``head:building`` or ``near:outdoor_signs``; how much
each says is in the language pack (``indoor_weights``, above 0 for indoors).
"""

from __future__ import annotations

from itertools import chain
from math import fsum
from typing import TYPE_CHECKING

from scriptgen.brief import IntExt
from scriptgen.parser.place_heads import PLACE_CLASSES, compound_classes

if TYPE_CHECKING:
    from scriptgen.parser.places import PlaceName
    from scriptgen.parser.reading import Reading

_SOON = 3
_LEADS = ("within", "aboard", "goal_prepositions", "setting_prepositions", "into_place")
_NEAR = frozenset(
    {"furniture", "weather", "nature", "plant", "animal", "vehicle", "fixture", "garment",
     "place_in", "place_out", "building", "food", "artefact"}
)  # fmt: skip
_TOLD = (
    ("outside_of", IntExt.EXT, True),
    ("inside_of", IntExt.INT, True),
    ("places_in", IntExt.INT, False),
    ("places_out", IntExt.EXT, False),
)


def inside_or_outside(
    reading: Reading, place: PlaceName, sentence: tuple[int, int]
) -> tuple[IntExt | None, bool]:
    """INT or EXT, and whether that is only inferred; ``sentence`` is where the place is named."""
    pack = reading.pack
    if pack.lexicon is None:
        return None, False
    for kind, where, inferred in _TOLD:
        if pack.is_word(kind, place.leading if inferred else place.head):
            return where, inferred
    signs = indoor_signs(reading, place, sentence)
    classes = {"place_in", "place_out"} & {s.removeprefix("head:") for s in signs}
    if len(classes) == 1:
        return (IntExt.INT if "place_in" in classes else IntExt.EXT), False
    weights = pack.weights.get("indoor_weights", {})
    score = fsum(weights[sign] for sign in signs if sign in weights)
    return (IntExt.INT if score > 0 else IntExt.EXT), True


def indoor_signs(reading: Reading, place: PlaceName, sentence: tuple[int, int]) -> frozenset[str]:
    """What speaks for or against indoors: the name, what leads to it, and what is named soon."""
    doc, pack, lexicon = reading.doc, reading.pack, reading.pack.lexicon
    found = {"always"}
    if lexicon is None:
        return frozenset(found)
    words = doc.words_in(place.start, place.end)
    for word in words:
        if word.folded == place.head:
            before = doc.words[max(0, doc.word_index(word.start) - 1)]
            pair = lexicon.nouns(f"{before.folded} {place.head}")
            classes = word.nouns or compound_classes(word, lexicon)
            classes = pair if pair & PLACE_CLASSES else classes | pair
            found.update(f"head:{kind}" for kind in classes)
            if word.capital:
                found.add("head:capital")
        else:
            found.update(f"name:{kind}" for kind in word.nouns & _NEAR)
    found.update(f"lead:{kind}" for kind in _LEADS if pack.is_word(kind, place.leading))
    if not place.leading:
        found.add("lead:none")
    at = doc.sentence_at(max(0, sentence[1] - 1)).index
    last = doc.sentences[min(at + _SOON, len(doc.sentences) - 1)]
    near = [
        word
        for word in doc.words_in(sentence[0], last.end)
        if not doc.quoted[word.start] and not place.start <= word.start < place.end
    ]
    found.update(f"near:{kind}" for kind in _NEAR.intersection(chain(*(w.nouns for w in near))))
    if any("outdoor_signs" in word.kinds for word in near):
        found.add("near:outdoor_signs")
    return frozenset(found)
