"""Commands about keys: our own, which signs, and those of others, which are believed once compared."""

from __future__ import annotations

import argparse
import dataclasses
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli.commands import Commands
from desktop_app.cli.output import DONE, NO, Output
from desktop_app.cli.secrets import add_passphrase, first_line
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

if TYPE_CHECKING:
    from desktop_app.services.key_book import Partner
    from desktop_app.services.keys import OwnKey
    from desktop_app.services.proof import Proof

PASSPHRASE = "--key-passphrase-file"
VARIABLE = "ALLIANCE_DESK_KEY_PASSPHRASE_FILE"
"""Environment variable that names such a file in place of the option."""


class PassphraseMissingError(DeskError):
    """A command about a private key needs a passphrase, and nobody is asked for one."""


def add_to(commands: Commands) -> None:
    """Offer these commands."""
    keys = commands.add("keys", _keys, _("the keys that sign and that are believed"))
    tasks = keys.add_subparsers(metavar=_("TASK"), required=True)
    common = argparse.ArgumentParser(add_help=False)
    # Without a value unless it is given here: "keys --json show" is meant as well.
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=_("print JSON"))

    def add(name: str, task: Callable[..., int], words: str) -> argparse.ArgumentParser:
        parser = tasks.add_parser(name, help=words, description=words, parents=[common])
        parser.set_defaults(task=task)
        return parser

    add("show", _show, _("our own key: its fingerprint, and where it is kept"))
    make = add("make", _make, _("make our own key, in the system's key store or under a passphrase"))
    make.add_argument("--name", default="", help=_("how others will see whose key it is"))
    add_key_passphrase(make)
    share = add("share", _share, _("write our public key to a file for others (.json, or .pem)"))
    share.add_argument("path", metavar=_("PATH"), type=Path)
    share.add_argument("--name", default="", help=_("how others will see whose key it is"))
    add_key_passphrase(share)
    export = add("export", _export, _("write a backup of our own key, under a passphrase"))
    export.add_argument("path", metavar=_("PATH"), type=Path)
    add_passphrase(
        export, "--backup-passphrase-file", _("the first line of PATH is the passphrase of the backup")
    )
    add_key_passphrase(export)
    restore = add("restore", _restore, _("take up our own key from its backup"))
    restore.add_argument("path", metavar=_("PATH"), type=Path)
    restore.add_argument(
        "--in-file",
        action="store_true",
        help=_("keep it in a file under its passphrase, not in the key store"),
    )
    restore.add_argument("--replace", action="store_true", help=_("set another key that is there aside"))
    add_key_passphrase(restore)
    add("list", _list, _("the keys of others"))
    added = add("add", _add, _("add the key of somebody else from a file"))
    added.add_argument("path", metavar=_("PATH"), type=Path)
    for name, task, words in (
        ("confirm", _confirm, _("say that the fingerprint of a key was compared with its owner")),
        ("remove", _remove, _("take a key of somebody else out")),
    ):
        add(name, task, words).add_argument("fingerprint", metavar=_("FINGERPRINT"), nargs="+")


def add_key_passphrase(parser: argparse.ArgumentParser) -> None:
    """Offer a file with the passphrase of our own key, for those who keep it in a file."""
    add_passphrase(
        parser,
        PASSPHRASE,
        _("the first line of PATH is the passphrase of the signing key; else {variable} names PATH").format(
            variable=VARIABLE
        ),
    )


def key_passphrase(options: argparse.Namespace) -> str | None:
    """The passphrase of our own key that the options or the environment name. SecretFileError."""
    named = options.key_passphrase_file or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    return first_line(named) if named is not None else None


def add_proof(parser: argparse.ArgumentParser) -> None:
    """Offer what proves a package that goes out, and who may read it."""
    add_key_passphrase(parser)
    parser.add_argument(
        "--unsigned",
        action="store_true",
        help=_("do not sign it; with --replace, not even where the package that is there is signed"),
    )
    parser.add_argument(
        "--encrypt", action="store_true", help=_("encrypt it for all whose keys are confirmed, and yourself")
    )
    parser.add_argument(
        "--encrypt-for",
        metavar=_("FINGERPRINT"),
        action="append",
        default=[],
        help=_("encrypt it for this confirmed key, and yourself; may be given more than once"),
    )


def proof_of(options: argparse.Namespace) -> Proof:
    """The proof that the options ask for and that can be given without asking anybody."""
    from desktop_app.services.keys import unsigned
    from desktop_app.services.proof import proof_at_hand, proof_with

    if options.unsigned:
        proof = proof_with(unsigned, encrypt=options.encrypt, encrypt_for=options.encrypt_for)
        return dataclasses.replace(proof, may_drop_signature=True)
    return proof_at_hand(key_passphrase(options), encrypt=options.encrypt, encrypt_for=options.encrypt_for)


def _keys(options: argparse.Namespace, output: Output) -> int:
    task: Callable[[argparse.Namespace, Output], int] = options.task
    return task(options, output)


def _tell_own(own: OwnKey, output: Output) -> None:
    output.line(_("Your key: {fingerprint}").format(fingerprint=own.fingerprint))
    output.line(_("It is kept {where}").format(where=own.where))


def _tell_partner(partner: Partner, output: Output) -> None:
    state = _("confirmed") if partner.confirmed else _("not confirmed yet")
    if partner.fixed:
        state = _("confirmed by your IT department")
    output.line(f"{partner.fingerprint}  {partner.name} ({state})")


def _show(_options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.keys import own_key

    own = own_key()
    if own is None:
        output.line(_("There is no signing key on this computer. “keys make” makes one."))
        output.result({"own": None})
        return NO
    _tell_own(own, output)
    output.result({"own": own.to_plain()})
    return DONE


def _make(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.keys import NoKeyStoreError, make_key

    try:
        own = make_key(key_passphrase(options), name=options.name)
    except NoKeyStoreError as error:
        hint = _(
            "To keep it under a passphrase, write one into the first line of a file: {option} PATH"
        ).format(option=PASSPHRASE)
        raise NoKeyStoreError(f"{error.sentence} {hint}") from error
    _tell_own(own, output)
    output.line(_("Make a backup of it now (“keys export”), and give others your public key (“keys share”)."))
    output.result({"own": own.to_plain()})
    return DONE


def _share(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.keys import share_key

    own = share_key(options.path, options.name, passphrase=key_passphrase(options))
    output.line(_("Public key: {path}").format(path=options.path))
    output.line(
        _("Tell its fingerprint to those who get it, in person or by telephone: {fingerprint}").format(
            fingerprint=own.fingerprint
        )
    )
    output.result({"own": own.to_plain(), "file": str(options.path)})
    return DONE


def _export(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.keys import export_key

    opened = key_passphrase(options)
    named = options.backup_passphrase_file
    passphrase = first_line(named) if named is not None else opened
    if passphrase is None:
        raise PassphraseMissingError(
            _("Name a file with the passphrase of the backup in its first line: {option} PATH").format(
                option="--backup-passphrase-file"
            )
        )
    own = export_key(options.path, passphrase, open_with=opened)
    output.line(_("Backup of your key: {path}").format(path=options.path))
    output.line(_("Keep it and its passphrase in two different safe places."))
    output.result({"own": own.to_plain(), "file": str(options.path)})
    return DONE


def _restore(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.keys import restore_key

    passphrase = key_passphrase(options)
    if passphrase is None:
        raise PassphraseMissingError(
            _("Name a file with the passphrase of the backup in its first line: {option} PATH").format(
                option=PASSPHRASE
            )
        )
    own = restore_key(options.path, passphrase, in_file=options.in_file, replace=options.replace)
    _tell_own(own, output)
    output.result({"own": own.to_plain()})
    return DONE


def _list(_options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.keys import complaints, partners

    listed, wrong = partners(), complaints()
    for partner in listed:
        _tell_partner(partner, output)
    if not listed:
        output.line(_("No keys of others were added."))
    for sentence in wrong:
        output.line(sentence)
    output.result({"partners": [each.to_plain() for each in listed], "notices": list(wrong)})
    return DONE


def _add(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.keys import add_partner

    partner = add_partner(options.path)
    _tell_partner(partner, output)
    if not partner.confirmed:
        output.line(
            _(
                "Ask {name} for the fingerprint of their key, in person or by telephone. Is it the same, sign"
                " by sign? Then say so: keys confirm FINGERPRINT"
            ).format(name=partner.name)
        )
    output.result({"partner": partner.to_plain()})
    return DONE


def _confirm(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.keys import confirm_partner

    partner = confirm_partner(" ".join(options.fingerprint))
    _tell_partner(partner, output)
    output.result({"partner": partner.to_plain()})
    return DONE


def _remove(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.keys import remove_partner

    partner = remove_partner(" ".join(options.fingerprint))
    output.line(_("Taken out: {name}").format(name=partner.name))
    output.result({"partner": partner.to_plain()})
    return DONE
