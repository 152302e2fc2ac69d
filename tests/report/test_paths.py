from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.paths import (
    Place,
    PlaceKind,
    confidential_path,
    read_path,
    row_path,
    state_path,
)


@pytest.mark.parametrize(
    ("path", "place", "kind"),
    [
        ("cover.authority", Place("cover.authority"), PlaceKind.ANSWER),
        ("cover.authority#state", Place("cover.authority", facet="state"), PlaceKind.STATE),
        (
            "cover.authority#confidential",
            Place("cover.authority", facet="confidential"),
            PlaceKind.CONFIDENTIAL,
        ),
        ("T1.planned/r1", Place("T1.planned", "r1"), PlaceKind.ROW),
        (
            "T1.planned/r1#confidential",
            Place("T1.planned", "r1", None, "confidential"),
            PlaceKind.CONFIDENTIAL,
        ),
        ("T1.planned/r1/when", Place("T1.planned", "r1", "when"), PlaceKind.ANSWER),
        ("T1.planned/r1/when#state", Place("T1.planned", "r1", "when", "state"), PlaceKind.STATE),
        ("unplaced/7", Place("unplaced", "7"), PlaceKind.UNPLACED),
        ("#status", Place("", facet="status"), PlaceKind.PROPERTY),
        ("#note", Place("", facet="note"), PlaceKind.NOTE),
        ("source/2", Place("source", "2"), PlaceKind.SOURCE),
    ],
)
def test_what_stands_at_a_path(path: str, place: Place, kind: PlaceKind) -> None:
    assert read_path(path) == place
    assert place.kind is kind


@pytest.mark.parametrize(
    "path",
    [
        "",
        "#",
        "#forms",
        "#status#state",
        "/r1",
        "/r1#status",
        "cover.authority#",
        "cover.authority#colour",
        "T1.planned/",
        "T1.planned/#state",
        "T1.planned/r1#state",
        "T1.planned/r1#position",
        "T1.planned/r1/",
        "T1.planned/r1/#confidential",
        "unplaced",
        "unplaced/",
        "unplaced/7/text",
        "unplaced/7#state",
        "source",
        "source/2/name",
        "/r1#note",
    ],
)
def test_nothing_can_stand_there(path: str) -> None:
    assert read_path(path).kind is None


def test_a_path_that_goes_too_deep_is_not_cut_short() -> None:
    assert read_path("T1.planned/r1/when/edtf").field == "when/edtf"


def test_paths_are_put_together() -> None:
    assert row_path("T1.planned", "r1") == "T1.planned/r1"
    assert row_path("T1.planned", "r1", "when") == "T1.planned/r1/when"
    assert state_path("T1.planned") == "T1.planned#state"
    assert confidential_path("T1.planned/r1") == "T1.planned/r1#confidential"


_NAMES = st.text("AB.19_-", min_size=1)


@given(_NAMES, st.none() | _NAMES, st.none() | _NAMES, st.sampled_from([None, "state", "confidential"]))
def test_a_path_is_read_as_it_was_written(
    head: str, row: str | None, code: str | None, facet: str | None
) -> None:
    subject = head if row is None else row_path(head, row, code)
    place = read_path(subject if facet is None else f"{subject}#{facet}")
    assert place == Place(head, row, None if row is None else code, facet)
    assert place.subject == subject


def test_the_section_of_a_place() -> None:
    assert read_path("domain_1.capability.evidence/r1/link").section == "domain_1.capability"
    assert read_path("#status").section == ""
