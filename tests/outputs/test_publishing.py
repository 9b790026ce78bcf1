from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import warnings
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scriptgen.errors import OutputError
from scriptgen.outputs import disk, preflight, publish, sha256_text, sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DRAFT = "INT. SLIP - DAWN\n\nTomas waits — “late”.\n"
OTHER = "INT. SLIP - NIGHT\n\nTomas is gone.\n"
OURS = sha256_text(DRAFT)
STEPS = ("open", "write", "fsync", "replace", "mkdir", "link", "close")


@pytest.fixture
def umask() -> Iterator[None]:
    old = os.umask(0o027)
    yield
    os.umask(old)


def files(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def refused(work: Callable[[], object]) -> OutputError:
    with pytest.raises(OutputError) as caught:
        work()
    return caught.value


def test_a_draft_is_written_as_it_is_into_folders_made_for_it(tmp_path: Path) -> None:
    root = tmp_path / "new" / "outputs"
    published = publish(root, "sub/deep/a.fountain", DRAFT, written_sha256=None)
    assert published.path == root / "sub/deep/a.fountain"
    assert published.path.read_bytes() == DRAFT.encode()
    assert published.sha256 == OURS == sha256(DRAFT.encode()).hexdigest()
    assert not published.kept
    assert not published.unchanged
    assert published.backup is None


def test_an_untouched_draft_is_replaced(tmp_path: Path) -> None:
    publish(tmp_path, "a.fountain", DRAFT, written_sha256=None)
    publish(tmp_path, "a.fountain", OTHER, written_sha256=OURS)
    assert files(tmp_path) == {"a.fountain": OTHER}


def test_the_very_same_text_is_not_written_again(tmp_path: Path) -> None:
    first = publish(tmp_path, "a.fountain", DRAFT, written_sha256=None)
    before = first.path.stat()
    for written in (None, OURS, sha256_text(OTHER)):
        again = publish(tmp_path, "a.fountain", DRAFT, written_sha256=written)
        assert (again.unchanged, again.kept, again.path) == (True, False, first.path)
    after = first.path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_an_edited_draft_is_kept_even_with_the_same_size_and_time(tmp_path: Path) -> None:
    path = publish(tmp_path, "a.fountain", DRAFT, written_sha256=None).path
    times = path.stat()
    edited = DRAFT.replace("late", "LATE")
    path.write_text(edited, encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    published = publish(tmp_path, "a.fountain", OTHER, written_sha256=OURS)
    assert published.kept
    assert published.path == tmp_path / "a.v2.fountain"
    assert files(tmp_path) == {"a.fountain": edited, "a.v2.fountain": OTHER}


def test_a_file_this_tool_never_wrote_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.fountain").write_text("Mine.", encoding="utf-8")
    assert publish(tmp_path, "a.fountain", DRAFT, written_sha256=None).kept
    assert files(tmp_path) == {"a.fountain": "Mine.", "a.v2.fountain": DRAFT}


def test_a_second_version_is_never_overwritten_but_its_text_is_not_doubled(tmp_path: Path) -> None:
    (tmp_path / "a.fountain").write_text("Mine.", encoding="utf-8")
    (tmp_path / "a.v2.fountain").write_text("Mine too.", encoding="utf-8")
    publish(tmp_path, "a.fountain", DRAFT, written_sha256=None)
    again = publish(tmp_path, "a.fountain", DRAFT, written_sha256=None)
    assert (again.unchanged, again.kept, again.path.name) == (True, True, "a.v3.fountain")
    publish(tmp_path, "a.fountain", OTHER, written_sha256=OURS)
    assert files(tmp_path) == {
        "a.fountain": "Mine.",
        "a.v2.fountain": "Mine too.",
        "a.v3.fountain": OTHER,
    }


def test_a_deleted_draft_is_just_written(tmp_path: Path) -> None:
    publish(tmp_path, "a.fountain", DRAFT, written_sha256=None).path.unlink()
    published = publish(tmp_path, "a.fountain", OTHER, written_sha256=OURS)
    assert not published.kept
    assert files(tmp_path) == {"a.fountain": OTHER}


def no_links(*_: object, **__: object) -> None:
    raise OSError(errno.EPERM, "no hard links here")


@pytest.mark.parametrize("links", [True, False])
def test_force_backs_an_edited_draft_up_and_no_backup_over_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "a.fountain"
    for number, mine in enumerate(("Mine.", "Mine again."), start=1):
        path.write_text(mine, encoding="utf-8")
        published = publish(tmp_path, "a.fountain", DRAFT, written_sha256=OURS, force=True)
        assert published.path == path
        assert published.backup == tmp_path / f"a.bak{number}.fountain"
        assert not published.kept
    assert files(tmp_path) == {
        "a.bak1.fountain": "Mine.",
        "a.bak2.fountain": "Mine again.",
        "a.fountain": DRAFT,
    }


def test_force_makes_no_backup_of_what_this_tool_wrote(tmp_path: Path) -> None:
    publish(tmp_path, "a.fountain", DRAFT, written_sha256=None)
    published = publish(tmp_path, "a.fountain", OTHER, written_sha256=OURS, force=True)
    assert published.backup is None
    assert files(tmp_path) == {"a.fountain": OTHER}


@pytest.mark.parametrize("force", [False, True])
def test_nothing_is_written_through_a_link_at_the_path(tmp_path: Path, *, force: bool) -> None:
    root, secret = tmp_path / "outputs", tmp_path / "secret"
    root.mkdir()
    secret.write_text(DRAFT, encoding="utf-8")
    for name, leads in (("a", secret), ("b", tmp_path / "nowhere")):
        (root / f"{name}.fountain").symlink_to(leads)
        published = publish(root, f"{name}.fountain", OTHER, written_sha256=OURS, force=force)
        assert published.kept
        assert published.path == root / f"{name}.v2.fountain"
        assert (root / f"{name}.fountain").is_symlink()
    assert secret.read_text(encoding="utf-8") == DRAFT
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_or_a_pipe_at_the_path_is_kept(tmp_path: Path, *, force: bool) -> None:
    (tmp_path / "a.fountain").mkdir()
    os.mkfifo(tmp_path / "b.fountain")
    for name in "ab":
        published = publish(tmp_path, f"{name}.fountain", DRAFT, written_sha256=None, force=force)
        assert published.path.name == f"{name}.v2.fountain"


def test_a_linked_folder_under_the_root_is_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "outputs", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "sub").symlink_to(outside)
    error = refused(lambda: publish(root, "sub/a.fountain", DRAFT, written_sha256=None))
    assert error.code == "E_OUTPUT"
    assert not list(outside.iterdir())
    (tmp_path / "linked").symlink_to(root)
    publish(tmp_path / "linked", "a.fountain", DRAFT, written_sha256=None)
    assert files(root) == {"a.fountain": DRAFT}


@pytest.mark.parametrize(
    "relative", ["../a.fountain", "/etc/a", "a/../../b", "", ".", "..\\a", "a\0b"]
)
def test_a_path_that_leads_out_is_refused(tmp_path: Path, relative: str) -> None:
    root = tmp_path / "outputs"
    error = refused(lambda: publish(root, relative, DRAFT, written_sha256=None))
    assert error.code == "E_OUTPUT"
    assert not list(tmp_path.iterdir())


def test_half_a_surrogate_pair_leaves_no_file(tmp_path: Path) -> None:
    error = refused(lambda: publish(tmp_path, "a.fountain", "\ud83d", written_sha256=None))
    assert error.code == "E_OUTPUT"
    assert not list(tmp_path.iterdir())


def failing(real: Callable[..., Any], at: int, number: int) -> Callable[..., Any]:
    calls = 0

    def call(*args: Any, **keywords: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            if real is os.close:
                real(*args)
            raise OSError(number, os.strerror(number))
        if real is os.write:
            return real(args[0], bytes(args[1])[:16])
        return real(*args, **keywords)

    return call


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("links", [True, False])
def test_a_full_disk_at_any_step_loses_nothing_and_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, *, links: bool
) -> None:
    failures = 0
    for at in range(1, 50):
        root = tmp_path / str(at)
        (root / "sub").mkdir(parents=True)
        (root / "sub/a.fountain").write_text("Mine.", encoding="utf-8")
        write = partial(publish, root, "sub/a.fountain", DRAFT, written_sha256=None, force=True)
        write_new = partial(publish, root, "new/b.fountain", DRAFT, written_sha256=None)
        codes = []
        with monkeypatch.context() as patch:
            if not links:
                patch.setattr(os, "link", no_links)
            patch.setattr(os, step, failing(getattr(os, step), at, errno.ENOSPC))
            for work in (write, write_new):
                try:
                    work()
                except OutputError as error:
                    codes.append(error.code)
        assert set(codes) <= {"E_NO_SPACE"}
        assert not [path for path in root.rglob("*") if path.name.endswith(".tmp")]
        assert "Mine." in files(root).values()
        assert set(files(root).values()) <= {"Mine.", DRAFT}
        failures += len(codes)
        write()
        write_new()
        assert (root / "sub/a.fountain").read_text(encoding="utf-8") == DRAFT
        assert (root / "new/b.fountain").read_text(encoding="utf-8") == DRAFT
        assert "Mine." in files(root).values()
        if not codes and at > 1:
            break
    assert failures or step == "link"


def test_an_interrupt_after_the_rename_keeps_the_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.fountain").write_text("Mine.", encoding="utf-8")
    real = os.replace

    def interrupted(*args: Any) -> None:
        real(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, "a.fountain", DRAFT, written_sha256=None, force=True)
    assert files(tmp_path) == {"a.bak1.fountain": "Mine.", "a.fountain": DRAFT}


def test_a_draft_that_is_edited_while_the_new_one_is_written_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, "a.fountain", DRAFT, written_sha256=None)
    real = os.fsync

    def edit(descriptor: int) -> None:
        real(descriptor)
        (tmp_path / "a.fountain").write_text("Mine.", encoding="utf-8")

    monkeypatch.setattr(os, "fsync", edit)
    published = publish(tmp_path, "a.fountain", OTHER, written_sha256=OURS)
    assert published.path.name == "a.v2.fountain"
    assert (tmp_path / "a.v2.fountain").read_text(encoding="utf-8") == OTHER


def test_the_bytes_are_durable_before_the_name_and_the_name_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def spied(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **keywords: Any) -> Any:
            kind = name
            if name == "fsync":
                kind = "fsync folder" if stat.S_ISDIR(os.fstat(args[0]).st_mode) else "fsync file"
            calls.append(kind)
            return real(*args, **keywords)

        return call

    for name in ("write", "fsync", "replace", "mkdir"):
        monkeypatch.setattr(os, name, spied(name, getattr(os, name)))
    publish(tmp_path, "sub/a.fountain", DRAFT, written_sha256=None)
    assert calls == ["mkdir", "fsync folder", "write", "fsync file", "replace", "fsync folder"]


@pytest.mark.usefixtures("umask")
def test_drafts_follow_the_umask_and_the_private_folder_does_not(tmp_path: Path) -> None:
    preflight(tmp_path / "outputs")
    path = publish(tmp_path / "outputs", "sub/a.fountain", DRAFT, written_sha256=None).path
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o750
    assert stat.S_IMODE((tmp_path / "outputs/.scriptgen").stat().st_mode) == 0o700


def test_a_preflight_makes_the_folder_and_leaves_nothing_else(tmp_path: Path) -> None:
    root = tmp_path / "new" / "outputs"
    preflight(root)
    preflight(root)
    assert [path.name for path in root.rglob("*")] == [".scriptgen"]
    (root / ".scriptgen").chmod(0o755)
    preflight(root)
    assert stat.S_IMODE((root / ".scriptgen").stat().st_mode) == 0o700


def test_a_preflight_refuses_a_file_a_planted_link_and_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    assert refused(lambda: preflight(tmp_path / "file")).code == "E_OUTPUT"
    (tmp_path / "a").mkdir()
    (tmp_path / "a/.scriptgen").symlink_to(tmp_path)
    assert refused(lambda: preflight(tmp_path / "a")).code == "E_OUTPUT"
    monkeypatch.setattr(os, "write", failing(os.write, 1, errno.EDQUOT))
    error = refused(lambda: preflight(tmp_path / "b"))
    assert error.code == "E_NO_SPACE"
    assert error.hint


def test_a_preflight_refuses_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "outputs").mkdir(mode=0o555)
    tmp_path.chmod(0o755)
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        child = os.fork()
    if child == 0:
        told = b"the child failed"
        try:
            os.chdir(tmp_path)
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            try:
                preflight(Path("outputs"))
            except OutputError as error:
                told = error.code.encode()
        finally:
            os.write(writing, told)
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    assert os.read(reading, 100) == b"E_OUTPUT"
    os.close(reading)


def test_what_a_killed_process_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / "sub").mkdir()
    left = tmp_path / "sub" / f".scriptgen-{disk._HOST}-{dead.pid}-0123456789abcdef.tmp"
    running = tmp_path / f".scriptgen-{disk._HOST}-{os.getpid()}-0123456789abcdef.tmp"
    foreign = tmp_path / f".scriptgen-00000000-{dead.pid}-0123456789abcdef.tmp"
    old = tmp_path / ".scriptgen-00000000-1-fedcba9876543210.tmp"
    mine = tmp_path / "a.fountain.tmp"
    for path in (left, running, foreign, old, mine):
        path.touch()
    os.utime(old, (0, 0))
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / ".scriptgen-x.tmp").symlink_to(mine)
    assert sweep(tmp_path) == 2
    assert {path.name for path in tmp_path.rglob("*.tmp")} == {
        running.name,
        foreign.name,
        mine.name,
        ".scriptgen-x.tmp",
    }
    assert sweep(tmp_path / "no such folder") == 0
