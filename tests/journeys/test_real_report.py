"""The main job on a real report, without a window: document, file, package, and back into a new file."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app import cli

ALBANIA = Path(__file__).parents[1] / "data" / "albania-2013.md"

Run = Callable[..., Any]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Carries out a command that must succeed and gives its JSON."""

    def run_command(*arguments: object) -> Any:
        code = cli.main([*(str(argument) for argument in arguments), "--json"])
        printed = capsys.readouterr()
        assert code == 0, printed.err
        return json.loads(printed.out)

    return run_command


def test_document_to_package_and_back(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "first.adesk", tmp_path / "second.adesk"
    run("import", first, ALBANIA)
    exported = run("export", first, "--to", tmp_path / "out")
    run("import", second, exported["package"])
    assert run("show", second) == run("show", first)


def test_data_json_alone_comes_back_too(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "first.adesk", tmp_path / "second.adesk"
    run("import", first, ALBANIA)
    exported = run("export", first, "--to", tmp_path)
    with zipfile.ZipFile(exported["package"]) as package:
        (tmp_path / "data.json").write_bytes(package.read("data.json"))
    run("import", second, tmp_path / "data.json")
    assert run("show", second) == run("show", first)


def test_every_word_of_the_document_is_in_the_workbook(run: Run, tmp_path: Path) -> None:
    report_file = tmp_path / "first.adesk"
    run("import", report_file, ALBANIA)
    exported = run("export", report_file, "--to", tmp_path)
    with zipfile.ZipFile(exported["package"]) as package:
        package.extract("report.xlsx", tmp_path)
    book = openpyxl.load_workbook(tmp_path / "report.xlsx", read_only=True)
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    found = set(words(" ".join(str(cell) for cell in cells if cell is not None)))
    book.close()
    # Scars of the conversion that carry no word of the country.
    text = re.sub(r"<[^>]*>|&lt;/?sup>|&lt;|[*#]", " ", ALBANIA.read_text(encoding="utf-8"))
    missing = {word for word in words(text) if word not in found}
    assert missing <= {"1vepra", "2"} | {"nd", "2nd"}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def test_exporting_twice_is_one_package(run: Run, tmp_path: Path) -> None:
    report_file = tmp_path / "first.adesk"
    run("import", report_file, ALBANIA)
    first = run("export", report_file, "--to", tmp_path / "out")
    before = Path(first["package"]).read_bytes()
    again = run("export", report_file, "--to", tmp_path / "out")
    assert (first["already_there"], again["already_there"]) == (False, True)
    assert Path(again["package"]).read_bytes() == before


def test_exporting_changes_nothing_in_the_report_file(run: Run, tmp_path: Path) -> None:
    report_file = tmp_path / "first.adesk"
    run("import", report_file, ALBANIA)
    before = report_file.read_bytes()
    run("export", report_file, "--to", tmp_path / "out")
    assert report_file.read_bytes() == before


def test_a_changed_package_is_found_out(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report_file = tmp_path / "first.adesk"
    run("import", report_file, ALBANIA)
    package = Path(run("export", report_file, "--to", tmp_path)["package"])
    assert run("verify", package)["intact"] is True
    content = bytearray(package.read_bytes())
    content[content.index(b"Till December 2013")] ^= 1
    package.write_bytes(content)
    assert cli.main(["verify", str(package)]) == 1
    assert "data.json" in capsys.readouterr().out


def test_demo_says_where_and_can_be_repeated(run: Run, tmp_path: Path) -> None:
    first = run("demo", "--to", tmp_path)
    assert Path(first["report_file"]).is_file()
    assert Path(first["package"]).is_file()
    assert first["problems"]["error"] == 0
    assert run("demo", "--to", tmp_path) == first


def test_second_form_goes_the_whole_way(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "mnr.adesk", tmp_path / "back.adesk"
    run("new", first, "--form", "mnr", "--country", "AL")
    exported = run("export", first, "--to", tmp_path)
    run("import", second, exported["package"])
    assert run("show", second) == run("show", first)


def test_self_test_passes(run: Run) -> None:
    assert all(result["passed"] for result in run("self-test"))
