"""Whether somebody on the page has a name that the essay does not have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.checks.known import plain
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Action, Dialogue, Speech

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.known import Known
    from scriptgen.checks.subject import Subject

_CAPITAL = r"[^\W\d_a-z\u00df-\u00f6\u00f8-\u00ff]"
_WORD = rf"{_CAPITAL}(?:[\w'\u2019-]*\w)?"
_RUN = re.compile(rf"\b{_WORD}(?:\.?[ ]{_WORD})*")
_PART = re.compile(r"[\w'\u2019-]+")
_SET_APART = re.compile(
    r"[\"\u201c\u00ab][^\"\u201d\u00bb]*[\"\u201d\u00bb]|(?<!\\)[*_]+[^*_]+[*_]+"
)
_OPENS = re.compile(r"(?:^|[.!?\u2026:;\n])[\"'\u201c\u2018(\s-]*\Z|[\u2014\u2013-]\s*\Z")
_INTRODUCES = re.compile(r"\s*(?:,|\(\d|\(\w+,)")
_STOP = re.compile(r"([\w'\u2019-]+)\. ")
_SAINTS = ("st", "saint", "san", "santa", "sainte")
_WORD_BEFORE = re.compile(r"([\w'\u2019-]+)[.]?\s*\Z")

SHORTEST = 3
"""Letters of an unknown word that may be a name."""

OFTEN = 3
"""Times that an unknown word stands as a name does before it is one."""

BESIDE = 60
"""Signs before and behind a capitalised run that tell how it is used."""


class _Seen(NamedTuple):
    """A capitalised run: its words, and what stands right before and behind it."""

    element: int
    parts: tuple[str, ...]
    before: str
    behind: str

    @property
    def shouted(self) -> bool:
        return all(part.isupper() for part in self.parts) and len("".join(self.parts)) > 1


def name_invented(subject: Subject) -> Iterator[Finding]:
    """Name each person whose name the essay does not have, unless the draft may invent freely.

    Somebody is named by a given name, or by a title before a name; an unknown word that is
    introduced in capitals and comes again is a name, too. Days, places, makes of things and what
    stands in quotation marks are nobody.
    """
    knows = subject.known
    if knows is None or subject.fidelity == "free" or not subject.brief.characters:
        return
    found: dict[str, tuple[int, int]] = {}
    for element, name in named(subject, knows):
        first, count = found.get(name, (element, 0))
        found[name] = first, count + 1
    for name, (first, count) in found.items():
        yield Finding(
            code="W_NAME_INVENTED",
            severity=Severity.ERROR,
            message=f"{name} is a name that the essay does not have: let nobody new have a name",
            element=first,
            evidence=name,
            count=count,
        )


def named(subject: Subject, knows: Known) -> Iterator[tuple[int, str]]:
    """Each use of a name that the essay does not have: its element's index and the name."""
    strange: dict[str, list[_Seen]] = {}
    for seen in _runs(subject, knows):
        names = [part for part in seen.parts if _is_name(part, seen, knows)]
        if names:
            yield seen.element, plain(names[0]).title()
            continue
        if len(seen.parts) == 1 and _may_be_name(seen, knows):
            strange.setdefault(plain(seen.parts[0]), []).append(seen)
    for index, dialogue, _ in subject.speeches:
        name = cue_name(dialogue.cue, knows)
        if name:
            yield index, plain(name).title()
    for name, uses in strange.items():
        met = any(use.shouted and _INTRODUCES.match(use.behind) for use in uses)
        if met and len(uses) >= OFTEN:
            for use in uses:
                yield use.element, name.title()


def cue_name(cue: str, knows: Known) -> str | None:
    """The word of a cue that is somebody's name and is not in the essay."""
    parts: list[str] = _PART.findall(cue)
    for at, part in enumerate(parts):
        if knows.has(part) or knows.means_person(part) or knows.is_title(part):
            continue
        titled = at > 0 and knows.is_title(parts[at - 1])
        alone = len(parts) == 1
        if knows.is_name(part) or ((titled or alone) and _is_any_name(part, knows)):
            return part
    return None


def _is_any_name(part: str, knows: Known) -> bool:
    return knows.is_given(part) or (knows.is_strange(part) and part.isalpha())


def _runs(subject: Subject, knows: Known) -> Iterator[_Seen]:
    for index, element in enumerate(subject.screenplay.elements):
        if isinstance(element, Action):
            yield from _runs_of(index, element.text, knows, quoted=True)
        elif isinstance(element, Dialogue):
            for part in element.parts:
                if isinstance(part, Speech):
                    yield from _runs_of(index, part.text, knows, quoted=False)


def _runs_of(index: int, text: str, knows: Known, *, quoted: bool) -> Iterator[_Seen]:
    shown = _SET_APART.sub(lambda apart: "_" * len(apart[0]), text) if quoted else text
    for run in _RUN.finditer(shown):
        for start, end in _sentences_of(shown, run.start(), run.end(), knows):
            first, blank, _ = shown[start:end].partition(" ")
            led = blank and knows.pack.is_word("determiners", first)
            at = start + len(first) + 1 if led else start
            parts = tuple(_PART.findall(shown[at:end]))
            before, behind = shown[max(0, at - BESIDE) : at], shown[end : end + BESIDE]
            yield _Seen(index, parts, before, behind)


def _sentences_of(text: str, start: int, end: int, knows: Known) -> Iterator[tuple[int, int]]:
    """The parts of a run that a stop parts, unless it is the stop of a title or an initial."""
    for stop in _STOP.finditer(text, start, end):
        word = stop[1]
        if len(word) > 1 and not knows.is_title(word) and word.casefold() not in _SAINTS:
            yield start, stop.end(1)
            start = stop.end()
    yield start, end


def _is_name(part: str, seen: _Seen, knows: Known) -> bool:
    """Whether a capitalised word is the name of somebody whom the essay does not have."""
    if knows.has(part) or len(part) == 1 or seen.before.endswith("_"):
        return False
    at = seen.parts.index(part)
    if at and knows.is_title(seen.parts[at - 1]):
        return _is_any_name(part, knows)
    if not knows.is_given(part) or _is_of_thing(seen, knows) or _is_determined(seen, knows):
        return False
    common = knows.lexicon.knows(plain(part))
    if seen.shouted:
        met = bool(_INTRODUCES.match(seen.behind))
        return not common or (met and any(knows.is_strange(other) for other in seen.parts))
    return not common or not (at == 0 and _OPENS.search(seen.before))


def _is_of_thing(seen: _Seen, knows: Known) -> bool:
    """Whether the run is called after somebody: Elizabeth Street, St Mary's."""
    last = plain(seen.parts[-1])
    before = _WORD_BEFORE.search(seen.before)
    saint = seen.parts[0].casefold() in _SAINTS
    thing = len(seen.parts) > 1 and knows.lexicon.nouns(last) and not knows.is_given(last)
    holy = before is not None and before[1].casefold() in ("st", "saint")
    return bool(saint or holy or (thing and not knows.means_person(last)))


def _is_determined(seen: _Seen, knows: Known) -> bool:
    before = _WORD_BEFORE.search(seen.before)
    return before is not None and knows.pack.is_word("determiners", before[1])


def _may_be_name(seen: _Seen, knows: Known) -> bool:
    part = seen.parts[0]
    return (
        len(part) >= SHORTEST
        and part.isalpha()
        and not knows.has(part)
        and knows.is_strange(part)
        and not _is_determined(seen, knows)
    )
