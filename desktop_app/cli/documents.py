"""Commands about documents of a report: for printing, clearance, a meeting, a signature, a web site."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.cli.commands import Commands
from desktop_app.cli.output import DONE, Output
from desktop_app.cli.secrets import key_of
from desktop_app.runtime.i18n import _, ngettext

_KINDS = ("pdf", "docx", "html", "blank", "sign-off")


def add_to(commands: Commands) -> None:
    """Offer these commands."""
    document = commands.add("document", _document, _("make a document of a report"), commands.report)
    document.add_argument(
        "kind",
        metavar=_("KIND"),
        choices=_KINDS,
        help=_("pdf, docx or html; blank: the empty form as PDF; sign-off: the page to sign as PDF"),
    )
    document.add_argument(
        "--to",
        metavar=_("PATH"),
        type=Path,
        help=_("a file with the right ending, or a folder; else beside the report file"),
    )
    document.add_argument("--short", action="store_true", help=_("only what was answered"))
    document.add_argument("--public", action="store_true", help=_("without what is marked confidential"))
    document.add_argument("--replace", action="store_true", help=_("replace a different file that is there"))


def _document(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.documents import Kind, save_document

    saved = save_document(
        options.file,
        Kind(options.kind),
        options.report,
        options.to,
        short=options.short,
        public=options.public,
        replace=options.replace,
        key=key_of(options, options.file),
    )
    for path in saved.paths:
        words = (
            _("The same document is already there: {path}") if saved.already_there else _("Document: {path}")
        )
        output.line(words.format(path=path))
    if saved.pages:
        output.line(ngettext("{count} page", "{count} pages", saved.pages).format(count=saved.pages))
    for notice in saved.notices:
        output.line(notice)
    output.result(
        {
            "documents": [str(path) for path in saved.paths],
            "pages": saved.pages or None,
            "already_there": saved.already_there,
            "notices": list(saved.notices),
        }
    )
    return DONE
