"""Reading a report with its own version of the form, with another one, with an edited one, with none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.mistakes import FormError
from desktop_app.report.changes import Change, OpenEdit, Operation, OperationKind
from desktop_app.report.text import markup
from desktop_app.report.text.model import Text
from desktop_app.services.entry_session import ReadOnlyError
from desktop_app.services.form_upgrade import upgrade_file
from desktop_app.services.form_versions import (
    MissingFormError,
    ReportRead,
    find_form,
    load_report,
    newer_version,
    offered_version,
)
from desktop_app.services.open_report import open_report
from desktop_app.storage.report_file import ReportFile
from tests.support.form_versions import (
    BINNED_ROW,
    FILLING,
    FIRST,
    FIRST_ROW,
    SECOND_ROW,
    first_file,
    first_report,
    versioned_library,
)
from tests.support.report_content import everything
from tests.support.report_files import everything_in
from tests.support.toml_forms import write_form


@pytest.fixture
def library(tmp_path: Path) -> FormLibrary:
    return versioned_library(tmp_path, "1")


@pytest.fixture
def path(tmp_path: Path, library: FormLibrary) -> Path:
    """A closed file with a report of version 1."""
    place = tmp_path / "file"
    place.mkdir()
    return first_file(place / "albania.adesk", library)


def versions(tmp_path: Path, *present: str) -> FormLibrary:
    """The library as it is when only these versions are there."""
    shutil.rmtree(tmp_path / "forms", ignore_errors=True)
    return versioned_library(tmp_path, *present)


def read(path: Path, library: FormLibrary) -> ReportRead:
    with ReportFile.open(path, "read") as file:
        return load_report(file, file.reports()[0], library)


def test_a_report_opens_with_exactly_its_version_as_long_as_it_is_here(
    tmp_path: Path, path: Path, library: FormLibrary
) -> None:
    found = read(path, versions(tmp_path, "1", "2", "3"))
    assert found.report.form.version == "1"
    assert found.sentences == ()
    assert everything(found.report) == everything(first_report(library))


def test_with_another_version_it_can_be_read_and_the_file_stays_as_it_is(tmp_path: Path, path: Path) -> None:
    before = everything_in(path.parent)
    found = read(path, versions(tmp_path, "2"))
    report = found.report
    assert report.form.version == "2"
    assert report.is_displaced
    assert report.answers["cover.ministry"] == markup.read("Ministry of <b>Justice</b>")
    assert report.lists["B.planned"].rows[0].id == FIRST_ROW
    assert "made with version 1 of its form, which is not here" in found.read_only
    assert "6 texts have no place in this version" in found.notices[0]
    words = " ".join(markup.read(kept.text).plain_text() for kept in report.unplaced.values())
    for part in ("Nobody asks", "12.5", "second", "A law was passed", "In 2012", "Words of an old document"):
        assert part in words
    assert everything_in(path.parent) == before


def test_the_next_newer_version_is_taken_and_an_older_one_only_for_want_of_it(tmp_path: Path) -> None:
    assert find_form(versions(tmp_path, "2", "3"), "a", "tiny", "1", "").form.version == "2"
    assert find_form(versions(tmp_path, "1", "2"), "a", "tiny", "3", "").form.version == "2"


def test_what_an_edited_version_was_nobody_knows(library: FormLibrary) -> None:
    form = library.form("tiny", "1")
    assert find_form(library, "a", "tiny", "1", form.hash).lineage.origin is form
    assert find_form(library, "a", "tiny", "1", "0" * 64).lineage.origin is None


def test_a_version_with_mistakes_is_passed_over_when_there_is_another(tmp_path: Path, path: Path) -> None:
    library = versions(tmp_path, "1", "2")
    form = tmp_path / "forms" / "tiny" / "1" / "form.toml"
    form.write_text(form.read_text(encoding="utf-8") + "\n[[section]]\n", encoding="utf-8")
    assert read(path, library).report.form.version == "2"
    shutil.rmtree(tmp_path / "forms" / "tiny" / "2")
    with pytest.raises(FormError):
        read(path, FormLibrary([tmp_path / "forms"]))


def test_a_form_that_is_not_here_at_all_is_named_with_what_to_do(tmp_path: Path, path: Path) -> None:
    shutil.rmtree(tmp_path / "forms")
    with pytest.raises(MissingFormError) as error:
        read(path, FormLibrary([tmp_path / "forms"]))
    for part in ("albania.adesk", "“tiny”", "“1”", "put it into"):
        assert part in error.value.sentence
    with ReportFile.open(path, "read") as file:
        summary, content = file.content(1)
    assert (summary.form_id, content["cover.authority"]) == ("tiny", FILLING["cover.authority"])


def test_where_it_settles_the_forms_it_is_asked_for_the_one_that_is_missing(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = tmp_path / "policy.toml"
    settled.write_text("form_folders = []", encoding="utf-8")
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(settled))
    shutil.rmtree(tmp_path / "forms")
    with pytest.raises(MissingFormError, match="your IT department settles which forms can be used") as error:
        read(path, FormLibrary([tmp_path / "forms"]))
    assert "put it into" not in error.value.sentence


def test_an_edited_form_opens_with_a_notice_and_can_be_written_to_when_everything_fits(
    tmp_path: Path, path: Path
) -> None:
    edited = FIRST.replace('code = "begun"', 'code = "begun"\nrequired = "error"')
    write_form(tmp_path / "forms", edited)
    opened = open_report(path, FormLibrary([tmp_path / "forms"]))
    try:
        assert opened.read_only == ""
        assert "The form was changed since this report was written" in opened.notices[-1]
        assert opened.offered_version == "1"
        opened.session.set_value("cover.authority", Text.plain("Ministry of Education"))
    finally:
        opened.close()
    with ReportFile.open(path, "read") as file:
        assert file.verify_chain() == []


def test_an_edited_form_without_a_place_for_an_answer_can_be_read_only(tmp_path: Path, path: Path) -> None:
    write_form(tmp_path / "forms", FIRST.replace('code = "old_note"', 'code = "new_note"'))
    before = path.read_bytes()
    opened = open_report(path, FormLibrary([tmp_path / "forms"]))
    try:
        assert "Some answers of this report have no place in its form" in opened.read_only
        assert any("Nobody asks" in kept.text for kept in opened.session.report.unplaced.values())
        with pytest.raises(ReadOnlyError):
            opened.session.set_value("cover.authority", Text.plain("No"))
        with pytest.raises(ReadOnlyError):
            opened.session.dismiss_unplaced(next(iter(opened.session.report.unplaced)))
    finally:
        opened.close()
    assert path.read_bytes() == before


def test_one_answer_that_does_not_fit_makes_no_other_unreadable(path: Path, library: FormLibrary) -> None:
    with ReportFile.open(path, "write") as file:
        report = first_report(library)
        change = Change("cover.begun", report.plain("cover.begun"), ["no", "date"])
        file.record(Operation(report.id, OperationKind.EDIT, (change,)))
    found = read(path, library)
    assert found.report.answers["cover.authority"] == markup.read("Ministry of <b>Justice</b>")
    (kept,) = [kept for kept in found.report.unplaced.values() if kept.near == "cover.begun"]
    assert kept.text == "<p><b>cover, begun</b></p><p>no, date</p>"
    assert "no place in its form" in found.read_only


def test_text_being_typed_at_a_place_that_is_gone_is_kept(tmp_path: Path, path: Path) -> None:
    with ReportFile.open(path, "write") as file:
        report_id = file.reports()[0].id
        file.keep_open_edit(OpenEdit(report_id, "cover.old_note", "In the middle of a wo"))
    found = read(path, versions(tmp_path, "2"))
    assert any("In the middle of a wo" in kept.text for kept in found.report.unplaced.values())


def test_the_newest_version_is_offered(tmp_path: Path, path: Path) -> None:
    library = versions(tmp_path, "1", "2", "3")
    assert newer_version(library, "tiny", "1") == "3"
    assert newer_version(library, "tiny", "3") is None
    with ReportFile.open(path, "read") as file:
        (summary,) = file.reports()
    assert offered_version(library, summary, is_displaced=False) == "3"
    alone = versions(tmp_path, "1")
    assert offered_version(alone, summary, is_displaced=False) is None
    assert offered_version(alone, summary, is_displaced=True) == "1"


def test_a_newer_version_with_mistakes_is_not_offered(tmp_path: Path) -> None:
    library = versions(tmp_path, "1", "2", "3")
    tmp_path.joinpath("forms", "tiny", "3", "form.toml").write_text(
        '[form]\nid = "tiny"\nversion = "3"\nlanguages = ["en"]\ncycles = ["2013"]\nrespondents = "none"\n'
    )
    assert newer_version(FormLibrary([tmp_path / "forms"]), "tiny", "1") == "2"
    assert newer_version(library, "other", "1") is None


# What an earlier program wrote with an earlier version of the form: never made again.

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A copy of the real file."""
    return Path(shutil.copy(DATA / "form-version-1.adesk", tmp_path / "kept.adesk"))


def only(folder: Path, version: str) -> FormLibrary:
    """A library with one of the kept versions."""
    shutil.copytree(DATA / "forms" / "tiny" / version, folder / "some" / "tiny" / version)
    return FormLibrary([folder / "some"])


def test_a_real_file_of_an_old_version_opens_with_exactly_that(kept: Path) -> None:
    found = read(kept, FormLibrary([DATA / "forms"]))
    assert (found.report.form.version, found.sentences) == ("1", ())
    assert found.report.answers["cover.authority"] == Text.plain("Ministry of Justice – été")
    assert [row.id for row in found.report.lists["A.planned"].rows] == [FIRST_ROW, SECOND_ROW]
    assert list(found.report.lists["A.planned"].bin) == [BINNED_ROW]


def test_a_real_file_of_an_old_version_is_read_with_another_and_taken_over(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLIANCE_DESK_BACKUPS", str(tmp_path / "backups"))
    library = only(tmp_path, "2")
    found = read(kept, library)
    assert found.report.answers["cover.ministry"] == Text.plain("Ministry of Justice – été")
    assert "made with version 1" in found.read_only
    upgrade_file(kept, library)
    with ReportFile.open(kept, "read") as file:
        assert file.verify_chain() == []
    assert read(kept, library).sentences == ()
