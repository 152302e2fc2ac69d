from __future__ import annotations

import ast
import inspect
from typing import Any

import pytest

from desktop_app.formdef.model import Level
from desktop_app.report import field_checks, validation
from desktop_app.report.changes import Change
from desktop_app.report.example import read_example
from desktop_app.report.places import place_name
from desktop_app.report.problems import Problem
from desktop_app.report.report import Report
from desktop_app.report.validation import check_report
from tests.support.toml_forms import ACTION, report_of, shipped_form, toml_form

FORM = toml_form(
    """
[choices.phases]
codes = ["first", "second"]
ordered = true
"""
    + ACTION
    + """
required = true
max_words = 3
unique = true
[[row.action.field]]
code = "goals"
type = "choices"
choices = "goals"
[[row.action.field]]
code = "main_goal"
type = "choice"
choices = "goals"
[[row.action.field]]
code = "when"
type = "timeframe"
states = ["not_available"]
[[row.action.field]]
code = "adopted"
type = "date"
[[row.action.field]]
code = "in_force"
type = "date"
after = "adopted"
[[row.action.field]]
code = "budget"
type = "number"
minimum = 0
maximum = 15000000
whole = true
[[row.action.field]]
code = "law"
type = "link"
[[row.action.field]]
code = "annex"
type = "attachment"
[[row.action.field]]
code = "secret"
type = "yes_no"
relevant = "list == 'undertaken'"
[[row.action.check]]
code = "much_money"
level = "warning"
field = "budget"
when = "budget > 1000000"

[list.undertaken]
row = "action"
required = "hint"

[list.planned]
row = "action"
required = true
min_rows = 2
states = ["no_action_taken"]

[[section]]
code = "cover"
[[section.field]]
code = "authority"
type = "text"
required = "warning"
states = ["confidential"]
[[section.field]]
code = "begun"
type = "date"
[[section.field]]
code = "ended"
type = "date"
after = "begun"

[[section]]
code = "A"
lists = ["undertaken", "planned"]
[[section.goal]]
code = "A.G1"
[[section.goal]]
code = "A.G2"
[[section.field]]
code = "phase"
type = "scale"
choices = "phases"
[[section.field]]
code = "victims"
type = "year_series"
baseline = 2012
minimum = 1
maximum = 2000000
whole = true
goal = "A.G1"
[[section.check]]
code = "first_phase"
level = "hint"
when = "phase == 'first'"

[[check]]
code = "norwegian"
level = "error"
field = "cover.authority"
when = "country == 'NO'"
""",
    """
check.much_money.message = "That is much money."
check.first_phase.message = "More will follow."
check.norwegian.message = "Norway writes to another address."
field."cover.begun".label = "Begun on"
field."action.adopted".label = "Adopted on"
field."planned.adopted".label = "Will be adopted on"
""",
)

TWO_ROWS: dict[str, Any] = {"A.planned/r1": {"position": 1}, "A.planned/r2": {"position": 2}}
SHA256 = "a" * 64


def problems(changes: dict[str, Any], country: str = "AL") -> list[Problem]:
    report = report_of(FORM, country)
    for path, new in changes.items():
        report.apply(Change(path, None, new))
    return check_report(report)


def link(url: str, label: str = "") -> dict[str, str]:
    return {"url": url, "label": label}


# The changes that provoke it, the code of the problem, its level, its place and its sentence.
PROVOKED: list[tuple[dict[str, Any], str, Level, str, str]] = [
    (
        {"unplaced/7": {"text": "Words", "near": ""}},
        "unplaced",
        Level.WARNING,
        "unplaced/7",
        "These words have no place in the form yet. Copy them to where they belong, then remove them here.",
    ),
    (
        {},
        "no_goal_chosen",
        Level.WARNING,
        "A.goals",
        "No operational goal is chosen here. Choose the goals your country has taken up.",
    ),
    ({}, "required", Level.WARNING, "cover.authority", "This is still empty."),
    (
        {"A.planned/r1": {"position": 1}},
        "required",
        Level.ERROR,
        "A.planned/r1/description",
        "This is still empty.",
    ),
    (
        {},
        "list_blank",
        Level.ERROR,
        "A.planned",
        "This list is blank. Add an entry, or say why there is none.",
    ),
    ({}, "list_blank", Level.HINT, "A.undertaken", "This list is blank. Add an entry."),
    (
        {"A.planned/r1": {"position": 1}},
        "min_rows",
        Level.ERROR,
        "A.planned",
        "At least 2 entries are needed here.",
    ),
    (
        {**TWO_ROWS, "A.planned#state": "no_action_taken"},
        "state_beside_rows",
        Level.WARNING,
        "A.planned",
        "This list says “No action taken”, but it has entries. Take these words back, or remove the entries.",
    ),
    (
        {"A.undertaken#state": "not_applicable"},
        "state_not_offered",
        Level.ERROR,
        "A.undertaken",
        "The form does not offer “Not applicable to our country” here. Choose again.",
    ),
    (
        {"cover.authority#state": "not_available"},
        "state_not_offered",
        Level.ERROR,
        "cover.authority",
        "The form does not offer “Information not available” here. Choose again.",
    ),
    (
        {"cover.authority#state": "confidential", "cover.authority": "Police"},
        "state_beside_answer",
        Level.WARNING,
        "cover.authority",
        "There is an answer here, and also “Confidential”. Take one of them back.",
    ),
    (
        {**TWO_ROWS, "A.planned/r1/description": "Train", "A.planned/r2/description": "Train"},
        "repeated",
        Level.ERROR,
        "A.planned/r2/description",
        "The same answer already stands in an entry above. Each entry needs its own.",
    ),
    (
        {**TWO_ROWS, "A.goals": ["A.G1"], "A.planned/r1/goals": ["A.G1", "A.G2"]},
        "goal_not_chosen",
        Level.WARNING,
        "A.planned/r1/goals",
        "This serves a goal that is not chosen above. Choose the goal there, or take it off here.",
    ),
    (
        {**TWO_ROWS, "A.planned/r1/main_goal": "A.G1"},
        "goal_not_chosen",
        Level.WARNING,
        "A.planned/r1/main_goal",
        "This serves a goal that is not chosen above. Choose the goal there, or take it off here.",
    ),
    (
        {**TWO_ROWS, "A.planned/r1/secret": True},
        "not_asked",
        Level.HINT,
        "A.planned/r1/secret",
        "This is no longer asked. The answer is kept, but it does not go into the package.",
    ),
    (
        {"A.victims": {"2012": 5}},
        "not_asked",
        Level.HINT,
        "A.victims",
        "This is no longer asked. The answer is kept, but it does not go into the package.",
    ),
    (
        {**TWO_ROWS, "A.planned/r1/description": "one <b>two</b> three<note>four</note>"},
        "too_many_words",
        Level.ERROR,
        "A.planned/r1/description",
        "The text has 4 words; at most 3 words are allowed.",
    ),
    (
        {"A.phase": "third"},
        "not_an_option",
        Level.ERROR,
        "A.phase",
        "“third” is not one of the answers of this form. Choose again.",
    ),
    (
        {"A.goals": ["A.G1", "T1.G1"]},
        "not_an_option",
        Level.ERROR,
        "A.goals",
        "“T1.G1” is not one of the answers of this form. Choose again.",
    ),
    (
        {**TWO_ROWS, "A.planned/r1/budget": -0.5},
        "too_small",
        Level.ERROR,
        "A.planned/r1/budget",
        "-0.5 is too small; the least is 0.",
    ),
    (
        {**TWO_ROWS, "A.planned/r1/budget": 15000001},
        "too_large",
        Level.ERROR,
        "A.planned/r1/budget",
        "15000001 is too large; the most is 15000000.",
    ),
    (
        {**TWO_ROWS, "A.planned/r1/budget": 0.00001},
        "not_whole",
        Level.ERROR,
        "A.planned/r1/budget",
        "0.00001 is not a whole number.",
    ),
    (
        {"A.goals": ["A.G1"], "A.victims": {"2012": 5, "2013": 0}},
        "too_small",
        Level.ERROR,
        "A.victims",
        "2013: 0 is too small; the least is 1.",
    ),
    (
        {"A.goals": ["A.G1"], "A.victims": {"2013": 5}},
        "no_baseline",
        Level.HINT,
        "A.victims",
        "There is no figure for the baseline year 2012.",
    ),
    (
        {"cover.begun": "2013-05-02", "cover.ended": "2013-05-01"},
        "not_after",
        Level.ERROR,
        "cover.ended",
        "This date must be later than “Begun on”.",
    ),
    (
        {**TWO_ROWS, "A.planned/r1/adopted": "2013-05-02", "A.planned/r1/in_force": "2013-05-02"},
        "not_after",
        Level.ERROR,
        "A.planned/r1/in_force",
        "This date must be later than “Will be adopted on”.",
    ),
    (
        {**TWO_ROWS, "A.planned/r1/when": {"text": "Till December 2013", "edtf": "../2013-12"}},
        "reading_unconfirmed",
        Level.HINT,
        "A.planned/r1/when",
        "“Till December 2013” was read as: by 31 Dec 2013. Confirm or correct it.",
    ),
    (
        {**TWO_ROWS, "A.planned/r1/law": link("", "Law 108")},
        "no_address",
        Level.ERROR,
        "A.planned/r1/law",
        "The address of the link “Law 108” is missing.",
    ),
    (
        {**TWO_ROWS, "A.planned/r1/law": link("www.example.org")},
        "not_an_address",
        Level.ERROR,
        "A.planned/r1/law",
        "“www.example.org” is not an address. It must begin with https://, http:// or mailto:.",
    ),
    (
        {**TWO_ROWS, "A.planned/r1/law": link("https://")},
        "not_an_address",
        Level.ERROR,
        "A.planned/r1/law",
        "“https://” is not an address. It must begin with https://, http:// or mailto:.",
    ),
    (
        {**TWO_ROWS, "A.planned/r1/annex": {"name": "annex.pdf", "sha256": SHA256, "size": 15728641}},
        "attachment_too_large",
        Level.ERROR,
        "A.planned/r1/annex",
        "“annex.pdf” is larger than 15 MB. Attach a smaller file.",
    ),
    (
        {**TWO_ROWS, "A.planned/r2/budget": 2000000},
        "much_money",
        Level.WARNING,
        "A.planned/r2/budget",
        "That is much money.",
    ),
    ({"A.phase": "first"}, "first_phase", Level.HINT, "A", "More will follow."),
]


@pytest.mark.parametrize(("changes", "code", "level", "path", "sentence"), PROVOKED)
def test_each_problem_is_found_at_its_place(
    changes: dict[str, Any], code: str, level: Level, path: str, sentence: str
) -> None:
    assert Problem(code, level, path, sentence) in problems(changes)


def test_a_rule_of_the_whole_form_is_told_at_its_field() -> None:
    sentence = "Norway writes to another address."
    assert Problem("norwegian", Level.ERROR, "cover.authority", sentence) in problems({}, "NO")
    assert not [problem for problem in problems({}) if problem.code == "norwegian"]


def test_every_problem_of_the_program_is_provoked_here() -> None:
    codes = {
        call.args[0].value
        for module in (validation, field_checks)
        for call in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("Problem", "asked.problem")
        if isinstance(call.args[0], ast.Constant)
    }
    assert len(codes) == 22
    assert codes - {code for _changes, code, *_rest in PROVOKED} == set()


GOOD: dict[str, Any] = {
    "cover.authority": "Ministry of Justice",
    "cover.begun": "2013-05-01",
    "cover.ended": "2013-05-02",
    "A.goals": ["A.G1", "A.G2"],
    "A.phase": "second",
    "A.victims": {"2012": 1, "2013": 2000000},
    "A.undertaken/u1": {"position": 1},
    "A.undertaken/u1/description": "Train judges",
    "A.undertaken/u1/secret": False,
    **TWO_ROWS,
    "A.planned/r1/description": "Train <b>police</b> officers",
    "A.planned/r1/goals": ["A.G2"],
    "A.planned/r1/main_goal": "A.G1",
    "A.planned/r1/when": {"text": "Within 2014", "edtf": "2014", "confirmed": True},
    "A.planned/r1/adopted": "2013-05-02",
    "A.planned/r1/in_force": "2013-05-03",
    "A.planned/r1/budget": 0,
    "A.planned/r1/law": link("HTTPS://example.org/law", "Law 108"),
    "A.planned/r1/annex": {"name": "annex.pdf", "sha256": SHA256, "size": 15728640},
    "A.planned/r2/description": "Train judges",
    "A.planned/r2/when#state": "not_available",
    "A.planned/r2/budget": 1000000,
    "A.planned/r2/law": link("mailto:desk@example.org"),
}


def test_good_answers_have_no_problems() -> None:
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"cover.authority#state": "confidential"}, "required", "cover.authority"),
        ({"A.planned#state": "no_action_taken"}, "list_blank", "A.planned"),
        ({"A.planned#state": "no_action_taken"}, "min_rows", "A.planned"),
        ({**TWO_ROWS, "A.planned/r1/when": {"text": "soon"}}, "reading_unconfirmed", "A.planned/r1/when"),
        ({"cover.ended": "2013-05-01"}, "not_after", "cover.ended"),
        ({**TWO_ROWS, "A.planned/r1/goals": ["T1.G1"]}, "goal_not_chosen", "A.planned/r1/goals"),
    ],
)
def test_what_is_no_problem(changes: dict[str, Any], code: str, path: str) -> None:
    assert (code, path) not in [(problem.code, problem.path) for problem in problems(changes)]


def test_a_list_that_nobody_needs_but_that_wants_rows() -> None:
    form = toml_form(
        """
[row.proof]
[[row.proof.field]]
code = "what"
type = "text"
[list.evidence]
row = "proof"
min_rows = 1
[[section]]
code = "A"
lists = ["evidence"]
"""
    )
    (problem,) = check_report(report_of(form))
    assert (problem.code, problem.sentence) == ("min_rows", "At least 1 entry is needed here.")


def test_problems_come_in_the_working_order() -> None:
    report = report_of(FORM)
    for path, new in {**TWO_ROWS, "unplaced/1": {"text": "Words"}}.items():
        report.apply(Change(path, None, new))
    assert [(problem.path, problem.code) for problem in check_report(report)] == [
        ("unplaced/1", "unplaced"),
        ("cover.authority", "required"),
        ("A.goals", "no_goal_chosen"),
        ("A.undertaken", "list_blank"),
        ("A.planned/r1/description", "required"),
        ("A.planned/r2/description", "required"),
    ]


@pytest.fixture(scope="module")
def example() -> Report:
    return read_example(shipped_form("ga-commitments"))


def test_the_real_report_has_no_errors(example: Report) -> None:
    found = check_report(example)
    assert [problem for problem in found if problem.level is Level.ERROR] == []
    words = {f"{place_name(example, problem.path)}: {problem.sentence}" for problem in found}
    assert "Cover, Authority or ministry: This is still empty." in words
    assert (
        "Target 1, planned action 1, Timeframe: “Till December 2013” was read as: by 31 Dec 2013. "
        "Confirm or correct it." in words
    )


def test_every_problem_has_a_place_in_words_and_a_sentence(example: Report) -> None:
    for problem in check_report(example):
        assert place_name(example, problem.path) != problem.path
        assert problem.sentence.endswith((".", "?"))
        assert "{" not in problem.sentence


@pytest.mark.parametrize("form_id", ["ga-commitments", "mnr"])
def test_an_empty_report_of_a_shipped_form_only_misses_answers(form_id: str) -> None:
    report = report_of(shipped_form(form_id))
    found = check_report(report)
    assert found
    for problem in found:
        assert problem.sentence.endswith(".")
        assert place_name(report, problem.path) != problem.path
    built_in = {problem.code for problem in found} & {"required", "list_blank", "no_goal_chosen"}
    assert {problem.code for problem in found if problem.level is Level.ERROR} <= built_in


def test_no_goal_is_missed_where_nothing_was_done() -> None:
    report = report_of(shipped_form("ga-commitments"))

    def missed() -> set[str]:
        return {problem.path for problem in check_report(report) if problem.code == "no_goal_chosen"}

    everywhere = {"T1.goals", "T2.goals", "T3.goals", "T4.goals"}
    assert missed() == everywhere
    report.apply(Change("T4.undertaken#state", None, "no_action_taken"))
    assert missed() == everywhere
    report.apply(Change("T4.planned#state", None, "not_applicable"))
    assert missed() == everywhere - {"T4.goals"}
