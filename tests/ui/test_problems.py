"""The strip and the list of problems."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.text.model import Text
from desktop_app.services.open_report import OpenReport
from desktop_app.services.submitting.accepting import accept_warning
from desktop_app.ui.elided import ElidedButton
from desktop_app.ui.lines import Expander
from desktop_app.ui.pages.page import settle
from desktop_app.ui.parts import Tone
from desktop_app.ui.place_lines import LEAD, MARK, PATH
from desktop_app.ui.problem_counts import level_counts
from desktop_app.ui.problem_list import AT_ONCE, MOST_SHOWN, ProblemList
from desktop_app.ui.problem_strip import ProblemStrip
from tests.support.window_parts import checked, press

Shower = Callable[[QWidget], QWidget]


def strip_of(opened: OpenReport, shown: Shower) -> ProblemStrip:
    strip = ProblemStrip(opened.session, checked(opened.session))
    shown(strip)
    return strip


def summary(strip: ProblemStrip) -> str:
    return next(iter(strip.findChildren(Expander))).text()


def problem_list(strip: ProblemStrip) -> ProblemList:
    return next(iter(strip.findChildren(ProblemList)))


def test_counts_are_words_in_the_right_number(example: OpenReport, norway: OpenReport) -> None:
    assert level_counts(example.session) == "9 warnings, 33 hints"


def test_the_strip_counts_and_shows_the_first(example: OpenReport, shown: Shower) -> None:
    strip = strip_of(example, shown)
    assert summary(strip) == "Problems: 9 warnings, 33 hints"
    first = next(iter(strip.findChildren(ElidedButton)))
    paths: list[str] = []
    strip.path_chosen.connect(paths.append)
    first.click()
    assert paths == ["cover.authority"]


def test_the_strip_follows_the_report(qtbot: QtBot, example: OpenReport, shown: Shower) -> None:
    strip = strip_of(example, shown)
    example.session.set_value("cover.authority", Text.plain("Ministry"))
    qtbot.waitUntil(lambda: summary(strip) == "Problems: 8 warnings, 33 hints")


def test_keys_open_go_and_close(example: OpenReport, shown: Shower) -> None:
    strip = strip_of(example, shown)
    paths: list[str] = []
    left: list[bool] = []
    strip.path_chosen.connect(paths.append)
    strip.left.connect(lambda: left.append(True))
    strip.toggle_list()
    assert QApplication.focusWidget() is problem_list(strip)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert paths == ["cover.focal_point"]
    press(Qt.Key.Key_Escape)
    assert not problem_list(strip).isVisible()
    assert left == [True]
    strip.toggle_list()
    strip.toggle_list()
    assert left == [True, True]


def test_the_line_chosen_stays_the_current_one_while_others_go(example: OpenReport, qapp: object) -> None:
    session, lines = example.session, ProblemList()
    lines.show_problems(session)
    lines.setCurrentRow(3)
    path = lines.currentItem().data(PATH)
    session.set_value("cover.authority", Text.plain("Ministry"))
    lines.show_problems(session)
    assert lines.currentItem().data(PATH) == path
    assert lines.currentRow() == 2


def test_heavier_problems_come_first_with_place_and_level(example: OpenReport, qapp: object) -> None:
    session, lines = example.session, ProblemList()
    lines.show_problems(session)
    first = lines.item(0)
    assert (first.data(LEAD), first.text()) == ("Cover, Authority or ministry", "This is still empty.")
    spoken = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Warning: Cover, Authority or ministry: This is still empty."


def test_of_very_many_problems_the_rest_is_counted(qtbot: QtBot, norway: OpenReport) -> None:
    session, lines = norway.session, ProblemList()
    session.add_rows("T2.planned", [{"description": Text.plain("one")}] * 600)
    problems = session.problems.problems()
    lines.show_problems(session)
    assert lines.count() == AT_ONCE
    qtbot.waitUntil(lambda: lines.count() == MOST_SHOWN + 1)
    assert lines.item(MOST_SHOWN).text() == f"and {len(problems) - MOST_SHOWN} more"


def test_the_line_chosen_stays_the_current_one_among_very_many(qtbot: QtBot, norway: OpenReport) -> None:
    session, lines = norway.session, ProblemList()
    added = session.add_rows("T2.planned", [{"description": Text.plain("one")}] * 600)
    lines.show_problems(session)
    qtbot.waitUntil(lambda: lines.count() == MOST_SHOWN + 1)
    lines.setCurrentRow(AT_ONCE * 3)
    chosen = lines.currentItem().data(PATH)
    session.remove_rows("T2.planned", added[:1])
    lines.show_problems(session)
    qtbot.waitUntil(lambda: lines.count() == MOST_SHOWN + 1)
    assert lines.currentItem().data(PATH) == chosen
    assert lines.currentRow() < AT_ONCE * 3


def test_an_untouched_report_has_no_mistakes_yet(qtbot: QtBot, norway: OpenReport, shown: Shower) -> None:
    strip = strip_of(norway, shown)
    assert summary(strip) == "Nothing is written yet"
    assert not next(iter(strip.findChildren(ElidedButton))).isVisible()
    norway.session.set_value("cover.authority", Text.plain("Ministry"))
    qtbot.waitUntil(lambda: summary(strip).startswith("Problems: "))


def test_the_summary_stands_at_the_beginning_also_above_the_open_list(
    example: OpenReport, shown: Shower
) -> None:
    strip = strip_of(example, shown)
    found = next(iter(strip.findChildren(Expander)))
    before = found.x()
    strip.toggle_list()
    settle()
    QApplication.processEvents()
    assert problem_list(strip).isVisible()
    assert found.x() == before


def test_an_accepted_warning_is_said_quietly_and_counts_apart(
    qtbot: QtBot, example: OpenReport, shown: Shower
) -> None:
    strip = strip_of(example, shown)
    strip.toggle_list()
    found = problem_list(strip)
    before = found.item(0)
    assert before.data(PATH) == "cover.authority"
    sentence = before.text()
    code = next(each.code for each in example.session.problems.at("cover.authority"))
    accept_warning(example.session, "cover.authority", code, "It has none.")
    qtbot.waitUntil(lambda: summary(strip) == "Problems: 8 warnings, 33 hints, 1 accepted")
    assert found.item(0).data(PATH) != "cover.authority"
    last = found.item(found.count() - 1)
    assert (last.data(PATH), last.text()) == ("cover.authority", f"Accepted: {sentence}")
    assert last.data(MARK)[1] is Tone.QUIET
