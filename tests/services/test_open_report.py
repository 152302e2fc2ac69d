"""Opening a report to write in it: what is kept over a restart, and what the person is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.report.text.model import Text
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import NoReportError, form_library, read_report, start_report
from desktop_app.storage.errors import FileInUseError
from desktop_app.storage.report_file import ReportFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A report file with an empty report."""
    return start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path


def test_undo_reaches_over_a_restart(path: Path) -> None:
    first = open_report(path, form_library())
    first.session.set_value("cover.authority", Text.plain("Ministry of Justice"))
    first.close()
    second = open_report(path, form_library())
    assert second.session.can_undo
    second.session.undo()
    second.close()
    assert "cover.authority" not in read_report(path).answers


def test_text_left_open_by_a_crash_is_recovered_and_announced(path: Path) -> None:
    opened = open_report(path, form_library())
    opened.session.type("cover.authority", Text.plain("Ministry of Jus"))
    assert opened.journal.flush(10)
    # The file as it stands on disk in the middle of a word, when the program goes away.
    left = path.with_name("left.adesk")
    left.write_bytes(path.read_bytes())
    opened.close()
    again = open_report(left, form_library())
    assert again.session.report.answers["cover.authority"] == Text.plain("Ministry of Jus")
    assert "1 unfinished answer was recovered" in again.notices[0]
    assert again.recovered == ("cover.authority",)
    again.close()


def test_a_second_opening_names_who_has_it(path: Path) -> None:
    opened = open_report(path, form_library(), who="Ana")
    with pytest.raises(FileInUseError, match="Ana"):
        open_report(path, form_library())
    opened.close()


def test_a_file_without_a_report_says_so(tmp_path: Path) -> None:
    path = tmp_path / "nothing.adesk"
    ReportFile.create(path).close()
    with pytest.raises(NoReportError, match=r"nothing\.adesk"):
        open_report(path, form_library())
