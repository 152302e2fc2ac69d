"""From a folder to a form: ``form.toml``, ``text.<language>.toml`` and ``lists/*.csv``.

A form folder is untrusted input: files stay inside the folder, have a limited size, and what is
wrong with them is reported at once, numbered, with file, key path and a sentence for its author.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop_app.formdef.mistakes import FormError, KeyPath, Mistake, Mistakes
from desktop_app.formdef.model import Form
from desktop_app.formdef.reading.choice_lists import read_choice_lists
from desktop_app.formdef.reading.cross_checks import WholeForm
from desktop_app.formdef.reading.draft import SHARED_NAMES, Draft, Head, Home
from desktop_app.formdef.reading.files import FORM_FILE, FormFolder
from desktop_app.formdef.reading.head import read_head
from desktop_app.formdef.reading.moved import read_moved
from desktop_app.formdef.reading.rows import read_groups, read_lists, read_row_types
from desktop_app.formdef.reading.rules import read_checks
from desktop_app.formdef.reading.sections import read_sections
from desktop_app.formdef.reading.tables import Table
from desktop_app.formdef.reading.texts import read_texts, report_missing, report_unknown, report_unlisted
from desktop_app.formdef.reading.wanted_texts import wanted_texts
from desktop_app.formdef.suggestions import shown
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a folder holds: the form if it can be used, and every mistake, warnings included.

    ``files``: the words of all files that were read, by name; the form follows from nothing else.
    """

    folder: Path
    form: Form | None
    mistakes: tuple[Mistake, ...]
    files: Mapping[str, str]


def read_form(folder: Path) -> Form:
    """The form in ``folder``. FormError, with all mistakes, when it cannot be used."""
    found = inspect_form(folder)
    if found.form is None:
        raise FormError(folder, found.mistakes)
    return found.form


def inspect_form(folder: Path) -> Inspection:
    """Read the folder as far as it goes and report all mistakes; raises nothing for a bad form."""
    mistakes = Mistakes(FORM_FILE)
    files = FormFolder(folder, mistakes)
    content = files.toml(FORM_FILE)
    form = _read(content, files, mistakes) if content is not None else None
    return Inspection(folder, None if mistakes.has_errors else form, mistakes.numbered(), files.contents)


def _read(content: Mapping[str, Any], files: FormFolder, mistakes: Mistakes) -> Form:
    head = read_head(Table(content, KeyPath(FORM_FILE), mistakes).table("form"))
    _check_folder(files.folder, head, mistakes)
    whole = _read_structure(content, head, files, mistakes)
    draft = whole.draft
    # Words belong to nothing only where it is certain what the form has.
    is_sound = not mistakes.has_errors
    texts = read_texts(files, head.languages, mistakes)
    report_unlisted(files, head.languages, mistakes)
    wanted = wanted_texts(whole)
    report_missing(texts, wanted, mistakes)
    if is_sound:
        report_unknown(texts, wanted, mistakes)
    return Form(
        head.id,
        head.version,
        files.hash(),
        texts,
        head.languages,
        head.labels_verified,
        head.cycles,
        head.respondents,
        draft.sections,
        draft.row_types,
        draft.choice_lists,
        draft.checks,
        draft.moved,
        files.folder,
    )


def _read_structure(
    content: Mapping[str, Any], head: Head, files: FormFolder, mistakes: Mistakes
) -> WholeForm:
    table = Table(content, KeyPath(FORM_FILE), mistakes)
    table.table("form")  # read already
    draft = Draft(mistakes, head)
    draft.choice_lists = read_choice_lists(table.named("choices"), files, head.official, mistakes)
    _check_respondents(table, draft)
    draft.row_types = read_row_types(table.named("row"), draft)
    draft.groups = read_groups(table.named("group"), draft)
    draft.lists = read_lists(table.named("list"), draft)
    sections = table.tables("section")
    if "section" not in table:
        table.error("", _('The form has no sections. Write [[section]] and below it code = "...".'))
    draft.sections = read_sections(sections, draft)
    whole = WholeForm(draft)
    places = whole.fields.keys() | whole.lists.keys()
    draft.checks = read_checks(table.tables("check"), SHARED_NAMES, places, Home(), draft)
    whole.check()
    draft.moved = read_moved(table.tables("moved"), whole)
    table.finish()
    return whole


def _check_folder(folder: Path, head: Head, mistakes: Mistakes) -> None:
    place = folder.absolute()
    if head.id and head.version and (place.parent.name, place.name) != (head.id, head.version):
        sentence = _("The folder should be called “{id}/{version}”, as the form says it is.")
        name = sentence.format(id=shown(head.id), version=shown(head.version))
        mistakes.warning(KeyPath(FORM_FILE, "form"), name)


def _check_respondents(table: Table, draft: Draft) -> None:
    respondents = draft.head.respondents
    if respondents and respondents not in draft.choice_lists:
        sentence = _("There is no choice list “{code}”.").format(code=shown(respondents))
        hint = draft.mistakes.hint(respondents, draft.choice_lists, always=True)
        draft.mistakes.error(table.where.key("form").key("respondents"), sentence + hint)
