"""Commands about a package that came in: what it is worth, and the receipt for it."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.cli.commands import Commands
from desktop_app.cli.keys import add_key_passphrase, key_passphrase
from desktop_app.cli.output import DONE, NO, Output
from desktop_app.cli.secrets import add_secrets, key_of
from desktop_app.runtime.i18n import _


def add_to(commands: Commands) -> None:
    """Offer these commands."""
    verify = commands.add(
        "verify", _verify, _("say whether a package is intact, who signed it, and what it is; 1 if changed")
    )
    verify.add_argument("package", metavar=_("PACKAGE"), type=Path)
    verify.add_argument(
        "--report",
        metavar=_("FILE"),
        type=Path,
        help=_(
            "the report file (.adesk) it should belong to; 1 if it is older than held there, or another's"
        ),
    )
    add_secrets(verify)
    add_key_passphrase(verify)


def _verify(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.verifying import verify

    key = key_of(options, options.report) if options.report is not None else None
    verified = verify(options.package, options.report, key=key, passphrase=key_passphrase(options))
    for line in verified.lines:
        output.line(line)
    output.result(verified.to_plain())
    return DONE if verified.is_good else NO
