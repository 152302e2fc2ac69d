"""Word files for tests: made for real, opened by python-docx, and held against the rules of the format.

``breaches`` names each place that breaks a rule of ECMA-376 part 1 that Word answers with "unreadable
content"; it reads the zip and the XML only, with nothing of the program that is tested.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.document import Document as OpenDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from desktop_app.exchange.documents.plan import DocumentPlan, Variant
from desktop_app.exchange.documents.planning import plan_document
from desktop_app.exchange.documents.word import write_docx
from desktop_app.report.report import Report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

#: The children of an element in their order, as far as our files could have them.
ORDERS = {
    "pPr": (
        *(
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "widowControl",
            "numPr",
            "pBdr",
            "shd",
            "tabs",
        ),
        *("bidi", "spacing", "ind", "jc", "outlineLvl"),
    ),
    "rPr": (
        *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "u", "shd", "vertAlign", "rtl"),
        "lang",
    ),
    "tblPr": (
        *("tblStyle", "bidiVisual", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar"),
        "tblLook",
    ),
    "tcPr": ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "vAlign"),
    "tblBorders": ("top", "left", "bottom", "right", "insideH", "insideV"),
    "tblCellMar": ("top", "left", "bottom", "right"),
    "pBdr": ("top", "left", "bottom", "right", "between"),
    "sectPr": ("headerReference", "footerReference", "pgSz", "pgMar", "titlePg", "bidi"),
    "style": ("name", "basedOn", "next", "qFormat", "pPr", "rPr", "tblPr"),
    "lvl": ("start", "numFmt", "lvlText", "lvlJc", "pPr", "rPr"),
    "tbl": ("tblPr", "tblGrid", "tr"),
    "settings": (
        *("defaultTabStop", "footnotePr", "compat", "themeFontLang", "decimalSymbol", "listSeparator"),
    ),
    "numbering": ("abstractNum", "num"),
}


def plan_of(report: Report, variant: Variant = Variant.FULL) -> DocumentPlan:
    """The plan of a report's document as a draft."""
    return plan_document(report, variant)


def written(report: Report, variant: Variant = Variant.FULL) -> bytes:
    """The Word file of a report."""
    return write_docx(plan_of(report, variant))


def opened(data: bytes) -> OpenDocument:
    """A file as python-docx opens it."""
    return Document(io.BytesIO(data))


def paragraphs(data: bytes) -> list[tuple[str, tuple[str, ...]]]:
    """Every paragraph of the body that holds anything, in reading order, with the words of its notes."""
    document = opened(data)
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
    notes = {
        note.get(f"{W}id"): "".join(_characters(each) for each in note.iter(f"{W}t", f"{W}tab"))[1:]
        for note in etree.fromstring(part.blob)
        if note.get(f"{W}type") is None
    }
    found = []
    for element in document.element.body.iter(qn("w:p")):
        for run in element.xpath("./w:r[w:rPr/w:rStyle[@w:val='Box']]"):
            element.remove(run)
        words = Paragraph(element, document).text
        marks = tuple(notes[mark.get(f"{W}id")] for mark in element.iter(f"{W}footnoteReference"))
        if words or marks:
            found.append((words, marks))
    return found


def _characters(element: etree._Element) -> str:
    return "\t" if element.tag == f"{W}tab" else element.text or ""


def part(data: bytes, name: str) -> etree._Element:
    """The XML of one part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def breaches(data: bytes) -> list[str]:
    """Each rule of the format that the file breaks; none for a sound one."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    trees = {name: etree.fromstring(content) for name, content in members.items()}
    return [
        *_untyped(trees),
        *_unrelated(trees),
        *(breach for name, tree in trees.items() for breach in _out_of_order(name, tree)),
        *_unknown_names(trees),
        *_bodies(trees),
    ]


def _untyped(trees: dict[str, etree._Element]) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    named = {each.get("PartName", "")[1:] for each in types.iter(f"{_TYPES}Override")}
    for name in named ^ {each for each in trees if not each.endswith(".rels") and each[0] != "["}:
        yield f"{name}: the part and its content type do not go together"


def _unrelated(trees: dict[str, etree._Element]) -> Iterator[str]:
    for name, tree in trees.items():
        folder, file = posixpath.split(name)
        related = trees.get(f"{folder}/_rels/{file}.rels")
        ids = {each.get("Id") for each in related.iter(_RELATION)} if related is not None else set()
        for element in tree.iter():
            if (wanted := element.get(f"{R}id")) is not None and wanted not in ids:
                yield f"{name}: {wanted} leads nowhere"
        for each in related.iter(_RELATION) if related is not None else ():
            if each.get("TargetMode") is None and f"{folder}/{each.get('Target')}" not in trees:
                yield f"{name}: {each.get('Target')} is missing"


def _out_of_order(name: str, tree: etree._Element) -> Iterator[str]:
    for element in tree.iter():
        order = ORDERS.get(str(element.tag).removeprefix(W))
        if order is None:
            continue
        children = [str(child.tag).removeprefix(W) for child in element]
        if not set(children) <= set(order) or children != sorted(children, key=order.index):
            yield f"{name}: {element.tag} holds {children}"


def _unknown_names(trees: dict[str, etree._Element]) -> Iterator[str]:
    styles = {each.get(f"{W}styleId") for each in trees["word/styles.xml"].iter(f"{W}style")}
    numbers = {each.get(f"{W}numId") for each in trees["word/numbering.xml"].iter(f"{W}num")}
    kinds = {each.get(f"{W}abstractNumId") for each in trees["word/numbering.xml"].iter(f"{W}abstractNum")}
    for name, tree in trees.items():
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
            for each in tree.iter(f"{W}{tag}"):
                if each.get(f"{W}val") not in styles:
                    yield f"{name}: no style {each.get(f'{W}val')}"
        for each in tree.iter(f"{W}numId"):
            if each.get(f"{W}val") not in numbers:
                yield f"{name}: no list {each.get(f'{W}val')}"
    for each in trees["word/numbering.xml"].iter(f"{W}num"):
        kind = each.find(f"{W}abstractNumId")
        if kind is None or kind.get(f"{W}val") not in kinds:
            yield "word/numbering.xml: a list of no kind"


def _bodies(trees: dict[str, etree._Element]) -> Iterator[str]:
    document, footnotes = trees["word/document.xml"], trees["word/footnotes.xml"]
    for cell in document.iter(f"{W}tc"):
        if cell[-1].tag != f"{W}p":
            yield "a cell does not end with a paragraph"
    for table in document.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        if any(len(row.findall(f"{W}tc")) != columns for row in table.iterchildren(f"{W}tr")):
            yield "a row has not as many cells as its table has columns"
    for tag, attribute in (("bookmarkStart", "id"), ("bookmarkStart", "name")):
        found = [each.get(f"{W}{attribute}") for each in document.iter(f"{W}{tag}")]
        if len(set(found)) < len(found):
            yield f"two bookmarks of one {attribute}"
    if any(len(each.get(f"{W}name", "")) > 40 for each in document.iter(f"{W}bookmarkStart")):
        yield "the name of a bookmark is too long"
    marks = [each.get(f"{W}id") for each in document.iter(f"{W}footnoteReference")]
    notes = [each.get(f"{W}id") for each in footnotes if each.get(f"{W}type") is None]
    if marks != notes:
        yield "marks and notes do not go together"
