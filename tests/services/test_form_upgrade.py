"""Taking a report over to another version of its form: the plan, the step in the log, the file afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.formdef.library import FormLibrary, UnknownFormError
from desktop_app.report.changes import OperationKind
from desktop_app.report.text.model import Text
from desktop_app.report.versions.content import content_of
from desktop_app.services.backups import NoBackupError, list_backups
from desktop_app.services.form_upgrade import NothingToUpgradeError, Plan, planned, upgrade_file
from desktop_app.services.form_versions import load_report
from desktop_app.services.open_report import open_report
from desktop_app.storage.report_file import ReportFile
from tests.support.form_versions import (
    BINNED_ROW,
    FIRST_ROW,
    SECOND_ROW,
    first_file,
    versioned_library,
)


@pytest.fixture(autouse=True)
def backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where backups go."""
    folder = tmp_path / "backups"
    monkeypatch.setenv("ALLIANCE_DESK_BACKUPS", str(folder))
    return folder


@pytest.fixture
def library(tmp_path: Path) -> FormLibrary:
    return versioned_library(tmp_path, "1", "2", "3")


@pytest.fixture
def path(tmp_path: Path, library: FormLibrary) -> Path:
    return first_file(tmp_path / "albania.adesk", library)


def part(plan: Plan, heading: str) -> list[str]:
    return [line for title, lines in plan.parts if heading in title for line in lines]


def test_the_plan_says_what_becomes_of_every_answer(path: Path, library: FormLibrary) -> None:
    before = path.read_bytes()
    plan = planned(path, library, version="2")
    assert plan.title == "From version 1 of the form to version 2"
    assert part(plan, "move") == [
        "cover, authority → cover, ministry",
        "A, goals → B, goals",
        "A, phase → B, phase",
        "A, many → B, many",
        "A, planned → B, planned (2 entries)",
        "A, planned, time → B, planned, when (2 entries)",
    ]
    assert part(plan, "no place any more") == [
        "cover, Old note: Nobody asks · for this (no question asks for it any more)",
        "A, many: The second phase (this option is no longer offered)",
        "A, planned 1: budget: 12.5 (no question of the list asks for it any more)",
        "A, planned 2: phase: The second phase (this option is no longer offered)",
        "A, done 1: what: A law was passed · time: In 2012 (the list no longer exists)",
    ]
    assert part(plan, "are new") == ["B, planned, result"]
    (problem,) = part(plan, "need a look")
    assert problem.startswith("B, planned 1, what: ")
    assert "  B, planned, result" in plan.lines
    assert path.read_bytes() == before


def test_the_plan_in_json(path: Path, library: FormLibrary) -> None:
    plain = planned(path, library, version="2").to_plain()
    assert (plain["from"], plain["to"], plain["form"], plain["report"]) == ("1", "2", "tiny", 1)
    assert {"from": "A.planned", "to": "B.planned", "rows": 2} in plain["moved"]
    assert "cover.old_note" in {each["path"] for each in plain["unplaced"]}


def test_afterwards_the_file_says_the_new_version_and_is_sound(path: Path, library: FormLibrary) -> None:
    done = upgrade_file(path, library, version="2", who="Ana")
    with ReportFile.open(path, "read") as file:
        (summary,) = file.reports()
        assert file.verify_chain() == []
        operation = file.operations(summary.id)[-1]
        read = load_report(file, summary, library)
    form = library.form("tiny", "2")
    assert (summary.form_version, summary.form_hash) == ("2", form.hash)
    assert (operation.kind, operation.who, operation.note) == (OperationKind.UPGRADE, "Ana", "1 → 2")
    assert read.sentences == ()
    assert not read.report.is_displaced
    shown = content_of(read.report)
    waiting = {
        path
        for path in done.plan.carried.content
        if path.startswith(("A.done/", f"B.planned/{BINNED_ROW}/budget"))
    }
    assert shown == {path: plain for path, plain in done.plan.carried.content.items() if path not in waiting}
    assert shown[f"B.planned/{FIRST_ROW}/phase"] == "early"


def test_over_a_version_between(path: Path, library: FormLibrary) -> None:
    upgrade_file(path, library)
    with ReportFile.open(path, "read") as file:
        read = load_report(file, file.reports()[0], library)
        assert file.verify_chain() == []
    assert read.report.form.version == "3"
    assert read.report.plain("cover.office") == "Ministry of <b>Justice</b>"


def test_twice_one_after_the_other(path: Path, library: FormLibrary) -> None:
    upgrade_file(path, library, version="2")
    upgrade_file(path, library, version="3")
    with ReportFile.open(path, "read") as file:
        read = load_report(file, file.reports()[0], library)
        assert file.verify_chain() == []
    assert read.report.plain("cover.office") == "Ministry of <b>Justice</b>"
    assert [row.id for row in read.report.lists["B.planned"].rows] == [FIRST_ROW, SECOND_ROW]


def test_without_the_old_version_it_can_be_taken_over_too(path: Path, tmp_path: Path) -> None:
    alone = versioned_library(tmp_path / "other", "2")
    upgrade_file(path, alone)
    opened = open_report(path, alone)
    try:
        assert opened.read_only == ""
        opened.session.set_value("cover.ministry", Text.plain("Another"))
        opened.session.dismiss_unplaced(next(iter(opened.session.report.unplaced)))
    finally:
        opened.close()
    with ReportFile.open(path, "read") as file:
        assert file.verify_chain() == []


def test_undo_stops_there_and_rows_in_the_bin_can_still_be_brought_back(
    path: Path, library: FormLibrary
) -> None:
    upgrade_file(path, library, version="2")
    opened = open_report(path, library)
    try:
        assert not opened.session.can_undo
        opened.session.restore_row("B.planned", BINNED_ROW)
    finally:
        opened.close()
    with ReportFile.open(path, "read") as file:
        read = load_report(file, file.reports()[0], library)
        assert file.verify_chain() == []
    # What the row held for a question that is gone waited with it, and is told now.
    assert any("budget" in kept.text and "7" in kept.text for kept in read.report.unplaced.values())
    assert "brought in line" in read.read_only
    upgrade_file(path, library, version="2")
    with ReportFile.open(path, "read") as file:
        read = load_report(file, file.reports()[0], library)
        assert file.verify_chain() == []
    assert read.read_only == ""
    assert read.report.plain(f"B.planned/{BINNED_ROW}/what") == "Thrown away"


def test_a_backup_from_before_is_made(path: Path, library: FormLibrary) -> None:
    done = upgrade_file(path, library)
    (backup,) = list_backups(path)
    assert done.backup == backup.path
    with ReportFile.open(backup.path, "read") as file:
        assert file.reports()[0].form_version == "1"


def test_without_a_backup_nothing_is_changed(path: Path, library: FormLibrary, backups: Path) -> None:
    backups.write_text("in the way")
    before = path.read_bytes()
    with pytest.raises(NoBackupError):
        upgrade_file(path, library)
    assert path.read_bytes() == before


def test_there_is_nothing_newer(path: Path, tmp_path: Path) -> None:
    alone = versioned_library(tmp_path / "other", "1")
    with pytest.raises(NothingToUpgradeError, match="answers version 1 of its form already"):
        planned(path, alone)


def test_an_older_version_is_refused(path: Path, library: FormLibrary) -> None:
    upgrade_file(path, library, version="2")
    with pytest.raises(NothingToUpgradeError, match="which is newer than 1"):
        upgrade_file(path, library, version="1")


def test_a_version_that_is_not_here_is_refused(path: Path, library: FormLibrary) -> None:
    with pytest.raises(UnknownFormError, match="There is no version “9”"):
        planned(path, library, version="9")
