"""One real file of every format there ever was: each opens, with everything in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.report.changes import OperationKind, UndoStacks
from desktop_app.report.report import Report
from desktop_app.storage.format import FORMAT
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import ROOT, everything_in, replayed
from tests.support.small_form import BINNED_ROW, EVERY_TYPE, FIRST_ROW, SECOND_ROW, small_form

FILES = ROOT / "tests" / "data" / "files"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "format-1.adesk"
    path.write_bytes((FILES / path.name).read_bytes())
    return path


def test_there_is_a_file_of_every_format() -> None:
    names = {path.name for path in FILES.glob("*.adesk")}
    assert names == {f"format-{number}.adesk" for number in range(1, FORMAT + 1)}


def assert_complete(report: Report) -> None:
    for code, value in EVERY_TYPE.items():
        assert report.plain(f"T1.planned/{FIRST_ROW}/{code}") == value
    assert report.plain(f"T1.planned/{SECOND_ROW}/timeframe#state") == "not_applicable"
    assert report.plain(f"T1.planned/{SECOND_ROW}#confidential") is True
    assert report.plain("cover.date#state") == "not_available"
    assert report.plain("T2.undertaken#state") == "no_action_taken"
    assert report.plain("unplaced/1") == {"text": "Words of nobody", "near": "T1"}
    assert report.plain("cover.authority") == "Ministry of Justice and of the Inter"
    assert list(report.lists["T1.planned"].bin) == [BINNED_ROW]
    assert (report.country, report.cycle, report.language, report.status) == ("AL", "2013", "en", "draft")


def test_format_1_is_read_without_changing_it(old: Path) -> None:
    before = everything_in(old.parent)
    with ReportFile.open(old, "read") as file:
        (summary,) = file.reports()
        assert_complete(file.load(1, small_form()))
        assert [source.content.decode() for source in file.sources(summary.id)] == [
            "# Country report – été\n"
        ]
        assert [edit.path for edit in file.open_edits()] == ["cover.authority"]
        assert file.verify_chain() == []
    assert everything_in(old.parent) == before


def test_format_1_is_opened_for_writing(old: Path) -> None:
    with ReportFile.open(old, "write") as file:
        assert [operation.changes[0].new for operation in file.recovered] == [
            "Ministry of Justice and of the Inter"
        ]
        report = file.load(1, small_form())
        assert_complete(report)
        log = file.operations(report.id)
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
        assert replayed(report, log) == report
        assert file.verify_chain() == []
