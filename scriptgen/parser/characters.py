"""From people in the making to the characters of a brief: names, cues, aliases, wardrobe."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from scriptgen.brief import Character, LineKind
from scriptgen.values import Span

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.parser.cast import Cast, Person
    from scriptgen.parser.descriptions import Description
    from scriptgen.parser.mentions import MentionIndex
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Document

LONGEST_CUE = 40
_MATTERS = 3
_MOST_EVIDENCE = 12
_MOST_WARDROBE = 3
_SHORT_TAIL = 4


def settle_characters(reading: Reading, cast: Cast) -> dict[Person, Character]:
    """The characters, in order of their first mention; unnamed people only where they matter."""
    counts = Counter(
        m.person for m in reading.index.mentions if m.person is not None and not m.pronoun
    )
    speaking = {
        line.speaker
        for line in reading.lines
        if line.speaker is not None and line.kind is LineKind.SPOKEN
    }
    kept = [
        p
        for p in cast.people
        if p.named or p in speaking or (counts[p] >= _MATTERS and _is_singular(reading.pack, p))
    ]
    kept.sort(key=lambda p: p.first)
    taken: set[str] = set()
    out: dict[Person, Character] = {}
    for number, person in enumerate(kept, start=1):
        name = _name(reading.doc, person)
        cue = _cue(reading, person, name, taken)
        taken.add(cue)
        evidence = _evidence(reading.doc, reading.index, person)
        out[person] = Character(
            id=f"c{number:02d}",
            name=name,
            cue=cue,
            status=person.status,
            aliases=_aliases(reading, person, name),
            wardrobe=_wardrobe(reading, person),
            evidence=evidence,
        )
    return out


def _is_singular(pack: LanguagePack, person: Person) -> bool:
    return all(not pack.is_word("not_people", head) for head in person.heads)


def _name(doc: Document, person: Person) -> str:
    """The fullest form; with the honorific where the essay hardly ever leaves it off."""
    if not person.named:
        best = max(
            person.descriptions,
            key=lambda d: (bool(d.modifiers), 0 < len(d.tail) <= _SHORT_TAIL, -d.start),
        )
        bare = bool(best.modifiers) or len(best.tail) > _SHORT_TAIL
        return _clean(doc.text[best.start : best.core_end if bare else best.end])
    core = max(person.names, key=lambda c: (len(c), -person.names.index(c)))
    uses = [u for u in person.uses if u.core == core]
    titled = [u for u in uses if u.honorific]
    if len(core) == 1 and len(titled) * 2 >= len(uses) and titled:
        return _clean(doc.text[titled[0].start : titled[0].end])
    return " ".join(core)


def _clean(text: str) -> str:
    return re.sub(r"[*_\s]+", " ", text).strip(" ,.;:—")


def _cue(reading: Reading, person: Person, name: str, taken: set[str]) -> str:
    """What stands over the speeches: the name the essay uses most, in capitals, never twice."""
    form = name
    if person.named and len(max(person.names, key=len)) > 1:
        singles = Counter(u.core[0] for u in person.uses if len(u.core) == 1 and not u.honorific)
        shared = {
            word
            for other in reading.index.mentions
            if other.person is not None and other.person is not person
            for core in other.person.names
            for word in core
        }
        common = next((w for w, n in singles.most_common() if n > 1 and w not in shared), None)
        form = common or name
    elif not person.named:
        form = re.sub(r"^(?:the|a|an|one|another|his|her|their|that|this)\s+", "", name, flags=re.I)
    cue = form.upper()
    if len(cue) > LONGEST_CUE:
        cue = cue[:LONGEST_CUE].rsplit(" ", 1)[0].rstrip(" -")[:LONGEST_CUE]
    plain, number = cue, 2
    while cue in taken:
        cue = f"{plain[: LONGEST_CUE - 4]} #{number}"
        number += 1
    return cue


def _evidence(doc: Document, index: MentionIndex, person: Person) -> tuple[Span, ...]:
    spans = [
        Span.cut(doc.text, m.start, m.end)
        for m in index.mentions
        if m.person is person and not m.pronoun
    ]
    if not spans:
        spans = [Span.cut(doc.text, u.start, u.end) for u in sorted(person.uses, key=_start)]
    return tuple(spans[:_MOST_EVIDENCE])


def _start(use: object) -> int:
    return getattr(use, "start", 0)


def _aliases(reading: Reading, person: Person, name: str) -> tuple[Span, ...]:
    """Other forms of the name, and descriptions that tell something beyond the bare noun."""
    doc, seen, out = reading.doc, {name.casefold()}, []
    for use in sorted((u for u in person.uses if u.core), key=_start):
        text = doc.text[use.start : use.end]
        if text.casefold() not in seen:
            seen.add(text.casefold())
            out.append(Span.cut(doc.text, use.start, use.end))
    if not person.named:
        return tuple(out[:6])
    heads: set[str] = set()
    for description in sorted(person.descriptions, key=_start):
        text = _bare(doc.text[description.start : description.end])
        if text.casefold() in seen or (description.head in heads and not _telling(description)):
            continue
        seen.add(text.casefold())
        heads.add(description.head)
        out.append(Span.cut(doc.text, description.start, description.end))
    return tuple(out[:8])


def _telling(description: Description) -> bool:
    return bool(description.tail or description.modifiers)


def _bare(text: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE)


def _wardrobe(reading: Reading, person: Person) -> tuple[Span, ...]:
    """What somebody wears: garments in a description, behind "in" or "wearing", or owned."""
    doc, lexicon = reading.doc, reading.pack.lexicon
    if lexicon is None:
        return ()
    ranges = [(d.core_end, d.end) for d in person.descriptions if d.tail]
    ranges += [
        (m.end, _clause_end(doc, m.end)) for m in reading.index.mentions if m.person is person
    ]
    out: list[Span] = []
    heads: set[str] = set()
    for start, end in ranges:
        if any(doc.quoted[start:end]):
            continue
        for pattern in reading.pack.patterns.get("wears", ()):
            match = pattern.match(doc.text, start, end)
            if match is None:
                continue
            span = _garment(reading, match.start("what"), end)
            if span is not None and span.text.split()[-1].lower() not in heads:
                heads.add(span.text.split()[-1].lower())
                out.append(span)
    return tuple(out[:_MOST_WARDROBE])


_LONGEST_GARMENT = 9


def _garment(reading: Reading, start: int, end: int) -> Span | None:
    """The noun phrase from ``start`` up to its garment, ``None`` where there is none."""
    doc, lexicon = reading.doc, reading.pack.lexicon
    if lexicon is None:
        return None
    last = None
    for word in doc.words_in(start, end)[:_LONGEST_GARMENT]:
        gap = doc.text[last.end if last else start : word.start]
        if last is not None and gap not in (" ", "-", ", ") or "—" in gap:
            break
        if "garment" in lexicon.nouns(word.folded) and not lexicon.verb_form(word.folded) == "ing":
            following = doc.words_in(word.end, end)[:1]
            if (
                following
                and doc.text[word.end : following[0].start] == " "
                and "garment" in lexicon.nouns(following[0].folded)
            ):
                last = word
                continue
            return Span.cut(doc.text, start, word.end)
        stops = "prepositions" in word.kinds or lexicon.verb_form(word.folded) == "third"
        if stops and word.folded != "of":
            break
        last = word
    return None


def _clause_end(doc: Document, start: int) -> int:
    sentence = doc.sentence_at(max(0, start - 1))
    return min(sentence.end, start + 90)
