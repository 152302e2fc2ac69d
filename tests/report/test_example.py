"""A form's example is a report like any other, and the commitments' one is the real report."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop_app.exchange.old_reports import read_source, recognise
from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.loader import read_form
from desktop_app.formdef.mistakes import FormError
from desktop_app.formdef.model import Form
from desktop_app.report.example import NoExampleError, has_example, read_example
from desktop_app.report.plain import ShapeError, report_to_plain
from desktop_app.report.report import Report, UnknownPlaceError, WrongValueError

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def library() -> FormLibrary:
    return FormLibrary([ROOT / "forms"])


@pytest.fixture
def own_form(tmp_path: Path) -> Form:
    """A copy of the commitments form, whose example a test may write."""
    folder = tmp_path / "ga-commitments" / "2013.1"
    shutil.copytree(ROOT / "forms" / "ga-commitments" / "2013.1", folder)
    return read_form(folder)


def with_example(form: Form, text: str) -> Form:
    assert form.folder is not None
    (form.folder / "example.toml").write_text(text, encoding="utf-8")
    return form


def without_ids(report: Report) -> dict[str, Any]:
    plain = report_to_plain(report)
    del plain["id"]
    for each in plain["lists"].values():
        for row in each["rows"]:
            del row["id"]
    return plain


def test_the_example_is_what_importing_the_real_report_gives(library: FormLibrary) -> None:
    source = ROOT / "tests" / "data" / "albania-2013.md"
    imported = recognise(read_source(source.name, source.read_bytes()), library).report
    assert without_ids(read_example(imported.form)) == without_ids(imported)


def test_ids_are_fixed_and_differ(library: FormLibrary) -> None:
    form = library.form("ga-commitments")
    reports = [read_example(form), read_example(form)]
    ids = [[report.id, *(row.id for _section, _list, row in report.rows())] for report in reports]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0])


def test_every_example_of_this_repository_fits_its_form(library: FormLibrary) -> None:
    forms = [library.form(entry.id, entry.version) for entry in library.entries()]
    assert any(has_example(form) for form in forms)
    for form in forms:
        if has_example(form):
            report = read_example(form)
            assert form.country(report.country) is not None
            assert report.cycle in form.cycles


def test_dates_may_be_those_of_toml(own_form: Form) -> None:
    form = with_example(own_form, 'country = "NO"\ncycle = "2013"\n[answers]\n"cover.date" = 2013-05-31\n')
    assert report_to_plain(read_example(form))["answers"] == {"cover.date": "2013-05-31"}


def test_a_form_without_example(own_form: Form) -> None:
    assert own_form.folder is not None
    (own_form.folder / "example.toml").unlink()
    assert not has_example(own_form)
    with pytest.raises(NoExampleError, match=r"The form ga-commitments 2013\.1 comes without an example"):
        read_example(own_form)


@pytest.mark.parametrize(
    ("text", "error", "sentence"),
    [
        ("country = ", FormError, r"example\.toml: At the end of the file"),
        ('cycle = "2013"', ShapeError, "country"),
        ('country = "NO"\ncycle = "2013"\nanswers = 1', ShapeError, "answers"),
        ('country = "NO"\ncycle = "2013"\n[answers]\n"T9.goals" = []', UnknownPlaceError, "T9.goals"),
        ('country = "NO"\ncycle = "2013"\n[answers]\n"cover.date" = "soon"', WrongValueError, "cover.date"),
        (
            'country = "NO"\ncycle = "2013"\n[lists."T1.planned"]\nstate = "gone"\nrows = []',
            ShapeError,
            "T1.planned",
        ),
    ],
)
def test_an_example_with_a_mistake(own_form: Form, text: str, error: type[Exception], sentence: str) -> None:
    with pytest.raises(error, match=sentence):
        read_example(with_example(own_form, text))
