"""Characters as they stand in an XML file."""

from __future__ import annotations


def text_element(text: str, *, keep_space: bool = False) -> str:
    """The element ``t`` with a text. White space at its ends is protected, always with ``keep_space``."""
    if keep_space or text != text.strip():
        return f'<t xml:space="preserve">{xml_text(text)}</t>'
    return f"<t>{xml_text(text)}</t>"


def xml_text(text: str) -> str:
    """``text`` between tags; a carriage return by its number, which a parser would read as a line feed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
