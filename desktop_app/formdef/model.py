"""What a form is, once it has been read: immutable, complete, and free of any country's answers.

A form is a tree of sections. A section has goals, single fields and lists; a list holds rows of
one row type, which is written once and used by every section that names the list. Paths are made
of codes and are what answers, problems and changes refer to:

* ``T1.goals``, ``cover.authority``      one field of a section
* ``T1.planned``                         a list of a section
* ``T1.planned/<row id>/description``    one field of a row (made by ``report.paths``)

Codes are data of the form; none of them occurs in the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from desktop_app.formdef.expressions import Expression
from desktop_app.formdef.texts import FormTexts
from desktop_app.runtime.dataclass import dataclass, field

GOALS_CODE = "goals"
"""Code of the field every section with goals has: which of them the country chose."""


class FieldType(StrEnum):
    """The closed set of kinds a question can have. Each layer has one table over it."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    YEAR_SERIES = "year_series"
    DATE = "date"
    TIMEFRAME = "timeframe"
    YES_NO = "yes_no"
    SCALE = "scale"
    LINK = "link"
    ATTACHMENT = "attachment"


class Presentation(StrEnum):
    """How a row shows a field: its main words, a small chip below them, or behind "more"."""

    LEAD = "lead"
    CHIPS = "chips"
    MORE = "more"


class Level(StrEnum):
    """How much a problem weighs."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class State(StrEnum):
    """Why a list or field is empty. Blank is none of these."""

    NO_ACTION_TAKEN = "no_action_taken"
    NOT_APPLICABLE = "not_applicable"
    NOT_AVAILABLE = "not_available"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of the form: when ``when`` is true, the answer at ``field`` has a problem.

    ``field`` is the code of a field or list beside the rule, or None for the row or section itself.
    The sentence stands in the texts under ``check/<code>``.
    """

    code: str
    level: Level
    when: Expression
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One question with a value.

    ``choices`` names a choice list, or is ``goals`` for the goals of the section at hand.
    ``required`` is the level of the problem an empty answer makes, or None.
    ``goal`` ties the question to one goal of its section. ``supplement``: not in the published form.
    ``plain`` and ``lines`` are about texts: a plain text has no formatting; one line or several.
    ``baseline`` is the first year of a year series. ``respondent``: shows the report's country.
    """

    code: str
    type: FieldType
    text_key: str
    presentation: Presentation = Presentation.MORE
    required: Level | None = None
    supplement: bool = False
    choices: str | None = None
    goal: str | None = None
    plain: bool = False
    lines: int = 1
    max_words: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    baseline: int | None = None
    after: str | None = None
    unique: bool = False
    respondent: bool = False
    states: tuple[State, ...] = ()
    relevant: Expression | None = None


GOALS_FIELD = Field(GOALS_CODE, FieldType.CHOICES, text_key=GOALS_CODE, choices=GOALS_CODE)
"""The question every section with goals has. Its words stand in the texts under ``field.goals``."""


@dataclass(frozen=True, slots=True)
class RowType:
    """The fields and rules of one kind of row."""

    code: str
    fields: tuple[Field, ...]
    checks: tuple[Check, ...] = ()

    def field(self, code: str) -> Field:
        """The field with this code; KeyError when there is none."""
        for found in self.fields:
            if found.code == code:
                return found
        raise KeyError(code)

    @property
    def lead(self) -> Field:
        """The field that carries the row's main words."""
        for found in self.fields:
            if found.presentation is Presentation.LEAD:
                return found
        return self.fields[0]


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """A list as one section has it. ``path`` is the section's code, a dot and the list's code."""

    code: str
    path: str
    row: RowType
    states: tuple[State, ...] = ()
    required: Level | None = None
    min_rows: int = 0


@dataclass(frozen=True, slots=True)
class Goal:
    """An operational goal of a section."""

    code: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form. ``kind`` selects the heading pattern of the texts (``kind/<kind>/heading``)."""

    code: str
    number: str = ""
    kind: str = ""
    goals: tuple[Goal, ...] = ()
    fields: tuple[Field, ...] = ()
    lists: tuple[ListDefinition, ...] = ()
    checks: tuple[Check, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def questions(self) -> tuple[Field, ...]:
        """The goals to choose from, if the section has any, and its own fields."""
        return (GOALS_FIELD, *self.fields) if self.goals else self.fields

    def field_path(self, found: Field) -> str:
        """The path of one of the section's fields."""
        return f"{self.code}.{found.code}"

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in the working order."""
        yield self
        for child in self.sections:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a choice list. ``names``: label by language tag; ``aliases``: other names people write.

    ``valid_from`` and ``valid_to`` are ISO dates as exact as they are known ("2012", "2012-12-05"),
    empty when unknown or without limit. ``note`` belongs to the name wherever it is printed.
    """

    code: str
    names: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    note: str = ""
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """A list of codes with labels, in order. ``ordered``: later entries mean more (a scale)."""

    code: str
    choices: tuple[Choice, ...]
    ordered: bool = False

    def choice(self, code: str) -> Choice | None:
        """The entry with this code, if there is one."""
        for found in self.choices:
            if found.code == code:
                return found
        return None


@dataclass(frozen=True, slots=True)
class Moved:
    """Answers once kept under the code ``old`` belong under ``new`` since this version."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class FormEntry:
    """A form as a list of forms shows it. ``title`` and ``short`` are its official words."""

    id: str
    version: str
    title: str
    short: str
    labels_verified: bool
    folder: Path


@dataclass(frozen=True)
class Form:
    """One version of one form. ``hash`` is the SHA-256 over form.toml and its lists.

    ``languages``: tags of the texts it has, the official one first. ``respondents`` names the
    choice list of countries. ``folder`` is where it was read from.
    """

    id: str
    version: str
    hash: str
    texts: FormTexts
    languages: tuple[str, ...]
    labels_verified: bool
    cycles: tuple[str, ...]
    respondents: str
    sections: tuple[Section, ...]
    row_types: Mapping[str, RowType]
    choice_lists: Mapping[str, ChoiceList]
    checks: tuple[Check, ...] = ()
    moved: tuple[Moved, ...] = ()
    folder: Path | None = None
    _sections: dict[str, Section] = field(default_factory=dict, repr=False, compare=False)
    _lists: dict[str, tuple[Section, ListDefinition]] = field(default_factory=dict, repr=False, compare=False)
    _fields: dict[str, tuple[Section, Field]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index sections, lists and fields by their paths, so that look-ups do not walk the tree."""
        for section in self.walk():
            self._sections[section.code] = section
            for entry in section.lists:
                self._lists[entry.path] = (section, entry)
            for question in section.questions:
                self._fields[section.field_path(question)] = (section, question)

    def walk(self) -> Iterator[Section]:
        """All sections in the working order, parents before their parts."""
        for section in self.sections:
            yield from section.walk()

    def section(self, code: str) -> Section | None:
        """The section with this code."""
        return self._sections.get(code)

    def list_at(self, path: str) -> tuple[Section, ListDefinition] | None:
        """The list at this path, with its section."""
        return self._lists.get(path)

    def field_at(self, path: str) -> tuple[Section, Field] | None:
        """The single field at this path, with its section."""
        return self._fields.get(path)

    def field_paths(self) -> Iterator[str]:
        """The paths of all single fields, in order."""
        return iter(self._fields)

    def list_paths(self) -> Iterator[str]:
        """The paths of all lists, in order."""
        return iter(self._lists)

    def options(self, section: Section, question: Field) -> tuple[str, ...]:
        """The codes a choice, choices or scale field may hold in this section."""
        if question.choices == GOALS_CODE:
            return tuple(goal.code for goal in section.goals)
        if question.choices is None:
            return ()
        return tuple(choice.code for choice in self.choice_lists[question.choices].choices)

    def country(self, code: str) -> Choice | None:
        """The respondent with this code."""
        return self.choice_lists[self.respondents].choice(code)
