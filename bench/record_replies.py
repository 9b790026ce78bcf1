"""Take replies to rendered prompts into the record, the first of each and never another.

usage: python bench/record_replies.py [--essays DIR]... FOLDER...

Each FOLDER is named ESSAY.WAY, the essay's file without its suffix and the way it was asked for (a
template, or ``request``), and holds ``reply.txt``, ``message.txt`` (what was answered) and, but for
a bare request, ``prompt.json`` (as ``scriptgen prompt --json`` prints it). Essays are looked for in
``seeds/`` and in the folders of ``--essays``; none is copied. A folder without a reply is passed
over. What does not fit its essay, and what would take the place of a reply, is refused: exit 1.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from quality.records import (
    BARE_REQUEST,
    RECORDED,
    SEEDS,
    SUFFIXES,
    WRITER,
    Record,
    prompt_hash,
    records,
    request_to,
    sha256,
    write_records,
)

from scriptgen.drafting.path import Parsed, parse_with_pack
from scriptgen.errors import TemplateError
from scriptgen.prompt import Prompt
from scriptgen.prompting import extract_fenced
from scriptgen.reader import read_essay

ROLES = {"system": "[SYSTEM MESSAGE]", "user": "[USER MESSAGE]"}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--essays", action="append", default=[], type=Path)
    parser.add_argument("folders", nargs="+", type=Path)
    given = parser.parse_args()
    refused = 0
    for folder in given.folders:
        try:
            print(f"{folder.name}: {keep(folder, [SEEDS, *given.essays])}")
        except (ValueError, OSError, TemplateError) as error:
            refused += 1
            print(f"{folder.name}: refused: {error}")
    return 1 if refused else 0


def keep(folder: Path, essays: list[Path], record: Path = RECORDED) -> str:
    """Take one folder into the record and say what was done.

    Raises ``ValueError`` for what does not fit its essay or would replace a reply.
    """
    stem, _, way = folder.name.partition(".")
    if not (folder / "reply.txt").exists():
        return "no reply yet"
    named = (at / f"{stem}{suffix}" for at in essays for suffix in SUFFIXES)
    path = next((each for each in named if each.exists()), None)
    if path is None:
        raise ValueError("its essay is in none of the folders")
    parsed = parse_with_pack(read_essay(path))
    prompt = _answered(folder, way, parsed, path)
    raw = (folder / "reply.txt").read_bytes()
    if not raw.strip():
        raise ValueError("the reply is empty")
    hash_ = prompt_hash(prompt)
    made = Record(
        reply=f"{stem}.{way}.{hash_[:8]}.reply.txt",
        essay=path.name,
        essay_id=parsed.essay.id,
        way=way,
        template=prompt.template,
        template_hash=prompt.template_hash,
        prompt_hash=hash_,
        reply_sha256=sha256(raw),
        writer=WRITER,
    )
    known = records(record)
    there = next((each for each in known if each.key == made.key), None)
    if there is not None:
        if there.reply_sha256 == made.reply_sha256:
            return "is there"
        raise ValueError(f"{there.reply} answers the same request, and the first reply stays")
    with (record / made.reply).open("xb") as file:
        file.write(raw)
    write_records([*known, made], record)
    return "kept"


def _answered(folder: Path, way: str, parsed: Parsed, essay: Path) -> Prompt:
    """The prompt that was answered, as the folder has it."""
    message = (folder / "message.txt").read_text(encoding="utf-8")
    if way == BARE_REQUEST:
        prompt = request_to(way, parsed, essay.read_text(encoding="utf-8"))
    else:
        told = json.loads((folder / "prompt.json").read_text(encoding="utf-8"))
        prompt = Prompt.model_validate({k: v for k, v in told.items() if k in Prompt.model_fields})
        if prompt.template != way or prompt.fence is None:
            raise ValueError(f"the prompt is of the template {prompt.template}")
        if extract_fenced(prompt.messages[-1].content, prompt.fence) != parsed.essay.text:
            raise ValueError("the prompt holds another essay")
    shown = "\n\n".join(f"{ROLES[each.role]}\n{each.content}" for each in prompt.messages)
    if shown.strip() != message.strip():
        raise ValueError("message.txt is not the prompt")
    return prompt


if __name__ == "__main__":
    sys.exit(main())
