from __future__ import annotations

import io
import statistics
import time
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.formdef.model import Field, FieldType
from desktop_app.report.changes import Change, OpenEdit, Operation, OperationKind, UndoStacks, inverse, new_id
from desktop_app.report.plain import POSITION_STEP, report_to_plain
from desktop_app.report.report import Report, Row, UnknownPlaceError
from desktop_app.report.text.model import Text
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import AlreadyThereError, FolderMissingError
from desktop_app.storage.errors import (
    MAX_LENGTH,
    FileMissingError,
    NoSuchReportError,
    OtherFormError,
    ReportExistsError,
    TooLargeError,
)
from desktop_app.storage.records import SourceDocument
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import edit, everything_in, make_file, replayed, run_script
from tests.support.small_form import BINNED_ROW, FIRST_ROW, empty_report, small_form, with_field

DESCRIPTION = f"T1.planned/{FIRST_ROW}/description"


def operation(report: Report, *changes: Change, kind: OperationKind = OperationKind.EDIT) -> Operation:
    return Operation(report.id, kind, changes)


# --------------------------------------------------------------------------------- making and keeping


def test_a_report_comes_back_as_it_was(path: Path, report: Report) -> None:
    with ReportFile.open(path, "read") as file:
        loaded = file.load(1, report.form)
    report.number = 1
    assert loaded == report
    assert report_to_plain(loaded) == report_to_plain(report)


def test_one_file_is_all_there_is_after_closing(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.record(edit(report, DESCRIPTION, "Another"))
    assert [found.name for found in path.parent.iterdir()] == ["albania.adesk"]


def test_the_summary_tells_what_the_file_holds(path: Path, report: Report) -> None:
    with ReportFile.open(path, "read") as file:
        (summary,) = file.reports()
    assert (summary.number, summary.id, summary.country, summary.cycle) == (1, report.id, "AL", "2013")
    assert (summary.form_id, summary.form_version, summary.form_hash) == ("small-form", "1.0", "0" * 64)
    assert (summary.language, summary.status) == ("en", "draft")


def test_an_existing_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "albania.adesk").write_text("precious")
    before = everything_in(tmp_path)
    with pytest.raises(AlreadyThereError, match=r"already a “albania\.adesk”"):
        ReportFile.create(tmp_path / "albania.adesk")
    assert everything_in(tmp_path) == before


def test_nothing_appears_when_the_first_content_is_refused(tmp_path: Path) -> None:
    def refuse(file: ReportFile) -> None:
        file.add_report(empty_report())
        raise DeskError("no such country")

    with pytest.raises(DeskError, match="no such country"):
        ReportFile.create(tmp_path / "albania.adesk", fill=refuse)
    assert everything_in(tmp_path) == {}


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FolderMissingError, match="elsewhere"):
        ReportFile.create(tmp_path / "elsewhere" / "albania.adesk")
    assert everything_in(tmp_path) == {}


@pytest.mark.parametrize("mode", ["read", "write"])
def test_opening_never_makes_a_file(tmp_path: Path, mode: str) -> None:
    with pytest.raises(FileMissingError, match=r"no file “.*albanai\.adesk”"):
        ReportFile.open(tmp_path / "albanai.adesk", mode)  # type: ignore[arg-type]
    assert everything_in(tmp_path) == {}


@pytest.mark.parametrize("name", ["50 % of #1?.adesk", "شهادة 🇦🇱.adesk", "a'b\"c;d.adesk"])
def test_any_name_will_do(tmp_path: Path, report: Report, name: str) -> None:
    make_file(tmp_path / name, report)
    with ReportFile.open(tmp_path / name, "write") as file:
        assert file.load(1, report.form).country == "AL"
    assert list(everything_in(tmp_path)) == [name]


def test_a_link_leads_to_the_one_file(path: Path, report: Report, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.adesk"
    link.symlink_to(path)
    with ReportFile.open(link, "write") as file:
        assert file.path == path
        file.record(edit(report, DESCRIPTION, "Through a link"))
    assert [found.name for found in link.parent.iterdir()] == ["link.adesk"]


def test_a_file_keeps_several_reports_apart(path: Path, report: Report) -> None:
    second = empty_report()
    second.cycle = "2014"
    with ReportFile.open(path, "write") as file:
        assert file.add_report(second, who="Ana") == 2
        file.record(edit(second, "cover.authority", "Ministry of the Interior"))
        assert [(found.number, found.cycle) for found in file.reports()] == [(1, "2013"), (2, "2014")]
        assert file.load(1, report.form).answers == report.answers
        assert file.load(2, report.form).answers == second.answers
        with pytest.raises(ReportExistsError, match="as report 2"):
            file.add_report(second)
        assert len(file.reports()) == 2


def test_the_same_row_may_be_in_two_reports(path: Path, report: Report) -> None:
    second = Report(new_id(), report.form, "AL", "2014", "en")
    second.lists["T1.planned"].rows.append(
        Row(FIRST_ROW, POSITION_STEP, {"description": Text.plain("later")})
    )
    with ReportFile.open(path, "write") as file:
        file.add_report(second)
        assert file.load(1, report.form).value(DESCRIPTION) == report.value(DESCRIPTION)
        assert file.load(2, report.form).value(DESCRIPTION) == Text.plain("later")


def test_the_document_of_an_import_is_kept(tmp_path: Path, report: Report) -> None:
    source = SourceDocument("albania.md", "text/markdown", b"# Country report\r\n\x00")

    def fill(file: ReportFile) -> None:
        file.add_report(report, kind=OperationKind.IMPORT, who="Ana", source=source)

    with ReportFile.create(tmp_path / "albania.adesk", fill=fill) as file:
        assert file.sources(report.id) == [source]
        (first,) = file.operations(report.id)
    assert (first.kind, first.who) == (OperationKind.IMPORT, "Ana")


def test_a_document_larger_than_a_report_file_holds_is_refused(path: Path) -> None:
    source = SourceDocument("film.mp4", "video/mp4", bytes(MAX_LENGTH + 1))
    with ReportFile.open(path, "write") as file:
        with pytest.raises(TooLargeError, match="50 MB"):
            file.add_report(empty_report(), source=source)
        assert len(file.reports()) == 1


def test_unknown_reports_and_other_forms_are_refused(path: Path, report: Report) -> None:
    other = replace(small_form(), id="other-form", _sections={}, _lists={}, _fields={})
    with ReportFile.open(path, "write") as file:
        with pytest.raises(NoSuchReportError, match="no report 7"):
            file.load(7, report.form)
        with pytest.raises(OtherFormError, match=r"“small-form 1\.0”"):
            file.load(1, other)
        with pytest.raises(NoSuchReportError):
            file.record(Operation("unknown", OperationKind.EDIT, ()))


def test_an_answer_the_form_has_no_place_for_is_not_passed_over(tmp_path: Path) -> None:
    report = empty_report(with_field(small_form(), Field("added", FieldType.TEXT, "action.added")))
    report.lists["T1.planned"].rows.append(Row(FIRST_ROW, POSITION_STEP, {"added": Text.plain("words")}))
    make_file(tmp_path / "a.adesk", report)
    with ReportFile.open(tmp_path / "a.adesk", "read") as file:
        read = file.load(1, small_form())
    (kept,) = read.unplaced.values()
    assert read.is_displaced
    assert kept.near == f"T1.planned/{FIRST_ROW}"
    assert "words" in kept.text


# ------------------------------------------------------------------------------------------- edits


def test_edits_of_every_kind_are_there_after_reopening(path: Path, report: Report) -> None:
    row = f"T1.planned/{BINNED_ROW}"
    with ReportFile.open(path, "write") as file:
        for place, new in [
            (row, {"position": 3000}),
            (f"{row}/description", "Soon removed"),
            (row, None),
            (DESCRIPTION, "<p>one</p><ul><li>two</li></ul>"),
            (f"T1.planned/{FIRST_ROW}/budget", None),
            ("T1.planned#confidential", True),
            ("cover.date#state", None),
            ("cover.date", "2013-12-31"),
            ("unplaced/1", None),
            ("#status", "ready"),
            ("#cycle", "2013-14"),
        ]:
            file.record(edit(report, place, new))
    report.number = 1
    with ReportFile.open(path, "read") as file:
        loaded = file.load(1, report.form)
        assert loaded == report
        assert loaded.lists["T1.planned"].bin[BINNED_ROW].position == 3000
        assert replayed(loaded, file.operations(report.id)) == report
        assert file.verify_chain() == []
        assert file.reports()[0].status == "ready"


def test_operations_come_back_with_who_when_and_why(path: Path, report: Report) -> None:
    made = Operation(
        report.id,
        OperationKind.UNDO,
        (
            Change(DESCRIPTION, report.plain(DESCRIPTION), "é ‘ظ’ 👩‍👧"),
            Change("cover.date", None, "2013-01-01"),
        ),
        "Ana",
        "sitting",
        of="another",
    )
    with ReportFile.open(path, "write") as file:
        file.record(made)
    with ReportFile.open(path, "read") as file:
        assert file.operations(report.id)[-1] == made


def test_an_operation_without_changes_is_kept(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        marker = Operation(report.id, OperationKind.EDIT, ())
        file.record(marker)
        assert file.operations(report.id)[-1] == marker
        assert file.verify_chain() == []


@pytest.mark.parametrize("words", ["a\x00b", "half \ud83d", "\ufffe", "_x000D_", "'; DROP TABLE rows; --"])
def test_no_character_is_lost(path: Path, report: Report, words: str) -> None:
    place = f"T1.planned/{FIRST_ROW}/law"
    with ReportFile.open(path, "write") as file:
        file.record(edit(report, place, {"url": "https://example.org", "label": words}))
    with ReportFile.open(path, "read") as file:
        assert file.load(1, report.form).plain(place) == {"url": "https://example.org", "label": words}
        assert file.verify_chain() == []


def test_a_step_is_kept_whole_or_not_at_all(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        with pytest.raises(UnknownPlaceError):
            file.record(
                operation(
                    report,
                    Change("cover.authority", None, "half"),
                    Change("T1.planned/nowhere/description", None, "x"),
                )
            )
        assert file.load(1, report.form).answers == report.answers
        assert len(file.operations(report.id)) == 1


def test_undo_survives_reopening(path: Path, report: Report) -> None:
    before = report_to_plain(report)
    with ReportFile.open(path, "write") as file:
        file.record(edit(report, DESCRIPTION, "First"))
        file.record(edit(report, f"T1.planned/{FIRST_ROW}", None, OperationKind.REMOVE))
    for _step in range(2):
        with ReportFile.open(path, "write") as file:
            last = UndoStacks.of_log(file.operations(report.id, undoable=True)).done[-1]
            file.record(Operation(report.id, OperationKind.UNDO, inverse(last.changes), of=last.id))
    with ReportFile.open(path, "read") as file:
        assert report_to_plain(file.load(1, report.form)) == before
        assert UndoStacks.of_log(file.operations(report.id)).done == []


def test_undo_needs_no_more_than_what_came_after_the_import(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        assert file.operations(report.id, undoable=True) == []
        made = edit(report, DESCRIPTION, "First")
        file.record(made)
        assert file.operations(report.id, undoable=True) == [made]
        file.record(edit(report, "#status", "ready", OperationKind.STATUS))
        assert file.operations(report.id, undoable=True) == []
        assert len(file.operations(report.id)) == 3


# ---------------------------------------------------------------------------------- the open edit


def test_the_text_being_typed_counts(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        for words in ("S", "So", "Som"):
            file.keep_open_edit(OpenEdit(report.id, DESCRIPTION, words, "Ana"))
        assert [kept.value for kept in file.open_edits()] == ["Som"]
        assert file.load(1, report.form).plain(DESCRIPTION) == "Som"
        assert file.load(1, report.form, with_open_edit=False).plain(DESCRIPTION) == report.plain(DESCRIPTION)
        with ReportFile.open(path, "read") as reader:
            assert reader.load(1, report.form).plain(DESCRIPTION) == "Som"
        assert len(file.operations(report.id)) == 1
        assert file.verify_chain() == []


def test_leaving_the_field_ends_the_open_edit(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep_open_edit(OpenEdit(report.id, DESCRIPTION, "Some"))
        file.record(edit(report, DESCRIPTION, "Some words"))
        assert file.open_edits() == []
        assert file.load(1, report.form).plain(DESCRIPTION) == "Some words"


def test_an_edit_elsewhere_leaves_the_open_edit(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep_open_edit(OpenEdit(report.id, DESCRIPTION, "Some"))
        file.record(edit(report, "cover.authority", "Ministry"))
        assert [kept.path for kept in file.open_edits()] == [DESCRIPTION]


LEFT = """
import os, sys
from pathlib import Path
from desktop_app.report.changes import OpenEdit
from desktop_app.storage.report_file import ReportFile
path, report, place, *words = sys.argv[1:]
file = ReportFile.open(Path(path), "write", who="Ana")
for value in words:
    file.keep_open_edit(OpenEdit(report, place, value, "Ana", "sitting"))
os.kill(os.getpid(), 9)
"""


def test_what_a_crash_left_open_becomes_one_change(path: Path, report: Report) -> None:
    before = report.plain(DESCRIPTION)
    assert run_script(LEFT, path, report.id, DESCRIPTION, "Som", "Some wor").returncode == -9
    with ReportFile.open(path, "write") as file:
        (recovered,) = file.recovered
        assert recovered.changes == (Change(DESCRIPTION, before, "Some wor"),)
        assert (recovered.kind, recovered.who, recovered.sitting) == (OperationKind.EDIT, "Ana", "sitting")
        assert file.operations(report.id)[-1] == recovered
        assert file.open_edits() == []
        assert file.verify_chain() == []
    with ReportFile.open(path, "write") as file:
        assert file.recovered == ()
        assert file.load(1, report.form).plain(DESCRIPTION) == "Some wor"


def test_an_open_edit_that_changed_nothing_is_not_recovered(path: Path, report: Report) -> None:
    assert run_script(LEFT, path, report.id, "cover.authority", "Ministry of Justice").returncode == -9
    with ReportFile.open(path, "write") as file:
        assert file.recovered == ()
        assert file.open_edits() == []
        assert len(file.operations(report.id)) == 1


# ------------------------------------------------------------------------------ reading and speed


def test_reading_changes_nothing(path: Path, report: Report) -> None:
    before = everything_in(path.parent)
    with ReportFile.open(path, "read") as file:
        file.load(1, report.form)
        file.verify_chain()
        assert everything_in(path.parent) == before
        with pytest.raises(io.UnsupportedOperation):
            file.record(edit(report, DESCRIPTION, "No"))
    assert everything_in(path.parent) == before


READ = """
import sys
from pathlib import Path
from desktop_app.storage.report_file import ReportFile
from tests.support.small_form import small_form
file = ReportFile.open(Path(sys.argv[1]), sys.argv[2])
file.load(1, small_form())
file.operations(file.reports()[0].id)
file.close()
print("sqlite_utils" in sys.modules)
"""


@pytest.mark.parametrize("mode", ["read", "write"])
def test_the_first_page_does_not_wait_for_sqlite_utils(path: Path, mode: str) -> None:
    assert run_script(READ, path, mode).stdout == "False\n"


def large_report(rows: int) -> Report:
    report = empty_report()
    words = Text.plain("Strengthen the unit that investigates child sexual abuse online. " * 8)
    report.lists["T1.planned"].rows = [
        Row(new_id(), (index + 1) * POSITION_STEP, {"description": words, "goals": ("T1.G1",)})
        for index in range(rows)
    ]
    return report


def seconds_to_record(path: Path, report: Report) -> float:
    row = report.lists["T1.planned"].rows[3]
    took = []
    with ReportFile.open(path, "write") as file:
        for number in range(30):
            change = Change(f"T1.planned/{row.id}/description", None, f"number {number}")
            # Not by the clock on the wall: how long the disk takes depends on what else it does.
            began = time.thread_time()
            file.record(operation(report, change))
            took.append(time.thread_time() - began)
    return statistics.median(took)


def test_an_edit_costs_the_same_in_a_large_report(tmp_path: Path) -> None:
    """A scan of 4,000 rows would take several times as long."""
    small, large = large_report(10), large_report(4000)
    seconds_in_small = seconds_to_record(make_file(tmp_path / "small.adesk", small), small)
    seconds_in_large = seconds_to_record(make_file(tmp_path / "large.adesk", large), large)
    assert seconds_in_large < 2 * seconds_in_small
