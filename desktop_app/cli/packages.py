"""Commands about a package that came in: what it is worth, and the receipt for it."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.cli.commands import Commands
from desktop_app.cli.keys import add_key_passphrase, key_passphrase
from desktop_app.cli.output import DONE, NO, Output
from desktop_app.cli.secrets import add_secrets, key_of
from desktop_app.report.receipts import receipt_decision_words
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
    verify.add_argument(
        "--trusted", action="store_true", help=_("1 also when no key that was confirmed here has signed it")
    )
    add_secrets(verify)
    add_key_passphrase(verify)
    receipt = commands.add(
        "receipt", _receipt, _("make the signed receipt for a package; 1 if it was changed")
    )
    receipt.add_argument("package", metavar=_("PACKAGE"), type=Path)
    receipt.add_argument(
        "--correction", metavar=_("WORDS"), help=_("return the report, and say what is to be corrected")
    )
    receipt.add_argument(
        "--who", default="", metavar=_("NAME"), help=_("who makes it; else the account's name")
    )
    receipt.add_argument(
        "--to", metavar=_("PATH"), type=Path, help=_("its file or folder; else beside the package")
    )
    receipt.add_argument("--replace", action="store_true", help=_("replace a receipt that is there"))
    add_key_passphrase(receipt)


def _verify(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.verifying import verify

    key = key_of(options, options.report) if options.report is not None else None
    verified = verify(options.package, options.report, key=key, passphrase=key_passphrase(options))
    for line in verified.lines:
        output.line(line)
    output.result(verified.to_plain())
    is_enough = verified.is_trusted or not options.trusted
    return DONE if verified.is_good and is_enough else NO


def _receipt(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.receipts import PackageNotIntactError, make_receipt

    try:
        made = make_receipt(
            options.package,
            options.to,
            correction=options.correction,
            who=options.who,
            passphrase=key_passphrase(options),
            replace=options.replace,
        )
    except PackageNotIntactError as error:
        output.failure(error.sentence)
        return NO
    output.line(_("Receipt: {path}").format(path=made.path))
    output.line(receipt_decision_words(made.decision))
    for line in (made.told, *made.verified.signature_lines, *made.verified.about_lines):
        output.line(line)
    output.result(
        {
            "receipt": str(made.path),
            "decision": made.decision,
            "proof": made.told,
            "package": made.verified.to_plain(),
        }
    )
    return DONE
