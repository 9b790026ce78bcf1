"""Does the program do its job on essays that lie outside of it? Prints figures, exits 1 on a miss.

usage: acceptance.py REFERENCE    (a folder with seeds/, gold/, hostile/ and peers/)
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

from hostile_models import check_models

from scriptgen import parse_essay, read_essay, read_fountain
from scriptgen.errors import ScriptgenError
from scriptgen.screenplay import Dialogue, Screenplay, Speech

SPOKEN_SHARE = 0.85
LEAK_SHARE = 0.03
NO_PACK = {"11_el_pan_de_las_animas", "12_huaishu_dixia"}


def folded(text: str) -> str:
    """Letters and digits only, for comparing words across typography."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(re.findall(r"[\w']+", text))


class Tally:
    """Checks made so far, and whether one failed."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    def expect(self, what: str, *, holds: bool, figure: str = "") -> None:
        """Note one check and print it."""
        print(f"{'ok  ' if holds else 'MISS'} {what}{': ' + figure if figure else ''}")
        if not holds:
            self.failed.append(what)


def run(*command: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """The program as a user would start it."""
    return subprocess.run(
        [sys.executable, "-m", "scriptgen", *command],
        input=stdin,
        capture_output=True,
        timeout=300,
        check=False,
    )


def essay_of(reference: Path, gold_path: Path) -> Path:
    """The essay that a gold file is about."""
    gold = json.loads(gold_path.read_text(encoding="utf-8"))
    name = gold.get("source") or gold["essay"]
    return next(p for p in (gold_path.parent / name, reference / "seeds" / name) if p.exists())


def gold_of(reference: Path) -> dict[str, tuple[Path, dict]]:
    """Stem of the essay -> its file and its gold."""
    out = {}
    for folder in (reference / "gold", reference / "gold" / "dev"):
        for path in sorted(folder.glob("*.gold.json")):
            essay = essay_of(reference, path)
            out[essay.stem] = (essay, json.loads(path.read_text(encoding="utf-8")))
    return out


def speeches(screenplay: Screenplay) -> list[tuple[str, str]]:
    """Cue and words of every speech, in order."""
    return [
        (e.cue, " ".join(p.text for p in e.parts if isinstance(p, Speech)))
        for e in screenplay.elements
        if isinstance(e, Dialogue)
    ]


def same_person(cue: str, person: dict) -> bool:
    """Whether a cue means a person of the gold."""
    mine = folded(cue).split()
    for form in [person["name"], *person["aliases"]]:
        theirs = folded(re.sub(r"^(?:the|a|an|el|la)\s", "", form, flags=re.IGNORECASE)).split()
        if mine == theirs or (
            mine and theirs and (set(mine) <= set(theirs) or set(theirs) <= set(mine))
        ):
            return True
    return "".join(mine) == "".join(folded(person["name"]).split())


def check_drafts(reference: Path, tally: Tally, out: Path) -> None:
    """The drafts of all reference essays against what a careful reader found in them."""
    golds = gold_of(reference)
    given = right = shown = leaks = phrases = 0
    for stem, (essay_path, gold) in golds.items():
        draft = out / f"{stem}.fountain"
        text = draft.read_text(encoding="utf-8")
        screenplay = read_fountain(text)
        said = speeches(screenplay)
        people = {p["name"]: p for p in gold["characters"]}
        for line in gold["dialogue"]:
            words = folded(line["text"])
            cues = [cue for cue, speech in said if words in folded(speech)]
            if line["kind"] == "spoken":
                if line["speaker"] and not line.get("optional"):
                    given += 1
                    fits = any(same_person(cue, people[line["speaker"]]) for cue in cues)
                    right += fits
                    if not fits:
                        print(f"     not under {line['speaker']}: {line['text'][:50]!r} in {stem}")
            elif (
                len(words.split()) > 1
                and cues
                and not any(
                    words in folded(other["text"])
                    for other in gold["dialogue"]
                    if other["kind"] == "spoken"
                )
            ):
                shown += 1
                print(f"     spoken aloud: {line['text'][:60]!r} in {stem}")
        page = folded(re.sub(r"\[\[.*?\]\]", " ", text))
        found = [p for p in gold["must_not_appear"] if folded(p) in page]
        leaks, phrases = leaks + len(found), phrases + len(gold["must_not_appear"])
        for phrase in found:
            print(f"     commentary: {phrase[:70]!r} in {stem}")
        if essay_path.parent.name == "seeds":
            check_names(stem, essay_path, gold, said, page, tally)
        traced = draft.with_suffix(".traced")
        order = (
            [
                int(b)
                for b in re.findall(
                    r"\bb(\d+)\b",
                    " ".join(re.findall(r"\[\[([^\]]*)\]\]", traced.read_text(encoding="utf-8"))),
                )
            ]
            if traced.exists()
            else []
        )
        tally.expect(
            f"beats in the order told in {stem}",
            holds=order == sorted(order) and (bool(order) or stem in NO_PACK),
            figure=f"{len(order)} sources",
        )
    tally.expect(
        "spoken lines verbatim under the right cue",
        holds=right >= SPOKEN_SHARE * given,
        figure=f"{right}/{given} = {right / given:.2f}",
    )
    tally.expect(
        "imagined and unheard lines under no cue", holds=shown == 0, figure=f"{shown} spoken"
    )
    tally.expect(
        "the critic's phrases on the page",
        holds=leaks <= LEAK_SHARE * phrases,
        figure=f"{leaks}/{phrases} = {leaks / phrases:.3f}",
    )


def check_names(
    stem: str, essay_path: Path, gold: dict, said: list[tuple[str, str]], page: str, tally: Tally
) -> None:
    """Every named person of the gold is in the cast and on the page; nobody else has a name."""
    named = [p for p in gold["characters"] if not p.get("unnamed") and not p.get("optional")]
    brief = parse_essay(read_essay(essay_path))
    cast = [c.name for c in brief.characters]
    missing = [
        p["name"]
        for p in named
        if folded(p["name"]) not in page or not any(same_person(name, p) for name in cast)
    ]
    others = [
        c.name
        for c in brief.characters
        if c.status != "unnamed" and not any(same_person(c.name, p) for p in gold["characters"])
    ]
    strangers = [cue for cue, _ in said if not any(same_person(cue, p) for p in gold["characters"])]
    tally.expect(
        f"the named people of {stem}",
        holds=not missing and not others and not strangers,
        figure=f"{len(named) - len(missing)}/{len(named)}, others: {others + strangers}",
    )


def check_peers(reference: Path, tally: Tally, drafts: list[Path]) -> None:
    """Five independent parsers read each draft alike."""
    bad = []
    for draft in drafts:
        result = subprocess.run(
            [sys.executable, "consensus.py", str(draft.resolve())],
            cwd=reference / "peers",
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if result.returncode:
            bad.append(draft.name)
            print("    ", result.stdout.strip().replace("\n", "\n     ")[:1500])
    tally.expect(
        "five parsers agree", holds=not bad, figure=f"{len(drafts) - len(bad)}/{len(drafts)} drafts"
    )


def check_hostile(reference: Path, tally: Tally, out: Path) -> None:
    """Bad essays end as expected, without a traceback."""
    folder = reference / "hostile"
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    wrong = []
    for entry in expected["files"]:
        error, codes = None, set()
        try:
            essay = read_essay(folder / entry["file"])
            codes = {w.code for w in essay.warnings}
        except ScriptgenError as failure:
            error = failure.code
        missing = (
            set(entry["warnings"]) - codes - {"W_THIN_SOURCE", "W_NO_CHARACTERS", "W_LONG_NAME"}
        )
        if error != entry["error"] or missing:
            wrong.append(f"{entry['file']}: {error} {sorted(missing)}")
    tally.expect(
        "bad essays at ingest",
        holds=not wrong,
        figure=f"{len(expected['files']) - len(wrong)}/{len(expected['files'])} {wrong}",
    )
    result = run("batch", str(folder), "-o", str(out))
    shown = result.stdout + result.stderr
    tally.expect(
        "a batch of bad essays goes on",
        holds=result.returncode == 1 and b"Traceback" not in shown and b"\x1b" not in shown,
        figure=f"exit {result.returncode}",
    )
    inside = all(p.resolve().is_relative_to(out.resolve()) for p in out.rglob("*"))
    tally.expect("nothing written outside the output folder", holds=inside)


def score_briefs(reference: Path, briefs: Path) -> str:
    """The briefs of all reference essays, scored by the reference's own scorer."""
    briefs.mkdir()
    folders = [reference / "gold", reference / "gold" / "dev"]
    for folder in folders:
        for path in folder.glob("*.gold.json"):
            essay_path = essay_of(reference, path)
            stem = path.name.removesuffix(".gold.json")
            (briefs / f"{stem}.json").write_bytes(run("brief", str(essay_path), "--json").stdout)
    scored = subprocess.run(
        [sys.executable, folders[0] / "score_briefs.py", briefs, "--gold", *folders],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return scored.stdout + scored.stderr


def main() -> int:
    reference = Path(sys.argv[1])
    tally = Tally()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        first = run("batch", str(reference / "seeds"), "-o", str(root / "drafts"))
        tally.expect(
            "batch over the three essays",
            holds=first.returncode == 0,
            figure=f"exit {first.returncode}",
        )
        second = run("batch", str(reference / "gold" / "dev"), "-o", str(root / "drafts"))
        tally.expect(
            "batch over the twelve essays",
            holds=second.returncode == 0,
            figure=f"exit {second.returncode}",
        )
        warned = {
            stem
            for stem in NO_PACK
            if f"{stem}".encode() in second.stderr and b"W_LANGUAGE" in second.stderr
        }
        tally.expect(
            "essays in other languages are drafted with a warning", holds=warned == NO_PACK
        )
        drafts = sorted((root / "drafts").glob("*.fountain"))
        tally.expect("one draft per essay", holds=len(drafts) == 15, figure=str(len(drafts)))
        for folder in ("seeds", "gold/dev"):
            run("batch", str(reference / folder), "-o", str(root / "traced"), "--trace")
        for traced in (root / "traced").glob("*.fountain"):
            (root / "drafts" / traced.name).with_suffix(".traced").write_bytes(traced.read_bytes())
        check_drafts(reference, tally, root / "drafts")
        check_peers(reference, tally, drafts)
        check_hostile(reference, tally, root / "hostile")
        check_models(reference, tally.expect, root)
        print(score_briefs(reference, root / "briefs"))
    if tally.failed:
        print(f"{len(tally.failed)} checks missed: {tally.failed}")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
