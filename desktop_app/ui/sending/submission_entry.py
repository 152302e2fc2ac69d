"""One submission: its number, when and by whom, its checksum, what became of it, what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.report.receipts import FiledReceipt, receipt_decision_words
from desktop_app.report.submissions import SubmissionRecord
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.inputs import LineEdit
from desktop_app.ui.lines import Expander
from desktop_app.ui.moment_words import day_words, moment_words, who_words
from desktop_app.ui.pages.lone_page import selectable
from desktop_app.ui.parts import Button, ButtonKind, Chip, Tone, Words, in_row, label
from desktop_app.ui.past import Past
from desktop_app.ui.rows.problem_lines import IconMark
from desktop_app.ui.sending.since_view import SinceView
from desktop_app.ui.sending.whole_words import breakable


class ChecksumLine(QWidget):
    """A content checksum, whole however narrow the window: what does not fit is scrolled to, and copied."""

    def __init__(self, checksum: str = "") -> None:
        """Show ``checksum``."""
        super().__init__()
        name = Words(_("Content checksum:"), font=tokens.small_font(), tone=Tone.QUIET, wrap=False)
        self.line = LineEdit(own_undo=True)
        self.line.setReadOnly(True)
        self.line.setFont(tokens.small_font())
        self.line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.line.setAccessibleName(_("Content checksum"))
        self.line.setToolTip(_("It stands on the cover and the sign-off page too."))
        name.setBuddy(self.line)
        row = in_row(name, self.line)
        row.setStretch(1, 1)
        self.setLayout(row)
        self.show_checksum(checksum)

    def show_checksum(self, checksum: str) -> None:
        """Show another one."""
        self.line.setText(checksum)
        self.line.setCursorPosition(0)


class ReceiptLine(QWidget):
    """One receipt, with what the secretariat wrote."""

    def __init__(self, receipt: FiledReceipt) -> None:
        """For a receipt that was filed."""
        super().__init__()
        icon, tone = ("warning", Tone.WARNING) if receipt.asks_correction else ("check", Tone.SUCCESS)
        day = day_words(receipt.at) if "T" in receipt.at else receipt.at
        head = " · ".join(filter(None, (receipt_decision_words(receipt.decision), receipt.who, day)))
        column = QVBoxLayout()
        column.setSpacing(tokens.HALF)
        column.addWidget(Words(_("Receipt: {what}").format(what=head)))
        if receipt.words:
            column.addWidget(selectable(breakable(receipt.words)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        row.addWidget(IconMark(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)


class SubmissionEntry(QWidget):
    """Says what someone wants done with the submission; does nothing itself."""

    export_wanted = Signal(int)
    receipt_wanted = Signal()
    path_chosen = Signal(str)

    def __init__(
        self,
        submission: SubmissionRecord,
        receipts: Sequence[FiledReceipt],
        past: Past | None,
        labels: Labels,
        *,
        may_file: bool,
    ) -> None:
        """``past``: to compare the submission with the report as it stands."""
        super().__init__()
        self._number = submission.number
        self._past, self._labels = past, labels
        self.since: SinceView | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, tokens.GAP, 0, tokens.GAP)
        self._column.setSpacing(tokens.HALF)
        self._add_head(submission)
        self._column.addWidget(ChecksumLine(submission.checksum))
        for receipt in receipts:
            self._column.addWidget(ReceiptLine(receipt))
        if not submission.is_here:
            words = _("What was submitted is not in this file, so it can neither be exported nor compared.")
            self._column.addWidget(Words(words, tone=Tone.WARNING))
        self._add_steps(may_file=may_file, is_here=submission.is_here)

    def _add_head(self, submission: SubmissionRecord) -> None:
        name = label(_("Submission {number}").format(number=submission.number))
        head = QWidget()
        flow = FlowLayout(head)
        flow.addWidget(name)
        if submission.amendment_of is not None:
            words = _("amends submission {number}").format(number=submission.amendment_of)
            flow.addWidget(Chip(words, "notes", Tone.QUIET))
        if submission.taken_back is not None:
            flow.addWidget(Chip(_("Taken back"), "undo", Tone.WARNING))
        self._column.addWidget(head)
        said = _("{moment}, by {who}")
        told = said.format(moment=moment_words(submission.at), who=who_words(submission.who))
        self._column.addWidget(Words(told, tone=Tone.QUIET))
        back = submission.taken_back
        if back is not None:
            words = _("Taken back by {who}, {moment}: {reason}")
            told = words.format(
                who=who_words(back.who), moment=moment_words(back.at), reason=breakable(back.reason)
            )
            self._column.addWidget(selectable(told))

    def _add_steps(self, *, may_file: bool, is_here: bool) -> None:
        steps = QWidget()
        flow = FlowLayout(steps, tokens.HALF)
        name = _("Submission {number}").format(number=self._number)
        again = Button(_("Export it again"), "send", ButtonKind.QUIET)
        again.setToolTip(_("Makes the package of this submission again: the same bytes."))
        again.clicked.connect(self._on_export)
        receipt = Button(_("File a receipt …"), "attach", ButtonKind.QUIET)
        receipt.setToolTip(_("Choose the receipt file that came back, or drop it onto the window."))
        receipt.clicked.connect(self.receipt_wanted)
        for button in (again, receipt):
            button.setAccessibleDescription(name)
            flow.addWidget(button)
        receipt.setVisible(may_file)
        again.setVisible(is_here)
        self._column.addWidget(steps)
        if self._past is not None and is_here:
            self.compare = Expander(_("Compare with now"))
            self.compare.setAccessibleDescription(name)
            self.compare.opened.connect(self._on_compare)
            self._column.addLayout(in_row(self.compare, None))

    def _on_export(self) -> None:
        self.export_wanted.emit(self._number)

    def _on_compare(self, is_open: bool) -> None:
        if self.since is None and self._past is not None:
            self.since = SinceView(self._past, self._labels)
            self.since.path_chosen.connect(self.path_chosen)
            self._column.addWidget(self.since)
        if self.since is not None:
            self.since.setVisible(is_open)
            if is_open:
                self.since.ask(self._number)
