"""Old reports for tests: a form's official wording, and what an import made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop_app.exchange.old_reports import Recognised
from desktop_app.report.plain import report_to_plain

Recognise = Callable[..., Recognised]
"""Takes a document's text or bytes, its name, and what a person gives beside it."""

TITLE = "Global Alliance against Child Sexual Abuse Online"
T1 = (
    "Policy target No. 1: Enhancing efforts to identify victims and ensuring that they receive the necessary "
    "assistance, support and protection"
)
T2 = (
    "Policy target No. 2: Enhancing efforts to investigate cases of child sexual abuse online and to "
    "identify and prosecute offenders"
)
LEAD = "Operational Goal:"
G11 = (
    "Increase the number of identified victims in the International Child Sexual Exploitation images "
    "database (ICSE database) managed by INTERPOL by at least 10% yearly"
)
G21 = (
    "Establish the necessary framework for the criminalization of child sexual abuse online and the "
    "effective prosecution of offenders, with the objective of enhancing efforts to investigate and "
    "prosecute offenders"
)
G22 = (
    "Improve the joint efforts of law enforcement authorities across Global Alliance countries to "
    "investigate and prosecute child sexual abuse online"
)
DONE = "Actions ALREADY UNDERTAKEN"
DONE_PROMPT = "Description of the actions already undertaken"
PLANNED = "Actions that WILL BE UNDERTAKEN"
PLANNED_PROMPT = "Description of the actions that will be undertaken and timeframe"


def document(*parts: str, country: str = "Norway", between: str = "\n\n") -> str:
    """A report of ``country`` with the form's title."""
    return between.join([TITLE, country, *parts]) + "\n"


def shown(found: Recognised) -> dict[str, Any]:
    """The report as ``show --json`` prints it."""
    return report_to_plain(found.report)


def rows(found: Recognised, path: str) -> list[dict[str, Any]]:
    """The values of a list's rows."""
    return [row["values"] for row in shown(found)["lists"][path]["rows"]]


def descriptions(found: Recognised, path: str) -> list[str]:
    """The main words of a list's rows, in the text notation."""
    return [row["description"] for row in rows(found, path)]


def state(found: Recognised, path: str) -> str | None:
    """Why a list is empty."""
    answer: str | None = shown(found)["lists"][path]["state"]
    return answer


def unplaced(found: Recognised) -> list[tuple[str, str]]:
    """What was set aside: what it stood near, and its words."""
    return [(each.near, each.text) for each in found.unplaced]
