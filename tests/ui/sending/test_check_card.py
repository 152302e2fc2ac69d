"""Problems on the page to send: the heaviest first, leading to their place; warnings accepted in place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.formdef.model import Level
from desktop_app.report.plain import canonical_bytes, report_to_plain
from desktop_app.report.text.model import Text
from desktop_app.services.attachments import attach, file_of
from desktop_app.services.importing import import_document
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.sending.check_card import FEW
from desktop_app.ui.sending.reason_line import LONGEST
from tests.support.window_parts import add_actions
from tests.ui.sending.conftest import Opener, Sender, button


def test_errors_stand_first_and_lead_to_their_place(send: Opener, norway: OpenReport) -> None:
    sender = send(norway)
    check = sender.page.check
    assert check.summary.startswith("Correct the errors first.")
    tops = [check.groups[level].y() for level in (Level.ERROR, Level.WARNING, Level.HINT)]
    assert tops == sorted(tops)
    entries = sender.entries(Level.ERROR)
    assert len(entries) == 8
    with sender.qtbot.waitSignal(sender.page.path_chosen) as chosen:
        QTest.keyClick(entries[0].lead, Qt.Key.Key_Return)
    assert chosen.args == ["T1.undertaken"]
    assert all(button(entry, "Accept") is None for entry in entries)


def test_a_file_that_is_there_by_name_alone_is_an_error_until_it_is_attached_again(
    send: Opener, example: OpenReport, open_file: Callable[[Path], OpenReport], tmp_path: Path
) -> None:
    plan = file_of("plan.pdf", b"%PDF-1.7 the plan")
    attach(example.session, "T1.planned", [plan])
    answers = tmp_path / "answers.json"
    answers.write_bytes(canonical_bytes(report_to_plain(example.session.report)))
    sender = send(open_file(import_document(tmp_path / "answers.adesk", answers).path))
    (error,) = sender.entries(Level.ERROR)
    assert "“plan.pdf” is not in this report file" in error.lead.accessibleName()
    with sender.qtbot.waitSignal(sender.page.path_chosen) as chosen:
        QTest.keyClick(error.lead, Qt.Key.Key_Return)
    assert chosen.args == ["T1.planned"]
    attach(sender.session, "T1.planned", [plan])
    assert not sender.page.check.groups[Level.ERROR].isVisible()


def test_hints_are_folded_away_until_they_are_wanted(sender: Sender) -> None:
    hints = sender.page.check.groups[Level.HINT]
    assert hints.expander is not None
    assert hints.expander.text() == "33 hints"
    assert not hints.entries
    hints.expander.click()
    assert len(sender.entries(Level.HINT)) == FEW
    sender.press("Show 21 more", hints)
    assert len(sender.entries(Level.HINT)) == 2 * FEW
    hints.expander.click()
    assert button(hints, "Show") is None


def test_a_warning_is_accepted_with_a_reason_and_that_is_taken_back(sender: Sender) -> None:
    warnings, session = sender.page.check.groups[Level.WARNING], sender.session
    entry = sender.warnings()[2]
    entry.accept.click()
    line = entry.line
    assert line is not None
    assert line.field.hasFocus()
    line.accept.click()
    assert line.remark == "Write a reason first: reviewers read it beside the warning."
    assert not session.report.accepted
    QTest.keyClicks(line.field, "The budget law decides.")
    assert line.remark == ""
    QTest.keyClick(line.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (accepted,) = session.report.accepted.values()
    assert (accepted.path, accepted.reason, accepted.who) == (
        entry.problem.path,
        "The budget law decides.",
        "Ana",
    )
    assert entry.line is None
    assert entry._said.text().startswith("Accepted by Ana, Today ")
    assert entry._said.text().endswith(": The budget law decides.")
    assert warnings.expander is not None
    assert warnings.expander.text() == "9 warnings, 1 of them accepted"
    assert entry.withdraw.hasFocus()
    assert entry.lead.accessibleName().startswith("Accepted warning: ")
    entry.withdraw.click()
    assert not session.report.accepted
    assert entry._said.isHidden()
    assert entry.accept.hasFocus()
    session.undo()
    assert list(session.report.accepted.values()) == [accepted]


def test_escape_closes_the_line_and_keeps_nothing(sender: Sender) -> None:
    entry = sender.warnings()[0]
    entry.accept.click()
    field = sender.page.unfinished
    assert field() is None
    line = entry.line
    assert line is not None
    QTest.keyClicks(line.field, "half a rea")
    assert field() is line.field
    QTest.keyClick(line.field, Qt.Key.Key_Escape)
    assert not line.isVisible()
    assert entry.accept.hasFocus()
    assert field() is None
    assert not sender.session.report.accepted


def test_a_reason_nobody_would_read_is_refused(sender: Sender) -> None:
    entry = sender.warnings()[0]
    entry.accept.click()
    assert entry.line is not None
    entry.line.field.setPlainText("a" * (LONGEST + 1))
    entry.line.accept.click()
    assert entry.line.remark == "This is too long: 4001 characters. Say it in 4000 or less."
    assert not sender.session.report.accepted


def test_what_is_being_written_stays_when_other_problems_come_and_go(sender: Sender) -> None:
    entry = sender.warnings()[1]
    entry.accept.click()
    line = entry.line
    assert line is not None
    QTest.keyClicks(line.field, "Because")
    sender.session.set_value("cover.authority", Text.plain("Ministry of Justice"))
    add_actions(sender.session, "T1.planned", "One more")
    assert len(sender.warnings()) == 9
    assert entry in sender.warnings()
    assert entry.line is line
    assert line.words == "Because"
    assert line.field.hasFocus()


def test_why_it_could_not_be_accepted_is_said_where_the_words_stand(sender: Sender) -> None:
    entry = sender.warnings()[0]
    entry.accept.click()
    assert entry.line is not None
    entry.line.field.setPlainText("Because.")
    sender.session.read_only = "Somebody else has the file."
    entry.line.accept.click()
    assert entry.line.remark == "Somebody else has the file."
    assert entry.line.words == "Because."


def test_a_frozen_report_shows_what_was_accepted_and_changes_nothing(qtbot: QtBot, sender: Sender) -> None:
    entry = sender.warnings()[0]
    entry.accept.click()
    assert entry.line is not None
    entry.line.field.setPlainText("Because.")
    entry.line.accept.click()
    sender.session.mark_ready()
    assert entry._said.isVisible()
    assert button(sender.page.check, "Withdraw") is button(sender.page.check, "Accept") is None
    assert sender.page.check.summary == "No errors. 8 warnings are open: reviewers will see them."
    sender.session.back_to_draft()
    assert button(sender.page.check, "Withdraw") is entry.withdraw
