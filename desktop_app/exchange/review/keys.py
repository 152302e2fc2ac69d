"""Which record a row of a returned table is: by its key, checked against the words beside it.

A key can be wrong: dragged down over its neighbours, sorted apart from its row, copied with a row that
then got other words. Then the words decide, since they are what the reviewer saw; and it is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from desktop_app.exchange.review.locating import Located
from desktop_app.exchange.review.official import OfficialTable, is_review
from desktop_app.exchange.review.words import normal, quoted, same
from desktop_app.exchange.workbook.columns import WHOLE_TEXT
from desktop_app.exchange.workbook.fingerprints import words_fingerprint
from desktop_app.exchange.workbook.review_table import OPEN_COLUMNS, READ_ONLY_COLUMNS
from desktop_app.runtime.i18n import _

_NOT_IN_FINGERPRINTS = frozenset((*OPEN_COLUMNS, WHOLE_TEXT))
NOT_OFFICIAL = frozenset((*OPEN_COLUMNS, *READ_ONLY_COLUMNS, WHOLE_TEXT))
"""Columns that are not compared: a reviewer's, what was said before, and where a long text can be read."""

_REFERENCE = "reference"
_SORTED = 3
"""So many cells of a column that hold each other's words were sorted."""
_FEW = 50
"""So many records may have the same words; where there are more, the words tell nothing."""


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A row and the key of its record as the table has it; None for a row added by hand.

    ``whole``: its official words are exactly those that were written. ``behind``: the key that stands
    there although the words are another record's: what was not sorted along with them is its. ``among``: the
    records with these words.
    """

    row: int
    key: str | None
    whole: bool
    behind: str | None = None
    among: tuple[str, ...] = ()


def match_rows(located: Located, unknown: list[str], remarks: list[str]) -> list[MatchedRow]:
    """The rows of a table with their keys.

    ``unknown``: takes a sentence for each that is not sure; ``remarks``: for each found all the same.
    """
    return _Matching(located, unknown, remarks).rows()


class _Matching:
    def __init__(self, located: Located, unknown: list[str], remarks: list[str]) -> None:
        self._located = located
        self._table: OfficialTable = located.table
        self._unknown = unknown
        self._remarks = remarks
        self._key_code = located.key_code
        self._telling = _telling_code(self._table, self._key_code)
        self._by_words = self._words_index()
        rows = list(located.rows())
        self._found = {row: self._key(row) for row in rows}
        self._count = Counter(key for key in self._found.values() if key)
        self._whole = {row: self._is_whole(row, key) for row, key in self._found.items()}
        self._rightful: dict[str, int] = {}
        self._whole_keys = {self._found[row] for row, whole in self._whole.items() if whole}

    def rows(self) -> list[MatchedRow]:
        found = [self._matched(row, key) for row, key in self._found.items()]
        self._say_sorted_columns(found)
        return found

    def _key(self, row: int) -> str:
        value = self._located.value(row, self._key_code)
        key = "" if value.is_formula else value.words.strip()
        if key and "year" in self._table.codes:
            # The years of a series have one reference, and a record each.
            of_year = f"{key}/{self._located.value(row, 'year').words.strip()}"
            if of_year in self._table.fingerprints or of_year in self._table.records:
                return of_year
        return key

    def _words_index(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, record in self._table.records.items():
            words = normal(record.get(self._telling, ""))
            if words:
                found.setdefault(words, []).append(key)
        return found

    def _is_whole(self, row: int, key: str) -> bool:
        """Whether the fingerprint of the row is the one that was written for this key."""
        fingerprint = self._table.fingerprints.get(key)
        if fingerprint is None:
            return False
        words = {
            code: self._located.value(row, code).words
            for code in self._table.codes
            if code not in _NOT_IN_FINGERPRINTS
        }
        return words_fingerprint(words) == fingerprint

    def _matched(self, row: int, key: str) -> MatchedRow:
        if self._whole[row]:
            return MatchedRow(row, key, whole=True)
        other = self._other(row, key)
        if other is not None:
            self._say_other(row, key)
            return MatchedRow(row, other, whole=False)
        if not key:
            return MatchedRow(row, None, whole=False)
        if away := self._sorted_apart(row, key):
            return self._of_words(row, key, away)
        known = key in self._table.fingerprints or key in self._table.records
        if known and self._count[key] > 1 and self._is_copy(row, key):
            self._say_copied(row)
            return MatchedRow(row, None, whole=False)
        if not known and (self._table.fingerprints or self._table.records):
            self._say_unknown(row, key)
        return MatchedRow(row, key, whole=False)

    def _other(self, row: int, key: str) -> str | None:
        """The record whose words stand in the row, when they are not those of its key."""
        words = normal(self._located.value(row, self._telling).words)
        own = self._table.records.get(key)
        if own is not None and same(own.get(self._telling, ""), words):
            return None
        candidates = self._by_words.get(words) or self._by_reference(row)
        found = [each for each in candidates if each != key] if len(candidates) <= _FEW else []
        if not found:
            return None
        likeness = {each: self._likeness(row, each) for each in found}
        most = max(likeness.values())
        likest = [each for each in found if likeness[each] == most]
        return likest[0] if len(likest) == 1 and most > self._likeness(row, key) else None

    def _by_reference(self, row: int) -> list[str]:
        """The record whose reference stands in a row with words of no record, and whose words are gone.

        So it is where rows were sorted without their keys, and the words of one were changed after that.
        """
        found = self._references.get(self._located.value(row, _REFERENCE).words, "")
        return [found] if found and found not in self._at_home else []

    @cached_property
    def _references(self) -> dict[str, str]:
        if self._key_code == _REFERENCE or _REFERENCE not in self._table.codes:
            return {}
        records = self._table.records.items()
        count = Counter(record.get(_REFERENCE, "") for _key, record in records)
        return {words: key for key, record in records if count[words := record.get(_REFERENCE, "")] == 1}

    def _sorted_apart(self, row: int, key: str) -> list[str]:
        """The records whose words stand in the row, and not in the row of their own key any more.

        So it is where some columns were sorted and the others were not; most cells may still be the key's.
        """
        words = normal(self._located.value(row, self._telling).words)
        own = self._table.records.get(key)
        if own is None or not words or same(own.get(self._telling, ""), words):
            return []
        candidates = self._by_words.get(words, [])
        away = [each for each in candidates if each in self._count and each not in self._at_home]
        return away if len(away) <= _FEW else []

    @cached_property
    def _at_home(self) -> set[str]:
        """The keys beside which the words of their records stand."""
        records, telling = self._table.records, self._telling
        return {
            key
            for row, key in self._found.items()
            if key in records and same(records[key].get(telling, ""), self._located.value(row, telling).words)
        }

    def _of_words(self, row: int, key: str, away: list[str]) -> MatchedRow:
        """The row that was sorted apart from its key; of no record where several could be meant."""
        own = self._table.records[key]
        likeness = [self._likeness(row, each, own) for each in away]
        best = max(likeness)
        if likeness.count(best) == 1 or not is_review(self._table):
            sentence = _(
                "{place}: the words were sorted apart from the hidden key of this row. It was matched by its "
                "words. Make sure that what stands beside them was meant for them."
            )
            self._remarks.append(sentence.format(place=self._place(row)))
            found = away[likeness.index(best)]
            return MatchedRow(row, found, whole=False, behind=key, among=tuple(away))
        sentence = _(
            "{place}: the words were sorted apart from the hidden key of this row, and several rows have the "
            "same words. Nobody can tell which is meant."
        )
        self._unknown.append(sentence.format(place=self._place(row)))
        return MatchedRow(row, None, whole=False, behind=key, among=tuple(away))

    def _likeness(self, row: int, key: str, behind: Mapping[str, str] | None = None) -> int:
        """How many cells of the row hold what was written for this key. ``behind``: the record whose own
        cells do not count.
        """
        record, behind = self._table.records.get(key, {}), behind or {}
        return sum(
            code != self._key_code
            and bool(words)
            and behind.get(code) != words
            and same(self._located.value(row, code).words, words)
            for code, words in record.items()
            if code not in NOT_OFFICIAL
        )

    def _is_copy(self, row: int, key: str) -> bool:
        """Whether another row has this key with more right."""
        if key in self._whole_keys:
            return True
        if key not in self._rightful:
            rows = [each for each, found in self._found.items() if found == key]
            self._rightful[key] = max(rows, key=lambda each: (self._likeness(each, key), -each))
        return self._rightful[key] != row

    # What is said.

    def _place(self, row: int) -> str:
        return self._located.place(row, self._telling)

    def _say_other(self, row: int, key: str) -> None:
        if key:
            sentence = _(
                "{place}: the hidden key of this row belongs to another one. "
                "The row was matched by its words."
            )
        else:
            sentence = _("{place}: the hidden key of this row is gone. The row was matched by its words.")
        self._remarks.append(sentence.format(place=self._place(row)))

    def _say_sorted_columns(self, found: list[MatchedRow]) -> None:
        """Tell of columns that were sorted without the others: comments may have been sorted with either."""
        records = self._table.records
        if not is_review(self._table) or all(each.whole for each in found):
            return
        rows = [(each.row, records[each.key]) for each in found if each.key in records]
        for code in self._table.codes:
            if code in (*NOT_OFFICIAL, self._key_code) or code not in self._located.columns:
                continue
            cells = [
                (normal(self._located.value(row, code).words), normal(of.get(code, ""))) for row, of in rows
            ]
            moved = [(now, before) for now, before in cells if now != before]
            if len(moved) >= _SORTED and Counter(now for now, _b in moved) == Counter(b for _now, b in moved):
                sentence = _(
                    "On the sheet “{sheet}” some columns were sorted and others were not. Make sure that "
                    "each comment stands with the words that it was meant for."
                )
                self._remarks.append(sentence.format(sheet=self._located.sheet.name))
                return

    def _say_copied(self, row: int) -> None:
        sentence = _(
            "{place}: this row has the hidden key of another row but other words. It is taken for a new row."
        )
        self._unknown.append(sentence.format(place=self._place(row)))

    def _say_unknown(self, row: int, key: str) -> None:
        sentence = _("{place}: this row was not in the workbook when it was sent (key “{key}”).")
        self._unknown.append(sentence.format(place=self._place(row), key=quoted(key)))


def _telling_code(table: OfficialTable, key_code: str) -> str:
    """The column whose words tell records apart best; for the same number, the one with longer words."""
    best, code = (0, 0), "words"
    for each in table.codes:
        if each in NOT_OFFICIAL or each in (key_code, "reference"):
            continue
        words = {normal(record.get(each, "")) for record in table.records.values()} - {""}
        score = (len(words), sum(map(len, words)))
        if score > best:
            best, code = score, each
    return code
