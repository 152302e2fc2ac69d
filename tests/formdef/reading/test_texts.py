"""Words that are missing, and words for what the form does not have."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop_app.formdef.mistakes import Mistake
from desktop_app.formdef.model import Level

Found = Callable[..., tuple[Mistake, ...]]

FORM = """
[choices.phase]
codes = ["early", "late"]
ordered = true
[row.action]
[[row.action.field]]
code = "what"
type = "text"
[[row.action.check]]
code = "short"
level = "hint"
when = "words(what) < 3"
[list.planned]
row = "action"
[list.done]
row = "action"
[[section]]
code = "A"
kind = "part"
lists = ["planned", "done"]
[[section.goal]]
code = "A.G1"
[[section.field]]
code = "phase"
type = "scale"
choices = "phase"
"""

TEXT = """
[form]
title = "T"
[kind.part]
heading = "Part {number}: {title}"
[section.A]
title = "A"
[goal."A.G1"]
label = "G"
[list.planned]
title = "Planned"
[list.done]
title = "Done"
[field.goals]
label = "Goals"
[field."A.phase"]
label = "Phase"
[field."action.what"]
label = "What"
[choice.countries]
AL = "Albania"
NO = "Norway"
[choice.phase]
early = "Early"
late = "Late"
[check.short]
message = "Short."
"""

WITH_FRENCH = '[form]\nid = "tiny"\nversion = "1"\nlanguages = ["en", "fr"]\ncycles = ["2013"]\n'


def told(mistakes: tuple[Mistake, ...]) -> list[tuple[Level, str, str]]:
    assert all(mistake.sentence.endswith((".", "?")) for mistake in mistakes)
    return [(mistake.level, mistake.key, mistake.sentence) for mistake in mistakes]


def test_words_that_are_complete(found: Found) -> None:
    assert told(found(FORM, text=TEXT)) == []


@pytest.mark.parametrize(
    ("gone", "key", "table"),
    [
        ('title = "T"', "form.title", "form"),
        ('title = "A"', "section.A.title", "section.A"),
        ('label = "G"', 'goal."A.G1".label', 'goal."A.G1"'),
        ('title = "Done"', "list.done.title", "list.done"),
        ('label = "Goals"', "field.goals.label", "field.goals"),
        ('label = "Phase"', 'field."A.phase".label', 'field."A.phase"'),
        ('label = "What"', 'field."action.what".label', 'field."action.what"'),
        ('late = "Late"', "choice.phase.late", "choice.phase"),
        ('message = "Short."', "check.short.message", "check.short"),
    ],
)
def test_missing_words_are_an_error_in_the_official_language_and_a_warning_in_others(
    found: Found, gone: str, key: str, table: str
) -> None:
    part = key.rpartition(".")[2]
    sentence = f'The words are missing. Write [{table}] and below it {part} = "...".'
    assert told(found(FORM, text=TEXT.replace(gone, ""))) == [(Level.ERROR, key, sentence)]

    blank = f'{gone.partition(" = ")[0]} = "  "'
    assert told(found(FORM, text=TEXT.replace(gone, blank))) == [(Level.ERROR, key, sentence)]

    whole = WITH_FRENCH + 'respondents = "countries"\n[choices.countries]\ncodes = ["AL", "NO"]\n' + FORM
    mistakes = found(whole=whole, text=TEXT, files={"text.fr.toml": TEXT.replace(gone, "")})
    assert told(mistakes) == [
        (Level.WARNING, key, "The translation is missing; the official words will be shown.")
    ]
    assert mistakes[0].file == "text.fr.toml"


def test_a_list_may_have_a_title_in_each_section_instead(found: Found) -> None:
    text = TEXT.replace("[list.done]", '[list."A.done"]')
    assert told(found(FORM, text=text)) == []


def test_lists_may_have_their_own_words_for_a_field_of_their_rows(found: Found) -> None:
    own = (
        '[field."planned.what"]\nlabel = "What will be done"\n[field."done.what"]\nlabel = "What was done"\n'
    )
    assert told(found(FORM, text=TEXT + own)) == []
    instead = TEXT.replace('[field."action.what"]\nlabel = "What"\n', own)
    assert told(found(FORM, text=instead)) == []


@pytest.mark.parametrize(
    ("more", "key", "words"),
    [
        (
            '[sektion.A]\ntitle = "x"',
            "sektion.A.title",
            "no texts of the kind “sektion”. Do you mean “section”?",
        ),
        ('[section.B]\ntitle = "x"', "section.B.title", "The form has no section “B”."),
        ('[goal."A.G2"]\nlabel = "x"', 'goal."A.G2".label', "no goal “A.G2”. Do you mean “A.G1”?"),
        ('[field."A.phse"]\nlabel = "x"', 'field."A.phse".label', "Do you mean “A.phase”?"),
        ('[list.planed]\ntitle = "x"', "list.planed.title", "Do you mean “planned”?"),
        ('[kind.prt]\nshort = "x"', "kind.prt.short", "Do you mean “part”?"),
        ('[state.no_action]\nlabel = "x"', "state.no_action.label", "Do you mean “no_action_taken”?"),
        ('[check.shrt]\nmessage = "x"', "check.shrt.message", "Do you mean “short”?"),
        ('[choice.phse]\nearly = "x"', "choice.phse.early", "Do you mean “phase”?"),
    ],
)
def test_words_that_belong_to_nothing_are_a_warning(found: Found, more: str, key: str, words: str) -> None:
    ((level, place, sentence),) = told(found(FORM, text=f"{TEXT}\n{more}\n"))
    assert (level, place) == (Level.WARNING, key)
    assert words in sentence


@pytest.mark.parametrize(
    ("after", "more", "key", "words"),
    [
        ('title = "T"', 'nte = "x"', "form.nte", "“nte” is not used here. Do you mean “note”?"),
        ('title = "A"', 'guidence = "x"', "section.A.guidence", "Do you mean “guidance”?"),
        ('late = "Late"', 'latest = "x"', "choice.phase.latest", "Do you mean “late”?"),
        (
            'heading = "Part {number}: {title}"',
            'kicker = "Part {nr}"',
            "kind.part.kicker",
            "“nr” in curly brackets is not filled in. Write {number} or {title}.",
        ),
    ],
)
def test_parts_that_are_not_used(found: Found, after: str, more: str, key: str, words: str) -> None:
    ((level, place, sentence),) = told(found(FORM, text=TEXT.replace(after, f"{after}\n{more}")))
    assert (level, place) == (Level.WARNING, key)
    assert words in sentence


@pytest.mark.parametrize(
    ("more", "key", "words"),
    [
        ("[state.confidential]\nlabel = 3", "state.confidential.label", "Write a text in quotes"),
        (
            '[goal.A.G1]\nlabel = "x"',
            "goal.A.G1",
            'A code with points stands in quotes, such as [goal."A.G1"].',
        ),
        ('[state]\nconfidential = "x"', "state.confidential", "Write [state.confidential] in single square"),
        ('[state.confidential]\nlabel = "a\\u0007b"', "state.confidential.label", "cannot be printed"),
    ],
)
def test_words_that_cannot_be_used(found: Found, more: str, key: str, words: str) -> None:
    assert any(
        level is Level.ERROR and place == key and words in sentence
        for level, place, sentence in told(found(FORM, text=f"{TEXT}\n{more}\n"))
    )


def test_the_file_of_a_named_language_is_missing(found: Found) -> None:
    whole = WITH_FRENCH + 'respondents = "countries"\n[choices.countries]\ncodes = ["AL", "NO"]\n' + FORM
    (mistake,) = found(whole=whole, text=TEXT)
    assert mistake.line() == (
        "1. error: text.fr.toml: The file “text.fr.toml” is missing from the form's folder."
    )


def test_the_file_of_a_language_that_is_not_named(found: Found) -> None:
    (mistake,) = found(FORM, text=TEXT, files={"text.fr.toml": "[form"})
    assert mistake.line() == (
        "1. warning: text.fr.toml: The form does not name the language “fr”. Add it, or remove the file."
    )


def test_words_are_not_called_unknown_while_the_form_itself_has_mistakes(found: Found) -> None:
    broken = FORM.replace('code = "A.G1"', 'code = "A G1"')
    assert [mistake.key for mistake in found(broken, text=TEXT)] == ["section[0].goal[0].code"]
