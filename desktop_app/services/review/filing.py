"""A returned workbook and a report file that no window has open: looking at it, and bringing it in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.status import FrozenError, frozen_words, is_frozen
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.collected_journal import CollectedJournal
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.form_versions import ReportRead, load_report
from desktop_app.services.reports import form_library
from desktop_app.services.review.applying import apply
from desktop_app.services.review.items import Applied, NewRow, ReviewPreview, Suggestion
from desktop_app.services.review.made_of import chosen_report
from desktop_app.services.review.previewing import ReadWorkbook, preview, read_workbook
from desktop_app.services.working_places import file_to_write, left_here
from desktop_app.storage.report_file import ReportFile

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key


@dataclass(frozen=True, slots=True)
class Filed:
    """What was in the workbook, what of it was brought in, and where the backup from before it is.

    ``no_backup`` says why there is none. ``is_refused``: nothing was brought in, as the preview says why.
    """

    preview: ReviewPreview
    applied: Applied = field(default_factory=Applied)
    chosen: frozenset[str] = frozenset()
    is_refused: bool = False
    no_backup: str = ""

    @property
    def left(self) -> tuple[Suggestion | NewRow, ...]:
        """Suggestions and rows that did not come in as such, and that a person has to look at."""
        found: tuple[Suggestion | NewRow, ...] = (*self.preview.open_suggestions, *self.preview.rows_to_add)
        return tuple(each for each in found if each.id not in self.chosen)

    @property
    def lines(self) -> list[str]:
        """What was done, a line each."""
        if self.is_refused:
            return [_("Nothing was brought in. Say --even-if-other when it is to come in all the same.")]
        if self.applied.is_nothing:
            return [_("Nothing was brought in.")]
        done = self.applied
        counts = (
            ngettext("{count} comment brought in.", "{count} comments brought in.", done.comments),
            ngettext("{count} wording taken over.", "{count} wordings taken over.", done.suggestions),
            ngettext("{count} row added.", "{count} rows added.", done.rows),
            ngettext(
                "{count} entry kept as a comment.", "{count} entries kept as comments.", done.kept_in_words
            ),
        )
        told = [
            words.format(count=count)
            for words, count in zip(
                counts, (done.comments, done.suggestions, done.rows, done.kept_in_words), strict=True
            )
            if count
        ]
        return [*told, self.no_backup] if self.no_backup else told

    @property
    def left_out(self) -> str:
        """What was not asked for and how to ask for it, a line; empty when nothing was left out.

        What cannot come in as it is would not come in then either, so it is not counted.
        """
        if self.is_refused:
            return ""
        counted = _counted(self.preview, self.chosen)
        found = [f"{words.format(count=count)} ({option})" for count, option, words in counted if count]
        if not found:
            return ""
        words = _("Left out: {what}. Say what stands in brackets as well to bring it in.")
        return words.format(what=", ".join(found))

    def to_plain(self) -> dict[str, int]:
        """The counts for a program."""
        return {
            "comments": self.applied.comments,
            "suggestions": self.applied.suggestions,
            "rows": self.applied.rows,
            "kept_in_words": self.applied.kept_in_words,
        }


def how_to_bring_in(preview: ReviewPreview) -> str:
    """That looking brought nothing in, and how it comes in, a line; empty where there is nothing to say."""
    comments = any(not each.is_aside for each in preview.new_comments)
    found = [option for count, option, _words in _counted(preview, frozenset()) if count]
    if not comments and not found:
        return ""
    other = ["--even-if-other"] if preview.refusals else []
    options = " ".join(("--apply", *found, *other))
    return _("Nothing was brought in yet. To bring it in, say: {options}").format(options=options)


def for_a_person(preview: ReviewPreview) -> str:
    """How much no option brings in, and where it is decided, a line; empty for nothing."""
    count = len(preview.for_a_person)
    if not count:
        return ""
    return ngettext(
        "{count} of these is for a person to decide, because of what is said beside it. "
        "No option brings it in: open the report and this workbook in the window, and choose there.",
        "{count} of these are for a person to decide, because of what is said beside them. "
        "No option brings them in: open the report and this workbook in the window, and choose there.",
        count,
    ).format(count=count)


def _counted(preview: ReviewPreview, chosen: frozenset[str]) -> tuple[tuple[int, str, str], ...]:
    """What was not chosen and could be: how many, the option that brings them in, and their words."""
    left = preview.proposed(suggestions=True, rows=True, remarks=True) - chosen
    suggestions = sum(each.id in left for each in preview.open_suggestions)
    rows = sum(each.id in left for each in preview.rows_to_add)
    remarks = sum(each.id in left and each.is_aside for each in preview.new_comments)
    return (
        (suggestions, "--suggestions", ngettext("{count} suggestion", "{count} suggestions", suggestions)),
        (rows, "--rows", ngettext("{count} new row", "{count} new rows", rows)),
        (
            remarks,
            "--remarks",
            ngettext(
                "{count} remark outside the reviewers' columns",
                "{count} remarks outside the reviewers' columns",
                remarks,
            ),
        ),
    )


def look(path: Path, workbook: Path, number: int | None = None, *, key: Key | None = None) -> ReviewPreview:
    """What the workbook holds for report ``number`` of the file; a window may have it open.

    For None it is the report that the workbook was made of, else the newest.
    """
    library = form_library()
    read = read_workbook(workbook, library)
    with ReportFile.open(left_here(path) or path, "read", key=key) as file:
        report, told = _report_for(file, path, number, read, library)
        present = file.reports()
    held = preview(report.report, read, library, present)
    return replace(held, warnings=(*told, *held.warnings))


def _report_for(
    file: ReportFile, path: Path, number: int | None, read: ReadWorkbook, library: FormLibrary
) -> tuple[ReportRead, tuple[str, ...]]:
    summary, told = chosen_report(path, file.reports(), number, read.returned.identity)
    return load_report(file, summary, library), told


def review_file(
    path: Path,
    workbook: Path,
    number: int | None = None,
    *,
    suggestions: bool = False,
    rows: bool = False,
    remarks: bool = False,
    even_if_other: bool = False,
    who: str = "",
    key: Key | None = None,
) -> Filed:
    """Bring the new comments into the file, and ``suggestions``, ``rows``, ``remarks`` where asked for.

    FrozenError for suggestions and rows unless the report is a draft; what ``read_workbook`` and
    ``file_to_write`` raise; then the file is as it was.
    """
    library = form_library()
    read = read_workbook(workbook, library)
    with file_to_write(path, who, key=key) as file:
        found, told = _report_for(file, path, number, read, library)
        if (suggestions or rows) and is_frozen(found.report.status):
            raise FrozenError(frozen_words(found.report.status))
        held = preview(found.report, read, library, file.reports())
        held = replace(held, warnings=(*told, *held.warnings))
        if held.refusals and not even_if_other:
            return Filed(held, is_refused=True)
        chosen = held.proposed(suggestions=suggestions, rows=rows, remarks=remarks)
        if not chosen:
            return Filed(held)
        no_backup = _back_up(file.path, path, key)
        journal = CollectedJournal()
        session = EntrySession(found.report, journal, who=who, read_only=found.read_only)
        applied = apply(session, held, chosen, even_if_other=even_if_other)
        file.keep(journal.items)
    return Filed(held, applied, chosen, no_backup=no_backup)


def _back_up(local: Path, place: Path, key: Key | None) -> str:
    """Keep the file as it is. Returns why that could not be done; what comes in is all or nothing."""
    from desktop_app.services.backups import BEFORE_IMPORT, BackupSchedule, NoBackupError

    try:
        BackupSchedule(local, key=key, place=place).run(BEFORE_IMPORT)
    except NoBackupError as error:
        return error.sentence
    return ""
