"""The example: always there as it was at first, and never at the cost of what someone wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.text.model import Text
from desktop_app.runtime import paths
from desktop_app.services.demo import (
    NoPlaceForExampleError,
    example_report,
    fresh_example,
    latest_example,
    run_demo,
)
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library, read_report
from tests.support.report_files import unprivileged_folder


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


def test_each_person_has_an_example_of_their_own(home: Path) -> None:
    made = run_demo()
    assert made.report_file.parent == paths.data_folder() / "example"
    assert made.report_file.is_relative_to(home)
    assert run_demo() == made


def test_a_place_where_no_folder_can_be_is_told(tmp_path: Path) -> None:
    link, file = tmp_path / "link", tmp_path / "file"
    link.symlink_to(tmp_path / "none" / "deeper")
    file.write_text("mine", "utf-8")
    for place in (link, file, file / "deeper"):
        with pytest.raises(NoPlaceForExampleError) as error:
            run_demo(place)
        assert error.value.sentence == (
            f"“{place}” is no folder that anything could be put into. Name another folder with --to."
        )
    with unprivileged_folder() as folder:
        folder.chmod(0o500)
        with pytest.raises(NoPlaceForExampleError, match=r"Nothing may be written into .* with --to\."):
            run_demo(folder / "example")
