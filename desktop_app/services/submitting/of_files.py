"""Submitting, and every other step of a report's way, in a report file that no window has open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop_app.report.status import Status
from desktop_app.report.submissions import SubmissionRecord, last_submission
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.collected_journal import CollectedJournal
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.exporting import Exported, export_file
from desktop_app.services.form_versions import load_report
from desktop_app.services.reports import choose_summary, form_library, read_report
from desktop_app.services.submitting.accepting import accept_warning
from desktop_app.services.submitting.before_sending import Preflight, file_state, preflight
from desktop_app.services.submitting.freezing import NotFitError, freeze, secure
from desktop_app.services.working_places import file_to_write, left_here

if TYPE_CHECKING:
    from desktop_app.services.exporting import Progress
    from desktop_app.services.proof import Proof
    from desktop_app.storage.protection import Key
    from desktop_app.storage.report_file import ReportFile

T = TypeVar("T")


class SubmittedWithoutPackageError(DeskError):
    """The report is submitted, and its package could not be written; submitting again writes it."""

    def __init__(self, number: int, reason: DeskError) -> None:
        """Of submission ``number``; ``reason``: why there is no package."""
        self.number, self.reason = number, reason
        sentence = _(
            "The report is submitted as submission {number}, but its package could not be written. {reason}"
            " Submit it again to write the very same package: nothing is submitted twice."
        )
        super().__init__(sentence.format(number=number, reason=reason.sentence))


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A warning that is to be accepted, and why."""

    path: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """What came of it. ``submission`` and ``exported`` are None when errors were open: nothing was written.

    ``preflight`` is None when it was submitted ``already``, and only the package was written again.
    """

    preflight: Preflight | None
    submission: SubmissionRecord | None = None
    exported: Exported | None = None
    already: bool = False
    notices: tuple[str, ...] = ()


def change_file(
    path: Path,
    number: int | None,
    change: Callable[[EntrySession], T],
    *,
    who: str = "",
    key: Key | None = None,
) -> T:
    """Let ``change`` work on report ``number`` (the newest for None); all it does is kept together.

    What ``change`` and ``file_to_write`` raise; then the file is as it was.
    """
    with file_to_write(path, who, key=key) as file:
        return _change(file, path, number, change, who)


def _change(
    file: ReportFile, path: Path, number: int | None, change: Callable[[EntrySession], T], who: str
) -> T:
    read = load_report(file, choose_summary(path, file.reports(), number), form_library())
    journal = CollectedJournal()
    result = change(EntrySession(read.report, journal, who=who, read_only=read.read_only))
    if journal.items:
        file.keep(journal.items)
    return result


def submit_file(
    path: Path,
    number: int | None = None,
    folder: Path | None = None,
    *,
    accept: Iterable[Acceptance] = (),
    who: str = "",
    key: Key | None = None,
    proof: Proof | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> SubmittedFile:
    """Freeze and number report ``number`` (the newest for None), and write its package into ``folder``.

    A report that is submitted already is not submitted again: its package is written once more, the very
    same. Warnings are accepted as told by ``accept``; open ones do not block. SubmittedWithoutPackageError
    when all is done but the package; NotAWarningError, and what ``change_file`` and ``export_file`` raise.
    """
    report = read_report(left_here(path) or path, number, key=key)
    if report.status == Status.SUBMITTED:
        exported = export_file(
            path, report.number, folder, replace=replace, progress=progress, key=key, proof=proof
        )
        told = _("No warning was accepted, because the report is submitted already.")
        notices = (told,) if tuple(accept) else ()
        return SubmittedFile(None, last_submission(report), exported, already=True, notices=notices)
    with file_to_write(path, who, key=key) as file:
        done = _submit(file, path, report.number, tuple(accept), who)
        if done.submission is None:
            return done
        no_backup = secure(file.path, done.submission.number, key=key, place=path)
    try:
        exported = export_file(
            path, report.number, folder, replace=replace, progress=progress, key=key, proof=proof
        )
    except DeskError as error:
        raise SubmittedWithoutPackageError(done.submission.number, error) from error
    notices = (no_backup,) if no_backup else ()
    if report.status != Status.APPROVED:
        notices = (_("Nobody marked it as approved before."), *notices)
    return SubmittedFile(done.preflight, done.submission, exported, notices=notices)


def _submit(
    file: ReportFile, path: Path, number: int, accept: tuple[Acceptance, ...], who: str
) -> SubmittedFile:
    """Submit it, or leave the file as it was when that cannot be."""

    def submit(session: EntrySession) -> SubmittedFile:
        for each in accept:
            accept_warning(session, each.path, each.code, each.reason)
        found = preflight(session.report, file_state(file, session.report))
        return SubmittedFile(found, freeze(session, found))

    try:
        return _change(file, path, number, submit, who)
    except NotFitError as refusal:
        return SubmittedFile(refusal.preflight)
