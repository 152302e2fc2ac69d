"""A list on a page, used with mouse and keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.formdef.model import State
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.pages.page import Page
from desktop_app.ui.parts import Button, Chip
from desktop_app.ui.rows.list_card import ListCard
from desktop_app.ui.rows.paste_panel import PastePanel
from desktop_app.ui.rows.row_editor import RowEditor
from desktop_app.ui.rows.row_view import RowView
from tests.support.window_parts import add_actions, context_of, press, type_words, words_of

LIST = "T2.planned"
Shower = Callable[[QWidget], QWidget]
Placer = Callable[[OpenReport], ListCard]


@pytest.fixture
def placed(shown: Shower) -> Placer:
    def place(opened: OpenReport) -> ListCard:
        page, card = Page(), ListCard(context_of(opened.session, LIST))
        page.column.addWidget(card)
        page.scrolled.connect(lambda: card.load_visible(page.visible_rect()))
        shown(page)
        return card

    return place


def has_button(card: QWidget, words: str) -> bool:
    return any(b.isVisible() and b.text().startswith(words) for b in card.findChildren(Button))


def button(card: QWidget, words: str) -> Button:
    return next(b for b in card.findChildren(Button) if b.isVisible() and b.text().startswith(words))


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(card: QWidget, words: str) -> None:
    """Choose from the menu that has just opened."""
    menu = next(menu for menu in card.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text().startswith(words)).trigger()
    menu.close()


def row(card: ListCard, number: int) -> RowView:
    widget = card.rows.row_widget(card.context.row_list.rows[number - 1].id)
    assert isinstance(widget, RowView)
    return widget


def has_keyboard(widget: QWidget) -> bool:
    return QApplication.focusWidget() is widget


def edited(card: ListCard) -> str | None:
    return card.rows.editing


def reason(card: ListCard) -> State | None:
    return card.context.row_list.state


# Adding and editing


def test_adding_opens_a_row_with_the_cursor_in_its_words(
    qtbot: QtBot, norway: OpenReport, placed: Placer
) -> None:
    card = placed(norway)
    click(qtbot, card.buttons.add)
    type_words("Écoles sûres")
    press(Qt.Key.Key_Escape)
    assert words_of(norway.session, LIST) == ["Écoles sûres"]
    assert has_keyboard(row(card, 1))


def test_a_row_left_without_a_word_is_not_kept(qtbot: QtBot, norway: OpenReport, placed: Placer) -> None:
    card = placed(norway)
    click(qtbot, card.buttons.add)
    press(Qt.Key.Key_Escape)
    assert words_of(norway.session, LIST) == []
    assert norway.session.report.lists[LIST].bin == {} or not any(
        kept.values for kept in norway.session.report.lists[LIST].bin.values()
    )
    assert has_keyboard(card.buttons.add)
    assert not card.buttons.bin.isVisible()


def test_adding_one_after_the_other(qtbot: QtBot, norway: OpenReport, placed: Placer) -> None:
    card = placed(norway)
    for words in ("one", "two", "three"):
        click(qtbot, card.buttons.add)
        type_words(words)
    press(Qt.Key.Key_Escape)
    assert words_of(norway.session, LIST) == ["one", "two", "three"]


def test_a_click_edits_and_done_closes(qtbot: QtBot, norway: OpenReport, placed: Placer) -> None:
    add_actions(norway.session, LIST, "one", "two")
    card = placed(norway)
    click(qtbot, row(card, 2))
    assert edited(card) == norway.session.report.lists[LIST].rows[1].id
    click(qtbot, button(card, "&Done"))
    assert edited(card) is None
    assert has_keyboard(row(card, 2))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
def test_keys_edit(norway: OpenReport, placed: Placer, key: Qt.Key) -> None:
    add_actions(norway.session, LIST, "one")
    card = placed(norway)
    row(card, 1).setFocus()
    press(key)
    assert isinstance(card.rows.row_widget(card.context.row_list.rows[0].id), RowEditor)


def test_arrows_go_from_row_to_row_and_stop_at_the_ends(norway: OpenReport, placed: Placer) -> None:
    add_actions(norway.session, LIST, *(f"action {n}" for n in range(1, 31)))
    card = placed(norway)
    row(card, 1).setFocus()
    press(Qt.Key.Key_Down)
    assert has_keyboard(row(card, 2))
    press(Qt.Key.Key_End)
    assert has_keyboard(row(card, 30))
    press(Qt.Key.Key_Down)
    assert has_keyboard(row(card, 30))
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Up)
    assert has_keyboard(row(card, 1))


def test_ins_adds_below(norway: OpenReport, placed: Placer) -> None:
    add_actions(norway.session, LIST, "one", "two")
    card = placed(norway)
    row(card, 1).setFocus()
    press(Qt.Key.Key_Insert)
    type_words("between")
    press(Qt.Key.Key_Escape)
    assert words_of(norway.session, LIST) == ["one", "between", "two"]


def test_ctrl_d_duplicates_from_the_row_and_from_its_editor(norway: OpenReport, placed: Placer) -> None:
    add_actions(norway.session, LIST, "one")
    card = placed(norway)
    row(card, 1).setFocus()
    press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    type_words("a second ")
    press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert words_of(norway.session, LIST) == ["one", "a second one", "a second one"]


def test_alt_and_arrows_move_the_row_and_the_keyboard_goes_with_it(
    norway: OpenReport, placed: Placer
) -> None:
    add_actions(norway.session, LIST, "one", "two", "three")
    card = placed(norway)
    row(card, 1).setFocus()
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert words_of(norway.session, LIST) == ["two", "three", "one"]
    assert has_keyboard(row(card, 3))


# Removing and bringing back


def test_del_removes_and_the_bin_brings_back(qtbot: QtBot, norway: OpenReport, placed: Placer) -> None:
    add_actions(norway.session, LIST, "one", "two", "three")
    card = placed(norway)
    row(card, 2).setFocus()
    press(Qt.Key.Key_Delete)
    assert words_of(norway.session, LIST) == ["one", "three"]
    assert has_keyboard(row(card, 2))
    click(qtbot, button(card, "1 removed"))
    press(Qt.Key.Key_Return)
    assert words_of(norway.session, LIST) == ["one", "two", "three"]
    assert has_keyboard(row(card, 2))
    assert not card.buttons.bin.isVisible()


def test_after_the_last_row_the_keyboard_is_at_the_button_that_adds(
    norway: OpenReport, placed: Placer
) -> None:
    add_actions(norway.session, LIST, "one")
    card = placed(norway)
    row(card, 1).setFocus()
    press(Qt.Key.Key_Delete)
    assert has_keyboard(card.buttons.add)


def test_a_row_taken_away_by_undo_leaves_the_keyboard_in_the_list(
    qtbot: QtBot, norway: OpenReport, placed: Placer
) -> None:
    add_actions(norway.session, LIST, "one")
    card = placed(norway)
    click(qtbot, card.buttons.add)
    norway.session.undo()
    assert card.rows.editing is None
    assert has_keyboard(row(card, 1))


# Why a list is empty


def test_no_action_taken_and_taken_back(qtbot: QtBot, norway: OpenReport, placed: Placer) -> None:
    card = placed(norway)
    click(qtbot, button(card, "No action taken"))
    assert reason(card) is State.NO_ACTION_TAKEN
    assert has_keyboard(card.empty.take_back)
    assert not card.buttons.state.isVisible()
    click(qtbot, button(card, "Take back"))
    assert reason(card) is None
    assert has_keyboard(card.buttons.add)


def test_another_reason_comes_from_a_menu(qtbot: QtBot, norway: OpenReport, placed: Placer) -> None:
    card = placed(norway)
    click(qtbot, button(card, "Other reason"))
    choose(card, "Not applicable")
    assert norway.session.report.lists[LIST].state is State.NOT_APPLICABLE


def test_adding_ends_the_reason(qtbot: QtBot, norway: OpenReport, placed: Placer) -> None:
    norway.session.set_state(LIST, State.NO_ACTION_TAKEN)
    card = placed(norway)
    click(qtbot, card.buttons.add)
    type_words("one")
    press(Qt.Key.Key_Escape)
    assert norway.session.report.lists[LIST].state is None


def test_the_reason_is_offered_only_while_there_is_nothing(norway: OpenReport, placed: Placer) -> None:
    card = placed(norway)
    assert card.buttons.state.isVisible()
    add_actions(norway.session, LIST, "one")
    assert not card.buttons.state.isVisible()
    assert not card.empty.isVisible()


# Goals and timeframes


def test_goals_are_attached_from_the_row(qtbot: QtBot, norway: OpenReport, placed: Placer) -> None:
    add_actions(norway.session, LIST, "one")
    card = placed(norway)
    chip = next(chip for chip in row(card, 1).findChildren(Chip) if chip.text() == "Attach goals")
    click(qtbot, chip)
    choose(card, "All goals")
    assert norway.session.report.lists[LIST].rows[0].values["goals"] == ("T2.G1", "T2.G2")


def test_a_reading_is_confirmed_by_key_and_the_keyboard_stays_in_the_row(
    norway: OpenReport, placed: Placer
) -> None:
    (row_id,) = add_actions(norway.session, LIST, "one")
    norway.session.set_value(f"{LIST}/{row_id}/timeframe", Timeframe("Within 2014", "2014"))
    card = placed(norway)
    chip = next(chip for chip in row(card, 1).findChildren(Chip) if chip.text().endswith("confirm?"))
    chip.setFocus()
    press(Qt.Key.Key_Return)
    value = norway.session.report.lists[LIST].rows[0].values["timeframe"]
    assert value == Timeframe("Within 2014", "2014", confirmed=True)
    assert has_keyboard(row(card, 1))


def test_add_a_timeframe_leads_into_its_field(qtbot: QtBot, norway: OpenReport, placed: Placer) -> None:
    add_actions(norway.session, LIST, "one")
    card = placed(norway)
    chip = next(chip for chip in row(card, 1).findChildren(Chip) if chip.text() == "Add a timeframe")
    click(qtbot, chip)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Timeframe"


# Pasting


def test_a_pasted_list_becomes_rows_in_one_step(qtbot: QtBot, norway: OpenReport, placed: Placer) -> None:
    card = placed(norway)
    words = QMimeData()
    words.setText("- Train investigators (Till December 2013)\n- Equip the unit")
    QApplication.clipboard().setMimeData(words)
    click(qtbot, card.buttons.paste)
    qtbot.waitUntil(lambda: has_button(card, "Add 2 entries"))
    click(qtbot, button(card, "Add 2 entries"))
    assert words_of(norway.session, LIST) == ["Train investigators", "Equip the unit"]
    assert norway.session.report.lists[LIST].rows[0].values["timeframe"] == Timeframe(
        "Till December 2013", "../2013-12"
    )
    qtbot.waitUntil(lambda: has_keyboard(row(card, 1)))
    norway.session.undo()
    assert words_of(norway.session, LIST) == []
    QApplication.clipboard().clear()


def test_a_long_list_is_added_whole_however_soon_one_presses(
    qtbot: QtBot, norway: OpenReport, placed: Placer
) -> None:
    QApplication.clipboard().setText("\n".join(f"• Train police unit {number}" for number in range(300)))
    card = placed(norway)
    click(qtbot, card.buttons.paste)
    qtbot.waitUntil(lambda: has_button(card, "Add 300 entries"))
    panel = card.findChild(PastePanel)
    assert panel is not None
    type_words("One more")
    panel._add.click()
    qtbot.waitUntil(lambda: len(norway.session.report.lists[LIST].rows) == 1)
    assert words_of(norway.session, LIST) == ["One more"], "typed over what was chosen"
    QApplication.clipboard().clear()


def test_words_written_before_the_clipboard_is_there_stay_instead_of_it(
    qtbot: QtBot, norway: OpenReport, placed: Placer
) -> None:
    QApplication.clipboard().setText("From the clipboard")
    card = placed(norway)
    card.buttons.paste.click()
    type_words("By hand")
    qtbot.waitUntil(lambda: has_button(card, "Add 1 entry"))
    click(qtbot, button(card, "Add 1 entry"))
    qtbot.waitUntil(lambda: words_of(norway.session, LIST) == ["By hand"])
    QApplication.clipboard().clear()


def test_words_written_into_the_paste_panel_outlive_cancel(
    qtbot: QtBot, norway: OpenReport, placed: Placer
) -> None:
    QApplication.clipboard().clear()
    card = placed(norway)
    click(qtbot, card.buttons.paste)
    type_words("Written by hand")
    press(Qt.Key.Key_Escape)
    assert has_keyboard(card.buttons.paste)
    click(qtbot, card.buttons.paste)
    qtbot.waitUntil(lambda: has_button(card, "Add 1 entry"))
    click(qtbot, button(card, "Add 1 entry"))
    assert words_of(norway.session, LIST) == ["Written by hand"]


# Typing is never interrupted


def test_the_cursor_stays_where_it_is_while_other_rows_change(
    qtbot: QtBot, norway: OpenReport, placed: Placer
) -> None:
    first, second = add_actions(norway.session, LIST, "one", "two")
    card = placed(norway)
    card.edit_row(second)
    type_words("12")
    focus = QApplication.focusWidget()
    assert focus is not None
    height = focus.mapToGlobal(focus.rect().topLeft()).y()
    norway.session.set_value(f"{LIST}/{first}/timeframe", Timeframe("Within 2014", "2014"))
    norway.session.set_value("T2.goals", ("T2.G1",))
    norway.session.set_value(f"{LIST}/{first}/goals", ("T2.G2",))
    assert QApplication.focusWidget() is focus
    type_words("3")
    card.rows.hand_over()
    assert words_of(norway.session, LIST)[1] == "123two"
    assert focus.mapToGlobal(focus.rect().topLeft()).y() - height < 120
