"""An old report recognised: a report with the document's words in the places of a form.

Nothing is lost: every word is in an answer, in a footnote at its mark, in a timeframe, is wording of
the form or the country's name, or stands in ``unplaced`` with a notice that says so.

Ids are made from the document's content, the form, country and cycle (UUID 5): two colleagues who
import the same document get the same rows, so their files can be merged, and a repeated import can be
noticed.

A goal is attached to an action only where that is certain: when the section has that one goal, or when
the document repeats the section's lists for each goal.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop_app.exchange.old_reports.answers import answer_of
from desktop_app.exchange.old_reports.blocks import Block
from desktop_app.exchange.old_reports.identity import Identity, find_country, given_country, head_of, identify
from desktop_app.exchange.old_reports.mending import Role, is_page_number, mended
from desktop_app.exchange.old_reports.openings import Spoken, is_all_wording, openings
from desktop_app.exchange.old_reports.placing import Placed, Portion, placed, portions_of
from desktop_app.exchange.old_reports.rows import rows_of
from desktop_app.exchange.old_reports.source import SourceDocument
from desktop_app.exchange.old_reports.texts import text_of
from desktop_app.exchange.old_reports.wording import WordingIndex, WordingKind, fold
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.mistakes import FormError
from desktop_app.formdef.model import (
    GOALS_CODE,
    Field,
    FieldType,
    Form,
    ListDefinition,
    RowType,
    Section,
    State,
)
from desktop_app.report.changes import Change
from desktop_app.report.paths import UNPLACED, row_path, state_path
from desktop_app.report.places import place_name
from desktop_app.report.plain import POSITION_STEP, changes_of_report
from desktop_app.report.report import Report
from desktop_app.report.text import Text, markup
from desktop_app.report.unplaced import Unplaced
from desktop_app.report.values import write_value
from desktop_app.runtime.i18n import _

_NAMESPACE = uuid.UUID("5d0c6a1e-6a4e-5b7c-9d55-0d6c5ad2f3b1")
_FIRST_WORDS = 80


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was made of an old report. ``report`` is in no file yet; ``changes`` fill an empty one like it.

    ``notices`` are sentences for the person who imports: what was guessed, and every word set aside.
    """

    form: Form
    country: str
    cycle: str
    report: Report
    changes: tuple[Change, ...]
    notices: tuple[str, ...]
    unplaced: tuple[Unplaced, ...]


def recognise(
    document: SourceDocument,
    library: FormLibrary,
    *,
    form: str | None = None,
    country: str | None = None,
    cycle: str | None = None,
) -> Recognised:
    """The report that ``document`` holds, for the form of ``library`` it fills in.

    ``form`` (an id; its newest version counts), ``country`` (code, name or alias) and ``cycle``
    override what the document says. DocumentError with a sentence: no form recognised, or several;
    no country, or one the form does not know. UnknownFormError and FormError for a given form.
    """
    forms, notices = ([library.form(form)], []) if form else _usable_forms(library)
    spoken = [Spoken.of(block) for block in document.blocks]
    identity = identify(document.name, spoken, forms, given=form is not None)
    index = identity.index
    head = head_of(spoken, index)
    code = given_country(index, country) if country else find_country(document.name, head, index)
    whole = [Spoken.of(block) for block in mended(document.blocks, lambda block: _role(block, index))]
    filling = _Filling(document, identity, code, cycle or _cycle(head, index))
    filling.fill(placed(whole, index, code))
    report = filling.report
    return Recognised(
        form=index.form,
        country=code,
        cycle=report.cycle,
        report=report,
        changes=changes_of_report(report),
        notices=(*document.notices, *notices, *filling.notices),
        unplaced=tuple(report.unplaced.values()),
    )


def _usable_forms(library: FormLibrary) -> tuple[list[Form], list[str]]:
    """Every form that can be used, newest versions first, and a notice for each that cannot."""
    forms: list[Form] = []
    notices: list[str] = []
    for entry in reversed(library.entries()):
        try:
            forms.append(library.form(entry.id, entry.version))
        except FormError as error:
            notices.append(error.sentence)
    return forms, notices


def _role(block: Block, index: WordingIndex) -> Role:
    """What the block is to sentences that a page's end may have cut."""
    if is_page_number(block):
        return Role.PASSED_OVER
    spoken = Spoken.of(block)
    if not is_all_wording(spoken, index):
        return Role.ANSWER
    titles_only = all(found.of(WordingKind.TITLE) for found in openings(spoken, index))
    return Role.PASSED_OVER if titles_only else Role.WORDING


def _cycle(head: Sequence[Spoken], index: WordingIndex) -> str:
    """The one cycle of the form that the head of the document names, else the form's first."""
    named = {word.folded for block in head for word in block.words}
    cycles = [cycle for cycle in index.form.cycles if named.issuperset(fold(cycle))]
    return cycles[0] if len(cycles) == 1 else index.form.cycles[0]


@dataclass(slots=True)
class _Filling:
    """A report being filled, always by changes, with the notices that arise."""

    document: SourceDocument
    identity: Identity
    country: str
    cycle: str
    notices: list[str] = field(default_factory=list)
    report: Report = field(init=False)
    labels: Labels = field(init=False)

    def __post_init__(self) -> None:
        form = self.identity.form
        self.labels = Labels(form, self.identity.language)
        self.report = Report(
            id=self._id("report"),
            form=form,
            country=self.country,
            cycle=self.cycle,
            language=self.identity.language,
        )

    def fill(self, found: Placed) -> None:
        """Everything that was placed, in the order of the form; what was set aside last."""
        for section in self.report.form.walk():
            if section.code in found.goals:
                chosen = found.goals[section.code]
                order = [goal.code for goal in section.goals if goal.code in chosen]
                self._set(f"{section.code}.{GOALS_CODE}", order)
            for question in section.fields:
                self._fill_field(section, question, found)
            for entry in section.lists:
                self._fill_list(section, entry, found)
            self._notice_lists_met_twice(section, found)
        for aside in found.asides:
            self._set_aside(aside.near, aside.blocks, like=aside.like)
        self._notice_what_is_missing(found)

    def _id(self, place: str) -> str:
        form = self.identity.form
        parts = (self.document.sha256, form.id, form.version, self.country, self.cycle, place)
        return str(uuid.uuid5(_NAMESPACE, "/".join(parts)))

    def _set(self, path: str, new: Any) -> None:
        self.report.apply(Change(path, self.report.plain(path), new))

    def _fill_field(self, section: Section, question: Field, found: Placed) -> None:
        path = section.field_path(question)
        blocks = found.fields.get(path)
        if not blocks:
            return
        text = text_of(blocks)
        value = None if question.respondent else answer_of(self.report.form, section, question, text)
        if value is None:
            self._set_aside(path, blocks)
        else:
            self._set(path, write_value(question.type, value))

    def _fill_list(self, section: Section, entry: ListDefinition, found: Placed) -> None:
        portions = list(portions_of(found, entry.path))
        if not portions:
            return
        state = self._state(entry, portions)
        if state is not None:
            self._set(state_path(entry.path), state.value)
            return
        certain = _certain_goals(section, found)
        with_timeframe = _first(entry.row, FieldType.TIMEFRAME) is not None
        count = 0
        for portion in portions:
            drafts = rows_of(portion.blocks, with_timeframe=with_timeframe)
            for draft in drafts.rows:
                count += 1
                goals = certain.get(portion.goals, ())
                self._add_row(entry, count, draft.text, draft.timeframe, goals)
            if drafts.asides:
                self._set_aside(entry.path, drafts.asides)

    def _state(self, entry: ListDefinition, portions: Sequence[Portion]) -> State | None:
        """The state whose words are all that the list's portions hold."""
        said = {fold(text_of(portion.blocks).plain_text()) for portion in portions}
        for state in entry.states:
            if said <= self._state_words(state):
                return state
        return None

    def _state_words(self, state: State) -> set[tuple[str, ...]]:
        form = self.report.form
        return {fold(Labels(form, language).state(state) or "") for language in form.languages} - {()}

    def _add_row(
        self, entry: ListDefinition, number: int, text: Text, timeframe: Any, goals: Sequence[str]
    ) -> None:
        row = row_path(entry.path, self._id(f"{entry.path}/{number}"))
        self._set(row, {"position": number * POSITION_STEP})
        lead = entry.row.lead
        words = Text.plain(text.plain_text()) if lead.plain and not text.is_plain else text
        self._set(f"{row}/{lead.code}", markup.write(words))
        when = _first(entry.row, FieldType.TIMEFRAME)
        if timeframe is not None and when is not None:
            self._set(f"{row}/{when.code}", timeframe.to_plain())
        served = next((each for each in entry.row.fields if each.choices == GOALS_CODE), None)
        if goals and served is not None:
            self._set(f"{row}/{served.code}", list(goals))

    def _set_aside(self, near: str, blocks: Sequence[Block], *, like: bool = False) -> None:
        text = text_of(blocks)
        key = self._id(f"{UNPLACED}/{len(self.report.unplaced) + 1}")
        self._set(f"{UNPLACED}/{key}", {"text": markup.write(text), "near": near})
        where = place_name(self.report, near, self.labels.language) if near else _("the beginning")
        sentence = (
            _("Taken for a heading of the form, but worded differently, so kept aside ({place}): “{words}”")
            if like
            else _("No question asks for this, so it was kept aside ({place}): “{words}”")
        )
        self.notices.append(sentence.format(place=where, words=text.first_line(_FIRST_WORDS)))

    def _notice_lists_met_twice(self, section: Section, found: Placed) -> None:
        """A list met again after a later one: perhaps the heading of another section was lost between."""
        order = [entry.path for entry in section.lists]
        met = [portion for portion in found.portions if portion.list_path in order and portion.blocks]
        for before, after in itertools.pairwise(met):
            turns_back = order.index(after.list_path) < order.index(before.list_path)
            if turns_back and after.goals == before.goals:
                self.notices.append(
                    _(
                        "{section} has “{list}” more than once. If a heading is missing in the document, "
                        "some of its rows belong to another section."
                    ).format(
                        section=self.labels.section_short(section),
                        list=self.labels.list_title(self.report.lists[after.list_path].definition),
                    )
                )
                return

    def _notice_what_is_missing(self, found: Placed) -> None:
        met = {portion.list_path for portion in found.portions if portion.blocks}
        missing = [
            self.labels.section_short(section)
            for section in self.report.form.walk()
            if section.lists
            and section.code not in found.goals
            and met.isdisjoint(entry.path for entry in section.lists)
        ]
        if missing:
            self.notices.append(
                _("The document has nothing for: {sections}.").format(sections=", ".join(missing))
            )


def _first(row: RowType, field_type: FieldType) -> Field | None:
    return next((each for each in row.fields if each.type is field_type), None)


def _certain_goals(section: Section, found: Placed) -> dict[tuple[str, ...], tuple[str, ...]]:
    """By the goals that stood above a portion: the goals its actions certainly serve."""
    above = {
        portion.goals
        for portion in found.portions
        if portion.blocks and portion.list_path in {entry.path for entry in section.lists}
    }
    if len(section.goals) == 1:
        return dict.fromkeys(above, (section.goals[0].code,))
    repeated = len(above) > 1 and all(len(goals) == 1 for goals in above)
    return {goals: goals if repeated else () for goals in above}
