from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.report.text.model import Text
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.pages.page import settle
from desktop_app.ui.pages.section_page import SectionPage
from desktop_app.ui.parts import Card, Words
from desktop_app.ui.question import QuestionField
from tests.support.window_parts import add_actions, context_of

Shower = Callable[[QWidget], QWidget]


def field_of(opened: OpenReport, path: str) -> QuestionField:
    form = opened.session.report.form
    found = form.field_at(path)
    assert found is not None
    return QuestionField(found[1], found[0], Labels(form, "en"))


def said(field: QuestionField) -> list[str]:
    return [words.text() for words in field.findChildren(Words) if words.isVisible()]


def test_a_question_has_label_help_and_says_whether_it_is_optional(norway: OpenReport, shown: Shower) -> None:
    field = field_of(norway, "cover.contact")
    shown(field)
    assert said(field)[:3] == ["Contact", "optional", "Office telephone, e-mail or postal address."]
    label = next(words for words in field.findChildren(Words) if words.text() == "Contact")
    assert label.buddy() is field.editor.focus_target()


def test_a_question_that_is_missed_when_empty_is_not_called_optional(
    norway: OpenReport, shown: Shower
) -> None:
    field = field_of(norway, "cover.authority")
    shown(field)
    assert "optional" not in said(field)


def test_what_is_wrong_stands_below_and_is_said_by_a_screen_reader(norway: OpenReport, shown: Shower) -> None:
    session = norway.session
    (row_id,) = add_actions(session, "T2.planned", "Train")
    context = context_of(session, "T2.planned")
    question = context.entry.row.field("timeframe")
    field = QuestionField(question, context.section, context.labels, context.entry)
    field.follow_problems(session, f"T2.planned/{row_id}/timeframe")
    shown(field)
    sentence = next(words for words in said(field) if "no timeframe" in words)
    assert sentence in field.editor.focus_target().accessibleDescription()
    session.remove_rows("T2.planned", [row_id])
    assert not any("no timeframe" in words for words in said(field))


def test_an_empty_question_is_not_nagged_about_in_its_place(norway: OpenReport, shown: Shower) -> None:
    field = field_of(norway, "cover.authority")
    field.follow_problems(norway.session, "cover.authority")
    shown(field)
    assert not any("empty" in words for words in said(field))
    norway.session.set_value("cover.authority", Text.plain("Ministry"))


def test_a_question_not_asked_now_is_hidden_unless_it_has_an_answer(qapp: object, norway: OpenReport) -> None:
    field = field_of(norway, "T1.victims_identified")
    field.show_relevance(is_asked=False, is_answered=False)
    assert field.isHidden()
    field.show_relevance(is_asked=False, is_answered=True)
    assert not field.isHidden()


def test_nothing_below_moves_when_a_warning_goes_or_comes(norway: OpenReport, shown: Shower) -> None:
    session = norway.session
    page = SectionPage(session, session.report.form.section("T2"), Labels(session.report.form, "en"))  # type: ignore[arg-type]
    shown(page)
    add_actions(session, "T2.planned", "Train")
    page.go_to("T2.goals")
    settle()
    fields = page.findChildren(QuestionField)
    goals, below = fields[0], page.findChildren(Card)[-1]
    before = below.mapTo(page.viewport(), below.rect().topLeft())
    session.set_value("T2.goals", ("T2.G1",))
    settle()
    was_said = said(goals)
    assert below.mapTo(page.viewport(), below.rect().topLeft()) == before
    session.set_value("T2.goals", None)
    settle()
    assert said(goals) != was_said
    assert below.mapTo(page.viewport(), below.rect().topLeft()) == before
    page.release()


def test_the_room_of_a_warning_is_kept_until_the_page_is_left(norway: OpenReport, shown: Shower) -> None:
    session = norway.session
    (row_id,) = add_actions(session, "T2.planned", "Train")
    context = context_of(session, "T2.planned")
    question = context.entry.row.field("timeframe")
    field = QuestionField(question, context.section, context.labels, context.entry)
    field.follow_problems(session, f"T2.planned/{row_id}/timeframe")
    shown(field)
    settle()
    before = field.heightForWidth(field.width())
    session.remove_rows("T2.planned", [row_id])
    settle()
    assert field.heightForWidth(field.width()) == before
    field.hide()
    field.show()
    settle()
    assert field.heightForWidth(field.width()) < before
