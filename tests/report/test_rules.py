from __future__ import annotations

import pytest

from desktop_app.report.changes import Change
from desktop_app.report.rules import chosen_goals, irrelevant_paths
from desktop_app.report.validation import check_report
from tests.support.toml_forms import ACTION, report_of, toml_form

ROWS_AND_SECTION = (
    """
[choices.phases]
codes = ["first", "second"]
ordered = true
"""
    + ACTION
    + """
[[row.action.field]]
code = "when"
type = "timeframe"
[[row.action.field]]
code = "goals"
type = "choices"
choices = "goals"
{checks_of_rows}
[list.planned]
row = "action"
[list.undertaken]
row = "action"
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
[[section]]
code = "A"
lists = ["planned", "undertaken"]
[[section.goal]]
code = "A.G1"
[[section.goal]]
code = "A.G2"
[[section.field]]
code = "phase"
type = "scale"
choices = "phases"
[[section.field]]
code = "term"
type = "timeframe"
{checks_of_section}
{checks_of_form}
"""
)


def fired(when: str, answers: dict[str, object], *, of: str) -> list[str]:
    """The paths of the problems of a rule; it stands in the rows, in section A, or in the whole form."""
    table = {"rows": "row.action.check", "section": "section.check", "form": "check"}[of]
    rule = f'[[{table}]]\ncode = "rule"\nlevel = "error"\nwhen = "{when}"\n'
    parts = {f"checks_of_{place}": rule if place == of else "" for place in ("rows", "section", "form")}
    report = report_of(toml_form(ROWS_AND_SECTION.format(**parts)))
    for path, new in answers.items():
        report.apply(Change(path, None, new))
    return [problem.path for problem in check_report(report) if problem.code == "rule"]


ONE_ROW: dict[str, object] = {"A.planned/r1": {"position": 1}}


@pytest.mark.parametrize(
    ("when", "more"),
    [
        ("country == 'AL' and cycle == '2013'", {}),
        ("section == 'A' and list == 'planned'", {}),
        ("list != 'undertaken'", {}),
        ("count(section_goals) == 2 and 'A.G2' in section_goals", {}),
        ("not answered(goals_chosen)", {}),
        ("any_of(goals_chosen, 'A.G1')", {"A.goals": ["A.G1"]}),
        ("any_of(goals, 'A.G2')", {"A.planned/r1/goals": ["A.G2"]}),
        ("not answered(description)", {}),
        ("words(description) > 2", {"A.planned/r1/description": "one <b>two</b> three"}),
        ("answered(when)", {"A.planned/r1/when": {"text": "on an ongoing basis"}}),
        (
            "ends(when) < answer('cover.date')",
            {"A.planned/r1/when": {"text": "May 2013", "edtf": "../2013-05"}, "cover.date": "2013-06-01"},
        ),
        (
            "starts(when) > answer('cover.date')",
            {"A.planned/r1/when": {"text": "2014", "edtf": "2014"}, "cover.date": "2013-06-01"},
        ),
        ("year(when) == 2014", {"A.planned/r1/when": {"text": "2014", "edtf": "2014"}}),
        ("answer('cover.country') == 'AL'", {}),
        ("answer('A.phase') == 'second'", {"A.phase": "second"}),
    ],
)
def test_what_a_rule_of_a_row_sees(when: str, more: dict[str, object]) -> None:
    assert fired(when, {**ONE_ROW, **more}, of="rows") == ["A.planned/r1"]


@pytest.mark.parametrize(
    ("when", "more"),
    [
        ("list == 'undertaken'", {}),
        ("country == 'NO'", {}),
        ("words(description) < 2", {}),
        ("ends(when) < answer('cover.date')", {"cover.date": "2013-06-01"}),
        (
            "ends(when) < answer('cover.date')",
            {"A.planned/r1/when": {"text": "soon"}, "cover.date": "2013-06-01"},
        ),
        ("ends(when) < answer('cover.date')", {"A.planned/r1/when": {"text": "2012", "edtf": "2012"}}),
        (
            "ends(when) < answer('cover.date')",
            {"A.planned/r1/when": {"text": "since", "edtf": "2012/.."}, "cover.date": "2013-06-01"},
        ),
    ],
)
def test_a_rule_with_an_unknown_or_false_part_does_not_fire(when: str, more: dict[str, object]) -> None:
    assert fired(when, {**ONE_ROW, **more}, of="rows") == []


@pytest.mark.parametrize(
    ("when", "more"),
    [
        ("country == 'AL' and cycle == '2013' and section == 'A'", {}),
        ("count(planned) == 1 and count(undertaken) == 0", ONE_ROW),
        ("state(undertaken) == 'no_action_taken'", {"A.undertaken#state": "no_action_taken"}),
        ("not answered(planned)", {}),
        ("'A.G1' in goals and phase == 'first'", {"A.goals": ["A.G1"], "A.phase": "first"}),
        ("year(term) == 2014", {"A.term": {"text": "2014", "edtf": "2014"}}),
    ],
)
def test_what_a_rule_of_a_section_sees(when: str, more: dict[str, object]) -> None:
    assert fired(when, more, of="section") == ["A"]


@pytest.mark.parametrize("when", ["country == 'AL'", "cycle == '2013'", "answer('cover.country') == 'AL'"])
def test_what_a_rule_of_the_form_sees(when: str) -> None:
    assert fired(when, {}, of="form") == [""]


RELEVANT = toml_form(
    """
[row.action]
[[row.action.field]]
code = "kind"
type = "yes_no"
[[row.action.field]]
code = "law"
type = "text"
relevant = "kind == True"
states = ["not_available"]
[list.planned]
row = "action"
[[section]]
code = "A"
lists = ["planned"]
[[section.goal]]
code = "A.G1"
[[section.field]]
code = "kind"
type = "yes_no"
[[section.field]]
code = "law"
type = "text"
relevant = "kind == True"
states = ["not_available"]
[[section.field]]
code = "victims"
type = "number"
goal = "A.G1"
"""
)


def irrelevant(changes: dict[str, object]) -> set[str]:
    report = report_of(RELEVANT)
    for path, new in {"A.planned/r1": {"position": 1}, **changes}.items():
        report.apply(Change(path, None, new))
    return set(irrelevant_paths(report))


def test_only_answers_that_are_certainly_not_asked_for_are_irrelevant() -> None:
    assert irrelevant({"A.law": "Law 1", "A.planned/r1/law": "Law 2"}) == set()
    assert irrelevant({"A.kind": True, "A.law": "Law 1"}) == set()
    assert irrelevant({"A.kind": False}) == set()
    assert irrelevant({"A.kind": False, "A.law": "Law 1"}) == {"A.law"}
    assert irrelevant({"A.kind": False, "A.law#state": "not_available"}) == {"A.law"}
    assert irrelevant({"A.planned/r1/kind": False, "A.planned/r1/law": "Law 2"}) == {"A.planned/r1/law"}
    assert irrelevant({"A.planned/r1/kind": False, "A.planned/r1/law#state": "not_available"}) == {
        "A.planned/r1/law"
    }


def test_a_question_about_a_goal_is_asked_when_the_goal_is_chosen() -> None:
    assert irrelevant({"A.victims": 5}) == {"A.victims"}
    assert irrelevant({"A.victims": 5, "A.goals": ["A.G1"]}) == set()


def test_the_goals_a_country_chose() -> None:
    report = report_of(RELEVANT)
    assert chosen_goals(report, report.form.sections[0]) == ()
    report.apply(Change("A.goals", None, ["A.G1"]))
    assert chosen_goals(report, report.form.sections[0]) == ("A.G1",)
