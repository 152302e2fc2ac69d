"""A package's manifest: what it is, what is in it, and the checksums that show a change.

``manifest.json`` is canonical JSON like the answers themselves. Its own checksum is taken with that
value blank, so that it can stand in it; a signature, where there is one, is over its exact bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop_app import __version__
from desktop_app.exchange.strict_json import JsonError, read_json
from desktop_app.report.plain import canonical_bytes
from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

FORMAT = 1
"""Version of the package's format. A higher one is not read."""

MANIFEST = "manifest.json"
OWN_CHECKSUM = "sha256"
MAX_BYTES = 4 * 1024 * 1024


class NewerPackageError(DeskError):
    """A package was made by a newer version of this program."""


class ManifestError(DeskError):
    """A manifest cannot be read, or says something else than it did."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest that has been read. ``members``: size in bytes and SHA-256 by name."""

    facts: Mapping[str, Any]
    members: Mapping[str, tuple[int, str]]

    @property
    def content(self) -> str:
        """The content checksum: SHA-256 of the answers."""
        return str(self.facts["content"])


def sha256(content: bytes) -> str:
    """The SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def write_manifest(report: Report, answers: bytes, members: Mapping[str, tuple[int, str]]) -> bytes:
    """The manifest of a package of ``report``. ``answers``: bytes of its data.json.

    ``members``: size in bytes and SHA-256 by name.
    """
    facts: dict[str, Any] = {
        "format": FORMAT,
        "app": {"name": "Alliance Desk", "version": __version__},
        "form": {"id": report.form.id, "version": report.form.version, "hash": report.form.hash},
        "report": report.id,
        "country": report.country,
        "cycle": report.cycle,
        "language": report.language,
        "status": report.status,
        "submission": None,
        "previous": None,
        "content": sha256(answers),
        "members": {
            name: {"size": size, OWN_CHECKSUM: checksum} for name, (size, checksum) in members.items()
        },
    }
    return canonical_bytes({**facts, OWN_CHECKSUM: _own_checksum(facts)})


def _own_checksum(facts: Mapping[str, Any]) -> str:
    return sha256(canonical_bytes({**facts, OWN_CHECKSUM: ""}))


def read_manifest(package: str, content: bytes) -> Manifest:
    """The manifest in ``content``, from the file ``package``.

    NewerPackageError; ManifestError when a single byte is not as it was written.
    """
    changed = ManifestError(_("“{member}” was changed.").format(member=MANIFEST))
    try:
        facts = read_json(MANIFEST, content, max_bytes=MAX_BYTES)
    except JsonError as error:
        raise changed from error
    if not isinstance(facts, Mapping):
        raise changed
    version = facts.get("format")
    if isinstance(version, int) and version > FORMAT and _is_whole(facts, content):
        raise NewerPackageError(
            _(
                "“{file}” was made by a newer version of this program. Install that version to read it."
            ).format(file=package)
        )
    members = _members(facts.get("members"))
    if not _is_whole(facts, content) or members is None or not isinstance(facts.get("content"), str):
        raise changed
    return Manifest(facts, members)


def _is_whole(facts: Mapping[str, Any], content: bytes) -> bool:
    """Whether the bytes are the canonical ones of these facts and agree with their own checksum."""
    return canonical_bytes(facts) == content and facts.get(OWN_CHECKSUM) == _own_checksum(facts)


def _members(plain: Any) -> dict[str, tuple[int, str]] | None:
    if not isinstance(plain, Mapping):
        return None
    found: dict[str, tuple[int, str]] = {}
    for name, entry in plain.items():
        size, checksum = (
            (entry.get("size"), entry.get(OWN_CHECKSUM)) if isinstance(entry, Mapping) else (None, None)
        )
        if not isinstance(size, int) or not isinstance(checksum, str):
            return None
        found[name] = (size, checksum)
    return found
