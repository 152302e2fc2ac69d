"""What Excel asks of a workbook's parts before it opens them without offering a repair.

From ECMA-376 part 1 and from what Excel is known to refuse beyond it. ``breaches`` names each place
that breaks a rule; it reads the zip and the XML only, with nothing of the program that is tested.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."

#: The order of CT_Worksheet, as far as our workbooks could use it.
WORKSHEET_ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr"),
    *("sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate"),
    *("customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations"),
    *("hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    *("customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
    *("legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
)
STYLES_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"),
    *("tableStyles", "colors", "extLst"),
)
WORKBOOK_ORDER = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences", "definedNames", "calcPr", "extLst"),
)
TABLE_ORDER = ("autoFilter", "sortState", "tableColumns", "tableStyleInfo", "extLst")
CONTENT_TYPES = {
    "xl/workbook.xml": f"{_SPREADSHEET}sheet.main+xml",
    "xl/styles.xml": f"{_SPREADSHEET}styles+xml",
    "xl/sharedStrings.xml": f"{_SPREADSHEET}sharedStrings+xml",
    "xl/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}
_SHEET_PART, _TABLE_PART = re.compile(r"xl/worksheets/sheet\d+\.xml"), re.compile(r"xl/tables/table\d+\.xml")
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_NAME = re.compile(r"[A-Za-z_\\][A-Za-z0-9_.\\]*")
_LIKE_A_CELL = re.compile(r"(?i)[a-z]{1,3}\d+|r\d*c\d*|[rc]")
_NUMBERED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576
_CUT = 371.0
"""Points of a row that hides the end of a text."""


@dataclass
class Package:
    """The parts of a workbook, taken apart."""

    parts: dict[str, bytes]
    trees: dict[str, etree._Element] = field(default_factory=dict)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and target of each relation of a part, by id."""
        folder, name = posixpath.split(part)
        tree = self.trees.get(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        found = {}
        for each in () if tree is None else tree:
            target = each.get("Target", "")
            whole = (
                target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            found[each.get("Id", "")] = (each.get("Type", "").removeprefix(_KINDS), whole)
        return found


def breaches(data: bytes) -> list[str]:
    """Every broken rule, in words with its place; none for a sound workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        package = Package({name: archive.read(name) for name in names})
    found = [f"{name}: twice in the zip" for name in {name for name in names if names.count(name) > 1}]
    if names[0] != "[Content_Types].xml":
        found.append("[Content_Types].xml is not the first part")
    for name, content in package.parts.items():
        if b"<!DOCTYPE" in content[:1000]:
            found.append(f"{name}: has a document type")
        try:
            package.trees[name] = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError as error:
            found.append(f"{name}: {error}")
    if found:
        return found
    found += _types(package)
    found += _relations(package)
    if any("is not there" in words for words in found):
        return found
    found += _workbook(package)
    found += _styles(package)
    for number, (name, part) in enumerate(_sheets(package)):
        found += [f"{name}: {words}" for words in _sheet(package, part, number)]
    found += _tables(package)
    return found


# Parts.


def _types(package: Package) -> Iterator[str]:
    tree = package.trees["[Content_Types].xml"]
    defaults = {each.get("Extension"): each.get("ContentType") for each in tree.iter(f"{TYPES}Default")}
    overrides = [
        (each.get("PartName", ""), each.get("ContentType")) for each in tree.iter(f"{TYPES}Override")
    ]
    if len({name for name, _type in overrides}) != len(overrides):
        yield "[Content_Types].xml: a part is named twice"
    by_name = {name.removeprefix("/"): kind for name, kind in overrides}
    yield from (f"[Content_Types].xml: {name} is not there" for name in by_name.keys() - package.parts.keys())
    for name in package.parts:
        if name == "[Content_Types].xml":
            continue
        kind = by_name.get(name) or defaults.get(name.rpartition(".")[2])
        expected = CONTENT_TYPES.get(name)
        if _SHEET_PART.fullmatch(name):
            expected = f"{_SPREADSHEET}worksheet+xml"
        elif _TABLE_PART.fullmatch(name):
            expected = f"{_SPREADSHEET}table+xml"
        elif name.endswith(".rels"):
            expected = "application/vnd.openxmlformats-package.relationships+xml"
        if expected is None:
            yield f"{name}: a part nobody expects"
        elif kind != expected:
            yield f"{name}: its type is {kind}"


def _relations(package: Package) -> Iterator[str]:
    reached = {"[Content_Types].xml"}
    for name, tree in package.trees.items():
        if not name.endswith(".rels"):
            continue
        reached.add(name)
        folder, own = posixpath.split(name)
        source = posixpath.join(posixpath.dirname(folder), own.removesuffix(".rels"))
        ids = [each.get("Id") for each in tree]
        if len(set(ids)) != len(ids):
            yield f"{name}: an id is given twice"
        if any(each.get("TargetMode") == "External" for each in tree):
            yield f"{name}: leads outside"
        for _kind, target in package.relations(source).values():
            reached.add(target)
            if target not in package.parts:
                yield f"{name}: {target} is not there"
    yield from (f"{name}: no part leads to it" for name in package.parts.keys() - reached)


def _order(tree: etree._Element, order: tuple[str, ...]) -> Iterator[str]:
    names = [etree.QName(child).localname for child in tree if isinstance(child.tag, str)]
    unknown = [name for name in names if name not in order]
    if unknown:
        yield f"unknown elements {unknown}"
    elif names != sorted(names, key=order.index):
        yield f"elements in another order: {names}"
    yield from (f"{name} stands twice" for name in set(names) if names.count(name) > 1)


# The workbook.


def _sheets(package: Package) -> list[tuple[str, str]]:
    """Names and parts in the workbook's order."""
    relations = package.relations("xl/workbook.xml")
    sheets = package.trees["xl/workbook.xml"].iter(f"{MAIN}sheet")
    return [(each.get("name", ""), relations[each.get(f"{REL}id", "")][1]) for each in sheets]


def _workbook(package: Package) -> Iterator[str]:
    tree = package.trees["xl/workbook.xml"]
    yield from _order(tree, WORKBOOK_ORDER)
    sheets = list(tree.iter(f"{MAIN}sheet"))
    names = [each.get("name", "") for each in sheets]
    if len({name.casefold() for name in names}) != len(names):
        yield "workbook: two sheets of one name"
    for name in names:
        if not 0 < len(name) <= 31 or re.search(r"[\[\]:*?/\\]|^'|'$", name) or name.casefold() == "history":
            yield f"workbook: a sheet cannot be called {name!r}"
    ids = [each.get("sheetId") for each in sheets]
    if len(set(ids)) != len(ids):
        yield "workbook: two sheets of one id"
    visible = [index for index, each in enumerate(sheets) if each.get("state", "visible") == "visible"]
    active = [int(view.get("activeTab", "0")) for view in tree.iter(f"{MAIN}workbookView")]
    if not visible or not set(active) <= set(visible):
        yield "workbook: opens on a sheet that is hidden"
    yield from _names(tree, names)


def _names(tree: etree._Element, sheets: list[str]) -> Iterator[str]:
    seen: set[tuple[str, str | None]] = set()
    for each in tree.iter(f"{MAIN}definedName"):
        name, scope = each.get("name", ""), each.get("localSheetId")
        if (name.casefold(), scope) in seen:
            yield f"name {name}: twice"
        seen.add((name.casefold(), scope))
        if scope is not None and int(scope) >= len(sheets):
            yield f"name {name}: belongs to no sheet"
        plain = name.removeprefix("_xlnm.")
        if len(name) > 255 or not _NAME.fullmatch(plain) or _LIKE_A_CELL.fullmatch(plain):
            yield f"name {name}: cannot be a name"
        for sheet in re.findall(r"'((?:[^']|'')+)'!", each.text or "") or [None]:
            if sheet is None or sheet.replace("''", "'") not in sheets:
                yield f"name {name}: leads to {each.text}"


# Styles.


def _styles(package: Package) -> Iterator[str]:
    tree = package.trees["xl/styles.xml"]
    yield from _order(tree, STYLES_ORDER)
    counts: dict[str, int] = {}
    for part in tree:
        name = etree.QName(part).localname
        counts[name] = len(part)
        if part.get("count") is not None and int(part.get("count", "0")) != len(part):
            yield f"styles: {name} says {part.get('count')} and has {len(part)}"
    fills = [fill.find(f"{MAIN}patternFill") for fill in tree.iterfind(f"{MAIN}fills/{MAIN}fill")]
    if [fill.get("patternType") for fill in fills[:2] if fill is not None] not in (
        ["none", "gray125"],
        [None, "gray125"],
    ):
        yield "styles: the first two fills are not those that Excel keeps for itself"
    formats = {each.get("numFmtId") for each in tree.iter(f"{MAIN}numFmt")}
    for container in ("cellStyleXfs", "cellXfs"):
        for xf in tree.iterfind(f"{MAIN}{container}/{MAIN}xf"):
            limits = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
            limits |= {"xfId": "cellStyleXfs"} if container == "cellXfs" else {}
            for attribute, kind in limits.items():
                if int(xf.get(attribute, "0")) >= counts[kind]:
                    yield f"styles: {container} names a {attribute} that is not there"
            number = xf.get("numFmtId", "0")
            if int(number) >= 164 and number not in formats:
                yield f"styles: {container} names a number format that is not there"
    for style in tree.iter(f"{MAIN}cellStyle"):
        if int(style.get("xfId", "0")) >= counts["cellStyleXfs"]:
            yield "styles: a named style has no format"


# Sheets.


def place_of(reference: str) -> tuple[int, int]:
    """Row and column of a cell."""
    found = _CELL.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found[2])
    if column > _MOST_COLUMNS or row > _MOST_ROWS:
        raise ValueError(reference)
    return row, column


def area_of(reference: str) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of a range."""
    first, _colon, last = reference.partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    if bottom < top or right < left:
        raise ValueError(reference)
    return top, left, bottom, right


def _meet(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _sheet(package: Package, part: str, number: int) -> Iterator[str]:
    tree = package.trees[part]
    yield from _order(tree, WORKSHEET_ORDER)
    for name in ("mergeCells", "sheetProtection", "conditionalFormatting"):
        if tree.find(f"{MAIN}{name}") is not None:
            yield f"has {name}"
    yield from _views(tree, number)
    yield from _columns(tree)
    styles = len(package.trees["xl/styles.xml"].findall(f"{MAIN}cellXfs/{MAIN}xf"))
    yield from _rows(tree, styles)
    yield from _validations(package, tree)
    yield from _links(package, tree)
    for margin in tree.iterfind(f"{MAIN}headerFooter/*"):
        if len(margin.text or "") > 255:
            yield f"{etree.QName(margin).localname} is too long"
    parts = tree.find(f"{MAIN}tableParts")
    if parts is not None and int(parts.get("count", "0")) != len(parts):
        yield "counts its tables wrongly"
    relations = package.relations(part)
    for each in () if parts is None else parts:
        if relations.get(each.get(f"{REL}id", ""), ("",))[0] != "table":
            yield "names a table that is not there"


def _views(tree: etree._Element, number: int) -> Iterator[str]:
    views = tree.findall(f"{MAIN}sheetViews/{MAIN}sheetView")
    if len(views) != 1:
        yield f"has {len(views)} views"
    for view in views:
        if (view.get("tabSelected") in ("1", "true")) != (number == 0):
            yield "is selected though it is not the first, or the other way round"
        names = [etree.QName(child).localname for child in view]
        if names != sorted(names, key=("pane", "selection").index):
            yield "has its view in another order"
        pane = view.find(f"{MAIN}pane")
        if pane is None:
            continue
        row, column = place_of(pane.get("topLeftCell", "A1"))
        if (row - 1, column - 1) != (int(pane.get("ySplit", "0")), int(pane.get("xSplit", "0"))):
            yield "is frozen elsewhere than where it is split"
        panes = {selection.get("pane") for selection in view.iter(f"{MAIN}selection")}
        if pane.get("activePane") not in panes or pane.get("state") != "frozen":
            yield "has no selection in its active pane"


def _columns(tree: etree._Element) -> Iterator[str]:
    last = 0
    for column in tree.iterfind(f"{MAIN}cols/{MAIN}col"):
        first, end = int(column.get("min", "0")), int(column.get("max", "0"))
        if not last < first <= end <= _MOST_COLUMNS:
            yield f"has columns {first} to {end} after {last}"
        if not 0 < float(column.get("width", "0")) <= 255:
            yield f"column {first} is {column.get('width')} wide"
        last = end


def _rows(tree: etree._Element, styles: int) -> Iterator[str]:
    # People type below the headers of a sheet with rules for it: those rows grow with what they type, but
    # for those that are as high as can be and hide the end of a text.
    fixed_rows = 1 if tree.find(f"{MAIN}dataValidations") is not None else _MOST_ROWS
    last_row, area = 0, [_MOST_ROWS, _MOST_COLUMNS, 0, 0]
    for row in tree.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        index, last_column = int(row.get("r", "0")), 0
        if not last_row < index <= _MOST_ROWS:
            yield f"row {index} comes after {last_row}"
        if not 0 <= float(row.get("ht", "15")) <= 409.5:
            yield f"row {index} is {row.get('ht')} high"
        is_fixed = row.get("customHeight") in ("1", "true")
        is_cut = float(row.get("ht", "15")) == _CUT
        if row.get("ht") is not None and is_fixed != (index <= fixed_rows or is_cut):
            yield f"row {index} has a height that Excel {'keeps' if is_fixed else 'may change'}"
        last_row = index
        for cell in row:
            place = cell.get("r", "")
            at, column = place_of(place)
            if at != index or column <= last_column:
                yield f"{place} stands in row {index} after column {last_column}"
            last_column = column
            area = [min(area[0], at), min(area[1], column), max(area[2], at), max(area[3], column)]
            if int(cell.get("s", "0")) >= styles:
                yield f"{place} has a style that is not there"
            yield from (f"{place} {words}" for words in _cell(cell))
    dimension = tree.find(f"{MAIN}dimension")
    if dimension is not None and area[2] and not _meet(area_of(dimension.get("ref", "A1")), tuple(area)):  # type: ignore[arg-type]
        yield "says that its cells are elsewhere"


def shown(text: str) -> str:
    """What Excel shows for the characters of a file."""
    return _NUMBERED.sub(lambda found: chr(int(found[1], 16)), text)


def _cell(cell: etree._Element) -> Iterator[str]:
    kind = cell.get("t", "n")
    names = [etree.QName(child).localname for child in cell]
    if "f" in names:
        yield "has a formula"
    if kind == "inlineStr":
        container = cell.find(f"{MAIN}is")
        if names != ["is"] or container is None:
            yield f"is a text of {names}"
            return
        kinds = {etree.QName(child).localname for child in container}
        if kinds not in ({"t"}, {"r"}):
            yield f"has a text of {kinds}"
        text = "".join(shown(piece.text or "") for piece in container.iter(f"{MAIN}t"))
        if len(text.encode("utf-16-le")) // 2 > 32_767 or text.count("\n") > 253:
            yield "has more than a cell can hold"
        yield from _runs(container)
    elif kind == "n":
        value = cell.findtext(f"{MAIN}v")
        if names not in ([], ["v"]):
            yield f"is a number of {names}"
        if value is not None and not re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", value):
            yield f"is the number {value}"
    else:
        yield f"is of the type {kind}"


def _runs(container: etree._Element) -> Iterator[str]:
    for text in container.iter(f"{MAIN}t"):
        words = text.text or ""
        protected = text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        if words != words.strip(" \t\r\n") and not protected:
            yield "loses white space"
    for run in container.iter(f"{MAIN}r"):
        if [etree.QName(child).localname for child in run] not in (["t"], ["rPr", "t"]):
            yield "has a piece that is no text"
        if run.findtext(f"{MAIN}t") in (None, ""):
            yield "has an empty piece"


def _validations(package: Package, tree: etree._Element) -> Iterator[str]:
    found = tree.find(f"{MAIN}dataValidations")
    if found is None:
        return
    if int(found.get("count", "0")) != len(found) or len(found) == 0:
        yield "counts its rules wrongly"
    areas: list[tuple[int, int, int, int]] = []
    for rule in found:
        if rule.get("type") not in ("list", "date", "custom", "whole", "decimal", "textLength", "time"):
            yield f"has a rule of the type {rule.get('type')}"
        limits = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}
        for attribute, most in limits.items():
            if len(rule.get(attribute, "")) > most:
                yield f"says too much: {rule.get(attribute)}"
        formula = rule.findtext(f"{MAIN}formula1", "")
        if not 0 < len(formula) <= 255:
            yield "has a rule without condition, or a too long one"
        if rule.get("type") == "list":
            yield from _list_source(package, formula)
        for place in rule.get("sqref", "").split():
            area = area_of(place)
            if any(_meet(area, other) for other in areas):
                yield f"has two rules for {place}"
            areas.append(area)


def _list_source(package: Package, formula: str) -> Iterator[str]:
    found = re.fullmatch(r"'([^']+)'!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?", formula)
    parts = dict(_sheets(package))
    if found is None or found[1] not in parts or (found[4] and found[4] != found[2]):
        yield f"has a list from {formula}"
        return
    tree = package.trees[parts[found[1]]]
    for row in range(int(found[3]), int(found[5] or found[3]) + 1):
        if tree.find(f".//{MAIN}c[@r='{found[2]}{row}']/{MAIN}is") is None:
            yield f"has a list with an empty cell, {formula}"


def _links(package: Package, tree: etree._Element) -> Iterator[str]:
    names = {name for name, _part in _sheets(package)}
    for link in tree.iterfind(f"{MAIN}hyperlinks/{MAIN}hyperlink"):
        place_of(link.get("ref", ""))
        if link.get(f"{REL}id") is not None:
            yield "has a link that leads outside"
        sheet, _mark, cell = link.get("location", "").rpartition("!")
        place_of(cell)
        if sheet.strip("'").replace("''", "'") not in names:
            yield f"has a link to {link.get('location')}"


# Tables.


def _tables(package: Package) -> Iterator[str]:
    workbook = package.trees["xl/workbook.xml"]
    taken = {each.get("name", "").casefold() for each in workbook.iter(f"{MAIN}definedName")}
    ids: set[str] = set()
    for sheet, part in _sheets(package):
        areas: list[tuple[int, int, int, int]] = []
        for kind, target in package.relations(part).values():
            if kind != "table":
                continue
            tree = package.trees[target]
            name = tree.get("displayName", "")
            if tree.get("id", "") in ids or name.casefold() in taken:
                yield f"{target}: id or name is taken"
            ids.add(tree.get("id", ""))
            taken.add(name.casefold())
            area = area_of(tree.get("ref", ""))
            if any(_meet(area, other) for other in areas):
                yield f"{target}: lies over another table"
            areas.append(area)
            yield from (f"{target} on {sheet}: {words}" for words in _table(tree, package.trees[part], area))


def _table(tree: etree._Element, sheet: etree._Element, area: tuple[int, int, int, int]) -> Iterator[str]:
    yield from _order(tree, TABLE_ORDER)
    for name in (tree.get("displayName", ""), tree.get("name", tree.get("displayName", ""))):
        if not _NAME.fullmatch(name) or _LIKE_A_CELL.fullmatch(name) or len(name) > 255:
            yield f"cannot be called {name}"
    top, left, bottom, right = area
    if bottom <= top:
        yield "has no row for records"
    if tree.get("headerRowCount", "1") != "1" or tree.get("totalsRowCount", "0") != "0":
        yield "has other rows than a header and records"
    columns = tree.find(f"{MAIN}tableColumns")
    if columns is None or int(columns.get("count", "0")) != len(columns) or len(columns) != right - left + 1:
        yield "counts its columns wrongly"
        return
    names = [shown(column.get("name", "")) for column in columns]
    if len({name.casefold() for name in names}) != len(names) or not all(
        0 < len(name) <= 255 for name in names
    ):
        yield "has two columns of one name, or one without"
    if len({column.get("id") for column in columns}) != len(columns):
        yield "has two columns of one id"
    if names != list(_header(sheet, top)):
        yield "has other names than the cells of its header"
    filtered = tree.find(f"{MAIN}autoFilter")
    if filtered is None or filtered.get("ref") != tree.get("ref"):
        yield "filters other cells than its own"
    if sheet.find(f"{MAIN}autoFilter") is not None:
        yield "shares its sheet with another filter"


def _header(sheet: etree._Element, row: int) -> Iterable[str]:
    for cell in sheet.iterfind(f"{MAIN}sheetData/{MAIN}row[@r='{row}']/{MAIN}c"):
        yield "".join(shown(text.text or "") for text in cell.iter(f"{MAIN}t"))
