"""The doctor where the numbers of the history are damaged: no earlier value is passed off as the last one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from desktop_app.services.doctor import examine, salvage
from tests.services.test_doctor import (
    Original,
    assert_honest,
    change,
    damaged_copy,
    facts_of,
    named,
    original,
    pair,
)

__all__ = ["original", "pair"]

LAST_OF_A_PLACE = (
    "seq = (SELECT max(seq) FROM changes WHERE path = (SELECT path FROM changes"
    " GROUP BY path HAVING count(*) > 1 ORDER BY path LIMIT 1))"
)


@pytest.mark.parametrize("bit", [1, 2, 4, 8, 16, 32, 64, 128, 1024, 1 << 40])
def test_a_change_with_another_operation_comes_back_to_its_own(
    original: Original, tmp_path: Path, bit: int
) -> None:
    path = damaged_copy(tmp_path, original.content)
    change(
        path,
        f"UPDATE changes SET operation = (operation | {bit}) - (operation & {bit}) WHERE {LAST_OF_A_PLACE}",
    )
    saved = salvage(path, tmp_path / "one.adesk")
    assert_honest(saved, original)
    assert facts_of(saved.target) == original.facts


@pytest.mark.parametrize("which", ["min", "max"])
@pytest.mark.parametrize("operation", [0, 1, 60, 700, 5000])
def test_the_first_and_the_last_change_with_another_operation(
    original: Original, tmp_path: Path, which: str, operation: int
) -> None:
    path = damaged_copy(tmp_path, original.content)
    change(path, f"UPDATE changes SET operation = {operation} WHERE seq = (SELECT {which}(seq) FROM changes)")
    saved = salvage(path, tmp_path / "new.adesk")
    assert_honest(saved, original)
    assert facts_of(saved.target) == original.facts


def test_a_step_of_another_report_is_of_the_only_one_there_is(original: Original, tmp_path: Path) -> None:
    path = damaged_copy(tmp_path, original.content)
    change(
        path,
        "UPDATE operations SET report = 9 WHERE seq ="
        f" (SELECT operation FROM changes WHERE {LAST_OF_A_PLACE})",
    )
    saved = salvage(path, tmp_path / "new.adesk")
    assert_honest(saved, original)
    assert facts_of(saved.target) == original.facts


def test_a_change_that_says_another_place_is_not_the_last_word_on_it(
    original: Original, tmp_path: Path
) -> None:
    connection = sqlite3.connect(original.path)
    found = "SELECT max(seq), old_salt FROM changes WHERE path = ?"
    (salt,) = connection.execute(found, ("T2.planned/row-261/description",)).fetchone()[1:]
    connection.close()
    # In the record its old text, which stands elsewhere, has no byte between the two.
    was, is_now = (f"T2.planned/row-{number}/description".encode() + salt for number in (261, 263))
    assert original.content.count(was) == 1
    path = damaged_copy(tmp_path, original.content.replace(was, is_now))
    saved = salvage(path, tmp_path / "new.adesk")
    assert_honest(saved, original)
    assert named(saved) <= {"T2.planned/row-261/description", "T2.planned/row-263/description"}


@pytest.mark.parametrize("report", ["3 - report", "9"])
def test_a_step_that_says_another_report_spoils_neither(pair: Path, tmp_path: Path, report: str) -> None:
    path = damaged_copy(tmp_path, pair.read_bytes())
    change(
        path,
        f"UPDATE operations SET report = {report} WHERE seq ="
        f" (SELECT operation FROM changes WHERE {LAST_OF_A_PLACE})",
    )
    saved = salvage(path, tmp_path / "new.adesk")
    for number in (1, 2):
        was, now = facts_of(pair, number), facts_of(saved.target, number)
        wrong = {place for place in was.keys() | now.keys() if now.get(place) != was.get(place)}
        assert wrong <= named(saved, number)


def test_a_damaged_name_in_the_list_of_tables(original: Original, tmp_path: Path) -> None:
    """SQLite quotes it when it says so, and it is no text any more."""
    was = b"indexchanges_of_path"
    assert original.content.count(was) == 1
    path = damaged_copy(tmp_path, original.content.replace(was, b"index\xe6hanges_of_path"))
    found = examine(path)
    assert not found.is_sound
    assert any("\N{REPLACEMENT CHARACTER}hanges_of_path" in line for line in found.details)
    saved = salvage(path, tmp_path / "new.adesk")
    assert_honest(saved, original)


@pytest.mark.parametrize("letters", [b"pxlice", b"pOLIce", b"xxxxce"])
def test_a_few_damaged_letters_are_mended_from_the_history_and_named(
    original: Original, tmp_path: Path, letters: bytes
) -> None:
    """A letter that was corrected looks the same where a disk left out the end of the log."""
    path = damaged_copy(tmp_path, original.content)
    change(
        path,
        f"UPDATE rows SET answers = substr(answers, 1, instr(answers, 'police') - 1) || '{letters.decode()}'"
        " || substr(answers, instr(answers, 'police') + 6) WHERE id = 'row-3'",
    )
    saved = salvage(path, tmp_path / "new.adesk")
    assert facts_of(saved.target) == original.facts
    assert named(saved) == {"T2.planned/row-3/description"}
    assert len(saved.lost) == 1, "the history is whole"
