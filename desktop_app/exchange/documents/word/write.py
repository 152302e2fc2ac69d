"""A plan as a Word file (ECMA-376), part by part: the body is streamed, so that no size is too large.

No clock, no machine: the same plan makes the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from desktop_app.exchange.archive import ArchiveWriter
from desktop_app.exchange.documents.plan import DocumentPlan, Running
from desktop_app.exchange.documents.word.blocks import BodyWriter
from desktop_app.exchange.documents.word.paragraphs import Story
from desktop_app.exchange.documents.word.runs import attribute, clean, run, tagged
from desktop_app.exchange.documents.word.styles import MAIN, numbering_xml, styles_xml
from desktop_app.exchange.documents.word.tables import WIDTH, row, table_start
from desktop_app.exchange.languages import runs_right_to_left
from desktop_app.exchange.workbook.xml_text import xml_text

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = f'xmlns:w="{MAIN}" xmlns:r="{_OFFICE}"'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PIECE = 256 * 1024
"""Characters that are packed at once."""

_PARTS = {
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "footnotes": "footnotes",
    "header1": "header",
    "header2": "header",
    "footer1": "footer",
    "footer2": "footer",
}
"""The parts beside the body, by name, and their kind. The first header and footer are for the first page."""


def write_docx(plan: DocumentPlan) -> bytes:
    """The Word file of a plan."""
    stream = io.BytesIO()
    write_docx_to(plan, stream)
    return stream.getvalue()


def write_docx_to(plan: DocumentPlan, stream: BinaryIO) -> None:
    """Write the Word file of a plan into the empty, seekable ``stream``. OSError."""
    archive = ArchiveWriter(stream, deflate=True)
    writer = BodyWriter(plan)
    story = writer.story
    archive.add("[Content_Types].xml", _encoded((_content_types(),)))
    archive.add("_rels/.rels", _encoded((_package_relations(),)))
    archive.add("docProps/core.xml", _encoded((_properties(plan),)))
    archive.add("docProps/app.xml", _encoded((_APPLICATION,)))
    archive.add("word/document.xml", _encoded(_document(plan, writer)))
    archive.add("word/_rels/document.xml.rels", _encoded(_document_relations(story)))
    archive.add("word/styles.xml", _encoded((_HEAD, styles_xml(plan.language))))
    archive.add("word/numbering.xml", _encoded((_HEAD, *numbering_xml(story.numbering))))
    archive.add("word/settings.xml", _encoded((_settings(plan),)))
    archive.add("word/footnotes.xml", _encoded(_footnotes(story)))
    archive.add("word/_rels/footnotes.xml.rels", _encoded(_relations(story.note_links.relationships())))
    for name, content in _margins(plan, story).items():
        archive.add(f"word/{name}.xml", _encoded((_HEAD, content)))
    archive.finish()


def _encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    """The pieces in UTF-8, many small ones at once."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size > _PIECE:
            yield "".join(waiting).encode("utf-8")
            waiting, size = [], 0
    yield "".join(waiting).encode("utf-8")


# The body.


def _document(plan: DocumentPlan, writer: BodyWriter) -> Iterator[str]:
    yield f"{_HEAD}<w:document {_SPACES}><w:body>"
    yield from writer.pieces()
    yield f"{_section(plan)}</w:body></w:document>"


def _section(plan: DocumentPlan) -> str:
    """The page: A4, other margins' words on the first page."""
    references = "".join(
        f'<w:{kind}Reference w:type="{page}" r:id="r{kind}{number}"/>'
        for kind in ("header", "footer")
        for number, page in ((1, "first"), (2, "default"))
    )
    direction = "<w:bidi/>" if plan.right_to_left else ""
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1134" '
        'w:bottom="1134" w:left="1134" w:header="624" w:footer="510" w:gutter="0"/><w:titlePg/>'
        f"{direction}</w:sectPr>"
    )


# Margins.


def _margins(plan: DocumentPlan, story: Story) -> dict[str, str]:
    footer = f"<w:ftr {_SPACES}>{_footer(plan, story)}</w:ftr>"
    return {
        "header1": f'<w:hdr {_SPACES}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>',
        "header2": f"<w:hdr {_SPACES}>{_header(plan.running, story)}</w:hdr>",
        "footer1": footer,
        "footer2": footer,
    }


def _header(running: Running, story: Story) -> str:
    rtl = story.right_to_left
    words = (running.country, running.form, running.version)
    tab = "<w:r><w:tab/></w:r>"
    runs = tab.join(run(each, story.language, right_to_left=rtl) if each else "" for each in words)
    return f"<w:p>{_shape('Header', rtl)}{runs}</w:p>"


def _footer(plan: DocumentPlan, story: Story) -> str:
    """What it is, and the page; beside each other, for the note to a country's name can be long."""
    widths = (WIDTH - 2400, 2400)
    start = table_start(widths, right_to_left=plan.right_to_left, style="Open", has_head=False)
    end = '<w:p><w:pPr><w:pStyle w:val="Footer"/><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    cells = (story.line(plan.running.foot, "Footer"), _page(plan, story))
    return f"{start}{row(cells, widths)}</w:tbl>{end}"


def _shape(style: str, rtl: bool, side: str = "") -> str:
    direction = "<w:bidi/>" if rtl else ""
    aligned = f'<w:jc w:val="{side}"/>' if side else ""
    return f'<w:pPr><w:pStyle w:val="{style}"/>{direction}{aligned}</w:pPr>'


def _page(plan: DocumentPlan, story: Story) -> str:
    """ "Page 3 of 9" at the outer side, the numbers as fields that the reader's program fills in."""
    words = plan.running.page
    rtl = runs_right_to_left(_FIELD_MARK.sub("", words), plan.right_to_left)
    runs = "".join(
        _FIELD.format(_FIELDS[piece]) if piece in _FIELDS else run(piece, story.spoken, right_to_left=rtl)
        for piece in _FIELD_MARK.split(words)
        if piece
    )
    # "left" is where a paragraph begins, and the outer side is the document's last.
    side = "right" if rtl is plan.right_to_left else "left"
    return f"<w:p>{_shape('Footer', rtl, side)}{runs}</w:p>"


_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_FIELD_MARK = re.compile(r"(\{pages?\})")
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


# Notes, settings, properties.


def _footnotes(story: Story) -> Iterator[str]:
    yield f"{_HEAD}<w:footnotes {_SPACES}>"
    for number, kind, mark in (
        (-1, "separator", "separator"),
        (0, "continuationSeparator", "continuationSeparator"),
    ):
        yield (
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
            f'w:lineRule="auto"/></w:pPr><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        )
    yield from story.notes
    yield "</w:footnotes>"


def _settings(plan: DocumentPlan) -> str:
    tag = tagged(plan.language) or "en"
    return (
        f'{_HEAD}<w:settings {_SPACES}><w:defaultTabStop w:val="720"/><w:footnotePr>'
        '<w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="15"/></w:compat><w:themeFontLang w:val="{tag}" w:eastAsia="{tag}" w:bidi="{tag}"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _properties(plan: DocumentPlan) -> str:
    moment = f'<dcterms:{{}} xsi:type="dcterms:W3CDTF">{plan.date.isoformat()}T00:00:00Z</dcterms:{{}}>'
    moments = "".join(moment.format(name, name) for name in ("created", "modified"))
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{xml_text(clean(plan.title))}</dc:title><dc:creator>Alliance Desk</dc:creator>"
        f"<dc:language>{xml_text(clean(plan.language))}</dc:language>{moments}</cp:coreProperties>"
    )


_APPLICATION = (
    f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Alliance Desk</Application></Properties>"
)


# How the parts hang together.


def _content_types() -> str:
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind in _PARTS.items()
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>{parts}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )


def _package_relations() -> str:
    found = (
        ("rDocument", f"{_OFFICE}/officeDocument", "word/document.xml"),
        ("rCore", f"{_RELATIONS}/metadata/core-properties", "docProps/core.xml"),
        ("rApplication", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
    )
    return "".join(_relations(_relation(*each) for each in found))


def _document_relations(story: Story) -> Iterator[str]:
    parts = (_relation(f"r{name}", f"{_OFFICE}/{kind}", f"{name}.xml") for name, kind in _PARTS.items())
    return _relations((*parts, *story.links.relationships()))


def _relation(number: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{number}" Type="{kind}" Target="{attribute(target)}"/>'


def _relations(elements: Iterable[str]) -> Iterator[str]:
    yield f'{_HEAD}<Relationships xmlns="{_RELATIONS}">'
    yield from elements
    yield "</Relationships>"
