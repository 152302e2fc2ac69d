"""The words that go with a package in a mail: what it is, how to check it, and how to answer."""

from __future__ import annotations

from desktop_app.formdef.labels import Labels
from desktop_app.report.public_copy import public_copy
from desktop_app.report.report import Report
from desktop_app.report.submissions import SubmissionRecord, amended_by_the_next, taken_back_words
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class SentPackage:
    """A package that is ready to go. ``name`` is that of its file.

    ``submission``: its number, None for a draft; ``amends``: the submission it points to.
    ``signed_by``: the fingerprint of the key, empty for none. ``about``: what the amendment is about;
    ``taken_back``: the submissions before it that were taken back; ``taken_back_because``: why it was itself.
    """

    name: str
    checksum: str
    submission: int | None = None
    amends: int | None = None
    signed_by: str = ""
    is_public: bool = False
    is_encrypted: bool = False
    about: str = ""
    taken_back: tuple[int, ...] = ()
    taken_back_because: str = ""


def covering_text(report: Report, package: SentPackage, who: str = "") -> str:
    """Plain text for the mail that carries ``package`` of ``report``; ``who`` signs it."""
    labels = Labels(report.form, report.language)
    facts = [
        _("Country: {country}").format(country=labels.country(report.country)),
        _("Form: {form}, version {version}").format(form=labels.form_title(), version=report.form.version),
        _("Cycle: {cycle}").format(cycle=report.cycle),
        _submission_line(package),
        *_of_earlier(package),
        _("File: {file}").format(file=package.name),
        _checksum_line(package),
        _signature_line(package),
    ]
    paragraphs = [
        _("Dear colleagues,"),
        _opening(labels, report, package),
        "\n".join(facts),
        *_confidential(report, package),
        *_requests(package),
        "\n".join(filter(None, (_("With kind regards"), who))),
    ]
    return "\n\n".join(paragraphs) + "\n"


def taken_back_text(report: Report, submission: SubmissionRecord, who: str = "") -> str:
    """Plain text for a mail that says that ``submission`` of ``report`` was taken back; ``who`` signs it."""
    labels, stands = Labels(report.form, report.language), amended_by_the_next(report)
    words = {
        "number": submission.number,
        "country": labels.country(report.country),
        "reason": submission.taken_back.reason if submission.taken_back else "",
        "stands": stands,
    }
    ask = (
        _("Please do not use it any more. Another submission will follow.")
        if stands is None
        else _("Please do not use it any more. Submission {stands} stands until another one follows.")
    )
    paragraphs = [
        _("Dear colleagues,"),
        _("Submission {number} of the report of {country} was taken back: {reason}").format(**words),
        "\n".join(
            (
                _("Form: {form}, version {version}").format(
                    form=labels.form_title(), version=report.form.version
                ),
                _("Cycle: {cycle}").format(cycle=report.cycle),
                _("Content checksum (SHA-256): {checksum}").format(checksum=submission.checksum),
            )
        ),
        ask.format(**words),
        "\n".join(filter(None, (_("With kind regards"), who))),
    ]
    return "\n\n".join(paragraphs) + "\n"


def _opening(labels: Labels, report: Report, package: SentPackage) -> str:
    if package.is_public:
        words = _("Attached is the public copy of the report of {country}, without what is confidential.")
    elif package.submission is None:
        words = _("Attached is a draft of the report of {country}. It is not submitted yet.")
    elif package.taken_back_because:
        words = _(
            "Attached is submission {itself} of the report of {country}, once more as it was sent."
            " It was taken back: {reason}"
        )
    elif package.amends is not None:
        words = _("Attached is an amendment of the report of {country}. It replaces submission {number}.")
    else:
        words = _("Attached is the report of {country}.")
    return words.format(
        country=labels.country(report.country),
        number=package.amends,
        itself=package.submission,
        reason=package.taken_back_because,
    )


def _submission_line(package: SentPackage) -> str:
    if package.submission is None:
        return _("Submission: none, this is a draft")
    return _("Submission: {number}").format(number=package.submission)


def _of_earlier(package: SentPackage) -> list[str]:
    """What its receiver must know of the submissions before it."""
    lines = []
    if package.about and not package.is_public:
        lines.append(_("What the amendment is about: {words}").format(words=package.about))
    if package.taken_back:
        lines.append(_("Taken back: {submissions}").format(submissions=taken_back_words(package.taken_back)))
    return lines


def _checksum_line(package: SentPackage) -> str:
    if package.submission is None and not package.is_public:
        return _("Checksum of this draft (SHA-256): {checksum}").format(checksum=package.checksum)
    return _("Content checksum (SHA-256): {checksum}").format(checksum=package.checksum)


def _signature_line(package: SentPackage) -> str:
    if not package.signed_by:
        return _("Signature: none")
    return _("Signed with the key: {fingerprint}").format(fingerprint=package.signed_by)


def _confidential(report: Report, package: SentPackage) -> list[str]:
    """How much of it the receiver must not pass on: as many entries as a public copy leaves out."""
    count = 0 if package.is_public else public_copy(report).left_out
    if not count:
        return []
    return [
        ngettext(
            "{count} entry in this package is confidential and marked so. Please do not pass it on.",
            "{count} entries in this package are confidential and marked so. Please do not pass them on.",
            count,
        ).format(count=count)
    ]


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
    if package.submission is not None and not package.taken_back_because:
        found.append(
            _("Please return a receipt too. This command makes it: alliance-desk receipt {file}").format(
                file=package.name
            )
        )
    return found
