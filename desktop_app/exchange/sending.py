"""What a package is besides the answers: which submission, what came before it, and who signs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class Signer(Protocol):
    """Who signs a package: an Ed25519 key (RFC 8032) that stays where it is."""

    @property
    def public_key(self) -> bytes:
        """The 32 bytes of the public key."""

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the public key, in groups a person can compare."""

    def sign(self, content: bytes) -> bytes:
        """The 64 bytes of the signature over ``content``."""


@dataclass(frozen=True, slots=True)
class Previous:
    """The submission before this one: its number, content checksum, and content as in its data.json."""

    number: int
    checksum: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sending:
    """What a package is besides the answers. The default is a draft without a signature.

    ``submission`` counts from 1; None is a draft. ``submitted_at`` and ``submitted_by`` are as they are
    stored with the submission, never a clock's, so that the same submission makes the same bytes.
    """

    submission: int | None = None
    submitted_at: str | None = None
    submitted_by: str | None = None
    previous: Previous | None = None
    attachments: Callable[[str], bytes] | None = None
    """The content of an attachment by its SHA-256."""
    signer: Signer | None = None
    is_public: bool = False
    """Without what is marked confidential."""
    may_drop_signature: bool = False
    """Without a signature it may still take the place of a package that is signed."""
    documents: bool = True
    """With report.docx and report.pdf."""
    recipients: tuple[str, ...] = ()
    """The age keys of all who may read the package, the sender's own included; none: it is not encrypted."""
    opens: Callable[[str, bytes], bytes] | None = None
    """What an encrypted file holds (its name and content given), opened with the sender's own key."""

    @property
    def ending(self) -> str:
        """What the name of the package ends with, such as ``s2`` or ``draft-public``."""
        stage = "draft" if self.submission is None else f"s{self.submission}"
        return f"{stage}-public" if self.is_public else stage
