"""Whether everybody who speaks is somebody of the essay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.known import plain
from scriptgen.checks.name_invented import cue_name, named
from scriptgen.checks.subject import within, words
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.known import Known
    from scriptgen.checks.subject import Subject
    from scriptgen.values import Span

BESIDE = 60
"""Signs of the essay beside a line in which it can tell who says it."""


def cue_unknown(subject: Subject) -> Iterator[Finding]:
    """Name once each cue that fits no character, unless the draft may invent freely.

    A waiter who speaks needs no name: where the essay has one, he is somebody of it, and where it
    has none a strict draft gets a warning and a balanced one is told. One who is called by words
    that the essay has, by a name or by what he wears, is of the essay too, and so is whom it has
    beside the line that is said. A voice may be anybody's, and what opens with a preposition is a
    direction. A cue with a name is `name_invented`'s. Where the brief has no cast, as in a language
    without a pack, nobody is unknown; without the essay at hand every cue that is not in the cast
    gets a warning.
    """
    cast, knows = subject.lines.cast, subject.known
    if subject.fidelity == "free" or not cast:
        return
    seen: dict[str, tuple[int, int]] = {}
    spans = {line.id: line.span for line in subject.brief.lines}
    for index, dialogue, _ in subject.speeches:
        if any(_is_beside(dialogue.cue, spans[s], subject) for s in dialogue.sources if s in spans):
            continue
        first, count = seen.get(dialogue.cue, (index, 0))
        seen[dialogue.cue] = first, count + 1
    strange = [cue for cue in seen if words(cue) and not cast.may_mean(cue)]
    new = {plain(name) for _, name in named(subject, knows)} if knows and strange else set()
    for cue in strange:
        first, count = seen[cue]
        if knows and (cue_name(cue, knows) or _is_of_essay(cue, knows) or _is_nobodys(cue, knows)):
            continue
        if not new.isdisjoint(map(plain, words(cue))):
            continue
        minor = knows is not None and subject.fidelity == "balanced"
        yield Finding(
            code="W_CUE_UNKNOWN",
            severity=Severity.INFO if minor else Severity.WARNING,
            message=f"{cue} speaks and is not in the essay's cast: let somebody of the essay "
            "speak, or nobody",
            element=first,
            evidence=cue,
            count=count,
        )


def _is_beside(cue: str, line: Span, subject: Subject) -> bool:
    """Whether the words of a cue stand in the essay beside a line: ``says a voice``."""
    if subject.essay is None:
        return False
    text = subject.essay.text
    before = text[max(0, line.start - BESIDE - 1) : line.start]
    behind = text[line.end : line.end + BESIDE + 1]
    if len(before) > BESIDE:
        before = before.partition(" ")[2] or before
    if len(behind) > BESIDE:
        behind = behind.rpartition(" ")[0] or behind
    return within(words(cue), words(f"{before}\n{behind}"))


def _is_of_essay(cue: str, knows: Known) -> bool:
    """Whether the essay has somebody of that kind: a cook of the two cooks, a child's voice."""
    kinds = [word for word in words(cue) if knows.means_person(word)]
    telling = [word for word in words(cue) if not knows.lexicon.closed(plain(word))]
    return (
        (bool(kinds) and all(map(knows.has, kinds)))
        or (any(_calls(word, knows) for word in telling) and all(map(knows.has, telling)))
        or any(map(knows.calls, words(cue)))
    )


def _calls(word: str, knows: Known) -> bool:
    """Whether somebody may be called by it: by a name, or by what he wears."""
    return knows.is_strange(word) or "garment" in knows.lexicon.nouns(plain(word))


def _is_nobodys(cue: str, knows: Known) -> bool:
    """Whether a cue says of nobody that he speaks: a voice; a direction, "from above"."""
    said = [plain(word) for word in words(cue)]
    telling = [word for word in said if not knows.lexicon.closed(word)]
    heard = bool(telling) and all(knows.pack.is_word("voices", word) for word in telling)
    return heard or knows.pack.is_word("prepositions", said[0])
