from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView
from pytestqt.qtbot import QtBot

from desktop_app.formdef.model import Field, FieldType
from desktop_app.ui.editors.choice_box import ChoiceBox
from desktop_app.ui.editors.options import WrappedOption
from desktop_app.ui.editors.search_field import SearchField
from desktop_app.ui.editors.segments import Segment
from desktop_app.ui.parts import Chip, Words
from tests.support.editor_window import COUNTRIES, Shown

Show = Callable[[Field], Shown]
OFFICE = Field("q", FieldType.CHOICE, "q", choices="office")
COUNTRY = Field("q", FieldType.CHOICE, "q", choices="country")
SEVERAL = Field("q", FieldType.CHOICES, "q", choices="country")
GOALS = Field("q", FieldType.CHOICES, "q", choices="goals")
PHASE = Field("q", FieldType.SCALE, "q", choices="phase")
KEY = Qt.Key


def line_of(shown: Shown) -> QLineEdit:
    line = shown.enter()
    assert isinstance(line, QLineEdit)
    return line


def offered(shown: Shown) -> list[str]:
    """What the open list shows."""
    popup = QApplication.activePopupWidget()
    if not isinstance(popup, QListView):
        return []
    model = popup.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def sentence(shown: Shown) -> str:
    return " ".join(part.text() for part in shown.editor.findChildren(Words) if part.isVisible())


# -------------------------------------------------------------------------------------------- choice


def test_an_answer_can_be_taken_back_with_a_key(show: Show, qtbot: QtBot) -> None:
    shown = show(OFFICE)
    shown.editor.show_value("office1")
    with qtbot.waitSignal(shown.editor.value_edited):
        QTest.keyClick(shown.enter(), KEY.Key_Delete)
    assert shown.editor.value() is None


def test_choosing_the_same_again_is_no_edit(show: Show, qtbot: QtBot) -> None:
    shown = show(OFFICE)
    shown.editor.show_value("office2")
    box = shown.enter()
    assert isinstance(box, ChoiceBox)
    with qtbot.assertNotEmitted(shown.editor.value_edited):
        box.activated.emit(box.currentIndex())


def test_words_that_do_not_fit_are_told_by_the_tool_tip(qtbot: QtBot) -> None:
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.add_option("office1", "The office of the public prosecutor & its <units>")
    box.add_option("office2", "Police")
    box.resize(200, 32)
    assert box.toolTip() == ""
    box.setCurrentIndex(1)
    assert box.toolTip() == "<p>The office of the public prosecutor &amp; its &lt;units&gt;</p>"
    box.setCurrentIndex(2)
    assert box.toolTip() == ""
    box.setCurrentIndex(1)
    with qtbot.waitExposed(box):
        box.show()
    box.resize(900, 32)
    qtbot.waitUntil(lambda: box.toolTip() == "")


def test_some_letters_find_an_option_without_accents_and_capitals(show: Show, qtbot: QtBot) -> None:
    shown = show(COUNTRY)
    qtbot.keyClicks(line_of(shown), "COTE d")
    assert offered(shown) == ["Côte d’Ivoire"]
    with qtbot.waitSignal(shown.editor.value_edited):
        QTest.keyClick(line_of(shown), KEY.Key_Return)
    assert shown.editor.value() == "country5"
    assert line_of(shown).text() == "Côte d’Ivoire"


def test_options_that_begin_with_the_letters_come_first() -> None:
    field = SearchField([("1", "South Africa"), ("2", "Africa, Central"), ("3", "Albania")])
    assert [words for _code, words in field.matches("afri")] == ["Africa, Central", "South Africa"]


def test_the_whole_list_opens_with_a_key_and_gives_a_choice(show: Show, qtbot: QtBot) -> None:
    shown = show(COUNTRY)
    QTest.keyClick(line_of(shown), KEY.Key_Down)
    assert offered(shown) == list(COUNTRIES)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QListView)
    leavings = shown.leavings()
    with qtbot.waitSignal(shown.editor.value_edited):
        QTest.keyClick(popup, KEY.Key_Down)
        QTest.keyClick(popup, KEY.Key_Return)
    assert shown.editor.value() == "country1"
    assert leavings.count == 0


def test_words_that_are_no_option_stay_and_are_told(show: Show, qtbot: QtBot) -> None:
    shown = show(COUNTRY)
    shown.editor.show_value("country1")
    line_of(shown).selectAll()
    qtbot.keyClicks(line_of(shown), "Atlantis")
    shown.leave()
    assert line_of(shown).text() == "Atlantis"
    assert shown.editor.value() is None
    assert shown.editor.unfinished() == "Atlantis"
    assert "“Atlantis” is not in the list" in sentence(shown)
    assert "Atlantis" in line_of(shown).accessibleDescription()


def test_an_emptied_line_is_no_answer(show: Show, qtbot: QtBot) -> None:
    shown = show(COUNTRY)
    shown.editor.show_value("country1")
    line_of(shown).selectAll()
    with qtbot.waitSignal(shown.editor.value_edited):
        QTest.keyClick(line_of(shown), KEY.Key_Backspace)
    assert shown.editor.value() is None
    assert shown.editor.unfinished() == ""


# ------------------------------------------------------------------------------------------- choices


def test_long_options_are_shown_with_all_their_words(show: Show) -> None:
    shown = show(GOALS)
    box = shown.enter()
    assert isinstance(box, WrappedOption)
    narrow, wide = box.heightForWidth(300), box.heightForWidth(900)
    assert narrow > wide
    assert box.height() >= box.heightForWidth(box.width())


def test_ticked_options_come_in_the_order_of_the_form(show: Show, qtbot: QtBot) -> None:
    shown = show(GOALS)
    first, second = shown.editor.findChildren(WrappedOption)
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert shown.editor.value() == ("S1.G1", "S1.G2")
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert shown.editor.value() is None


def test_chosen_options_stand_as_chips_and_are_not_offered_again(show: Show, qtbot: QtBot) -> None:
    shown = show(SEVERAL)
    for words in ("den", "alb"):
        qtbot.keyClicks(line_of(shown), words)
        QTest.keyClick(line_of(shown), KEY.Key_Return)
    assert shown.editor.value() == ("country1", "country8")
    chips = [chip for chip in shown.editor.findChildren(Chip) if chip.isVisible()]
    assert [chip.text() for chip in chips] == ["Albania", "Denmark"]
    qtbot.keyClicks(line_of(shown), "alb")
    assert offered(shown) == []
    line_of(shown).clear()
    qtbot.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    assert shown.editor.value() == ("country8",)
    assert line_of(shown).hasFocus()


# ------------------------------------------------------------------------------- yes or no and scales


@pytest.mark.parametrize(("number", "expected"), [(0, True), (1, False)])
def test_yes_and_no_are_one_click_away(show: Show, qtbot: QtBot, number: int, expected: bool) -> None:
    shown = show(Field("q", FieldType.YES_NO, "q"))
    with qtbot.waitSignal(shown.editor.value_edited):
        qtbot.mouseClick(shown.editor.findChildren(Segment)[number], Qt.MouseButton.LeftButton)
    assert shown.editor.value() is expected
    with qtbot.waitSignal(shown.editor.value_edited):
        QTest.keyClick(shown.enter(), KEY.Key_Delete)
    assert shown.editor.value() is None


def test_arrow_keys_go_along_a_scale(show: Show, qtbot: QtBot) -> None:
    shown = show(PHASE)
    shown.editor.show_value("phase1")
    target = shown.enter()
    with qtbot.waitSignal(shown.editor.value_edited):
        QTest.keyClick(target, KEY.Key_Right)
    assert shown.editor.value() == "phase2"
    assert shown.enter() is QApplication.focusWidget()


def test_a_scale_is_mirrored_in_languages_that_run_so(show: Show) -> None:
    shown = show(PHASE)
    first, second = shown.editor.findChildren(Segment)[:2]
    assert first.x() < second.x()
    shown.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    assert first.x() > second.x()


def test_long_steps_stand_below_each_other_with_all_their_words(show: Show) -> None:
    shown = show(PHASE)
    shown.window.resize(260, 500)
    QApplication.processEvents()
    segments = shown.editor.findChildren(Segment)
    assert len({segment.x() for segment in segments}) == 1
    assert all(segment.height() >= segment.height_for(segment.width()) for segment in segments)
