"""Forms for tests: each test writes the part it is about in TOML, the rest is here."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path

from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.loader import inspect_form, read_form
from desktop_app.formdef.model import Form
from desktop_app.report.changes import Change
from desktop_app.report.report import Report

FORMS = Path(__file__).resolve().parents[2] / "forms"

HEAD = """
[form]
id = "tiny"
version = "1"
languages = ["en"]
cycles = ["2013"]
respondents = "countries"

[choices.countries]
codes = ["AL", "NO"]
"""

ACTION = """
[row.action]
[[row.action.field]]
code = "description"
type = "text"
presentation = "lead"
"""
"""The beginning of a row type: what follows says more of its description, or begins another field."""

ASKED_IF = """
[[section]]
code = "A"
[[section.field]]
code = "has_unit"
type = "yes_no"
[[section.field]]
code = "unit_name"
type = "text"
relevant = "has_unit == True"
"""
"""A question that is asked for one answer to another only."""


def head(version: str) -> str:
    """The ``[form]`` and countries of one version."""
    return HEAD.replace('version = "1"', f'version = "{version}"')


def toml_form(body: str, texts: str = "", version: str = "1") -> Form:
    """The form with ``body`` after its ``[form]`` and countries.

    ``texts`` are its English words as lines such as ``field."A.phase".label = "Phase"``; where they are
    missing, the code stands for the words.
    """
    with tempfile.TemporaryDirectory() as place:
        return read_form(write_form(Path(place), body, texts, version))


def write_form(forms: Path, body: str, texts: str = "", version: str = "1") -> Path:
    """The same as a folder below ``forms``, where a library finds it."""
    folder = forms / "tiny" / version
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("form.toml").write_text(head(version) + body, encoding="utf-8")
    words = folder / "text.en.toml"
    words.write_text(texts, encoding="utf-8")
    missing = [mistake.key for mistake in inspect_form(folder).mistakes if mistake.file == words.name]
    lines = [texts, *(f'{key} = "{_code_in(key)}"' for key in missing)]
    words.write_text("\n".join(lines), encoding="utf-8")
    return folder


def _code_in(key: str) -> str:
    """The code that the words at ``key`` of a text file are for."""
    parts: list[str] = []
    table: object = tomllib.loads(f"{key} = true")
    while isinstance(table, dict):
        ((part, table),) = table.items()
        parts.append(part)
    return parts[-1 if parts[0] == "choice" else -2].rpartition(".")[2]


def report_asked_if(has_unit: bool) -> Report:
    """A report of ``ASKED_IF`` with both answers: the second is asked for if the first is yes."""
    report = report_of(toml_form(ASKED_IF))
    report.apply(Change("A.has_unit", None, has_unit))
    report.apply(Change("A.unit_name", None, "Cybercrime section"))
    return report


def shipped_form(form_id: str) -> Form:
    """The newest version of a form the program comes with."""
    return FormLibrary([FORMS]).form(form_id)


def report_of(form: Form, country: str = "AL") -> Report:
    """A report nobody has answered yet."""
    return Report("11111111-1111-4111-8111-111111111111", form, country, form.cycles[0], form.languages[0])
