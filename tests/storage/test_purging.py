"""Removing for good: the words are nowhere in the bytes of the file, and the file is sound."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.report.changes import Change, OpenEdit, Operation, OperationKind, UndoStacks, new_id
from desktop_app.report.report import Report, UnknownPlaceError
from desktop_app.report.text.model import Text
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.history import versions_of
from desktop_app.storage import purging
from desktop_app.storage.connection import connect
from desktop_app.storage.errors import NoSuchReportError
from desktop_app.storage.records import SourceDocument
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.worker import FileWorker
from tests.support.protected import key, make_protected_file
from tests.support.report_content import everything
from tests.support.report_files import edit, everything_in
from tests.support.small_form import FIRST_ROW, SECOND_ROW, filled_report, small_form

PATIENCE = 60.0
NAME = "Zoë Kowalczyk"
ROW = f"T1.planned/{FIRST_ROW}"
DESCRIPTION = f"{ROW}/description"
LONG = "She was questioned about it for a long time. " * 40


def traces(folder: Path) -> list[str]:
    """Files, journals too, whose bytes hold any part of the name."""
    return [
        name
        for name, content in everything_in(folder).items()
        if any(part.encode() in content for part in ("Zoë", "Zo\\u00eb", "Kowalczyk"))
    ]


@pytest.fixture
def crowded(tmp_path: Path, report: Report) -> Path:
    """A file in which the name was written in every way, among many rows that make pages move."""
    folder = tmp_path / "crowded"
    folder.mkdir()
    path = folder / "albania.adesk"
    chance = random.Random(2013)
    report.apply(Change("unplaced/2", None, {"text": f"By {NAME}", "near": ""}))
    report.apply(Change(DESCRIPTION, None, f"{NAME} as imported"))
    source = SourceDocument("albania.md", "text/markdown", f"# Written by {NAME}".encode() * 500)
    with ReportFile.create(path, fill=lambda file: file.add_report(report, source=source)) as file:
        for _number in range(150):
            row = f"T1.undertaken/{new_id()}"
            steps = [
                edit(report, row, {"position": chance.randrange(10**6)}, OperationKind.ADD),
                edit(report, f"{row}/description", "x" * chance.randrange(600)),
            ]
            if chance.random() < 0.3:
                words = f"{NAME}. {LONG[: chance.randrange(len(LONG))]}"
                steps.append(edit(report, DESCRIPTION, words))
                steps.append(edit(report, DESCRIPTION, f"{words} And {NAME} again."))
            file.keep(steps)
        file.record(edit(report, f"{ROW}/law", {"url": "https://example.org", "label": NAME}))
        file.keep_open_edit(OpenEdit(report.id, f"{ROW}/timeframe", {"text": NAME, "edtf": None}))
    assert traces(folder) == ["albania.adesk"]
    return path


EVERYWHERE = [ROW, "unplaced/2", "source/1"]


def test_the_words_are_nowhere_in_the_bytes(crowded: Path, report: Report) -> None:
    # The open edit belongs to someone who is still typing.
    with ReportFile.open(crowded, "read") as reader:
        assert len(reader.open_edits()) == 1
    with ReportFile.open(crowded, "write") as file:
        file.keep_open_edit(OpenEdit(report.id, f"{ROW}/timeframe", {"text": NAME, "edtf": None}))
        file.purge(report.id, EVERYWHERE, "A name", "Ana")
        assert file.open_edits() == []
        assert traces(crowded.parent) == []
        assert file.verify_chain() == []
    assert traces(crowded.parent) == []
    assert [path.name for path in crowded.parent.iterdir()] == [crowded.name]
    with ReportFile.open(crowded, "read") as file:
        assert file.verify_chain() == []
        loaded = file.load(1, small_form())
        binned = loaded.lists["T1.planned"].bin[FIRST_ROW]
        assert (binned.values, binned.states, binned.confidential) == ({}, {}, set())
        assert "2" not in loaded.unplaced
        (source,) = file.sources(report.id)
        assert (source.name, source.content, source.is_removed) == ("albania.md", b"", True)
        assert len(loaded.lists["T1.undertaken"].rows) == 150


def test_an_entry_session_removes_as_much(crowded: Path) -> None:
    worker = FileWorker(crowded)
    worker.opened.result(PATIENCE)
    report = worker.read(lambda file: file.load(1, small_form())).result(PATIENCE)
    session = EntrySession(report, worker, (), "Ana")
    session.type(DESCRIPTION, Text.plain(f"{NAME} is being typed"))
    session.remove_for_good(EVERYWHERE, "A name")
    assert worker.flush(PATIENCE)
    assert traces(crowded.parent) == []
    assert not session.can_undo
    assert worker.close(PATIENCE)
    assert traces(crowded.parent) == []
    with ReportFile.open(crowded, "read") as file:
        assert file.verify_chain() == []
        assert everything(file.load(1, small_form())) == everything(report)


def test_only_the_answer_that_was_named_is_removed(crowded: Path, report: Report) -> None:
    with ReportFile.open(crowded, "write") as file:
        before = file.load(1, small_form())
        file.purge(report.id, [DESCRIPTION], "A name")
        after = file.load(1, small_form())
        before.apply(Change(DESCRIPTION, None, None))
        assert everything(after) == everything(before)
        assert versions_of(file, report.id, f"{ROW}/law")[0].value["label"] == NAME
        assert {version.value for version in versions_of(file, report.id, DESCRIPTION)} == {None}
        assert file.sources(report.id)[0].content.startswith(b"# Written by")
        assert file.verify_chain() == []


def test_the_same_place_of_another_report_is_left_alone(crowded: Path, report: Report) -> None:
    other = filled_report()
    other.apply(Change(DESCRIPTION, None, "Words of another report"))
    with ReportFile.open(crowded, "write") as file:
        file.add_report(other, source=SourceDocument("other.md", "text/markdown", b"# Other"))
        file.purge(report.id, [*EVERYWHERE, "source/2"], "A name")
        assert versions_of(file, other.id, DESCRIPTION)[0].value == "Words of another report"
        assert everything(file.load(2, small_form())) == everything(other)
        assert [source.content for source in file.sources(other.id)] == [b"# Other"]
        assert file.verify_chain() == []


def test_what_came_after_a_removal_can_be_undone_and_what_came_before_cannot(
    path: Path, report: Report
) -> None:
    with ReportFile.open(path, "write") as file:
        file.record(edit(report, "cover.authority", NAME))
        file.purge(report.id, ["cover.authority"], "A name")
        report.apply(Change("cover.authority", None, None))
        file.record(edit(report, "cover.authority", "Police"))
        (step,) = UndoStacks.of_log(file.operations(report.id)).done
        assert (step.changes[0].old, step.changes[0].new) == (None, "Police")
        assert UndoStacks.of_log(file.operations(report.id, undoable=True)).done == [step]
        versions = versions_of(file, report.id, "cover.authority")
        assert [(version.value, version.is_purged) for version in versions] == [
            ("Police", False),
            (None, True),
            (None, True),
            (None, True),
        ]
        assert versions[1].moment.note == "A name"


def test_a_row_in_the_bin_can_be_removed(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.record(edit(report, ROW, None, OperationKind.REMOVE))
        file.purge(report.id, [ROW], "A name")
        assert file.load(1, small_form()).lists["T1.planned"].bin[FIRST_ROW].values == {}
        assert file.verify_chain() == []
    assert b"Vepra" not in path.read_bytes()


@pytest.mark.parametrize(
    "place",
    ["cover.date#state", "#status", "#note", "", f"{ROW}#confidential", "T1.planned/none"],
)
def test_what_is_no_answer_cannot_be_removed_for_good(path: Path, report: Report, place: str) -> None:
    with ReportFile.open(path, "write") as file:
        with pytest.raises(UnknownPlaceError):
            file.purge(report.id, [DESCRIPTION, place], "A name")
        with pytest.raises(NoSuchReportError):
            file.purge("other", [DESCRIPTION], "A name")
        assert len(file.operations(report.id)) == 1
        assert everything(file.load(1, small_form())) == everything(report)


def test_what_the_form_no_longer_has_a_place_for_goes_too(path: Path, report: Report) -> None:
    """A row in the bin keeps the answers to questions that only an earlier version of the form had."""
    gone = "T9.planned/00000000-0000-4000-8000-000000000009"
    with ReportFile.open(path, "write") as file:
        for place in (f"{ROW}/author", f"{gone}/author", "cover.author"):
            row = place.removesuffix("/author")
            changes = [Change(place, None, NAME), Change(row, {"position": 1024}, None)]
            if row == gone:
                changes.insert(0, Change(gone, None, {"position": 1024}))
            elif row != ROW:
                changes = [Change(place, None, NAME), Change(place, NAME, None)]
            file.record(Operation(report.id, OperationKind.EDIT, tuple(changes)))
    assert traces(path.parent) == [path.name]
    worker = FileWorker(path)
    loaded = worker.read(lambda file: file.load(1, small_form())).result(PATIENCE)
    session = EntrySession(loaded, worker, (), "Ana")
    session.remove_for_good([ROW, gone, "cover.author"], "A name")
    assert worker.close(PATIENCE)
    assert traces(path.parent) == []
    with ReportFile.open(path, "read") as file:
        assert file.verify_chain() == []
        assert everything(file.load(1, small_form())) == everything(loaded)


def test_removing_at_a_place_that_never_was_does_no_harm(path: Path, report: Report) -> None:
    worker = FileWorker(path)
    loaded = worker.read(lambda file: file.load(1, small_form())).result(PATIENCE)
    session = EntrySession(loaded, worker, (), "Ana")
    session.remove_for_good(["T1.planned/none/description", "cover.none", "T1.planned", "source/9"], "A name")
    assert worker.flush(PATIENCE)
    assert worker.durability.is_saved
    assert everything(loaded) == everything(report)
    with pytest.raises(UnknownPlaceError):
        session.remove_for_good(["T1.planned/none"], "A name")
    assert worker.close(PATIENCE)
    with ReportFile.open(path, "read") as file:
        assert file.verify_chain() == []
        assert everything(file.load(1, small_form())) == everything(report)


def test_removing_what_nobody_wrote_is_kept_in_the_log(path: Path, report: Report) -> None:
    """It says where someone looked, and that nothing is there."""
    with ReportFile.open(path, "write") as file:
        operation = file.purge(report.id, [f"T1.planned/{SECOND_ROW}/law"], "A name")
        assert file.operations(report.id)[-1] == operation
        assert file.verify_chain() == []


def test_remnants_are_wiped_when_the_file_is_next_opened(path: Path, report: Report) -> None:
    """As after a crash between a removal and the writing of the whole file."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("INSERT INTO meta VALUES ('x', ?)", (NAME * 100,))
        connection.commit()
        connection.execute("DELETE FROM meta WHERE key = 'x'")
        connection.execute("INSERT INTO meta VALUES ('remnants', '1')")
    connection.close()
    assert traces(path.parent) == [path.name]
    with ReportFile.open(path, "read") as file:
        assert file.has_remnants
    assert traces(path.parent) == [path.name]
    ReportFile.open(path, "write").close()
    assert traces(path.parent) == []
    with ReportFile.open(path, "read") as file:
        assert not file.has_remnants
        assert file.verify_chain() == []
        assert everything(file.load(1, small_form())) == everything(report)


def test_remnants_of_a_damaged_file_are_not_touched(path: Path) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("INSERT INTO meta VALUES ('remnants', '1')")
        connection.execute("UPDATE answers SET confidential = 0")
    connection.close()
    before = path.read_bytes()
    ReportFile.open(path, "write").close()
    assert path.read_bytes() == before


def test_wiping_that_does_not_work_is_tried_again_later(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.purge(report.id, [DESCRIPTION], "A name")
    connection, reader = connect(path, "rw"), sqlite3.connect(path)
    connection.execute("PRAGMA busy_timeout = 0")
    connection.execute("INSERT INTO meta VALUES ('remnants', '1')")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM meta").fetchone()
    try:
        purging.wipe_remnants(connection)
        assert purging.has_remnants(connection)
        reader.rollback()
        purging.wipe_remnants(connection)
        assert not purging.has_remnants(connection)
        for statement in ("ATTACH ':memory:' AS other", "CREATE TABLE t (a)"):
            with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
                connection.execute(statement)
    finally:
        reader.close()
        connection.close()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_was_done_before_a_removal(tmp_path: Path, seed: int) -> None:
    """Edits, undo and moves of many kinds, then a removal: no byte of the name, and a sound file."""
    chance = random.Random(seed)
    path, report = tmp_path / "albania.adesk", filled_report()
    with ReportFile.create(path, fill=lambda file: file.add_report(report)) as file:
        done: list[Operation] = []
        steps: list[Callable[[], Operation]] = [
            lambda: edit(report, DESCRIPTION, NAME * chance.randrange(1, 200)),
            lambda: edit(report, DESCRIPTION, LONG + NAME),
            lambda: edit(report, DESCRIPTION, None),
            lambda: edit(report, f"{ROW}/budget", chance.randrange(1000)),
            lambda: edit(report, ROW, {"position": chance.randrange(1, 5000)}, OperationKind.MOVE),
            lambda: edit(report, ROW, None, OperationKind.REMOVE),
            lambda: edit(report, "cover.authority", "y" * chance.randrange(1, 3000)),
        ]
        for _step in range(60):
            done.append(chance.choice(steps)())
            file.record(done[-1])
        file.purge(report.id, [DESCRIPTION], "A name")
        report.apply(Change(DESCRIPTION, None, None))
        file.record(edit(report, DESCRIPTION, LONG))
    assert traces(tmp_path) == []
    with ReportFile.open(path, "read") as file:
        assert file.verify_chain() == []
        assert everything(file.load(1, small_form())) == everything(report)


def test_a_protected_file_is_written_anew_as_well(tmp_path: Path, report: Report) -> None:
    """Its bytes tell nothing, so what remains of it is looked for in its pages as they are deciphered."""

    path = make_protected_file(tmp_path / "albania.adesk", report)
    with ReportFile.open(path, "write", key=key()) as file:
        for _time in range(20):
            file.record(edit(report, DESCRIPTION, f"{NAME} {LONG}"))
            file.record(edit(report, DESCRIPTION, LONG))
        size = path.stat().st_size
        file.purge(report.id, [DESCRIPTION], "A name")
        assert path.stat().st_size < size
        assert file.verify_chain() == []
    connection = connect(path, "rw", key())
    assert not purging.has_remnants(connection)
    assert connection.execute("PRAGMA freelist_count").fetchone() in [(0,), ("0",)]
    for table in ("changes", "rows", "open_edits"):
        assert NAME not in str(connection.execute(f"SELECT * FROM {table}").fetchall())
    connection.close()
