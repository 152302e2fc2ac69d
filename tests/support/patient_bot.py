"""pytest-qt's bot with the patience a busy machine needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from pytestqt.wait_signal import SignalBlocker

PATIENCE = 60_000
"""Milliseconds after which what a test waits for will not come."""


class PatientBot(QtBot):
    """Waits longer than the five seconds of pytest-qt, which a computer busy with other work may need.

    A test that passes waits no longer for it: each wait ends as soon as its state or signal is there.
    """

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        """As of pytest-qt."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(
        self,
        signal: Any,
        *,
        timeout: int = PATIENCE,
        raising: bool | None = None,
        check_params_cb: Callable[..., bool] | None = None,
    ) -> SignalBlocker:
        """As of pytest-qt."""
        return super().waitSignal(signal, timeout=timeout, raising=raising, check_params_cb=check_params_cb)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE) -> Any:
        """As of pytest-qt."""
        return super().waitExposed(widget, timeout=timeout)

    def waitActive(self, widget: Any, *, timeout: int = PATIENCE) -> Any:
        """As of pytest-qt."""
        return super().waitActive(widget, timeout=timeout)
