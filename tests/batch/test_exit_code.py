"""What a batch says to the shell."""

from __future__ import annotations

import pytest

from scriptgen.batch import BatchResult, Failure, exit_code


def failures(*codes: int) -> tuple[Failure, ...]:
    return tuple(Failure(name="n", code="E_GONE", message="m", exit_code=code) for code in codes)


STOPPED = failures(4)[0]


@pytest.mark.parametrize(
    ("code", "result"),
    [
        (0, BatchResult(total=0)),
        (0, BatchResult(total=3, done=2, skipped=1)),
        (1, BatchResult(total=3, done=3, with_errors=1)),
        (2, BatchResult(total=1, failed=failures(2))),
        (1, BatchResult(total=1, done=1, with_errors=1)),
        (1, BatchResult(total=2, done=1, failed=failures(5))),
        (5, BatchResult(total=2, failed=failures(5, 5))),
        (1, BatchResult(total=2, failed=failures(5, 2))),
        (4, BatchResult(total=9, done=3, todo=6, stopped=STOPPED)),
        (4, BatchResult(total=9, todo=7, failed=failures(4, 4), stopped=STOPPED)),
        (1, BatchResult(total=9, todo=7, failed=failures(2, 2), stopped=STOPPED)),
        (130, BatchResult(total=9, done=3, todo=6, interrupted=True)),
    ],
)
def test_one_reason_has_its_own_code_and_several_have_one(code: int, result: BatchResult) -> None:
    assert exit_code(result) == code
