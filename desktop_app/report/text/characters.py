"""Which characters an answer may hold, and which addresses a link may lead to.

The limits are those of XML 1.0 ("Char" production), because a workbook and a document cannot hold
more: no control character except tab and line break, no U+FFFE or U+FFFF, no half of a surrogate pair.
"""

from __future__ import annotations

import re

#: Everything Unicode calls a mandatory line break (UAX #14: BK, CR, LF, NL).
_BREAK = r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
_PAIR = r"[\ud800-\udbff][\udc00-\udfff]"
_FORBIDDEN = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
_SUSPECT = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
_ORDINARY = bytes(range(0x20, 0x7F))
#: Signs that take no room, beside white space: zero-width, direction marks, soft hyphen.
_TAKES_NO_ROOM = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")
_SPACE = re.compile(r"\s")
# Capitals spelt out: made to ignore case, it would take longer than all the others to compile.
_SAFE_ADDRESS = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://[^/?#]|[Mm][Aa][Ii][Ll][Tt][Oo]:[^?]")


def rare_characters(text: str) -> str:
    """The characters of ``text`` that are no printable ones of ASCII, in their order.

    To look only at these is several times as quick as to look each up, and a long report has many texts.
    """
    return text.encode("utf-8", "surrogatepass").translate(None, _ORDINARY).decode("utf-8", "surrogatepass")


def clean_characters(text: str) -> tuple[str, int]:
    """``text`` as an answer may hold it, and how many characters had to be removed.

    Line breaks of every kind become ``\\n`` and two halves of a surrogate pair that stand side by side
    become their character; neither counts as removed.
    """
    rare = rare_characters(text)
    if not rare or not re.search(_SUSPECT, rare):
        return text, 0
    # Rare enough for ``re`` to compile them when there is something to clean.
    text = re.sub(_BREAK, "\n", text)
    text = re.sub(_PAIR, _joined_pair, text)
    return re.subn(_FORBIDDEN, "", text)


def _joined_pair(found: re.Match[str]) -> str:
    pair = found[0]
    return chr(0x10000 + ((ord(pair[0]) - 0xD800) << 10) + (ord(pair[1]) - 0xDC00))


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing: only white space and signs that take no room."""
    return all(sign.isspace() or sign in _TAKES_NO_ROOM for sign in text)


def safe_href(address: str | None) -> str | None:
    """``address`` as a link may carry it, or None when it leads anywhere but to the web or a mailbox.

    Only http, https and mailto pass: a report travels between ministries, and a link must not run
    a script or open a file there. White space around the address goes, inside it becomes ``%20``.
    """
    if not address:
        return None
    cleaned = _SPACE.sub("%20", clean_characters(address)[0].strip())
    return cleaned if _SAFE_ADDRESS.match(cleaned) else None
