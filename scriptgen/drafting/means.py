"""What a draft is made with, and the key that says whether it was made before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from secrets import token_bytes
from typing import TYPE_CHECKING, Literal

from scriptgen.drafting.options import DraftOptions
from scriptgen.llm.clocks import SystemClock

if TYPE_CHECKING:
    from scriptgen.essay import Essay
    from scriptgen.ledger import Ledger
    from scriptgen.ports import Clock, Model
    from scriptgen.prompting import TemplateSet

OFFLINE = "offline"


@dataclass(frozen=True)
class Means:
    """Everything but the essay.

    ``model``: ``None`` for the offline writer; ``origin``: scheme, host and port of its server;
    ``ledger``: ``None`` keeps no record; ``templates``: ``None`` for those that
    `scriptgen.catalog.find_templates` finds without a folder; ``clock``: what the time of a run is
    read from.
    """

    options: DraftOptions = field(default_factory=DraftOptions)
    model: Model | None = None
    origin: str = ""
    ledger: Ledger | None = None
    templates: TemplateSet | None = None
    clock: Clock = field(default_factory=SystemClock)

    @property
    def writer(self) -> Literal["offline", "model"]:
        """Who writes the page."""
        return "offline" if self.model is None else "model"

    @cached_property
    def template_set(self) -> TemplateSet:
        """Where templates are looked up."""
        if self.templates is not None:
            return self.templates
        from scriptgen.catalog import find_templates

        return find_templates(None)

    @cached_property
    def template_hash(self) -> str:
        """SHA-256 (hex) over the sources of the draft's template; raises `TemplateError`."""
        return self._hash(self.options.template)

    @cached_property
    def in_parts(self) -> bool:
        """Whether the draft's template asks for it part by part; raises `TemplateError`."""
        from scriptgen.prompting import load

        return load(self.template_set, self.options.template).parts

    @cached_property
    def fence_key(self) -> bytes:
        """The ledger's key, or without a ledger one that lives as long as this value."""
        return self.ledger.fence_key() if self.ledger else token_bytes(32)

    @cached_property
    def inputs(self) -> dict[str, object]:
        """All that decides what a draft says, the essay apart."""
        options = self.options
        always: dict[str, object] = {"trace": options.trace, "repeat": options.repeat}
        if options.outline:
            always["outline"] = True
        if self.model is None:
            return {**always, "writer": OFFLINE}
        if options.enrich:
            always["enrich"] = self._hash(options.brief)
        if options.annotate:
            always["annotate"] = self._hash(options.annotation)
        return {
            **always,
            "writer": "model",
            "model": self.model.name,
            "origin": self.origin,
            "template": self.template_hash,
            "revise": self._hash(options.revise) if options.revisions else None,
            "revisions": options.revisions,
            "fidelity": options.fidelity,
            "pages": options.pages,
            "parameters": options.parameters.model_dump(exclude_none=True),
        }

    def _hash(self, name: str) -> str:
        from scriptgen.prompting import load

        return load(self.template_set, name).hash


def work_key(essay: Essay, means: Means) -> str:
    """SHA-256 (hex) over the essay and all that decides what its draft says.

    scriptgen's version is not in it: a newer version makes drafts anew only when asked to.
    Nothing is parsed. Raises `TemplateError`.
    """
    told = {
        "essay": essay.id,
        "language": essay.language,
        "title": essay.meta.title,
        "author": essay.meta.author,
        **means.inputs,
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
