"""The command line as people script it: output, exit codes, and that bad input changes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.storage.report_file import ReportFile

ALBANIA = Path(__file__).parent / "data" / "albania-2013.md"


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def albania(tmp_path: Path, run: Run) -> Path:
    """A report file with the Albanian report."""
    path = tmp_path / "albania.adesk"
    assert run("import", path, ALBANIA)[0] == 0
    return path


def as_json(run: Run, *arguments: object) -> Any:
    code, out, _err = run(*arguments, "--json")
    assert code == 0, out
    return json.loads(out)


def snapshot(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` with the checksum of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# What works


def test_version_is_answered_before_anything_is_loaded() -> None:
    asked = [sys.executable, "-X", "importtime", "-m", "desktop_app", "--version"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert told.stdout.startswith("alliance-desk ")
    assert "argparse" not in told.stderr


@pytest.mark.parametrize("page", ["cp437", "cp1252", "ascii"])
def test_words_in_any_script_come_through_a_pipe_of_any_code_page(tmp_path: Path, page: str) -> None:
    missing = tmp_path / "Отчёт 報告 “ç”.adesk"
    asked = subprocess.run(
        [sys.executable, "-m", "desktop_app", "show", str(missing), "--json"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": page},
        check=False,
    )
    assert asked.returncode == 2
    assert missing.name in asked.stderr.decode("utf-8")
    assert missing.name in json.loads(asked.stdout.decode("utf-8"))["error"]


def test_import_recognises_form_and_country(run: Run, tmp_path: Path) -> None:
    told = as_json(run, "import", tmp_path / "a.adesk", ALBANIA)
    assert (told["form"], told["country"], told["report"], told["rows"]) == ("ga-commitments", "AL", 1, 28)


def test_show_json_has_the_public_shape(run: Run, albania: Path) -> None:
    shown = as_json(run, "show", albania)
    assert shown["form"]["id"] == "ga-commitments"
    assert shown["form"]["version"] == "2013.1"
    assert (shown["country"], shown["cycle"], shown["status"]) == ("AL", "2013", "draft")
    assert shown["answers"]["T1.goals"] == ["T1.G1"]
    assert shown["lists"]["T4.undertaken"] == {"state": "no_action_taken", "rows": []}
    first = shown["lists"]["T1.planned"]["rows"][0]
    read = {"text": "Till December 2013", "edtf": "../2013-12", "confirmed": False}
    assert first["values"]["timeframe"] == read


def test_show_prints_every_action(run: Run, albania: Path) -> None:
    code, out, _err = run("show", albania)
    assert code == 0
    assert "Vepra të turpshme in the Albanian original." in out
    assert "Till December 2013 (by 31 Dec 2013)" in out
    assert "No action taken." in out


def test_check_says_where_and_ends_with_0_without_errors(run: Run, albania: Path) -> None:
    code, out, _err = run("check", albania)
    assert code == 0
    assert "Target 1, planned action 5, Timeframe" in out


def test_check_ends_with_1_when_there_are_errors(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.adesk"
    assert run("new", path, "--form", "ga-commitments", "--country", "NO")[0] == 0
    code, out, _err = run("check", path, "--json")
    assert code == 1
    assert json.loads(out)["errors"] == 8  # two blank lists in each of four targets


def test_new_adds_a_further_cycle_to_the_file(run: Run, albania: Path) -> None:
    told = as_json(run, "new", albania, "--form", "ga-commitments", "--country", "AL", "--cycle", "2014")
    assert told["report"] == 2
    assert as_json(run, "show", albania)["cycle"] == "2014"
    assert as_json(run, "show", albania, "--report", 1)["cycle"] == "2013"


def test_reading_commands_leave_the_file_as_it_was(run: Run, albania: Path) -> None:
    before = snapshot(albania.parent)
    for command in ("show", "check"):
        assert run(command, albania)[0] == 0
    assert snapshot(albania.parent) == before


def test_commands_read_a_file_that_is_open_for_writing(run: Run, albania: Path) -> None:
    with ReportFile.open(albania, "write", who="Somebody"):
        assert run("show", albania)[0] == 0
        assert run("check", albania)[0] == 0


def test_forms_list_and_check(run: Run) -> None:
    ids = {entry["id"] for entry in as_json(run, "forms", "list")}
    assert {"ga-commitments", "mnr"} <= ids
    folder = Path(__file__).parents[1] / "forms" / "ga-commitments" / "2013.1"
    assert run("forms", "check", folder)[0] == 0


# Bad input: one sentence, the designed exit code, nothing changed


def refused(run: Run, folder: Path, *arguments: object) -> str:
    """The sentence a command ends with; the exit code is 2 and no file was touched."""
    before = snapshot(folder)
    code, _out, err = run(*arguments)
    assert code == 2
    assert snapshot(folder) == before
    lines = err.strip().splitlines()
    assert len(lines) == 1, err
    return lines[0]


def test_no_report_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "letter.adesk"
    path.write_text("Dear colleague,\n" * 200, encoding="utf-8")
    assert "is not a report file" in refused(run, tmp_path, "show", path)


def test_empty_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.adesk"
    path.touch()
    assert "is not a report file" in refused(run, tmp_path, "show", path)


def test_missing_file(run: Run, tmp_path: Path) -> None:
    assert "There is no file" in refused(run, tmp_path, "show", tmp_path / "gone.adesk")


def test_truncated_file(run: Run, albania: Path) -> None:
    whole = albania.read_bytes()
    albania.write_bytes(whole[: len(whole) // 2])
    assert "damaged" in refused(run, albania.parent, "show", albania)


def test_file_open_for_writing_elsewhere(run: Run, albania: Path) -> None:
    with ReportFile.open(albania, "write", who="Ana"):
        sentence = refused(run, albania.parent, "import", albania, ALBANIA, "--country", "NO")
    assert "already open" in sentence
    assert "Ana" in sentence


def test_unknown_form(run: Run, tmp_path: Path) -> None:
    sentence = refused(run, tmp_path, "new", tmp_path / "x.adesk", "--form", "nothing", "--country", "AL")
    assert "ga-commitments" in sentence


def test_unknown_country(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "x.adesk"
    assert "QQ" in refused(run, tmp_path, "new", target, "--form", "ga-commitments", "--country", "QQ")
    assert "QQ" in refused(run, tmp_path, "import", target, ALBANIA, "--country", "QQ")


def test_document_that_is_no_report(run: Run, tmp_path: Path) -> None:
    document = tmp_path / "recipe.txt"
    document.write_text("Take two eggs and a cup of flour.\n", encoding="utf-8")
    assert "recipe.txt" in refused(run, tmp_path, "import", tmp_path / "x.adesk", document)


def test_empty_document(run: Run, tmp_path: Path) -> None:
    document = tmp_path / "empty.md"
    document.touch()
    assert "is empty" in refused(run, tmp_path, "import", tmp_path / "x.adesk", document)


def test_document_of_another_kind(run: Run, tmp_path: Path) -> None:
    document = tmp_path / "scan.pdf"
    document.write_bytes(b"%PDF-1.7")
    assert ".md" in refused(run, tmp_path, "import", tmp_path / "x.adesk", document)


def test_missing_document(run: Run, tmp_path: Path) -> None:
    arguments = ("import", tmp_path / "x.adesk", tmp_path / "gone.md")
    assert "There is no document" in refused(run, tmp_path, *arguments)


def test_folder_that_does_not_exist(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "x.adesk"
    assert "There is no folder" in refused(run, tmp_path, "import", target, ALBANIA)


def test_report_of_another_country_does_not_go_into_the_file(run: Run, albania: Path) -> None:
    arguments = ("new", albania, "--form", "ga-commitments", "--country", "NO")
    assert "holds the reports of AL" in refused(run, albania.parent, *arguments)


def test_same_report_twice(run: Run, albania: Path) -> None:
    told = refused(run, albania.parent, "import", albania, ALBANIA)
    assert (
        "already in “albania.adesk”, as report 1. To read and keep it, bring it in as a report file" in told
    )


def test_report_number_that_does_not_exist(run: Run, albania: Path) -> None:
    assert "There is no report 7" in refused(run, albania.parent, "show", albania, "--report", 7)


def test_failure_in_json(run: Run, tmp_path: Path) -> None:
    code, out, _err = run("show", tmp_path / "gone.adesk", "--json")
    assert code == 2
    assert "There is no file" in json.loads(out)["error"]


def test_broken_form_is_reported_mistake_by_mistake(run: Run, tmp_path: Path) -> None:
    (tmp_path / "form.toml").write_text('[form]\nid = "x y"\n', encoding="utf-8")
    code, out, _err = run("forms", "check", tmp_path)
    assert code == 1
    assert out.startswith("1. Error: form.toml, form.")
    assert "2. Error" in out


def test_reader_that_stops_reading(albania: Path) -> None:
    asked = f'"{sys.executable}" -m desktop_app show "{albania}" --json | head -c 10'
    told = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True)
    assert told.stderr == ""


def test_a_public_copy_leaves_out_what_is_confidential(albania: Path, tmp_path: Path, run: Run) -> None:
    told = as_json(run, "export", albania, "--public", "--to", tmp_path / "out")
    assert told["package"].endswith("-draft-public.zip")
    assert "Public copy. Nothing in the report is confidential, so nothing is left out." in told["notices"]


def test_a_report_file_whose_name_is_no_utf_8_says_so(run: Run, tmp_path: Path, albania: Path) -> None:
    renamed = albania.rename(tmp_path / "half \udcff.adesk")
    for command in ("show", "check", "export"):
        code, out, errors = run(command, renamed)
        assert (code, out) == (2, "")
        assert "half \\udcff.adesk” holds a character that is only half there. Rename the file" in errors
    missing = tmp_path / "new \udcff.adesk"
    assert run("import", missing, ALBANIA)[0] == 2
    assert run("new", missing, "--form", "ga-commitments", "--country", "AL")[0] == 2
    assert {each.name for each in tmp_path.iterdir()} == {renamed.name}
