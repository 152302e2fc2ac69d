"""The command that takes a report over to a newer version of its form."""

from __future__ import annotations

import argparse

from desktop_app.cli.commands import Commands
from desktop_app.cli.output import DONE, Output
from desktop_app.cli.secrets import key_of
from desktop_app.runtime.i18n import _


def add_to(commands: Commands) -> None:
    """Offer the command."""
    upgrade = commands.add(
        "upgrade",
        _upgrade,
        _("take a report over to a newer version of its form, after a backup; prints what becomes of it"),
        commands.report,
    )
    upgrade.add_argument(
        "--form-version", metavar="V", help=_("the version of the form; else the newest there is")
    )
    upgrade.add_argument("--dry-run", action="store_true", help=_("print the plan and change nothing"))


def _upgrade(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.form_upgrade import planned, upgrade_file
    from desktop_app.services.reports import form_library

    key, library = key_of(options, options.file), form_library()
    backup: dict[str, str] = {}
    if options.dry_run:
        plan = planned(options.file, library, options.report, options.form_version, key=key)
    else:
        done = upgrade_file(options.file, library, options.report, options.form_version, key=key)
        plan, backup = done.plan, {"backup": str(done.backup)}
    for line in plan.lines:
        output.line(line)
    if options.dry_run:
        output.line(_("Nothing was changed; this is only the plan."))
    else:
        output.line(_("Done. A backup from before it: {path}").format(path=backup["backup"]))
    output.result({**plan.to_plain(), **backup, "done": not options.dry_run})
    return DONE
