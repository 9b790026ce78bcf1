"""The record of replies: which there are, what they answer, and whether that is still asked.

A reply is kept under its essay, the way it was asked for, and the hash of the very request. It is
the first one that came, and is never replaced; a request that has changed since makes it stale.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from scriptgen.catalog import find_templates, packaged_templates_dir
from scriptgen.drafting import DraftOptions, Means
from scriptgen.drafting.page_calls import first_prompt
from scriptgen.drafting.path import parse_with_pack
from scriptgen.errors import TemplateError
from scriptgen.prompt import Message, Prompt
from scriptgen.prompting import call_key, load
from scriptgen.reader import read_essay
from scriptgen.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.drafting.path import Parsed

ROOT = Path(__file__).parent.parent.parent
RECORDED = ROOT / "tests" / "recorded"
SEEDS = ROOT / "seeds"
LIST = "replies.json"
SUFFIXES = (".txt", ".md")

BARE_REQUEST = "request"
"""The way of a request without a template, as somebody writes it who has no scriptgen."""

REQUEST = "Here is an essay. Write a short-film screenplay draft based on it, in Fountain format."

WRITER = "a strong language model, first reply, kept as it came"


class Record(Value):
    """One reply.

    ``reply``: its file; ``essay``: the essay's file name, ``essay_id``: its id; ``way``: how it was
    asked for, the name of a template or `BARE_REQUEST`; ``template_hash``: of the template, or the
    first signs of it; ``prompt_hash``: as `prompt_hash` gives it; ``reply_sha256``: of the file;
    ``writer``: who answered. ``None``: was not kept.
    """

    reply: str
    essay: str
    essay_id: str
    way: str
    template: str
    template_hash: str
    prompt_hash: str | None = None
    reply_sha256: str
    writer: str

    @property
    def key(self) -> tuple[str, str, str | None]:
        """What there is one reply to."""
        return self.essay_id, self.way, self.prompt_hash


def records(folder: Path = RECORDED) -> list[Record]:
    """All records, in the order they were made."""
    listed = json.loads((folder / LIST).read_text(encoding="utf-8"))
    return [Record.model_validate(each) for each in listed]


def write_records(kept: Iterable[Record], folder: Path = RECORDED) -> None:
    """Write the list anew."""
    listed = [each.model_dump(exclude_none=True) for each in kept]
    text = json.dumps(listed, indent=1, ensure_ascii=False) + "\n"
    (folder / LIST).write_text(text, encoding="utf-8")


def text_of(record: Record, folder: Path = RECORDED) -> str:
    """The reply, word for word; raises ``ValueError`` where it is not the one that was kept."""
    raw = (folder / record.reply).read_bytes()
    if sha256(raw) != record.reply_sha256:
        raise ValueError(f"{record.reply} is not what was recorded")
    return raw.decode("utf-8")


def essays_in(folders: Iterable[Path]) -> dict[str, Path]:
    """The essays in folders by their id."""
    files = [
        path
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.suffix in SUFFIXES and path.name != "README.md"
    ]
    return {read_essay(path).id: path for path in files}


def request_to(way: str, parsed: Parsed, raw: str) -> Prompt:
    """The prompt that asks for a draft in this way, as it is made today.

    ``raw``: the essay's file as it stands, which a bare request holds. Raises `TemplateError`.
    """
    if way == BARE_REQUEST:
        return Prompt(
            messages=(Message(role="user", content=f"{REQUEST}\n\n{raw}"),),
            template=BARE_REQUEST,
            template_hash=sha256(REQUEST.encode()),
        )
    return first_prompt(parsed.essay, parsed.brief, _means(way))


def prompt_hash(prompt: Prompt) -> str:
    """SHA-256 (hex) of the request without its fence mark, whoever is asked."""
    return call_key(prompt, model="", origin="")


def template_changed(record: Record) -> bool:
    """Whether the template is another than the one that was answered, or is gone."""
    if record.way == BARE_REQUEST:
        now = sha256(REQUEST.encode())
    else:
        try:
            now = load(_means(record.template).template_set, record.template).hash
        except TemplateError:
            return True
    return not now.startswith(record.template_hash)


def staleness(record: Record, essay: Path | None = None) -> str | None:
    """Why the request is another today, ``None`` where it is the same.

    ``essay``: its file; without it only the template is compared. A template that was written
    otherwise and asks the same is no change.
    """
    if essay is None or record.prompt_hash is None or record.way == "brief":
        return "the template has changed" if template_changed(record) else None
    try:
        parsed = parse_with_pack(read_essay(essay))
        now = request_to(record.way, parsed, essay.read_text(encoding="utf-8"))
    except TemplateError:
        return "the template has changed"
    if prompt_hash(now) == record.prompt_hash:
        return None
    changed = template_changed(record)
    return "the template has changed" if changed else "what is told of the essay has changed"


def sha256(raw: bytes) -> str:
    """SHA-256 (hex) of bytes."""
    return hashlib.sha256(raw).hexdigest()


def _means(template: str) -> Means:
    return Means(
        DraftOptions(template=template), templates=find_templates(packaged_templates_dir())
    )
