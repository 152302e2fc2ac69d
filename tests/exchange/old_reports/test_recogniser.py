"""Reports of other makes than the real one: other kinds of file, other headings, parts missing."""

from __future__ import annotations

import pytest

from desktop_app.exchange.old_reports import DocumentError
from desktop_app.formdef.library import UnknownFormError
from tests.support.old_reports import (
    DONE,
    DONE_PROMPT,
    G11,
    G21,
    G22,
    LEAD,
    PLANNED,
    PLANNED_PROMPT,
    T1,
    T2,
    TITLE,
    Recognise,
    descriptions,
    document,
    rows,
    shown,
    state,
    unplaced,
)

# --------------------------------------------------------------------------------- makes of documents


def test_plain_text_with_a_line_for_each_paragraph(recognised: Recognise) -> None:
    """As a word processor saves it: table cells parted by tabs, bullets as characters, no empty lines."""
    found = recognised(
        document(
            T1,
            f"{LEAD}\t{G11}",
            f"{DONE}\t",
            f"{DONE_PROMPT}\tThe national unit has been connected to the database of INTERPOL "
            "since January 2012, and every seized collection is compared with it.",
            PLANNED,
            PLANNED_PROMPT,
            "•\tTraining of all investigators in the use of the database. (By the end of 2013)",
            "•\tA yearly report to parliament.",
            between="\r\n",
        ),
        "report.txt",
    )
    assert (found.country, found.unplaced) == ("NO", ())
    assert shown(found)["answers"] == {"T1.goals": ["T1.G1"]}
    assert descriptions(found, "T1.undertaken") == [
        "The national unit has been connected to the database of INTERPOL since January 2012, "
        "and every seized collection is compared with it."
    ]
    assert rows(found, "T1.planned") == [
        {
            "description": "Training of all investigators in the use of the database.",
            "goals": ["T1.G1"],
            "timeframe": {"text": "By the end of 2013", "edtf": "../2013-12", "confirmed": False},
        },
        {"description": "A yearly report to parliament.", "goals": ["T1.G1"]},
    ]


def test_plain_text_wrapped_by_hand(recognised: Recognise) -> None:
    text = f"""{TITLE}
Norway

Policy target No. 1: Enhancing efforts to identify victims and ensuring
that they receive the necessary assistance, support and protection

{DONE}
{DONE_PROMPT}:
The unit compares every
seized collection.
Two officers were trained.
{PLANNED}
  1. Access to the database
     for all districts (2014).
  2. A yearly report.
"""
    found = recognised(text, "report.txt")
    assert descriptions(found, "T1.undertaken") == [
        "The unit compares every seized collection.",
        "Two officers were trained.",
    ]
    assert [
        (row["description"], row.get("timeframe", {}).get("text")) for row in rows(found, "T1.planned")
    ] == [
        ("Access to the database for all districts.", "2014"),
        ("A yearly report.", None),
    ]


@pytest.mark.parametrize(
    "heading", ["# {}", "###### {}", "**{}**", "{}\n---", "| {} | |", "<h2>{}</h2>", "1.1. {}"]
)
def test_headings_of_any_kind(recognised: Recognise, heading: str) -> None:
    parts = [heading.format(words) for words in (T1, f"{LEAD} {G11}", DONE)]
    found = recognised(document(*parts, "We did it.", heading.format(PLANNED), "- We will do more. (2014)"))
    assert descriptions(found, "T1.undertaken") == ["We did it."]
    assert descriptions(found, "T1.planned") == ["We will do more."]
    assert unplaced(found) == []


def test_numbering_of_a_word_processor(recognised: Recognise) -> None:
    found = recognised(
        document(
            f"1. {T1}",
            f"1.1\t{LEAD} {G11}",
            f"a) {DONE}",
            "1)\tThe unit was set up.\n2)\tIts staff was trained.",
            f"b) {PLANNED}:",
            "1.\tMore staff. (Within 2014)\n2.\tMore training.\n\n"
            "\t1.\tin the capital\n\t2.\tin the districts",
        )
    )
    assert descriptions(found, "T1.undertaken") == ["The unit was set up.", "Its staff was trained."]
    assert descriptions(found, "T1.planned") == [
        "More staff.",
        "<p>More training.</p><ol><li>in the capital</li><li>in the districts</li></ol>",
    ]


def test_wording_with_other_quotes_dashes_spelling_and_case(recognised: Recognise) -> None:
    found = recognised(
        document(
            "POLICY TARGET N° 2 – ENHANCING EFFORTS TO INVESTIGATE CASES OF CHILD SEXUAL ABUSE ONLINE "
            "AND TO IDENTIFY AND PROSECUTE OFFENDERS",
            f"Operational goals: {G21.replace('criminalization', 'criminalisation')}",
            "Policy target 3",
            "Develop, improve, or support appropriate public awareness campaigns or other measures which "
            "educate parents, children, and others responsible for children regarding the risks that "
            "children’s online conduct poses and the steps they can take to minimise those risks",
            "“Actions already undertaken”",
            "A campaign.",
        )
    )
    assert shown(found)["answers"] == {"T2.goals": ["T2.G1"], "T3.goals": ["T3.G1"]}
    assert descriptions(found, "T3.undertaken") == ["A campaign."]
    assert unplaced(found) == []


def test_the_other_form_of_this_repository(recognised: Recognise) -> None:
    found = recognised(
        """# WePROTECT Model National Response
Country: Norway
Authority or ministry: Ministry of Justice
Date of the report: 15 May 2016
Contact: somewhere

## Policy and Governance
### Capability 1: Leadership
Phase: Building
#### Justification
A **council** was set up.

It meets twice a year.
#### Evidence
- The decree of 2015
- The minutes
### 3. Legislation
Phase: nearly there
### Capability 99: Nothing
Lost words.
"""
    )
    assert (found.form.id, found.country) == ("mnr", "NO")
    assert shown(found)["answers"] == {
        "capability_1.justification": "<p>A <b>council</b> was set up.</p><p>It meets twice a year.</p>",
        "capability_1.phase": "building",
        "cover.authority": "Ministry of Justice",
        "cover.contact": "somewhere",
        "cover.date": "2016-05-15",
    }
    assert descriptions(found, "capability_1.evidence") == ["The decree of 2015", "The minutes"]
    assert unplaced(found) == [
        ("capability_3.phase", "nearly there"),
        ("", "<p><b>Capability 99: Nothing</b></p><p>Lost words.</p>"),
    ]


# ------------------------------------------------------------------------------- headings that are lost


def test_a_goal_is_enough_to_know_the_section(recognised: Recognise) -> None:
    """As in the real report, where the heading of target 2 was lost."""
    found = recognised(
        document(T1, DONE, "Something.", f"{LEAD}\t{G21}", f"{LEAD}\t{G22}", PLANNED, "- More.")
    )
    assert descriptions(found, "T1.undertaken") == ["Something."]
    assert descriptions(found, "T2.planned") == ["More."]
    assert shown(found)["answers"] == {"T2.goals": ["T2.G1", "T2.G2"]}


def test_goals_that_are_not_in_the_document_are_not_chosen(recognised: Recognise) -> None:
    found = recognised(document(T2, LEAD, G22, DONE, "A joint team."))
    assert shown(found)["answers"] == {"T2.goals": ["T2.G2"]}
    assert rows(found, "T2.undertaken") == [{"description": "A joint team."}]
    assert found.notices == ("The document has nothing for: Target 1, Target 3, Target 4.",)


def test_lists_repeated_for_each_goal_tell_which_goal_an_action_serves(recognised: Recognise) -> None:
    found = recognised(
        document(
            T2, f"{LEAD} {G21}", DONE, "A law.", PLANNED, "- A decree.", f"{LEAD} {G22}", DONE, "A team."
        )
    )
    assert rows(found, "T2.undertaken") == [
        {"description": "A law.", "goals": ["T2.G1"]},
        {"description": "A team.", "goals": ["T2.G2"]},
    ]
    assert rows(found, "T2.planned") == [{"description": "A decree.", "goals": ["T2.G1"]}]
    assert shown(found)["answers"] == {"T2.goals": ["T2.G1", "T2.G2"]}


def test_the_prompt_alone_opens_its_list(recognised: Recognise) -> None:
    found = recognised(document(T1, f"{DONE_PROMPT}: a unit was set up.", PLANNED_PROMPT, "- More."))
    assert descriptions(found, "T1.undertaken") == ["a unit was set up."]
    assert descriptions(found, "T1.planned") == ["More."]


def test_without_title_and_prompt_the_words_are_kept_aside(recognised: Recognise) -> None:
    found = recognised(document(T1, f"{LEAD} {G11}", "A unit was set up.", "- More staff."))
    assert unplaced(found) == [("T1", "<p>A unit was set up.</p><ul><li>More staff.</li></ul>")]
    assert found.notices[0] == (
        "No question asks for this, so it was kept aside (Target 1): “A unit was set up.”"
    )


def test_a_list_met_again_on_the_next_page_goes_on(recognised: Recognise) -> None:
    """A table's heading rows are repeated on every page."""
    found = recognised(document(T1, DONE, "One.", TITLE, T1, DONE, DONE_PROMPT, "Two.", PLANNED, "- Three."))
    assert descriptions(found, "T1.undertaken") == ["One.", "Two."]
    assert descriptions(found, "T1.planned") == ["Three."]
    assert unplaced(found) == []


def test_lists_that_begin_anew_without_a_heading_are_announced(recognised: Recognise) -> None:
    found = recognised(document(T1, DONE, "One.", PLANNED, "- Two.", DONE, "Three."))
    assert descriptions(found, "T1.undertaken") == ["One.", "Three."]
    assert found.notices[0].startswith("Target 1 has “Actions ALREADY UNDERTAKEN” more than once.")


def test_a_section_the_form_does_not_have_is_kept_aside(recognised: Recognise) -> None:
    found = recognised(document(T1, DONE, "One.", "Policy target No. 9: Something else", DONE, "Two."))
    assert descriptions(found, "T1.undertaken") == ["One."]
    assert unplaced(found) == [
        ("", f"<p>Policy target No. 9: Something else</p><p>{DONE}</p><p>Two.</p>"),
    ]


# --------------------------------------------------------------------- words that only look like wording


def test_words_before_the_first_section_are_kept_aside(recognised: Recognise) -> None:
    found = recognised(
        document("Report by the Ministry of Justice and Public Security", "May 2013", T1, DONE, "One.")
    )
    assert found.country == "NO"
    assert unplaced(found) == [
        ("", "<p>Report by the Ministry of Justice and Public Security</p><p>May 2013</p>")
    ]
    assert descriptions(found, "T1.undertaken") == ["One."]


def test_a_goal_worded_in_another_way_is_taken_and_its_words_are_kept(recognised: Recognise) -> None:
    other = G11.replace("10% yearly", "20% every year")
    found = recognised(document(T1, f"{LEAD} {other}", DONE, "One."))
    assert shown(found)["answers"] == {"T1.goals": ["T1.G1"]}
    assert unplaced(found) == [("T1", other)]
    assert found.notices[0].startswith(
        "Taken for a heading of the form, but worded differently, so kept aside"
    )


def test_a_section_with_another_title_is_known_by_its_number(recognised: Recognise) -> None:
    found = recognised(document("Policy target No. 2: Our own title", DONE, "One."), form="ga-commitments")
    assert descriptions(found, "T2.undertaken") == ["One."]
    assert unplaced(found) == [("T2", "Our own title")]


def test_a_countrys_action_may_have_the_words_of_a_goal(recognised: Recognise) -> None:
    found = recognised(document(T2, LEAD, G21, LEAD, G22, PLANNED, f"- {G21}", f"- {G22} (2014)", G22))
    assert descriptions(found, "T2.planned") == [G21, G22, G22]


def test_no_action_taken_is_a_state_only_when_it_is_all(recognised: Recognise) -> None:
    found = recognised(document(T1, DONE, "no action taken", PLANNED, "No action taken.", "- Except one."))
    assert (state(found, "T1.undertaken"), descriptions(found, "T1.undertaken")) == ("no_action_taken", [])
    assert (state(found, "T1.planned"), descriptions(found, "T1.planned")) == (
        None,
        ["No action taken.", "Except one."],
    )


def test_a_sentence_that_begins_like_wording_is_an_answer(recognised: Recognise) -> None:
    sentence = "Actions already undertaken by the police are many."
    found = recognised(document(T1, DONE, sentence, "No action taken by others."))
    assert descriptions(found, "T1.undertaken") == [sentence, "No action taken by others."]


def test_a_footnote_to_the_forms_words_is_kept(recognised: Recognise) -> None:
    found = recognised(document(T1, f"{DONE}<sup>1</sup>", "One.", "<sup>1</sup>As of May 2013."))
    assert descriptions(found, "T1.undertaken") == ["One."]
    assert unplaced(found) == [("T1.undertaken", "As of May 2013.")]


def test_page_numbers_do_not_become_actions(recognised: Recognise) -> None:
    found = recognised(document(T1, DONE, "A unit was", "3", "set up.", "- 4 -", "Two."))
    assert descriptions(found, "T1.undertaken") == ["A unit was set up.", "Two."]
    assert unplaced(found) == [("T1.undertaken", "3"), ("T1.undertaken", "<ul><li>4 -</li></ul>")]


# ------------------------------------------------------------------------------------ country and form


@pytest.mark.parametrize(
    "head",
    [
        "Norway",
        "**NORWAY**",
        "Kingdom of Norway",
        "Country: Norway",
        "Norway, 2013",
        "Norway – report of the Ministry",
        "Report on behalf of the Government of Norway",
    ],
)
def test_the_country_in_the_head(recognised: Recognise, head: str) -> None:
    found = recognised(f"{TITLE}\n\n{head}\n\n{T1}\n\n{DONE}\n\nOne, with Albania.\n")
    assert found.country == "NO"


def test_the_country_beside_the_title(recognised: Recognise) -> None:
    found = recognised(f"{TITLE}: Norway\n\n{T1}\n\n{DONE}\n\nOne.\n")
    assert (found.country, found.unplaced) == ("NO", ())


def test_a_name_on_its_own_line_weighs_more_than_one_in_a_sentence(recognised: Recognise) -> None:
    found = recognised(document("With the help of our partners in Albania and Georgia.", T1, DONE, "One."))
    assert found.country == "NO"


def test_a_given_country_counts_more_than_the_document(recognised: Recognise) -> None:
    found = recognised(document(T1, DONE, "One."), country="AL")
    assert found.country == "AL"
    assert unplaced(found) == [("", "Norway")]


@pytest.mark.parametrize("given", ["NO", "no", "Norway", "kingdom of norway"])
def test_a_country_may_be_given_by_code_or_name(recognised: Recognise, given: str) -> None:
    assert recognised(document(T1, DONE, "One.", country="Sincerely"), country=given).country == "NO"


def test_a_given_cycle_counts(recognised: Recognise) -> None:
    assert recognised(document(T1, DONE, "One."), cycle="2014").report.cycle == "2014"


def test_no_country(recognised: Recognise) -> None:
    with pytest.raises(DocumentError, match=r"“report\.md” names no country .* --country"):
        recognised(document(T1, DONE, "One.", country="Our country"))


def test_several_countries(recognised: Recognise) -> None:
    with pytest.raises(DocumentError, match=r"several countries: Norway, Sweden\. .* --country"):
        recognised(document("Sweden", T1, DONE, "One."))


def test_a_given_country_the_form_does_not_know(recognised: Recognise) -> None:
    with pytest.raises(DocumentError, match=r"ga-commitments knows no country “Atlantis”\. Give its code"):
        recognised(document(T1, DONE, "One."), country="Atlantis")


def test_a_document_that_is_no_report(recognised: Recognise) -> None:
    with pytest.raises(DocumentError) as error:
        recognised("# Minutes\n\nNorway\n\nWe met, and we left.\n", "minutes.md")
    assert "“minutes.md” is no report that this program knows" in error.value.sentence
    assert "Commitments (ga-commitments 2013.1)" in error.value.sentence
    assert "Model National Response (mnr 2016.1)" in error.value.sentence


def test_a_document_without_any_heading_of_the_given_form(recognised: Recognise) -> None:
    with pytest.raises(DocumentError, match="none of the headings of the form Model National Response"):
        recognised(document(T1, DONE, "One."), form="mnr")


def test_a_given_form_needs_little_evidence(recognised: Recognise) -> None:
    text = f"Norway\n\nPolicy target No. 1\n\n{DONE}\n\nOne.\n"
    with pytest.raises(DocumentError):
        recognised(text)
    assert descriptions(recognised(text, form="ga-commitments"), "T1.undertaken") == ["One."]


def test_a_given_form_that_does_not_exist(recognised: Recognise) -> None:
    with pytest.raises(UnknownFormError, match="ga-commitment"):
        recognised(document(T1), form="ga-commitment")
