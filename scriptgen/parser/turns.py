"""Turns: in an exchange of two, who speaks next where nobody is named."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from scriptgen.parser.mentions import Role

if TYPE_CHECKING:
    from scriptgen.brief import LineKind
    from scriptgen.parser.cast import Person
    from scriptgen.parser.mentions import MentionIndex


class Turn(Enum):
    """How a line follows the spoken line before it."""

    NEW = "new"
    SAME = "same"
    OTHER = "other"
    ANSWER = "answer"


@dataclass(slots=True)
class Spoken:
    """A line in the making: ``[start, end)`` without marks, ``outer`` with.

    ``tag``: the verb of speech beside it; ``told``: the essay says beside the line who speaks;
    ``tagged``: by a name, not by a description or a pronoun;
    ``turn``: how it follows the line before; ``adjacent``: no word stands between the two;
    ``barred``: whom the line names or calls, so that they do not speak it; ``called``: whom it
    calls by name, who are likely to answer.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    kind: LineKind
    speaker: Person | None = None
    candidates: list[Person] = field(default_factory=list)
    delivery: tuple[int, int] | None = None
    tag: tuple[int, int] | None = None
    told: bool = False
    tagged: bool = False
    turn: Turn = Turn.NEW
    adjacent: bool = False
    barred: tuple[Person, ...] = ()
    called: tuple[Person, ...] = ()
    paragraph: int = 0


_NEAR = 800
_PAUSE, _PAUSE_WITHIN = 200, 450
_MOST_BACK, _MOST_AHEAD = 8, 7
_EXCHANGE = 3


def take_turns(index: MentionIndex, lines: list[Spoken]) -> None:
    """Fill in the speakers of lines that only their turn tells, from those told beside a line.

    Lines that follow each other without a word between, or as paragraphs of their own, alternate.
    The two parties are the two told nearest in the exchange, or one of them and whoever was
    mentioned last before it.
    """
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and lines[end].outer_start - lines[end - 1].outer_end < _NEAR // 2:
            end += 1
        _settle(index, lines[at:end])
        at = end


def _settle(index: MentionIndex, exchange: list[Spoken]) -> None:
    for at, line in enumerate(exchange):
        if line.told or (line.turn is Turn.NEW and line.speaker not in line.barred):
            continue
        if at == 0 or line.turn is Turn.NEW:
            _heed_barred(index, exchange, at)
            continue
        before = exchange[at - 1]
        if line.turn is Turn.SAME:
            line.speaker = before.speaker
            _heed_barred(index, exchange, at)
            continue
        other = _other_party(index, exchange, at)
        few = len(exchange) < _EXCHANGE and other not in before.called
        if line.turn is Turn.ANSWER and (other is None or few):
            continue
        line.speaker = other
        if other is not None:
            line.candidates = []
    _look_back(index, exchange)


def _heed_barred(index: MentionIndex, exchange: list[Spoken], at: int) -> None:
    """Take a line from whom it calls, and give it to the other of the two."""
    line = exchange[at]
    if line.speaker is None or line.speaker not in line.barred:
        return
    recent = exchange[max(0, at - _MOST_BACK) : at]
    near = [*recent, replace(line), *exchange[at : at + _MOST_AHEAD]]
    line.speaker = _other_party(index, near, len(recent) + 1)


def _look_back(index: MentionIndex, exchange: list[Spoken]) -> None:
    """Where the answer is told and stands right behind, the question was somebody else's."""
    for at in range(len(exchange) - 2, -1, -1):
        line, answer = exchange[at], exchange[at + 1]
        if line.told or not (answer.adjacent and answer.told and line.speaker is answer.speaker):
            continue
        recent = exchange[max(0, at - _MOST_BACK) : at + 1]
        other = _other_party(index, [*recent, answer, answer], len(recent) + 1)
        line.speaker = other
        back = at
        while back > 0 and exchange[back].turn is Turn.SAME and not exchange[back - 1].told:
            back -= 1
            exchange[back].speaker = other


def _other_party(index: MentionIndex, exchange: list[Spoken], at: int) -> Person | None:
    """Who is not the speaker before: told later in this exchange, earlier, or mentioned last."""
    previous, barred = exchange[at - 1].speaker, exchange[at].barred
    answering = [p for p in exchange[at - 1].called if p is not previous and p not in barred]
    if len(answering) == 1:
        return answering[0]
    if previous is None:
        return _two_back(exchange, at)
    for earlier in range(at - 2, max(-1, at - _MOST_BACK), -1):
        if _is_parted(exchange[earlier], exchange[earlier + 1]):
            break
        speaker = exchange[earlier].speaker
        if exchange[earlier].told and speaker is None:
            return None
        if speaker is not None and speaker is not previous and speaker not in barred:
            return speaker
    for later in range(at + 1, min(len(exchange), at + _MOST_AHEAD)):
        if _is_parted(exchange[later - 1], exchange[later]):
            break
        speaker = exchange[later].speaker
        known = exchange[later].told and speaker is not None
        if known and speaker is not previous and speaker not in barred:
            return speaker
    return _mentioned_last(index, exchange[at].outer_start, (previous, *barred))


def _mentioned_last(index: MentionIndex, offset: int, barred: tuple[Person, ...]) -> Person | None:
    """Who was mentioned last before ``offset``, none of ``barred``; who acts counts as nearer."""
    best: tuple[int, Person] | None = None
    for mention in index.before(offset, since=offset - _NEAR):
        person = mention.person
        if person is None or person in barred:
            continue
        near = mention.start + _WEIGHT[mention.role]
        if best is None or near > best[0]:
            best = near, person
    return best[1] if best else None


_WEIGHT = {Role.SUBJECT: 100, Role.OBJECT: 0, Role.OWNER: -50}


def _is_parted(line: Spoken, following: Spoken) -> bool:
    """Whether so much stands between two lines that they belong to no one exchange."""
    longest = _PAUSE_WITHIN if line.paragraph == following.paragraph else _PAUSE
    return following.outer_start - line.outer_end > longest


def _two_back(exchange: list[Spoken], at: int) -> Person | None:
    speaker = exchange[at - 2].speaker if at > 1 else None
    return None if speaker in exchange[at].barred else speaker
