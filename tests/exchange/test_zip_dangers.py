from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.archive import build
from desktop_app.exchange.zip_dangers import (
    Danger,
    DangerKind,
    Limits,
    first_danger,
    is_bad_name,
    is_unfit_name,
    listed,
)
from desktop_app.report.file_names import safe_member_name
from tests.support.hostile_workbooks import members_of, zipped

MEMBERS = {"a": b"x" * 50, "b": b"y" * 50}


def danger(data: bytes, limits: Limits) -> Danger | None:
    return first_danger(listed(data), data, limits)


def test_an_honest_zip_is_no_danger() -> None:
    assert danger(build(MEMBERS), Limits(2, 100, 99, strict=True)) is None
    assert danger(build(MEMBERS, deflate=True), Limits(2, 100, 99, member_size=50, strict=True)) is None


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        (Limits(1, 100, 99), Danger(DangerKind.MANY)),
        (Limits(2, 99, 99), Danger(DangerKind.SIZE)),
        (Limits(2, 100, 99, member_size=49), Danger(DangerKind.SIZE, "a")),
        (Limits(2, 100, 0), Danger(DangerKind.SIZE)),
        (Limits(2, 100, 0, free=100), None),
    ],
)
def test_every_limit_counts(limits: Limits, found: Danger | None) -> None:
    assert danger(build(MEMBERS), limits) == found


def test_a_strict_reader_takes_no_member_for_smaller_because_of_another_one() -> None:
    data = build({"a": bytes(50_000), "b": random.Random(1).randbytes(5_000)}, deflate=True)
    assert danger(data, Limits(2, 100_000, 20, free=40_000)) is None
    assert danger(data, Limits(2, 100_000, 20, free=40_000, strict=True)) == Danger(DangerKind.SIZE)


def test_what_is_no_zip_lists_nothing() -> None:
    assert listed(b"") == listed(b"PK nothing") == listed(build(MEMBERS)[:-5]) == []


@pytest.mark.parametrize("name", ["../a", "/a", "a//b", "a\\b", "c:a", "a/", "a/../b", "a\x00b", "./a"])
def test_names_that_lead_elsewhere_are_bad_everywhere(name: str) -> None:
    assert is_bad_name(name)


@pytest.mark.parametrize("name", ["con", "xl/NUL.xml", "com1.txt", "a./b", "a ", "b."])
def test_names_that_a_system_keeps_or_changes_are_bad_for_a_strict_reader(name: str) -> None:
    assert danger(zipped([(name, b"x")]), Limits(9, 999, 99)) is None
    assert danger(zipped([(name, b"x")]), Limits(9, 999, 99, strict=True)) == Danger(DangerKind.NAME, name)


def test_only_a_strict_reader_minds_members_that_are_not_where_they_should_be() -> None:
    data = bytearray(zipped(members_of(build({"a": b"x" * 50, "b": b"y" * 50}))))
    entries = listed(bytes(data))
    entries[1].header_offset = entries[0].header_offset
    assert first_danger(entries, bytes(data), Limits(9, 999, 99)) is None
    strict = Limits(9, 999, 99, strict=True)
    assert first_danger(entries, bytes(data), strict) == Danger(DangerKind.OVERLAP, "b")


@given(st.text(max_size=300))
def test_every_harmless_name_of_an_attached_file_is_one_that_is_read(name: str) -> None:
    member = f"attachments/{safe_member_name(name, 'a' * 64)}"
    assert not is_bad_name(member)
    assert not is_unfit_name(member)


@pytest.mark.parametrize("name", ["a\u202eb", "a\u200bb", "x" * 250, "aux.txt", "nul", "a.", "a ", "b./c"])
def test_names_that_deceive_or_that_some_system_does_not_take_are_unfit(name: str) -> None:
    assert is_unfit_name(name)
