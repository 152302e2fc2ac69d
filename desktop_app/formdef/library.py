"""All forms the program can find, by id and version. A broken one does not hide the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from desktop_app.formdef.kept_forms import FormRead, KeptForms
from desktop_app.formdef.mistakes import FormError, KeyPath, Mistake, Mistakes
from desktop_app.formdef.model import Form, FormEntry
from desktop_app.formdef.reading.files import FORM_FILE, FormFolder
from desktop_app.formdef.suggestions import hint, shown
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

_TABLE = "form"


class UnknownFormError(DeskError):
    """There is no form with this id, or not in this version."""


class FormLibrary:
    """The forms below some folders, each in ``<form id>/<version>/``; a missing folder holds none.

    Where two folders hold the same version of a form, the first counts. What was found is kept: a
    form folder that is added later is seen by the next library. ``kept``: forms of an earlier start.
    """

    def __init__(self, folders: Sequence[Path], kept: KeptForms | None = None) -> None:
        self._folders = tuple(folders)
        self._kept = kept
        self._entries: dict[tuple[str, str], FormEntry] | None = None
        self._unusable: list[tuple[Path, tuple[Mistake, ...]]] = []
        self._closed: list[tuple[Path, str]] = []
        self._forms: dict[Path, Form] = {}

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that are looked through, in their order."""
        return self._folders

    def entries(self) -> list[FormEntry]:
        """All forms by id, the versions of each from old to new. Only their heads are read.

        A form with mistakes further down is in the list; ``form`` then raises FormError.
        """
        return sorted(self._shelf().values(), key=lambda entry: (entry.id, natural_order(entry.version)))

    def form(self, form_id: str, version: str | None = None) -> Form:
        """A form, read once and kept; the newest version for None.

        UnknownFormError, with the forms there are, when it is not here; FormError when it has mistakes.
        """
        versions = {entry.version: entry for entry in self.entries() if entry.id == form_id}
        if not versions:
            raise UnknownFormError(self._no_form(form_id))
        wanted = version if version is not None else list(versions)[-1]
        entry = versions.get(wanted)
        if entry is None:
            sentence = _("There is no version “{version}” of the form “{id}”. There is: {versions}.")
            raise UnknownFormError(
                sentence.format(version=shown(wanted), id=form_id, versions=", ".join(versions))
            )
        if entry.folder not in self._forms:
            self._forms[entry.folder] = self._read(entry)
        return self._forms[entry.folder]

    def keep(self) -> None:
        """Keep what was read for the next start, where anything was. CannotWriteError."""
        if self._kept is not None:
            self._kept.keep()

    def _read(self, entry: FormEntry) -> Form:
        from desktop_app.formdef.loader import inspect_form

        found = inspect_form(entry.folder)
        if found.form is None:
            raise FormError(entry.folder, found.mistakes)
        if self._kept is not None:
            self._kept.note(entry.folder, FormRead(found.files, entry, found.form))
        return found.form

    def broken(self) -> list[tuple[Path, tuple[Mistake, ...]]]:
        """The folders whose form cannot be used or does not count, with what is wrong. Reads every form."""
        from desktop_app.formdef.loader import inspect_form

        found = []
        for entry in self._shelf().values():
            inspection = inspect_form(entry.folder)
            if inspection.form is None:
                found.append((entry.folder, inspection.mistakes))
        return sorted([*found, *self._unusable], key=lambda pair: pair[0])

    def _shelf(self) -> dict[tuple[str, str], FormEntry]:
        if self._entries is None:
            self._entries = {}
            for folder in self._form_folders():
                self._take(folder, self._entries)
        return self._entries

    def unreadable(self) -> list[tuple[Path, str]]:
        """The folders that may hold forms but could not be looked into, each with the system's reason."""
        self._shelf()
        return list(self._closed)

    def _form_folders(self) -> Iterator[Path]:
        for folder in self._folders:
            for form in self._names(folder):
                for version in self._names(folder / form):
                    if FORM_FILE in self._names(folder / form / version):
                        yield folder / form / version

    def _names(self, folder: Path) -> list[str]:
        """What is in the folder, without what is hidden; nothing where there is no folder.

        The forms of the other folders can be used all the same when one may not be read.
        """
        try:
            return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            reason = error.strerror or str(error)
        mistakes = Mistakes()
        sentence = _("This folder of forms cannot be read: {reason}.")
        mistakes.error(KeyPath(FORM_FILE), sentence.format(reason=reason))
        self._unusable.append((folder, mistakes.numbered()))
        self._closed.append((folder, reason))
        return []

    def _take(self, folder: Path, shelf: dict[tuple[str, str], FormEntry]) -> None:
        mistakes = Mistakes()
        entry = self._entry(folder, mistakes)
        if entry is not None:
            first = shelf.setdefault((entry.id, entry.version), entry)
            if first is entry:
                return
            sentence = _("The same version of this form is in “{folder}”; that one is used.")
            mistakes.warning(KeyPath(FORM_FILE, _TABLE), sentence.format(folder=first.folder))
        self._unusable.append((folder, mistakes.numbered()))

    def _entry(self, folder: Path, mistakes: Mistakes) -> FormEntry | None:
        kept = self._kept.find(folder) if self._kept is not None else None
        if kept is not None:
            if kept.form is not None:
                self._forms[folder] = kept.form
            return kept.entry
        files = FormFolder(folder, mistakes)
        entry = _read_entry(files, mistakes)
        if entry is not None and self._kept is not None:
            self._kept.note(folder, FormRead(files.contents, entry))
        return entry

    def _no_form(self, form_id: str) -> str:
        entries = self.entries()
        if not entries:
            return _("There is no form “{id}”, and no other form either. Reinstall the program.").format(
                id=shown(form_id)
            )
        known = ", ".join(f"{entry.id} ({entry.version})" for entry in entries)
        sentence = _("There is no form “{id}”. There is: {forms}.").format(id=shown(form_id), forms=known)
        return sentence + hint(form_id, {entry.id for entry in entries})


def natural_order(version: str) -> list[tuple[int, int, str]]:
    """A sorting key that takes runs of digits as numbers: "2013.10" comes after "2013.9"."""
    parts = re.findall(r"([0-9]+)|([^0-9]+)", version)
    return [(1, int(digits), "") if digits else (0, 0, other) for digits, other in parts]


def _read_entry(files: FormFolder, mistakes: Mistakes) -> FormEntry | None:
    from desktop_app.formdef.reading.head import read_head
    from desktop_app.formdef.reading.tables import Table
    from desktop_app.formdef.reading.texts import text_file

    content = files.table(FORM_FILE, _TABLE)
    if mistakes.has_errors:
        return None
    head = read_head(Table(content, KeyPath(FORM_FILE).key(_TABLE), mistakes))
    words = files.table(text_file(head.official), _TABLE)
    title = _words(words, "title") or head.id
    short = _words(words, "short") or title
    entry = FormEntry(head.id, head.version, title, short, head.labels_verified, files.folder)
    return None if mistakes.has_errors else entry


def _words(table: Mapping[str, object], part: str) -> str | None:
    words = table.get(part)
    return words if isinstance(words, str) and words.strip() else None
