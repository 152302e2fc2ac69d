"""A form with every type of field, built by hand, and reports of it: for tests of what keeps reports."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.formdef.model import (
    Choice,
    ChoiceList,
    Field,
    FieldType,
    Form,
    Goal,
    ListDefinition,
    Presentation,
    RowType,
    Section,
    State,
)
from desktop_app.formdef.texts import FormTexts
from desktop_app.report.changes import Change, new_id
from desktop_app.report.report import Report

_STATES = (State.NOT_AVAILABLE, State.NOT_APPLICABLE)

ROW_FIELDS = (
    Field("description", FieldType.TEXT, "action.description", Presentation.LEAD),
    Field("goals", FieldType.CHOICES, "action.goals", Presentation.CHIPS, choices="goals"),
    Field("timeframe", FieldType.TIMEFRAME, "action.timeframe", Presentation.CHIPS, states=_STATES),
    Field("budget", FieldType.NUMBER, "action.budget"),
    Field("victims", FieldType.YEAR_SERIES, "action.victims"),
    Field("adopted", FieldType.DATE, "action.adopted"),
    Field("public", FieldType.YES_NO, "action.public"),
    Field("phase", FieldType.SCALE, "action.phase", choices="phases"),
    Field("law", FieldType.LINK, "action.law"),
    Field("annex", FieldType.ATTACHMENT, "action.annex"),
)

COVER_FIELDS = (
    Field("authority", FieldType.TEXT, "cover.authority", Presentation.LEAD, states=_STATES),
    Field("country", FieldType.CHOICE, "cover.country", choices="countries", respondent=True),
    Field("date", FieldType.DATE, "cover.date"),
)

ACTION = RowType("action", ROW_FIELDS)


def _target(code: str) -> Section:
    lists = tuple(
        ListDefinition(name, f"{code}.{name}", ACTION, (State.NO_ACTION_TAKEN,))
        for name in ("undertaken", "planned")
    )
    return Section(code, code[1:], "target", goals=(Goal(f"{code}.G1"), Goal(f"{code}.G2")), lists=lists)


def small_form(version: str = "1.0") -> Form:
    """A cover and two targets with two lists each."""
    return Form(
        id="small-form",
        version=version,
        hash="0" * 64,
        texts=FormTexts("en"),
        languages=("en",),
        labels_verified=True,
        cycles=("2013",),
        respondents="countries",
        sections=(Section("cover", fields=COVER_FIELDS), _target("T1"), _target("T2")),
        row_types={"action": ACTION},
        choice_lists={
            "countries": ChoiceList(
                "countries", (Choice("AL", {"en": "Albania"}), Choice("FR", {"en": "France"}))
            ),
            "phases": ChoiceList("phases", (Choice("first"), Choice("second")), ordered=True),
        },
    )


def with_field(form: Form, added: Field) -> Form:
    """The form, its rows with one field more."""
    row = replace(ACTION, fields=(*ACTION.fields, added))
    sections = tuple(
        replace(section, lists=tuple(replace(entry, row=row) for entry in section.lists))
        for section in form.sections
    )
    return replace(form, sections=sections, row_types={"action": row}, _sections={}, _lists={}, _fields={})


def empty_report(form: Form | None = None) -> Report:
    """A report nobody has answered yet."""
    return Report(new_id(), form or small_form(), "AL", "2013", "en")


FIRST_ROW = "00000000-0000-4000-8000-000000000001"
SECOND_ROW = "00000000-0000-4000-8000-000000000002"
BINNED_ROW = "00000000-0000-4000-8000-000000000003"

EVERY_TYPE: dict[str, object] = {
    "description": "Vepra të turpshme, <b>bold</b><note>Article 108.</note>",
    "goals": ["T1.G1", "T1.G2"],
    "timeframe": {"text": "Till December 2013", "edtf": "../2013-12", "confirmed": False},
    "budget": 12.5,
    "victims": {"2012": 5, "2013": 7},
    "adopted": "2013-05-02",
    "public": True,
    "phase": "second",
    "law": {"url": "https://example.org/law", "label": "The law"},
    "annex": {"name": "annex.pdf", "sha256": "a" * 64, "size": 7},
}


def filled_report() -> Report:
    """A report with an answer of every type, states, marks, a row in the bin and unplaced words."""
    report = empty_report()
    for change in filling():
        report.apply(change)
    return report


def filling() -> list[Change]:
    """What makes the empty report the filled one, but for the bin, which no package carries."""
    first = f"T1.planned/{FIRST_ROW}"
    return [
        Change("cover.authority", None, "Ministry of Justice"),
        Change("cover.country", None, "AL"),
        Change("cover.date#state", None, "not_available"),
        Change("cover.authority#confidential", None, True),
        Change("T1.goals", None, ["T1.G1"]),
        Change("T2.undertaken#state", None, "no_action_taken"),
        Change(first, None, {"position": 1024}),
        *(Change(f"{first}/{code}", None, value) for code, value in EVERY_TYPE.items()),
        Change(f"T1.planned/{SECOND_ROW}", None, {"position": 2048}),
        Change(f"T1.planned/{SECOND_ROW}/description", None, "= not a formula"),
        Change(f"T1.planned/{SECOND_ROW}/timeframe#state", None, "not_applicable"),
        Change(f"T1.planned/{SECOND_ROW}#confidential", None, True),
        Change("unplaced/1", None, {"text": "Words of nobody", "near": "T1"}),
    ]
