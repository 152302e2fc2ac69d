"""Both directions. Samples follow what the programs put on the clipboard, with words of our own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.text import Text, markup, normalise
from desktop_app.report.text.html import from_html, to_html
from tests.support.text_values import rough_texts, texts


def _read(source: str) -> str:
    return markup.write(from_html(source))


# --- what we write


@given(texts())
def test_our_own_html_reads_back_to_the_same_text(text: Text) -> None:
    assert from_html(to_html(text)) == text


@given(rough_texts())
def test_rough_texts_are_normalised_on_the_way(text: Text) -> None:
    assert from_html(to_html(text)) == normalise(text)


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("", ""),
        ("a &lt; b &amp; c", "<p>a &lt; b &amp; c</p>"),
        ("article 108<sup>1</sup>", "<p>article 108<sup>1</sup></p>"),
        ('<a href="https://example.org/?a=1&amp;b=2"><b>x</b></a>',
         '<p><a href="https://example.org/?a=1&amp;b=2"><b>x</b></a></p>'),
        ("<ol><li>a<ul><li>b</li></ul></li></ol>", "<ol><li>a<ul><li>b</li></ul></li></ol>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("two  spaces", '<p style="white-space:pre-wrap">two  spaces</p>'),
    ],
)  # fmt: skip
def test_plain_html_is_written(notation: str, expected: str) -> None:
    assert to_html(markup.read(notation)) == expected


def test_notes_are_numbers_and_stand_at_the_end() -> None:
    page = to_html(markup.read("acts<note><i>Vepra</i> të turpshme</note>"), note_numbers_from=3)
    words = re.sub(r"<[^>]*>", "", page)
    assert words == "acts33 Vepra të turpshme"
    assert page.count(">3</sup>") == 1
    assert page.index("Vepra") > page.index("</p>")


# --- what browsers put on the clipboard


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("plain words", "plain words"),
        ("<p>one</p><p>two</p>", "<p>one</p><p>two</p>"),
        ("<div>one<div>two</div>three</div>", "<p>one</p><p>two</p><p>three</p>"),
        ("one<br>two<br/>three", "<p>one</p><p>two</p><p>three</p>"),
        ("<h2>Title</h2>text", "<p><b>Title</b></p><p>text</p>"),
        ("<b>a</b> <strong>b</strong>", "<b>a</b> <b>b</b>"),
        ("<i>a</i><em>b</em><u>c</u>", "<i>ab</i><u>c</u>"),
        ("2<sup>nd</sup>", "2<sup>nd</sup>"),
        ("H<sub>2</sub>O", "H2O"),
        ("a &lt; b &amp;amp; c &eacute;&#235;", "a &lt; b &amp;amp; c éë"),
        ("  a \n\t b  <b> c </b> d ", "a b <b>c </b>d"),
        ("a&nbsp;&nbsp;b", "a\u00a0\u00a0b"),
        ("<pre>a  b\n c</pre>", "<p>a  b</p><p> c</p>"),
        ("<span style='white-space:pre-wrap'>a  b </span>", "a  b "),
        ("<span style='font-weight:bold'>a</span>", "<b>a</b>"),
        ("<span style='FONT-WEIGHT: 700 !important'>a</span>", "<b>a</b>"),
        ("<span style='font-style:italic'>a</span>", "<i>a</i>"),
        ("<span style='text-decoration: underline solid'>a</span>", "<u>a</u>"),
        ("<span style='vertical-align:super'>a</span>", "<sup>a</sup>"),
        ("<span style='font:italic bold 12pt serif'>a</span>", "<b><i>a</i></b>"),
        ("<b style='font-weight:normal'>a</b>", "a"),
        ("<b>a<span style='font-weight:400'>b</span></b>", "<b>a</b>b"),
        ('<a href="https://example.org">x</a>', '<a href="https://example.org">x</a>'),
        ('<a href="https://example.org" style="text-decoration:underline">x</a>',
         '<a href="https://example.org">x</a>'),
        ('<a href="javascript:x">click</a> <a href="#top">up</a> <a name="y">here</a>', "click up here"),
        ("a<img src='x' alt='picture'>b<!-- c --><script>d</script><style>p {}</style>", "ab"),
        ("<head><title>Page</title></head><body>words</body>", "words"),
        ("<p style='display:none'>hidden</p>seen", "seen"),
        ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ol><li>a<ul><li>b</ul><li>c</ol>", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("<ul><li>a</li><ol><li>b</li></ol><li>c</li></ul>",
         "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("<ul><li>a<br>b</li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("<li>a</li><li>b</li>", "<ul><li>a</li><li>b</li></ul>"),
        ("<table><tr><th>Goal<th>Words<tr><td>1<td>a b</table>",
         "<p><b>Goal</b>\t<b>Words</b></p><p>1\ta b</p>"),
        ("<table><tr><td>a</td><td></td><td>c</td></tr></table>", "a\t\tc"),
        ("<table><tr><td>a<td><ul><li>b<li>c</ul></table>", "<p>a</p><ul><li>b</li><li>c</li></ul>"),
        ("<table><tr><td>a<td><p>b<p>c</table>", "<p>a</p><p>b</p><p>c</p>"),
        ("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "a\tb\tc"),
        ("<dl><dt>a<dd>b</dl>", "<p>a</p><p>b</p>"),
    ],
)  # fmt: skip
def test_html_of_browsers(source: str, expected: str) -> None:
    assert _read(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>a<i>b</b>c</i>d", "<b>a<i>b</i></b><i>c</i>d"),
        ("<p><b>a<p>b", "<p><b>a</b></p><p>b</p>"),
        ("</p></b>a</div>", "a"),
        ("<h1>a</h2>b", "<p><b>a</b></p><p>b</p>"),
        ("<a href='https://a.org'>a<a href='https://b.org'>b</a>c",
         '<a href="https://a.org">a</a><a href="https://b.org">b</a>c'),
        ("a < b", "a &lt; b"),
        ("<![CDATA[x]]>a", "a"),
        ("<?xml:namespace prefix = o ?>a", "a"),
        ("<o:p>a</o:p>", "a"),
        ("\x00a\x0bb", "<p>a</p><p>b</p>"),
    ],
)  # fmt: skip
def test_bad_html_is_read_as_browsers_read_it(source: str, expected: str) -> None:
    assert _read(source) == expected


def test_a_nesting_beyond_all_reason_keeps_its_words() -> None:
    assert from_html("<ul><li>" * 3000 + "deep").words() == ("deep",)
    assert from_html("<div><b>" * 3000 + "deep" + "</b></div>" * 3000 + "after").words() == ("deep", "after")


_TAG_NAMES = (
    "p",
    "div",
    "b",
    "i",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "h1",
    "a",
    "span",
    "pre",
    "dd",
    "sup",
)
_TAGS = [
    *(f"<{slash}{name}>" for name in _TAG_NAMES for slash in ("", "/")),
    *("<br>", "<img>", "<![endif]>", "</none>", "&amp;", "<", ">"),
    "<a href='https://example.org'>",
    "<p style='mso-list:l0 level1 lfo1'>",
    "<p style='mso-list:l0 level3 lfo1'>",
    "<p class=MsoListParagraph>",
    "<li data-aria-level=2>",
    "<span style='mso-list:Ignore'>",
    "<a style='mso-footnote-id:ftn1'>",
    "<span style='font-weight:bold'>",
    "<![if !supportLists]>",
    "<!--[if gte mso 9]><xml>hidden</xml><![endif]-->",
]


@given(st.lists(st.sampled_from(_TAGS) | st.just("WORD"), max_size=40))
def test_visible_words_stay_in_order_whatever_the_tags(pieces: list[str]) -> None:
    words = [f"word{number:012}" for number in range(pieces.count("WORD"))]
    source = iter(words)
    text = from_html("".join(f" {next(source)} " if piece == "WORD" else piece for piece in pieces))
    assert re.findall(r"word\d{12}", text.plain_text()) == words
    assert normalise(text) == text


@given(st.text(st.sampled_from("<>!-[]&;#x/?\"'= abpulitdr\n"), max_size=80))
def test_any_characters_are_read(source: str) -> None:
    from_html(source)
