"""Receipts for packages: a secretariat makes one, a country reads it and files it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.report.receipts import ReceiptDecision, receipt_decision_words
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import atomic_write
from desktop_app.runtime.i18n import _
from desktop_app.services.verifying import SignedBy, Verified, holder_of, verify

if TYPE_CHECKING:
    from desktop_app.exchange.proof.receipts import Receipt


class NoReceiptError(DeskError):
    """No receipt is made for such a package."""


class PackageNotIntactError(NoReceiptError):
    """A package was changed, so that nobody may say that it was received."""


@dataclass(frozen=True, slots=True)
class ReceiptMade:
    """The receipt that was written. ``told``: a sentence on its signature; ``verified``: of the package."""

    path: Path
    decision: str
    told: str
    verified: Verified


@dataclass(frozen=True, slots=True)
class ReceiptRead:
    """A receipt that came in. ``signed_by`` is None when it carries no signature."""

    receipt: Receipt
    signed_by: SignedBy | None

    @property
    def is_trusted(self) -> bool:
        """Whether a key that was confirmed here signed it."""
        return self.signed_by is not None and self.signed_by.is_confirmed

    @property
    def lines(self) -> list[str]:
        """What it says and what that is worth, for a person."""
        receipt = self.receipt
        head = _("{decision}: submission {number}, {package}").format(
            decision=receipt_decision_words(receipt.decision),
            number=receipt.submission,
            package=receipt.package,
        )
        by = _("By {who}, {day}").format(who=receipt.who or "?", day=receipt.at[:10])
        proof = (
            self.signed_by.words
            if self.signed_by
            else _("It carries no signature: anybody can have made it.")
        )
        return [head, by, *([receipt.words] if receipt.words else []), proof]


def make_receipt(
    package: Path,
    to: Path | None = None,
    *,
    correction: str | None = None,
    who: str = "",
    at: str = "",
    passphrase: str | None = None,
    may_ask: bool = False,
    replace: bool = False,
) -> ReceiptMade:
    """Write the receipt for ``package`` into the file or folder ``to``, else beside the package.

    With ``correction``, the words that say what is to be corrected, the report is returned. Signed with our
    own key when it is at hand. ``at``: UTC; now when it is empty. NoReceiptError, PackageNotIntactError,
    AlreadyThereError, CannotWriteError, and what verifying raises.
    """
    from desktop_app.exchange.proof.receipts import ENDING, LONGEST_WORDS, receipt_in, write_receipt
    from desktop_app.report.changes import utc_now
    from desktop_app.runtime.person import account_name
    from desktop_app.services.keys import signing

    verified = verify(package, passphrase=passphrase)
    _refuse(verified)
    words = _plain(correction or "")
    if correction is not None and not words:
        raise NoReceiptError(_("Say what is to be corrected: a report is not returned without words."))
    if len(words) > LONGEST_WORDS:
        raise NoReceiptError(
            _("The words of a receipt may be {count} characters long at most.").format(count=LONGEST_WORDS)
        )
    decision = ReceiptDecision.RECEIVED if correction is None else ReceiptDecision.CORRECTION_REQUESTED
    made = signing(passphrase, may_ask=may_ask)
    content = write_receipt(
        _facts(verified)
        | {
            "decision": decision.value,
            "words": words,
            "who": _plain(who or account_name()),
            "at": at or utc_now(),
        },
        made.signer,
    )
    name = _bare_name(package.name) + ENDING
    target = package.with_name(name) if to is None else to / name if to.is_dir() else to
    receipt_in(target.name, content)
    atomic_write(target, content, replace=replace)
    return ReceiptMade(target, decision.value, made.told, verified)


def read_receipt_file(path: Path) -> ReceiptRead:
    """The receipt in the file at ``path``, and whose it is. ReceiptError, KeyBookError."""
    from desktop_app.exchange.proof.receipts import read_receipt
    from desktop_app.services.key_book import read_book

    receipt = read_receipt(path)
    if receipt.signer is None:
        return ReceiptRead(receipt, None)
    book = read_book()
    is_own = book.own is not None and book.own.public_key == receipt.signer
    return ReceiptRead(receipt, holder_of(receipt.signer, book.holder(receipt.signer), is_own=is_own))


def _refuse(verified: Verified) -> None:
    name = verified.path.name
    if not verified.intact:
        raise PackageNotIntactError(
            _("“{file}” is not as it was exported, so no receipt is made for it. {finding}").format(
                file=name, finding=verified.findings[0]
            )
        )
    if verified.submission is None or verified.is_public:
        raise NoReceiptError(
            _("“{file}” is no submission, but a draft or a public copy. No receipt is made for it.").format(
                file=name
            )
        )


def _facts(verified: Verified) -> dict[str, Any]:
    facts = verified.facts
    return {
        "package": _bare_name(verified.path.name) + ".zip",
        "package_sha256": verified.sha256,
        "content": facts["content"],
        "report": facts["report"],
        "country": facts["country"],
        "form": facts["form"]["id"],
        "form_version": facts["form"]["version"],
        "cycle": facts["cycle"],
        "submission": facts["submission"],
    }


def _plain(words: str) -> str:
    """Without what is no letter and no line end."""
    lines = ("".join(each if each >= " " else " " for each in line) for line in words.splitlines())
    return "\n".join(line.rstrip() for line in lines).strip()


def _bare_name(name: str) -> str:
    """The name of a package without its endings."""
    return name.removesuffix(".age").removesuffix(".zip")
