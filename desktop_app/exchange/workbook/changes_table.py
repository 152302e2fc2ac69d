"""The sheet that says what changed since the submission before: one record for each change.

What was taken out is struck through and what was put in is underlined in one column; the wordings
before and now stand beside it whole, and a column says in words what changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desktop_app.exchange.workbook.cells import joined, plain
from desktop_app.exchange.workbook.columns import MEDIUM, SHORT
from desktop_app.exchange.workbook.common_columns import Contents, code_column, sentence_case, words_column
from desktop_app.exchange.workbook.confidential_marks import MARK, mark, mark_column
from desktop_app.exchange.workbook.context import Context
from desktop_app.exchange.workbook.naming import CHANGES
from desktop_app.exchange.workbook.plan import Piece, Tone, Words, words_of
from desktop_app.exchange.workbook.readable import readable_words
from desktop_app.exchange.workbook.tables import FlatTable
from desktop_app.exchange.workbook.two_states import (
    ContentState,
    Difference,
    Fate,
    Holding,
    PlacedRow,
    differences,
)
from desktop_app.formdef.model import Field, FieldType, ListDefinition, State
from desktop_app.report.paths import UNPLACED, read_path
from desktop_app.report.places import place_name
from desktop_app.report.plain import ATTACHMENTS, report_to_plain
from desktop_app.report.text.counting import words as counted_words
from desktop_app.report.text.word_differences import Piece as DifferencePiece
from desktop_app.report.text.word_differences import PieceKind, word_differences
from desktop_app.report.values import read_value
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext

NOTHING = "none"
"""The code of the one record of a table without changes."""
_WORDINGS = (FieldType.TEXT, FieldType.TIMEFRAME)
"""Types of answers that are compared word by word."""
_TONES = {PieceKind.SAME: Tone.SAME, PieceKind.INSERTED: Tone.ADDED, PieceKind.REMOVED: Tone.REMOVED}


def fate_words(code: str) -> str:
    """The words for what became of a place."""
    return {
        Fate.ADDED.value: _("Added"),
        Fate.CHANGED.value: _("Changed"),
        Fate.REMOVED.value: _("Removed"),
        Fate.MOVED.value: _("Moved to another list"),
        NOTHING: _("Nothing changed"),
    }[code]


FATES = (*(fate.value for fate in Fate), NOTHING)
_MARKED_WIDTH = 70.0


def changes_table(context: Context, previous: Mapping[str, Any]) -> FlatTable:
    """One record for each difference from the plain content of the submission before."""
    found = list(differences(context.report, previous))
    states = (ContentState.of(previous), ContentState.of(report_to_plain(context.report)))
    records = [_record(context, difference, states) for difference in found]
    is_marked = any(record[MARK] for record in records)
    nothing: Contents = {"change": plain(NOTHING), "change_label": plain(fate_words(NOTHING))}
    keys = tuple(difference.key for difference in found) or (NOTHING,)
    return FlatTable(
        sheet=CHANGES,
        about=_("What was added, changed and removed since the submission before"),
        columns=(
            code_column("reference", _("Reference"), SHORT),
            words_column("section_title", _("Section")),
            words_column("place", _("Question or row"), 28.0),
            words_column("change_label", _("Change"), 14.0),
            *([mark_column()] if is_marked else ()),
            words_column("marked", _("Taken out struck through, put in underlined"), _MARKED_WIDTH),
            words_column("what_changed", _("What changed"), 24.0),
            # As wide as both together: no row is higher for what is not printed.
            replace(words_column("old", _("Words before"), _MARKED_WIDTH), aside=True),
            replace(words_column("new", _("Words now"), _MARKED_WIDTH), aside=True),
            code_column("change", _("Change: code"), allowed="changes", aside=True),
            code_column("section", _("Section: code"), allowed="sections", aside=True),
            code_column("question", _("Question: code"), aside=True),
            code_column("row_id", _("Row id"), MEDIUM, "UUID", aside=True),
        ),
        records=tuple(records or [nothing]),
        keys=keys,
        readable=frozenset({"new"}),
        path_of=keys.__getitem__,
    )


def _record(context: Context, difference: Difference, states: tuple[ContentState, ContentState]) -> Contents:
    section = difference.section
    old, new = _before(context, difference), _now(context, difference)
    pieces = _pieces(difference, words_of(old), words_of(new))
    return {
        "reference": plain(_reference(context, difference)),
        "change": plain(difference.fate.value),
        "change_label": plain(fate_words(difference.fate.value)),
        MARK: mark() if _is_confidential(difference, states) else (),
        "section": plain(section.code if section else ""),
        "section_title": plain(context.labels.section_short(section) if section else ""),
        "place": plain(_place(context, difference)),
        "question": plain(difference.code),
        "what_changed": plain(_what_changed(difference, pieces)),
        "marked": _marked(pieces),
        "old": old,
        "new": new,
        "row_id": plain(difference.row_id),
    }


def _is_confidential(difference: Difference, states: tuple[ContentState, ContentState]) -> bool:
    """Whether it was confidential before, or is now; a file like what it is attached to."""
    path = difference.reference if difference.code == ATTACHMENTS else difference.key
    return any(state.is_confidential(path) for state in states)


def _reference(context: Context, difference: Difference) -> str:
    """Where it stands; a row by its number, whatever goes with it."""
    place = read_path(difference.reference)
    if difference.code != ATTACHMENTS or place.row is None:
        return difference.reference
    rows = context.report.lists[place.head].rows if place.head in context.report.lists else ()
    number = next((number for number, row in enumerate(rows, start=1) if row.id == place.row), None)
    return place.head if number is None else f"{place.head} {number}"


def _place(context: Context, difference: Difference) -> str:
    """The question, the row or the list, as people call it."""
    entry, question = difference.entry, difference.question
    parts = []
    if entry is not None and difference.row is not None:
        parts.append(f"{sentence_case(context.labels.row_name(entry))} {difference.row.number}")
    elif entry is not None:
        parts.append(sentence_case(context.labels.list_short(entry)))
    if question is not None:
        parts.append(context.labels.field_label(question, entry))
    elif difference.code == UNPLACED:
        parts.append(_("Unplaced text"))
    elif difference.code == ATTACHMENTS:
        parts.append(_("Attached to {place}").format(place=place_name(context.report, difference.reference)))
    elif difference.section is None:
        parts.append(_("Asked for by an earlier version of the form"))
    return ", ".join(parts)


# The words before and now.


def _before(context: Context, difference: Difference) -> Words:
    if difference.fate is Fate.MOVED and difference.old_row is not None:
        return plain(_list_title(context, difference.old_row.list_path))
    if difference.old_row is not None:
        return _row_words(context, difference.entry, difference.old_row)
    return _holding_words(context, difference.question, difference.old, difference.old.confidential)


def _now(context: Context, difference: Difference) -> Words:
    if difference.fate is Fate.MOVED and difference.entry is not None:
        return plain(_list_title(context, difference.entry.path))
    if difference.fate is Fate.ADDED and difference.question is None and difference.row is not None:
        return _row_words(context, difference.entry, difference.row)
    return _holding_words(context, difference.question, difference.new, difference.new.confidential)


def _list_title(context: Context, path: str) -> str:
    found = context.report.form.list_at(path)
    if found is None:
        return path
    section, entry = found
    return f"{context.labels.section_short(section)}, {context.labels.list_short(entry)}"


def _row_words(context: Context, entry: ListDefinition | None, row: PlacedRow) -> Words:
    """All that a row holds: its main words, and the other fields with their labels."""
    known = {question.code: question for question in entry.row.fields} if entry is not None else {}
    lead = entry.row.lead.code if entry is not None else ""
    parts = []
    for code in [*(code for code in known if code in row.fields), *sorted(row.fields.keys() - known.keys())]:
        words = _holding_words(context, known.get(code), row.fields[code], row.fields[code].confidential)
        if code != lead:
            label = context.labels.field_label(known[code], entry) if code in known else code
            words = joined((plain(f"{label}:"), words), " ")
        parts.append(words)
    parts.append(_holding_words(context, None, row.whole, row.whole.confidential))
    return joined(parts)


def _holding_words(context: Context, question: Field | None, holding: Holding, confidential: bool) -> Words:
    """A value, a state and the mark "confidential", whichever there are."""
    parts = [_value_words(context, question, holding.value)]
    if holding.state is not None:
        parts.append(plain(_state_words(context, holding.state)))
    if confidential:
        parts.append(plain(_("Confidential")))
    return joined(parts)


def _value_words(context: Context, question: Field | None, value: Any) -> Words:
    if value is None:
        return ()
    if question is not None:
        try:
            return readable_words(question, read_value(question.type, value), context.labels)
        except (ValueError, DeskError):
            return _as_stored(value)  # it answered an earlier version of the question
    return _as_stored(value)


def _as_stored(value: Any) -> Words:
    return plain(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True))


def _state_words(context: Context, state: str) -> str:
    try:
        return context.state(State(state))
    except ValueError:
        return state


# What changed in a wording.


def _pieces(difference: Difference, old: str, new: str) -> list[DifferencePiece]:
    """The words taken out and put in. Of dates, numbers and the like nobody wants to see parts."""
    if _is_wording(difference):
        return word_differences(old, new)
    ends = [DifferencePiece(PieceKind.REMOVED, old), DifferencePiece(PieceKind.INSERTED, new)]
    return [piece for piece in ends if piece.words] if old != new else []


def _is_wording(difference: Difference) -> bool:
    if difference.fate is not Fate.CHANGED:
        return False
    if difference.marking is not None or difference.question is None:
        return True
    states = (difference.old.state, difference.new.state)
    return difference.question.type in _WORDINGS and states == (None, None)


def _marked(pieces: list[DifferencePiece]) -> Words:
    """The pieces side by side, with a space where one was taken out and the next put in."""
    if all(piece.kind is PieceKind.SAME for piece in pieces):
        return ()
    found: list[Piece] = []
    for piece in pieces:
        follows = bool(found) and found[-1].tone is Tone.REMOVED and piece.kind is PieceKind.INSERTED
        if follows and not (found[-1].text[-1:].isspace() or piece.words[:1].isspace()):
            found.append(Piece(" "))
        found.append(Piece(piece.words, tone=_TONES[piece.kind]))
    return tuple(found)


def _what_changed(difference: Difference, pieces: list[DifferencePiece]) -> str:
    """In words, for whoever sees no strokes: how many words came and went."""
    if difference.fate is not Fate.CHANGED:
        return ""
    if difference.marking is not None:
        return _("Marked as confidential") if difference.marking else _("No longer confidential")
    if pieces and not _is_wording(difference):
        return _("Another answer")
    removed, inserted = (_count(pieces, kind) for kind in (PieceKind.REMOVED, PieceKind.INSERTED))
    if all(piece.kind is PieceKind.SAME for piece in pieces):
        return _("The same words, with other formatting or details")
    parts = []
    if removed:
        parts.append(
            ngettext("{count} word taken out", "{count} words taken out", removed).format(count=removed)
        )
    if inserted:
        parts.append(ngettext("{count} word put in", "{count} words put in", inserted).format(count=inserted))
    return ", ".join(parts) or _("Punctuation")


def _count(pieces: list[DifferencePiece], kind: PieceKind) -> int:
    return sum(len(list(counted_words(piece.words))) for piece in pieces if piece.kind is kind)
