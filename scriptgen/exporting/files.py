"""From a draft file to an exported file beside it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.errors import InputError
from scriptgen.exporting.drafts import STDIN, read_draft
from scriptgen.exporting.formats import FORMATS, export, refuse_blank
from scriptgen.exporting.options import ExportOptions
from scriptgen.outputs import Published, publish

if TYPE_CHECKING:
    from scriptgen.report import Finding


class Exported(NamedTuple):
    """Where an export stands now, and what there is to say about draft and export."""

    published: Published
    findings: tuple[Finding, ...]


def export_file(
    draft: str | os.PathLike[str],
    to: str,
    output: str | os.PathLike[str] | None = None,
    *,
    options: ExportOptions | None = None,
    encoding: str | None = None,
    force: bool = False,
) -> Exported:
    """Export the draft at a path; ``output``: a file, or ``None`` for one beside the draft.

    A file that stands there and is not as this tool made it is kept, and the export goes beside
    it; with ``force`` it is backed up and replaced. Raises as `read_draft` and `export`, and
    `OutputError`.
    """
    read = read_draft(draft, encoding=encoding)
    refuse_blank(read, to, options or ExportOptions())
    made = export(read.screenplay, to, options)
    target = Path(output) if output is not None else beside(os.fspath(draft), to)
    published = publish_export(made.data, to, target, force=force)
    return Exported(published, (*read.findings, *made.findings))


def publish_export(data: bytes, to: str, target: Path, *, force: bool = False) -> Published:
    """Put an export in its place.

    Raises `InputError` for a folder, a link, a device or a pipe, and `OutputError`.
    """
    _refuse_what_is_no_file(target)
    if target.is_dir():
        raise InputError(
            "E_USAGE",
            "is a folder, and one draft is one file",
            where=str(target),
            hint=f"-o {target / f'draft{FORMATS[to].suffix}'}",
        )
    seal = FORMATS[to].seal
    written = None
    if seal is not None:
        data = seal.put(data)
        written = seal.sha256_of(target)
    return publish(target.parent, target.name, data, written_sha256=written, force=force)


def _refuse_what_is_no_file(target: Path) -> None:
    """Raise `InputError` for a device, a pipe, and a link, through which nothing is written."""
    for path, what in (
        (target.stat, "is a device or a pipe, and an export is a file"),
        (target.lstat, "is a link, and nothing is written through one"),
    ):
        try:
            mode = path().st_mode
        except OSError:
            continue
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            hint = "-o FILE, or -o - for standard output"
            raise InputError("E_USAGE", what, where=str(target), hint=hint)


def beside(draft: str, to: str) -> Path:
    """The path of an export beside its draft.

    Raises `InputError` for standard input, and for a folder without a name, such as ``.``.
    """
    if draft == STDIN:
        raise InputError(
            "E_USAGE",
            "a draft from standard input has no place of its own",
            hint="say where it goes: -o FILE, or -o - for standard output",
        )
    if not Path(draft).name:
        raise InputError(
            "E_NOT_REGULAR", "not a regular file", where=draft, hint="name the file of a draft"
        )
    return Path(draft).with_suffix(FORMATS[to].suffix)
