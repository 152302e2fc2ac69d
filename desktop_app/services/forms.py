"""The forms of this program: which there are, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.formdef.loader import inspect_form
from desktop_app.formdef.mistakes import Mistake
from desktop_app.formdef.model import Level
from desktop_app.runtime import paths
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.runtime.shipped import shipped
from desktop_app.services.reports import form_library


class NoFormFolderError(DeskError):
    """The path is no folder of a form."""


def list_forms() -> list[dict[str, Any]]:
    """Every form that can be used, in JSON."""
    return [
        {
            "id": entry.id,
            "version": entry.version,
            "title": entry.title,
            "labels_verified": entry.labels_verified,
            "folder": str(entry.folder),
            **_origin(entry.folder),
        }
        for entry in form_library().entries()
    ]


def unreadable_words() -> list[str]:
    """A sentence for each folder of forms that may not be looked into."""
    sentence = _(
        "The folder of forms “{folder}” cannot be read ({reason}), so what is in it cannot be used. Tell your"
        " IT department."
    )
    return [sentence.format(folder=folder, reason=reason) for folder, reason in form_library().unreadable()]


def _origin(folder: Path) -> dict[str, str | None]:
    """Where a form comes from, and who signed it when it was delivered."""
    from desktop_app.services.form_deliveries import installed_signer

    root = folder.parent.parent
    if root == shipped("forms"):
        origin = "program"
    elif root in paths.shared_forms():
        origin = "everybody"
    else:
        origin = "person" if root == paths.own_forms() else "folder"
    return {
        "origin": origin,
        "signed_by": (installed_signer(folder) or None) if origin != "program" else None,
    }


def origin_words(entry: Mapping[str, Any]) -> str:
    """Where a form of ``list_forms`` comes from, in words."""
    words = {
        "program": _("comes with the program"),
        "everybody": _("installed for everybody at this computer"),
        "person": _("installed for you"),
        "folder": _("in “{folder}”").format(folder=entry["folder"]),
    }[entry["origin"]]
    if entry["signed_by"]:
        return _("{origin}; signed with the key {fingerprint}").format(
            origin=words, fingerprint=entry["signed_by"]
        )
    return words


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """What is wrong with a form folder. ``title`` is empty when the form cannot be used."""

    folder: Path
    title: str
    mistakes: tuple[Mistake, ...]
    told: tuple[str, ...] = ()
    """Of a delivery: which form it holds, who signed it, and whether it may be installed here."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    """The same in JSON."""

    @property
    def is_good(self) -> bool:
        """Whether the form can be used; warnings do not count."""
        return not any(mistake.level is Level.ERROR for mistake in self.mistakes)

    @property
    def lines(self) -> list[str]:
        """What to print: each mistake with number, file, key path and a sentence."""
        lines = [
            f"{mistake.number}. {_level_words(mistake.level)}: {mistake.file}"
            f"{', ' + mistake.key if mistake.key else ''}: {mistake.sentence}"
            for mistake in self.mistakes
        ]
        if self.is_good:
            return [*lines, _("The form can be used: {title}").format(title=self.title), *self.told]
        count = sum(mistake.level is Level.ERROR for mistake in self.mistakes)
        told = ngettext(
            "The form cannot be used: {count} error.", "The form cannot be used: {count} errors.", count
        )
        return [*lines, told.format(count=count), *self.told]

    def to_plain(self) -> dict[str, Any]:
        """The same in JSON."""
        return {
            "folder": str(self.folder),
            "good": self.is_good,
            "mistakes": [
                {
                    "number": mistake.number,
                    "level": mistake.level.value,
                    "file": mistake.file,
                    "key": mistake.key,
                    "sentence": mistake.sentence,
                }
                for mistake in self.mistakes
            ],
            **self.facts,
        }


def check_form(folder: Path) -> CheckedForm:
    """Read the form in ``folder``, or in the delivery of that path.

    NoFormFolderError, FormDeliveryError;
    of these UnfitDeliveryError for what is none, or was changed.
    """
    if folder.is_file():
        return _check_delivery(folder)
    if not folder.is_dir():
        raise NoFormFolderError(
            _("There is no folder “{folder}”. Name the folder that holds form.toml.").format(folder=folder)
        )
    found = inspect_form(folder)
    title = found.form.texts.get("form", "", "title") if found.form else ""
    return CheckedForm(folder, title, found.mistakes)


def _check_delivery(path: Path) -> CheckedForm:
    from desktop_app.services.form_deliveries import (
        FormNotAllowedError,
        refuse_key,
        signature_words,
        signed_by,
        unpacked,
    )

    with unpacked(path) as (folder, delivery):
        found = inspect_form(folder)
    title = found.form.texts.get("form", "", "title") if found.form else ""
    signer = signed_by(delivery)
    held = _("It holds “{form}”, version {version}.").format(form=delivery.form_id, version=delivery.version)
    told, allowed = [held, signature_words(signer)], True
    try:
        refuse_key(path, delivery)
    except FormNotAllowedError:
        told.append(_("Your IT department allows forms of others only: it cannot be installed here."))
        allowed = False
    facts = {
        "id": delivery.form_id,
        "version": delivery.version,
        "signed_by": signer or None,
        "allowed": allowed,
    }
    return CheckedForm(path, title, found.mistakes, tuple(told), facts)


def _level_words(level: Level) -> str:
    return {Level.ERROR: _("Error"), Level.WARNING: _("Warning"), Level.HINT: _("Hint")}[level]
