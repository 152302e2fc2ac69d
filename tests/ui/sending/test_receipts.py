"""A receipt that came back is filed with its submission; what it asks for leads on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from desktop_app.services.exporting import export_file
from desktop_app.services.receipts import make_receipt
from desktop_app.ui.sending.submission_entry import ReceiptLine
from tests.support.window_steps import Person
from tests.ui.sending.test_frozen_reports import line_of, session_of, view_of


@pytest.fixture
def package(person: Person, tmp_path: Path) -> Path:
    """What was submitted from the window."""
    path = person.desk._keeper.path
    assert path is not None
    session_of(person).submit()
    opened = person.desk._keeper.opened
    assert opened is not None
    assert opened.journal.flush(10)
    return export_file(path, folder=tmp_path / "sent").path


def drop(person: Person, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    at, copy = person.window.rect().center(), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(person.window, QDragEnterEvent(at, copy, mime, buttons, keys))
    QApplication.sendEvent(person.window, QDropEvent(QPointF(at), copy, mime, buttons, keys))


def told(person: Person, words: str) -> None:
    """Wait until the line of notices says so."""
    person.until(lambda: person.window.notice.isVisible() and words in person.window.notice.words)


def test_a_receipt_is_filed_when_it_is_dropped_and_stands_with_its_submission(
    person: Person, package: Path
) -> None:
    receipt = make_receipt(package, who="Secretariat").path
    drop(person, receipt)
    told(person, "The receipt is filed with its submission.\nReceived: submission 1, ")
    assert "It carries no signature: anybody can have made it." in person.window.notice.words
    session = session_of(person)
    assert [filed.decision for filed in session.report.receipts.values()] == ["received"]
    (line,) = view_of(person).findChildren(ReceiptLine)
    assert line.isVisible()
    drop(person, receipt)
    told(person, "The receipt is filed")
    person.until(lambda: not person.desk._errands.is_busy)
    assert len(session.report.receipts) == 1


def test_a_correction_that_is_asked_for_leads_to_an_amendment(person: Person, package: Path) -> None:
    receipt = make_receipt(package, who="Secretariat", correction="Target 2 is incomplete.").path
    drop(person, receipt)
    told(person, "Target 2 is incomplete.")
    view_of(person).show_page("T2")
    words = line_of(person).words
    assert words.startswith("Submission 1 was returned for correction: “Target 2 is incomplete.”")
    person.press("Write an amendment", person.window.notice)
    person.press("Begin the amendment")
    assert session_of(person).report.status == "draft"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"report": "another"}, "This receipt is about another report of AL"),
        ({"country": "NO"}, "This receipt is for NO, not for AL."),
        ({"submission": 7}, "This receipt is about submission 7, which this report does not have."),
        ({"content": "ab" * 32}, "This receipt is about other content than what was sent"),
        ({"format": "none"}, ".receipt.json"),
    ],
)
def test_what_is_no_receipt_for_this_report_is_refused(
    person: Person, package: Path, changed: dict[str, object], said: str
) -> None:
    receipt = make_receipt(package, who="Secretariat").path
    facts = {**json.loads(receipt.read_text("utf-8")), **changed}
    receipt.write_text(json.dumps(facts), "utf-8")
    drop(person, receipt)
    told(person, said)
    assert not session_of(person).report.receipts


def test_a_receipt_needs_its_report(person: Person, package: Path) -> None:
    receipt = make_receipt(package).path
    person.desk._show_start()
    drop(person, receipt)
    page = person.window.start_page
    assert page is not None
    assert any(
        label.text().startswith("Open the report first that was sent.")
        for label in page.findChildren(type(page._failure._words))
    )
