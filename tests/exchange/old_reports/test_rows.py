"""What becomes one action, and where its timeframe goes."""

from __future__ import annotations

from desktop_app.exchange.old_reports.markdown import read_markdown
from desktop_app.exchange.old_reports.rows import rows_of
from desktop_app.report.text import markup


def rows(text: str, *, with_timeframe: bool = True) -> list[tuple[str, str | None]]:
    drafts = rows_of(read_markdown(text).blocks, with_timeframe=with_timeframe)
    return [(markup.write(row.text), row.timeframe.text if row.timeframe else None) for row in drafts.rows]


def asides(text: str) -> list[str]:
    return [block.content.text for block in rows_of(read_markdown(text).blocks, with_timeframe=True).asides]


def test_paragraphs_and_items_are_one_action_each() -> None:
    assert rows("One.\n\nTwo.\n\n- Three\n- Four\n\nFive.") == [
        ("One.", None),
        ("Two.", None),
        ("Three", None),
        ("Four", None),
        ("Five.", None),
    ]


def test_an_item_keeps_its_paragraphs_and_inner_lists() -> None:
    assert rows("- One\n\n  More of one.\n  - deep\n    1. deeper\n    2. deeper too\n- Two") == [
        (
            "<p>One</p><p>More of one.</p><ul><li>deep<ol><li>deeper</li><li>deeper too</li></ol></li></ul>",
            None,
        ),
        ("Two", None),
    ]


def test_a_paragraph_that_ends_in_a_colon_keeps_its_list() -> None:
    assert rows("The articles:\n\n- one\n- two\n\nNext.") == [
        ("<p>The articles:</p><ul><li>one</li><li>two</li></ul>", None),
        ("Next.", None),
    ]


def test_items_with_timeframes_of_their_own_are_the_actions() -> None:
    text = "The following will be done:\n\n- one (Within 2014)\n- two"
    assert rows(text) == [("one", "Within 2014"), ("two", None)]
    assert asides(text) == ["The following will be done:"]


def test_a_heading_begins_the_action_after_it() -> None:
    assert rows("#### Law\n\nOne.\n\nTwo.") == [("<p><b>Law</b></p><p>One.</p>", None), ("Two.", None)]


def test_headings_with_nothing_below_are_set_aside() -> None:
    assert (rows("One.\n\n#### Law\n\n#### More"), asides("One.\n\n#### Law\n\n#### More")) == (
        [("One.", None)],
        ["Law", "More"],
    )


def test_the_timeframe_is_cut_out_of_formatted_text() -> None:
    assert rows("Law **108** (*Till* **2<sup>nd</sup>** May 2013).") == [
        ("Law <b>108</b>.", "Till 2nd May 2013")
    ]


def test_a_footnote_inside_the_brackets_stays() -> None:
    assert rows("One (Within 2014<sup>1</sup>).\n\n<sup>1</sup>Or later.") == [
        ("One<note>Or later.</note>.", "Within 2014")
    ]


def test_other_brackets_stay() -> None:
    assert rows("An agreement with AKEP (the agency). Then more (see above)") == [
        ("An agreement with AKEP (the agency). Then more (see above)", None)
    ]


def test_a_timeframe_in_a_paragraph_of_its_own_belongs_to_the_action_before() -> None:
    assert rows("- One.\n\n(Within 2014)\n\n- Two.") == [("One.", "Within 2014"), ("Two.", None)]
    assert rows("(Within 2014)") == [("(Within 2014)", None)]


def test_the_timeframe_of_an_item_with_an_inner_list() -> None:
    assert rows("- One (Within 2014)\n  - deep") == [("<p>One</p><ul><li>deep</li></ul>", "Within 2014")]


def test_without_a_field_for_it_the_timeframe_stays() -> None:
    assert rows("One. (Within 2014)", with_timeframe=False) == [("One. (Within 2014)", None)]


def test_lists_may_be_indented_as_a_whole() -> None:
    drafts = rows_of(read_markdown("<ul><ul><li>one</li><li>two</li></ul></ul>").blocks, with_timeframe=True)
    assert [markup.write(row.text) for row in drafts.rows] == ["one", "two"]


def test_a_lone_number_is_no_action() -> None:
    assert (rows("1\t\tOne.\t\n2\t\tTwo.\t"), asides("1\t\tOne.\t")) == (
        [("One.", None), ("Two.", None)],
        ["1"],
    )
