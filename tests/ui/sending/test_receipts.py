"""A receipt that came back is filed with its submission; what it asks for leads on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app.exchange.proof.receipts import write_receipt
from desktop_app.ui import tokens
from desktop_app.ui.pages.page import settle
from desktop_app.ui.sending.submission_entry import ReceiptLine
from tests.support.window_steps import Person
from tests.ui.sending.test_frozen_reports import line_of, session_of


def receipt(person: Person, folder: Path, **changed: object) -> Path:
    """What the secretariat returns for the submission that the window has just made."""
    session = session_of(person)
    if session.report.status != "submitted":
        session.submit()
    report, submission = session.report, session.report.submissions["1"]
    facts = {
        "package": "al-s1.zip",
        "package_sha256": "ab" * 32,
        "content": submission.checksum,
        "report": report.id,
        "country": report.country,
        "form": report.form.id,
        "form_version": report.form.version,
        "cycle": report.cycle,
        "submission": 1,
        "decision": "received",
        "words": "",
        "who": "Secretariat",
        "at": "2026-11-26T14:02:00.000Z",
    }
    path = folder / "al-s1.receipt.json"
    path.write_bytes(write_receipt({**facts, **changed}, None))
    return path


def drop(person: Person, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    at, copy = person.window.rect().center(), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(person.window, QDragEnterEvent(at, copy, mime, buttons, keys))
    QApplication.sendEvent(person.window, QDropEvent(QPointF(at), copy, mime, buttons, keys))
    person.until(lambda: not person.desk._dropped.is_busy)


def told(person: Person, words: str) -> None:
    """Wait until the line of notices says so."""
    person.until(lambda: person.window.notice.isVisible() and words in person.window.notice.words)


def test_a_receipt_is_filed_when_it_is_dropped_and_stands_with_its_submission(
    person: Person, tmp_path: Path
) -> None:
    returned = receipt(person, tmp_path)
    drop(person, returned)
    told(person, "The receipt is filed with its submission.\nReceived: submission 1, ")
    assert "It carries no signature: anybody can have made it." in person.window.notice.words
    session = session_of(person)
    assert [filed.decision for filed in session.report.receipts.values()] == ["received"]
    (line,) = person.view.findChildren(ReceiptLine)
    assert line.isVisible()
    said = [label.text() for label in line.findChildren(QLabel)]
    assert "No signature: anybody can have made it." in said
    drop(person, returned)
    told(person, "The receipt is already filed with its submission.\nReceived: submission 1, ")
    person.until(lambda: not person.desk._errands.is_busy)
    assert len(session.report.receipts) == 1


def test_a_correction_that_is_asked_for_leads_to_an_amendment(person: Person, tmp_path: Path) -> None:
    words = "Target 2 is incomplete."
    drop(person, receipt(person, tmp_path, decision="correction_requested", words=words))
    told(person, "Target 2 is incomplete.")
    person.view.show_page("T2")
    assert line_of(person).words.startswith(
        "Submission 1 was returned for correction: “Target 2 is incomplete.”"
    )
    person.press("Write an amendment", person.window.notice)
    person.press("Begin the amendment")
    assert session_of(person).report.status == "draft"
    # What is to be corrected can be read while it is.
    page = person.view.send_page()
    assert page.returned.isVisible()
    assert page.returned.words == "Submission 1 was returned for correction: “Target 2 is incomplete.”"


def test_what_one_looked_at_stays_beside_the_page_when_an_amendment_begins(
    person: Person, tmp_path: Path
) -> None:
    receipt(person, tmp_path)
    view = person.view
    row = f"T2.planned/{session_of(person).report.lists['T2.planned'].rows[1].id}"
    view.show_page("T2")
    view.show_comments(row)
    assert view.beside.comments is not None and view.beside.comments.path == row
    person.press("Write an amendment", line_of(person))
    person.press("Begin the amendment")
    assert session_of(person).report.status == "draft"
    assert view.beside.comments.path == row


REFUSED: list[tuple[dict[str, object], str]] = [
    ({"report": "another"}, "This receipt is about another report of AL"),
    ({"country": "NO"}, "This receipt is for NO, not for AL."),
    ({"submission": 7}, "This receipt is about submission 7, which this report does not have."),
    ({"content": "ab" * 32}, "This receipt is about other content than what was sent"),
    ({"decision": 7}, "“al-s1.receipt.json”"),
]


def test_what_is_no_receipt_for_this_report_is_refused(person: Person, tmp_path: Path) -> None:
    for changed, said in REFUSED:
        drop(person, receipt(person, tmp_path, **changed))
        person.until(lambda: not person.desk._errands.is_busy)
        assert said in person.window.notice.words
        assert not session_of(person).report.receipts


def test_a_receipt_needs_its_report(person: Person, tmp_path: Path) -> None:
    returned = receipt(person, tmp_path)
    person.desk._show_start()
    drop(person, returned)
    page = person.window.start_page
    assert page is not None
    assert any(
        label.text().startswith("Open the report first that was sent.")
        for label in page.findChildren(type(page._failure._words))
    )


def test_what_was_sent_stands_with_its_heading_at_the_top(person: Person, tmp_path: Path) -> None:
    receipt(person, tmp_path)
    view = person.view
    view.show_page("T2")
    person.press("Write an amendment", line_of(person))
    person.press("Begin the amendment")
    view.show_submissions()
    page = view.send_page()
    changes = page.changes
    assert changes is not None
    person.until(lambda: "differ" in changes.since.summary)
    settle()
    bar, top = page.verticalScrollBar(), page.submissions.y()
    assert bar.value() == min(top - tokens.PAGE, bar.maximum())
    assert page.visible_rect().contains(0, top)
