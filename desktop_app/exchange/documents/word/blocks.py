"""The blocks of a plan as the body of a Word file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop_app.exchange.documents.plan import (
    Answer,
    Block,
    DocumentPlan,
    Entries,
    Entry,
    Fact,
    Figures,
    GoalLine,
    Goals,
    Heading,
    Missing,
    Options,
    Prose,
    Question,
    Remark,
    Room,
    Table,
    Tone,
    Variant,
    Written,
)
from desktop_app.exchange.documents.word.paragraphs import Story
from desktop_app.exchange.documents.word.tables import TABLE_END, WIDTH, row, table_start
from desktop_app.formdef.model import FieldType

_BOXES = {True: "☒", False: "☐"}
_REMARKS = {Tone.STATE: "State", Tone.NOTE: "Note", Tone.WARNING: "Warning"}
_FACT_WIDTHS = (2900, WIDTH - 2900)
_NUMBER_WIDTH = 620
_MOST_BESIDE = WIDTH // 2
"""What short answers may take of the width."""
_WIDTHS = {
    FieldType.CHOICES: 1350,
    FieldType.TIMEFRAME: 1900,
    FieldType.DATE: 1600,
    FieldType.YES_NO: 1100,
    FieldType.NUMBER: 1300,
    FieldType.YEAR_SERIES: 1900,
}
_USUAL_WIDTH = 1700
_FIGURES = (1400, 1800)
_FIGURES_IN_CELL = (750, 900)
_LINE = 480
"""Height of a line to write on, in twentieths of a point."""
_LINE_LENGTH = 50
_LONGEST_WHOLE = 1200
"""Characters of a row beyond which it may break across pages."""
_NO_LETTER = re.compile(r"\W")
_LONGEST_BOOKMARK = 40


@dataclass(frozen=True, slots=True)
class _Styles:
    """The styles of an answer, in the text or in a cell."""

    words: str
    state: str
    option: str
    last_option: str
    is_short: bool = False


_IN_TEXT = _Styles("Answer", "State", "Option", "LastOption")
_IN_CELL = _Styles("Cell", "CellState", "Cell", "Cell")
_BESIDE = _Styles("Cell", "CellState", "Cell", "Cell", is_short=True)


class BodyWriter:
    """Writes one plan block by block; what other parts must hold gathers in ``story``."""

    def __init__(self, plan: DocumentPlan) -> None:
        """Nothing is written yet."""
        self._plan = plan
        self.story = Story(plan.language, plan.spoken, plan.right_to_left)

    def pieces(self) -> Iterator[str]:
        """The whole body but its last element, the section's."""
        yield self._line(self._plan.kicker, "Kicker")
        yield self._line(self._plan.headline, "Title")
        yield self._line(self._plan.line, "Subtitle")
        yield self._start(_FACT_WIDTHS, has_head=False)
        yield from (self._fact(fact) for fact in self._plan.facts)
        yield TABLE_END
        for remark in self._plan.remarks:
            yield self._remark(remark)
        for block in self._plan.blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield self._heading(block)
            case Remark():
                yield self._remark(block)
            case Prose():
                yield self.story.text(block.text, block.language, "Answer")
            case Goals():
                yield from self._goals(block)
            case Question():
                yield self._question(block, "Question", "File", _IN_TEXT)
            case Entries():
                yield from self._entries(block)
            case Table():
                yield from self._table(block)

    def _line(self, words: str, style: str, *, before: str = "") -> str:
        return self.story.line(words, style, before=before) if words else ""

    def _start(self, widths: Sequence[int], *, has_head: bool = True, style: str = "Lines") -> str:
        return table_start(widths, right_to_left=self._plan.right_to_left, has_head=has_head, style=style)

    @property
    def _is_blank(self) -> bool:
        return self._plan.variant is Variant.BLANK

    # The first page, headings, remarks.

    def _fact(self, fact: Fact) -> str:
        styles = replace(_BESIDE, words="FactCode") if fact.is_code else _BESIDE
        words = self._answer(fact.answer, styles) + self._line(fact.mark, "Mark")
        height = fact.answer.lines * _LINE if isinstance(fact.answer, Room) else 0
        return row((self._line(fact.label, "FactLabel"), words), _FACT_WIDTHS, height=height)

    def _heading(self, heading: Heading) -> str:
        self.story.bookmarks += 1
        number = self.story.bookmarks
        name = f"s{number}_{_NO_LETTER.sub('_', heading.anchor)}"[:_LONGEST_BOOKMARK]
        before = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        after = f'<w:bookmarkEnd w:id="{number}"/>'
        words = self.story.label(heading.label, f"Heading{heading.level}", before=before, after=after)
        return words + self._line(heading.mark, "Mark")

    def _remark(self, remark: Remark) -> str:
        return self._line(remark.words, _REMARKS[remark.tone])

    # Answers.

    def _question(self, question: Question, label: str, file: str, styles: _Styles) -> str:
        return "".join(
            (
                self.story.label(question.label, label),
                self._line(question.mark, "Mark"),
                self._answer(question.answer, styles),
                *(self._line(words, file) for words in question.attachments),
            )
        )

    def _answer(self, answer: Answer | None, styles: _Styles) -> str:
        match answer:
            case Written():
                set_as = self.story.short_text if styles.is_short else self.story.text
                words = set_as(answer.text, answer.language, styles.words)
                return words + self._line(answer.reading, "Reading")
            case Missing():
                return self._line(answer.words, styles.state)
            case Options():
                return "".join(self._options(answer, styles))
            case Figures():
                return self._figures(answer, _FIGURES if styles is _IN_TEXT else _FIGURES_IN_CELL)
            case Room():
                # Lines of one answer stand on one page.
                lines = self.story.line("", "Writing") * (answer.lines - 1)
                return lines + self.story.line("", "LastWriting") if styles is _IN_TEXT else ""
            case None:
                return ""

    def _options(self, answer: Options, styles: _Styles) -> Iterator[str]:
        """Boxes to tick; those of one question stand on one page."""
        for at, option in enumerate(answer.options, start=1):
            is_last = at == len(answer.options)
            style = styles.last_option if is_last else styles.option
            yield self.story.label(option, style, before=_box(False))

    def _figures(self, figures: Figures, widths: tuple[int, int]) -> str:
        rows = (
            row(
                (self._line(year, "CellLabel"), self._line(number, "Cell")),
                widths,
                height=0 if number else _LINE,
            )
            for year, number in figures.pairs
        )
        return self._start(widths, has_head=False) + "".join(rows) + TABLE_END

    # Goals.

    def _goals(self, goals: Goals) -> Iterator[str]:
        has_lead = any(line.lead for line in goals.lines)
        widths = (1750, WIDTH - 1750 - 1750, 1750) if has_lead else (WIDTH - 1750, 1750)
        yield self._start(widths, has_head=False)
        for line in goals.lines:
            lead = [self._line(line.lead, "FactLabel")] if has_lead else []
            yield row((*lead, self.story.label(line.label, "Cell"), self._chosen(line)), widths)
        yield TABLE_END
        yield self._line(goals.state, "State")
        yield self._line(goals.mark, "Mark")

    def _chosen(self, line: GoalLine) -> str:
        """The goal's short name, and whether it was chosen: by a box and in words."""
        if line.chosen is None:
            return self._line(line.short, "Cell", before=_box(False) if self._is_blank else "")
        return self._line(line.short, "Cell") + self._line(line.words, "Cell", before=_box(line.chosen))

    # Lists.

    def _entries(self, entries: Entries) -> Iterator[str]:
        widths = _widths([column.type for column in entries.columns[1:]])
        yield self._start(widths, style="Grid" if self._is_blank else "Lines")
        heads = (self.story.label(column.label, "CellHead") for column in entries.columns)
        yield row((self._line(entries.number_head, "CellHead"), *heads), widths, is_head=True)
        for entry in entries.entries:
            yield self._entry(entry, widths)
        yield TABLE_END

    def _entry(self, entry: Entry, widths: Sequence[int]) -> str:
        lead, *beside = entry.cells
        main = "".join(
            (
                self._line(entry.mark, "Mark"),
                self._answer(lead, _IN_CELL),
                *(self._question(each, "CellLabel", "CellFile", _IN_CELL) for each in entry.further),
                *(self._line(words, "CellFile") for words in entry.attachments),
            )
        )
        cells = (self._line(str(entry.number), "CellNumber"), main, *(self._cell(each) for each in beside))
        lines = max((each.lines for each in entry.cells if isinstance(each, Room)), default=0)
        length = _length(lead) + sum(_length(each.answer) + _LINE_LENGTH for each in entry.further)
        whole = length <= _LONGEST_WHOLE
        return row(cells, widths, whole=whole, height=lines * _LINE)

    def _cell(self, answer: Answer | None) -> str:
        return self._answer(answer, _BESIDE)

    # Annexes.

    def _table(self, table: Table) -> Iterator[str]:
        widths = [round(WIDTH * share) for share in table.widths]
        yield self._start(widths)
        yield row((self._line(head, "CellHead") for head in table.heads), widths, is_head=True)
        for cells in table.rows:
            styles = ("CellCode" if at in table.codes else "Cell" for at in range(len(cells)))
            yield row((self._line(words, style) for words, style in zip(cells, styles, strict=True)), widths)
        yield TABLE_END


def _box(is_ticked: bool) -> str:
    box = _BOXES[is_ticked]
    return f'<w:r><w:rPr><w:rStyle w:val="Box"/></w:rPr><w:t xml:space="preserve">{box} </w:t></w:r>'


def _widths(beside: Iterable[FieldType]) -> list[int]:
    """The widths of a list's columns: number, main words, short answers."""
    wanted = [_WIDTHS.get(each, _USUAL_WIDTH) for each in beside]
    if sum(wanted) > _MOST_BESIDE:
        wanted = [width * _MOST_BESIDE // sum(wanted) for width in wanted]
    return [_NUMBER_WIDTH, WIDTH - _NUMBER_WIDTH - sum(wanted), *wanted]


def _length(answer: Answer | None) -> int:
    """About how many characters an answer takes, a line break counted as a line."""
    if isinstance(answer, Figures):
        return len(answer.pairs) * _LINE_LENGTH
    if not isinstance(answer, Written):
        return _LINE_LENGTH
    return sum(len(paragraph.text) + _LINE_LENGTH for paragraph in answer.text.paragraphs())
