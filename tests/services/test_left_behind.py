"""What earlier sittings left on this computer is found again, and never removed."""

from __future__ import annotations

from pathlib import Path

from desktop_app.report.changes import OperationKind
from desktop_app.services.demo import example_report
from desktop_app.services.left_behind import Kind, lay_aside, left_behind, rescued_folder
from desktop_app.services.reports import keep_report, read_report
from desktop_app.services.working_places import copies_folder
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.working_copy import WorkingCopy
from tests.support.report_files import edit


def rescue(name: str) -> Path:
    rescued_folder().mkdir(parents=True, exist_ok=True)
    return keep_report(rescued_folder() / name, example_report(), OperationKind.IMPORT).path


def leave_work(place: Path) -> None:
    """Work in a copy that is not written back, as when a drive is pulled out."""
    working = WorkingCopy.check_out(place, copies_folder(), "Ana")
    with ReportFile.open(working.path, "write") as file:
        report = read_report(working.path)
        file.record(edit(report, "cover.authority", "The ministry"))
    working.release()


def test_nothing_is_found_where_nothing_was_left() -> None:
    assert left_behind() == []


def test_rescued_files_and_work_that_was_not_written_back(tmp_path: Path) -> None:
    place = keep_report(tmp_path / "albania.adesk", example_report(), OperationKind.CREATE).path
    rescued = rescue("norway 1.adesk")
    leave_work(place)
    found = {left.path: left.kind for left in left_behind()}
    assert found == {rescued: Kind.RESCUED, place: Kind.NOT_WRITTEN_BACK}
    assert all(left.at.endswith("Z") for left in left_behind())


def test_what_is_laid_aside_is_kept(tmp_path: Path) -> None:
    contents = []
    for _round in range(2):
        rescued = rescue("norway 1.adesk")
        contents.append(rescued.read_bytes())
        lay_aside(left_behind()[0])
        assert left_behind() == []
    kept = sorted(rescued_folder().rglob("*.adesk"))
    assert sorted(path.read_bytes() for path in kept) == sorted(contents)
