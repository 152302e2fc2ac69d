"""A package's manifest: what it is, what is in it, and the checksums that show a change.

``manifest.json`` is canonical JSON like the answers themselves. Its own checksum is taken with that
value blank, so that it can stand in it. A signature, where there is one, is over its exact bytes; the
manifest names the key that signed, so that taking the signature away is seen as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from desktop_app import __version__
from desktop_app.exchange.proof.public_key import fingerprint, key_line, read_key_line
from desktop_app.exchange.sending import Sending
from desktop_app.exchange.strict_json import JsonError, read_json
from desktop_app.report.plain import canonical_bytes
from desktop_app.report.report import Report
from desktop_app.report.submissions import amendment_words, taken_back_before
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

FORMAT = 2
"""Version of the package's format. A higher one is not read; 1 had neither submissions nor signatures."""

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
OWN_CHECKSUM = "sha256"
ALGORITHM = "Ed25519"
DRAFT = Sending()
MAX_BYTES = 4 * 1024 * 1024


class NewerPackageError(DeskError):
    """A package was made by a newer version of this program."""


class ManifestError(DeskError):
    """A manifest cannot be read, or says something else than it did; ``reason`` is a sentence or empty."""

    def __init__(self, reason: str = "") -> None:
        """``reason``: why it cannot be read, if that is known."""
        self.reason = reason
        super().__init__(_("“{member}” was changed.").format(member=MANIFEST))


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest that has been read. ``members``: size in bytes and SHA-256 by name."""

    facts: Mapping[str, Any]
    members: Mapping[str, tuple[int, str]]
    signer: bytes | None = None
    """The public key that signed it, as it says itself."""

    @property
    def content(self) -> str:
        """The content checksum: SHA-256 of the answers."""
        return str(self.facts["content"])


def sha256(content: bytes) -> str:
    """The SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def write_manifest(
    report: Report,
    answers: bytes,
    members: Mapping[str, tuple[int, str]],
    sending: Sending = DRAFT,
    *,
    full: str | None = None,
) -> bytes:
    """The manifest of a package of ``report``. ``answers``: bytes of its data.json.

    ``members``: size in bytes and SHA-256 by name. ``full``: of a public copy of a submission, the content
    checksum of the submission itself.
    """
    previous, signer = sending.previous, sending.signer
    facts: dict[str, Any] = {
        "format": FORMAT,
        "app": {"name": "Alliance Desk", "version": __version__},
        "form": {"id": report.form.id, "version": report.form.version, "hash": report.form.hash},
        "report": report.id,
        "country": report.country,
        "cycle": report.cycle,
        "language": report.language,
        "status": report.status,
        "submission": sending.submission,
        "submitted": {"at": sending.submitted_at, "by": sending.submitted_by} if sending.submission else None,
        "previous": {"submission": previous.number, "content": previous.checksum} if previous else None,
        **_of_earlier(report, sending),
        "public": sending.is_public,
        "full_content": full,
        "accepted": len(report.accepted),
        "signer": (
            {
                "algorithm": ALGORITHM,
                "key": key_line(signer.public_key),
                "fingerprint": fingerprint(signer.public_key),
            }
            if signer
            else None
        ),
        "content": sha256(answers),
        "members": {
            name: {"size": size, OWN_CHECKSUM: checksum} for name, (size, checksum) in members.items()
        },
    }
    return canonical_bytes({**facts, OWN_CHECKSUM: _own_checksum(facts)})


def _of_earlier(report: Report, sending: Sending) -> dict[str, Any]:
    """Which submissions before this one were taken back, and what it is about as an amendment; if any."""
    back, about = taken_back_before(report, sending.submission), amendment_words(report, sending.submission)
    return {**({"taken_back": list(back)} if back else {}), **({"about": about} if about else {})}


def _own_checksum(facts: Mapping[str, Any]) -> str:
    return sha256(canonical_bytes({**facts, OWN_CHECKSUM: ""}))


def read_manifest(package: str, content: bytes) -> Manifest:
    """The manifest in ``content``, from the file ``package``.

    NewerPackageError; ManifestError when a single byte is not as it was written.
    """
    try:
        facts = read_json(MANIFEST, content, max_bytes=MAX_BYTES)
    except JsonError as error:
        raise ManifestError(error.sentence) from error
    if not isinstance(facts, Mapping):
        raise ManifestError
    version = facts.get("format")
    if _is_count(version) and version > FORMAT and _is_whole(facts, content):
        raise NewerPackageError(
            _(
                "“{file}” was made by a newer version of this program. Install that version to read it."
            ).format(file=package)
        )
    members = _members(facts.get("members"))
    if not _is_whole(facts, content) or members is None or not _is_shaped(facts):
        raise ManifestError
    return Manifest(facts, members, _signer(facts))


def _is_shaped(facts: Mapping[str, Any]) -> bool:
    """Whether the facts that are relied upon are what they should be: whoever wrote them may be anybody."""
    form, submission, signer = facts.get("form"), facts.get("submission"), facts.get("signer")
    previous, back = facts.get("previous"), facts.get("taken_back", [])
    return (
        all(isinstance(facts.get(key), str) for key in ("content", "report", "country", "cycle"))
        and _is_count(facts.get("format"))
        and isinstance(form, Mapping)
        and all(isinstance(form.get(key), str) for key in ("id", "version"))
        and (submission is None or (_is_count(submission) and submission > 0))
        and (previous is None or (isinstance(previous, Mapping) and _is_count(previous.get("submission"))))
        and (signer is None or _signer(facts) is not None)
        and isinstance(facts.get("public", False), bool)
        and isinstance(back, list)
        and all(map(_is_count, back))
        and isinstance(facts.get("about", ""), str)
    )


def _signer(facts: Mapping[str, Any]) -> bytes | None:
    signer = facts.get("signer")
    if not isinstance(signer, Mapping) or signer.get("algorithm") != ALGORITHM:
        return None
    return read_key_line(signer.get("key"))


def _is_count(plain: object) -> TypeGuard[int]:
    return isinstance(plain, int) and not isinstance(plain, bool)


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
        if not _is_count(size) or not isinstance(checksum, str):
            return None
        found[name] = (size, checksum)
    return found
