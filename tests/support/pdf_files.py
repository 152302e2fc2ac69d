"""PDF files read as an assistive program reads them: the tags, and the characters behind the glyphs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf


def opened(content: bytes) -> pikepdf.Pdf:
    """The PDF, to look into."""
    return pikepdf.open(io.BytesIO(content))


def tags(pdf: pikepdf.Pdf) -> list[str]:
    """All tags in reading order, each with those around it: ``Document/Table/TR/TH``."""
    return list(_tags(pdf.Root.StructTreeRoot.K, ""))


def _tags(found: Any, above: str) -> Iterator[str]:
    if isinstance(found, pikepdf.Array):
        for each in found:
            yield from _tags(each, above)
    elif isinstance(found, pikepdf.Dictionary) and "/S" in found:
        path = f"{above}/{str(found.S)[1:]}".strip("/")
        yield path
        if "/K" in found:
            yield from _tags(found.K, path)


def metadata(pdf: pikepdf.Pdf) -> str:
    """The XMP packet."""
    return bytes(pdf.Root.Metadata.read_bytes()).decode("utf-8")


def shown_words(pdf: pikepdf.Pdf) -> str:
    """The characters of all pages in the order in which they are drawn, without any space."""
    return "".join(shown_pages(pdf))


def shown_pages(pdf: pikepdf.Pdf) -> list[str]:
    """As ``shown_words``, page by page."""
    return [re.sub(r"\s", "", _page_words(page)) for page in pdf.pages]


def seen_lines(pdf: pikepdf.Pdf) -> list[str]:
    """The characters of each line of the first page as seen, from left to right, without space."""
    lines: dict[int, list[tuple[float, str]]] = {}
    for across, up, words in _placed_words(pdf.pages[0]):
        lines.setdefault(round(up), []).append((across, words))
    return [re.sub(r"\s", "", "".join(words for _, words in sorted(line))) for line in lines.values()]


def _page_words(page: pikepdf.Page) -> str:
    return "".join(words for _across, _up, words in _placed_words(page))


def _placed_words(page: pikepdf.Page) -> Iterator[tuple[float, float, str]]:
    """Words with their place: points from the left edge and from the foot of the page."""
    fonts = {name: _characters(font) for name, font in page.resources.get("/Font", {}).items()}
    table: dict[bytes, str] = {}
    place = set_at = pikepdf.Matrix()
    outer: list[pikepdf.Matrix] = []
    for step in pikepdf.parse_content_stream(page):
        operands: Any = step.operands
        if str(step.operator) == "q":
            outer.append(place)
        elif str(step.operator) == "Q":
            place = outer.pop()
        elif str(step.operator) == "cm":
            place = pikepdf.Matrix(*(float(each) for each in operands)) @ place
        elif str(step.operator) == "Tm":
            set_at = pikepdf.Matrix(*(float(each) for each in operands)) @ place
        elif str(step.operator) == "Tf":
            table = fonts[str(operands[0])]
        elif str(step.operator) in ("Tj", "TJ"):
            pieces = operands[0] if str(step.operator) == "TJ" else operands
            found = (bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
            yield set_at.e, set_at.f, "".join(_decoded(codes, table) for codes in found)


def _decoded(codes: bytes, table: dict[bytes, str]) -> str:
    return "".join(table.get(codes[at : at + 2], "") for at in range(0, len(codes), 2))


def _characters(font: Any) -> dict[bytes, str]:
    """Codes of two bytes and what they stand for (``ToUnicode``)."""
    found: dict[bytes, str] = {}
    words = font.ToUnicode.read_bytes().decode("ascii")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", words, re.DOTALL):
        for code, signs in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(signs).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", words, re.DOTALL):
        for first, last, sign in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int.from_bytes(bytes.fromhex(sign), "big")
            for code in range(int(first, 16), int(last, 16) + 1):
                found[code.to_bytes(2, "big")] = chr(start + code - int(first, 16))
    return found
