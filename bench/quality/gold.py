"""A draft against what a careful reader found in its essay, which no parser has touched."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from scriptgen.checks.copying import LEAKED
from scriptgen.checks.subject import shown
from scriptgen.spoken import turns
from scriptgen.tracing import source_spans
from scriptgen.wording import placed, runs, within, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scriptgen.drafting.path import Parsed
    from scriptgen.screenplay import Screenplay

Gold = dict[str, Any]
_ARTICLE = re.compile(r"^(?:the|an?|el|la|los|las|un|una)\s+", re.IGNORECASE)


def golds_in(folder: Path) -> dict[str, Gold]:
    """The annotations in a folder and in those below it, by the essay's file name."""
    found = (json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.rglob("*.gold.json")))
    return {gold.get("source") or gold["essay"]: gold for gold in found}


def gold_figures(
    screenplay: Screenplay, before: Screenplay, parsed: Parsed, gold: Gold
) -> dict[str, int]:
    """Counts of one draft against its annotation.

    ``before``: the page before its lines were put right; ``screenplay``: after it, its elements
    with their sources. ``gold_lines``: spoken lines whose speaker is known, how many of them are
    spoken word for word under a cue that means the speaker ``gold_lines_before`` and
    ``gold_lines_kept``; ``gold_unheard``: imagined and unheard lines that are spoken;
    ``gold_beats`` and, of these, ``gold_beats_played``: those in which a source of the page lies;
    ``gold_critic`` and, of these, ``gold_critic_found``: the critic's phrases that stand on the
    page, and ``gold_grams`` and ``gold_grams_found`` the runs of four words in them.
    """
    wanted = [
        line
        for line in gold["dialogue"]
        if line["kind"] == "spoken" and line["speaker"] and not line.get("optional")
    ]
    beats = list(_beats(screenplay, parsed, gold))
    phrases = [words(phrase) for phrase in gold["must_not_appear"]]
    critics = {run for phrase in phrases for run in runs(phrase, LEAKED)}
    page = [word for element in screenplay.elements for word in [*words(shown(element)), "\n"]]
    return {
        "gold_lines": len(wanted),
        "gold_lines_before": _kept(before, wanted, gold),
        "gold_lines_kept": _kept(screenplay, wanted, gold),
        "gold_unheard": _unheard(screenplay, gold),
        "gold_beats": len(beats),
        "gold_beats_played": sum(beats),
        "gold_critic": len(phrases),
        "gold_critic_found": sum(within(phrase, page) for phrase in phrases),
        "gold_grams": len(critics),
        "gold_grams_found": len(critics.intersection(runs(page, LEAKED))),
    }


def _said(screenplay: Screenplay) -> list[tuple[str, list[str]]]:
    return [(turn.cue or "", [word.text for word in turn.words]) for turn in turns(screenplay)]


def _kept(screenplay: Screenplay, wanted: list[Gold], gold: Gold) -> int:
    people = {person["name"]: person for person in gold["characters"]}
    said = _said(screenplay)
    return sum(
        any(
            _means(cue, people.get(line["speaker"], {"name": line["speaker"]}))
            and within(words(line["text"]), speech)
            for cue, speech in said
        )
        for line in wanted
    )


def _means(cue: str, person: Gold) -> bool:
    """Whether a cue is a form of somebody's name, or part of one, or holds one."""
    mine = set(words(cue))
    for form in (person["name"], *person.get("aliases", ())):
        theirs = set(words(_ARTICLE.sub("", form)))
        if mine and theirs and (mine <= theirs or theirs <= mine):
            return True
    return False


def _unheard(screenplay: Screenplay, gold: Gold) -> int:
    spoken = [words(line["text"]) for line in gold["dialogue"] if line["kind"] == "spoken"]
    silent = [words(line["text"]) for line in gold["dialogue"] if line["kind"] != "spoken"]
    said = [speech for _, speech in _said(screenplay)]
    return sum(
        len(line) > 1
        and any(within(line, speech) for speech in said)
        and not any(within(line, other) for other in spoken)
        for line in silent
    )


def _beats(screenplay: Screenplay, parsed: Parsed, gold: Gold) -> Iterator[bool]:
    spans = source_spans(parsed.brief, parsed.essay)
    places = {place.id for place in parsed.brief.places}
    ranges = [
        (span.start, span.end)
        for element in screenplay.elements
        for source in getattr(element, "sources", ())
        if source not in places
        for span in spans.get(source, ())
    ]
    essay = placed(parsed.essay.text)
    told = [word.text for word in essay]
    for phrase in gold["key_beats"]:
        wanted = words(phrase)
        at = next(
            (i for i in range(len(told)) if wanted and told[i : i + len(wanted)] == wanted), None
        )
        if at is not None:
            start, end = essay[at].start, essay[at + len(wanted) - 1].end
            yield any(_overlap(start, end, *each) for each in ranges)


def _overlap(start: int, end: int, other_start: int, other_end: int) -> bool:
    shared = min(end, other_end) - max(start, other_start)
    return 2 * shared >= min(end - start, other_end - other_start) > 0
