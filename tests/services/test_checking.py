from __future__ import annotations

from pathlib import Path

from desktop_app.formdef.model import Level
from desktop_app.report.example import read_example
from desktop_app.services.checking import check, checked
from tests.support.report_files import make_file
from tests.support.toml_forms import shipped_form


def test_problems_are_told_with_their_place_the_heavier_first() -> None:
    found = checked(read_example(shipped_form("ga-commitments")))
    levels = [problem.level for problem in found.problems]
    assert levels == sorted(levels, key=list(Level).index)
    assert sum(found.counts.values()) == len(found.problems)
    first = next(problem for problem in found.problems if problem.path == "cover.authority")
    assert (first.level_words, first.where) == ("Warning", "Cover, Authority or ministry")
    assert first.to_plain() == {
        "code": "required",
        "level": "warning",
        "path": "cover.authority",
        "where": "Cover, Authority or ministry",
        "sentence": first.sentence,
    }


def test_a_file_is_checked_without_being_changed(tmp_path: Path) -> None:
    report = read_example(shipped_form("ga-commitments"))
    path = make_file(tmp_path / "albania.adesk", report)
    before = path.read_bytes()
    assert check(path).problems == checked(report).problems
    assert check(path, 1).counts["error"] == 0
    assert path.read_bytes() == before
