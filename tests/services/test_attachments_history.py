"""Attached files in words, in the history of their place, in comparisons, reverts and other form versions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.exchange.workbook.changes_table import changes_table
from desktop_app.exchange.workbook.context import Context
from desktop_app.exchange.workbook.plan import words_of
from desktop_app.formdef.labels import Labels
from desktop_app.report.attachments import attached_to
from desktop_app.report.changes import Change, Operation
from desktop_app.report.plain import report_to_plain
from desktop_app.report.report import Report
from desktop_app.report.versions.carry_over import carry_over
from desktop_app.report.versions.content import content_of, fill
from desktop_app.report.versions.lineage import Lineage
from desktop_app.report.versions.raw import raw_plain
from desktop_app.services.attachments import attach, file_of
from desktop_app.services.compared import Fate, compared_parts, compared_places
from desktop_app.services.history import compare
from desktop_app.services.open_report import OpenReport, open_report
from desktop_app.services.operation_words import step_words
from desktop_app.services.place_history import paths_of_place, place_history
from desktop_app.services.reports import form_library, start_report
from desktop_app.services.words_held import places_with
from tests.support.form_versions import FIRST_ROW, first_report, versioned_library

AUTHORITY = "cover.authority"
LIST = "T1.planned"
PLAN = file_of("plan.pdf", b"%PDF-1.7 the plan")
LAW = file_of("law.pdf", b"%PDF-1.7 the law")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenReport]:
    path = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    found = open_report(path, form_library(), who="Ana")
    yield found
    found.close()


def last(opened: OpenReport) -> Operation:
    step = opened.session.undo_step
    assert step is not None
    return step


def test_a_step_says_where_a_file_was_attached(opened: OpenReport) -> None:
    session = opened.session
    attach(session, AUTHORITY, [PLAN])
    assert step_words(session.report, last(opened)) == "Attached a file, Cover, Authority or ministry"
    (key, _each) = attached_to(session.report, AUTHORITY)[0]
    session.detach(f"attached/{key}")
    assert step_words(session.report, last(opened)) == "Took a file off, Cover, Authority or ministry"
    row = session.add_row(LIST)
    attach(session, f"{LIST}/{row}", [PLAN])
    session.duplicate_row(LIST, row)
    assert step_words(session.report, last(opened)) == "Duplicated an entry, Target 1, planned actions"


def test_the_history_of_a_place_has_its_files(opened: OpenReport) -> None:
    session, report = opened.session, opened.session.report
    (place,) = attach(session, AUTHORITY, [PLAN])
    session.detach(place)
    attach(session, "cover.contact", [LAW])
    found = opened.journal.read(
        lambda file: place_history(file, report.id, paths_of_place(report, AUTHORITY))
    ).result()
    values = [version.contents[place].value for version in found.versions]
    assert [value and value["name"] for value in values] == [None, "plan.pdf"]


def test_a_comparison_names_them(opened: OpenReport) -> None:
    session, report = opened.session, opened.session.report
    before = opened.journal.read(lambda file: file.moments(report.id)[0].seq).result()
    attach(session, AUTHORITY, [PLAN])
    differences = opened.journal.read(lambda file: compare(file, report.id, before)).result()
    (place,) = compared_places(report, differences)
    assert (place.fate, place.section) == (Fate.ADDED, "cover")
    (part,) = compared_parts(report, place, Labels(report.form, "en"))
    assert (part.before, part.after) == ("", "plan.pdf (17 bytes)")


def test_going_back_takes_files_off_but_for_those_of_a_row_that_goes_to_the_bin(opened: OpenReport) -> None:
    session, report = opened.session, opened.session.report
    before = opened.journal.read(lambda file: file.moments(report.id)[0].seq).result()
    row = session.add_row(LIST)
    attach(session, f"{LIST}/{row}", [PLAN])
    attach(session, AUTHORITY, [LAW])
    differences = opened.journal.read(lambda file: compare(file, report.id, before)).result()
    assert session.revert(differences) == []
    assert attached_to(report, AUTHORITY) == []
    session.restore_row(LIST, row)
    assert [each.file.name for _key, each in attached_to(report, f"{LIST}/{row}")] == ["plan.pdf"]


def test_the_workbook_says_what_was_attached_since_the_submission_before(opened: OpenReport) -> None:
    session, report = opened.session, opened.session.report
    (place,) = attach(session, AUTHORITY, [PLAN])
    previous = report_to_plain(report)
    session.detach(place)
    attach(session, "cover.contact", [LAW])
    records = changes_table(Context.of(report, previous), previous).records
    told = [tuple(words_of(record[code]) for code in ("change", "place", "old", "new")) for record in records]
    assert told == [
        ("removed", "Attached to Cover, Authority or ministry", "plan.pdf (17 bytes)", ""),
        ("added", "Attached to Cover, Contact", "", "law.pdf (16 bytes)"),
    ]


def test_files_move_with_what_they_are_attached_to_in_another_version_of_the_form(tmp_path: Path) -> None:
    library = versioned_library(tmp_path, "1", "2")
    report = first_report(library)

    for key, path in (
        ("1", AUTHORITY),
        ("2", f"A.planned/{FIRST_ROW}"),
        ("3", f"A.planned/{FIRST_ROW}/what"),
    ):
        plain = {"path": path, "name": f"{key}.pdf", "sha256": key * 64, "size": 1}
        report.apply(Change(f"attached/{key}", None, plain))
    content = content_of(report)
    forms = [library.form("tiny", version) for version in ("1", "2")]
    carried = carry_over({**content, "attached/4": "damaged"}, Lineage(forms[0], (forms[1],)), "en")
    assert carried.content["attached/1"]["path"] == "cover.ministry"
    assert carried.content["attached/2"]["path"] == f"B.planned/{FIRST_ROW}"
    assert carried.content["attached/3"]["path"] == f"B.planned/{FIRST_ROW}/what"
    assert "attached/4" not in carried.content
    assert any("damaged" in each.text for each in carried.left_over)
    fresh = Report("x", forms[1], "AL", "2013", "en")
    fill(fresh, carried.content)
    assert len(fresh.attached) == 3


def test_a_name_is_found_where_words_are_looked_for(opened: OpenReport) -> None:
    (place,) = attach(opened.session, AUTHORITY, [file_of("Jane  Doe.pdf", b"x")])
    assert places_with(opened.session.report, "jane doe") == [place]
    opened.session.remove_for_good([place], "a name")
    assert places_with(opened.session.report, "jane doe") == []


def test_a_report_whose_form_is_nowhere_tells_them_too() -> None:
    plain = {"path": AUTHORITY, "name": "a.pdf", "sha256": "1" * 64, "size": 1}
    assert raw_plain({"attached/1": plain})["attachments"] == [{"id": "1", **plain}]
