"""The words of a form as window, workbook and messages ask for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.loader import read_form
from desktop_app.formdef.model import GOALS_FIELD, Field, ListDefinition, Section, State

WriteForm = Callable[..., Path]

FORM = """
[form]
id = "tiny"
version = "1"
languages = ["en", "fr"]
cycles = ["2013"]
respondents = "countries"
[choices.countries]
file = "countries.csv"
[choices.phase]
codes = ["early", "late"]
ordered = true
[row.action]
[[row.action.field]]
code = "what"
type = "text"
[[row.action.field]]
code = "when"
type = "timeframe"
[list.planned]
row = "action"
[list.done]
row = "action"
[[section]]
code = "cover"
[[section]]
code = "A"
number = "1"
kind = "part"
lists = ["planned", "done"]
[[section.goal]]
code = "A.G1"
[[section.field]]
code = "phase"
type = "scale"
choices = "phase"
[[section.check]]
code = "no_goal"
level = "hint"
when = "not answered(goals)"
"""

ENGLISH = """
[form]
title = "A tiny form"
about = "What it is about."
note = "No personal data."
[kind.part]
heading = "Part {number}: {title}"
kicker = "Part {number}"
short = "P{number}"
goal = "Goal:"
[section.cover]
title = "Cover"
[section.A]
title = "The part"
guidance = "Read this."
suggestions = '''
First

Second
'''
[goal."A.G1"]
label = "The goal in full"
short = "Goal 1.1"
[list.planned]
title = "Planned"
prompt = "What and when"
row = "planned action"
empty = "Nothing here yet."
[list.done]
title = "Done"
[list."A.done"]
title = "Done in this part"
empty = "Nothing done in this part."
[field.goals]
label = "Goals"
[field."A.phase"]
label = "Phase"
help = "Choose one."
[field."action.what"]
label = "What"
placeholder = "Write"
[field."action.when"]
label = "Timeframe"
[field."done.when"]
label = "When"
[choice.phase]
early = "Early"
late = "Late"
[state.confidential]
label = "Kept back."
[check.no_goal]
message = "No goal."
"""

FRENCH = '[form]\ntitle = "Un petit formulaire"\n[section.A]\ntitle = "La partie"\n'
COUNTRIES = "code,name,name.fr,note\nAL,Albania,Albanie,\nXK,Kosovo,,A note.\n"


@pytest.fixture
def labels(write_form: WriteForm) -> Labels:
    folder = write_form(whole=FORM, text=ENGLISH, files={"countries.csv": COUNTRIES, "text.fr.toml": FRENCH})
    return Labels(read_form(folder), "en")


@pytest.fixture
def part(labels: Labels) -> Section:
    section = labels.form.section("A")
    assert section is not None
    return section


def entry_of(labels: Labels, path: str) -> ListDefinition:
    found = labels.form.list_at(path)
    assert found is not None
    return found[1]


def question_of(labels: Labels, path: str) -> Field:
    found = labels.form.field_at(path)
    assert found is not None
    return found[1]


def test_the_form(labels: Labels) -> None:
    assert labels.form_title() == "A tiny form"
    assert labels.form_short() == "A tiny form"
    assert labels.form_heading() == "A tiny form"
    assert labels.form_about() == "What it is about."
    assert labels.note() == "No personal data."


def test_sections(labels: Labels, part: Section) -> None:
    assert labels.section_title(part) == "The part"
    assert labels.section_heading(part) == "Part 1: The part"
    assert labels.section_kicker(part) == "Part 1"
    assert labels.section_short(part) == "P1"
    assert labels.section_guidance(part) == "Read this."
    assert labels.suggestions(part) == ["First", "Second"]
    assert labels.goal_heading(part) == "Goal:"


def test_a_section_without_a_kind_shows_its_title(labels: Labels) -> None:
    cover = labels.form.section("cover")
    assert cover is not None
    assert labels.section_heading(cover) == "Cover"
    assert labels.section_short(cover) == "Cover"
    assert (labels.section_kicker(cover), labels.section_guidance(cover), labels.goal_heading(cover)) == (
        "",
        "",
        "",
    )


def test_goals(labels: Labels) -> None:
    assert labels.goal("A.G1") == "The goal in full"
    assert labels.goal_short("A.G1") == "Goal 1.1"
    assert labels.choice(GOALS_FIELD, "A.G1") == "The goal in full"


def test_lists(labels: Labels) -> None:
    planned, done = entry_of(labels, "A.planned"), entry_of(labels, "A.done")
    assert labels.list_title(planned) == "Planned"
    assert labels.list_prompt(planned) == "What and when"
    assert labels.list_short(planned) == "Planned"
    assert labels.row_name(planned) == "planned action"
    assert labels.list_empty(planned) == "Nothing here yet."
    assert labels.list_title(done) == "Done in this part"
    assert labels.list_empty(done) == "Nothing done in this part."
    assert labels.list_prompt(done) == ""
    assert labels.row_name(done) == "Done in this part"


def test_fields_and_the_words_of_a_list_for_them(labels: Labels) -> None:
    planned, done = entry_of(labels, "A.planned"), entry_of(labels, "A.done")
    when = planned.row.field("when")
    assert labels.field_label(when, planned) == "Timeframe"
    assert labels.field_label(when, done) == "When"
    assert labels.field_label(GOALS_FIELD) == "Goals"
    assert labels.field_placeholder(planned.row.field("what"), planned) == "Write"
    assert labels.field_help(question_of(labels, "A.phase")) == "Choose one."
    assert labels.field_help(when) == ""


def test_choices_countries_states_and_checks(labels: Labels) -> None:
    assert labels.choice(question_of(labels, "A.phase"), "late") == "Late"
    assert labels.choice(question_of(labels, "A.phase"), "gone") == "gone"
    assert labels.country("AL") == "Albania"
    assert (labels.country_note("XK"), labels.country_note("AL"), labels.country_note("ZZ")) == (
        "A note.",
        "",
        "",
    )
    assert labels.state(State.CONFIDENTIAL) == "Kept back."
    assert labels.state(State.NOT_AVAILABLE) is None
    assert labels.check("no_goal") == "No goal."


def test_another_language_falls_back_to_the_official_words(labels: Labels, part: Section) -> None:
    french = Labels(labels.form, "fr")
    assert french.section_title(part) == "La partie"
    assert french.section_heading(part) == "Part 1: La partie"
    assert french.goal("A.G1") == "The goal in full"
    assert (french.country("AL"), french.country("XK")) == ("Albanie", "Kosovo")
