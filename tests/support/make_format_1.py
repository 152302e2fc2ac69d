"""Makes ``tests/data/files/format-1.adesk``, a real file of format version 1.

Run once while the format was new; the file is never made again, so that the tests always open what
the first release wrote: ``python -m tests.support.make_format_1``.
"""

from __future__ import annotations

from dataclasses import replace

from desktop_app.report.changes import OpenEdit, OperationKind, inverse
from desktop_app.storage.format import FORMAT
from desktop_app.storage.records import SourceDocument
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import ROOT, edit
from tests.support.small_form import BINNED_ROW, FIRST_ROW, filled_report

TARGET = ROOT / "tests" / "data" / "files" / "format-1.adesk"


def main() -> None:
    """A report with an answer of every type, a history, a bin, a source and an open edit."""
    assert FORMAT == 1, "a file of another format has a script of its own"
    report = filled_report()
    source = SourceDocument("country-report.md", "text/markdown", "# Country report – été\n".encode())

    def fill(file: ReportFile) -> None:
        file.add_report(report, kind=OperationKind.IMPORT, who="Ana", sitting="first", source=source)

    with ReportFile.create(TARGET, who="Ana", fill=fill) as file:
        binned = f"T1.planned/{BINNED_ROW}"
        file.record(edit(report, binned, {"position": 3072}, OperationKind.ADD))
        file.record(edit(report, f"{binned}/description", "Removed later"))
        file.record(edit(report, binned, None, OperationKind.REMOVE))
        step = edit(report, f"T1.planned/{FIRST_ROW}/description", "Undone later")
        file.record(step)
        (back,) = inverse(step.changes)
        file.record(replace(edit(report, back.path, back.new, OperationKind.UNDO), of=step.id))
        file.keep_open_edit(
            OpenEdit(report.id, "cover.authority", "Ministry of Justice and of the Inter", "Ana")
        )


if __name__ == "__main__":
    main()
