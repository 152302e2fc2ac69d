"""Two moments of a report as a person reads them."""

from __future__ import annotations

import pytest

from desktop_app.formdef.labels import Labels
from desktop_app.report.changes import new_id
from desktop_app.report.places import place_name
from desktop_app.report.report import Report
from desktop_app.report.text.model import Text
from desktop_app.services.compared import ComparedPart, ComparedPlace, Fate, compared_parts, compared_places
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.history import Difference
from desktop_app.services.reports import form_library
from tests.support.memory_journal import MemoryJournal

LIST = "T1.planned"


@pytest.fixture
def report() -> Report:
    return Report(new_id(), form_library().form("ga-commitments", "2013.1"), "AL", "2013", "en")


def compared(report: Report, *differences: Difference) -> list[ComparedPlace]:
    return compared_places(report, differences)


def parts(report: Report, place: ComparedPlace) -> list[ComparedPart]:
    return compared_parts(report, place, Labels(report.form, "en"))


def test_places_stand_in_the_working_order(report: Report) -> None:
    found = compared(
        report,
        Difference("unplaced/7", {"text": "left", "near": ""}, None),
        Difference("T2.goals", None, ["T2.G1"]),
        Difference("T1.planned#state", "no_action_taken", None),
        Difference("cover.authority", "Old", "New"),
        Difference("#status", "draft", "ready"),
        Difference("T1.goals", ["T1.G1"], None),
    )
    paths = [place.path for place in found]
    assert paths == ["#status", "cover.authority", "T1.goals", "T1.planned", "T2.goals", "unplaced/7"]
    assert parts(report, found[0]) == [ComparedPart("Status", "Draft", "Ready")]
    assert parts(report, found[1]) == [ComparedPart("", "Old", "New")]
    assert parts(report, found[3]) == [ComparedPart("Why it is empty", "No action taken.", "")]
    assert [place.section for place in found] == ["", "cover", "T1", "T1", "T2", ""]


def test_all_of_a_row_is_one_place(report: Report) -> None:
    row = EntrySession(report, MemoryJournal()).add_row(LIST, {"description": Text.plain("train police")})
    path = f"{LIST}/{row}"
    found = compared(
        report,
        Difference(f"{path}/timeframe", None, {"text": "2014", "edtf": "2014"}),
        Difference(path, None, {"position": 1024}),
        Difference(f"{path}/description", None, "train police"),
    )
    assert [(place.path, place.fate, place_name(report, place.path)) for place in found] == [
        (path, Fate.ADDED, "Target 1, planned action 1")
    ]
    assert [part.after.partition(" (")[0] for part in parts(report, found[0])] == ["train police", "2014"]


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        (None, {"position": 1}, Fate.ADDED),
        ({"position": 1}, None, Fate.REMOVED),
        ({"position": 1}, {"position": 2}, Fate.MOVED),
    ],
)
def test_what_became_of_a_row(report: Report, before: object, after: object, fate: Fate) -> None:
    (place,) = compared(report, Difference(f"{LIST}/gone", before, after))
    assert place.fate is fate


def test_a_row_that_moved_and_changed_is_changed(report: Report) -> None:
    (place,) = compared(
        report,
        Difference(f"{LIST}/gone", {"position": 1}, {"position": 2}),
        Difference(f"{LIST}/gone/description#confidential", None, True),
    )
    assert place.fate is Fate.CHANGED
    assert place_name(report, place.path) == "Target 1, planned action in the bin"
    assert [part.after for part in parts(report, place)] == ["Confidential"]
