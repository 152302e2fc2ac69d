"""What people call the places of a report, in the version it was made with and in the one wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Form, ListDefinition
from desktop_app.report.versions.fitting import Asked
from desktop_app.report.versions.lineage import Lineage

T = TypeVar("T")


class Names:
    """Words for places. Where the report's own version is not at hand, its codes have to do."""

    def __init__(self, lineage: Lineage, language: str) -> None:
        """In the report's language."""
        self._origin = lineage.origin
        self._target = lineage.target
        self._old = Labels(lineage.origin, language) if lineage.origin is not None else None
        self._new = Labels(lineage.target, language)
        form = lineage.origin or lineage.target
        places = (
            place
            for section in form.walk()
            for place in (
                *(section.field_path(question) for question in section.questions),
                *(entry.path for entry in section.lists),
            )
        )
        self._order = {place: index for index, place in enumerate(places)}

    @property
    def state_labels(self) -> Labels:
        """The form's own words for why something is empty."""
        return self._old or self._new

    def order(self, path: str) -> tuple[int, str]:
        """A sorting key that puts places in the order of the form they were in, as far as that is known."""
        head = path.partition("/")[0]
        return self._order.get(head, len(self._order)), head

    # Single answers and lists

    def old_answer(self, path: str) -> str:
        """The name of a single question as it was."""
        return _answer(self._origin, self._old, path) or _answer(self._target, self._new, path) or path

    def old_question(self, path: str) -> Asked | None:
        """The single question as it was; None when that is not known."""
        found = self._origin.field_at(path) if self._origin is not None else None
        return Asked(self._origin, *found) if self._origin is not None and found is not None else None

    def new_answer(self, path: str) -> str:
        """The name of a single question as it is now."""
        return _answer(self._target, self._new, path) or path

    def old_list(self, path: str) -> str:
        """The name of a list as it was."""
        return _list(self._origin, self._old, path) or _list(self._target, self._new, path) or path

    def new_list(self, path: str) -> str:
        """The name of a list as it is now."""
        return _list(self._target, self._new, path) or path

    # Rows

    def _old_entry(self, path: str) -> ListDefinition | None:
        found = self._origin.list_at(path) if self._origin is not None else None
        return found[1] if found is not None else None

    def row_type(self, path: str) -> str | None:
        """The code of the type of the rows the list had; None when that is not known."""
        entry = self._old_entry(path)
        return entry.row.code if entry is not None else None

    def row(self, path: str, number: int) -> str:
        """A row, such as "Target 1, planned action 3"."""
        for form, labels in ((self._origin, self._old), (self._target, self._new)):
            found = form.list_at(path) if form is not None else None
            if found is not None and labels is not None:
                section, entry = found
                return f"{labels.section_short(section)}, {labels.row_name(entry)} {number}"
        return f"{path} {number}"

    def old_field(self, path: str, code: str) -> str:
        """The label a field of rows had."""
        for form, labels in ((self._origin, self._old), (self._target, self._new)):
            found = form.list_at(path) if form is not None else None
            for question in found[1].row.fields if found is not None else ():
                if question.code == code and labels is not None and found is not None:
                    return labels.field_label(question, found[1])
        return code

    def new_field(self, entry: ListDefinition, code: str) -> str:
        """The label a field of rows has now."""
        return self._new.field_label(entry.row.field(code), entry)

    def old_row_field(self, path: str, code: str) -> Asked | None:
        """The field of rows as it was; None when that is not known."""
        found = self._origin.list_at(path) if self._origin is not None else None
        if found is None or self._origin is None:
            return None
        section, entry = found
        for question in entry.row.fields:
            if question.code == code:
                return Asked(self._origin, section, question)
        return None

    def in_order(self, path: str, answers: Mapping[str, T]) -> list[tuple[str, T]]:
        """A row's answers in the order of their questions, as far as that is known."""
        entry = self._old_entry(path)
        codes = [question.code for question in entry.row.fields] if entry is not None else []
        return sorted(
            answers.items(), key=lambda item: codes.index(item[0]) if item[0] in codes else len(codes)
        )


def _answer(form: Form | None, labels: Labels | None, path: str) -> str:
    found = form.field_at(path) if form is not None else None
    if found is None or labels is None:
        return ""
    section, question = found
    return f"{labels.section_short(section)}, {labels.field_label(question)}"


def _list(form: Form | None, labels: Labels | None, path: str) -> str:
    found = form.list_at(path) if form is not None else None
    if found is None or labels is None:
        return ""
    section, entry = found
    return f"{labels.section_short(section)}, {labels.list_short(entry)}"
