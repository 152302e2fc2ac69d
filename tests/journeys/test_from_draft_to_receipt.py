"""A report is checked, cleared, submitted, sent back for correction, amended, sent again, acknowledged."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.demo import fresh_example
from desktop_app.services.receipts import make_receipt
from desktop_app.services.reports import read_report
from desktop_app.services.verifying import verify
from desktop_app.ui.documents.document_page import DocumentPage
from desktop_app.ui.pages.page_stack import DOCUMENT_PAGE, REVIEW_PAGE
from desktop_app.ui.parts import Words
from desktop_app.ui.report_view import ReportView
from tests.support.reviewed_workbooks import COMMENT, DECISION, REVIEWER, reviewed, says
from tests.support.window_steps import Person


def can_press(person: Person, words: str) -> bool:
    buttons = person.window.findChildren(QAbstractButton)
    return any(each.isVisible() and each.text().replace("&", "").startswith(words) for each in buttons)


def reads(within: QWidget, words: str) -> bool:
    """Whether something that can be seen says so."""
    return any(label.isVisible() and words in label.text() for label in within.findChildren(Words))


def drop(person: Person, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    at, copy = person.window.rect().center(), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(person.window, QDragEnterEvent(at, copy, mime, buttons, keys))
    QApplication.sendEvent(person.window, QDropEvent(QPointF(at), copy, mime, buttons, keys))


def clear(person: Person) -> None:
    """The minister approves what lies before her."""
    person.press("Ready for clearance")
    person.press("Approve …")
    person.type("The minister, letter 12")
    person.press("Mark as approved")
    person.until(lambda: can_press(person, "Submit"))


def submit(person: Person, name: str) -> Path:
    person.press("Submit")
    person.until(lambda: can_press(person, "Submit for good"))
    person.press("Submit for good")
    person.until(lambda: (person.folder / name).exists() and can_press(person, "Open the folder"))
    return person.folder / name


def workbook_in(package: Path) -> bytes:
    with zipfile.ZipFile(package) as found:
        return found.read("report.xlsx")


def changed_places(package: Path) -> str:
    """What the sheet on changes says."""
    sheet = load_workbook(io.BytesIO(workbook_in(package)))["Changes"]
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def view_of(person: Person) -> ReportView:
    assert person.window.view is not None
    return person.window.view


def test_a_report_goes_its_whole_way(qtbot: QtBot, tmp_path: Path) -> None:
    path = fresh_example(tmp_path)
    person = Person.at_the_desk(qtbot, tmp_path, path)
    view = view_of(person)
    row = f"T1.planned/{read_report(path).lists['T1.planned'].rows[0].id}"

    # A warning is right as it is.
    person.press("Check and send")
    person.press("Accept …")
    person.type("The ministry is named in the letter.")
    person.press("Accept the warning")
    assert reads(view.pages, "The ministry is named in the letter.")

    # On paper for those who clear it.
    person.press("Ready for clearance")
    person.press("Print for clearance")
    assert view.pages.shown == DOCUMENT_PAGE
    pages = view.pages.page
    assert pages is not None
    assert isinstance(pages, DocumentPage)
    person.until(lambda: pages.paper is not None)
    assert pages.paper is not None
    assert pages.paper.pictures.pages > 5
    person.desk._papers.save(pages.paper, tmp_path / "clearance.pdf")
    person.until(lambda: can_press(person, "Open the folder"))
    assert (tmp_path / "clearance.pdf").read_bytes().startswith(b"%PDF-")
    person.press("Back to the report")
    assert reads(view.pages, "It waits for clearance")
    person.press("Approve …")
    person.type("The minister, letter 12")
    person.press("Mark as approved")
    person.until(lambda: can_press(person, "Submit"))

    first = submit(person, "al-ga-commitments-2013.1-2013-s1.zip")
    found = verify(first)
    assert found.intact
    assert found.submission == 1
    with zipfile.ZipFile(first) as package:
        assert b"The ministry is named in the letter." in package.read("data.json")
    assert read_report(path).status == "submitted"

    # It comes back.
    said = {DECISION: "correction", COMMENT: "Name the authority.", REVIEWER: "L. Berg"}
    drop(person, reviewed(workbook_in(first), tmp_path / "reviewed.xlsx", says(row, said)))
    person.until(lambda: view.pages.shown == REVIEW_PAGE and can_press(person, "Bring in the chosen one"))
    person.press("Bring in the chosen one")
    assert reads(view, "Reviewers asked for 1 correction; 1 waits for your answer.")
    person.press("Write an amendment", person.window.notice)
    person.type("The authority is named")
    person.press("Begin the amendment")
    assert person.window.header.status.text() == "Draft, amends submission 1"

    # What they asked for is done.
    view.go_to("cover.authority")
    person.type("Ministry of Justice")
    person.press("Check and send")
    person.until(lambda: reads(view.pages, "3. What changed since submission 1"))
    person.until(lambda: reads(view.pages, "1 place differs."))
    clear(person)
    second = submit(person, "al-ga-commitments-2013.1-2013-s2.zip")
    assert verify(second).intact
    assert "Ministry of Justice" in changed_places(second)

    # And it is acknowledged.
    drop(person, make_receipt(second, who="Secretariat").path)
    person.until(lambda: "The receipt is filed with its submission." in person.window.notice.words)
    assert reads(view.pages, "Receipt: Received · Secretariat")
    assert person.window.header.status.text().startswith("Submitted 2, ")
    person.leave()
    (receipt,) = read_report(path).receipts.values()
    assert (receipt.submission, receipt.decision) == (2, "received")
