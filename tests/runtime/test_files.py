from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.runtime import files
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import (
    AlreadyThereError,
    CannotWriteError,
    DiskFullError,
    FolderMissingError,
    FolderNotWritableError,
    atomic_write,
    beside,
    move_into_place,
    writing_error,
)


def listing(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    atomic_write(tmp_path / "report.zip", b"content")
    assert listing(tmp_path) == {"report.zip": b"content"}


def test_an_older_file_is_replaced_and_keeps_who_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "report.zip"
    path.write_bytes(b"older")
    path.chmod(0o640)
    atomic_write(path, b"newer")
    assert listing(tmp_path) == {"report.zip": b"newer"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_may_be_read_as_the_system_says(tmp_path: Path) -> None:
    (tmp_path / "usual").write_bytes(b"")
    atomic_write(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_file_that_is_in_the_way_stays_when_it_may_not_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "report.zip").write_bytes(b"older")
    with pytest.raises(AlreadyThereError, match=r"already a “report\.zip”"):
        atomic_write(tmp_path / "report.zip", b"newer", replace=False)
    assert listing(tmp_path) == {"report.zip": b"older"}


def test_a_file_that_came_while_ours_was_written_stays(tmp_path: Path) -> None:
    path = tmp_path / "report.zip"
    with pytest.raises(AlreadyThereError), beside(path, replace=False) as new:
        new.write_bytes(b"ours")
        path.write_bytes(b"theirs")
    assert listing(tmp_path) == {"report.zip": b"theirs"}


def test_nothing_is_left_when_the_content_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report.zip").write_bytes(b"older")

    def refuse(new: Path) -> None:
        assert new.read_bytes() == b"newer"
        raise DeskError("not what was meant")

    with pytest.raises(DeskError, match="not what was meant"):
        atomic_write(tmp_path / "report.zip", b"newer", verify=refuse)
    assert listing(tmp_path) == {"report.zip": b"older"}


def test_nothing_is_left_when_writing_breaks_off(tmp_path: Path) -> None:
    (tmp_path / "report.zip").write_bytes(b"older")
    with pytest.raises(KeyError), beside(tmp_path / "report.zip") as new:
        new.write_bytes(b"half")
        raise KeyError
    assert listing(tmp_path) == {"report.zip": b"older"}


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FolderMissingError, match=r"no folder “.*elsewhere”"):
        atomic_write(tmp_path / "elsewhere" / "report.zip", b"")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    for place in (tmp_path / "a" / "report.zip", tmp_path / "a" / "further" / "report.zip"):
        with pytest.raises(
            FolderMissingError, match=r"“.*/a” is a file, not a folder\. Choose another place"
        ):
            atomic_write(place, b"")
    assert listing(tmp_path) == {"a": b""}


def test_a_name_that_is_too_long_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError, match="is too long"):
        atomic_write(tmp_path / ("x" * 300), b"")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "report.zip").mkdir()
    with pytest.raises(CannotWriteError, match=r"report\.zip"):
        atomic_write(tmp_path / "report.zip", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["report.zip"]


def test_a_finished_folder_is_moved_and_never_over_another(tmp_path: Path) -> None:
    for name in ("new", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "data.json").write_text(name)
    move_into_place(tmp_path / "new", tmp_path / "export")
    assert (tmp_path / "export" / "data.json").read_text() == "new"
    with pytest.raises(AlreadyThereError):
        move_into_place(tmp_path / "other", tmp_path / "export", replace=True)
    assert (tmp_path / "export" / "data.json").read_text() == "new"
    assert (tmp_path / "other").is_dir()


def test_a_link_is_replaced_not_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"target")
    (tmp_path / "link").symlink_to("target")
    atomic_write(tmp_path / "link", b"new")
    assert listing(tmp_path) == {"target": b"target", "link": b"new"}


def test_without_links_the_file_is_moved_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(source: object, target: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    atomic_write(tmp_path / "report.zip", b"content", replace=False)
    assert listing(tmp_path) == {"report.zip": b"content"}


def sharing_error() -> PermissionError:
    error = PermissionError(errno.EACCES, "in use")
    error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
    return error


def test_a_scanner_that_holds_the_file_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Windows says while a virus scanner reads the file (error 32)."""
    (tmp_path / "report.zip").write_bytes(b"older")
    errors = [sharing_error(), sharing_error(), sharing_error()]
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if errors:
            raise errors.pop()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    atomic_write(tmp_path / "report.zip", b"newer")
    assert listing(tmp_path) == {"report.zip": b"newer"}


def test_a_program_that_does_not_let_go_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.zip").write_bytes(b"older")
    monkeypatch.setattr(files, "_PAUSES", (0.0, 0.0))

    def held(self: Path, target: Path) -> Path:
        raise sharing_error()

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(CannotWriteError, match="another program has it open"):
        atomic_write(tmp_path / "report.zip", b"newer")
    assert listing(tmp_path) == {"report.zip": b"older"}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_no_room_left_is_said_in_words(tmp_path: Path, code: int) -> None:
    error = writing_error(OSError(code, os.strerror(code)), tmp_path / "report.zip")
    assert isinstance(error, DiskFullError)
    assert "no room left on the disk for “report.zip”" in str(error)


def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    error = writing_error(OSError(errno.EROFS, os.strerror(errno.EROFS)), tmp_path / "report.zip")
    assert isinstance(error, FolderNotWritableError)
    assert str(tmp_path) in str(error)


KILLED = """
import os, sys
from pathlib import Path
from desktop_app.runtime.files import beside
with beside(Path(sys.argv[1])) as new:
    new.write_bytes(b"half")
    os.kill(os.getpid(), 9)
"""


def test_a_killed_program_leaves_the_older_file(tmp_path: Path) -> None:
    path = tmp_path / "report.zip"
    path.write_bytes(b"older")
    process = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=Path.cwd(), check=False)
    assert process.returncode == -9
    left = listing(tmp_path)
    assert left.pop("report.zip") == b"older"
    assert [name.startswith(".report.zip.new-") for name in left] == [True]


def left(folder: Path, name: str, *, hours: float) -> Path:
    """A file that was last changed some hours ago."""
    path = folder / name
    path.write_bytes(b"half")
    then = path.stat().st_mtime - hours * 3600
    os.utime(path, (then, then))
    return path


def test_what_a_killed_program_left_is_removed_by_the_next_that_writes_there(tmp_path: Path) -> None:
    old = [
        left(tmp_path, ".report.zip.new-0123abcd", hours=2),
        left(tmp_path, ".report.adesk.new-89abcdef-journal", hours=30),
    ]
    kept = [
        left(tmp_path, ".report.zip.new-01234567", hours=0.5),
        left(tmp_path, ".report.new-plans", hours=9),
        left(tmp_path, "report.new-0123abcd", hours=9),
        left(tmp_path, ".report.adesk.lock", hours=9),
    ]
    atomic_write(tmp_path / "another.txt", b"new")
    assert not any(path.exists() for path in old)
    assert all(path.exists() for path in kept)
    assert files.remove_leftovers(tmp_path) == []


def test_a_folder_that_cannot_be_read_has_no_leftovers(tmp_path: Path) -> None:
    assert files.remove_leftovers(tmp_path / "missing") == []
