from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from scriptgen.prompting import TemplateSet, TemplateSource

if TYPE_CHECKING:
    from collections.abc import Callable

BASE = """+++
kind = "draft"
description = "plain"
[parameters]
temperature = 0.5
max_tokens = 900
+++
{% block system %}
Fixed rules. {% block tone %}Plain.{% endblock %}
{% endblock %}
{% block user %}
{{ essay }}
{% endblock %}
"""


@pytest.fixture
def templates() -> Callable[..., TemplateSet]:
    """A set of ``draft`` and the given texts (``draft__noir`` is called ``draft.noir``)."""

    def build(**texts: str) -> TemplateSet:
        named = {name.replace("__", "."): text for name, text in ({"draft": BASE} | texts).items()}
        return TemplateSet(
            {n: TemplateSource(n, f"prompts/{n}.jinja", text) for n, text in named.items()},
            tomllib.loads,
        )

    return build


@pytest.fixture
def body() -> Callable[[str], str]:
    """A draft template with ``text`` in its user block, on line 6 of the file."""

    def build(text: str) -> str:
        return (
            '+++\nkind = "draft"\n+++\n{% block system %}Rules.{% endblock %}\n'
            "{% block user %}\n" + text + "\n{{ essay }}\n{% endblock %}\n"
        )

    return build
