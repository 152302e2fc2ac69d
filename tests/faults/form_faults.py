"""Reports of other versions of their form: none here, another one, an edited one; going over to a newer."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.text import markup
from desktop_app.services.form_versions import load_report
from desktop_app.services.open_report import open_report
from desktop_app.storage.report_file import ReportFile
from tests.faults.fault import DamagedError, LostError, Trial, fault
from tests.faults.kills import killed_command
from tests.faults.nursery import ROOT

DATA = ROOT / "tests" / "data"
REPORT = "report.adesk"
WORDS = ("Justice", "Nobody asks", "12.5", "A law was passed", "In 2012", "A hotline", "Till December 2013")
"""Words of the kept report: of answers that move, that stay, and that have no place in the newer version."""


def _library(folder: Path, *versions: str) -> FormLibrary:
    for version in versions:
        shutil.copytree(DATA / "forms" / "tiny" / version, folder / "tiny" / version)
    return FormLibrary([folder])


def _report(folder: Path) -> Path:
    return Path(shutil.copyfile(DATA / "form-version-1.adesk", folder / REPORT))


def _all_words(path: Path, library: FormLibrary) -> str:
    """Every word of the report as it is shown, the file checked in full."""
    with ReportFile.open(path, "read") as file:
        damages = file.verify_chain()
        if damages:
            raise DamagedError(f"{path.name}: {damages[0].sentence}")
        report = load_report(file, file.reports()[0], library).report
    values = [
        *report.answers.values(),
        *(value for *_, row in report.rows() for value in row.values.values()),
    ]
    kept = [markup.read(text.text).plain_text() for text in report.unplaced.values()]
    return " ".join([*map(str, values), *kept])


def _none_lost(path: Path, library: FormLibrary) -> None:
    words = _all_words(path, library)
    for wanted in WORDS:
        if wanted not in words:
            raise LostError(f"“{wanted}” is no longer in {path.name}")


def _opening(path: Path, library: FormLibrary) -> str:
    opened = open_report(path, library, who="Ana")
    try:
        return opened.read_only
    finally:
        opened.close()


@fault(
    "V1",
    "The form of a report is not on this computer",
    expected="The report does not open; the sentence names the form and its version. The file is untouched.",
    shows="“{file}” answers the form “{form}”, version “{version}”, which this program does not have."
    " Ask whoever gave it to you for the folder of this form, put it into “{folder}”, and try again."
    " Until then “show --json” prints the answers as they are kept.",
    do="Put the folder of the form where the sentence says. “show --json” prints the answers meanwhile.",
)
def form_missing(trial: Trial) -> str:
    path = _report(trial.folder)
    before = path.read_bytes()
    code, seen = trial.command("show", str(path))
    assert code == 2
    assert path.read_bytes() == before
    return seen


@fault(
    "V2",
    "Only another version of a report's form is on this computer",
    expected="It opens to be read, every word placed or under “Unplaced text”; the file is untouched.",
    shows="This report was made with version {old} of its form, which is not here. It is shown with version"
    " {new} and can only be read; the file stays as it is.",
    do="Install the old version, or go over to the newer one in the window.",
)
def form_of_another_version(trial: Trial) -> str:
    path, library = _report(trial.folder), _library(trial.folder / "forms", "2")
    before = path.read_bytes()
    seen = _opening(path, library)
    _none_lost(path, library)
    assert path.read_bytes() == before
    return seen


@fault(
    "V3",
    "The form was edited under the same version, and an answer has no place in it any more",
    expected="It opens to be read, the answer under “Unplaced text”; the file is untouched.",
    shows="Some answers of this report have no place in its form. They stand under “Unplaced text”, and the"
    " report can only be read until it is brought in line with the form.",
    do="Look at what can be done, and bring the report in line with the form.",
)
def form_edited(trial: Trial) -> str:
    path, forms = _report(trial.folder), trial.folder / "forms"
    _library(forms, "1")
    form = forms / "tiny" / "1" / "form.toml"
    form.write_text(form.read_text(encoding="utf-8").replace('"old_note"', '"new_note"'), encoding="utf-8")
    words = form.with_name("text.en.toml")
    words.write_text(words.read_text(encoding="utf-8").replace("old_note", "new_note"), encoding="utf-8")
    library, before = FormLibrary([forms]), path.read_bytes()
    seen = _opening(path, library)
    _none_lost(path, library)
    assert path.read_bytes() == before
    return seen


@fault(
    "V4",
    "The program is killed while it takes a report over to a newer version of its form",
    expected="The report answers the old version or the new one, with every word of it.",
    do="Give the command again, or go over to it again in the window.",
)
def killed_while_going_over(trial: Trial) -> None:
    # Where the commands look for a person's own forms.
    library = _library(trial.home / "share" / "alliance-desk" / "forms", "1", "2")

    def prepare(place: Path) -> None:
        _report(place)

    def check(place: Path) -> None:
        _none_lost(place / REPORT, library)

    killed_command(trial, lambda place: ["upgrade", str(place / REPORT)], check, prepare=prepare)
