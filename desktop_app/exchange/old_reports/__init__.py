"""Old reports in: documents that were written before this program, and reports as JSON.

``read_source`` reads a document into blocks, ``recognise`` finds the form's questions in it.
"""

from desktop_app.exchange.old_reports.blocks import Block, BlockKind
from desktop_app.exchange.old_reports.json_report import form_named, read_json_report
from desktop_app.exchange.old_reports.recogniser import Recognised, recognise
from desktop_app.exchange.old_reports.source import (
    MAX_BYTES,
    DocumentError,
    SourceDocument,
    is_old_report,
    read_source,
)

__all__ = [
    "MAX_BYTES",
    "Block",
    "BlockKind",
    "DocumentError",
    "Recognised",
    "SourceDocument",
    "form_named",
    "is_old_report",
    "read_json_report",
    "read_source",
    "recognise",
]
