"""Export a package: a draft as it stands, whatever the checks say, or a submission as it was sent.

The report file is not changed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.report.plain import report_from_plain, report_to_plain
from desktop_app.report.report import Report
from desktop_app.report.rules import irrelevant_paths
from desktop_app.report.status import Status
from desktop_app.report.submissions import last_submission
from desktop_app.runtime.i18n import ngettext
from desktop_app.runtime.policy import Feature
from desktop_app.services.allowed import refuse_switched_off
from desktop_app.services.form_versions import load_report
from desktop_app.services.proof import Proof
from desktop_app.services.reports import choose_summary, form_library
from desktop_app.storage.report_file import ReportFile

if TYPE_CHECKING:
    from desktop_app.exchange.sending import Sending
    from desktop_app.services.submitting.as_sent import Sent
    from desktop_app.storage.protection import Key

Progress = Callable[[int, int], None]
"""Told the steps done and the steps in all."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The package that was written, or was there already with the same content.

    ``proof``: sentences on who signed it, and who can open it when it is encrypted. ``submission``: its
    number, None for a draft.
    """

    path: Path
    checksum: str
    notices: tuple[str, ...]
    already_there: bool
    proof: tuple[str, ...] = ()
    submission: int | None = None


def export_file(
    path: Path,
    number: int | None = None,
    folder: Path | None = None,
    *,
    replace: bool = False,
    progress: Progress | None = None,
    key: Key | None = None,
    proof: Proof | None = None,
    submission: int | None = None,
    is_public: bool = False,
) -> Exported:
    """Write the package of report ``number`` (the newest for None) into ``folder``, else beside the file.

    Of a report that is submitted it is the package of its submission, the very same each time; else of a
    draft. ``submission`` asks for an earlier one: NoSubmissionError, SubmissionChangedError. ``is_public``:
    without what is marked confidential.
    """
    if is_public:
        refuse_switched_off(Feature.PUBLIC_COPY)
    place, proven = folder or path.absolute().parent, proof or Proof()
    going = _going_out(path, number, submission, key)
    sending = dataclasses.replace(proven.onto(going.sending), is_public=is_public)
    exported = _write(going.report, place, sending, replace=replace, progress=progress)
    # A public copy has nothing of what is said to reviewers.
    notices = going.notices if is_public else (*going.notices, *going.to_reviewers)
    return dataclasses.replace(exported, notices=(*notices, *exported.notices), proof=proven.told)


def _going_out(path: Path, number: int | None, submission: int | None, key: Key | None) -> Sent:
    """What is to be written; of a draft, the answers that are asked now."""
    from desktop_app.services.submitting.as_sent import Sent, draft_sending, sent
    from desktop_app.services.to_reviewers import package_notices

    library = form_library()
    with ReportFile.open(path, "read", key=key) as file:
        read = load_report(file, choose_summary(path, file.reports(), number), library)
        report, wanted = read.report, submission
        last = last_submission(report)
        if wanted is None and report.status == Status.SUBMITTED and last is not None:
            wanted = last.number
        if wanted is not None:
            found = sent(file, report, wanted, library, key=key)
            return dataclasses.replace(found, to_reviewers=package_notices(report))
        asked, left_out = _asked(report)
        notices = (*read.sentences, *_left_out_notice(left_out))
        return Sent(asked, draft_sending(file, report, key=key), notices, package_notices(report))


def export_report(
    report: Report,
    folder: Path,
    sending: Sending | None = None,
    *,
    replace: bool = False,
    progress: Progress | None = None,
) -> Exported:
    """Write the package of a report in memory, without the answers to questions that are not asked now."""
    from desktop_app.exchange.sending import Sending

    asked, left_out = _asked(report)
    exported = _write(asked, folder, sending or Sending(), replace=replace, progress=progress)
    return dataclasses.replace(exported, notices=(*_left_out_notice(left_out), *exported.notices))


def _asked(report: Report) -> tuple[Report, int]:
    """The report without the answers to questions that are not asked now, and how many they are."""
    left_out = irrelevant_paths(report)
    if not left_out:
        return report, 0
    asked = report_from_plain(report_to_plain(report, without=left_out), report.form)
    asked.number, asked.comments = report.number, dict(report.comments)
    asked.submissions = dict(report.submissions)
    # What was said about a removed row is told beside what the row said.
    for path, row_list in report.lists.items():
        asked.lists[path].bin = dict(row_list.bin)
    return asked, len(left_out)


def _write(
    report: Report, folder: Path, sending: Sending, *, replace: bool, progress: Progress | None
) -> Exported:
    from desktop_app.exchange.package import write_package

    written = write_package(report, folder, sending, replace=replace, progress=progress)
    return Exported(
        written.path,
        written.checksum,
        written.notices,
        written.already_there,
        submission=sending.submission,
    )


def _left_out_notice(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    told = ngettext(
        "{count} answer was left out, because its question is not asked now. It is kept in the report file.",
        "{count} answers were left out, because their questions are not asked now."
        " They are kept in the report file.",
        count,
    )
    return (told.format(count=count),)
