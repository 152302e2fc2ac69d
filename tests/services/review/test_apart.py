"""The workbook of a long report is looked at in a process of its own, with the same outcome."""

from __future__ import annotations

import errno
import os
import re
import sys
import threading
from pathlib import Path

import pytest

from desktop_app.report.changes import OperationKind
from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.services.reports import form_library, keep_report, read_report
from desktop_app.services.review import read_workbook
from desktop_app.services.review.apart import LookingFailedError, look_apart, own_command
from desktop_app.services.review.lengths import LARGE_FILE, MANY_ROWS, is_long
from desktop_app.services.review.looking import looked_at
from tests.support.protected import key as protected_key
from tests.support.reviewed import Reviewed


@pytest.fixture
def file(tmp_path: Path, report: Report) -> Path:
    path = tmp_path / "albania.adesk"
    keep_report(path, report, OperationKind.IMPORT)
    return path


@pytest.fixture
def workbook(reviewed: Reviewed) -> Path:
    """With a comment, a changed answer, a new row, and a date nobody can read."""
    reviewed.comment(3, "Which <budget> & why?", reviewer="Zoë", date="early spring")
    reviewed.write("Actions", 2, description="Other words")
    last = reviewed.sheet("Actions").max_row + 1
    reviewed.write("Actions", last, section="T2", list="planned", description="A joint training")
    return reviewed.saved("back.xlsx")


def test_it_finds_what_is_found_here(file: Path, workbook: Path) -> None:
    library = form_library()
    here = looked_at(read_report(file), read_workbook(workbook, library), library)
    assert (len(here.preview.comments), len(here.preview.suggestions), len(here.preview.new_rows)) == (
        1,
        1,
        1,
    )
    assert here.preview.comments[0].told and here.preview.workbook is not None
    assert look_apart(file, workbook, 1, library) == here


def test_a_protected_report_is_looked_at_with_its_key(tmp_path: Path, report: Report, workbook: Path) -> None:
    path, key = tmp_path / "protected.adesk", protected_key()
    keep_report(path, report, OperationKind.IMPORT, key=key)
    assert len(look_apart(path, workbook, 1, form_library(), key=key).preview.comments) == 1
    with pytest.raises(DeskError, match="protected"):
        look_apart(path, workbook, 1, form_library())


def test_what_is_wrong_with_the_workbook_is_said_as_here(file: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.xlsx"
    letter.write_text("Dear colleague", encoding="utf-8")
    with pytest.raises(DeskError) as here:
        read_workbook(letter, form_library())
    with pytest.raises(DeskError) as apart:
        look_apart(file, letter, 1, form_library())
    assert apart.value.sentence == here.value.sentence


class _NotWantedError(Exception):
    pass


def test_it_ends_when_it_is_not_wanted_any_more(file: Path, workbook: Path) -> None:
    def refuse() -> None:
        raise _NotWantedError

    body = "import sys, threading; sys.stdin.buffer.read(); threading.Event().wait()"
    waiting = [sys.executable, "-c", body]
    with pytest.raises(_NotWantedError):
        look_apart(file, workbook, 1, form_library(), still_wanted=refuse, command=waiting)
    assert "workbook looked at" not in {thread.name for thread in threading.enumerate()}


def test_a_program_that_cannot_be_started_is_one_sentence(file: Path, workbook: Path) -> None:
    with pytest.raises(LookingFailedError, match=re.escape(f"again ({os.strerror(errno.ENOENT)}).")):
        look_apart(file, workbook, 1, form_library(), command=["/nowhere/program"])


@pytest.mark.parametrize(
    "command", [[sys.executable, "-c", "pass"], [sys.executable, "-c", "print('no pickle')"]]
)
def test_a_process_that_says_nothing_is_one_sentence(file: Path, workbook: Path, command: list[str]) -> None:
    with pytest.raises(LookingFailedError, match="was ended"):
        look_apart(file, workbook, 1, form_library(), command=command)


def test_what_nobody_foresaw_is_one_sentence_too(file: Path, workbook: Path) -> None:
    """The process tells it for the log."""
    said = "import pickle, sys; pickle.dump('Traceback', sys.stdout.buffer)"
    with pytest.raises(LookingFailedError, match="inside the program"):
        look_apart(file, workbook, 1, form_library(), command=[sys.executable, "-c", said])


QUOTING = """
import subprocess, sys

def broken(*_arguments, **_options):
    raise ValueError("The Ministry of the Interior")

subprocess.Popen = broken
sys.argv = ["desktop_app", "_look-at-workbook"]
from desktop_app.__main__ import main
sys.exit(main())
"""
"""The process, in which something fails with words of an answer."""


def test_no_words_of_an_answer_come_into_the_log(
    file: Path, workbook: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(LookingFailedError, match="inside the program"):
        look_apart(file, workbook, 1, form_library(), command=[sys.executable, "-c", QUOTING])
    assert "builtins.ValueError" in caplog.text and "limited.py" in caplog.text
    assert "Interior" not in caplog.text.replace(QUOTING, "")


def test_only_long_ones_are_looked_at_apart(report: Report, workbook: Path, tmp_path: Path) -> None:
    assert not is_long(report, workbook)
    assert not is_long(report, tmp_path / "gone.xlsx")
    large = tmp_path / "large.xlsx"
    large.write_bytes(bytes(LARGE_FILE + 1))
    assert is_long(report, large)
    for number in range(MANY_ROWS):
        report.lists["T1.planned"].place(f"row {number}", number)
    assert is_long(report, workbook)
    assert own_command()[-1] == "_look-at-workbook"
