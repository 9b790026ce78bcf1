"""How well the rules on what is said and what happens tell what readers mark.

    python bench/story_marks.py form ESSAY DRAFT FOLDER [--gold FILE]
    python bench/story_marks.py keep --essays DIR [--essays DIR]... FOLDER...
    python bench/story_marks.py measure --essays DIR [--essays DIR]... [--drafts DIR]... [-v]

``form`` writes what a reader is asked who knows neither the rules nor the code; ``keep`` takes the
filled-in forms into ``story_marks.json``, by numbers and codes alone; ``measure`` compares, on the
drafts as they were read, no line put right, and ``-v`` prints what differs. A draft is found by its
hash, among the recorded ones and in ``--drafts``; the essay by its id. Printed per rule: the
findings ``told``, those that are ``right``, what is ``marked``, and how much of that is ``found``.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from quality.records import RECORDED, essays_in, sha256
from story_form import LISTS, write_form
from traces import overlap

from scriptgen.brief import Certainty
from scriptgen.checks import check_screenplay
from scriptgen.checks.subject import shown
from scriptgen.drafting.path import parse_with_pack
from scriptgen.fountain import read_reply
from scriptgen.reader import read_essay
from scriptgen.screenplay import Dialogue
from scriptgen.spoken import matches
from scriptgen.tracing import trace_screenplay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scriptgen.checks import Fidelity
    from scriptgen.drafting.path import Parsed
    from scriptgen.report import Finding
    from scriptgen.screenplay import Screenplay

MARKS = Path(__file__).parent / "story_marks.json"
RULES = (
    "W_LINE_MISSING",
    "W_LINE_ALTERED",
    "W_LINE_GIVEN_AWAY",
    "W_LINE_SPOKEN",
    "W_LINE_MUTED",
    "W_SPEECH_WRITTEN",
    "W_CUE_UNKNOWN",
    "W_NAME_INVENTED",
    "W_MOMENT_MISSING",
    "W_TOLD_LOST",
    "W_MOMENT_ORDER",
    "W_EVENT_NEW",
    "W_OTHER_PLACE",
    "W_OTHER_TIME",
    "W_QUESTION_ANSWERED",
    "W_PASTED",
    "W_LEAKED",
)
STRICT = "W_SPEECH_WRITTEN"
"""The rule that looks at strict drafts alone, and is asked as if this were one."""

_PLACE = ("place-same", "place-other", "place-unsaid")
_TIME = ("time-same", "time-other", "time-unsaid")
ANSWERS = {
    "moments": ({"played", "part", "absent"}, {"no-event"}),
    "lines": ({"exact", "altered", "unsaid", "aloud", "no-line"}, {"other", "nobody"}),
    "tells": ({"said", "shown", "muted", "absent", "no-speech"}, {"inaudible"}),
    "questions": ({"open", "answered", "no-question"}, set[str]()),
    "headings": (set(_PLACE), set(_TIME)),
}
"""Of each question the words of which an answer has one, and those it may have beside it."""

_LINE_RULES = {
    "altered": "W_LINE_ALTERED",
    "other": "W_LINE_GIVEN_AWAY",
    "aloud": "W_LINE_SPOKEN",
    "unsaid": "W_LINE_MISSING",
}

Range = tuple[int, int]


class About(NamedTuple):
    """What a finding or a mark is about.

    ``numbers``: of elements, from 1; ``ranges``: ``[start, end)`` of the essay.
    """

    numbers: frozenset[int] = frozenset()
    ranges: tuple[Range, ...] = ()

    def meets(self, other: About) -> bool:
        """Whether both are about the same."""
        if self.ranges and other.ranges:
            return any(overlap(one, each) for one in self.ranges for each in other.ranges)
        return not self.numbers.isdisjoint(other.numbers)


class Draft(NamedTuple):
    """A marked draft with its essay."""

    parsed: Parsed
    page: Screenplay
    marks: dict[str, Any]


def main() -> int:
    """Do what is asked; 0."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    uses = parser.add_subparsers(dest="use", required=True)
    form = uses.add_parser("form")
    for name in ("essay", "draft", "folder"):
        form.add_argument(name, type=Path)
    form.add_argument("--gold", type=Path)
    keep = uses.add_parser("keep")
    keep.add_argument("folders", nargs="+", type=Path)
    measure = uses.add_parser("measure")
    for use in (keep, measure):
        use.add_argument("--essays", action="append", default=[], type=Path)
    measure.add_argument("--drafts", action="append", default=[], type=Path)
    measure.add_argument("-v", action="store_true", dest="verbose")
    given = parser.parse_args()
    if given.use == "form":
        write_form(given.essay, given.draft, given.gold, given.folder)
    elif given.use == "keep":
        essays = essays_in(given.essays)
        kept = [filled_in(folder, essays) for folder in given.folders]
        rows = ",\n".join(json.dumps(each, separators=(",", ":")) for each in kept)
        MARKS.write_text(f"[\n{rows}\n]\n", encoding="utf-8")
    else:
        show(list(marked(given.essays, given.drafts)), verbose=given.verbose)
    return 0


def filled_in(folder: Path, essays: Mapping[str, Path]) -> dict[str, Any]:
    """A form's key with its answers; raises ``ValueError`` where one is missing or not known.

    ``essays``: by their ids. Told speech that the reader adds in the essay's words is kept by its
    offsets, as ``[start, end, answer]``.
    """
    key: dict[str, Any] = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    answers: dict[str, Any] = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    for kind in ANSWERS:
        for number, answer in answers[kind].items():
            _check(answer, kind, f"{folder.name}: {kind} {number}")
    for name in (*LISTS, "more_tells"):
        if answers[name] is None:
            raise ValueError(f"{folder.name}: {name} is not answered")
    text = read_essay(essays[key["essay"]]).text
    more = []
    for words, answer in answers["more_tells"].items():
        _check(answer, "tells", f"{folder.name}: more_tells")
        found = re.search(r"\s+".join(map(re.escape, words.split())), text)
        if found is None:
            raise ValueError(f"{folder.name}: more_tells: not in the essay: {words}")
        more.append([*found.span(), answer])
    return {**key, "answers": {**answers, "more_tells": more}}


def _check(answer: str, kind: str, where: str) -> None:
    wanted, more = ANSWERS[kind]
    if not _codes(answer) & wanted or _codes(answer) - wanted - more:
        raise ValueError(f"{where}: {answer!r}")


def marked(folders: Sequence[Path], more: Sequence[Path] = ()) -> Iterator[Draft]:
    """The marked drafts that are at hand with their essays.

    ``folders``: of essays; ``more``: of drafts, beside the recorded ones.
    """
    essays = essays_in(folders)
    files = [path for folder in (RECORDED, *more) for path in folder.rglob("*reply.txt")]
    drafts = {sha256(path.read_bytes()): path for path in files}
    for marks in json.loads(MARKS.read_text(encoding="utf-8")):
        if marks["essay"] not in essays or marks["draft"] not in drafts:
            continue
        parsed = parse_with_pack(read_essay(essays[marks["essay"]]))
        page = read_reply(drafts[marks["draft"]].read_text(encoding="utf-8")).screenplay
        if len(page.elements) != marks["elements"]:
            raise ValueError(f"{drafts[marks['draft']].name} is no longer read as it was marked")
        yield Draft(parsed, page, marks)


def show(drafts: Sequence[Draft], *, verbose: bool) -> None:
    """Print a row for each rule; with ``verbose`` what is told wrongly and what is not told."""
    found = [(draft, *findings(draft), wanted(draft)) for draft in drafts]
    print(f"{len(drafts)} drafts\n{'rule':22}{'told':>6}{'right':>7}{'marked':>8}{'found':>7}")
    for rule in RULES:
        told = right = meant = met = 0
        for draft, balanced, strict, marks in found:
            mine = [each for each in (strict if rule == STRICT else balanced) if each.code == rule]
            abouts = [about(each, draft) for each in mine]
            hits = [any(each.meets(mark) for mark in marks[rule]) for each in abouts]
            seen = [any(mark.meets(each) for each in abouts) for mark in marks[rule]]
            told, right = told + len(hits), right + sum(hits)
            meant, met = meant + len(seen), met + sum(seen)
            if verbose:
                _show_wrong(draft, rule, mine, hits, marks[rule], seen)
        print(f"{rule:22}{told:>6}{right:>7}{meant:>8}{met:>7}")


def _show_wrong(
    draft: Draft,
    rule: str,
    told: Sequence[Finding],
    hits: Sequence[bool],
    marks: Sequence[About],
    seen: Sequence[bool],
) -> None:
    name = draft.marks["draft"][:8]
    for finding, hit in zip(told, hits, strict=True):
        if not hit:
            print(f"  {name} {rule} wrong: {finding.element} {finding.message} {finding.evidence}")
    for mark, hit in zip(marks, seen, strict=True):
        if not hit:
            words = [draft.parsed.essay.text[start:end] for start, end in mark.ranges]
            print(f"  {name} {rule} not told: {sorted(mark.numbers)} {words}")


def findings(draft: Draft) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What the rules say of a draft, balanced and strict."""
    parsed = draft.parsed
    trace = trace_screenplay(draft.page, parsed.brief, parsed.essay, parsed.pack)

    def told(fidelity: Fidelity) -> tuple[Finding, ...]:
        return check_screenplay(
            draft.page,
            parsed.brief,
            essay=parsed.essay,
            pack=parsed.pack,
            trace=trace,
            fidelity=fidelity,
        ).findings

    return told("balanced"), told("strict")


def about(finding: Finding, draft: Draft) -> About:
    """The elements and, of rules about the essay's items, the ranges that a finding is about."""
    brief, page = draft.parsed.brief, draft.page
    said = finding.evidence or ""
    element = finding.element
    numbers = frozenset(() if element is None else (element + 1,))
    if finding.code == "W_CUE_UNKNOWN":
        numbers = frozenset(
            at
            for at, each in enumerate(page.elements, 1)
            if isinstance(each, Dialogue) and each.cue == said
        )
    elif finding.code == "W_NAME_INVENTED":
        texts = (shown(each).casefold() for each in page.elements)
        numbers |= {at for at, text in enumerate(texts, 1) if said.casefold() in text}
    ranges: list[Range] = []
    if finding.code in ("W_MOMENT_MISSING", "W_TOLD_LOST", "W_MOMENT_ORDER"):
        ranges = [
            (beats[0].span.start, beats[-1].span.end)
            for beats in brief.moments()
            if " … ".join(beat.text for beat in beats) == said
        ]
    elif finding.code in ("W_LINE_SPOKEN", "W_LINE_MUTED"):
        ranges = [(each.span.start, each.span.end) for each in brief.lines if each.text == said]
    elif finding.code in ("W_LINE_MISSING", "W_LINE_ALTERED", "W_LINE_GIVEN_AWAY"):
        ranges = [
            (match.lines[0].span.start, match.lines[-1].span.end)
            for match in matches(page, brief, draft.parsed.essay.text).found
            if said == match.text or finding.message.endswith(f"\u201c{match.text}\u201d")
        ]
    elif finding.code == "W_QUESTION_ANSWERED":
        ranges = [(q.start, q.end) for q in brief.questions if f"“{q.text}”" in finding.message]
    return About(numbers, tuple(ranges))


def wanted(draft: Draft) -> dict[str, list[About]]:
    """What the reader marked, by the rule that is to tell it."""
    answers = draft.marks["answers"]
    marks: dict[str, list[About]] = {rule: [] for rule in RULES}
    for rule, item in _of_items(draft):
        marks[rule].append(item)
    for number, answer in answers["headings"].items():
        for rule, code in (("W_OTHER_PLACE", "place-other"), ("W_OTHER_TIME", "time-other")):
            if code in _codes(answer):
                marks[rule].append(About(frozenset((int(number),))))
    marks["W_EVENT_NEW"] = [About(frozenset(each)) for each in answers["new_events"]]
    for rule, name in (
        ("W_NAME_INVENTED", "new_names"),
        ("W_CUE_UNKNOWN", "new_speakers"),
        ("W_PASTED", "copied"),
        ("W_LEAKED", "opinion"),
    ):
        marks[rule] = [About(frozenset((number,))) for number in answers[name]]
    kept = {number for each in answers["lines"].values() for number in _numbers(each)}
    marks[STRICT] = [
        About(frozenset((number,)))
        for number, element in enumerate(draft.page.elements, 1)
        if isinstance(element, Dialogue) and number not in kept
    ]
    return marks


def _of_items(draft: Draft) -> Iterator[tuple[str, About]]:
    """Each mark on something of the essay."""
    answers, brief = draft.marks["answers"], draft.parsed.brief
    places = {number: (start, end) for number, (start, end) in draft.marks["items"].items()}
    told = [
        (beats[0].span.start, beats[-1].span.end)
        for beats in brief.moments()
        if beats[0].certainty is not Certainty.SHOWN
    ]
    for number, answer in answers["moments"].items():
        codes, item = _codes(answer), About(_numbers(answer), (places[number],))
        if "absent" in codes and "no-event" not in codes:
            is_told = any(overlap(places[number], each) for each in told)
            yield "W_TOLD_LOST" if is_told else "W_MOMENT_MISSING", item
        if number in answers["out_of_order"]:
            yield "W_MOMENT_ORDER", item
    for number, answer in answers["lines"].items():
        codes, item = _codes(answer), About(_numbers(answer), (places[number],))
        for code, rule in _LINE_RULES.items():
            if code in codes and (code != "unsaid" or "nobody" not in codes):
                yield rule, item
    tells = [(places[number], answer) for number, answer in answers["tells"].items()]
    tells += [((start, end), answer) for start, end, answer in answers["more_tells"]]
    for place, answer in tells:
        codes, item = _codes(answer), About(_numbers(answer), (place,))
        if {"said", "inaudible"} <= codes:
            yield "W_LINE_SPOKEN", item
        elif "muted" in codes and "inaudible" not in codes:
            yield "W_LINE_MUTED", item
    for number, answer in answers["questions"].items():
        if "answered" in _codes(answer):
            yield "W_QUESTION_ANSWERED", About(_numbers(answer), (places[number],))


def _codes(answer: str) -> set[str]:
    return set(re.findall(r"[a-z]+(?:-[a-z]+)?", answer))


def _numbers(answer: str) -> frozenset[int]:
    return frozenset(map(int, re.findall(r"\d+", answer)))


if __name__ == "__main__":
    raise SystemExit(main())
