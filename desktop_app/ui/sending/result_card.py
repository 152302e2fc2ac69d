"""What was made, and what to do with it now: its folder, a text for the mail, a public copy."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.formdef.model import State
from desktop_app.report.report import Report
from desktop_app.report.submissions import amendment_words, taken_back_before
from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import Feature
from desktop_app.services.allowed import is_allowed
from desktop_app.ui import tokens
from desktop_app.ui.export import ExportOutcome
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.parts import Button, Card, Tone, Words, heading, in_row
from desktop_app.ui.rows.problem_lines import IconMark
from desktop_app.ui.sending.submission_entry import ChecksumLine
from desktop_app.ui.sending.whole_words import WholeWords


class ResultCard(Card):
    """Hidden until something was made."""

    folder_wanted = Signal(object)
    """A package whose folder someone wants to see."""

    public_wanted = Signal(object)
    """The ``ExportOutcome`` of which someone wants the public copy."""

    told = Signal(str)
    """What was done, in words for the person."""

    def __init__(self, report: Report, *, is_public: bool = False) -> None:
        """For packages of ``report``, or with ``is_public`` for public copies, beside the other."""
        super().__init__()
        self._report = report
        self.who = ""
        self._is_public = is_public
        self._outcome: ExportOutcome | None = None
        self.hide()

    def _build(self) -> None:
        """Only when something was made: the page is there sooner."""
        is_public = self._is_public
        self._title = heading("")
        line = in_row(IconMark("state-complete", Tone.SUCCESS, tokens.ICON), self._title)
        line.setStretch(1, 1)
        self.column.addLayout(line)
        self._path = WholeWords(_("The package"))
        self._told = Words("")
        self.checksum = ChecksumLine()
        self._notices = Words("", tone=Tone.WARNING)
        parts: tuple[QWidget, ...] = (self._path, self._told, self.checksum, self._notices)
        for part in parts:
            self.column.addWidget(part)
        steps = QWidget()
        flow = FlowLayout(steps)
        # The two stand on one page, and a letter is for one button only.
        folder = _("Open the folder") if is_public else _("Open the fol&der")
        self.open_folder = Button(folder, "folder")
        self.open_folder.clicked.connect(self._on_open_folder)
        copy = _("Copy a text for the mail") if is_public else _("&Copy a text for the mail")
        self.copy_text = Button(copy, "duplicate")
        self.copy_text.setToolTip(_("What it is, how to check it, and how to answer, in plain words."))
        self.copy_text.clicked.connect(self._on_copy_text)
        self.public = Button(_("Make the p&ublic copy"), "eye")
        self.public.setToolTip(_("Without what is marked confidential."))
        self.public.clicked.connect(self._on_public)
        for button in (self.open_folder, self.copy_text, self.public):
            flow.addWidget(button)
        self.column.addWidget(steps)

    @property
    def words(self) -> str:
        """All it says."""
        if self._outcome is None:
            return ""
        parts = (self._title.text(), self._path.text(), self._told.text(), *self._outcome.notices)
        return "\n".join(filter(None, parts))

    def show_outcome(self, outcome: ExportOutcome) -> None:
        """Say what was made."""
        if self._outcome is None:
            self._build()
        self._outcome = outcome
        self._title.setText(_title_words(outcome))
        self._path.setText(str(outcome.package))
        sent = self._report.submissions.get(str(outcome.submission))
        is_taken_back = sent is not None and sent.taken_back is not None
        self._told.setText("\n".join(_told(outcome, is_taken_back=is_taken_back)))
        is_draft = outcome.submission is None and not outcome.is_public
        self.checksum.show_checksum(outcome.checksum, is_draft=is_draft)
        self._notices.setText("\n".join(outcome.notices))
        self._notices.setVisible(bool(outcome.notices))
        may_make = not outcome.is_public and is_allowed(Feature.PUBLIC_COPY)
        self.public.setVisible(may_make and _has_confidential(self._report))
        self.show()

    def focus_start(self) -> None:
        """Put the keyboard to the first thing to do."""
        self.open_folder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_open_folder(self) -> None:
        if self._outcome is not None:
            self.folder_wanted.emit(self._outcome.package)

    def _on_public(self) -> None:
        if self._outcome is not None:
            self.public_wanted.emit(self._outcome)

    def _on_copy_text(self) -> None:
        from desktop_app.services.covering_text import SentPackage, covering_text

        outcome = self._outcome
        if outcome is None:
            return
        number = outcome.submission
        submission = self._report.submissions.get(str(number))
        back = submission.taken_back if submission is not None else None
        sent = SentPackage(
            outcome.package.name,
            outcome.checksum,
            number,
            submission.amendment_of if submission is not None else None,
            outcome.signed_by,
            outcome.is_public,
            outcome.is_encrypted,
            amendment_words(self._report, number),
            taken_back_before(self._report, number),
            back.reason if back is not None else "",
        )
        QApplication.clipboard().setText(covering_text(self._report, sent, self.who))
        self.told.emit(_("The text is copied. Paste it into the mail to which you add the file."))


def _has_confidential(report: Report) -> bool:
    """Whether a public copy would be another one."""
    return (
        bool(report.confidential)
        or State.CONFIDENTIAL in report.states.values()
        or any(row.confidential or State.CONFIDENTIAL in row.states.values() for _s, _l, row in report.rows())
    )


def _title_words(outcome: ExportOutcome) -> str:
    if outcome.is_public:
        return _("The public copy is ready")
    if outcome.submission is None:
        return _("The draft is ready")
    return _("The package of submission {number} is ready").format(number=outcome.submission)


def _told(outcome: ExportOutcome, *, is_taken_back: bool) -> list[str]:
    """What the person should know of the package."""
    if outcome.is_public:
        first = _("What is marked confidential is not in it, and it says how much that is.")
    elif outcome.submission is None:
        first = _("It is a draft, as its name says. It was reopened and compared with your report.")
    elif is_taken_back:
        first = _("It is the package that was sent, once more. It was taken back since then.")
    else:
        first = _("It was reopened and compared with your report. Send this file to the secretariat.")
    return [first, *outcome.told]
