"""Words that somebody typed into the cells of a table where nobody was asked for any.

Behind the country's answer, over a header, into a key, on a row of their own: each becomes a note, or a
sentence on what was not recognised, so that no word is lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from desktop_app.exchange.review.keys import MatchedRow
from desktop_app.exchange.review.locating import Located
from desktop_app.exchange.review.official import Official, is_review
from desktop_app.exchange.review.paths_of_records import record_path
from desktop_app.exchange.review.returned import ReturnedNote
from desktop_app.exchange.review.review_rows import Codes, has_review, read_date
from desktop_app.exchange.review.words import normal, same
from desktop_app.exchange.workbook.columns import WHOLE_TEXT
from desktop_app.exchange.workbook.fingerprints import words_fingerprint
from desktop_app.exchange.workbook.review_table import DATE, INTERNAL, OPEN_COLUMNS, REVIEWER, STATUS
from desktop_app.exchange.workbook.traces import is_said_before
from desktop_app.exchange.workbook.whole_texts import is_place_words
from desktop_app.report.review import CommentKind, CommentStatus
from desktop_app.runtime.i18n import _

_KEY_LIKE = re.compile(r"\S*[/.*0-9-]\S*")
"""Keys are codes, paths and ids; words that a person types into their column are none."""
_LINE = 200
_MOST_FILLED = 5
"""Columns of which all are tried, empty and not."""


def words_beside(
    located: Located, rows: Sequence[MatchedRow], official: Official, codes_of: Codes
) -> Iterator[ReturnedNote]:
    """What was typed behind the words of the columns that say what was said before.

    ``codes_of``: by list, the codes for what is typed; a status that says so resolves what was said.
    """
    table = located.table
    codes = [code for code in table.codes if is_said_before(code) and code in located.columns]
    labels = dict(table.columns)
    known = {normal(words) for said in official.hidden.said.values() for words in said.values()}
    for row in rows if is_review(table) else ():
        before = None if row.whole else _said_before(located, row, codes, official, known)
        for code in codes if before is not None else ():
            typed = typed_words((before or {}).get(code, ""), located.value(row.row, code).words)
            if typed:
                found = _beside(located, row, code, typed, labels.get(code, code), official)
                known_status = codes_of.get("comment_status", {}).get(typed.casefold())
                is_done = code == STATUS and known_status == CommentStatus.RESOLVED
                yield replace(found, resolved=is_done and bool(found.said_to))


def _beside(
    located: Located, row: MatchedRow, code: str, typed: str, label: str, official: Official
) -> ReturnedNote:
    is_internal = code.startswith(INTERNAL)
    hidden, key = official.hidden, row.key or ""
    threads = (hidden.internal_threads if is_internal else hidden.threads).get(key, [])
    answered = threads[0] if len(threads) == 1 else ""
    words = typed if answered else _("Beside “{column}”: {words}").format(column=label, words=typed)
    return ReturnedNote(
        sheet=located.table.sheet,
        key=record_path(official, located.table, key) if key else None,
        column=code,
        author=located.value(row.row, REVIEWER).words.strip(),
        words=words,
        at="",
        thread_of=None,
        cell=located.place(row.row, code),
        said_to=answered,
        kind=CommentKind.INTERNAL.value if is_internal else "",
        day=read_date(located.value(row.row, DATE)),
    )


def _said_before(
    located: Located, row: MatchedRow, codes: Sequence[str], official: Official, known: Collection[str]
) -> dict[str, str] | None:
    """What stood in these columns when the workbook went out; None where it still does."""
    now = {code: located.value(row.row, code).words for code in codes}
    if row.key is None:
        # A row that was pasted has the words of the one that it was copied from.
        return {code: words for code, words in now.items() if normal(words) in known}
    if official.hidden.marks:
        return official.hidden.said.get(row.key, {})
    return _guessed(located, row.key, now)


def _guessed(located: Located, key: str, now: dict[str, str]) -> dict[str, str] | None:
    """The same of a workbook that does not say it: which cells were empty shows by the record's mark."""
    record, mark = located.table.records.get(key), located.table.fingerprints.get(key)
    filled = [code for code, words in now.items() if normal(words)]
    if record is None or not filled:
        return None
    if len(filled) > _MOST_FILLED:
        return {}
    own = {code: words for code, words in record.items() if code not in (*OPEN_COLUMNS, WHOLE_TEXT)}
    for count in range(len(filled) + 1):
        for emptied in combinations(filled, count):
            before = {code: words for code, words in now.items() if code not in emptied}
            if words_fingerprint({**own, **before}) == mark:
                return before if emptied else None
    return {}


def typed_words(before: str, now: str) -> str:
    """The words put in; all there are now where others were changed as well, none where words only went."""
    if same(before, now):
        return ""
    old, found = before.split(), list(re.finditer(r"\S+", now))
    new = [each[0] for each in found]
    if not Counter(new) - Counter(old):
        return ""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < len(old) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    if first + last < len(old):
        return now.strip()
    return now[found[first].start() : found[len(found) - 1 - last].end()]


# Headers, keys, and rows of nobody's


def typed_over(
    located: Located,
    rows: Sequence[MatchedRow],
    official: Official,
    unknown: list[str],
    remarks: list[str],
) -> Iterator[ReturnedNote]:
    """Words in the columns of the table where the program alone writes.

    ``unknown`` and ``remarks``: take the sentences on headers and keys.
    """
    _say_headers(located, rows, unknown, remarks)
    _say_keys(located, rows, unknown)
    yield from _over_links(located, rows, official)
    yield from _rows_of_nobody(located, rows)
    if is_review(located.table):
        yield from _added_rows(located, rows)


def _say_headers(
    located: Located, rows: Sequence[MatchedRow], unknown: list[str], remarks: list[str]
) -> None:
    """Headers that were typed over, and those of columns that nobody wrote in."""
    labels = {_plain(each) for column in located.table.columns for each in column}
    filled = {column for row in rows for column in located.sheet.rows.get(row.row, {})}
    known = set(located.columns.values())
    renamed = []
    for column, value in sorted(located.sheet.rows.get(located.row, {}).items()):
        if not normal(value.words) or _plain(value.words) in labels:
            continue
        if column in known:
            renamed.append(value.words)
        elif column not in filled:
            sentence = _("{place}: “{words}” stands above a column in which there is nothing.")
            place = located.sheet.place(located.row, column)
            unknown.append(sentence.format(place=place, words=value.words))
    if renamed:
        sentence = _("On the sheet “{sheet}” headers were written anew: “{words}”. Nothing depends on that.")
        remarks.append(sentence.format(sheet=located.sheet.name, words="”, “".join(renamed)))


def _say_keys(located: Located, rows: Sequence[MatchedRow], unknown: list[str]) -> None:
    """Words in the column of the keys."""
    for row in rows:
        words = located.value(row.row, located.key_code).words.strip()
        if words and words != row.key and not _KEY_LIKE.fullmatch(words):
            sentence = _("{place}: “{words}” stands where the program keeps its keys.")
            unknown.append(sentence.format(place=located.place(row.row, located.key_code), words=words))


def _over_links(located: Located, rows: Sequence[MatchedRow], official: Official) -> Iterator[ReturnedNote]:
    """Words in the column that says where a long text can be read."""
    if WHOLE_TEXT not in located.columns:
        return
    language = official.hidden.facts.get("language") or "en"
    for row in rows:
        words = located.value(row.row, WHOLE_TEXT).words
        if normal(words) and not is_place_words(words, language):
            key = record_path(official, located.table, row.key) if row.key else None
            yield aside(located, row.row, located.columns[WHOLE_TEXT], key, words)


def _rows_of_nobody(located: Located, rows: Sequence[MatchedRow]) -> Iterator[ReturnedNote]:
    """Rows below the header that have nothing in any column of the table, but beside them."""
    seen = {row.row for row in rows}
    labels = {_plain(label) for _code, label in located.table.columns}
    for row in sorted(located.sheet.rows):
        if row > located.row and row not in seen:
            for column, value in sorted(located.sheet.rows[row].items()):
                if normal(value.words) and _plain(value.words) not in labels:
                    yield aside(located, row, column, None, value.words)


def _added_rows(located: Located, rows: Sequence[MatchedRow]) -> Iterator[ReturnedNote]:
    """What was typed into official columns of the sheet for reviews on rows that stand for nothing."""
    codes = [
        code
        for code in located.table.codes
        if code in located.columns
        and code not in (*OPEN_COLUMNS, located.key_code)
        and not is_said_before(code)
    ]
    known: dict[str, set[str]] = {}
    for row in rows:
        if row.key is not None or row.among:  # those are rows of the report
            continue
        is_said = has_review(located, row.row)
        for code in codes:
            words = located.value(row.row, code).words
            if not normal(words) or (code == "words" and is_said and len(words) <= _LINE):
                continue
            if code not in known:
                known[code] = {normal(each.get(code, "")) for each in located.table.records.values()}
            if normal(words) not in known[code] or (code == "words" and not is_said):
                yield aside(
                    located,
                    row.row,
                    located.columns[code],
                    None,
                    words,
                    _(
                        "It stands on a row that was added to the sheet “{sheet}” by hand and is about "
                        "nothing in the report. Choose it to keep the words as a comment on the whole report."
                    ).format(sheet=located.sheet.name),
                )


def aside(
    located: Located, row: int, column: int, key: str | None, words: str, told: str = ""
) -> ReturnedNote:
    """Words outside the columns of the table, or where it asks for none."""
    return ReturnedNote(
        sheet=located.table.sheet,
        key=key,
        column=None,
        author=located.value(row, REVIEWER).words.strip(),
        words=words,
        at="",
        thread_of=None,
        cell=located.sheet.place(row, column),
        is_aside=True,
        told=told,
    )


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
