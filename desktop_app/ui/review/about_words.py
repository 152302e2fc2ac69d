"""What was brought in of a returned workbook, and what waits, in sentences."""

from __future__ import annotations

from desktop_app.runtime.i18n import ngettext


def counts_words(comments: int, suggestions: int, rows: int, refused: int, kept: int = 0) -> str:
    """What was brought in, counted; what there is none of is left out.

    ``kept``: suggestions and rows that could not come in as such.
    """
    parts = (
        (comments, ngettext("{count} comment", "{count} comments", comments)),
        (suggestions, ngettext("{count} suggestion", "{count} suggestions", suggestions)),
        (rows, ngettext("{count} new row", "{count} new rows", rows)),
        (
            kept,
            ngettext("{count} entry kept as a comment", "{count} entries kept as comments", kept),
        ),
        (refused, ngettext("{count} refused suggestion", "{count} refused suggestions", refused)),
    )
    return ", ".join(words.format(count=count) for count, words in parts if count)


def undecided_words(count: int) -> str:
    """What is to be done about suggestions that wait: nothing of them is kept in the report."""
    return ngettext(
        "{count} suggestion was not decided; open the workbook again to decide.",
        "{count} suggestions were not decided; open the workbook again to decide.",
        count,
    ).format(count=count)
