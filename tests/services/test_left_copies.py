"""Work left on this computer when a place was away, brought there at the next start."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.report.changes import OperationKind, new_id
from desktop_app.report.report import Report
from desktop_app.report.text.model import Text
from desktop_app.services.left_copies import bring_left_copies, left_copies
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library, keep_report, read_report, start_report
from desktop_app.services.working_places import copies_folder
from desktop_app.storage.report_file import ReportFile
from tests.support.protected import key
from tests.support.report_files import everything_in

AUTHORITY = "cover.authority"


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    (folder / ".stfolder").mkdir(parents=True)
    return folder


@pytest.fixture
def path(share: Path) -> Path:
    return start_report(share / "norway.adesk", "ga-commitments", "NO").path


def leave_work(path: Path, words: str) -> None:
    """A sitting whose last words could not be written back."""
    opened = open_report(path, form_library(), who="Ana")
    opened.session.set_value(AUTHORITY, Text.plain(words))
    away = path.parent.rename(path.parent.with_name("away"))
    opened.close()
    away.rename(path.parent)
    # On a share that vanishes the lock goes with its computer.
    (path.parent / f".{path.name}.lock").unlink()


def authority(path: Path) -> object:
    return read_report(path).answers.get(AUTHORITY)


def test_nothing_left_is_nothing_said(path: Path) -> None:
    assert left_copies() == []
    assert bring_left_copies("Ana") == []


def test_what_was_left_is_brought_and_said(path: Path, share: Path) -> None:
    leave_work(path, "Ministry")
    assert left_copies() == [path]
    (told,) = bring_left_copies("Ana")
    assert told == f"Your work on “norway.adesk” had waited on this computer. Now it is written to “{path}”."
    assert authority(path) == Text.plain("Ministry")
    assert sorted(everything_in(share)) == ["norway.adesk"]
    assert left_copies() == []


def test_while_the_place_is_away_it_goes_on_waiting(path: Path, share: Path) -> None:
    leave_work(path, "Ministry")
    away = share.rename(share.with_name("away"))
    assert bring_left_copies("Ana") == [
        f"Your work on “{path}” still waits on this computer until that place is there again."
    ]
    assert left_copies() == [path]
    away.rename(share)
    assert len(bring_left_copies("Ana")) == 1
    assert authority(path) == Text.plain("Ministry")


def test_a_file_changed_meanwhile_is_kept(path: Path, share: Path) -> None:
    leave_work(path, "Mine")
    with ReportFile.open(path, "write") as file:
        form = form_library().form("ga-commitments")
        file.add_report(Report(new_id(), form, "NO", form.cycles[0], "en"))
    theirs = path.read_bytes()
    (told,) = bring_left_copies("Ana")
    assert "was changed by someone else" in told
    assert path.read_bytes() == theirs
    (mine,) = (other for other in share.glob("*.adesk") if other != path)
    assert authority(mine) == Text.plain("Mine")
    assert left_copies() == []


def test_a_report_that_is_open_is_left_alone(path: Path) -> None:
    opened = open_report(path, form_library(), who="Ana")
    opened.session.set_value(AUTHORITY, Text.plain("Ministry"))
    assert bring_left_copies("Ana") == []
    opened.close()
    assert authority(path) == Text.plain("Ministry")


def test_a_protected_one_waits_for_its_passphrase(share: Path) -> None:
    form = form_library().form("ga-commitments")
    report = Report(new_id(), form, "NO", form.cycles[0], "en")
    path = share / "kosovo.adesk"
    keep_report(path, report, OperationKind.CREATE, key=key())
    opened = open_report(path, form_library(), who="Ana", key=key())
    opened.session.set_value(AUTHORITY, Text.plain("Ministry"))
    away = share.rename(share.with_name("away"))
    opened.close()
    away.rename(share)
    (share / ".kosovo.adesk.lock").unlink()
    before = everything_in(copies_folder())
    assert bring_left_copies("Ana") == []
    assert everything_in(copies_folder()) == before


def test_a_damaged_one_stays_and_is_said(path: Path) -> None:
    leave_work(path, "Ministry")
    (copy,) = copies_folder().glob("*/norway.adesk")
    content = bytearray(copy.read_bytes())
    # The last page: SQLite itself does not notice.
    at = content.rfind(b"Ministry")
    content[at] ^= 1
    copy.write_bytes(content)
    before = path.read_bytes()
    (told,) = bring_left_copies("Ana")
    assert "still waits on this computer" in told
    assert path.read_bytes() == before
    assert copy.read_bytes() == bytes(content)
    shutil.rmtree(copies_folder())
