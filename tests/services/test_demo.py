"""The example: always there as it was at first, and never at the cost of what someone wrote."""

from __future__ import annotations

from pathlib import Path

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.text.model import Text
from desktop_app.services.demo import example_report, fresh_example, latest_example
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


def test_the_example_someone_wrote_in_is_found_again(tmp_path: Path) -> None:
    first = latest_example(tmp_path)
    assert first.is_untouched
    assert latest_example(tmp_path) == first
    opened = open_report(first.path, form_library())
    opened.session.add_row("T3.planned", {"description": Text.plain("My own words")})
    opened.close()
    again = latest_example(tmp_path)
    assert (again.path, again.is_untouched) == (first.path, False)
    fresh = fresh_example(tmp_path)
    assert latest_example(tmp_path).path == fresh != first.path
