"""The comparison finds what is lost, so that a count of 0 means something."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.report.text.model import Text
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library, start_report
from tests.faults.children import FIELDS, Typist
from tests.faults.fault import LostError
from tests.faults.witness import TOLD, Account, Teller, Witness, state_of

LINES = [
    "state 0 10.0 a",
    "state 1 11.0 b",
    "key 11.5",
    "state 2 12.0 c",
    "durable 2 12.1",
    "key 12.4",
    "state 3 12.5 d",
    "key 13.0",
]


@pytest.mark.parametrize(("present", "typing_lost"), [("c", 1.6), ("d", 1.0)])
def test_the_last_acknowledged_state_or_a_later_one_is_right(present: str, typing_lost: float) -> None:
    found = Account.of(LINES).judge(present, ended_at=14.0)
    assert (found.edits, round(found.typing_lost, 3)) == (2, typing_lost)


@pytest.mark.parametrize("present", ["a", "b"])
def test_an_older_state_is_a_loss(present: str) -> None:
    with pytest.raises(LostError, match="of 2 acknowledged"):
        Account.of(LINES).judge(present)


def test_a_state_that_never_was_is_a_loss() -> None:
    with pytest.raises(LostError, match="never was"):
        Account.of(LINES).judge("x")


def test_a_state_that_came_back_counts_as_its_last() -> None:
    lines = [*LINES, "state 4 13.5 a", "durable 4 13.6"]
    assert Account.of(lines).judge("a").edits == 4


def test_a_file_put_back_to_an_earlier_moment_is_found_out(tmp_path: Path) -> None:
    path = start_report(tmp_path / "report.adesk", "ga-commitments", "NO").path
    opened = open_report(path, form_library(), who="Ana")
    Witness(opened.session, opened.journal, Teller(tmp_path))
    opened.session.type(FIELDS[0], Text.plain("first"))
    opened.session.leave()
    assert opened.journal.flush(20)
    earlier = Path(shutil.copyfile(path, tmp_path / "earlier.adesk"))
    typist = Typist(opened.session, 1)
    for _step in range(8):
        typist.step()
    opened.session.type(FIELDS[1], Text.plain("the last"))
    assert opened.journal.flush(20)
    opened.close()
    account = Account.of((tmp_path / TOLD).read_text("utf-8").splitlines())
    assert account.compare(path).edits == account.durable > 2
    with pytest.raises(LostError):
        account.judge(state_of(earlier)[0])
