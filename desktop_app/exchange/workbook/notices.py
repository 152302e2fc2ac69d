"""What the sender should know of a workbook before it goes: what was taken out, and what is confidential."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.formdef.labels import Labels
from desktop_app.report.paths import row_path
from desktop_app.report.places import place_name
from desktop_app.report.public_copy import confidential_words, public_copy_words
from desktop_app.report.report import Report
from desktop_app.report.text import Text, clean_characters
from desktop_app.report.timeframe import Timeframe
from desktop_app.report.values import Attachment, Link
from desktop_app.runtime.i18n import _, ngettext


def notices(report: Report) -> Iterator[str]:
    """A sentence for each thing worth knowing."""
    for path, value in _answers(report):
        removed = sum(clean_characters(text)[1] for text in _strings(value))
        if removed:
            yield ngettext(
                "{place}: {count} control character was taken out, which no workbook can hold.",
                "{place}: {count} control characters were taken out, which no workbook can hold.",
                removed,
            ).format(place=place_name(report, path), count=removed)
    if left_out := public_copy_words(report, Labels(report.form, report.language)):
        yield left_out
    if marked := confidential_words(report):
        yield marked
    if report.unplaced:
        yield _("Words without a place in the form are on a sheet of their own.")


def _answers(report: Report) -> Iterator[tuple[str, object]]:
    yield from report.answers.items()
    for _section, row_list, row in report.rows():
        for code, value in row.values.items():
            yield row_path(row_list.definition.path, row.id, code), value


def _strings(value: object) -> Iterator[str]:
    """Whatever a person typed in an answer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Text):
        for paragraph in value.paragraphs():
            yield from (inline.text for inline in paragraph.inlines)
    elif isinstance(value, Timeframe):
        yield value.text
    elif isinstance(value, Link):
        yield from (value.url, value.label)
    elif isinstance(value, Attachment):
        yield value.name
