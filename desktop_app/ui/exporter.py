"""The export of the open report, as the page to send needs it: only what is on disk leaves in a package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.export import (
    Export,
    ExportOutcome,
    Order,
    PackageInTheWayError,
    SignedPackageInTheWayError,
)
from desktop_app.ui.jobs import Report

if TYPE_CHECKING:
    from desktop_app.services.exporting import Exported
    from desktop_app.services.proof import Proof

PATIENCE = 10.0
"""Seconds the disk has for the last words before an export says that they are missing."""


class NotSavedYetError(DeskError):
    """The report file does not hold the last words yet."""


def exporter(opened: OpenReport) -> Export:
    """Exports ``opened``; called in a thread of its own, it reads the file by itself."""

    def export(order: Order, report: Report) -> ExportOutcome:
        from desktop_app.services.proof import Proof

        if not opened.journal.flush(PATIENCE):
            words = _("Your last changes are not on the disk yet, so there is no package of them. {reason}")
            raise NotSavedYetError(words.format(reason=opened.journal.durability.failure or "").strip())
        no_backup = _secured(opened, order)
        proof = order.proof or Proof()
        exported = _exported(opened, order, proof, report)
        signer, told = proof.signer, proof.told
        # Whoever gets it cannot tell who made it: that is more than a plain word.
        unsigned, told = (told[:1], told[1:]) if signer is None else ((), told)
        return ExportOutcome(
            exported.path,
            exported.checksum,
            (*unsigned, *no_backup, *exported.notices),
            exported.submission,
            order.is_public,
            bool(proof.recipients),
            signer.fingerprint if signer is not None else "",
            told,
        )

    return export


def _secured(opened: OpenReport, order: Order) -> tuple[str, ...]:
    """Of what was just submitted, a backup is kept for ever; why there is none, if there is none."""
    if order.submission is None or not order.is_new:
        return ()
    from desktop_app.services.submitting import secure

    place = opened.path if opened.place is not None else None
    sentence = secure(opened.local_path, order.submission, key=opened.key, place=place)
    return (sentence,) if sentence else ()


def _exported(opened: OpenReport, order: Order, proof: Proof, report: Report) -> Exported:
    """PackageInTheWayError, SignedPackageInTheWayError."""
    from desktop_app.exchange.package import PackageExistsError, SignedPackageExistsError
    from desktop_app.services.exporting import export_file

    try:
        return export_file(
            # Of a file on a share, the copy on this computer has the last words.
            opened.local_path,
            opened.session.report.number,
            order.folder,
            replace=order.replace,
            progress=report,
            key=opened.key,
            proof=proof,
            submission=order.submission,
            is_public=order.is_public,
        )
    except SignedPackageExistsError as error:
        raise SignedPackageInTheWayError(error.sentence) from error
    except PackageExistsError as error:
        raise PackageInTheWayError(error.sentence) from error
