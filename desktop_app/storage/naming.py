"""Reports that a damaged file no longer names: which they are, as far as it still tells."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from desktop_app.report.paths import PROPERTIES
from desktop_app.runtime.i18n import _
from desktop_app.storage.reading import summaries
from desktop_app.storage.records import ReportSummary, from_json
from desktop_app.storage.salvage import Salvage

NameReport = Callable[[int, Mapping[str, Any]], ReportSummary | None]
"""Says which report the one with this number and these answers is, when the file has lost that."""


def name_reports(salvage: Salvage, name_report: NameReport) -> list[str]:
    """Give reports that the file no longer names their line back. Returns what is to be said about it."""
    lines, said = salvage.lines, []
    for summary in summaries(lines):
        (digest,) = lines.execute("SELECT digest FROM reports WHERE number = ?", (summary.number,)).fetchone()
        if digest != summary.digest():
            lines.execute("DELETE FROM reports WHERE number = ?", (summary.number,))
    found = lines.execute(
        "SELECT report FROM (SELECT report FROM answers UNION SELECT report FROM rows"
        " UNION SELECT report FROM operations) WHERE report NOT IN (SELECT number FROM reports)"
    ).fetchall()
    for (number,) in found:
        named = name_report(number, _answers_of(lines, number))
        if named is None:
            sentence = _(
                "Report {number} no longer says of which country and form it is, and was not saved for that."
                " Name the country and try again, or add the form it was made with."
            )
            said.append(sentence.format(number=number))
            continue
        summary = replace(named, number=number, **_last_properties(lines, number))
        line = {**asdict(summary), "digest": summary.digest()}
        marks = ", ".join("?" for column in line)
        lines.execute(f"INSERT INTO reports ({', '.join(line)}) VALUES ({marks})", tuple(line.values()))
        sentence = _("Report {number} no longer said what it is. It was taken for {country}, {form}.")
        said.append(sentence.format(number=number, country=summary.country, form=summary.form_id))
    return said


def _answers_of(lines: sqlite3.Connection, number: int) -> dict[str, Any]:
    """The single answers of a report as they were found, and its lists, without a value."""
    found: dict[str, Any] = {
        row[0]: None for row in lines.execute("SELECT list FROM rows WHERE report = ?", (number,))
    }
    for path, value in lines.execute("SELECT path, value FROM answers WHERE report = ?", (number,)):
        with contextlib.suppress(ValueError):
            found[path] = from_json(value)
    return found


def _last_properties(lines: sqlite3.Connection, number: int) -> dict[str, str]:
    """What the log last says of the report itself."""
    found = {}
    for path, text in lines.execute(
        "SELECT path, new FROM changes JOIN operations ON operations.seq = changes.operation"
        " WHERE operations.report = ? AND path LIKE '#%' ORDER BY changes.seq",
        (number,),
    ):
        with contextlib.suppress(ValueError):
            value = from_json(text)
            if path[1:] in PROPERTIES and isinstance(value, str):
                found[path[1:]] = value
    return found
