"""Protected report files for tests, and a way to run the tests of ordinary files for them as well."""

from __future__ import annotations

import functools
import importlib.util
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from _pytest.fixtures import FixtureFunctionDefinition as Fixture
from sqlcipher3 import dbapi2

from desktop_app.report.report import Report
from desktop_app.storage.connection import Connection, connect
from desktop_app.storage.protection import Key
from desktop_app.storage.report_file import Mode, ReportFile
from desktop_app.storage.worker import FileWorker

PASSPHRASE = "correct horse battery"


@functools.cache
def key() -> Key:
    """One key for all files of a run: to derive one takes its time."""
    return Key.new(PASSPHRASE)


class ProtectedReportFile(ReportFile):
    """A report file that is protected whenever nobody says how."""

    @classmethod
    def create(cls, path: Path, **options: Any) -> ReportFile:
        return ReportFile.create(path, **{"key": key(), **options})

    @classmethod
    def open(cls, path: Path, mode: Mode, **options: Any) -> ReportFile:
        return ReportFile.open(path, mode, **{"key": key(), **options})


class ProtectedFileWorker(FileWorker):
    """The worker of such a file."""

    def __init__(self, path: Path, *arguments: Any, **options: Any) -> None:
        super().__init__(path, *arguments, **{"key": key(), **options})


def make_protected_file(path: Path, report: Report) -> Path:
    """A closed protected report file with one report."""
    ProtectedReportFile.create(path, fill=lambda file: file.add_report(report)).close()
    return path


def connect_protected(path: Path, mode: Any) -> Connection:
    return connect(path, mode, key())


def contract(module: str, besides: Collection[str] = ()) -> dict[str, Any]:
    """The tests and fixtures of another module here, in a copy of it in which report files are protected.

    ``besides``: tests that look into the bytes of a file, or are about ordinary files alone.
    """
    path = Path(__file__).parents[1] / "storage" / f"{module}.py"
    spec = importlib.util.spec_from_file_location(f"protected_{module}", path)
    assert spec is not None and spec.loader is not None
    copy = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up.
    sys.modules[spec.name] = copy
    spec.loader.exec_module(copy)
    for name, ours in {
        "ReportFile": ProtectedReportFile,
        "FileWorker": ProtectedFileWorker,
        "make_file": make_protected_file,
        "connect": connect_protected,
        "sqlite3": dbapi2,
    }.items():
        if hasattr(copy, name):
            setattr(copy, name, ours)
    tests = {name: found for name, found in vars(copy).items() if name.startswith("test_")}
    assert tests.keys() >= set(besides), set(besides) - tests.keys()
    fixtures = {name: found for name, found in vars(copy).items() if isinstance(found, Fixture)}
    return fixtures | {name: found for name, found in tests.items() if name not in besides}
