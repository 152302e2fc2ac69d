"""report.pdf: the plan set in pages, accessible to readers who hear or feel it (PDF/UA-1, ISO 14289-1)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.exchange.documents.missing_characters import missing_notice
from desktop_app.exchange.documents.pages import (
    LIMITS,
    Limits,
    contents,
    sign_off_content,
    with_outline,
    with_page_numbers,
)
from desktop_app.exchange.documents.plan import DocumentPlan
from desktop_app.exchange.documents.typesetting import Place, Typeset, typeset
from desktop_app.exchange.documents.typst_content import Plain
from desktop_app.runtime.i18n import _


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF, in parts when the report is very long, and what its sender should know."""

    parts: tuple[bytes, ...]
    pages: int
    notices: tuple[str, ...]

    def files(self, stem: str = "report") -> tuple[tuple[str, bytes], ...]:
        """Each part with its file name: ``report.pdf``, or ``report-1-of-3.pdf`` and so on."""
        if len(self.parts) == 1:
            return ((f"{stem}.pdf", self.parts[0]),)
        count = len(self.parts)
        return tuple((f"{stem}-{number}-of-{count}.pdf", part) for number, part in enumerate(self.parts, 1))


def write_pdf(plan: DocumentPlan, *, limits: Limits = LIMITS, stop: threading.Event | None = None) -> Pdf:
    """The document as PDF: the same bytes for the same plan and typefaces.

    TypesettingError; NotWantedError once ``stop`` is set.
    """
    return _written(plan, contents(plan, limits), stop)


def write_sign_off(plan: DocumentPlan, *, stop: threading.Event | None = None) -> Pdf:
    """The page to sign, by itself. Errors as those of ``write_pdf``."""
    return _written(plan, [sign_off_content(plan)], stop)


def _written(plan: DocumentPlan, parts: Sequence[Plain], stop: threading.Event | None) -> Pdf:
    parts, places = laid_out(parts, stop)
    made = [typeset(part, place, "pdf", stop=stop) for part, place in zip(parts, places, strict=True)]
    return Pdf(tuple(each.products[0] for each in made), made[-1].last, notices(plan, made))


def laid_out(pieces: Sequence[Plain], stop: threading.Event | None) -> tuple[Sequence[Plain], list[Place]]:
    """The pieces with their table of contents, and where each stands in the whole.

    Several have to be measured first; one is the whole.
    """
    if len(pieces) == 1:
        return [with_outline(pieces[0])], [Place()]
    places, sections = [Place()], list[int]()
    for piece in pieces:
        measured = typeset(piece, places[-1], "measure", stop=stop)
        places.append(Place(measured.last + 1, 0, measured.notes))
        sections.extend(measured.sections)
    pages = places.pop().first - 1
    whole = [Place(place.first, pages, place.notes) for place in places]
    return [with_page_numbers(pieces[0], sections), *pieces[1:]], whole


def notices(plan: DocumentPlan, made: Sequence[Typeset]) -> tuple[str, ...]:
    """What the sender of a document should know about how it was set."""
    missing = sorted({sign for each in made for sign in each.missing})
    told = [missing_notice(plan, missing)] if missing else []
    if not all(each.accessible for each in made):
        told.append(
            _(
                "The PDF does not keep all rules for accessible documents (PDF/UA)."
                " Send the Word document along."
            )
        )
    return tuple(told)
