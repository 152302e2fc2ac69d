from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Level, State
from desktop_app.services.open_report import OpenReport
from desktop_app.services.submitting import accept_warning
from desktop_app.ui.parts import Tone
from desktop_app.ui.section_tree import CODE, COUNT, STAGE_ICON, SectionTree, count_that_fits
from tests.support.window_parts import checked, press

Shower = Callable[[QWidget], QWidget]


def tree_of(opened: OpenReport, shown: Shower) -> SectionTree:
    tree = SectionTree(opened.session, checked(opened.session), Labels(opened.session.report.form, "en"))
    shown(tree)
    return tree


def indexes(tree: SectionTree) -> list[QModelIndex]:
    model = tree.model()
    return [model.index(row, 0) for row in range(model.rowCount())]


def progress(tree: SectionTree) -> dict[str, str]:
    return {index.data(CODE): index.data(COUNT) for index in indexes(tree)}


def in_sight(tree: SectionTree) -> list[str]:
    return [i.data(CODE) for i in indexes(tree) if not tree.isRowHidden(i.row(), QModelIndex())]


def test_every_section_stands_with_its_progress(example: OpenReport, shown: Shower) -> None:
    assert progress(tree_of(example, shown)) == {
        "cover": "0 of 2",
        "T1": "complete, 1 warning",
        "T2": "complete, 1 warning",
        "T3": "complete, 2 warnings",
        "T4": "complete, 3 warnings",
    }


def test_a_warning_that_was_accepted_is_nothing_to_look_at(
    qtbot: QtBot, example: OpenReport, shown: Shower
) -> None:
    tree = tree_of(example, shown)
    target = indexes(tree)[1]
    assert target.data(STAGE_ICON) == ("warning", Tone.WARNING)
    assert target.data(Qt.ItemDataRole.AccessibleTextRole) == "Target 1, complete, 1 warning"
    [warning] = example.session.problems.of_section("T1", Level.WARNING)
    accept_warning(example.session, warning.path, warning.code, "no date is known")
    qtbot.waitUntil(lambda: target.data(COUNT) == "complete")
    assert target.data(STAGE_ICON) == ("state-complete", Tone.SUCCESS)


def test_where_a_name_needs_the_room_the_warnings_stand_alone(example: OpenReport, shown: Shower) -> None:
    tree = tree_of(example, shown)
    target = indexes(tree)[3]
    assert count_that_fits(target, 260) == "complete, 2 warnings"
    assert count_that_fits(target, 180) == "2 warnings"


def test_progress_follows_the_report(qtbot: QtBot, norway: OpenReport, shown: Shower) -> None:
    tree = tree_of(norway, shown)
    before = progress(tree)["T1"]
    norway.session.set_state("T1.planned", State.NOT_APPLICABLE)
    qtbot.waitUntil(lambda: progress(tree)["T1"] != before)


def test_choosing_by_key_is_told_and_showing_by_the_program_is_not(
    example: OpenReport, shown: Shower
) -> None:
    tree = tree_of(example, shown)
    chosen: list[str] = []
    tree.section_chosen.connect(chosen.append)
    tree.show_section("T1")
    assert chosen == []
    tree.setFocus()
    press(Qt.Key.Key_Down)
    assert chosen == ["T2"]
    tree.show_section(None)
    assert not tree.currentIndex().isValid()


def test_only_what_is_missing_keeps_the_section_shown(
    qtbot: QtBot, example: OpenReport, shown: Shower
) -> None:
    tree = tree_of(example, shown)
    tree.show_section("T4")
    tree.set_only_missing(True)
    assert "cover" in in_sight(tree)
    assert "T4" in in_sight(tree)
    tree.set_only_missing(False)
    assert len(in_sight(tree)) == 5


def test_a_screen_reader_hears_name_and_progress(example: OpenReport, shown: Shower) -> None:
    first = indexes(tree_of(example, shown))[0]
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Cover, 0 of 2"
