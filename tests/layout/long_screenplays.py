"""Screenplays of several pages, made from a number: the same one from the same number."""

from __future__ import annotations

from random import Random

from scriptgen.screenplay import (
    Action,
    Centered,
    Dialogue,
    Heading,
    Lyrics,
    Note,
    PageBreak,
    Parenthetical,
    Screenplay,
    Section,
    Speech,
    Synopsis,
    TitleField,
    Transition,
)

WORDS = (
    *("the", "a", "door", "rain", "lantern", "she", "looks", "up", "slowly", "half-open", "stairs"),
    *("Dr. Vane", "Mr. Oz", "well-kept", "it’s", "café", "3:30", "*now*", "**never**", "_there_"),
    *("—", "and", "then", "waits", "fifty-eight", "A.", "über", "李伟", "咖啡馆里", "привет"),
    *("supercalifragilistic" * 5, "x" * 90),
)
COMMON = WORDS[:24]
ENDS = (".", ".", ".", "?", "!", "…", ".”")
NAMES = ("MARA", "TEODOR", "WOMAN AT THE BAR", "李伟", "DR. O'NEIL")


def _sentence(random: Random) -> str:
    words = WORDS if random.random() < 0.3 else COMMON
    said = " ".join(random.choice(words) for _ in range(random.randint(1, 30)))
    return f"{said[0].upper()}{said[1:]}{random.choice(ENDS)}"


def _text(random: Random) -> str:
    between = "\n" if random.random() < 0.1 else " "
    return between.join(_sentence(random) for _ in range(random.choice((1, 1, 2, 3, 5, 9))))


def _dialogue(random: Random) -> Dialogue:
    parts: list[Speech | Parenthetical] = []
    for _ in range(random.randint(1, 4)):
        if random.random() < 0.4:
            parts.append(Parenthetical(text=_sentence(random)[:60]))
        parts.append(Speech(text=_text(random)))
    extension = random.choice((None, None, "V.O.", "CONT'D"))
    return Dialogue(
        cue=random.choice(NAMES),
        extension=extension,
        parts=tuple(parts),
        dual=random.random() < 0.2,
    )


def _element(random: Random) -> Action | Dialogue | Heading | Transition | Lyrics | Note:
    roll = random.random()
    if roll < 0.12:
        return Heading(text="INT. LAMP ROOM - NIGHT", number=random.choice((None, None, "4A")))
    if roll < 0.18:
        return Transition(text=random.choice(("CUT TO:", "FADE OUT.")))
    if roll < 0.2:
        return Lyrics(text=_text(random))
    if roll < 0.22:
        return Note(text=_sentence(random))
    return _dialogue(random) if roll < 0.6 else Action(text=_text(random))


def _rare(random: Random) -> Section | Synopsis | Centered | PageBreak:
    made = (Section(text="Act"), Synopsis(text="So."), Centered(text="THE END"), PageBreak())
    return random.choice(made)


def long_screenplay(number: int) -> Screenplay:
    """A screenplay of one to fifteen pages, in which every block is shorter than a page."""
    random = Random(number)  # noqa: S311 -- not a secret
    return Screenplay(
        title_page=(TitleField(key="Title", lines=(_sentence(random),)),),
        elements=tuple(
            _rare(random) if random.random() < 0.04 else _element(random)
            for _ in range(random.randint(3, 60))
        ),
    )
