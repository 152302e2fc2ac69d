"""A returned workbook before anything of it is in the report: who said what, to be chosen from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.report.review import comment_kind_words, decision_words
from desktop_app.report.said import read_said
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.review import NewComment, NewRow, ReviewPreview
from desktop_app.ui import tokens
from desktop_app.ui.editors.options import WrappedOption
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.pages.lone_page import LonePage, selectable
from desktop_app.ui.pages.page import settle
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, heading, help_line, in_row
from desktop_app.ui.review.choice_group import Entry, TickGroup
from desktop_app.ui.review.choices import Choices
from desktop_app.ui.review.comment_words import byline
from desktop_app.ui.review.progress_card import ProgressCard
from desktop_app.ui.review.suggestion_card import SuggestionCard
from desktop_app.ui.rows.problem_lines import IconMark
from desktop_app.ui.seen_column import SeenColumn

MANY = 20
"""So many things, and the groups below are out of sight: they are named at the top."""


class PreviewPage(LonePage):
    """A page of the open report. Nothing is changed before the person brings in what is chosen."""

    agreed = Signal(object)
    """The ``Choices``."""

    declined = Signal()

    opening_wanted = Signal()
    """The answers are to be opened again first, so that they can be changed."""

    other_wanted = Signal()
    """The report is to be opened that the workbook was made of."""

    cancelled = Signal()
    """What is being brought in is not wanted after all."""

    left = Signal()
    """Another page is shown now; this one is kept as it is."""

    def __init__(
        self,
        preview: ReviewPreview,
        about: Sequence[str],
        unknown: Sequence[str] = (),
        read_only: str = "",
        frozen: str = "",
        remarks: Sequence[str] = (),
    ) -> None:
        """``about``: sentences on which report it was made of; ``unknown``: those on what was not recognised;
        ``remarks``: those on what was read all the same, though not as it stands there.

        ``read_only``: why nothing can be changed; ``frozen``: why no answer can, while comments come in.
        """
        title = _("Reviewed workbook “{name}”").format(name=preview.name)
        super().__init__(title, [*about, *_known(preview)], "comments", Tone.ACCENT)
        self.preview, self._unknown, self._read_only = preview, unknown, read_only
        self._frozen, self._remarks = frozen, remarks
        self.choices = Choices() if read_only else Choices.sensible(preview)
        self._bring, self._bring_below = (Button("", "check", ButtonKind.PRIMARY) for _place in range(2))
        for button in (self._bring, self._bring_below):
            button.clicked.connect(self._on_bring)
        self._add_warnings()
        leave = Button(_("&Leave it"), "chevron-left")
        leave.clicked.connect(self.declined)
        ways = [leave]
        if preview.belongs_to is not None:
            ways.insert(0, self._opening_other())
        if frozen and not read_only and (preview.open_suggestions or preview.rows_to_add):
            ways.insert(0, self._opening())
        if preview.has_news and not read_only:
            ways.insert(0, self._bring)
        self._ways = self.add_ways(*ways)
        self._progress: ProgressCard | None = None
        self._groups: list[tuple[str, QWidget]] = []
        self._add_groups()
        self._add_sentences(_("Not recognised ({count})"), self._unknown)
        self._add_sentences(_("Read with a remark ({count})"), self._remarks)
        self._add_jumps()
        self._ways_below = self._at_the_end(self._ways)
        self._show_count()

    # Building

    def _at_the_end(self, ways: QWidget) -> QWidget:
        """The way to bring it in once more below the last entry, where a person has read all."""
        below = QWidget()
        below.setLayout(in_row(self._bring_below, None))
        self.column.addWidget(below)
        below.setVisible(self._bring.parentWidget() is ways)
        return below

    def _opening_other(self) -> Button:
        """The way to the report of the file that the workbook was made of."""
        button = Button(_("Open &that report"), "notes")
        button.clicked.connect(self.other_wanted)
        return button

    def _opening(self) -> Button:
        """The way to answers that can be changed."""
        button = Button(_("Open the &answers first …"), "notes")
        button.setToolTip(_("Back to draft, or an amendment of what was submitted; then come back here."))
        button.clicked.connect(self.opening_wanted)
        return button

    def _add_warnings(self) -> None:
        lines = [
            *((sentence, "error", Tone.ERROR) for sentence in self.preview.refusals),
            *(
                (sentence, "warning", Tone.WARNING)
                for sentence in self.preview.warnings
                if sentence not in self._unknown and sentence not in self._remarks
            ),
        ]
        if self._read_only:
            lines.append((self._read_only, "confidential", Tone.WARNING))
        elif self._frozen and (self.preview.open_suggestions or self.preview.rows_to_add):
            words = _("{why} Comments can be brought in all the same.")
            lines.append((words.format(why=self._frozen), "confidential", Tone.WARNING))
        if not lines:
            return
        card = Card()
        for line in lines:
            card.column.addWidget(_line(*line))
        if self.preview.refusals and not self._read_only:
            option = WrappedOption(_("Bring it in even so"))
            option.toggled.connect(self._on_even_so)
            card.column.addWidget(option)
        self.column.addWidget(card)

    def _add_groups(self) -> None:
        preview, choices = self.preview, self.choices
        comments = preview.new_comments
        if comments:
            self._add_ticks(
                _("Comments ({count})").format(count=len(comments)),
                _("They stand beside the question they are about; nothing of your report is changed."),
                [found.id for found in comments],
                lambda number: _comment_entry(comments[number]),
                choices.comments,
            )
        self._add_suggestions()
        rows = preview.rows_to_add
        if rows:
            self._add_ticks(
                _("New rows ({count})").format(count=len(rows)),
                _("Somebody wrote them into the workbook. Those you choose are added to the lists."),
                [found.id for found in rows],
                lambda number: _row_entry(rows[number]),
                choices.rows,
                is_content=True,
            )

    def _add_sentences(self, words: str, lines: Sequence[str]) -> None:
        if not lines:
            return
        card, words = Card(), words.format(count=len(lines))
        card.column.addWidget(heading(words))
        card.column.addWidget(SeenColumn(len(lines), lambda number: _line(lines[number], "info", Tone.QUIET)))
        self._add_group(words, card)

    def _add_group(self, words: str, group: QWidget) -> None:
        self._groups.append((words, group))
        self.column.addWidget(group)

    def _add_jumps(self) -> None:
        """What stands far below is named at the top, with a way there."""
        preview = self.preview
        count = len(preview.new_comments) + len(preview.open_suggestions) + len(preview.rows_to_add)
        if len(self._groups) < 2 or count <= MANY:
            return
        line = QWidget()
        flow = FlowLayout(line)
        for number, (words, _group) in enumerate(self._groups):
            button = Button(words, "chevron-down", ButtonKind.QUIET)
            button.setProperty("number", number)
            button.clicked.connect(self._on_jump)
            flow.addWidget(button)
        self.column.insertWidget(self.column.indexOf(self._ways) + 1, line)

    def _on_jump(self) -> None:
        _words, group = self._groups[self.sender().property("number")]
        settle()
        self.verticalScrollBar().setValue(max(0, self._place_of(group).y() - tokens.PAGE))

    def _add_ticks(
        self,
        words: str,
        help_words: str,
        ids: Sequence[str],
        entry: Callable[[int], Entry],
        chosen: set[str],
        *,
        is_content: bool = False,
    ) -> None:
        closed = bool(self._read_only or (is_content and self._frozen))
        lists = self.choices.lists
        group = TickGroup(words, help_words, ids, entry, chosen, read_only=closed, lists=lists)
        group.chosen_changed.connect(self._show_count)
        self._add_group(words, group)

    def _add_suggestions(self) -> None:
        found = self.preview.open_suggestions
        if not found:
            return
        ground, words = QWidget(), _("Suggestions ({count})").format(count=len(found))
        head = QVBoxLayout(ground)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(tokens.HALF)
        head.addWidget(heading(words))
        self._add_group(words, ground)
        head.addWidget(
            help_line(
                _(
                    "Your own words were changed in the workbook: underlined words would come, struck"
                    " ones go. Nothing is taken over unless you accept it."
                )
            )
        )

        def make(number: int) -> QWidget:
            card = SuggestionCard(found[number], self.choices)
            card.bar.set_closed(bool(self._read_only or self._frozen))
            card.decided.connect(self._show_count)
            return card

        self.column.addWidget(SeenColumn(len(found), make, tokens.SPACE))

    # Following

    def _show_count(self) -> None:
        count = self.choices.count
        words = ngettext("&Bring in the chosen one", "&Bring in the chosen {count}", count)
        is_possible = not self.preview.refusals or self.choices.even_if_other
        said = words.format(count=count) if count else _("&Bring in what is chosen")
        # Both would have the same letter, which then only goes from one to the other.
        for button, text in ((self._bring, said), (self._bring_below, said.replace("&", ""))):
            button.setText(text)
            button.updateGeometry()
            button.setEnabled(count > 0 and is_possible)

    def _on_even_so(self, is_chosen: bool) -> None:
        self.choices.even_if_other = is_chosen
        self._show_count()

    def _on_bring(self) -> None:
        self.agreed.emit(self.choices)

    # While it is brought in

    def show_progress(self, done: int, count: int) -> None:
        """Say how far it is, and offer to leave it."""
        if self._progress is None:
            self._progress = ProgressCard()
            self._progress.cancel.clicked.connect(self.cancelled)
            self.column.insertWidget(self.column.indexOf(self._ways), self._progress)
            self._ways.hide()
            self._ways_below.hide()
            self._progress.show()
            self.show_part(self._progress)
            self._progress.cancel.setFocus()
        self._progress.show_progress(done, count)

    def end_progress(self) -> None:
        """It is over; what is chosen is still chosen."""
        if self._progress is not None:
            self._progress.hide()
            self._progress.deleteLater()
            self._progress = None
            self._ways.show()
            self._ways_below.setVisible(self._bring.parentWidget() is self._ways)
            self._bring.setFocus()

    # As a page of the open report

    def enter(self) -> None:
        """What was read once is shown."""

    def leave(self) -> None:
        """What is chosen stays chosen while the page is there."""
        self.left.emit()

    def hand_over(self) -> None:
        """Nothing is being typed here."""

    def release(self) -> None:
        """Nothing is held."""


def _known(preview: ReviewPreview) -> list[str]:
    """What is there already, so that nobody looks for it below."""
    if not (preview.comments or preview.suggestions or preview.new_rows):
        return [_("Nobody has written anything in it.")]
    if not preview.has_news:
        return [_("Everything in it is here already.")]
    count = (
        len(preview.comments)
        + len(preview.suggestions)
        + len(preview.new_rows)
        - len(preview.new_comments)
        - len(preview.open_suggestions)
        - len(preview.rows_to_add)
    )
    words = ngettext("{count} entry is here already.", "{count} entries are here already.", count)
    return [words.format(count=count)] if count else []


def _line(sentence: str, icon_name: str, tone: Tone) -> QWidget:
    whole = QWidget()
    line = in_row(IconMark(icon_name, tone, tokens.ICON), selectable(sentence))
    line.setStretch(1, 1)
    whole.setLayout(line)
    return whole


def _comment_entry(found: NewComment) -> Entry:
    comment = found.comment
    said = [decision_words(comment.decision) if comment.decision else "", _plain(comment.words)]
    if comment.question:
        said.append(_("Question: {words}").format(words=_plain(comment.question)))
    lead = " · ".join((found.where, comment_kind_words(comment.kind), byline(comment)))
    return Entry(found.id, lead, "\n".join(filter(None, said)), found.told, found.subject)


def _row_entry(found: NewRow) -> Entry:
    told = tuple(filter(None, (found.obstacle, *found.told)))
    lists = tuple((each.list_path, each.where) for each in found.ways)
    return Entry(found.id, found.where, found.words, told, lists=lists)


def _plain(notation: str) -> str:
    return read_said(notation).plain_text()
