"""A brief made into a screenplay, without a model and without inventing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.brief import Certainty, IntExt, Line, LineKind
from scriptgen.offline.cast import Cast
from scriptgen.offline.first_names import first_named
from scriptgen.offline.headings import heading_text, is_within, later, tells_where
from scriptgen.offline.marks import finished, plain
from scriptgen.offline.paragraphs import Shown, in_room, paragraphs
from scriptgen.offline.prose import Prose
from scriptgen.offline.sayers import sayers
from scriptgen.offline.speeches import (
    SILENT,
    continued,
    dialogue,
    note_text,
    silent,
    unknown_speaker,
)
from scriptgen.offline.stream import Piece, scene_streams
from scriptgen.offline.whereabouts import place_of_somebody, place_opened
from scriptgen.offline.whole import BROKEN
from scriptgen.offline.words import capitalised
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Action, Dialogue, Element, Heading, Note, Screenplay, TitleField
from scriptgen.values import Value

if TYPE_CHECKING:
    from scriptgen.brief import Place, Scene, SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack
    from scriptgen.offline.stream import SceneStream

MOST_LOOKED_AT = 3
"""Pieces of a first scene in which its place is looked for."""
MOST_QUESTIONS = 5
SHORTEST_QUESTION = 2
"""``A joke?`` tells a reader nothing alone."""
OF_THE_SHOW = ("audience_words", "first_person", "show_nouns")
MARKS = re.compile(r"[?!]*\?[?!]*$")
UNTITLED = "Untitled"
CREDIT = "Drafted offline from an essay, without a model"
TOLD = "Told, not shown"
SUPPOSED = "Supposed by the essay, not shown"
INNER = ("page_feeling", "page_unfilmable")
"""Faults of a sentence that tells of somebody what no camera sees."""


class OfflineDraft(Value):
    """What the offline writer made of a brief, and what is to be said about it."""

    screenplay: Screenplay
    findings: tuple[Finding, ...] = ()


def write_draft(brief: SceneBrief, essay: Essay, pack: LanguagePack) -> OfflineDraft:
    """A draft of ``brief``: beats as action, spoken lines as dialogue, the rest as notes.

    Every element names the beats and lines it came from (``sources``). Nothing is invented: what
    the essay leaves open (a time, a place, a speaker) stays open and becomes a finding. In a
    language without a pack sentences stay as they are.
    """
    return _Writer(brief, essay, pack).draft()


class _Standing(NamedTuple):
    """How far a draft is when a scene begins: elements, findings, and what its headings told."""

    elements: int
    findings: int
    heading: str
    place: str | None
    last: Place | None
    house: str | None
    story: int
    opens: bool
    seen_places: frozenset[str]


class _Writer:
    def __init__(self, brief: SceneBrief, essay: Essay, pack: LanguagePack) -> None:
        self.essay = essay
        self.pack = pack
        self.cast = Cast.of(brief, pack, essay.text)
        self.sayers = sayers(brief, pack, self.cast, essay.text)
        self.brief = _without_speakers(brief, self.sayers)
        self.prose = Prose.of(pack, self.cast, (beat.text for beat in brief.beats))
        self.places = {place.id: place for place in brief.places}
        spans = [*(beat.span for beat in brief.beats), *(line.span for line in brief.lines)]
        self.starts = sorted(span.start for span in spans)
        self.elements: list[Element] = []
        self.findings: list[Finding] = []
        self.run: list[Shown] = []
        self.speech: list[Line] = []
        self.seen_places: set[str] = set()
        self.story = 0
        self.beats = {beat.id: beat for beat in brief.beats}
        self.opens = False
        """Whether nobody has been named yet since the last heading."""
        self.heading = ""
        self.place: str | None = None
        self.last: Place | None = None
        self.house: str | None = None

    def draft(self) -> OfflineDraft:
        for stream in scene_streams(self.brief, self.essay.text):
            self._scene(stream)
        self._conflicts()
        self._questions()
        screenplay = Screenplay(title_page=self._title_page(), elements=tuple(self.elements))
        return OfflineDraft(screenplay=screenplay, findings=tuple(self.findings))

    def _scene(self, stream: SceneStream) -> None:
        if not stream.items:
            return
        before = self._standing()
        self._heading(stream)
        self.cast.scene = stream.start, stream.end
        for item in stream.items:
            if isinstance(item, Piece):
                self._piece(item)
            else:
                self._line(item)
        self._close()
        if isinstance(self.elements[-1], Heading):
            self._take_back(before)

    def _standing(self) -> _Standing:
        return _Standing(
            len(self.elements),
            len(self.findings),
            self.heading,
            self.place,
            self.last,
            self.house,
            self.story,
            self.opens,
            frozenset(self.seen_places),
        )

    def _take_back(self, before: _Standing) -> None:
        """Without the heading of a scene of which nothing can be shown."""
        del self.elements[before.elements :]
        del self.findings[before.findings :]
        self.heading, self.place, self.last = before.heading, before.place, before.last
        self.house, self.story, self.opens = before.house, before.story, before.opens
        self.seen_places = set(before.seen_places)

    def _heading(self, stream: SceneStream) -> None:
        scene = stream.scene
        place = self._whereabouts(stream)
        time = scene.time if scene else None
        if time is None and place is not None and place.id not in self.seen_places:
            time = place.time
        back = scene is not None and scene.story < self.story
        text = heading_text(scene, place, self.pack, time=time, back=back, house=self.house)
        self.place = place.name if place else None
        self.last = place or self.last
        if place and not is_within(place, self.pack):
            self.house = place.name if place.int_ext is IntExt.INT else None
        self.story = scene.story if scene else 0
        passed = later(scene, self.pack)
        if text == self.heading.partition(" (")[0] and passed and not back:
            text += f" ({passed})"
        if text == self.heading:
            return
        self.heading = text
        if place is None:
            self._find("W_NO_PLACE", "the essay names no place for this scene")
        else:
            self.seen_places.add(place.id)
        self.elements.append(Heading(text=text, sources=_sources(scene)))
        self.opens = True

    def _whereabouts(self, stream: SceneStream) -> Place | None:
        """The place of a scene; where the brief has none that can be found, in the essay's words.

        A scene that begins with what is no place (``the little red one``) stays where the one
        before it was, unless its first words name another place.
        """
        scene = stream.scene
        place = self.places.get(scene.place or "") if scene else None
        if scene is None or (place and tells_where(place, self.pack)):
            return place
        if place is not None:
            opened = place_opened(scene.opening.text, self.pack) if scene.opening else None
            if opened is not None and opened.int_ext is None:
                opened = opened.model_copy(update={"int_ext": place.int_ext})
            return opened or self.last or place
        if self.heading:
            return None
        told = [item.text for item in stream.items if isinstance(item, Piece)][:MOST_LOOKED_AT]
        found = (place_of_somebody(text, self.pack) for text in told)
        return next((place for place in found if place), None)

    def _piece(self, piece: Piece) -> None:
        told = self._told(piece)
        if told:
            self._close()
            self._tell(told, plain(piece.text), piece.beat.id)
            return
        opens = isinstance(self.elements[-1], Heading) and not self.run
        place = self.place if opens else None
        beat = piece.beat
        people = (beat.subject or "", *beat.characters)
        after = min((at for at in self.starts if at >= piece.end), default=len(self.essay.text))
        following = self.essay.text[piece.end : after]
        for sentence in self.prose.sentences(
            piece, self.essay.text, place=place, following=following
        ):
            if sentence.fault in INNER:
                self._close()
                self._tell(TOLD, self.prose.renamed(sentence).text, beat.id)
                continue
            self._close_speech()
            self.run.append(
                Shown(sentence, (beat.id,), people, piece.start, piece.end, beat.continues)
            )

    def _told(self, piece: Piece) -> str | None:
        """Why a piece is no action: supposed, or told of the past."""
        if piece.beat.certainty is Certainty.SPECULATIVE:
            return SUPPOSED
        if piece.beat.certainty is Certainty.REPORTED and self.prose.told_in_past(piece.text):
            return TOLD
        if self.prose.is_of_the_show(piece, self.essay.text):
            return TOLD
        return None

    def _tell(self, label: str, text: str, beat: str) -> None:
        last = self.elements[-1] if self.elements else None
        if isinstance(last, Note) and last.text.startswith(f"{label}: "):
            self.elements[-1] = last.model_copy(
                update={
                    "text": f"{last.text} {note_text(finished(text))}",
                    "sources": (*last.sources, beat),
                }
            )
            return
        note = Note(text=note_text(f"{label}: {finished(text)}"), sources=(beat,))
        self.elements.append(note)

    def _line(self, line: Line) -> None:
        cue = self._cue(line)
        if line.kind is LineKind.SPOKEN and cue is not None:
            self._close_action()
            if self.speech and self._cue(self.speech[-1]) != cue:
                self._close_speech()
            self._introduce(line)
            self.speech.append(line)
            self.opens = False
            return
        shown = self._is_in_a_beat(line)
        if line.kind is LineKind.REPORTED and shown and self.run:
            last = self.run[-1]
            self.run[-1] = replace(last, lines=(*last.lines, line.id))
            return
        self._close()
        if line.kind is LineKind.SPOKEN:
            self.elements.append(unknown_speaker(line, self.cast))
            self._find("W_SPEAKER_UNKNOWN", "a spoken line has no known speaker", line.text)
            return
        gesture = (
            []
            if shown or line.kind is LineKind.IMAGINED
            else self.prose.gesture(line, self.essay.text)
        )
        if gesture:
            text = " ".join(sentence.text for sentence in gesture)
            text = self.cast.introduced(text, [line.speaker or ""])
            self.elements.append(Action(text=escaped(text), sources=(line.id,)))
            if line.kind is LineKind.REPORTED:
                return
        self._silent(silent(line, self.cast, shown=shown or bool(gesture)))

    def _cue(self, line: Line) -> str | None:
        """What stands over a line, ``None`` where nobody knows who says it."""
        known = line.speaker is not None and line.speaker in self.cast.characters
        return self.cast.cue(line.speaker or "") if known else self.sayers.get(line.id)

    def _is_in_a_beat(self, line: Line) -> bool:
        """Whether beats tell of a line, or of a part of it."""
        span = line.span
        return any(b.span.start < span.end and span.start < b.span.end for b in self.brief.beats)

    def _introduce(self, line: Line) -> None:
        """Whoever speaks before anything is seen of them comes on with the essay's words."""
        shown = self.cast.entrance(line.speaker) if line.speaker else None
        if shown is not None:
            self._close_speech()
            self.elements.append(Action(text=escaped(shown), sources=(line.id,)))

    def _silent(self, note: Note) -> None:
        """A silence, told once where two follow each other."""
        last = self.elements[-1] if self.elements else None
        if isinstance(last, Note) and last.text == note.text:
            sources = (*last.sources, *note.sources)
            self.elements[-1] = last.model_copy(update={"sources": sources})
        else:
            self.elements.append(note)

    def _close(self) -> None:
        self._close_action()
        self._close_speech()

    def _close_speech(self) -> None:
        if not self.speech:
            return
        cue = self._cue(self.speech[0]) or ""
        element = dialogue(self.speech, cue, self.pack, self.essay.text)
        at = len(self.elements) - 1
        while at >= 0 and _is_silent(self.elements[at]):
            at -= 1
        last = self.elements[at] if at >= 0 else None
        if isinstance(last, Dialogue) and last.cue == element.cue:
            self.elements[at] = continued(last, element)
        else:
            self.elements.append(element)
        self.speech = []

    def _close_action(self) -> None:
        run, self.run = self.run, []
        if run and self.opens:
            run, named = first_named(run, self.beats, self.prose)
            self.opens = not named
        for paragraph in paragraphs(run, self.essay.text, self.prose):
            sentences = [shown.sentence for shown in paragraph]
            if all(s.bare and s.subject in self.cast.met for s in sentences):
                continue
            if sentences[0].fault == BROKEN:
                self._tell(TOLD, sentences[0].text, paragraph[0].beats[0])
                continue
            present = [c for shown in paragraph for c in shown.people]
            present += [sentence.subject or "" for sentence in sentences]
            text = " ".join(sentence.text for sentence in sentences)
            text = self.cast.introduced(text, dict.fromkeys(present))
            if not all(sentence.safe for sentence in sentences):
                self._find("W_PAST_TENSE", "a past tense was left as it stands", text)
            for part, told in in_room(text, paragraph, self.pack):
                sources = [name for shown in told for name in (*shown.beats, *shown.lines)]
                self.elements.append(
                    Action(text=escaped(part), sources=tuple(dict.fromkeys(sources)))
                )

    def _questions(self) -> None:
        asked = [MARKS.sub("?", capitalised(plain(span.text))) for span in self.brief.questions]
        full = [question for question in asked if self._is_of_the_story(question)]
        if full:
            text = "Left open: " + " ".join(full[:MOST_QUESTIONS])
            self.elements.append(Note(text=note_text(text)))

    def _conflicts(self) -> None:
        for flag in self.brief.flags:
            text = note_text(f"The essay contradicts itself: {flag.message}")
            self.elements.append(Note(text=text))

    def _is_of_the_story(self, question: str) -> bool:
        """Whether it can stand alone and does not speak to the reader or of the show."""
        words = re.findall(r"[\w’'-]+", question)
        rhetorical = self.pack.patterns.get("draft_rhetorical", ())
        return (
            len(words) > SHORTEST_QUESTION
            and not any(self.pack.is_word(kind, word) for word in words for kind in OF_THE_SHOW)
            and not any(pattern.match(question) for pattern in rhetorical)
        )

    def _title_page(self) -> tuple[TitleField, ...]:
        title = self.brief.title.text if self.brief.title else UNTITLED
        fields = [
            TitleField(key="Title", lines=(plain(title),)),
            TitleField(key="Credit", lines=(CREDIT,)),
        ]
        meta = self.essay.meta
        source = ", ".join(
            part for part in (meta.title and f"“{meta.title}”", meta.author, meta.date) if part
        )
        if source:
            fields.append(TitleField(key="Source", lines=(plain(source),)))
        return tuple(fields)

    def _find(self, code: str, message: str, evidence: str | None = None) -> None:
        self.findings.append(
            Finding(
                code=code,
                severity=Severity.WARNING,
                message=message,
                element=len(self.elements),
                evidence=evidence,
            )
        )


def _without_speakers(brief: SceneBrief, cues: dict[str, str]) -> SceneBrief:
    """``brief`` with nobody of the cast for the lines that the essay says are another's."""
    lines = [
        line.model_copy(update={"speaker": None}) if line.id in cues else line
        for line in brief.lines
    ]
    return brief.model_copy(update={"lines": tuple(lines)})


def _sources(scene: Scene | None) -> tuple[str, ...]:
    """What a heading stands for: the place of its scene, else the scene's first moment."""
    if scene is None:
        return ()
    return (scene.place,) if scene.place else scene.beats[:1]


def _is_silent(element: Element) -> bool:
    """Whether it is a note of words nobody hears, which no page prints between two speeches."""
    return isinstance(element, Note) and element.text.startswith(SILENT)


def escaped(text: str) -> str:
    r"""``text`` with the marks of emphasis made literal."""
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("_", "\\_")
