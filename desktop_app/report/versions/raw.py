"""The answers of a report whose form nobody here has, in the public JSON shape as far as that goes."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.report.paths import UNPLACED
from desktop_app.report.values import Plain
from desktop_app.report.versions.content import Content
from desktop_app.report.versions.holdings import Answer, HeldList, HeldRow, holdings_of


def raw_plain(content: Content) -> dict[str, Plain]:
    """The parts of ``show --json`` that hold answers; rows in the bin are left out as there.

    Why a list without rows is empty stands with the states, because only the form knows that it is a list.
    """
    held = holdings_of(content, lambda _path: False)
    plain: dict[str, Plain] = {
        "answers": _values(held.answers),
        "lists": {path: _list(found) for path, found in held.lists.items()},
    }
    marked = sorted(path for path, whole in held.lists.items() if whole.whole.confidential)
    _add_what_is_said(plain, held.answers, marked)
    if held.unplaced:
        plain[UNPLACED] = {path.partition("/")[2]: kept for path, kept in sorted(held.unplaced.items())}
    if held.comments:
        plain["comments"] = {path.partition("/")[2]: kept for path, kept in sorted(held.comments.items())}
    if held.attached:
        plain["attachments"] = [
            {"id": path.partition("/")[2], **kept} for path, kept in sorted(held.attached.items())
        ]
    if held.accepted:
        plain["accepted"] = [kept for _path, kept in sorted(held.accepted.items())]
    return plain


def _values(answers: Mapping[str, Answer]) -> dict[str, Plain]:
    return {code: answer.value for code, answer in sorted(answers.items()) if answer.value is not None}


def _list(held: HeldList) -> dict[str, Plain]:
    return {"state": held.whole.state, "rows": [_row(row) for row in held.in_order() if not row.in_bin]}


def _row(row: HeldRow) -> dict[str, Plain]:
    plain: dict[str, Plain] = {"id": row.id, "values": _values(row.answers)}
    _add_what_is_said(plain, row.answers, [""] if row.marked else [])
    return plain


def _add_what_is_said(plain: dict[str, Plain], answers: Mapping[str, Answer], marked: list[str]) -> None:
    states = {code: answer.state for code, answer in sorted(answers.items()) if answer.state is not None}
    if states:
        plain["states"] = states
    confidential = sorted([*marked, *(code for code, answer in answers.items() if answer.confidential)])
    if confidential:
        plain["confidential"] = confidential
