"""Offers the newer version of the form of the report that is open, and carries out the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.formdef.library import FormLibrary
from desktop_app.runtime.i18n import _
from desktop_app.ui.beginnings import Arrival
from desktop_app.ui.errands import Errands
from desktop_app.ui.jobs import Report
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.notice import NoticeStep
from desktop_app.ui.parts import Tone
from desktop_app.ui.report_keeper import ReportKeeper

if TYPE_CHECKING:
    from desktop_app.services.form_upgrade import Plan
    from desktop_app.services.open_report import OpenReport
    from desktop_app.storage.report_file import ReportFile


class FormVersions(QObject):
    """Nothing is changed before the person has seen the plan and agreed to it."""

    arrived = Signal(object)
    """An ``Arrival``: the report is to be opened again."""

    def __init__(
        self,
        window: MainWindow,
        keeper: ReportKeeper,
        errands: Errands,
        library: Callable[[], FormLibrary],
    ) -> None:
        """``library`` gives the forms when they are needed."""
        super().__init__(window)
        self._window, self._keeper, self._errands, self._library = window, keeper, errands, library
        self._declined: set[tuple[Path, str]] = set()
        self._path = Path()
        self._who = ""
        self._plan: Plan | None = None
        self._looked_at: OpenReport | None = None

    def tell(self, notices: Sequence[str] = ()) -> bool:
        """Offer the other version, with all there is to say of the report; False when there is none."""
        opened = self._keeper.opened
        if opened is None or not opened.offered_version or self._is_declined(opened):
            return False
        version = opened.offered_version
        if version == opened.session.report.form.version and not opened.read_only:
            step = _("&Look at what changed in the form …")
        elif version == opened.session.report.form.version:
            step = _("&Look at what can be done …")
        else:
            step = _("&Look at the newer version of the form …")
        told = [opened.read_only, *opened.notices, *notices, *self._news(opened)]
        tone = Tone.WARNING if opened.read_only or len(told) > 2 else Tone.QUIET
        words = "\n".join(filter(None, told))
        self._window.notice.tell(words, tone, [NoticeStep(step, self.look)])
        return True

    def _is_declined(self, opened: OpenReport) -> bool:
        """Who said "not now" is not asked again in this sitting, unless the report cannot be written to."""
        return not opened.read_only and (opened.path, opened.offered_version) in self._declined

    def _news(self, opened: OpenReport) -> list[str]:
        if opened.offered_version == opened.session.report.form.version:
            return []
        words = _("There is a newer version of the form this report answers: {version}.")
        return [words.format(version=opened.offered_version)]

    def _newest_words(self, opened: OpenReport) -> str:
        if opened.read_only:
            return _("The report can only be read here, so it cannot go over to another version of its form.")
        words = _("This report answers version {version} of its form. There is no newer one here.")
        return words.format(version=opened.session.report.form.version)

    def look(self) -> None:
        """Make the plan, behind all that was typed, and show it."""
        opened = self._keeper.opened
        if opened is None:
            return
        if not opened.offered_version:
            self._window.notice.tell(self._newest_words(opened))
            return
        if self._window.view is not None:
            self._window.view.hand_over()
        opened.session.leave()
        number, version, library = opened.session.report.number, opened.offered_version, self._library()

        def plan(file: ReportFile) -> Plan:
            from desktop_app.services.form_upgrade import plan_upgrade
            from desktop_app.services.reports import choose_summary

            return plan_upgrade(file, choose_summary(file.path, file.reports(), number), library, version)

        def work(report: Report) -> Plan:
            return opened.journal.read(plan).result()

        self._looked_at = opened
        self._errands.run(_("Comparing the report with the form …"), work, self._on_planned)

    def _on_planned(self, plan: object) -> None:
        from desktop_app.services.form_upgrade import Plan
        from desktop_app.ui.versions.plan_page import PlanPage

        opened, self._looked_at = self._looked_at, None
        if opened is None or opened is not self._keeper.opened or not isinstance(plan, Plan):
            return
        self._path, self._plan, self._who = opened.path, plan, opened.session.who
        if not self._keeper.close():
            return
        page = PlanPage(plan)
        page.agreed.connect(self._on_agreed)
        page.declined.connect(self._on_declined)
        self._window.show_lone(page)

    def _on_declined(self) -> None:
        if self._plan is not None:
            self._declined.add((self._path, self._plan.form.version))
        self.arrived.emit(Arrival(self._path))

    def _on_agreed(self) -> None:
        if self._plan is None:
            return
        path, who, library = self._path, self._who, self._library()
        number, version = self._plan.summary.number, self._plan.form.version
        key = self._keeper.key_for(path)

        def work(report: Report) -> Arrival:
            from desktop_app.services.form_upgrade import upgrade_file
            from desktop_app.services.form_versions import unplaced_notice

            done = upgrade_file(path, library, number, version, who=who, key=key)
            words = _("The report answers version {version} of the form now. A backup from before it: {path}")
            told = [words.format(version=version, path=done.backup)]
            count = len(done.plan.carried.left_over)
            return Arrival(path, (*told, *([unplaced_notice(count)] if count else [])))

        self._errands.run(
            _("Going over to version {version} …").format(version=version), work, self.arrived.emit
        )
