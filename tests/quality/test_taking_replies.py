"""Replies taken into the record: the first of each, of the right essay, and never another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from quality.records import REQUEST, SEEDS, records, staleness, text_of
from record_replies import keep

from scriptgen.catalog import find_templates, packaged_templates_dir
from scriptgen.drafting import DraftOptions, Means
from scriptgen.drafting.page_calls import first_prompt
from scriptgen.drafting.path import parse_with_pack
from scriptgen.reader import read_essay

if TYPE_CHECKING:
    from pathlib import Path

ESSAY = SEEDS / "the_weighbridge.txt"
PAGE = "INT. WEIGHBRIDGE - DAY\n\nA lorry waits.\n"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    folder = tmp_path / "recorded"
    folder.mkdir()
    (folder / "replies.json").write_text("[]", encoding="utf-8")
    return folder


def asked(tmp_path: Path, way: str, reply: str, essay: Path = ESSAY) -> Path:
    """A folder as it is handed over."""
    folder = tmp_path / f"{essay.stem}.{way}"
    folder.mkdir(exist_ok=True)
    if way == "request":
        shown = f"[USER MESSAGE]\n{REQUEST}\n\n{essay.read_text(encoding='utf-8')}"
    else:
        parsed = parse_with_pack(read_essay(essay))
        means = Means(
            DraftOptions(template=way), templates=find_templates(packaged_templates_dir())
        )
        prompt = first_prompt(parsed.essay, parsed.brief, means)
        told = {"schema_version": 1, **prompt.model_dump(mode="json")}
        (folder / "prompt.json").write_text(json.dumps(told), encoding="utf-8")
        roles = {"system": "[SYSTEM MESSAGE]\n", "user": "[USER MESSAGE]\n"}
        shown = "\n\n".join(roles[each.role] + each.content for each in prompt.messages)
    (folder / "message.txt").write_text(shown, encoding="utf-8")
    (folder / "reply.txt").write_text(reply, encoding="utf-8")
    return folder


@pytest.mark.parametrize("way", ["draft", "draft.bare", "request"])
def test_a_reply_is_kept_with_what_it_answers(tmp_path: Path, record: Path, way: str) -> None:
    assert keep(asked(tmp_path, way, PAGE), [SEEDS], record) == "kept"
    (kept,) = records(record)
    assert (kept.essay, kept.way) == (ESSAY.name, way)
    assert text_of(kept, record) == PAGE
    assert staleness(kept, ESSAY) is None


def test_the_same_reply_is_kept_once(tmp_path: Path, record: Path) -> None:
    folder = asked(tmp_path, "draft", PAGE)
    assert [keep(folder, [SEEDS], record) for _ in range(2)] == ["kept", "is there"]
    assert len(records(record)) == 1


def test_no_second_reply_takes_the_place_of_the_first(tmp_path: Path, record: Path) -> None:
    keep(asked(tmp_path, "draft", PAGE), [SEEDS], record)
    with pytest.raises(ValueError, match="the first reply stays"):
        keep(asked(tmp_path, "draft", PAGE + "It goes.\n"), [SEEDS], record)
    assert [text_of(each, record) for each in records(record)] == [PAGE]


def test_a_prompt_of_another_essay_is_refused(tmp_path: Path, record: Path) -> None:
    folder = asked(tmp_path, "draft", PAGE)
    other = folder.rename(tmp_path / "blue_vein.draft")
    with pytest.raises(ValueError, match="another essay"):
        keep(other, [SEEDS], record)


def test_a_message_that_is_not_the_prompt_is_refused(tmp_path: Path, record: Path) -> None:
    folder = asked(tmp_path, "request", PAGE)
    (folder / "message.txt").write_text("Make it funny.", encoding="utf-8")
    with pytest.raises(ValueError, match="not the prompt"):
        keep(folder, [SEEDS], record)


def test_an_essay_that_is_nowhere_is_refused(tmp_path: Path, record: Path) -> None:
    folder = asked(tmp_path, "request", PAGE)
    with pytest.raises(ValueError, match="none of the folders"):
        keep(folder, [tmp_path], record)


def test_a_folder_without_a_reply_is_passed_over(tmp_path: Path, record: Path) -> None:
    folder = asked(tmp_path, "request", PAGE)
    (folder / "reply.txt").unlink()
    assert keep(folder, [SEEDS], record) == "no reply yet"
    assert records(record) == []


def test_a_reply_that_was_changed_is_not_read(tmp_path: Path, record: Path) -> None:
    keep(asked(tmp_path, "request", PAGE), [SEEDS], record)
    (kept,) = records(record)
    (record / kept.reply).write_text("better", encoding="utf-8")
    with pytest.raises(ValueError, match="not what was recorded"):
        text_of(kept, record)


def test_a_request_that_tells_something_else_of_the_essay_today_is_stale(
    tmp_path: Path, record: Path
) -> None:
    keep(asked(tmp_path, "draft", PAGE), [SEEDS], record)
    kept = records(record)[0].model_copy(update={"prompt_hash": "0" * 64})
    assert staleness(kept, ESSAY) == "what is told of the essay has changed"
    assert staleness(kept) is None


def test_a_template_that_asks_the_same_in_another_way_makes_nothing_stale(
    tmp_path: Path, record: Path
) -> None:
    keep(asked(tmp_path, "draft", PAGE), [SEEDS], record)
    kept = records(record)[0].model_copy(update={"template_hash": "0" * 64})
    assert staleness(kept, ESSAY) is None
    assert staleness(kept) == "the template has changed"
