"""The shortened form of ``make faults``: every fault once or a few times."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.fault import UNTRIED, Fault, Tally, matches
from tests.faults.nursery import Nursery, nursery
from tests.faults.run import all_faults, try_fault
from tests.faults.table import TABLE, table

SHORT = [each for each in all_faults().values() if not each.is_slow]


@pytest.fixture(scope="module")
def server() -> Iterator[Nursery]:
    with nursery() as running:
        yield running


@pytest.mark.parametrize("fault", SHORT, ids=[fault.id for fault in SHORT])
def test_nothing_is_lost_and_the_person_is_told(fault: Fault, server: Nursery) -> None:
    outcome = try_fault(fault, server, Tally(), is_long=False)
    if outcome.not_tried:
        pytest.skip(outcome.not_tried)
    assert not outcome.problem, outcome.problem


def test_what_is_not_tried_is_not_counted() -> None:
    assert not {each.id for each in UNTRIED} & set(all_faults())


@pytest.mark.parametrize(
    ("claimed", "seen", "fits"),
    [
        ("“{file}” is damaged. {rest}", "“a.adesk” is damaged. Take a backup.", True),
        ("“{file}” is damaged.", "“a.adesk” is damaged. Or not.", False),
        ("", "", True),
        ("", "Something was said", False),
        ("Said (really).", "", False),
    ],
)
def test_a_claim_fits_what_is_seen_or_not(claimed: str, seen: str, fits: bool) -> None:
    assert matches(claimed, seen) is fits


def test_the_table_for_it_says_what_is_tried() -> None:
    """``python -m tests.faults.table`` writes it anew."""
    assert TABLE.read_text("utf-8") == table()
