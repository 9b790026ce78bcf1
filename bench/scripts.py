"""Scripts of any length, as they are written: some stress, other alphabets, a note now and then."""

from __future__ import annotations

from random import Random

from scriptgen.screenplay import (
    Action,
    Centered,
    Dialogue,
    Element,
    Heading,
    Note,
    Parenthetical,
    Screenplay,
    Speech,
    TitleField,
    Transition,
)

LINES_A_PAGE = 55
NAMES = ("MARA", "TOM", "DR. HART", "JEAN-LUC", "ÉLODIE", "GUARD #2", "李伟")
PLACES = ("KITCHEN", "THE QUAY", "O'HARA'S BAR", "STAIRWELL / HALL", "CAFÉ", "ROOM 12")
ACTIONS = (
    "She sets the cup down, slowly, and does not look up while the rain goes on outside.",
    "MIA (30), in a red coat, waits by the door.",
    "BOOM.",
    "It is 3:30 in the morning: the bells ring, and nobody on the quay turns to look at them.",
    "A phone BUZZES. Nobody moves. The note on the table says **RUN** in a hand that is not his.",
    "“So,” she says to the window, “that’s it?” -- and lets the blind fall.",
    "Él abre la puerta. ¿Quién es? ¡Nadie! La lluvia entra con él.",
    "李伟推开门，雨声涌进来。她没有回答。",
    "The boat knocks against the wall, and the rope that held it all night parts without a sound.",
)
SPEECHES = (
    "I never said that.",
    "You said it twice, and you said it to me, in this room, with the door open.",
    "NO!",
    "I *told* you. What did you think it was going to be like?",
    "It's -- I don't -- forget it. Forget I came at all, and tell her nothing.",
    "你好。",
    "“Never” is a long time…",
)
DIRECTIONS = ("beat", "softly", "to Mara", "sin mirarla")


def script(pages: int) -> Screenplay:
    """A screenplay of about ``pages`` pages, always the same one."""
    random = Random(pages)  # noqa: S311 -- no secret
    elements: list[Element] = []
    lines = scene = 0
    while lines < pages * LINES_A_PAGE:
        scene += 1
        elements.append(_heading(random, scene))
        lines += 3
        for _ in range(random.randrange(4, 14)):
            element, height = _element(random)
            elements.append(element)
            lines += height
    return Screenplay(
        title_page=(TitleField(key="Title", lines=("The Long Night",)),), elements=tuple(elements)
    )


def _heading(random: Random, scene: int) -> Heading:
    side, time = random.choice(("INT.", "EXT.", "INT./EXT.")), random.choice(("DAY", "NIGHT"))
    return Heading(text=f"{side} {random.choice(PLACES)} - {time}", number=str(scene))


def _element(random: Random) -> tuple[Element, int]:
    """An element and about how many lines it takes, the empty one before it too."""
    kind = random.random()
    if kind < 0.36:
        texts = random.choices(ACTIONS, k=random.randrange(1, 3))
        return Action(text=" ".join(texts)), 2 * len(texts) + 1
    if kind > 0.98:
        return Centered(text="LATER"), 2
    if kind > 0.96:
        return Transition(text=random.choice(("CUT TO:", "SMASH CUT TO:", "FADE OUT."))), 2
    if kind > 0.94:
        return Note(text="Open: who wrote the letter?"), 0
    parts: list[Speech | Parenthetical] = [Speech(text=random.choice(SPEECHES))]
    if random.random() < 0.2:
        parts.insert(0, Parenthetical(text=random.choice(DIRECTIONS)))
    extension = "V.O." if random.random() < 0.1 else None
    return Dialogue(cue=random.choice(NAMES), extension=extension, parts=tuple(parts)), 4
