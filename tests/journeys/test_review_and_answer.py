"""A package goes out, a reviewer writes in its workbook, the country answers and sends again."""

from __future__ import annotations

import zipfile
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desktop_app.services.demo import fresh_example
from desktop_app.services.reports import read_report
from desktop_app.services.verifying import verify
from desktop_app.ui.pages.page_stack import REVIEW_PAGE
from desktop_app.ui.review.draft_box import DraftField
from tests.support.reviewed_workbooks import (
    COMMENT,
    DECISION,
    QUESTION,
    REVIEWER,
    cell_of,
    reviewed,
    says,
)
from tests.support.window_steps import Person


def export(person: Person) -> Path:
    """Sends the report from the window; returns the package."""
    before = set(person.folder.glob("*.zip"))
    person.press("Check and send")
    person.press("Export a draft")
    person.until(
        lambda: bool(set(person.folder.glob("*.zip")) - before) and can_press(person, "Open the fol")
    )
    (package,) = set(person.folder.glob("*.zip")) - before
    return package


def workbook_in(package: Path) -> bytes:
    with zipfile.ZipFile(package) as found:
        return found.read("report.xlsx")


def can_press(person: Person, words: str) -> bool:
    buttons = person.window.findChildren(QAbstractButton)
    return any(each.isVisible() and each.text().replace("&", "").startswith(words) for each in buttons)


def drop(person: Person, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    at, copy = person.window.rect().center(), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(person.window, QDragEnterEvent(at, copy, mime, buttons, keys))
    QApplication.sendEvent(person.window, QDropEvent(QPointF(at), copy, mime, buttons, keys))


def test_a_comment_comes_back_is_answered_and_goes_out_again(qtbot: QtBot, tmp_path: Path) -> None:
    path = fresh_example(tmp_path)
    person = Person.at_the_desk(qtbot, tmp_path, path)
    view = person.window.view
    assert view is not None
    sent = export(person)
    row = f"T1.planned/{read_report(path).lists['T1.planned'].rows[0].id}"
    said = {
        DECISION: "clarification",
        COMMENT: "The authority is missing.",
        QUESTION: "Which ministry leads?",
        REVIEWER: "L. Berg",
    }
    back = reviewed(workbook_in(sent), tmp_path / "reviewed.xlsx", says(row, said))
    sent.rename(tmp_path / "sent.zip")

    drop(person, back)
    person.until(lambda: view.pages.shown == REVIEW_PAGE and can_press(person, "Bring in the chosen one"))
    person.press("Bring in the chosen one")
    person.until(lambda: [found.words for found in read_report(path).comments.values()] == [said[COMMENT]])
    person.press("Show the first comment")
    assert view.place == row
    person.until(lambda: can_press(person, "Answer …"))
    person.press("Answer …", view.beside)
    person.until(lambda: any(box.isVisible() and box.hasFocus() for box in view.findChildren(DraftField)))
    person.type("The Ministry of the Interior leads it.")
    person.press("Answer", view.beside)
    person.until(lambda: len(read_report(path).comments) == 2)

    again = export(person)
    assert verify(again).intact
    data = workbook_in(again)
    assert "The Ministry of the Interior leads it." in cell_of(data, row, "Country's answer")
    assert "The authority is missing." in cell_of(data, row, "Said before")
    assert cell_of(data, row, COMMENT) == ""
    person.leave()
