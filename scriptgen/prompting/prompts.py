"""The prompts for a draft, a revision, a brief and the mapping of a page."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from scriptgen.errors import TemplateError
from scriptgen.prompting.contexts import (
    WHOLE,
    Part,
    annotate_context,
    brief_context,
    draft_context,
    revise_context,
    texts,
)
from scriptgen.prompting.fence import fence_mark, fenced
from scriptgen.prompting.template import Template, load, render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.brief import SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.prompt import JsonSchema, Parameters, Prompt
    from scriptgen.prompting.contexts import PagePiece
    from scriptgen.prompting.sheet import Fidelity
    from scriptgen.prompting.source import Kind, TemplateSet
    from scriptgen.report import Finding
    from scriptgen.screenplay import Screenplay

Passage = tuple[int, int]
"""A half-open range of code points of an essay."""

_MARK = "{fence}"


def draft_prompt(
    template_set: TemplateSet,
    name: str = "draft",
    *,
    essay: Essay,
    brief: SceneBrief,
    fidelity: Fidelity,
    pages: int,
    fence_key: bytes,
    parameters_override: Parameters | None = None,
    part: Part = WHOLE,
    passage: Passage | None = None,
) -> Prompt:
    """The prompt that asks for a first page, or for a part of it.

    ``pages``: the length asked for; ``part`` and ``passage``: which part, and the range of the
    essay it is about, ``None`` for all of it; ``brief``: of that part; ``fence_key``: the secret of
    the ledger; ``parameters_override``: stands over the template's parameters, key by key. Raises
    `TemplateError`.
    """
    context = draft_context(essay, brief, fidelity=fidelity, pages=pages, part=part)
    template = _of_kind("draft", template_set, name)
    return _fenced_prompt(template, essay, context, fence_key, parameters_override, passage)


def revise_prompt(
    template_set: TemplateSet,
    name: str = "revise",
    *,
    essay: Essay,
    brief: SceneBrief,
    page: str,
    screenplay: Screenplay,
    findings: Sequence[Finding],
    fidelity: Fidelity,
    pages: int,
    fence_key: bytes,
    parameters_override: Parameters | None = None,
    passage: Passage | None = None,
) -> Prompt:
    """The prompt that asks for the page again, mended where ``findings`` say and nowhere else.

    ``passage``: the range of the essay that the page is about, ``None`` for all of it; ``page``:
    the Fountain text; ``screenplay``: the same page as it was read, in which the findings' elements
    are looked up. Raises `TemplateError`.
    """
    context = revise_context(
        essay,
        brief,
        page=page,
        screenplay=screenplay,
        findings=findings,
        fidelity=fidelity,
        pages=pages,
    )
    template = _of_kind("revise", template_set, name)
    return _fenced_prompt(template, essay, context, fence_key, parameters_override, passage)


def rehearse_revision(
    template_set: TemplateSet,
    name: str = "revise",
    *,
    essay: Essay,
    brief: SceneBrief,
    fidelity: Fidelity,
    pages: int,
    fence_key: bytes,
) -> None:
    """Render a revision of a stand-in page, so that what fails does so before a page is paid for.

    Raises `TemplateError`.
    """
    from scriptgen.prompting.sample import FINDINGS, PAGE, PAGE_TEXT

    revise_prompt(
        template_set,
        name,
        essay=essay,
        brief=brief,
        page=PAGE_TEXT,
        screenplay=PAGE,
        findings=FINDINGS,
        fidelity=fidelity,
        pages=pages,
        fence_key=fence_key,
    )


def brief_prompt(
    template_set: TemplateSet,
    name: str = "brief",
    *,
    essay: Essay,
    brief: SceneBrief,
    fence_key: bytes,
    json_schema: JsonSchema | None = None,
    parameters_override: Parameters | None = None,
) -> Prompt:
    """The prompt that asks for claims about the essay, each with a quote, as JSON.

    ``brief``: what is found so far; ``json_schema``: the shape of the reply. Raises
    `TemplateError`.
    """
    context = brief_context(essay, brief)
    template = _of_kind("brief", template_set, name)
    prompt = _fenced_prompt(template, essay, context, fence_key, parameters_override)
    return prompt.model_copy(update={"json_schema": json_schema})


def annotate_prompt(
    template_set: TemplateSet,
    name: str = "annotate",
    *,
    essay: Essay,
    brief: SceneBrief,
    pieces: Sequence[PagePiece],
    fence_key: bytes,
    json_schema: JsonSchema | None = None,
    parameters_override: Parameters | None = None,
) -> Prompt:
    """The prompt that asks what the pieces of a page play, as JSON.

    ``pieces``: of the whole page, in order; ``json_schema``: the shape of the reply. Raises
    `TemplateError`.
    """
    context = annotate_context(brief, pieces)
    template = _of_kind("annotate", template_set, name)
    prompt = _fenced_prompt(template, essay, context, fence_key, parameters_override)
    return prompt.model_copy(update={"json_schema": json_schema})


def _of_kind(kind: Kind, template_set: TemplateSet, name: str) -> Template:
    template = load(template_set, name)
    if template.kind != kind:
        raise TemplateError(
            "E_TEMPLATE",
            f"a {template.kind} template stands where a {kind} template is wanted",
            where=template.path,
            hint=f"scriptgen templates list shows which are of the kind {kind}",
        )
    return template


def _fenced_prompt(
    template: Template,
    essay: Essay,
    context: dict[str, object],
    key: bytes,
    parameters: Parameters | None,
    passage: Passage | None = None,
) -> Prompt:
    mark = fence_mark(key, template.hash, essay.text, beside=texts(context))
    data = {**context, "essay": fenced(_within(essay.text, passage), mark)}
    return render(template, data, fence=mark, parameters=parameters)


def _within(text: str, passage: Passage | None) -> str:
    return text if passage is None else text[slice(*passage)]


def call_key(prompt: Prompt, *, model: str, origin: str, repeat: int = 0) -> str:
    """The key a reply is kept under: SHA-256 (hex) of the request, without its fence mark.

    ``origin``: scheme, host and port the request goes to; ``repeat``: which of several replies to
    one request. Parameters that are ``None`` are not sent and not counted.
    """
    request: dict[str, object] = {
        "messages": [
            [m.role, m.content.replace(prompt.fence, _MARK) if prompt.fence else m.content]
            for m in prompt.messages
        ],
        "model": model,
        "origin": origin,
        "parameters": prompt.parameters.model_dump(exclude_none=True),
        "repeat": repeat,
    }
    if prompt.json_schema is not None:
        request["json_schema"] = prompt.json_schema.text
    canonical = json.dumps(request, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
