"""What proves a package that goes out and keeps it from others' eyes: a signature, encryption, or neither."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import Feature
from desktop_app.services.allowed import refuse_switched_off

if TYPE_CHECKING:
    from desktop_app.exchange.proof.signing import SigningKey
    from desktop_app.exchange.sending import Sending
    from desktop_app.services.keys import Signing


@dataclass(frozen=True, slots=True)
class Proof:
    """Who signs and who may read. ``told``: a sentence on each, for the person who sends.

    The first of them is on the signature. The default is neither: such a package is what a command line
    without a key makes. ``may_drop_signature``: it may take the place of a signed one, unsigned.
    """

    signer: SigningKey | None = None
    recipients: tuple[str, ...] = ()
    opens: Callable[[str, bytes], bytes] | None = None
    told: tuple[str, ...] = ()
    may_drop_signature: bool = False

    def onto(self, sending: Sending) -> Sending:
        """``sending`` with it."""
        return dataclasses.replace(
            sending,
            signer=self.signer,
            recipients=self.recipients,
            opens=self.opens,
            may_drop_signature=self.may_drop_signature,
        )


def proof_at_hand(
    passphrase: str | None = None,
    *,
    encrypt: bool = False,
    encrypt_for: Sequence[str] = (),
    may_ask: bool = False,
) -> Proof:
    """The proof that can be given now. A key that is not at hand is told, never asked for.

    ``passphrase`` opens our key where it is kept in a file; ``may_ask``: the system may show its own window.
    With ``encrypt``, for all confirmed keys that can be encrypted to, or those with the fingerprints
    ``encrypt_for``; our own always included. NobodyToEncryptForError, UnknownPartnerError,
    WrongPassphraseError, KeyBookError.
    """
    from desktop_app.services.keys import signing

    sign = partial(signing, passphrase, may_ask=may_ask)
    return proof_with(sign, encrypt=encrypt, encrypt_for=encrypt_for)


def proof_with(
    sign: Callable[[], Signing], *, encrypt: bool = False, encrypt_for: Sequence[str] = ()
) -> Proof:
    """As ``proof_at_hand``, signed by whom ``sign`` says, and with what it raises."""
    from desktop_app.services.keys import recipients

    if encrypt or encrypt_for:
        refuse_switched_off(Feature.ENCRYPTION)
    able = recipients(encrypt_for) if encrypt or encrypt_for else ()
    made = sign()
    if not able:
        return Proof(made.signer, told=(made.told,))
    named = [each for partner in able for each in partner.age_recipients]
    sentence = _("It is encrypted. Those who can open it: {names}.")
    if made.signer is None:
        own = _("You cannot open it yourself, because your own key is not at hand.")
        told = (made.told, sentence.format(names=", ".join(each.name for each in able)), own)
        return Proof(None, tuple(named), None, told)
    from desktop_app.exchange.proof.encryption import recipient_of

    names = ", ".join((*(each.name for each in able), _("you")))
    return Proof(
        made.signer,
        (*named, recipient_of(made.signer)),
        _opener(made.signer),
        (made.told, sentence.format(names=names)),
    )


def _opener(key: SigningKey) -> Callable[[str, bytes], bytes]:
    from desktop_app.exchange.proof.encryption import decrypt, identity_of

    def opened(name: str, content: bytes) -> bytes:
        return decrypt(name, content, (identity_of(key),))

    return opened
