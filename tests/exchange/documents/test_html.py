"""HTML-1 every word of the report is in the page, as words
HTML-2 one file, no scripts, nothing from elsewhere
HTML-3 whoever hears or feels the page finds headings, lists, tables with heads, notes and languages
HTML-4 the same plan makes the same bytes
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest
from lxml import html

from desktop_app.exchange.documents.html import write_html
from desktop_app.exchange.documents.plan import DocumentPlan, Variant
from desktop_app.exchange.documents.planning import plan_document
from desktop_app.exchange.documents.reading import plan_lines
from desktop_app.exchange.old_reports import read_source, recognise
from desktop_app.formdef.library import FormLibrary
from desktop_app.report.report import Report
from tests.support.long_reports import long_report
from tests.support.workbooks import FORMS, planned_action, report_of

ALBANIA = Path(__file__).parents[2] / "data" / "albania-2013.md"
HOSTILE = (
    "</td></table><script>alert(1)</script><img src=x onerror=alert(1)> \" onmouseover=alert(1) ' &amp; {{x}}"
)


@pytest.fixture(scope="module")
def albania() -> Report:
    return recognise(read_source("a.md", ALBANIA.read_bytes()), FormLibrary([FORMS])).report


def plan_of(report: Report, variant: Variant = Variant.FULL) -> DocumentPlan:
    return plan_document(report, variant)


def page_of(plan: DocumentPlan) -> html.HtmlElement:
    return html.document_fromstring(write_html(plan).decode("utf-8"))


def compact(words: str) -> str:
    return re.sub(r"\s", "", words)


def body_words(page: html.HtmlElement) -> str:
    return compact(page.find("body").text_content())


# HTML-1


@pytest.mark.parametrize("variant", list(Variant))
def test_every_word_is_in_the_page(albania: Report, variant: Variant) -> None:
    plan = plan_of(albania, variant)
    shown = body_words(page_of(plan))
    for words, notes in plan_lines(plan):
        for piece in (words, *notes):
            assert all(word in shown for word in piece.split()), piece


def test_words_that_look_like_markup_are_words() -> None:
    report = report_of(
        "ga-commitments",
        *planned_action(1, description=escape(HOSTILE, quote=False)),
        ("cover.authority", escape(HOSTILE, quote=False)),
    )
    page = page_of(plan_of(report))
    assert body_words(page).count(compact(HOSTILE)) == 2
    assert page.findall(".//script") == page.findall(".//img") == []
    assert not [name for element in page.iter() for name in element.attrib if str(name).startswith("on")]


def test_a_link_leads_only_where_a_link_may() -> None:
    report = report_of(
        "ga-commitments",
        *planned_action(1, description='<a href="https://example.org/?a=1&amp;b=2">there</a>'),
    )
    links = [link for link in page_of(plan_of(report)).findall(".//a") if "example" in link.get("href", "")]
    assert {link.get("href") for link in links} == {"https://example.org/?a=1&b=2"}
    assert links[0].text == "there"


# HTML-2


def test_nothing_comes_from_elsewhere(albania: Report) -> None:
    content = write_html(plan_of(albania)).decode("utf-8")
    page = html.document_fromstring(content)
    assert not [element for element in page.iter() if element.get("src") or element.tag in ("link", "script")]
    assert "url(" not in content
    assert "@import" not in content
    policy = page.find(".//meta[@http-equiv='Content-Security-Policy']")
    assert policy is not None
    assert "default-src 'none'" in policy.get("content", "")


# HTML-3


def test_headings_lists_and_tables_say_what_they_are(albania: Report) -> None:
    page = page_of(plan_of(albania))
    assert page.get("lang") == "en"
    assert page.get("dir") == "ltr"
    assert [element.text_content() for element in page.findall(".//h1")] == ["Albania"]
    assert len(page.findall(".//h2")) == 4
    assert len(page.findall(".//h3")) == 8
    assert all(head.get("scope") for head in page.findall(".//th"))
    names = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(names) == len(set(names))
    wanted = [link.get("href", "") for link in page.findall(".//a")]
    assert all(link[1:] in names for link in wanted if link.startswith("#"))
    regions = [element.get("aria-labelledby") for element in page.iter() if element.get("aria-labelledby")]
    assert set(regions) <= set(names)


def test_a_note_leads_there_and_back(albania: Report) -> None:
    page = page_of(plan_of(albania))
    mark = page.find(".//a[@role='doc-noteref']")
    assert mark is not None
    note = page.get_element_by_id(mark.get("href", "")[1:])
    assert "Vepra" in note.text_content()
    back = note.find(".//a[@role='doc-backlink']")
    assert back is not None
    assert back.get("href") == f"#{mark.get('id')}"


def test_words_in_other_languages_and_directions_say_so() -> None:
    page = page_of(plan_of(long_report("ar", 12)))
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    greek = [each for each in page.iter() if each.get("lang") == "el"]
    assert greek
    assert all(each.get("dir") == "ltr" for each in greek)
    assert any(each.tag == "ul" for each in greek)
    assert [each.get("dir") for each in page.iter("span") if each.get("class") == "code"] == ["ltr"]


# HTML-4


def test_the_same_report_makes_the_same_page(albania: Report) -> None:
    assert write_html(plan_of(albania)) == write_html(plan_of(albania))
