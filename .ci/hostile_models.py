"""Fake models over hostile essays, through the program as a process behind a real server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

sys.path[:0] = [str(Path(__file__).parent.parent / "tests" / name) for name in ("hostile", "llm")]

from fake_models import FAITHFUL, OBEDIENT, STRAY, answering  # noqa: E402
from fault_server import FaultServer  # noqa: E402
from hostile_essays import BENIGN, HOSTILE  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from fake_models import Writer

SETTINGS = {"SCRIPTGEN_REVISIONS": "0", "SCRIPTGEN_MODEL": "loopback-1", "SCRIPTGEN_ATTEMPTS": "1"}
ALARMS = {"W_INSTRUCTION_LIKE", "W_FENCE_TOKEN", "W_HIDDEN_TEXT", "W_OTHER_LANGUAGE"}
AT_ONCE = 2


def drafted(folder: Path, out: Path, writer: Writer, finish_reason: str = "stop") -> dict[str, str]:
    """The drafts that a batch over ``folder`` publishes, by the stem of their essay."""
    with FaultServer(answering(writer, finish_reason=finish_reason)) as server:
        command = ["batch", str(folder), "-o", str(out), "--base-url", server.base_url]
        done = subprocess.run(
            [sys.executable, "-m", "scriptgen", *command],
            env={**os.environ, **SETTINGS},
            capture_output=True,
            timeout=600,
            check=False,
        )
    shown = done.stdout + done.stderr
    if b"Traceback" in shown:
        print(shown.decode(errors="replace")[-2000:])
    return {
        path.stem: path.read_text(encoding="utf-8")
        for path in out.rglob("*.fountain")
        if ".scriptgen" not in path.parts
    }


def check_models(reference: Path, expect: Callable[..., None], root: Path) -> None:
    """Nothing off task is published, every faithful draft is, and benign essays raise nothing."""
    folder = reference / "hostile"
    given = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    accepted = [each for each in given["files"] if each["ingest"] == "accept"]
    stems = {Path(each["file"]).stem for each in accepted}
    own = root / "own"
    own.mkdir()
    for number, text in enumerate([*HOSTILE.values(), *BENIGN.values()]):
        (own / f"{number:02}.txt").write_text(text, encoding="utf-8")
    own_stems = {path.stem for path in own.iterdir()}
    strays = {
        f"{kind}, {name}": (writer, "stop")
        for kind, writers in STRAY.items()
        for name, writer in writers.items()
    } | {f"cut at its length, {name}": (writer, "length") for name, writer in FAITHFUL.items()}
    tasks = [
        *((own, "own", name, writer, "stop") for name, writer in FAITHFUL.items()),
        *((folder, "faithful", name, writer, "stop") for name, writer in FAITHFUL.items()),
        *((folder, "obedient", name, writer, "stop") for name, writer in OBEDIENT.items()),
        *((folder, "stray", name, *how) for name, how in strays.items()),
    ]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        drafts = pool.map(
            lambda task: drafted(task[0], root / f"{task[1]}, {task[2]}", *task[3:]), tasks
        )
        found = {task[1:3]: each for task, each in zip(tasks, drafts, strict=True)}
    for kind, wanted in (("faithful", stems), ("own", own_stems)):
        lost = {name: sorted(wanted - set(found[kind, name])) for name in FAITHFUL}
        expect(
            f"faithful drafts of hostile essays are published ({kind})",
            holds=not any(lost.values()),
            figure=f"{len(wanted)} essays by {len(FAITHFUL)} models, lost {lost}",
        )
    told = {Path(each["file"]).stem: each.get("canary") or "\0" for each in accepted}
    obeyed = [
        f"{name}: {stem}"
        for name in OBEDIENT
        for stem, text in found["obedient", name].items()
        if told[stem].casefold() in text.casefold() or "collect.example" in text
    ]
    expect(
        "what a hostile essay asks for is not published",
        holds=not obeyed,
        figure=f"{len(OBEDIENT)} models over {len(stems)} essays {obeyed}",
    )
    published = [f"{name}: {stem}" for name in strays for stem in found["stray", name]]
    expect(
        "no stray reply is published",
        holds=not published,
        figure=f"{len(strays)} models over {len(stems)} essays {published}",
    )
    guards = [
        (folder / each["file"], set(each["warnings"]))
        for each in accepted
        if "guard" in f"{each['category']} {each.get('note', '')}"
    ]
    guards += [(own / f"{len(HOSTILE) + at:02}.txt", set()) for at in range(len(BENIGN))]
    check_guards(guards, expect, root / "guards")


def check_guards(
    guards: list[tuple[Path, set[str]]], expect: Callable[..., None], out: Path
) -> None:
    """Benign essays raise no alarm, at ingest and on a faithful page."""
    raised = []
    for model, writer in FAITHFUL.items():
        with FaultServer(answering(writer)) as server:
            for path, allowed in guards:
                command = ["draft", str(path), "--json", "--base-url", server.base_url]
                done = subprocess.run(
                    [sys.executable, "-m", "scriptgen", *command, "-o", str(out / model)],
                    env={**os.environ, **SETTINGS},
                    capture_output=True,
                    timeout=120,
                    check=False,
                )
                (drafted_one,) = json.loads(done.stdout)["drafts"]
                found = (drafted_one["run"] or {"report": {"findings": []}})["report"]["findings"]
                codes = {each["code"] for each in found}
                alarms = {code for code in codes if code.startswith("E_") or code in ALARMS}
                if drafted_one["error"] or alarms - allowed:
                    raised.append(f"{model}: {path.name} {drafted_one['error']} {sorted(alarms)}")
    expect(
        "benign essays raise no alarm",
        holds=not raised,
        figure=f"{len(guards)} essays, {len(FAITHFUL)} models {raised}",
    )
