"""Commands about the program itself: its forms, the policy in force, and whether all it needs is there."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from desktop_app.cli.commands import Commands
from desktop_app.cli.keys import add_key_passphrase, key_passphrase
from desktop_app.cli.output import DONE, NO, Output
from desktop_app.runtime.files import AlreadyThereError
from desktop_app.runtime.i18n import _


def add_to(commands: Commands) -> None:
    """Offer these commands."""
    forms = commands.add(
        "forms", _forms, _("the forms of this program: list, check, pack one to pass it on, install one")
    )
    tasks = forms.add_subparsers(metavar=_("TASK"), required=True)
    common = argparse.ArgumentParser(add_help=False)
    # Without a value unless it is given here: "forms --json list" is meant as well.
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=_("print JSON"))

    def add(
        name: str, task: Callable[[argparse.Namespace, Output], int], words: str
    ) -> argparse.ArgumentParser:
        parser = tasks.add_parser(name, help=words, description=words, parents=[common])
        parser.set_defaults(task=task)
        return parser

    add("list", _list, _("every form that can be used, and where it comes from"))
    add("check", _check, _("what is wrong with a form; 1 if it cannot be used")).add_argument(
        "path", type=Path, metavar=_("PATH"), help=_("the folder of a form, or a delivery")
    )
    pack = add("pack", _pack, _("pack one version of a form into a delivery, signed with our key"))
    pack.add_argument("folder", type=Path, metavar=_("FOLDER"), help=_("the folder that holds form.toml"))
    pack.add_argument("--to", type=Path, metavar=_("PATH"), help=_("its file or folder; else here"))
    pack.add_argument("--replace", action="store_true", help=_("put it in the place of a file of its name"))
    add_key_passphrase(pack)
    install = add("install", _install, _("install a form from its delivery"))
    install.add_argument("path", type=Path, metavar=_("PATH"))
    install.add_argument(
        "--for-all", action="store_true", help=_("for everybody at this computer; needs an administrator")
    )
    policy = commands.add("policy", _policy, _("the policy of this computer: show what is in force, and why"))
    policy.add_argument("task", choices=("show",))
    commands.add("self-test", _self_test, _("try everything this build needs, one line each"))
    commands.add("diagnostics", _diagnostics, _("print what helps to find a fault; it holds no answers"))


def _forms(options: argparse.Namespace, output: Output) -> int:
    task: Callable[[argparse.Namespace, Output], int] = options.task
    return task(options, output)


def _list(_options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services import forms

    listed = forms.list_forms()
    for entry in listed:
        words = _("provisional labels")
        provisional = "" if entry["labels_verified"] else f" ({words})"
        origin = forms.origin_words(entry)
        output.line(f"{entry['id']} {entry['version']}  {entry['title']}{provisional}  [{origin}]")
    for sentence in forms.unreadable_words():
        output.notice(sentence)
    output.result(listed)
    return DONE


def _check(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.exchange.form_delivery import UnfitDeliveryError
    from desktop_app.services import forms

    try:
        checked = forms.check_form(options.path)
    except UnfitDeliveryError as error:
        output.line(error.sentence)
        output.result({"folder": str(options.path), "good": False, "mistakes": [], "told": error.sentence})
        return NO
    for line in checked.lines:
        output.line(line)
    output.result(checked.to_plain())
    return DONE if checked.is_good else NO


def _pack(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.form_deliveries import pack

    try:
        packed = pack(options.folder, options.to, key_passphrase(options), replace=options.replace)
    except AlreadyThereError as error:
        way_on = _("Or add --replace to put this one in its place.")
        raise AlreadyThereError(f"{error.sentence} {way_on}") from error
    output.line(_("Delivery: {path}").format(path=packed.path))
    output.line(packed.told)
    if packed.lacks_passphrase:
        output.notice(
            _(
                "To have it signed, pack it again with --key-passphrase-file, and with --replace to put it in"
                " the place of this one."
            )
        )
    output.result(packed.to_plain())
    return DONE


def _install(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.form_deliveries import install, signature_words

    installed = install(options.path, for_all=options.for_all)
    output.line(installed.words)
    output.line(signature_words(installed.signed_by))
    output.result(installed.to_plain())
    return DONE


def _policy(_options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.policy_state import policy_state

    state = policy_state()
    for line in state.lines:
        output.line(line)
    output.result(state.to_plain())
    return NO if state.complaints else DONE


def _self_test(_options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.self_test import run_self_test

    results = run_self_test()
    for result in results:
        passed = _("ok") if result.passed else _("FAILED")
        output.line(f"{passed}  {result.what}: {result.told}")
    output.result([result.to_plain() for result in results])
    return DONE if all(result.passed for result in results) else NO


def _diagnostics(_options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.diagnostics import diagnostics

    found = diagnostics()
    for line in found.lines:
        output.line(line)
    output.result(found.to_plain())
    return DONE
