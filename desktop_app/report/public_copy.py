"""The public copy of a report: what anybody may read.

Left out is what is marked confidential (an answer, a list, a row, a field of a row), whatever stands beside
the state "confidential", and all that was said or attached there. Nor are there words without a place, the
bin, review comments, accepted problems, receipts and submissions: none of them was written for the public.
The copy knows how much was left out and where, and says so wherever it goes; never what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import State
from desktop_app.report.paths import read_path, row_path
from desktop_app.report.report import Report, Row, RowList
from desktop_app.report.rules import irrelevant_paths
from desktop_app.report.values import Value
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class PublicCopy:
    """``report`` for anybody to read, and how many entries are not in it."""

    report: Report
    left_out: int


def public_copy(report: Report) -> PublicCopy:
    """The public copy of ``report``, which stays as it is. ``PublicCopy.report.left_out`` says where."""
    left_out: Counter[str] = Counter()
    copy = Report(report.id, report.form, report.country, report.cycle, report.language, report.number)
    copy.status, copy.is_displaced = report.status, report.is_displaced
    not_asked = irrelevant_paths(report)
    for path, value, state in _single_answers(report):
        if path in not_asked:
            continue
        kept = _public(value, state, path in report.confidential)
        _fill(copy, path, *kept)
        if kept != (value, state):
            left_out[path] += 1
    for path, row_list in report.lists.items():
        _copy_list(copy.lists[path], row_list, path in report.confidential, not_asked, left_out)
    _leave_out_what_is_no_longer_asked(copy, left_out)
    copy.attached = {
        key: attached
        for key, attached in report.attached.items()
        if attached.about not in not_asked and _is_public(report, copy, attached.about, left_out)
    }
    copy.left_out = dict(sorted(left_out.items()))
    return PublicCopy(copy, sum(left_out.values()))


def left_out_words(count: int) -> str:
    """How much is left out, in a sentence."""
    return ngettext(
        "{count} entry is confidential and left out of this public copy.",
        "{count} entries are confidential and left out of this public copy.",
        count,
    ).format(count=count)


def confidential_words(report: Report) -> str:
    """What the sender should know of a package that is no public copy; empty when nothing is marked."""
    count = len(report.confidential) + sum(bool(row.confidential) for *_place, row in report.rows())
    if not count:
        return ""
    return ngettext(
        "{count} answer marked confidential is in this package, marked as such.",
        "{count} answers marked confidential are in this package, marked as such.",
        count,
    ).format(count=count)


def public_copy_words(report: Report, labels: Labels) -> str:
    """What the reader of a public copy must know, section by section; empty for a full report."""
    if report.left_out is None:
        return ""
    total = sum(report.left_out.values())
    if not total:
        return _("Public copy. Nothing in the report is confidential, so nothing is left out.")
    counts: Counter[str] = Counter()
    for path, count in report.left_out.items():
        counts[read_path(path).section] += count
    places = [
        _("{place}: {count}").format(place=labels.section_short(section), count=counts[section.code])
        for section in report.form.walk()
        if counts[section.code]
    ]
    return f"{left_out_words(total)} ({', '.join(places)})"


def _single_answers(report: Report) -> Iterator[tuple[str, Value | None, State | None]]:
    for path in sorted({*report.answers, *report.states}):
        yield path, report.answers.get(path), report.states.get(path)


def _public(value: Value | None, state: State | None, is_marked: bool) -> tuple[Value | None, State | None]:
    """What anybody may read of an answer. That it is confidential is no secret when the country says so."""
    if is_marked:
        return None, None
    return (None, state) if state is State.CONFIDENTIAL else (value, state)


def _fill(copy: Report, path: str, value: Value | None, state: State | None) -> None:
    if value is not None:
        copy.answers[path] = value
    if state is not None:
        copy.states[path] = state


# Lists.


def _copy_list(
    target: RowList, source: RowList, is_marked: bool, not_asked: frozenset[str], left_out: Counter[str]
) -> None:
    path = source.definition.path
    if is_marked:
        if count := len(source.rows) or int(source.state is not None):
            left_out[path] = count
        return
    target.state = source.state
    for row in source.rows:
        if "" in row.confidential or source.state is State.CONFIDENTIAL:
            left_out[path] += 1
        else:
            target.rows.append(_copied_row(path, row, not_asked, left_out))


def _copied_row(path: str, row: Row, not_asked: frozenset[str], left_out: Counter[str]) -> Row:
    copied = Row(row.id, row.position)
    for code in sorted({*row.values, *row.states}):
        place = row_path(path, row.id, code)
        if place in not_asked:
            continue
        before = row.values.get(code), row.states.get(code)
        value, state = _public(*before, code in row.confidential)
        if value is not None:
            copied.values[code] = value
        if state is not None:
            copied.states[code] = state
        if (value, state) != before:
            left_out[place] += 1
    return copied


# What depends on something that was left out.


def _leave_out_what_is_no_longer_asked(copy: Report, left_out: Counter[str]) -> None:
    """An answer to a question that is asked because of a confidential answer would give that away."""
    while no_longer_asked := irrelevant_paths(copy):
        for path in no_longer_asked:
            left_out[path] += 1
            place = read_path(path)
            if place.row is None:
                copy.answers.pop(path, None)
                copy.states.pop(path, None)
            elif (row := copy.lists[place.head].row(place.row)) is not None:
                row.values.pop(place.field or "", None)
                row.states.pop(place.field or "", None)


def _is_public(report: Report, copy: Report, about: str, left_out: Counter[str]) -> bool:
    """Whether what stands at a path, and so what is attached to it, may be read by anybody."""
    if about in left_out and report.form.list_at(about) is None:
        return False
    place = read_path(about)
    if place.head in report.confidential:
        return False
    row_list = copy.lists.get(place.head)
    if row_list is None:
        return report.form.field_at(place.head) is not None and not _says_confidential(
            report.states, place.head
        )
    if place.row is None:
        return row_list.state is not State.CONFIDENTIAL
    original = report.lists[place.head].row(place.row)
    if original is None or row_list.row(place.row) is None:
        return False
    code = place.field or ""
    return code not in original.confidential and not _says_confidential(original.states, code)


def _says_confidential(states: dict[str, State], key: str) -> bool:
    return states.get(key) is State.CONFIDENTIAL
