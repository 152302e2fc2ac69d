"""A protected report file does all that an ordinary one does: the same tests, run once more."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.report.report import Report
from tests.support.protected import contract, make_protected_file

_OF_ORDINARY_FILES = {
    "test_report_file": (
        # Their processes know no key; test_protection has such processes of its own.
        "test_what_a_crash_left_open_becomes_one_change",
        "test_an_open_edit_that_changed_nothing_is_not_recovered",
        "test_the_first_page_does_not_wait_for_sqlite_utils",
    ),
    "test_worker": (
        "test_an_edit_that_landed_although_reported_as_failed_is_not_doubled",
        # Python's own SQLite makes the damage in them.
        "test_damage_is_told_to_whoever_asks",
        "test_nothing_is_written_over_damage",
        # Its process knows no key.
        "test_the_first_words_do_not_wait_for_what_writes_them_to_be_loaded",
    ),
    "test_journal_contract": (),
    "test_connection": ("test_nothing_larger_than_the_limit_is_read",),
}
for _module, _besides in _OF_ORDINARY_FILES.items():
    globals().update(contract(_module, _besides))


@pytest.fixture
def path(tmp_path: Path, report: Report) -> Path:
    """A closed protected report file with the filled report."""
    return make_protected_file(tmp_path / "albania.adesk", report)
