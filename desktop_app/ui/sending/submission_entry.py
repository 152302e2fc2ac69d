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
from desktop_app.ui.parts import Button, ButtonKind, Chip, Tone, Words, help_line, in_row, label
from desktop_app.ui.past import Past
from desktop_app.ui.rows.problem_lines import IconMark
from desktop_app.ui.sending.since_view import SinceView
from desktop_app.ui.sending.whole_words import breakable


class ChecksumLine(QWidget):
    """A content checksum, whole however narrow the window: what does not fit is scrolled to, and copied."""

    def __init__(self, checksum: str = "") -> None:
        """Show ``checksum``."""
        super().__init__()
        self._name = Words("", font=tokens.small_font(), tone=Tone.QUIET, wrap=False)
        self.line = LineEdit(own_undo=True)
        self.line.setReadOnly(True)
        self.line.setFont(tokens.small_font())
        self.line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._name.setBuddy(self.line)
        row = in_row(self._name, self.line)
        row.setStretch(1, 1)
        self.setLayout(row)
        self.show_checksum(checksum)

    def show_checksum(self, checksum: str, *, is_draft: bool = False) -> None:
        """Show another one. That of a draft's package is not the one to sign."""
        name = _("Checksum of this draft:") if is_draft else _("Content checksum:")
        where = (
            _("It stands on the cover of the package. The one to sign stands on the sign-off page.")
            if is_draft
            else _("It stands on the cover and the sign-off page too.")
        )
        self._name.setText(name)
        self.line.setAccessibleName(name.rstrip(":"))
        self.line.setToolTip(where)
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
        if not receipt.is_signed:
            column.addWidget(help_line(_("No signature: anybody can have made it.")))
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
    text_wanted = Signal(int)
    """The number of a submission that was taken back, of which someone wants to tell its receiver."""

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
        self._add_steps(submission, may_file=may_file)

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

    def _add_steps(self, submission: SubmissionRecord, *, may_file: bool) -> None:
        is_here, is_back = submission.is_here, submission.taken_back is not None
        steps = QWidget()
        flow = FlowLayout(steps, tokens.HALF)
        name = _("Submission {number}").format(number=self._number)
        again = Button(_("Export it again"), "send", ButtonKind.QUIET)
        said = _("Makes the package of this submission again: the same bytes.")
        warned = _("Makes the package again as it was sent. The submission was taken back.")
        again.setToolTip(warned if is_back else said)
        again.clicked.connect(self._on_export)
        receipt = Button(_("File a receipt …"), "attach", ButtonKind.QUIET)
        receipt.setToolTip(_("Choose the receipt file that came back, or drop it onto the window."))
        receipt.clicked.connect(self.receipt_wanted)
        told = Button(_("Copy a text for the mail"), "duplicate", ButtonKind.QUIET)
        told.setToolTip(_("Tells the secretariat that this submission was taken back, and why."))
        told.clicked.connect(self._on_text)
        for button in (told, again, receipt):
            button.setAccessibleDescription(name)
            flow.addWidget(button)
        receipt.setVisible(may_file)
        again.setVisible(is_here)
        told.setVisible(is_back)
        self._column.addWidget(steps)
        if self._past is not None and is_here:
            self.compare = Expander(_("Compare with now"))
            self.compare.setAccessibleDescription(name)
            self.compare.opened.connect(self._on_compare)
            self._column.addLayout(in_row(self.compare, None))

    def _on_export(self) -> None:
        self.export_wanted.emit(self._number)

    def _on_text(self) -> None:
        self.text_wanted.emit(self._number)

    def _on_compare(self, is_open: bool) -> None:
        if self.since is None and self._past is not None:
            self.since = SinceView(self._past, self._labels)
            self.since.path_chosen.connect(self.path_chosen)
            self._column.addWidget(self.since)
        if self.since is not None:
            self.since.setVisible(is_open)
            if is_open:
                self.since.ask(self._number)
