"""Mistakes in form.toml, each provoked by the few lines of TOML beside it.

Every test names all mistakes that the lines have: the key path, and words of the sentence.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

InStructure = Callable[..., list[tuple[str, str]]]

SECTION = '[[section]]\ncode = "A"\n'

ROW = """
[row.action]
[[row.action.field]]
code = "what"
type = "text"
"""

LIST = '[list.planned]\nrow = "action"\n'


def assert_told(told: list[tuple[str, str]], expected: list[tuple[str, str]]) -> None:
    assert [key for key, _sentence in told] == [key for key, _words in expected]
    for (_key, sentence), (_, words) in zip(told, expected, strict=True):
        assert words in sentence
        assert sentence.endswith((".", "?"))


# ------------------------------------------------------------------------------------------- head


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", [("form", "The table [form] is missing.")]),
        ('form = "tiny"\n', [("form", "Write [form] in single square brackets"), ("form", "is missing")]),
        (
            '[form]\nid = "a b"\nversion = 1\nlanguages = ["en", "English"]\ncycles = ["20 13"]\n'
            'respondents = "x"\nlabel_verified = true\n',
            [
                ("form.id", "“a b” cannot be a code."),
                ("form.version", 'Write a text in quotes, such as version = "...".'),
                ("form.languages", "“English” is not a language tag."),
                ("form.cycles", "“20 13” cannot be a code."),
                ("form.label_verified", "Do you mean “labels_verified”?"),
                ("form.respondents", "There is no choice list “x”."),
            ],
        ),
        (
            '[form]\nid = " "\nlanguages = []\ncycles = []\nlabels_verified = "no"\n',
            [
                ("form.id", 'This is empty. Write id = "...".'),
                ("form.version", "This is missing."),
                ("form.languages", "Write at least one language"),
                ("form.labels_verified", "Write labels_verified = true or labels_verified = false"),
                ("form.cycles", "This is missing."),
                ("form.respondents", "This is missing."),
            ],
        ),
        (
            '[form]\nid = "tiny"\nversion = "1"\nlanguages = ["en", "en"]\ncycles = "2013"\n'
            'respondents = "contries"\n[choices.countries]\ncodes = ["AL"]\n',
            [
                ("form.languages", "“en” stands here twice."),
                ("form.cycles", "Write a list of texts"),
                ("form.respondents", "Do you mean “countries”?"),
            ],
        ),
    ],
)
def test_head(in_structure: InStructure, head: str, expected: list[tuple[str, str]]) -> None:
    assert_told(in_structure(whole=head + SECTION), expected)


# --------------------------------------------------------------------------------------- sections


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", [("", "The form has no sections.")]),
        ('[rows.x]\n[[section]]\ncode = "A"\n', [("rows", "Do you mean “row”?")]),
        (SECTION + "[[chek]]\n", [("chek", "Do you mean “check”?")]),
        (SECTION + "[section.field]\n", [("section[0].field", "Write [[section.field]] in double")]),
        (
            SECTION + 'lable = "x"\n',
            [("section[0].lable", "“lable” is not known here. Possible are: check,")],
        ),
        (SECTION + 'numbr = "1"\n', [("section[0].numbr", "Do you mean “number”?")]),
        (SECTION + "number = 1\n", [("section[0].number", 'such as number = "..."')]),
        (SECTION + 'kind = "Target No."\n', [("section[0].kind", "cannot be a code")]),
        ('[[section]]\nnumber = "1"\n', [("section[0].code", 'This is missing. Write code = "...".')]),
        ('[section]\ncode = "A"\n', [("section", "Write [[section]] in double square brackets")]),
        ('[[section]]\ncode = "A b"\n', [("section[0].code", "Use letters, digits and _, with a point")]),
        ('[[section]]\ncode = "A..B"\n', [("section[0].code", "cannot be a code")]),
        ('[[section]]\ncode = "Ä"\n', [("section[0].code", "cannot be a code")]),
        (f'[[section]]\ncode = "{"A" * 65}"\n', [("section[0].code", "at most 64 characters")]),
        ('[[section]]\ncode = "unplaced"\n', [("section[0].code", "a meaning of its own in reports")]),
        (SECTION + SECTION, [("section[1].code", "There are two sections “A”.")]),
        (
            SECTION + '[[section.section]]\ncode = "A"\n',
            [("section[0].section[0].code", "There are two sections “A”.")],
        ),
        (
            SECTION + '[[section]]\ncode = "a"\n',
            [
                ("section[0].code", "differs from “A” only in capital letters"),
                ("section[1].code", "differs from “a” only in capital letters"),
            ],
        ),
        (
            SECTION + '[[section.field]]\ncode = "b"\ntype = "text"\n[[section]]\ncode = "A.b"\n',
            [("section[1].code", "also the path of a field or list")],
        ),
        (
            SECTION + '[[section.goal]]\ncode = "G1"\n[[section.goal]]\ncode = "G1"\n[[section.goal]]\n',
            [
                ("section[0].goal[1].code", "There are two goals “G1”."),
                ("section[0].goal[2].code", "This is missing."),
            ],
        ),
        (
            SECTION + '[[section.goal]]\ncode = "G 1"\nlabel = "x"\n',
            [
                ("section[0].goal[0].code", "cannot be a code"),
                ("section[0].goal[0].label", "is not known here"),
            ],
        ),
        (
            SECTION
            + 'groups = ["jugded"]\n[group.judged]\n[[group.judged.field]]\ncode = "f"\ntype = "text"\n',
            [("section[0].groups", "Do you mean “judged”?")],
        ),
        (
            "[group.g]\n" + SECTION + 'groups = ["g"]\n',
            [("group.g.field", "The group has no fields. Write [[group.g.field]].")],
        ),
        (
            '[group.g]\n[[group.g.field]]\ncode = "f"\ntype = "text"\n'
            + SECTION
            + 'groups = ["g"]\n[[section.field]]\ncode = "f"\ntype = "text"\n',
            [("section[0].groups", "The field “f” stands here and in a group.")],
        ),
        (
            ROW
            + LIST
            + SECTION
            + 'lists = ["planned"]\n[[section.field]]\ncode = "planned"\ntype = "text"\n',
            [("section[0].lists", "“planned” is a field and a list of this section.")],
        ),
        (
            ROW + LIST + SECTION + 'lists = ["planned", "planned"]\n',
            [("section[0].lists", "“planned” stands here twice.")],
        ),
    ],
)
def test_sections(in_structure: InStructure, body: str, expected: list[tuple[str, str]]) -> None:
    assert_told(in_structure(body), expected)


# ----------------------------------------------------------------------------------------- fields


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ('code = "Foo"\ntype = "text"', [("code", "Begin with a small letter a to z")]),
        ('code = "a-b"\ntype = "text"', [("code", "cannot be a code")]),
        (f'code = "{"a" * 65}"\ntype = "text"', [("code", "at most 64 characters")]),
        ('code = "b"', [("type", "This is missing.")]),
        ('code = "b"\ntype = "txt"', [("type", "“txt” is not known for type. Do you mean “text”?")]),
        ('code = "b"\ntype = 3', [("type", "Write a text in quotes")]),
        ('code = "b"\ntype = "text"\nrequird = true', [("requird", "Do you mean “required”?")]),
        (
            'code = "b"\ntype = "text"\nrequired = "fatal"',
            [("required", "Possible are: error, hint, warning.")],
        ),
        ('code = "b"\ntype = "text"\nrequired = 1', [("required", "required = true or required = false")]),
        ('code = "b"\ntype = "text"\npresentation = "leed"', [("presentation", "Do you mean “lead”?")]),
        ('code = "b"\ntype = "text"\nstates = ["none"]', [("states", "Possible are: confidential,")]),
        ('code = "b"\ntype = "text"\nstates = "not_available"', [("states", "Write a list of texts")]),
        ('code = "b"\ntype = "text"\nsupplement = "yes"', [("supplement", "without quotes")]),
        ('code = "b"\ntype = "text"\nlines = 2.5', [("lines", "Write a whole number")]),
        ('code = "b"\ntype = "text"\nlines = true', [("lines", "Write a whole number")]),
        ('code = "b"\ntype = "text"\nlines = 51', [("lines", "Write a number from 1 to 50.")]),
        ('code = "b"\ntype = "text"\nmax_words = 0', [("max_words", "Write a number from 1 to")]),
        ('code = "b"\ntype = "number"\nminimum = nan', [("minimum", "Write a number without quotes")]),
        ('code = "b"\ntype = "number"\nminimum = "1"', [("minimum", "Write a number without quotes")]),
        ('code = "b"\ntype = "number"\nminimum = 5\nmaximum = 2', [("minimum", "greater than the maximum")]),
        (
            'code = "b"\ntype = "number"\nmax_words = 3',
            [("max_words", "no meaning for the type “number”. It is for: text.")],
        ),
        ('code = "b"\ntype = "text"\nminimum = 3', [("minimum", "It is for: number, year_series.")]),
        ('code = "b"\ntype = "number"\nbaseline = 2012', [("baseline", "It is for: year_series.")]),
        ('code = "b"\ntype = "text"\nafter = "c"', [("after", "It is for: date.")]),
        (
            'code = "b"\ntype = "text"\nchoices = "countries"',
            [("choices", "It is for: choice, choices, scale.")],
        ),
        (
            'code = "b"\ntype = "choices"\nrespondent = true\nchoices = "countries"',
            [("respondent", "choice.")],
        ),
        (
            'code = "b"\ntype = "date"\nafter = "b"',
            [("after", "There is no other date “b” beside this one.")],
        ),
        (
            'code = "b"\ntype = "choice"',
            [("choices", 'Write choices = "..." with the code of a choice list.')],
        ),
        ('code = "b"\ntype = "choice"\nchoices = "contries"', [("choices", "Do you mean “countries”?")]),
        (
            'code = "b"\ntype = "scale"\nchoices = "countries"',
            [("choices", "A scale needs a list in order. Write ordered = true below [choices.countries].")],
        ),
        ('code = "b"\ntype = "choices"\nchoices = "goals"', [("choices", "The section has no goals")]),
        (
            'code = "b"\ntype = "scale"\nchoices = "goals"',
            [("choices", "Goals have no order."), ("choices", "The section has no goals")],
        ),
        ('code = "b"\ntype = "text"\ngoal = "G1"', [("goal", "The section has no goal “G1”.")]),
        ('code = "goals"\ntype = "text"', [("code", "means the goals the country chose")]),
        ('code = "country"\ntype = "text"', [("code", "write respondent = true")]),
        ('code = "list"\ntype = "text"', [("code", "a meaning of its own in rules")]),
        ('code = "from"\ntype = "date"', [("code", "such as from_value")]),
        ('code = "b"\ntype = "text"\nrelevant = "answered(c)"', [("relevant", "there is no “c” here")]),
        ('code = "b"\ntype = "text"\nrelevant = true', [("relevant", "Write a text in quotes")]),
        ('code = "b"\ntype = "text"\nrelevant = "answered(b)"', [("relevant", "waits for its own answer")]),
    ],
)
def test_fields(in_structure: InStructure, field: str, expected: list[tuple[str, str]]) -> None:
    told = in_structure(f"{SECTION}[[section.field]]\n{field}\n")
    assert_told(told, [(f"section[0].field[0].{key}", words) for key, words in expected])


@pytest.mark.parametrize(
    "field",
    [
        'code = "a1"\ntype = "text"\nplain = true\nlines = 3\nmax_words = 300\nrequired = "hint"',
        'code = "a1"\ntype = "number"\nminimum = -1.5\nmaximum = 10\nwhole = true\nrequired = false',
        'code = "a1"\ntype = "year_series"\nbaseline = 2012\nminimum = 0',
        'code = "country"\ntype = "choice"\nchoices = "countries"\nrespondent = true',
        'code = "a1"\ntype = "timeframe"\nsupplement = true\nunique = true\nstates = ["not_available"]',
        'code = "year"\ntype = "yes_no"\nrelevant = "country == \'AL\' and cycle == \'2013\'"',
        'code = "a1"\ntype = "link"\n[[section.field]]\ncode = "b1"\ntype = "attachment"',
    ],
)
def test_fields_that_are_right(in_structure: InStructure, field: str) -> None:
    assert in_structure(f"{SECTION}[[section.field]]\n{field}\n") == []


def test_two_fields_with_one_code(in_structure: InStructure) -> None:
    field = '[[section.field]]\ncode = "b"\ntype = "text"\n'
    told = in_structure(SECTION + field + field)
    assert_told(told, [("section[0].field[1].code", "There are two fields “b” here.")])


def test_the_respondent_is_chosen_from_the_forms_countries(in_structure: InStructure) -> None:
    told = in_structure(
        '[choices.others]\ncodes = ["X"]\n'
        + SECTION
        + '[[section.field]]\ncode = "country"\ntype = "choice"\nchoices = "others"\nrespondent = true\n'
    )
    assert_told(told, [("section[0].field[0].choices", 'Write choices = "countries".')])


def test_dates_after_each_other(in_structure: InStructure) -> None:
    told = in_structure(
        SECTION
        + '[[section.field]]\ncode = "begin"\ntype = "date"\n'
        + '[[section.field]]\ncode = "end"\ntype = "date"\nafter = "begn"\n'
        + '[[section.field]]\ncode = "last"\ntype = "date"\nafter = "begin"\n'
    )
    assert_told(told, [("section[0].field[1].after", "Do you mean “begin”?")])


# ---------------------------------------------------------------------------------- rows and lists


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[row.r]\n", [("row.r.field", "The row has no fields. Write [[row.r.field]].")]),
        ("[[row]]\n", [("row", "Write [row] in single square brackets")]),
        (
            '[row]\nr = "x"\n',
            [("row.r", "Write [row.r] in single square brackets"), ("row.r.field", "no fields")],
        ),
        (ROW.replace("row.action", "row.Action"), [("row.Action", "Begin with a small letter")]),
        (ROW + "color = 3\n", [("row.action.field[0].color", "is not known here")]),
        (
            ROW + 'goal = "G1"\n',
            [("row.action.field[0].goal", "Only a field that stands in a section itself")],
        ),
        (
            '[row.r]\n[[row.r.field]]\ncode = "a1"\ntype = "text"\npresentation = "lead"\n'
            '[[row.r.field]]\ncode = "b1"\ntype = "text"\npresentation = "lead"\n',
            [("row.r.field[1].presentation", "Only one field of a row can be its lead.")],
        ),
        ("[list.planned]\n", [("list.planned.row", "This is missing.")]),
        (
            ROW + '[list.planned]\nrow = "acton"\n',
            [("list.planned.row", "There is no row type “acton”. Do you mean “action”?")],
        ),
        (
            ROW + LIST + 'states = ["no_action"]\nmin_rows = -1\nrequired = 3\nmax_rows = 4\n',
            [
                ("list.planned.states", "Do you mean “no_action_taken”?"),
                ("list.planned.required", "required = true or required = false"),
                ("list.planned.min_rows", "Write a number from 0 to"),
                ("list.planned.max_rows", "Do you mean “min_rows”?"),
            ],
        ),
        (ROW + '[list.goals]\nrow = "action"\n', [("list.goals", "means the goals the country chose")]),
        (ROW + '[list.section]\nrow = "action"\n', [("list.section", "a meaning of its own in rules")]),
        (
            ROW + LIST + 'x = 1\n[[section]]\ncode = "B"\nlists = ["planed"]\n',
            [
                ("list.planned.x", "is not known here"),
                ("section[0].lists", "There is no list “planed”. Do you mean “planned”?"),
            ],
        ),
        (
            '[group.g]\n[[group.g.field]]\ncode = "goals"\ntype = "text"\ngoal = "G1"\n',
            [("group.g.field[0].code", "means the goals"), ("group.g.field[0].goal", "in a section itself")],
        ),
    ],
)
def test_rows_and_lists(in_structure: InStructure, body: str, expected: list[tuple[str, str]]) -> None:
    assert_told(in_structure(body + SECTION), expected)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '[row.act]\n[[row.act.field]]\ncode = "a1"\ntype = "text"\n'
            '[list.planned]\nrow = "act"\n[[section]]\ncode = "act"\nlists = ["planned"]\n',
            ("row.act", "already the code of a [section]"),
        ),
        (
            ROW
            + '[row.planned]\n[[row.planned.field]]\ncode = "a1"\ntype = "text"\n'
            + '[list.other]\nrow = "planned"\n'
            + LIST
            + SECTION
            + 'lists = ["planned", "other"]\n',
            ("list.planned", "already the code of a [row]"),
        ),
    ],
)
def test_codes_that_would_mix_up_texts(
    in_structure: InStructure, body: str, expected: tuple[str, str]
) -> None:
    assert_told(in_structure(body), [expected])


def test_a_list_may_be_called_as_its_own_rows(in_structure: InStructure) -> None:
    assert in_structure(ROW + '[list.action]\nrow = "action"\n' + SECTION + 'lists = ["action"]\n') == []


def test_what_nothing_uses_is_a_warning(in_structure: InStructure) -> None:
    told = in_structure(
        '[group.g]\n[[group.g.field]]\ncode = "f"\ntype = "text"\n[choices.more]\ncodes = ["a"]\n'
        + ROW
        + LIST
        + '[row.other]\n[[row.other.field]]\ncode = "f"\ntype = "text"\n'
        + SECTION
    )
    assert [key for key, _ in told] == ["row.other", "list.planned", "group.g", "choices.more"]


def test_rows_that_serve_goals_in_a_section_without_goals(in_structure: InStructure) -> None:
    body = (
        ROW
        + '[[row.action.field]]\ncode = "goals"\ntype = "choices"\nchoices = "goals"\nrelevant = "RULE"\n'
        + LIST
        + SECTION
        + 'lists = ["planned"]\n'
    )
    assert_told(
        in_structure(body.replace('relevant = "RULE"\n', "")),
        [("section[0].code", "Give the section goals, or the field “goals” a rule")],
    )
    assert in_structure(body.replace("RULE", "count(section_goals) > 0")) == []


# ------------------------------------------------------------------------------------------ rules


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ('level = "error"\nwhen = "answered(what)"', [("code", "This is missing.")]),
        ('code = "C 1"\nlevel = "error"\nwhen = "answered(what)"', [("code", "cannot be a code")]),
        ('code = "c"\nwhen = "answered(what)"', [("level", "This is missing.")]),
        ('code = "c"\nlevel = "eror"\nwhen = "answered(what)"', [("level", "Do you mean “error”?")]),
        ('code = "c"\nlevel = "error"', [("when", "with the condition of the problem")]),
        ('code = "c"\nlevel = "error"\nwhen = 3', [("when", "Write a text in quotes")]),
        (
            'code = "c"\nlevel = "error"\nwhen = "answered(wath)"',
            [("when", "At character 10: there is no “wath”")],
        ),
        ('code = "c"\nlevel = "error"\nwhen = "list = \'a\'"', [("when", "At character 6: write ==")]),
        ('code = "c"\nlevel = "error"\nwhen = "not answered(what)"\nfield = "wath"', [("field", "“what”?")]),
        (
            'code = "c"\nlevel = "error"\nwhen = "answered(what)"\nmessage = "x"',
            [("message", "not known here")],
        ),
        (
            'code = "c"\nlevel = "error"\nwhen = "answered(answer(\'A.figur\'))"',
            [("when", "There is no answer at “A.figur”. Do you mean “A.figure”?")],
        ),
        ('code = "c"\nlevel = "error"\nwhen = "list == \'plannd\'"', [("when", "Do you mean “planned”?")]),
        ('code = "c"\nlevel = "error"\nwhen = "section == \'B\'"', [("when", "“section” is never “B”.")]),
        ('code = "c"\nlevel = "error"\nwhen = "\'G2\' in section_goals"', [("when", "is never “G2”")]),
        ('code = "c"\nlevel = "error"\nwhen = "\'G2\' in goals_chosen"', [("when", "Possible are: G1.")]),
        ('code = "c"\nlevel = "error"\nwhen = "any_of(serves, \'G1\', \'G3\')"', [("when", "is never “G3”")]),
        ('code = "c"\nlevel = "error"\nwhen = "country == \'ALB\'"', [("when", "Do you mean “AL”?")]),
        (
            'code = "c"\nlevel = "error"\nwhen = "\'X\' in answer(\'A.goals\')"',
            [("when", "“A.goals” is never “X”. Possible are: G1.")],
        ),
    ],
)
def test_checks_of_rows(in_structure: InStructure, check: str, expected: list[tuple[str, str]]) -> None:
    told = in_structure(
        ROW
        + '[[row.action.field]]\ncode = "serves"\ntype = "choices"\nchoices = "goals"\n'
        + f"[[row.action.check]]\n{check}\n"
        + LIST
        + SECTION
        + 'lists = ["planned"]\n[[section.goal]]\ncode = "G1"\n'
        + '[[section.field]]\ncode = "figure"\ntype = "number"\n'
    )
    assert_told(told, [(f"row.action.check[0].{key}", words) for key, words in expected])


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("section == 'B'", "“section” is never “B”."),
        ("phase == 'lat'", "“phase” is never “lat”. Do you mean “late”?"),
        ("state(planned) == 'no_action'", "“state()” is never “no_action”. Do you mean “no_action_taken”?"),
        ("'G2' in goals", "“goals” is never “G2”."),
        ("country in ('AL', 'XX')", "“country” is never “XX”."),
        ("answered(what)", "there is no “what” here"),
        ("list == 'planned'", "there is no “list” here"),
    ],
)
def test_checks_of_sections(in_structure: InStructure, when: str, words: str) -> None:
    told = in_structure(
        '[choices.phase]\ncodes = ["early", "late"]\nordered = true\n'
        + ROW
        + LIST
        + SECTION
        + 'lists = ["planned"]\n[[section.goal]]\ncode = "G1"\n'
        + '[[section.field]]\ncode = "phase"\ntype = "scale"\nchoices = "phase"\n'
        + f'[[section.check]]\ncode = "c"\nlevel = "error"\nwhen = "{when}"\n'
    )
    assert_told(told, [("section[0].check[0].when", words)])


def test_a_section_without_goals_has_no_goals_to_look_at(in_structure: InStructure) -> None:
    told = in_structure(
        SECTION + '[[section.check]]\ncode = "c"\nlevel = "hint"\nwhen = "count(goals) == 0"\n'
    )
    assert_told(told, [("section[0].check[0].when", "there is no “goals” here")])


def test_checks_of_the_whole_form(in_structure: InStructure) -> None:
    told = in_structure(
        SECTION
        + '[[section.field]]\ncode = "figure"\ntype = "number"\n'
        + '[[check]]\ncode = "a1"\nlevel = "error"\nfield = "A.figur"\nwhen = "answered(figure)"\n'
        + '[[check]]\ncode = "a1"\nlevel = "error"\nfield = "A.figure"\nwhen = "answer(\'A.figure\') > 3"\n'
        + '[[check]]\ncode = "a1"\nlevel = "error"\nwhen = "answer(\'A.figure\') < 3"\n'
    )
    assert_told(
        told,
        [
            ("check[0].when", "there is no “figure” here. Possible are: country, cycle."),
            ("check[0].field", "Do you mean “A.figure”?"),
            ("check[2].code", "There are two checks “a1” here."),
        ],
    )


def test_a_mistake_in_a_group_is_told_once(in_structure: InStructure) -> None:
    told = in_structure(
        '[group.g]\n[[group.g.field]]\ncode = "a1"\ntype = "text"\nrelevant = "answered(b1)"\n'
        '[[group.g.field]]\ncode = "b1"\ntype = "text"\nrelevant = "answered(a1)"\n'
        '[[group.g.check]]\ncode = "c"\nlevel = "hint"\nwhen = "answered(x)"\n'
        '[[section]]\ncode = "A"\ngroups = ["g"]\n[[section]]\ncode = "B"\ngroups = ["g"]\n'
    )
    assert_told(
        told,
        [
            ("group.g.check[0].when", "there is no “x” here"),
            ("group.g.field[0].relevant", "These questions wait for each other: a1, b1."),
        ],
    )


def test_a_rule_of_a_group_may_be_about_one_section(in_structure: InStructure) -> None:
    body = (
        '[group.g]\n[[group.g.field]]\ncode = "f"\ntype = "text"\nrelevant = "section == \'WHICH\'"\n'
        '[[section]]\ncode = "A"\ngroups = ["g"]\n[[section]]\ncode = "B"\ngroups = ["g"]\n'
    )
    assert in_structure(body.replace("WHICH", "B")) == []
    assert_told(in_structure(body.replace("WHICH", "C")), [("group.g.field[0].relevant", "is never “C”")])


def test_questions_of_several_sections_that_wait_for_each_other(in_structure: InStructure) -> None:
    told = in_structure(
        '[[section]]\ncode = "A"\n[[section.field]]\ncode = "f"\ntype = "text"\n'
        "relevant = \"answered(answer('B.f'))\"\n"
        '[[section]]\ncode = "B"\n[[section.field]]\ncode = "f"\ntype = "text"\n'
        "relevant = \"answered(answer('A.f'))\"\n"
    )
    assert_told(told, [("section[0].field[0].relevant", "wait for each other: A.f, B.f.")])


# ------------------------------------------------------------------------------------------ moved


def test_moves(in_structure: InStructure) -> None:
    told = in_structure(
        ROW
        + LIST
        + SECTION
        + 'lists = ["planned"]\n[[section.goal]]\ncode = "G1"\n'
        + '[[moved]]\nfrom = "A.old"\nto = "A.planned"\n'
        + '[[moved]]\nfrom = "G0"\nto = "G1"\n'
        + '[[moved]]\nfrom = "action.old"\nto = "action.what"\n'
        + '[[moved]]\nfrom = "A.planned"\nto = "A.planed"\n'
        + '[[moved]]\nfrom = "G0"\nto = "A"\n'
        + "[[moved]]\nform = 1\n"
    )
    assert_told(
        told,
        [
            ("moved[3].from", "“A.planned” is a code of this form"),
            ("moved[3].to", "Do you mean “A.planned”?"),
            ("moved[4].from", "“G0” is moved twice."),
            ("moved[5].from", "This is missing."),
            ("moved[5].to", "This is missing."),
            ("moved[5].form", "Do you mean “from”?"),
        ],
    )


def test_an_option_moves_within_its_list(in_structure: InStructure) -> None:
    lists = '[choices.phases]\ncodes = ["early", "late"]\n[choices.kinds]\ncodes = ["law"]\n'
    field = '[[section.field]]\ncode = "phase"\ntype = "choice"\nchoices = "phases"\n'
    other = '[[section.field]]\ncode = "kind"\ntype = "choice"\nchoices = "kinds"\n'
    told = in_structure(
        lists
        + SECTION
        + field
        + other
        + '[[moved]]\nfrom = "choice.phases.first"\nto = "choice.phases.early"\n'
        + '[[moved]]\nfrom = "choice.phases.law"\nto = "choice.kinds.law"\n'
        + '[[moved]]\nfrom = "choice.phases.late"\nto = "choice.phases.early"\n'
        + '[[moved]]\nfrom = "choice.phases.last"\nto = "choice.phases.lat"\n'
    )
    assert_told(
        told,
        [
            ("moved[1].from", "An option can only move within its choice list"),
            ("moved[2].from", "is a code of this form"),
            ("moved[3].to", "Do you mean “choice.phases.late”?"),
        ],
    )
