"""One real file of every format there ever was: each opens, with everything in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from desktop_app.report.changes import Operation, OperationKind, UndoStacks
from desktop_app.report.report import Report
from desktop_app.services.history import compare, moments, restore_points, versions_of
from desktop_app.storage import upgrading
from desktop_app.storage.connection import connect
from desktop_app.storage.errors import DamagedFileError
from desktop_app.storage.format import FORMAT
from desktop_app.storage.migrations import steps
from desktop_app.storage.report_file import ReportFile
from tests.support.make_format_2 import DESCRIPTION, LONG, NAME
from tests.support.report_content import everything
from tests.support.report_files import ROOT, edit, everything_in, replayed
from tests.support.small_form import BINNED_ROW, EVERY_TYPE, FIRST_ROW, SECOND_ROW, small_form

FILES = ROOT / "tests" / "data" / "files"
FORMATS = range(1, FORMAT + 1)
OLDER = range(1, FORMAT)


def copy_of(number: int, folder: Path) -> Path:
    path = folder / f"format-{number}.adesk"
    path.write_bytes((FILES / path.name).read_bytes())
    return path


@pytest.fixture(params=FORMATS)
def each(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return copy_of(request.param, tmp_path)


@pytest.fixture(params=OLDER)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return copy_of(request.param, tmp_path)


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return copy_of(1, tmp_path)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return copy_of(2, tmp_path)


def opened_to_write(path: Path) -> ReportFile:
    return ReportFile.open(path, "write", before_upgrade=lambda _path: None)


def test_there_is_a_file_of_every_format() -> None:
    names = {path.name for path in FILES.glob("*.adesk")}
    assert names == {f"format-{number}.adesk" for number in FORMATS}
    for number in FORMATS:
        connection = sqlite3.connect(f"{(FILES / f'format-{number}.adesk').as_uri()}?immutable=1", uri=True)
        assert connection.execute("PRAGMA user_version").fetchone() == (number,)
        connection.close()


def assert_complete(report: Report) -> None:
    for code, value in EVERY_TYPE.items():
        assert report.plain(f"T1.planned/{FIRST_ROW}/{code}") == value
    assert report.plain(f"T1.planned/{SECOND_ROW}/timeframe#state") == "not_applicable"
    assert report.plain(f"T1.planned/{SECOND_ROW}#confidential") is True
    assert report.plain("cover.date#state") == "not_available"
    assert report.plain("T2.undertaken#state") == "no_action_taken"
    assert report.plain("unplaced/1") == {"text": "Words of nobody", "near": "T1"}
    assert report.plain("cover.authority") == "Ministry of Justice and of the Inter"
    assert BINNED_ROW in report.lists["T1.planned"].bin
    assert (report.country, report.cycle, report.language, report.status) == ("AL", "2013", "en", "draft")


def test_each_is_read_without_changing_it(each: Path) -> None:
    before = everything_in(each.parent)
    with ReportFile.open(each, "read") as file:
        summary = file.reports()[0]
        assert_complete(file.load(1, small_form()))
        assert [source.content.decode() for source in file.sources(summary.id)] == [
            "# Country report – été\n"
        ]
        assert [edit.path for edit in file.open_edits()] == ["cover.authority"]
        assert file.verify_chain() == []
        assert moments(file, summary.id)[-1].kind is OperationKind.IMPORT
        assert versions_of(file, summary.id, "cover.country")[0].value == "AL"
    assert everything_in(each.parent) == before


def test_each_is_opened_for_writing_and_written(each: Path) -> None:
    with opened_to_write(each) as file:
        assert [operation.changes[0].new for operation in file.recovered] == [
            "Ministry of Justice and of the Inter"
        ]
        report = file.load(1, small_form())
        assert_complete(report)
        assert replayed(report, file.operations(report.id)) == report
        file.record(edit(report, "cover.authority", LONG))
        file.record(edit(report, "cover.authority", f"{LONG} More."))
    with ReportFile.open(each, "write") as file:
        assert file.load(1, small_form()) == report
        assert file.verify_chain() == []


def history(path: Path) -> dict[str, list[Operation]]:
    with ReportFile.open(path, "read") as file:
        return {report.id: file.operations(report.id) for report in file.reports()}


def answers(path: Path) -> list[object]:
    with ReportFile.open(path, "read") as file:
        return [everything(file.load(report.number, small_form())) for report in file.reports()]


def test_an_older_file_has_the_same_answers_and_history_when_it_is_up_to_date(old: Path) -> None:
    before = answers(old), history(old)
    upgraded(old)
    assert (answers(old), history(old)) == before
    with ReportFile.open(old, "read") as file:
        assert file.verify_chain() == []


def upgraded(path: Path) -> None:
    connection = connect(path, "rw")
    try:
        upgrading.upgrade(connection, path)
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)
        assert connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() == (str(FORMAT),)
    finally:
        connection.close()


def shape(path: Path) -> set[tuple[object, ...]]:
    """Tables and indexes, each with the names of its columns."""
    connection = sqlite3.connect(path)
    found = set()
    for kind, name in connection.execute(
        "SELECT type, name FROM sqlite_master WHERE type <> 'view'"
    ).fetchall():
        columns = connection.execute(f"PRAGMA {'index' if kind == 'index' else 'table'}_info('{name}')")
        found.add((kind, name, *(row[1:3] for row in columns)))
    connection.close()
    return found


def test_an_older_file_that_is_up_to_date_is_built_like_a_new_one(old: Path, path: Path) -> None:
    upgraded(old)
    assert shape(old) == shape(path)


def test_a_step_that_fails_leaves_the_older_file_as_it_was(old: Path) -> None:
    before = old.read_bytes()

    def fail(db: Database) -> None:
        steps.apply(db)
        db.execute("UPDATE answers SET value = NULL")
        raise OSError("no more room")

    connection = connect(old, "rw")
    with pytest.raises(OSError, match="no more room"):
        upgrading.upgrade(connection, old, fail)
    connection.close()
    assert old.read_bytes() == before


def test_a_step_that_changes_an_answer_is_taken_back(old: Path) -> None:
    before = old.read_bytes()

    def change(db: Database) -> None:
        steps.apply(db)
        db.execute("UPDATE answers SET confidential = 1")

    connection = connect(old, "rw")
    with pytest.raises(DamagedFileError):
        upgrading.upgrade(connection, old, change)
    connection.close()
    assert old.read_bytes() == before


def test_a_damaged_older_file_is_left_as_it_is(old: Path) -> None:
    connection = sqlite3.connect(old)
    with connection:
        connection.execute("UPDATE answers SET value = '\"Mini\"' WHERE path = 'cover.authority'")
    connection.close()
    before = old.read_bytes()
    with pytest.raises(DamagedFileError):
        opened_to_write(old)
    assert old.read_bytes() == before


def test_undo_in_a_file_of_format_1_goes_on_where_it_was(first: Path) -> None:
    with opened_to_write(first) as file:
        log = file.operations(file.reports()[0].id)
        assert [operation.kind for operation in log] == [
            OperationKind.IMPORT,
            OperationKind.ADD,
            OperationKind.EDIT,
            OperationKind.REMOVE,
            OperationKind.EDIT,
            OperationKind.UNDO,
            OperationKind.EDIT,
        ]
        assert log[0].who == "Ana"
        stacks = UndoStacks.of_log(log)
        assert [step.kind for step in stacks.done] == [
            OperationKind.ADD,
            OperationKind.EDIT,
            OperationKind.REMOVE,
            OperationKind.EDIT,
        ]


def test_format_2_keeps_the_past(second: Path) -> None:
    with ReportFile.open(second, "read") as file:
        one, two = file.reports()
        values = [version.value for version in versions_of(file, one.id, DESCRIPTION)]
        assert values[1:4] == [f"Since 2012: {LONG}And judges.", f"{LONG}And judges.", LONG]
        (point,) = restore_points(file, one.id)
        assert point.note == "before the minister's changes"
        now = compare(file, one.id, point.seq)
        assert [difference.path for difference in now] == []
        stacks = UndoStacks.of_log(file.operations(one.id))
        assert (len(stacks.done), len(stacks.undone)) == (0, 1)
        removal = versions_of(file, one.id, f"T1.planned/{BINNED_ROW}/description")
        assert [(version.value, version.is_purged) for version in removal] == [(None, True), (None, True)]
        assert removal[0].moment.note == "A name"
        (source,) = file.sources(two.id)
        assert (source.name, source.content, source.is_removed) == ("with-a-name.md", b"", True)
    assert NAME.encode() not in second.read_bytes()
