"""The history of one question and of one row, read from a real file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.report.changes import OperationKind
from desktop_app.report.text.model import Text
from desktop_app.services.open_report import OpenReport, open_report
from desktop_app.services.place_history import (
    PlaceHistory,
    differences_to,
    paths_of_place,
    place_history,
)
from desktop_app.services.reports import form_library, start_report

PATH = "cover.authority"
LIST = "T1.planned"
Opener = Callable[[str], OpenReport]


@pytest.fixture
def sit_down(tmp_path: Path) -> Iterator[Opener]:
    """Opens the same report for one person after the other."""
    path = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    opened: list[OpenReport] = []

    def open_for(who: str) -> OpenReport:
        for one in opened:
            one.close()
        opened[:] = [open_report(path, form_library(), who=who)]
        return opened[0]

    yield open_for
    for one in opened:
        one.close()


def history(opened: OpenReport, path: str) -> PlaceHistory:
    report = opened.session.report
    paths = paths_of_place(report, path)
    return opened.journal.read(lambda file: place_history(file, report.id, paths)).result()


def write(opened: OpenReport, path: str, words: str) -> None:
    opened.session.set_value(path, Text.plain(words))


def test_versions_stand_newest_first_by_sitting(sit_down: Opener) -> None:
    ana = sit_down("Ana")
    write(ana, PATH, "one")
    write(ana, PATH, "two")
    ben = sit_down("Ben")
    write(ben, PATH, "three")
    sittings = history(ben, PATH).sittings(20)
    assert [[version.contents[PATH].value for version in sitting] for sitting in sittings] == [
        ["three"],
        ["two", "one"],
    ]
    assert [sitting[0].moment.who for sitting in sittings] == ["Ben", "Ana"]
    assert len(history(ben, PATH).sittings(1)) == 1


def test_a_row_has_one_history_of_all_its_fields(sit_down: Opener) -> None:
    opened = sit_down("Ana")
    row = opened.session.add_row(LIST, {"description": Text.plain("train")})
    path = f"{LIST}/{row}"
    opened.session.set_confidential(path, True)
    write(opened, f"{path}/description", "train all")
    opened.session.remove_rows(LIST, [row])
    versions = history(opened, path).versions
    assert [version.moment.kind for version in versions] == [
        OperationKind.REMOVE,
        OperationKind.EDIT,
        OperationKind.CONFIDENTIAL,
        OperationKind.ADD,
    ]
    assert versions[-1].contents[f"{path}/description"].value == "train"


def test_what_is_needed_to_go_back_to_a_version(sit_down: Opener) -> None:
    opened = sit_down("Ana")
    row = opened.session.add_row(LIST, {"description": Text.plain("train")})
    opened.session.add_row(LIST, {"description": Text.plain("another")})
    path = f"{LIST}/{row}"
    write(opened, f"{path}/description", "train all")
    opened.session.move_row(LIST, row, 1)
    found = history(opened, path)
    away = differences_to(opened.session.report, found, found.versions[-1].moment)
    assert [(each.path, each.before, each.after) for each in away] == [
        (f"{path}/description", "train", "train all")
    ]
    assert differences_to(opened.session.report, found, found.versions[0].moment) == []


def test_what_was_removed_for_good_says_why(sit_down: Opener) -> None:
    opened = sit_down("Ana")
    write(opened, PATH, "a name")
    opened.session.remove_for_good([PATH], "a person's name")
    found = history(opened, PATH)
    assert [version.contents[PATH].is_purged for version in found.versions] == [True, True]
    assert found.purge_reason(PATH, found.versions[-1].moment) == "a person's name"
    write(opened, PATH, "Ministry")
    again = history(opened, PATH)
    assert again.purge_reason(PATH, again.versions[0].moment) == ""


def test_going_back_leaves_alone_what_is_not_known_any_more(sit_down: Opener) -> None:
    opened = sit_down("Ana")
    row = opened.session.add_row(LIST, {"description": Text.plain("Jane Doe")})
    path = f"{LIST}/{row}"
    opened.session.set_confidential(path, True)
    opened.session.remove_for_good([f"{path}/description"], "a name")
    write(opened, f"{path}/description", "train all")
    opened.session.set_confidential(path, False)
    found = history(opened, path)
    marked = next(each for each in found.versions if each.moment.kind is OperationKind.CONFIDENTIAL)
    first = found.versions[-2].moment
    assert marked.moment.seq > first.seq
    away = differences_to(opened.session.report, found, first)
    assert [(each.path, each.before) for each in away] == [(f"{path}#confidential", True)]
    purge = next(each for each in found.versions if each.moment.kind is OperationKind.PURGE)
    away = differences_to(opened.session.report, found, purge.moment)
    assert (f"{path}/description", None) in [(each.path, each.before) for each in away]
