"""The look of a Word file: every paragraph has a named style, so that who edits it can change them all.

ECMA-376 part 1, 17.7. Sizes are in points. Real headings give the navigation pane and a table of contents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.exchange.documents.word.parts import BULLETED, NUMBERED, Numbering
from desktop_app.exchange.documents.word.runs import tagged
from desktop_app.exchange.workbook.styles import ACCENT, ALERT, FAMILY, FIXED_FAMILY, GREY, HAIRLINE, INK
from desktop_app.report.text.flat import BULLETS

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_COMPLEX = "Arial"
_EAST_ASIAN = {"zh": "Microsoft YaHei", "ja": "Yu Gothic", "ko": "Malgun Gothic"}
SYMBOLS = "Segoe UI Symbol"
"""Has the boxes; where it is missing, the reader's program takes them from another font."""
WARNING_PAPER = "FBF1EC"
NOTE_PAPER = "F2F4F7"
WRITING_LINE = "8B93A0"
HEAD_PAPER = "EAEFF5"
_LEVELS = 9
_STEP = 360


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """One style. ``above`` and ``below`` in points; ``level``: of a heading, from 1.

    ``paper``: the colour behind it. ``kept``: stays on one page with what follows.
    """

    name: str
    size: float = 10.5
    colour: str = INK
    bold: bool = False
    italic: bool = False
    above: float = 0
    below: float = 5
    level: int = 0
    kept: bool = False
    paper: str = ""
    family: str = ""
    line: float = 1.12
    tabs: str = ""


def _cell(name: str, colour: str = INK, *, italic: bool = False) -> ParagraphStyle:
    return ParagraphStyle(name, size=9.5, colour=colour, italic=italic, below=2, line=1.05)


STYLES: dict[str, ParagraphStyle] = {
    "Normal": ParagraphStyle("Normal"),
    "Kicker": ParagraphStyle("Form", size=11, colour=ACCENT, bold=True, below=2),
    "Title": ParagraphStyle("Title", size=24, bold=True, below=2, kept=True, line=1.0),
    "Subtitle": ParagraphStyle("Subtitle", size=12, colour=GREY, below=14),
    "Heading1": ParagraphStyle(
        "heading 1", size=15, colour=ACCENT, bold=True, above=22, below=7, level=1, kept=True, line=1.05
    ),
    "Heading2": ParagraphStyle(
        "heading 2", size=12.5, bold=True, above=14, below=5, level=2, kept=True, line=1.05
    ),
    "Heading3": ParagraphStyle(
        "heading 3", size=11.5, colour=ACCENT, bold=True, above=12, below=4, level=3, kept=True
    ),
    "Heading4": ParagraphStyle("heading 4", size=11, bold=True, above=10, below=4, level=4, kept=True),
    "Heading5": ParagraphStyle("heading 5", bold=True, above=8, below=3, level=5, kept=True),
    "Heading6": ParagraphStyle("heading 6", italic=True, above=8, below=3, level=6, kept=True),
    "Question": ParagraphStyle("Question", size=10, colour=GREY, bold=True, above=6, below=2, kept=True),
    "Answer": ParagraphStyle("Answer"),
    "State": ParagraphStyle("State", colour=GREY, italic=True),
    "Reading": ParagraphStyle("Reading of a timeframe", size=8.5, colour=GREY, below=2, line=1.05),
    "Original": ParagraphStyle(
        "Official wording", size=9, colour=GREY, italic=True, below=3, kept=True, line=1.05
    ),
    "Note": ParagraphStyle("Remark", size=9.5, colour=GREY, paper=NOTE_PAPER, above=2, below=8),
    "Warning": ParagraphStyle("Warning", colour=ALERT, bold=True, paper=WARNING_PAPER, above=2, below=8),
    "Mark": ParagraphStyle("Confidential", size=9, colour=ALERT, bold=True, below=2, kept=True),
    "Option": ParagraphStyle("Option", below=2, kept=True),
    "LastOption": ParagraphStyle("Option, last", below=5),
    "Writing": ParagraphStyle("Line to write on", above=12, below=0, kept=True),
    "LastWriting": ParagraphStyle("Line to write on, last", above=12, below=0),
    "CellHead": ParagraphStyle("Head of a column", size=9, colour=GREY, bold=True, below=1, line=1.05),
    "Cell": _cell("Cell"),
    "CellState": _cell("Cell, state", GREY, italic=True),
    "CellNumber": _cell("Cell, number", GREY),
    "CellLabel": ParagraphStyle(
        "Cell, label", size=8.5, colour=GREY, bold=True, above=3, below=1, kept=True, line=1.05
    ),
    "CellCode": ParagraphStyle("Cell, code", size=8, family=FIXED_FAMILY, below=2, line=1.05),
    "CellFile": ParagraphStyle("Cell, file", size=8.5, colour=GREY, below=2, line=1.05),
    "File": ParagraphStyle("File", size=9.5, colour=GREY),
    "FactLabel": ParagraphStyle("Fact", size=9.5, colour=GREY, bold=True, below=2),
    "FactCode": ParagraphStyle("Checksum", size=8.5, family=FIXED_FAMILY, below=2),
    "FootnoteText": ParagraphStyle("footnote text", size=9, below=2, line=1.05),
    "Header": ParagraphStyle("header", size=8.5, colour=GREY, below=0, tabs="both"),
    "Footer": ParagraphStyle("footer", size=8.5, colour=GREY, below=0),
}


def styles_xml(language: str) -> str:
    """The part with all styles, for a document in ``language``."""
    return (
        f'<w:styles xmlns:w="{MAIN}">{_defaults(language)}'
        f"{''.join(_paragraph_style(code, each) for code, each in STYLES.items())}"
        f"{_CHARACTER_STYLES}{_TABLE_STYLES}</w:styles>"
    )


def _defaults(language: str) -> str:
    east_asian = _EAST_ASIAN.get(language.partition("-")[0], _EAST_ASIAN["zh"])
    tag = tagged(language) or "en"
    kinds = f'w:val="{tag}" w:eastAsia="{tag}" w:bidi="{tag}"'
    return (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FAMILY}" w:hAnsi="{FAMILY}" w:eastAsia="{east_asian}" w:cs="{_COMPLEX}"/>'
        f'<w:color w:val="{INK}"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang {kinds}/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _paragraph_style(code: str, style: ParagraphStyle) -> str:
    is_default = ' w:default="1"' if code == "Normal" else ' w:customStyle="1"' if _is_own(style) else ""
    based = "" if code == "Normal" else '<w:basedOn w:val="Normal"/>'
    following = '<w:next w:val="Normal"/>' if style.level else ""
    return (
        f'<w:style w:type="paragraph"{is_default} w:styleId="{code}"><w:name w:val="{style.name}"/>{based}'
        f"{following}<w:qFormat/><w:pPr>{''.join(_paragraph_shape(style))}</w:pPr>"
        f"<w:rPr>{''.join(_character_shape(style))}</w:rPr></w:style>"
    )


def _is_own(style: ParagraphStyle) -> bool:
    """Whether Word has no style of this name itself."""
    return style.name not in _KNOWN_TO_WORD


_KNOWN_TO_WORD = frozenset(
    {"Normal", "Title", "Subtitle", "footnote text", "header", "footer"}
    | {f"heading {level}" for level in range(1, 7)}
)


def _paragraph_shape(style: ParagraphStyle) -> Iterator[str]:
    if style.kept:
        yield "<w:keepNext/>"
    if style.level:
        yield "<w:keepLines/>"
    if style.paper:
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="{style.paper}"/>'
            for side in ("top", "left", "bottom", "right")
        )
        yield f'<w:pBdr>{sides}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{style.paper}"/>'
    elif style.name in (STYLES["Writing"].name, STYLES["LastWriting"].name):
        # Without lines between them, neighbours share one frame.
        line = f'w:val="single" w:sz="4" w:space="1" w:color="{WRITING_LINE}"'
        yield f"<w:pBdr><w:bottom {line}/><w:between {line}/></w:pBdr>"
    if style.tabs:
        yield '<w:tabs><w:tab w:val="center" w:pos="4819"/><w:tab w:val="right" w:pos="9638"/></w:tabs>'
    above, below, height = round(style.above * 20), round(style.below * 20), round(style.line * 240)
    yield f'<w:spacing w:before="{above}" w:after="{below}" w:line="{height}" w:lineRule="auto"/>'
    if style.paper:
        # The frame stands outside the words; so it ends where the lines above and below end.
        yield '<w:ind w:left="100" w:right="100"/>'
    if style.level:
        yield f'<w:outlineLvl w:val="{style.level - 1}"/>'


def _character_shape(style: ParagraphStyle) -> Iterator[str]:
    if style.family:
        yield f'<w:rFonts w:ascii="{style.family}" w:hAnsi="{style.family}"/>'
    if style.bold:
        yield "<w:b/><w:bCs/>"
    if style.italic:
        yield "<w:i/><w:iCs/>"
    half_points = round(style.size * 2)
    yield f'<w:color w:val="{style.colour}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


_CHARACTER_STYLES = (
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    f'<w:rPr><w:color w:val="{ACCENT}"/><w:u w:val="single"/></w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="Box"><w:name w:val="Box to tick"/><w:rPr>'
    f'<w:rFonts w:ascii="{SYMBOLS}" w:hAnsi="{SYMBOLS}" w:eastAsia="{SYMBOLS}" w:cs="{SYMBOLS}"/>'
    "</w:rPr></w:style>"
)


def _borders(*sides: str) -> str:
    lines = (f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{HAIRLINE}"/>' for side in sides)
    return f"<w:tblBorders>{''.join(lines)}</w:tblBorders>"


_TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="Lines"><w:name w:val="Lines"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr>{_borders("top", "bottom", "insideH")}'
    '<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="Grid"><w:name w:val="Grid to fill in"/>'
    '<w:basedOn w:val="Lines"/>'
    f"<w:tblPr>{_borders('top', 'left', 'bottom', 'right', 'insideH', 'insideV')}</w:tblPr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="Open"><w:name w:val="Open"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
    '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


# Lists.


def numbering_xml(numbering: Numbering) -> Iterator[str]:
    """The part with the two kinds of lists and every list of the document; they look as in the window."""
    bullets = (BULLETS[level % len(BULLETS)] for level in range(_LEVELS))
    yield f'<w:numbering xmlns:w="{MAIN}">'
    yield _kind(BULLETED, [("bullet", bullet) for bullet in bullets])
    yield _kind(NUMBERED, [("decimal", f"%{level + 1}.") for level in range(_LEVELS)])
    yield from numbering.instances()
    yield "</w:numbering>"


def _kind(number: int, levels: list[tuple[str, str]]) -> str:
    found = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{(level + 1) * _STEP}" w:hanging="{_STEP}"/></w:pPr>'
        f'<w:rPr><w:rFonts w:hint="default" w:ascii="{FAMILY}" w:hAnsi="{FAMILY}"/></w:rPr></w:lvl>'
        for level, (form, words) in enumerate(levels)
    )
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{number}">{kind}{found}</w:abstractNum>'
