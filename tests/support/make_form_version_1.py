"""Makes ``tests/data/form-version-1.adesk``, a report of an old form version, and ``tests/data/forms``.

Run once; the file is never made again, so that the tests always open what an earlier program wrote with
an earlier version of the form: ``python -m tests.support.make_form_version_1``.
"""

from __future__ import annotations

from desktop_app.report.changes import OperationKind
from desktop_app.storage.report_file import ReportFile
from tests.support.form_versions import first_file, versioned_library
from tests.support.report_files import ROOT, edit

DATA = ROOT / "tests" / "data"
TARGET = DATA / "form-version-1.adesk"


def main() -> None:
    """Two versions of a form, and a report of the first with a history."""
    library = versioned_library(DATA, "1", "2")
    first_file(TARGET, library)
    with ReportFile.open(TARGET, "write", who="Ana") as file:
        report = file.load(1, library.form("tiny", "1"))
        file.record(edit(report, "cover.authority", "Ministry of Justice – été", OperationKind.EDIT))


if __name__ == "__main__":
    main()
