"""A report is checked behind its first page; until that is done, no number or shape says anything wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.formdef.labels import Labels
from desktop_app.report.text.model import Text
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.checking import Checking
from desktop_app.ui.lines import Expander
from desktop_app.ui.problem_list import ProblemList
from desktop_app.ui.problem_strip import ProblemStrip
from desktop_app.ui.section_tree import COUNT, STAGE_ICON, SectionTree
from tests.support.window_steps import Person

Shower = Callable[[QWidget], QWidget]


def spoken(tree: SectionTree) -> list[str]:
    model = tree.model()
    return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def said(tree: SectionTree) -> list[tuple[object, str]]:
    model = tree.model()
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return [(index.data(STAGE_ICON), index.data(COUNT)) for index in indexes]


def is_complete(opened: OpenReport) -> bool:
    return opened.session.problems.is_complete


def test_nothing_is_said_before_it_is_known_and_all_after(
    qtbot: QtBot, example: OpenReport, shown: Shower
) -> None:
    checking = Checking(example.session)
    tree = SectionTree(example.session, checking, Labels(example.session.report.form, "en"))
    strip = ProblemStrip(example.session, checking)
    summary = strip.findChildren(Expander)[0]
    assert not is_complete(example)
    assert summary.text() == "Checking …"
    assert set(said(tree)) == {(None, "")}
    assert spoken(tree)[0] == "Cover, is being checked"
    shown(tree)
    shown(strip)
    # Whoever opens the list now has it filled in a moment.
    strip.toggle_list()
    qtbot.waitUntil(lambda: checking.has_settled)
    assert is_complete(example)
    assert summary.text() == "Problems: 9 warnings, 33 hints"
    assert strip.findChildren(ProblemList)[0].count() == 42
    assert [words for _icon, words in said(tree)][:2] == ["0 of 2", "complete, 1 warning"]
    assert spoken(tree)[0] == "Cover, 0 of 2"


def test_it_settles_again_after_an_edit_and_not_after_it_was_let_go(
    qtbot: QtBot, example: OpenReport
) -> None:
    checking = Checking(example.session)
    told: list[bool] = []
    checking.settled.connect(lambda: told.append(example.session.problems.is_complete))
    with qtbot.waitSignal(checking.settled):
        pass
    example.session.set_value("cover.authority", Text.plain("Ministry"))
    assert not example.session.problems.is_complete
    with qtbot.waitSignal(checking.settled):
        pass
    assert told == [True, True]
    checking.release()
    example.session.set_value("cover.authority", None)
    assert not [child for child in checking.findChildren(QObject) if getattr(child, "isActive", bool)()]


def test_typing_from_the_first_moment_does_not_put_it_off(qtbot: QtBot, example: OpenReport) -> None:
    checking = Checking(example.session)
    typing = QTimer(interval=5)
    typing.timeout.connect(
        lambda: example.session.type("cover.authority", Text.plain(f"M{time.monotonic()}"))
    )
    typing.start()
    with qtbot.waitSignal(checking.settled):
        pass
    assert typing.isActive()


def test_in_the_window_the_strip_and_the_outline_come_to_rest(qtbot: QtBot, tmp_path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path)
    person.desk._beginnings.open_example()
    person.until(lambda: person.window.view is not None)
    view = person.window.view
    assert view is not None
    person.until(lambda: view.problems.findChildren(Expander)[0].text().startswith("Problems: "))
    assert said(view.outline.tree)[1][1] == "complete, 1 warning"
    person.leave()
