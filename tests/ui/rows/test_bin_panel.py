"""What was removed from a list, and the way back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.open_report import OpenReport
from desktop_app.ui.pages.page import Page
from desktop_app.ui.parts import Words
from desktop_app.ui.past import Past
from desktop_app.ui.rows.bin_panel import PAGE, BinPanel
from desktop_app.ui.rows.context import ListContext
from desktop_app.ui.rows.list_card import ListCard
from tests.support.window_parts import add_actions, context_of, words_of

LIST = "T2.planned"
Shower = Callable[[QWidget], QWidget]
Placer = Callable[[OpenReport], ListCard]


@pytest.fixture
def placed(shown: Shower) -> Placer:
    """The list's card on a page, with the past to ask."""

    def place(opened: OpenReport) -> ListCard:
        plain = context_of(opened.session, LIST)
        past = Past(opened.session, opened.journal.read, opened.path)
        card = ListCard(ListContext(plain.session, plain.section, plain.entry, plain.labels, past))
        page = Page()
        past.setParent(page)
        page.column.addWidget(card)
        shown(page)
        return card

    return place


def button(within: QWidget, words: str) -> QAbstractButton:
    for found in within.findChildren(QAbstractButton):
        if found.isVisible() and words in (found.accessibleName(), found.text()):
            return found
    raise AssertionError(f"nothing visible is called “{words}”")


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def panel(card: ListCard) -> BinPanel:
    found = card.findChild(BinPanel)
    assert isinstance(found, BinPanel)
    return found


def said(widget: QWidget) -> list[str]:
    return [words.text() for words in widget.findChildren(Words) if words.isVisible()]


def test_it_shows_what_was_removed_when_and_by_whom(qtbot: QtBot, norway: OpenReport, placed: Placer) -> None:
    first, second, _third = add_actions(norway.session, LIST, "one", "two", "three")
    norway.session.remove_rows(LIST, [first])
    norway.session.remove_rows(LIST, [second])
    card = placed(norway)
    click(button(card, "2 removed"))
    found = said(panel(card))
    assert found.index("two") < found.index("one")
    qtbot.waitUntil(
        lambda: (
            sum(words.startswith("Removed: Today ") and words.endswith(", Ana") for words in said(card)) == 2
        )
    )


def test_each_comes_back_with_one_click(norway: OpenReport, placed: Placer) -> None:
    rows = add_actions(norway.session, LIST, "one", "two", "three")
    norway.session.remove_rows(LIST, rows[:2])
    card = placed(norway)
    click(button(card, "2 removed"))
    click(button(card, "Bring back: one"))
    assert words_of(norway.session, LIST) == ["one", "three"]
    assert panel(card).isVisible()
    click(button(card, "Bring back: two"))
    assert words_of(norway.session, LIST) == ["one", "two", "three"]
    assert not panel(card).isVisible()
    assert not card.buttons.bin.isVisible()


def test_esc_closes_and_the_keyboard_goes_back(norway: OpenReport, placed: Placer) -> None:
    norway.session.remove_rows(LIST, add_actions(norway.session, LIST, "one"))
    card = placed(norway)
    click(card.buttons.bin)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Bring back: one"
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert not panel(card).isVisible()
    assert card.buttons.bin.hasFocus()
    click(card.buttons.bin)
    assert panel(card).isVisible()
    click(card.buttons.bin)
    assert not panel(card).isVisible()


def test_a_full_bin_comes_in_steps(norway: OpenReport, placed: Placer) -> None:
    rows = add_actions(norway.session, LIST, *(f"action {number}" for number in range(PAGE + 2)))
    norway.session.remove_rows(LIST, rows)
    card = placed(norway)
    click(card.buttons.bin)
    shown = [words for words in said(panel(card)) if words.startswith("action ")]
    assert len(shown) == PAGE
    click(button(card, "Show older ones"))
    QApplication.processEvents()
    assert len([words for words in said(panel(card)) if words.startswith("action ")]) == PAGE + 2


def test_what_goes_into_the_bin_meanwhile_is_shown(norway: OpenReport, placed: Placer) -> None:
    rows = add_actions(norway.session, LIST, "one", "two")
    norway.session.remove_rows(LIST, rows[:1])
    card = placed(norway)
    click(card.buttons.bin)
    norway.session.remove_rows(LIST, rows[1:])
    QApplication.processEvents()
    assert button(card, "Bring back: two").isVisible()


def test_removing_for_good_is_asked_for(qtbot: QtBot, norway: OpenReport, placed: Placer) -> None:
    (row,) = add_actions(norway.session, LIST, "one")
    norway.session.remove_rows(LIST, [row])
    card = placed(norway)
    click(card.buttons.bin)
    with qtbot.waitSignal(card.removal_wanted) as wanted:
        click(button(card, "Remove for good: one"))
    assert wanted.args == [f"{LIST}/{row}"]
