from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.formdef.library import FormLibrary, UnknownFormError, natural_order
from desktop_app.formdef.mistakes import FormError
from desktop_app.formdef.model import Level
from desktop_app.runtime.errors import DeskError
from tests.support.report_files import unprivileged_folder

FORM = """
[form]
id = "{id}"
version = "{version}"
languages = ["en"]
labels_verified = {verified}
cycles = ["2013"]
respondents = "countries"
[choices.countries]
codes = ["AL"]
[[section]]
code = "A"
"""

TEXT = '[form]\ntitle = "Title of {id}"\n[section.A]\ntitle = "A"\n[choice.countries]\nAL = "Albania"\n'


def put(
    folder: Path, form_id: str, version: str, *, more: str = "", text: str = TEXT, verified: bool = True
) -> Path:
    place = folder / form_id / version
    place.mkdir(parents=True)
    form = FORM.format(id=form_id, version=version, verified=str(verified).lower())
    (place / "form.toml").write_text(form + more, encoding="utf-8")
    (place / "text.en.toml").write_text(text.replace("{id}", form_id), encoding="utf-8")
    return place


def test_the_forms_of_several_folders_in_order(tmp_path: Path) -> None:
    put(tmp_path / "ours", "b", "2013.10")
    put(tmp_path / "ours", "b", "2013.9")
    put(tmp_path / "theirs", "a", "1", verified=False, text=TEXT.replace("]\n[", ']\nshort = "Short"\n[', 0))
    library = FormLibrary([tmp_path / "ours", tmp_path / "missing", tmp_path / "theirs"])
    assert [(entry.id, entry.version) for entry in library.entries()] == [
        ("a", "1"),
        ("b", "2013.9"),
        ("b", "2013.10"),
    ]
    first = library.entries()[0]
    assert (first.title, first.short, first.labels_verified) == ("Title of a", "Title of a", False)
    assert first.folder == tmp_path / "theirs" / "a" / "1"
    assert library.broken() == []


def test_a_short_title(tmp_path: Path) -> None:
    put(tmp_path, "a", "1", text=TEXT.replace("[section.A]", 'short = "Short"\n[section.A]'))
    assert FormLibrary([tmp_path]).entries()[0].short == "Short"


def test_a_form_by_id_and_version(tmp_path: Path) -> None:
    for version in ("2013.9", "2013.10", "2012.11"):
        put(tmp_path, "a", version)
    library = FormLibrary([tmp_path])
    assert library.form("a", "2013.9").version == "2013.9"
    assert library.form("a").version == "2013.10", "the newest"
    assert library.form("a") is library.form("a", "2013.10"), "read once"


def test_an_unknown_form_is_told_with_the_forms_there_are(tmp_path: Path) -> None:
    put(tmp_path, "commitments", "1")
    put(tmp_path, "survey", "2")
    library = FormLibrary([tmp_path])
    with pytest.raises(UnknownFormError) as raised:
        library.form("comitments")
    assert isinstance(raised.value, DeskError)
    assert raised.value.sentence == (
        "There is no form “comitments”. There is: commitments (1), survey (2). Do you mean “commitments”?"
    )
    with pytest.raises(UnknownFormError) as raised:
        library.form("survey", "3")
    assert raised.value.sentence == "There is no version “3” of the form “survey”. There is: 2."


def test_no_form_at_all(tmp_path: Path) -> None:
    library = FormLibrary([tmp_path])
    assert library.entries() == []
    with pytest.raises(UnknownFormError, match="and no other form either"):
        library.form("a")


def test_a_broken_form_does_not_hide_the_others(tmp_path: Path) -> None:
    good = put(tmp_path, "good", "1")
    syntax = put(tmp_path, "syntax", "1")
    (syntax / "form.toml").write_text("[form\n", encoding="utf-8")
    silent = put(tmp_path, "silent", "1")
    (silent / "text.en.toml").unlink()
    deep = put(tmp_path, "deep", "1", more='lists = ["planned"]\n')
    library = FormLibrary([tmp_path])

    assert [entry.id for entry in library.entries()] == ["deep", "good"]
    assert library.form("good").folder == good
    with pytest.raises(FormError, match="There is no list “planned”"):
        library.form("deep")

    broken = dict(library.broken())
    assert list(broken) == [deep, silent, syntax]
    assert [mistake.key for mistake in broken[deep]] == ["section[0].lists"]
    assert "is missing" in broken[silent][0].sentence
    assert "Line 1" in broken[syntax][0].sentence


def test_the_first_folder_counts_where_two_hold_the_same_version(tmp_path: Path) -> None:
    shipped = put(tmp_path / "shipped", "a", "1")
    other = put(tmp_path / "other", "a", "1")
    library = FormLibrary([tmp_path / "shipped", tmp_path / "other"])
    assert library.form("a").folder == shipped
    ((folder, mistakes),) = library.broken()
    assert folder == other
    assert mistakes[0].level is Level.WARNING
    assert str(shipped) in mistakes[0].sentence


def test_the_form_counts_as_what_it_says_it_is(tmp_path: Path) -> None:
    place = put(tmp_path, "a", "1")
    place.rename(tmp_path / "a" / "copy of 1")
    assert [(entry.id, entry.version) for entry in FormLibrary([tmp_path]).entries()] == [("a", "1")]


def test_other_files_in_a_forms_folder_do_not_matter(tmp_path: Path) -> None:
    put(tmp_path, "a", "1")
    (tmp_path / "README.md").write_text("Forms", encoding="utf-8")
    (tmp_path / "empty" / "1").mkdir(parents=True)
    library = FormLibrary([tmp_path])
    assert [entry.id for entry in library.entries()] == ["a"]
    assert library.broken() == []


def test_versions_in_their_natural_order() -> None:
    versions = ["2013.10", "2013.9", "2013", "2012.99", "2013.9.1", "2013.9a", "draft", "10", "9"]
    assert sorted(versions, key=natural_order) == [
        "draft",
        "9",
        "10",
        "2012.99",
        "2013",
        "2013.9",
        "2013.9.1",
        "2013.9a",
        "2013.10",
    ]


def test_a_folder_that_may_not_be_read_is_named_and_the_others_are_used() -> None:
    with unprivileged_folder() as folder:
        put(folder / "open", "alpha", "1.0")
        shut = folder / "shut"
        (shut / "forms").mkdir(parents=True)
        shut.chmod(0)
        library = FormLibrary([shut / "forms", folder / "open"])
        assert [entry.id for entry in library.entries()] == ["alpha"]
        ((named, (mistake,)),) = library.broken()
    assert named == shut / "forms"
    assert "cannot be read: Permission denied" in mistake.sentence


@pytest.mark.parametrize("closed", [".", "alpha", "alpha/1.0"])
def test_a_form_behind_a_closed_door_is_told_on_every_level(closed: str, tmp_path: Path) -> None:
    put(tmp_path, "gamma", "1.0")
    # What reading needs is loaded before the privileges go.
    assert FormLibrary([tmp_path]).form("gamma").id == "gamma"
    with unprivileged_folder() as folder:
        put(folder / "forms", "alpha", "1.0")
        put(folder / "open", "beta", "1.0")
        shut = folder / "forms" / closed
        shut.chmod(0)
        library = FormLibrary([folder / "forms", folder / "open", folder / "none"])
        found = library.unreadable()
        entries, named = library.entries(), [place for place, _mistakes in library.broken()]
        shut.chmod(0o700)
    assert found == [(shut, "Permission denied")]
    assert named == [shut]
    assert [entry.id for entry in entries] == ["beta"]


def test_what_is_hidden_is_no_form(tmp_path: Path) -> None:
    put(tmp_path, "alpha", "1.0")
    (tmp_path / "alpha").rename(tmp_path / ".alpha")
    library = FormLibrary([tmp_path])
    assert (library.entries(), library.unreadable(), library.broken()) == ([], [], [])
