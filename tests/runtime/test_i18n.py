from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
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


def test_another_language_is_spoken_for_a_while(tmp_path: Path) -> None:
    catalogue(tmp_path, "fr")
    i18n.install("en", tmp_path)
    with i18n.speaking("fr-BE") as spoken:
        assert (spoken, i18n.language(), _("Save")) == ("fr", "fr", "Enregistrer")
        assert ngettext("{count} row", "{count} rows", 2) == "{count} lignes"
        with i18n.speaking("sq") as inner:
            assert (inner, _("Save")) == ("en", "Save")
        assert _("Save") == "Enregistrer"
    assert (i18n.language(), _("Save")) == ("en", "Save")


def test_english_is_spoken_where_there_is_no_catalogue_whatever_the_user_speaks(tmp_path: Path) -> None:
    catalogue(tmp_path, "fr")
    i18n.install("fr", tmp_path)
    with i18n.speaking("ar"):
        assert _("Save") == "Save"
    assert _("Save") == "Enregistrer"


def test_other_threads_go_on_in_the_language_of_the_user(tmp_path: Path) -> None:
    catalogue(tmp_path, "fr")
    i18n.install("fr", tmp_path)
    with i18n.speaking("en"), ThreadPoolExecutor(1) as elsewhere:
        assert elsewhere.submit(_, "Save").result() == "Enregistrer"
        assert _("Save") == "Save"


def test_the_language_comes_back_after_an_error(tmp_path: Path) -> None:
    catalogue(tmp_path, "fr")
    i18n.install("en", tmp_path)
    with pytest.raises(LookupError), i18n.speaking("fr"):
        raise LookupError
    assert _("Save") == "Save"
