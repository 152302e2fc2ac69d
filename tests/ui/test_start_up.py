"""What is loaded when the first page of a report is painted, and what has to wait."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from desktop_app.report.changes import OperationKind
from desktop_app.services.demo import example_report
from desktop_app.services.reports import keep_report
from desktop_app.ui.quick_qt import LATER as DESCRIBING

ROOT = Path(__file__).resolve().parents[2]

LATER = frozenset(
    {
        # Other people's packages, and what of Python is slow to load.
        "openpyxl",
        "lxml",
        "sqlite_utils",
        "xlsxwriter",
        "importlib.metadata",
        "asyncio",
        "getpass",
        "logging.handlers",
        "platform",
        "uuid",
        "calendar",
        "dataclasses",
        "inspect",
        "importlib.abc",
        "xml.etree",
        # What writes, exports, compares and restores.
        "desktop_app.cli",
        "desktop_app.exchange",
        "desktop_app.storage.writing",
        "desktop_app.storage.protection",
        "desktop_app.storage.verifying",
        "desktop_app.storage.place_worker",
        "desktop_app.services.attachments",
        "desktop_app.services.known_files",
        "desktop_app.services.backups.making",
        "desktop_app.services.backups.shelf",
        "desktop_app.services.exporting",
        "desktop_app.services.history",
        "desktop_app.services.importing",
        "desktop_app.services.open_field",
        "desktop_app.services.reverting",
        # What reads a country's words, and is asked when somebody types.
        "desktop_app.report.timeframe.reading",
        "desktop_app.report.removal",
        # Pages, rows and editors that the first page does not have.
        "desktop_app.ui.backups.backups_page",
        "desktop_app.ui.editors.calendar_popup",
        "desktop_app.ui.editors.numbers",
        "desktop_app.ui.history.history_page",
        "desktop_app.ui.pages.send_page",
        "desktop_app.ui.pages.start_page",
        "desktop_app.ui.pages.subsections",
        "desktop_app.ui.protection.recovery_key_page",
        "desktop_app.ui.rich_text.clipboard",
        "desktop_app.ui.rich_text.editor",
        "desktop_app.ui.rich_text.toolbar",
        "desktop_app.ui.rows.list_card",
        "desktop_app.ui.rows.row_view",
    }
)


QT_LATER = frozenset(f"QtWidgets.{name}" for name in ("QStyle", "QWizard", "QFileDialog", "QCompleter"))
"""Of Qt's classes those with very many names, and one that is loaded with all other widgets only."""


def test_the_first_page_is_painted_before_the_rest_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "example.adesk"
    keep_report(path, example_report(), OperationKind.CREATE)
    process = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "benchmarks" / "start_up.py"), "loaded", str(path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    loaded = set(process.stdout.split())
    assert "desktop_app.ui.pages.section_page" in loaded
    assert LATER & loaded == set()
    assert "QtWidgets.QTreeView" in loaded
    assert QT_LATER & loaded == set()
    # What describes every call of Qt waits for the first wrong one.
    assert set(DESCRIBING) & loaded == set()
    # No source of ours was read to find out whether it has other names for what Qt has.
    assert [path for path in loaded if path.startswith(str(ROOT / "desktop_app"))] == []
