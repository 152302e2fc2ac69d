"""The example: always there as it was at first, and never at the cost of what someone wrote."""

from __future__ import annotations

from pathlib import Path

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.text.model import Text
from desktop_app.services.demo import example_report, fresh_example
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library, read_report


def test_an_untouched_example_is_used_again(tmp_path: Path) -> None:
    assert fresh_example(tmp_path) == fresh_example(tmp_path)


def test_an_example_someone_wrote_in_is_kept(tmp_path: Path) -> None:
    path = fresh_example(tmp_path)
    library: FormLibrary = form_library()
    opened = open_report(path, library)
    row = opened.session.add_row("T3.planned", {"description": Text.plain("My own words")})
    opened.close()
    fresh = fresh_example(tmp_path)
    assert fresh != path
    assert read_report(path).lists["T3.planned"].row(row) is not None
    assert len(read_report(fresh).lists["T3.planned"].rows) == len(example_report().lists["T3.planned"].rows)
