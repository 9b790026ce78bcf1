"""What drafts by a model may take, told before anything is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.costs import unbounded
from scriptgen.drafting.modelled import first_prompt, pages_for
from scriptgen.ledger.spending import ASSUMED_REPLY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.costs import Caps, Price
    from scriptgen.drafting.means import Means
    from scriptgen.essay import Essay
    from scriptgen.run import Purpose

LOOKED_AT = 8
"""Essays whose prompts are made to see what comes around an essay; the rest is reckoned."""

LEAST_SHARE = 0.3
"""Of the tokens that `scriptgen.prompting.text_tokens` tells, what a thrifty tokenizer counts;
see the figures there."""

PAGE_TOKENS = 250
"""A page of a screenplay, some 180 words."""


@dataclass(frozen=True, slots=True)
class Outlay:
    """Calls, and the tokens of their prompts and replies."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    @property
    def tokens(self) -> int:
        """Of prompts and replies together."""
        return self.prompt_tokens + self.completion_tokens

    def cost(self, price: Price) -> int:
        """What it costs, in billionths; see `scriptgen.costs.Price.of`."""
        return price.of(self.prompt_tokens, self.completion_tokens)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What drafts take at least and at most, calls that fail apart.

    ``low``: one call each, short replies, a thrifty tokenizer; ``high``: all revisions, replies as
    long as they may be; ``too_long``: drafts whose prompt may not fit the model's context.
    """

    low: Outlay
    high: Outlay
    too_long: int = 0


def reply_caps(means: Means) -> dict[Purpose, int | None]:
    """For each purpose a model is asked for, how long its reply may be, in tokens.

    ``None`` where neither the template's header nor a parameter says. Raises `TemplateError`.
    """
    from scriptgen.prompting import load

    options = means.options
    names: dict[Purpose, str] = {"draft": options.template}
    if options.revisions:
        names["revise"] = options.revise
    if options.enrich:
        names["brief"] = options.brief
    if options.annotate:
        names["annotate"] = options.annotation
    own = options.parameters.max_tokens
    return {
        purpose: load(means.template_set, name).parameters.max_tokens if own is None else own
        for purpose, name in names.items()
    }


def require_bounds(means: Means, caps: Caps, context_tokens: int | None) -> None:
    """Raise `SetupError` where tokens or money are capped and a reply may be of any length."""
    if context_tokens is not None or (caps.tokens is None and caps.cost is None):
        return
    for purpose, cap in reply_caps(means).items():
        if cap is None:
            raise unbounded(f", and the template for the {purpose} does not say")


def forecast(
    looked_at: Sequence[Essay], sizes: Sequence[int], means: Means, context_tokens: int | None
) -> Forecast:
    """What drafts of essays of these ``sizes`` (as `text_tokens` tells them) may take.

    ``looked_at``: some of these essays, at most `LOOKED_AT` are needed; their prompts are made.
    Raises `TemplateError`.
    """
    if not sizes or not looked_at:
        return Forecast(Outlay(), Outlay())
    around, pages = _around(looked_at, means)
    caps = {
        purpose: _reply(cap, context_tokens, around) for purpose, cap in reply_caps(means).items()
    }
    reply = caps["draft"]
    asked = sum(sizes) + around * len(sizes)
    times = {"draft": 1, "revise": means.options.revisions, "brief": 1, "annotate": 1}
    shown = sum(times[purpose] for purpose in ("revise", "annotate") if purpose in caps)
    calls = sum(times[purpose] for purpose in caps)
    high = Outlay(
        calls=calls * len(sizes),
        # Who mends a page or says what it plays gets the page too.
        prompt_tokens=asked * calls + reply * shown * len(sizes),
        completion_tokens=sum(cap * times[purpose] for purpose, cap in caps.items()) * len(sizes),
    )
    first = 1 + len({"brief", "annotate"} & caps.keys())
    low = Outlay(
        calls=first * len(sizes),
        prompt_tokens=int(asked * first * LEAST_SHARE),
        completion_tokens=min(reply, int(pages * PAGE_TOKENS)) * len(sizes),
    )
    room = None if context_tokens is None else context_tokens - around
    stated = reply_caps(means)["draft"] or 1
    too_long = 0 if room is None else sum(size + stated > room for size in sizes)
    return Forecast(low, high, too_long)


def _around(essays: Sequence[Essay], means: Means) -> tuple[int, float]:
    """The most tokens that come around an essay in its prompt, and the mean of pages asked for."""
    from scriptgen.drafting.path import parse_with_pack
    from scriptgen.prompting import prompt_tokens, text_tokens

    most = pages = 0
    for essay in essays[:LOOKED_AT]:
        parsed = parse_with_pack(essay)
        prompt = first_prompt(parsed.essay, parsed.brief, means)
        most = max(most, prompt_tokens(prompt) - text_tokens(essay.text))
        pages += means.options.pages or pages_for(parsed.brief)
    return most, pages / len(essays[:LOOKED_AT])


def _reply(cap: int | None, context_tokens: int | None, around: int) -> int:
    if cap is not None:
        return cap
    return ASSUMED_REPLY if context_tokens is None else max(0, context_tokens - around)
