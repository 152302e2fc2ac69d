"""Where a report and its file hold certain words: what to look at when they must be removed for good."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_app.report.accepted import accepted_path, write_accepted
from desktop_app.report.attachments import attached_path
from desktop_app.report.paths import read_path, row_path
from desktop_app.report.receipts import receipt_path, write_receipt
from desktop_app.report.removal import REMOVABLE
from desktop_app.report.report import Report, Row, RowList
from desktop_app.report.review import comment_path, write_comment
from desktop_app.report.values import write_value

if TYPE_CHECKING:
    from desktop_app.storage.reader import ReportReader

_BLOCK = re.compile(r"</?(?:p|ul|ol|li|note)\b[^<>]*>|\s+")
_INLINE = re.compile(r"</?(?:b|i|u|sup)>|</a>|<a href=\"([^\"]*)\">")


@dataclass(frozen=True, slots=True)
class Trace:
    """A place that holds the words.

    ``kind``: ``now`` (the answer, row's answer or unplaced text at ``path``), ``bin`` (of a row in the bin),
    ``history`` (an earlier version of ``path``), ``source`` (the original document ``name``, whose ``path``
    can be given to be removed; one that is no plain text may hold them), ``submission`` (what was submitted
    as number ``name``: kept as it is), ``comment`` (of ``name`` about ``path``), ``note`` (the words ``name``
    about a step, such as a restore point's name: kept).
    """

    kind: str
    path: str
    name: str = ""


def places_with(report: Report, text: str) -> list[str]:
    """The paths whose present content holds the words, whatever case and emphasis; the bin counts."""
    return [path for _kind, path in _places_with(report, text)]


def traces_of(file: ReportReader, report: Report, text: str) -> list[Trace]:
    """Every place of the report's file that holds the words."""
    found = [Trace(kind, path) for kind, path in _places_with(report, text)]
    wanted = _folded(text)
    if wanted:
        seen = {trace.path for trace in found}
        paths = file.paths_once_holding(report.id, lambda value: wanted in words_of(value))
        found += [
            Trace("history", path) for path in paths if path not in seen and read_path(path).kind in REMOVABLE
        ]
        found += [
            Trace("note", "", moment.note)
            for moment in file.moments(report.id)
            if wanted in _folded(moment.note)
        ]
        found += [
            Trace(kind, path, name)
            for kind, path, name, words in file.kept_documents(report.id)
            if words is None or wanted in _folded(words)
        ]
    return found


def words_of(value: Any) -> str:
    """All words in a value in JSON, in one line, without emphasis and case."""
    return _folded(" ".join(_strings(value)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield html.unescape(_INLINE.sub(_address, _BLOCK.sub(" ", value)))
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _address(link: re.Match[str]) -> str:
    return f" {link[1]} " if link[1] else ""


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _places_with(report: Report, text: str) -> Iterator[tuple[str, str]]:
    wanted = _folded(text)
    if not wanted:
        return
    for path, value in report.answers.items():
        if wanted in words_of(write_value(report.question(path).type, value)):
            yield "now", path
    for key, unplaced in report.unplaced.items():
        if wanted in words_of(unplaced.text):
            yield "now", f"unplaced/{key}"
    for key, comment in report.comments.items():
        if wanted in words_of(write_comment(comment)):
            yield "now", comment_path(key)
    for key, draft in report.drafts.items():
        if wanted in _folded(draft.words):
            yield "now", comment_path(key)
    for key, attached in report.attached.items():
        if wanted in _folded(attached.file.name):
            yield "now", attached_path(key)
    for key, accepted in report.accepted.items():
        if wanted in words_of(write_accepted(accepted)):
            yield "now", accepted_path(key)
    for key, receipt in report.receipts.items():
        if wanted in words_of(write_receipt(receipt)):
            yield "now", receipt_path(key)
    for row_list in report.lists.values():
        for kind, rows in (("now", row_list.rows), ("bin", row_list.bin.values())):
            for row in rows:
                for path in _of_row(row_list, row, wanted):
                    yield kind, path


def _of_row(row_list: RowList, row: Row, wanted: str) -> Iterator[str]:
    for code, value in row.values.items():
        if wanted in words_of(write_value(row_list.definition.row.field(code).type, value)):
            yield row_path(row_list.definition.path, row.id, code)
