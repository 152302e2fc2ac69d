"""What the checks found, beside the data it belongs to: the worst level as a code, and sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from desktop_app.exchange.workbook.cells import plain
from desktop_app.exchange.workbook.plan import Content
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Level
from desktop_app.report.accepted import AcceptedProblem, acceptance_of
from desktop_app.report.paths import UNPLACED, read_path
from desktop_app.report.problems import Problem, level_words
from desktop_app.report.report import Report
from desktop_app.report.validation import check_report
from desktop_app.runtime.i18n import _

CHECK, CHECK_WORDS = "check", "check_words"


@dataclass
class CheckResults:
    """The problems of a report by what has a record of its own: a row, an answer, a list."""

    labels: Labels
    accepted: Collection[AcceptedProblem] = ()
    counts: Counter[Level] = field(default_factory=Counter)
    accepted_count: int = 0
    """How many of the warnings were accepted with a reason."""
    of_whole: list[Problem] = field(default_factory=list)
    """Those of sections and of the report as a whole, which have no record anywhere."""
    _by_place: dict[str, list[Problem]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, report: Report, labels: Labels, row_checked: Callable[[], object] | None = None
    ) -> CheckResults:
        """Check the report. ``row_checked`` is called for each row."""
        results = cls(labels, tuple(report.accepted.values()))
        if report.left_out is not None:
            # What a public copy leaves out would look like a mistake of the country.
            return results
        for problem in sorted(check_report(report, row_checked), key=lambda problem: problem.weight):
            results.counts[problem.level] += 1
            results.accepted_count += acceptance_of(problem, results.accepted) is not None
            place = read_path(problem.path)
            if place.row is not None and place.head != UNPLACED:
                key = f"{place.head}/{place.row}"
            else:
                key = place.subject
            results._by_place.setdefault(key, []).append(problem)
            if place.head != UNPLACED and "." not in key:
                results.of_whole.append(problem)
        return results

    def contents(self, *paths: str, names: Iterable[tuple[str, str]] = ()) -> dict[str, Content]:
        """What the columns of check results hold for a record at these paths, errors first.

        ``names``: what to call the fields of a row, by code.
        """
        problems = [problem for path in paths for problem in self._by_place.get(path, ())]
        if not problems:
            return {}
        problems.sort(key=lambda problem: problem.weight)
        called = dict(names)
        lines = [
            self.sentence(problem, called.get(read_path(problem.path).field or "")) for problem in problems
        ]
        return {CHECK: plain(problems[0].level.value), CHECK_WORDS: plain("\n".join(lines))}

    def sentence(self, problem: Problem, name: str | None = None) -> str:
        """A problem in one line, its level as a word in front; of an accepted one also the reason."""
        accepted = acceptance_of(problem, self.accepted)
        level = level_words(problem.level) if accepted is None else _("Warning, accepted")
        told = ": ".join(part for part in (level, name, problem.sentence) if part)
        if accepted is None:
            return told
        by = f" ({accepted.who})" if accepted.who else ""
        return _("{problem} Reason: {reason}").format(problem=told, reason=f"{accepted.reason}{by}")
