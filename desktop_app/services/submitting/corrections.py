"""Who asked for a correction of what was submitted: a receipt that says so, or reviewers."""

from __future__ import annotations

from desktop_app.report.places import place_name
from desktop_app.report.receipts import receipts_of
from desktop_app.report.report import Report
from desktop_app.report.review import asks_correction, threads_of
from desktop_app.report.submissions import last_submission
from desktop_app.report.text import markup
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _


@dataclass(frozen=True, slots=True)
class CorrectionRequest:
    """``source``: ``receipt`` or ``comment``; ``id`` is that of the receipt or of the thread.

    ``about`` is the path a comment is about, empty for the whole report, and ``where`` its name.
    """

    source: str
    id: str
    words: str
    who: str
    at: str
    about: str = ""
    where: str = ""

    def to_plain(self) -> dict[str, str]:
        """It in JSON."""
        return {
            "source": self.source,
            "id": self.id,
            "words": self.words,
            "who": self.who,
            "at": self.at,
            "about": self.about,
            "where": self.where,
        }


def correction_requested(report: Report) -> tuple[CorrectionRequest, ...]:
    """What asks for a correction and is not settled: the receipts first, then what reviewers said.

    A receipt is settled by the next submission, or when its own was taken back; a thread when it is resolved.
    """
    return (*_by_receipts(report), *_by_reviewers(report))


def _by_receipts(report: Report) -> list[CorrectionRequest]:
    last = last_submission(report)
    if last is None or last.taken_back is not None:
        return []
    ids = {id(receipt): key for key, receipt in report.receipts.items()}
    return [
        CorrectionRequest(
            "receipt", ids[id(receipt)], receipt.words, receipt.who, receipt.at, where=_("The whole report")
        )
        for receipt in receipts_of(report, last.number)
        if receipt.asks_correction
    ]


def _by_reviewers(report: Report) -> list[CorrectionRequest]:
    return [
        CorrectionRequest(
            "comment",
            thread.id,
            markup.read(thread.first.words).plain_text(),
            thread.first.reviewer,
            thread.first.moment,
            thread.first.about,
            place_name(report, thread.first.about) if thread.first.about else _("The whole report"),
        )
        for thread in threads_of(report)
        if asks_correction(thread)
    ]
