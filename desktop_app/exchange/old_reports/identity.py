"""Which form a document fills in, and for which country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.exchange.old_reports.openings import Spoken, openings
from desktop_app.exchange.old_reports.source import DocumentError
from desktop_app.exchange.old_reports.wording import Wording, WordingIndex, WordingKind, fold
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Form
from desktop_app.runtime.i18n import _

# Long wordings say more than short ones; a form is recognised by a title and a heading, say, but not
# by one heading that many documents have.
_MOST_WEIGHT = 8
_ENOUGH = 12
_STRUCTURE = (WordingKind.SECTION, WordingKind.GOAL, WordingKind.LIST, WordingKind.FIELD)
_NOT_OF_THE_FORM = (WordingKind.COUNTRY, WordingKind.CYCLE, WordingKind.STATE)

#: Shorter names, such as "US", are ordinary words in running text.
_LEAST_LETTERS_IN_PROSE = 4
_HEAD_BLOCKS = 60


class UnknownCountryError(DocumentError):
    """The country was not given and cannot be told, or the form does not know it."""


class UntoldError(DocumentError):
    """The document does not say itself which form or country it is of: a person has to choose."""

    def __init__(self, about: str, way_on: str, form: str = "") -> None:
        """``about``: what is not told, in a sentence; ``way_on``: what to do; ``form``: its id, if known."""
        super().__init__(f"{about} {way_on}")
        self.about, self.form = about, form


class UntoldCountryError(UntoldError, UnknownCountryError):
    """The form is known, the country is not."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A form found in a document. ``language`` is that of the texts most of its wordings came from."""

    index: WordingIndex
    language: str

    @property
    def form(self) -> Form:
        """The form."""
        return self.index.form


def identify(name: str, spoken: Sequence[Spoken], forms: Iterable[Form], *, given: bool) -> Identity:
    """The form among ``forms`` that the document ``name`` fills in; of equals the first.

    ``given``: a person said which form it is, so little evidence will do. DocumentError when no form,
    or more than one, is found.
    """
    tried: list[str] = []
    best: list[tuple[int, Identity]] = []
    for form in forms:
        tried.append(Labels(form, form.languages[0]).form_short() + f" ({form.id} {form.version})")
        index = WordingIndex(form)
        weight, language = _weight(spoken, index)
        if weight >= (1 if given else _ENOUGH):
            best.append((weight, Identity(index, language)))
    if not best:
        raise _no_report(name, tried, given=given)
    top = max(weight for weight, _identity in best)
    found = [identity for weight, identity in best if weight == top]
    if len({identity.form.id for identity in found}) > 1:
        forms_found = ", ".join(sorted({identity.form.id for identity in found}))
        raise UntoldError(
            _("“{name}” could be any of several forms: {forms}.").format(name=name, forms=forms_found),
            _("Choose the form (on the command line with --form)."),
        )
    return found[0]


def _no_report(name: str, tried: Sequence[str], *, given: bool) -> DocumentError:
    forms = ", ".join(tried)
    if given:
        return DocumentError(
            _(
                "“{name}” has none of the headings of the form {form}, so no answer can be told from it."
            ).format(name=name, form=forms)
        )
    about = _(
        "“{name}” is no report that this program knows: it has the headings of none of these forms: {forms}."
    )
    return UntoldError(
        about.format(name=name, forms=forms),
        _("If it is one of them all the same, choose the form (on the command line with --form)."),
    )


def _weight(spoken: Sequence[Spoken], index: WordingIndex) -> tuple[int, str]:
    """How much of the form's wording the document has, 0 without any of its structure, and its language."""
    seen: set[Wording] = set()
    for block in spoken:
        for found in openings(block, index):
            seen.update(found.meanings)
    words = {meaning.words for meaning in seen if meaning.kind not in _NOT_OF_THE_FORM}
    if not any(meaning.kind in _STRUCTURE for meaning in seen):
        return 0, index.form.languages[0]
    counts = {
        language: sum(len(meaning.words) for meaning in seen if meaning.language == language)
        for language in index.form.languages
    }
    return sum(min(len(each), _MOST_WEIGHT) for each in words), max(counts, key=lambda tag: counts[tag])


def head_of(spoken: Sequence[Spoken], index: WordingIndex) -> Sequence[Spoken]:
    """The blocks before the first section, goal or list."""
    ends = (WordingKind.SECTION, WordingKind.GOAL, WordingKind.GOAL_LEAD, WordingKind.LIST)
    for number, block in enumerate(spoken[:_HEAD_BLOCKS]):
        if any(found.kinds.intersection(ends) or found.unknown for found in openings(block, index)):
            return spoken[:number]
    return spoken[:_HEAD_BLOCKS]


def given_country(index: WordingIndex, country: str) -> str:
    """The code of a country given by its code, name or alias. UnknownCountryError."""
    form = index.form
    if form.country(country) is not None:
        return country
    if form.country(country.upper()) is not None:
        return country.upper()
    codes = {code for words, code in index.countries() if words == fold(country)}
    if len(codes) == 1:
        return codes.pop()
    raise UnknownCountryError(
        _("The form {form} knows no country “{country}”. Give its code, such as {example}.").format(
            form=form.id, country=country, example=form.choice_lists[form.respondents].choices[0].code
        )
    )


def find_country(name: str, head: Sequence[Spoken], index: WordingIndex) -> str:
    """The country named in the head of the document ``name``. UnknownCountryError.

    A line that is the country's name, with or without the form's title, weighs more than a sentence
    that mentions a country.
    """
    alone = {
        code for block in head for found in openings(block, index) for code in found.of(WordingKind.COUNTRY)
    }
    found_codes = alone or {code for block in head for code in _mentioned(block, index)}
    if len(found_codes) == 1:
        return found_codes.pop()
    if found_codes:
        labels = Labels(index.form, index.form.languages[0])
        countries = ", ".join(sorted(labels.country(code) for code in found_codes))
        about = _("The beginning of “{name}” names several countries: {countries}.")
        raise _untold_country(about.format(name=name, countries=countries), index)
    about = _("The beginning of “{name}” names no country that the form knows.")
    raise _untold_country(about.format(name=name), index)


def _untold_country(about: str, index: WordingIndex) -> UntoldCountryError:
    way_on = _("Choose the country (on the command line with --country).")
    return UntoldCountryError(about, way_on, index.form.id)


def _mentioned(block: Spoken, index: WordingIndex) -> set[str]:
    """The countries named anywhere in the block; of names within names the longest."""
    found: set[str] = set()
    place = 0
    while place < len(block.words):
        meanings, end = index.at(block.words, place)
        names = [
            meaning.code
            for meaning in meanings
            if meaning.kind is WordingKind.COUNTRY and len("".join(meaning.words)) >= _LEAST_LETTERS_IN_PROSE
        ]
        found.update(names)
        place = end if names else place + 1
    return found
