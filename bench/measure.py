"""How well the parser reads annotated essays: each figure pooled, with counts and its interval.

usage: python bench/measure.py [--cases] [FOLDER...]

Each folder holds annotated essays: ``NAME.gold.json`` beside ``NAME.txt`` or ``NAME.md``, or with
the essay in ``seeds/``; without a folder it is ``bench/annotated`` and ``tests/golden_briefs``.
The form of an annotation is told in ``tests/golden_briefs/README.md``. ``--cases`` lists what is
wrong. The interval is Wilson's for 95 %. Something ``optional`` is neither expected nor wrong.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scriptgen.catalog import language_pack
from scriptgen.parser import parse
from scriptgen.reader import read_essay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from scriptgen.brief import Character, SceneBrief

HERE = Path(__file__).parent
FOLDERS = (HERE / "annotated", HERE.parent / "tests" / "golden_briefs")
Z = 1.96
ALIKE = 0.85
MOST = 0.6
SHORT = 3
DETERMINERS = re.compile(
    r"^(?:the|an?|his|her|their|its|one|that|this|el|la|un|una)\s+", re.IGNORECASE
)
TITLES = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|prof|sister|captain|detective|judge)\.?\s+", re.IGNORECASE
)
SMALL = frozenset(["the", "a", "an", "of", "in", "on", "at", "to", "and", "with", "his", "her"])
TWILIGHT = frozenset({"DAWN", "DUSK", "EVENING"})


class Figures:
    """Counts by name, and the cases that went wrong."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.cases: list[str] = []

    def add(self, name: str, *, right: bool, case: object = "") -> None:
        """Count one decision."""
        self.counts[name][0] += right
        self.counts[name][1] += 1
        if case and not right:
            self.cases.append(f"{name}: {case}")

    def matched(
        self,
        name: str,
        wanted: Sequence[Any],
        fine: Sequence[Any],
        found: Sequence[Any],
        same: Callable[[Any, Any], bool],
    ) -> None:
        """Recall over ``wanted``, precision of ``found`` against ``wanted`` and ``fine``."""
        for one in wanted:
            self.add(f"{name} recall", right=any(same(other, one) for other in found), case=one)
        for other in found:
            right = any(same(other, one) for one in (*wanted, *fine))
            self.add(f"{name} precision", right=right, case=other)


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if not of:
        return 0.0, 1.0
    share, spread = right / of, Z * Z / of
    middle = share + spread / 2
    reach = Z * math.sqrt((share * (1 - share) + spread / 4) / of)
    return (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)


def plain(text: str | None) -> str:
    """Words without marks, determiner and title, in small letters."""
    words = re.sub(r"[^\w\s’'-]+", " ", (text or "").replace("’", "'")).strip().casefold()
    for _ in range(2):
        words = DETERMINERS.sub("", re.sub(r"\s+", " ", words))
    return TITLES.sub("", words).strip(" '-")


def content(text: str | None) -> set[str]:
    """The telling words of a phrase, plurals cut."""
    words = (w.removesuffix("'s") for w in plain(text).split())
    return {w[:-1] if w.endswith("s") and len(w) > SHORT else w for w in words} - SMALL


def shares(one: str | None, other: str | None, least: float) -> bool:
    """Whether two phrases share so much of the shorter one's telling words."""
    a, b = content(one), content(other)
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= least


def names(record: dict[str, Any]) -> set[str]:
    return {plain(name) for name in (record["name"], *record["aliases"])} - {""}


def is_same_person(found: set[str], record: dict[str, Any]) -> bool:
    """Whether a character bears one of the names, or a longer or shorter form of the first."""
    wanted = names(record)
    if found & wanted:
        return True
    if not any(w[:1].isupper() for w in DETERMINERS.sub("", record["name"]).split()):
        return False
    words = set(plain(record["name"]).split())
    return any(set(f.split()) <= words or words <= set(f.split()) for f in found if f)


def people(figures: Figures, gold: dict[str, Any], brief: SceneBrief) -> dict[str, str | None]:
    """Match the characters one to one; which record each id stands for, ``None`` for none."""
    records = gold["characters"]
    forms = {c.id: {plain(c.name), *(plain(a.text) for a in c.aliases)} for c in brief.characters}
    stands: dict[str, str | None] = dict.fromkeys(forms)
    free = list(records)
    for exact in (True, False):
        for who in brief.characters:
            if stands[who.id] is not None:
                continue
            fits = (r for r in free if is_same_person(_forms(forms, who, exact=exact), r))
            record = next(fits, None)
            if record is not None:
                stands[who.id] = record["name"]
                free.remove(record)
    for record in records:
        if not record.get("optional"):
            figures.add("characters recall", right=record not in free, case=record["name"])
    by_name = {record["name"]: record for record in records}
    for who in brief.characters:
        name = stands[who.id]
        if name is None or not by_name[name].get("optional"):
            figures.add("characters precision", right=name is not None, case=who.name)
        if name is not None:
            others = sorted(forms[who.id] - {plain(name)})
            known = sorted(names(by_name[name]))
            wanted = [a for a in known if a != plain(name)]
            figures.matched("aliases", wanted, [plain(name)], others, _alike_names)
    return stands


def _forms(forms: dict[str, set[str]], who: Character, *, exact: bool) -> set[str]:
    """The names to go by: at first only the one a record is known by."""
    return {plain(who.name)} if exact else forms[who.id]


def _alike_names(one: str, other: str) -> bool:
    if one in other or other in one:
        return True
    a, b = content(one), content(other)
    return bool(a and b) and len(a & b) / max(len(a), len(b)) >= MOST


def lines(
    figures: Figures, gold: dict[str, Any], brief: SceneBrief, stands: dict[str, str | None]
) -> None:
    """The lines, their kinds and their speakers."""
    free = list(brief.lines)
    matched = set()
    for wanted in gold["dialogue"]:
        line = next((x for x in free if _is_line(wanted, x.text, x.kind.value)), None)
        if line is not None:
            matched.add(line.id)
        if wanted.get("optional"):
            continue
        figures.add("lines recall", right=line is not None, case=wanted["text"])
        if line is None:
            continue
        kind = "unheard" if line.kind.value == "reported" else line.kind.value
        figures.add("line kind", right=kind == wanted["kind"], case=f"{wanted['text']} {kind}")
        record = next((r for r in gold["characters"] if r["name"] == wanted["speaker"]), None)
        said = next((c for c in brief.characters if c.id == line.speaker), None)
        speaker = stands.get(said.id) if said else None
        right = speaker == wanted["speaker"] or bool(
            record and said and plain(said.name) in names(record)
        )
        case = f"{wanted['text']} {speaker or (said and said.name)} != {wanted['speaker']}"
        figures.add("speaker", right=right, case=case)
        figures.add("speaker: no wrong name", right=right or line.speaker is None)
    for line in brief.lines:
        figures.add("lines precision", right=line.id in matched, case=line.text)


def _is_line(wanted: dict[str, Any], text: str, kind: str) -> bool:
    if wanted["kind"] == "unheard":
        return kind != "spoken" and shares(wanted["text"], text, 0.5)
    one, other = plain(wanted["text"]), plain(text)
    if one == other or (other in one and len(other) >= MOST * len(one)):
        return True
    whole = re.search(rf"(?<!\w){re.escape(one)}(?!\w)", other) is not None
    return whole or SequenceMatcher(None, one, other).ratio() >= ALIKE


def places(figures: Figures, gold: dict[str, Any], brief: SceneBrief) -> None:
    """The places, indoors or outdoors, and their times in three classes."""
    wanted = [p for p in gold["places"] if not p.get("optional")]
    figures.matched(
        "places",
        [p["name"] for p in wanted],
        [p["name"] for p in gold["places"]],
        [p.name for p in brief.places],
        lambda one, other: shares(one, other, 0.5),
    )
    for record in gold["places"]:
        place = next((p for p in brief.places if shares(p.name, record["name"], 0.5)), None)
        if place is None:
            continue
        if record["int_ext"]:
            told = (place.int_ext.value if place.int_ext else "").split("/")
            figures.add("INT/EXT", right=record["int_ext"] in told, case=place.name)
        if record["time"]:
            right = _part(place.time) == _part(record["time"])
            figures.add("time", right=right, case=f"{place.name} {place.time}")


def _part(time: str | None) -> str | None:
    if time in TWILIGHT:
        return "TWILIGHT"
    return time if time in (None, "NIGHT") else "DAY"


def scenes(figures: Figures, gold: dict[str, Any], brief: SceneBrief, text: str) -> None:
    """Scene changes, within a sentence of where they are annotated; the opening one is none."""
    fine = [text.find(one) for one in gold.get("scene_changes_ok", ())]
    wanted = [text.find(one) for one in gold["scene_changes"]]
    found = [s.start for s in brief.scenes if s.start >= max(60, 0.03 * len(text))]
    figures.matched("scene changes", wanted, fine, found, lambda a, b: _near(text, a, b))


def _near(text: str, one: int, other: int) -> bool:
    start, end = sorted((one, other))
    return len(re.findall(r"[.!?…][\"”’*_]*\s", text[start:end] + " ")) <= 1


def beats(figures: Figures, gold: dict[str, Any], brief: SceneBrief, text: str) -> None:
    """Key beats that are covered for the most part, and critic's phrases in any beat."""
    taken = bytearray(len(text))
    for beat in brief.beats:
        taken[beat.span.start : beat.span.end] = b"\x01" * (beat.span.end - beat.span.start)
    for phrase in gold["key_beats"]:
        at = text.find(phrase)
        covered = sum(taken[at : at + len(phrase)]) >= MOST * len(phrase)
        figures.add("key beats", right=covered, case=phrase)
    page = " ¶ ".join(plain(beat.text) for beat in brief.beats)
    for phrase in gold["must_not_appear"]:
        figures.add("no critic's phrase", right=plain(phrase) not in page, case=phrase)


def measure(folders: Iterable[Path]) -> tuple[Figures, int]:
    """All figures over the essays in ``folders``, and how many essays there are."""
    figures, count = Figures(), 0
    for path in (p for folder in folders for p in sorted(folder.glob("*.gold.json"))):
        gold = json.loads(path.read_text(encoding="utf-8"))
        name = gold["essay"]
        near = (path.parent / name, HERE.parent / "seeds" / name)
        essay = read_essay(next(p for p in near if p.exists()))
        brief = parse(essay, language_pack(gold.get("lang", "en")))
        count += 1
        figures.cases.append(f"== {path.name.removesuffix('.gold.json')}")
        title = brief.title.text if brief.title else ""
        figures.add("title", right=plain(title) == plain(gold["title"]), case=title)
        stands = people(figures, gold, brief)
        lines(figures, gold, brief, stands)
        places(figures, gold, brief)
        scenes(figures, gold, brief, essay.text)
        props = [p.name for p in brief.props]
        figures.matched("props", gold["key_props"], gold["props_ok"], props, _is_prop)
        beats(figures, gold, brief, essay.text)
        asked = [q.text for q in brief.questions]
        fine = gold.get("questions_ok", ())
        figures.matched("questions", gold["open_questions"], fine, asked, _is_question)
        for span in [b.span for b in brief.beats] + [x.span for x in brief.lines]:
            figures.add("verbatim", right=essay.text[span.start : span.end] == span.text)
    return figures, count


def _is_prop(one: str, other: str) -> bool:
    a, b = content(one), content(other)
    return bool(a and b) and (a <= b or b <= a)


def _is_question(one: str, other: str) -> bool:
    a, b = plain(one), plain(other)
    return a.endswith(b) or b.endswith(a)


def main() -> int:
    folders = [Path(name) for name in sys.argv[1:] if name != "--cases"] or list(FOLDERS)
    figures, count = measure(folders)
    if "--cases" in sys.argv:
        print("\n".join(figures.cases))
    print(f"{count} essays")
    for name, (right, of) in figures.counts.items():
        low, high = wilson(right, of)
        print(f"{name:24} {right / max(of, 1):.3f}  {right:4}/{of:<4}  {low:.2f}-{high:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
