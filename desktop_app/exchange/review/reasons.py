"""Why a workbook that came back is not read: what the limited process reports, and the sentence for it."""

from __future__ import annotations

from enum import Enum

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _


class ReturnedError(DeskError):
    """A file is no workbook that came back, or one that is not read."""


class Reason(Enum):
    """What the limited process found."""

    DAMAGED = "damaged"
    DOCTYPE = "doctype"
    TOO_MUCH = "too much"
    LINKS = "links"
    NO_WORKBOOK = "no workbook"


class UnreadableError(Exception):
    """Raised within the limited process; ``part``: the part of the workbook that it is about."""

    def __init__(self, reason: Reason, part: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.part = part


def refusal(name: str, reason: str, part: str) -> ReturnedError:
    """The error for what the limited process reported of the file ``name``."""
    match reason:
        case Reason.DOCTYPE.value:
            sentence = _(
                "“{file}” holds a part with definitions of its own (“{part}”), which no honest workbook has. "
                "It is not read."
            )
        case Reason.TOO_MUCH.value:
            sentence = _(
                "“{file}” holds far more than any report (“{part}”). It is not read. "
                "Ask for the workbook as it was sent."
            )
        case Reason.LINKS.value:
            sentence = _(
                "“{file}” holds a link that starts another program (“{part}”). It is not read. "
                "Ask for a copy without such links."
            )
        case Reason.NO_WORKBOOK.value:
            sentence = _("“{file}” is a zip file, but no workbook. Choose the .xlsx file that came back.")
        case _:
            return damaged(name)
    return ReturnedError(sentence.format(file=name, part=part or "?"))


def damaged(name: str) -> ReturnedError:
    """The error for what cannot be read at all."""
    return ReturnedError(
        _(
            "“{file}” is damaged or incomplete. Open it in Excel or LibreOffice, save it as .xlsx, "
            "or ask for it to be sent again."
        ).format(file=name)
    )
