"""Reading a report with another version of its form, or with answers that its form has no place for."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.report.changes import OpenEdit
from desktop_app.report.paths import confidential_path, row_path, state_path
from desktop_app.report.report import Report
from desktop_app.report.versions.carry_over import carry_over
from desktop_app.report.versions.content import BIN, POSITION, Content, fill
from desktop_app.report.versions.lineage import Lineage
from desktop_app.storage.projection import Projection
from desktop_app.storage.records import ReportSummary


def content_of_stored(stored: Projection, edits: Iterable[OpenEdit] = ()) -> Content:
    """All that the tables say of one report, by path. ``edits``: the fields being typed in count as typed."""
    content: Content = {}
    for path, answer in stored.answers.items():
        _put(content, path, answer.value, answer.state)
        if answer.confidential:
            content[confidential_path(path)] = True
    for key, row in stored.rows.items():
        at = row_path(*key)
        content[at] = {POSITION: row.position, **({BIN: True} if row.in_bin else {})}
        for code in {**row.answers, **row.states}:
            _put(content, f"{at}/{code}", row.answers.get(code), row.states.get(code))
        for code in row.confidential:
            content[confidential_path(f"{at}/{code}" if code else at)] = True
    for edit in edits:
        content.pop(edit.path, None)
        if edit.value is not None:
            content[edit.path] = edit.value
    return content


def _put(content: Content, path: str, value: object, state: str | None) -> None:
    if value is not None:
        content[path] = value
    if state is not None:
        content[state_path(path)] = state


def carried_report(summary: ReportSummary, content: Content, lineage: Lineage) -> Report:
    """The report as the last version of ``lineage`` shows it; every word of it is placed or unplaced."""
    form = lineage.target
    carried = carry_over(content, lineage, summary.language)
    report = Report(
        id=summary.id,
        form=form,
        country=summary.country,
        cycle=summary.cycle,
        language=summary.language,
        number=summary.number,
        status=summary.status,
        is_displaced=form.version != summary.form_version or not carried.is_unchanged,
    )
    fill(report, carried.content)
    return report
