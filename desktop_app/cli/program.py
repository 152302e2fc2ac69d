"""Commands about the program itself: its forms, and whether all it needs is there."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.cli.commands import Commands
from desktop_app.cli.output import DONE, NO, Output
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _


def add_to(commands: Commands) -> None:
    """Offer these commands."""
    forms = commands.add("forms", _forms_list, _("the forms of this program: list, or check a form folder"))
    forms.add_argument("task", choices=("list", "check"))
    forms.add_argument("path", nargs="?", type=Path, metavar=_("PATH"))
    commands.add("self-test", _self_test, _("try everything this build needs, one line each"))


def _forms_list(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services import forms

    if options.task == "list":
        listed = forms.list_forms()
        for entry in listed:
            provisional = "" if entry["labels_verified"] else f" ({_('provisional labels')})"
            output.line(f"{entry['id']} {entry['version']}  {entry['title']}{provisional}")
        output.result(listed)
        return DONE
    if options.path is None:
        raise DeskError(_("Say which form folder to check: alliance-desk forms check PATH"))
    checked = forms.check_form(options.path)
    for line in checked.lines:
        output.line(line)
    output.result(checked.to_plain())
    return DONE if checked.is_good else NO


def _self_test(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.self_test import run_self_test

    results = run_self_test()
    for result in results:
        output.line(f"{_('ok') if result.passed else _('FAILED')}  {result.what}: {result.told}")
    output.result([result.to_plain() for result in results])
    return DONE if all(result.passed for result in results) else NO
