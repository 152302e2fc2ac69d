"""A package that is brought into a report file: whole, ours to open, of the right country, not held yet."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.report.submissions import SubmissionRecord
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.held_submissions import Standing, compare_with_file
from desktop_app.services.verifying import own_identities, signed_by

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key

ENCRYPTED = ".age"


class NotForThisFileError(DeskError):
    """The package is of another country than the report file, or of a report that it holds already."""


@dataclass(frozen=True, slots=True)
class PackageIn:
    """A package that was read. ``name`` and ``content`` are those of the package before it was encrypted.

    ``plain``: its answers; ``attached``: the attached files by their SHA-256; ``submission``: which one it
    is, None for a draft or a public copy; ``notices``: who signed it, and whatever else should be known.
    """

    name: str
    content: bytes
    plain: Mapping[str, Any]
    attached: Mapping[str, bytes] = field(default_factory=dict)
    submission: SubmissionRecord | None = None
    notices: tuple[str, ...] = ()


def read_package_in(
    document: Path,
    report_file: Path,
    *,
    key: Key | None = None,
    passphrase: str | None = None,
    may_ask: bool = False,
) -> PackageIn:
    """The package ``document``, to be brought into ``report_file``, which need not be there yet.

    ``passphrase`` opens our own key, for an encrypted package; ``may_ask``: the system may show its own
    window for that. NotForThisFileError, and whatever ``verify`` and reading the answers raise; nothing is
    changed anywhere.
    """
    from desktop_app.exchange.attachment_names import FOLDER
    from desktop_app.exchange.manifest import sha256
    from desktop_app.exchange.package_reading import AGE_MARK, opened_package, read_file

    name, content = document.name, read_file(document)
    is_encrypted = content.startswith(AGE_MARK)
    if is_encrypted:
        from desktop_app.exchange.proof.encryption import decrypt

        content = decrypt(name, content, own_identities(name, passphrase, may_ask=may_ask))
        name = name.removesuffix(ENCRYPTED)
    plain, found, archive = opened_package(name, content)
    if os.path.lexists(report_file):
        _refuse_unfit(found.manifest, document, report_file, key)
    signer = signed_by(found)
    notices = [signer.words if signer else _("The package carries no signature.")]
    attached = {
        sha256(member.content): member.content for member in archive.members if member.name.startswith(FOLDER)
    }
    return PackageIn(name, content, plain, attached, _submission(found.manifest), tuple(notices))


def _submission(facts: Mapping[str, Any]) -> SubmissionRecord | None:
    number, submitted = facts.get("submission"), facts.get("submitted")
    if not number or facts.get("public") is True or not isinstance(submitted, Mapping):
        return None
    at, who = (str(submitted.get(key) or "") for key in ("at", "by"))
    return SubmissionRecord(number, at, who, facts["content"])


def _refuse_unfit(facts: Mapping[str, Any], document: Path, report_file: Path, key: Key | None) -> None:
    compared = compare_with_file(facts, report_file, key)
    if compared.standing is Standing.WRONG_COUNTRY:
        raise NotForThisFileError(compared.told)
    if compared.report is not None:
        sentence = _(
            "“{package}” was not brought in, because “{file}” holds the report already, as report"
            " {report}. {standing}"
        ).format(
            package=document.name,
            file=report_file.name,
            report=compared.report,
            standing=compared.told,
        )
        raise NotForThisFileError(f"{sentence} {_way_on(compared.standing)}")


def _way_on(standing: Standing) -> str:
    """What to do with a package of a report that is held; answers are never mixed."""
    if standing is Standing.SAME:
        return _("There is nothing new in it to bring in.")
    apart = of_its_own()
    if standing is not Standing.NEWER:
        return apart
    where = _("What is new in it stands in its workbook, on the sheet “Changes”.")
    return f"{apart} {where}"


def of_its_own() -> str:
    """What to do with a document of a report that the file holds already."""
    return _("To read and keep it, bring it in as a report file of its own, under a new name.")
