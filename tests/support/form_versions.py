"""Three versions of one small form, the second with nearly everything moved, and a report of the first."""

from __future__ import annotations

from pathlib import Path

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.changes import Change, OperationKind
from desktop_app.report.report import Report
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import edit
from tests.support.toml_forms import write_form

FIRST = """
[choices.phases]
codes = ["first", "second", "third"]

[row.action]
[[row.action.field]]
code = "what"
type = "text"
presentation = "lead"
[[row.action.field]]
code = "goals"
type = "choices"
choices = "goals"
[[row.action.field]]
code = "time"
type = "timeframe"
states = ["not_available"]
[[row.action.field]]
code = "budget"
type = "number"
[[row.action.field]]
code = "phase"
type = "choice"
choices = "phases"

[list.planned]
row = "action"
states = ["no_action_taken"]
[list.done]
row = "action"
states = ["no_action_taken"]

[[section]]
code = "cover"
[[section.field]]
code = "authority"
type = "text"
[[section.field]]
code = "begun"
type = "date"
[[section.field]]
code = "old_note"
type = "text"

[[section]]
code = "A"
lists = ["planned", "done"]
[[section.goal]]
code = "A.G1"
[[section.goal]]
code = "A.G2"
[[section.field]]
code = "phase"
type = "choice"
choices = "phases"
states = ["not_applicable"]
[[section.field]]
code = "many"
type = "choices"
choices = "phases"
"""

SECOND = """
[choices.phases]
codes = ["early", "third"]

[row.measure]
[[row.measure.field]]
code = "what"
type = "text"
presentation = "lead"
max_words = 3
[[row.measure.field]]
code = "goals"
type = "choices"
choices = "goals"
[[row.measure.field]]
code = "when"
type = "timeframe"
states = ["not_available"]
[[row.measure.field]]
code = "phase"
type = "choice"
choices = "phases"
[[row.measure.field]]
code = "result"
type = "text"

[list.planned]
row = "measure"
states = ["no_action_taken"]

[[section]]
code = "cover"
[[section.field]]
code = "ministry"
type = "text"
[[section.field]]
code = "begun"
type = "text"

[[section]]
code = "B"
lists = ["planned"]
[[section.goal]]
code = "B.G1"
[[section.goal]]
code = "B.G9"
[[section.field]]
code = "phase"
type = "choice"
choices = "phases"
states = ["not_applicable"]
[[section.field]]
code = "many"
type = "choices"
choices = "phases"

[[moved]]
from = "cover.authority"
to = "cover.ministry"
[[moved]]
from = "A"
to = "B"
[[moved]]
from = "A.G2"
to = "B.G9"
[[moved]]
from = "action.time"
to = "measure.when"
[[moved]]
from = "choice.phases.first"
to = "choice.phases.early"
"""

THIRD = (
    SECOND.split("[[moved]]", maxsplit=1)[0].replace("ministry", "office")
    + """
[[moved]]
from = "cover.ministry"
to = "cover.office"
"""
)

FIRST_ROW = "00000000-0000-4000-8000-000000000001"
SECOND_ROW = "00000000-0000-4000-8000-000000000002"
DONE_ROW = "00000000-0000-4000-8000-000000000003"
BINNED_ROW = "00000000-0000-4000-8000-000000000004"
BINNED_DONE_ROW = "00000000-0000-4000-8000-000000000005"

TEXTS = {
    "1": 'choice.phases.second = "The second phase"\nfield."cover.old_note".label = "Old note"\n',
    "2": "",
    "3": "",
}


def versioned_library(folder: Path, *versions: str) -> FormLibrary:
    """A library with these versions of the form; they stand below ``folder`` / "forms"."""
    bodies = {"1": FIRST, "2": SECOND, "3": THIRD}
    for version in versions:
        write_form(folder / "forms", bodies[version], TEXTS[version], version)
    return FormLibrary([folder / "forms"])


def first_report(library: FormLibrary) -> Report:
    """A report of the first version with an answer of every fate."""
    report = Report("11111111-1111-4111-8111-111111111111", library.form("tiny", "1"), "AL", "2013", "en")
    for path, plain in FILLING.items():
        report.apply(Change(path, None, plain))
    for path in BINNED:
        report.apply(Change(path, report.plain(path), None))
    return report


BINNED = (f"A.planned/{BINNED_ROW}", f"A.done/{BINNED_DONE_ROW}")

FILLING: dict[str, object] = {
    "cover.authority": "Ministry of <b>Justice</b>",
    "cover.authority#confidential": True,
    "cover.begun": "2013-05-02",
    "cover.old_note": "<p>Nobody asks</p><ul><li>for this</li></ul>",
    "A.goals": ["A.G1", "A.G2"],
    "A.phase#state": "not_applicable",
    "A.many": ["first", "second", "third"],
    f"A.planned/{FIRST_ROW}": {"position": 1024},
    f"A.planned/{FIRST_ROW}/what": "Train the police in every district",
    f"A.planned/{FIRST_ROW}/goals": ["A.G2"],
    f"A.planned/{FIRST_ROW}/time": {"text": "Till December 2013", "edtf": "../2013-12", "confirmed": True},
    f"A.planned/{FIRST_ROW}/budget": 12.5,
    f"A.planned/{FIRST_ROW}/phase": "first",
    f"A.planned/{SECOND_ROW}": {"position": 2048},
    f"A.planned/{SECOND_ROW}#confidential": True,
    f"A.planned/{SECOND_ROW}/what": "A hotline",
    f"A.planned/{SECOND_ROW}/time#state": "not_available",
    f"A.planned/{SECOND_ROW}/phase": "second",
    f"A.planned/{BINNED_ROW}": {"position": 3072},
    f"A.planned/{BINNED_ROW}/what": "Thrown away",
    f"A.planned/{BINNED_ROW}/budget": 7,
    f"A.done/{DONE_ROW}": {"position": 1024},
    f"A.done/{DONE_ROW}/what": "A law was passed<note>Article 108.</note>",
    f"A.done/{DONE_ROW}/time": {"text": "In 2012", "edtf": None, "confirmed": False},
    f"A.done/{BINNED_DONE_ROW}": {"position": 2048},
    f"A.done/{BINNED_DONE_ROW}/what": "Never done",
    "unplaced/old": {"text": "Words of an old document", "near": "A.planned"},
}


def first_file(path: Path, library: FormLibrary) -> Path:
    """A closed file with that report. A new report has no bin: its rows are thrown away afterwards."""
    report = first_report(library)
    for row in BINNED:
        report.apply(Change(row, None, FILLING[row]))
    with ReportFile.create(path, fill=lambda file: file.add_report(report)) as file:
        for row in BINNED:
            file.record(edit(report, row, None, OperationKind.REMOVE))
    return path
