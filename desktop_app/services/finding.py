"""Find words anywhere in a report: answers first, then what reviewers said, then the form's own words."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.formdef.labels import Labels
from desktop_app.report.paths import UNPLACED, row_path
from desktop_app.report.report import Report
from desktop_app.report.review import comment_path, threads_of
from desktop_app.report.text import markup
from desktop_app.report.value_words import value_words

_AROUND = 40
"""Characters shown before and after a find."""


@dataclass(frozen=True, slots=True)
class Find:
    """One place where the words stand, with a few words around them."""

    path: str
    snippet: str


def find(report: Report, words: str, limit: int = 100) -> list[Find]:
    """The places that hold ``words``, at most ``limit``.

    Case, accents and how many spaces there are do not matter: not every keyboard has every letter.
    """
    found = (each for each in finding(report, words) if each is not None)
    return list(itertools.islice(found, limit))


def finding(report: Report, words: str) -> Iterator[Find | None]:
    """As ``find``, step by step: what each place holds, None where it is not there.

    The report may change between two steps.
    """
    wanted = _folded(" ".join(words.split()))
    if not wanted:
        return
    # No space in it: whatever holds the words, however they are spaced, holds this one.
    longest = max(wanted.split(), key=len)
    labels = Labels(report.form, report.language)
    texts = itertools.chain(
        _answers(report, labels), _unplaced(report), _comments(report), _form_words(report, labels)
    )
    for path, text in texts:
        yield _found(path, " ".join(text.split()), wanted) if longest in _folded(text) else None


def span(text: str, words: str) -> tuple[int, int] | None:
    """Where ``words`` first stand in ``text``, by the rules of ``find``: from which character up to which."""
    in_line = "".join(" " if character.isspace() else character for character in text)
    return _span(in_line, _folded(" ".join(words.split())))


def _span(text: str, wanted: str) -> tuple[int, int] | None:
    at = _folded(text).find(wanted)
    if at < 0 or not wanted:
        return None
    # Folding changes lengths: "ß" becomes "ss", an accent goes.
    lengths = list(itertools.accumulate(len(_folded(character)) for character in text))
    first = next(index for index, length in enumerate(lengths) if length > at)
    last = next(index for index, length in enumerate(lengths) if length >= at + len(wanted))
    return first, last + 1


def _found(path: str, text: str, wanted: str) -> Find | None:
    found = _span(text, wanted)
    if found is None:
        return None
    first, behind = found
    start, end = max(0, first - _AROUND), min(len(text), behind + _AROUND)
    return Find(path, f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}")


def _folded(text: str) -> str:
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def _answers(report: Report, labels: Labels) -> Iterator[tuple[str, str]]:
    for section in report.form.walk():
        for question in section.questions:
            path = section.field_path(question)
            if path in report.answers:
                yield path, value_words(question, report.answers[path], labels)
        for entry in section.lists:
            for row in report.lists[entry.path].rows:
                for question in entry.row.fields:
                    if question.code in row.values:
                        words = value_words(question, row.values[question.code], labels)
                        yield row_path(entry.path, row.id, question.code), words


def _unplaced(report: Report) -> Iterator[tuple[str, str]]:
    for key, kept in tuple(report.unplaced.items()):
        yield f"{UNPLACED}/{key}", markup.read(kept.text).plain_text()


def _comments(report: Report) -> Iterator[tuple[str, str]]:
    for thread in threads_of(report):
        for comment_id, comment in ((thread.id, thread.first), *thread.answers):
            said = (markup.read(words).plain_text() for words in (comment.words, comment.question or ""))
            yield comment_path(comment_id), " ".join((*said, comment.reviewer))


def _form_words(report: Report, labels: Labels) -> Iterator[tuple[str, str]]:
    for section in report.form.walk():
        yield section.code, labels.section_heading(section)
        for goal in section.goals:
            yield section.code, labels.goal(goal.code)
        for question in section.questions:
            yield section.field_path(question), labels.field_label(question)
        for entry in section.lists:
            yield entry.path, labels.list_title(entry)
