from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.formdef.kept_forms import KeptForms
from desktop_app.formdef.library import FormLibrary
from desktop_app.ui.form_keeping import FormKeeping
from tests.support.toml_forms import FORMS

FOLDER = FORMS / "ga-commitments" / "2013.1"


def library_keeping_in(path: Path) -> FormLibrary:
    library = FormLibrary([FORMS], KeptForms(path))
    library.form("ga-commitments")
    return library


def test_the_form_of_an_opened_report_is_kept_soon(qtbot: QtBot, tmp_path: Path) -> None:
    kept, library = tmp_path / "forms.json", library_keeping_in(tmp_path / "forms.json")
    keeping = FormKeeping(lambda: library)
    keeping.keep_soon()
    assert not kept.exists()
    qtbot.waitUntil(kept.exists)
    keeping.finish()
    found = KeptForms(kept).find(FOLDER)
    assert found is not None
    assert found.form == library.form("ga-commitments")


def test_it_is_kept_at_the_latest_when_the_window_closes(qtbot: QtBot, tmp_path: Path) -> None:
    kept, library = tmp_path / "forms.json", library_keeping_in(tmp_path / "forms.json")
    keeping = FormKeeping(lambda: library)
    keeping.finish()
    assert not kept.exists()
    keeping.keep_soon()
    keeping.finish()
    assert KeptForms(kept).find(FOLDER) is not None


def test_what_cannot_be_written_is_noted_without_the_name_of_a_folder(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_bytes(b"")
    library = library_keeping_in(tmp_path / "file" / "forms.json")
    keeping = FormKeeping(lambda: library)
    with caplog.at_level(logging.INFO):
        keeping.keep_soon()
        qtbot.waitUntil(lambda: "was not kept" in caplog.text)
    keeping.finish()
    assert str(tmp_path) not in caplog.text
