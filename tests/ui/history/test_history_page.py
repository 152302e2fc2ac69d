"""The moments of a report, compared and gone back to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.changes import OperationKind
from desktop_app.report.text import markup
from desktop_app.report.text.model import Text
from desktop_app.report.text.tags import escaped
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.history.compared_view import PAGE as PLACES
from desktop_app.ui.history.compared_view import PlaceCard, PlaceName
from desktop_app.ui.history.history_page import HistoryPage
from desktop_app.ui.history.moment_list import BELOW, LINE, PAGE, SIDE, MomentList
from desktop_app.ui.parts import in_row
from tests.ui.history.conftest import Pasts, labels_of, pressable, said, until

PATH = "cover.authority"
LIST = "T1.planned"
Shower = Callable[[QWidget], QWidget]
Maker = Callable[[OpenReport], HistoryPage]


@pytest.fixture
def page_of(shown: Callable[..., QWidget], past_of: Pasts) -> Maker:
    """The page in a window, entered."""

    def make(opened: OpenReport) -> HistoryPage:
        page = HistoryPage(past_of(opened), labels_of(opened))
        shown(page, width=1100)
        page.enter()
        return page

    return make


def write(opened: OpenReport, path: str, words: str) -> None:
    opened.session.set_value(path, Text.plain(words))


def cards(page: HistoryPage) -> list[PlaceCard]:
    return [card for card in page.findChildren(PlaceCard) if card.isVisible()]


def lines(view: MomentList) -> list[str]:
    model = view.moments
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def row_of(view: MomentList, words: str) -> int:
    return next(row for row, line in enumerate(lines(view)) if line.startswith(words))


def click_line(view: MomentList, row: int) -> None:
    index = view.moments.index(row)
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def press(widget: QWidget, words: str) -> None:
    button = pressable(widget, words)
    assert button is not None, words
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_compares_the_last_restore_point_with_now(
    qtbot: QtBot, norway: OpenReport, page_of: Maker
) -> None:
    write(norway, PATH, "Ministry of Justice")
    norway.session.set_restore_point("Before the minister")
    write(norway, PATH, "Ministry of the Interior")
    norway.session.add_row(LIST, {"description": Text.plain("train police")})
    page = page_of(norway)
    until(qtbot, lambda: len(cards(page)) == 2)
    assert page.sides.first.accessibleName().startswith("From: “Before the minister”")
    assert page.sides.second.accessibleName() == "To: Now"
    changed, added = cards(page)
    assert any("Justice</s>" in words and "Interior</u>" in words for words in said(changed))
    assert {"Changed"} <= set(said(changed))
    assert {"Added", "Description"} <= set(said(added))
    assert any("train police</u>" in words for words in said(added))


def test_moments_stand_by_day_and_sitting(qtbot: QtBot, norway: OpenReport, page_of: Maker) -> None:
    write(norway, PATH, "one")
    norway.session.set_restore_point("Half way")
    page = page_of(norway)
    until(qtbot, lambda: page.list.moments.rowCount() > 0)
    found = lines(page.list)
    assert found[:2] == ["Now", "Today"]
    assert found[2].endswith("Ana: 2 steps")
    assert found[3:5] == ["Half way", "Edited"]
    assert found[-1] == "Report begun"
    assert str(page.list.moments.index(3).data(BELOW)).endswith("Restore point")
    assert "Cover, Authority or ministry" in str(page.list.moments.index(4).data(BELOW))


def test_a_click_chooses_the_marked_side(qtbot: QtBot, norway: OpenReport, page_of: Maker) -> None:
    for words in ("one", "two", "three"):
        write(norway, PATH, words)
    page = page_of(norway)
    until(qtbot, lambda: bool(cards(page)))
    rows = [row for row, line in enumerate(lines(page.list)) if line == "Edited"]
    click_line(page.list, rows[2])
    until(qtbot, lambda: any("one</s>" in words for card in cards(page) for words in said(card)))
    QTest.mouseClick(page.sides.second, Qt.MouseButton.LeftButton)
    click_line(page.list, rows[1])
    until(qtbot, lambda: any("two</u>" in words for card in cards(page) for words in said(card)))
    sides = {row: page.list.moments.index(row).data(SIDE) for row in range(page.list.moments.rowCount())}
    assert [row for row, side in sides.items() if side == "From"] == [rows[2]]
    assert [row for row, side in sides.items() if side == "To"] == [rows[1]]


def test_the_earlier_moment_is_always_the_first(qtbot: QtBot, norway: OpenReport, page_of: Maker) -> None:
    write(norway, PATH, "one")
    write(norway, PATH, "two")
    page = page_of(norway)
    until(qtbot, lambda: bool(cards(page)))
    rows = [row for row, line in enumerate(lines(page.list)) if line == "Edited"]
    QTest.mouseClick(page.sides.second, Qt.MouseButton.LeftButton)
    click_line(page.list, rows[1])
    QTest.mouseClick(page.sides.first, Qt.MouseButton.LeftButton)
    click_line(page.list, rows[0])
    first, second = page.sides.seqs
    assert first is not None
    assert second is not None
    assert first < second


def test_enter_chooses_too(qtbot: QtBot, norway: OpenReport, page_of: Maker) -> None:
    write(norway, PATH, "one")
    page = page_of(norway)
    until(qtbot, lambda: bool(cards(page)))
    page.list.setFocus()
    page.list.setCurrentIndex(page.list.moments.index(row_of(page.list, "Edited")))
    with qtbot.waitSignal(page.list.moment_chosen):
        QTest.keyClick(page.list, Qt.Key.Key_Return)


def test_a_name_leads_to_its_place(qtbot: QtBot, norway: OpenReport, page_of: Maker) -> None:
    write(norway, PATH, "one")
    page = page_of(norway)
    until(qtbot, lambda: bool(cards(page)))
    with qtbot.waitSignal(page.path_chosen) as chosen:
        press(cards(page)[0], "Changed: Cover, Authority")
    assert chosen.args == [PATH]


def test_the_whole_report_goes_back_in_one_step(qtbot: QtBot, norway: OpenReport, page_of: Maker) -> None:
    session = norway.session
    row = session.add_row(LIST, {"description": Text.plain("train")})
    write(norway, PATH, "one")
    session.set_restore_point("Then")
    write(norway, PATH, "two")
    session.remove_rows(LIST, [row])
    session.add_row(LIST, {"description": Text.plain("another")})
    page = page_of(norway)
    until(qtbot, lambda: bool(cards(page)))
    press(page, "Bring the whole report back")
    assert any("3 places get back what they held" in words for words in said(page.way_back))
    with qtbot.waitSignal(page.told) as told:
        press(page.way_back, "Bring it back")
    assert "“Then”" in told.args[0]
    assert session.report.value(PATH) == Text.plain("one")
    assert [kept.id for kept in session.report.lists[LIST].rows] == [row]
    session.undo()
    assert session.report.value(PATH) == Text.plain("two")
    assert [kept.values["description"] for kept in session.report.lists[LIST].rows] == [Text.plain("another")]
    until(qtbot, lambda: any(line.startswith("Before going back to") for line in lines(page.list)))


def test_going_back_can_be_left(qtbot: QtBot, norway: OpenReport, page_of: Maker) -> None:
    write(norway, PATH, "one")
    page = page_of(norway)
    until(qtbot, lambda: bool(cards(page)))
    press(page, "Bring the whole report back")
    press(page.way_back, "Leave it as it is")
    assert norway.session.report.value(PATH) == Text.plain("one")
    assert pressable(page.way_back, "Bring it back") is None


def test_an_empty_history_says_what_to_do(qtbot: QtBot, norway: OpenReport, page_of: Maker) -> None:
    page = page_of(norway)
    until(qtbot, lambda: any("Set a restore point" in words for words in said(page)))
    assert pressable(page, "Bring the whole report back") is None
    write(norway, PATH, "one")
    until(qtbot, lambda: pressable(page, "Bring the whole report back") is not None)


def test_it_follows_what_is_done_while_it_is_shown(qtbot: QtBot, norway: OpenReport, page_of: Maker) -> None:
    write(norway, PATH, "one")
    page = page_of(norway)
    until(qtbot, lambda: len(cards(page)) == 1)
    norway.session.set_value("T1.goals", ("T1.G1",))
    until(qtbot, lambda: len(cards(page)) == 2)


def test_long_histories_and_many_differences_come_in_pages(
    qtbot: QtBot, norway: OpenReport, page_of: Maker
) -> None:
    norway.session.set_restore_point("Then")
    for number in range(PAGE + 10):
        norway.session.add_row(LIST, {"description": Text.plain(f"action {number}")})
    page = page_of(norway)
    until(qtbot, lambda: bool(cards(page)))
    model = page.list.moments
    assert model.rowCount() == PAGE
    assert model.canFetchMore()
    model.fetchMore()
    assert not model.canFetchMore()
    kinds = {model.index(row).data(LINE).moment.kind for row in range(model.rowCount())}
    assert OperationKind.RESTORE_POINT in kinds
    until(qtbot, lambda: pressable(page.compared, "Show") is not None)
    assert len(cards(page)) == PLACES
    press(page.compared, "Show")
    until(qtbot, lambda: len(cards(page)) == 2 * PLACES)


def test_in_a_narrow_window_the_moments_stand_above(qtbot: QtBot, norway: OpenReport, page_of: Maker) -> None:
    write(norway, PATH, "one")
    page = page_of(norway)
    until(qtbot, lambda: bool(cards(page)))
    page.window().resize(600, 700)
    until(qtbot, lambda: page.width() <= 600)
    below = cards(page)[0].mapTo(page, cards(page)[0].rect().topLeft()).y()
    until(qtbot, lambda: page.list.mapTo(page, page.list.rect().bottomLeft()).y() < below)


@pytest.mark.parametrize("width", [784, 600])
def test_whatever_a_place_is_called_nothing_runs_off_the_page(
    qtbot: QtBot, norway: OpenReport, page_of: Maker, width: int
) -> None:
    words = "A campaign for parents and teachers, in schools & at home, on radio and television"
    row_id = norway.session.add_row(LIST, {"description": Text.plain(words)})
    norway.session.set_restore_point("Then")
    norway.session.remove_rows(LIST, [row_id])
    page = page_of(norway)
    until(qtbot, lambda: len(cards(page)) == 1)
    page.window().resize(width, 700)
    until(qtbot, lambda: page.width() <= width)
    until(qtbot, lambda: page._page.horizontalScrollBar().maximum() == 0)
    name = pressable(cards(page)[0], "Removed: ")
    assert name is not None
    assert name.text().endswith("…")
    assert escaped(words[:30]) in name.toolTip()


def test_a_difference_of_format_alone_says_so(qtbot: QtBot, norway: OpenReport, page_of: Maker) -> None:
    write(norway, PATH, "Ministry")
    norway.session.set_restore_point("Then")
    norway.session.set_value(PATH, markup.read("<b>Ministry</b>"))
    page = page_of(norway)
    until(qtbot, lambda: len(cards(page)) == 1)
    assert "Only the format changed." in said(cards(page)[0])


def test_what_was_removed_for_good_since_then_is_left_alone(
    qtbot: QtBot, norway: OpenReport, page_of: Maker
) -> None:
    session = norway.session
    write(norway, PATH, "Jane Doe")
    write(norway, "cover.contact", "one")
    session.set_restore_point("Then")
    session.remove_for_good([PATH], "a name")
    write(norway, PATH, "Ministry")
    write(norway, "cover.contact", "two")
    page = page_of(norway)
    until(qtbot, lambda: len(cards(page)) == 2)
    press(page, "Bring the whole report back")
    assert any("1 place gets back" in words for words in said(page.way_back))
    press(page.way_back, "Bring it back")
    assert session.report.value(PATH) == Text.plain("Ministry")
    assert session.report.value("cover.contact") == Text.plain("one")


def test_the_name_of_a_place_is_shortened_only_where_there_is_no_room(shown: Shower) -> None:
    names = [f"Target 2, action already undertaken {'x' * count}" for count in range(20)]
    page = QWidget()
    column = QVBoxLayout(page)
    for words in names:
        column.addLayout(in_row(PlaceName(words), None))
    shown(page)
    assert [name.text() for name in page.findChildren(PlaceName)] == names
