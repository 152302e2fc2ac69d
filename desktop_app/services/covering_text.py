"""The words that go with a package in a mail: what it is, how to check it, and how to answer."""

from __future__ import annotations

from desktop_app.formdef.labels import Labels
from desktop_app.report.report import Report
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _


@dataclass(frozen=True, slots=True)
class SentPackage:
    """A package that is ready to go. ``name`` is that of its file.

    ``submission``: its number, None for a draft; ``amends``: the submission it points to.
    ``signed_by``: the fingerprint of the key, empty for none.
    """

    name: str
    checksum: str
    submission: int | None = None
    amends: int | None = None
    signed_by: str = ""
    is_public: bool = False
    is_encrypted: bool = False


def covering_text(report: Report, package: SentPackage, who: str = "") -> str:
    """Plain text for the mail that carries ``package`` of ``report``; ``who`` signs it."""
    labels = Labels(report.form, report.language)
    facts = [
        _("Country: {country}").format(country=labels.country(report.country)),
        _("Form: {form}, version {version}").format(form=labels.form_title(), version=report.form.version),
        _("Cycle: {cycle}").format(cycle=report.cycle),
        _submission_line(package),
        _("File: {file}").format(file=package.name),
        _("Content checksum (SHA-256): {checksum}").format(checksum=package.checksum),
        _signature_line(package),
    ]
    paragraphs = [
        _("Dear colleagues,"),
        _opening(labels, report, package),
        "\n".join(facts),
        *_requests(package),
        "\n".join(filter(None, (_("With kind regards"), who))),
    ]
    return "\n\n".join(paragraphs) + "\n"


def _opening(labels: Labels, report: Report, package: SentPackage) -> str:
    if package.is_public:
        words = _("attached is the public copy of the report of {country}, without what is confidential.")
    elif package.submission is None:
        words = _("attached is a draft of the report of {country}. It is not submitted yet.")
    elif package.amends is not None:
        words = _("attached is an amendment of the report of {country}. It replaces submission {number}.")
    else:
        words = _("attached is the report of {country}.")
    return words.format(country=labels.country(report.country), number=package.amends)


def _submission_line(package: SentPackage) -> str:
    if package.submission is None:
        return _("Submission: none, this is a draft")
    return _("Submission: {number}").format(number=package.submission)


def _signature_line(package: SentPackage) -> str:
    if not package.signed_by:
        return _("Signature: none")
    return _("Signed with the key: {fingerprint}").format(fingerprint=package.signed_by)


def _requests(package: SentPackage) -> list[str]:
    """How to open it, to check it, and to answer."""
    found = []
    if package.is_encrypted:
        found.append(
            _("The file is encrypted for you: open it with your own key, in Alliance Desk or with age.")
        )
    if package.is_public:
        return found
    found.append(
        _(
            "Whether the file arrived as it was sent can be checked with Alliance Desk, offline:"
            " alliance-desk verify {file}"
        ).format(file=package.name)
    )
    found.append(
        _(
            "Please write comments into the sheet “Review” of the workbook report.xlsx in the package, and"
            " send that workbook back. Sorting and filtering do no harm."
        )
    )
    if package.submission is not None:
        found.append(
            _("Please return a receipt too. This command makes it: alliance-desk receipt {file}").format(
                file=package.name
            )
        )
    return found
