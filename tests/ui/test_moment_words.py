"""Moments as the person's own clock says them."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QDate, QLocale
from pytestqt.qtbot import QtBot

from desktop_app.ui.moment_words import (
    day_words,
    local_time,
    moment_words,
    span_words,
    time_words,
    who_words,
)


def logged(*moment: int) -> str:
    """A local moment as the log holds it."""
    local = datetime.datetime(*moment).astimezone()  # type: ignore[arg-type]
    return local.astimezone(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_a_logged_moment_is_told_by_the_local_clock() -> None:
    assert local_time(logged(2026, 3, 5, 14, 3)).replace(tzinfo=None) == datetime.datetime(2026, 3, 5, 14, 3)


def test_days_near_by_have_names(qtbot: QtBot) -> None:
    today = datetime.date(2026, 3, 5)
    assert day_words(logged(2026, 3, 5, 14, 3), today) == "Today"
    assert day_words(logged(2026, 3, 4, 23, 59), today) == "Yesterday"
    assert day_words(logged(2026, 2, 1, 1, 0), today) == QLocale().toString(
        QDate(2026, 2, 1), QLocale.FormatType.LongFormat
    )


def test_a_span_names_the_day_once(qtbot: QtBot) -> None:
    first, last = logged(2026, 3, 5, 14, 3), logged(2026, 3, 5, 14, 20)
    assert span_words(first, last) == f"{moment_words(first)}–{time_words(last)}"
    assert span_words(first, first) == moment_words(first)
    assert span_words(first, last, with_day=False) == f"{time_words(first)}–{time_words(last)}"
    over_night = span_words(first, logged(2026, 3, 6, 0, 10), with_day=False)
    assert over_night.startswith(f"{moment_words(first)} – ")


def test_an_unknown_person_is_somebody(qtbot: QtBot) -> None:
    assert who_words("Ana") == "Ana"
    assert who_words("") == "Somebody"


@pytest.mark.parametrize(
    ("language", "plain", "exact"),
    [
        ("en_US", "2:03 PM", "2:03:07 PM"),
        ("de_DE", "14:03", "14:03:07"),
        ("fi_FI", "14.03", "14.03.07"),
        ("nds_DE", "Kl. 14.03", "Kl. 14.03.07"),
        ("fr_CA", "14 h 03", "14 h 03:07"),
        ("cs_CZ", "14:03", "14:03:07"),
    ],
)
def test_seconds_do_not_change_how_a_language_writes_the_time(
    qtbot: QtBot, language: str, plain: str, exact: str
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        words = [time_words(logged(2026, 3, 5, 14, 3, 7), with_seconds=each) for each in (False, True)]
    finally:
        QLocale.setDefault(before)
    assert [each.replace("\u202f", " ") for each in words] == [plain, exact]
