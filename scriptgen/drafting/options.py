"""What can be asked of a draft."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from scriptgen.prompt import Parameters
from scriptgen.run import SettingUsed
from scriptgen.values import Value


class DraftOptions(Value):
    """How a draft is to be made.

    ``fidelity``: how far a model may go beyond the essay; ``pages``: the length to ask a model for,
    ``None`` for one page per six beats, at least 1 and at most 10; ``revisions``: how often what is
    found may send a model's draft back (see `scriptgen.drafting.weighing`); ``trace``: notes in the
    draft that name beats and lines; ``outline``: sections and synopses from the brief; ``enrich``:
    ask the model first what the brief lacks; ``annotate``: ask it last what the page plays, and say
    so in notes as ``trace`` does; ``template``, ``revise``, ``brief`` and ``annotation``: the names
    of the templates; ``parameters``: over those of the templates; ``repeat``: which of several
    drafts from the same inputs; ``fresh``: make it anew even if it is on record; ``run_deadline``:
    seconds for all calls of one draft, after which none is begun and one under way is broken off;
    ``settings``: all settings with their sources, for the record alone.
    """

    fidelity: Literal["strict", "balanced", "free"] = "balanced"
    pages: Annotated[int | None, Field(ge=1)] = None
    revisions: Annotated[int, Field(ge=0, le=2)] = 1
    trace: bool = False
    outline: bool = False
    enrich: bool = False
    annotate: bool = False
    template: str = "draft"
    revise: str = "revise"
    brief: str = "brief"
    annotation: str = "annotate"
    parameters: Parameters = Parameters()
    repeat: Annotated[int, Field(ge=0)] = 0
    fresh: bool = False
    run_deadline: Annotated[float, Field(gt=0)] = 1800.0
    settings: tuple[SettingUsed, ...] = ()

    def deciding(self) -> dict[str, JsonValue]:
        """What decides what a draft says, as plain data to make these options of again."""
        return self.model_dump(mode="json", exclude={"fresh", "run_deadline", "settings"})
