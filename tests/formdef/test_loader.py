"""From a folder to a form, and the mistakes of a form as a whole. Those of its parts: ``reading/``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.formdef.loader import inspect_form, read_form
from desktop_app.formdef.mistakes import FormError, Mistake
from desktop_app.formdef.model import (
    GOALS_FIELD,
    Field,
    FieldType,
    Level,
    Moved,
    Presentation,
    State,
)
from desktop_app.runtime.errors import DeskError

WriteForm = Callable[..., Path]
Found = Callable[..., tuple[Mistake, ...]]

ROOT = Path(__file__).resolve().parents[2]

WHOLE = """
[form]
id = "tiny"
version = "2.1"
languages = ["en", "fr"]
labels_verified = true
cycles = ["2013", "2014"]
respondents = "countries"

[choices.countries]
file = "lists/countries.csv"

[choices.phase]
codes = ["early", "late"]
ordered = true

[group.judged]
[[group.judged.field]]
code = "phase"
type = "scale"
choices = "phase"
required = "warning"
states = ["not_available"]
[[group.judged.check]]
code = "why_missing"
level = "hint"
field = "why"
when = "any_of(phase, 'late') and not answered(why)"

[row.action]
[[row.action.field]]
code = "what"
type = "text"
presentation = "lead"
required = true
max_words = 300
[[row.action.field]]
code = "goals"
type = "choices"
choices = "goals"
presentation = "chips"
relevant = "count(section_goals) > 1"
[[row.action.check]]
code = "too_late"
level = "error"
when = "list == 'planned' and year(answer('cover.date')) > 2013"

[list.planned]
row = "action"
required = "hint"
min_rows = 2
states = ["no_action_taken", "not_applicable"]

[[section]]
code = "cover"
[[section.field]]
code = "country"
type = "choice"
choices = "countries"
respondent = true
[[section.field]]
code = "date"
type = "date"
supplement = true

[[section]]
code = "A"
number = "I"
kind = "part"
lists = ["planned"]
[[section.goal]]
code = "A.G1"
[[section.field]]
code = "victims"
type = "year_series"
goal = "A.G1"
baseline = 2012
minimum = 0
maximum = 99.5
whole = true

[[section.section]]
code = "A.1"
groups = ["judged"]
[[section.section.field]]
code = "why"
type = "text"
plain = true
lines = 4

[[check]]
code = "no_goal"
level = "warning"
field = "A.goals"
when = "not answered(answer('A.goals'))"

[[moved]]
from = "A.done"
to = "A.planned"
"""

ENGLISH = """
[form]
title = "A tiny form"
[section.cover]
title = "Cover"
[section.A]
title = "Part"
[section."A.1"]
title = "Below"
[goal."A.G1"]
label = "The goal"
[list.planned]
title = "Planned"
[field.goals]
label = "Goals"
[field."cover.country"]
label = "Country"
[field."cover.date"]
label = "Date"
[field."A.victims"]
label = "Victims"
[field."A.1.why"]
label = "Why"
[field."judged.phase"]
label = "Phase"
[field."action.what"]
label = "What"
[field."action.goals"]
label = "Goals served"
[choice.phase]
early = "Early"
late = "Late"
[check.why_missing]
message = "Say why."
[check.too_late]
message = "Too late."
[check.no_goal]
message = "No goal."
"""

FRENCH = ENGLISH.replace("Planned", "Prévu").replace("A tiny form", "Un petit formulaire")

COUNTRIES = (
    "code,name,name.fr,aliases,note,valid_from\nAL,Albania,Albanie,Shqipëria,,2012-12-05\nNO,Norway,,,,\n"
)


@pytest.fixture
def tiny(write_form: WriteForm) -> Path:
    return write_form(
        whole=WHOLE,
        text=ENGLISH,
        version="2.1",
        files={"text.fr.toml": FRENCH, "lists/countries.csv": COUNTRIES},
    )


# ---------------------------------------------------------------------------------------- reading


def test_a_good_form_has_no_mistakes(tiny: Path) -> None:
    inspection = inspect_form(tiny)
    assert [mistake.line() for mistake in inspection.mistakes] == []
    assert inspection.form is not None
    assert inspection.folder == tiny


def test_the_head_of_the_form(tiny: Path) -> None:
    form = read_form(tiny)
    assert (form.id, form.version, form.languages) == ("tiny", "2.1", ("en", "fr"))
    assert (form.labels_verified, form.cycles, form.respondents) == (True, ("2013", "2014"), "countries")
    assert form.folder == tiny


def test_sections_goals_and_nested_sections(tiny: Path) -> None:
    form = read_form(tiny)
    assert [section.code for section in form.walk()] == ["cover", "A", "A.1"]
    part = form.section("A")
    assert part is not None
    assert (part.number, part.kind) == ("I", "part")
    assert [goal.code for goal in part.goals] == ["A.G1"]
    assert part.questions[0] is GOALS_FIELD
    assert [section.code for section in part.sections] == ["A.1"]


def test_fields_carry_what_their_tables_say(tiny: Path) -> None:
    form = read_form(tiny)
    found = form.field_at("A.victims")
    assert found is not None
    assert found[1] == Field(
        "victims",
        FieldType.YEAR_SERIES,
        text_key="A.victims",
        goal="A.G1",
        baseline=2012,
        minimum=0,
        maximum=99.5,
        whole=True,
    )
    why = form.field_at("A.1.why")
    assert why is not None
    assert why[1] == Field("why", FieldType.TEXT, text_key="A.1.why", plain=True, lines=4)


def test_fields_of_a_group_stand_in_the_section_with_the_words_of_the_group(tiny: Path) -> None:
    form = read_form(tiny)
    found = form.field_at("A.1.phase")
    assert found is not None
    section, phase = found
    assert phase == Field(
        "phase",
        FieldType.SCALE,
        text_key="judged.phase",
        required=Level.WARNING,
        choices="phase",
        states=(State.NOT_AVAILABLE,),
    )
    assert [check.code for check in section.checks] == ["why_missing"]
    assert section.checks[0].when.names == {"phase", "why"}


def test_rows_and_lists(tiny: Path) -> None:
    form = read_form(tiny)
    found = form.list_at("A.planned")
    assert found is not None
    entry = found[1]
    assert (entry.code, entry.required, entry.min_rows) == ("planned", Level.HINT, 2)
    assert entry.states == (State.NO_ACTION_TAKEN, State.NOT_APPLICABLE)
    assert entry.row is form.row_types["action"]
    assert entry.row.lead == Field(
        "what",
        FieldType.TEXT,
        text_key="action.what",
        presentation=Presentation.LEAD,
        required=Level.ERROR,
        max_words=300,
    )
    goals = entry.row.field("goals")
    assert goals.relevant is not None
    assert goals.relevant.names == {"section_goals"}
    assert entry.row.checks[0].when.answers == {"cover.date"}


def test_checks_of_the_whole_form_and_moves(tiny: Path) -> None:
    form = read_form(tiny)
    assert [(check.code, check.level, check.field) for check in form.checks] == [
        ("no_goal", Level.WARNING, "A.goals")
    ]
    assert form.moved == (Moved("A.done", "A.planned"),)


def test_choice_lists_from_the_form_and_from_files(tiny: Path) -> None:
    form = read_form(tiny)
    phase = form.choice_lists["phase"]
    assert ([choice.code for choice in phase.choices], phase.ordered) == (["early", "late"], True)
    albania = form.country("AL")
    assert albania is not None
    assert albania.names == {"en": "Albania", "fr": "Albanie"}
    assert albania.aliases == ("Shqipëria",)
    assert albania.valid_from == "2012-12-05"


def test_texts_in_all_languages(tiny: Path) -> None:
    texts = read_form(tiny).texts
    assert texts.official == "en"
    assert texts.get("list", "planned", "title", "fr") == "Prévu"
    assert texts.get("list", "planned", "title", "de") == "Planned"


def test_a_provisional_form_is_no_mistake(found: Found) -> None:
    text = (
        '[form]\ntitle = "T"\n[section.A]\ntitle = "A"\n[choice.countries]\nAL = "Albania"\nNO = "Norway"\n'
    )
    assert found('[[section]]\ncode = "A"\n', text=text) == ()


# ------------------------------------------------------------------------------------------ hash


def test_the_hash_is_that_of_the_form_and_its_lists(tiny: Path) -> None:
    before = read_form(tiny).hash
    assert len(before) == 64

    (tiny / "text.en.toml").write_text(ENGLISH.replace("Planned", "To be done"), encoding="utf-8")
    assert read_form(tiny).hash == before, "texts do not count"

    (tiny / "form.toml").write_bytes(WHOLE.replace("\n", "\r\n").encode())
    (tiny / "lists/countries.csv").write_bytes(COUNTRIES.replace("\n", "\r\n").encode())
    assert read_form(tiny).hash == before, "line ends do not count"

    (tiny / "lists/countries.csv").write_text(COUNTRIES.replace("Norway", "Norge"), encoding="utf-8")
    changed = read_form(tiny).hash
    assert changed != before

    (tiny / "form.toml").write_text(WHOLE + "# a remark\n", encoding="utf-8")
    assert read_form(tiny).hash not in (before, changed)


def test_the_hash_can_be_computed_by_others(write_form: WriteForm) -> None:
    """SHA-256 over name, zero byte, length, zero byte and content of each file, in the order of names."""
    import hashlib

    folder = write_form(
        whole=WHOLE,
        text=ENGLISH,
        version="2.1",
        files={"text.fr.toml": FRENCH, "lists/countries.csv": COUNTRIES},
    )
    form, countries = WHOLE.encode(), COUNTRIES.encode()
    expected = hashlib.sha256(
        b"form.toml\0%d\0%blists/countries.csv\0%d\0%b" % (len(form), form, len(countries), countries)
    ).hexdigest()
    assert read_form(folder).hash == expected


# ---------------------------------------------------------------------------------------- mistakes


def test_reading_a_broken_form_fails_with_all_mistakes(write_form: WriteForm) -> None:
    folder = write_form('[[section]]\ncode = "A b"\nlable = "x"\n')
    with pytest.raises(FormError) as raised:
        read_form(folder)
    assert isinstance(raised.value, DeskError)
    assert [(mistake.number, mistake.key) for mistake in raised.value.mistakes[:2]] == [
        (1, "section[0].code"),
        (2, "section[0].lable"),
    ]
    assert str(folder) in raised.value.sentence
    assert "form.toml, section[0].code: “A b” cannot be a code." in raised.value.sentence
    assert raised.value.folder == folder


def test_mistakes_of_all_files_are_told_at_once_and_numbered_through(found: Found) -> None:
    mistakes = found(
        '[[section]]\ncode = "A"\nlists = ["planned"]\n[choices.more]\nfile = "more.csv"\n',
        text='[form]\ntitle = "T"\n[section.A]\n[choice.countries]\nAL = "A"\nNO = 3\n',
        files={"more.csv": "code,nmae\nA,B\n"},
    )
    assert [mistake.number for mistake in mistakes] == list(range(1, len(mistakes) + 1))
    assert [(mistake.file, mistake.key) for mistake in mistakes] == [
        ("form.toml", "section[0].lists"),
        ("more.csv", "row 1"),
        ("more.csv", "row 1"),
        ("more.csv", "row 2"),
        ("text.en.toml", "choice.countries.NO"),
        ("text.en.toml", "section.A.title"),
    ]


def test_a_form_with_warnings_can_be_used(write_form: WriteForm) -> None:
    text = '[form]\ntitle = "T"\n[section.A]\ntitle = "A"\n[section.B]\ntitle = "B"\n'
    folder = write_form(
        '[[section]]\ncode = "A"\n', text=text + '[choice.countries]\nAL = "Albania"\nNO = "Norway"\n'
    )
    inspection = inspect_form(folder)
    assert [(mistake.level, mistake.key) for mistake in inspection.mistakes] == [
        (Level.WARNING, "section.B.title")
    ]
    assert read_form(folder).id == "tiny"


def test_a_mistake_in_one_line(found: Found) -> None:
    mistakes = found('[[section]]\ncode = "A"\nnumbr = "1"\n')
    assert mistakes[0].line() == (
        "1. error: form.toml, section[0].numbr: “numbr” is not known here. Do you mean “number”?"
    )


def test_a_folder_without_a_form(tmp_path: Path) -> None:
    inspection = inspect_form(tmp_path / "nowhere")
    assert inspection.form is None
    assert [mistake.line() for mistake in inspection.mistakes] == [
        "1. error: form.toml: The file “form.toml” is missing from the form's folder."
    ]


def test_the_folder_should_be_called_as_the_form(write_form: WriteForm, tmp_path: Path) -> None:
    folder = write_form('[[section]]\ncode = "A"\n')
    folder.rename(tmp_path / "tiny" / "draft")
    mistakes = inspect_form(tmp_path / "tiny" / "draft").mistakes
    assert mistakes[0].level is Level.WARNING
    assert mistakes[0].sentence == "The folder should be called “tiny/1”, as the form says it is."


def test_a_relative_path_is_known_by_its_real_name(
    write_form: WriteForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_form('[[section]]\ncode = "A"\n')
    monkeypatch.chdir(folder)
    assert not [mistake for mistake in inspect_form(Path()).mistakes if mistake.key == "form"]


# ------------------------------------------------------------------------------- hostile input


def many(count: int, part: str) -> str:
    return "".join(part.format(number=number) for number in range(count))


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (many(1001, '[[section]]\ncode = "S{number}"\n'), "The form has more than 1000 sections."),
        (
            '[[section]]\ncode = "A"\n'
            + many(5001, '[[section.field]]\ncode = "f{number}"\ntype = "text"\n'),
            "The form has more than 5000 fields.",
        ),
        (
            "[group.g]\n"
            + many(60, '[[group.g.field]]\ncode = "f{number}"\ntype = "text"\n')
            + many(100, '[[section]]\ncode = "S{number}"\ngroups = ["g"]\n'),
            "The form has more than 5000 fields.",
        ),
        (
            '[group.g]\n[[group.g.field]]\ncode = "f"\ntype = "text"\n'
            + many(60, '[[group.g.check]]\ncode = "c{number}"\nlevel = "hint"\nwhen = "answered(f)"\n')
            + many(100, '[[section]]\ncode = "S{number}"\ngroups = ["g"]\n'),
            "The form has more than 5000 checks.",
        ),
        (
            "".join(f'[[{".".join(["section"] * depth)}]]\ncode = "S{depth}"\n' for depth in range(1, 12)),
            "Sections are nested more than 8 levels deep.",
        ),
        ("x = " + "[" * 20_000, "Brackets are nested too deeply."),
        ("a." * 100_000 + "a = 1", "has a name with too many points."),
        ("x = {" + "a." * 100_000 + "a = 1}", "has a name with too many points."),
        ("x = " + "1" * 10_000, "The file cannot be read as TOML"),
    ],
)
def test_forms_beyond_the_limits_are_refused(found: Found, body: str, sentence: str) -> None:
    assert any(sentence in mistake.sentence for mistake in found(body))


def test_thousands_of_mistakes_are_all_told(found: Found) -> None:
    mistakes = found('[[section]]\ncode = "A"\n' + many(5000, 'k{number} = "x"\n'))
    assert len([mistake for mistake in mistakes if "is not known here" in mistake.sentence]) == 5000


def test_questions_that_all_wait_for_the_next_one_are_one_circle(found: Found) -> None:
    body = '[[section]]\ncode = "A"\n' + "".join(
        f'[[section.field]]\ncode = "f{n}"\ntype = "text"\nrelevant = "answered(f{(n + 1) % 2000})"\n'
        for n in range(2000)
    )
    assert len([mistake for mistake in found(body) if "wait for each other" in mistake.sentence]) == 1


def test_a_word_beyond_measure_is_not_repeated_in_full(found: Found) -> None:
    mistakes = found(f'[[section]]\ncode = "{"x" * 5000}"\n')
    assert mistakes[0].sentence.startswith("“" + "x" * 60 + "…” cannot be a code.")
