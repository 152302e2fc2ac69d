"""What holds for every form that ships: one walk over all folders of ``forms/``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.loader import inspect_form, read_form
from desktop_app.formdef.model import ChoiceList, Field, Form, ListDefinition

FORMS = Path(__file__).resolve().parents[2] / "forms"
FOLDERS = sorted(path.parent for path in FORMS.glob("*/*/form.toml"))


@pytest.fixture(params=FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def folder(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


@pytest.fixture
def form(folder: Path) -> Form:
    return read_form(folder)


def questions(form: Form) -> Iterator[tuple[Field, ListDefinition | None]]:
    for section in form.walk():
        yield from ((question, None) for question in section.questions)
        for entry in section.lists:
            yield from ((question, entry) for question in entry.row.fields)


def test_there_are_forms() -> None:
    assert [f"{folder.parent.name}/{folder.name}" for folder in FOLDERS] == [
        "ga-commitments/2013.1",
        "mnr/2016.1",
    ]


def test_the_form_has_no_mistakes_and_no_warnings(folder: Path) -> None:
    assert [mistake.line() for mistake in inspect_form(folder).mistakes] == []


def test_the_library_finds_all_forms() -> None:
    library = FormLibrary([FORMS])
    assert [entry.folder for entry in library.entries()] == FOLDERS
    assert library.broken() == []
    for entry in library.entries():
        form = library.form(entry.id, entry.version)
        labels = Labels(form, form.languages[0])
        assert (entry.title, entry.short) == (labels.form_title(), labels.form_short())
        assert entry.labels_verified is form.labels_verified


def test_every_code_has_words_in_every_language(form: Form) -> None:
    """Words, and not the code that stands in for words that are missing."""
    for language in form.languages:
        labels = Labels(form, language)
        for section in form.walk():
            assert labels.section_title(section) != section.code
            assert "{" not in labels.section_heading(section) + labels.section_kicker(section)
            assert labels.section_short(section)
            for goal in section.goals:
                assert labels.goal(goal.code) != goal.code
                assert labels.goal_short(goal.code) != goal.code
            for entry in section.lists:
                assert labels.list_title(entry) != entry.code
                assert labels.list_empty(entry)
                assert labels.row_name(entry) != entry.code
            for check in section.checks:
                assert labels.check(check.code) != check.code
        for question, of_list in questions(form):
            assert labels.field_label(question, of_list) != question.code
        for row_type in form.row_types.values():
            assert all(labels.check(check.code) != check.code for check in row_type.checks)
        for check in form.checks:
            assert labels.check(check.code) != check.code
        for choice_list in form.choice_lists.values():
            for choice in choice_list.choices:
                assert labels.list_choice(choice_list.code, choice.code) != choice.code


def test_the_form_says_what_it_is_about_and_what_not_to_write(form: Form) -> None:
    labels = Labels(form, form.languages[0])
    assert labels.form_about()
    assert "victims" in labels.note()


def test_messages_are_sentences(form: Form) -> None:
    for (kind, _code, part), words in form.texts.by_language[form.languages[0]].items():
        assert words == words.strip() or part == "suggestions"
        assert "  " not in words
        if kind == "check" or part in ("help", "empty", "note", "about"):
            assert words.endswith(".")


def test_texts_hold_only_the_marks_of_the_text_notation(form: Form) -> None:
    known = {"p", "ul", "ol", "li", "b", "i", "u", "sup"}
    for words in form.texts.by_language[form.languages[0]].values():
        marks = Counter(re.findall(r"<(/?\w+)>", words))
        assert words.count("<") == marks.total()
        assert {mark.lstrip("/") for mark in marks} <= known
        assert all(marks[mark] == marks[f"/{mark}"] for mark in known)


def test_names_in_choice_lists_belong_to_one_code(form: Form) -> None:
    for choice_list in form.choice_lists.values():
        for name, codes in names_of(choice_list).items():
            assert len(codes) == 1, name


def names_of(choice_list: ChoiceList) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for choice in choice_list.choices:
        for name in (choice.code, *choice.names.values(), *choice.aliases):
            assert name == " ".join(name.split())
            found.setdefault(name.casefold(), set()).add(choice.code)
    return found


def test_every_form_asks_for_the_respondent_and_for_supplements_on_a_cover(form: Form) -> None:
    cover = form.sections[0]
    assert cover.kind == "cover"
    assert [question.code for question in cover.fields] == [
        "country",
        "authority",
        "focal_point",
        "contact",
        "date",
        "languages",
    ]
    country = cover.fields[0]
    assert country.respondent
    assert form.options(cover, country) == tuple(
        choice.code for choice in form.choice_lists[form.respondents].choices
    )
    assert all(question.supplement for question in cover.fields[1:])
