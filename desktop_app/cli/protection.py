"""Commands about the passphrase of a report file."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop_app.cli.commands import Commands
from desktop_app.cli.output import DONE, Output
from desktop_app.cli.secrets import add_passphrase, first_line, key_of, tell_recovery_key
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext

if TYPE_CHECKING:
    from desktop_app.services.protection import Protected
    from desktop_app.storage.protection import Key

NEW_PASSPHRASE = "--new-passphrase-file"
BACKUPS = ("keep", "protect", "delete")


def add_to(commands: Commands) -> None:
    """Offer these commands."""
    protect = commands.add(
        "protect",
        _protect,
        _("protect a report file with a passphrase, or give it another; prints the recovery key once"),
        commands.file,
    )
    add_passphrase(
        protect, NEW_PASSPHRASE, _("the first line of PATH is the new passphrase; needed to change one")
    )
    protect.add_argument(
        "--backups",
        choices=BACKUPS,
        default="keep",
        help=_("what to do with backups made before, which anybody can read; else they are kept as they are"),
    )
    commands.add(
        "unprotect", _unprotect, _("make an ordinary file of a protected report file"), commands.file
    )


def _protect(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services import protection

    key = key_of(options, options.file)
    named = options.new_passphrase_file
    if named is None and key is None:
        named = options.passphrase_file
    if named is None:
        raise DeskError(
            _("Name a file with the new passphrase in its first line: --new-passphrase-file PATH")
        )
    if key is None:
        protected = protection.protect(options.file, first_line(named))
    else:
        protected = protection.change_passphrase(options.file, key, first_line(named))
    output.line(_("“{file}” is protected.").format(file=options.file))
    told = tell_recovery_key(protected.key, output)
    open_backups, notices = _see_to_backups(options, protected)
    for notice in (*notices, protection.exports_are_open()):
        output.line(notice)
    output.result(
        {"report_file": str(options.file), "open_backups": open_backups, "notices": list(notices), **told}
    )
    return DONE


def _see_to_backups(options: argparse.Namespace, protected: Protected) -> tuple[int, tuple[str, ...]]:
    """How many backups anybody can still read, and what there is to say."""
    from desktop_app.services import protection

    key: Key = protected.key
    backups = protection.open_backups(options.file, key)
    notices = protected.notices
    if backups and options.backups != "keep":
        if options.backups == "protect":
            result = protection.protect_backups(backups, key)
        else:
            result = protection.delete_backups(backups)
        notices = (*notices, *result.failed)
        backups = protection.open_backups(options.file, key)
    if backups:
        words = ngettext(
            "{count} backup made before can be read without a passphrase: {folder}",
            "{count} backups made before can be read without a passphrase: {folder}",
            len(backups),
        )
        notices = (*notices, words.format(count=len(backups), folder=backups[0].path.parent))
    return len(backups), notices


def _unprotect(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services import protection

    protection.unprotect(options.file, key_of(options, options.file))
    output.line(_("“{file}” can be read without a passphrase now.").format(file=options.file))
    output.result({"report_file": str(options.file)})
    return DONE
