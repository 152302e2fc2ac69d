"""The flat table of attached files: where each belongs, what it is called in the package, its checksum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop_app.exchange.attachment_names import names_by_file
from desktop_app.exchange.workbook.cells import plain
from desktop_app.exchange.workbook.columns import MEDIUM, SHORT, Column, number_content
from desktop_app.exchange.workbook.common_columns import Contents, code_column, number_column, words_column
from desktop_app.exchange.workbook.confidential_marks import MARK, mark_column, place_mark
from desktop_app.exchange.workbook.context import Context
from desktop_app.exchange.workbook.naming import ATTACHMENTS
from desktop_app.exchange.workbook.plan import Content
from desktop_app.exchange.workbook.tables import FlatTable
from desktop_app.report.attachments import Attached
from desktop_app.report.file_names import shown_name
from desktop_app.report.file_words import file_words
from desktop_app.report.placed_files import placed_files
from desktop_app.report.places import place_name
from desktop_app.runtime.i18n import _

FILES = "attachments"
"""The code of a column with the files that go with a record."""


def attachment_table(context: Context) -> FlatTable | None:
    """One record for each file and place; None for a report without files."""
    report = context.report
    files = list(placed_files(report))
    if not files:
        return None
    members = names_by_file(file for _own, _at, file in files)
    records: list[Contents] = [
        {
            "reference": plain(own),
            "at": plain(at),
            "place": plain(place_name(report, at)),
            "name": plain(shown_name(file.name)),
            MARK: place_mark(context, at),
            "size": number_content(file.size),
            "sha256": plain(file.sha256),
            "member": plain(members[file]),
        }
        for own, at, file in files
    ]
    return FlatTable(
        sheet=ATTACHMENTS,
        about=_("Every attached file with its place and its checksum"),
        columns=(
            code_column("reference", _("Reference"), SHORT),
            code_column("at", _("Belongs to: reference"), MEDIUM, aside=True),
            words_column("place", _("Belongs to"), MEDIUM),
            words_column("name", _("File"), MEDIUM),
            *([mark_column()] if any(record[MARK] for record in records) else ()),
            number_column("size", _("Bytes")),
            code_column("member", _("Name in the package"), MEDIUM),
            code_column("sha256", _("SHA-256"), SHORT, aside=True),
        ),
        records=tuple(records),
        short=True,
        keys=tuple(own for own, _at, _file in files),
    )


def files_columns(found: Iterable[object]) -> list[Column]:
    """The column with the names of the files, where any record has some."""
    column = replace(words_column(FILES, _("Attached files"), MEDIUM), aside=True)
    return [column] if any(found) else []


def files_contents(attached: Iterable[tuple[str, Attached]]) -> dict[str, Content]:
    """What that column holds: a name and a size for each file, one below the other."""
    words = "\n".join(file_words(each.file) for _key, each in attached)
    return {FILES: plain(words)} if words else {}
