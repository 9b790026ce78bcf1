"""What drafts by a model may take, told before anything is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.costs import unbounded
from scriptgen.drafting.page_calls import askings_of, first_prompt
from scriptgen.drafting.parts import MOST_CHARACTERS
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

_ONCE: tuple[Purpose, ...] = ("brief", "annotate")
"""What is asked once for a draft, in parts or not."""

CARRIED = 1_400
"""What a part gets of those before it at most: the summary, the cast and the last lines."""


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
    prompts = _prompts(looked_at, means)
    around, essays, revisions = prompts.around, len(sizes), means.options.revisions
    caps = {
        purpose: _reply(cap, context_tokens, around) for purpose, cap in reply_caps(means).items()
    }
    reply, revising = caps["draft"], revisions * ("revise" in caps)
    once = [caps[purpose] for purpose in _ONCE if purpose in caps]
    parted = [max(1, ceil(size / prompts.part)) if prompts.part else 1 for size in sizes]
    requests = sum(parted)
    carried = CARRIED * (requests - essays)
    drafting = sum(sizes) + around * requests
    asking = len(once) * (sum(sizes) + around * essays)
    # Who mends a page or says what it plays gets the page too.
    shown = reply * requests * (revising + ("annotate" in caps))
    high = Outlay(
        calls=requests * (1 + revising) + len(once) * essays,
        prompt_tokens=(drafting + carried) * (1 + revising) + asking + shown,
        completion_tokens=requests * (reply + revising * caps.get("revise", 0))
        + sum(once) * essays,
    )
    low = Outlay(
        calls=requests + len(once) * essays,
        prompt_tokens=int((drafting + asking) * LEAST_SHARE),
        completion_tokens=min(reply * requests, int(prompts.pages * PAGE_TOKENS) * essays),
    )
    room = None if context_tokens is None else context_tokens - around
    stated = reply_caps(means)["draft"] or 1
    shares = [size / parts for size, parts in zip(sizes, parted, strict=True)]
    too_long = 0 if room is None else sum(share + stated > room for share in shares)
    return Forecast(low, high, too_long)


class _Prompts(NamedTuple):
    """What prompts are like.

    ``around``: the most tokens that come around an essay or a part of it; ``pages``: the mean of
    those asked for; ``part``: the tokens of a part, ``None`` where essays are asked for whole.
    """

    around: int
    pages: float
    part: float | None


def _prompts(essays: Sequence[Essay], means: Means) -> _Prompts:
    from scriptgen.drafting.path import parse_with_pack
    from scriptgen.prompting import prompt_tokens, text_tokens

    most = pages = 0
    part = text_tokens("a" * MOST_CHARACTERS) if means.in_parts else None
    looked_at = essays[:LOOKED_AT]
    for essay in looked_at:
        parsed = parse_with_pack(essay)
        asked = askings_of(parsed.essay, parsed.brief, means)
        first = essay.text[slice(*asked[0].part.range)]
        prompt = first_prompt(parsed.essay, parsed.brief, means)
        most = max(most, prompt_tokens(prompt) - text_tokens(first))
        pages += sum(each.pages for each in asked)
        if part is not None and len(asked) > 1:
            part = min(part, text_tokens(essay.text) // len(asked))
    return _Prompts(most, pages / len(looked_at), part)


def _reply(cap: int | None, context_tokens: int | None, around: int) -> int:
    if cap is not None:
        return cap
    return ASSUMED_REPLY if context_tokens is None else max(0, context_tokens - around)
