"""Forms as deliveries: packed by their author, checked, and installed without a new program.

A published version of a form never changes: what is here already is never replaced by other content.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.exchange.form_delivery import (
    NOTE,
    SUFFIX,
    FormDelivery,
    FormDeliveryError,
    files_of,
    kept_signer,
    pack_form,
    read_delivery,
)
from desktop_app.exchange.proof.key_files import read_key_file
from desktop_app.exchange.proof.public_key import fingerprint
from desktop_app.exchange.proof.signing import KeyFileError
from desktop_app.formdef.loader import inspect_form
from desktop_app.formdef.model import Level
from desktop_app.runtime import paths
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import LEFT_AFTER, atomic_write, flush_to_disk, move_into_place, writing_error
from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import Feature, policy
from desktop_app.services.allowed import refuse_switched_off
from desktop_app.services.reports import form_library

_STAGING = ".incoming-"
"""What an unfinished installation is called; no library looks so deep."""
_FOLDER_MODE, _FILE_MODE = 0o755, 0o644


class FormNotAllowedError(DeskError):
    """The policy does not let this form be installed, or not there."""


class NeedsAdministratorError(DeskError):
    """Only an administrator may install forms for everybody."""


class FormPublishedError(DeskError):
    """The same version is here already with other content."""


class UnusableFormError(DeskError):
    """The form has mistakes, so that it cannot be used."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A delivery that was made. ``signed_by``: the fingerprint of the key; ``told``: a sentence on it."""

    path: Path
    form_id: str
    version: str
    signed_by: str
    told: str
    lacks_passphrase: bool = False
    """It is not signed only because nobody gave the passphrase of our key."""

    def to_plain(self) -> dict[str, Any]:
        """The same in JSON."""
        return {
            "delivery": str(self.path),
            "id": self.form_id,
            "version": self.version,
            "signed_by": self.signed_by or None,
        }


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a delivery holds, looked at before it is installed."""

    path: Path
    form_id: str
    version: str
    title: str
    signed_by: str


@dataclass(frozen=True, slots=True)
class Installed:
    """A form that can be used now. ``already_there``: it could before, with the same content."""

    folder: Path
    form_id: str
    version: str
    title: str
    signed_by: str
    already_there: bool

    @property
    def words(self) -> str:
        """What was done."""
        if self.already_there:
            sentence = _("The form “{title}”, version {version}, was here already, the very same.")
        else:
            sentence = _("The form “{title}”, version {version}, can be used now.")
        return sentence.format(title=self.title, version=self.version)

    def to_plain(self) -> dict[str, Any]:
        """The same in JSON."""
        return {
            "folder": str(self.folder),
            "id": self.form_id,
            "version": self.version,
            "signed_by": self.signed_by or None,
            "already_there": self.already_there,
        }


def signature_words(signed_by: str) -> str:
    """A sentence on who signed a form."""
    if signed_by:
        return _("It is signed with the key {fingerprint}.").format(fingerprint=signed_by)
    return _("It is not signed: nobody can say who made it.")


def pack(
    folder: Path, to: Path | None = None, passphrase: str | None = None, *, replace: bool = False
) -> Packed:
    """Make the delivery of the form in ``folder``, signed where our key is at hand.

    ``to``: its file, or the folder for it; else the present folder. ``replace``: it may take the place of
    another file. UnusableFormError, FormDeliveryError,
    WrongPassphraseError, AlreadyThereError, CannotWriteError.
    """
    from desktop_app.services.keys import signing
    from desktop_app.services.own_key_places import key_path

    found = inspect_form(folder)
    if found.form is None:
        first = next(each for each in found.mistakes if each.level is Level.ERROR)
        raise UnusableFormError(
            _("The form in “{folder}” cannot be used, so it is not packed: {mistake}").format(
                folder=folder, mistake=first.sentence
            )
        )
    made = signing(passphrase)
    form = found.form
    content = pack_form(form.id, form.version, files_of(folder), made.signer)
    name = f"{form.id}-{form.version}{SUFFIX}"
    place = to or Path()
    target = place / name if place.is_dir() else place
    if not target.is_file() or target.read_bytes() != content:
        atomic_write(target, content, replace=replace)
    if target.read_bytes() != content:
        raise FormDeliveryError(
            _("“{file}” did not reach the disk as it should. Try again.").format(file=target.name)
        )
    signed_by = made.signer.fingerprint if made.signer is not None else ""
    lacks_passphrase = made.signer is None and passphrase is None and key_path().is_file()
    return Packed(target, form.id, form.version, signed_by, made.told, lacks_passphrase)


@contextlib.contextmanager
def unpacked(path: Path) -> Iterator[tuple[Path, FormDelivery]]:
    """The form of the delivery at ``path`` in a folder that goes away afterwards.

    FormDeliveryError, CannotWriteError.
    """
    delivery = read_delivery(path)
    with tempfile.TemporaryDirectory(prefix="alliance-desk-") as name:
        folder = Path(name) / delivery.form_id / delivery.version
        try:
            _write(delivery, folder)
        except OSError as error:
            raise writing_error(error, folder) from error
        yield folder, delivery


def look_at(path: Path) -> Delivered:
    """What the delivery at ``path`` would install. As ``install`` for a form that cannot be."""
    with unpacked(path) as (folder, delivery):
        title = _title(path, delivery, folder)
    refuse_key(path, delivery)
    return Delivered(path, delivery.form_id, delivery.version, title, signed_by(delivery))


def install(path: Path, *, for_all: bool = False) -> Installed:
    """Install the form in the delivery at ``path`` for this person, or for everybody at this computer.

    FormDeliveryError, UnusableFormError, FormNotAllowedError, FormPublishedError, SwitchedOffError,
    NeedsAdministratorError, CannotWriteError; nothing is changed then.
    """
    if not for_all:
        refuse_switched_off(Feature.FORM_DELIVERIES)
    delivery = read_delivery(path)
    refuse_key(path, delivery)
    root = paths.shared_forms()[0] if for_all else paths.own_forms()
    if root not in paths.form_folders():
        raise FormNotAllowedError(
            _("Your IT department allows no forms in “{folder}”. Ask them to install it.").format(folder=root)
        )
    target = root / delivery.form_id / delivery.version
    here = _same_here(delivery, target)
    is_new = here is None or (for_all and here.is_relative_to(paths.own_forms()))
    if here is None or is_new:
        here = target
        try:
            title = _put(path, delivery, root)
        except OSError as error:
            if for_all and isinstance(error, PermissionError):
                raise _needs_administrator(root) from error
            raise writing_error(error, target) from error
    else:
        title = _title(path, delivery, here)
        if for_all and here.is_relative_to(root):
            # It may have been closed to the others when it was installed.
            with contextlib.suppress(PermissionError):
                _open_the_way(root)
                _open_for_reading(here.parent)
    return Installed(
        here, delivery.form_id, delivery.version, title, signed_by(delivery), already_there=not is_new
    )


def _put(path: Path, delivery: FormDelivery, root: Path) -> str:
    """Write the form, look at it as it is on the disk, and give it its place below ``root`` all at once."""
    if root in paths.shared_forms():
        _open_the_way(root)
    _remove_leftovers(root)
    staging = root / f"{_STAGING}{os.urandom(4).hex()}"
    staged = staging / delivery.form_id / delivery.version
    try:
        _write(delivery, staged)
        title = _title(path, delivery, staged)
        if root in paths.shared_forms():
            _open_for_reading(staging)
        target = root / delivery.form_id / delivery.version
        target.parent.mkdir(parents=True, exist_ok=True)
        if root in paths.shared_forms():
            target.parent.chmod(_FOLDER_MODE)
        move_into_place(staged, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return title


def signed_by(delivery: FormDelivery) -> str:
    """The fingerprint of the key that signed it; empty when nobody did."""
    return fingerprint(delivery.signer) if delivery.signer is not None else ""


def installed_signer(folder: Path) -> str:
    """The fingerprint of who signed the form that was installed in ``folder``; empty where nobody did."""
    try:
        note = (folder / NOTE).read_bytes()
        signer = kept_signer(note, files_of(folder))
    except (OSError, FormDeliveryError):
        return ""
    return fingerprint(signer) if signer is not None else ""


def _title(path: Path, delivery: FormDelivery, folder: Path) -> str:
    """The title of the form in ``folder``, which is the one that the delivery names. UnusableFormError."""
    found = inspect_form(folder)
    if found.form is None:
        first = next(each for each in found.mistakes if each.level is Level.ERROR)
        raise UnusableFormError(
            _("The form in “{file}” cannot be used: {mistake} See all with: forms check").format(
                file=path.name, mistake=first.sentence
            )
        )
    if (found.form.id, found.form.version) != (delivery.form_id, delivery.version):
        raise UnusableFormError(
            _("“{file}” says it holds another form than it does. It is not installed.").format(file=path.name)
        )
    return found.form.texts.get("form", "", "title")


def refuse_key(path: Path, delivery: FormDelivery) -> None:
    """FormNotAllowedError unless a key that the policy names has signed it, where it names any."""
    named = policy().form_keys
    if named is None:
        return
    allowed = []
    for each in named:
        # A key that cannot be read allows nothing; “policy show” and the self-test tell of it.
        with contextlib.suppress(KeyFileError):
            allowed.append(read_key_file(each).public_key)
    if delivery.signer not in allowed:
        raise FormNotAllowedError(
            _(
                "“{file}” is not signed by somebody whose forms your IT department allows, so it is not"
                " installed. {signature}"
            ).format(file=path.name, signature=signature_words(signed_by(delivery)))
        )


def _same_here(delivery: FormDelivery, target: Path) -> Path | None:
    """Where the same version with the same content is; None when it is nowhere. FormPublishedError."""
    places = [
        entry.folder
        for entry in form_library().entries()
        if (entry.id, entry.version) == (delivery.form_id, delivery.version)
    ]
    for folder in dict.fromkeys([*places, *([target] if os.path.lexists(target) else [])]):
        try:
            is_same = files_of(folder) == delivery.files
        except FormDeliveryError:
            is_same = False
        if not is_same:
            raise FormPublishedError(
                _(
                    "Version {version} of the form “{id}” is in “{folder}” already, with other content. A"
                    " published version never changes: ask for the form under a new version."
                ).format(version=delivery.version, id=delivery.form_id, folder=folder)
            )
        return folder
    return None


def _write(delivery: FormDelivery, folder: Path) -> None:
    """Write the files of a delivery, whose names were looked at, and its note."""
    for name, content in {**delivery.files, NOTE: delivery.note}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        flush_to_disk(path)


def _needs_administrator(root: Path) -> NeedsAdministratorError:
    return NeedsAdministratorError(
        _(
            "Only an administrator may install a form for everybody at this computer: it goes into"
            " “{folder}”. Ask your IT department, or leave --for-all out to install it for yourself alone."
        ).format(folder=root)
    )


def _open_the_way(root: Path) -> None:
    """Make every folder down to ``root`` that is missing; everybody can pass through what is ours.

    ``root`` and the folder around it bear the program's name; others that were there stay as they are.
    """
    missing = [folder for folder in (root, *root.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        folder.chmod(_FOLDER_MODE)
    for folder in (root.parent, root):
        mode = folder.stat().st_mode & 0o7777
        if mode & 0o055 != 0o055:
            folder.chmod(mode | 0o055)


def _open_for_reading(folder: Path) -> None:
    """What is for everybody can be read by everybody, whatever an administrator's usual rights are."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(_FOLDER_MODE if path.is_dir() else _FILE_MODE)


def _remove_leftovers(root: Path) -> None:
    """Take away what an installation left that a power cut ended."""
    latest = time.time() - LEFT_AFTER
    for path in root.glob(f"{_STAGING}*"):
        if path.lstat().st_mtime < latest:
            shutil.rmtree(path, ignore_errors=True)
