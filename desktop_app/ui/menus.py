"""The menu bar: every step with its key, in the order people know from other programs."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from desktop_app.runtime.i18n import _
from desktop_app.ui import icons


class Step(Enum):
    """What can be asked for from anywhere."""

    NEW = "new"
    OPEN = "open"
    IMPORT = "import"
    SEND = "send"
    PREVIEW = "preview"
    PRINT = "print"
    SIGN_OFF = "sign_off"
    SUBMISSIONS = "submissions"
    RECEIPT = "receipt"
    VERIFY = "verify"
    SIGNING_KEYS = "signing_keys"
    RESTORE_POINT = "restore_point"
    HISTORY = "history"
    BACKUPS = "backups"
    FORM_VERSION = "form_version"
    PROTECT = "protect"
    CHANGE_PASSPHRASE = "change_passphrase"
    UNPROTECT = "unprotect"
    CLOSE = "close"
    QUIT = "quit"
    UNDO = "undo"
    REDO = "redo"
    ATTACH = "attach"
    CONFIDENTIAL = "confidential"
    FIND = "find"
    NEXT_SECTION = "next_section"
    PREVIOUS_SECTION = "previous_section"
    SIDE_PANEL = "side_panel"
    PLACE_HISTORY = "place_history"
    COMMENTS = "comments"
    NEXT_COMMENT = "next_comment"
    REVIEW = "review"
    PROBLEMS = "problems"
    NAME = "name"
    SYSTEM_LOOK = "system"
    LIGHT_LOOK = "light"
    DARK_LOOK = "dark"
    EXAMPLE = "example"
    FRESH_EXAMPLE = "fresh_example"
    INSTALL_FORM = "install_form"
    DIAGNOSTICS = "diagnostics"
    KEYS = "keys"
    ABOUT = "about"


LOOKS = (Step.SYSTEM_LOOK, Step.LIGHT_LOOK, Step.DARK_LOOK)

_NEEDS_REPORT = frozenset(
    {
        Step.SEND,
        Step.PREVIEW,
        Step.PRINT,
        Step.SIGN_OFF,
        Step.SUBMISSIONS,
        Step.RECEIPT,
        Step.RESTORE_POINT,
        Step.HISTORY,
        Step.FORM_VERSION,
        Step.PROTECT,
        Step.CHANGE_PASSPHRASE,
        Step.UNPROTECT,
        Step.CLOSE,
        Step.UNDO,
        Step.REDO,
        Step.ATTACH,
        Step.CONFIDENTIAL,
        Step.FIND,
        Step.NEXT_SECTION,
        Step.PREVIOUS_SECTION,
        Step.SIDE_PANEL,
        Step.PLACE_HISTORY,
        Step.COMMENTS,
        Step.NEXT_COMMENT,
        Step.REVIEW,
        Step.PROBLEMS,
    }
)


class Menus(QObject):
    """Makes the menus of a window and tells what was chosen."""

    step_chosen = Signal(object)
    recent_chosen = Signal(object)

    def __init__(self, window: QMainWindow) -> None:
        """Fill the window's menu bar."""
        super().__init__(window)
        self._actions: dict[Step, QAction] = {}
        self._switched_off: set[Step] = set()
        # Made here, not by Qt: to find out what Qt made, all classes of widgets would be loaded.
        bar = QMenuBar()
        window.setMenuBar(bar)
        file = _menu(bar, _("&Report"))
        self._add(file, Step.NEW, _("&New report …"), "new-file", QKeySequence.StandardKey.New)
        self._add(file, Step.OPEN, _("&Open …"), "open-file", QKeySequence.StandardKey.Open)
        self._recent = QMenu(_("Open &recent"), file)
        self._recent.setIcon(icons.icon("history"))
        file.addMenu(self._recent)
        self._recent.triggered.connect(self._on_recent)
        self._add(file, Step.IMPORT, _("&Import an old report …"), "import")
        file.addSeparator()
        self._add(file, Step.SEND, _("&Check and send"), "send", "Ctrl+E")
        self._add(file, Step.PREVIEW, _("What reviewers will s&ee"), "eye")
        self._add(file, Step.PRINT, _("Print for clearance …"), "print", QKeySequence.StandardKey.Print)
        self._add(file, Step.SIGN_OFF, _("Sign-o&ff page …"), "report")
        self._add(file, Step.SUBMISSIONS, _("Submi&ssions"), "outline")
        self._add(file, Step.RECEIPT, _("File a receipt …"), "attach")
        self._add(file, Step.REVIEW, _("Open a revie&wed workbook …"), "comments")
        self._add(file, Step.VERIFY, _("Verif&y a package …"), "search")
        self._add(file, Step.SIGNING_KEYS, _("Signing &keys …"), "confidential")
        file.addSeparator()
        self._add(file, Step.RESTORE_POINT, _("Set a restore &point …"), "timeframe")
        self._add(file, Step.HISTORY, _("&History of the report …"), "history")
        self._add(file, Step.BACKUPS, _("&Backups …"), "duplicate")
        self._add(file, Step.FORM_VERSION, _("&Version of the form …"), "report")
        file.addSeparator()
        self._add(file, Step.PROTECT, _("Protect with a p&assphrase …"), "confidential")
        self._add(file, Step.CHANGE_PASSPHRASE, _("Chan&ge the passphrase …"))
        self._add(file, Step.UNPROTECT, _("Remove the protec&tion …"))
        file.addSeparator()
        self._add(file, Step.CLOSE, _("C&lose the report"), "close", QKeySequence.StandardKey.Close)
        self._add(file, Step.QUIT, _("&Quit"), None, "Ctrl+Q")
        edit = _menu(bar, _("&Edit"))
        self._add(edit, Step.UNDO, _("&Undo"), "undo", QKeySequence.StandardKey.Undo)
        self._add(edit, Step.REDO, _("&Redo"), "redo", "Ctrl+Shift+Z", "Ctrl+Y")
        edit.addSeparator()
        self._add(edit, Step.ATTACH, _("&Attach a file …"), "attach", "Ctrl+Shift+A")
        self._add(edit, Step.CONFIDENTIAL, _("Mark as &confidential, or no longer"), "confidential")
        self._add(edit, Step.FIND, _("&Find in the report"), "search", QKeySequence.StandardKey.Find)
        edit.addSeparator()
        self._add(edit, Step.NAME, _("&Your name …"))
        view = _menu(bar, _("&View"))
        self._add(view, Step.NEXT_SECTION, _("&Next section"), "chevron-right", "Ctrl+PgDown")
        self._add(view, Step.PREVIOUS_SECTION, _("&Previous section"), "chevron-left", "Ctrl+PgUp")
        view.addSeparator()
        self._add(view, Step.SIDE_PANEL, _("Panel &beside the page"), "side-panel", "F9")
        self._add(view, Step.PLACE_HISTORY, _("&History of this place"), "history", "Shift+F9")
        self._add(view, Step.COMMENTS, _("&Comments on this place"), "comments", "Shift+F7")
        self._add(view, Step.NEXT_COMMENT, _("Next &open comment"), None, "F7")
        self._add(view, Step.PROBLEMS, _("P&roblems"), "problems", "F8")
        view.addSeparator()
        self._looks = QActionGroup(self)
        for step, words in zip(LOOKS, (_("Like the &system"), _("&Light"), _("&Dark")), strict=True):
            action = self._add(view, step, words)
            action.setCheckable(True)
            self._looks.addAction(action)
        helping = _menu(bar, _("&Help"))
        self._add(helping, Step.EXAMPLE, _("Look at the &example"), "guidance")
        self._add(helping, Step.FRESH_EXAMPLE, _("&Begin the example afresh"))
        self._add(helping, Step.KEYS, _("&Keys"), "keyboard", "F1")
        helping.addSeparator()
        self._add(helping, Step.INSTALL_FORM, _("&Install a form …"), "import")
        self._add(helping, Step.DIAGNOSTICS, _("Copy &diagnostics"), "duplicate")
        helping.addSeparator()
        self._add(helping, Step.ABOUT, _("&About Alliance Desk"), "about")

    def _add(
        self,
        menu: QMenu,
        step: Step,
        words: str,
        icon_name: str | None = None,
        *keys: QKeySequence.StandardKey | str,
    ) -> QAction:
        action = menu.addAction(icons.icon(icon_name), words) if icon_name else menu.addAction(words)
        action.setData(step)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(self._on_triggered)
        self._actions[step] = action
        return action

    def set_report_open(self, *, is_open: bool) -> None:
        """Offer the steps that need a report, or not."""
        for step in _NEEDS_REPORT:
            self.set_enabled(step, is_open)

    def set_enabled(self, step: Step, enabled: bool) -> None:
        """Offer one step, or not."""
        self._actions[step].setEnabled(enabled and step not in self._switched_off)

    def switch_off(self, step: Step) -> None:
        """Offer a step never, and say that IT has settled so."""
        action = self._actions[step]
        self._switched_off.add(step)
        action.setEnabled(False)
        action.setText(_("{step} (switched off by your IT department)").format(step=action.text()))

    def set_recent(self, paths: Sequence[Path]) -> None:
        """The report files opened before, newest first."""
        self._recent.clear()
        self._recent.setEnabled(bool(paths))
        for path in paths:
            action = self._recent.addAction(f"{path.stem}   ({path.parent})".replace("&", "&&"))
            action.setData(path)

    def set_look(self, look: str) -> None:
        """Mark the look in force: ``system``, ``light`` or ``dark``."""
        for step in LOOKS:
            self._actions[step].setChecked(step.value == look)

    def keys(self) -> list[tuple[str, str]]:
        """Every step that has keys, with them, for the list of keys."""
        return [
            (
                action.text().replace("&", ""),
                action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            )
            for action in self._actions.values()
            if not action.shortcut().isEmpty()
        ]

    def _on_triggered(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.step_chosen.emit(action.data())

    def _on_recent(self, action: QAction) -> None:
        self.recent_chosen.emit(action.data())


def _menu(bar: QMenuBar, words: str) -> QMenu:
    menu = QMenu(words, bar)
    bar.addMenu(menu)
    return menu
