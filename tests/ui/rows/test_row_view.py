"""What a row shows, and that nothing in it is taken for markup."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from desktop_app.formdef.model import Level
from desktop_app.report.text import markup
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.services.open_report import OpenReport
from desktop_app.services.submitting.accepting import accept_warning
from desktop_app.ui.parts import Chip, Words
from desktop_app.ui.rows.row_view import RowView
from tests.support.window_parts import add_actions, context_of

LIST = "T2.planned"
Shower = Callable[[QWidget], QWidget]


def view_of(opened: OpenReport, row_id: str, shown: Shower) -> RowView:
    context = context_of(opened.session, LIST)
    row = context.row_list.row(row_id)
    assert row is not None
    view = RowView(context, row)
    view.set_number(1, 28)
    shown(view)
    return view


def said(view: RowView) -> list[str]:
    return [words.text() for words in view.findChildren(Words)]


def chips(view: RowView) -> list[str]:
    return [chip.text() for chip in view.findChildren(Chip)]


def test_format_is_shown_and_signs_stay_signs(norway: OpenReport, shown: Shower) -> None:
    (row_id,) = norway.session.add_rows(LIST, [{"description": markup.read("A <b>bold</b> step &lt;i&gt;")}])
    words = next(words for words in said(view_of(norway, row_id, shown)) if "bold" in words)
    assert "<b>bold</b>" in words
    assert "&lt;i&gt;" in words


def test_words_readings_and_goals_stand_as_chips(norway: OpenReport, shown: Shower) -> None:
    (row_id,) = norway.session.add_rows(
        LIST,
        [
            {
                "description": markup.read("Train"),
                "timeframe": Timeframe("Till December 2013", "../2013-12"),
                "goals": ("T2.G2",),
            }
        ],
    )
    found = chips(view_of(norway, row_id, shown))
    assert found == ["Goal 2.2", "Till December 2013", "by 31 Dec 2013 – confirm?"]


def test_a_confirmed_reading_asks_no_more(norway: OpenReport, shown: Shower) -> None:
    (row_id,) = add_actions(norway.session, LIST, "Train")
    norway.session.set_value(f"{LIST}/{row_id}/timeframe", Timeframe("Within 2014", "2014", confirmed=True))
    view = view_of(norway, row_id, shown)
    chip = next(chip for chip in view.findChildren(Chip) if chip.text() == "in 2014")
    assert chip.accessibleName() == "Confirmed: in 2014"


def test_a_long_timeframe_wraps_and_no_chip_is_wider_than_the_row(norway: OpenReport, shown: Shower) -> None:
    (row_id,) = add_actions(norway.session, LIST, "Train")
    words = "Continuously, and reviewed each spring by the ministry together with the police academy, " * 4
    norway.session.set_value(f"{LIST}/{row_id}/timeframe", Timeframe(words.strip()))
    view = view_of(norway, row_id, shown)
    chip = next(chip for chip in view.findChildren(Chip) if chip.text().startswith("Continuously"))
    assert chip.geometry().right() <= view.width()
    assert chip.height() > 2 * chip.fontMetrics().height()


def test_further_answers_stand_below_with_their_labels(norway: OpenReport, shown: Shower) -> None:
    (row_id,) = add_actions(norway.session, LIST, "Train")
    norway.session.set_value(f"{LIST}/{row_id}/authority", markup.read("Police academy"))
    assert "Responsible authority: Police academy" in said(view_of(norway, row_id, shown))


def test_what_is_wrong_stands_in_the_row(norway: OpenReport, shown: Shower) -> None:
    (row_id,) = add_actions(norway.session, LIST, "Train")
    assert any("no timeframe" in words for words in said(view_of(norway, row_id, shown)))


def test_a_warning_that_was_accepted_stands_there_quietly(norway: OpenReport, shown: Shower) -> None:
    (row_id,) = add_actions(norway.session, LIST, "Train")
    view = view_of(norway, row_id, shown)
    warning = next(each for each in norway.session.problems.of_row(row_id) if each.level is Level.WARNING)
    assert warning.sentence in said(view)
    accept_warning(norway.session, warning.path, warning.code, "As agreed.")
    assert view.is_outdated()
    words = said(view_of(norway, row_id, shown))
    assert f"Accepted: {warning.sentence}" in words
    assert warning.sentence not in words


def test_a_confidential_row_says_so(norway: OpenReport, shown: Shower) -> None:
    (row_id,) = add_actions(norway.session, LIST, "Train")
    norway.session.set_confidential(f"{LIST}/{row_id}", True)
    assert "Confidential" in chips(view_of(norway, row_id, shown))


def test_a_screen_reader_hears_number_and_words(norway: OpenReport, shown: Shower) -> None:
    (row_id,) = add_actions(norway.session, LIST, "Train investigators")
    assert view_of(norway, row_id, shown).accessibleName() == "planned action 1: Train investigators"


def test_a_row_is_shown_as_hovered_only_while_the_pointer_is_on_it(norway: OpenReport, shown: Shower) -> None:
    """Nobody tells it that the pointer left when that happened while a file was dragged."""
    (row_id,) = add_actions(norway.session, LIST, "Train")
    view = view_of(norway, row_id, shown)
    QCursor.setPos(view.mapToGlobal(QPoint(-50, -50)))
    view.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    plain = view.grab().toImage()
    view.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    assert view.grab().toImage() == plain
    QCursor.setPos(view.mapToGlobal(view.rect().center()))
    assert view.grab().toImage() != plain
