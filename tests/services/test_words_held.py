"""Where certain words are: so that none of the places is forgotten when they must be removed for good."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.report.changes import Change, Operation, OperationKind, noting
from desktop_app.report.report import Report
from desktop_app.services.history import Trace, places_with, traces_of
from desktop_app.services.words_held import words_of
from desktop_app.storage.records import SourceDocument, comment_digest, submission_digest
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import edit
from tests.support.small_form import BINNED_ROW, FIRST_ROW, SECOND_ROW, filled_report

NAME = "Jane Example"
ROW = f"T1.planned/{FIRST_ROW}"
OTHER = f"T1.planned/{SECOND_ROW}"
BINNED = f"T1.planned/{BINNED_ROW}"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Ask Jane Example.", "ask jane example."),
        ("<p>Ask</p><p>Jane <b>Ex</b>ample</p>", "ask jane example"),
        ("<ul><li>Jane</li><li>Example &amp; sons</li></ul>", "jane example & sons"),
        ('See <a href="https://example.org/jane">her page</a>', "see https://example.org/jane her page"),
        ("A fact<note>Jane <i>Example</i> said so.</note>", "a fact jane example said so."),
        ({"text": "Till  2013", "edtf": "../2013-12", "confirmed": True}, "till 2013 ../2013-12"),
        ({"url": "https://example.org", "label": "Jane"}, "https://example.org jane"),
        (["T1.G1", "T1.G2"], "t1.g1 t1.g2"),
        (12.5, ""),
        (None, ""),
    ],
)
def test_words_of_a_value(value: object, words: str) -> None:
    assert words_of(value) == words


@pytest.fixture
def report() -> Report:
    report = filled_report()
    report.apply(Change(f"{ROW}/description", None, "<p>Ask <b>Jane</b> Example</p><p>again</p>"))
    report.apply(Change("unplaced/2", None, {"text": "by jane  example", "near": ""}))
    report.apply(Change(f"{ROW}/law", None, {"url": "https://example.org", "label": "JANE EXAMPLE"}))
    return report


@pytest.fixture
def file(tmp_path: Path, report: Report) -> Iterator[ReportFile]:
    path = tmp_path / "albania.adesk"
    source = SourceDocument("albania.md", "text/markdown", b"# Report\n\nBy **Jane\nExample**")
    with ReportFile.create(path, fill=lambda file: file.add_report(report, source=source)) as file:
        file.record(edit(report, "cover.authority", f"{NAME} and others"))
        file.record(edit(report, "cover.authority", "Others"))
        file.record(edit(report, BINNED, {"position": 9}, OperationKind.ADD))
        file.record(edit(report, f"{BINNED}/description", NAME))
        file.record(edit(report, BINNED, None, OperationKind.REMOVE))
        yield file


def test_places_with_the_words_now(file: ReportFile, report: Report) -> None:
    assert set(places_with(report, "jane example")) == {
        f"{ROW}/description",
        f"{ROW}/law",
        "unplaced/2",
        f"{BINNED}/description",
    }
    assert places_with(report, "Jane Other") == []
    assert places_with(report, "  ") == []


def test_traces_are_also_in_the_past_and_in_documents(file: ReportFile, report: Report) -> None:
    assert set(traces_of(file, report, NAME)) == {
        Trace("now", f"{ROW}/description"),
        Trace("now", f"{ROW}/law"),
        Trace("now", "unplaced/2"),
        Trace("bin", f"{BINNED}/description"),
        Trace("history", "cover.authority"),
        Trace("source", "source/1", "albania.md"),
    }
    assert traces_of(file, report, "Jane Other") == []
    assert traces_of(file, report, "") == []


def test_submissions_and_comments_are_told_but_kept(file: ReportFile, report: Report) -> None:
    file.close()
    submission = (1, 1, 1, "2013-06-01", "Ana", "c" * 64, '{"answers": {"x": "By Jane Example"}}')
    comment = (
        "c1",
        1,
        f"{OTHER}/description",
        None,
        "clarify",
        "Who is Jane Example?",
        "Ben",
        "2013",
        "open",
    )
    connection = sqlite3.connect(file.path)
    with connection:
        connection.execute(
            f"INSERT INTO submissions VALUES ({', '.join('?' * 8)})",
            (*submission, submission_digest(*submission)),
        )
        connection.execute(
            f"INSERT INTO comments VALUES ({', '.join('?' * 10)})", (*comment, comment_digest(*comment))
        )
    connection.close()
    with ReportFile.open(file.path, "read") as again:
        found = traces_of(again, report, NAME)
    assert Trace("submission", "", "1") in found
    assert Trace("comment", f"{OTHER}/description", "Ben") in found


def test_only_what_can_be_removed_is_called_history(file: ReportFile, report: Report) -> None:
    file.record(Operation(report.id, OperationKind.RESTORE_POINT, (noting(f"before {NAME} wrote"),)))
    assert Trace("note", "", f"before {NAME} wrote") in traces_of(file, report, NAME)
    assert traces_of(file, report, "before Jane") == [Trace("note", "", f"before {NAME} wrote")]
    assert traces_of(file, report, "draft") == []
    assert traces_of(file, report, "no_action_taken") == []


def test_a_document_that_is_no_text_may_hold_anything(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "albania.adesk"
    source = SourceDocument("albania.docx", "application/msword", b"PK\x03\x04\x00\x00compressed")
    with ReportFile.create(path, fill=lambda file: file.add_report(report, source=source)) as file:
        assert Trace("source", "source/1", "albania.docx") in traces_of(file, report, "Anybody")


def test_nothing_is_left_after_all_traces_are_removed(file: ReportFile, report: Report) -> None:
    file.purge(report.id, [trace.path for trace in traces_of(file, report, NAME)], "A name")
    for trace in places_with(report, NAME):
        report.apply(Change(trace, None, None))
    assert traces_of(file, report, NAME) == []
    file.close()
    assert b"Jane" not in file.path.read_bytes()
