"""Paths of the report for the records and columns of the flat sheets."""

from __future__ import annotations

from desktop_app.exchange.review.official import Official, OfficialTable, is_review
from desktop_app.exchange.review.words import same
from desktop_app.exchange.workbook.cells import text_words
from desktop_app.exchange.workbook.naming import ANSWERS, GOALS, UNPLACED
from desktop_app.exchange.workbook.plan import words_of
from desktop_app.exchange.workbook.row_tables import ROW_ID
from desktop_app.formdef.model import GOALS_FIELD, FieldType
from desktop_app.report import paths
from desktop_app.report.report import Report
from desktop_app.report.text.model import Text
from desktop_app.report.timeframe.value import Timeframe


def record_path(official: Official, table: OfficialTable, key: str) -> str:
    """The path of a record; the key itself where it is one, or where the report is not at hand."""
    if table.sheet == UNPLACED:
        return f"{paths.UNPLACED}/{key}"
    report = official.report
    if table.sheet == GOALS and report is not None:
        for section in report.form.walk():
            if any(goal.code == key for goal in section.goals):
                return f"{section.field_path(GOALS_FIELD)}/{key}"
    if ROW_ID in table.codes:
        return _row_path(report, table, key)
    return key


def _row_path(report: Report | None, table: OfficialTable, key: str) -> str:
    reference = table.records.get(key, {}).get("reference", "")
    path = reference.rpartition(" ")[0]
    return paths.row_path(path, key) if path and report is not None else key


def field_path(official: Official, table: OfficialTable, key: str, code: str) -> str:
    """The path of the answer that a column of a record stands for; the record's own where it is none."""
    path = record_path(official, table, key)
    if is_review(table):
        question = _review_field(official.report, path, code)
        return f"{path}/{question}" if question else path
    source = table.sources.get(code, "")
    if table.sheet == ANSWERS:
        # A series has a record for each year behind the answer's path.
        return path
    if ROW_ID in table.codes and "." in source:
        return f"{path}/{source.rpartition('.')[2]}"
    return source if table.sheet == GOALS and "." in source else path


def _review_field(report: Report | None, path: str, code: str) -> str:
    """The field of a row whose words stand in the sheet for reviews."""
    row_list = report.lists.get(path.partition("/")[0]) if report is not None else None
    if row_list is None or "/" not in path:
        return ""
    row_type = row_list.definition.row
    if code == "words":
        return row_type.lead.code
    if code == "timeframe":
        frames = [question.code for question in row_type.fields if question.type is FieldType.TIMEFRAME]
        return frames[0] if len(frames) == 1 else ""
    return ""


def answer_in_words(official: Official, path: str, before: str, after: str) -> tuple[str, str, str]:
    """The answer of the row at ``path`` that stood in a cell to read, with its words before and after.

    A timeframe stands there with a line that says how it is read: what is left of that line is no answer.
    ``path`` and the words as they are where no answer stood there by itself.
    """
    report, place = official.report, paths.read_path(path)
    row_list = report.lists.get(place.head) if report is not None else None
    row = row_list.find(place.row) if row_list is not None and place.row is not None else None
    if row_list is None or row is None or place.field is not None:
        return path, before, after
    first, feed, reading = before.partition("\n")
    for question in row_list.definition.row.fields:
        value = row.values.get(question.code)
        if isinstance(value, Text) and same(words_of(text_words(value)), before):
            return f"{path}/{question.code}", before, after
        if isinstance(value, Timeframe) and same(value.text, first):
            return f"{path}/{question.code}", first, after.removesuffix(feed + reading)
    return path, before, after
