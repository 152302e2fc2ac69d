"""What a person is shown: the sentence when a report is opened, or when words are not saved."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from desktop_app.report.text.model import Text
from desktop_app.runtime.errors import DeskError
from desktop_app.services.open_report import OpenReport, open_report
from desktop_app.services.reports import form_library
from desktop_app.storage.errors import DamagedFileError
from tests.faults.children import FIELDS
from tests.faults.witness import digest

PATIENCE = 20.0
"""Seconds for the disk."""


def opening(path: Path) -> str:
    """What is said when the program opens the file; empty for a sound one that can be written."""
    said, _state = opening_and_state(path)
    return said


def opening_and_state(path: Path) -> tuple[str, str]:
    """As ``opening``, and the digest of the report shown; empty when none is, or when damage is told."""
    try:
        opened = open_report(path, form_library(), who="Ana")
    except DeskError as error:
        return error.sentence, ""
    try:
        damages = opened.integrity.result(60)
        if damages:
            return DamagedFileError(path, [damage.sentence for damage in damages]).sentence, ""
        return opened.read_only or "\n".join(opened.notices), digest(opened.session.report)
    finally:
        opened.close()


@contextlib.contextmanager
def open_to_type(path: Path) -> Iterator[OpenReport]:
    """A report open while the block runs; it is closed, or given up when the disk refuses to the end."""
    opened = open_report(path, form_library(), who="Ana")
    try:
        opened.integrity.result(60)
        yield opened
    finally:
        opened.session.leave()
        if opened.journal.flush(PATIENCE):
            opened.close()
        else:
            opened.give_up()


def type_words(opened: OpenReport, words: str, field: str = FIELDS[0]) -> None:
    """Type one answer and leave the field."""
    opened.session.type(field, Text.plain(words))
    opened.session.leave()


def refusal(opened: OpenReport, seconds: float = PATIENCE) -> str:
    """Wait until the disk has refused what was typed; the reason that stands behind NOT SAVED."""
    opened.journal.flush(seconds)
    return opened.journal.durability.failure or ""


def words_at(path: Path, field: str = FIELDS[0]) -> object:
    """What stands at a place of a file, in JSON, read as another program would."""
    from desktop_app.services.reports import read_report

    return read_report(path).plain(field)
