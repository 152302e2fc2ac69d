"""Backups by themselves: what is on the shelf after a session, and what is said when there can be none."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from desktop_app.report.changes import OperationKind
from desktop_app.runtime import paths
from desktop_app.services.backups import CLOSED, OPENED, AutomaticBackups, BackupSchedule, list_backups
from desktop_app.services.demo import example_report
from desktop_app.services.open_report import OpenReport, open_report
from desktop_app.services.reports import form_library, keep_report

PATIENCE = 20.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "albania.adesk"
    keep_report(target, example_report(), OperationKind.CREATE)
    return target


class Told:
    """What the window would hear."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.heard = threading.Event()

    def __call__(self, sentence: str) -> None:
        self.sentences.append(sentence)
        self.heard.set()


def session(path: Path) -> OpenReport:
    opened = open_report(path, form_library(), who="Ana")
    opened.integrity.exception(PATIENCE)
    return opened


def test_a_session_leaves_one_backup_and_one_that_changed_nothing_leaves_none(path: Path) -> None:
    told = Told()
    for change_it in (True, False):
        opened = session(path)
        opened.begin_backups(told)
        if change_it:
            opened.session.add_row("T1.planned")
        opened.close()
        assert opened.backups is not None and opened.backups.wait(PATIENCE)
    (backup,) = list_backups(path)
    assert backup.why == CLOSED
    assert not told.sentences


def test_a_file_is_backed_up_soon_after_it_was_opened(path: Path) -> None:
    opened = session(path)
    told = Told()
    backups = AutomaticBackups(
        partial(BackupSchedule, path), opened.integrity, told, after_opening=0.0, look_every=0.01
    )
    until(lambda: bool(list_backups(path)))
    assert [backup.why for backup in list_backups(path)] == [OPENED]
    opened.close()
    backups.close()
    assert backups.wait(PATIENCE)
    assert not told.sentences


def test_a_damaged_file_is_not_backed_up(path: Path) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE rows SET answers = replace(answers, 'police', 'polise')")
    connection.close()
    opened = session(path)
    assert opened.integrity.result(PATIENCE)
    opened.begin_backups(Told())
    opened.close()
    assert opened.backups is not None and opened.backups.wait(PATIENCE)
    assert list_backups(path) == []


def test_why_there_is_no_backup_is_told_and_the_report_goes_on(path: Path) -> None:
    paths.data_folder().mkdir(parents=True)
    (paths.data_folder() / "backups").write_text("a file where the folder should be")
    opened = session(path)
    told = Told()
    opened.begin_backups(told)
    opened.session.add_row("T1.planned")
    opened.close()
    assert opened.backups is not None and opened.backups.wait(PATIENCE)
    (sentence,) = told.sentences
    assert "backups" in sentence and opened.backups.failure == sentence
    with_one_more = session(path)
    assert len(with_one_more.session.report.lists["T1.planned"].rows) == 6
    with_one_more.close()


def until(condition: Callable[[], bool]) -> None:
    """Wait for a state of the disk that another thread brings about."""
    waiting = threading.Event()
    for _attempt in range(int(PATIENCE / 0.02)):
        if condition():
            return
        waiting.wait(0.02)
    raise AssertionError("it did not come about")
