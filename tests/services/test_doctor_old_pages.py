"""The doctor where pages of a file are older ones, sound in themselves: a disk that left out some writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop_app.report.changes import Change, OpenEdit, Operation, OperationKind
from desktop_app.report.drafts import CommentDraft
from desktop_app.report.journal import Document, SubmittedContent
from desktop_app.report.report import Report
from desktop_app.report.submissions import SubmissionRecord, write_submission
from desktop_app.services.doctor import examine, salvage
from desktop_app.storage.hand_overs import Item, KeptAttachment, KeptSubmission
from desktop_app.storage.rebuilding import Salvaged
from desktop_app.storage.records import SourceDocument
from desktop_app.storage.report_file import ReportFile
from tests.services.test_doctor import NAMELESS, PAGE, change, damaged_copy, facts_of, named
from tests.support.report_files import edit, make_file
from tests.support.small_form import FIRST_ROW, empty_report, filled_report, small_form

ROW = f"T1.planned/{FIRST_ROW}"
DESCRIPTION = f"T1.planned/{FIRST_ROW}/description"
TYPED = "cover.authority"
LOG = (
    "operations",
    "sqlite_autoindex_operations_1",
    "changes",
    "changes_of_operation",
    "changes_of_path",
)
TREES = (
    *LOG,
    *(name for table in ("answers", "rows", "attachments", "submissions", "comments", "open_edits")
      for name in (table, f"sqlite_autoindex_{table}_1")),
    "sources",
    "reports",
)  # fmt: skip
BESIDE = ("sources", "attachments", "submissions", "comments")


@dataclass(frozen=True)
class Days:
    """A small file on two days: every tree of it is one page, so that a page is a whole state of a tree."""

    before: bytes
    after: bytes
    path: Path

    def root_of(self, tree: str) -> int:
        """Where the page of a table or an index begins."""
        connection = sqlite3.connect(self.path)
        statement = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (root,) = connection.execute(statement, (tree,)).fetchone()
        connection.close()
        return (int(root) - 1) * PAGE

    def with_old(self, trees: Iterable[str]) -> bytes:
        """The later file, with the pages of these trees as they were before."""
        content = bytearray(self.after)
        for at in map(self.root_of, trees):
            content[at : at + PAGE] = self.before[at : at + PAGE]
        return bytes(content)


def a_day(report: Report, number: int) -> list[Item]:
    """What is done on one day: edits, a row, a submission, an attached file, a draft."""
    row = f"T2.planned/new-{number}"
    added = Change(row, None, {"position": 4096 * number})
    report.apply(added)
    sent = SubmissionRecord(number, f"2013-05-0{number}T08:00:00Z", "Ana", f"sum-{number}")
    submitting = Change(f"submission/{number}", None, write_submission(sent))
    document = Document("a.pdf", "application/pdf", f"%PDF {number}".encode())
    sha256 = SourceDocument("", "", document.content).sha256
    attached = {"path": TYPED, "name": "a.pdf", "sha256": sha256, "size": len(document.content)}
    attaching = Change(f"attached/{number}", None, attached)
    return [
        Operation(report.id, OperationKind.ADD, (added,), "Ana"),
        edit(report, f"{row}/description", f"Row of day {number}"),
        edit(report, DESCRIPTION, f"Words of day {number}"),
        edit(report, f"{DESCRIPTION}#confidential", True if number == 1 else None),
        KeptAttachment(report.id, sha256, document),
        Operation(report.id, OperationKind.EDIT, (attaching,), "Ana"),
        KeptSubmission(
            Operation(report.id, OperationKind.EDIT, (submitting,), "Ana"),
            SubmittedContent(number, f"sum-{number}", "{}"),
        ),
        CommentDraft(report.id, f"draft-{number}", TYPED, f"Draft of day {number}", "Ana", "2013"),
    ]


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    path = tmp_path_factory.mktemp("days") / "albania.adesk"
    report = empty_report()
    for place, value in ((TYPED, "Ministry"), (ROW, {"position": 1024}), (DESCRIPTION, "Words")):
        report.apply(Change(place, None, value))
    source = SourceDocument("albania.md", "text/markdown", b"# Country report")
    with ReportFile.create(path, fill=lambda file: file.add_report(report, source=source)) as file:
        file.keep(a_day(report, 1))
        file.keep_open_edit(OpenEdit(report.id, TYPED, "Half a min", "Ana"))
    before = path.read_bytes()
    with ReportFile.open(path, "write") as file:
        file.keep(a_day(report, 2))
        file.keep([edit(report, TYPED, "Ministry of day 2"), edit(report, "#status", "ready")])
    return Days(before, path.read_bytes(), path)


def beside(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """What a file keeps beside its answers, but for the step a submission was made in."""
    connection = sqlite3.connect(path)
    found = {table: set(connection.execute(f"SELECT * FROM {table}")) for table in BESIDE}
    found["submissions"] = set(connection.execute("SELECT report, number, at, who, content FROM submissions"))
    connection.close()
    return found


def assert_honest(saved: Salvaged, path: Path) -> None:
    """What the new file says and does not name is what the file at ``path`` says; nothing else is gone."""
    assert examine(saved.target).is_sound
    was, now, places = facts_of(path), facts_of(saved.target), named(saved)
    places |= {
        f"submission/{number}" for number in (1, 2) if f"submission {number} of" in " ".join(saved.lost)
    }
    # A mark is named by its field.
    places |= {f"{place.rpartition('/')[0]}#marks" for place in places if place.endswith("#confidential")}
    wrong = {place for place in was.keys() | now.keys() if was.get(place) != now.get(place)}
    assert wrong <= places or any(line.startswith(NAMELESS) for line in saved.lost), wrong - places
    for table, lines in beside(saved.target).items():
        assert lines <= beside(path)[table], "something is kept that is not the last"
        words = {"submissions": ("ubmission",), "comments": ("comment",)}.get(table, ("ocument", "ttachment"))
        is_told = any(word in line for word in words for line in saved.lost)
        assert lines == beside(path)[table] or is_told, f"{table}: something is missing and not named"
    with ReportFile.open(saved.target, "read") as file, ReportFile.open(path, "read") as original:
        (summary,) = file.reports()
        file.load(summary.number, small_form())
        kept = {step.id: step for step in file.operations(summary.id)}
        known = {step.id: step for step in original.operations(summary.id)}
    assert all(known[id] == step for id, step in kept.items() if id in known)


def test_each_tree_is_one_page(days: Days) -> None:
    """What the tests below rely on."""
    for content in (days.before, days.after):
        assert {content[days.root_of(tree)] for tree in TREES} == {0x0A, 0x0D}


@pytest.mark.parametrize("tree", TREES)
def test_an_old_page_passes_for_nothing_that_it_is_not(days: Days, tmp_path: Path, tree: str) -> None:
    saved = salvage(damaged_copy(tmp_path, days.with_old([tree])), tmp_path / "new.adesk")
    assert_honest(saved, days.path)


@pytest.mark.parametrize(
    "trees",
    [
        LOG,
        LOG[:4],
        LOG[:3],
        ("operations", "changes"),
        ("changes", "changes_of_path", "changes_of_operation"),
        ("changes", "rows", "sqlite_autoindex_rows_1"),
        ("changes", "answers", "sqlite_autoindex_answers_1"),
        (*LOG, "answers", "sqlite_autoindex_answers_1"),
        (*LOG, "reports"),
        ("submissions", "sqlite_autoindex_submissions_1"),
        ("open_edits", "sqlite_autoindex_open_edits_1"),
        ("open_edits", "sqlite_autoindex_open_edits_1", "operations", "answers"),
        ("comments", "changes"),
        ("attachments", "sqlite_autoindex_attachments_1", "operations"),
    ],
)
def test_old_pages_that_fit_together(days: Days, tmp_path: Path, trees: tuple[str, ...]) -> None:
    """Not every tree that changed on a day was written."""
    saved = salvage(damaged_copy(tmp_path, days.with_old(trees)), tmp_path / "new.adesk")
    assert_honest(saved, days.path)


def test_a_log_that_ends_a_day_early_is_not_the_last_word(days: Days, tmp_path: Path) -> None:
    """Each link of it holds; that there was more stands in the tables alone, and stays."""
    saved = salvage(damaged_copy(tmp_path, days.with_old(LOG)), tmp_path / "new.adesk")
    was, now = facts_of(days.path), facts_of(saved.target)
    # In doubt what was confidential stays so.
    mark = f"{ROW}#marks"
    assert {place for place in was.keys() | now.keys() if was.get(place) != now.get(place)} == {mark}
    assert f"{DESCRIPTION}#confidential" in named(saved)
    assert {DESCRIPTION, TYPED, "T2.planned/new-2"} <= named(saved)
    assert any(line.startswith(NAMELESS) for line in saved.lost)


def test_text_that_was_being_typed_once_does_not_come_back(days: Days, tmp_path: Path) -> None:
    trees = ("open_edits", "sqlite_autoindex_open_edits_1")
    saved = salvage(damaged_copy(tmp_path, days.with_old(trees)), tmp_path / "new.adesk")
    assert facts_of(saved.target)[TYPED] == '"Ministry of day 2"'
    assert not [line for line in saved.saved if "being typed" in line]


def test_text_that_was_being_typed_is_named_where_its_end_may_be_lost(days: Days, tmp_path: Path) -> None:
    trees = (*LOG, "open_edits", "sqlite_autoindex_open_edits_1", "answers", "sqlite_autoindex_answers_1")
    saved = salvage(damaged_copy(tmp_path, days.with_old(trees)), tmp_path / "new.adesk")
    assert facts_of(saved.target)[TYPED] == '"Half a min"'
    assert TYPED in named(saved)


def test_a_draft_of_a_comment_that_was_recorded_does_not_come_back(tmp_path: Path) -> None:
    report = filled_report()
    path = make_file(tmp_path / "albania.adesk", report)
    with ReportFile.open(path, "write") as file:
        file.keep([CommentDraft(report.id, "one", TYPED, "Draft", "Ana", "2013")])
        connection = sqlite3.connect(path)
        (line,) = connection.execute("SELECT * FROM comments").fetchall()
        recorded = Change("comment/one", None, {"words": "Recorded"})
        file.record(Operation(report.id, OperationKind.EDIT, (recorded,), "Ana"))
        file.close()
        with connection:
            connection.execute(f"INSERT INTO comments VALUES ({', '.join('?' for column in line)})", line)
        connection.close()
    saved = salvage(path, tmp_path / "new.adesk")
    assert beside(saved.target)["comments"] == set()


def test_the_form_is_the_one_the_report_was_last_taken_over_to(tmp_path: Path) -> None:
    report = filled_report()
    path = make_file(tmp_path / "albania.adesk", report)
    before = path.read_bytes()
    form = replace(small_form("2.0"), hash="1" * 64)
    was, now = ({"version": each.version, "hash": each.hash} for each in (report.form, form))
    with ReportFile.open(path, "write") as file:
        changes = (Change("#form", was, now),)
        file.upgrade(Operation(report.id, OperationKind.EDIT, changes, "Ana"), form)
    days = Days(before, path.read_bytes(), path)
    saved = salvage(damaged_copy(tmp_path, days.with_old(["reports"])), tmp_path / "new.adesk")
    assert saved.lost == []
    connection = sqlite3.connect(saved.target)
    assert connection.execute("SELECT form_version, form_hash FROM reports").fetchall() == [("2.0", "1" * 64)]
    connection.close()
    # Where the step itself is damaged too, nobody knows.
    path = damaged_copy(tmp_path, days.with_old(["reports"]))
    change(path, "UPDATE changes SET new = replace(new, '2.0', '2.1') WHERE path = '#form'")
    saved = salvage(path, tmp_path / "other.adesk")
    assert "#form" in named(saved) or any("#form" in line for line in saved.lost)


def test_what_was_removed_for_good_does_not_come_back(tmp_path: Path) -> None:
    report = filled_report()
    path = make_file(tmp_path / "albania.adesk", report)
    with ReportFile.open(path, "write") as file:
        file.record(edit(report, DESCRIPTION, "The name of a child"))
        columns = "seq, old, old_salt, new, new_salt"
        connection = sqlite3.connect(path)
        lines = connection.execute(f"SELECT {columns} FROM changes WHERE path = ?", (DESCRIPTION,)).fetchall()
        file.purge(report.id, [DESCRIPTION], "A name", "Ana")
    with connection:
        for seq, *values in lines:
            statement = "UPDATE changes SET old = ?, old_salt = ?, new = ?, new_salt = ? WHERE seq = ?"
            connection.execute(statement, (*values, seq))
    connection.close()
    saved = salvage(path, tmp_path / "new.adesk")
    assert b"The name of a child" not in saved.target.read_bytes()
    assert examine(saved.target).is_sound


# What a report that lost its name leaves behind


def test_steps_of_a_report_that_lost_its_name_are_no_other_ones(tmp_path: Path) -> None:
    one, other = filled_report(), empty_report()
    path = tmp_path / "damaged" / "albania.adesk"
    path.parent.mkdir()
    with ReportFile.create(path, fill=lambda file: (file.add_report(one), file.add_report(other))) as file:
        file.record(edit(one, TYPED, "Of the first"))
        file.record(edit(other, TYPED, "Of the second"))
    was = facts_of(path)
    change(path, "UPDATE reports SET country = 'XX' WHERE number = 2")
    saved = salvage(path, tmp_path / "new.adesk")
    assert facts_of(saved.target) == was
    assert saved.lost[0].startswith("Report 2 no longer says of which country and form it is")


def test_an_empty_report_that_lost_its_name_takes_nothing_along(tmp_path: Path) -> None:
    one, other = filled_report(), empty_report()
    path = tmp_path / "damaged" / "albania.adesk"
    path.parent.mkdir()
    with ReportFile.create(path, fill=lambda file: (file.add_report(one), file.add_report(other))) as file:
        file.record(edit(one, "#status", "ready"))
        file.record(edit(other, "#language", "fr"))
        was = facts_of(path)
    change(path, "DELETE FROM reports WHERE number = 2")
    saved = salvage(path, tmp_path / "new.adesk")
    now = facts_of(saved.target)
    assert {place for place in was if now.get(place) != was[place]} == set()


# What SQLite reads without a word, and what it does not read at all


@pytest.mark.parametrize("table", BESIDE)
def test_a_line_that_is_none_is_told(days: Days, tmp_path: Path, table: str) -> None:
    """The first cell of the page points into its empty middle: there SQLite reads a line of nothing."""
    content, at = bytearray(days.after), days.root_of(table)
    content[at + 8 : at + 10] = (2000).to_bytes(2)
    saved = salvage(damaged_copy(tmp_path, bytes(content)), tmp_path / "new.adesk")
    assert_honest(saved, days.path)


@pytest.mark.parametrize(
    "table", ["changes", "operations", "rows", "answers", "attachments", "submissions", "comments"]
)
def test_a_page_that_counts_a_line_less(days: Days, tmp_path: Path, table: str) -> None:
    content, at = bytearray(days.after), days.root_of(table)
    content[at + 3 : at + 5] = (int.from_bytes(content[at + 3 : at + 5]) - 1).to_bytes(2)
    saved = salvage(damaged_copy(tmp_path, bytes(content)), tmp_path / "new.adesk")
    assert_honest(saved, days.path)


def test_a_list_of_tables_that_is_no_text_stops_nothing(days: Days, tmp_path: Path) -> None:
    """SQLite's own words for it are no text either."""
    assert days.after.count(b"CREATE VIEW") > 0
    at = days.after.rindex(b"CREATE VIEW") + len(b"CREATE VIEW") + 2
    content = bytearray(days.after)
    content[at] |= 0x80
    path = damaged_copy(tmp_path, bytes(content))
    assert not examine(path).is_sound
    assert_honest(salvage(path, tmp_path / "new.adesk"), days.path)
