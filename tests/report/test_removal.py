from __future__ import annotations

import pytest

from desktop_app.report.changes import Change, noting
from desktop_app.report.paths import Place, PlaceKind
from desktop_app.report.removal import removing_for_good
from desktop_app.report.report import UnknownPlaceError


def held(place: Place, path: str) -> list[str]:
    if place.kind is PlaceKind.ANSWER:
        return ["attached/1"] if path == "cover.authority" else []
    return [f"{path}/description", f"{path}#confidential"]


def test_a_removal_names_places_and_a_reason_and_no_values() -> None:
    changes = removing_for_good(
        ["cover.authority", "T1.planned/r1", "unplaced/1", "source/2"], "A name", held
    )
    assert changes == (
        Change("cover.authority", None, None),
        Change("attached/1", None, None),
        Change("T1.planned/r1", None, None),
        Change("T1.planned/r1/description", None, None),
        Change("T1.planned/r1#confidential", None, None),
        Change("unplaced/1", None, None),
        Change("source/2", None, None),
        noting("A name"),
    )


def test_each_place_is_named_once() -> None:
    paths = ["T1.planned/r1/description", "T1.planned/r1", "T1.planned/r1"]
    changes = removing_for_good(paths, "", held)
    assert [change.path for change in changes] == [
        "T1.planned/r1/description",
        "T1.planned/r1",
        "T1.planned/r1#confidential",
        "#note",
    ]


@pytest.mark.parametrize(
    "path", ["#status", "#note", "#form", "cover.date#state", "T1.planned/r1#confidential", ""]
)
def test_states_marks_and_properties_cannot_be_removed_for_good(path: str) -> None:
    with pytest.raises(UnknownPlaceError):
        removing_for_good([path], "A name", held)
