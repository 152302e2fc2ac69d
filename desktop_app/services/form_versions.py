"""Which version of its form a report is read with: its own, as long as that is here, else another one."""

from __future__ import annotations

from desktop_app.formdef.library import FormLibrary, natural_order
from desktop_app.formdef.mistakes import FormError
from desktop_app.formdef.model import Form
from desktop_app.formdef.suggestions import shown
from desktop_app.report.placed_files import files_of
from desktop_app.report.report import Report
from desktop_app.report.versions.lineage import Lineage
from desktop_app.runtime import paths
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.storage.reader import ReportReader
from desktop_app.storage.records import ReportSummary


class MissingFormError(DeskError):
    """No version of the report's form is here. ``form_id`` and ``version`` name the one needed."""

    def __init__(self, name: str, form_id: str, version: str) -> None:
        """About the file or document called ``name``."""
        self.form_id, self.version = form_id, version
        folder = paths.own_forms()
        if folder in paths.form_folders():
            sentence = _(
                "“{file}” answers the form “{form}”, version “{version}”, which this program does not have."
                " Ask whoever gave it to you for the folder of this form, put it into “{folder}”, and try"
                " again. Until then “show --json” prints the answers as they are kept."
            )
        else:
            sentence = _(
                "“{file}” answers the form “{form}”, version “{version}”, which is not here, or not allowed:"
                " your IT department settles which forms can be used. Ask them for this one. Until then"
                " “show --json” prints the answers as they are kept."
            )
        super().__init__(
            sentence.format(file=name, form=shown(form_id), version=shown(version), folder=folder)
        )


@dataclass(frozen=True, slots=True)
class FormFound:
    """The form to read a report with, and the versions between the report's own and it."""

    form: Form
    lineage: Lineage


def find_form(library: FormLibrary, name: str, form_id: str, version: str, form_hash: str) -> FormFound:
    """The form in this very version; else the next newer one, else the newest there is.

    ``name``: of the file or document that needs it. MissingFormError; FormError when the only versions
    here have mistakes.
    """
    present = versions_of(library, form_id)
    if not present:
        raise MissingFormError(name, form_id, version)
    newer = [each for each in present if natural_order(each) > natural_order(version)]
    older = [each for each in present if each != version and each not in newer]
    refusal: FormError | None = None
    for wanted in [*([version] if version in present else []), *newer, *reversed(older)]:
        try:
            form = library.form(form_id, wanted)
        except FormError as error:
            refusal = refusal or error
        else:
            return FormFound(form, lineage_to(library, version, form_hash, form))
    assert refusal is not None
    raise refusal


def versions_of(library: FormLibrary, form_id: str) -> list[str]:
    """The versions of a form that are here, from old to new."""
    return [entry.version for entry in library.entries() if entry.id == form_id]


def lineage_to(library: FormLibrary, version: str, form_hash: str, target: Form) -> Lineage:
    """The way from ``version`` of the form to ``target``, with all that is here of it.

    ``form_hash``: what the form was when the report was made. Where the very version was changed since,
    nobody knows what its questions were.
    """
    origin = _usable(library, target.id, version)
    if version == target.version and form_hash != target.hash:
        origin = None
    between = [
        found
        for each in versions_of(library, target.id)
        if natural_order(version) < natural_order(each) < natural_order(target.version)
        and (found := _usable(library, target.id, each)) is not None
    ]
    return Lineage(origin, (*between, target))


def _usable(library: FormLibrary, form_id: str, version: str) -> Form | None:
    if version not in versions_of(library, form_id):
        return None
    try:
        return library.form(form_id, version)
    except FormError:
        return None


def newer_version(library: FormLibrary, form_id: str, version: str) -> str | None:
    """The newest usable version of the form that is newer than ``version``; None when there is none."""
    for each in reversed(versions_of(library, form_id)):
        if natural_order(each) > natural_order(version) and _usable(library, form_id, each) is not None:
            return each
    return None


def offered_version(library: FormLibrary, summary: ReportSummary, *, is_displaced: bool) -> str | None:
    """The version a report should be taken over to: the newest; or its own, which is not what it was."""
    newer = newer_version(library, summary.form_id, summary.form_version)
    if newer is not None:
        return newer
    if summary.form_version not in versions_of(library, summary.form_id):
        return None
    is_other = library.form(summary.form_id, summary.form_version).hash != summary.form_hash
    return summary.form_version if is_other or is_displaced else None


@dataclass(frozen=True, slots=True)
class ReportRead:
    """A report, and what is to be said about the form it is read with.

    ``read_only``: why it cannot be written to as it is, empty where it can. ``notices`` tell the rest.
    """

    report: Report
    read_only: str = ""
    notices: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """All there is to say."""
        return (self.read_only, *self.notices) if self.read_only else self.notices


def load_report(file: ReportReader, summary: ReportSummary, library: FormLibrary) -> ReportRead:
    """Read one report of the file with its own form, or with the version of it that is here.

    MissingFormError, FormError, DamagedFileError.
    """
    found = find_form(library, file.path.name, summary.form_id, summary.form_version, summary.form_hash)
    report = file.load(summary.number, found.form, lineage=found.lineage)
    report.lost = _lost(file, report)
    return ReportRead(report, _read_only(report, summary), _notices(report, summary))


def _lost(file: ReportReader, report: Report) -> set[str]:
    """The attached files, by SHA-256, that are in the report by name alone."""
    wanted = {attachment.sha256 for _path, attachment in files_of(report)}
    return wanted - {facts.sha256 for facts in file.attachments(report.id)} if wanted else set()


def _read_only(report: Report, summary: ReportSummary) -> str:
    if not report.is_displaced:
        return ""
    if report.form.version == summary.form_version:
        return _(
            "Some answers of this report have no place in its form. They stand under “Unplaced text”, and"
            " the report can only be read until it is brought in line with the form."
        )
    sentence = _(
        "This report was made with version {old} of its form, which is not here. It is shown with"
        " version {new} and can only be read; the file stays as it is."
    )
    return sentence.format(old=summary.form_version, new=report.form.version)


def _notices(report: Report, summary: ReportSummary) -> tuple[str, ...]:
    notices = []
    is_same_version = report.form.version == summary.form_version
    if is_same_version and report.form.hash != summary.form_hash:
        notices.append(form_changed())
    if report.is_displaced and not is_same_version and report.unplaced:
        notices.append(unplaced_notice(len(report.unplaced)))
    return tuple(notices)


def form_changed() -> str:
    """That the form is no longer what it was when the report was begun, although its version is the same."""
    return _("The form was changed since this report was written. Look through the answers before you go on.")


def unplaced_notice(count: int) -> str:
    """That words have no place in the form."""
    told = ngettext(
        "{count} text has no place in this version of the form. It is kept under “Unplaced text”.",
        "{count} texts have no place in this version of the form. They are kept under “Unplaced text”.",
        count,
    )
    return told.format(count=count)
