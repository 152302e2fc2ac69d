from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.report.text.model import Text
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.parts import Words
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
