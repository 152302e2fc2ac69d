"""The page to send of an open report, with its file, its log and a folder for packages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Level
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.exporter import exporter
from desktop_app.ui.pages.package_card import PackageCard
from desktop_app.ui.pages.send_page import SendPage
from desktop_app.ui.past import Past
from desktop_app.ui.sending.problem_entry import ProblemEntry
from desktop_app.ui.sending.result_card import ResultCard
from tests.support.window_steps import Person

Sitter = Callable[[Path], Person]
Opener = Callable[[OpenReport], "Sender"]


@dataclass
class Sender:
    """In front of the page to send."""

    qtbot: QtBot
    opened: OpenReport
    page: SendPage
    folder: Path

    @property
    def session(self) -> EntrySession:
        return self.opened.session

    def press(self, words: str, within: QWidget | None = None) -> None:
        """Press the visible button with these words."""
        found = button(within or self.page, words)
        assert found is not None, words
        found.click()

    def made(self) -> Path:
        """The package that was just made."""
        return self._made(self.page.result)

    def made_public(self) -> Path:
        """The public copy that was just made."""
        return self._made(self.page.public_copy)

    def _made(self, card: ResultCard) -> Path:
        self.until(lambda: card.isVisible() or bool(self.page.making.failure))
        assert not self.page.making.failure
        return Path(card._path.text())

    def until(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so)

    def warnings(self) -> list[ProblemEntry]:
        return self.entries(Level.WARNING)

    def entries(self, level: Level) -> list[ProblemEntry]:
        """Those of one level, when all are there."""
        group = self.page.check.groups[level]
        self.until(lambda: group.is_filled)
        return list(group.entries.values())

    def submit(self) -> Path:
        """As quickly as can be; returns the package."""
        self.session.approve()
        self.ask_for_good()
        self.press("Submit for good", self.page.making)
        return self.made()

    def ask_for_good(self) -> str:
        """Press the button; returns what is asked then."""
        self.press("Submit", self.page.making)
        self.until(self.page.making.for_good.isVisible)
        return self.page.making.for_good.words


def button(within: QWidget, words: str) -> QAbstractButton | None:
    """The visible button whose words begin so."""
    for found in within.findChildren(QAbstractButton):
        if found.isVisible() and found.text().replace("&", "").startswith(words):
            return found
    return None


@pytest.fixture
def send(qtbot: QtBot, shown: Callable[[QWidget], QWidget], tmp_path: Path) -> Iterator[Opener]:
    """Shows the page to send of an open report."""
    pages: list[SendPage] = []

    def open_page(opened: OpenReport) -> Sender:
        session, folder = opened.session, tmp_path / "packages"
        folder.mkdir(exist_ok=True)
        labels = Labels(session.report.form, session.report.language)
        past = Past(session, opened.journal.read, opened.path)
        page = SendPage(session, exporter(opened), folder, labels, past)
        pages.append(page)
        shown(page)
        page.enter()
        # The card that makes the package comes when the page has been shown.
        qtbot.waitUntil(lambda: bool(page.findChildren(PackageCard)))
        return Sender(qtbot, opened, page, folder)

    yield open_page
    for page in pages:
        page.release()


@pytest.fixture
def sender(send: Opener, example: OpenReport) -> Sender:
    """In front of the example."""
    return send(example)
