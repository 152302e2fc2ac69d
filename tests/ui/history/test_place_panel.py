"""The history of a place beside the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.text import markup
from desktop_app.report.text.model import Text
from desktop_app.services.attachments import attach, file_of
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.history.place_panel import PAGE, PlacePanel
from desktop_app.ui.history.version_card import SittingLine, VersionCard
from tests.ui.history.conftest import Pasts, labels_of, pressable, said, until

PATH = "cover.authority"
LIST = "T1.planned"
Shower = Callable[[QWidget], QWidget]
Maker = Callable[[OpenReport, str], PlacePanel]


@pytest.fixture
def panel_at(shown: Shower, past_of: Pasts) -> Maker:
    """The panel in a window, at a place."""

    def make(opened: OpenReport, path: str) -> PlacePanel:
        panel = PlacePanel(past_of(opened), labels_of(opened))
        shown(panel)
        panel.show_place(path)
        return panel

    return make


def write(opened: OpenReport, path: str, *versions: str) -> None:
    for words in versions:
        opened.session.set_value(path, Text.plain(words))


def cards(panel: PlacePanel) -> list[VersionCard]:
    return [card for card in panel.findChildren(VersionCard) if card.isVisible()]


def bring_back(qtbot: QtBot, card: VersionCard) -> None:
    button = pressable(card, "Bring this back")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_versions_are_shown_with_who_and_how_they_differ(
    qtbot: QtBot, norway: OpenReport, panel_at: Maker
) -> None:
    write(norway, PATH, "Ministry of Justice", "Ministry of the Interior")
    panel = panel_at(norway, PATH)
    until(qtbot, lambda: len(cards(panel)) == 2)
    (line,) = panel.findChildren(SittingLine)
    assert line.text().endswith("Ana: 2 versions")
    newest, oldest = cards(panel)
    assert "This is what stands there now." in said(newest)
    assert pressable(newest, "Bring this back") is None
    marked = next(words for words in said(oldest) if "<u" in words)
    assert "Justice</u>" in marked
    assert "Interior</s>" in marked


def test_words_that_wrap_in_a_narrow_panel_are_never_clipped(
    qtbot: QtBot, norway: OpenReport, panel_at: Maker
) -> None:
    write(norway, PATH, "A ministry with quite a long name " * 8, "short", "And one more " * 30)
    panel = panel_at(norway, PATH)
    until(qtbot, lambda: len(cards(panel)) == 3)
    panel.window().resize(230, 1200)

    def clipped() -> list[str]:
        labels = [label for label in panel.findChildren(QLabel) if label.isVisible() and label.wordWrap()]
        return [label.text() for label in labels if label.height() < label.heightForWidth(label.width())]

    until(qtbot, lambda: panel.width() <= 230 and not clipped())


def test_an_earlier_version_comes_back_and_undo_takes_it_away(
    qtbot: QtBot, norway: OpenReport, panel_at: Maker
) -> None:
    write(norway, PATH, "one", "two", "three")
    panel = panel_at(norway, PATH)
    until(qtbot, lambda: len(cards(panel)) == 3)
    with qtbot.waitSignal(panel.brought_back) as told:
        bring_back(qtbot, cards(panel)[-1])
    assert told.args == [PATH]
    assert norway.session.report.value(PATH) == Text.plain("one")
    until(qtbot, lambda: len(cards(panel)) == 4)
    assert "Brought back earlier words" in said(cards(panel)[0])
    norway.session.undo()
    assert norway.session.report.value(PATH) == Text.plain("three")


def test_a_row_comes_back_from_the_bin_with_what_it_held(
    qtbot: QtBot, norway: OpenReport, panel_at: Maker
) -> None:
    session = norway.session
    row = session.add_row(LIST, {"description": Text.plain("train")})
    write(norway, f"{LIST}/{row}/description", "train all")
    session.remove_rows(LIST, [row])
    panel = panel_at(norway, f"{LIST}/{row}")
    until(qtbot, lambda: len(cards(panel)) == 3)
    assert "In the bin" in said(cards(panel)[0])
    bring_back(qtbot, cards(panel)[-1])
    (back,) = session.report.lists[LIST].rows
    assert back.values["description"] == Text.plain("train")


def test_it_says_what_to_do_where_the_keyboard_is_nowhere(norway: OpenReport, panel_at: Maker) -> None:
    panel = panel_at(norway, "")
    assert said(panel) == ["Put the cursor into a question or choose a row to see what stood there before."]


def test_an_untouched_place_says_so(qtbot: QtBot, norway: OpenReport, panel_at: Maker) -> None:
    panel = panel_at(norway, PATH)
    until(qtbot, lambda: "Nothing was written here yet." in said(panel))


def test_it_follows_the_report_and_the_place(qtbot: QtBot, norway: OpenReport, panel_at: Maker) -> None:
    write(norway, PATH, "one")
    panel = panel_at(norway, PATH)
    until(qtbot, lambda: len(cards(panel)) == 1)
    write(norway, PATH, "two")
    until(qtbot, lambda: len(cards(panel)) == 2)
    panel.show_place("cover.contact")
    until(qtbot, lambda: "Nothing was written here yet." in said(panel))


def test_nothing_is_asked_while_it_is_not_seen(qtbot: QtBot, norway: OpenReport, panel_at: Maker) -> None:
    panel = panel_at(norway, PATH)
    until(qtbot, lambda: "Nothing was written here yet." in said(panel))
    panel.hide()
    write(norway, PATH, "one")
    panel.show_place("cover.contact")
    panel.show_place(PATH)
    assert norway.journal.read(lambda file: 1).result() == 1
    QApplication.processEvents()
    assert panel.findChildren(VersionCard) == []
    panel.show()
    until(qtbot, lambda: len(cards(panel)) == 1)


def test_a_long_history_comes_in_steps(qtbot: QtBot, norway: OpenReport, panel_at: Maker) -> None:
    write(norway, PATH, *(f"version {number}" for number in range(PAGE + 3)))
    panel = panel_at(norway, PATH)
    until(qtbot, lambda: pressable(panel, "Show older ones") is not None)
    assert len(cards(panel)) == PAGE
    more = pressable(panel, "Show older ones")
    assert more is not None
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    until(qtbot, lambda: len(cards(panel)) == PAGE + 3)
    assert pressable(panel, "Show older ones") is None


def test_what_was_removed_for_good_gives_its_reason(
    qtbot: QtBot, norway: OpenReport, panel_at: Maker
) -> None:
    write(norway, PATH, "A person")
    norway.session.remove_for_good([PATH], "a name stood here")
    panel = panel_at(norway, PATH)
    until(qtbot, lambda: len(cards(panel)) == 2)
    for card in cards(panel):
        assert "Removed for good: a name stood here" in said(card)
        assert pressable(card, "Bring this back") is None


def test_what_went_together_is_told_once(qtbot: QtBot, norway: OpenReport, panel_at: Maker) -> None:
    session = norway.session
    row = session.add_row(LIST, {"description": Text.plain("A person"), "remark": Text.plain("of Oslo")})
    path = f"{LIST}/{row}"
    session.remove_for_good([path], "a name stood here")
    panel = panel_at(norway, path)
    until(qtbot, lambda: len(cards(panel)) == 2)
    for card in cards(panel):
        assert [words for words in said(card) if "Removed for good" in words] == [
            "Removed for good: a name stood here"
        ]


def test_files_are_named_also_when_they_were_taken_off(
    qtbot: QtBot, norway: OpenReport, panel_at: Maker
) -> None:
    (attached,) = attach(norway.session, PATH, [file_of("plan.pdf", b"%PDF-1.4")])
    norway.session.detach(attached)
    panel = panel_at(norway, PATH)
    until(qtbot, lambda: len(cards(panel)) == 2)
    taken_off, put_on = cards(panel)
    assert "plan.pdf (8 bytes) was taken off" in said(taken_off)
    assert any("plan.pdf (8 bytes)" in words for words in said(put_on))


def test_removing_for_good_is_asked_for_here(qtbot: QtBot, norway: OpenReport, panel_at: Maker) -> None:
    write(norway, PATH, "A person")
    panel = panel_at(norway, PATH)
    until(qtbot, lambda: pressable(panel, "Remove for good") is not None)
    button = pressable(panel, "Remove for good")
    assert isinstance(button, QAbstractButton)
    with qtbot.waitSignal(panel.removal_wanted) as told:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told.args == [PATH]


def test_a_version_in_another_format_says_so(qtbot: QtBot, norway: OpenReport, panel_at: Maker) -> None:
    norway.session.set_value(PATH, markup.read("<b>Ministry</b>"))
    write(norway, PATH, "Ministry")
    panel = panel_at(norway, PATH)
    until(qtbot, lambda: len(cards(panel)) == 2)
    assert "Only the format changed." in said(cards(panel)[1])
    assert "Only the format changed." not in said(cards(panel)[0])
    bring_back(qtbot, cards(panel)[1])
    assert norway.session.report.value(PATH) == markup.read("<b>Ministry</b>")
