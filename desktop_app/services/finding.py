"""Find words anywhere in a report: answers first, then the form's own questions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.formdef.labels import Labels
from desktop_app.report.report import Report
from desktop_app.report.text.model import Text
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.report.values import Link, Value

_AROUND = 40
"""Characters shown before and after a find."""


@dataclass(frozen=True, slots=True)
class Find:
    """One place where the words stand, with a few words around them."""

    path: str
    snippet: str


def find(report: Report, words: str, limit: int = 100) -> list[Find]:
    """The places that hold ``words``, without regard to case or accents' spelling; at most ``limit``."""
    wanted = _folded(words.strip())
    if not wanted:
        return []
    found: list[Find] = []
    for path, text in _texts(report):
        at = _folded(text).find(wanted)
        if at >= 0:
            found.append(Find(path, _snippet(text, at, len(wanted))))
            if len(found) >= limit:
                break
    return found


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _snippet(text: str, at: int, length: int) -> str:
    start, end = max(0, at - _AROUND), min(len(text), at + length + _AROUND)
    words = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{words}{'…' if end < len(text) else ''}"


def _texts(report: Report) -> Iterator[tuple[str, str]]:
    labels = Labels(report.form, report.language)
    for section in report.form.walk():
        yield section.code, labels.section_heading(section)
        for question in section.questions:
            path = section.field_path(question)
            yield path, _plain(report.answers.get(path))
        for goal in section.goals:
            yield section.code, labels.goal(goal.code)
        for entry in section.lists:
            for row in report.lists[entry.path].rows:
                for code, value in row.values.items():
                    yield f"{entry.path}/{row.id}/{code}", _plain(value)


def _plain(value: Value | None) -> str:
    if isinstance(value, Text):
        return value.plain_text()
    if isinstance(value, Timeframe):
        return value.text
    if isinstance(value, Link):
        return f"{value.label} {value.url}"
    return value if isinstance(value, str) else ""
