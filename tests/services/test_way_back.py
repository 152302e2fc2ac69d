"""History and the way back reach over a change to another version of the form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.report import WrongValueError
from desktop_app.report.text.model import Text
from desktop_app.report.versions.content import content_of
from desktop_app.services.form_upgrade import upgrade_file
from desktop_app.services.history import compare, moments, traces_of, versions_of
from desktop_app.services.open_report import OpenReport, open_report
from desktop_app.services.way_back import differences_back
from desktop_app.storage.report_file import ReportFile
from tests.support.form_versions import FIRST_ROW, SECOND_ROW, first_file, versioned_library


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FormLibrary:
    monkeypatch.setenv("ALLIANCE_DESK_BACKUPS", str(tmp_path / "backups"))
    return versioned_library(tmp_path, "1", "2", "3")


@pytest.fixture
def path(tmp_path: Path, library: FormLibrary) -> Path:
    """Edited in version 1, taken over to version 2."""
    path = first_file(tmp_path / "albania.adesk", library)
    opened = open_report(path, library)
    opened.session.set_restore_point("Before the minister")
    opened.session.set_value("cover.authority", Text.plain("Another ministry"))
    opened.session.remove_rows("A.planned", [SECOND_ROW])
    opened.close()
    upgrade_file(path, library, version="2")
    return path


@pytest.fixture
def opened(path: Path, library: FormLibrary) -> Iterator[OpenReport]:
    opened = open_report(path, library)
    yield opened
    opened.close()


def moment(opened: OpenReport, note: str) -> int:
    def find(file: ReportFile) -> int:
        return next(each.seq for each in moments(file, file.reports()[0].id) if each.note == note)

    return opened.journal.read(find).result()


def go_back(opened: OpenReport, note: str, library: Callable[[], FormLibrary]) -> list[str]:
    report, seq = opened.session.report, moment(opened, note)
    differences = opened.journal.read(
        lambda file: differences_back(file, report.id, seq, report.form, "en", library)
    ).result()
    return opened.session.revert(differences)


def test_the_way_back_carries_over_what_was_there_before(opened: OpenReport, library: FormLibrary) -> None:
    session = opened.session
    session.set_value("cover.begun", Text.plain("Later"))
    session.dismiss_unplaced(next(iter(session.report.unplaced)))
    assert go_back(opened, "Before the minister", lambda: library) == []
    assert session.report.plain("cover.ministry") == "Ministry of <b>Justice</b>"
    assert session.report.plain("cover.begun") == "2013-05-02"
    assert [row.id for row in session.report.lists["B.planned"].rows] == [FIRST_ROW, SECOND_ROW]
    assert session.report.plain(f"B.planned/{SECOND_ROW}/what") == "A hotline"
    assert any("The second phase" in kept.text for kept in session.report.unplaced.values())
    before = content_of(session.report)
    session.undo()
    assert session.report.plain("cover.ministry") == "Another ministry"
    session.redo()
    assert content_of(session.report) == before
    assert opened.journal.flush(10)
    assert opened.journal.read(lambda file: file.verify_chain()).result() == []


def test_without_a_change_of_the_form_it_is_a_comparison(opened: OpenReport, library: FormLibrary) -> None:
    report, seq = opened.session.report, moment(opened, "1 → 2")
    opened.session.set_value("cover.begun", Text.plain("Later"))

    def read(file: ReportFile) -> bool:
        back = differences_back(file, report.id, seq, report.form, "en", lambda: library)
        return back == compare(file, report.id, seq, None) and [each.path for each in back] == ["cover.begun"]

    assert opened.journal.read(read).result()


def test_history_reads_across(opened: OpenReport) -> None:
    def read(file: ReportFile) -> tuple[list[object], list[object]]:
        report = file.reports()[0].id
        return (
            [version.value for version in versions_of(file, report, "cover.authority")],
            [version.value for version in versions_of(file, report, "cover.ministry")],
        )

    old, new = opened.journal.read(read).result()
    assert old == [None, "Another ministry", "Ministry of <b>Justice</b>"]
    assert new == ["Another ministry"]


def test_a_value_from_before_is_brought_back_with_the_codes_of_now(opened: OpenReport) -> None:
    row = f"B.planned/{FIRST_ROW}"
    opened.session.set_value(f"{row}/phase", "third")
    opened.session.revert_value(f"{row}/phase", "first")
    assert opened.session.report.plain(f"{row}/phase") == "early"
    opened.session.set_value(f"{row}/goals", None)
    opened.session.revert_value(f"{row}/goals", ["A.G2"])
    assert opened.session.report.plain(f"{row}/goals") == ["B.G9"]


def test_a_value_that_does_not_fit_any_more_is_refused_with_a_sentence(opened: OpenReport) -> None:
    with pytest.raises(WrongValueError, match="cannot be read"):
        opened.session.revert_value(f"B.planned/{FIRST_ROW}/when", "Till December")
    assert opened.session.report.plain(f"B.planned/{FIRST_ROW}/when")["text"] == "Till December 2013"


def test_removing_for_good_finds_the_words_at_the_places_of_before(
    path: Path, opened: OpenReport, tmp_path: Path
) -> None:
    session = opened.session
    for words in ("Train the police", "Never done", "Article 108"):
        traces = opened.journal.read(partial(traces_of, report=session.report, text=words)).result()
        paths = [trace.path for trace in traces]
        assert any(path.startswith("A.") for path in paths)
        session.remove_for_good(paths, "personal data")
    assert opened.journal.flush(10)
    assert opened.journal.read(lambda file: file.verify_chain()).result() == []
    opened.close()
    content = path.read_bytes()
    assert [gone for gone in (b"Train the police", b"Never done", b"Article 108") if gone in content] == []
