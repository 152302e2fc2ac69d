"""The plan of a whole workbook: which sheets there are, in which order, and what the sender should know."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from desktop_app.exchange.dating import day_of
from desktop_app.exchange.languages import is_right_to_left
from desktop_app.exchange.workbook.answer_tables import answer_table, list_table, unplaced_table
from desktop_app.exchange.workbook.attachment_table import attachment_table
from desktop_app.exchange.workbook.changes_table import changes_table
from desktop_app.exchange.workbook.codebook import code_table, dictionary_table
from desktop_app.exchange.workbook.context import Context
from desktop_app.exchange.workbook.cover import country_name, country_note, cover_sheet
from desktop_app.exchange.workbook.goal_table import goal_table
from desktop_app.exchange.workbook.meta import meta_sheet
from desktop_app.exchange.workbook.naming import REVIEW
from desktop_app.exchange.workbook.notices import notices
from desktop_app.exchange.workbook.plan import Printed, SheetPlan, WorkbookPlan
from desktop_app.exchange.workbook.review_table import review_sheet, review_table, word_ranges
from desktop_app.exchange.workbook.row_tables import row_table
from desktop_app.exchange.workbook.section_sheets import section_sheet
from desktop_app.exchange.workbook.tables import FlatTable, finished, table_sheet
from desktop_app.report.report import Report
from desktop_app.report.state_words import status_words
from desktop_app.runtime.i18n import _, speaking


def plan_workbook(
    report: Report,
    answers: bytes,
    previous: Mapping[str, Any] | None = None,
    *,
    submission: int | None = None,
    signed_with: str = "",
    step_done: Callable[[], object] | None = None,
) -> WorkbookPlan:
    """The workbook of ``report``; ``answers``: its canonical JSON. It says the same for the same report.

    ``previous``: the plain content of the submission before, from the second one on. ``submission``: the
    number of this one; ``signed_with``: the fingerprint of the key that signs it. ``step_done`` is called
    about ``planning_steps`` times; it may raise, to cancel the work.

    It speaks the report's language, the notices that of the person who sends it.
    """
    with speaking(report.language):
        context = Context.of(report, previous, step_done)
        plan = _planned(context, answers, submission, signed_with)
    return replace(plan, notices=tuple(notices(report)))


def plan_tables(report: Report) -> list[FlatTable]:
    """The flat tables alone, finished, as ``plan_workbook`` puts them into the workbook: much faster."""
    with speaking(report.language):
        return [finished(table) for table in _tables(Context.of(report))]


def planning_steps(report: Report) -> int:
    """How many steps it takes: each row is checked, and planned for its section and two flat sheets."""
    return 4 * sum(len(row_list.rows) for row_list in report.lists.values())


def _planned(context: Context, answers: bytes, submission: int | None, signed_with: str) -> WorkbookPlan:
    report = context.report
    sections = [section_sheet(context, section) for section in context.readable()]
    tables = [finished(table, context.row_planned, context.places) for table in _tables(context)]
    codes = finished(code_table(context))
    book = [finished(dictionary_table(tables)), codes]
    lists = word_ranges(codes)
    checksum = hashlib.sha256(answers).hexdigest()
    cover = cover_sheet(context, (*tables, *book), checksum, submission, signed_with)
    explaining = [table_sheet(table) for table in book]
    sheets = (
        cover,
        *sections,
        *(_sheet(table, lists) for table in tables),
        *explaining,
        meta_sheet(context, tables, answers, submission, (cover, *explaining), sections),
    )
    return WorkbookPlan(
        sheets=sheets,
        title=sheets[0].title,
        language=report.language,
        date=day_of(report, context.cover),
        right_to_left=is_right_to_left(report.language),
        printed=_printed(context),
    )


def _sheet(table: FlatTable, lists: Mapping[str, str]) -> SheetPlan:
    return review_sheet(table, lists) if table.sheet == REVIEW else table_sheet(table)


def _tables(context: Context) -> Iterator[FlatTable]:
    """The flat tables in the order of their sheets, those that reviewers ask for first."""
    review = review_table(context)
    if review is not None:
        yield review
    if context.previous is not None:
        yield changes_table(context, context.previous)
    for row_type in context.report.form.row_types.values():
        if row_type.code in context.row_sheets:
            yield row_table(context, row_type)
    for table in (
        goal_table(context),
        answer_table(context),
        list_table(context),
        attachment_table(context),
        unplaced_table(context),
    ):
        if table is not None:
            yield table


def _printed(context: Context) -> Printed:
    form = context.report.form
    return Printed(
        left=country_name(context),
        centre=context.labels.form_short(),
        right=_("Version {version}").format(version=form.version),
        foot=country_note(context) or status_words(context.report.status),
        page=_("Page {page} of {pages}"),
    )
