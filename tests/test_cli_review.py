"""The command for a workbook that came back: what it prints, what it brings in, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.__main__ import COMMANDS
from desktop_app.report.changes import OperationKind
from desktop_app.report.text.model import Text
from desktop_app.services.backups import BEFORE_IMPORT, list_backups
from desktop_app.services.reports import read_report, start_report
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import everything_in, make_file
from tests.support.reviewed import Reviewed
from tests.support.workbooks import example

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLIANCE_DESK_BACKUPS", str(tmp_path / "backups"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The example in a file."""
    folder = tmp_path / "reports"
    folder.mkdir()
    return make_file(folder / "albania.adesk", example())


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A comment, a changed answer and a new row."""
    reviewed = Reviewed(tmp_path)
    reviewed.comment(3, "Which budget?", decision="correction", reviewer="Zoë", question="How much?")
    words = str(reviewed.cell("Actions", 2, "description").value)
    reviewed.write("Actions", 2, description=f"{words} Really?")
    last = reviewed.sheet("Actions").max_row + 1
    reviewed.write("Actions", last, section="T2", list="planned", description="Train every judge")
    return reviewed.saved()


def test_the_program_knows_the_command() -> None:
    assert "review" in COMMANDS


def test_looking_changes_nothing(run: Run, path: Path, workbook: Path) -> None:
    before = everything_in(path.parent)
    code, out, err = run("review", path, workbook)
    assert (code, err) == (0, "")
    assert "Comment: Target 1, action already undertaken 1: Zoë · Correction needed\n  Which budget?" in out
    assert "  Question: How much?" in out
    assert "Suggested wording: Target 1, action already undertaken 1, Description: In any criminal" in out
    assert "New row: Target 2, planned actions: Train every judge" in out
    assert out.endswith(
        "1 new comment, 1 suggested wording, 1 new row\n"
        "Nothing was brought in yet. To bring it in, say: --apply --suggestions --rows\n"
    )
    assert everything_in(path.parent) == before


def test_comments_alone_unless_more_is_asked_for(run: Run, path: Path, workbook: Path) -> None:
    code, out, _err = run("review", path, workbook, "--apply")
    left = (
        "Left out: 1 suggestion (--suggestions), 1 new row (--rows). "
        "Say what stands in brackets as well to bring it in.\n"
    )
    assert code == 0 and out.endswith(f"1 comment brought in.\n{left}")
    report = read_report(path)
    assert len(report.comments) == 1
    assert len(report.lists["T2.planned"].rows) == len(example().lists["T2.planned"].rows)
    assert [backup.why for backup in list_backups(path)] == [BEFORE_IMPORT]
    code, out, _err = run("review", path, workbook, "--apply", "--suggestions", "--rows")
    assert code == 0 and out.endswith("1 wording taken over.\n1 row added.\n")
    report = read_report(path)
    added = report.lists["T2.planned"].rows[-1]
    assert added.values == {"description": Text.plain("Train every judge")}
    with ReportFile.open(path, "read") as file:
        kinds = [operation.kind for operation in file.operations(report.id)]
        assert kinds.count(OperationKind.COMMENT) == 2 and file.verify_chain() == []


def test_the_list_is_in_the_order_of_the_report_and_says_whom_it_is_for(
    run: Run, tmp_path: Path, path: Path
) -> None:
    reviewed = Reviewed(tmp_path)
    sheet = reviewed.sheet("Review")
    last = sheet.max_row
    reviewed.comment(2, "About the first.", kind="internal", reviewer="Zoë")
    reviewed.comment(last, "About the last.")
    # The first row was moved to the end, as a reviewer may sort them.
    reviewed.copy_row("Review", 2, last + 1)
    sheet.delete_rows(2)
    end = reviewed.sheet("Actions").max_row + 1
    reviewed.write("Actions", end, section="T3", list="planned", description="Third", timeframe="2015")
    reviewed.write("Actions", end + 1, section="T2", list="planned", description="Second", timeframe="2014")
    _code, out, _err = run("review", path, reviewed.saved())
    assert "Internal comment: " in out and "Zoë" in out
    assert out.index("Internal comment: ") < out.index("About the first.") < out.index("About the last.")
    second, third = out.index("planned actions: Second · 2014"), out.index("planned actions: Third · 2015")
    assert second < third


def test_again_there_is_nothing_new(run: Run, path: Path, workbook: Path) -> None:
    run("review", path, workbook, "--apply", "--suggestions", "--rows")
    before = path.read_bytes()
    code, out, _err = run("review", path, workbook, "--apply", "--suggestions", "--rows")
    assert code == 0
    assert "Comment, known already: " in out and "New row, known already: " in out
    assert "Suggested wording" not in out
    assert out.endswith("Nothing new in this workbook.\nNothing was brought in.\n")
    assert path.read_bytes() == before


def test_for_programs(run: Run, path: Path, workbook: Path) -> None:
    code, out, _err = run("review", path, workbook, "--apply", "--rows", "--json")
    plain = json.loads(out)
    assert code == 0
    assert plain["applied"] == {"comments": 1, "suggestions": 0, "rows": 1, "kept_in_words": 0}
    (comment,) = plain["comments"]
    assert (comment["decision"], comment["words"], comment["known"]) == ("correction", "Which budget?", False)
    assert (len(plain["suggestions"]), len(plain["rows"])) == (1, 1)
    _code, out, _err = run("show", path, "--json")
    assert json.loads(out)["comments"][comment["id"]]["about"] == comment["about"]
    assert "applied" not in json.loads(run("review", path, workbook, "--json")[1])


def test_another_country_only_when_told(run: Run, tmp_path: Path, path: Path) -> None:
    other = example()
    other.country = "NO"
    reviewed = Reviewed(tmp_path, other)
    reviewed.comment(3, "Which budget?")
    workbook = reviewed.saved()
    for arguments in ((), ("--apply",)):
        code, out, _err = run("review", path, workbook, *arguments)
        assert code == 1
        assert out.startswith("Not brought in: The workbook is of Norway, the report of Albania.\n")
    assert out.endswith("Nothing was brought in. Say --even-if-other when it is to come in all the same.\n")
    assert not read_report(path).comments
    code, out, _err = run("review", path, workbook, "--apply", "--even-if-other")
    assert code == 0 and len(read_report(path).comments) == 1


def test_what_needs_a_person(run: Run, tmp_path: Path, path: Path) -> None:
    reviewed = Reviewed(tmp_path)
    reviewed.write("Actions", 2, number="see above")
    code, out, _err = run("review", path, reviewed.saved(), "--apply", "--suggestions")
    assert code == 1
    assert "These words are not an answer of the report, so they cannot be changed in it." in out


def test_words_that_were_changed_since_are_a_conflict(run: Run, tmp_path: Path, path: Path) -> None:
    first, second = Reviewed(tmp_path), Reviewed(tmp_path)
    words = str(first.cell("Actions", 2, "description").value)
    first.write("Actions", 2, description=f"{words} Soon.")
    second.write("Actions", 2, description=f"{words} Never.")
    assert run("review", path, first.saved("first.xlsx"), "--apply", "--suggestions")[0] == 0
    workbook = second.saved("second.xlsx")
    code, out, _err = run("review", path, workbook)
    assert code == 1
    assert f"\n  instead of: {words}\n  The report reads now: {words} Soon.\n" in out
    person = (
        "1 of these is for a person to decide, because of what is said beside it. "
        "No option brings it in: open the report and this workbook in the window, and choose there.\n"
    )
    counted = "0 new comments, 1 suggested wording (1 of them in words that were changed since), 0 new rows\n"
    assert out.endswith(f"{counted}{person}")
    code, out, _err = run("review", path, workbook, "--apply", "--suggestions")
    assert code == 1 and out.endswith(f"{counted}Nothing was brought in.\n{person}")
    third = Reviewed(tmp_path)
    third.write("Actions", 2, description=f"{words} Never.")
    third.comment(3, "Which budget?")
    _code, out, _err = run("review", path, third.saved("third.xlsx"), "--apply", "--suggestions")
    assert out.endswith(f"1 comment brought in.\n{person}")


def test_what_cannot_be_read(run: Run, tmp_path: Path, path: Path) -> None:
    letter = tmp_path / "letter.xlsx"
    letter.write_text("Dear colleague", encoding="utf-8")
    for arguments in ((path, letter), (path, tmp_path / "missing.xlsx"), (tmp_path / "no.adesk", letter)):
        code, out, err = run("review", *arguments)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1 and "xlsx" in err


def test_a_window_has_the_file_open(run: Run, path: Path, workbook: Path) -> None:
    with ReportFile.open(path, "write", who="Ana"):
        assert run("review", path, workbook)[0] == 0
        code, _out, err = run("review", path, workbook, "--apply")
    assert code == 2 and "Ana" in err
    assert not read_report(path).comments


def test_the_number_of_the_report(run: Run, path: Path, workbook: Path) -> None:
    code, _out, err = run("review", path, workbook, "--report", "2")
    assert code == 2 and "There is no report 2" in err


def test_of_two_cycles_in_a_file_it_is_for_the_one_it_was_made_of(
    run: Run, path: Path, workbook: Path
) -> None:
    start_report(path, "ga-commitments", "AL", "2015")
    code, out, _err = run("review", path, workbook, "--report", "2", "--apply")
    assert code == 1
    assert out.startswith("Not brought in: The workbook was made of another report of this file: report 1, ")
    code, out, _err = run("review", path, workbook)
    assert code == 0
    assert (
        "Note: It is for report 1 of “albania.adesk”, cycle 2013: the workbook was made of that one." in out
    )
    code, out, _err = run("review", path, workbook, "--apply")
    assert code == 0 and "1 comment brought in." in out
    assert len(read_report(path, 1).comments) == 1
    assert not read_report(path, 2).comments


# A workbook as the way a whole report comes in


def test_a_colleague_s_workbook_makes_a_report(run: Run, tmp_path: Path, workbook: Path) -> None:
    code, out, _err = run("import", tmp_path / "new.adesk", workbook)
    assert code == 0
    assert out.startswith(f"Report 1 written to {tmp_path / 'new.adesk'}\n")
    assert "1 comment brought in." in out and "1 row added." in out and "1 wording taken over." in out
    report, before = read_report(tmp_path / "new.adesk"), example()
    assert report.id == before.id
    rows = report.lists["T2.planned"].rows
    assert [row.id for row in rows[:-1]] == [row.id for row in before.lists["T2.planned"].rows]
    assert rows[-1].values == {"description": Text.plain("Train every judge")}
    assert {comment.decision for comment in report.comments.values()} == {None, "correction"}
    with ReportFile.open(tmp_path / "new.adesk", "read") as file:
        assert file.verify_chain() == []
        kinds = [operation.kind for operation in file.operations(report.id)]
        assert kinds == [OperationKind.IMPORT, OperationKind.COMMENT]
        (source,) = file.sources(report.id)
        assert source.content == workbook.read_bytes()


def test_a_workbook_of_a_report_that_is_there(run: Run, path: Path, workbook: Path) -> None:
    before = path.read_bytes()
    code, out, err = run("import", path, workbook)
    assert (code, out) == (2, "")
    assert "This report is already in “albania.adesk”, as report 1. To bring in what was written" in err
    assert path.read_bytes() == before


def test_a_workbook_without_its_hidden_sheet_makes_no_report(run: Run, tmp_path: Path) -> None:
    reviewed = Reviewed(tmp_path)
    del reviewed.book["_meta"]
    code, _out, err = run("import", tmp_path / "new.adesk", reviewed.saved())
    assert code == 2 and "no longer holds the answers it was made with" in err
    assert not (tmp_path / "new.adesk").exists()


def test_what_a_person_must_look_at_is_told(run: Run, tmp_path: Path) -> None:
    reviewed = Reviewed(tmp_path)
    last = reviewed.sheet("Actions").max_row + 1
    reviewed.write("Actions", last, description="Train every judge", timeframe="2014")
    code, out, _err = run("import", tmp_path / "new.adesk", reviewed.saved())
    assert code == 0
    assert f"Actions!A{last}: this row does not say to which list it belongs." in out


def test_remarks_in_columns_of_ones_own_come_in_when_asked_for(run: Run, path: Path, tmp_path: Path) -> None:
    reviewed = Reviewed(tmp_path)
    sheet = reviewed.sheet("Review")
    column = sheet.max_column + 1
    sheet.cell(1, column).value = "My priority"
    sheet.cell(4, column).value = "P1"
    reviewed.comment(3, "Which budget?", reviewer="Ana")
    workbook = reviewed.saved()
    code, said, _errors = run("review", path, workbook, "--apply")
    assert code == 0
    assert said.endswith(
        "Left out: 1 remark outside the reviewers' columns (--remarks). "
        "Say what stands in brackets as well to bring it in.\n"
    )
    assert len(read_report(path).comments) == 1
    _code, said, _errors = run("review", path, workbook, "--apply", "--remarks")
    assert said.endswith("1 comment brought in.\n")
    assert len(read_report(path).comments) == 2
