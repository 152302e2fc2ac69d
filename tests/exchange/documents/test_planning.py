"""PLAN-1 no word of an answer is cut, and all stand in the order of the form
PLAN-2 a full document says what is unanswered, a short one leaves it out, a blank one has room for it
PLAN-3 what is not asked, and supplements without an answer, are left out
PLAN-4 official wording stands as it is; a translation has it beside
PLAN-5 the first page and the annexes say what a reader must know
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.exchange.documents.plan import (
    Block,
    DocumentPlan,
    Entries,
    Figures,
    Goals,
    Heading,
    Missing,
    Options,
    Question,
    Remark,
    Room,
    Table,
    Tone,
    Variant,
    Written,
)
from desktop_app.exchange.documents.planning import plan_document
from desktop_app.exchange.documents.reading import plan_lines
from desktop_app.exchange.sending import Previous, Sending
from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.model import Form, State
from desktop_app.formdef.texts import FormTexts
from desktop_app.report.changes import Change
from desktop_app.report.content import submission_checksum
from desktop_app.report.public_copy import public_copy
from desktop_app.report.report import Report
from desktop_app.report.text import Run, Text, markup
from desktop_app.report.text.counting import words as words_in
from desktop_app.report.timeframe import Timeframe
from tests.support.long_reports import long_report
from tests.support.small_form import FIRST_ROW, filled_report, small_form
from tests.support.text_values import texts
from tests.support.workbooks import FORMS, example, planned_action, report_of, row_id

B = TypeVar("B")


def full(report: Report) -> DocumentPlan:
    return plan_document(report, Variant.FULL)


def blocks(plan: DocumentPlan, kind: type[B]) -> list[B]:
    return [block for block in plan.blocks if isinstance(block, kind)]


def below(plan: DocumentPlan, anchor: str) -> list[Block]:
    """What stands between a heading and the next."""
    at = next(
        at for at, each in enumerate(plan.blocks) if isinstance(each, Heading) and each.anchor == anchor
    )
    rest = plan.blocks[at + 1 :]
    end = next((at for at, each in enumerate(rest) if isinstance(each, Heading)), len(rest))
    return list(rest[:end])


def lines(plan: DocumentPlan) -> list[str]:
    return [words for words, _notes in plan_lines(plan)]


def facts(plan: DocumentPlan) -> dict[str, str]:
    return {
        fact.label: fact.answer.text.plain_text() for fact in plan.facts if isinstance(fact.answer, Written)
    }


def with_texts(form: Form, **by_language: dict[tuple[str, str, str], str]) -> Form:
    return replace(form, texts=FormTexts("en", by_language), _sections={}, _lists={}, _fields={})


# PLAN-1


def answer_words(report: Report) -> Iterator[str]:
    """The words of all texts and timeframes, in the order of the form; a note's words at its mark."""
    for _section, row_list, row in report.rows():
        for question in row_list.definition.row.fields:
            value = row.values.get(question.code)
            if isinstance(value, Text):
                yield from value.words()
            elif isinstance(value, Timeframe):
                yield from words_in(value.text)


def document_words(plan: DocumentPlan) -> Iterator[str]:
    for words, notes in plan_lines(plan):
        yield from words_in(words)
        for note in notes:
            yield from words_in(note)


def assert_all_there(wanted: Iterable[str], document: Iterable[str]) -> None:
    """Every wanted word, in order; others may stand between them."""
    found = iter(document)
    for word in wanted:
        assert any(word == each for each in found), f"“{word}” is missing"


@pytest.mark.parametrize("variant", [Variant.FULL, Variant.SHORT])
@pytest.mark.parametrize("language", ["ar", "el", "zh"])
def test_every_word_of_a_long_report_is_there(language: str, variant: Variant) -> None:
    report = long_report(language)
    assert_all_there(answer_words(report), document_words(plan_document(report, variant)))


def test_every_word_of_the_albanian_report_is_there_with_its_note() -> None:
    plan = full(example())
    found = [(words, notes) for words, notes in plan_lines(plan) if notes]
    assert found == [("Article 108- Serious immoral acts", ("Vepra të turpshme in the Albanian original.",))]
    wanted = [
        paragraph.text
        for _section, _list, row in example().rows()
        for value in [row.values["description"]]
        if isinstance(value, Text)
        for paragraph in value.paragraphs()
    ]
    assert [line for line in lines(plan) if line in set(wanted)] == wanted


@settings(max_examples=60)
@given(texts(), texts(), st.text(max_size=20))
def test_no_paragraph_is_lost_whatever_was_written(lead: Text, remark: Text, words: str) -> None:
    written = {"description": lead, "original": remark, "authority": Text.plain(words)}
    values = {code: markup.write(text) for code, text in written.items()}
    report = report_of("ga-commitments", *planned_action(1, **{k: v for k, v in values.items() if v}))
    plan = full(report)
    found = iter(plan_lines(plan))
    plain = report.value(f"T1.planned/{row_id(1)}/authority") or Text()
    assert isinstance(plain, Text)
    for text in (lead, plain, remark):
        for paragraph in text.paragraphs():
            notes = [note.text for note in paragraph.notes()]
            addresses = [run.href for run in paragraph.inlines if isinstance(run, Run) and run.href]
            if addresses or any(run.href for note in paragraph.notes() for run in note.runs):
                continue
            assert any(line == (paragraph.text, tuple(notes)) for line in found)


def test_the_address_of_a_link_can_be_read_on_paper() -> None:
    text = (
        'See <a href="https://example.org/law">the law</a><note><a href="mailto:d@example.org">us</a></note>'
    )
    plan = full(report_of("ga-commitments", *planned_action(1, description=text)))
    assert ("See the law (https://example.org/law)", ("us (d@example.org)",)) in list(plan_lines(plan))


def test_a_link_that_may_not_be_followed_keeps_its_words() -> None:
    row = planned_action(1, description="x", link={"url": "javascript:alert(1)", "label": "The law"})
    plan = full(report_of("ga-commitments", *row))
    assert "The law (javascript:alert(1))" in lines(plan)


# PLAN-2


def test_states_are_said_in_the_words_of_the_form() -> None:
    assert below(full(example()), "T4.undertaken") == [Remark("No action taken.")]


def test_a_full_document_says_what_nobody_has_answered() -> None:
    plan = full(report_of("ga-commitments"))
    assert below(plan, "T1.planned") == [Remark("Not answered")]
    [goals] = [block for block in below(plan, "T1") if isinstance(block, Goals)]
    assert [(line.short, line.chosen, line.words) for line in goals.lines] == [
        ("Goal 1.1", False, "Not chosen")
    ]
    assert [heading.anchor for heading in blocks(plan, Heading) if heading.level == 1] == [
        "T1",
        "T2",
        "T3",
        "T4",
    ]


def test_what_a_row_leaves_open_is_said_in_its_cells_and_in_one_line_below() -> None:
    report = Report("1", small_form(), "AL", "2013", "en")
    report.apply(Change("T1.planned/a", None, {"position": 1}))
    [table] = blocks(full(report), Entries)
    assert table.entries[0].cells == (Missing("Not answered", False),) * 3
    [open_ones] = table.entries[0].further
    assert open_ones.label.words == "Not answered"
    assert isinstance(open_ones.answer, Written)
    assert open_ones.answer.text.plain_text() == "budget, victims, adopted, public, phase, law, annex"


def test_a_short_document_has_the_answers_alone() -> None:
    plan = plan_document(example(), Variant.SHORT)
    assert "Not answered" not in lines(plan)
    table = next(block for block in below(plan, "T2.undertaken") if isinstance(block, Entries))
    assert [column.label.words for column in table.columns] == [
        "Description of the actions already undertaken"
    ]
    assert below(plan, "T4.undertaken") == [Remark("No action taken.")]
    assert plan_document(report_of("ga-commitments"), Variant.SHORT).blocks == ()


def test_a_blank_form_has_no_answer_and_room_for_all() -> None:
    plan = plan_document(filled_report(), Variant.BLANK)
    assert not {"Ministry of Justice", "bold", "= not a formula", "Words of nobody"} & set(lines(plan))
    table = blocks(plan, Entries)[0]
    assert {type(cell) for entry in table.entries for cell in entry.cells} == {Room, Options}
    [ticked] = [block for block in blocks(plan, Question) if block.path == "T1.planned#state"]
    assert isinstance(ticked.answer, Options)
    assert [option.words for option in ticked.answer.options] == ["No action taken"]
    assert all(
        line.chosen is None and not line.words for goals in blocks(plan, Goals) for line in goals.lines
    )
    assert {fact.label: fact.answer for fact in plan.facts}["authority"] == Room(5)
    assert "Content checksum" not in facts(plan)


def test_a_blank_form_offers_what_can_be_ticked_and_years_from_the_baseline() -> None:
    plan = plan_document(report_of("ga-commitments"), Variant.BLANK)
    [victims] = [block for block in blocks(plan, Question) if block.path == "T1.victims_identified"]
    assert isinstance(victims.answer, Figures)
    assert victims.answer.pairs[0] == ("2012", "")
    mnr = plan_document(report_of("mnr"), Variant.BLANK)
    phase = next(block for block in blocks(mnr, Question) if block.path.endswith(".phase"))
    assert isinstance(phase.answer, Options)
    assert phase.answer.options[0].words == "Building"


# PLAN-3


def test_a_question_about_a_goal_is_there_only_when_the_goal_is_chosen() -> None:
    figures = ("T1.victims_identified", {"2012": 5})
    asked = full(report_of("ga-commitments", ("T1.goals", ["T1.G1"]), figures))
    [question] = below(asked, "T1#supplements")
    assert isinstance(question, Question)
    assert (question.label.words, question.answer) == (
        "Goal 1.1: Victims identified",
        Figures((("2012", "5"),)),
    )
    assert not blocks(full(report_of("ga-commitments", figures)), Question)


def test_supplements_stand_apart_and_only_when_they_are_answered() -> None:
    row = planned_action(1, description="x", remark="For reviewers")
    [entries] = [
        block for block in full(report_of("ga-commitments", *row)).blocks if isinstance(block, Entries)
    ]
    [further] = entries.entries[0].further
    assert further.label.words == "Remark"


# PLAN-4


def test_a_translation_has_the_official_wording_beside_it() -> None:
    words = {
        "en": {("section", "T1", "title"): "Victims", ("goal", "T1.G1", "label"): "Find them"},
        "fr": {("section", "T1", "title"): "Victimes"},
    }
    report = filled_report()
    report.form, report.language = with_texts(report.form, **words), "fr"
    plan = full(report)
    heading = next(block for block in blocks(plan, Heading) if block.anchor == "T1")
    assert (heading.label.words, heading.label.language) == ("Victimes", "fr")
    assert (heading.label.original, heading.label.original_language) == ("Victims", "en")
    line = blocks(plan, Goals)[0].lines[0].label
    assert (line.words, line.language, line.original) == ("Find them", "en", "")
    assert any("unofficial" in remark.words for remark in plan.remarks)
    report.language = "en"
    assert not any("unofficial" in remark.words for remark in full(report).remarks)


def test_official_wording_stands_as_published() -> None:
    plan = full(example())
    title = "Reducing as much as possible the availability of child pornography online and reducing as much"
    assert any(line.startswith(f"Policy target No. 4: {title}") for line in lines(plan))
    assert lines(plan).count("Actions ALREADY UNDERTAKEN") == 4
    assert lines(plan).count("Operational Goal:") == 7


# PLAN-5


def test_the_first_page_names_report_and_submission() -> None:
    class Key:
        public_key = b"k" * 32
        fingerprint = "ab12 cd34"

        def sign(self, content: bytes) -> bytes:
            return content

    report = example()
    report.status = "submitted"
    sending = Sending(
        submission=2,
        submitted_at="2013-05-02T10:11:12Z",
        submitted_by="Ana",
        previous=Previous(1, "f" * 64, {}),
        signer=Key(),
    )
    plan = plan_document(report, Variant.FULL, sending)
    found = facts(plan)
    assert (plan.kicker, plan.headline, plan.line) == (
        "Global Alliance against Child Sexual Abuse Online",
        "Albania",
        "Commitments · Cycle 2013 · Submitted",
    )
    assert found == {
        "Country": "Albania",
        "Form": "Global Alliance against Child Sexual Abuse Online: country commitments",
        "Version": "ga-commitments 2013.1",
        "Cycle": "2013",
        "Status": "Submitted",
        "Submission": "2",
        "Submitted on": "2013-05-02, 10:11 UTC",
        "Submitted by": "Ana",
        "Takes the place of": "Submission 1",
        "Its content checksum": "f" * 64,
        "Content checksum": submission_checksum(report),
        "Fingerprint of the signing key": "ab12 cd34",
    }
    signed = {fact.label: fact.answer for fact in plan.sign_off.facts}
    assert {"Content checksum", "Fingerprint of the signing key", "Submission"} <= signed.keys()


def test_the_page_to_sign_has_the_checksum_of_what_will_be_submitted() -> None:
    plan = full(example())
    [signed] = [fact.answer for fact in plan.sign_off.facts if fact.label == "Content checksum"]
    assert isinstance(signed, Written)
    # A draft's own checksum is another one, and is called another name.
    assert signed.text.plain_text() == submission_checksum(example()) != facts(plan)["Checksum of this draft"]
    assert "Content checksum" not in facts(plan)


@pytest.mark.parametrize("status", ["ready", "approved", "submitted"])
def test_papers_of_one_state_have_one_checksum(status: str) -> None:
    report = filled_report()
    report.status = status
    # Also where they go with a draft's package, whose data.json has a checksum of its own.
    for plan in (full(report), plan_document(report, Variant.FULL, checksum="f" * 64)):
        [signed] = [fact.answer for fact in plan.sign_off.facts if fact.label == "Content checksum"]
        assert isinstance(signed, Written)
        assert facts(plan)["Content checksum"] == signed.text.plain_text() == submission_checksum(report)


def test_confidential_answers_are_marked_in_the_full_copy() -> None:
    plan = full(filled_report())
    assert any(remark.tone is Tone.WARNING and "2 entries" in remark.words for remark in plan.remarks)
    assert [fact.mark for fact in plan.facts if fact.label == "authority"] == ["Confidential"]
    [table] = blocks(plan, Entries)
    assert [entry.mark for entry in table.entries] == ["", "Confidential"]
    report = filled_report()
    report.apply(Change(f"T1.planned/{FIRST_ROW}/timeframe#confidential", None, True))
    [table] = blocks(full(report), Entries)
    assert table.entries[0].mark == "Confidential: timeframe"


def test_a_public_copy_says_where_something_was_left_out() -> None:
    plan = full(public_copy(filled_report()).report)
    assert "2 entries are confidential and left out" in plan.remarks[0].words
    assert "cover: 1" in plan.remarks[0].words
    assert plan.line.endswith("Draft, public copy")
    answers = {fact.label: fact.answer for fact in plan.facts}
    assert answers["authority"] == Missing("Confidential, not in this public copy", True)
    assert Remark("1 entry is confidential and left out of this public copy.", Tone.NOTE) in plan.blocks
    assert "Content checksum of this public copy" in answers


def test_a_state_beside_an_answer_is_not_kept_quiet() -> None:
    report = report_of("mnr")
    path = next(path for path in report.form.field_paths() if path.endswith(".phase"))
    report.apply(Change(path, None, "building"))
    report.states[path] = State.NOT_AVAILABLE
    [question] = [block for block in blocks(full(report), Question) if block.path == path]
    assert question.mark == "Information not available"


def test_what_stands_behind_the_sections() -> None:
    report = filled_report()
    file = {"path": f"T1.planned/{FIRST_ROW}", "name": "law.pdf", "sha256": "b" * 64, "size": 3_500_000}
    report.apply(Change("attached/1", None, file))
    goal = {"path": "T2.goals", "code": "no_goal_chosen", "reason": "Next year", "who": "Ana"}
    report.apply(Change("accepted/1", None, {**goal, "at": "2013-05-02T10:00:00Z"}))
    report.apply(Change("accepted/2", None, {**goal, "path": "T1.goals", "at": "2013-05-02T10:00:00Z"}))
    plan = full(report)
    accepted, attached = blocks(plan, Table)
    assert [(row[0], row[2], row[3]) for row in accepted.rows] == [
        ("T2, goals", "Next year", "Ana, 2013-05-02")
    ]
    assert sorted(row[1:] for row in attached.rows) == [
        ("annex.pdf", "7 bytes", "a" * 64),
        ("law.pdf", "3.3 MB", "b" * 64),
    ]
    assert blocks(plan, Entries)[0].entries[0].attachments == ("Attached: law.pdf (3.3 MB)",)
    assert {"Words of nobody", "They stood near: T1"} <= set(lines(plan))


def test_a_provisional_form_says_so_and_every_form_can_be_planned() -> None:
    for entry in FormLibrary([FORMS]).entries():
        form = FormLibrary([FORMS]).form(entry.id, entry.version)
        report = Report("1", form, form.choice_lists[form.respondents].choices[0].code, "2016", "en")
        for variant in Variant:
            plan = plan_document(report, variant)
            assert form.labels_verified is not any("Provisional" in each.words for each in plan.remarks)
            levels = [block.level for block in blocks(plan, Heading)]
            assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))
            anchors = [block.anchor for block in blocks(plan, Heading)]
            assert len(set(anchors)) == len(anchors)


def test_a_confirmed_reading_stands_beside_the_country_s_own_words() -> None:
    def cell(confirmed: bool, words: str = "Till December 2013", edtf: str = "../2013-12") -> object:
        when = {"text": words, "edtf": edtf, "confirmed": confirmed}
        row = planned_action(1, description="x", timeframe=when)
        [table] = blocks(full(report_of("ga-commitments", *row)), Entries)
        return table.entries[0].cells[2]

    found = cell(True)
    assert isinstance(found, Written)
    assert (found.text.plain_text(), found.reading) == ("Till December 2013", "by 31 December 2013")
    assert cell(False) == replace(found, reading="")
    same = cell(True, "In 2014", "2014")
    assert isinstance(same, Written)
    assert (same.text.plain_text(), same.reading) == ("In 2014", ""), "the same words twice"
