"""Reading a workbook that came back: guard, limited process, matching. No report is changed here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from desktop_app.exchange.review import comparing, note_places, readable_sheets, review_rows
from desktop_app.exchange.review.further_cells import further_notes, say_what_is_above
from desktop_app.exchange.review.grid import Grid, read_grid
from desktop_app.exchange.review.guard import read_workbook_bytes
from desktop_app.exchange.review.hidden_sheet import HiddenSheet, hidden_sheet, identity
from desktop_app.exchange.review.keys import MatchedRow, match_rows
from desktop_app.exchange.review.limited import read_limited
from desktop_app.exchange.review.locating import Located, locate, missing_columns
from desktop_app.exchange.review.official import Official, is_review, official
from desktop_app.exchange.review.other_sheets import notes_of_others, say_what_is_struck
from desktop_app.exchange.review.paths_of_records import record_path
from desktop_app.exchange.review.reasons import ReturnedError
from desktop_app.exchange.review.returned import (
    ReturnedEdit,
    ReturnedIdentity,
    ReturnedNote,
    ReturnedRecord,
    ReturnedReview,
    ReturnedWorkbook,
)
from desktop_app.exchange.review.unasked import typed_over, words_beside
from desktop_app.exchange.review.words import quoted
from desktop_app.exchange.workbook.naming import COVER, REVIEW
from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.model import Form
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext

_MOST_SENTENCES = 300
_CHECKSUM = re.compile(r"[0-9a-f]{64}")
_FORM = re.compile(r"\(([A-Za-z0-9_.-]+), [^()]*?([A-Za-z0-9_.-]+)\)\s*$")


def read_returned(path: Path, library: FormLibrary | None = None) -> ReturnedWorkbook:
    """What the workbook at ``path`` says, or the workbook of the package there.

    ``library``: where the form is looked for, so that changed official words are told one by one; without
    it only fingerprints tell that something was changed. ReturnedError with one sentence for whatever is
    no workbook, is damaged or dangerous, or cannot be matched with any report.
    """
    data = read_workbook_bytes(path)
    grid = read_grid(path.name, read_limited(path.name, data))
    return matched(path.name, grid, hashlib.sha256(data).hexdigest(), library)


def matched(name: str, grid: Grid, sha256: str, library: FormLibrary | None) -> ReturnedWorkbook:
    """The workbook in ``grid``, matched by keys. ReturnedError when there is nothing to match by."""
    return _Reading(name, grid, library).workbook(sha256)


class _Reading:
    def __init__(self, name: str, grid: Grid, library: FormLibrary | None) -> None:
        self._grid = grid
        self._hidden = hidden_sheet(name, grid)
        self._unknown = list(self._hidden.unknown)
        self._remarks: list[str] = []
        self._form = _form(self._hidden, library)
        self._official: Official = official(self._hidden, grid, self._form)
        self._identity = identity(self._hidden)
        located = locate(grid, self._official)
        if not self._hidden.is_there:
            self._identity = _identity_without(name, grid, located)
            self._unknown.append(
                _(
                    "The hidden sheet of the workbook was removed. Comments are matched by the keys of their "
                    "rows; whether official words were changed, and in which report, cannot be told."
                )
            )
        elif self._hidden.answers and self._official.report is None:
            self._unknown.append(
                _(
                    "The form {form}, version {version}, is not at hand just as it was, so changed official "
                    "words are told only by row."
                ).format(form=self._identity.form_id, version=self._identity.form_version)
            )
        self._tables = [(each, match_rows(each, self._unknown, self._remarks)) for each in located]
        self._words = note_places.RecordWords(self._tables, self._official)
        self._codes = review_rows.codes_of(grid, self._official)

    def workbook(self, sha256: str) -> ReturnedWorkbook:
        """All of it."""
        self._say_what_was_not_followed()
        self._say_what_is_gone()
        say_what_is_struck(self._grid, self._official, self._unknown)
        typed: list[ReturnedNote] = []
        reviews, records, edits = self._reviews(), self._records(), self._edits(typed)
        typed += notes_of_others(
            self._grid, [each for each, _rows in self._tables], self._official, self._unknown
        )
        missing = tuple(comparing.missing_records(self._tables, self._official))
        if missing:
            self._unknown.append(
                ngettext(
                    "{count} row that was sent is not in the workbook any more. Nothing is removed by that.",
                    "{count} rows that were sent are not in the workbook any more. "
                    "Nothing is removed by that.",
                    len(missing),
                ).format(count=len(missing))
            )
        for located, _rows in self._tables:
            say_what_is_above(located, self._unknown)
        notes = tuple(self._notes())
        return ReturnedWorkbook(
            identity=self._identity,
            reviews=tuple(reviews),
            notes=(*notes, *typed),
            records=tuple(records),
            edits=tuple(edits),
            unknown=_all_said(self._unknown),
            remarks=_all_said(self._remarks),
            original=self._hidden.answers,
            sha256=sha256,
            missing=missing,
        )

    def _notes(self) -> Iterator[ReturnedNote]:
        """Notes and threads, and what was typed beside and above the tables."""
        yield from note_places.notes(self._grid, self._tables, self._official, self._words)
        for located, rows in self._tables:
            yield from further_notes(located, rows, self._official)
            yield from words_beside(located, rows, self._official, self._codes)
            yield from typed_over(located, rows, self._official, self._unknown, self._remarks)

    def _reviews(self) -> list[ReturnedReview]:
        return review_rows.without_repetition(
            [
                review
                for located, rows in self._tables
                if is_review(located.table)
                for review in review_rows.reviews(located, rows, self._codes, self._unknown, self._remarks)
            ]
        )

    def _records(self) -> list[ReturnedRecord]:
        return [
            self._record(located, each)
            for located, rows in self._tables
            if not is_review(located.table)
            for each in rows
        ]

    def _record(self, located: Located, each: MatchedRow) -> ReturnedRecord:
        key = record_path(self._official, located.table, each.key) if each.key else None
        words = {code: text for code, text in comparing.whole_words(located, each.row).items() if text}
        for code, typed in words.items():
            if located.value(each.row, code).is_formula:
                sentence = _("{place}: “{words}” is a formula. It was read as text and not calculated.")
                self._remarks.append(
                    sentence.format(place=located.place(each.row, code), words=quoted(typed))
                )
        return ReturnedRecord(located.table.sheet, key, words, each.row)

    def _edits(self, typed: list[ReturnedNote]) -> list[ReturnedEdit]:
        """Each change once: the same words stand on several sheets. ``typed``: takes what is no answer."""
        found: dict[tuple[str, str], ReturnedEdit] = {}
        for located, rows in self._tables:
            for edit in comparing.edits(located, rows, self._official, self._unknown):
                found.setdefault((edit.path, edit.found), edit)
        known = {(edit.official, edit.found) for edit in found.values()}
        for edit in readable_sheets.readable_edits(
            self._grid, self._official, self._words, typed, self._unknown
        ):
            if (edit.official, edit.found) not in known:
                found.setdefault((edit.path, edit.found), edit)
        return list(found.values())

    # What is said.

    def _say_what_was_not_followed(self) -> None:
        if "links" in self._grid.seen:
            self._unknown.append(
                _("The workbook holds links to other workbooks. They were not followed; formulas are text.")
            )
        if "connections" in self._grid.seen:
            self._unknown.append(
                _("The workbook holds connections to data elsewhere. They were not followed.")
            )

    def _say_what_is_gone(self) -> None:
        if REVIEW in self._official.tables and not any(is_review(each.table) for each, _rows in self._tables):
            self._unknown.append(
                _("The sheet “{sheet}” is not in the workbook. Notes and other sheets were read.").format(
                    sheet=REVIEW
                )
            )
        for located, _rows in self._tables:
            if located.header_is_gone:
                sentence = _(
                    "On the sheet “{sheet}” the header is gone. The columns were told by where they stand."
                )
                self._remarks.append(sentence.format(sheet=located.sheet.name))
            gone = list(missing_columns(located))
            if gone and located.left_behind:
                sentence = _(
                    "On the sheet “{sheet}” nobody can tell which column is “{columns}”: its header is gone, "
                    "and columns were put in or taken out. Columns that are not known are read as remarks. "
                    "Write the header again and open the workbook once more."
                )
                self._unknown.append(sentence.format(sheet=located.sheet.name, columns="”, “".join(gone)))
            elif gone:
                self._unknown.append(
                    _("On the sheet “{sheet}” these columns are gone: {columns}.").format(
                        sheet=located.sheet.name, columns=", ".join(gone)
                    )
                )


def _all_said(sentences: list[str]) -> tuple[str, ...]:
    """Each sentence once; so many that nobody reads them are counted."""
    said = tuple(dict.fromkeys(sentences))
    if len(said) <= _MOST_SENTENCES:
        return said
    more = len(said) - _MOST_SENTENCES
    sentence = ngettext("And {count} more of these.", "And {count} more of these.", more)
    return (*said[:_MOST_SENTENCES], sentence.format(count=more))


def _form(hidden: HiddenSheet, library: FormLibrary | None) -> Form | None:
    """The very form the workbook was made of."""
    if library is None or not hidden.is_there:
        return None
    try:
        form = library.form(hidden.facts["form.id"], hidden.facts.get("form.version", ""))
    except DeskError:
        return None
    return form if form.hash == hidden.facts.get("form.hash") else None


def _identity_without(name: str, grid: Grid, located: list[Located]) -> ReturnedIdentity:
    """What can still be told without the hidden sheet. ReturnedError when that is not enough."""
    reviews = [each for each in located if is_review(each.table) and each.key_code in each.columns]
    cover = [
        value.words
        for sheet in grid.sheets
        if sheet.name == COVER
        for cells in sheet.rows.values()
        for value in cells.values()
    ]
    content = next((words for words in cover if _CHECKSUM.fullmatch(words.strip())), "")
    if not reviews or not content:
        raise ReturnedError(
            _(
                "“{file}” is no workbook of this program, or its hidden sheet and its cover were removed, so "
                "nobody can tell which report it is about. "
                "Copy the comments into the workbook as it was sent."
            ).format(file=name)
        )
    form = next((found for words in cover if (found := _FORM.search(words))), None)
    return ReturnedIdentity(
        format=0,
        form_id=form[1] if form else "",
        form_version=form[2] if form else "",
        country=_only_value(located, "country"),
        cycle=_only_value(located, "cycle"),
        content=content.strip(),
    )


def _only_value(located: list[Located], code: str) -> str:
    """The one value of a column that says the same in every row; empty otherwise."""
    values = {each.value(row, code).words for each in located if code in each.columns for row in each.rows()}
    values.discard("")
    return values.pop() if len(values) == 1 else ""
