"""Files that are no report files, or damaged ones: each is refused in words, and left exactly as it was."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import CannotWriteError, FolderNotWritableError
from desktop_app.storage.errors import (
    CannotReadError,
    DamagedFileError,
    FileMissingError,
    NewerFormatError,
    NotAReportFileError,
)
from desktop_app.storage.format import FORMAT
from desktop_app.storage.report_file import Mode, ReportFile
from tests.support.report_files import edit, everything_in, make_file, unprivileged_folder
from tests.support.small_form import FIRST_ROW, small_form

MODES: tuple[Mode, ...] = ("read", "write")


def refusal(path: Path, mode: Mode) -> DeskError:
    """Why the file is not opened; nothing in its folder may change."""
    before = everything_in(path.parent)
    with pytest.raises(DeskError) as caught:
        ReportFile.open(path, mode).close()
    assert everything_in(path.parent) == before
    assert path.name in str(caught.value)
    return caught.value


def workbook(path: Path) -> None:
    Workbook().save(path)


def another_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE meta (key, value)")
        connection.execute("CREATE TABLE reports (number)")
    connection.close()


def text(path: Path) -> None:
    path.write_text("Country report\n" * 100, encoding="utf-8")


def short_text(path: Path) -> None:
    path.write_text("S", encoding="utf-8")
    path.write_text("Seen", encoding="utf-8")


def page(path: Path) -> None:
    path.write_text("<!DOCTYPE html><title>Log in to continue</title>")


def nothing(path: Path) -> None:
    path.touch()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("make", [workbook, another_database, text, short_text, page, nothing])
def test_another_kind_of_file_is_no_report_file(tmp_path: Path, make: object, mode: Mode) -> None:
    path = tmp_path / "albania.adesk"
    make(path)  # type: ignore[operator]
    error = refusal(path, mode)
    assert isinstance(error, NotAReportFileError)
    assert str(error) == "“albania.adesk” is not a report file. Choose a file made by this program."


@pytest.mark.parametrize("mode", MODES)
def test_a_folder_is_no_report_file(tmp_path: Path, mode: Mode) -> None:
    (tmp_path / "albania.adesk").mkdir()
    assert isinstance(refusal(tmp_path / "albania.adesk", mode), NotAReportFileError)


@pytest.mark.parametrize("mode", MODES)
def test_a_file_below_a_file_is_missing(path: Path, mode: Mode) -> None:
    assert isinstance(refusal_of_missing(path / "albania.adesk", mode), FileMissingError)


def refusal_of_missing(path: Path, mode: Mode) -> DeskError:
    with pytest.raises(DeskError) as caught:
        ReportFile.open(path, mode).close()
    return caught.value


def lengths(size: int) -> Iterator[int]:
    """Inside the header, at and around the borders of pages, and everywhere between."""
    yield from (1, 7, 15, 16, 40, 68, 71, 72, 99, 100, 101, 511, 1000)
    yield from (border + offset for border in range(4096, size, 8192) for offset in (-1, 0, 1))
    yield size - 1


def test_a_file_cut_at_any_length_is_damaged(tmp_path: Path, path: Path) -> None:
    """What a full stick, a broken download or a mail gateway leaves."""
    whole = path.read_bytes()
    cut = tmp_path / "cut" / "albania.adesk"
    cut.parent.mkdir()
    for length in lengths(len(whole)):
        cut.write_bytes(whole[:length])
        for mode in MODES:
            assert isinstance(refusal(cut, mode), DamagedFileError), length


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("offset", "what"),
    [
        (3, "the magic words"),
        (16, "page size"),
        (18, "write version"),
        (21, "payload fraction"),
        (47, "schema format"),
        (60, "user version"),
        (63, "user version"),
        (68, "application id"),
        (71, "application id"),
        (100, "first page"),
        (103, "number of cells"),
    ],
)
def test_a_flipped_header_is_damage(tmp_path: Path, path: Path, mode: Mode, offset: int, what: str) -> None:
    content = bytearray(path.read_bytes())
    content[offset] ^= 0x40
    (tmp_path / "flipped").mkdir()
    flipped = tmp_path / "flipped" / "albania.adesk"
    flipped.write_bytes(content)
    error = refusal(flipped, mode)
    assert isinstance(error, DamagedFileError), what
    assert "is damaged and was left as it is" in str(error)


def change(path: Path, *statements: str) -> None:
    """What a program of another version, or a curious hand, does to the file."""
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("mode", MODES)
def test_a_newer_format_names_the_version_it_needs(path: Path, mode: Mode) -> None:
    change(
        path,
        f"PRAGMA user_version = {FORMAT + 1}",
        f"UPDATE meta SET value = '{FORMAT + 1}' WHERE key = 'format'",
        "UPDATE meta SET value = '3.1.0' WHERE key = 'program'",
        "DROP TABLE comments",
    )
    error = refusal(path, mode)
    assert isinstance(error, NewerFormatError)
    assert error.needed == "3.1.0"
    assert str(error) == "“albania.adesk” needs version 3.1.0 of this program or a newer one."


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE comments",
        "DELETE FROM meta",
        "DROP TABLE meta",
        "PRAGMA user_version = 0",
        "CREATE TRIGGER t AFTER INSERT ON answers BEGIN DELETE FROM rows; END",
    ],
)
def test_missing_parts_and_foreign_parts_are_damage(path: Path, mode: Mode, statement: str) -> None:
    change(path, statement)
    assert isinstance(refusal(path, mode), DamagedFileError)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rows SET answers = '['",
        "UPDATE rows SET answers = '[]'",
        'UPDATE rows SET states = \'{"timeframe": "tired"}\'',
        "UPDATE answers SET value = '7' WHERE path = 'unplaced/1'",
        "UPDATE answers SET value = CAST(x'ff' AS TEXT) WHERE path = 'cover.authority'",
    ],
)
def test_content_that_cannot_be_read_is_damage(path: Path, statement: str) -> None:
    change(path, statement)
    with ReportFile.open(path, "read") as file, pytest.raises(DamagedFileError):
        file.load(1, small_form())


# ------------------------------------------------------------------------------- read-only places


def test_in_a_read_only_folder_a_file_can_be_read_only(report: Report) -> None:
    with unprivileged_folder() as folder:
        path = make_file(folder / "albania.adesk", report)
        folder.chmod(0o500)
        error = refusal(path, "write")
        assert isinstance(error, FolderNotWritableError)
        assert f"nothing may be written into its folder “{folder}”" in str(error)
        with ReportFile.open(path, "read") as file:
            assert file.load(1, report.form).country == "AL"


def test_a_read_only_file_can_be_read_only(report: Report) -> None:
    with unprivileged_folder() as folder:
        path = make_file(folder / "albania.adesk", report)
        path.chmod(0o400)
        error = refusal(path, "write")
        assert isinstance(error, CannotWriteError)
        assert "is read-only" in str(error)
        with ReportFile.open(path, "read") as file:
            assert file.load(1, report.form).country == "AL"


@pytest.mark.parametrize("mode", MODES)
def test_a_file_one_may_not_read(report: Report, mode: Mode) -> None:
    with unprivileged_folder() as folder:
        path = make_file(folder / "albania.adesk", report)
        path.chmod(0)
        with pytest.raises(CannotReadError, match="Permission denied"):
            ReportFile.open(path, mode)


def test_no_file_is_made_where_none_may_be(report: Report) -> None:
    with unprivileged_folder() as folder:
        folder.chmod(0o500)
        with pytest.raises(FolderNotWritableError, match="Nothing may be written into the folder"):
            make_file(folder / "albania.adesk", report)
        assert everything_in(folder) == {}


# ------------------------------------------------------------------------------- after a crash


def test_reading_after_a_crash_takes_back_half_a_write_but_not_in_place(
    tmp_path: Path, path: Path, report: Report
) -> None:
    """A hot journal: the file as it is in the middle of a commit, with the journal to take it back."""
    torn = torn_write(tmp_path, path, report)
    before = everything_in(torn.parent)
    assert len(before) == 2
    with ReportFile.open(torn, "read") as file:
        assert file.load(1, report.form).plain("cover.authority") == "Ministry of Justice"
        assert file.verify_chain() == []
    assert everything_in(torn.parent) == before


def test_opening_after_a_crash_takes_back_half_a_write(tmp_path: Path, path: Path, report: Report) -> None:
    torn = torn_write(tmp_path, path, report)
    with ReportFile.open(torn, "write") as file:
        assert file.load(1, report.form).plain("cover.authority") == "Ministry of Justice"
        assert file.verify_chain() == []
    assert list(everything_in(torn.parent)) == ["albania.adesk"]


def torn_write(tmp_path: Path, path: Path, report: Report) -> Path:
    """A copy made while a large transaction has already written pages into the file itself."""
    torn = tmp_path / "torn" / "albania.adesk"
    torn.parent.mkdir()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN")
    connection.execute("UPDATE answers SET value = '\"half\"' WHERE path = 'cover.authority'")
    connection.execute("INSERT INTO meta VALUES ('filler', hex(randomblob(500000)))")
    for name in (path.name, f"{path.name}-journal"):
        shutil.copyfile(path.with_name(name), torn.with_name(name))
    connection.execute("ROLLBACK")
    connection.close()
    assert torn.read_bytes() != path.read_bytes()
    return torn


def test_what_another_program_did_meanwhile_is_not_written_over(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        change(path, "DELETE FROM changes", "DELETE FROM operations")
        with pytest.raises(DeskError, match="changed by another program while it was open"):
            file.record(edit(report, f"T1.planned/{FIRST_ROW}/description", "Mine"))
