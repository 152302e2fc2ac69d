"""The example in a window, a report whose form asks for a file, and what the system is asked to open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop_app.services.demo import fresh_example
from desktop_app.services.entry_session import EntrySession
from desktop_app.storage.worker import FileWorker
from desktop_app.ui.past import Past
from tests.support.report_files import make_file
from tests.support.small_form import filled_report
from tests.support.window_steps import Person

PATIENCE = 60.0


class Shown(QObject):
    """Stands in for other programs: what the system is asked to open is noted here, by Qt's own means."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path] = []

    @Slot(QUrl)
    def note(self, url: QUrl) -> None:
        self.paths.append(Path(url.toLocalFile()))


@pytest.fixture
def opened_elsewhere() -> Iterator[Shown]:
    shown = Shown()
    QDesktopServices.setUrlHandler("file", shown, "note")  # type: ignore[arg-type]
    yield shown
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    """In front of the example."""
    person = Person.at_the_desk(qtbot, tmp_path, fresh_example(tmp_path))
    yield person
    if isValid(person.window) and person.window.isVisible():
        person.leave()


@pytest.fixture
def past(tmp_path: Path) -> Iterator[Past]:
    """An open report of a form that asks for a file in its rows."""
    report = filled_report()
    path = make_file(tmp_path / "small.adesk", report)
    worker = FileWorker(path, "Ana")
    worker.opened.result(PATIENCE)
    loaded = worker.read(lambda file: file.load(1, report.form)).result(PATIENCE)
    past = Past(EntrySession(loaded, worker, who="Ana"), worker.read, path)
    yield past
    past.release()
    assert worker.close(PATIENCE)
    past.deleteLater()


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Makes files to attach."""
    folder = tmp_path / "to attach"
    folder.mkdir()

    def make_one(name: str = "plan.pdf", content: bytes = b"%PDF-1.7 the plan") -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make_one
