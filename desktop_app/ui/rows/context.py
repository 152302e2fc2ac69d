"""What every part of one list on a page needs to know."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import ListDefinition, Section
from desktop_app.report.report import RowList
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui.past import Past


@dataclass(frozen=True, slots=True)
class ListContext:
    """One list of one section in an open report."""

    session: EntrySession
    section: Section
    entry: ListDefinition
    labels: Labels
    past: Past | None = None
    """The log of the report, where there is one to be asked."""

    @property
    def path(self) -> str:
        """The list's path."""
        return self.entry.path

    @property
    def is_read_only(self) -> bool:
        """Whether no answer may change: the report is open to be read, or it is frozen."""
        return self.session.is_closed

    @property
    def row_list(self) -> RowList:
        """The list as it stands now."""
        return self.session.report.lists[self.entry.path]

    @property
    def sibling_lists(self) -> tuple[ListDefinition, ...]:
        """Other lists of the section with the same row type: where a row can go."""
        return tuple(
            other for other in self.section.lists if other.row is self.entry.row and other is not self.entry
        )
