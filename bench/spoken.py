"""Damage good drafts in known ways; say what the rules about speech find and what is put right.

    python bench/spoken.py ESSAY DRAFT [ESSAY DRAFT ...] [--seed 7] [--each 12] [--show]

Each damage is one change to one draft: a word of a line dropped, added or replaced, a contraction
opened, a line trimmed, lost or given to another, an unspoken line spoken or written out, a stranger
with a name or without one. Printed per kind: how many were found by the rule they are for, how many
lines were put right, and what else was said of the page that was not said before the damage.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.brief import LineKind
from scriptgen.checks import check_screenplay
from scriptgen.drafting.path import parse_with_pack
from scriptgen.fountain import read_reply
from scriptgen.reader import read_essay
from scriptgen.screenplay import Action, Dialogue, Parenthetical, Screenplay, Speech
from scriptgen.spoken import matches, text_of
from scriptgen.tracing import trace_screenplay
from scriptgen.verbatim import put_right
from scriptgen.wording import placed, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scriptgen.drafting.path import Parsed
    from scriptgen.report import Finding
    from scriptgen.screenplay import Element
    from scriptgen.spoken import Match, Matches

OPENED = {
    "don't": "do not",
    "didn't": "did not",
    "isn't": "is not",
    "it's": "it is",
    "i'm": "I am",
    "i'd": "I would",
    "i'll": "I will",
    "you're": "you are",
    "you've": "you have",
    "he's": "he is",
    "she's": "she is",
    "there's": "there is",
    "can't": "cannot",
    "that's": "that is",
    "we'd": "we would",
    "won't": "will not",
}
ADDED = ("really", "well", "now", "just", "then", "so", "ever", "still")
OTHERS = ("thing", "take", "again", "maybe", "those", "small", "leave", "some", "there", "about")
STRANGERS = ("ROSALIND", "DETECTIVE HARROWAY", "GIORGIO", "MRS. OLDCASTLE", "BENEDIKT")
KINDS = ("PLUMBER", "OLD FISHERMAN", "VOICE ON PHONE", "SECOND PAINTER", "ANNOUNCER")
NAMED = (
    "GIORGIO, broad in a leather apron, holds the door.",
    "At the back, Rosalind Oldcastle lowers her newspaper.",
    "She turns. Benedikt is already on the stairs.",
    "Mrs. Oldcastle counts the coins twice and keeps one.",
    "DETECTIVE HARROWAY (50s) shows a badge and pockets it.",
)
SPEAK_OF = ("Ask Rosalind.", "You sound like Giorgio.", "Mr. Oldcastle sent me.")


class Damaged(NamedTuple):
    """A damaged page: the code that should be raised, and the line it is about, if one is."""

    page: Screenplay
    code: str
    line: str | None = None
    spoken: str | None = None


class Draft(NamedTuple):
    """One draft with what is known of it."""

    name: str
    parsed: Parsed
    page: Screenplay
    found: Matches


def main() -> None:
    """Read the pairs, damage each, print one row per kind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--each", type=int, default=12, help="damages of a kind per draft at most")
    parser.add_argument("--show", action="store_true", help="print each miss and each false alarm")
    options = parser.parse_args()
    drafts = list(_drafts(options.paths))
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for draft in drafts:
        before = _findings(draft, draft.page)
        rows["untouched"]["damages"] += 1
        rows["untouched"]["else"] += len(before)
        for finding in before if options.show else ():
            print(f"{draft.name} untouched: {finding.code} {finding.message} [{finding.evidence}]")
        for kind, damage in DAMAGES.items():
            chance = random.Random(f"{options.seed} {draft.name} {kind}")  # noqa: S311
            made = list(damage(draft, chance))
            chance.shuffle(made)
            for each in made[: options.each]:
                _tally(rows[kind], draft, kind, each, before, show=options.show)
    _print(rows)


def _drafts(paths: list[Path]) -> Iterator[Draft]:
    for essay, draft in zip(paths[::2], paths[1::2], strict=True):
        parsed = parse_with_pack(read_essay(essay))
        page = read_reply(draft.read_text(encoding="utf-8")).screenplay
        found = matches(page, parsed.brief, parsed.essay.text)
        yield Draft(f"{essay.stem}/{draft.parent.name}", parsed, page, found)


def _findings(draft: Draft, page: Screenplay) -> list[Finding]:
    parsed = draft.parsed
    trace = trace_screenplay(page, parsed.brief, parsed.essay, parsed.pack)
    report = check_screenplay(
        page, parsed.brief, essay=parsed.essay, pack=parsed.pack, trace=trace, fidelity="balanced"
    )
    return [each for each in report.findings if each.code in CODES]


MAY_BE = {"W_LINE_ALTERED": "W_LINE_MISSING", "W_LINE_MISSING": "W_LINE_ALTERED"}
"""A line of three words with one of them changed is as good as lost, and half a line is altered."""

CODES = (
    "W_LINE_MISSING",
    "W_LINE_ALTERED",
    "W_LINE_GIVEN_AWAY",
    "W_LINE_SPOKEN",
    "W_LINE_MUTED",
    "W_CUE_UNKNOWN",
    "W_NAME_INVENTED",
)


def _tally(
    row: Counter[str],
    draft: Draft,
    kind: str,
    damage: Damaged,
    before: list[Finding],
    *,
    show: bool,
) -> None:
    old = Counter((each.code, each.evidence) for each in before)
    fresh = list(
        (Counter((e.code, e.evidence) for e in _findings(draft, damage.page)) - old).elements()
    )
    about = [
        each
        for each in fresh
        if each[0] in (damage.code, MAY_BE.get(damage.code))
        and (damage.line is None or _about(draft, damage.line, each[1]))
    ]
    found = bool(about)
    row["damages"] += 1
    row["found"] += found
    row["else"] += len(fresh) - len(about[:1])
    if show and not found:
        print(f"{draft.name} {kind} not found: {damage.line} [{damage.spoken}] {fresh}")
    if show and len(fresh) > len(about[:1]):
        print(f"{draft.name} {kind} more: {damage.line} [{damage.spoken}] {fresh}")
    if damage.code in ("W_LINE_ALTERED", "W_LINE_GIVEN_AWAY", "W_LINE_MISSING"):
        page, changes = put_right(damage.page, draft.parsed.brief, draft.parsed.essay.text)
        kept = matches(page, draft.parsed.brief, draft.parsed.essay.text).kept()
        row["right"] += draft.found.kept() <= kept
        same = _said(page) == _said(draft.page)
        row["same"] += same
        row["changes"] += len(changes)
        if show and changes and not same:
            print(f"{draft.name} {kind} changed: {[(c.before, c.after) for c in changes]}")


def _about(draft: Draft, line: str, evidence: str | None) -> bool:
    """Whether a finding's evidence is of the line: its words, or words that stand for it."""
    text = next(each.text for each in draft.parsed.brief.lines if each.id == line)
    mine, other = set(words(text)), set(words(evidence or ""))
    return len(mine & other) * 2 >= min(len(mine), len(other))


def _said(page: Screenplay) -> list[tuple[str, list[str]]]:
    return [
        (each.cue, words(" ".join(p.text for p in each.parts if isinstance(p, Speech))))
        for each in page.elements
        if isinstance(each, Dialogue)
    ]


def _print(rows: dict[str, Counter[str]]) -> None:
    print(f"{'kind':22}{'damages':>9}{'found':>7}{'right':>7}{'same':>7}{'changes':>9}{'else':>6}")
    for kind, row in rows.items():
        counts = (row[name] for name in ("damages", "found", "right", "same", "changes", "else"))
        print("{:22}{:>9}{:>7}{:>7}{:>7}{:>9}{:>6}".format(kind, *counts))


# --- damages ----------------------------------------------------------------------------------


def _alone(draft: Draft) -> Iterator[tuple[Match, int, int, str]]:
    """Lines spoken once, each in one part: the match, element, part and the part's text."""
    for match in draft.found.found:
        if len(match.spots) != 1:
            continue
        said = draft.found.said(match.spots[0])
        element, part = said[0].element, said[0].part
        if any((word.element, word.part) != (element, part) for word in said):
            continue
        text = text_of(draft.page.elements[element], part)
        yield match, element, part, text


def _range(draft: Draft, match: Match) -> tuple[int, int]:
    said = draft.found.said(match.spots[0])
    return said[0].start, said[-1].end


def _speech(page: Screenplay, element: int) -> Dialogue:
    found = page.elements[element]
    assert isinstance(found, Dialogue)
    return found


def _with_text(page: Screenplay, element: int, part: int, text: str) -> Screenplay:
    old = _speech(page, element)
    parts = list(old.parts)
    parts[part] = Speech(text=text)
    return _with(page, element, old.model_copy(update={"parts": tuple(parts)}))


def _with(page: Screenplay, element: int, *new: Element) -> Screenplay:
    elements = (*page.elements[:element], *new, *page.elements[element + 1 :])
    return page.model_copy(update={"elements": elements})


def _reworded(
    draft: Draft, chance: random.Random, change: Callable[[list[str], random.Random], list[str]]
) -> Iterator[Damaged]:
    for match, element, part, text in _alone(draft):
        start, end = _range(draft, match)
        line = text[start:end]
        if len(placed(line)) < 3:
            continue
        tokens = line.split()
        changed = change(list(tokens), chance)
        if words(" ".join(changed)) == words(line) or not changed:
            continue
        new = text[:start] + " ".join(changed) + text[end:]
        page = _with_text(draft.page, element, part, new)
        yield Damaged(page, "W_LINE_ALTERED", match.lines[0].id, " ".join(changed))


def _drop(tokens: list[str], chance: random.Random) -> list[str]:
    tokens.pop(chance.randrange(len(tokens)))
    return tokens


def _add(tokens: list[str], chance: random.Random) -> list[str]:
    tokens.insert(chance.randrange(1, len(tokens)), chance.choice(ADDED))
    return tokens


def _replace(tokens: list[str], chance: random.Random) -> list[str]:
    at = chance.randrange(len(tokens))
    stop = tokens[at][-1] if not tokens[at][-1].isalnum() else ""
    tokens[at] = chance.choice(OTHERS) + stop
    return tokens


def _replace_two(tokens: list[str], chance: random.Random) -> list[str]:
    return _replace(_replace(tokens, chance), chance) if len(tokens) > 5 else []


def _open(tokens: list[str], _: random.Random) -> list[str]:
    plain = [token.strip(".,;!?").casefold().replace("\u2019", "'") for token in tokens]
    return [OPENED.get(word, token) for word, token in zip(plain, tokens, strict=True)]


def _trim(tokens: list[str], chance: random.Random) -> list[str]:
    cut = max(1, len(tokens) // 4)
    return (tokens[cut:] if chance.random() < 0.5 else tokens[:-cut]) if len(tokens) > 3 else []


def _split_altered(draft: Draft, chance: random.Random) -> Iterator[Damaged]:
    """A word changed, and action between the halves of the line."""
    for match, element, _, text in _alone(draft):
        start, end = _range(draft, match)
        old = _speech(draft.page, element)
        tokens = text[start:end].split()
        if len(old.parts) > 1 or len(tokens) < 6:
            continue
        changed = _drop(list(tokens), chance)
        half = len(changed) // 2
        first, second = " ".join(changed[:half]), " ".join(changed[half:])
        pieces = (
            old.model_copy(update={"parts": (Speech(text=text[:start] + first),)}),
            Action(text="A door shuts somewhere."),
            old.model_copy(update={"parts": (Speech(text=second + text[end:]),)}),
        )
        page = _with(draft.page, element, *pieces)
        yield Damaged(page, "W_LINE_ALTERED", match.lines[0].id, f"{first} / {second}")


def _lose(draft: Draft, _: random.Random) -> Iterator[Damaged]:
    for match, element, part, text in _alone(draft):
        start, end = _range(draft, match)
        rest = (text[:start].rstrip() + " " + text[end:].lstrip(" .,!?")).strip()
        others = [p for p in _speech(draft.page, element).parts if isinstance(p, Speech)]
        if words(rest):
            page = _with_text(draft.page, element, part, rest)
        elif len(others) == 1:
            page = _with(draft.page, element)
        else:
            continue
        yield Damaged(page, "W_LINE_MISSING", match.lines[0].id)


def _give(draft: Draft, chance: random.Random, *, tagged: bool) -> Iterator[Damaged]:
    cues = sorted({turn.cue for turn in draft.found.turns if turn.cue})
    for match, element, _, _ in _alone(draft):
        line = match.lines[0]
        old = _speech(draft.page, element)
        strangers = [
            cue
            for cue in cues
            if cue != old.cue
            and draft.found.cast.may_mean(cue)
            and not draft.found.cast.may_mean(cue) & draft.found.cast.may_mean(old.cue)
        ]
        if line.tagged is not tagged or not strangers:
            continue
        new = old.model_copy(update={"cue": chance.choice(strangers)})
        yield Damaged(
            _with(draft.page, element, new), "W_LINE_GIVEN_AWAY", line.id, f"{old.cue} {new.cue}"
        )


def _halve(draft: Draft, chance: random.Random) -> Iterator[Damaged]:
    """One line over two people."""
    for damage in _give(draft, chance, tagged=True):
        index = next(
            i
            for i, (a, b) in enumerate(zip(draft.page.elements, damage.page.elements, strict=True))
            if a != b
        )
        mine, theirs = _speech(draft.page, index), _speech(damage.page, index)
        speeches = [p for p in mine.parts if isinstance(p, Speech)]
        tokens = speeches[0].text.split()
        if len(speeches) > 1 or len(tokens) < 4:
            continue
        half = len(tokens) // 2
        first = mine.model_copy(update={"parts": (Speech(text=" ".join(tokens[:half])),)})
        second = theirs.model_copy(update={"parts": (Speech(text=" ".join(tokens[half:])),)})
        yield damage._replace(
            page=_with(draft.page, index, first, second), code="W_LINE_MISSING", spoken="halved"
        )


def _speak(draft: Draft, chance: random.Random, *, how: str) -> Iterator[Damaged]:
    speakers = sorted({turn.cue for turn in draft.found.turns if turn.cue})
    places = [i for i, e in enumerate(draft.page.elements) if isinstance(e, Action)]
    for line in draft.parsed.brief.lines:
        if line.kind is not LineKind.IMAGINED or len(words(line.text)) < 3 or not speakers:
            continue
        text = line.text[0].upper() + line.text[1:].rstrip(",")
        cue, index = chance.choice(speakers), chance.choice(places)
        new: Element = Dialogue(cue=cue, parts=(Speech(text=text),))
        if how == "nearly":
            tokens = _add(text.split(), chance)
            new = Dialogue(cue=cue, parts=(Speech(text=" ".join(tokens)),))
        elif how == "voice over":
            new = Dialogue(cue=cue, extension="V.O.", parts=(Speech(text=f"{text} Always."),))
        elif how == "written":
            new = Action(text=f"On the screen of the telephone: \u201c{text}\u201d")
        page = _with(draft.page, index, draft.page.elements[index], new)
        yield Damaged(page, "W_LINE_SPOKEN", line.id, text)


def _overhear(draft: Draft, _: random.Random) -> Iterator[Damaged]:
    cast = draft.found.cast
    for line in draft.parsed.brief.lines:
        cue = cast.cue(line.speaker) if line.speaker else None
        if line.kind is not LineKind.UNHEARD or cue is None:
            continue
        verb = words(line.text)[0]
        new = Dialogue(cue=cue, parts=(Parenthetical(text=verb), Speech(text="Not yet.")))
        index = next(i for i, e in enumerate(draft.page.elements) if isinstance(e, Action))
        page = _with(draft.page, index, draft.page.elements[index], new)
        yield Damaged(page, "W_LINE_SPOKEN", line.id, verb)


def _stranger(
    draft: Draft, _: random.Random, *, cues: tuple[str, ...], code: str
) -> Iterator[Damaged]:
    index = next(i for i, e in enumerate(draft.page.elements) if isinstance(e, Action))
    for cue in cues:
        new = Dialogue(cue=cue, parts=(Speech(text="Mind the step."),))
        yield Damaged(_with(draft.page, index, draft.page.elements[index], new), code, None, cue)


def _name(draft: Draft, chance: random.Random) -> Iterator[Damaged]:
    places = [i for i, e in enumerate(draft.page.elements) if isinstance(e, Action)]
    for text in NAMED:
        index = chance.choice(places)
        page = _with(draft.page, index, draft.page.elements[index], Action(text=text))
        yield Damaged(page, "W_NAME_INVENTED", None, text)


def _speak_of(draft: Draft, chance: random.Random) -> Iterator[Damaged]:
    speeches = [i for i, e in enumerate(draft.page.elements) if isinstance(e, Dialogue)]
    for text in SPEAK_OF:
        index = chance.choice(speeches)
        old = _speech(draft.page, index)
        new = old.model_copy(update={"parts": (*old.parts, Speech(text=text))})
        yield Damaged(_with(draft.page, index, new), "W_NAME_INVENTED", None, text)


DAMAGES: dict[str, Callable[[Draft, random.Random], Iterator[Damaged]]] = {
    "word dropped": lambda d, c: _reworded(d, c, _drop),
    "word added": lambda d, c: _reworded(d, c, _add),
    "word replaced": lambda d, c: _reworded(d, c, _replace),
    "two words replaced": lambda d, c: _reworded(d, c, _replace_two),
    "contraction opened": lambda d, c: _reworded(d, c, _open),
    "trimmed": lambda d, c: _reworded(d, c, _trim),
    "split and altered": _split_altered,
    "lost": _lose,
    "given away, tagged": lambda d, c: _give(d, c, tagged=True),
    "given away, not tagged": lambda d, c: _give(d, c, tagged=False),
    "halved over two": _halve,
    "imagined, spoken": lambda d, c: _speak(d, c, how="spoken"),
    "imagined, nearly": lambda d, c: _speak(d, c, how="nearly"),
    "imagined, V.O.": lambda d, c: _speak(d, c, how="voice over"),
    "imagined, written": lambda d, c: _speak(d, c, how="written"),
    "unheard, spoken": _overhear,
    "stranger with a name": lambda d, c: _stranger(d, c, cues=STRANGERS, code="W_NAME_INVENTED"),
    "stranger without": lambda d, c: _stranger(d, c, cues=KINDS, code="W_CUE_UNKNOWN"),
    "name in action": _name,
    "name in speech": _speak_of,
}

if __name__ == "__main__":
    main()
