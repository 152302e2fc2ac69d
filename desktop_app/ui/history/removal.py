"""Removing for good: asked, done in the report and, if wished, in its backups, and told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.report.changes import OperationKind
from desktop_app.report.file_names import shown_name
from desktop_app.report.placed_files import files_at
from desktop_app.report.places import place_name
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.history import traces_of
from desktop_app.ui.history.removal_dialog import RemovalDialog, RemovalWish, trace_words
from desktop_app.ui.jobs import Report as Progress
from desktop_app.ui.parts import Tone
from desktop_app.ui.past import Past

if TYPE_CHECKING:
    from desktop_app.services.backups import PurgedBackups
    from desktop_app.storage.report_file import ReportFile


class Removal(QObject):
    """One removal, from the question to what is told of it."""

    told = Signal(str, object)
    """What was done, in words, and their ``Tone``."""

    errand_wanted = Signal(str, object, object)
    """Words for what is being done, the work for a thread of its own, and what takes its result."""

    def __init__(self, past: Past, path: str, window: QWidget) -> None:
        """For the question, row field or row at ``path``."""
        super().__init__(window)
        self._past, self._path, self._window = past, path, window
        self._told: list[str] = []
        self._left: list[str] = []
        """Where the words still stand, and backups from which nothing could be removed."""

        self._kept: list[str] = []
        """The names of attached files that are held elsewhere too."""

    def begin(self) -> RemovalDialog:
        """Ask. Nothing is removed before the answer."""
        dialog = RemovalDialog(self._past.session.report, self._path, self._window)
        dialog.words_settled.connect(partial(self._look_for, dialog))
        dialog.wished.connect(self._on_wished)
        dialog.rejected.connect(self.deleteLater)
        dialog.open()
        dialog.reason.setFocus()
        return dialog

    def _look_for(self, dialog: RemovalDialog, words: str) -> None:
        if not words:
            dialog.show_traces(words, ())
            return
        report = self._past.session.report
        self._past.ask(
            dialog, lambda file: traces_of(file, report, words), partial(dialog.show_traces, words)
        )

    def _on_wished(self, wish: RemovalWish) -> None:
        """Remove; that it is done is said when the disk has it."""
        session, report_id = self._past.session, self._past.report_id
        name = place_name(session.report, self._path)
        files = files_at(session.report, wish.paths)
        session.remove_for_good(wish.paths, wish.reason)

        later = _(
            "{place} is empty now. The words leave the file as soon as it can be written: see “NOT SAVED”."
        )

        def look(file: ReportFile) -> str:
            kept = {facts.sha256 for facts in file.attachments(report_id)} if files else set()
            self._kept = [each.name for each in files if each.sha256 in kept]
            removed = file.moments(report_id, OperationKind.PURGE)
            if not removed or removed[0].note != wish.reason:
                return later
            if file.has_remnants:
                return _(
                    "Removed for good: {place}. Traces may be left in unused parts of the file, because there"
                    " was no room to write it anew; that is done when it is opened next."
                )
            return ""

        def tell_later(reason: str) -> None:
            self._on_removed(wish, name, later)

        self._past.ask(self, look, partial(self._on_removed, wish, name), tell_later)

    def _on_removed(self, wish: RemovalWish, name: str, trouble: str) -> None:
        session = self._past.session
        if trouble:
            self._left = [trouble.format(place=name)]
        else:
            self._told = [_("Removed for good: {place}.").format(place=name)]
        if len(wish.paths) > 1:
            others = len(wish.paths) - 1
            words = ngettext(
                "{count} other place was emptied too.", "{count} other places were emptied too.", others
            )
            self._told.append(words.format(count=others))
        for file in () if trouble else self._kept:
            words = _(
                "The attached file “{file}” stays in the report file, because a submission or another answer"
                " holds it."
            )
            self._left.append(words.format(file=shown_name(file)))
        if wish.left:
            places = "; ".join(trace_words(session.report, trace) for trace in wish.left)
            self._left.append(_("The words still stand here: {places}").format(places=places))
        if not wish.from_backups:
            self._told.append(_("Backups made before still hold the words."))
            self._tell()
            self.deleteLater()
            return
        self._tell()
        path, report_id, who, key = self._past.path, self._past.report_id, session.who, self._past.key

        def purge(progress: Progress) -> PurgedBackups:
            from desktop_app.services.backups import purge_backups

            return purge_backups(path, report_id, wish.paths, wish.reason, key=key, who=who)

        self.errand_wanted.emit(_("Removing the words from the backups …"), purge, self._on_purged)

    def _on_purged(self, purged: PurgedBackups) -> None:
        count = len(purged.done)
        words = ngettext(
            "The words were removed from {count} backup too.",
            "The words were removed from {count} backups too.",
            count,
        )
        self._told.append(words.format(count=count) if count else _("No backup held the words."))
        self._left += purged.failed
        self._tell()
        self.deleteLater()

    def _tell(self) -> None:
        lines = filter(None, (" ".join(self._told), *self._left))
        self.told.emit("\n".join(lines), Tone.WARNING if self._left else Tone.SUCCESS)
