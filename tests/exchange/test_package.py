from __future__ import annotations

import errno
import os
import threading
import zipfile
from pathlib import Path

import pytest

from desktop_app.exchange.manifest import sha256
from desktop_app.exchange.package import (
    PackageExistsError,
    PackageNotWholeError,
    package_name,
    read_package,
    verify_package,
    write_package,
)
from desktop_app.exchange.sending import Sending
from desktop_app.report.changes import Change
from desktop_app.report.plain import canonical_bytes, report_from_plain, report_to_plain
from desktop_app.report.timeframe import Timeframe
from desktop_app.runtime.files import CannotWriteError
from tests.support.small_form import filled_report
from tests.support.workbooks import example, opened, planned_action, report_of, row_id

MEMBERS = ["manifest.json", "report.xlsx", "report.docx", "report.pdf", "data.json"]
#: Without the documents, which take longer than all the rest, where they make no difference.
QUICK = Sending(documents=False)
NAME = "al-ga-commitments-2013.1-2013-draft.zip"


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_package_holds_workbook_answers_and_manifest(tmp_path: Path) -> None:
    exported = write_package(example(), tmp_path)
    assert exported.path == tmp_path / NAME
    assert exported.checksum == sha256(canonical_bytes(report_to_plain(example())))
    assert (exported.notices, exported.already_there) == ((), False)
    with zipfile.ZipFile(exported.path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == MEMBERS
        assert sha256(archive.read("data.json")) == exported.checksum
        assert "Cover" in opened(archive.read("report.xlsx")).sheetnames
    assert names(tmp_path) == [NAME]


def test_the_answers_come_back(tmp_path: Path) -> None:
    for report in (example(), filled_report(), report_of("mnr")):
        plain = read_package(write_package(report, tmp_path, QUICK).path)
        assert plain == report_to_plain(report)
        assert report_to_plain(report_from_plain(plain, report.form)) == report_to_plain(report)


def test_the_same_answers_make_the_same_package(tmp_path: Path) -> None:
    first = write_package(example(), tmp_path / "one").path.read_bytes()
    assert write_package(example(), tmp_path / "two").path.read_bytes() == first


def test_an_identical_package_already_there_is_success(tmp_path: Path) -> None:
    path = write_package(example(), tmp_path, QUICK).path
    before = path.stat().st_mtime_ns
    again = write_package(example(), tmp_path, QUICK)
    assert again.already_there
    assert path.stat().st_mtime_ns == before


def test_another_package_is_not_overwritten(tmp_path: Path) -> None:
    path = write_package(example(), tmp_path, QUICK).path
    before = path.read_bytes()
    with pytest.raises(PackageExistsError, match="already another"):
        write_package(report_of("ga-commitments"), tmp_path, QUICK)
    assert path.read_bytes() == before
    assert names(tmp_path) == [NAME]


def test_another_package_is_replaced_when_asked(tmp_path: Path) -> None:
    write_package(example(), tmp_path, QUICK)
    exported = write_package(report_of("ga-commitments"), tmp_path, QUICK, replace=True)
    assert not exported.already_there
    assert read_package(exported.path) == report_to_plain(report_of("ga-commitments"))
    assert names(tmp_path) == [NAME]


def test_a_folder_of_that_name_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(PackageExistsError):
        write_package(example(), tmp_path, QUICK, replace=True)


def test_the_folder_is_made(tmp_path: Path) -> None:
    assert write_package(example(), tmp_path / "a" / "b", QUICK).path.is_file()


def test_a_place_that_is_no_folder_gives_a_sentence(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("a file")
    with pytest.raises(CannotWriteError) as caught:
        write_package(example(), place, QUICK)
    assert str(place) in caught.value.sentence or place.name in caught.value.sentence
    assert names(tmp_path) == ["file"]


def test_nothing_is_left_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWriteError, match="no room left"):
        write_package(example(), tmp_path / "new", QUICK)
    assert names(tmp_path) == []


@pytest.mark.parametrize("place", [5, 40, 4000, -4000, -3])
def test_a_package_that_did_not_reach_the_disk_whole_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    flush = os.fsync

    def damaged(handle: int) -> None:
        flush(handle)
        offset = place % os.fstat(handle).st_size
        os.pwrite(handle, bytes([os.pread(handle, 1, offset)[0] ^ 1]), offset)

    monkeypatch.setattr(os, "fsync", damaged)
    with pytest.raises(PackageNotWholeError, match="did not reach the disk"):
        write_package(example(), tmp_path, QUICK)
    assert names(tmp_path) == []


def test_progress_counts_to_its_end(tmp_path: Path) -> None:
    for _again in range(2):
        told: list[tuple[int, int]] = []
        write_package(example(), tmp_path, QUICK, progress=lambda done, steps: told.append((done, steps)))  # noqa: B023
        counted = [done for done, _steps in told]
        assert counted == sorted(set(counted))
        assert told[-1] == (100, 100)
        assert _again or len(told) > 40


class CancelledError(Exception):
    pass


@pytest.mark.parametrize("step", [5, 30, 50, 70, 95])
def test_nothing_is_left_of_an_export_that_is_cancelled(tmp_path: Path, step: int) -> None:
    def cancel(done: int, _steps: int) -> None:
        if done >= step:
            raise CancelledError

    with pytest.raises(CancelledError):
        write_package(example(), tmp_path / "new", QUICK, progress=cancel)
    assert names(tmp_path) == []


def test_the_name_is_safe_on_every_system(tmp_path: Path) -> None:
    report = report_of("ga-commitments")
    report.apply(Change("#cycle", "2013", "2013/14: first?"))
    assert package_name(report) == "al-ga-commitments-2013.1-2013-14-first-draft.zip"
    assert write_package(report, tmp_path, QUICK).path.is_file()


def test_half_characters_are_taken_out_and_told(tmp_path: Path) -> None:
    report = report_of("ga-commitments", *planned_action(1, description="a"))
    report.lists["T1.planned"].rows[0].values["timeframe"] = Timeframe("by \ud800 2013")
    exported = write_package(report, tmp_path, QUICK)
    [notice] = exported.notices
    assert "taken out" in notice
    row = read_package(exported.path)["lists"]["T1.planned"]["rows"][0]
    assert (row["id"], row["values"]["timeframe"]["text"]) == (row_id(1), "by  2013")
    assert verify_package(exported.path).intact


def test_the_documents_can_be_cancelled_too(tmp_path: Path) -> None:
    begun: list[int] = []

    def cancel(done: int, _steps: int) -> None:
        # The documents begin at half, and tick while the pages are set.
        if done > 50:
            begun.append(done)
            raise CancelledError

    with pytest.raises(CancelledError):
        write_package(example(), tmp_path / "new", progress=cancel)
    assert begun[0] <= 70
    assert names(tmp_path) == []


def test_pages_that_are_under_way_end_when_the_workbook_is_cancelled(tmp_path: Path) -> None:
    under_way: list[str] = []

    def cancel(done: int, _steps: int) -> None:
        # The pages are begun before the workbook is written, at a fifth.
        if 20 < done < 50:
            under_way.extend(thread.name for thread in threading.enumerate())
            raise CancelledError

    with pytest.raises(CancelledError):
        write_package(example(), tmp_path / "new", progress=cancel)
    assert any(name.startswith("documents") for name in under_way)
    assert not any(thread.name.startswith("documents") for thread in threading.enumerate())
    assert names(tmp_path) == []


def test_a_document_that_cannot_be_made_is_told_and_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build whose typst does not load."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "typst.py").write_text("raise ImportError('no typst')", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "broken"))
    written = write_package(example(), tmp_path / "new")
    [notice] = written.notices
    assert notice.startswith("“report.pdf” could not be made, so it is not in the package.")
    assert verify_package(written.path).intact
    with zipfile.ZipFile(written.path) as archive:
        assert archive.namelist() == [name for name in MEMBERS if name != "report.pdf"]
