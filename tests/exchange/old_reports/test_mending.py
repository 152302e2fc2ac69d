"""Sentences cut by a page's end are joined; whole ones are left alone."""

from __future__ import annotations

import pytest

from desktop_app.exchange.old_reports.blocks import Block, BlockKind
from desktop_app.exchange.old_reports.mending import Role, is_page_number, mended
from desktop_app.report.text import Paragraph, Run

P, I, H, C = BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING, BlockKind.CELL  # noqa: E741


def block(
    text: str, kind: BlockKind = P, *, level: int = 0, column: int = 0, after_aside: bool = False
) -> Block:
    level = level or (1 if kind in (I, H) else 0)
    return Block(kind, Paragraph((Run(text),)), level=level, column=column, after_aside=after_aside)


def role(each: Block) -> Role:
    if is_page_number(each):
        return Role.PASSED_OVER
    return Role.WORDING if each.content.text.isupper() else Role.ANSWER


def mend(*blocks: Block) -> list[str]:
    return [each.content.text for each in mended(blocks, role)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (block("The law was changed in"), block("parliament.")),
        (block("The law was changed,"), block("Parliament says.")),
        (block("The law was re-"), block("Written.")),
        (block("an item that is"), block("cut.")),
        (block("- an item", I), block("that is cut.")),
        (block("in a cell", C, column=1), block("of the next page", C, column=1)),
        (block("Approved in Parliament and published on the 2nd"), block("May 2013.", after_aside=True)),
    ],
)
def test_cut_sentences_are_joined(first: Block, second: Block) -> None:
    assert mend(first, second) == [f"{first.content.text}\n{second.content.text}"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (block("A sentence."), block("lower case all the same.")),
        (block("A list:"), block("one")),
        (block("A quotation.”"), block("and more")),
        (block("No full stop"), block("A new sentence.")),
        (block("one", I), block("two", I)),
        (block("A title", H), block("and its text")),
        (block("Label", C), block("answer", C, column=1)),
        (block("Label", C), block("answer")),
        (block("An action without end"), block("b) another one")),
        (block("Short line"), block("After a footnote.", after_aside=True)),
        (block("A long enough item that ends without any full stop", I), block("New.", after_aside=True)),
        (block("FORM WORDING"), block("and its answer")),
    ],
)
def test_whole_ones_are_left_alone(first: Block, second: Block) -> None:
    assert mend(first, second) == [first.content.text, second.content.text]


def test_page_numbers_are_passed_over() -> None:
    assert mend(block("The law was"), block("12"), block("– 13 –"), block("changed.")) == [
        "The law was\nchanged.",
        "12",
        "– 13 –",
    ]


def test_a_sentence_over_three_pages() -> None:
    assert mend(block("one"), block("two"), block("three.")) == ["one\ntwo\nthree."]
