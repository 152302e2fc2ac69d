"""What office programs put on the clipboard; the shapes are theirs, the words ours."""

from __future__ import annotations

from desktop_app.report.text import markup
from desktop_app.report.text.html import from_html


def _read(source: str) -> str:
    return markup.write(from_html(source))


def _word_item(level: int, mark: str, words: str) -> str:
    return f"""
<p class=MsoListParagraphCxSpMiddle style='margin-left:{36 * level}.0pt;mso-add-space:auto;
text-indent:-18.0pt;mso-list:l0 level{level} lfo1'><![if !supportLists]><span
lang=EN-GB style='font-family:Symbol;mso-bidi-font-family:Symbol'><span
style='mso-list:Ignore'>{mark}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]><span lang=EN-GB>{words}<o:p></o:p></span></p>
"""


def _word_page(body: str) -> str:
    return f"""
<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><title>A title</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style>
<!--
 /* Font Definitions */ @font-face {{font-family:Symbol;}}
 @list l0:level1 {{mso-level-number-format:bullet;}}
-->
</style>
<!--[if gte mso 10]><style>table.MsoNormalTable {{mso-style-name:x;}}</style><![endif]-->
</head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->

{body}
<!--EndFragment--></body></html>""".replace("\n", "\r\n")


def test_word_list_paragraphs_become_nested_lists() -> None:
    source = _word_page(
        "<p class=MsoNormal>The following articles:<o:p></o:p></p>\r\n"
        + _word_item(1, "·", "Article 108 – Serious\r\nimmoral acts")
        + _word_item(2, "1.", "attempt")
        + _word_item(2, "2.", "aiding")
        + _word_item(3, "§", "and abetting")
        + _word_item(1, "·", "<b>Article 117</b>")
        + "<p class=MsoNormal>After.<o:p></o:p></p>\r\n<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    )
    assert _read(source) == (
        "<p>The following articles:</p>"
        "<ul><li>Article 108 – Serious immoral acts"
        "<ol><li>attempt</li><li>aiding<ul><li>and abetting</li></ul></li></ol></li>"
        "<li><b>Article 117</b></li></ul>"
        "<p>After.</p>"
    )


def test_word_numbers_letters_and_bullets_tell_the_kind_of_list() -> None:
    for mark in ("1.", "a)", "iv.", "(2)", "1.2."):
        assert _read(_word_item(1, mark, "x")) == "<ol><li>x</li></ol>", mark
    for mark in ("·", "o", "§", "-", "ü", "Ø"):
        assert _read(_word_item(1, mark, "x")) == "<ul><li>x</li></ul>", mark


def test_a_word_list_that_starts_deep_or_changes_its_kind() -> None:
    assert _read(_word_item(3, "·", "a") + _word_item(1, "·", "b")) == "<ul><li>a</li><li>b</li></ul>"
    assert (
        _read(_word_item(1, "·", "a") + _word_item(1, "1.", "b")) == "<ul><li>a</li></ul><ol><li>b</li></ol>"
    )


def test_further_lines_of_a_word_item_stay_in_it() -> None:
    source = (
        _word_item(1, "1.", "a<br>\r\nb")
        + "<p class=MsoListParagraph style='margin-left:36.0pt'>c</p>"
        + _word_item(1, "2.", "d")
    )
    assert _read(source) == "<ol><li><p>a</p><p>b</p><p>c</p></li><li>d</li></ol>"


def test_the_number_of_a_word_heading_stays() -> None:
    source = (
        "<h1 style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.2<span"
        " style='font:7.0pt'>&nbsp;&nbsp; </span></span><![endif]>Victims</h1>"
    )
    assert _read(source) == "<b>1.2 Victims</b>"


def _word_reference(number: int, own: str = "", other: str = "ref") -> str:
    """The mark of a footnote; with the last two exchanged, the mark before the footnote's own words."""
    return f"""<a
style='mso-footnote-id:ftn{number}' href="#_ftn{own}{number}" name="_ftn{other}{number}" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span
class=MsoFootnoteReference>[{number}]</span><![endif]></span></span></a>"""


def _word_footnote(number: int, words: str) -> str:
    return f"""
<div style='mso-element:footnote' id=ftn{number}>

<p class=MsoFootnoteText>{_word_reference(number, "ref", "")} {words}<o:p></o:p></p></div>
"""


def test_word_footnotes_stand_at_their_marks() -> None:
    source = _word_page(
        f"""<p class=MsoNormal>Serious immoral acts{_word_reference(1)}, on 2<sup>nd</sup>
May{_word_reference(2)}.<o:p></o:p></p>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all>
<hr align=left size=1 width="33%"><![endif]>
{_word_footnote(1, "<i>Vepra të turpshme</i> in the original.")}
{_word_footnote(2, "See also article 117.")}
</div>"""
    )
    assert _read(source) == (
        "Serious immoral acts<note><i>Vepra të turpshme</i> in the original.</note>,"
        " on 2<sup>nd</sup> May<note>See also article 117.</note>."
    )


def test_a_footnote_without_its_other_half_loses_nothing() -> None:
    assert _read(f"<p>acts{_word_reference(1)}</p>") == "acts[1]"
    assert _read(f"<p>acts</p>{_word_footnote(1, 'Vepra')}") == "<p>acts</p><p>[1] Vepra</p>"


def test_writer() -> None:
    source = """<!DOCTYPE html>
<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>
<style type="text/css">p { line-height: 115% } a:link { color: #000080; text-decoration: underline }</style>
</head><body lang="en-US" link="#000080" dir="ltr"><h1 class="western">
Heading</h1>
<p style="line-height: 100%">The 2<sup>nd</sup>
of <b>May</b>, <a href="https://example.org/x">site</a>.
See<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>
there.</p>
<ul>
	<li><p style="margin-bottom: 0in">First</p>
	<ol>
		<li><p>one</p>
		<li><p>two</p>
	</ol>
	<li><p>Second</p>
	<p>more of it</p>
</ul>
<table width="100%"><col width="128*"/><tr valign="top">
		<td width="50%"><p>Goal</p>
		</td>
		<td width="50%"><p>Words here</p>
		</td>
	</tr></table>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym"
href="#sdfootnote1anc">1</a>Vepra
	të turpshme.</p>
</div></body></html>"""
    assert _read(source) == (
        "<p><b>Heading</b></p>"
        '<p>The 2<sup>nd</sup> of <b>May</b>, <a href="https://example.org/x">site</a>.'
        " See<note>Vepra të turpshme.</note> there.</p>"
        "<ul><li>First<ol><li>one</li><li>two</li></ol></li><li><p>Second</p><p>more of it</p></li></ul>"
        "<p>Goal\tWords here</p>"
    )


def test_word_for_the_web_names_levels_beside_its_lists() -> None:
    def item(tag: str, level: int, words: str) -> str:
        return (
            f'<div class="ListContainerWrapper"><{tag} role="list">'
            f'<li data-listid="1" data-aria-level="{level}">'
            f"<p><span>{words}</span><span>&nbsp;</span></p></li></{tag}></div>"
        )

    source = item("ul", 1, "a") + item("ol", 2, "b") + item("ol", 2, "c") + item("ul", 1, "d")
    assert _read(source).replace("\u00a0", "") == (
        "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>"
    )


def test_google_docs() -> None:
    source = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p
dir="ltr"><span style="font-weight:400;font-style:normal;text-decoration:none;vertical-align:baseline;
white-space:pre-wrap;">Plain  and </span><span style="font-weight:700;
vertical-align:baseline;white-space:pre-wrap;">bold</span><a
href="https://example.org/" style="text-decoration:none;"><span
style="text-decoration:underline;white-space:pre-wrap;">link</span></a></p><br /><ul>
<li dir="ltr" aria-level="1"><p role="presentation"><span>a</span></p></li>
<ul><li dir="ltr" aria-level="2"><p role="presentation"><span>b</span></p></li></ul></ul></b>"""
    assert _read(source) == (
        '<p>Plain  and <b>bold</b><a href="https://example.org/">link</a></p>'
        "<ul><li>a<ul><li>b</li></ul></li></ul>"
    )
