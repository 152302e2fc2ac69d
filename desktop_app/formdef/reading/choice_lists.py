"""Choice lists: codes written in form.toml, or a CSV file with codes, names and aliases.

A file has the columns ``code``, ``name`` (in the official language) or ``name.<language>``, and
if wanted ``aliases`` (other names, with | between them), ``note``, ``valid_from`` and ``valid_to``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from desktop_app.formdef.mistakes import KeyPath, Mistakes
from desktop_app.formdef.model import GOALS_CODE, Choice, ChoiceList
from desktop_app.formdef.reading import codes
from desktop_app.formdef.reading.files import FormFolder, has_control_character
from desktop_app.formdef.reading.tables import Table
from desktop_app.formdef.suggestions import shown
from desktop_app.runtime.i18n import _

_COLUMNS = ("code", "name", "aliases", "note", "valid_from", "valid_to")
_NAME = "name"

MAX_ROWS = 10_000
MAX_COLUMNS = 100
_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")

_Record = Mapping[str, str]


def read_choice_lists(
    tables: Mapping[str, Table], folder: FormFolder, official: str, mistakes: Mistakes
) -> dict[str, ChoiceList]:
    """All lists of ``[choices]`` by their codes. A list with mistakes is there with what is usable."""
    return {code: _read_list(code, table, folder, official, mistakes) for code, table in tables.items()}


def _read_list(code: str, table: Table, folder: FormFolder, official: str, mistakes: Mistakes) -> ChoiceList:
    if not codes.is_field_code(code):
        table.error("", codes.field_code_sentence(code))
    if code == GOALS_CODE:
        table.error("", _("“{code}” means the goals of a section. Choose another code.").format(code=code))
    ordered = table.flag("ordered")
    file = table.text("file")
    written = table.texts("codes")
    table.finish()
    if (file is None) == ("codes" not in table):
        table.error("", _('Write either codes = ["a", "b"] or file = "lists/....csv".'))
    if file is not None:
        content = folder.text(file, table.where.key("file"))
        choices = _read_file(content, KeyPath(file), official, mistakes) if content is not None else []
    else:
        choices = _read_written(written, table)
    return ChoiceList(code, tuple(choices), ordered)


def _read_written(written: tuple[str, ...], table: Table) -> list[Choice]:
    if table.content.get("codes") == []:
        table.error("codes", _("The list is empty. Write at least one code."))
    for code in written:
        if not codes.is_choice_code(code):
            table.error("codes", codes.choice_code_sentence(code))
    return [Choice(code) for code in written]


def _read_file(content: str, where: KeyPath, official: str, mistakes: Mistakes) -> list[Choice]:
    rows = _rows(content, where, mistakes)
    if not rows or not _check_header(rows[0][1], official, where, mistakes):
        return []
    columns = [cell.strip() for cell in rows[0][1]]
    found: dict[str, Choice] = {}
    for number, cells in rows[1:]:
        at = KeyPath(where.file, _row(number))
        if len(cells) > len(columns):
            mistakes.error(at, _("The row has too many cells. Put a text with a comma in double quotes."))
            continue
        record = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        choice = _read_choice(record, official, at, mistakes)
        if choice.code in found:
            mistakes.error(at, _("The code “{code}” stands in two rows.").format(code=shown(choice.code)))
        found.setdefault(choice.code, choice)
    return list(found.values())


def _row(number: int) -> str:
    return _("row {number}").format(number=number)


def _rows(content: str, where: KeyPath, mistakes: Mistakes) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, with their numbers as a spreadsheet shows them."""
    rows: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(content, newline=""), strict=True), 1):
            if number > MAX_ROWS:
                sentence = _("The list has more than {limit} rows. Make it shorter.")
                mistakes.error(where, sentence.format(limit=MAX_ROWS))
                break
            if any(cell.strip() for cell in cells):
                rows.append((number, cells))
    except csv.Error as error:
        sentence = _("The row cannot be read: {reason}. Look for a double quote that does not end.")
        mistakes.error(KeyPath(where.file, _row(number + 1)), sentence.format(reason=error))
        return rows
    if not rows:
        mistakes.error(where, _("The file is empty. Begin with a row of column names, such as code,name."))
    elif len(rows) == 1:
        mistakes.error(where, _("The list is empty. Write at least one row below the first."))
    return rows


def _check_header(cells: list[str], official: str, where: KeyPath, mistakes: Mistakes) -> bool:
    columns = [cell.strip() for cell in cells]
    at = KeyPath(where.file, _row(1))
    if len(columns) == 1 and re.search(r"[;\t]", columns[0]):
        mistakes.error(at, _("The columns must have commas between them. Save the file as CSV with commas."))
        return False
    if len(columns) > MAX_COLUMNS:
        mistakes.error(at, _("There are too many columns. Keep only those that are needed."))
        return False
    for column in columns:
        language = column.partition(".")[2]
        is_name = column.startswith(f"{_NAME}.") and codes.is_language(language)
        if column not in _COLUMNS and not is_name:
            sentence = _("There is no column “{column}”.").format(column=shown(column))
            mistakes.error(at, sentence + mistakes.hint(column, _COLUMNS, always=True))
        if columns.count(column) > 1:
            mistakes.error(at, _("The column “{column}” stands here twice.").format(column=shown(column)))
    if "code" not in columns:
        mistakes.error(at, _("The column “code” is missing."))
    if _NAME not in columns and f"{_NAME}.{official}" not in columns:
        sentence = _("The column “name” is missing: the names in the language of publication.")
        mistakes.error(at, sentence)
    return "code" in columns


def _read_choice(record: _Record, official: str, at: KeyPath, mistakes: Mistakes) -> Choice:
    code = record.get("code", "")
    if not codes.is_choice_code(code):
        mistakes.error(at, codes.choice_code_sentence(code) if code else _("The code is missing."))
    if any(has_control_character(cell) for cell in record.values()):
        mistakes.error(at, _("The row holds a character that cannot be printed. Take it out."))
    aliases = [words.strip() for words in record.get("aliases", "").split("|")]
    names = {
        (column.partition(".")[2] or official): words
        for column, words in record.items()
        if words and (column == _NAME or column.startswith(f"{_NAME}."))
    }
    if official not in names:
        mistakes.error(at, _("The name of “{code}” is missing.").format(code=shown(code)))
        names[official] = code
    return Choice(
        code,
        names,
        tuple(dict.fromkeys(alias for alias in aliases if alias)),
        record.get("note", ""),
        *_validity(record, at, mistakes),
    )


def _validity(record: _Record, at: KeyPath, mistakes: Mistakes) -> tuple[str, str]:
    valid_from, valid_to = record.get("valid_from", ""), record.get("valid_to", "")
    for day in (valid_from, valid_to):
        if day and not _DATE.fullmatch(day):
            sentence = _("“{date}” is not a date. Write 2013, 2013-12 or 2013-12-31.")
            mistakes.error(at, sentence.format(date=shown(day)))
            return "", ""
    # Cut to the same exactness, dates in this notation stand in the order of their letters.
    exactness = min(len(valid_from), len(valid_to))
    if exactness and valid_from[:exactness] > valid_to[:exactness]:
        mistakes.error(at, _("valid_from lies after valid_to."))
    return valid_from, valid_to
