"""The own key: its fingerprint, where it is kept, and what can be done with it, each in place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.pages.lone_page import selectable
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, heading, help_line
from desktop_app.ui.signing_keys.fingerprint import Fingerprint
from desktop_app.ui.signing_keys.key_form import Filled, KeyForm
from desktop_app.ui.signing_keys.state import KeysState, needs_passphrase


class OwnKeyCard(Card):
    """Tells what is wanted; the key itself is nowhere here."""

    make_wanted = Signal(object)
    """A passphrase to keep the new key under; None for the key store of the system."""

    share_wanted = Signal(object)
    """The ``Filled``: the name, and the key's passphrase where it has one."""

    backup_wanted = Signal(object)
    """The ``Filled``: the passphrase of the backup, and the key's own where it has one."""

    restore_wanted = Signal(object, str, bool)
    """The backup, its passphrase, and whether another key may be replaced."""

    asked = Signal(QWidget)
    """The form that was opened, which is to be in sight."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        super().__init__()
        self._state, self._is_known = KeysState(), False
        self._next: QWidget | None = None
        self._name = ""
        self._backup, self._passphrase = Path(), ""
        self.form: KeyForm | None = None
        self._opener: QWidget | None = None
        self.fingerprint = Fingerprint()
        self._where = selectable(_("Looking for your key …"), tone=Tone.QUIET)
        self.make = Button(_("&Make a key"), "add", ButtonKind.PRIMARY)
        self.share = Button(_("Save the &public key for others …"), "send", ButtonKind.PRIMARY)
        self.back_up = Button(_("Make a &backup …"), "duplicate")
        self.restore = Button(_("&Restore a backup …"), "history")
        self._below = help_line("")
        self.column.addWidget(heading(_("Your own key")))
        self.column.addWidget(self.fingerprint)
        self.column.addWidget(self._where)
        self._ways = QWidget()
        flow = FlowLayout(self._ways)
        for button in (self.make, self.share, self.back_up, self.restore):
            flow.addWidget(button)
        self.column.addWidget(self._ways)
        self.column.addWidget(self._below)
        for widget in (self.fingerprint, self._ways, self._below):
            widget.hide()
        self.make.clicked.connect(self._on_make)
        self.share.clicked.connect(self._on_share)
        self.back_up.clicked.connect(self._on_back_up)
        self.restore.clicked.connect(self._on_restore)

    def show_state(self, state: KeysState, name: str) -> None:
        """Take over what there is now. ``name``: the person's, proposed to others."""
        is_new = self._is_known and self._state.own is None and state.own is not None
        self._state, self._name, self._is_known = state, name, True
        self._next = self.back_up if is_new else None
        own = state.own
        self.fingerprint.setVisible(own is not None)
        self.make.setVisible(own is None and not state.has_lone_file)
        self.share.setVisible(own is not None)
        self.back_up.setVisible(own is not None)
        self.restore.set_kind(ButtonKind.PRIMARY if state.has_lone_file else ButtonKind.PLAIN)
        if own is not None:
            self.fingerprint.show_words(own.fingerprint, _("Fingerprint of your key"))
            self._where.setText(_("It is kept {where}.").format(where=own.where))
            words = _(
                "Give the public key to the secretariat once, and read the fingerprint out to them on the"
                " telephone. Keep a backup: without it, a lost computer means a new key, which everybody has"
                " to be told of."
            )
        else:
            told = _("There is no key on this computer yet. What you send can be read, but it is not signed.")
            lone = _("Your key is in its file under its passphrase. Restore it from there to use it.")
            self._where.setText(lone if state.has_lone_file else told)
            words = _("A key is made in a moment and stays on this computer. You need it once only.")
        self._where.set_tone(Tone.QUIET if own is not None else Tone.NORMAL)
        self._below.setText(words)
        self._show_ways()

    def start(self) -> QWidget:
        """What most people want first."""
        buttons = (self.make, self.share, self.restore)
        return next((button for button in buttons if button.isVisibleTo(self)), self.restore)

    def take_next(self) -> QWidget | None:
        """What is to be done next because of what has just come about; None for nothing. Told once."""
        wanted, self._next = self._next, None
        return wanted

    def _show_ways(self) -> None:
        """While something is asked there is nothing else to press."""
        for part in (self._ways, self._below):
            part.setVisible(self.form is None)

    # Forms

    def ask_for_passphrase(self, sentence: str) -> None:
        """The system keeps no key, ``sentence`` says why: offer to keep it under a passphrase."""
        form = self._open(
            _("Keep the key under a passphrase"),
            _("{reason} You type it whenever something is signed; nobody can find it out again.").format(
                reason=sentence
            ),
            _("Make the &key"),
        )
        form.ask_fresh(_("New &passphrase of the key"))
        form.accepted.connect(self._on_make_filled)
        self._show_form(form)

    def _on_make(self) -> None:
        self._opener = self.make
        self.make_wanted.emit(None)

    def _on_make_filled(self, filled: Filled) -> None:
        self.make_wanted.emit(filled.fresh)

    def _on_share(self) -> None:
        self._opener = self.share
        form = self._open(
            _("Your public key, for others"),
            _(
                "The file tells others that what is signed with your key comes from you. It holds nothing"
                " secret; send it however you like."
            ),
            _("Choose where to &save it …"),
        )
        own = self._state.own
        form.ask_name(_("&Name that others see, such as your ministry"), own.name if own else self._name)
        self._ask_present(form)
        form.accepted.connect(self.share_wanted)
        self._show_form(form)

    def _on_back_up(self) -> None:
        self._opener = self.back_up
        form = self._open(
            _("A backup of your key"),
            _(
                "The backup is locked with a passphrase of its own. Keep it somewhere else than on this"
                " computer: whoever has the file and the passphrase can sign as you."
            ),
            _("Choose where to &save it …"),
        )
        self._ask_present(form)
        form.ask_fresh(_("New &passphrase of the backup"))
        form.accepted.connect(self.backup_wanted)
        self._show_form(form)

    def _ask_present(self, form: KeyForm) -> None:
        if needs_passphrase(self._state.own):
            form.ask_present(_("Passphrase of your &key as it is kept now"))

    def _on_restore(self) -> None:
        from desktop_app.ui.signing_keys.files import choose_backup

        backup = choose_backup(self)
        if backup is not None:
            self.ask_restore(backup)

    def ask_restore(self, backup: Path) -> None:
        """Ask for the passphrase of the backup that was chosen."""
        self._opener, self._backup = self.restore, backup
        words = _(
            "The key in “{file}” becomes your key on this computer. Where the system has no key store, it is"
            " kept in a file under the same passphrase."
        )
        form = self._open(_("Restore your key"), words.format(file=backup.name), _("&Restore it"))
        form.ask_present(_("&Passphrase of the backup"))
        form.accepted.connect(self._on_restore_filled)
        self._show_form(form)

    def _on_restore_filled(self, filled: Filled) -> None:
        self._passphrase = filled.present or ""
        self.restore_wanted.emit(self._backup, self._passphrase, False)

    def ask_replace(self, sentence: str) -> None:
        """There is another key already, as ``sentence`` says: restore in its place only if that is meant."""
        form = self._open(
            _("Another key is here already"),
            _("{reason} The key that is here now is kept aside.").format(reason=sentence),
            _("Re&place it"),
        )
        form.accepted.connect(self._on_replace)
        self._show_form(form)

    def _on_replace(self, _filled: Filled) -> None:
        self.restore_wanted.emit(self._backup, self._passphrase, True)

    def close_form(self) -> None:
        """Take away what was asked; the keyboard goes back to where it came from."""
        form, self.form, self._passphrase = self.form, None, ""
        if form is None:
            return
        focus = self.window().focusWidget()
        had_focus = focus is None or form.isAncestorOf(focus)
        form.hide()
        form.deleteLater()
        self._show_ways()
        opener = self._opener if self._opener is not None and self._opener.isVisible() else self.start()
        if had_focus:
            opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, title: str, words: str, accept: str) -> KeyForm:
        """A form in the place of another; what was typed for a restore stays in mind."""
        passphrase = self._passphrase
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.form, self._passphrase = KeyForm(title, words, accept), passphrase
        self.form.left.connect(self.close_form)
        self.column.addWidget(self.form)
        return self.form

    def _show_form(self, form: KeyForm) -> None:
        """Show it with all that is asked, the keyboard in the first field."""
        form.show()
        self._show_ways()
        self.asked.emit(form)
        form.focus_first()
