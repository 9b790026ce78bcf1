"""A page of HTML on its way to a file or to standard output."""

from __future__ import annotations

import os
from pathlib import Path

from scriptgen.cli import printing
from scriptgen.errors import InputError

PAGE_SUFFIXES = (".html", ".htm")


def page_target(page: str, usual: str) -> Path:
    """The file a page goes to; raises `InputError` for a folder or a file of another kind.

    ``usual``: the name that is proposed for one in a folder.
    """
    path = Path(page)
    name = printing.shown_name(page)
    if path.is_dir() or page.endswith(("/", os.sep)):
        raise InputError(
            "E_USAGE",
            "is a folder, and one page is one file",
            where=name,
            hint=f"--html {printing.shown_name(str(path / usual))}",
        )
    if path.suffix.lower() not in PAGE_SUFFIXES:
        raise InputError(
            "E_USAGE",
            "a page is an .html file",
            where=name,
            hint=f"--html {printing.shown_name(f'{path}.html')}",
        )
    return path


def put_page(page: str, target: Path | None, *, force: bool) -> None:
    """Publish a page and print its path; without a target print the page itself.

    One that was edited since it was written is kept, or with ``force`` backed up. Raises
    `OutputError`.
    """
    from scriptgen.outputs import publish, sealed, sealed_sha256

    text = sealed(page)
    if target is None:
        printing.out_exact(text)
        return
    done = publish(
        target.parent, target.name, text, written_sha256=sealed_sha256(target), force=force
    )
    printing.out(str(target.with_name(done.path.name)))
    if done.backup:
        printing.note(f"the page that stood there is now {printing.shown_name(str(done.backup))}")
    elif done.kept:
        printing.note(f"{printing.shown_name(str(target))} is not as it was written; it was kept")
