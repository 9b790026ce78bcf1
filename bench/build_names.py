"""Compile lists of names into the English pack's ``proper_names.tsv.gz``.

    python bench/build_names.py [WORDNET_FOLDER] [-o FILE]

Reads the packages that ``bench/build_names.txt`` pins, from the Python that runs it: Faker (names
by country, MIT), names (United States census of 1990, public domain) and nicknames (short forms,
Apache 2.0); places are WordNet's (Debian: ``wordnet-base``). Writes the names and the licences
beside them; the same bytes every time. The format is told in `scriptgen.parser.proper_names`, what
the packages lack stands in ``bench/build_names.toml``.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import io
import re
import tomllib
import unicodedata
from collections import defaultdict
from importlib.metadata import distribution
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = (
    Path(__file__).parent.parent / "scriptgen" / "parser" / "lang" / "en" / "proper_names.tsv.gz"
)
TABLES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
SET_BY_HAND = {name: word[0] for word, names in TABLES["genders"].items() for name in names.split()}
WORDNET = Path("/usr/share/wordnet")
PLACE_FILES = {"06": "artefact", "15": "location", "17": "object"}
"""WordNet's files in which what has a name of its own is a place."""
GENDERS = {"m": "male", "f": "female"}
LOCALE = re.compile(r"[a-z]{2}(?:_[A-Z]{2})?")
PLAIN = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
LATIN = frozenset("abcdefghijklmnopqrstuvwxyzøłđðþæœıə")
FAR_COMMONER = 2.0
"""How many times as many lists must have a name for men before it tells a man."""
CENSUS_WEIGHT = 4.0
"""How many countries' lists the census weighs as much as, where a name is not rare in it."""
RARE = 0.01
COMMON = 0.03
"""Per cent of the census."""
FEW_LISTS = 3
BY_FAR = 2.0
"""A name of fewer countries tells nothing where so many times more bear it last ("Lavelle")."""


def fold(name: str) -> str:
    """A name in small letters, without the accents that can be taken off."""
    parts = unicodedata.normalize("NFKD", name.strip().lower().replace("’", "'"))
    return "".join(c for c in parts if not unicodedata.combining(c))


def spellings(name: str) -> Iterator[str]:
    """How English writes a name, which may be in another script; nothing for one it cannot read."""
    if all("HANGUL" in unicodedata.name(c, "") for c in name):
        syllables = [unicodedata.name(c).removeprefix("HANGUL SYLLABLE ").lower() for c in name]
        yield "-".join(syllables)
        yield "".join(syllables)
        return
    small = fold(name)
    yield small.translate({ord(c): to for c, to in TABLES["letters"].items()})
    small = name.strip().lower()
    if "CYRILLIC" in unicodedata.name(small[:1], ""):
        small = small.translate({ord(c): "" for c in TABLES["cyrillic_signs"]["mute"]})
        cuts = re.findall("|".join(sorted(TABLES["cyrillic"], key=len, reverse=True)), small)
        if "".join(cuts) == small:
            for parts in product(*(TABLES["cyrillic"][cut].split("/") for cut in cuts)):
                yield "".join(parts)
        return
    yield fold(small)


def by_country() -> Iterator[tuple[str, str, str]]:
    """Locale, gender and name of every name that Faker knows."""
    folder = Path(str(distribution("Faker").locate_file("faker/providers/person")))
    for locale in sorted(p.name for p in folder.iterdir() if LOCALE.fullmatch(p.name)):
        if locale in TABLES["left_out"]["locales"]:
            continue
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for gender, word in GENDERS.items():
            for listed in (f"first_names_{word}", f"first_romanized_names_{word}"):
                for name in vars(provider).get(listed) or ():
                    yield locale, gender, name
            for name in vars(provider).get("first_names_unisex") or ():
                yield locale, gender, name


def by_census() -> dict[str, dict[str, float]]:
    """Name -> gender -> per cent of the men or women of the census."""
    folder = Path(str(distribution("names").locate_file("names")))
    found: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(GENDERS, 0.0))
    for gender, word in GENDERS.items():
        for line in (folder / f"dist.{word}.first").read_text("utf-8").splitlines():
            name, share, *_ = line.split()
            found[name.lower()][gender] = float(share)
    return found


def surname_shares() -> dict[str, float]:
    """Surname -> per cent of the census."""
    folder = Path(str(distribution("names").locate_file("names")))
    rows = (line.split() for line in (folder / "dist.all.last").read_text("utf-8").splitlines())
    return {name.lower(): float(share) for name, share, *_ in rows}


def is_syllable(name: str) -> bool:
    """Whether a name is one syllable of Chinese, which tells nobody's gender."""
    table = TABLES["syllables"]
    return any(
        name.startswith(start) and name[len(start) :] in table["ends"].split()
        for start in ["", *table["starts"].split()]
    )


def genders() -> dict[str, str]:
    """Name -> ``m``, ``f``, or ``b`` for a name of both."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(GENDERS, 0.0))
    lists: dict[str, set[str]] = defaultdict(set)
    for locale, gender, name in by_country():
        for spelling in spellings(name):
            folded, mark = fold(spelling), f"{locale} {gender}"
            if PLAIN.fullmatch(folded) and folded[0] in LATIN and mark not in lists[folded]:
                lists[folded].add(mark)
                votes[folded][gender] += 1
    census, surnames = by_census(), surname_shares()
    for name, shares in census.items():
        whole = sum(shares.values())
        weight = CENSUS_WEIGHT if whole >= RARE else 1.0
        for gender, share in shares.items():
            votes[name][gender] += weight * share / whole
    told = {}
    for name, vote in votes.items():
        more, less = ("m", "f") if vote["m"] >= vote["f"] else ("f", "m")
        if is_syllable(name) and sum(census[name].values()) < COMMON:
            continue
        told[name] = more if vote[more] >= FAR_COMMONER * vote[less] else "b"
        bearers = BY_FAR * sum(census[name].values())
        if len(lists[name]) < FEW_LISTS and surnames.get(name, 0.0) > bearers:
            told[name] = "b"
    return told | SET_BY_HAND


def short_forms(told: dict[str, str]) -> dict[str, set[str]]:
    """Short or fond form -> the full names it stands for; of their gender, where none was told."""
    name_triplets = importlib.import_module("nicknames").name_triplets

    found: dict[str, set[str]] = defaultdict(set)
    for full, _, short in name_triplets():
        sides = {told.get(full, "b"), told.get(short, "b")} - {"b"}
        if PLAIN.fullmatch(full) and PLAIN.fullmatch(short) and len(sides) < len(GENDERS):
            found[short].add(full)
    own = set()
    for full, shorts in TABLES["short_forms"].items():
        for short in shorts.split():
            found[short].add(full)
            own.add(short)
    for short, fulls in found.items():
        sides = {told.get(full, "b") for full in fulls}
        if len(sides) == 1 and (short in own or short not in told):
            told[short] = sides.pop()
    return found


def places(folder: Path) -> set[str]:
    """The names of single places, buildings and waters."""
    found: set[str] = set()
    for line in (folder / "data.noun").read_text(encoding="latin-1").splitlines():
        columns = line.split()
        if line.startswith(" ") or columns[1] not in PLACE_FILES or "@i" not in columns:
            continue
        words = (columns[at] for at in range(4, 4 + 2 * int(columns[3], 16), 2))
        found.update(fold(word).replace("_", " ") for word in words if word[0].isupper())
    return found


def compile_names(folder: Path) -> str:
    """The names as text, one a line, sorted."""
    told = genders()
    shorts = short_forms(told)
    told |= SET_BY_HAND
    located = places(folder)
    rows = (
        "\t".join(
            [
                name,
                told.get(name, "b" if name in shorts else "") + "p" * (name in located),
                " ".join(sorted(shorts.get(name, ()))),
            ]
        ).rstrip("\t")
        for name in sorted({*told, *shorts, *located})
    )
    return "\n".join(rows) + "\n"


def licences() -> str:
    """The notices of the packages, one after the other."""
    faker = distribution("Faker")
    path = next(p for p in faker.files or () if p.name == "LICENSE.txt")
    notices = TABLES["notices"]
    return f"{notices['faker']}\n\n{path.read_text().strip()}\n\n\n{notices['others'].strip()}\n"


def pack(text: str) -> bytes:
    """``text`` gzipped without time or name, so that the same text gives the same bytes."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, mtime=0, fileobj=buffer) as out:
        out.write(text.encode())
    return buffer.getvalue()


def main() -> int:
    """Build the list and say how large it is."""
    parser = argparse.ArgumentParser(description="Compile lists of names.")
    parser.add_argument("folder", nargs="?", type=Path, default=WORDNET)
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    given = parser.parse_args()
    text = compile_names(given.folder)
    raw = pack(text)
    given.output.write_bytes(raw)
    (given.output.parent / "NAMES-LICENSES.txt").write_text(licences(), "utf-8")
    print(f"{given.output}: {text.count(chr(10))} names, {len(raw)} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
