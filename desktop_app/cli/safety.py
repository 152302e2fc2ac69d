"""Commands that keep a report file safe: back it up, restore it, find out what is wrong with it."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli.commands import Commands
from desktop_app.cli.output import DONE, NO, Output
from desktop_app.cli.secrets import key_of
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext

if TYPE_CHECKING:
    from desktop_app.services.backups import Backup
    from desktop_app.storage.protection import Key


class NoSoundBackupError(DeskError):
    """There is nothing to restore."""


def add_to(commands: Commands) -> None:
    """Offer these commands."""
    backup = commands.add("backup", _backup, _("make a verified backup and print where it is"), commands.file)
    backup.add_argument(
        "--to", metavar=_("DIR"), type=Path, help=_("folder of all backups; else the one that is set")
    )
    backup.add_argument("--list", action="store_true", help=_("print the backups there are, the last first"))
    restore = commands.add(
        "restore",
        _restore,
        _("put a backup in the place of a report file, and print where the file as it was is kept"),
        commands.file,
    )
    restore.add_argument(
        "backup", nargs="?", metavar=_("BACKUP"), type=Path, help=_("the backup; else the last that is whole")
    )
    restore.add_argument("--from", dest="to", metavar=_("DIR"), type=Path, help=_("folder of all backups"))
    restore.add_argument("--list", action="store_true", help=_("print the backups there are, the last first"))
    restore.add_argument(
        "--even-if-other", action="store_true", help=_("also when it is a backup of another report file")
    )
    doctor = commands.add(
        "doctor", _doctor, _("say what is wrong with a report file; 1 if it is damaged"), commands.file
    )
    doctor.add_argument(
        "--salvage", metavar=_("TARGET"), type=Path, help=_("save what can be saved into a new file")
    )
    doctor.add_argument(
        "--country",
        metavar="CC",
        help=_("with --salvage: whose reports these are, if the file cannot say so"),
    )


def _backup(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.backups import BY_HAND, make_backup

    key = key_of(options, options.file)
    if options.list:
        return _list(options, output, key)
    backup = make_backup(options.file, BY_HAND, folder=options.to, key=key)
    output.line(_("Backup: {path}").format(path=backup.path))
    output.result(backup.to_plain())
    return DONE


def _list(options: argparse.Namespace, output: Output, key: Key | None) -> int:
    from desktop_app.services.backups import backup_folder, list_backups

    backups = list_backups(options.file, folder=options.to, key=key)
    for backup in backups:
        title = backup.title or (_("protected") if backup.is_closed else "–")
        of = backup.file_words(options.file)
        of_file = _("of “{file}”").format(file=of)
        words = f"{backup.why_words}, {of_file}" if of else backup.why_words
        output.line(f"{_local_time(backup.at)}  {title}  {words}  {backup.path}")
    words = ngettext("{count} backup", "{count} backups", len(backups)).format(count=len(backups))
    output.line(words)
    folder = options.to if options.to is not None else backup_folder()
    before = dict.fromkeys(each.path.parent.parent for each in backups if each.is_elsewhere)
    for each in before:
        told = _("Those in “{old}” were made before backups went to “{folder}”.")
        output.line(told.format(old=each, folder=folder))
    output.result([backup.to_plain() for backup in backups])
    return DONE


def _restore(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.backups import lost_passphrase, restore_backup

    key = key_of(options, options.backup if options.backup is not None else options.file)
    if options.list:
        return _list(options, output, key)
    chosen = None if options.backup is not None else _newest(options, key)
    of = chosen.file_words(options.file) if chosen is not None else ""
    newer = _newer_of_another(options, key) if chosen is not None and not of else None
    backup = options.backup if chosen is None else chosen.path
    kept = restore_backup(
        backup, options.file, folder=options.to, key=key, even_if_other=options.even_if_other
    )
    output.line(_("Restored: {file} is now as in {backup}").format(file=options.file, backup=backup))
    told: tuple[str, ...] = ()
    if kept is not None:
        from desktop_app.services.submitting import submissions_left_behind

        output.line(_("The file as it was is kept: {path}").format(path=kept.path))
        told = submissions_left_behind(kept.path, options.file, key=key)
    if chosen is not None:
        words = _("Taken was the last backup that is whole: {moment}, {why}.")
        output.line(words.format(moment=_local_time(chosen.at), why=chosen.why_words))
        if of:
            output.line(_("It was made of “{file}”.").format(file=of))
    if lost := lost_passphrase(kept, options.file):
        way_on = _("That is done with: alliance-desk protect")
        told = (*told, f"{lost} {way_on}")
    if newer is not None:
        words = _("A newer one was made of “{file}” and left alone: {backup}")
        told = (words.format(file=newer.file_words(options.file), backup=newer.path), *told)
    for sentence in told:
        output.line(sentence)
    output.result(
        {
            "report_file": str(options.file),
            "backup": str(backup),
            "kept": str(kept.path) if kept is not None else None,
            "notices": list(told),
        }
    )
    return DONE


def _newest(options: argparse.Namespace, key: Key | None) -> Backup:
    from desktop_app.services.backups import backup_folder, newest_sound

    folder = options.to if options.to is not None else backup_folder()
    backup = newest_sound(options.file, folder=options.to, key=key, ordinary_first=True)
    if backup is None:
        sentence = _("There is no backup of “{file}” in “{folder}” that is whole.")
        raise NoSoundBackupError(sentence.format(file=options.file.name, folder=folder))
    if backup.is_of_another(options.file) and not options.even_if_other:
        sentence = _(
            "There is no backup of “{file}” itself. The last one, “{backup}”, was made of “{other}”, of which"
            " this file is a copy, or the other way round. Nothing was changed. If you want that one, name it"
            " after the file."
        )
        words = sentence.format(
            file=options.file.name, backup=backup.path, other=backup.file_words(options.file)
        )
        raise NoSoundBackupError(words)
    return backup


def _newer_of_another(options: argparse.Namespace, key: Key | None) -> Backup | None:
    """The last backup, when it is one of a file that this one is a copy of, or the other way round."""
    from desktop_app.services.backups import list_backups

    newest = next(iter(list_backups(options.file, folder=options.to, key=key)), None)
    return newest if newest is not None and newest.is_of_another(options.file) else None


def _doctor(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.doctor import examine, salvage

    key = key_of(options, options.file)
    found = examine(options.file, key)
    if not found.is_report_file and options.salvage is None:
        raise DeskError(found.lines[0])
    for line in found.lines:
        output.line(line)
    result = found.to_plain()
    if options.salvage is not None:
        saved = salvage(options.file, options.salvage, key, country=options.country)
        output.line(_("Saved into {path}:").format(path=saved.target))
        for line in saved.saved:
            output.line(f"  {line}")
        output.line(_("Not saved, or to be looked at:") if saved.lost else _("Nothing is lost."))
        for line in saved.lost:
            output.line(f"  {line}")
        result["salvaged"] = {"target": str(saved.target), "saved": saved.saved, "lost": saved.lost}
    output.result(result)
    return DONE if found.is_sound else NO


def _local_time(utc: str) -> str:
    return datetime.datetime.fromisoformat(utc).astimezone().strftime("%Y-%m-%d %H:%M")
