"""What the page of keys has to tell, read beside the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.runtime.dataclass import dataclass

if TYPE_CHECKING:
    from desktop_app.services.keys import OwnKey, Partner


@dataclass(frozen=True, slots=True)
class KeysState:
    """``complaints``: a sentence for each key of the policy that cannot be read.

    ``has_lone_file``: a key lies under its passphrase where keys are kept, and nothing else is known of it.
    """

    own: OwnKey | None = None
    partners: tuple[Partner, ...] = ()
    complaints: tuple[str, ...] = ()
    has_lone_file: bool = False


def read_state() -> KeysState:
    """The state now. KeyBookError."""
    from desktop_app.services import keys

    own = keys.own_key()
    lone = own is None and keys.key_path().exists()
    return KeysState(own, tuple(keys.partners()), keys.complaints(), lone)


def needs_passphrase(own: OwnKey | None) -> bool:
    """Whether the own key can be used only with its passphrase."""
    return own is not None and own.path is not None
