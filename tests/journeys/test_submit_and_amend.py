"""From the draft to the second submission, on a real report and without a window.

A country fills in, clears, approves and submits; comments come back in the workbook and ask for a correction;
an amendment is opened, changed and submitted, and says what changed since.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app import cli
from desktop_app.report.text.model import Text
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.submitting import change_file
from tests.support.report_files import ROOT
from tests.support.reviewed_workbooks import COMMENT, DECISION, REVIEWER, reviewed, says

ALBANIA = Path(__file__).parents[1] / "data" / "albania-2013.md"
ROW = "T4.planned"
REASON = "The ministry speaks for the whole government."

Run = Callable[..., Any]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Carries out a command and gives its JSON; ``code`` is what it must end with."""
    monkeypatch.setenv("ALLIANCE_DESK_BACKUPS", str(tmp_path / "backups"))

    def run_command(*arguments: object, code: int = 0) -> Any:
        found = cli.main([*(str(argument) for argument in arguments), "--json"])
        printed = capsys.readouterr()
        assert found == code, printed.err
        return json.loads(printed.out)

    return run_command


def member(package: str, name: str) -> bytes:
    with zipfile.ZipFile(package) as found:
        return found.read(name)


def table(package: str, sheet: str, folder: Path) -> list[dict[str, Any]]:
    """The records of a flat sheet of the workbook in a package, by the names of its columns."""
    (folder / "looked.xlsx").write_bytes(member(package, "report.xlsx"))
    book = openpyxl.load_workbook(folder / "looked.xlsx")
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_from_the_draft_to_the_second_submission(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "albania.adesk", tmp_path / "out"
    run("import", path, ALBANIA)
    warnings = [each for each in run("check", path)["problems"] if each["level"] == "warning"]
    assert warnings
    problem = warnings[0]

    # Cleared, set back for one more word, approved: the checksum is known before it is submitted.
    assert run("status", path, "--ready", "--note", "For the minister")["status"] == "ready"
    assert run("status", path, "--draft")["status"] == "draft"
    accept = f"{problem['path']}:{problem['code']}={REASON}"
    first = run("submit", path, "--to", out, "--accept", accept, "--who", "Ana")
    assert first["submission"] == 1
    assert first["checksum"] == run("status", path)["submission_checksum"]
    assert json.loads(member(first["package"], "data.json"))["accepted"][0]["reason"] == REASON
    assert run("verify", first["package"], "--report", path)["intact"] is True

    # Comments come back: one asks for a correction. The report stays frozen until it is amended.
    report = run("show", path)
    row = report["lists"][ROW]["rows"][0]["id"]
    said = {DECISION: "correction", COMMENT: "The authority is missing.", REVIEWER: "L. Berg"}
    back = reviewed(
        member(first["package"], "report.xlsx"), tmp_path / "back.xlsx", says(f"{ROW}/{row}", said)
    )
    run("review", path, back, "--apply")
    state = run("status", path)
    assert state["status"] == "submitted"
    assert [each["words"] for each in state["corrections"]] == [said[COMMENT]]
    assert "amendment" in run("review", path, back, "--apply", "--rows", code=2)["error"]

    # The amendment: a word is changed, a row is added, and a draft says already what changed.
    assert run("status", path, "--amend", said[COMMENT])["status"] == "draft"

    def change(session: EntrySession) -> None:
        session.set_value(f"{ROW}/{row}/description", Text.plain("The police will train every prosecutor."))
        session.add_row(ROW, {"description": Text.plain("A hotline opens.")})

    change_file(path, None, change, who="Ana")
    draft = run("export", path, "--to", tmp_path / "drafts")
    assert Path(draft["package"]).name.endswith("-draft.zip")
    assert len(table(draft["package"], "Changes", tmp_path)) == 2

    second = run("submit", path, "--to", out, "--who", "Ana")
    changes = table(second["package"], "Changes", tmp_path)
    assert [(each["Change"], each["Words now"]) for each in changes] == [
        ("Changed", "The police will train every prosecutor."),
        ("Added", "A hotline opens."),
    ]
    manifest = json.loads(member(second["package"], "manifest.json"))
    assert manifest["submission"] == 2
    assert manifest["previous"] == {"submission": 1, "content": first["checksum"]}
    assert "Changes" not in openpyxl.load_workbook(back).sheetnames
    told = run("status", path)["submissions"]
    assert [(each["number"], each["amendment_of"]) for each in told] == [(1, None), (2, 1)]
    older = run("verify", first["package"], "--report", path, code=1)
    assert older["compared"]["standing"] == "older"


def test_the_same_bytes_under_another_clock_and_in_another_place(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "albania.adesk"
    run("import", path, ALBANIA)
    first = run("submit", path, "--to", tmp_path / "out")
    elsewhere = {**os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    arguments = ["export", str(path), "--to", str(tmp_path / "again"), "--json"]
    printed = subprocess.run(
        [sys.executable, "-m", "desktop_app", *arguments],
        cwd=ROOT,
        env=elsewhere,
        capture_output=True,
        text=True,
        check=True,
    )
    again = json.loads(printed.stdout)
    assert Path(again["package"]).read_bytes() == Path(first["package"]).read_bytes()
    assert run("status", path, "--take-back", "A page was missing")["status"] == "draft"
    run("status", path, "--ready")
    third = run("export", path, "--to", tmp_path / "third", "--submission", 1)
    assert Path(third["package"]).read_bytes() == Path(first["package"]).read_bytes()


def test_a_package_brought_into_a_new_file_goes_on_where_it_was(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "first.adesk", tmp_path / "second.adesk"
    run("import", first, ALBANIA)
    sent = run("submit", first, "--to", tmp_path / "out", "--who", "Ana")
    run("import", second, sent["package"])
    state = run("status", second)
    assert state["status"] == "submitted"
    assert state["submissions"] == run("status", first)["submissions"]
    assert run("verify", sent["package"], "--report", second)["compared"]["standing"] == "same"
    run("status", second, "--amend")
    again = run("submit", second, "--to", tmp_path / "out")
    manifest = json.loads(member(again["package"], "manifest.json"))
    assert again["submission"] == 2
    assert manifest["previous"] == {"submission": 1, "content": sent["checksum"]}
