"""Bringing reports in: the document is kept, and what was asked for must fit what is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.report.plain import canonical_bytes, report_to_plain
from desktop_app.report.public_copy import public_copy
from desktop_app.runtime.errors import DeskError
from desktop_app.services.backups import BEFORE_IMPORT, FOLDER_VARIABLE, list_backups
from desktop_app.services.demo import example_report
from desktop_app.services.importing import WrongOverrideError, import_document
from desktop_app.services.reports import UnknownCountryError, read_report
from desktop_app.storage.report_file import ReportFile

ALBANIA = Path(__file__).parents[1] / "data" / "albania-2013.md"


@pytest.fixture
def data_json(tmp_path: Path) -> Path:
    """The example's answers as a file."""
    path = tmp_path / "data.json"
    path.write_bytes(canonical_bytes(report_to_plain(example_report())))
    return path


def test_the_document_is_kept_byte_by_byte(tmp_path: Path) -> None:
    imported = import_document(tmp_path / "a.adesk", ALBANIA)
    with ReportFile.open(imported.path, "read") as file:
        (source,) = file.sources(file.reports()[0].id)
    assert (source.name, source.content) == (ALBANIA.name, ALBANIA.read_bytes())


def test_ids_are_kept(tmp_path: Path, data_json: Path) -> None:
    imported = import_document(tmp_path / "a.adesk", data_json)
    assert report_to_plain(read_report(imported.path)) == report_to_plain(example_report())


def test_another_form_than_asked_for(tmp_path: Path, data_json: Path) -> None:
    with pytest.raises(WrongOverrideError, match="Leave out --form"):
        import_document(tmp_path / "a.adesk", data_json, form_id="mnr")
    assert not (tmp_path / "a.adesk").exists()


def test_another_country_than_asked_for(tmp_path: Path, data_json: Path) -> None:
    with pytest.raises(WrongOverrideError, match="Leave out --country"):
        import_document(tmp_path / "a.adesk", data_json, country="NO")


def test_a_report_of_a_country_the_form_does_not_know(tmp_path: Path, data_json: Path) -> None:
    plain = json.loads(data_json.read_bytes())
    data_json.write_text(json.dumps({**plain, "country": "QQ"}), encoding="utf-8")
    with pytest.raises(UnknownCountryError, match="QQ"):
        import_document(tmp_path / "a.adesk", data_json)


def test_a_form_changed_since_is_announced(tmp_path: Path, data_json: Path) -> None:
    plain = json.loads(data_json.read_bytes())
    plain["form"]["hash"] = "0" * 64
    data_json.write_text(json.dumps(plain), encoding="utf-8")
    (notice,) = import_document(tmp_path / "a.adesk", data_json).notices
    assert "The form was changed" in notice


def test_an_answer_without_a_place_in_the_form(tmp_path: Path, data_json: Path) -> None:
    plain = json.loads(data_json.read_bytes())
    plain["answers"]["T9.nothing"] = "words"
    data_json.write_text(json.dumps(plain), encoding="utf-8")
    imported = import_document(tmp_path / "a.adesk", data_json)
    assert imported.notices == (
        "1 text has no place in this version of the form. It is kept under “Unplaced text”.",
    )
    report = read_report(imported.path)
    assert report_to_plain(report)["answers"] == report_to_plain(example_report())["answers"]
    (kept,) = report.unplaced.values()
    assert kept.text == "<p><b>T9.nothing</b></p><p>words</p>"
    assert not report.is_displaced


def test_a_path_that_is_more_than_an_answers_is_refused(tmp_path: Path, data_json: Path) -> None:
    plain = json.loads(data_json.read_bytes())
    plain["answers"]["unplaced/x"] = {"text": "words"}
    data_json.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(DeskError, match="unplaced/x"):
        import_document(tmp_path / "a.adesk", data_json)
    assert not (tmp_path / "a.adesk").exists()


def test_a_file_that_is_added_to_is_backed_up_first(tmp_path: Path, data_json: Path) -> None:
    path = tmp_path / "a.adesk"
    assert import_document(path, ALBANIA).notices == import_document(tmp_path / "b.adesk", ALBANIA).notices
    assert list_backups(path) == []
    before = path.read_bytes()
    plain = json.loads(data_json.read_bytes())
    data_json.write_text(json.dumps({**plain, "country": "AL"}), encoding="utf-8")
    assert import_document(path, data_json).number == 2
    (backup,) = list_backups(path)
    assert (backup.why, backup.number_of_reports) == (BEFORE_IMPORT, 1)
    assert len(before) == backup.size


def test_an_import_goes_on_when_no_backup_can_be_made(
    tmp_path: Path, data_json: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.adesk"
    plain = json.loads(data_json.read_bytes())
    data_json.write_text(json.dumps({**plain, "country": "AL"}), encoding="utf-8")
    import_document(path, ALBANIA)
    (tmp_path / "blocked").write_text("")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "blocked"))
    imported = import_document(path, data_json)
    assert imported.number == 2
    assert imported.notices[-1].startswith("No backup of “a.adesk” was made.")


def test_that_it_is_a_public_copy_is_told(tmp_path: Path, data_json: Path) -> None:
    data_json.write_bytes(canonical_bytes(report_to_plain(public_copy(example_report()).report)))
    imported = import_document(tmp_path / "a.adesk", data_json)
    assert "It is a public copy" in " ".join(imported.notices)
    assert read_report(imported.path).left_out is None
