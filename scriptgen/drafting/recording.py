"""The record of a run: what went in, what was asked, what it took, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_hex
from time import monotonic
from typing import TYPE_CHECKING

from scriptgen import __version__
from scriptgen.ledger import Failed, essay_record
from scriptgen.outputs import sha256_text
from scriptgen.prompt import Usage
from scriptgen.run import Run

if TYPE_CHECKING:
    from scriptgen.drafting.asking import LiveAsker
    from scriptgen.drafting.means import Means
    from scriptgen.errors import ScriptgenError
    from scriptgen.essay import Essay
    from scriptgen.ledger import Account
    from scriptgen.report import Report
    from scriptgen.run import CallMade, SettingUsed

_BEFORE_SENDING = frozenset({"E_BUDGET", "E_TOO_LONG"})
"""What may end a call before it is made."""


@dataclass(frozen=True)
class Recording:
    """A run while it goes on; ``asker``: ``None`` for the offline writer."""

    key: str
    essay: Essay
    means: Means
    asker: LiveAsker | None
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    clock: float = field(default_factory=monotonic)

    def done(self, draft: str, report: Report, spent: Account) -> Run:
        """The run that gave this draft and took ``spent``; kept, where there is a ledger."""
        means, calls = self.means, tuple(self.asker.calls if self.asker else ())
        paid = [call for call in calls if call.requests]
        run = Run(
            id=new_id(self.started),
            work_key=self.key,
            essay_id=self.essay.id,
            essay_source=storable(self.essay.source),
            writer=means.writer,
            model=means.model.name if means.model else None,
            base_url=means.origin or None,
            template=means.options.template if means.model else None,
            template_hash=means.template_hash if means.model else None,
            settings=tuple(_storable_setting(each) for each in means.options.settings),
            started=self.started.isoformat(timespec="milliseconds"),
            seconds=self._seconds(),
            requests=sum(call.requests for call in calls),
            usage=sum((call.usage for call in paid), Usage()),
            cost=spent.cost,
            currency=spent.currency,
            calls=calls,
            essay_record=essay_record(self.essay) if means.ledger else None,
            options=means.options.deciding(),
            report=report,
            draft=draft,
            draft_sha256=sha256_text(draft),
            version=__version__,
        )
        if means.ledger is not None:
            prompts = self.asker.prompts if self.asker else {}
            means.ledger.add_run(run, _storable_essay(self.essay), prompts)
        return run

    def failed(self, error: ScriptgenError) -> None:
        """Keep, where there is a ledger, what was asked in vain.

        A run that asked nothing, as where a cap is reached, takes no other's place.
        """
        asker, ledger = self.asker, self.means.ledger
        if asker is None or ledger is None:
            return
        asked = any(call.requests or call.raw_id for call in asker.calls)
        if error.code in _BEFORE_SENDING and not asked:
            return
        failed = Failed(
            id=new_id(self.started),
            work_key=self.key,
            essay_source=storable(self.essay.source),
            essay_record=essay_record(self.essay),
            model=asker.model,
            base_url=self.means.origin or None,
            started=self.started.isoformat(timespec="milliseconds"),
            seconds=self._seconds(),
            calls=tuple(asker.calls),
            code=error.code,
            message=storable(error.message),
            version=__version__,
        )
        ledger.add_failed(failed, _storable_essay(self.essay), asker.prompts)

    def _seconds(self) -> float:
        return round(monotonic() - self.clock, 3)


def recorded(essay: Essay, key: str, means: Means) -> Run | None:
    """The draft of this work that is on record, ``None`` without one or where it is to be fresh.

    What it says about the file it once stood in is left out. Where the record is of another essay
    file with the same text, this one gets a record of its own, in which nothing was spent.
    """
    if means.ledger is None or means.options.fresh:
        return None
    run = means.ledger.run_of(key)
    if run is None:
        return None
    run = run.model_copy(
        update={"path": None, "report": _without(run.report, "W_KEPT", "W_SOURCE_CHANGED")}
    )
    if run.essay_source == storable(essay.source):
        return run
    twin = run.model_copy(
        update={
            "id": new_id(datetime.now(UTC)),
            "essay_source": storable(essay.source),
            "seconds": 0.0,
            "requests": 0,
            "usage": Usage(),
            "cost": None if run.cost is None else 0.0,
            "calls": tuple(_from_record(call) for call in run.calls),
        }
    )
    means.ledger.add_run(twin)
    return twin


def _from_record(call: CallMade) -> CallMade:
    """The call as one whose reply was on record."""
    cost = None if call.cost is None else 0.0
    return call.model_copy(update={"requests": 0, "seconds": 0.0, "cost": cost})


def _without(report: Report, *codes: str) -> Report:
    """The report without the findings of these codes."""
    kept = tuple(finding for finding in report.findings if finding.code not in codes)
    return report.model_copy(update={"findings": kept})


def new_id(now: datetime) -> str:
    """An id that sorts by time and that nobody else has."""
    return f"{now:%Y%m%d-%H%M%S}-{token_hex(4)}"


def storable(name: str) -> str:
    """A file name as text that JSON and SQLite hold: bytes that are no text become escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _storable_essay(essay: Essay) -> Essay:
    return essay.model_copy(update={"source": storable(essay.source)})


def _storable_setting(setting: SettingUsed) -> SettingUsed:
    value = storable(setting.value) if isinstance(setting.value, str) else setting.value
    return setting.model_copy(update={"value": value})
