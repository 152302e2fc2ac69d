"""Opening a report that lies in a synchronised folder, as it is met: with what Syncthing leaves in one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.report.changes import OperationKind, new_id
from desktop_app.report.report import Report
from desktop_app.report.text.model import Text
from desktop_app.runtime.places import IN_PLACE_VARIABLE
from desktop_app.services.open_report import OpenReport, open_report
from desktop_app.services.reports import (
    OtherRespondentError,
    form_library,
    keep_report,
    read_report,
    start_report,
)
from desktop_app.services.working_places import (
    OtherVersionError,
    conflicted_copies,
    copies_folder,
    is_worked_on_in_place,
)
from desktop_app.storage.errors import FileInUseError
from desktop_app.storage.lock import lock_path
from desktop_app.storage.place_state import Standing
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.working_copy import NotWrittenBackError
from tests.support.report_files import everything_in, run_script, unprivileged_folder

AUTHORITY = "cover.authority"
LONG = 20.0


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    (folder / ".stfolder").mkdir(parents=True)
    return folder


@pytest.fixture
def path(share: Path) -> Path:
    return start_report(share / "norway.adesk", "ga-commitments", "NO").path


@pytest.fixture
def opened(path: Path) -> Iterator[OpenReport]:
    opened = open_report(path, form_library(), who="Ana")
    yield opened
    opened.close()


def write(opened: OpenReport, words: str) -> None:
    opened.session.set_value(AUTHORITY, Text.plain(words))
    assert opened.journal.flush(LONG)


def authority(path: Path) -> Text:
    return authority_of(path, None)


def authority_of(path: Path, number: int | None) -> Text:
    found = read_report(path, number).answers[AUTHORITY]
    assert isinstance(found, Text)
    return found


def test_a_file_on_a_local_disk_is_worked_on_in_place(tmp_path: Path) -> None:
    path = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    opened = open_report(path, form_library())
    assert opened.place is None
    assert opened.place_state is None
    assert opened.local_path == path
    assert opened.notices == ()
    opened.close()
    assert not copies_folder().exists()


def test_the_work_goes_on_in_a_copy_and_comes_back(path: Path, opened: OpenReport, share: Path) -> None:
    assert "in a folder that Syncthing copies to other computers. You work in a copy" in opened.notices[0]
    assert opened.path == path
    assert opened.local_path.is_relative_to(copies_folder())
    write(opened, "Ministry")
    assert opened.place_state is not None
    assert opened.place_state.standing is Standing.WAITING
    assert opened.place is not None
    assert opened.place.wait_written(LONG)
    assert authority(path) == Text.plain("Ministry")
    write(opened, "Ministry of Justice")
    opened.close()
    assert authority(path) == Text.plain("Ministry of Justice")
    assert sorted(everything_in(share)) == ["norway.adesk"]
    assert list(copies_folder().iterdir()) == []


def test_words_in_the_middle_of_being_typed_come_back_too(path: Path, opened: OpenReport) -> None:
    opened.session.type(AUTHORITY, Text.plain("Ministry of Jus"))
    opened.close()
    assert authority(path) == Text.plain("Ministry of Jus")


def test_who_has_it_is_said(path: Path, opened: OpenReport) -> None:
    with pytest.raises(FileInUseError, match=r"“norway\.adesk” is already open: Ana"):
        open_report(path, form_library(), who="Ben")
    reading = open_report(path, form_library(), to_read=True)
    assert reading.place is None
    reading.close()


def test_a_place_that_is_away_is_said_at_closing_and_at_opening(
    path: Path, opened: OpenReport, share: Path
) -> None:
    write(opened, "Ministry")
    away = share.rename(share.with_name("away"))
    opened.close()
    assert opened.place_state is not None
    assert "kept on this computer" in opened.place_state.sentence
    again = open_report(path, form_library(), who="Ana")
    assert "kept on this computer" in again.notices[0]
    assert again.session.report.answers[AUTHORITY] == Text.plain("Ministry")
    write(again, "Ministry of Justice")
    again.close()
    away.rename(share)
    third = open_report(path, form_library(), who="Ana")
    third.close()
    assert authority(path) == Text.plain("Ministry of Justice")
    assert list(copies_folder().iterdir()) == []


def test_a_conflict_is_said_with_both_files(path: Path, opened: OpenReport) -> None:
    write(opened, "Mine")
    theirs = path.with_name("theirs.adesk")
    shutil.copyfile(path, theirs)
    with ReportFile.open(theirs, "write") as file:
        report = file.load(1, opened.session.report.form)
    other = open_report(theirs, form_library(), who="Ben")
    other.session.set_value(AUTHORITY, Text.plain("Theirs"))
    other.close()
    theirs.replace(path)
    opened.close()
    assert opened.place is not None
    conflict = opened.place.working.conflict
    assert conflict is not None
    assert opened.place_state is not None
    assert opened.place_state.standing is Standing.CONFLICT
    assert authority(conflict.mine) == Text.plain("Mine")
    assert authority(conflict.theirs) == Text.plain("Theirs")
    assert report.id == opened.session.report.id
    again = open_report(path, form_library())
    assert conflict.mine.name in again.notices[1]
    again.close()


def test_a_folder_that_may_only_be_read_opens_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with unprivileged_folder() as top:
        monkeypatch.setenv("XDG_DATA_HOME", str(top))
        folder = top / "share"
        (folder / ".stfolder").mkdir(parents=True)
        path = start_report(folder / "norway.adesk", "ga-commitments", "NO").path
        folder.chmod(0o500)
        opened = open_report(path, form_library())
        assert "can only be read" in opened.read_only
        assert opened.place is None
        opened.close()


def test_it_may_want_files_worked_on_in_place(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert not is_worked_on_in_place(path)
    monkeypatch.setenv(IN_PLACE_VARIABLE, "1")
    assert is_worked_on_in_place(path)
    monkeypatch.delenv(IN_PLACE_VARIABLE)
    rules = tmp_path / "policy.toml"
    rules.write_text("work_in_place = true\n")
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(rules))
    opened = open_report(path, form_library(), who="Ana")
    assert opened.place is None
    assert lock_path(path).exists()
    opened.close()
    rules.write_text("work_in_place = false\n")
    monkeypatch.setenv(IN_PLACE_VARIABLE, "1")
    assert not is_worked_on_in_place(path)


def test_what_was_left_here_is_finished_whatever_it_wants(
    path: Path, opened: OpenReport, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(opened, "Ministry")
    away = share.rename(share.with_name("away"))
    opened.close()
    away.rename(share)
    monkeypatch.setenv(IN_PLACE_VARIABLE, "1")
    open_report(path, form_library()).close()
    assert authority(path) == Text.plain("Ministry")
    assert is_worked_on_in_place(path)


# Commands that write


def new_report(number: int = 2) -> Report:
    form = form_library().form("ga-commitments")
    return Report(new_id(), form, "NO", form.cycles[0], "en", number=number)


def keep(path: Path) -> int:
    return keep_report(path, new_report(), OperationKind.CREATE, who="Ana").number


def test_a_command_writes_through_a_copy_and_leaves_nothing(path: Path, share: Path) -> None:
    assert keep(path) == 2
    assert read_report(path).number == 2
    assert sorted(everything_in(share)) == ["norway.adesk"]
    assert list(copies_folder().iterdir()) == []


def test_a_command_that_is_refused_changes_nothing(path: Path, share: Path) -> None:
    before = everything_in(share)
    other = new_report()
    other.country = "AL"
    with pytest.raises(OtherRespondentError):
        keep_report(path, other, OperationKind.CREATE)
    assert everything_in(share) == before
    assert list(copies_folder().iterdir()) == []


def test_a_command_beside_the_window_is_refused(path: Path, opened: OpenReport) -> None:
    with pytest.raises(FileInUseError, match="Ana"):
        keep(path)
    assert opened.place is not None


def test_a_command_keeps_its_work_here_when_the_place_is_away(
    path: Path, opened: OpenReport, share: Path
) -> None:
    write(opened, "Ministry")
    away = share.rename(share.with_name("away"))
    opened.close()
    with pytest.raises(NotWrittenBackError, match="kept on this computer"):
        keep(path)
    away.rename(share)
    assert keep(path) == 3
    assert authority_of(path, 1) == Text.plain("Ministry")
    assert list(copies_folder().iterdir()) == []


def test_a_command_says_when_its_work_went_to_another_file(
    path: Path, opened: OpenReport, share: Path
) -> None:
    write(opened, "Mine")
    away = share.rename(share.with_name("away"))
    opened.close()
    away.rename(share)
    lock_path(path).unlink()
    with ReportFile.open(path, "write") as file:
        file.add_report(new_report())
    theirs = path.read_bytes()
    with pytest.raises(OtherVersionError, match="was changed by someone else"):
        keep(path)
    assert path.read_bytes() == theirs


CONFLICTED = [
    "norway (Ana's conflicted copy 2026-11-26).adesk",
    "norway (conflicted copy 2026-11-26 140300).adesk",
    "norway (SFConflict ana@x.org 2026-11-26-14-03-00).adesk",
    "norway (In Konflikt stehende Kopie von Ana 2026-11-26).adesk",
    "norway.sync-conflict-20261126-140300-ABCDEFG.adesk",
    "norway.Conflict.adesk",
    "norway_conflict-20261126-140300.adesk",
    "norway (Ana, 2026-11-26 14.03).adesk",
]


def test_versions_made_by_a_conflict_are_noticed_and_others_are_not(path: Path) -> None:
    others = ["norway 2013.adesk", "norway copy.adesk", "norway conflict.txt", "sweden conflict.adesk"]
    for name in [*CONFLICTED, *others]:
        path.with_name(name).touch()
    assert [other.name for other in conflicted_copies(path)] == sorted(CONFLICTED)
    opened = open_report(path, form_library())
    assert all(f"“{name}”" in opened.notices[-1] for name in CONFLICTED)
    opened.close()
    assert conflicted_copies(path.parent / "missing" / "norway.adesk") == []


def test_a_file_without_need_of_a_copy_loads_little() -> None:
    """What keeps working copies is loaded only for those who need one."""
    asked = (
        "import sys, desktop_app.services.open_report; print('desktop_app.storage.backups' in sys.modules)"
    )
    assert run_script(asked).stdout == "False\n"
