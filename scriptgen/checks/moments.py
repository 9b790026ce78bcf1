"""The moments of the essay, and which of them the page plays."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.brief import Certainty
from scriptgen.screenplay import Dialogue, Heading, PageBreak
from scriptgen.wording import Near, terms, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scriptgen.brief import Beat, SceneBrief
    from scriptgen.checks.subject import Subject
    from scriptgen.language import LanguagePack
    from scriptgen.screenplay import Screenplay
    from scriptgen.trace import Trace, Traced

WINDOW = 4
"""Pieces of the page in a row over which a moment may be spread."""

SLACK = 8
"""Pieces before and behind the place of a moment where it may be played, too."""

ELSEWHERE = 0.6
"""What words count that stand where the moment does not belong."""

FRAGMENT = 12
"""Pieces; a page with fewer is none of a whole essay, and what it leaves out says nothing."""

ALIKE = 0.5
"""Likeness from which on a word is taken for another."""

FEW = 2
"""Words that say something, in a moment that is little more than the line spoken in it."""

DOING = frozenset(
    {"body", "change", "communication", "consumption", "contact", "creation", "motion",
     "perception", "possession", "social", "speech"}
)  # fmt: skip
"""Classes of verbs that say that something is done or happens."""

HELD = frozenset({"emotion", "posture", "weather"})
"""Classes of verbs that say how somebody or something is to be seen."""

SEEN = frozenset(
    {"animal", "artefact", "body", "building", "fixture", "food", "furniture", "garment", "kin",
     "light", "nature", "person", "place_in", "place_out", "plant", "role", "sound", "substance",
     "thing", "vehicle", "weather"}
)  # fmt: skip
"""Classes of nouns that a camera or a microphone takes in."""

_FINITE = frozenset({"third", "past", "both"})
_HANGING = frozenset({"relatives", "linkers", "reasons", "comparers"})
"""Word lists of what opens a clause that only says more of something else."""

_AUXILIARY = frozenset({"helpers", "copulas", "modals", "auxiliaries"})
_PEOPLE = frozenset({"person", "kin", "role"})
_LEADS = ("pronoun_subjects", "coordinators", "joining")


class Moment(NamedTuple):
    """A beat with those that go on with it, and how much of it the page plays.

    ``terms``: its words that say something, names of the cast left out; ``told``: the essay tells
    of it and does not show it; ``event``: somebody does something in it, or something is done with
    a thing that the essay brings back; ``pieces``: numbers of the trace's pieces that play it;
    ``found``: the most of its terms that stand close together on the page, as a share of their
    weight; ``line_kept``: a line that is spoken in it stands on the page.
    """

    beats: tuple[Beat, ...]
    terms: frozenset[str]
    told: bool
    event: bool
    pieces: tuple[int, ...]
    found: float
    line_kept: bool

    @property
    def text(self) -> str:
        """The essay's words."""
        return " … ".join(beat.text for beat in self.beats)

    @property
    def played(self) -> bool:
        """Whether a piece of the page plays it by the trace, or its words say that one does."""
        few = len(self.terms) <= FEW
        return bool(self.pieces) or self.found >= PLAYED or (few and self.line_kept)


PLAYED = 0.5
"""Of a moment's words; from here on they stand together by no chance."""


def moments(subject: Subject, trace: Trace, pack: LanguagePack) -> list[Moment]:
    """The moments of the essay in the order told."""
    brief = subject.brief
    names = cast_words(brief, pack)
    page = _Page(subject, trace, pack)
    playing: dict[str, list[int]] = defaultdict(list)
    for number, piece in enumerate(trace.pieces):
        for source in _played(subject.screenplay, piece):
            playing[source].append(number)
    kept = subject.lines.kept()
    aloud = {line.beat for line in brief.lines if line.id in kept}
    returning = frozenset(
        word for prop in brief.props if prop.motif for word in terms(prop.name, pack)
    )
    told = brief.moments()
    pieces_of = [
        sorted({number for beat in beats for number in playing[beat.id]}) for beats in told
    ]
    places = _slots(pieces_of, len(trace.pieces))
    found = []
    for beats, pieces, place in zip(told, pieces_of, places, strict=True):
        own = frozenset(
            word for beat in beats for word in terms(beat.text, pack) if _is_seen(word, pack)
        )
        own -= names
        found.append(
            Moment(
                beats=beats,
                terms=own,
                told=beats[0].certainty is not Certainty.SHOWN,
                event=any(_is_event(beat, names, returning, pack) for beat in beats),
                pieces=tuple(pieces),
                found=1.0 if pieces else page.found(own, place),
                line_kept=any(beat.id in aloud for beat in beats),
            )
        )
    return found


def shortened(text: str, longest: int = 60) -> str:
    """The beginning of a text, for a message."""
    if len(text) <= longest:
        return text
    return text[:longest].rpartition(" ")[0] + "…"


def _played(screenplay: Screenplay, piece: Traced) -> tuple[str, ...]:
    """What a traced piece plays: a heading plays nothing, it says where."""
    return () if isinstance(screenplay.elements[piece.element], Heading) else piece.sources


def piece_text(screenplay: Screenplay, piece: Traced) -> str:
    """The words of a traced piece."""
    element = screenplay.elements[piece.element]
    if isinstance(element, PageBreak):
        return ""
    text = element.said if isinstance(element, Dialogue) else element.text
    return text[piece.start : piece.end]


def _slots(pieces_of: list[list[int]], length: int) -> list[range]:
    """Where on the page each moment belongs, between what is played of those around it."""
    slots = []
    first = 0
    lasts = [length] * len(pieces_of)
    last = length
    for at in range(len(pieces_of) - 1, -1, -1):
        lasts[at] = last
        last = min(pieces_of[at], default=last)
    for pieces, last in zip(pieces_of, lasts, strict=True):
        slots.append(range(min(first, last) - SLACK, max(first, last) + SLACK))
        first = max(pieces, default=first)
    return slots


def _is_seen(word: str, pack: LanguagePack) -> bool:
    """Whether a word may name what a camera or a microphone takes in, as all unknown ones may."""
    lexicon = pack.lexicon
    if lexicon is None:
        return True
    nouns, verbs = lexicon.nouns(word), lexicon.verbs(word)
    known = bool(nouns or verbs)
    return not known or not SEEN.isdisjoint(nouns) or not (DOING | HELD).isdisjoint(verbs)


def cast_words(brief: SceneBrief, pack: LanguagePack) -> frozenset[str]:
    """The words of the names of a cast."""
    lexicon = pack.lexicon
    return frozenset(
        word
        for person in brief.characters
        for form in (person.name, person.cue)
        for word in (each.removesuffix("'s") for each in words(form))
        if lexicon is None or not lexicon.closed(word)
    )


def _is_event(
    beat: Beat, names: frozenset[str], returning: frozenset[str], pack: LanguagePack
) -> bool:
    """Whether a verb of doing stands in it, behind somebody or beside a thing that returns."""
    said = [word.removesuffix("'s") for word in words(beat.text)]
    if not said or not _HANGING.isdisjoint(pack.kinds(said[0])):
        return False
    known = bool(beat.subject or beat.characters)
    known = known or not returning.isdisjoint(terms(beat.text, pack))
    return has_deed(said, names, pack) or (known and has_deed(said, names, pack, led=False))


def has_deed(
    said: Sequence[str], names: frozenset[str], pack: LanguagePack, *, led: bool = True
) -> bool:
    """Whether a verb of doing stands in ``said``, behind a word for who does it.

    With ``led=False`` behind any word, where it can be nothing but a verb, and none of what is done
    to something, as in "dipped in honey".
    """
    lexicon = pack.lexicon
    if lexicon is None:
        return False
    for before, word, behind in zip(["", *said], said, [*said[1:], ""], strict=False):
        if lexicon.verb_form(word) not in _FINITE or DOING.isdisjoint(lexicon.verbs(word)):
            continue
        if not _AUXILIARY.isdisjoint(pack.kinds(before) | pack.kinds(word)):
            continue
        leads = before in names or any(pack.is_word(kind, before) for kind in _LEADS)
        leads = leads or not _PEOPLE.isdisjoint(lexicon.nouns(before))
        passive = lexicon.verb_form(word) == "both" and pack.is_word("prepositions", behind)
        if leads or (not led and not lexicon.nouns(word) and not passive):
            return True
    return False


class _Page:
    """The words of a page's pieces, to be asked where a moment's stand close together.

    What a word of a piece says of the moments that the piece is known to play, it does not say of
    another: such words are left out.
    """

    def __init__(self, subject: Subject, trace: Trace, pack: LanguagePack) -> None:
        brief = subject.brief
        own = {beat.id: terms(beat.text, pack) for beat in brief.beats}
        own |= {line.id: terms(line.text, pack) for line in brief.lines}
        self._counts: Counter[str] = Counter()
        self._pieces: dict[str, set[int]] = defaultdict(set)
        for number, piece in enumerate(trace.pieces):
            said = frozenset(terms(piece_text(subject.screenplay, piece), pack))
            self._counts.update(said)
            known = Near(
                [w for each in _played(subject.screenplay, piece) for w in own.get(each, ())],
                pack.likeness,
            )
            for word in said:
                if max(known.like(word).values(), default=0.0) < ALIKE:
                    self._pieces[word].add(number)
        self._near = Near(self._pieces, pack.likeness)
        self._length = len(trace.pieces)

    def weight(self, word: str) -> float:
        """How much a word tells: the fewer pieces hold it, the more."""
        return log(1 + self._length / (1 + self._counts[word]))

    def found(self, own: frozenset[str], place: range) -> float:
        """The most of ``own`` within `WINDOW` pieces in a row, as a share of their weight.

        ``place``: where they belong; elsewhere they count for less.
        """
        weights = {word: self.weight(word) for word in sorted(own)}
        whole = sum(weights.values())
        if not whole:
            return 0.0
        gains: dict[int, dict[str, float]] = defaultdict(dict)
        for word, weight in weights.items():
            for first, value in self._windows(word).items():
                gains[first][word] = weight * value
        return (
            max(
                (
                    sum(gained.values()) * (1.0 if first in place else ELSEWHERE)
                    for first, gained in gains.items()
                ),
                default=0.0,
            )
            / whole
        )

    def _windows(self, word: str) -> Mapping[int, float]:
        """The windows, by their first piece, that hold what is like ``word``, and how like."""
        best: dict[int, float] = {}
        for other, value in self._near.like(word).items():
            if value < ALIKE:
                continue
            for number in self._pieces[other]:
                for first in range(max(0, number - WINDOW + 1), number + 1):
                    best[first] = max(value, best.get(first, 0.0))
        return best
