from __future__ import annotations

import logging
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from desktop_app.runtime import i18n
from desktop_app.runtime.i18n import _, ngettext, pgettext


def catalogue(folder: Path, language: str) -> Path:
    """A catalogue with a few messages, as the build makes it."""
    messages = Catalog(language)
    messages.add("Save", "Enregistrer")
    messages.add(("{count} row", "{count} rows"), ("{count} ligne", "{count} lignes"))
    messages.add("May", "mai", context="month alone")
    place = folder / language / "LC_MESSAGES" / f"{i18n.DOMAIN}.mo"
    place.parent.mkdir(parents=True)
    with place.open("wb") as file:
        write_mo(file, messages)
    return place


def test_messages_are_english_where_there_is_no_catalogue(tmp_path: Path) -> None:
    assert i18n.install("fr", tmp_path) == "en"
    assert i18n.language() == "en"
    assert _("Save") == "Save"
    assert ngettext("{count} row", "{count} rows", 1) == "{count} row"
    assert ngettext("{count} row", "{count} rows", 2) == "{count} rows"
    assert pgettext("month alone", "May") == "May"


def test_messages_are_looked_up_in_the_language_chosen_last(tmp_path: Path) -> None:
    catalogue(tmp_path, "fr")
    assert i18n.install("fr", tmp_path) == "fr"
    assert i18n.language() == "fr"
    assert (_("Save"), _("Unknown")) == ("Enregistrer", "Unknown")
    assert ngettext("{count} row", "{count} rows", 2) == "{count} lignes"
    assert (pgettext("month alone", "May"), _("May")) == ("mai", "May")
    assert i18n.install("sq", tmp_path) == "en"
    assert _("Save") == "Save"


def test_a_tag_finds_its_catalogue_and_comes_back_as_a_tag(tmp_path: Path) -> None:
    catalogue(tmp_path, "fr_CA")
    assert i18n.install("fr-CA", tmp_path) == "fr-CA"
    assert _("Save") == "Enregistrer"


def test_a_country_without_a_catalogue_gets_that_of_the_language(tmp_path: Path) -> None:
    catalogue(tmp_path, "fr")
    for wanted in ("fr_BE", "fr-BE", "fr_BE.UTF-8"):
        assert i18n.install(wanted, tmp_path) == "fr"
        assert _("Save") == "Enregistrer"


def test_without_a_wish_the_system_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue(tmp_path, "fr")
    monkeypatch.setenv("LANGUAGE", "fr")
    assert i18n.install(None, tmp_path) == "fr"
    monkeypatch.setenv("LANGUAGE", "de")
    assert i18n.install(None, tmp_path) == "en"


@pytest.mark.parametrize(
    "content", [b"", b"not a catalogue", b"\xde\x12\x04\x95", b"\xde\x12\x04\x95" + b"\xff" * 60]
)
def test_a_damaged_catalogue_leaves_the_program_english(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    catalogue(tmp_path, "fr").write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert i18n.install("fr", tmp_path) == "en"
    assert _("Save") == "Save"
    assert "damaged" in caplog.text
