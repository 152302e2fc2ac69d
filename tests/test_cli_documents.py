"""Documents on the command line: what is printed, exit codes, and that bad input makes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.services.demo import fresh_example

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return fresh_example(tmp_path)


def test_a_document_is_made_beside_the_report_file(run: Run, file: Path) -> None:
    code, out, _err = run("document", file, "sign-off")
    assert code == 0
    made = [path for path in file.parent.iterdir() if path.suffix == ".pdf"]
    assert out.splitlines() == [f"Document: {made[0]}", "1 page"]
    code, out, _err = run("document", file, "sign-off")
    assert code == 0
    assert out.startswith("The same document is already there")


def test_a_program_gets_json(run: Run, file: Path, tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    code, out, _err = run("document", file, "html", "--short", "--public", "--to", target, "--json")
    assert code == 0
    assert json.loads(out) == {
        "documents": [str(target)], "pages": None, "already_there": False, "notices": [],
    }  # fmt: skip
    assert target.read_bytes().startswith(b"<!DOCTYPE html>")


def test_what_cannot_be_done_is_said(run: Run, file: Path, tmp_path: Path) -> None:
    present = sorted(tmp_path.rglob("*"))
    code, out, err = run("document", file, "blank", "--short")
    assert (code, out) == (2, "")
    assert "short version" in err
    code, _out, err = run("document", file, "pdf", "--report", 7)
    assert code == 2
    assert "no report 7" in err
    code, _out, err = run("document", tmp_path / "missing.adesk", "pdf")
    assert code == 2
    assert "missing.adesk" in err
    assert sorted(tmp_path.rglob("*")) == present


def test_another_file_is_not_replaced(run: Run, file: Path, tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    target.write_text("mine")
    code, _out, err = run("document", file, "html", "--to", target)
    assert code == 2
    assert "already a different" in err
    assert target.read_text() == "mine"
    assert run("document", file, "html", "--to", target, "--replace")[0] == 0


def test_an_unknown_kind_is_refused(run: Run, file: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        run("document", file, "odt")
    assert ended.value.code == 2
