"""The pre-flight: all there is to know before a report is submitted, and what keeps it from being.

The heaviest first: errors and damages block; warnings are to be mended or accepted with a reason that
travels along; hints, unanswered comments and what stays out are for the person to know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_app.formdef.model import Level
from desktop_app.report.accepted import AcceptedProblem, acceptance_of, write_accepted
from desktop_app.report.paths import confidential_path, row_path
from desktop_app.report.places import place_name
from desktop_app.report.problems import Problem
from desktop_app.report.report import Report
from desktop_app.report.review import Thread, threads_of, waits
from desktop_app.report.rules import irrelevant_paths
from desktop_app.report.submissions import SubmissionRecord, standing_submission
from desktop_app.report.validation import check_report
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.checking import FoundProblem, found_problem
from desktop_app.services.compared import ComparedPlace, compared_places
from desktop_app.services.history import Difference

if TYPE_CHECKING:
    from desktop_app.storage.reader import ReportReader
    from desktop_app.storage.report_file import ReportFile


@dataclass(frozen=True, slots=True)
class CheckedProblem:
    """A problem, and how it was accepted; None when it was not."""

    problem: FoundProblem
    accepted: AcceptedProblem | None = None

    @property
    def level(self) -> Level:
        """How heavy it is."""
        return self.problem.level

    def to_plain(self) -> dict[str, Any]:
        """It in JSON."""
        accepted = None if self.accepted is None else write_accepted(self.accepted)
        return {**self.problem.to_plain(), "accepted": accepted}


@dataclass(frozen=True, slots=True)
class StaleAcceptance:
    """An acceptance of a problem that is not there any more, or is another by now: it is ignored."""

    accepted: AcceptedProblem
    where: str


@dataclass(frozen=True, slots=True)
class FileState:
    """What only the file can tell: what is damaged in it, and what differs from what was sent last.

    ``differences`` is None when there was no submission, or when it is not in this file.
    """

    damages: tuple[str, ...] = ()
    differences: tuple[Difference, ...] | None = None


def file_state(file: ReportReader, report: Report) -> FileState:
    """Check the whole file, every step of its history too, and compare it with the submission that stands.

    To be asked where the file is read: it takes a while for a large one.
    """
    from desktop_app.services.submitting.since import differences_since

    damages = tuple(damage.sentence for damage in file.verify_chain())
    last = standing_submission(report)
    if damages or last is None:
        return FileState(damages)
    found = differences_since(file, report, last.number)
    return FileState((), None if found is None else tuple(found))


@dataclass(frozen=True, slots=True)
class Preflight:
    """What was found. ``since``: what changed since ``last``; None for the first.

    ``last``: the newest submission that was not taken back.

    ``left_out``: the places that are kept but not asked now, so that they stay out; ``confidential``: those
    that the public copy leaves out. ``blocks``: the sentences that say why it cannot be submitted as it is.
    """

    problems: tuple[CheckedProblem, ...]
    stale: tuple[StaleAcceptance, ...]
    unanswered: tuple[Thread, ...]
    left_out: tuple[str, ...]
    confidential: tuple[str, ...]
    damages: tuple[str, ...]
    last: SubmissionRecord | None
    since: tuple[ComparedPlace, ...] | None
    blocks: tuple[str, ...]
    open_warnings: tuple[CheckedProblem, ...]
    """The warnings nobody has accepted."""

    @property
    def may_submit(self) -> bool:
        """Whether nothing keeps the report from being submitted."""
        return not self.blocks

    def of(self, level: Level) -> tuple[CheckedProblem, ...]:
        """The problems of one level."""
        return tuple(each for each in self.problems if each.level is level)

    @property
    def errors(self) -> tuple[CheckedProblem, ...]:
        """What must be mended."""
        return self.of(Level.ERROR)

    @property
    def accepted_warnings(self) -> tuple[CheckedProblem, ...]:
        """The warnings somebody has accepted, with the reason."""
        return tuple(each for each in self.of(Level.WARNING) if each.accepted is not None)

    @property
    def is_unchanged(self) -> bool:
        """Whether it would say the same as the last submission."""
        return self.since is not None and not self.since

    def to_plain(self) -> dict[str, Any]:
        """It in JSON."""
        return {
            "may_submit": self.may_submit,
            "blocks": list(self.blocks),
            "problems": [each.to_plain() for each in self.problems],
            "stale_acceptances": [write_accepted(each.accepted) for each in self.stale],
            "unanswered_comments": [thread.id for thread in self.unanswered],
            "left_out": list(self.left_out),
            "confidential": list(self.confidential),
            "damages": list(self.damages),
            "last_submission": None if self.last is None else self.last.number,
            "changed": None if self.since is None else [place.path for place in self.since],
        }


def preflight(report: Report, state: FileState | None = None) -> Preflight:
    """Look the report through as it would be submitted now. ``state``: what ``file_state`` found."""
    found = sorted(check_report(report), key=lambda problem: problem.weight)
    problems = tuple(_checked(report, problem) for problem in found)
    state = state or FileState()
    differences = state.differences
    return Preflight(
        problems,
        tuple(_stale(report, found)),
        tuple(thread for thread in threads_of(report) if waits(thread)),
        tuple(sorted(irrelevant_paths(report))),
        tuple(_confidential(report)),
        state.damages,
        standing_submission(report),
        None if differences is None else tuple(compared_places(report, differences)),
        tuple(_blocks(report, found, state.damages)),
        tuple(each for each in problems if each.level is Level.WARNING and each.accepted is None),
    )


def look_through(number: int, file: ReportFile) -> Preflight:
    """As ``preflight``, of report ``number`` as it stands in the open file; in the thread that reads it."""
    from desktop_app.services.form_versions import load_report
    from desktop_app.services.reports import choose_summary, form_library

    report = load_report(file, choose_summary(file.path, file.reports(), number), form_library()).report
    return preflight(report, file_state(file, report))


def _checked(report: Report, problem: Problem) -> CheckedProblem:
    accepted = acceptance_of(problem, report.accepted.values())
    return CheckedProblem(found_problem(report, problem), accepted)


def _stale(report: Report, problems: Sequence[Problem]) -> list[StaleAcceptance]:
    counted = (acceptance_of(problem, report.accepted.values()) for problem in problems)
    in_use = {(each.path, each.code) for each in counted if each is not None}
    stale = [each for each in report.accepted.values() if (each.path, each.code) not in in_use]
    return [
        StaleAcceptance(each, place_name(report, each.path))
        for each in sorted(stale, key=lambda each: (each.path, each.code, each.at))
    ]


def _confidential(report: Report) -> list[str]:
    """The paths of all that is marked, in the bin not."""
    marked = sorted(report.confidential)
    for _section, row_list, row in report.rows():
        whole = row_path(row_list.definition.path, row.id)
        marked += [f"{whole}/{code}" if code else whole for code in sorted(row.confidential)]
    return [path for path in marked if report.plain(confidential_path(path))]


def _blocks(report: Report, problems: Sequence[Problem], damages: Sequence[str]) -> list[str]:
    told = []
    errors = sum(problem.level is Level.ERROR for problem in problems)
    if errors:
        words = ngettext(
            "{count} error must be mended before the report can be submitted.",
            "{count} errors must be mended before the report can be submitted.",
            errors,
        )
        told.append(words.format(count=errors))
    if damages:
        words = _(
            "The report file is damaged, so nothing is submitted from it: {what}"
            " Check the file with “doctor”, or go back to a backup."
        )
        told.append(words.format(what=damages[0]))
    if report.is_displaced:
        told.append(
            _(
                "The report is shown with another version of its form than it was made with."
                " Move it to that version first."
            )
        )
    return told
