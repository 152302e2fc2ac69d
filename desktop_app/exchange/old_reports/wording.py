"""A form's own words, found again in a document whatever happened to case, quotes, dashes and spaces.

Everything comes from the form's texts, in each of its languages. Two wordings are the same when their
folded words are: letters and digits only, without case, "-ise" as "-ize", "No." before a number left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import GOALS_CODE, Form, Section, State

_WORD = re.compile("[^\\W_]+(?:\u00ad[^\\W_]+)*")
_ISE = re.compile(r"(?<=\w{3})is(e[ds]?|ers?|ing|ations?)$")
_NUMBER_SIGNS = frozenset(("no", "nr", "n", "number"))

# How alike words must be that are not the same, and how many there must be at least to be compared.
_ALIKE = 0.8
_SHARED = 0.6
_LEAST_WORDS = 6
_MOST_WORDS = 120


class WordingKind(StrEnum):
    """What a piece of form wording stands for."""

    TITLE = "title"
    SECTION = "section"
    GOAL_LEAD = "goal_lead"
    GOAL = "goal"
    LIST = "list"
    FIELD = "field"
    STATE = "state"
    COUNTRY = "country"
    CYCLE = "cycle"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of the form. ``code`` names what they stand for: a list or field by its path."""

    kind: WordingKind
    code: str
    words: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, folded, and where it stands."""

    start: int
    end: int
    folded: str


def words_of(text: str) -> list[Word]:
    """The words of ``text`` in order, without the "No." that stands before a number."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        word = _folded(match[0])
        if word[0].isdigit() and found and found[-1].folded in _NUMBER_SIGNS:
            found.pop()
        found.append(Word(match.start(), match.end(), word))
    return found


def fold(text: str) -> tuple[str, ...]:
    """The folded words of ``text``."""
    return tuple(word.folded for word in words_of(text))


def _folded(word: str) -> str:
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word.replace("\u00ad", ""))
    return _ISE.sub(r"iz\1", word.casefold())


@dataclass(slots=True)
class WordingIndex:
    """All wordings of one form, looked up by their first words."""

    form: Form
    _by_words: dict[tuple[str, ...], list[Wording]] = field(default_factory=lambda: defaultdict(list))
    _lengths: dict[str, list[int]] = field(default_factory=dict)
    _with_word: dict[str, list[Wording]] = field(default_factory=lambda: defaultdict(list))
    _number_leads: set[tuple[str, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Collect the form's words."""
        for language in self.form.languages:
            for wording in _wordings(self.form, language):
                self._add(wording)
            self._number_leads.update(_number_leads(self.form, language))
        lengths: dict[str, set[int]] = defaultdict(set)
        for words in self._by_words:
            lengths[words[0]].add(len(words))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def _add(self, wording: Wording) -> None:
        if not wording.words or wording in self._by_words.get(wording.words, ()):
            return
        self._by_words[wording.words].append(wording)
        for word in set(wording.words) if len(wording.words) >= _LEAST_WORDS else ():
            self._with_word[word].append(wording)

    def at(self, words: Sequence[Word], start: int) -> tuple[list[Wording], int]:
        """The longest wording that stands at ``start``, with all it can mean, and the place after it."""
        for length in self._lengths.get(words[start].folded, ()):
            end = start + length
            key = tuple(word.folded for word in words[start:end])
            if len(key) == length and key in self._by_words:
                return self._by_words[key], end
        return [], start

    def numbered_section(self, words: Sequence[Word], start: int) -> int | None:
        """The place after a section's heading with a number the form does not have."""
        for lead in self._number_leads:
            end = start + len(lead)
            if tuple(word.folded for word in words[start:end]) == lead and end < len(words):
                return end + 1 if words[end].folded.isdecimal() else None
        return None

    def countries(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """The folded names and aliases of every respondent, each with its code."""
        for words, wordings in self._by_words.items():
            for wording in wordings:
                if wording.kind is WordingKind.COUNTRY:
                    yield words, wording.code

    def like(self, words: Sequence[Word]) -> Wording | None:
        """The section or goal whose long wording is almost the same as ``words``."""
        if not _LEAST_WORDS <= len(words) <= _MOST_WORDS:
            return None
        folded = [word.folded for word in words]
        shared: dict[Wording, int] = defaultdict(int)
        for word in set(folded):
            for wording in self._with_word.get(word, ()):
                shared[wording] += 1
        best: tuple[float, Wording | None] = (_ALIKE, None)
        for wording, count in shared.items():
            if wording.kind not in (WordingKind.SECTION, WordingKind.GOAL):
                continue
            if count < _SHARED * max(len(set(wording.words)), len(set(folded))):
                continue
            likeness = SequenceMatcher(None, wording.words, folded, autojunk=False).ratio()
            if likeness > best[0]:
                best = likeness, wording
        return best[1]


def _wordings(form: Form, language: str) -> Iterator[Wording]:
    labels = Labels(form, language)
    for kind, code, text in _texts(form, labels):
        yield Wording(kind, code, fold(text), language)


def _texts(form: Form, labels: Labels) -> Iterator[tuple[WordingKind, str, str]]:
    yield WordingKind.TITLE, "", labels.form_title()
    yield WordingKind.TITLE, "", labels.form_title().partition(":")[0]
    yield WordingKind.TITLE, "", form.texts.find("form", "", "heading", labels.language) or ""
    for section in form.walk():
        yield from _section_texts(form, section, labels)
    for state in State:
        yield WordingKind.STATE, state.value, labels.state(state) or ""
    for choice in form.choice_lists[form.respondents].choices:
        for name in (labels.country(choice.code), *choice.names.values(), *choice.aliases):
            yield WordingKind.COUNTRY, choice.code, name
    for cycle in form.cycles:
        yield WordingKind.CYCLE, cycle, cycle


def _section_texts(form: Form, section: Section, labels: Labels) -> Iterator[tuple[WordingKind, str, str]]:
    for text in (
        labels.section_heading(section),
        labels.section_title(section),
        labels.section_kicker(section),
        labels.section_short(section),
    ):
        yield WordingKind.SECTION, section.code, text
    lead = form.texts.find("kind", section.kind, "goal", labels.language) or ""
    yield WordingKind.GOAL_LEAD, "", lead
    yield WordingKind.GOAL_LEAD, "", f"{lead.rstrip(': ')}s" if lead else ""
    for goal in section.goals:
        yield WordingKind.GOAL, goal.code, labels.goal(goal.code)
        yield WordingKind.GOAL, goal.code, labels.goal_short(goal.code)
    for entry in section.lists:
        for text in (labels.list_title(entry), labels.list_prompt(entry), labels.list_short(entry)):
            yield WordingKind.LIST, entry.path, text
    for question in section.fields:
        if question.code != GOALS_CODE:
            yield WordingKind.FIELD, section.field_path(question), labels.field_label(question)


def _number_leads(form: Form, language: str) -> Iterator[tuple[str, ...]]:
    """The words before the number in the headings of sections of each kind."""
    for kind in sorted({section.kind for section in form.walk() if section.kind}):
        for part in ("heading", "kicker", "short"):
            pattern = form.texts.find("kind", kind, part, language) or ""
            before, number, _after = pattern.partition("{number}")
            # A digit in the place of the number lets the "No." before it be left out.
            lead = fold(f"{before}1")[:-1] if number else ()
            if lead:
                yield lead
