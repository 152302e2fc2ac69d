"""The pre-flight: what is found, what blocks, and what is only to be known."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from desktop_app.formdef.model import Level
from desktop_app.report.changes import Change, new_id
from desktop_app.report.report import Report
from desktop_app.report.text.model import Text
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.review.talking import answer, comment
from desktop_app.services.submitting import (
    FileState,
    NotFitError,
    Preflight,
    change_file,
    file_state,
    freeze,
    preflight,
    submit,
)
from desktop_app.storage.report_file import ReportFile
from tests.support.memory_journal import MemoryJournal
from tests.support.toml_forms import toml_form
from tests.support.workbooks import form

AUTHORITY = "cover.authority"
BODY = """
[[section]]
code = "A"

[[section.field]]
code = "has_unit"
type = "yes_no"
required = "error"

[[section.field]]
code = "unit_name"
type = "text"
relevant = "has_unit == True"
"""


def strict() -> EntrySession:
    """A report with an error."""
    return EntrySession(Report(new_id(), toml_form(BODY), "AL", "2013", "en"), MemoryJournal(), who="Ana")


def test_the_heaviest_problem_comes_first(session: EntrySession) -> None:
    found = preflight(session.report)
    levels = [each.level for each in found.problems]
    assert levels == sorted(levels, key=list(Level).index)
    assert found.may_submit
    assert (found.last, found.since, found.is_unchanged) == (None, None, False)
    assert json.loads(json.dumps(found.to_plain()))["problems"][0]["level"] == "warning"


def test_errors_block_and_say_how_many_they_are() -> None:
    session = strict()
    found = preflight(session.report)
    assert [each.problem.path for each in found.errors] == ["A.has_unit"]
    assert found.blocks == ("1 error must be mended before the report can be submitted.",)
    for refused in (lambda: freeze(session, found), lambda: submit(session)):
        with pytest.raises(NotFitError, match="1 error must be mended") as refusal:
            refused()
        assert refusal.value.preflight == found
    assert session.report.status == "draft"
    session.set_value("A.has_unit", True)
    assert submit(session).number == 1


def test_what_stays_out_is_named() -> None:
    session = strict()
    session.set_value("A.unit_name", Text.plain("Cybercrime section"))
    session.set_value("A.has_unit", False)
    session.set_confidential("A.has_unit", True)
    found = preflight(session.report)
    assert found.left_out == ("A.unit_name",)
    assert found.confidential == ("A.has_unit",)


def test_a_row_that_is_confidential_is_named_as_long_as_it_is_there(session: EntrySession) -> None:
    row = session.report.lists["T1.planned"].rows[0].id
    session.set_confidential(f"T1.planned/{row}", True)
    session.set_confidential(f"T1.planned/{row}/timeframe", True)
    assert preflight(session.report).confidential == (f"T1.planned/{row}", f"T1.planned/{row}/timeframe")
    session.remove_rows("T1.planned", [row])
    assert preflight(session.report).confidential == ()


def test_comments_without_an_answer_are_told(session: EntrySession) -> None:
    said = comment(session, "T1.goals", "Which ministry leads?")
    assert preflight(session.report).unanswered == ()
    change = session.report.plain(f"comment/{said}")
    asked = {**change, "kind": "official", "reviewer": "L. Berg"}
    session.comment([Change(f"comment/{said}", change, asked)])
    assert [thread.id for thread in preflight(session.report).unanswered] == [said]
    answer(session, said, "The Ministry of Justice.")
    assert preflight(session.report).unanswered == ()


def test_a_report_in_another_version_of_its_form_is_not_submitted(session: EntrySession) -> None:
    session.report.is_displaced = True
    assert "another version of its form" in preflight(session.report).blocks[0]


def test_the_whole_file_is_checked_and_damage_blocks(path: Path) -> None:
    with ReportFile.open(path, "read") as file:
        report = file.load(1, form())
        assert file_state(file, report) == FileState()
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE answers SET value = '\"2014-01-01\"' WHERE path = 'cover.date'")
        connection.execute("UPDATE rows SET answers = replace(answers, 'police', 'polite')")
    connection.close()
    with ReportFile.open(path, "read") as file:
        found = preflight(file.load(1, form()), file_state(file, report))
    assert found.damages
    assert not found.may_submit
    assert "is damaged, so nothing is submitted from it" in found.blocks[0]
    assert "doctor" in found.blocks[0]


def test_what_changed_since_the_last_submission_is_said(path: Path) -> None:
    change_file(path, None, submit, who="Ana")
    change_file(path, None, lambda session: session.amend(), who="Ana")
    found = looked(path)
    assert found.last is not None
    assert (found.last.number, found.since, found.is_unchanged) == (1, (), True)
    words = Text.plain("Ministry of Justice")
    change_file(path, None, lambda session: session.set_value(AUTHORITY, words), who="Ana")
    found = looked(path)
    assert found.since is not None
    assert [place.path for place in found.since] == [AUTHORITY]
    assert found.to_plain()["changed"] == [AUTHORITY]


def looked(path: Path) -> Preflight:
    with ReportFile.open(path, "read") as file:
        report = file.load(1, form())
        return preflight(report, file_state(file, report))
