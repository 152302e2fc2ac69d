"""The commands about attached files: ``attach`` and ``attachments``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.services.demo import fresh_example
from desktop_app.services.reports import read_report

Run = Callable[..., tuple[int, str, str]]
LIST = "T1.planned"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return fresh_example(tmp_path)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.7 the plan")
    return path


def parsed(out: str) -> Any:
    return json.loads(out)


def test_files_are_attached_listed_and_saved(run: Run, report: Path, plan: Path, tmp_path: Path) -> None:
    law = tmp_path / "law.docx"
    law.write_bytes(b"PK\x03\x04vbaProject.bin")
    code, out, _err = run("attach", report, f"{LIST}/2", plan, law, "--who", "Ana")
    assert code == 0
    assert out.splitlines() == [
        "Attached to Target 1, planned action 2: plan.pdf (17 bytes)",
        "Attached to Target 1, planned action 2: law.docx (18 bytes)",
    ]
    code, out, _err = run("attach", report, "cover.authority", plan, "--json")
    assert (code, parsed(out)["path"]) == (0, "cover.authority")
    code, out, _err = run("attachments", report)
    assert code == 0
    assert out.splitlines() == [
        "Cover, Authority or ministry: plan.pdf  (PDF document, 17 bytes)",
        "Target 1, planned action 2: law.docx  (Word document, 18 bytes, has macros, may do harm)",
        "Target 1, planned action 2: plan.pdf  (PDF document, 17 bytes)",
        "3 attached files",
    ]
    code, out, _err = run("attachments", report, "--save", tmp_path / "saved", "--json")
    assert code == 0
    assert sorted(path.name for path in (tmp_path / "saved").iterdir()) == ["law.docx", "plan.pdf"]
    listed = parsed(out)
    row = read_report(report).lists[LIST].rows[1].id
    assert [each["path"] for each in listed] == ["cover.authority", f"{LIST}/{row}", f"{LIST}/{row}"]
    assert Path(listed[0]["saved"]).read_bytes() == plan.read_bytes()
    assert {each["here"] for each in listed} == {True}


def test_the_same_file_again_is_said(run: Run, report: Path, plan: Path) -> None:
    run("attach", report, "cover.authority", plan)
    code, out, _err = run("attach", report, "cover.authority", plan)
    assert (code, out) == (0, "Already attached to Cover, Authority or ministry: plan.pdf (17 bytes)\n")


@pytest.mark.parametrize(
    ("place", "file", "sentence"),
    [
        ("T9.planned", "plan.pdf", "The form has no place called “T9.planned”"),
        (f"{LIST}/99", "plan.pdf", f"The form has no place called “{LIST}/99”"),
        ("cover.authority", "gone.pdf", "“gone.pdf” is not there any more"),
        ("cover.authority", ".", "is a folder"),
    ],
)
def test_what_cannot_be_attached_changes_nothing(
    run: Run, report: Path, plan: Path, place: str, file: str, sentence: str
) -> None:
    before = report.read_bytes()
    code, _out, err = run("attach", report, place, plan.parent / file)
    assert code == 2
    assert sentence in err
    assert report.read_bytes() == before


def test_a_frozen_report_takes_none(run: Run, report: Path, plan: Path) -> None:
    assert run("status", report, "--ready")[0] == 0
    code, _out, err = run("attach", report, "cover.authority", plan)
    assert code == 2
    assert err


def without_content(run: Run, report: Path, plan: Path, place: str) -> Path:
    """A report file that has the name of the attached file alone: its answers came without a package."""
    run("attach", report, place, plan)
    _code, out, _err = run("show", report, "--json")
    data = plan.parent / "data.json"
    data.write_text(out, encoding="utf-8")
    other = plan.parent / "other.adesk"
    code, out, _err = run("import", other, data)
    assert code == 0
    assert "The content of the attached file “plan.pdf” did not come along" in out
    return other


def test_content_that_is_missing_is_said_and_is_a_no(run: Run, report: Path, plan: Path) -> None:
    other = without_content(run, report, plan, "cover.authority")
    code, out, _err = run("attachments", other, "--save", plan.parent / "saved")
    assert code == 1
    assert "its content is not in this report file" in out
    assert list((plan.parent / "saved").iterdir()) == []


def test_a_folder_that_cannot_be_made(run: Run, report: Path, plan: Path) -> None:
    run("attach", report, "cover.authority", plan)
    code, _out, err = run("attachments", report, "--save", plan / "inside")
    assert code == 2
    assert "plan.pdf" in err


def test_a_report_tells_its_files(run: Run, report: Path, plan: Path) -> None:
    run("attach", report, "cover.authority", plan)
    run("attach", report, f"{LIST}/1", plan)
    run("attach", report, LIST, plan)
    _code, out, _err = run("show", report)
    assert out.count("Attached: plan.pdf (17 bytes)") == 3


def test_a_report_is_not_submitted_while_the_content_of_a_file_is_missing(
    run: Run, report: Path, plan: Path
) -> None:
    other = without_content(run, report, plan, f"{LIST}/2")
    before = other.read_bytes()
    line = (
        "Error: Target 1, planned action 2: The content of the attached file “plan.pdf” is not in this report"
        " file, so it would be missing from the package. Attach the file again, or take it off."
    )
    code, out, _err = run("check", other)
    assert code == 1
    assert out.splitlines()[0] == line
    code, out, _err = run("submit", other, "--to", plan.parent / "out")
    assert (code, out.splitlines()[0], out.splitlines()[-1]) == (1, line, "Nothing was submitted.")
    assert other.read_bytes() == before
    code, out, _err = run("attach", other, f"{LIST}/2", plan)
    assert (code, out) == (0, "Attached to Target 1, planned action 2: plan.pdf (17 bytes)\n")
    assert run("check", other)[0] == 0
    assert run("submit", other, "--to", plan.parent / "out")[0] == 0
    assert run("attachments", other)[0] == 0
