"""The left side: finding leads to places by keys alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.formdef.labels import Labels
from desktop_app.report.changes import Change
from desktop_app.report.text.model import Text
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.found_list import FoundList
from desktop_app.ui.outline import Outline
from desktop_app.ui.parts import Button
from desktop_app.ui.place_lines import LEAD, PATH
from tests.support.window_parts import checked, press, type_words

Shower = Callable[[QWidget], QWidget]


def outline_of(opened: OpenReport, shown: Shower) -> Outline:
    outline = Outline(opened.session, checked(opened.session), Labels(opened.session.report.form, "en"))
    shown(outline)
    return outline


def found(outline: Outline) -> FoundList:
    assert outline.found is not None
    return outline.found


def test_what_is_typed_is_found_with_its_place(qtbot: QtBot, example: OpenReport, shown: Shower) -> None:
    outline = outline_of(example, shown)
    outline.focus_find()
    type_words("training")
    qtbot.waitUntil(lambda: outline.found is not None and outline.found.count() == 2)
    assert not outline.tree.isVisible()
    first = found(outline).item(0)
    assert first.data(LEAD).startswith("Target 2, action already undertaken")
    assert first.data(PATH).startswith("T2.undertaken/")


def test_enter_goes_to_the_finds_and_from_there_to_the_place(example: OpenReport, shown: Shower) -> None:
    outline = outline_of(example, shown)
    paths: list[str] = []
    outline.path_chosen.connect(paths.append)
    outline.focus_find()
    type_words("training")
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is found(outline)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert [path.partition("/")[0] for path in paths] == ["T2.planned"]
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is outline.find_line


def test_esc_gives_the_sections_back_and_the_keyboard_to_the_page(example: OpenReport, shown: Shower) -> None:
    outline = outline_of(example, shown)
    left: list[bool] = []
    outline.left.connect(lambda: left.append(True))
    outline.focus_find()
    type_words("training")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    assert outline.tree.isVisible()
    assert outline.find_line.text() == ""
    assert left == [True]


def looking_through_much(example: OpenReport, shown: Shower) -> Outline:
    """Somebody waits in the line for the last of four thousand actions."""
    rows = [{"description": Text.plain(f"action {number}")} for number in range(4_000)]
    example.session.add_rows("T1.planned", rows)
    outline = outline_of(example, shown)
    outline.focus_find()
    type_words("action 3999")
    press(Qt.Key.Key_Return)
    return outline


def test_a_long_report_is_looked_through_while_keys_are_taken(
    qtbot: QtBot, example: OpenReport, shown: Shower
) -> None:
    outline = looking_through_much(example, shown)
    # It is not there yet; somebody who waits in the line for it is led there.
    assert found(outline).is_looking
    assert QApplication.focusWidget() is outline.find_line
    qtbot.waitUntil(lambda: QApplication.focusWidget() is found(outline))
    assert found(outline).item(0).text() == "action 3999"
    qtbot.waitUntil(lambda: not found(outline).is_looking)
    assert found(outline).count() == 1


def test_whoever_has_gone_on_is_not_called_back(qtbot: QtBot, example: OpenReport, shown: Shower) -> None:
    outline = looking_through_much(example, shown)
    assert found(outline).is_looking
    outline._send.setFocus()
    qtbot.waitUntil(lambda: found(outline).count() == 1 and not found(outline).is_looking)
    assert QApplication.focusWidget() is outline._send


def test_nothing_found_is_said(example: OpenReport, shown: Shower) -> None:
    outline = outline_of(example, shown)
    outline.focus_find()
    type_words("zebra")
    press(Qt.Key.Key_Return)
    assert found(outline).item(0).text() == "Nothing found."
    assert QApplication.focusWidget() is outline.find_line


def test_unplaced_text_is_offered_while_there_is_some(norway: OpenReport, shown: Shower) -> None:
    outline = outline_of(norway, shown)
    button = next(b for b in outline.findChildren(Button) if b.text() == "Unplaced text")
    assert not button.isVisible()
    norway.session.report.apply(Change("unplaced/u1", None, {"text": "Left over", "near": ""}))
    norway.session.set_value("T1.goals", ("T1.G1",))
    assert button.isVisible()
    norway.session.dismiss_unplaced("u1")
    assert not button.isVisible()
