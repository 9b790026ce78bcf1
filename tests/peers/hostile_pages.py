# ruff: noqa: RUF001 - look-alike characters are what is tried
"""Pages with words in them that some parser takes for something else, in every place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.fountain import printable
from scriptgen.screenplay import (
    Action,
    Centered,
    Dialogue,
    Element,
    Heading,
    Note,
    Parenthetical,
    Screenplay,
    Section,
    Speech,
    Synopsis,
    TitleField,
    Transition,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_MARKS = (
    "@home|#1 fan|!Wow|~40|> arrow|< arrow|= equals|== two|===|...|..two|. . . so|.45"
    "|- dash|* star|*|**|_|\\\\|\\\\*x|a\\\\|a_b|a_b_c|_a|a*|5*3*2|http://x.com/a_b?d=*"
    "|C:\\new\\dir\\|[[note]]|[[|]]|[|]|/* c */|/*|*/|*yes*/*no*|//|a/*b|---|***|___"
    "|`code`|```|## H|1. one|• bullet|<b>x</b>|&amp;|<|>|<>|$5|50%|^|a ^|MARY ^|#|#1#|{x}"
    "|\\n|!!|!!x|~~|..x|=x|~ x|@@|##|@|*a*|**a**b|_*a*_|a *b* c|*a* *b*|*a **b** c*|* a *"
    "|2 * 3 * 4|snake_case_name|__init__|*CUT TO:*|“*Hi*”"
)
_LINES = (
    "INT.|INT. HOUSE|INT HOUSE - DAY|Interior|EXT. X|EST. 1984|I/E car|INT/EXT. CAR"
    "|EXT./INT. CAR|CUT TO:|cut to:|go TO: me|Mail it TO:|FADE IN:|FADE OUT."
    "|fade to black.|CUT TO BLACK.|THE END|> X <|(beat)|(beat) yes|()|(|)|(a) (b)|((a))|(a"
    "|a)|MIA (30) enters.|MIA (30)|MIA|MIA:|Mia: hi|1984|I|x|?|¿Qué?|a--b|“Hi”|'Tis"
    '|"Quoted"|Title: X|Note:|a: b|A: B|TO:|TO|to:|PHOTO:|AUTO:|MARY TO:|V.O.|(V.O.)'
    "|X (V.O.)|MR. X|O'HARA|X & Y|X, Y|X #2|7 OF 9|mcAvoy|X.|X!"
)
_SCRIPTS = (
    "ÉLODIE|李伟|你好。|（轻声）|＠我|！啊|＃1|～la|＞a|＝b|．45"
    "|👩\u200d👩\u200d👧 family|👍|e\u0301|שלום עולם|مرحبا بالعالم|می\u200cخواهم|\u202eabc"
    "|a\u200bb|\ufeffx|a\u00a0b|a\u3000b|a\tb|a\u2028b|a\u0085b|a\x0bb|a\rb|a\r\nb|a\x00b"
    "|a\x1b[31mb|a\u00adb|ﬁ|ß|İstanbul|ŉ|Ⅳ|½|１２３|ＡＢＣ|한국어|ไทย|नमस्ते|Ελληνικά"
    "|Привет|\u2800x|\u3164x|\ue700x\ue701|\uffff|\U0001f600"
)
_BROKEN = (
    *("ab\ncd", "AB\nCD", "AB\ncd", "ab\n\ncd", "ab\n  \ncd", " lead", "    lead", "trail  "),
    *("a\n(b)", "a\n@b", "a\n#b", "a\n> b <", "a\n===", "a\nINT. X", "a\nB:", "A\n(b)\nc"),
    *("*a\nb*", "W" * 300, "word " * 500),
)
WORDS = (*_MARKS.split("|"), *_LINES.split("|"), *_SCRIPTS.split("|"), *_BROKEN)

_HEADING = Heading(text="INT. A - DAY")
_BEFORE = Dialogue(cue="ANNA", parts=(Speech(text="Before this."),))
_GOES = Action(text="He goes on now.")


def _said(cue: str, *parts: Speech | Parenthetical, extension: str | None = None) -> Dialogue:
    return Dialogue(cue=cue, parts=parts, extension=extension)


_YES = Speech(text="Yes so.")
PLACES: dict[str, Callable[[str], tuple[Element, ...]]] = {
    "action": lambda words: (_GOES, Action(text=words)),
    "second line of action": lambda words: (Action(text=f"Yes.\n{words}"),),
    "first line of action": lambda words: (Action(text=f"{words}\nYes so."),),
    "action after a speech": lambda words: (_BEFORE, Action(text=words)),
    "speech": lambda words: (_said("MARY", Speech(text=words)),),
    "second line of speech": lambda words: (_said("MARY", Speech(text=f"Yes.\n{words}")),),
    "first line of speech": lambda words: (_said("MARY", Speech(text=f"{words}\nYes so.")),),
    "speech after a direction": lambda words: (
        _said("MARY", Parenthetical(text="softly"), Speech(text=words)),
    ),
    "direction": lambda words: (_said("MARY", Parenthetical(text=words), _YES),),
    "last direction": lambda words: (_said("MARY", _YES, Parenthetical(text=words)), _GOES),
    "cue": lambda words: (_said(words, _YES),),
    "cue over a shout": lambda words: (_said(words, Speech(text="YES"), extension="V.O."),),
    "extension": lambda words: (_said("MARY", _YES, extension=words),),
    "dual": lambda words: (
        _BEFORE,
        Dialogue(cue=words, parts=(Speech(text=words),), dual=True),
    ),
    "heading": lambda words: (Heading(text=words),),
    "place": lambda words: (Heading(text=f"INT. {words}", number="12A"),),
    "number": lambda words: (Heading(text="INT. B - DAY", number=words),),
    "transition": lambda words: (_GOES, Transition(text=words)),
    "centered": lambda words: (Centered(text=words),),
    "section": lambda words: (Section(text=words),),
    "synopsis": lambda words: (Section(text="Act"), Synopsis(text=words)),
    "note": lambda words: (_GOES, Note(text=words)),
}


def page(place: str, words: str) -> Screenplay:
    """A script with ``words`` in one place of it."""
    end = (Action(text="She looks up."), Heading(text="EXT. Z - NIGHT"), _GOES)
    return Screenplay(
        title_page=(TitleField(key="Title", lines=("T",)),),
        elements=(_HEADING, *PLACES[place](words), *end),
    )


def is_hopeless(reader: str, place: str, words: str) -> bool:
    """Whether ``docs/fountain.md`` lists this as what no form avoids."""
    elements = printable(page(place, words)).elements
    if reader == "fountain-py":
        cues = [each.cue for each in elements if isinstance(each, Dialogue)]
        return any(not any(map(str.isalpha, cue)) for cue in cues)
    if reader == "aw-parser":
        texts = [each.text for each in elements if isinstance(each, Action)]
        return any(line.startswith("~") for text in texts for line in text.split("\n"))
    return False
