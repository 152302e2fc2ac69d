from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.attachments import (
    Attached,
    attached_to,
    attached_within,
    can_carry,
    read_attached,
    write_attached,
)
from desktop_app.report.changes import Change
from desktop_app.report.placed_files import attached_by_place, files_at, files_of, placed_files
from desktop_app.report.plain import ShapeError, canonical_bytes, report_from_plain, report_to_plain
from desktop_app.report.report import Report, UnknownPlaceError, WrongValueError
from desktop_app.report.values import Attachment
from tests.support.report_content import everything
from tests.support.small_form import FIRST_ROW, SECOND_ROW, empty_report, filled_report, small_form

ROW = f"T1.planned/{FIRST_ROW}"
PLAN = {"path": ROW, "name": "plan.pdf", "sha256": "b" * 64, "size": 9}
ANNEX = Attachment("annex.pdf", "a" * 64, 7)


def with_files(*files: tuple[str, str, str]) -> Report:
    """The filled report with files: id, path and name of each."""
    report = filled_report()
    for key, path, name in files:
        report.apply(Change(f"attached/{key}", None, {**PLAN, "path": path, "name": name}))
    return report


names = st.text(min_size=1).filter(lambda name: name not in (".", "..") and not set(name) & set("/\\\0"))


@given(names, st.text(alphabet="0123456789abcdef", min_size=64, max_size=64), st.integers(0, 2**50))
def test_there_and_back(name: str, sha256: str, size: int) -> None:
    attached = Attached(ROW, Attachment(name, sha256, size))
    assert read_attached(write_attached(attached)) == attached


@pytest.mark.parametrize(
    "plain",
    [
        None,
        "plan.pdf",
        {},
        {**PLAN, "path": None},
        {**PLAN, "path": f"{ROW}#state"},
        {**PLAN, "path": "comment/1"},
        {**PLAN, "path": "attached/1"},
        {**PLAN, "name": "../plan.pdf"},
        {**PLAN, "sha256": "short"},
        {**PLAN, "size": -1},
    ],
)
def test_what_is_no_attached_file(plain: object) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_attached(plain)
    report = filled_report()
    if plain is not None:
        with pytest.raises(WrongValueError):
            report.apply(Change("attached/1", None, plain))
    assert not report.attached


def test_answers_rows_lists_and_the_report_carry_files() -> None:
    carrying = ("cover.authority", "T1.planned", ROW, f"{ROW}/description", "")
    assert all(map(can_carry, carrying))
    assert not any(map(can_carry, ("#status", f"{ROW}#confidential", "unplaced/1", "source/1")))


def test_files_of_a_place_and_of_what_stands_in_it() -> None:
    report = with_files(
        ("1", ROW, "B.pdf"),
        ("2", ROW, "a.pdf"),
        ("3", f"{ROW}/description", "c.pdf"),
        ("4", "T1.planned", "d"),
    )
    assert [key for key, _each in attached_to(report, ROW)] == ["2", "1"]
    assert [key for key, _each in attached_within(report, ROW)] == ["2", "1", "3"]
    assert [key for key, _each in attached_to(report, "T1.planned")] == ["4"]
    assert files_at(report, [ROW]) == [ANNEX, *(each.file for _key, each in attached_within(report, ROW))]
    assert files_at(report, ["attached/4"]) == [report.attached["4"].file]
    assert files_at(report, [f"{ROW}/annex"]) == [ANNEX]


def test_a_row_in_the_bin_takes_its_files_along() -> None:
    report = with_files(("1", ROW, "plan.pdf"), ("2", "cover.authority", "law.pdf"))
    report.apply(Change(ROW, {"position": 1024}, None))
    assert list(attached_by_place(report)) == ["cover.authority"]
    assert [path for path, _file in files_of(report)] == ["cover.authority"]
    assert [each["id"] for each in report_to_plain(report)["attachments"]] == ["2"]
    report.apply(Change(ROW, None, {"position": 1024}))
    assert [path for path, _file in files_of(report)] == ["cover.authority", ROW, f"{ROW}/annex"]


def test_files_stand_in_the_working_order() -> None:
    report = with_files(
        ("1", "T2.planned", "z"),
        ("2", f"T1.planned/{SECOND_ROW}", "y"),
        ("3", "", "x"),
        ("4", "T1.goals", "w"),
    )
    assert [own for own, _about, _file in placed_files(report)] == [
        "attached/4",
        f"{ROW}/annex",
        "attached/2",
        "attached/1",
        "attached/3",
    ]


def test_json_has_them_and_a_report_without_any_has_the_bytes_it_had() -> None:
    bare = report_to_plain(filled_report())
    assert "attachments" not in bare
    report = with_files(("1", ROW, "plan.pdf"))
    plain = report_to_plain(report)
    assert plain.pop("attachments") == [{"id": "1", **PLAN}]
    del plain["id"], bare["id"]
    assert canonical_bytes(plain) == canonical_bytes(bare)


def test_json_there_and_back() -> None:
    report = with_files(("1", ROW, "plan.pdf"), ("2", "cover.authority", "law.pdf"))
    plain = report_to_plain(report)
    again = report_from_plain(plain, small_form())
    assert everything(again) == everything(report)
    assert report_to_plain(again) == plain


def test_files_beside_an_answer_that_is_left_out_stay_out_too() -> None:
    report = with_files(("1", f"{ROW}/law", "law.pdf"), ("2", ROW, "plan.pdf"))
    plain = report_to_plain(report, without=[f"{ROW}/law"])
    assert [each["id"] for each in plain["attachments"]] == ["2"]


@pytest.mark.parametrize(
    "damaged",
    [
        {},
        "x",
        ["x"],
        [{**PLAN, "id": ""}],
        [{**PLAN, "id": "a/b"}],
        [{**PLAN, "id": 1}],
        [{**PLAN, "id": "1"}] * 2,
    ],
)
def test_damaged_json_is_refused(damaged: object) -> None:
    plain = {**report_to_plain(filled_report()), "attachments": damaged}
    with pytest.raises(ShapeError):
        report_from_plain(plain, small_form())


def test_a_file_without_an_id_gets_one() -> None:
    plain = {**report_to_plain(empty_report()), "attachments": [{**PLAN, "path": "cover.authority"}]}
    assert len(report_from_plain(plain, small_form()).attached) == 1


def test_a_path_is_found_by_its_kind() -> None:
    report = with_files(("1", ROW, "plan.pdf"))
    assert report.plain("attached/1") == PLAN
    assert report.plain("attached/2") is None
    with pytest.raises(UnknownPlaceError):
        report.plain("attached/1/name")
