"""What every part of a document needs to know of its report: words, languages, and what is asked at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop_app.exchange.documents.plan import Label, Missing, Variant
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Field, Section, State
from desktop_app.report.attachments import Attached
from desktop_app.report.placed_files import attached_by_place
from desktop_app.report.report import Report
from desktop_app.report.rules import is_relevant
from desktop_app.report.state_words import empty_words
from desktop_app.runtime.i18n import _, language


@dataclass
class Context:
    """A report, the document that is made of it, and the words for its parts.

    ``spoken``: the language of the program's own words in it. ``cover``: the section that says who
    reports, the one with the respondent's question.
    """

    report: Report
    variant: Variant
    labels: Labels
    official: Labels
    spoken: str
    cover: Section | None
    attached: Mapping[str, list[tuple[str, Attached]]] = field(default_factory=dict)

    @classmethod
    def of(cls, report: Report, variant: Variant) -> Context:
        """Look through the form once."""
        return cls(
            report,
            variant,
            Labels(report.form, report.language),
            Labels(report.form, report.form.texts.official),
            language(),
            next((each for each in report.form.sections if any(one.respondent for one in each.fields)), None),
            attached_by_place(report) if variant is not Variant.BLANK else {},
        )

    @property
    def language(self) -> str:
        """That of the report."""
        return self.report.language

    @property
    def is_blank(self) -> bool:
        """Whether it is a form to fill in."""
        return self.variant is Variant.BLANK

    @property
    def is_translated(self) -> bool:
        """Whether words of the form stand here in another language than that of its publication."""
        return self.language in self.report.form.texts.by_language and self.language != self.official.language

    def label(self, words: Callable[[Labels], str], *, official: bool = True) -> Label:
        """Words of the form; a translation with the ``official`` words beside it, where those count."""
        ours, theirs = words(self.labels), words(self.official)
        original_language = self.official.language
        if ours == theirs:
            return Label(ours, original_language)
        return (
            Label(ours, self.language, theirs, original_language) if official else Label(ours, self.language)
        )

    def ours(self, words: str) -> Label:
        """The program's own words."""
        return Label(words, self.spoken)

    def missing(self, path: str, state: State | None) -> Missing | None:
        """Why there is no answer at ``path``; None where a short document does not say it."""
        is_state = state is not None or self.left_out(path) > 0
        if not is_state and self.variant is not Variant.FULL:
            return None
        return Missing(empty_words(self.report, path, state, self.labels), is_state)

    def left_out(self, path: str) -> int:
        """How much is missing at ``path`` because this is a public copy."""
        return (self.report.left_out or {}).get(path, 0)

    def is_asked(self, section: Section, question: Field, names: Mapping[str, object]) -> bool:
        """Whether the question stands in the document; a blank form has them all."""
        return self.is_blank or is_relevant(self.report, section, question, names)

    def mark(self, path: str) -> str:
        """The word beside a single answer or a list that is marked confidential."""
        return _("Confidential") if not self.is_blank and path in self.report.confidential else ""
