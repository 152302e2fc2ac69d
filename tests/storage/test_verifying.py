"""Bit rot: what changes an answer without SQLite noticing is found by the chain and what follows from it."""

from __future__ import annotations

import hashlib
import random
import re
import sqlite3
from pathlib import Path

import pytest

from desktop_app.report.changes import Change, OpenEdit
from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.storage.format import FORMAT
from desktop_app.storage.records import (
    SourceDocument,
    attachment_digest,
    comment_digest,
    submission_digest,
)
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.verifying import Damage
from tests.support.report_files import ROOT, edit
from tests.support.small_form import FIRST_ROW, small_form

DESCRIPTION = f"T1.planned/{FIRST_ROW}/description"
OPEN = f"T1.planned/{FIRST_ROW}/budget"


@pytest.fixture
def full(tmp_path: Path, report: Report) -> Path:
    """A report file with a history, a source and, as after a crash, an open edit."""
    path = tmp_path / "full" / "albania.adesk"
    path.parent.mkdir()
    source = SourceDocument("albania.md", "text/markdown", b"# Country report")
    with ReportFile.create(path, fill=lambda file: file.add_report(report, source=source)) as file:
        for words in ("One", "Two", "Three"):
            file.record(edit(report, DESCRIPTION, words))
        file.record(edit(report, f"T1.planned/{FIRST_ROW}/timeframe", None))
        file.keep_open_edit(OpenEdit(report.id, OPEN, 7))
    return path


def damages(path: Path) -> list[Damage]:
    with ReportFile.open(path, "read") as file:
        return file.verify_chain()


def change(path: Path, statement: str, *parameters: object) -> None:
    connection = sqlite3.connect(path)
    with connection:
        assert connection.execute(statement, parameters).rowcount > 0
    connection.close()


def test_a_sound_file_is_found_sound(full: Path) -> None:
    assert damages(full) == []


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE answers SET value = '\"Mini\"' WHERE path = 'cover.authority'", "cover.authority"),
        ("UPDATE answers SET state = NULL WHERE path = 'cover.date'", "cover.date"),
        ("UPDATE answers SET confidential = 0 WHERE path = 'cover.authority'", "cover.authority"),
        ("DELETE FROM answers WHERE path = 'unplaced/1'", "unplaced/1"),
        ("INSERT INTO answers VALUES (1, 'cover.more', '1', NULL, 0)", "cover.more"),
        (f"UPDATE rows SET position = 9 WHERE id = '{FIRST_ROW}'", f"T1.planned/{FIRST_ROW}"),
        (f"UPDATE rows SET in_bin = 1 WHERE id = '{FIRST_ROW}'", f"T1.planned/{FIRST_ROW}"),
        (f"UPDATE rows SET answers = '{{}}' WHERE id = '{FIRST_ROW}'", f"T1.planned/{FIRST_ROW}"),
        ("UPDATE reports SET status = 'approved'", "#status"),
        ("UPDATE changes SET new = '\"Too\"' WHERE new = '\"Two\"'", DESCRIPTION),
        ("UPDATE changes SET new_digest = zeroblob(32) WHERE new = '\"Two\"'", DESCRIPTION),
        ("UPDATE open_edits SET value = '8'", OPEN),
        ("UPDATE open_edits SET value = '['", OPEN),
    ],
)
def test_a_changed_answer_is_found_at_its_place(full: Path, statement: str, place: str) -> None:
    change(full, statement)
    found = damages(full)
    assert place in {damage.path for damage in found}
    assert {damage.report for damage in found} == {1}
    assert all(damage.sentence for damage in found)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports SET country = 'FR'",
        "UPDATE reports SET form_hash = 'other'",
        "UPDATE operations SET who = 'Ben' WHERE seq = 2",
        "UPDATE operations SET at = '2013-01-01' WHERE seq = 1",
        "UPDATE operations SET hash = zeroblob(32) WHERE seq = 3",
        "UPDATE operations SET report = 7 WHERE seq = 2",
        "UPDATE changes SET path = 'cover.authority' WHERE operation = 3",
        "UPDATE changes SET operation = 2 WHERE operation = 3",
        "UPDATE changes SET old = NULL, old_digest = NULL, old_salt = NULL WHERE operation = 3",
        "DELETE FROM changes WHERE operation = 4",
        "UPDATE rows SET answers = '['",
        "UPDATE sources SET content = x'00'",
    ],
)
def test_a_changed_history_is_found(full: Path, statement: str) -> None:
    change(full, statement)
    assert damages(full) != []


def test_a_step_missing_from_the_history_is_found(full: Path) -> None:
    change(full, "DELETE FROM changes WHERE operation = 3")
    change(full, "DELETE FROM operations WHERE seq = 3")
    assert "missing" in damages(full)[0].sentence


def test_steps_in_another_order_are_found(full: Path) -> None:
    change(full, "UPDATE operations SET seq = 99 WHERE seq = 3")
    assert damages(full) != []


def test_a_value_removed_for_good_leaves_a_valid_chain(full: Path) -> None:
    """What was entered by mistake goes, salt and all; digest and the steps around it stay."""
    with ReportFile.open(full, "write") as file:
        file.purge(file.reports()[0].id, [DESCRIPTION], "A name")
    assert damages(full) == []
    assert b"Two" not in full.read_bytes()
    change(full, "UPDATE changes SET new_digest = zeroblob(32) WHERE new_digest NOT NULL AND new IS NULL")
    assert damages(full) != []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE changes SET new = NULL, new_salt = NULL WHERE new = '\"Two\"'",
        "UPDATE changes SET old = NULL, old_salt = NULL WHERE operation = 3",
        "UPDATE changes SET new = NULL WHERE new = '\"Two\"'",
        "UPDATE changes SET old_salt = zeroblob(16) WHERE operation = 3",
        "UPDATE changes SET kept_before = 1 WHERE operation = 3",
    ],
)
def test_a_value_that_nobody_removed_is_missed(full: Path, statement: str) -> None:
    change(full, statement)
    assert DESCRIPTION in {damage.path for damage in damages(full)}


def test_a_removal_explains_only_what_came_before_it(full: Path, report: Report) -> None:
    with ReportFile.open(full, "write") as file:
        file.purge(report.id, [DESCRIPTION], "A name")
        report.apply(Change(DESCRIPTION, None, None))
        file.record(edit(report, DESCRIPTION, "Four"))
    assert damages(full) == []
    change(full, "UPDATE changes SET new = NULL, new_salt = NULL WHERE new = '\"Four\"'")
    assert [damage.path for damage in damages(full)] == [DESCRIPTION, f"T1.planned/{FIRST_ROW}"]


@pytest.mark.parametrize("column", ["who", "checksum", "content", "at"])
def test_a_changed_submission_is_found(full: Path, column: str) -> None:
    facts = (1, 1, 2, "2013-01-01", "Ana", "c" * 64, "{}")
    change(full, "INSERT INTO submissions VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *facts, submission_digest(*facts))
    assert damages(full) == []
    change(full, f"UPDATE submissions SET {column} = 'x'")
    assert [damage.sentence for damage in damages(full)] == [
        "Submission 1 of report 1 is no longer what was submitted."
    ]


@pytest.mark.parametrize("column", ["path", "decision", "words", "who", "at", "status"])
def test_a_changed_comment_is_found(full: Path, column: str) -> None:
    facts = ("c1", 1, DESCRIPTION, None, "clarify", "Which?", "Ben", "2013-01-01", "open")
    places = ", ".join("?" * 10)
    change(full, f"INSERT INTO comments VALUES ({places})", *facts, comment_digest(*facts))
    assert damages(full) == []
    change(full, f"UPDATE comments SET {column} = 'x'")
    (damage,) = damages(full)
    assert damage.sentence.startswith("A review comment on “")


@pytest.mark.parametrize("column", ["name", "media_type", "content", "sha256"])
def test_a_changed_attachment_is_found(full: Path, column: str) -> None:
    content = b"annex"
    facts = (1, hashlib.sha256(content).hexdigest(), "annex.txt", "text/plain", "2013-01-01")
    places = ", ".join("?" * 7)
    digest = attachment_digest(*facts)
    change(full, f"INSERT INTO attachments VALUES ({places})", *facts[:4], content, facts[4], digest)
    assert damages(full) == []
    change(full, f"UPDATE attachments SET {column} = {'x' if column == 'content' else ''}'00'")
    (damage,) = damages(full)
    assert damage.sentence.startswith("The attachment “")


def test_equal_values_have_unequal_digests(full: Path, report: Report) -> None:
    """So that a removed value cannot be found again by trying likely words."""
    with ReportFile.open(full, "write") as file:
        file.record(edit(report, DESCRIPTION, "Two"))
    connection = sqlite3.connect(full)
    digests = connection.execute("SELECT new_digest FROM changes WHERE new = '\"Two\"'").fetchall()
    connection.close()
    assert len(digests) == len(set(digests)) == 2


def test_a_removed_value_is_not_left_in_the_bytes(full: Path, report: Report) -> None:
    """secure_delete: what the person wrote over does not stay in free space of the file."""
    place = f"T1.planned/{FIRST_ROW}/law"
    with ReportFile.open(full, "write") as file:
        file.keep_open_edit(OpenEdit(report.id, place, {"url": "https://example.org/secret", "label": ""}))
        file.keep_open_edit(OpenEdit(report.id, place, {"url": "", "label": ""}))
    assert b"secret" not in full.read_bytes()


def content(path: Path) -> list[object]:
    """All that a person could see of the file, now and in its history."""
    with ReportFile.open(path, "read") as file:
        found: list[object] = [file.reports(), file.open_edits()]
        for report in file.reports():
            found += [
                file.load(report.number, small_form()),
                file.operations(report.id),
                file.moments(report.id),
                file.versions(report.id, DESCRIPTION),
                file.sources(report.id),
                file.kept_documents(report.id),
            ]
        return found


@pytest.fixture
def eventful(tmp_path: Path) -> Path:
    """The real file of this format, in which all has happened that a file can keep; with an attachment."""
    path = tmp_path / "eventful.adesk"
    path.write_bytes((ROOT / "tests" / "data" / "files" / f"format-{FORMAT}.adesk").read_bytes())
    facts = (1, hashlib.sha256(b"annex" * 2000).hexdigest(), "annex.txt", "text/plain")
    columns = (*facts, b"annex" * 2000, "2013-01-01", attachment_digest(*facts, "2013-01-01"))
    change(path, f"INSERT INTO attachments VALUES ({', '.join('?' * 7)})", *columns)
    return path


def is_noticed(damaged: bytearray, path: Path, sound: list[object]) -> bool:
    """Whether opening or verifying tells; False for damage that changed nothing a person could see."""
    path.write_bytes(damaged)
    try:
        if damages(path):
            return True
        now = content(path)
    except DeskError:
        return True
    assert now == sound
    return False


@pytest.mark.parametrize("seed", range(4))
def test_every_flipped_bit_that_changes_an_answer_is_noticed(
    eventful: Path, tmp_path: Path, seed: int
) -> None:
    """Single bits, most of them where the answers and their history stand."""
    whole, sound = eventful.read_bytes(), content(eventful)
    chance = random.Random(seed)
    used = [offset for offset, byte in enumerate(whole) if byte]
    noticed = 0
    for _round in range(60):
        damaged = bytearray(whole)
        damaged[chance.choice(used)] ^= 1 << chance.randrange(8)
        noticed += is_noticed(damaged, tmp_path / "flipped.adesk", sound)
    assert noticed > 20


def test_a_path_that_is_no_text_any_more_is_noticed(eventful: Path, tmp_path: Path) -> None:
    """One bit before it makes bytes of a text; in an index, SQLite's quick check does not see that."""
    whole, sound = eventful.read_bytes(), content(eventful)
    places = [found.start() for found in re.finditer(b"cover.authority", whole)]
    assert len(places) > 5
    noticed = 0
    for offset in (place - distance for place in places for distance in range(1, 9)):
        damaged = bytearray(whole)
        damaged[offset] ^= 1
        noticed += is_noticed(damaged, tmp_path / "flipped.adesk", sound)
    assert noticed > len(places)
