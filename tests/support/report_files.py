"""What tests of report files need: looking at a folder, one-step edits, a life without privileges."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from desktop_app.report.changes import Change, Operation, OperationKind
from desktop_app.report.report import Report
from desktop_app.storage.report_file import ReportFile

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534


def everything_in(folder: Path) -> dict[str, bytes]:
    """Every file of the folder with its bytes, hidden ones too."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def make_file(path: Path, report: Report) -> Path:
    """A closed report file with one report."""
    ReportFile.create(path, fill=lambda file: file.add_report(report)).close()
    return path


def edit(report: Report, path: str, new: object, kind: OperationKind = OperationKind.EDIT) -> Operation:
    """One edit, made in the report in memory too."""
    change = Change(path, report.plain(path), new)
    report.apply(change)
    return Operation(report.id, kind, (change,), who="Ana", sitting="s1")


def replayed(report: Report, operations: list[Operation]) -> Report:
    """What the log says of an empty report of the same form."""
    again = Report(report.id, report.form, report.country, "", "", number=report.number)
    for operation in operations:
        for change in operation.changes:
            again.apply(change)
    return again


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Run a script in a process of its own, with the repository at hand."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run_script(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a script in a process of its own to its end."""
    with start(script, *arguments) as process:
        words, _errors = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, words)


@contextlib.contextmanager
def unprivileged_folder() -> Iterator[Path]:
    """A folder whose permissions count, even when the tests run as root, who may do everything."""
    folder = Path(tempfile.mkdtemp()).resolve()
    privileged = os.geteuid() == 0
    try:
        if privileged:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        yield folder
    finally:
        if privileged:
            os.seteuid(0)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o700)
        shutil.rmtree(folder)
