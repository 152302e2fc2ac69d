"""A form on its way: one version of it in a zip, with the checksum of each file, signed if there is a key.

The same form and the same key make the same bytes. What comes in is trusted in nothing: its size, its names
and every byte are looked at before anything is written, and a delivery that any other program packed, or
somebody changed, is refused.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from desktop_app.exchange.archive import build, shown, stored_members
from desktop_app.exchange.proof.key_files import SIGNATURE, read_signature, signed_bytes
from desktop_app.exchange.proof.public_key import key_line, read_key_line
from desktop_app.exchange.proof.signing import is_signed
from desktop_app.exchange.small_files import read_small
from desktop_app.exchange.strict_json import JsonError, read_json
from desktop_app.exchange.zip_dangers import is_bad_name, is_unfit_name
from desktop_app.report.plain import canonical_bytes
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

if TYPE_CHECKING:
    from desktop_app.exchange.sending import Signer

KIND = "alliance-desk-form"
FORMAT = 1
NOTE = "delivery.json"
"""The member that says what the others are."""
SUFFIX = ".form.zip"
MOST_FILES = 400
MAX_FILE = 1024 * 1024
"""Bytes of one file of a form."""
MAX_SIZE = 10 * 1024 * 1024
"""Bytes of a delivery."""
_MAX_CONTENT = MAX_SIZE - MAX_FILE
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_FILE = re.compile(r"[^/]+\.toml|(?:[^/]+/){0,4}[^/]+\.csv")
"""What a form is made of: tables beside ``form.toml``, and choice lists beside it or below."""


class FormDeliveryError(DeskError):
    """A file is no delivery of a form, or not as it was made; or a folder makes none."""


class UnfitDeliveryError(FormDeliveryError):
    """A file is no delivery, or it is not as it was made."""


@dataclass(frozen=True, slots=True)
class FormDelivery:
    """One version of a form. ``files``: the content of each, by its name within the form's folder.

    ``note``: the facts about it, as its bytes say them; ``signer``: the public key that signed them.
    """

    form_id: str
    version: str
    files: Mapping[str, bytes]
    note: bytes
    signer: bytes | None = None


def files_of(folder: Path) -> dict[str, bytes]:
    """The files of the form in ``folder`` by name; links and what is hidden are passed over.

    FormDeliveryError for what no form has, or when it is too large.
    """
    found: dict[str, bytes] = {}
    size = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in name.split("/")) or name == NOTE or path.is_dir():
            continue
        if path.is_symlink() or not _FILE.fullmatch(name) or is_unfit_name(name) or is_bad_name(name):
            raise FormDeliveryError(
                _(
                    "“{file}” does not belong to a form. Take it out of the folder, then pack it again."
                ).format(file=shown(name))
            )
        content = path.read_bytes()
        found[name], size = content, size + len(content)
        if len(content) > MAX_FILE or size > _MAX_CONTENT or len(found) > MOST_FILES:
            raise FormDeliveryError(_("“{folder}” is too large for a form.").format(folder=folder))
    return found


def pack_form(form_id: str, version: str, files: Mapping[str, bytes], signer: Signer | None) -> bytes:
    """The bytes of the delivery of a form with ``files``."""
    if not _PART.fullmatch(form_id) or not _PART.fullmatch(version):
        raise FormDeliveryError(
            _("The form “{id}”, version “{version}”, cannot be packed: use letters, figures, . - _").format(
                id=shown(form_id), version=shown(version)
            )
        )
    facts: dict[str, Any] = {
        "kind": KIND,
        "format": FORMAT,
        "id": form_id,
        "version": version,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    if signer is not None:
        facts["key"] = key_line(signer.public_key)
        facts[SIGNATURE] = base64.b64encode(signer.sign(signed_bytes(facts))).decode("ascii")
    members = {f"{form_id}/{version}/{name}": files[name] for name in sorted(files)}
    return build({NOTE: canonical_bytes(facts), **members})


def read_delivery(path: Path) -> FormDelivery:
    """The delivery at ``path``, every byte of which was looked at. FormDeliveryError."""
    return delivery_in(path.name, read_small(path, MAX_SIZE, FormDeliveryError))


def delivery_in(name: str, data: bytes) -> FormDelivery:
    """The delivery in ``data``, the content of the file ``name``. FormDeliveryError."""
    if len(data) > MAX_SIZE:
        raise FormDeliveryError(_("“{file}” is too large for a form.").format(file=name))
    stored = stored_members(io.BytesIO(data))
    if stored is None or NOTE not in stored:
        raise _no_delivery(name)
    contents = {member: data[place.start : place.start + place.size] for member, place in stored.items()}
    if build(contents) != data:
        # A member of the same name twice.
        raise _changed(name)
    facts = _facts(name, contents[NOTE])
    form_id, version, named = facts["id"], facts["version"], facts["files"]
    top = f"{form_id}/{version}/"
    files = {member.removeprefix(top): each for member, each in contents.items() if member != NOTE}
    if len(files) > MOST_FILES or any(not member.startswith(top) for member in contents if member != NOTE):
        raise _changed(name)
    for member, content in files.items():
        _refuse_unfit(name, member, content)
    if {member: hashlib.sha256(content).hexdigest() for member, content in files.items()} != named:
        raise _changed(name)
    if not _are_apart(files):
        raise _changed(name)
    return FormDelivery(form_id, version, files, contents[NOTE], signer_of(name, facts))


def signer_of(name: str, facts: Mapping[str, Any]) -> bytes | None:
    """The key that signed the facts; None when none did. FormDeliveryError for a signature that is false."""
    signature = read_signature(facts)
    if signature is None and "key" not in facts:
        return None
    public_key = read_key_line(facts.get("key"))
    if public_key is None or signature is None or not is_signed(public_key, signature, signed_bytes(facts)):
        raise _changed(name)
    return public_key


def kept_signer(note: bytes, files: Mapping[str, bytes]) -> bytes | None:
    """Who signed the form installed with ``note``; None where its files are others now, or nobody did."""
    try:
        facts = _facts(NOTE, note)
        is_same = facts["files"] == {name: hashlib.sha256(each).hexdigest() for name, each in files.items()}
        return signer_of(NOTE, facts) if is_same else None
    except FormDeliveryError:
        return None


def _are_apart(names: Iterable[str]) -> bool:
    """Whether no two names are one file, or a file and a folder, on a system that is easy about letters."""
    listed = [name.casefold() for name in names]
    folders = {str(folder) for name in listed for folder in PurePosixPath(name).parents}
    return len(set(listed)) == len(listed) and folders.isdisjoint(listed)


def _refuse_unfit(name: str, member: str, content: bytes) -> None:
    is_unfit = is_bad_name(member) or is_unfit_name(member) or not _FILE.fullmatch(member)
    if is_unfit or any(part.startswith(".") for part in member.split("/")):
        raise FormDeliveryError(
            _("“{file}” holds “{member}”, which no form has. It is not installed.").format(
                file=name, member=shown(member)
            )
        )
    if len(content) > MAX_FILE:
        raise FormDeliveryError(_("“{file}” is too large for a form.").format(file=name))


def _facts(name: str, note: bytes) -> Mapping[str, Any]:
    try:
        facts = read_json(name, note, max_bytes=MAX_FILE, max_depth=4)
    except JsonError as error:
        raise _no_delivery(name) from error
    if not isinstance(facts, Mapping) or facts.get("kind") != KIND:
        raise _no_delivery(name)
    version = facts.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise FormDeliveryError(
            _("“{file}” was made by a newer version of this program. Install that to read it.").format(
                file=name
            )
        )
    if not _are_parts(facts.get("id"), facts.get("version")) or not isinstance(facts.get("files"), Mapping):
        raise _changed(name)
    return facts


def _are_parts(*plain: object) -> bool:
    """Whether these can be names of folders on every system."""
    parts: Sequence[object] = plain
    return all(isinstance(each, str) and _PART.fullmatch(each) and not is_unfit_name(each) for each in parts)


def _no_delivery(name: str) -> UnfitDeliveryError:
    return UnfitDeliveryError(
        _(
            "“{file}” is no delivery of a form, or it was changed. Deliveries are made with “forms pack”."
        ).format(file=name)
    )


def _changed(name: str) -> UnfitDeliveryError:
    return UnfitDeliveryError(
        _("“{file}” was changed after it was made, so it is not used. Ask for it again.").format(file=name)
    )
