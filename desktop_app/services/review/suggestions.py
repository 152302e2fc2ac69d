"""Official answers that somebody wrote differently in a workbook: offered, never taken by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from desktop_app.exchange.review.returned import ReturnedEdit, ReturnedWorkbook
from desktop_app.exchange.review.words import normal, quoted, same
from desktop_app.exchange.workbook.cells import clean, text_words
from desktop_app.exchange.workbook.columns import Subject, contents_of, yes_no
from desktop_app.exchange.workbook.goal_table import CHOSEN
from desktop_app.exchange.workbook.plan import words_of
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import GOALS_FIELD, Field, FieldType, Goal, Section
from desktop_app.report.paths import PlaceKind, read_path
from desktop_app.report.places import place_name
from desktop_app.report.report import Report, UnknownPlaceError
from desktop_app.report.text.model import Text
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.report.values import Link, Value, read_value
from desktop_app.runtime.i18n import _
from desktop_app.services.review.cell_answers import WORKED_OUT, Asked, answer_of, is_yes, number_of
from desktop_app.services.review.comments import CommentReader
from desktop_app.services.review.formatted import can_take, with_changes
from desktop_app.services.review.hunks import hunks_of
from desktop_app.services.review.items import Suggestion
from desktop_app.services.review.places import Places
from desktop_app.services.word_differences import word_differences

_OF_TYPE = {
    FieldType.TEXT: "value",
    FieldType.TIMEFRAME: "value",
    FieldType.CHOICE: "codes",
    FieldType.CHOICES: "codes",
    FieldType.SCALE: "codes",
    FieldType.YES_NO: "codes",
    FieldType.NUMBER: "number",
    FieldType.DATE: "from",
}
"""The column of the sheet of single answers that is the answer itself, for the types that have one."""

_SAID_IN_WORDS = {
    FieldType.CHOICE: "label",
    FieldType.CHOICES: "labels",
    FieldType.SCALE: "label",
    FieldType.YES_NO: "",
    FieldType.NUMBER: "",
    FieldType.DATE: "",
}
"""What the words beside codes, numbers and days are read as, where nobody changed those themselves."""

_STATE = re.compile(r"(^|_)state(_label)?$")
"""The columns that say why something is not answered."""

_IN_WORDS = frozenset({FieldType.TEXT, FieldType.TIMEFRAME})
"""Types whose answers stand on the sheet for reviews as they were typed."""


@dataclass(frozen=True)
class SuggestionReader:
    """Makes suggestions of the changed cells of one workbook for one report."""

    returned: ReturnedWorkbook
    places: Places
    comments: CommentReader

    def all(self) -> Iterator[Suggestion]:
        """Each once, although the words stand on several sheets; not what the report says by now."""
        seen: set[tuple[str, str, str, str]] = set()
        for edit in self.returned.edits:
            found = self._of_edit(edit)
            wanted = normal(found.found) if found.value is None else repr(found.value)
            key = (found.path, found.part, normal(found.official), wanted)
            is_so_now = bool(found.now) and same(found.now, found.found)
            is_so_now |= not found.obstacle and found.value == found.before
            if key not in seen and not is_so_now:
                seen.add(key)
                yield found

    @property
    def _report(self) -> Report:
        return self.places.report

    def _of_edit(self, edit: ReturnedEdit) -> Suggestion:
        place = self.places.find(edit.path)
        if not place.is_exact:
            return self._obstructed(
                edit, place.path, _("What these words were about is no longer in the report.")
            )
        goal = self._goal(place.path) if edit.column == CHOSEN else None
        if goal is not None:
            return self._of_goal(edit, *goal)
        path = place.path
        asked = self._asked(path)
        if asked is None:
            return self._obstructed(edit, path, _no_answer(edit))
        if self._is_in_bin(path):
            return self._obstructed(edit, path, _("The entry was removed from the report since."))
        part = self._part(edit, path, asked.question)
        if part is None:
            return self._obstructed(edit, path, _no_cell_of_its_own(edit))
        if asked.question.type is FieldType.TEXT:
            return self._of_text(edit, path)
        return self._of_value(edit, path, part, asked)

    def _part(self, edit: ReturnedEdit, path: str, question: Field) -> str | None:
        """Which cell of the answer it is; None for one that only follows from others."""
        is_of_row = read_path(path).row is not None
        if question.type is FieldType.YEAR_SERIES and not is_of_row:
            is_number = edit.column == "number" or (
                edit.column == "value" and "number" not in self._columns[edit.path]
            )
            return read_path(edit.path).row if is_number else None
        part = _part(edit.column, is_of_row, question)
        if part is not None and part not in WORKED_OUT.get(question.type, ()):
            return part
        words = _SAID_IN_WORDS.get(question.type)
        is_in_words = part == words if is_of_row else edit.column == "value"
        own = {question.code, f"answer_{question.code}", _OF_TYPE.get(question.type)}
        return words if is_in_words and own.isdisjoint(self._columns[edit.path]) else None

    @cached_property
    def _columns(self) -> Mapping[str, set[str]]:
        """The columns that were changed, by what they are about."""
        found: dict[str, set[str]] = {}
        for edit in self.returned.edits:
            found.setdefault(edit.path, set()).add(edit.column)
        return found

    # What is suggested

    def _of_text(self, edit: ReturnedEdit, path: str) -> Suggestion:
        value = self._report.value(path)
        text = value if isinstance(value, Text) else Text.empty()
        now, found = words_of(text_words(text)), clean(edit.found)
        pieces = word_differences(now, found)
        hunks = hunks_of(now, found, pieces)
        if not can_take(text, hunks):
            sentence = _(
                "The answer has a list, link or footnote just there, which a cell does not show as such. "
                "Change it in the report."
            )
            return self._obstructed(edit, path, sentence, now)
        whole = Text.plain(found) if text.is_plain else with_changes(text, now, hunks, range(len(hunks)))
        made = self._suggestion(edit, path, now)
        is_stale = not same(now, edit.official)
        return replace(
            made,
            told=(*made.told, _stale_text()) if is_stale else made.told,
            is_stale=is_stale,
            pieces=tuple(pieces),
            hunks=hunks,
            before=value,
            value=None if whole.is_empty else whole,
            in_parts=True,
        )

    def _of_value(self, edit: ReturnedEdit, path: str, part: str, asked: Asked) -> Suggestion:
        value = self._report.value(path)
        now = _cell(asked, value, part)
        is_stale = not _is_still(asked, value, part, edit.official)
        try:
            wanted = _changed(asked, value, part, edit.found)
            if is_stale and asked.question.type is FieldType.CHOICES:
                wanted = _with_options(asked, value, edit)
        except ValueError as error:
            sentence = _("This cannot be an answer to the question: {reason}.").format(reason=error)
            if is_stale:
                sentence = f"{_changed_since()} {sentence}"
            return self._obstructed(edit, path, sentence, now)
        made = replace(self._suggestion(edit, path, now), before=value, value=wanted, part=part)
        had_time = not isinstance(value, Timeframe) or bool(value.edtf)
        if had_time and isinstance(wanted, Timeframe) and not wanted.edtf:
            made = replace(made, told=(*made.told, _no_time(wanted)))
        if not is_stale:
            return made
        pieces = word_differences(now, _cell(asked, wanted, part))
        return replace(made, told=(*made.told, _stale_value()), is_stale=True, pieces=tuple(pieces))

    def _goal(self, path: str) -> tuple[Section, Goal] | None:
        """The goal at the path of one, such as ``T1.goals/T1.G1``."""
        place = read_path(path)
        found = self._report.form.field_at(place.head)
        if found is None or found[1].code != GOALS_FIELD.code:
            return None
        return next(((found[0], goal) for goal in found[0].goals if goal.code == place.row), None)

    def _of_goal(self, edit: ReturnedEdit, section: Section, goal: Goal) -> Suggestion:
        """A goal that somebody switched: the choice of the section's goals, changed by that one."""
        path = section.field_path(GOALS_FIELD)
        value = self._report.value(path)
        chosen = value if isinstance(value, tuple) else ()
        now = words_of(yes_no(goal.code in chosen))
        label = edit.label or _("Chosen")
        where = f"{place_name(self._report, f'{path}/{goal.code}')}, {label}"
        try:
            wanted = _with_goal(section, chosen, goal.code, is_yes(edit.found))
        except ValueError as error:
            sentence = _("This cannot be an answer to the question: {reason}.").format(reason=error)
            return replace(self._obstructed(edit, path, sentence, now), where=where)
        made = self._suggestion(edit, path, now)
        return replace(made, where=where, before=value, value=wanted, part=goal.code)

    def _obstructed(self, edit: ReturnedEdit, path: str, obstacle: str, now: str = "") -> Suggestion:
        return replace(self._suggestion(edit, path, now), obstacle=obstacle)

    def _suggestion(self, edit: ReturnedEdit, path: str, now: str) -> Suggestion:
        kept = self.comments.of_edit(edit, path)
        where = self._where(edit, path)
        return Suggestion(
            id=kept.id,
            where=where,
            path=path,
            official=edit.official,
            found=edit.found,
            now=now,
            pieces=tuple(word_differences(edit.official, edit.found)),
            hunks=(),
            kept=replace(kept, where=where),
            told=tuple(_told(edit)),
        )

    def _where(self, edit: ReturnedEdit, path: str) -> str:
        """The place, and the column where the place has several."""
        place, asked = place_name(self._report, path), self._asked(path)
        is_of_row = read_path(path).row is not None
        is_whole = asked is not None and _part(edit.column, is_of_row, asked.question) == ""
        return place if is_whole or not edit.label else f"{place}, {edit.label}"

    # Which answer it is about

    def _asked(self, path: str) -> Asked | None:
        asked = _asked(self._report, path)
        return None if asked is None else replace(asked, moved=self.places.moved_option)

    def _is_in_bin(self, path: str) -> bool:
        place = read_path(path)
        return place.row is not None and self._report.lists[place.head].row(place.row) is None


def again(report: Report, suggestion: Suggestion, value: Value | None) -> Value | None:
    """``value``, which another suggestion has changed already, with this one as well. ValueError."""
    asked = _asked(report, suggestion.path)
    assert asked is not None
    if asked.question.code == GOALS_FIELD.code and suggestion.part:
        chosen = value if isinstance(value, tuple) else ()
        return _with_goal(asked.section, chosen, suggestion.part, is_yes(suggestion.found))
    return _changed(asked, value, suggestion.part, suggestion.found)


def _asked(report: Report, path: str) -> Asked | None:
    """The question at ``path``; None where there is none."""
    place, form = read_path(path), report.form
    found = form.list_at(place.head) or form.field_at(place.head)
    if place.kind is not PlaceKind.ANSWER or found is None:
        return None
    try:
        question = report.question(path)
    except UnknownPlaceError:
        return None
    return Asked(question, found[0], Labels(form, report.language))


def _part(column: str, is_of_row: bool, question: Field) -> str | None:
    """What stands behind the code of the question in that of the column; None where it is not its answer."""
    if not column:
        return "" if question.type in _IN_WORDS else None
    if is_of_row and column in ("words", "timeframe") and column != question.code:
        return "" if question.type in _IN_WORDS else None
    for code in (f"answer_{question.code}", question.code):
        if column == code:
            return ""
        if column.startswith(f"{code}_"):
            return column.removeprefix(f"{code}_")
    return "" if not is_of_row and column == _OF_TYPE.get(question.type) else None


def _cell(asked: Asked, value: Value | None, part: str) -> str:
    """What the export writes into the cell today."""
    subject = Subject(asked.question, asked.labels, "cell", "", "")
    content = contents_of(subject, value).get(f"cell_{part}" if part else "cell")
    if content is None:
        return ""
    return words_of(content) if isinstance(content, tuple) else str(content)


def _changed(asked: Asked, value: Value | None, part: str, found: str) -> Value | None:
    """The answer with another cell; None when nothing is left of it. ValueError when it is no answer then."""
    if asked.question.type is FieldType.YEAR_SERIES:
        series = dict(value) if isinstance(value, Mapping) else {}
        series.pop(part, None)
        if found.strip():
            series[part] = number_of(found)
        return read_value(FieldType.YEAR_SERIES, series)
    if isinstance(value, Link) and part:
        return Link(value.url, found.strip())
    if isinstance(value, Timeframe) and part == "reading":
        return Timeframe(value.text, found.strip() or None)
    if not found.strip():
        return None
    return answer_of(asked, {part: found})


def _is_still(asked: Asked, value: Value | None, part: str, official: str) -> bool:
    """Whether the answer is what was sent; codes may have moved since."""
    if same(_cell(asked, value, part), official):
        return True
    try:
        return value is not None and _changed(asked, value, part, official) == value
    except ValueError:
        return False


def _with_options(asked: Asked, value: Value | None, edit: ReturnedEdit) -> Value | None:
    """Today's options with those that the reviewer put in and without those taken out. ValueError."""
    sent, found = (_options(asked, words) for words in (edit.official, edit.found))
    kept = [code for code in (value if isinstance(value, tuple) else ()) if code in found or code not in sent]
    return tuple(dict.fromkeys((*kept, *(code for code in found if code not in sent)))) or None


def _options(asked: Asked, words: str) -> tuple[str, ...]:
    value = answer_of(asked, {"": words}) if words.strip() else ()
    return value if isinstance(value, tuple) else ()


def _with_goal(section: Section, chosen: tuple[str, ...], goal: str, wanted: bool) -> Value | None:
    """The choice of goals with this one in it or not, in the order of the section; None for no goal."""
    codes = {*chosen, goal} if wanted else {*chosen} - {goal}
    return tuple(each.code for each in section.goals if each.code in codes) or None


def _no_answer(edit: ReturnedEdit) -> str:
    if _STATE.search(edit.column):
        return _of_state()
    if edit.column:
        return _("These words are not an answer of the report, so they cannot be changed in it.")
    # A sheet to read puts answers together, and goes on with long ones in further rows.
    return _("No answer stands in this cell alone, so it cannot be taken over. Change it in the report.")


def _no_cell_of_its_own(edit: ReturnedEdit) -> str:
    if _STATE.search(edit.column):
        return _of_state()
    return _("This column says what another column or the program says. Change it in the report.")


def _of_state() -> str:
    return _("Why something is not answered is chosen in the report itself. Change it there.")


def _no_time(wanted: Timeframe) -> str:
    return _("Nothing in “{words}” is read as a time. It may be a comment.").format(words=wanted.text)


def _stale_text() -> str:
    return _(
        "The words of the report were changed since the workbook was made. Shown is what would become of "
        "today's words."
    )


def _stale_value() -> str:
    return _(
        "The answer was changed in the report since the workbook was made, so this suggestion comes from an "
        "older version. Shown is what would become of today's answer."
    )


def _changed_since() -> str:
    return _("The answer was changed in the report since the workbook was made.")


def _told(edit: ReturnedEdit) -> Iterator[str]:
    if edit.converted:
        yield _(
            "“{found}” was made of “{official}” by the spreadsheet program, perhaps against its user's wish."
        ).format(found=quoted(edit.found), official=quoted(edit.official))
    if not edit.found.strip():
        yield _("The cell was emptied.")
    if edit.found.startswith("="):
        yield _("“{words}” is a formula. It was read as text and not calculated.").format(
            words=quoted(edit.found)
        )
