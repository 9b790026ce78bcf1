"""Writing FDX and reading it back are each other's inverse on what FDX can hold."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from fountain_strategies import drafts, screenplays

from scriptgen.exports.fdx import in_fdx, read_fdx, read_fdx_with_findings, write_fdx
from scriptgen.screenplay import Screenplay

MANY = settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(screenplays())
def test_what_is_read_back_is_what_fdx_can_hold(screenplay: Screenplay) -> None:
    assert read_fdx(write_fdx(screenplay)) == in_fdx(screenplay)
    assert read_fdx(write_fdx(screenplay, trace=True)) == in_fdx(screenplay, trace=True)
