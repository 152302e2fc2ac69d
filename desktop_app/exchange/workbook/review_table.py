"""The sheet that reviewers write in: one record for each goal and each row of a list.

Other questions and empty lists follow. What was removed, and any other place, has one too where something
was said about it.

Official columns come first; cells of the reviewer's columns are empty and tinted. The codes below are
stable: whoever reads a returned workbook finds columns by them, by way of the hidden names of their
headers (``col.Review.<code>``) or of the hidden sheet. The first column, hidden, holds the path of the
goal (``T1.goals/T1.G1``) or of the row (``T1.planned/<id>``), ``*`` for the report as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from desktop_app.exchange.workbook.cells import plain
from desktop_app.exchange.workbook.columns import BETWEEN_CODES, SHORT, Column, yes_no
from desktop_app.exchange.workbook.common_columns import (
    Contents,
    code_column,
    number_column,
    sentence_case,
    words_column,
)
from desktop_app.exchange.workbook.confidential_marks import MARK, has_confidential, mark_column, place_mark
from desktop_app.exchange.workbook.context import Context
from desktop_app.exchange.workbook.goal_table import CHOSEN
from desktop_app.exchange.workbook.lazily import lazily
from desktop_app.exchange.workbook.naming import CODES, REVIEW, quoted, span
from desktop_app.exchange.workbook.plan import (
    MAX_RULE_TITLE,
    MAX_RULE_WORDS,
    Look,
    SheetPlan,
    Typing,
    Validation,
    Words,
    words_of,
)
from desktop_app.exchange.workbook.readable import readable_words
from desktop_app.exchange.workbook.review_entries import KEY, ReviewEntry, other_entries, section_part
from desktop_app.exchange.workbook.tables import FlatTable, table_sheet
from desktop_app.exchange.workbook.threads import Threads
from desktop_app.formdef.model import GOALS_CODE, GOALS_FIELD, Field, FieldType, Goal, ListDefinition, Section
from desktop_app.report.paths import row_path
from desktop_app.report.report import Row
from desktop_app.report.timeframe import Timeframe
from desktop_app.runtime.i18n import _

DECISION, COMMENT, QUESTION = "review_decision", "review_comment", "review_question"
REVIEWER, DATE, KIND = "review_reviewer", "review_date", "review_kind"
OPEN_COLUMNS = (DECISION, COMMENT, QUESTION, REVIEWER, DATE, KIND)
"""Columns that a reviewer writes in."""
COUNTRY_ANSWER, STATUS, THREAD, INTERNAL = "country_answer", "status", "thread", "internal"
READ_ONLY_COLUMNS = (COUNTRY_ANSWER, STATUS, THREAD, INTERNAL)
"""What was said before; the last only where there is any."""

REVIEWER_SOURCE = "reviewer"
"""Where a column comes from that a reviewer fills."""


def review_table(context: Context) -> FlatTable | None:
    """One record for each goal, chosen or not, and each row, in the working order; None without any.

    Printed, the words, what was said of them before and the room for what is said now stand side by side on
    one page. Who says it, and what is there to sort and filter, is not printed.
    """
    sections = [section for section in context.report.form.walk() if section.goals or section.lists]
    threads = Threads.of(context.report)
    entries = [entry for section in sections for entry in _entries(context, section, threads)]
    entries += other_entries(context, threads, {entry.key for entry in entries})
    if not entries:
        return None
    is_marked = has_confidential(context.report)

    def record(entry: ReviewEntry) -> Contents:
        contents = entry.record()
        if is_marked:
            contents[MARK] = place_mark(context, entry.about)
        if entry.about in threads.by_path:
            contents |= _earlier(threads, entry.about)
        return contents

    official = tuple(_official_columns(sections, is_marked, narrow=bool(threads.by_path)))
    keys = tuple(entry.key for entry in entries)
    return FlatTable(
        sheet=REVIEW,
        about=_("Every goal, row and other question, with room for a decision, a comment and a question"),
        columns=(
            *official,
            *_earlier_columns(threads),
            *_open_columns(narrow=bool(threads.by_path)),
            *_later_columns(threads),
            *(replace(column, aside=True) for column in _further_columns(sections)),
        ),
        records=lazily(entries, record),
        keys=keys,
        frozen=2,
        readable=frozenset({"words"}),
        path_of=keys.__getitem__,
    )


# Columns.


def _official_columns(sections: list[Section], is_marked: bool, narrow: bool) -> Iterator[Column]:
    """``narrow``: more stands beside them in print."""
    questions = [question for section in sections for entry in section.lists for question in entry.row.fields]
    yield replace(code_column(KEY, _("Key: do not change"), 40.0), hidden=True)
    yield code_column("reference", _("Reference"), SHORT)
    if is_marked:
        yield mark_column()
    yield words_column("words", _("Official words"), 45.0 if narrow else 52.0)
    if any(question.type is FieldType.TIMEFRAME for question in questions):
        yield words_column("timeframe", _("Timeframe"), 13.0)


def _further_columns(sections: list[Section]) -> Iterator[Column]:
    """What to sort and filter by; it stands last, so that words and comments are side by side in print."""
    questions = [question for section in sections for entry in section.lists for question in entry.row.fields]
    yield code_column("section", _("Section: code"), allowed="sections")
    yield words_column("section_title", _("Section"))
    yield code_column("kind", _("Kind: code"), allowed="kinds")
    yield words_column("kind_title", _("Kind"))
    yield number_column("number", _("No."), 6.0)
    if any(section.goals for section in sections):
        yield code_column(CHOSEN, _("Goal chosen"), allowed="yes_no")
    if any(_names_goals(question) for question in questions):
        yield code_column("goals", _("Serves goals"), SHORT, GOALS_CODE)


def _names_goals(question: Field) -> bool:
    return question.type is FieldType.CHOICES and question.choices == GOALS_CODE


def _open_columns(narrow: bool) -> Iterator[Column]:
    """``narrow``: more stands beside them in print. Those that say who comments, and how, are not printed."""
    yield _open(DECISION, _("Decision"), 14.0, allowed=DECISION)
    yield _open(COMMENT, _("Comment"), 25.0 if narrow else 32.0)
    yield _open(QUESTION, _("Question to the country"), 20.0 if narrow else 26.0)
    yield replace(_open(REVIEWER, _("Reviewer"), 12.0), aside=True)
    date = _open(DATE, _("Date of review"), 11.0, "date", "yyyy-mm-dd")
    yield replace(date, look=Look.OPEN_DATE, aside=True)
    yield replace(_open(KIND, _("Kind of comment"), 10.0, allowed=KIND), aside=True)


def _open(code: str, label: str, width: float, type: str = "text", allowed: str = "") -> Column:
    return Column(code, label, Look.OPEN, width, type, allowed, REVIEWER_SOURCE, open=True)


def _earlier_columns(threads: Threads) -> Iterator[Column]:
    """What was said and answered before, if anything was, between the words and what is said now."""
    if threads.by_path:
        yield words_column(THREAD, _("Said before"), 37.0)


def _later_columns(threads: Threads) -> Iterator[Column]:
    """Parts of what was said before, to sort and filter by, and what reviewers keep to themselves."""
    yield replace(words_column(COUNTRY_ANSWER, _("Country's answer"), 36.0), aside=True)
    yield replace(words_column(STATUS, _("Status")), allowed="comment_status", aside=True)
    if not threads.by_path:
        yield replace(words_column(THREAD, _("Said before"), 37.0), aside=True)
    if threads.has_internal:
        yield replace(words_column(INTERNAL, _("Internal comments before"), 36.0), aside=True)


# Records.


def _entries(context: Context, section: Section, threads: Threads) -> Iterator[ReviewEntry]:
    """The goals of a section, then the rows of its lists, each with its key.

    Rows that were removed stand last where something was said about them, so that no thread breaks off.
    """
    for number, goal in enumerate(section.goals, start=1):
        path = f"{section.field_path(GOALS_FIELD)}/{goal.code}"
        yield ReviewEntry(path, _goal, (context, section, number, goal))
    for entry in section.lists:
        shared = _of_list(context, section, entry)
        for number, row in enumerate(context.report.lists[entry.path].rows, start=1):
            yield ReviewEntry(row_path(entry.path, row.id), _row, (context, shared, entry, number, row))
    for entry in section.lists:
        shared = _of_list(context, section, entry)
        for row in context.report.lists[entry.path].bin.values():
            path = row_path(entry.path, row.id)
            if path in threads.by_path:
                yield ReviewEntry(path, _removed, (context, shared, entry, row))


def _goal(context: Context, section: Section, number: int, goal: Goal) -> Contents:
    chosen = context.report.answers.get(section.field_path(GOALS_FIELD))
    return {
        "reference": plain(goal.code),
        **section_part(context, section),
        "kind": plain("goal"),
        "kind_title": plain(_("Goal")),
        "number": number,
        "words": plain(context.labels.goal(goal.code)),
        CHOSEN: yes_no(isinstance(chosen, tuple) and goal.code in chosen),
    }


def _row(context: Context, shared: Contents, entry: ListDefinition, number: int, row: Row) -> Contents:
    values = [(question, row.values.get(question.code)) for question in entry.row.fields]
    frames = [value.text for _question, value in values if isinstance(value, Timeframe)]
    goals = [
        code
        for question, value in values
        if _names_goals(question) and isinstance(value, tuple)
        for code in value
    ]
    return {
        "reference": plain(f"{entry.path} {number}"),
        **shared,
        "number": number,
        "words": _lead(context, entry, row),
        "timeframe": plain("\n".join(frames)),
        "goals": plain(BETWEEN_CODES.join(goals)),
    }


def _of_list(context: Context, section: Section, entry: ListDefinition) -> Contents:
    """What all rows of a list share."""
    return {
        **section_part(context, section),
        "kind": plain(entry.code),
        "kind_title": plain(sentence_case(context.labels.row_name(entry))),
    }


def _removed(context: Context, shared: Contents, entry: ListDefinition, row: Row) -> Contents:
    """A row in the bin: what it said, without a number or a place in its list."""
    lead = entry.row.lead
    value = row.values.get(lead.code)
    words = words_of(readable_words(lead, value, context.labels)) if value is not None else ""
    return {
        **shared,
        "words": plain(_("Removed: {words}").format(words=words) if words else _("Removed")),
    }


def _lead(context: Context, entry: ListDefinition, row: Row) -> Words:
    """The main words of a row, or why there are none."""
    lead = entry.row.lead
    value = row.values.get(lead.code)
    if value is not None:
        return readable_words(lead, value, context.labels)
    state = row.states.get(lead.code) or row.states.get("")
    return plain(context.empty_words(row_path(entry.path, row.id, lead.code), state))


def _earlier(threads: Threads, key: str) -> Contents:
    return {
        COUNTRY_ANSWER: threads.answers(key),
        STATUS: plain(threads.status(key)),
        THREAD: threads.words(key),
        INTERNAL: threads.internal_words(key),
    }


# Rules for typing.


def review_sheet(table: FlatTable, lists: Mapping[str, str]) -> SheetPlan:
    """The sheet of the finished table. ``lists``: where words to choose from stand, by the list's name.

    Official cells refuse typing by a rule, not by protection, under which nobody could sort.
    """
    sheet = table_sheet(table)
    return replace(sheet, validations=tuple(_validations(table, len(sheet.rows), lists)))


def _validations(table: FlatTable, rows: int, lists: Mapping[str, str]) -> Iterator[Validation]:
    places = {column.code: span(index, 2, index, rows) for index, column in enumerate(table.columns, start=1)}
    yield Validation(
        Typing.REFUSED,
        tuple(_official_places(table, rows)),
        error=_said(
            _("Official text"),
            _(
                "These words belong to the report. Write in the tinted columns: "
                "Decision, Comment, Question to the country, Reviewer, Date, Kind."
            ),
        ),
    )
    yield Validation(
        Typing.LISTED,
        (places[DECISION],),
        lists[DECISION],
        _said(_("Decision"), _("Choose one from the list. Blank: not decided yet.")),
        _said(_("Decision"), _("Choose one of the words in the list.")),
    )
    yield Validation(
        Typing.LISTED,
        (places[KIND],),
        lists[KIND],
        _said(
            _("Kind of comment"),
            _(
                "Official: the country sees and answers it. Internal: among reviewers; the country can "
                "see it when it opens this workbook. Blank is official."
            ),
        ),
        _said(_("Kind of comment"), _("Choose one of the words in the list.")),
    )
    yield Validation(
        Typing.DAY,
        (places[DATE],),
        prompt=_said(_("Date of review"), _("The day of your comment, such as 2014-03-01.")),
        error=_said(_("Date of review"), _("Type a date, such as 2014-03-01.")),
    )


def _official_places(table: FlatTable, rows: int) -> Iterator[str]:
    """The header, and below it every stretch of columns that are not a reviewer's."""
    yield span(1, 1, len(table.columns), 1)
    start: int | None = None
    for index, column in enumerate(table.columns, start=1):
        if column.open and start is not None:
            yield span(start, 2, index - 1, rows)
            start = None
        elif not column.open and start is None:
            start = index
    if start is not None:
        yield span(start, 2, len(table.columns), rows)


def _said(title: str, words: str) -> tuple[str, str]:
    """What a rule says, as long as it may be; only a translation could be longer."""
    return _within(title, MAX_RULE_TITLE), _within(words, MAX_RULE_WORDS)


def _within(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def word_ranges(table: FlatTable) -> dict[str, str]:
    """Where the words of each list stand on the sheet of codes, such as ``'Codes'!$C$2:$C$4``."""
    rows: dict[str, list[int]] = {}
    for number, record in enumerate(table.records, start=2):
        rows.setdefault(words_of(record["list"]), []).append(number)
    column = next(index for index, each in enumerate(table.columns, start=1) if each.code == "label")
    return {
        name: f"{quoted(CODES)}!{span(column, numbers[0], column, numbers[-1], fixed=True)}"
        for name, numbers in rows.items()
    }
