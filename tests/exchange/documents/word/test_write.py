"""WORD-1 a reader's program finds every paragraph and note of the plan, in reading order
WORD-2 Word has nothing to repair: parts, order and names are as the format asks
WORD-3 headings, lists, notes, tables, links and page numbers are real ones
WORD-4 what runs from right to left says so, and every run names its language
WORD-5 the same report makes the same bytes, under any clock
WORD-6 thousands of actions take seconds
"""

from __future__ import annotations

import re
import time
import zipfile
from io import BytesIO

import pytest
from docx.enum.style import WD_STYLE_TYPE
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from desktop_app.exchange.documents.plan import DocumentPlan, Variant
from desktop_app.exchange.documents.reading import plan_lines
from desktop_app.exchange.documents.word import check_docx, write_docx
from desktop_app.report.changes import Change
from desktop_app.report.text import Text, clean_characters, markup
from tests.support.long_reports import long_report
from tests.support.other_process import DEAD_BATTERY, checksum_in_another_process
from tests.support.small_form import filled_report
from tests.support.text_values import texts
from tests.support.word_files import W, breaches, opened, paragraphs, part, plan_of, written
from tests.support.workbooks import example, planned_action, report_of

REPORTS = {
    "example": example,
    "every type": filled_report,
    "Arabic": lambda: long_report("ar", 60),
    "Greek": lambda: long_report("el", 60),
    "Chinese": lambda: long_report("zh", 60),
    "capabilities": lambda: report_of("mnr"),
}


def planned_paragraphs(plan: DocumentPlan) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (clean_characters(words)[0], tuple(clean_characters(note)[0] for note in notes))
        for words, notes in plan_lines(plan)
    ]


def of_text(notation: str, language: str = "en") -> bytes:
    report = report_of("ga-commitments", *planned_action(1, description=notation), language=language)
    return written(report)


def words_of(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def value_of(element: etree._Element, tag: str) -> str | None:
    """The value of the one element of this name below another."""
    [found] = element.iter(f"{W}{tag}")
    return found.get(f"{W}val")


def paragraph_with(data: bytes, words: str) -> etree._Element:
    """The first paragraph of the body that says exactly ``words``, or else begins with them."""
    found = {
        words_of(paragraph): paragraph
        for paragraph in reversed(list(part(data, "word/document.xml").iter(f"{W}p")))
    }
    return found[words] if words in found else next(found[each] for each in found if each.startswith(words))


# WORD-1


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("name", REPORTS)
def test_a_reader_s_program_finds_all_words_in_order(name: str, variant: Variant) -> None:
    report = REPORTS[name]()
    data = written(report, variant)
    assert paragraphs(data) == planned_paragraphs(plan_of(report, variant))
    assert breaches(data) == []


@settings(max_examples=25)
@given(st.lists(texts(max_depth=4), min_size=1, max_size=3), st.text(max_size=30))
def test_whatever_was_written_comes_back(written_texts: list[Text], name: str) -> None:
    report = report_of("ga-commitments", ("cover.authority", markup.write(Text.plain(name)) or None))
    for number, text in enumerate(written_texts, start=1):
        for path, value in planned_action(number, description=markup.write(text), remark=markup.write(text)):
            report.apply(Change(path, None, value or None))
    plan = plan_of(report)
    data = write_docx(plan)
    assert paragraphs(data) == planned_paragraphs(plan)
    assert breaches(data) == []
    check_docx(data, plan)


def test_what_no_xml_file_can_hold_is_left_out_of_labels_too() -> None:
    report = filled_report()
    report.cycle = '20\x0013 \ud800<&>"'
    data = written(report)
    assert ('2013 <&>"', ()) in paragraphs(data)
    check_docx(data, plan_of(report))


# WORD-3


def test_headings_give_the_navigation_of_a_word_processor() -> None:
    document = opened(written(example()))
    headings = [
        (each.style.name, each.text)
        for each in document.paragraphs
        if each.style is not None and each.style.name is not None and each.style.name.startswith("Heading")
    ]
    assert headings[0][0] == "Heading 1"
    assert headings[0][1].startswith("Policy target No. 1: Enhancing efforts to identify victims")
    assert [name for name, _words in headings] == ["Heading 1", "Heading 2", "Heading 2"] * 4
    levels = {
        each.get(f"{W}val") for each in part(written(example()), "word/styles.xml").iter(f"{W}outlineLvl")
    }
    assert levels == {str(level) for level in range(6)}


def test_lists_are_lists_and_each_numbered_one_begins_at_one() -> None:
    notation = "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol><p>then</p><ol><li>d</li></ol>"
    data = of_text(notation)
    numbers = {
        words: (value_of(paragraph, "ilvl"), value_of(paragraph, "numId"))
        for words in "abcd"
        for paragraph in [paragraph_with(data, words)]
    }
    levels = {words: level for words, (level, _number) in numbers.items()}
    assert levels == {"a": "0", "b": "1", "c": "0", "d": "0"}
    assert numbers["a"] == numbers["c"] != numbers["d"]
    started = {
        each.get(f"{W}numId"): value_of(each, "startOverride")
        for each in part(data, "word/numbering.xml").iter(f"{W}num")
        if each.find(f".//{W}startOverride") is not None
    }
    assert started == {numbers["a"][1]: "1", numbers["d"][1]: "1"}


def test_notes_are_footnotes_in_the_order_of_their_marks() -> None:
    data = of_text("one<note>First <b>note</b></note> two<note>Second</note>")
    notes = part(data, "word/footnotes.xml")
    words = [words_of(note) for note in notes if note.get(f"{W}type") is None]
    assert words == [" First note", " Second"]
    marks = [each.get(f"{W}id") for each in paragraph_with(data, "one").iter(f"{W}footnoteReference")]
    assert marks == ["1", "2"]


def test_a_link_can_be_followed_from_the_text_and_from_a_note() -> None:
    data = of_text(
        '<a href="https://example.org/?a=1&amp;b=2">law</a><note><a href="mailto:d@e.org">x</a></note>'
    )
    addresses = {
        name: [each.get("Target") for each in part(data, name) if each.get("TargetMode") == "External"]
        for name in ("word/_rels/document.xml.rels", "word/_rels/footnotes.xml.rels")
    }
    assert list(addresses.values()) == [["https://example.org/?a=1&b=2"], ["mailto:d@e.org"]]


def test_the_head_of_a_list_repeats_and_a_short_row_stays_whole() -> None:
    long = " ".join(["word"] * 600)
    document = opened(of_text(f"<p>{long}</p>"))
    table = document.tables[2]
    head, row = (each._tr for each in table.rows)
    assert head.find(f".//{W}tblHeader") is not None
    assert row.find(f".//{W}cantSplit") is None
    assert document.tables[1].rows[0]._tr.find(f".//{W}cantSplit") is not None


def test_boxes_of_one_question_stand_on_one_page() -> None:
    document = opened(written(example(), Variant.BLANK))
    boxes = [each for each in document.paragraphs if each.text.startswith("☐")]
    kept = [each.style is not None and each.style.paragraph_format.keep_with_next for each in boxes[:4]]
    assert kept == [True, True, True, None]


def test_lines_to_write_an_answer_on_stand_on_one_page() -> None:
    document = opened(written(report_of("mnr"), Variant.BLANK))
    names = [each.style.name for each in document.paragraphs if each.style is not None]
    start = names.index("Line to write on")
    assert names[start : start + 5] == ["Line to write on"] * 4 + ["Line to write on, last"]
    assert document.styles["Line to write on"].paragraph_format.keep_with_next


def test_margins_name_country_form_version_and_page() -> None:
    section = opened(written(example())).sections[0]
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == "Albania\tCommitments\tVersion 2013.1"
    assert section.first_page_header.paragraphs[0].text == ""
    for footer in (section.footer, section.first_page_footer):
        left, right = footer.tables[0].rows[0].cells
        assert (left.text, right.text) == ("Draft", "Page 1 of 1")
        fields = [each.text for each in right._tc.iter(f"{W}instrText")]
        assert fields == [" PAGE ", " NUMPAGES "]


def test_every_paragraph_has_a_named_style() -> None:
    document = opened(written(filled_report()))
    for paragraph in part(written(filled_report()), "word/document.xml").iter(f"{W}p"):
        assert paragraph.find(f"{W}pPr/{W}pStyle") is not None
    assert document.styles["Hyperlink"].type is WD_STYLE_TYPE.CHARACTER


# WORD-4


def test_arabic_runs_from_right_to_left_and_latin_words_in_it_do_not() -> None:
    data = of_text("تعاون مع INTERPOL في 2014.", "ar")
    paragraph = paragraph_with(data, "تعاون مع INTERPOL")
    assert paragraph.find(f"{W}pPr/{W}bidi") is not None
    runs = [(words_of(run), run.find(f"{W}rPr/{W}rtl") is not None) for run in paragraph.iter(f"{W}r")]
    assert runs == [("تعاون مع ", True), ("INTERPOL", False), (" في 2014.", True)]
    document = part(data, "word/document.xml")
    assert all(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in document.iter(f"{W}tbl"))
    assert document.find(f".//{W}sectPr/{W}bidi") is not None


def test_english_headings_keep_to_the_side_where_an_arabic_document_begins() -> None:
    heading = paragraph_with(of_text("نص", "ar"), "Policy target No. 1")
    assert heading.find(f"{W}pPr/{W}bidi") is None
    assert [each.get(f"{W}val") for each in heading.iter(f"{W}jc")] == ["right"]


def test_a_lone_number_keeps_to_that_side_in_the_font_of_other_numbers() -> None:
    cycle = paragraph_with(of_text("نص", "ar"), "2013")
    assert words_of(cycle) == "2013"
    assert cycle.find(f"{W}pPr/{W}bidi") is None
    assert [each.get(f"{W}val") for each in cycle.iter(f"{W}jc")] == ["right"]


@pytest.mark.parametrize(
    ("words", "attribute", "tag"),
    [
        ("Δίωξη", "val", "el"),
        ("司法部将制定", "eastAsia", "zh-CN"),
        ("حماية الأطفال", "bidi", "ar-SA"),
        ("Plain words", "val", "en"),
    ],
)
def test_each_run_names_its_language(words: str, attribute: str, tag: str) -> None:
    paragraph = paragraph_with(of_text(words), words)
    assert {each.get(f"{W}{attribute}") for each in paragraph.iter(f"{W}lang")} == {tag}


# WORD-5

_MAKING = """
from tests.support.long_reports import long_report
from tests.support.word_files import written
content = written(long_report("ar", 20))
"""


def test_bytes_do_not_depend_on_clock_time_zone_or_hash_seed() -> None:
    plain = checksum_in_another_process(_MAKING, PYTHONHASHSEED="1", TZ="UTC")
    assert plain == checksum_in_another_process(_MAKING, DEAD_BATTERY, PYTHONHASHSEED="2", TZ="Asia/Tokyo")


def test_no_part_names_a_time_of_this_machine() -> None:
    data = written(example())
    assert data == written(example())
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2013-01-01T00:00:00Z"}
    properties = opened(data).core_properties
    assert (properties.author, properties.language) == ("Alliance Desk", "en")
    assert (
        properties.title == "Albania: Global Alliance against Child Sexual Abuse Online: country commitments"
    )


# WORD-6


def test_the_time_grows_with_the_report_and_no_faster() -> None:
    def seconds(count: int) -> float:
        plan = plan_of(long_report("el", count))
        times = []
        for _each in range(3):
            begin = time.perf_counter()
            write_docx(plan)
            times.append(time.perf_counter() - begin)
        return min(times)

    assert seconds(400) < 8 * seconds(100)
