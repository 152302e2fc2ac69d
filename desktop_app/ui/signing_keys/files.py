"""The system's own dialogs for files of keys. None that is there is ever replaced; that is told."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.runtime import paths
from desktop_app.runtime.i18n import _

PRIVATE_SUFFIX = ".pem"
PUBLIC_SUFFIX = ".json"


def choose_key_file(parent: QWidget) -> Path | None:
    """The file with somebody's public key."""
    kinds = _("Key files (*.json *.pem)")
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Add a key"), str(paths.documents_folder()), kinds)
    return Path(chosen) if chosen else None


def choose_backup(parent: QWidget) -> Path | None:
    """A backup of the own key."""
    kinds = _("Backups of keys (*.pem)")
    chosen, _kind = QFileDialog.getOpenFileName(
        parent, _("Restore your key"), str(paths.documents_folder()), kinds
    )
    return Path(chosen) if chosen else None


def choose_backup_place(parent: QWidget) -> Path | None:
    """Where a backup of the own key goes."""
    name = _proposed(paths.documents_folder(), _("backup of my signing key"), suffix=PRIVATE_SUFFIX)
    return _place(parent, _("Save a backup of your key"), name, _("Backups of keys (*.pem)"))


def choose_public_place(parent: QWidget, name: str) -> Path | None:
    """Where the public key goes, called ``name`` by others."""
    place = _proposed(paths.documents_folder(), name, _("public key"), suffix=PUBLIC_SUFFIX)
    return _place(parent, _("Save your public key"), place, _("Key files (*.json *.pem)"))


def _place(parent: QWidget, title: str, name: Path, kinds: str) -> Path | None:
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, title, str(name), kinds, options=QFileDialog.Option.DontConfirmOverwrite
    )
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_name(path.name + name.suffix)


def file_name(words: str) -> str:
    """``words`` as a part of a file's name: letters, digits and dashes."""
    kept = "".join(sign if sign.isalnum() else "-" for sign in words.strip())
    return "-".join(part for part in kept.split("-") if part)[:60] or "key"


def _proposed(folder: Path, *parts: str, suffix: str) -> Path:
    return folder / f"{'-'.join(file_name(part) for part in parts)}{suffix}"
