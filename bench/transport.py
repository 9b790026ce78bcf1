"""What asking a model costs beside the bare SDK: processor time, memory, and drafts a second.

    python bench/transport.py [--short]

The server is a process of its own, and only the client's processor time counts. Both clients send
the same requests over aiohttp; the bare one is ``AsyncOpenAI`` as its documentation has it, with
``create()`` and its retries off. Rounds of the clients take turns, and what is printed are medians.
``--short`` makes fewer calls and one small batch.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

import openai
from model_server import Serving
from shapes import seeds

from scriptgen.drafting import draft, open_writer
from scriptgen.ledger import Ledger
from scriptgen.prompt import Message, Parameters, Prompt
from scriptgen.reader import essay_from_text

AT_ONCE = (64, 256)
LATENCY = 0.05
GOAL = 1.15
_WORDS = "It is late, and the rain goes on; nobody on the quay turns to look at “them” or us. "
SYSTEM, ESSAY = _WORDS * 20, _WORDS * 80
MODEL = "loopback-1"

Ask = Callable[[Prompt], Awaitable[None]]
Client = Callable[[str, int, int], Awaitable[float]]


class Rounds(NamedTuple):
    """How much is done: calls in a round, rounds, and the batches (essays, at once, latency)."""

    calls: int
    goes: int
    batches: tuple[tuple[int, int, float], ...]


SHORT = Rounds(200, 5, ((64, 32, 5.0),))
LONG = Rounds(500, 21, ((512, 64, 10.0), (1_024, 256, 20.0)))


def prompt(number: int) -> Prompt:
    """A prompt of the size of a real one, unlike all others."""
    return Prompt(
        messages=(
            Message(role="system", content=SYSTEM),
            Message(role="user", content=f"{number} {ESSAY}"),
        ),
        parameters=Parameters(temperature=0.5, max_tokens=3_000),
        template="draft",
        template_hash="0" * 64,
    )


def processor_seconds() -> float:
    """What this process has used so far."""
    used = getrusage(RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def _ask_all(ask: Ask, calls: int, at_once: int) -> None:
    numbers = iter(range(calls))

    async def work() -> None:
        for number in numbers:
            await ask(prompt(number))

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(work())


async def _measured(ask: Ask, calls: int, at_once: int) -> float:
    """Processor seconds of a call, once as many connections are open as there will be."""
    await _ask_all(ask, at_once, at_once)
    start = processor_seconds()
    await _ask_all(ask, calls, at_once)
    return (processor_seconds() - start) / calls


async def bare(base_url: str, calls: int, at_once: int) -> float:
    """Processor seconds of a call of the SDK alone."""
    async with openai.AsyncOpenAI(
        api_key="none",
        base_url=base_url,
        max_retries=0,
        http_client=openai.DefaultAioHttpClient(),
    ) as client:

        async def ask(asked: Prompt) -> None:
            completion = await client.chat.completions.create(
                model=MODEL,
                messages=[
                    {"role": "system", "content": asked.messages[0].content},
                    {"role": "user", "content": asked.messages[1].content},
                ],
                temperature=asked.parameters.temperature,
                max_tokens=asked.parameters.max_tokens,
            )
            assert completion.choices[0].message.content

        return await _measured(ask, calls, at_once)


async def ours(base_url: str, calls: int, at_once: int, *, kept: bool = False) -> float:
    """Processor seconds of a call of ours; ``kept``: with a ledger as its sink and its budget."""
    with TemporaryDirectory() as folder, Ledger.open(Path(folder, "on", "l.sqlite3")) as ledger:
        budget = ledger.budget(origin=base_url.removesuffix("/v1"), model=MODEL)
        model = open_writer(
            MODEL,
            base_url=base_url,
            environ={},
            ledger=ledger if kept else None,
            budget=budget if kept else None,
        ).model

        async def ask(asked: Prompt) -> None:
            assert (await model.reply(asked)).text

        try:
            return await _measured(ask, calls, at_once)
        finally:
            await model.close()


CLIENTS: dict[str, Client] = {
    "bare SDK": bare,
    "ours": ours,
    "with the ledger": partial(ours, kept=True),
}


def show_cost(calls: int, goes: int) -> None:
    """Processor time of a call of each client, and how many times the SDK's it is."""
    print(f"{'a call, at once':>16}", *(f"{name:>24}" for name in CLIENTS))
    with Serving(latency=LATENCY) as server:
        for at_once in AT_ONCE:
            rounds = [_round(server.base_url, calls, at_once, go) for go in range(goes)]
            cells = []
            for name in CLIENTS:
                cost = median(each[name] for each in rounds)
                ratio = median(each[name] / each["bare SDK"] for each in rounds)
                cells.append(f"{cost * 1e3:8.2f} ms x{ratio:5.2f}")
            print(f"{at_once:16}", *(f"{cell:>24}" for cell in cells))
    print(f"(goal: ours at most x {GOAL})")


def _round(base_url: str, calls: int, at_once: int, go: int) -> dict[str, float]:
    """What a call takes by each client; who begins changes with ``go``."""
    names = [*CLIENTS]
    names = names[go % len(names) :] + names[: go % len(names)]
    return {name: asyncio.run(_taken(CLIENTS[name], base_url, calls, at_once)) for name in names}


async def _taken(client: Client, base_url: str, calls: int, at_once: int) -> float:
    return await client(base_url, calls, at_once)


def show_memory() -> None:
    """What a process of each client holds at most that has 256 calls under way."""
    code = (
        "import asyncio, sys, transport; from resource import *;"
        "client = transport.CLIENTS[sys.argv[1]];"
        "before = getrusage(RUSAGE_SELF).ru_maxrss;"
        "asyncio.run(client(sys.argv[2], 512, 256));"
        "print((getrusage(RUSAGE_SELF).ru_maxrss - before) / 1024)"
    )
    with Serving(latency=1.0) as server:
        for name in CLIENTS:
            done = subprocess.run(
                [sys.executable, "-c", code, name, server.base_url],
                check=True,
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            )
            print(f"memory of 256 calls at once, {name:<16} {float(done.stdout):7.1f} MB")


def show_batch(essays: int, jobs: int, latency: float) -> None:
    """How near a batch comes to the drafts that the model could give in the time."""
    texts = seeds()
    with TemporaryDirectory() as folder:
        pages = Path(folder, "pages.json")
        drafts = [draft(essay_from_text(text, source="seed")).draft for text in texts]
        named = {f"at door {number}.": page for number, page in enumerate(drafts)}
        pages.write_text(json.dumps(named), encoding="utf-8")
        source = Path(folder, "essays")
        source.mkdir()
        for number in range(essays):
            seed = number % len(texts)
            text = f"{texts[seed]}\n\nA bell rings {number} times at door {seed}.\n"
            (source / f"e{number:05}.txt").write_text(text, encoding="utf-8")
        with Serving(latency=latency, pages=pages) as server:
            used, seconds = _batch(source, server.base_url, jobs)
        made = len(list((source.parent / "out").rglob("*.fountain")))
    if made != essays:
        print(f"only {made} of {essays} essays have a draft")
    ideal = -(-essays // jobs) * latency
    print(
        f"batch -j {jobs}, a model of {latency:g} s: {essays / seconds:5.1f} drafts a second, "
        f"{ideal / seconds:4.0%} of the ideal, {used / essays * 1e3:.0f} ms of processor each"
    )


def _batch(source: Path, base_url: str, jobs: int) -> tuple[float, float]:
    """Draft every essay of a folder; gives processor seconds and seconds."""
    before, start = getrusage(RUSAGE_CHILDREN), perf_counter()
    subprocess.run(
        [
            *(sys.executable, "-m", "scriptgen", "batch", source, "-o", source.parent / "out"),
            *("--model", MODEL, "--base-url", base_url, "-j", str(jobs)),
        ],
        check=False,  # findings of a draft are no failure here
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "SCRIPTGEN_REVISIONS": "0"},
    )
    seconds, after = perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, seconds


def main(rounds: Rounds) -> int:
    """Measure and print; always 0, for a busy machine is no fault."""
    # A child's peak counts from its parent's, which is still small here.
    show_memory()
    show_cost(rounds.calls, rounds.goes)
    for essays, jobs, latency in rounds.batches:
        show_batch(essays, jobs, latency)
    return 0


if __name__ == "__main__":
    sys.exit(main(SHORT if "--short" in sys.argv[1:] else LONG))
