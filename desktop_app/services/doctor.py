"""Say in plain sentences what is the matter with a report file, and save what a damaged one still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.model import Form
from desktop_app.report.changes import new_id, utc_now
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.backups import list_backups
from desktop_app.services.reports import find_country, form_library
from desktop_app.storage.backups import read_content
from desktop_app.storage.errors import NotAReportFileError
from desktop_app.storage.examining import Found, look_into
from desktop_app.storage.records import ReportSummary
from desktop_app.storage.verifying import Damage

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key
    from desktop_app.storage.rebuilding import Salvaged


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The verdict on a report file, with ``lines`` for a person, and ``details`` for whoever repairs files.

    ``can_be_opened``: at least to be read. ``is_report_file`` is False for something else altogether.
    """

    path: Path
    is_sound: bool
    can_be_opened: bool
    lines: tuple[str, ...]
    damages: tuple[Damage, ...] = ()
    details: tuple[str, ...] = ()
    is_report_file: bool = True

    def to_plain(self) -> dict[str, Any]:
        """The verdict in JSON."""
        return {
            "file": str(self.path),
            "sound": self.is_sound,
            "can_be_opened": self.can_be_opened,
            "lines": list(self.lines),
            "damages": [
                {"report": damage.report, "path": damage.path, "sentence": damage.sentence}
                for damage in self.damages
            ],
            "details": list(self.details),
        }


def examine(path: Path, key: Key | None = None) -> Diagnosis:
    """Look at every byte of the file without changing it, and say what is the matter.

    FileMissingError, CannotReadError, FileInUseError; for a protected file also what its key has to say.
    """
    try:
        found = look_into(path, key)
    except NotAReportFileError as error:
        return Diagnosis(path, False, False, (error.sentence,), is_report_file=False)
    if found.needed_version:
        return Diagnosis(path, not found.pages, True, tuple(_of_newer(path, found)), details=found.pages)
    if found.is_open and not found.damages:
        line = _("“{file}” is sound: every answer is the one that was written.")
        return Diagnosis(path, True, True, (line.format(file=path.name),))
    lines = [
        *_of_damaged(path, found),
        *(damage.sentence for damage in found.damages),
        _what_to_do(path, key),
    ]
    return Diagnosis(path, False, found.is_open, tuple(lines), found.damages, found.pages)


def _of_newer(path: Path, found: Found) -> list[str]:
    sentence = _("“{file}” was made by version {version} of this program, which can do more than this one.")
    lines = [sentence.format(file=path.name, version=found.needed_version)]
    if found.pages:
        return [*lines, _("Parts of the file are damaged.")]
    return [*lines, _("Its pages are sound. Its answers can only be checked by that version.")]


def _of_damaged(path: Path, found: Found) -> list[str]:
    if found.is_open:
        words = ngettext(
            "“{file}” can be opened, but {count} thing in it is not as it was written:",
            "“{file}” can be opened, but {count} things in it are not as they were written:",
            len(found.damages),
        )
        return [words.format(file=path.name, count=len(found.damages))]
    if found.missing:
        sentence = _("The end of “{file}” is missing: {count} bytes. Copying it was broken off.")
        return [sentence.format(file=path.name, count=found.missing)]
    return [_("Pages of “{file}” are damaged, so it cannot be opened as it is.").format(file=path.name)]


def _what_to_do(path: Path, key: Key | None) -> str:
    count = len(list_backups(path, key=key))
    if not count:
        return _("There is no backup of it here. What can still be read can be saved into a new file.")
    words = ngettext(
        "There is {count} backup of it. Restore it, or save what can still be read into a new file.",
        "There are {count} backups of it. Restore one, or save what can still be read into a new file.",
        count,
    )
    return words.format(count=count)


def salvage(
    path: Path,
    target: Path,
    key: Key | None = None,
    *,
    who: str = "",
    country: str | None = None,
    library: FormLibrary | None = None,
) -> Salvaged:
    """Save all that can be saved of the report file at ``path`` into a new file ``target``.

    ``path`` is never changed; the new file is protected by the same ``key``. ``country``: of whom the reports
    are, in case the file no longer says so. NothingSavedError, UnknownCountryError; AlreadyThereError and the
    like; for a protected file also what its key has to say.
    """
    from desktop_app.services.damage_words import in_place_names, readable_reports
    from desktop_app.storage.rebuilding import rebuild

    forms = library if library is not None else form_library()
    known = _reports_of_backups(path, key)

    def form_of(form_id: str, version: str) -> Form | None:
        try:
            return forms.form(form_id, version)
        except DeskError:
            # The answers are saved all the same; the form is needed when they are shown.
            return None

    def name_report(number: int, answers: Mapping[str, Any]) -> ReportSummary | None:
        return known.get(number) or _guess(forms, answers, country)

    saved = rebuild(path, target, key=key, form_of=form_of, name_report=name_report, who=who)
    return replace(saved, lost=in_place_names(saved.lost, saved.places, readable_reports(target, key)))


_MOST_OF = 0.9
"""How many of the places that were found a form must have to be taken for the report's."""


def _reports_of_backups(path: Path, key: Key | None) -> dict[int, ReportSummary]:
    """The reports of the file as its last backups knew them."""
    known: dict[int, ReportSummary] = {}
    for backup in list_backups(path, key=key):
        content = read_content(backup.path, key, is_at_rest=True)
        for summary in content.reports if content else ():
            known.setdefault(summary.number, summary)
    return known


def _guess(forms: FormLibrary, answers: Mapping[str, Any], country: str | None) -> ReportSummary | None:
    """The report by its places, which belong to one form alone, and by who it says it is of."""
    fitting = [form for entry in forms.entries() if (form := _form(forms, entry.id, entry.version))]
    form = max(fitting, key=lambda form: _known_places(form, answers), default=None)
    if form is None or _known_places(form, answers) < _MOST_OF * len(answers):
        return None
    said = [answers[path] for path in answers if (found := form.field_at(path)) and found[1].respondent]
    of = country or next((value for value in said if isinstance(value, str)), None)
    if of is None:
        return None
    return ReportSummary(
        number=0,
        id=new_id(),
        form_id=form.id,
        form_version=form.version,
        form_hash=form.hash,
        country=find_country(form, of).code,
        cycle=form.cycles[0],
        language=form.languages[0],
        status="draft",
        created_at=utc_now(),
    )


def _form(forms: FormLibrary, form_id: str, version: str) -> Form | None:
    try:
        return forms.form(form_id, version)
    except DeskError:
        return None


def _known_places(form: Form, answers: Mapping[str, Any]) -> int:
    return sum(1 for path in answers if form.field_at(path) or form.list_at(path))
