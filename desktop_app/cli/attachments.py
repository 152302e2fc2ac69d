"""Commands about attached files: attach some, list what is attached, and save it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli.commands import Commands
from desktop_app.cli.output import DONE, NO, Output
from desktop_app.cli.secrets import key_of
from desktop_app.report.file_names import shown_name
from desktop_app.report.file_words import file_words
from desktop_app.report.places import place_name
from desktop_app.runtime.i18n import _, ngettext

if TYPE_CHECKING:
    from desktop_app.services.attached_listing import ListedFile
    from desktop_app.services.entry_session import EntrySession


def add_to(commands: Commands) -> None:
    """Offer these commands."""
    attach = commands.add(
        "attach", _attach, _("attach files to an answer or an entry of a report"), commands.report
    )
    attach.add_argument(
        "path",
        metavar=_("PATH"),
        help=_("the place, as “show --json” names it; of an entry, LIST/ID or LIST/NUMBER"),
    )
    attach.add_argument("documents", metavar=_("DOCUMENT"), type=Path, nargs="+", help=_("a file"))
    attach.add_argument(
        "--who", default="", metavar=_("NAME"), help=_("who attaches it; else the account's name")
    )
    listing = commands.add(
        "attachments",
        _attachments,
        _("list the attached files of a report, or save them; 1 when the content of one is not there"),
        commands.report,
    )
    listing.add_argument("--save", metavar=_("DIR"), type=Path, help=_("write all of them into this folder"))


def _attach(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.runtime.person import account_name
    from desktop_app.services.attached_listing import place_of
    from desktop_app.services.attachments import attach, read_file
    from desktop_app.services.submitting import change_file

    files = [read_file(document) for document in options.documents]

    def change(session: EntrySession) -> tuple[str, str, list[str]]:
        place = place_of(session.report, options.path)
        return place, place_name(session.report, place), attach(session, place, files)

    key, who = key_of(options, options.file), options.who.strip() or account_name()
    place, name, at = change_file(options.file, options.report, change, who=who, key=key)
    for file in files:
        words = _("Attached to {place}: {file}") if at else _("Already attached to {place}: {file}")
        output.line(words.format(place=name, file=file_words(file.attachment)))
    attachments = [file.attachment for file in files]
    output.result(
        {
            "path": place,
            "at": at,
            "files": [{"name": each.name, "sha256": each.sha256, "size": each.size} for each in attachments],
        }
    )
    return DONE


def _attachments(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.attached_listing import listed_files, save_listed

    key = key_of(options, options.file)
    report, found = listed_files(options.file, options.report, key=key)
    saved: dict[str, Path] = {}
    if options.save is not None:
        saved = save_listed(options.file, report, found, options.save, key=key)
    for each in found:
        output.line(f"{place_name(report, each.path)}: {shown_name(each.file.name)}  ({_told(each)})")
        if each.file.sha256 in saved:
            output.line("  " + _("Saved: {file}").format(file=saved[each.file.sha256]))
    count = len(found)
    output.line(ngettext("{count} attached file", "{count} attached files", count).format(count=count))
    output.result(
        [
            {**each.to_plain(), "saved": str(saved[each.file.sha256]) if each.file.sha256 in saved else None}
            for each in found
        ]
    )
    return DONE if all(each.is_here for each in found) else NO


def _told(each: ListedFile) -> str:
    missing = () if each.is_here else (_("its content is not in this report file"),)
    return ", ".join((*each.words, *missing))
