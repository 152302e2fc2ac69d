"""What has been read of a form so far: what later parts look up, and what is checked at the end."""

from __future__ import annotations

from desktop_app.formdef.expressions import Expression
from desktop_app.formdef.mistakes import KeyPath, Mistakes
from desktop_app.formdef.model import Check, ChoiceList, Field, ListDefinition, Moved, RowType, Section
from desktop_app.formdef.reading.files import FORM_FILE
from desktop_app.formdef.reading.tables import Table
from desktop_app.runtime.dataclass import dataclass, field
from desktop_app.runtime.i18n import _

MAX_FIELDS = 5000
MAX_CHECKS = 5000
MAX_SECTIONS = 1000
MAX_NESTING = 8

SHARED_NAMES = frozenset({"country", "cycle"})
"""Names every rule may use."""


@dataclass(frozen=True, slots=True)
class Head:
    """What form.toml says of the form as a whole, in its table ``[form]``."""

    id: str
    version: str
    languages: tuple[str, ...]
    labels_verified: bool
    cycles: tuple[str, ...]
    respondents: str

    @property
    def official(self) -> str:
        """The language of publication."""
        return self.languages[0]


@dataclass(frozen=True, slots=True)
class DraftField:
    """A field and the table it was read from; its rule ``relevant`` is still to be read."""

    question: Field
    table: Table


@dataclass(frozen=True, slots=True)
class Group:
    """Fields and checks written once for several sections."""

    fields: tuple[DraftField, ...]
    checks: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """Where a rule belongs: to rows of a type, to a section, or to the whole form; one at most is given."""

    row: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """A rule, where it stands, and for ``relevant`` the field (by its path) that it decides about."""

    where: KeyPath
    expression: Expression
    home: Home
    decides: str | None = None


@dataclass(slots=True)
class Draft:
    """The parts of one form while it is read."""

    mistakes: Mistakes
    head: Head
    choice_lists: dict[str, ChoiceList] = field(default_factory=dict)
    row_types: dict[str, RowType] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    lists: dict[str, ListDefinition] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    checks: tuple[Check, ...] = ()
    moved: tuple[Moved, ...] = ()
    rules: list[PlacedRule] = field(default_factory=list)
    section_places: dict[str, KeyPath] = field(default_factory=dict)
    goal_places: dict[str, KeyPath] = field(default_factory=dict)
    used_groups: set[str] = field(default_factory=set)
    used_choice_lists: set[str] = field(default_factory=set)
    field_count: int = 0
    check_count: int = 0

    def takes(self, fields: int, checks: int) -> bool:
        """Count further fields and checks; false, with a mistake, when there are too many for one form.

        Those of a group count for each section that uses it.
        """
        self.field_count += fields
        self.check_count += checks
        if self.field_count > MAX_FIELDS:
            sentence = _("The form has more than {limit} fields. Split it into several forms.")
            self.mistakes.error(KeyPath(FORM_FILE), sentence.format(limit=MAX_FIELDS))
        if self.check_count > MAX_CHECKS:
            sentence = _("The form has more than {limit} checks. Split it into several forms.")
            self.mistakes.error(KeyPath(FORM_FILE), sentence.format(limit=MAX_CHECKS))
        return self.field_count <= MAX_FIELDS and self.check_count <= MAX_CHECKS
