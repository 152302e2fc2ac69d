"""Verify a package: intact or what was changed, signed by whom, and how it stands to what is held here."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.exchange.archive import shown
from desktop_app.report.submissions import taken_back_words
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, language
from desktop_app.services.held_submissions import Compared, Standing, compare_with_file

if TYPE_CHECKING:
    from desktop_app.exchange.package_reading import Verification
    from desktop_app.services.key_book import Partner
    from desktop_app.storage.protection import Key

__all__ = ["Compared", "OwnKeyNeededError", "SignedBy", "Standing", "Verified", "verified_bytes", "verify"]


class OwnKeyNeededError(DeskError):
    """A package is encrypted, and our own key is not at hand."""


@dataclass(frozen=True, slots=True)
class SignedBy:
    """Whose key signed a package. ``is_own``: our own; ``name`` is empty when nobody knows the key here."""

    fingerprint: str
    name: str = ""
    is_known: bool = False
    is_confirmed: bool = False
    is_own: bool = False

    @property
    def words(self) -> str:
        """Who it is, in a sentence."""
        if self.is_own:
            return _("Signed with your own key ({fingerprint}).").format(fingerprint=self.fingerprint)
        if not self.is_known:
            return _(
                "Signed with a key that nobody has added here: {fingerprint}. Ask the sender, in person or by"
                " telephone, whether it is theirs."
            ).format(fingerprint=self.fingerprint)
        if not self.is_confirmed:
            return _(
                "Signed with the key of {name} ({fingerprint}), which was not confirmed yet. Compare the"
                " fingerprint with them."
            ).format(name=self.name, fingerprint=self.fingerprint)
        return _("Signed by {name} ({fingerprint}), whose key is confirmed.").format(
            name=self.name, fingerprint=self.fingerprint
        )

    def to_plain(self) -> dict[str, Any]:
        """It in JSON."""
        return {
            "fingerprint": self.fingerprint,
            "name": self.name,
            "known": self.is_known,
            "confirmed": self.is_confirmed,
            "own": self.is_own,
        }


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict on a package, with lines for a person.

    ``signature`` is ``none``, ``good``, ``broken``, ``removed`` or ``unknown`` (when the manifest itself was
    changed); ``signed_by`` is known for a good one. ``sha256``: of the package before it was encrypted.
    ``compared``: how it stands to the report file it was held against, if there was one.
    """

    path: Path
    intact: bool
    findings: tuple[str, ...]
    facts: dict[str, Any]
    signature: str = "none"
    signed_by: SignedBy | None = None
    is_encrypted: bool = False
    sha256: str = ""
    compared: Compared | None = None

    @property
    def is_signed(self) -> bool:
        """Whether its signature is good, whoever's it is."""
        return self.signed_by is not None

    @property
    def is_trusted(self) -> bool:
        """Whether it is intact, and a key that was confirmed here, or our own, signed it."""
        return self.intact and self.signed_by is not None and self.signed_by.is_confirmed

    @property
    def may_have_receipt(self) -> bool:
        """Whether somebody else sent it, and it is a whole submission as it was sent."""
        is_own = self.signed_by is not None and self.signed_by.is_own
        return self.intact and self.submission is not None and not self.is_public and not is_own

    @property
    def is_public(self) -> bool:
        """Whether it is a public copy, without what is confidential."""
        return self.facts.get("public") is True

    @property
    def submission(self) -> int | None:
        """Which submission it is; None for a draft."""
        return self.facts.get("submission")

    @property
    def is_good(self) -> bool:
        """Intact, and no other report or submission than the file it was held against should have."""
        return self.intact and (self.compared is None or self.compared.fits)

    @property
    def headline(self) -> str:
        """The verdict in one sentence."""
        sentence = (
            _("Intact: {file} is as it was exported.")
            if self.intact
            else _("Changed: {file} is not as it was exported.")
        )
        return sentence.format(file=self.path.name)

    @property
    def lines(self) -> list[str]:
        """What to print."""
        return [self.headline, *self.findings, *self.signature_lines, *self.about_lines]

    @property
    def signature_lines(self) -> list[str]:
        """Who signed it, as far as that is known."""
        if self.signed_by is not None and not self.intact:
            sentence = _("Only the list of its contents is still as it was signed. {signed}")
            return [sentence.format(signed=self.signed_by.words)]
        if self.signed_by is not None:
            return [self.signed_by.words]
        return [_("It carries no signature.")] if self.signature == "none" else []

    @property
    def what_lines(self) -> list[str]:
        """What it is."""
        lines = [_what_it_is(self.facts), *_of_earlier(self.facts)] if self.facts else []
        if self.is_public:
            lines.append(_("It is a public copy: what is confidential was left out."))
        if self.is_encrypted:
            lines.append(_("It is encrypted, and was opened with your key."))
        return lines

    @property
    def about_lines(self) -> list[str]:
        """What it is, and how it stands to what is held."""
        return self.what_lines if self.compared is None else [*self.what_lines, self.compared.told]

    def to_plain(self) -> dict[str, Any]:
        """The verdict in JSON."""
        plain = {
            "package": str(self.path),
            "intact": self.intact,
            "signed": self.is_signed,
            "signature": self.signature,
            "trusted": self.is_trusted,
            "signed_by": self.signed_by.to_plain() if self.signed_by else None,
            "public": self.is_public,
            "encrypted": self.is_encrypted,
            "sha256": self.sha256,
            "findings": list(self.findings),
            "manifest": self.facts,
        }
        return plain if self.compared is None else {**plain, "compared": self.compared.to_plain()}


def verify(
    path: Path,
    report_file: Path | None = None,
    *,
    key: Key | None = None,
    passphrase: str | None = None,
    may_ask: bool = False,
) -> Verified:
    """Look at every byte of the package, and hold it against ``report_file`` when one is given.

    ``key`` opens the report file when it is protected; ``passphrase`` our own key, which opens an encrypted
    package; ``may_ask``: the system may show its own window for that. DeskError when it is no package at all,
    or not for us, or the report file cannot be read.
    """
    from desktop_app.exchange.package_reading import read_file

    found = verified_bytes(path, read_file(path), passphrase=passphrase, may_ask=may_ask)
    if report_file is None or not found.facts:
        return found
    return _held_against(found, report_file, key)


def _held_against(found: Verified, report_file: Path, key: Key | None) -> Verified:
    return dataclasses.replace(found, compared=compare_with_file(found.facts, report_file, key))


def verified_bytes(
    path: Path, data: bytes, *, passphrase: str | None = None, may_ask: bool = False
) -> Verified:
    """The verdict on ``data``, which came from ``path``. Raises as ``verify``."""
    from desktop_app.exchange.package_reading import AGE_MARK, verify_bytes

    is_encrypted = data.startswith(AGE_MARK)
    identities = own_identities(path.name, passphrase, may_ask=may_ask) if is_encrypted else ()
    found = verify_bytes(path.name, data, identities)
    return Verified(
        path,
        found.intact,
        found.findings,
        dict(found.manifest),
        found.signature.value,
        signed_by(found),
        found.is_encrypted,
        found.sha256,
    )


def own_identities(name: str, passphrase: str | None = None, *, may_ask: bool = False) -> tuple[str, ...]:
    """Our own age identity, to open the encrypted package ``name``.

    OwnKeyNeededError, WrongPassphraseError, KeyBookError.
    """
    from desktop_app.exchange.proof.encryption import identity_of
    from desktop_app.services.keys import KeyNotAtHandError, NoOwnKeyError, open_key

    try:
        return (identity_of(open_key(passphrase, may_ask=may_ask)),)
    except (NoOwnKeyError, KeyNotAtHandError) as error:
        raise OwnKeyNeededError(
            _("“{file}” is encrypted, and your own key is needed to open it. {reason}").format(
                file=name, reason=error.sentence
            )
        ) from error


def signed_by(found: Verification) -> SignedBy | None:
    """Whose signature it is; None unless it is a good one. KeyBookError."""
    from desktop_app.exchange.package_reading import SignatureState
    from desktop_app.services.key_book import read_book

    if found.signature is not SignatureState.GOOD or found.signer is None:
        return None
    book = read_book()
    is_own = book.own is not None and book.own.public_key == found.signer
    return holder_of(found.signer, book.holder(found.signer), is_own=is_own)


def holder_of(public_key: bytes, partner: Partner | None, *, is_own: bool) -> SignedBy:
    """What is known here of whose key it is."""
    from desktop_app.exchange.proof.public_key import fingerprint

    if partner is None:
        return SignedBy(fingerprint(public_key), is_known=is_own, is_confirmed=is_own, is_own=is_own)
    return SignedBy(
        fingerprint(public_key),
        partner.name,
        is_known=True,
        is_confirmed=partner.confirmed or is_own,
        is_own=is_own,
    )


def _names(facts: Mapping[str, Any]) -> tuple[str, str]:
    """The country and the form as people call them, where the form is here; else their codes."""
    from desktop_app.formdef.labels import Labels
    from desktop_app.services.reports import form_library

    code, named = facts["country"], facts["form"]
    try:
        form = form_library().form(named["id"], named["version"])
    except DeskError:
        return shown(code), f"{shown(named['id'])} {shown(named['version'])}"
    labels = Labels(form, language() if language() in form.languages else form.languages[0])
    known = {choice.code for choice in form.choice_lists[form.respondents].choices}
    title = _("“{form}” (version {version})").format(form=labels.form_short(), version=form.version)
    return labels.country(code) if code in known else shown(code), title


def _what_it_is(facts: Mapping[str, Any]) -> str:
    number, previous = facts.get("submission"), facts.get("previous")
    country, form = _names(facts)
    words = {
        "country": country,
        "form": form,
        "cycle": shown(facts["cycle"]),
        "number": number,
        "previous": previous["submission"] if previous else None,
    }
    if number is None:
        return _("A draft of the report of {country} to {form}, cycle {cycle}.").format(**words)
    if previous is None:
        return _("Submission {number} of the report of {country} to {form}, cycle {cycle}.").format(**words)
    return _(
        "Submission {number} of the report of {country} to {form}, cycle {cycle}. It follows submission"
        " {previous}."
    ).format(**words)


def _of_earlier(facts: Mapping[str, Any]) -> list[str]:
    """What it says of the submissions before it."""
    lines = []
    if facts.get("about"):
        lines.append(_("What it is about: {words}").format(words=shown(" ".join(facts["about"].split()))))
    if facts.get("taken_back"):
        words = taken_back_words(facts["taken_back"])
        lines.append(_("Taken back before it: {submissions}").format(submissions=words))
    return lines
