"""The Model National Response: a second form, quite different, with no line of Python of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.formdef.expressions import evaluate
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.loader import read_form
from desktop_app.formdef.model import FieldType, Form

NOTHING: dict[str, object] = {}
FORMS = Path(__file__).resolve().parents[2] / "forms"

DOMAINS = {
    "Policy and Governance": ["Leadership", "Research, Analysis and Monitoring", "Legislation"],
    "Criminal Justice": [
        "Dedicated Law Enforcement",
        "Judiciary and Prosecutors",
        "Offender Management Process",
        "Access to Image Databases",
    ],
    "Victim": [
        "End-to-end Support",
        "Child Protection Workforce",
        "Compensation, Remedies and Complaints Arrangements",
        "Child Helpline",
    ],
    "Societal": ["CSEA Hotline", "Education Programme", "Child Participation", "Offender Support Systems"],
    "Industry": [
        "Takedown Procedures",
        "CSEA Reporting",
        "Innovative Solution Development",
        "Corporate Social Responsibility",
    ],
    "Media and Communications": ["Ethical and Informed Media Reporting", "Universal Terminology"],
}


@pytest.fixture(scope="module")
def form() -> Form:
    return read_form(FORMS / "mnr" / "2016.1")


@pytest.fixture(scope="module")
def labels(form: Form) -> Labels:
    return Labels(form, "en")


def test_the_domains_and_their_capabilities(form: Form, labels: Labels) -> None:
    domains = [section for section in form.sections if section.kind == "domain"]
    assert {
        labels.section_title(domain): [labels.section_title(part) for part in domain.sections]
        for domain in domains
    } == DOMAINS


def test_capabilities_are_numbered_through(form: Form, labels: Labels) -> None:
    capabilities = [section for section in form.walk() if section.kind == "capability"]
    assert [section.number for section in capabilities] == [str(number) for number in range(1, 22)]
    assert labels.section_heading(capabilities[6]) == "Capability 7: Access to Image Databases"
    assert labels.section_short(capabilities[6]) == "7 Access to Image Databases"


def test_every_domain_says_its_outcome_and_every_capability_what_it_is(form: Form, labels: Labels) -> None:
    for section in form.walk():
        assert labels.section_guidance(section)
        if section.kind == "domain":
            assert labels.section_guidance(section).startswith("<p><b>Outcome:</b>")


def test_every_capability_asks_for_phase_justification_and_evidence(form: Form) -> None:
    for section in form.walk():
        if section.kind != "capability":
            continue
        assert [(field.code, field.type) for field in section.fields] == [
            ("phase", FieldType.SCALE),
            ("justification", FieldType.TEXT),
        ]
        assert [entry.path for entry in section.lists] == [f"{section.code}.evidence"]
        assert [field.code for field in section.lists[0].row.fields] == [
            "description",
            "date",
            "source",
            "link",
        ]
        assert section.lists[0].row.lead.code == "description"


def test_the_four_phases_in_order(form: Form, labels: Labels) -> None:
    phases = form.choice_lists["phase"]
    assert phases.ordered
    assert [labels.list_choice("phase", choice.code) for choice in phases.choices] == [
        "Building",
        "Developing (provisional name)",
        "Established (provisional name)",
        "Maturity",
    ]


def test_the_form_is_provisional(form: Form, labels: Labels) -> None:
    assert not form.labels_verified
    assert "provisional" in labels.form_about()


def test_its_countries_include_the_members_of_the_first_alliance(form: Form) -> None:
    members = read_form(FORMS / "ga-commitments" / "2013.1").choice_lists["countries"].choices
    countries = form.choice_lists["countries"].choices
    assert {choice.code for choice in members} < {choice.code for choice in countries}
    assert "NA" in {choice.code for choice in countries}, "Namibia, not a missing value"
    assert Labels(form, "en").country_note("XK")


def test_a_phase_needs_a_justification_and_a_late_one_evidence(form: Form) -> None:
    section = form.section("capability_7")
    assert section is not None
    why, proof = section.checks
    assert (why.field, proof.field) == ("justification", "evidence")
    assert evaluate(why.when, {"phase": "building"}, NOTHING.get) is True
    assert evaluate(why.when, {}, NOTHING.get) is False
    assert evaluate(proof.when, {"phase": "maturity"}, NOTHING.get) is True
    assert evaluate(proof.when, {"phase": "building"}, NOTHING.get) is False
    assert evaluate(proof.when, {}, NOTHING.get) is None
