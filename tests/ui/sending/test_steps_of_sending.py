"""The way of a report on the page to send: ready, approved, submitted, and back; each refusal in place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.report.changes import Change
from desktop_app.report.submissions import SubmissionRecord
from desktop_app.report.text.model import Text
from desktop_app.services.open_report import OpenReport
from desktop_app.services.verifying import verify
from desktop_app.ui.menus import Step
from tests.support.window_parts import add_actions
from tests.ui.sending.conftest import Opener, Sender, button


def primary(sender: Sender) -> list[str]:
    """The words of the visible buttons that stand out."""
    from desktop_app.ui.parts import Button, ButtonKind

    return [
        found.text().replace("&", "")
        for found in sender.page.findChildren(Button)
        if found.isVisible() and found._kind is ButtonKind.PRIMARY
    ]


def test_one_step_leads_to_the_next(sender: Sender) -> None:
    page, session = sender.page, sender.session
    session.set_confidential("cover.contact", True)
    assert page.steps.accessibleName() == "Step 1 of 4: Draft"
    assert primary(sender) == ["Ready for clearance"]
    with sender.qtbot.waitSignal(page.told) as told:
        sender.press("Ready for clearance")
    assert told.args == ["The report is ready for clearance. 9 warnings are open: reviewers will see them."]
    assert session.report.status == "ready"
    assert page.steps.accessibleName() == "Step 2 of 4: Ready for clearance"
    assert primary(sender) == ["Approve …"]
    sender.press("Approve …")
    assert page.clearance.line is not None
    page.clearance.line.field.setPlainText("The minister, letter 12")
    page.clearance.line.accept.click()
    sender.until(lambda: session.report.status == "approved")
    assert primary(sender) == ["Submit"]
    assert page.making.submit.hasFocus()
    words = page.clearance._step_words
    sender.until(lambda: "The minister, letter 12" in words.text())
    assert words.text().startswith("Marked as approved by Ana, Today ")
    asked = sender.ask_for_good()
    assert asked.startswith(
        "Submit as submission 1? After that nothing can be changed without taking it back"
    )
    assert "It is not signed: there is no signing key on this computer." in asked
    assert "9 warnings are open: reviewers will see them." in asked
    assert asked.endswith("1 answer marked confidential is in this package, marked as such.")
    assert primary(sender) == ["Submit for good"]
    assert page.making.for_good.not_yet.hasFocus()
    sender.press("Not yet")
    assert session.report.status == "approved"
    assert primary(sender) == ["Submit"]
    assert page.making.submit.hasFocus()
    sender.ask_for_good()
    QTest.keyClick(page.making.for_good.not_yet, Qt.Key.Key_Escape)
    assert not page.making.for_good.isVisible()
    sender.ask_for_good()
    sender.press("Submit for good")
    package = sender.made()
    assert package.name == "al-ga-commitments-2013.1-2013-s1.zip"
    assert verify(package).intact
    assert page.steps.accessibleName() == "Step 4 of 4: Submitted"
    assert primary(sender) == []
    assert page.result.open_folder.hasFocus()
    assert page.result.words.startswith("The package of submission 1 is ready\n")
    checksum = session.report.submissions["1"].checksum
    assert page.result.checksum.line.text() == checksum
    with sender.qtbot.waitSignal(page.told):
        sender.press("Copy a text")
    text = QApplication.clipboard().text()
    QApplication.clipboard().clear()
    assert package.name in text
    assert checksum in text
    assert text.rstrip().endswith("Ana")


def test_a_report_with_errors_is_not_ready(send: Opener, norway: OpenReport) -> None:
    sender = send(norway)
    sender.press("Ready for clearance")
    words = "There are 8 errors. Correct them first: see “1. Check”."
    assert sender.page.clearance.failure == words
    assert sender.session.report.status == "draft"
    sender.session.set_value("cover.authority", Text.plain("Ministry of Justice"))
    assert not sender.page.clearance.failure, "it was said of the report as it was before"


def test_only_the_step_that_is_next_is_offered_while_it_is_approved(sender: Sender) -> None:
    sender.session.mark_ready()
    sender.press("Approve …")
    assert not sender.page.clearance.next.isVisible()
    assert sender.page.clearance.line is not None
    QTest.keyClick(sender.page.clearance.line.field, Qt.Key.Key_Escape)
    assert sender.page.clearance.next.isVisible()
    assert sender.page.clearance.next.hasFocus()


def test_nor_is_it_submitted(send: Opener, norway: OpenReport) -> None:
    sender = send(norway)
    sender.session.approve()
    sender.press("Submit")
    sender.until(lambda: bool(sender.page.making.failure))
    assert sender.page.making.failure == "8 errors must be mended before the report can be submitted."
    assert sender.session.report.status == "approved"
    assert not list(sender.folder.iterdir())


def test_it_goes_back_to_draft_before_it_is_submitted(sender: Sender) -> None:
    session, ways = sender.session, sender.page.clearance.ways
    for step in (session.mark_ready, session.approve):
        step()
        sender.press("Back to draft")
        sender.press("Back to draft", ways.line)
        assert session.report.status == "draft"
        assert ways.line is None
        assert sender.page.clearance.next.hasFocus()


def test_it_is_taken_back_with_a_reason_only(sender: Sender) -> None:
    ways, session = sender.page.clearance.ways, sender.session
    session.submit()
    sender.press("Take back")
    assert ways.line is not None
    ways.line.accept.click()
    assert ways.line.remark == "Write a reason first: it is kept with the submission."
    assert session.report.status == "submitted"
    ways.line.field.setPlainText("Target 2 was incomplete.")
    ways.line.accept.click()
    assert session.report.status == "draft"
    back = session.report.submissions["1"].taken_back
    assert back is not None
    assert (back.reason, back.who) == ("Target 2 was incomplete.", "Ana")
    entry = sender.page.submissions.entries[1]
    said = [label.text() for label in entry.findChildren(type(sender.page.clearance._words))]
    assert any(
        words.startswith("Taken back by Ana, Today ") and words.endswith(": Target 2 was incomplete.")
        for words in said
    )
    assert sender.page.clearance._words.text().startswith("Submission 1 was taken back: Target 2 was")
    with sender.qtbot.waitSignal(sender.page.told):
        sender.press("Copy a text for the mail", entry)
    copied = QApplication.clipboard().text()
    assert "Submission 1 of the report of Albania was taken back: Target 2 was incomplete." in copied


def test_what_changed_is_told_since_the_submission_that_stands(sender: Sender) -> None:
    page, session = sender.page, sender.session
    session.submit()
    session.amend("Two figures")
    add_actions(session, "T2.planned", "Equip the unit")
    session.submit()
    session.take_back("It was too early.")
    assert page.changes is not None
    since = page.changes.since
    sender.until(lambda: since.summary.startswith("1 place differs."))
    assert page.changes._heading.text() == "3. What changed since submission 1"
    sender.press("Export it again", page.submissions.entries[2])
    sender.made()
    assert "Submission 2 was taken back on " in page.result.words
    page.result.copy_text.click()
    assert "It was taken back: It was too early." in QApplication.clipboard().text()


def test_an_amendment_says_what_changed_and_points_to_what_was_sent(sender: Sender) -> None:
    page, session = sender.page, sender.session
    session.submit()
    assert page.changes is not None
    assert not page.changes.isVisible()
    sender.press("Write an amendment")
    assert page.clearance.ways.line is not None
    page.clearance.ways.line.accept.click()
    since = page.changes.since
    sender.until(lambda: since.summary == "Nothing differs.")
    assert not page.result.isVisible()
    session.set_value("cover.authority", Text.plain("Ministry of Justice"))
    add_actions(session, "T2.planned", "Equip the unit")
    sender.until(lambda: since.summary.startswith("2 places differ."))
    with sender.qtbot.waitSignal(page.path_chosen) as chosen:
        sender.press("Cover, Authority or ministry", since)
    assert chosen.args == ["cover.authority"]
    again = sender.submit()
    assert again.name.endswith("-s2.zip")
    assert session.report.submissions["2"].amendment_of == 1
    assert list(page.submissions.entries) == [2, 1]
    assert not page.changes.isVisible()


def test_an_earlier_submission_is_exported_and_compared_again(sender: Sender) -> None:
    first = sender.submit().read_bytes()
    assert button(sender.page.result, "Make the public copy") is None
    sender.session.amend()
    sender.session.set_value("cover.authority", Text.plain("Ministry of Justice"))
    sender.submit()
    for package in sender.folder.iterdir():
        package.unlink()
    sender.page.result.hide()
    entry = sender.page.submissions.entries[1]
    sender.press("Export it again", entry)
    assert sender.made().read_bytes() == first
    entry.compare.click()
    assert entry.since is not None
    since = entry.since
    sender.until(lambda: since.summary.startswith("1 place differs."))


def test_a_draft_can_be_exported_at_any_time_and_says_that_it_is_one(
    send: Opener, norway: OpenReport
) -> None:
    sender = send(norway)
    sender.press("Export a draft")
    assert sender.made().name.endswith("-draft.zip")
    assert "It is a draft, as its name says." in sender.page.result.words
    sender.session.set_value("cover.authority", Text.plain("Ministry of Justice"))
    assert not sender.page.result.isVisible()


def test_without_a_folder_nothing_is_frozen(sender: Sender) -> None:
    sender.session.approve()
    sender.page.making._folder.setText("packages")
    sender.press("Submit")
    assert sender.page.making.failure == "Say first in which folder the package shall be."
    assert sender.session.report.status == "approved"


def test_a_submission_stays_when_its_package_cannot_be_written(sender: Sender, tmp_path: Path) -> None:
    in_the_way = tmp_path / "a file"
    in_the_way.write_text("no folder")
    sender.session.approve()
    sender.page.making._folder.setText(str(in_the_way))
    sender.ask_for_good()
    sender.press("Submit for good")
    sender.until(lambda: bool(sender.page.making.failure))
    assert "The submission itself is kept" in sender.page.making.failure
    assert sender.session.report.status == "submitted"
    sender.page.making._folder.setText(str(sender.folder))
    sender.press("Export the package again")
    assert sender.made().name.endswith("-s1.zip")


def test_an_other_package_of_that_name_is_replaced_only_when_told_so(sender: Sender) -> None:
    sender.press("Export a draft")
    package = sender.made()
    before = package.read_bytes()
    sender.session.set_value("cover.authority", Text.plain("Ministry of Justice"))
    sender.press("Export a draft")
    sender.until(lambda: bool(sender.page.making.failure))
    assert package.read_bytes() == before
    sender.press("Replace the earlier package")
    assert sender.made().read_bytes() != before


def test_a_public_copy_is_offered_where_something_is_confidential(sender: Sender) -> None:
    row = sender.session.report.lists["T1.planned"].rows[0].id
    sender.session.set_confidential(f"T1.planned/{row}", True)
    full, page = sender.submit(), sender.page
    sender.press("Make the public copy")
    package = sender.made_public()
    assert package.name.endswith("-s1-public.zip")
    assert page.public_copy.words.startswith("The public copy is ready\n")
    assert page.public_copy.open_folder.hasFocus()
    assert verify(package).is_public
    # The text that goes with the package is still to be had, and its own with each.
    assert page.result.isVisible()
    for card, file in ((page.result, full), (page.public_copy, package)):
        sender.press("Copy a text", card)
        assert file.name in QApplication.clipboard().text()
    QApplication.clipboard().clear()
    sender.session.amend()
    assert not page.result.isVisible()
    assert not page.public_copy.isVisible()


def test_it_says_by_whom_it_is_sent_and_another_name_is_given_there(sender: Sender) -> None:
    line = sender.page.making.sent_by
    assert line.words == "Sent by: Ana"
    assert not sender.page.clearance.name.isVisible(), "nobody is asked for a name that was given"
    sender.press("Change", sender.page.making)
    assert line.field.hasFocus()
    line.field.setText("Ana Hoxha")
    with sender.qtbot.waitSignal(sender.page.name_given) as given:
        QTest.keyClick(line.field, Qt.Key.Key_Return)
    assert given.args == ["Ana Hoxha"]
    assert not line.is_asking
    sender.press("Change", sender.page.making)
    line.field.setText("Nobody")
    QTest.keyClick(line.field, Qt.Key.Key_Escape)
    assert not line.is_asking
    sender.session.who = ""
    sender.page.making.show_name()
    assert sender.page.making.sent_by.words == "Sent without a name"


def test_the_question_goes_when_the_report_is_a_draft_again(sender: Sender) -> None:
    sender.session.approve()
    sender.ask_for_good()
    sender.session.back_to_draft()
    assert not sender.page.making.for_good.isVisible()
    sender.session.approve()
    assert primary(sender) == ["Submit"]


def test_papers_and_keys_are_asked_for_elsewhere(sender: Sender) -> None:
    wanted: list[Step] = []
    sender.page.step_wanted.connect(wanted.append)
    for words in ("Print for clearance", "Sign-off page", "See what reviewers will see"):
        sender.press(words)
    sender.until(lambda: button(sender.page.making, "Make a key") is not None)
    sender.press("Make a key")
    assert wanted == [Step.PRINT, Step.SIGN_OFF, Step.PREVIEW, Step.SIGNING_KEYS]


def test_each_step_that_is_refused_says_why_in_place(sender: Sender) -> None:
    session, clearance = sender.session, sender.page.clearance
    session.read_only = "Somebody else has the file."
    sender.press("Ready for clearance")
    assert clearance.failure == "Somebody else has the file."
    session.read_only = ""
    session.mark_ready()
    sender.press("Approve …")
    assert clearance.line is not None
    session.read_only = "Somebody else has the file."
    clearance.tell("")
    clearance.line.accept.click()
    sender.until(lambda: clearance.failure == "Somebody else has the file.")
    session.read_only = ""
    # What was read meanwhile may have shown the steps of a report that is only read.
    clearance.show_status()
    sender.press("Back to draft")
    assert clearance.ways.line is not None
    session.read_only = "Somebody else has the file."
    clearance.ways.line.accept.click()
    assert clearance.ways.line.remark == "Somebody else has the file."
    assert session.report.status == "ready"


def test_what_is_frozen_is_worked_out_while_keys_are_taken(sender: Sender) -> None:
    session, page = sender.session, sender.page
    rows = [{"description": Text.plain(f"action {number}")} for number in range(4_000)]
    session.add_rows("T1.planned", rows)
    session.mark_ready()
    page.clearance.approval_wanted.emit("")
    assert session.report.status == "ready"
    # Somebody thinks better of it meanwhile.
    session.back_to_draft()
    sender.until(lambda: bool(page.clearance.failure))
    assert page.clearance.failure.startswith("The report was changed in between, so it stays as it is.")
    assert session.report.status == "draft"
    session.mark_ready()
    page.clearance.approval_wanted.emit("")
    assert session.report.status == "ready"
    sender.until(lambda: session.report.status == "approved")
    sender.ask_for_good()
    sender.press("Submit for good")
    assert session.report.status == "approved"
    session.back_to_draft()
    sender.until(lambda: bool(page.making.failure))
    assert page.making.failure.startswith("The report was changed in between, so it stays as it is.")
    assert session.report.status == "draft"
    assert not session.report.submissions


def test_a_report_that_can_only_be_read_offers_no_step(sender: Sender, qtbot: QtBot) -> None:
    sender.session.read_only = "It is open to be read."
    sender.page.enter()
    for words in ("Ready", "Accept", "Back to draft", "Submit"):
        assert button(sender.page, words) is None
    assert button(sender.page, "Export a draft") is not None


def test_what_was_submitted_elsewhere_is_told_apart(send: Opener, norway: OpenReport) -> None:
    report = norway.session.report
    report.apply(Change("#status", "draft", "submitted"))
    sender = send(norway)
    words = "It was brought in as submitted: its package is where it came from."
    assert sender.page.making._words.text() == words
    assert not sender.page.submissions.isVisible()
    sender.press("Take back")
    line = sender.page.clearance.ways.line
    assert line is not None
    line.field.setPlainText("Too early.")
    line.accept.click()
    assert line.remark.startswith("This report was brought in as submitted")
    report.submissions["1"] = SubmissionRecord(1, "2026-11-26T14:02:00Z", "Ana", "ab" * 32, is_here=False)
    sender.page.enter()
    entry = sender.page.submissions.entries[1]
    assert button(entry, "Export it again") is button(entry, "Compare with now") is None
    assert button(entry, "File a receipt") is not None
