"""The moment a report is submitted: frozen and numbered in one step of the log, then backed up for ever."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.runtime.errors import DeskError
from desktop_app.services.submitting.before_sending import Preflight, preflight

if TYPE_CHECKING:
    from desktop_app.report.submissions import SubmissionRecord
    from desktop_app.services.entry_session import EntrySession
    from desktop_app.storage.protection import Key


class NotFitError(DeskError):
    """The report cannot be submitted as it is. ``preflight`` says all that was found."""

    def __init__(self, preflight: Preflight) -> None:
        """For what ``preflight`` found."""
        self.preflight = preflight
        super().__init__(" ".join(preflight.blocks))


def freeze(session: EntrySession, preflight: Preflight) -> SubmissionRecord:
    """Submit the session's report: from here on nothing in it changes. One step of the log.

    ``preflight``: what was found in the report as it stands. NotFitError; WrongStatusError when it was
    submitted already; ReadOnlyError. It is on disk when the journal says so, all of it or nothing.
    """
    if not preflight.may_submit:
        raise NotFitError(preflight)
    return session.submit()


def submit(session: EntrySession) -> SubmissionRecord:
    """As ``freeze``, with the checks of what is in memory; whether the file is sound, its worker knows."""
    session.leave()
    return freeze(session, preflight(session.report))


def secure(path: Path, number: int, *, key: Key | None = None, place: Path | None = None) -> str:
    """Make the backup of submission ``number``, kept for ever. Returns why there is none, or nothing.

    ``path`` is the file that is open, ``place`` the person's own, where ``path`` is a working copy of it.
    """
    from desktop_app.services.backups import NoBackupError, make_backup, submission

    try:
        make_backup(path, submission(number), key=key, place=place)
    except NoBackupError as error:
        return error.sentence
    return ""
