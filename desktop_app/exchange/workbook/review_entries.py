"""What has a record on the sheet for reviews: here, whatever is neither a goal nor a row of a list.

Questions outside lists and empty lists always have one, so that reviewers can write about them. Any other
place has one where something was said about it: a section, a field of a row, the report as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from desktop_app.exchange.workbook.cells import joined, plain
from desktop_app.exchange.workbook.common_columns import Contents, sentence_case
from desktop_app.exchange.workbook.context import Context
from desktop_app.exchange.workbook.plan import Words
from desktop_app.exchange.workbook.readable import readable_words
from desktop_app.exchange.workbook.threads import Threads
from desktop_app.formdef.model import Field, ListDefinition, Section
from desktop_app.report.paths import read_path
from desktop_app.report.places import place_name
from desktop_app.runtime.i18n import _

KEY = "key"
WHOLE_REPORT = "*"
"""The key of what is about the report as a whole, whose path is empty."""


def kind_words(code: str) -> str:
    """What a record is about that is neither a goal nor a row."""
    return {
        "question": _("Question"),
        "list": _("List"),
        "section": _("Section"),
        "report": _("The whole report"),
    }[code]


KINDS_BESIDE = ("question", "list", "section", "report")


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """A place of the report by its path, and what makes its record."""

    key: str
    made: Callable[..., Contents]
    place: tuple[Any, ...]

    @property
    def about(self) -> str:
        """The path that comments on it have."""
        return "" if self.key == WHOLE_REPORT else self.key

    def record(self) -> Contents:
        """What the official columns hold."""
        return {KEY: plain(self.key), **self.made(*self.place)}


def section_part(context: Context, section: Section) -> Contents:
    """The columns that say in which section a record stands."""
    return {
        "section": plain(section.code),
        "section_title": plain(context.labels.section_short(section)),
    }


def other_entries(context: Context, threads: Threads, seen: set[str]) -> Iterator[ReviewEntry]:
    """The records behind those of goals and rows, whose keys were ``seen``."""
    seen = set(seen)
    for section, question, path in context.single_fields():
        seen.add(path)
        yield ReviewEntry(path, _question, (context, section, question, path))
    for section in context.report.form.walk():
        for entry in section.lists:
            if not context.report.lists[entry.path].rows or entry.path in threads.by_path:
                seen.add(entry.path)
                yield ReviewEntry(entry.path, _list, (context, section, entry))
    for path in sorted(threads.by_path.keys() - seen):
        yield ReviewEntry(path or WHOLE_REPORT, _elsewhere, (context, path))


def _question(context: Context, section: Section, question: Field, path: str) -> Contents:
    label = context.labels.field_label(question)
    state = context.report.states.get(path)
    words: Words = readable_words(question, context.report.answers.get(path), context.labels)
    if not words:
        words = plain(context.empty_words(path, state))
    return {
        "reference": plain(path),
        **section_part(context, section),
        **_kind("question"),
        "words": joined((plain(f"{label}:"), words)),
    }


def _list(context: Context, section: Section, entry: ListDefinition) -> Contents:
    row_list = context.report.lists[entry.path]
    title = context.labels.list_title(entry)
    state = plain(context.state(row_list.state)) if row_list.state is not None else ()
    if not state and not row_list.rows:
        state = plain(_("Not answered"))
    return {
        "reference": plain(entry.path),
        **section_part(context, section),
        **_kind("list"),
        "words": joined((plain(f"{title}:" if state else title), state)),
    }


def _elsewhere(context: Context, path: str) -> Contents:
    """Any other place that was talked about, by its name."""
    place = read_path(path)
    section = context.report.form.section(place.section or place.head)
    kind = "report" if not path else "section" if context.report.form.section(path) else "question"
    return {
        "reference": plain(path if place.row is None else place.head),
        **(section_part(context, section) if section is not None else {}),
        **_kind(kind),
        "words": plain(sentence_case(place_name(context.report, path))),
    }


def _kind(code: str) -> Contents:
    return {"kind": plain(code), "kind_title": plain(kind_words(code))}
