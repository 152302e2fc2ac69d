"""What reviewers wrote on the sheet for reviews."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from desktop_app.exchange.review.grid import Grid, Value
from desktop_app.exchange.review.keys import MatchedRow
from desktop_app.exchange.review.locating import Located
from desktop_app.exchange.review.official import Official
from desktop_app.exchange.review.returned import ReturnedReview
from desktop_app.exchange.review.words import quoted
from desktop_app.exchange.workbook.naming import CODES
from desktop_app.exchange.workbook.plan import words_of
from desktop_app.exchange.workbook.review_table import COMMENT, DATE, DECISION, KIND, QUESTION, REVIEWER
from desktop_app.report.review import REVIEWER_KINDS, CommentKind, Decision
from desktop_app.report.timeframe import shipped_languages, suggest
from desktop_app.runtime.i18n import _

_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})(?:[./-]|\s?[年년]\s?)(\d{1,2})(?:[./-]|\s?[月월]\s?)(\d{1,2})\s?[.日일]?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ][\d:.]+)?")
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050
"""Days of the years 2000 to 2099 as Excel counts them."""
_LONGEST_LABEL = 8
"""Words of a label by which it is told."""
_LONGEST_NAME = 5
"""Words of a name with its title or office."""
_PARTICLES = frozenset(
    {"al", "and", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "e", "ibn", "la", "le"}
    | {"of", "the", "und", "van", "von", "y"}
)
_EPOCH = datetime.date(1899, 12, 30)

_SAID: Mapping[str, Mapping[str, str]] = {
    DECISION: {
        **dict.fromkeys(("ok", "okay", "accept", "agree", "agreed"), Decision.ACCEPTED.value),
        **dict.fromkeys(
            ("clarify", "please clarify", "to be clarified", "needs clarification", "clarification required"),
            Decision.CLARIFICATION.value,
        ),
        **dict.fromkeys(
            ("please correct", "to be corrected", "needs correction", "correction required"),
            Decision.CORRECTION.value,
        ),
    }
}
"""What people write instead of a label, in small letters without signs, whatever the report's language."""

Codes = Mapping[str, Mapping[str, str]]
"""By list, the code for each code and label, in lower case."""


def codes_of(grid: Grid, official: Official) -> Codes:
    """The codes with their words, as the sheet of codes in the workbook has them, and as it was written."""
    found: dict[str, dict[str, str]] = {}
    rows = [
        [cells[column].words if column in cells else "" for column in (1, 2, 3)]
        for sheet in grid.sheets
        if sheet.name == CODES
        for _row, cells in sorted(sheet.rows.items())
    ]
    if official.plan is not None and any(sheet.name == CODES for sheet in official.plan.sheets):
        rows += [
            [words_of(row.cells[column].content) if column in row.cells else "" for column in (1, 2, 3)]
            for row in official.plan.sheet(CODES).rows
        ]
    for code_list, code, label in rows:
        words = found.setdefault(code_list, {})
        words.setdefault(code.casefold(), code)
        words.setdefault(label.casefold(), code)
    return found


def reviews(
    located: Located, rows: Sequence[MatchedRow], codes: Codes, unknown: list[str], remarks: list[str]
) -> Iterator[ReturnedReview]:
    """The reviewers' words on each row that has any.

    ``unknown``: takes what is no comment; ``remarks``: what was read otherwise than it stands there.
    """
    names = {
        _folded(located.value(each.row, REVIEWER).words) for each in rows if has_review(located, each.row)
    }
    codes = {each: choices(codes.get(each, {}), _SAID.get(each, {})) for each in (DECISION, KIND)}
    for matched in rows:
        row = _ReviewRow(located, matched, codes, unknown, remarks)
        if has_review(located, matched.row) or row.has_stray_words(names):
            yield row.review()
        else:
            row.say_what_is_alone()


def has_review(located: Located, row: int) -> bool:
    """Whether the row says something: a name or a date alone is often filled in for the whole column."""
    return any(located.value(row, code).words.strip() for code in (DECISION, COMMENT, QUESTION))


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()


def is_name(words: str) -> bool:
    """Whether the words may be a person's or an office's name, and are no sentence."""
    parts = words.split()
    return (
        len(parts) <= _LONGEST_NAME
        and not words.rstrip().endswith(("?", "!", ":"))
        and all(not part[0].islower() or part.casefold() in _PARTICLES or "@" in part for part in parts)
    )


def choices(codes: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """What stands for a code: its label, how that begins, or what people say for it, in English.

    ``codes``: by code and label; ``said``: what people say. What stands for two codes stands for none.
    """
    exact = {_signs_left_out(label): code for label, code in codes.items()}
    begun: dict[str, set[str]] = {}
    for label, code in exact.items():
        words = label.split()[:_LONGEST_LABEL]
        for count in range(1, len(words)):
            begun.setdefault(" ".join(words[:count]), set()).add(code)
    found = {words: of.pop() for words, of in begun.items() if len(of) == 1}
    return {**found, **said, **exact}


def _signs_left_out(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


class _ReviewRow:
    def __init__(
        self,
        located: Located,
        matched: MatchedRow,
        codes: Codes,
        unknown: list[str],
        remarks: list[str],
    ) -> None:
        self._located = located
        self._matched = matched
        self._codes = codes
        self._unknown = unknown
        self._remarks = remarks
        self._name_is_stray = False

    def _value(self, code: str) -> Value:
        return self._located.value(self._matched.row, code)

    def has_stray_words(self, names: Collection[str]) -> bool:
        """Whether a comment was typed into the column of names, dates or kinds. ``names``: known ones."""
        name = self._value(REVIEWER).words.strip()
        self._name_is_stray = bool(name) and _folded(name) not in names and not is_name(name)
        return self._name_is_stray or any(True for _unread in self._not_understood())

    def say_what_is_alone(self) -> None:
        """Tell of a name, a day or a kind without any comment."""
        filled = [code for code in (REVIEWER, DATE, KIND) if self._value(code).words.strip()]
        if filled:
            words = ", ".join(self._value(code).words.strip() for code in filled)
            sentence = _("{place}: “{words}” stands there without a comment.")
            place = self._located.place(self._matched.row, filled[0])
            self._unknown.append(sentence.format(place=place, words=words))

    def beside(self) -> str:
        """The official words of the row as they stand there."""
        return self._value("words").words

    def review(self) -> ReturnedReview:
        """What stands in the row."""
        return ReturnedReview(
            key=self._matched.key,
            decision=self._known(DECISION, DECISION),
            comment=self._words(COMMENT),
            question=self._words(QUESTION),
            reviewer="" if self._name_is_stray else self._words(REVIEWER).strip(),
            date=read_date(self._value(DATE)),
            kind=self._kind(),
            cell=self._located.place(self._matched.row, self._first_code()),
            beside=self.beside(),
            not_understood=tuple(self._not_understood()),
        )

    def _not_understood(self) -> Iterator[tuple[str, str]]:
        """The words of a decision, date or kind that is none, and of a name that is a sentence."""
        if self._name_is_stray:
            yield REVIEWER, self._value(REVIEWER).words.strip()
        for column, is_read in (
            (DECISION, self._known(DECISION, DECISION)),
            (DATE, read_date(self._value(DATE))),
            (KIND, self._known(KIND, KIND)),
        ):
            words = self._value(column).words.strip()
            if words and is_read is None:
                yield column, words

    def _known(self, column: str, code_list: str) -> str | None:
        words = _signs_left_out(self._value(column).words)
        return self._codes.get(code_list, {}).get(words) if words else None

    def _first_code(self) -> str:
        """The cell by which the comment is found again."""
        codes = (COMMENT, QUESTION, DECISION, *((REVIEWER,) if self._name_is_stray else ()), DATE, KIND)
        return next((code for code in codes if self._value(code).words), COMMENT)

    def _words(self, code: str) -> str:
        value = self._value(code)
        if value.is_formula:
            self._say(code, _("{place}: “{words}” is a formula. It was read as text and not calculated."))
        return value.words.strip("\n ")

    def _kind(self) -> str:
        if not self._value(KIND).words.strip():
            return REVIEWER_KINDS[0].value
        # One that cannot be read is internal: nobody outside sees what was not meant for them.
        return self._known(KIND, KIND) or CommentKind.INTERNAL.value

    def _say(self, code: str, sentence: str) -> None:
        place = self._located.place(self._matched.row, code)
        self._remarks.append(sentence.format(place=place, words=quoted(self._value(code).words)))


def read_date(value: Value) -> str | None:
    """The day in a cell, in ISO format; None where it could be another one."""
    words = value.words.strip()
    iso = _ISO.fullmatch(words)
    if iso:
        return _day(iso[1])
    if value.kind == "n" and words.isdecimal() and _FIRST_SERIAL <= int(words[:9]) <= _LAST_SERIAL:
        return (_EPOCH + datetime.timedelta(int(words))).isoformat()
    if year_first := _YEAR_FIRST.fullmatch(words):
        return _day(f"{int(year_first[1]):04}-{int(year_first[2]):02}-{int(year_first[3]):02}")
    parts = _DAY_FIRST.fullmatch(words)
    if parts:
        first, second, year = int(parts[1]), int(parts[2]), int(parts[3])
        # 3/4/2014 is a day in March to some and in April to others; with points the day comes first.
        if "." in words or first > 12 or first == second:
            return _day(f"{year:04}-{second:02}-{first:02}")
        if second > 12:
            return _day(f"{year:04}-{first:02}-{second:02}")
    return _in_words(words) if any(map(str.isalpha, words)) else None


def _in_words(words: str) -> str | None:
    """The day that words such as “5 March 2014” name; None where they name none or a longer time."""
    reading = suggest(words, shipped_languages())
    return _day(reading) if reading is not None and _ISO_DAY.fullmatch(reading) else None


def _day(iso: str) -> str | None:
    try:
        return datetime.date.fromisoformat(iso).isoformat()
    except ValueError:
        return None


def without_repetition(found: Sequence[ReturnedReview]) -> list[ReturnedReview]:
    """Each comment once: two copies of one sheet say the same, two reviewers do not."""
    seen: set[tuple[str | None, ...]] = set()
    kept = []
    for each in found:
        said = (each.key, each.decision, each.comment, each.question, each.reviewer, each.kind)
        if each.key is None or said not in seen:
            kept.append(each)
        seen.add(said)
    return kept
