"""The content of any place of a report in words: what the log holds in JSON, as a person reads it."""

from __future__ import annotations

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import State
from desktop_app.report.accepted import read_accepted
from desktop_app.report.attachments import read_attached
from desktop_app.report.file_words import file_words
from desktop_app.report.paths import PlaceKind, read_path
from desktop_app.report.receipts import read_receipt, receipt_words
from desktop_app.report.report import Report, UnknownPlaceError
from desktop_app.report.review import comment_words, read_comment
from desktop_app.report.state_words import state_words, status_words
from desktop_app.report.submissions import read_submission, submission_words
from desktop_app.report.text import markup
from desktop_app.report.value_words import PLAIN_FORMATS, Formats, value_words
from desktop_app.report.values import Plain, read_value
from desktop_app.runtime.i18n import _


def content_words(
    report: Report, path: str, plain: Plain, labels: Labels, formats: Formats = PLAIN_FORMATS
) -> str:
    """What ``plain`` says at ``path``, with list marks where it is a text; empty for nothing.

    What cannot be read by this version of the form is given as it stands in the log.
    """
    if plain is None:
        return ""
    place = read_path(path)
    try:
        match place.kind:
            case PlaceKind.STATE:
                return state_words(State(plain), labels)
            case PlaceKind.CONFIDENTIAL:
                return _("Confidential")
            case PlaceKind.ROW:
                return _("In the list")
            case PlaceKind.UNPLACED:
                return markup.read(plain["text"]).plain_text() if isinstance(plain, dict) else str(plain)
            case PlaceKind.COMMENT:
                return comment_words(read_comment(plain))
            case PlaceKind.ATTACHED:
                return file_words(read_attached(plain).file)
            case PlaceKind.ACCEPTED:
                return read_accepted(plain).reason
            case PlaceKind.RECEIPT:
                return receipt_words(read_receipt(plain))
            case PlaceKind.SUBMISSION:
                return submission_words(read_submission(plain))
            case PlaceKind.FORM:
                return _("Version {version} of the form").format(version=plain["version"])
            case PlaceKind.PROPERTY:
                return status_words(str(plain)) if place.facet == "status" else str(plain)
        question = report.question(path)
        value = read_value(question.type, plain)
        return value_words(question, value, labels, formats) if value is not None else ""
    except (ValueError, KeyError, UnknownPlaceError):
        return str(plain)
