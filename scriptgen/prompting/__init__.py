"""Prompts from templates: plain data in, messages out, nothing read or sent.

A template is found by `scriptgen.catalog`, loaded and checked by `load`, and turned into a
`Prompt` by `draft_prompt`, `revise_prompt`, `brief_prompt` or `annotate_prompt`, with the essay in
its fence.
"""

from __future__ import annotations

from scriptgen.prompting.contexts import PagePiece, Part
from scriptgen.prompting.fence import break_up, control_tokens, extract_fenced, fence_mark, undo
from scriptgen.prompting.listing import Described, check, describe
from scriptgen.prompting.prompts import (
    Passage,
    annotate_prompt,
    brief_prompt,
    call_key,
    draft_prompt,
    rehearse_revision,
    revise_prompt,
)
from scriptgen.prompting.sheet import FIDELITIES, Fidelity, sheet
from scriptgen.prompting.size import prompt_tokens, text_tokens
from scriptgen.prompting.source import KINDS, Header, Kind, TemplateSet, TemplateSource
from scriptgen.prompting.template import Template, load, render

__all__ = [
    "FIDELITIES",
    "KINDS",
    "Described",
    "Fidelity",
    "Header",
    "Kind",
    "PagePiece",
    "Part",
    "Passage",
    "Template",
    "TemplateSet",
    "TemplateSource",
    "annotate_prompt",
    "break_up",
    "brief_prompt",
    "call_key",
    "check",
    "control_tokens",
    "describe",
    "draft_prompt",
    "extract_fenced",
    "fence_mark",
    "load",
    "prompt_tokens",
    "rehearse_revision",
    "render",
    "revise_prompt",
    "sheet",
    "text_tokens",
    "undo",
]
