"""Measure traces against labels: sources and inventions, precision and recall.

usage: python bench/traces.py [--cases] FOLDER...

Each folder holds labels, one JSON file a draft: ``draft`` and ``essay`` (paths, taken from the
folder where they are not absolute), ``pieces``: for each piece of the page its ``element``, its
``text``, its ``sources`` as ranges ``[start, end]`` of the essay, and whether it is ``invented``.

A source that was found is right where its range overlaps a labelled one of the same piece by at
least half of the shorter; a labelled one is found where a source does. A heading's place stands at
each of its mentions. ``--cases`` prints what was wrong.

The figures come piece by piece, and element by element in two ways: all its sources and invented
where all its pieces are; and its beats and lines alone, or invented where it has no source at all.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scriptgen.catalog import language_pack
from scriptgen.fountain import read_reply
from scriptgen.parser import parse
from scriptgen.reader import read_essay
from scriptgen.tracing import source_spans, trace_screenplay
from scriptgen.tracing.pieces import pieces

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from scriptgen.brief import SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack
    from scriptgen.screenplay import Screenplay
    from scriptgen.trace import Trace, Traced
    from scriptgen.tracing.pieces import Piece

Range = tuple[int, int]


class Label(NamedTuple):
    """What somebody says that a piece plays."""

    sources: tuple[Range, ...]
    invented: bool


class Labelled(NamedTuple):
    """A draft with its essay; ``labels`` of its pieces, ``None`` where there is none."""

    path: Path
    essay: Essay
    brief: SceneBrief
    pack: LanguagePack
    screenplay: Screenplay
    cut: list[Piece]
    labels: list[Label | None]


def main() -> int:
    drafts = list(labelled())
    if not drafts:
        print(__doc__)
        return 2
    whole: Counter[str] = Counter()
    elements: Counter[str] = Counter()
    beats: Counter[str] = Counter()
    for draft in drafts:
        trace = trace_screenplay(draft.screenplay, draft.brief, draft.essay, draft.pack)
        counts = counted(draft, trace, cases="--cases" in sys.argv)
        print(f"{draft.path.stem}: {figures(counts)}")
        whole += counts
        elements += by_element(draft, trace)
        beats += by_beats(draft, trace)
    print(f"{len(drafts)} drafts: {figures(whole)}")
    print(f"element by element: {figures(elements)}")
    print(f"element by element, its beats or invented: {figures(beats)}")
    return 0


def labelled() -> Iterator[Labelled]:
    """The labelled drafts in the folders of the command line, in order."""
    for name in sys.argv[1:]:
        if not name.startswith("--"):
            for path in sorted(Path(name).glob("*.json")):
                yield read(path)


def read(path: Path) -> Labelled:
    """A file of labels with its draft and its essay."""
    given = json.loads(path.read_text(encoding="utf-8"))
    essay = read_essay(path.parent / given["essay"])
    essay = essay.model_copy(update={"language": given.get("language", "en")})
    text = (path.parent / given["draft"]).read_text(encoding="utf-8")
    screenplay = read_reply(text).screenplay
    pack = language_pack(essay.language)
    cut = pieces(screenplay)
    return Labelled(
        path, essay, parse(essay, pack), pack, screenplay, cut, _labels(cut, given["pieces"])
    )


def _labels(cut: Sequence[Piece], given: Sequence[dict[str, Any]]) -> list[Label | None]:
    """The label of each piece; where labels are of parts of it, that of all of them."""
    left: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for each in given:
        left[each["element"]].append(each)
    found: list[Label | None] = []
    for piece in cut:
        said = "".join(piece.text.split())
        parts = []
        rest = left[piece.element]
        while rest and said and "".join(rest[0]["text"].split()) in said:
            parts.append(rest.pop(0))
            said = said.replace("".join(parts[-1]["text"].split()), "", 1)
        ranges = {(start, end) for part in parts for start, end in part["sources"]}
        invented = all(part["invented"] for part in parts)
        found.append(Label(tuple(sorted(ranges)), invented) if parts else None)
    return found


def overlap(one: Range, other: Range) -> bool:
    """Whether two ranges share at least half of the shorter."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared >= min(one[1] - one[0], other[1] - other[0]) > 0


def counted(draft: Labelled, trace: Trace, *, cases: bool = False) -> Counter[str]:
    """How many sources and inventions were found, wanted and right."""
    spans = source_spans(draft.brief, draft.essay)
    counts: Counter[str] = Counter()
    for piece, label, found in zip(draft.cut, draft.labels, trace.pieces, strict=True):
        if label is None:
            counts["unlabelled"] += 1
            continue
        ranges = [[(s.start, s.end) for s in spans[source]] for source in found.sources]
        right = [any(overlap(r, w) for r in each for w in label.sources) for each in ranges]
        hit = [any(overlap(r, w) for each in ranges for r in each) for w in label.sources]
        _tally(counts, ranges, label.sources, label.sources)
        _tally_invented(counts, found=found.invented, really=label.invented)
        counts["with a source, as labelled"] += bool(found.sources) == bool(label.sources)
        if cases and not (all(right) and all(hit) and found.invented == label.invented):
            _show(draft, piece, label, found.sources, invented=found.invented)
    return counts


def by_element(draft: Labelled, trace: Trace) -> Counter[str]:
    """As `counted`, an element at a time: the sources of all its pieces, invented where all are."""
    spans = source_spans(draft.brief, draft.essay)
    counts: Counter[str] = Counter()
    for each in _elements(draft, trace):
        found = [
            [(span.start, span.end) for span in spans[source]]
            for source in {source for _, _, piece in each for source in piece.sources}
        ]
        wanted = {one for _, label, _ in each for one in label.sources}
        _tally(counts, found, wanted, wanted)
        _tally_invented(
            counts,
            found=all(piece.invented for _, _, piece in each),
            really=all(label.invented for _, label, _ in each),
        )
    return counts


def by_beats(draft: Labelled, trace: Trace) -> Counter[str]:
    """An element at a time, each is its beats and lines, or invented: what plays any is not.

    Only beats and lines of the brief count, not what the essay tells beside them. A speech is
    invented where it is none of the essay's lines, whatever it plays.
    """
    known = {beat.id: (beat.span.start, beat.span.end) for beat in draft.brief.beats}
    known |= {line.id: (line.span.start, line.span.end) for line in draft.brief.lines}
    counts: Counter[str] = Counter()
    for each in _elements(draft, trace):
        sources = {source for _, _, piece in each for source in piece.sources}
        wanted = {one for _, label, _ in each for one in label.sources}
        ranges = [[known[source]] for source in sources if source in known]
        _tally(counts, ranges, wanted, wanted & set(known.values()))
        spoken = each[0][0].kind == "speech"
        _tally_invented(
            counts,
            found=all(piece.invented for _, _, piece in each) if spoken else not sources,
            really=all(label.invented for _, label, _ in each) if spoken else not wanted,
        )
    return counts


def _elements(draft: Labelled, trace: Trace) -> list[list[tuple[Piece, Label, Traced]]]:
    found: dict[int, list[tuple[Piece, Label, Traced]]] = defaultdict(list)
    for piece, label, each in zip(draft.cut, draft.labels, trace.pieces, strict=True):
        if label is not None:
            found[piece.element].append((piece, label, each))
    return list(found.values())


def _tally(
    counts: Counter[str],
    found: Sequence[Sequence[Range]],
    labelled: Collection[Range],
    wanted: Collection[Range],
) -> None:
    """Count sources: ``found`` has the ranges of each; those ``wanted`` are to be found."""
    counts["found"] += len(found)
    counts["right"] += sum(any(overlap(r, w) for r in one for w in labelled) for one in found)
    counts["wanted"] += len(wanted)
    counts["hit"] += sum(any(overlap(r, w) for one in found for r in one) for w in wanted)
    counts["pieces"] += 1


def _tally_invented(counts: Counter[str], *, found: bool, really: bool) -> None:
    counts["invented"] += found
    counts["really invented"] += really
    counts["rightly invented"] += found and really


def _show(
    draft: Labelled, piece: Piece, label: Label, sources: Sequence[str], *, invented: bool
) -> None:
    spans = source_spans(draft.brief, draft.essay)
    text = draft.essay.text
    took = [f"{s} {spans[s][0].text[:60]!r}" if spans[s] else s for s in sources]
    wanted = [text[start:end][:60] for start, end in label.sources]
    marks = f"{'!' if invented else ' '}{'!' if label.invented else ' '}"
    print(f"{piece.kind[0]} {piece.text[:90]!r}\n   {marks} took {took}\n      not {wanted}")


def figures(counts: Counter[str]) -> str:
    """Precision and recall of sources and inventions in one line."""

    def share(part: str, whole: str) -> str:
        return f"{counts[part] / counts[whole]:.3f}" if counts[whole] else "-"

    return (
        f"sources precision {share('right', 'found')} ({counts['found']}), "
        f"recall {share('hit', 'wanted')} ({counts['wanted']}); "
        f"inventions precision {share('rightly invented', 'invented')} ({counts['invented']}), "
        f"recall {share('rightly invented', 'really invented')} ({counts['really invented']}); "
        f"{counts['pieces']} pieces, {counts['unlabelled']} without a label"
    )


if __name__ == "__main__":
    sys.exit(main())
