"""Text answers: their value, their notation, and the ways in and out.

``model`` has the value, ``markup`` the notation for file and JSON, ``html`` the clipboard and the
display, ``lists`` takes a pasted list apart. Only the value is imported here; the rest when it is needed.
"""

from desktop_app.report.text.model import (
    MAX_LIST_DEPTH,
    Block,
    FlatLine,
    Inline,
    Item,
    ListBlock,
    Mark,
    Note,
    Paragraph,
    Run,
    Text,
    clean_characters,
    join,
    normalise,
    safe_href,
)

__all__ = [
    "MAX_LIST_DEPTH",
    "Block",
    "FlatLine",
    "Inline",
    "Item",
    "ListBlock",
    "Mark",
    "Note",
    "Paragraph",
    "Run",
    "Text",
    "clean_characters",
    "join",
    "normalise",
    "safe_href",
]
