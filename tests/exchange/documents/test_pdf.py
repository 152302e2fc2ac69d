"""PDF-1 every word of the report is in the PDF, whatever it says, and stands there as words
PDF-2 the PDF is tagged as PDF/UA asks: title, language, headings, lists, tables with heads, notes
PDF-3 the same plan makes the same bytes, whatever the clock says
PDF-4 what no typeface shows is said with its place
PDF-5 typefaces are embedded
PDF-6 a page to sign says what is signed, and that a draft may still change
PDF-7 a very long report comes in parts, whose pages and notes are numbered through
"""

from __future__ import annotations

import os
import re
from collections import Counter
from html import escape
from pathlib import Path

import pikepdf
import pytest

from desktop_app.exchange.documents.pages import Limits, contents
from desktop_app.exchange.documents.pdf import Pdf, write_pdf, write_sign_off
from desktop_app.exchange.documents.plan import DocumentPlan, Variant, Written
from desktop_app.exchange.documents.planning import plan_document
from desktop_app.exchange.documents.reading import plan_lines
from desktop_app.exchange.old_reports import read_source, recognise
from desktop_app.formdef.library import FormLibrary
from desktop_app.report.content import submission_checksum
from desktop_app.report.report import Report
from tests.support.long_reports import long_report
from tests.support.pdf_files import metadata, opened, seen_lines, shown_pages, shown_words, tags
from tests.support.workbooks import FORMS, example, planned_action, report_of

ALBANIA = Path(__file__).parents[2] / "data" / "albania-2013.md"
HOSTILE = (
    '#read("/etc/passwd") #import "@preview/x:1.0.0" $x^2$ \\u{41} <end> @ref *bold* _it_ `raw` '
    "= head // not a comment /* nor this */ ~ -- --- ... 'one' \"two\" [x] {y} %20 \\ #{1+1}"
)


def plan_of(report: Report, variant: Variant = Variant.FULL) -> DocumentPlan:
    return plan_document(report, variant)


@pytest.fixture(scope="module")
def albania() -> Report:
    return recognise(read_source("a.md", ALBANIA.read_bytes()), FormLibrary([FORMS])).report


@pytest.fixture(scope="module")
def albanian(albania: Report) -> Pdf:
    return write_pdf(plan_of(albania))


@pytest.fixture(scope="module")
def mixed() -> Pdf:
    """Arabic, Greek and Chinese by turns, in an Arabic report."""
    return write_pdf(plan_of(long_report("ar", 12)))


def compact(words: str) -> str:
    return re.sub(r"\s", "", words)


def section_pages(made: Pdf) -> list[int]:
    """The pages on which a section begins."""
    pages = [page for part in made.parts for page in shown_pages(opened(part))]
    return [
        number
        for number, page in enumerate(pages, 1)
        if number > 1 and "PolicytargetNo." in page[:60] and "(continued)" not in page
    ]


def words_of(line: tuple[str, tuple[str, ...]]) -> list[str]:
    """Of a paragraph and its notes."""
    words, notes = line
    return " ".join((words, *notes)).split()


# PDF-1


def test_every_word_of_a_real_report_is_in_the_pdf(albania: Report, albanian: Pdf) -> None:
    shown = shown_words(opened(albanian.parts[0]))
    for line in plan_lines(plan_of(albania)):
        for word in words_of(line):
            assert word in shown, word


def test_words_that_look_like_typst_are_shown_and_not_carried_out() -> None:
    report = report_of(
        "ga-commitments",
        *planned_action(1, description=escape(HOSTILE, quote=False)),
        ("cover.authority", escape(HOSTILE, quote=False)),
    )
    made = write_pdf(plan_of(report))
    shown = shown_words(opened(made.parts[0]))
    assert shown.count(compact(HOSTILE)) >= 2
    assert "root:" not in shown
    assert made.notices == ()


def test_a_very_long_word_is_broken_without_a_sign_more() -> None:
    address = "https://example.org/" + "a" * 150 + "/b?c=d"
    report = report_of("ga-commitments", *planned_action(1, description=f"See {address} there"))
    assert f"See{address}there" in shown_words(opened(write_pdf(plan_of(report)).parts[0]))


def test_letters_of_every_script_are_behind_the_glyphs(mixed: Pdf) -> None:
    shown = shown_words(opened(mixed.parts[0]))
    assert "Δικαιοσύνης" in shown
    arabic = set(shown) & set("وزارة الداخلية")
    assert len(arabic) > 5


# PDF-2


def test_the_pdf_says_that_it_is_accessible(albanian: Pdf) -> None:
    with opened(albanian.parts[0]) as pdf:
        assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(pdf)
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title).startswith("Albania: Global Alliance")
        assert all("/StructParents" in page.obj for page in pdf.pages)
        assert all(str(page.obj.Tabs) == "/S" for page in pdf.pages if "/Annots" in page.obj)
        assert len(pdf.pages) == albanian.pages


def test_headings_lists_tables_and_notes_are_tagged(albanian: Pdf) -> None:
    with opened(albanian.parts[0]) as pdf:
        found = tags(pdf)
    kinds = Counter(path.rpartition("/")[2] for path in found)
    assert kinds["Title"] == 1
    assert kinds["H1"] == 4
    assert kinds["H2"] == 8
    assert kinds["Table"] == 7
    assert kinds["L"] >= 5
    assert kinds["Note"] == 1
    assert all(path.endswith("THead/TR/TH") for path in found if path.endswith("/TH"))
    assert sum(path.endswith("L/LI") for path in found) == sum(path.endswith("L/LI/LBody") for path in found)


def test_a_person_can_jump_from_heading_to_heading(albanian: Pdf) -> None:
    with opened(albanian.parts[0]) as pdf, pdf.open_outline() as outline:
        assert next(item.title for item in outline.root).startswith("Policy target No. 1")
        assert [len(item.children) for item in outline.root] == [2, 2, 2, 2]


def test_a_report_from_right_to_left_says_so_and_so_do_words_that_are_not(mixed: Pdf) -> None:
    with opened(mixed.parts[0]) as pdf:
        assert str(pdf.Root.Lang) == "ar"
        assert str(pdf.Root.ViewerPreferences.Direction) == "/R2L"
        languages = {str(each.Lang) for each in pdf.objects if _is_tag(each) and "/Lang" in each}
    assert {"el", "zh", "en"} <= languages


def test_a_page_of_a_contents_stands_at_the_side_where_lines_end(mixed: Pdf, albanian: Pdf) -> None:
    arabic, english = (
        next(line for line in seen_lines(opened(made.parts[0])) if "supportandprotection" in line)
        for made in (mixed, albanian)
    )
    assert re.fullmatch(r"2\.+supportandprotection", arabic)
    assert re.fullmatch(r"supportandprotection\.+2", english)


def _is_tag(found: object) -> bool:
    return isinstance(found, pikepdf.Dictionary) and "/S" in found


# PDF-3


def test_the_same_report_makes_the_same_bytes_under_another_clock(
    albania: Report, albanian: Pdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Apia")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert write_pdf(plan_of(albania)).parts == albanian.parts
    assert b"CreationDate" not in albanian.parts[0]
    assert os.environ["TZ"] == "Pacific/Apia"


# PDF-4


def test_what_no_typeface_shows_is_said_with_its_place() -> None:
    report = report_of("ga-commitments", *planned_action(1, description="Before \u0378 after"))
    made = write_pdf(plan_of(report))
    assert len(made.notices) == 1
    assert "\u0378 (U+0378)" in made.notices[0]
    assert "Policy target No. 1" in made.notices[0]
    assert "No. 1" in made.notices[0]
    assert "Before\ufffdafter" in shown_words(opened(made.parts[0]))


# PDF-5


def test_all_typefaces_are_embedded(mixed: Pdf) -> None:
    with opened(mixed.parts[0]) as pdf:
        fonts = {
            str(font.BaseFont): font.DescendantFonts[0].FontDescriptor
            for page in pdf.pages
            for font in page.resources.Font.values()
        }
        assert len(fonts) > 2
        assert all("/FontFile2" in about or "/FontFile3" in about for about in fonts.values())


# PDF-6


def test_the_page_to_sign_says_what_is_signed(albania: Report) -> None:
    made = write_sign_off(plan_of(albania))
    shown = shown_words(opened(made.parts[0]))
    assert made.pages == 1
    assert submission_checksum(albania) in shown
    assert "Thereportisadraft" in shown
    assert "28entriesinlists" in shown
    for line in ("Name", "Function", "Placeanddate", "Signature"):
        assert line in shown


def test_a_checksum_is_read_from_left_to_right_in_every_document(mixed: Pdf) -> None:
    plan = plan_of(long_report("ar", 12))
    for made, facts in ((mixed, plan.facts), (write_sign_off(plan), plan.sign_off.facts)):
        code = next(fact.answer for fact in facts if fact.is_code)
        assert isinstance(code, Written)
        lines = "\n".join(seen_lines(opened(made.parts[0])))
        checksum = code.text.plain_text()
        assert checksum[:32] in lines
        assert checksum[32:] in lines


def test_a_page_to_sign_of_a_ready_report_does_not_warn() -> None:
    report = report_of("ga-commitments", ("cover.authority", "Ministry of Justice"))
    report.status = "ready"
    shown = shown_words(opened(write_sign_off(plan_of(report)).parts[0]))
    assert "Thereportisadraft" not in shown
    assert "MinistryofJustice" in shown


def test_a_blank_form_has_boxes_and_no_answer(albania: Report) -> None:
    made = write_pdf(plan_of(albania, Variant.BLANK))
    with opened(made.parts[0]) as pdf:
        shown = shown_words(pdf)
        boxes = sum(path.endswith("LI") for path in tags(pdf))
    assert "NordicMule" not in shown
    assert "Ifthereisnone,tickwhy" in shown
    assert boxes > 40


def test_a_blank_form_of_many_lists_leaves_no_question_alone_on_a_page() -> None:
    made = write_pdf(plan_of(report_of("mnr"), Variant.BLANK))
    _first, *pages = shown_pages(opened(made.parts[0]))
    for page in pages:
        assert page.count("Justification") == 1
        assert page.index("Evidence") < page.rindex("Ifthereisnone,tickwhy")


# PDF-7


def test_a_very_long_report_comes_in_parts() -> None:
    plan, few = plan_of(example()), Limits(entries=9, sheet_entries=4)
    made = write_pdf(plan, limits=few)
    count = len(made.parts)
    assert count == len(contents(plan, few)) > 2
    assert [name for name, _content in made.files()] == [
        f"report-{number}-of-{count}.pdf" for number in range(1, count + 1)
    ]
    shown = [shown_words(opened(part)) for part in made.parts]
    assert sum(len(opened(part).pages) for part in made.parts) == made.pages
    assert f"Page1of{made.pages}" in shown[0]
    assert f"Page{made.pages}of{made.pages}" in shown[-1]
    assert f"Part2of{count}" in shown[1]
    # The table of contents in the first part knows the pages of all.
    start = shown[0].index("Policytarget")
    assert re.findall(r"\.{9,}(\d+)", shown[0][start:]) == [str(page) for page in section_pages(made)]
    whole = "".join(shown)
    assert all(word in whole for line in plan_lines(plan) for word in words_of(line))
    for part in made.parts:
        with opened(part) as pdf:
            assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(pdf)
