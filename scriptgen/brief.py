"""The scene brief: what the parser found in an essay, each part with its span.

Nothing here lacks a span of the essay or is marked ``inferred``. Identifiers: characters ``c01``,
places ``p01``, scenes ``s01``, beats ``b01``, lines ``d01``, in the order of the essay.
"""

from __future__ import annotations

from enum import StrEnum

from scriptgen.values import Span, Value

SCHEMA_VERSION = 1


class Status(StrEnum):
    """How a character got the name: by the drama, by the critic, or not at all."""

    GIVEN = "given"
    ASSUMED = "assumed"
    UNNAMED = "unnamed"


class IntExt(StrEnum):
    """Indoors, outdoors, or both at once."""

    INT = "INT"
    EXT = "EXT"
    BOTH = "INT/EXT"


class Certainty(StrEnum):
    """How the essay knows a beat: seen on screen, told by somebody, summed up, or guessed at."""

    SHOWN = "shown"
    REPORTED = "reported"
    SUMMARISED = "summarised"
    SPECULATIVE = "speculative"


class LineKind(StrEnum):
    """Whether a line can be heard.

    ``spoken``: quoted words said aloud. ``imagined``: words nobody says (a look "says" them).
    ``unheard``: somebody speaks and the words are not told. ``reported``: told without quoting.
    """

    SPOKEN = "spoken"
    IMAGINED = "imagined"
    UNHEARD = "unheard"
    REPORTED = "reported"


class CueKind(StrEnum):
    """Which craft a cue belongs to."""

    CAMERA = "camera"
    EDIT = "edit"
    LIGHT = "light"
    COLOUR = "colour"
    SOUND = "sound"
    MUSIC = "music"


class CommentaryKind(StrEnum):
    """Why a passage cannot be filmed."""

    COMMENTARY = "commentary"
    QUESTION = "question"
    FUTURE = "future"
    CRAFT = "craft"


class Title(Value):
    """The drama's title; ``span`` is ``None`` where the front matter gave it."""

    text: str
    span: Span | None = None


class Character(Value):
    """Somebody in the drama.

    ``name``: the fullest form; ``cue``: what stands over a speech, in capitals, at most 40
    characters; ``aliases``: other forms and epithets in the essay; ``wardrobe``: what is worn or
    carried on the body; ``evidence``: the mentions, first one first.
    """

    id: str
    name: str
    cue: str
    status: Status
    aliases: tuple[Span, ...] = ()
    wardrobe: tuple[Span, ...] = ()
    evidence: tuple[Span, ...] = ()


class Place(Value):
    """Where something happens.

    ``time``: DAY, NIGHT, DAWN, MORNING, NOON, AFTERNOON, EVENING or DUSK, ``None`` when the essay
    does not say; ``light``: how the essay describes the light; ``inferred``: which of
    ``int_ext`` and ``time`` were concluded rather than read.
    """

    id: str
    name: str
    int_ext: IntExt | None = None
    time: str | None = None
    light: Span | None = None
    evidence: tuple[Span, ...] = ()
    inferred: tuple[str, ...] = ()


class Scene(Value):
    """A run of beats in one place and time.

    ``start``: offset where it opens; ``time``: as `Place.time`, for this scene; ``told`` and
    ``story``: its rank (from 1) in the order told and in the order of the story (a flashback's
    ``story`` is smaller); ``opening``: the words that open it, ``None`` for the first scene.
    """

    id: str
    start: int
    place: str | None = None
    time: str | None = None
    beats: tuple[str, ...] = ()
    told: int
    story: int
    opening: Span | None = None


class Beat(Value):
    """One contiguous piece of the essay that can be filmed.

    ``span``: the critic's clauses are trimmed away at its ends; ``continues``: it goes on with the
    beat before it, from which commentary was cut out; ``subject``: the id of the character whose
    doing it is, where a pronoun or an elided subject stands for a name.
    """

    id: str
    text: str
    span: Span
    continues: bool = False
    place: str | None = None
    characters: tuple[str, ...] = ()
    subject: str | None = None
    certainty: Certainty = Certainty.SHOWN


class Line(Value):
    """Words of somebody, or the essay's word that somebody spoke.

    ``text``: the words without quote marks (for ``unheard`` and ``reported`` the phrase that tells
    of them); ``speaker``: a character id, or ``None`` with ``candidates``; ``tagged``: a name
    beside the line says who speaks, as sure as an essay gets; ``delivery``: how it is said;
    ``beat``: the beat it stands in or after; ``span``: of ``text``.
    """

    id: str
    text: str
    kind: LineKind
    span: Span
    speaker: str | None = None
    candidates: tuple[str, ...] = ()
    tagged: bool = False
    delivery: Span | None = None
    beat: str | None = None


class Prop(Value):
    """A thing that hands use or that returns; ``motif`` when it recurs in the essay."""

    name: str
    motif: bool = False
    evidence: tuple[Span, ...] = ()


class Cue(Value):
    """A remark on camera, edit, light, colour, sound or music."""

    kind: CueKind
    span: Span


class Commentary(Value):
    """A passage that is about the drama rather than in it."""

    kind: CommentaryKind
    span: Span


class Flag(Value):
    """A contradiction in the essay: reported, never mended."""

    message: str
    evidence: tuple[Span, ...] = ()


class Enriched(Value):
    """What a model added to a brief: ``claims`` it made, ``taken`` of them, ``dropped`` by reason.

    ``model``: as the user named it.
    """

    model: str
    claims: int
    taken: int
    dropped: dict[str, int] = {}


class SceneBrief(Value):
    """All that was found in one essay (``essay_id``). See the module for the identifiers.

    ``enriched``: ``None`` where the parser alone found it.
    """

    schema_version: int = SCHEMA_VERSION
    essay_id: str
    language: str
    title: Title | None = None
    characters: tuple[Character, ...] = ()
    places: tuple[Place, ...] = ()
    scenes: tuple[Scene, ...] = ()
    beats: tuple[Beat, ...] = ()
    lines: tuple[Line, ...] = ()
    props: tuple[Prop, ...] = ()
    cues: tuple[Cue, ...] = ()
    themes: tuple[Span, ...] = ()
    questions: tuple[Span, ...] = ()
    commentary: tuple[Commentary, ...] = ()
    flags: tuple[Flag, ...] = ()
    enriched: Enriched | None = None

    def moments(self) -> list[tuple[Beat, ...]]:
        """The beats in the order told, each with those that go on with it; no guesses.

        What is shown and what is only told are never one moment.
        """
        moments: list[tuple[Beat, ...]] = []
        for beat in sorted(self.beats, key=lambda beat: beat.span.start):
            if beat.certainty is Certainty.SPECULATIVE:
                continue
            shown = beat.certainty is Certainty.SHOWN
            if (
                beat.continues
                and moments
                and shown is (moments[-1][0].certainty is Certainty.SHOWN)
            ):
                moments[-1] = (*moments[-1], beat)
            else:
                moments.append((beat,))
        return moments
