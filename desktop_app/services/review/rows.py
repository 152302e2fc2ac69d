"""Rows that somebody added by hand to the flat sheets: answers where they can be read, else words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from desktop_app.exchange.review.returned import ReturnedRecord, ReturnedWorkbook
from desktop_app.exchange.review.words import quoted
from desktop_app.exchange.workbook.confidential_marks import MARK
from desktop_app.exchange.workbook.context import Context
from desktop_app.exchange.workbook.row_tables import ROW_ID, row_table
from desktop_app.exchange.workbook.tables import FlatTable
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Field, FieldType, ListDefinition, RowType, Section
from desktop_app.report.paths import row_path
from desktop_app.report.places import place_name
from desktop_app.report.review import CommentSource, ReviewComment
from desktop_app.report.state_words import state_words
from desktop_app.report.value_words import value_words
from desktop_app.report.values import Value
from desktop_app.runtime.i18n import _
from desktop_app.services.review.cell_answers import Asked, answer_of, said_otherwise
from desktop_app.services.review.comments import id_of, notation
from desktop_app.services.review.items import NewComment, NewRow
from desktop_app.services.review.places import Places
from desktop_app.services.review.row_cells import copied_codes, is_named, without_copied

_OF_THE_PROGRAM = frozenset(
    {"reference", "section", "section_title", "list", "list_title", "number", "check", "check_words"}
    | {"country", "cycle", ROW_ID}
)
"""Columns that say where a row stands; the program fills them again."""

_CONFIDENTIAL = "confidential"
_PART_OF = re.compile(r"part_of(_\d+)?(_title)?")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class _Draft:
    """A row on its way: what its cells say, and what of it no question takes, by the header of its column."""

    values: dict[str, Value] = field(default_factory=dict)
    rest: list[tuple[str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    confidential: set[str] = field(default_factory=set)
    source: Mapping[str, str] = field(default_factory=dict)
    """The cells of the row of which it is a copy."""


class RowReader:
    """Makes rows of the records that were added by hand in one workbook, for one report."""

    def __init__(self, returned: ReturnedWorkbook, places: Places) -> None:
        """Nothing is read yet."""
        self._returned = returned
        self._places = places
        self._report = places.report
        self._labels = Labels(self._report.form, self._report.language)
        self._tables: dict[str, FlatTable] = {}
        self._known: dict[tuple[str, str], set[str]] = {}

    def all(self) -> Iterator[NewRow]:
        """Every row that was added; the very same words twice are two rows."""
        count: Counter[str] = Counter()
        for record in self._returned.records:
            if self._is_new(record):
                found = self._row(record, self._row_types.get(record.sheet.casefold()), count)
                if found is not None:
                    yield found

    @cached_property
    def _context(self) -> Context:
        return Context.of(self._report)

    @cached_property
    def _row_types(self) -> Mapping[str, RowType]:
        types = self._report.form.row_types
        return {sheet.casefold(): types[code] for code, sheet in self._context.row_sheets.items()}

    def _is_new(self, record: ReturnedRecord) -> bool:
        """Whether it was added by hand, or in a copy of the report: no row of this one has its key."""
        return record.key is None or not self._places.find(record.key).is_exact

    def _row(self, record: ReturnedRecord, row_type: RowType | None, count: Counter[str]) -> NewRow | None:
        if row_type is None and record.key is not None:
            # A goal, an answer or a list: what is changed in them is a suggestion.
            return None
        filled = {code: words for code, words in record.values.items() if words.strip()}
        answers = {code: words for code, words in filled.items() if not _is_of_the_program(code)}
        source = self._by_id.get(record.values.get(ROW_ID, "").strip(), {})
        named = replace(record, values=without_copied(record.values, source))
        stray = {code: words for code, words in filled.items() if self._is_stray(record, code, words)}
        if not answers and not stray:
            return None
        key = id_of("row", record.sheet, record.values.get("section"), record.values.get("list"), answers)
        count[key] += 1
        row_id = self._own_id(record) or id_of(key, count[key])
        cell = f"{record.sheet}!A{record.row}"
        if row_type is None:
            obstacle = _("{place}: this sheet takes no new rows.").format(place=cell)
            return self._without_list(record, row_id, filled, cell, obstacle)
        found = self._list(named, row_type)
        if found is None:
            said = self._why_no_list(named, row_type).format(place=cell)
            kept = _("Choose its list; without one its words come in as a comment.")
            alone = self._without_list(record, row_id, filled, cell, f"{said} {kept}", row_type)
            ways = tuple(
                self._in_list(row_id, *each, answers, stray, cell, source)
                for each in self._possible(named, row_type)
            )
            return replace(alone, ways=ways, is_known=alone.is_known or any(each.is_known for each in ways))
        if self._is_state(found[1], answers):
            said = _(
                "{place}: “{words}” says why the list is empty, so it is no entry of it. "
                "Choose it in the report."
            )
            obstacle = said.format(place=cell, words=next(iter(answers.values())))
            return self._without_list(record, row_id, filled, cell, obstacle, row_type)
        return self._in_list(row_id, *found, answers, stray, cell, source)

    def _in_list(
        self,
        row_id: str,
        section: Section,
        entry: ListDefinition,
        answers: Mapping[str, str],
        stray: Mapping[str, str],
        cell: str,
        source: Mapping[str, str],
    ) -> NewRow:
        draft = self._draft(answers, entry.row, section, source)
        headers = self._headers(entry.row)
        known = self._section_names(section) | self._list_names(entry)
        draft.rest += [
            (headers.get(code, code), words)
            for code, words in stray.items()
            if words.strip().casefold() not in known
        ]
        return self._made(row_id, entry, draft, cell)

    def _is_state(self, entry: ListDefinition, answers: Mapping[str, str]) -> bool:
        """Whether the only words of the row are those for why such a list is empty."""
        lead = answers.get(entry.row.lead.code, "") if len(answers) == 1 else ""
        known = {_signs_left_out(state_words(state, self._labels)) for state in entry.states}
        return _signs_left_out(lead) in known - {""}

    def _section(self, record: ReturnedRecord) -> Section | None:
        """The one section that the record names."""
        if not any(record.values.get(code, "").strip() for code in ("section", "section_title")):
            return None
        found = [
            each
            for each in self._report.form.walk()
            if is_named(record, "section", self._section_names(each), self._all_names)
        ]
        return found[0] if len(found) == 1 else None

    def _is_stray(self, record: ReturnedRecord, code: str, words: str) -> bool:
        """Whether a person wrote it into a column that the program fills: nothing there says the same."""
        if not _is_of_the_program(code) or (code == "number" and words.strip().isdecimal()):
            return False
        return words.strip().casefold() not in self._known_words(record.sheet, code)

    def _known_words(self, sheet: str, code: str) -> set[str]:
        """What the rows of the report say in a column, in small letters."""
        if (sheet, code) not in self._known:
            self._known[sheet, code] = {
                each.values.get(code, "").strip().casefold()
                for each in self._returned.records
                if each.sheet == sheet and each.key is not None
            }
        return self._known[sheet, code]

    @staticmethod
    def _own_id(record: ReturnedRecord) -> str:
        """The id that the row has in a copy of the report; empty for a row added by hand."""
        found = (record.key or "").rpartition("/")[2]
        return found if _UUID.fullmatch(found) else ""

    # Where it belongs

    def _list(self, record: ReturnedRecord, row_type: RowType) -> tuple[Section, ListDefinition] | None:
        """The list the row belongs to: by codes, by titles, or because there is only one."""
        found = self._of_type(row_type)
        found = [
            each
            for each in found
            if is_named(record, "section", self._section_names(each[0]), self._all_names)
        ]
        found = [
            each for each in found if is_named(record, "list", self._list_names(each[1]), self._all_names)
        ]
        return found[0] if len(found) == 1 else None

    def _why_no_list(self, record: ReturnedRecord, row_type: RowType) -> str:
        codes = {code: words for code, words in record.values.items() if not code.endswith("_title")}
        if self._list(replace(record, values=codes), row_type) is not None:
            return _(
                "{place}: the codes of this row name another section or list than the words beside them."
            )
        return _("{place}: this row does not say to which list it belongs.")

    @cached_property
    def _all_names(self) -> set[str]:
        """What names any section or list."""
        sections = list(self._report.form.walk())
        lists = [self._list_names(entry) for section in sections for entry in section.lists]
        return set().union(*map(self._section_names, sections), *lists)

    @cached_property
    def _by_id(self) -> Mapping[str, Mapping[str, str]]:
        """The cells of the rows of the report by the rows' ids."""
        found = ((each.key.rpartition("/")[2], each.values) for each in self._returned.records if each.key)
        return {row_id: values for row_id, values in found if _UUID.fullmatch(row_id)}

    def _of_type(self, row_type: RowType) -> list[tuple[Section, ListDefinition]]:
        return [
            (section, entry)
            for section in self._report.form.walk()
            for entry in section.lists
            if entry.row.code == row_type.code
        ]

    def _possible(
        self, record: ReturnedRecord, row_type: RowType
    ) -> Iterator[tuple[Section, ListDefinition]]:
        """The lists that a person can choose for it: those of its section where it names one that has any."""
        found, named = self._of_type(row_type), self._section(record)
        yield from [each for each in found if named is not None and each[0].code == named.code] or found

    def _section_names(self, section: Section) -> set[str]:
        labels = self._labels
        titles = (labels.section_short(section), labels.section_title(section))
        names = (section.code, *titles, labels.section_kicker(section), labels.section_heading(section))
        return {each.casefold() for each in names if each}

    def _list_names(self, entry: ListDefinition) -> set[str]:
        labels = self._labels
        names = (entry.code, labels.list_title(entry), labels.list_short(entry), labels.row_name(entry))
        return {each.casefold() for each in names}

    # What it says

    def _draft(
        self, answers: Mapping[str, str], row_type: RowType, section: Section, source: Mapping[str, str]
    ) -> _Draft:
        draft = _Draft(source=source)
        left = dict(answers)
        for question in row_type.fields:
            code, columns = self._columns(row_type, question)
            taken = {each: left.pop(each) for each in columns if each in left}
            for each in copied_codes(code, taken, source):
                del taken[each]
            if taken:
                parts = {each.removeprefix(code).removeprefix("_"): words for each, words in taken.items()}
                self._take(draft, row_type, question, section, parts)
        codes, words = left.pop(_CONFIDENTIAL, ""), left.pop(MARK, "")
        _take_marks(draft, codes or words, row_type)
        headers = self._headers(row_type)
        draft.rest += [(headers.get(code, code), words) for code, words in left.items()]
        return draft

    def _take(
        self, draft: _Draft, row_type: RowType, question: Field, section: Section, parts: Mapping[str, str]
    ) -> None:
        label = self._labels.field_label(question)
        asked = Asked(question, section, self._labels, self._places.moved_option)
        try:
            draft.values[question.code] = answer_of(asked, parts)
        except ValueError as error:
            draft.rest += [(label, words) for words in dict.fromkeys(parts.values())]
            sentence = _("{question}: {reason}. The words were kept in a comment.")
            draft.told.append(sentence.format(question=label, reason=str(error).rstrip(".")))
            return
        for part in said_otherwise(asked, draft.values[question.code], parts):
            code = f"{self._columns(row_type, question)[0]}_{part}"
            if parts[part].strip() != draft.source.get(code, "").strip():
                header = self._headers(row_type).get(code, label)
                draft.rest.append((header, parts[part]))
                sentence = _(
                    "{column}: “{words}” says something else than the answer. It was kept in a comment."
                )
                draft.told.append(sentence.format(column=header, words=quoted(parts[part])))

    def _columns(self, row_type: RowType, question: Field) -> tuple[str, list[str]]:
        """What the codes of the columns of a question begin with, and those codes."""
        source = f"{row_type.code}.{question.code}"
        columns = [column.code for column in self._table(row_type).columns if column.source == source]
        long = f"answer_{question.code}"
        return (long if columns and columns[0].startswith(long) else question.code), columns

    def _headers(self, row_type: RowType) -> dict[str, str]:
        return {column.code: column.label for column in self._table(row_type).columns}

    def _table(self, row_type: RowType) -> FlatTable:
        found = self._tables.get(row_type.code)
        if found is None:
            found = self._tables[row_type.code] = row_table(self._context, row_type)
        return found

    # What becomes of it

    def _made(self, row_id: str, entry: ListDefinition, draft: _Draft, cell: str) -> NewRow:
        lead = draft.values.get(entry.row.lead.code)
        words = value_words(entry.row.lead, lead, self._labels) if lead is not None else ""
        words = words or next((each for _label, each in draft.rest), "")
        path = row_path(entry.path, row_id)
        where = place_name(self._report, entry.path)
        told = [*draft.told, *([_("It is marked as confidential.")] if draft.confidential else [])]
        return NewRow(
            id=row_id,
            where=where,
            list_path=entry.path,
            words=" · ".join(filter(None, (quoted(words), *self._when(entry, draft)))),
            values=draft.values,
            confidential=frozenset(draft.confidential),
            rest=self._rest(path, where, draft.rest, cell) if draft.rest else None,
            is_known=self._report.lists[entry.path].find(row_id) is not None,
            told=tuple(told),
        )

    def _when(self, entry: ListDefinition, draft: _Draft) -> Iterator[str]:
        """The timeframe of a row: by it a person knows what is planned or done."""
        for question in entry.row.fields:
            value = draft.values.get(question.code)
            if question.type is FieldType.TIMEFRAME and value is not None:
                yield value_words(question, value, self._labels)

    def _without_list(
        self,
        record: ReturnedRecord,
        row_id: str,
        filled: Mapping[str, str],
        cell: str,
        obstacle: str,
        row_type: RowType | None = None,
    ) -> NewRow:
        """A row that can be in no list of the form: all its words are kept in a comment."""
        section = self._section(record)
        about = section.code if section is not None else ""
        where = place_name(self._report, about)
        headers = self._headers(row_type) if row_type is not None else {}
        rest = self._rest(
            about, where, [(headers.get(code, code), each) for code, each in filled.items()], cell
        )
        answers = {code: words for code, words in filled.items() if not _is_of_the_program(code)} or filled
        return NewRow(
            id=row_id,
            where=where,
            list_path="",
            words=quoted(" · ".join(answers.values())),
            values={},
            rest=rest,
            is_known=rest.is_known,
            obstacle=obstacle,
        )

    def _rest(self, about: str, where: str, rest: Sequence[tuple[str, str]], cell: str) -> NewComment:
        lines = [f"{label}: {words}" for label, words in rest]
        words = "\n".join([_("From the row added in the workbook:"), *lines])
        source = CommentSource(self._returned.sha256, cell)
        comment = ReviewComment(about=about, words=notation(words), source=source)
        comment_id = id_of("rest", about, *([label, words] for label, words in rest))
        return NewComment(comment_id, where, comment, comment_id in self._report.comments)


def _signs_left_out(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _is_of_the_program(code: str) -> bool:
    return code in _OF_THE_PROGRAM or _PART_OF.fullmatch(code) is not None


def _take_marks(draft: _Draft, words: str, row_type: RowType) -> None:
    """What is confidential; a word that nobody knows makes all of the row so, to be safe."""
    known = {question.code for question in row_type.fields}
    for code in filter(None, (each.strip() for each in words.replace(",", ";").split(";"))):
        draft.confidential.add(code if code in known else "")
