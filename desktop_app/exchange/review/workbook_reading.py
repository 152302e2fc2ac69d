"""A whole foreign workbook as plain values, ready to be passed on as JSON. Used in the limited process only.

What is not looked at cannot do harm: pictures, drawings, merged cells, pivots, and styles but for days and
what is struck through.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desktop_app.exchange.review import note_reading
from desktop_app.exchange.review.allowance import Budget, budget_for
from desktop_app.exchange.review.cell_values import date_styles, shared_strings
from desktop_app.exchange.review.characters import shown
from desktop_app.exchange.review.note_reading import Note
from desktop_app.exchange.review.reasons import Reason, UnreadableError
from desktop_app.exchange.review.references import place_of, split_reference
from desktop_app.exchange.review.sheet_reading import MAX_FLAT_ROWS, SheetReader, SheetRow, Values
from desktop_app.exchange.review.struck import struck_styles
from desktop_app.exchange.review.xml_reading import MAX_ELEMENTS, Element, tree
from desktop_app.exchange.review.zip_parts import ZipParts, relationships_of, target_of
from desktop_app.exchange.workbook.naming import META

MAX_SHEETS = 250
MAX_NOTES = 20_000
MAX_NAMES = 10_000
"""Of cells and ranges; a report's workbook has a hundred, and each filter and print range is one."""
_HEADER_NAME = "col."
_ROWS = 200
"""So many are said at a time."""


class ForeignWorkbook:
    """What stands in the workbook ``data``. UnreadableError for what no report's workbook has."""

    def __init__(self, data: bytes) -> None:
        self._parts = parts = ZipParts(data)
        self._budget = Budget()
        self._part = self._main_part()
        self._book = self._tree(self._part)
        self._relations = self._relations_of(self._part)
        self._names = self._header_names()
        self._seen: set[str] = set()
        self._look_at_links()
        self._allow_for_records()
        self._values = Values(
            from_1904=(self._book.first("workbookPr") or Element("", {})).get("date1904") in ("1", "true")
        )
        styles = self._related("styles")
        if styles is not None:
            looks = self._tree(styles)
            self._values.days, self._values.struck = date_styles(looks), struck_styles(looks)
        strings = self._related("sharedStrings")
        if strings is not None:
            parts.refuse_many(strings, b"<", 2 * self._budget.marks)
            self._values.strings = shared_strings(
                parts.pieces(strings), strings, self._budget, self._values.runs
            )
        persons = self._related("person")
        self._persons = note_reading.persons(self._tree(persons)) if persons is not None else {}
        self._note_count = 0

    def names(self) -> list[list[str]]:
        """The hidden names of headers, each with the cell it stands for."""
        return self._names

    def seen(self) -> list[str]:
        """What there was and was not followed."""
        return sorted(self._seen)

    def said(self) -> Iterator[dict[str, Any]]:
        """Each sheet: its name, tables and notes; then its rows, some at a time; then whether it is cut.

        One after the other, so that a large workbook never stands in the memory as a whole.
        """
        named = {place[0] for _name, reference in self.names() if (place := place_of(reference))}
        listed = list(self._book.all("sheet"))
        if len(listed) > MAX_SHEETS:
            raise UnreadableError(Reason.TOO_MUCH, self._part)
        for each in listed:
            target = self._relations.get(each.get("id"))
            if target is not None and target[0] == "worksheet" and self._parts.has(target[1]):
                yield from self._sheet(shown(each.get("name")), each.get("state"), target[1], named)

    # Parts and what leads to them.

    def _main_part(self) -> str:
        for kind, target in self._relations_of("").values():
            if kind == "officeDocument" and target.startswith("xl/") and self._parts.has(target):
                return target
        raise UnreadableError(Reason.NO_WORKBOOK)

    def _tree(self, part: str) -> Element:
        self._parts.refuse_many(part, b"<", 2 * MAX_ELEMENTS)
        return tree(self._parts.pieces(part), part, self._budget)

    def _relations_of(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and part by id; what lies outside the file is left out."""
        name = relationships_of(part)
        if not self._parts.has(name):
            return {}
        return {
            each.get("Id"): (
                each.get("Type").rpartition("/")[2],
                target_of(part, each.get("Target")),
            )
            for each in self._tree(name).all("Relationship")
            if each.get("TargetMode") != "External"
        }

    def _header_names(self) -> list[list[str]]:
        found = list(self._book.all("definedName"))
        if len(found) > MAX_NAMES:
            raise UnreadableError(Reason.TOO_MUCH, self._part)
        return [
            [each.get("name"), each.text.strip()]
            for each in found
            if each.get("name").startswith(_HEADER_NAME) and place_of(each.text.strip())
        ]

    def _allow_for_records(self) -> None:
        """From here on as much may be read as the records need of which the hidden sheet knows."""
        hidden = (
            self._relations[each.get("id")][1]
            for each in self._book.all("sheet")
            if each.get("name") == META and each.get("id") in self._relations
        )
        telling = {part for part in (next(hidden, None), self._related("sharedStrings")) if part}
        budget = budget_for(self._parts, sorted(part for part in telling if self._parts.has(part)))
        if budget is None:
            raise UnreadableError(Reason.TOO_MUCH, self._part)
        budget.marks -= Budget().marks - self._budget.marks
        self._budget = budget

    def _related(self, kind: str) -> str | None:
        for found, target in self._relations.values():
            if found == kind and self._parts.has(target):
                return target
        return None

    def _look_at_links(self) -> None:
        """A link to another workbook is not followed; one that would start a program is refused."""
        for name in self._parts.names():
            lower = name.casefold()
            if lower.startswith("xl/externallinks/") and lower.endswith(".xml"):
                link = self._tree(name)
                if link.first("ddeLink") is not None or link.first("oleLink") is not None:
                    raise UnreadableError(Reason.LINKS, name)
                self._seen.add("links")
            elif lower.startswith(("xl/connections", "xl/querytables/")):
                self._seen.add("connections")

    # Sheets.

    def _sheet(self, name: str, state: str, part: str, named: set[str]) -> Iterator[dict[str, Any]]:
        relations = self._relations_of(part)
        tables = [
            self._table(target)
            for kind, target in relations.values()
            if kind == "table" and self._parts.has(target)
        ]
        notes = self._notes(relations)
        noted = frozenset(split_reference(note.place)[0] for note in notes)
        is_flat = bool(tables) or name in named
        if is_flat:
            self._parts.refuse_many(part, b"<row", MAX_FLAT_ROWS)
        reader = SheetReader(part, self._values, self._budget, is_flat, noted)
        # Counted before it is parsed: an element begins with a mark, and most end with another one.
        self._parts.refuse_many(part, b"<", 2 * self._budget.marks)
        plain = [note.plain() for note in notes]
        yield {"name": name, "state": state, "tables": tables, "notes": plain}
        found: list[SheetRow] = []
        for rows in reader.rows(self._parts.pieces(part)):
            found += rows
            if len(found) >= _ROWS:
                yield {"rows": found}
                found = []
        yield {"rows": found, "cut": reader.cut, "struck": reader.struck}

    def _table(self, part: str) -> dict[str, Any]:
        table = self._tree(part).first("table") or Element("", {})
        columns = [[each.get("id"), shown(each.get("name"))] for each in table.all("tableColumn")]
        return {"name": table.get("displayName"), "ref": table.get("ref"), "columns": columns}

    def _notes(self, relations: dict[str, tuple[str, str]]) -> list[Note]:
        found: list[Note] = []
        of_kind = {
            kind: [target for each, target in relations.values() if each == kind and self._parts.has(target)]
            for kind in ("threadedComment", "comments")
        }
        for part in of_kind["threadedComment"]:
            found += note_reading.threaded(self._tree(part), self._persons)
        with_thread = frozenset(note.place for note in found)
        for part in of_kind["comments"]:
            found += note_reading.notes(self._tree(part), with_thread)
        self._note_count += len(found)
        self._budget.characters -= sum(len(note.words) for note in found)
        if self._note_count > MAX_NOTES or self._budget.characters < 0:
            raise UnreadableError(Reason.TOO_MUCH, "comments")
        return found
