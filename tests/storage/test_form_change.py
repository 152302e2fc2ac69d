"""A report that went over to another version of its form: what the file says of it, and its checks."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.report.changes import Change, Operation, OperationKind
from desktop_app.report.paths import FORM_PATH
from desktop_app.report.report import UnknownPlaceError
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import make_file
from tests.support.small_form import filled_report, small_form

NEW = replace(small_form("2.0"), hash="1" * 64)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A report that answers version 2.0 now."""
    report = filled_report()
    path = make_file(tmp_path / "albania.adesk", report)
    forms = [{"version": form.version, "hash": form.hash} for form in (report.form, NEW)]
    with ReportFile.open(path, "write") as file:
        file.upgrade(Operation(report.id, OperationKind.UPGRADE, (Change(FORM_PATH, *forms),)), NEW)
    return path


def test_the_file_says_the_new_version_and_is_sound(path: Path) -> None:
    with ReportFile.open(path, "read") as file:
        (summary,) = file.reports()
        report = file.load(1, NEW)
        assert file.verify_chain() == []
    assert (summary.form_version, summary.form_hash) == ("2.0", "1" * 64)
    assert not report.is_displaced
    assert report.plain(FORM_PATH) == {"version": "2.0", "hash": "1" * 64}


def test_a_version_that_was_changed_from_outside_is_noticed(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE reports SET form_version = '3.0'")
    connection.close()
    with ReportFile.open(path, "read") as file:
        found = file.verify_chain()
    assert {damage.path for damage in found} == {"", FORM_PATH}


def test_a_version_that_is_not_what_the_log_says_is_noticed_although_its_digest_fits(path: Path) -> None:
    with ReportFile.open(path, "read") as file:
        (summary,) = file.reports()
    other = replace(summary, form_version="3.0")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE reports SET form_version = '3.0', digest = ?", (other.digest(),))
    connection.close()
    with ReportFile.open(path, "read") as file:
        (damage,) = file.verify_chain()
    assert damage.path == FORM_PATH


def test_a_change_of_form_that_fails_leaves_everything_as_it_was(path: Path) -> None:
    before = path.read_bytes()
    with ReportFile.open(path, "write") as file:
        report = file.reports()[0].id
        changes = (
            Change(FORM_PATH, None, {"version": "3.0", "hash": "3" * 64}),
            Change("cover.authority", "Ministry of Justice", None),
            Change("T1.planned/unknown/description", None, "a row that never was"),
        )
        with pytest.raises(UnknownPlaceError, match=r"T1\.planned/unknown"):
            file.upgrade(Operation(report, OperationKind.UPGRADE, changes), small_form("3.0"))
    assert path.read_bytes() == before
