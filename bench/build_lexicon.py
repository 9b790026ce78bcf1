"""Compile WordNet 3.0 into the English lexicon.

    python bench/build_lexicon.py [WORDNET_FOLDER] [-o FILE]

Reads ``data.*``, ``index.*``, ``*.exc`` and ``cntlist.rev`` (Debian: ``wordnet-base``) and writes
``scriptgen/parser/lang/en/lexicon.tsv.gz`` and the licence beside it; the same bytes every time.
The format is told in `scriptgen.parser.lexicon`. Only senses that matter count: the first one, and
those with a fifth of the tagged occurrences of their lemma.
"""

from __future__ import annotations

import argparse
import gzip
import io
import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WORDNET = Path("/usr/share/wordnet")
ENGLISH = Path(__file__).parent.parent / "scriptgen" / "parser" / "lang" / "en"
TARGET = ENGLISH / "lexicon.tsv.gz"
TABLES = Path(__file__).with_suffix(".toml")
SHARE = 0.2
SMALL_SHARE = 0.08
FEW_TAGGED = 9
PLAIN = re.compile(r"[A-Za-z][a-z]*(?:['-][a-z]+)*")
PLAIN_PAIR = re.compile(r"[a-z]{2,} [a-z]{2,}")
DIGITS = 8

NOUN_FILES = {
    4: "act",
    5: "animal",
    6: "artefact",
    7: "abstract",
    8: "body",
    9: "cognition",
    10: "communication",
    11: "event",
    12: "feeling",
    13: "food",
    14: "group",
    15: "location",
    16: "cognition",
    17: "nature",
    18: "person",
    19: "phenomenon",
    20: "plant",
    21: "possession",
    22: "event",
    23: "quantity",
    24: "abstract",
    25: "shape",
    26: "state",
    27: "substance",
    28: "time",
}
VERB_FILES = {
    29: "body",
    30: "change",
    31: "cognition",
    32: "communication",
    33: "social",
    34: "consumption",
    35: "contact",
    36: "creation",
    37: "emotion",
    38: "motion",
    39: "perception",
    40: "possession",
    41: "social",
    42: "stative",
    43: "weather",
}
NOUN_ANCHORS = {
    "kin": "relative.1 spouse.1 parent.1 child.2 baby.1 sibling.1 fiance.1 fiancee.1 lover.1",
    "role": "worker.1 professional.1 expert.1 leader.1 entertainer.1 serviceman.1 official.1 "
    "clergyman.1 student.1 creator.2 criminal.1 businessperson.1 communicator.1 negotiator.1 "
    "head_of_state.1 sovereign.1 noble.1 athlete.1 detective.1 guest.1 guest.3 traveler.1 host.1 "
    "assistant.1 intellectual.1 religious_person.1 combatant.1 peasant.1 neighbor.1 servant.1 "
    "guardian.1 defender.1 ruler.1 customer.1 bidder.1 spectator.1 player.1",
    "garment": "clothing.1 footwear.1 footwear.2 headdress.1 jewelry.1 adornment.1 spectacles.1 "
    "garment.1 accessory.1 neckwear.1 hosiery.1 protective_garment.1",
    "furniture": "furniture.1",
    "building": "building.1 housing.1 dwelling.1 place_of_business.1 establishment.4 "
    "shelter.1 tower.1 stadium.1 place_of_worship.1 shed.1 ruin.2 tent.1 building_complex.1 "
    "station.1 workplace.1 depository.1 athletic_facility.1 recreational_facility.1 "
    "military_installation.1 defensive_structure.1 airdock.1 cafeteria_facility.1 tunnel.1",
    "place_in": "room.1 hall.1 corridor.1 hallway.1 lobby.1 stairway.1 stairwell.1 restaurant.1 "
    "shop.1 apartment.1 cell.1 cellar.1 attic.1 mercantile_establishment.1 theater.1 "
    "booth.2 elevator.1 cabin.1 auditorium.1 burial_chamber.1 strongroom.1 nave.1",
    "place_out": "road.1 geological_formation.1 body_of_water.1 tract.1 garden.1 yard.2 yard.1 "
    "field.1 playing_field.1 bridge.1 pier.1 path.2 path.3 court.4 courtyard.1 sidewalk.1 "
    "balcony.1 balcony.2 terrace.1 porch.1 plaza.1 square.3 roof.1 rooftop.1 cemetery.1 "
    "playground.1 harbor.1 shore.1 land.4 country.2 sky.1 forest.2 forest.1 railway.1 "
    "parking_lot.1 dock.1 stoop.3 fairground.1 town.1 village.1 city.1 airfield.1 desert.1 dune.1 "
    "driveway.1 mountain.1 deck.1 landing_stage.1 runway.1 bus_stop.1 farm.1 shipyard.1 "
    "junction.1 overlook.1 lane.1 landing.2 breakwater.1 city_district.1 countryside.1 outskirts.1 "
    "ditch.1 checkpoint.1 boundary_line.1",
    "vehicle": "vehicle.1 public_transport.1 litter.3",
    "weather": "weather.1 precipitation.3 fog.1 mist.1 wind.1 cloud.2 storm.1 thunder.2 breeze.1 "
    "frost.1 snow.2 lightning.1 haze.1",
    "light": "light.1 luminosity.1 illumination.2 source_of_illumination.1 semidarkness.1 dark.1 "
    "flash.1 fire.1 shadow.1",
    "thing": "instrumentality.3 commodity.1 fabric.1 decoration.1 creation.2 covering.2 article.2 "
    "piece.1 strip.2 sheet.6 padding.1 block.1 plaything.1 keepsake.1 ladder.1 paper.1 nut.3 "
    "food.1 food.2 seed.1 branch.2 straw.1 wood.1 leather.1 soap.1 "
    "document.1 document.2 document.3 letter.1 receipt.2 ticket.1 tag.1 poster.1 list.1 card.2 "
    "card.3 note.1 manuscript.1 manuscript.2 script.1 record.1 record.2 logbook.1 book.2 "
    "print_media.1 medium_of_exchange.1 gem.2 award.2 rock.1 rock.2 feather.1 egg.1 shell.2 "
    "writing_board.1 candle.1 line.18 appendage.3 scrap.1 scrap.3 fragment.1 fragment.2 "
    "stub.2 stub.5",
    "fixture": "structure.1 surface.1 way.6 facility.1 opening.10 fixture.1 system.1",
    "sound": "sound.1 sound.4 sound.2 noise.1 cry.1 utterance.1 laugh.1 music.1 tone.1",
}
VERB_ANCHORS = {
    "speech": "talk.1 talk.2 talk.3 say.1 tell.1 tell.2 ask.1 ask.2 ask.3 answer.1 reply.1 "
    "shout.1 shout.2 utter.1 exclaim.1 state.1 mention.1 murmur.1 whisper.1 beg.1 announce.2 "
    "greet.1 respond.1 warn.1 order.1 command.2 confess.1 explain.1 apologize.1 "
    "chant.1 argue.2 promise.1 insist.1 mumble.1 interrupt.1 pray.1 scold.1 "
    "call.4 swear.1 recite.1 recite.2",
    "posture": "sit.1 sit_down.1 stand.1 stand_up.1 lie.2 lie_down.1 kneel.1 crouch.1 lean.1 "
    "lean.2 squat.2 slump.1 bend.3 bow.1 stoop.1 rise.3 straighten.1 huddle.2 perch.1 recline.2 "
    "hang.1 slouch.1 sprawl.1",
}
NOUN_EXTRA = {
    "alleyway": "place_out",
    "backstage": "place_in",
    "bedside": "place_in",
    "bookshop": "place_in building",
    "carriage": "vehicle",
    "church": "building",
    "classroom": "place_in",
    "gate": "artefact",
    "hospital": "building",
    "knuckles": "body",
    "lift": "place_in",
    "motorbike": "vehicle artefact",
    "nobody": "abstract",
    "office": "place_in",
    "onlooker": "person role",
    "overpass": "place_out",
    "platform": "place_out",
    "pub": "place_in building",
    "roadside": "place_out",
    "rooftop": "place_out",
    "school": "building",
    "selfie": "artefact communication",
    "slipway": "place_out",
    "smartphone": "artefact",
    "streetlamp": "artefact light",
    "streetlight": "artefact light",
    "teenager": "person",
    "underpass": "place_out",
    "windowsill": "artefact",
    "car park": "place_out",
    "hearing room": "place_in",
    "line cook": "person role",
    "parking garage": "place_in building",
    "phone booth": "place_in",
    "phone box": "place_in",
    "post office": "place_in building",
}
LOOSE_FIXTURES = "ladder.1 signboard.1 writing_board.1 tube.1 plug.1"
"""What WordNet files under the parts of a building and can be carried off."""
PAIR_CLASSES = {
    "building",
    "furniture",
    "garment",
    "kin",
    "place_in",
    "place_out",
    "role",
    "vehicle",
}
PLACES = {"building", "place_in", "place_out"}
# Parts of buildings, ships and grounds that are places only where something is set in them.
VENUE_ANCHORS = "area.5 platform.1 stage.3 excavation.3 landing.1 facility.1 shelter.1"


class Synset(NamedTuple):
    """One line of a data file: lexicographer file, words, hypernyms, whether it is an instance."""

    file: int
    words: tuple[str, ...]
    above: tuple[str, ...]
    instance: bool


class Part:
    """One part of speech of WordNet: synsets by offset, senses by lemma, tag counts."""

    def __init__(self, folder: Path, name: str, mark: str, counts: dict[str, int]) -> None:
        self.mark = mark
        self.synsets = dict(_synsets(folder / f"data.{name}", mark))
        self.senses = dict(_index(folder / f"index.{name}"))
        self._counts = counts

    def weighty(self, lemma: str) -> list[str]:
        """Offsets of the first sense and of those that make up a fifth of the lemma's use."""
        senses = self.senses[lemma]
        counts = [
            self._counts.get(f"{lemma}%{self.mark} {i}", 0) for i in range(1, len(senses) + 1)
        ]
        whole = sum(counts)
        return [
            sense
            for i, (sense, count) in enumerate(zip(senses, counts, strict=True))
            if i == 0 or (whole and count / whole >= SHARE)
        ]

    def possible(self, lemma: str) -> list[str]:
        """Offsets of the senses that are met at all; every one of a lemma that hardly is tagged."""
        senses = self.senses[lemma]
        counts = [
            self._counts.get(f"{lemma}%{self.mark} {i}", 0) for i in range(1, len(senses) + 1)
        ]
        least = SMALL_SHARE * sum(counts) if sum(counts) > FEW_TAGGED else 0
        return [s for s, count in zip(senses, counts, strict=True) if count >= least]

    def below(self, anchors: str) -> set[str]:
        """Offsets of the senses ``word.n`` in ``anchors`` and all that they include."""
        children = defaultdict(list)
        for offset, synset in self.synsets.items():
            for above in synset.above:
                children[above].append(offset)
        todo = []
        for anchor in anchors.split():
            word, _, number = anchor.rpartition(".")
            senses = self.senses.get(word, [])
            if int(number) > len(senses):
                sys.exit(f"WordNet has no sense {anchor}")
            todo.append(senses[int(number) - 1])
        seen: set[str] = set()
        while todo:
            offset = todo.pop()
            if offset not in seen:
                seen.add(offset)
                todo += children[offset]
        return seen


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="latin-1").splitlines():
        if line and not line.startswith(" "):
            yield line


def _synsets(path: Path, mark: str) -> Iterator[tuple[str, Synset]]:
    kinds = {"a": "as"}.get(mark, mark)
    for line in _lines(path):
        parts = line.split("|")[0].split()
        count = int(parts[3], 16)
        words = tuple(re.sub(r"\(.*\)", "", word) for word in parts[4 : 4 + 2 * count : 2])
        at = 4 + 2 * count
        links = [parts[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(parts[at]))]
        above = tuple(link[1] for link in links if link[0] in ("@", "@i") and link[2] in kinds)
        instance = any(link[0] == "@i" for link in links)
        yield parts[0], Synset(int(parts[1]), words, above, instance)


def _index(path: Path) -> Iterator[tuple[str, list[str]]]:
    for line in _lines(path):
        parts = line.split()
        yield parts[0], [p for p in parts[1:] if len(p) == DIGITS and p.isdigit()]


def _counts(folder: Path) -> dict[str, int]:
    marks = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
    found = {}
    for line in _lines(folder / "cntlist.rev"):
        key, number, count = line.split()
        lemma, rest = key.split("%")
        found[f"{lemma}%{marks[rest[0]]} {number}"] = int(count)
    return found


def _wanted(lemma: str) -> bool:
    return PLAIN.fullmatch(lemma) is not None and len(lemma) > 1


def _is_name(part: Part, lemma: str) -> bool:
    """Whether the lemma is only the name of one person or place."""
    for offset in part.senses[lemma]:
        synset = part.synsets[offset]
        written = next((w for w in synset.words if w.lower() == lemma), lemma)
        if not synset.instance or written[0].islower():
            return False
    return True


def _noun_classes(part: Part, lemma: str, sets: dict[str, set[str]], venues: set[str]) -> set[str]:
    found: set[str] = set()
    for offset in part.weighty(lemma):
        synset = part.synsets[offset]
        if synset.instance:
            continue
        special = {name for name, offsets in sets.items() if offset in offsets}
        if special & {"kin", "role"}:
            special.add("person")
        general = NOUN_FILES.get(synset.file)
        if general and not (general == "artefact" and special & PLACES):
            special.add(general)
        found |= special
    if not found & PLACES and venues.intersection(part.senses[lemma]):
        found.add("venue")
    found = found or {"abstract"}
    if "thing" not in found and any(
        offset in sets["thing"] and not part.synsets[offset].instance
        for offset in part.possible(lemma)
    ):
        found.add("also_thing")
    return found


def _nouns(part: Part) -> dict[str, set[str]]:
    sets = {name: part.below(anchors) for name, anchors in NOUN_ANCHORS.items()}
    persons = {o for o, s in part.synsets.items() if NOUN_FILES.get(s.file) == "person"}
    venues = part.below(VENUE_ANCHORS).union(*(sets[name] for name in PLACES))
    sets["kin"] &= persons
    sets["role"] &= persons
    loose = part.below(LOOSE_FIXTURES)
    sets["fixture"] -= loose
    sets["place_in"] -= loose
    sets["thing"] -= sets["fixture"]
    found = {}
    for lemma in part.senses:
        word = lemma.replace("_", " ")
        if PLAIN_PAIR.fullmatch(word):
            classes = _noun_classes(part, lemma, sets, venues)
            if classes & PAIR_CLASSES and not _is_name(part, lemma):
                found[word] = classes
        elif _wanted(lemma) and not _is_name(part, lemma):
            found[word] = _noun_classes(part, lemma, sets, venues)
    for word, names in NOUN_EXTRA.items():
        found[word] = found.get(word, set()) | set(names.split())
    return found


def _verbs(part: Part, extra: dict[str, str]) -> dict[str, set[str]]:
    sets = {name: part.below(anchors) for name, anchors in VERB_ANCHORS.items()}
    found = {}
    for lemma in part.senses:
        if not _wanted(lemma):
            continue
        classes = set()
        for offset in part.weighty(lemma):
            synset = part.synsets[offset]
            classes |= {name for name, offsets in sets.items() if offset in offsets}
            classes.add(VERB_FILES[synset.file])
        found[lemma] = classes
    for name, listed in extra.items():
        for lemma in listed.split():
            found.setdefault(lemma, set()).add(name)
    return found


def _exceptions(path: Path) -> Iterator[tuple[str, str]]:
    for line in _lines(path):
        form, *lemmas = line.split()
        if PLAIN.fullmatch(form) and PLAIN.fullmatch(lemmas[0]) and form != lemmas[0]:
            yield form, lemmas[0]


def _verb_forms(
    pairs: Iterable[tuple[str, str]], verbs: dict[str, set[str]], tables: dict[str, dict[str, str]]
) -> dict[str, set[str]]:
    """Irregular verb forms as ``form -> {lemma:kind}``: past, perfect, both, ing, third, plain."""
    lists = {name: set(words.split()) for name, words in tables["irregular"].items()}
    known = [(form, lemma) for form, lemma in pairs if lemma in verbs]

    def is_perfect(form: str) -> bool:
        if form in lists["past"] | lists["both"]:
            return False
        return form in lists["perfect"] or form.endswith(("n", "ne"))

    with_perfect = {lemma for form, lemma in known if is_perfect(form)}
    forms: dict[str, set[str]] = defaultdict(set)
    for form, lemma in known:
        if form.endswith("ing"):
            kind = "ing"
        elif form.endswith("s"):
            kind = "third"
        elif is_perfect(form):
            kind = "perfect"
        elif form in lists["past"] or (lemma in with_perfect and form not in lists["both"]):
            kind = "past"
        else:
            kind = "both"
        forms[form].add(f"{lemma}:{kind}")
    for lemma in lists["invariant"]:
        forms[lemma].add(f"{lemma}:both")
    for form, rest in tables["forms"].items():
        forms[form] = {rest.replace(" ", ":")}
    return dict(forms)


def _flags(parts: dict[str, Part], degrees: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    flags: dict[str, set[str]] = defaultdict(set)
    for flag, part in parts.items():
        for lemma in part.senses:
            if _wanted(lemma):
                flags[lemma].add(flag)
    for form, _ in degrees:
        flags[form].add("a")
    return flags


def _close(
    nouns: dict[str, set[str]],
    verbs: dict[str, set[str]],
    flags: dict[str, set[str]],
    table: dict[str, str],
) -> None:
    """Mark the small words, and take away the nouns and verbs that only look like them."""
    closed = {name: set(words.split()) for name, words in table.items()}
    for word in closed["words"]:
        flags[word].add("f")
        if word not in closed["nouns"]:
            nouns.pop(word, None)
        if word not in closed["verbs"]:
            verbs.pop(word, None)


def compile_lexicon(folder: Path, tables: dict[str, dict[str, str]]) -> str:
    """The lexicon as text, one word a line, sorted."""
    counts = _counts(folder)
    noun, verb, adjective, adverb = (
        Part(folder, name, mark, counts)
        for name, mark in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r"))
    )
    nouns = _nouns(noun)
    verbs = _verbs(verb, tables["classes"])
    flags = _flags({"a": adjective, "r": adverb}, _exceptions(folder / "adj.exc"))
    _close(nouns, verbs, flags, tables["closed"])
    forms = _verb_forms(_exceptions(folder / "verb.exc"), verbs, tables)
    for form, lemma in _exceptions(folder / "noun.exc"):
        if lemma in nouns:
            forms.setdefault(form, set()).add(f"{lemma}:plural")
    rows = []
    for word in sorted({*nouns, *verbs, *flags, *forms}):
        columns = [
            word,
            " ".join(sorted(nouns.get(word, ()))),
            " ".join(sorted(verbs.get(word, ()))),
            "".join(sorted(flags.get(word, ()))),
            " ".join(sorted(forms.get(word, ()))),
        ]
        rows.append("\t".join(columns).rstrip("\t"))
    return "\n".join(rows) + "\n"


def pack(text: str) -> bytes:
    """``text`` gzipped without time or name, so that the same text gives the same bytes."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, mtime=0, fileobj=buffer) as out:
        out.write(text.encode())
    return buffer.getvalue()


def licence(folder: Path) -> str:
    """WordNet's licence, as it stands at the head of its data files."""
    found = []
    for line in (folder / "data.verb").read_text(encoding="latin-1").splitlines():
        if not line.startswith(" "):
            break
        found.append(re.sub(r"^\s+\d+ ?", "", line).rstrip())
    return "\n".join(found).strip() + "\n"


def main() -> int:
    """Build the lexicon and say how large it is."""
    parser = argparse.ArgumentParser(description="Compile WordNet 3.0 into the English lexicon.")
    parser.add_argument("folder", nargs="?", type=Path, default=WORDNET)
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    given = parser.parse_args()
    tables = tomllib.loads(TABLES.read_text(encoding="utf-8"))
    text = compile_lexicon(given.folder, tables)
    raw = pack(text)
    given.output.write_bytes(raw)
    (given.output.parent / "WORDNET-LICENSE.txt").write_text(licence(given.folder), "utf-8")
    print(f"{given.output}: {text.count(chr(10))} words, {len(raw)} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
