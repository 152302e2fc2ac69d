"""A package that came in: is every byte as it was written, who signed it, and what are its answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from desktop_app.exchange.archive import Archive, open_archive, shown
from desktop_app.exchange.manifest import (
    MANIFEST,
    SIGNATURE,
    Manifest,
    ManifestError,
    read_manifest,
    sha256,
)
from desktop_app.exchange.strict_json import JsonError, read_json
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

WORKBOOK = "report.xlsx"
ANSWERS = "data.json"
REQUIRED = (WORKBOOK, ANSWERS)
AGE_MARK = b"age-encryption.org/v1\n"
"""How an encrypted package begins."""
_MOST_FINDINGS = 30
MAX_FILE = 500 * 1024 * 1024
"""Bytes of a package."""


class NotAPackageError(DeskError):
    """A file is no package, or cannot be read at all."""


class PackageChangedError(DeskError):
    """A package is not as it was written."""


class SignatureState(StrEnum):
    """What the signature of a package proves."""

    NONE = "none"
    """It was never signed."""
    GOOD = "good"
    """The owner of ``Verification.signer`` signed exactly this manifest."""
    BROKEN = "broken"
    """There is a signature, but not of this manifest by the key that it names."""
    REMOVED = "removed"
    """The manifest says that it was signed, and the signature is gone."""
    UNKNOWN = "unknown"
    """The manifest cannot be read, so that nobody can say."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on a package. ``findings``: a sentence for each change; ``manifest``: its facts.

    The facts are empty when the manifest itself was changed. ``signer``: the public key the manifest names;
    ``sha256``: of the package as it was before it was encrypted.
    """

    intact: bool
    findings: tuple[str, ...] = ()
    manifest: Mapping[str, Any] = field(default_factory=dict)
    signature: SignatureState = SignatureState.NONE
    signer: bytes | None = None
    is_encrypted: bool = False
    sha256: str = ""


def verify_package(path: Path, identities: Sequence[str] = ()) -> Verification:
    """Look at every byte of the package at ``path``. ``identities``: own age keys, for an encrypted one.

    NotAPackageError, ArchiveError or NewerPackageError for what is no package of this program;
    CannotDecryptError for one that is not for us.
    """
    return verify_bytes(path.name, read_file(path), identities)


def verify_bytes(name: str, data: bytes, identities: Sequence[str] = ()) -> Verification:
    """Look at every byte of ``data``, the content of the package ``name``."""
    return _inspect(name, data, identities)[1]


def read_package(path: Path, identities: Sequence[str] = ()) -> Mapping[str, Any]:
    """The answers of the package at ``path``, as ``show --json`` prints them, when it is intact.

    PackageChangedError when it is not; what ``verify_package`` raises; JsonError or DocumentError
    when the answers cannot be read.
    """
    return opened_package(path.name, read_file(path), identities)[0]


def opened_package(
    name: str, data: bytes, identities: Sequence[str] = ()
) -> tuple[Mapping[str, Any], Verification, Archive]:
    """The answers of the package ``data``, the verdict, and all its members. Raises as ``read_package``."""
    from desktop_app.exchange.old_reports.json_report import read_json_report

    archive, verdict = _inspect(name, data, identities)
    if not verdict.intact:
        raise PackageChangedError(
            _("“{file}” was changed after it was exported, so it is not read. {finding}").format(
                file=name, finding=verdict.findings[0]
            )
        )
    answers = archive.content(ANSWERS)
    assert answers is not None
    return read_json_report(ANSWERS, answers), verdict, archive


def read_file(path: Path) -> bytes:
    """The bytes of the file at ``path``. NotAPackageError when it cannot be read."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE + 1)
    except FileNotFoundError as error:
        raise NotAPackageError(
            _("There is no package “{file}”. Was it moved or renamed?").format(file=path)
        ) from error
    except IsADirectoryError as error:
        raise NotAPackageError(_("“{file}” is a folder, not a package.").format(file=path)) from error
    except OSError as error:
        raise NotAPackageError(
            _("“{file}” cannot be read: {reason}.").format(file=path, reason=error.strerror)
        ) from error
    if len(data) > MAX_FILE:
        raise NotAPackageError(
            _("“{file}” is larger than {limit} MB, too large for a package.").format(
                file=path.name, limit=MAX_FILE // (1024 * 1024)
            )
        )
    return data


def _inspect(name: str, data: bytes, identities: Sequence[str]) -> tuple[Archive, Verification]:
    is_encrypted = data.startswith(AGE_MARK)
    if is_encrypted:
        from desktop_app.exchange.proof.encryption import decrypt

        data = decrypt(name, data, identities)
    archive = open_archive(name, data, MANIFEST)
    content = archive.content(MANIFEST)
    if content is None:
        raise NotAPackageError(
            _("“{file}” is a zip file, but no package: “{member}” is missing.").format(
                file=name, member=MANIFEST
            )
        )
    try:
        manifest = read_manifest(name, content)
    except ManifestError as error:
        reason = (error.reason,) if error.reason else ()
        damaged = (
            changed_words(each.name) for each in archive.members if not each.sound and each.name != MANIFEST
        )
        findings = (error.sentence, *reason, *damaged)
        return archive, Verification(
            False, findings, {}, SignatureState.UNKNOWN, None, is_encrypted, sha256(data)
        )
    findings = _few(_findings(archive, manifest))
    signature = signature_state(manifest, content, archive.content(SIGNATURE))
    findings = (*_signature_findings(signature), *findings)
    if not findings and not archive.as_built:
        findings = (
            _("The files in the package are unchanged, but the container, the zip file around them, is not."),
        )
    return archive, Verification(
        not findings, findings, manifest.facts, signature, manifest.signer, is_encrypted, sha256(data)
    )


def _few(findings: Iterator[str]) -> tuple[str, ...]:
    """The first findings; whoever made the manifest may have listed any number of members."""
    found = tuple(islice(findings, _MOST_FINDINGS + 1))
    if len(found) <= _MOST_FINDINGS:
        return found
    return (*found[:-1], _("There is more that is not as it should be."))


def _findings(archive: Archive, manifest: Manifest) -> Iterator[str]:
    present = {member.name: member.content for member in archive.members}
    for name in dict.fromkeys((*REQUIRED, *manifest.members)):
        content = present.pop(name, None)
        if content is None:
            yield _("“{member}” is missing.").format(member=shown(name))
        elif finding := member_finding(name, content, manifest):
            yield finding
    present.pop(MANIFEST, None)
    if manifest.signer is not None:
        present.pop(SIGNATURE, None)
    for name in present:
        yield _("“{member}” does not belong to the package.").format(member=shown(name))


def member_finding(name: str, content: bytes, manifest: Manifest) -> str:
    """What is wrong with one member, in a sentence; empty when it is as the manifest says."""
    checksum = sha256(content)
    if manifest.members.get(name) != (len(content), checksum):
        return changed_words(name)
    if name != ANSWERS:
        return ""
    if manifest.content != checksum:
        return _("“{member}” is not what the content checksum stands for.").format(member=name)
    return _answers_finding(content, manifest.facts)


def _answers_finding(content: bytes, facts: Mapping[str, Any]) -> str:
    """Whether the answers are those of the report that the manifest names."""
    try:
        answers = read_json(ANSWERS, content)
    except JsonError as error:
        return error.sentence
    if not isinstance(answers, Mapping):
        return _("“{member}” is no report.").format(member=ANSWERS)
    told = {"report": answers.get("id", facts["report"]), "country": answers.get("country")}
    if any(facts[key] != value for key, value in told.items()):
        return _("“{member}” is another report than the one that “{manifest}” names.").format(
            member=ANSWERS, manifest=MANIFEST
        )
    return ""


def signature_state(manifest: Manifest, content: bytes, signature: bytes | None) -> SignatureState:
    """What ``signature`` proves about ``content``, the bytes of the manifest."""
    if manifest.signer is None:
        return SignatureState.NONE
    if signature is None:
        return SignatureState.REMOVED
    from desktop_app.exchange.proof.signing import is_signed

    is_good = is_signed(manifest.signer, signature, content)
    return SignatureState.GOOD if is_good else SignatureState.BROKEN


def _signature_findings(state: SignatureState) -> tuple[str, ...]:
    if state is SignatureState.REMOVED:
        return (
            _("The package was signed, and its signature was taken out: “{member}” is missing.").format(
                member=SIGNATURE
            ),
        )
    if state is SignatureState.BROKEN:
        return (
            _("“{member}” is not the signature of this package by the key that it names.").format(
                member=SIGNATURE
            ),
        )
    return ()


def changed_words(name: str) -> str:
    """That a member is not as it was."""
    return _("“{member}” was changed.").format(member=shown(name))
