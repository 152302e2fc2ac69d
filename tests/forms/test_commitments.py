"""The commitments form: its official wording, its parts, its countries and its rules."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from desktop_app.formdef.expressions import Expression, evaluate
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.loader import read_form
from desktop_app.formdef.model import Form, Level, Presentation, State

NOTHING: dict[str, object] = {}
FOLDER = Path(__file__).resolve().parents[2] / "forms" / "ga-commitments" / "2013.1"

TITLES = {
    "T1": "Enhancing efforts to identify victims and ensuring that they receive the necessary assistance, "
    "support and protection",
    "T2": "Enhancing efforts to investigate cases of child sexual abuse online and to identify and prosecute "
    "offenders",
    "T3": "Enhancing efforts to increase public awareness of the risks posed by children's activities "
    "online, including grooming and self-production of images that results in the production of new child "
    "pornography that may be distributed online",
    "T4": "Reducing as much as possible the availability of child pornography online and reducing as much as "
    "possible the re-victimization of children whose sexual abuse is depicted",
}

GOALS = {
    "T1.G1": "Increase the number of identified victims in the International Child Sexual Exploitation "
    "images database (ICSE database) managed by INTERPOL by at least 10% yearly",
    "T2.G1": "Establish the necessary framework for the criminalization of child sexual abuse online and the "
    "effective prosecution of offenders, with the objective of enhancing efforts to investigate and "
    "prosecute offenders",
    "T2.G2": "Improve the joint efforts of law enforcement authorities across Global Alliance countries to "
    "investigate and prosecute child sexual abuse online",
    "T3.G1": "Develop, improve, or support appropriate public awareness campaigns or other measures which "
    "educate parents, children, and others responsible for children regarding the risks that children's "
    "online conduct poses and the steps they can take to minimize those risks",
    "T3.G2": "Share best practices among Global Alliance countries for effective strategies to inform the "
    "public about the risks posed by online, self-exploitative conduct in order to reduce the production of "
    "new child pornography",
    "T4.G1": "Encourage participation by the private sector in identifying and removing known child "
    "pornography material located in the relevant State, including increasing as much as possible the volume "
    "of system data examined for child pornography images.",
    "T4.G2": "Increase the speed of notice and takedown procedures as much as possible without jeopardizing "
    "criminal investigation",
}

EU_28 = [
    "AT",
    "BE",
    "BG",
    "HR",
    "CY",
    "CZ",
    "DK",
    "EE",
    "FI",
    "FR",
    "DE",
    "GR",
    "HU",
    "IE",
    "IT",
    "LV",
    "LT",
    "LU",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SK",
    "SI",
    "ES",
    "SE",
    "GB",
]
OTHERS = [
    "AL",
    "AM",
    "AU",
    "BA",
    "KH",
    "CA",
    "CR",
    "GE",
    "GH",
    "IL",
    "JP",
    "XK",
    "MX",
    "MD",
    "ME",
    "NZ",
    "NG",
    "NO",
    "PH",
    "KR",
    "RS",
    "CH",
    "TH",
    "TR",
    "UA",
    "US",
]


@pytest.fixture(scope="module")
def form() -> Form:
    return read_form(FOLDER)


@pytest.fixture(scope="module")
def labels(form: Form) -> Labels:
    return Labels(form, "en")


# ---------------------------------------------------------------------------------------- wording


def test_the_titles_of_the_policy_targets(form: Form, labels: Labels) -> None:
    targets = [section for section in form.sections if section.kind == "target"]
    assert {target.code: labels.section_title(target) for target in targets} == TITLES


def test_the_headings_of_the_policy_targets(form: Form, labels: Labels) -> None:
    for number, title in enumerate(TITLES.values(), 1):
        target = form.section(f"T{number}")
        assert target is not None
        assert labels.section_heading(target) == f"Policy target No. {number}: {title}"
        assert labels.section_short(target) == f"Target {number}"
        assert labels.goal_heading(target) == "Operational Goal:"


def test_the_operational_goals(form: Form, labels: Labels) -> None:
    codes = [goal.code for section in form.walk() for goal in section.goals]
    assert {code: labels.goal(code) for code in codes} == GOALS
    assert [labels.goal_short(code) for code in codes] == [
        f"Goal {number}" for number in ("1.1", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2")
    ]


def test_the_two_lists_of_every_target(form: Form, labels: Labels) -> None:
    assert list(form.list_paths()) == [
        f"{code}.{which}" for code in TITLES for which in ("undertaken", "planned")
    ]
    for path in form.list_paths():
        found = form.list_at(path)
        assert found is not None
        entry = found[1]
        assert (labels.list_title(entry), labels.list_prompt(entry)) == {
            "undertaken": ("Actions ALREADY UNDERTAKEN", "Description of the actions already undertaken"),
            "planned": (
                "Actions that WILL BE UNDERTAKEN",
                "Description of the actions that will be undertaken and timeframe",
            ),
        }[entry.code]
        assert entry.states == tuple(State)
        assert entry.required is Level.ERROR


def test_the_heading_of_the_form_and_an_empty_list(labels: Labels) -> None:
    assert labels.form_heading() == "Global Alliance against Child Sexual Abuse Online"
    assert labels.state(State.NO_ACTION_TAKEN) == "No action taken."
    assert labels.form.labels_verified


def test_an_action(form: Form) -> None:
    action = form.row_types["action"]
    assert {field.code: field.presentation for field in action.fields if not field.supplement} == {
        "description": Presentation.LEAD,
        "goals": Presentation.CHIPS,
        "timeframe": Presentation.CHIPS,
    }
    assert [field.code for field in action.fields if field.supplement] == [
        "authority",
        "original",
        "remark",
        "link",
    ]


def test_every_target_offers_suggestions(form: Form, labels: Labels) -> None:
    counts = []
    for code in TITLES:
        target = form.section(code)
        assert target is not None
        counts.append(len(labels.suggestions(target)))
    assert counts == [3, 6, 2, 3]


# -------------------------------------------------------------------------------------- countries


def test_the_54_members(form: Form) -> None:
    countries = [choice.code for choice in form.choice_lists["countries"].choices]
    assert sorted(countries) == sorted(EU_28 + OTHERS)
    assert len(countries) == 54


@pytest.mark.parametrize(
    ("code", "name", "alias"),
    [
        ("AL", "Albania", "Shqipëria"),
        ("CZ", "Czech Republic", "Czechia"),
        ("GB", "United Kingdom", "UK"),
        ("GR", "Greece", "EL"),
        ("KR", "Republic of Korea", "South Korea"),
        ("TR", "Turkey", "Türkiye"),
        ("US", "United States", "USA"),
    ],
)
def test_names_of_countries(form: Form, code: str, name: str, alias: str) -> None:
    country = form.country(code)
    assert country is not None
    assert country.names["en"] == name
    assert alias in country.aliases


def test_the_note_on_kosovo(labels: Labels) -> None:
    assert labels.country("XK") == "Kosovo"
    assert labels.country_note("XK") == (
        "This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 "
        "and the ICJ Opinion on the Kosovo declaration of independence."
    )
    others = [choice for choice in labels.form.choice_lists["countries"].choices if choice.code != "XK"]
    assert not any(choice.note for choice in others)


def test_members_since_the_launch(form: Form) -> None:
    """27 member states of the Union and 20 others; of seven the day is not known."""
    countries = form.choice_lists["countries"].choices
    assert {choice.code for choice in countries if not choice.valid_from} == {
        "AM",
        "BA",
        "CA",
        "CR",
        "IL",
        "XK",
        "MX",
    }
    assert {choice.valid_from for choice in countries} == {"", "2012-12-05"}


def test_languages_are_known_by_iso_codes(form: Form, labels: Labels) -> None:
    codes = {choice.code for choice in form.choice_lists["languages"].choices}
    assert {"sq", "en", "fr", "uk", "ja", "th", "km", "he", "mt", "rm"} <= codes
    # Without a code of two letters: Filipino and Montenegrin.
    assert {code for code in codes if len(code) != 2} == {"fil", "cnr"}
    assert labels.list_choice("languages", "sq") == "Albanian"


# ------------------------------------------------------------------------------------------ rules


class Until:
    def __init__(self, last: datetime.date | None) -> None:
        self._last = last

    def bounds(self) -> tuple[datetime.date | None, datetime.date | None]:
        return None, self._last


def rule(form: Form, code: str) -> Expression:
    sections = [check for section in form.walk() for check in section.checks]
    return next(check.when for check in (*form.row_types["action"].checks, *sections) if check.code == code)


def test_a_planned_action_needs_a_timeframe(form: Form) -> None:
    missing = rule(form, "timeframe_missing")
    assert evaluate(missing, {"list": "planned"}, NOTHING.get) is True
    assert evaluate(missing, {"list": "undertaken"}, NOTHING.get) is False
    assert evaluate(missing, {"list": "planned", "timeframe": Until(None)}, NOTHING.get) is False


def test_an_action_needs_a_goal_where_there_are_several(form: Form) -> None:
    missing = rule(form, "goal_missing")
    assert evaluate(missing, {"section_goals": ("T2.G1", "T2.G2")}, NOTHING.get) is True
    assert evaluate(missing, {"section_goals": ("T1.G1",)}, NOTHING.get) is False
    assert evaluate(missing, {"section_goals": ("T2.G1", "T2.G2"), "goals": ("T2.G1",)}, NOTHING.get) is False


def test_a_planned_action_ends_after_the_report(form: Form) -> None:
    past = rule(form, "planned_in_the_past")
    report = {"cover.date": datetime.date(2013, 6, 1)}
    over = {"list": "planned", "timeframe": Until(datetime.date(2013, 5, 31))}
    assert evaluate(past, over, report.get) is True
    assert evaluate(past, over, NOTHING.get) is None, "without a date of the report nobody knows"
    assert evaluate(past, {**over, "timeframe": Until(datetime.date(2013, 12, 31))}, report.get) is False
    assert evaluate(past, {**over, "timeframe": Until(None)}, report.get) is None


def test_the_goal_with_a_number_needs_a_baseline(form: Form) -> None:
    missing = rule(form, "baseline_missing")
    assert evaluate(missing, {"goals": ("T1.G1",)}, NOTHING.get) is True
    assert evaluate(missing, {"goals": ("T1.G1",), "victims_identified": {"2012": 5}}, NOTHING.get) is False
    assert evaluate(missing, {}, NOTHING.get) is None
