"""Old reports in: documents that were written before this program, and reports as JSON.

``read_source`` reads a document into blocks, ``recognise`` finds the form's questions in it. Each is loaded
when it is first asked for: pasting a list needs little of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop_app.exchange.old_reports.blocks import Block, BlockKind
    from desktop_app.exchange.old_reports.identity import UntoldError
    from desktop_app.exchange.old_reports.json_report import form_named, read_json_report
    from desktop_app.exchange.old_reports.recogniser import Recognised, recognise
    from desktop_app.exchange.old_reports.source import (
        MAX_BYTES,
        DocumentError,
        SourceDocument,
        is_old_report,
        read_source,
    )

_LATER = {
    "MAX_BYTES": "source",
    "Block": "blocks",
    "BlockKind": "blocks",
    "DocumentError": "source",
    "Recognised": "recogniser",
    "SourceDocument": "source",
    "UntoldError": "identity",
    "form_named": "json_report",
    "is_old_report": "source",
    "read_json_report": "json_report",
    "read_source": "source",
    "recognise": "recogniser",
}

__all__ = [
    "MAX_BYTES",
    "Block",
    "BlockKind",
    "DocumentError",
    "Recognised",
    "SourceDocument",
    "UntoldError",
    "form_named",
    "is_old_report",
    "read_json_report",
    "read_source",
    "recognise",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
