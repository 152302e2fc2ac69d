"""What changed since a submission: in the history's own words, without what is said about the report."""

from __future__ import annotations

from pathlib import Path

from desktop_app.report.text.model import Text
from desktop_app.services.compared import Fate
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.reports import read_report
from desktop_app.services.review.talking import comment
from desktop_app.services.submitting import change_file, changed_since, differences_since, submit
from desktop_app.storage.report_file import ReportFile

AUTHORITY = "cover.authority"
LIST = "T1.planned"


def edited(session: EntrySession) -> None:
    session.amend("As asked")
    session.set_value(AUTHORITY, Text.plain("Ministry of Justice"))
    session.remove_rows(LIST, [session.report.lists[LIST].rows[0].id])
    session.add_row(LIST, {"description": Text.plain("Train every judge")})
    comment(session, AUTHORITY, "Now it is there.")


def test_places_that_differ_are_named_and_comments_and_the_status_are_not(path: Path) -> None:
    change_file(path, None, submit)
    report = read_report(path)
    gone = f"{LIST}/{report.lists[LIST].rows[0].id}"
    with ReportFile.open(path, "read") as file:
        assert changed_since(file, report, 1) == []
        assert changed_since(file, report, 2) is None
        assert differences_since(file, report, 2) is None
    change_file(path, None, edited)
    report = read_report(path)
    added = f"{LIST}/{report.lists[LIST].rows[-1].id}"
    with ReportFile.open(path, "read") as file:
        places = changed_since(file, report, 1)
    assert places is not None
    assert {place.path: place.fate for place in places} == {
        AUTHORITY: Fate.CHANGED,
        gone: Fate.REMOVED,
        added: Fate.ADDED,
    }


def test_it_is_what_differs_from_that_submission_and_not_from_the_last_one(path: Path) -> None:
    change_file(path, None, submit)
    change_file(path, None, edited)
    change_file(path, None, submit)
    report = read_report(path)
    with ReportFile.open(path, "read") as file:
        assert changed_since(file, report, 2) == []
        found = changed_since(file, report, 1)
    assert found is not None
    assert len(found) == 3
