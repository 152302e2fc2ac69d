"""DOC-1 every kind of document is made of the report as it stands, and the report file stays as it is
DOC-2 a document gets a name that says what it is, and never takes the place of another one by itself
DOC-3 what makes no sense is refused in a sentence
DOC-4 a submitted report says which submission it is
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from desktop_app.exchange.documents.plan import Written
from desktop_app.report.changes import OperationKind
from desktop_app.report.report import Report
from desktop_app.report.submissions import SubmissionRecord
from desktop_app.runtime.files import AlreadyThereError, CannotWriteError
from desktop_app.services.demo import fresh_example
from desktop_app.services.documents import (
    DocumentNotMadeError,
    Kind,
    document_plan,
    file_stem,
    keep_document,
    make_document,
    save_document,
)
from desktop_app.services.reports import keep_report
from desktop_app.storage.protection import Key
from tests.support.pdf_files import opened, shown_words
from tests.support.workbooks import example, planned_action, report_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return fresh_example(tmp_path)


# DOC-1


def test_each_kind_is_made(file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    folder = tmp_path / "documents"
    saved = {kind: save_document(file, kind, to=folder) for kind in Kind}
    contents = {kind: each.paths[0].read_bytes() for kind, each in saved.items()}
    assert all(contents[kind].startswith(b"%PDF-1.7") for kind in (Kind.PDF, Kind.BLANK, Kind.SIGN_OFF))
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(contents[Kind.DOCX])).namelist()
    assert contents[Kind.HTML].startswith(b"<!DOCTYPE html>")
    assert saved[Kind.SIGN_OFF].pages == 1
    assert saved[Kind.PDF].pages == len(opened(contents[Kind.PDF]).pages)
    assert file.read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        path.name for each in saved.values() for path in each.paths
    )


def test_a_short_document_leaves_out_what_is_not_answered() -> None:
    report = report_of("ga-commitments", *planned_action(1, description="One action"))
    full = make_document(report, Kind.HTML).files[0][1].decode()
    short = make_document(report, Kind.HTML, short=True).files[0][1].decode()
    assert "One action" in full
    assert "One action" in short
    assert len(short) < len(full)


def test_a_public_copy_leaves_out_what_is_confidential() -> None:
    report = report_of("ga-commitments", *planned_action(1, description="Only for us"))
    row = report.lists["T1.planned"].rows[0]
    row.confidential.add("")
    assert "Only for us" in make_document(report, Kind.HTML).files[0][1].decode()
    assert "Only for us" not in make_document(report, Kind.HTML, public=True).files[0][1].decode()


def test_a_document_of_a_protected_report_says_that_it_is_not_protected(tmp_path: Path) -> None:
    path, key = tmp_path / "protected.adesk", Key.new("only for this test")
    keep_report(path, example(), OperationKind.CREATE, key=key)
    saved = save_document(path, Kind.HTML, key=key)
    assert "has no passphrase" in saved.notices[0]


# DOC-2


def test_names_say_what_a_document_is() -> None:
    report = example()
    base = file_stem(report, Kind.PDF)
    assert base.endswith("-draft")
    assert file_stem(report, Kind.PDF, short=True) == f"{base}-short"
    assert file_stem(report, Kind.PDF, public=True) == f"{base}-public"
    assert file_stem(report, Kind.SIGN_OFF) == f"{base}-sign-off"
    ready = example()
    ready.status = "ready"
    assert file_stem(ready, Kind.SIGN_OFF) == f"{base.removesuffix('-draft')}-sign-off"
    assert file_stem(report, Kind.BLANK) == f"{base.removesuffix('-draft')}-blank"


@pytest.mark.parametrize(
    ("status", "stage"),
    [("ready", "ready"), ("approved", "approved"), ("submitted", "submitted"), ("../later", "fixed")],
)
def test_what_is_no_draft_any_more_is_not_called_one(status: str, stage: str) -> None:
    report = example()
    base = file_stem(report, Kind.PDF).removesuffix("-draft")
    report.status = status
    assert file_stem(report, Kind.DOCX) == f"{base}-{stage}"
    assert file_stem(report, Kind.PDF, short=True, public=True) == f"{base}-{stage}-public-short"
    assert file_stem(report, Kind.SIGN_OFF) == f"{base}-sign-off"
    assert file_stem(report, Kind.BLANK) == f"{base}-blank"


def test_the_same_document_twice_is_no_mistake_and_another_one_is(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "mine.html"
    target.parent.mkdir()
    assert save_document(file, Kind.HTML, to=target).paths == (target,)
    assert save_document(file, Kind.HTML, to=target).already_there
    target.write_text("mine")
    with pytest.raises(AlreadyThereError, match="different"):
        save_document(file, Kind.HTML, to=target)
    assert target.read_text() == "mine"
    save_document(file, Kind.HTML, to=target, replace=True)
    assert target.read_bytes().startswith(b"<!DOCTYPE html>")


def test_the_ending_of_another_kind_makes_no_folder(file: Path, tmp_path: Path) -> None:
    for kind, name in ((Kind.PDF, "mine.docx"), (Kind.DOCX, "mine.PDF"), (Kind.HTML, "mine.pdf")):
        with pytest.raises(DocumentNotMadeError, match=f"cannot be called “{name}”"):
            save_document(file, kind, to=tmp_path / name)
        assert not (tmp_path / name).exists()


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(CannotWriteError, match="is a file"):
        keep_document(tmp_path / "taken", {"a.pdf": b"1"})
    assert (tmp_path / "taken").read_text() == "mine"


# DOC-3


@pytest.mark.parametrize(
    ("kind", "public", "words"),
    [
        (Kind.BLANK, False, "short version"),
        (Kind.SIGN_OFF, False, "short version"),
        (Kind.BLANK, True, "no public copy"),
        (Kind.SIGN_OFF, True, "not signed"),
    ],
)
def test_what_makes_no_sense_is_refused(kind: Kind, public: bool, words: str) -> None:
    with pytest.raises(DocumentNotMadeError, match=words):
        make_document(example(), kind, short=not public, public=public)


# DOC-4


def submitted(report: Report) -> Report:
    report.status = "submitted"
    for number, before in ((1, None), (2, 1)):
        record = SubmissionRecord(number, f"2014-03-0{number}T10:00:00Z", "Ana", f"{number}" * 64, before)
        report.submissions[str(number)] = record
    return report


def test_a_submitted_report_says_so() -> None:
    plan = document_plan(submitted(example()), Kind.SIGN_OFF)
    facts = {fact.label: fact.answer for fact in plan.facts}
    said = facts["Submission"]
    assert isinstance(said, Written)
    assert said.text.plain_text() == "2"
    assert plan.sign_off.remarks == ()
    assert file_stem(submitted(example()), Kind.PDF).endswith("-s2")
    made = make_document(submitted(example()), Kind.SIGN_OFF)
    assert "Submission2" in shown_words(opened(made.files[0][1]))
