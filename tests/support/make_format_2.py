"""Makes ``tests/data/files/format-2.adesk``, a real file of format version 2.

Run once while the format was new; the file is never made again, so that the tests always open what
the first release of the format wrote: ``python -m tests.support.make_format_2``.
"""

from __future__ import annotations

import sqlite3

from desktop_app.formdef.model import State
from desktop_app.report.changes import OpenEdit, Operation, OperationKind, noting
from desktop_app.report.report import Report
from desktop_app.report.text.model import Text
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.history import compare, restore_points
from desktop_app.storage.format import FORMAT
from desktop_app.storage.records import SourceDocument, comment_digest, submission_digest
from desktop_app.storage.report_file import ReportFile
from tests.support.into_the_file import IntoTheFile
from tests.support.report_files import ROOT, edit
from tests.support.small_form import BINNED_ROW, FIRST_ROW, SECOND_ROW, filled_report

TARGET = ROOT / "tests" / "data" / "files" / "format-2.adesk"
DESCRIPTION = f"T1.planned/{FIRST_ROW}/description"
LONG = "The ministry trains its officers every year. " * 30
NAME = "Jane Example"
"""The words that were entered by mistake."""


def main() -> None:
    """Two reports: a text in many versions, a restore point and the way back, words removed for good."""
    assert FORMAT == 2, "a file of another format has a script of its own"
    report = filled_report()
    source = SourceDocument("country-report.md", "text/markdown", "# Country report – été\n".encode())

    def fill(file: ReportFile) -> None:
        file.add_report(report, kind=OperationKind.IMPORT, who="Ana", sitting="first", source=source)

    with ReportFile.create(TARGET, who="Ana", fill=fill) as file:
        _write_in(file, report)
        _add_a_report_with_a_mistake(file)
        file.keep_open_edit(
            OpenEdit(report.id, "cover.authority", "Ministry of Justice and of the Inter", "Ana")
        )
    _add_what_reviews_bring()


def _write_in(file: ReportFile, report: Report) -> None:
    binned = f"T1.planned/{BINNED_ROW}"
    file.record(edit(report, binned, {"position": 3072}, OperationKind.ADD))
    file.record(edit(report, f"{binned}/description", f"Ask {NAME}"))
    file.record(edit(report, binned, None, OperationKind.REMOVE))
    session = EntrySession(report, IntoTheFile(file), file.operations(report.id), "Ana")
    before = report.value(DESCRIPTION)
    for words in (LONG, f"{LONG}And judges.", f"Since 2012: {LONG}And judges."):
        session.type(DESCRIPTION, Text.plain(words))
        session.leave()
    session.set_value(DESCRIPTION, before)
    session.set_restore_point("before the minister's changes")
    session.add_row("T1.planned", {"description": Text.plain("Came later")})
    session.remove_rows("T1.planned", [SECOND_ROW])
    session.set_state("T2.planned", State.NO_ACTION_TAKEN)
    point = restore_points(file, report.id)[0]
    assert session.revert(compare(file, report.id, point.seq), point.note) == []
    session.undo()
    session.redo()
    session.remove_for_good([f"{binned}/description"], "A name")
    session.set_value("cover.authority", Text.plain("Undone later"))
    session.undo()


def _add_a_report_with_a_mistake(file: ReportFile) -> None:
    second = filled_report()
    source = SourceDocument("with-a-name.md", "text/markdown", f"Written by {NAME}\n".encode())
    file.add_report(second, kind=OperationKind.IMPORT, who="Ana", source=source)
    file.record(Operation(second.id, OperationKind.RESTORE_POINT, (noting("as imported"),), "Ana"))
    file.purge(second.id, ["source/2", f"T1.planned/{FIRST_ROW}"], "The author's name", "Ana")


def _add_what_reviews_bring() -> None:
    submission = (1, 1, 1, "2013-06-01T08:00:00.000Z", "Ana", "c" * 64, '{"answers": {}}')
    comment = (
        "c1",
        1,
        DESCRIPTION,
        None,
        "clarify",
        "Since when?",
        "Ben",
        "2013-07-01T08:00:00.000Z",
        "open",
    )
    connection = sqlite3.connect(TARGET)
    with connection:
        connection.execute(
            f"INSERT INTO submissions VALUES ({', '.join('?' * 8)})",
            (*submission, submission_digest(*submission)),
        )
        connection.execute(
            f"INSERT INTO comments VALUES ({', '.join('?' * 10)})", (*comment, comment_digest(*comment))
        )
    connection.close()


if __name__ == "__main__":
    main()
