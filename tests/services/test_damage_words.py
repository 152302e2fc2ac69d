"""What was found damaged is said by the names of the form, as far as they are known."""

from __future__ import annotations

from pathlib import Path

from desktop_app.report.changes import OperationKind
from desktop_app.services.damage_words import damage_sentences, in_place_names, readable_reports
from desktop_app.services.demo import example_report
from desktop_app.services.reports import keep_report
from desktop_app.storage.verifying import Damage


def test_places_have_their_names(tmp_path: Path) -> None:
    path = keep_report(tmp_path / "albania.adesk", example_report(), OperationKind.CREATE).path
    reports = readable_reports(path)
    row = reports[0].lists["T2.planned"].rows[2]
    place = f"T2.planned/{row.id}/timeframe"
    damages = [
        Damage(1, place, f"“{place}” in report 1 is not what its history says."),
        Damage(1, place, f"“{place}” in report 1 is not what its history says."),
        Damage(7, place, f"“{place}” in report 7 is not what its history says."),
        Damage(1, "T9.gone/x/y", "“T9.gone/x/y” in report 1 is not what its history says."),
        Damage(None, "", "Parts of the file no longer fit together."),
    ]
    assert damage_sentences(damages, reports) == [
        "“Target 2, planned action 3, Timeframe” in report 1 is not what its history says.",
        f"“{place}” in report 7 is not what its history says.",
        "“T9.gone/x/y” in report 1 is not what its history says.",
        "Parts of the file no longer fit together.",
    ]


def test_what_was_lost_is_said_by_the_names_of_places() -> None:
    report = example_report()
    report.number = 1
    row = report.lists["T2.planned"].rows[2].id
    said = {
        f"T2.planned/{row}/timeframe": "Target 2, planned action 3, Timeframe",
        f"T2.planned/{'0' * 32}": "Target 2, planned actions, an entry",
        "T9.gone": "T9.gone",
    }
    places = {f"“{path}” in report 1 is lost.": (1, path) for path in said}
    named = in_place_names([*places, "The history was not kept."], places, [report])
    assert named == [
        *(f"“{name}” in report 1 is lost." for name in said.values()),
        "The history was not kept.",
    ]


def test_a_file_that_cannot_be_read_has_no_reports(tmp_path: Path) -> None:
    path = tmp_path / "albania.adesk"
    path.write_bytes(b"SQLite format 3\0" + b"\xa5" * 8192)
    assert readable_reports(path) == []
    assert readable_reports(tmp_path / "none.adesk") == []
