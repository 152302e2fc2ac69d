"""Tables of a Word file: fixed widths, a head that repeats, and rows that break only when they must."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop_app.exchange.documents.word.styles import HEAD_PAPER

WIDTH = 9638
"""Twentieths of a point between the margins of an A4 page."""

EMPTY = '<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p>'
"""A cell must end with a paragraph."""


def table_start(
    widths: Sequence[int], *, right_to_left: bool, style: str = "Lines", has_head: bool = True
) -> str:
    """The beginning of a table. In one from right to left the first column stands at the right."""
    visual = "<w:bidiVisual/>" if right_to_left else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>{visual}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" w:firstRow="{int(has_head)}" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


#: A table must be followed by a paragraph, which keeps it apart from the next one too.
TABLE_END = (
    '</w:tbl><w:p><w:pPr><w:pStyle w:val="Normal"/><w:spacing w:before="0" w:after="0" w:line="120" '
    'w:lineRule="exact"/></w:pPr></w:p>'
)


def row(
    cells: Iterable[str],
    widths: Sequence[int],
    *,
    is_head: bool = False,
    whole: bool = True,
    height: int = 0,
) -> str:
    """A row of a table. ``cells``: the paragraphs of each. ``whole``: it does not break across pages.

    ``height``: at least so high, in twentieths of a point.
    """
    shape = "<w:cantSplit/>" if whole else ""
    if height:
        shape += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>'
    if is_head:
        shape += "<w:tblHeader/>"
    paper = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEAD_PAPER}"/>' if is_head else ""
    found = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{paper}</w:tcPr>{content or EMPTY}</w:tc>'
        for content, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{shape}</w:trPr>{found}</w:tr>"
