"""Screenplays to try the page with: hostile ones, and ones as they are written."""

from __future__ import annotations

from hypothesis import strategies as st

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

MARKS = (
    *("!", "@", ".", "..", "...", ". . .", ">", "<", "~", "#", "#4#", "=", "===", "^", "---", "- "),
    *(
        "*",
        "**",
        "***",
        "_",
        "_*",
        "**_",
        "\\",
        "\\*",
        "\\_",
        "\\\\",
        "*a*",
        "**b c**",
        "_d_",
        "*/",
    ),
    *("/*", "/", "[[", "]]", "[", "]", "[[b01 d02]]", "b07", "invented", "(", ")", "(30)", "()"),
    *(
        "（",
        "）",
        "：",
        "！",
        "＠",
        "．",
        "～",
        "＞",
        "＃",
        "＝",
        ":",
        "TO:",
        " TO:",
        "CUT TO:",
        "FADE IN:",
    ),
    *(
        "FADE OUT.",
        "INT.",
        "INT. X",
        "EXT./INT.",
        "Est ",
        "I/E",
        "Title:",
        "Author: x",
        "1984",
        "7",
    ),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        " ",
        "  ",
        "\n  \n",
        "    ",
        "\x00",
        "\x0b",
        "\x1c",
        "\x85",
    ),
    *("\u2028", "\ufeff", "\u200b", "\u200d", "\u200f", "\u202e", "\u00a0", "\u3000", "\ue702"),
)
WORDS = (
    *(
        "Mia",
        "MIA",
        "the",
        "DOOR",
        "enters.",
        "a",
        "I",
        "Él",
        "niño",
        "ÉLODIE",
        "李伟",
        "好。",
        "咖啡馆",
    ),
    *(
        "שלום",
        "مرحبا",
        "می\u200cخواهم",
        "नमस्ते",
        "👩\u200d👩\u200d👧",
        "e\u0301",
        "ß",
        "ŉ",
        "ﬁ",
        "𝔘",
        "“so”",
    ),
    *('"no"', "it's", "x-y", "3:30", "50%", "$5", "V.O.", "CONT'D", "BOOM", "ACT"),
)


def texts() -> st.SearchStrategy[str]:
    """Words and marks in any order, now and then any characters at all."""
    piece = st.one_of(
        st.sampled_from(MARKS),
        st.sampled_from(WORDS),
        st.sampled_from([f"{word} " for word in WORDS]),
    )
    mixed = st.lists(piece, max_size=10).map("".join)
    return st.one_of(mixed, mixed, mixed, st.text(max_size=12))


def _traces() -> dict[str, st.SearchStrategy[object]]:
    identifier = st.from_regex(r"[bd][0-9]{2}", fullmatch=True)
    return {
        "sources": st.one_of(
            st.just(()), st.lists(st.one_of(identifier, texts()), max_size=3).map(tuple)
        ),
        "invented": st.booleans(),
    }


def _parts() -> st.SearchStrategy[tuple[Speech | Parenthetical, ...]]:
    part = st.one_of(
        st.builds(Speech, text=texts()),
        st.builds(Speech, text=texts()),
        st.builds(Parenthetical, text=texts()),
    )
    return st.lists(part, max_size=4).map(tuple)


def _elements() -> st.SearchStrategy[object]:
    dialogue = st.builds(
        Dialogue,
        cue=texts(),
        extension=st.none() | texts(),
        parts=_parts(),
        dual=st.booleans(),
        **_traces(),
    )
    return st.one_of(
        dialogue,
        st.builds(Action, text=texts(), **_traces()),
        st.builds(Action, text=texts(), **_traces()),
        dialogue,
        st.builds(Heading, text=texts(), number=st.none() | texts(), **_traces()),
        st.builds(Note, text=texts(), **_traces()),
        st.builds(Transition, text=texts(), **_traces()),
        st.builds(Centered, text=texts(), **_traces()),
        st.builds(Lyrics, text=texts(), **_traces()),
        st.builds(Section, text=texts(), level=st.integers(-1, 9), **_traces()),
        st.builds(Synopsis, text=texts(), **_traces()),
        st.builds(PageBreak, **_traces()),
    )


def screenplays() -> st.SearchStrategy[Screenplay]:
    """Screenplays whose every text is hostile."""
    key = st.sampled_from(("Title", "Author", "Draft date", "contact", "Revision colour")) | texts()
    field = st.builds(TitleField, key=key, lines=st.lists(texts(), max_size=3).map(tuple))
    return st.builds(
        Screenplay,
        title_page=st.lists(field, max_size=3).map(tuple),
        elements=st.lists(_elements(), max_size=7).map(tuple),
    )


NAMES = (
    *("MARY", "DR. O'NEIL", "JEAN-LUC", "WOMAN AT THE BAR", "GUARD 2", "DEALER #2", "V", "7 OF 9"),
    *("McAVOY", "ÉLODIE", "JOSÉ NÚÑEZ", "NIÑO", "李伟", "王芳", "佐藤さん", "Анна", "نور"),
)
PLACES = (
    *("KITCHEN - NIGHT", "O'HARA'S BAR - DAY", "CAFÉ DE LA PLAZA - DÍA", "咖啡馆 - 日"),
    *("HALLWAY / STAIRS - LATER", "CAR (MOVING) - NIGHT", "ROOM 12 - DAWN", "ST. MARY'S - DAY"),
)
SENTENCES = (
    "She sets the cup down, slowly, and does not look up.",
    "MIA (30) enters.",
    "MIA REYES (30), in a red coat, waits by the door.",
    "A phone BUZZES. Nobody moves.",
    "BOOM.",
    "1984.",
    "It is 3:30 in the morning: the bells ring.",
    "The screen reads: final_cut_v2.mov",
    "He whispers something -- we do not hear it.",
    "“So,” she says, “that’s it?”",
    "*Titanic* plays on a small television.",
    "The note says **RUN**.",
    "She _means_ it.",
    "...and then silence.",
    "The box (unopened) sits between them.",
    "(Nobody laughs.)",
    "A list: milk, eggs, bread.",
    "Él abre la puerta. ¿Quién es? ¡Nadie!",
    "La niña mira la lluvia; su abuela, no.",
    "李伟推开门，雨声涌进来。",
    "她没有回答——只是看着窗外……",
    "“你走吧。”她把钥匙放在桌上。",
    "王芳（三十岁）站在雨里。",
    "50% of the lights go out; $5 lies on the floor.",
    "Int. is short for interior, he explains.",
    "Fade out the radio & turn up the rain <slowly>.",
    "INSERT - THE LETTER",
    "She reads #MeToo on the wall, then @mia_k on the phone.",
    "#MeToo trends on the screen.",
    "'Tis nothing - a draught / a door / a dog.",
)
SPEECHES = (
    "I never said that.",
    "No.",
    "NO!",
    "What time is it? 3:30?",
    "You said \"never\", and then you said 'maybe'.",
    "“Never” is a long time…",
    "...and then he left.",
    "It's -- I don't -- forget it.",
    "I *told* you **twice**.",
    "Listen: there are two of them.",
    "1984",
    "¿Y tú? ¡Nunca!",
    "你好。",
    "我——不知道……",
    "Da, конечно.",
    "My address? INT. ROAD 5, of all names.",
    "We have (maybe) ten minutes.",
    "He's gone. To: nobody.",
)
DIRECTIONS = ("beat", "softly", "to Mary", "re: the letter", "低声", "sin mirarla", "in *French*")
NOTES = (
    "He speaks; the words are not heard.",
    "d03: imagined, not spoken aloud.",
    "台词没有说出口。",
    "Open question: who wrote the letter?",
    "It never cut to: the door (see above).",
)


def drafts() -> st.SearchStrategy[Screenplay]:
    """Screenplays as writers, models and the offline writer make them."""
    prose = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)
    speech = st.lists(st.sampled_from(SPEECHES), min_size=1, max_size=2).map("\n".join)
    spoken = st.builds(Speech, text=speech)
    aside = st.builds(Parenthetical, text=st.sampled_from(DIRECTIONS))
    parts = st.one_of(
        st.tuples(spoken),
        st.tuples(aside, spoken),
        st.tuples(spoken, aside, spoken),
        st.tuples(spoken, aside),
        st.tuples(aside),
    )
    extension = st.sampled_from((None, None, None, "V.O.", "O.S.", "on the phone", "画外音"))
    dialogue = st.builds(
        Dialogue, cue=st.sampled_from(NAMES), extension=extension, parts=parts, dual=st.booleans()
    )
    heading = st.builds(
        Heading,
        text=st.tuples(
            st.sampled_from(("INT. ", "EXT. ", "INT./EXT. ", "I/E. ", "EST. ")),
            st.sampled_from(PLACES),
        ).map("".join)
        | st.just("FLASHBACK - THE SEA"),
        number=st.sampled_from((None, None, "1", "12A")),
    )
    action = st.builds(Action, text=prose.map(" ".join) | prose.map("\n".join))
    transition = st.builds(
        Transition, text=st.sampled_from(("CUT TO:", "FADE OUT.", "SMASH CUT TO:", "切至："))
    )
    scene = st.one_of(
        action,
        action,
        dialogue,
        dialogue,
        dialogue,
        heading,
        transition,
        st.builds(Note, text=st.sampled_from(NOTES)),
        st.builds(Centered, text=st.sampled_from(("THE END", "Три года спустя", "一年后"))),
        st.builds(Section, text=st.just("Act One")),
        st.builds(PageBreak),
    )
    title = st.sampled_from(("The Cup", "《雨夜》", "¿Quién?", "Big Fish: a Life", "_**THE BOX**_"))
    return st.builds(
        lambda title, first, rest: Screenplay(
            title_page=(
                TitleField(key="Title", lines=(title,)),
                TitleField(key="Author", lines=("A. Writer", "李伟")),
                TitleField(key="Draft date", lines=("2026-01-02",)),
            ),
            elements=(first, *rest),
        ),
        title,
        heading,
        st.lists(scene, max_size=14),
    )
