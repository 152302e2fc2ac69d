"""Take a report over to another version of its form: first the plan in words, then one step in its log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.library import FormLibrary, natural_order
from desktop_app.formdef.model import Form, Level
from desktop_app.report.changes import Change, Operation, OperationKind, noting
from desktop_app.report.paths import FORM_PATH
from desktop_app.report.places import place_name
from desktop_app.report.problems import Problem
from desktop_app.report.report import Report, UnknownPlaceError, WrongValueError
from desktop_app.report.status import FrozenError, frozen_words, is_frozen
from desktop_app.report.validation import check_report
from desktop_app.report.versions.carry_over import Carried, carry_over
from desktop_app.report.versions.content import Content, changes_between, fill
from desktop_app.report.versions.lineage import Lineage, Moves
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.form_versions import lineage_to, newer_version
from desktop_app.services.reports import choose_summary
from desktop_app.services.working_places import file_to_write, left_here
from desktop_app.storage.reader import ReportReader
from desktop_app.storage.reading import much_at_once
from desktop_app.storage.records import ReportSummary
from desktop_app.storage.report_file import ReportFile

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key


class NothingToUpgradeError(DeskError):
    """The report answers the version asked for already, or there is no newer one."""


_NOT_NEW = frozenset({"required", "list_blank", "unplaced", "not_asked"})
"""Problems that the plan does not tell: what is empty is empty, and the rest it tells in its own words."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of a report in the version ``form``, for a person to agree to. Nothing is changed by it.

    ``fresh`` names the questions and lists its own version did not have, ``problems`` say which answers
    do not meet a rule there: they stay as they are.
    """

    summary: ReportSummary
    form: Form
    carried: Carried
    changes: tuple[Change, ...]
    fresh: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def title(self) -> str:
        """From which version to which."""
        if self.form.version == self.summary.form_version:
            return _("Version {version} of the form, as it is now").format(version=self.form.version)
        return _("From version {old} of the form to version {new}").format(
            old=self.summary.form_version, new=self.form.version
        )

    @property
    def parts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The plan in words: headings with the lines below them; only those with something to say."""
        moves = tuple(f"{move.old_name} → {move.new_name}{_rows(move.rows)}" for move in self.carried.moves)
        left = tuple(f"{each.name}: {each.summary} ({each.reason})" for each in self.carried.left_over)
        parts = (
            (_("These answers move"), moves),
            (
                _("These answers are written in another way"),
                tuple(each.name for each in self.carried.recoded),
            ),
            (_("These words have no place any more; they are kept under “Unplaced text”"), left),
            (_("These questions are new"), self.fresh),
            (_("These answers stay as they are, but need a look"), self.problems),
        )
        return tuple((heading, lines) for heading, lines in parts if lines)

    @property
    def stayed(self) -> str:
        """How much stays where it is."""
        count = self.carried.stayed
        return ngettext(
            "{count} answer stays where it is.", "{count} answers stay where they are.", count
        ).format(count=count)

    @property
    def lines(self) -> list[str]:
        """The whole plan for a terminal."""
        lines = [self.title, self.stayed]
        for heading, below in self.parts:
            lines += [f"{heading}:", *(f"  {line}" for line in below)]
        return lines

    def to_plain(self) -> dict[str, Any]:
        """The plan in JSON."""
        return {
            "report": self.summary.number,
            "form": self.form.id,
            "from": self.summary.form_version,
            "to": self.form.version,
            "stayed": self.carried.stayed,
            "moved": [{"from": move.old, "to": move.new, "rows": move.rows} for move in self.carried.moves],
            "rewritten": [each.path for each in self.carried.recoded],
            "unplaced": [
                {"path": each.path, "id": each.key, "text": each.text, "reason": each.reason}
                for each in self.carried.left_over
            ],
            "new": list(self.fresh),
            "problems": list(self.problems),
        }


def _rows(count: int) -> str:
    words = ngettext("{count} entry", "{count} entries", count).format(count=count)
    return f" ({words})" if count else ""


def plan_upgrade(
    file: ReportReader, summary: ReportSummary, library: FormLibrary, version: str | None = None
) -> Plan:
    """What would become of the report in ``version`` of its form, the newest for None.

    NothingToUpgradeError; UnknownFormError for a version that is not here; FormError, DamagedFileError.
    """
    target = _target(library, summary, version)
    with much_at_once():
        return _plan(file, summary, library, target)


def _plan(file: ReportReader, summary: ReportSummary, library: FormLibrary, target: Form) -> Plan:
    lineage = lineage_to(library, summary.form_version, summary.form_hash, target)
    _summary, content = file.content(summary.number)
    carried = carry_over(content, lineage, summary.language)
    changes = _changes(summary, target, content, carried)
    if not changes:
        raise NothingToUpgradeError(
            _("Report {number} answers version {version} of its form already.").format(
                number=summary.number, version=target.version
            )
        )
    return Plan(
        summary,
        target,
        carried,
        changes,
        tuple(_fresh(lineage, summary.language)),
        tuple(_problems(summary, lineage, content, carried)),
    )


def _target(library: FormLibrary, summary: ReportSummary, version: str | None) -> Form:
    wanted = version or newer_version(library, summary.form_id, summary.form_version) or summary.form_version
    if natural_order(wanted) < natural_order(summary.form_version):
        raise NothingToUpgradeError(
            _("Report {number} answers version {version} of its form, which is newer than {wanted}.").format(
                number=summary.number, version=summary.form_version, wanted=wanted
            )
        )
    return library.form(summary.form_id, wanted)


def _changes(summary: ReportSummary, target: Form, content: Content, carried: Carried) -> tuple[Change, ...]:
    before = {"version": summary.form_version, "hash": summary.form_hash}
    after = {"version": target.version, "hash": target.hash}
    changes = changes_between(content, carried.content)
    if before != after or changes:
        changes.insert(0, Change(FORM_PATH, before, after))
    return tuple(changes)


def _fresh(lineage: Lineage, language: str) -> Iterator[str]:
    """The questions and lists of the version wanted that no code of the report's own leads to."""
    origin, target = lineage.origin, lineage.target
    if origin is None:
        return
    moves, labels = Moves(lineage), Labels(target, language)
    questions = {moves.answer(path) for path in origin.field_paths()}
    lists = {moves.list(path) for path in origin.list_paths()}
    known = {
        (moves.list(path), moves.row_field(question.code, found[1].row.code, after[1]))
        for path in origin.list_paths()
        if (found := origin.list_at(path)) and (after := target.list_at(moves.list(path)))
        for question in found[1].row.fields
    }
    for section in target.walk():
        name = labels.section_short(section)
        for question in section.questions:
            if section.field_path(question) not in questions:
                yield f"{name}, {labels.field_label(question)}"
        for entry in section.lists:
            if entry.path not in lists:
                yield f"{name}, {labels.list_short(entry)}"
                continue
            for question in entry.row.fields:
                if (entry.path, question.code) not in known:
                    yield f"{name}, {labels.list_short(entry)}, {labels.field_label(question, entry)}"


def _problems(summary: ReportSummary, lineage: Lineage, content: Content, carried: Carried) -> Iterator[str]:
    """What the checks find in the version wanted and did not find in the report's own."""
    report = _report(summary, lineage.target, carried.content)
    known: Counter[tuple[str, str]] = Counter()
    if lineage.origin is not None:
        known.update(_kind(each) for each in _found(_own_report(summary, lineage.origin, content)))
    for problem in _found(report):
        if known[_kind(problem)] > 0:
            known[_kind(problem)] -= 1
        else:
            yield f"{place_name(report, problem.path)}: {problem.sentence}"


def _own_report(summary: ReportSummary, origin: Form, content: Content) -> Report:
    try:
        return _report(summary, origin, content)
    except (UnknownPlaceError, WrongValueError):
        # Something had no place in its own version either.
        own = carry_over(content, Lineage(origin, (origin,)), summary.language)
        return _report(summary, origin, own.content)


def _found(report: Report) -> list[Problem]:
    return [
        problem
        for problem in check_report(report)
        if problem.code not in _NOT_NEW and problem.level is not Level.HINT
    ]


def _kind(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.sentence


def _report(summary: ReportSummary, form: Form, content: Content) -> Report:
    report = Report(
        summary.id, form, summary.country, summary.cycle, summary.language, summary.number, summary.status
    )
    fill(report, content)
    return report


def carry_out(file: ReportFile, plan: Plan, who: str = "", sitting: str = "") -> Operation:
    """Go over to the version of the plan; one operation, which undo stops at. As ``ReportFile.keep``.

    The file must hold what it held when the plan was made. FrozenError unless the report is a draft.
    """
    _refuse_frozen(plan.summary)
    versions = f"{plan.summary.form_version} → {plan.form.version}"
    changes = (*plan.changes, noting(versions))
    operation = Operation(plan.summary.id, OperationKind.UPGRADE, changes, who, sitting)
    file.upgrade(operation, plan.form)
    return operation


def _refuse_frozen(summary: ReportSummary) -> None:
    if is_frozen(summary.status):
        raise FrozenError(frozen_words(summary.status))


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What was done, and where the backup from before it is."""

    plan: Plan
    backup: Path


def upgrade_file(
    path: Path,
    library: FormLibrary,
    number: int | None = None,
    version: str | None = None,
    *,
    who: str = "",
    key: Key | None = None,
) -> Upgraded:
    """Take report ``number`` (the newest for None) over to ``version`` of its form (the newest for None).

    A verified backup is made first; without one nothing is changed. NothingToUpgradeError, NoBackupError,
    UnknownFormError, FormError, FrozenError unless it is a draft, and what ``file_to_write`` has to say.
    """
    from desktop_app.services.backups import BEFORE_UPGRADE, make_backup

    with file_to_write(path, who, key=key) as file:
        summary = choose_summary(path, file.reports(), number)
        _refuse_frozen(summary)
        plan = plan_upgrade(file, summary, library, version)
        backup = make_backup(file.path, BEFORE_UPGRADE, key=key, place=path)
        carry_out(file, plan, who)
    return Upgraded(plan, backup.path)


def planned(
    path: Path,
    library: FormLibrary,
    number: int | None = None,
    version: str | None = None,
    *,
    key: Key | None = None,
) -> Plan:
    """The plan for a file that is only read; a window may have it open."""
    with ReportFile.open(left_here(path) or path, "read", key=key) as file:
        return plan_upgrade(file, choose_summary(path, file.reports(), number), library, version)
