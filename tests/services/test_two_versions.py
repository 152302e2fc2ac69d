"""Two files that began as one: what differs, and who changed each last."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.report.changes import OperationKind
from desktop_app.report.text.model import Text
from desktop_app.services.compared import Fate
from desktop_app.services.demo import example_report
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library, keep_report, start_report
from desktop_app.services.two_versions import DifferentPlace, TwoVersions, compare_files
from tests.support.report_files import everything_in


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return keep_report(tmp_path / "albania.adesk", example_report(), OperationKind.CREATE, who="Ana").path


@pytest.fixture
def theirs(tmp_path: Path, mine: Path) -> Path:
    (tmp_path / "theirs").mkdir()
    return Path(shutil.copy(mine, tmp_path / "theirs" / "albania.adesk"))


def write(path: Path, who: str, *, authority: str = "", action: str = "", removes: bool = False) -> None:
    """A sitting of one person."""
    opened = open_report(path, form_library(), who=who)
    if authority:
        opened.session.set_value("cover.authority", Text.plain(authority))
    if action:
        opened.session.add_row("T3.planned", {"description": Text.plain(action)})
    if removes:
        opened.session.remove_rows("T1.planned", [opened.session.report.lists["T1.planned"].rows[0].id])
    opened.close()


def compare(mine: Path, theirs: Path) -> TwoVersions:
    return compare_files(mine, theirs, form_library())


def names(places: tuple[DifferentPlace, ...]) -> list[tuple[str, Fate]]:
    return [(place.name, place.fate) for place in places]


def test_copies_are_the_same(mine: Path, theirs: Path) -> None:
    found = compare(mine, theirs)
    assert found.places == ()
    assert (found.mine_alone, found.theirs_alone) == ((), ())


def test_what_differs_in_the_working_order_and_in_words(tmp_path: Path, mine: Path, theirs: Path) -> None:
    write(mine, "Ana", authority="Ministry of Justice", action="A campaign")
    write(theirs, "Ben", authority="Ministry of the Interior", removes=True)
    before = everything_in(tmp_path)
    found = compare(mine, theirs)
    assert everything_in(tmp_path) == before
    assert [fate for _name, fate in names(found.places)] == [Fate.CHANGED, Fate.REMOVED, Fate.REMOVED]
    authority, removed, added = found.places
    assert authority.name == "Cover, Authority or ministry"
    (part,) = authority.parts
    assert (part.before, part.after) == ("Ministry of Justice", "Ministry of the Interior")
    assert removed.name == "Target 1, planned action 1"
    assert added.name.startswith("Target 3, planned action")
    assert "A campaign" in [part.before for part in added.parts]
    assert (found.mine.who, found.theirs.who) == ("Ana", "Ben")
    assert found.mine.at <= found.theirs.at


def test_the_other_way_round(mine: Path, theirs: Path) -> None:
    write(theirs, "Ben", action="A hotline")
    (place,) = compare(mine, theirs).places
    assert place.fate is Fate.ADDED
    assert "A hotline" in [part.after for part in place.parts]


def test_reports_that_only_one_of_them_has(mine: Path, theirs: Path) -> None:
    start_report(mine, "ga-commitments", "AL", "2015")
    start_report(theirs, "ga-commitments", "AL", "2017")
    write(theirs, "Ben", action="In the new one")
    found = compare(mine, theirs)
    assert (found.mine_alone, found.theirs_alone) == (("2015",), ("2017",))
    assert found.places == ()
