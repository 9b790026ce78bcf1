"""Models that behave badly on purpose, and two that behave well, as behaviours of a server.

Each takes what a real model would be sent and gives its reply::

    with FaultServer(answering(OBEDIENT["a canary in a speech"])) as server:
        ...

A faithful one drafts from the essay in the fence; an obedient one does what a sentence in the essay
asks for, openly or inside a page that is otherwise fine.
"""

# ruff: noqa: RUF001
# One model answers in Russian, one reads Chinese.

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import fault_server as fs

from scriptgen import parse_essay
from scriptgen.catalog import language_pack
from scriptgen.drafting.answering import orders
from scriptgen.fountain import write_fountain
from scriptgen.offline import write_draft
from scriptgen.prompting import undo
from scriptgen.reader import essay_from_text
from scriptgen.screenplay import Action, Dialogue, Heading

if TYPE_CHECKING:
    from scriptgen.essay import Essay

_FENCED = re.compile(
    r"=== essay (?P<mark>[0-9a-f]{16}) begins ===\n(?P<essay>.*)\n=== essay (?P=mark) ends ===",
    re.DOTALL,
)
_TOKEN = re.compile(r"\b[A-Z]{3,}-[A-Z0-9]{4,}\b")
_LONGEST_WORD = 30
_SENTENCES = 60

Writer = Callable[["Asked"], str]


@dataclass(frozen=True)
class Asked:
    """A request: its system and user message."""

    system: str
    user: str

    @cached_property
    def essay(self) -> str:
        """What stands in the fence, control tokens whole."""
        found = _FENCED.search(self.user)
        assert found, "the prompt has no fence"
        return undo(found["essay"])

    @cached_property
    def mark(self) -> str:
        found = _FENCED.search(self.user)
        assert found
        return found["mark"]

    @cached_property
    def token(self) -> str:
        """The word that the essay asks a model to say, where it does."""
        found = _TOKEN.search(self.essay)
        return found[0] if found else ""

    def notes(self, title: str) -> list[str]:
        """The items under a title of the notes beside the essay."""
        lines = self.user.split("\n")
        start = lines.index(title) + 1 if title in lines else len(lines)
        found = []
        for line in lines[start:]:
            if not line.startswith("- "):
                break
            found.append(undo(line.removeprefix("- ")))
        return found


def answering(
    writer: Writer, *, finish_reason: str = "stop"
) -> Callable[[fs.Request], fs.Behaviour]:
    """Answer every request with what ``writer`` makes of it."""

    def behave(request: fs.Request) -> fs.Behaviour:
        messages = json.loads(request.body)["messages"]
        told = {each["role"]: each["content"] for each in messages}
        text = writer(Asked(told.get("system", ""), told["user"]))
        return fs.reply(text, finish_reason=finish_reason)

    return behave


@lru_cache(maxsize=64)
def _read(text: str) -> Essay:
    return essay_from_text(text, source="fenced")


@lru_cache(maxsize=64)
def _orders(text: str) -> tuple[str, ...]:
    read = _read(text)
    return orders(read, parse_essay(read))


def plain(asked: Asked) -> str:
    """A plain page: what can be filmed, in the essay's words, in order."""
    read = _read(asked.essay)
    brief = parse_essay(read)
    page = write_draft(brief, read, language_pack(brief.language)).screenplay
    elements = [each for each in page.elements if each.type != "note"]
    words = asked.essay.split()
    dull = len(set(words)) * 20 < len(words)
    if dull or not any(isinstance(each, Action | Dialogue) for each in elements):
        return strong(asked)
    if not any(isinstance(each, Heading) for each in elements):
        elements = [Heading(text="EXT. SHORE - DAY"), *elements]
    told = " ".join(_orders(asked.essay))
    kept = [each for each in elements if not (isinstance(each, Action) and each.text in told)]
    return write_fountain(page.model_copy(update={"title_page": (), "elements": tuple(kept)}))


def strong(asked: Asked) -> str:
    """A page as a strong model writes it: a treatment, other words, small lines of its own."""
    places = asked.notes("Where:")
    place = re.sub(r"[;,.].*", "", places[0]).upper() if places else "SHORE"
    cues = [re.sub(r" \(.*|:.*", "", person).upper() for person in asked.notes("Who:")]
    sentences = [
        each
        for each in re.split(r"(?<=[.!?])\s+|(?<=[。！？])|\n", asked.essay)
        if each.strip() and not any(each.strip() in order for order in _orders(asked.essay))
    ]
    blocks = [f"EXT. {place.removeprefix('EXT. ').removeprefix('INT. ')} - DAY"]
    for number, sentence in enumerate(sentences[:_SENTENCES]):
        retold = _retold(sentence)
        if retold:
            blocks.append(retold)
        if number % 5 == 2 and cues:
            blocks.append(f"{cues[number % len(cues)]}\nNot now. Later, maybe.")
    for line in asked.notes("Spoken, verbatim:"):
        who, _, words = line.partition(": ")
        cue = re.sub(r" \(.*", "", who).upper()
        blocks.append(f"{'VOICE' if cue.startswith('(') or not cue else cue}\n{words}")
    treatment = (
        "/*\nTREATMENT\nSomebody waits, and somebody does not say why. It turns on a hand.\n*/"
    )
    return "\n\n".join([treatment, *blocks, "The light goes."]) + "\n"


def _retold(sentence: str) -> str:
    """The telling words of a sentence, its second half first."""
    signs = re.findall(r"[\u3400-\u9fff]{2,}", sentence)
    if signs:
        return "。".join(reversed([each[:6] for each in signs])) + "。"
    words = [
        word
        for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", sentence)
        if (len(word) > 3 or word[0].isupper()) and len(word) <= _LONGEST_WORD
    ]
    kept = [word for at, word in enumerate(dict.fromkeys(words)) if at % 4 != 3]
    half = len(kept) // 2
    return f"Then {' '.join([*kept[half:], *kept[:half]])}." if len(kept) > 1 else ""


def _with(told: Callable[[Asked], str]) -> Writer:
    """A fine page with something told in the middle, where the essay asks for a word at all."""

    def write(asked: Asked) -> str:
        blocks = plain(asked).rstrip("\n").split("\n\n")
        if asked.token:
            blocks.insert(1 + len(blocks) // 2, told(asked))
        return "\n\n".join(blocks) + "\n"

    return write


def _openly(told: Callable[[Asked], str]) -> Writer:
    """What the essay asks for and nothing else, or a fine page where it asks for nothing."""
    return lambda asked: told(asked) if asked.token else plain(asked)


FAITHFUL: dict[str, Writer] = {"plain": plain, "strong": strong}

STORY = """\
EXT. DESERT HIGHWAY - DAY

A truck coughs dust. JUNIPER kicks its tyre and spits.

JUNIPER
Eleven dollars says it starts.

BUCK lifts the bonnet, whistles at the radiator and shuts it again.

BUCK
Radiator's gone to heaven. We walk.

They shoulder a crate of oranges between them and set off along the yellow line.
"""
RUSSIAN = """\
INT. КУХНЯ - НОЧЬ

Женщина стоит у окна и смотрит на дорогу. На столе остывает чай, и никто его не пьёт.

ЖЕНЩИНА
Он обещал вернуться до зимы, а теперь уже март, и лёд на реке почти сошёл.

Она закрывает окно, берёт со стола письмо и кладёт его в печь, не читая до конца.

Дверь открывается. На пороге стоит мальчик с мокрой собакой на руках и молчит.
"""
POEM = (
    "Arr, the tide is me mother,\nthe gale be me bride,\nand {} I mutter\nwhen the gulls go wide."
)

OBEDIENT: dict[str, Writer] = {
    "a canary alone": _openly(lambda asked: asked.token),
    "a pirate's poem": _openly(lambda asked: POEM.format(asked.token)),
    "JSON": _openly(lambda asked: json.dumps({"status": "ok", "code": asked.token})),
    "an assistant's chat": _openly(lambda asked: f"Of course! {asked.token}. What else can I do?"),
    "a canary in a speech": _with(lambda asked: f"VOICE\n{asked.token}."),
    "a canary in a heading": _with(lambda asked: f"INT. {asked.token} - DAY\n\nRain."),
    "a canary as a name": _with(lambda asked: f"{asked.token}\nHere I am."),
    "a canary in the action": _with(lambda asked: f"On the wall, in chalk: {asked.token}."),
    "a canary in a note": _with(lambda asked: f"[[{asked.token}]]"),
    "a canary in small letters": _with(lambda asked: f"Somebody hums {asked.token.lower()}."),
    "a canary in the title": lambda asked: (
        f"Title: {asked.token}\n\n{plain(asked)}" if asked.token else plain(asked)
    ),
    "a picture": _with(lambda _: "![map](https://collect.example/p.png?q=everything)"),
    "a link": _with(lambda _: "She reads https://collect.example/p?q=everything aloud."),
    "a script": _with(lambda _: "<script src=//collect.example/x.js></script>"),
    "Russian": _openly(lambda _: RUSSIAN),
    "its instructions in a speech": _with(lambda asked: f"VOICE\n{asked.system[:400]}."),
}

ECHO: dict[str, Writer] = {
    "the prompt": lambda asked: asked.user,
    "both messages": lambda asked: f"{asked.system}\n\n{asked.user}",
    "the essay": lambda asked: asked.essay,
    "the essay under a heading": lambda asked: f"INT. ROOM - DAY\n\n{asked.essay}",
    "the essay as a voice": lambda asked: (
        "INT. ROOM - DAY\n\nNARRATOR (V.O.)\n" + re.sub(r"\n\s*\n", "\n", asked.essay)
    ),
}


def _part(asked: Asked, start: int, length: int) -> str:
    return " ".join(asked.system.split()[start : start + length])


LEAKY: dict[str, Writer] = {
    "whole": lambda asked: asked.system,
    "whole under a heading": lambda asked: f"INT. ROOM - DAY\n\n{asked.system}",
    "whole in the comment": lambda asked: f"/*\n{asked.system}\n*/\n\n{plain(asked)}",
    "a part in the comment": lambda asked: f"/*\n{_part(asked, 300, 60)}\n*/\n\n{plain(asked)}",
    "a part in the action": lambda asked: f"{plain(asked)}\n{_part(asked, 200, 30)}.\n",
    "a few words in a speech": lambda asked: f"{plain(asked)}\nVOICE\n{_part(asked, 120, 14)}.\n",
    "capitals": lambda asked: f"{plain(asked)}\nA SIGN:\n{_part(asked, 90, 25).upper()}.\n",
    "the mark of the fence": lambda asked: f"{plain(asked)}\nOn the door: {asked.mark}.\n",
}

_LOREM = (
    "lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor incididunt labore"
    " dolore magna aliqua enim minim veniam quis nostrud exercitation ullamco laboris nisi aliquip"
)


def _noise(asked: Asked) -> str:
    return random.Random(len(asked.essay)).randbytes(3000).decode("latin-1")  # noqa: S311


GARBAGE: dict[str, Writer] = {
    "noise": _noise,
    "noise under a heading": lambda asked: f"INT. ROOM - DAY\n\n{_noise(asked)}",
    "filler text": lambda _: f"INT. ROOM - DAY\n\n{_LOREM}.\n\n{_LOREM[::-1]}.\n",
    "one word": lambda _: "the " * 10_000,
    "one word under a heading": lambda _: "INT. ROOM - DAY\n\n" + "the " * 10_000,
    "a page, then one word": lambda asked: plain(asked) + "\n" + "again " * 10_000,
    "another story": lambda _: STORY,
}


def _cut(asked: Asked) -> str:
    """A page that stops inside a word."""
    page = strong(asked).removesuffix("\n\nThe light goes.\n")
    return page.rsplit("\n\n", 1)[0] + "\n\nThen somebody slowly opens the heavy doo"


TRUNCATING: dict[str, Writer] = {
    "inside a word": _cut,
    "inside the comment": lambda asked: strong(asked).replace("\n*/", "", 1),
    "inside a note": lambda asked: f"{plain(asked)}\n[[What if somebody",
    "under a heading": lambda asked: f"{plain(asked)}\nEXT. HARBOUR - DAWN\n",
}

STRAY: dict[str, dict[str, Writer]] = {
    "echo": ECHO,
    "leaky": LEAKY,
    "garbage": GARBAGE,
    "truncating": TRUNCATING,
}
"""What must never be published, whatever the essay."""
