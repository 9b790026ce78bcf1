"""From a model's name and the settings to a model that can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.errors import SetupError
from scriptgen.llm.clocks import SystemClock
from scriptgen.llm.policy import CallPolicy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scriptgen.ports import Budget, Clock, Memory, Model, ReplySink, Tap

SCRIPTED = "scripted:"


def open_model(
    name: str,
    *,
    environ: Mapping[str, str],
    base_url: str | None = None,
    api_key_env: str | None = None,
    base_url_from_file: bool = False,
    sink: ReplySink | None = None,
    budget: Budget | None = None,
    clock: Clock | None = None,
    policy: CallPolicy | None = None,
    memory: Memory | None = None,
    tap: Tap | None = None,
) -> Model:
    """The model ``name``, or for ``scripted:FILE`` one that plays a file.

    ``environ``: where keys and ``OPENAI_BASE_URL`` are looked up. ``base_url``, ``api_key_env``,
    ``base_url_from_file``: see `scriptgen.llm.keys.bind`. ``sink``: gets each raw reply before it
    is read, ``None`` keeps none; ``budget``: is asked before each request, ``None`` sets no cap;
    ``clock``: ``None`` is the machine's; ``memory``: keeps what is learnt of servers, ``None`` for
    this process alone; ``tap``: watches replies come in. Nothing is sent yet. Raises `SetupError`.
    """
    clock = clock or SystemClock()
    policy = policy or CallPolicy()
    if name.startswith(SCRIPTED):
        from scriptgen.llm.scripted import ScriptedModel, read_steps

        steps = read_steps(name.removeprefix(SCRIPTED))
        return ScriptedModel(
            steps,
            name=name,
            sink=sink,
            budget=budget,
            clock=clock,
            policy=policy,
            memory=memory,
            tap=tap,
        )
    if not name.strip() or not name.isprintable():
        raise SetupError("E_CONFIG", "a model needs a name", hint="give it as --model NAME")
    from scriptgen.llm.keys import bind, key_named
    from scriptgen.llm.openai_chat import OpenAIChat
    from scriptgen.llm.served import ServedModel

    if variable := key_named(name, environ):
        raise SetupError(
            "E_CONFIG",
            f"the model's name is the value of {variable}",
            hint="a key is named by its variable: --model NAME --api-key-env VARIABLE",
        )
    endpoint = bind(
        base_url=base_url,
        base_url_from_file=base_url_from_file,
        api_key_env=api_key_env,
        environ=environ,
    )
    return ServedModel(
        name,
        OpenAIChat(name, endpoint),
        sink=sink,
        budget=budget,
        clock=clock,
        policy=policy,
        memory=memory,
        tap=tap,
    )
