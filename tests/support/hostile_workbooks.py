"""Workbooks that nobody honest sends, small on the disk, each made from the parts of an honest one."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from tests.support.returned_workbooks import part, sheet_part, with_parts

SHEET_HEAD = (
    b'<?xml version="1.0" encoding="UTF-8"?>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
)
BOMB_SIZE = 1 << 30


def zipped(
    members: Iterable[tuple[str | zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A zip of members that may have the same name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def members_of(data: bytes) -> list[tuple[str | zipfile.ZipInfo, bytes]]:
    """All parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def with_member(data: bytes, *added: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """The zip with further members, whatever their names."""
    return zipped([*members_of(data), *added])


def bomb(data: bytes, name: str, size: int = BOMB_SIZE) -> bytes:
    """The zip with a member of zeros, packed a thousandfold.

    What is packed up to a full flush stands alone, so it can be repeated instead of packed again.
    """
    packer = zlib.compressobj(1, wbits=-15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = block * (size >> 20) + packer.flush()
    stream = io.BytesIO(with_parts(data, {name: None}))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr(name, packed)
        offset = archive.getinfo(name).header_offset
    changed = bytearray(with_false_size(stream.getvalue(), name, size))
    struct.pack_into("<H", changed, offset + 8, zipfile.ZIP_DEFLATED)
    struct.pack_into("<H", changed, _directory_entry(bytes(changed), name) + 10, zipfile.ZIP_DEFLATED)
    return bytes(changed)


def with_false_size(data: bytes, name: str, size: int) -> bytes:
    """The zip with another unpacked size in the directory, and in front of the member."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo(name)
    struct.pack_into("<L", changed, entry.header_offset + 22, size)
    struct.pack_into("<L", changed, _directory_entry(data, name) + 24, size)
    return bytes(changed)


def with_flag(data: bytes, name: str, flag: int) -> bytes:
    """The zip with a flag on a member, such as 1 for encrypted."""
    changed = bytearray(data)
    changed[_directory_entry(data, name) + 8] |= flag
    return bytes(changed)


def overlapping(data: bytes, name: str, onto: str) -> bytes:
    """The zip in whose directory one member stands where another one is."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        other = archive.getinfo(onto)
    struct.pack_into("<L", changed, _directory_entry(data, name) + 42, other.header_offset)
    return bytes(changed)


def _directory_entry(data: bytes, name: str) -> int:
    """Where the directory has the member."""
    offset = data.index(b"PK\x01\x02")
    while True:
        length, extra, comment = struct.unpack_from("<3H", data, offset + 28)
        if data[offset + 46 : offset + 46 + length] == name.encode():
            return offset
        offset += 46 + length + extra + comment


def padded(data: bytes) -> bytes:
    """The zip with 12 MB that cannot be packed, as a picture: so large is the workbook of a long report."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/media/image9.jpg", random.Random(1).randbytes(12_000_000))
    return stream.getvalue()


def symlink(name: str) -> zipfile.ZipInfo:
    """A member that is a link."""
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = 0o120777 << 16
    return entry


def sheet(content: bytes) -> bytes:
    """The XML of a sheet."""
    return SHEET_HEAD + content + b"</worksheet>"


def old_office(stream: str) -> bytes:
    """The beginning of an old Office file with a stream of that name in its directory."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + stream.encode("utf-16-le") + bytes(1000)


def numbered_rows(count: int) -> bytes:
    """A sheet of so many rows."""
    return sheet(
        b"<sheetData>"
        + b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(1, count + 1))
        + b"</sheetData>"
    )


def hostile(honest: bytes) -> Mapping[str, tuple[bytes, str]]:
    """By name, the bytes of a hostile workbook and words of the sentence it is refused with."""
    review = sheet_part(honest, "Review")
    workbook = part(honest, "xl/workbook.xml")
    text = b"<si><t>" + b"x" * 2_000_000 + b"</t></si>"
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(ord("b"), ord("k"))
    )
    strings = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    comments = (
        b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author/></authors>'
        b"<commentList>"
        + b'<comment ref="A1" authorId="0"><text><t>x</t></text></comment>' * 150_000
        + b"</commentList></comments>"
    )
    return {
        **_made_larger(honest, review, workbook, strings),
        "bomb": (bomb(honest, "xl/media/image1.png"), "unpack to far more"),
        "many members": (
            with_member(honest, *((f"xl/x{number}", b"") for number in range(3000))),
            "far too many",
        ),
        "false size": (with_false_size(honest, review, 100), "far more than any report"),
        "false smaller sum": (
            with_false_size(bomb(honest, review, 64 << 20), review, 1000),
            "far more than any",
        ),
        "overlap": (overlapping(honest, "xl/styles.xml", "xl/workbook.xml"), "built in a way"),
        "encrypted": (with_flag(honest, "xl/styles.xml", 1), "protected by a password"),
        "twice": (_twice(honest, "xl/workbook.xml"), "twice"),
        "case twin": (with_member(honest, ("XL/Workbook.xml", workbook)), "twice"),
        "traversal": (with_member(honest, ("../evil.txt", b"x")), "which no workbook has"),
        "absolute": (with_member(honest, ("/etc/evil", b"x")), "which no workbook has"),
        "backslash": (with_member(honest, ("xl\\..\\evil", b"x")), "which no workbook has"),
        "drive": (with_member(honest, ("C:evil", b"x")), "which no workbook has"),
        "stream": (with_member(honest, ("xl/a.xml:evil", b"x")), "which no workbook has"),
        "reserved": (with_member(honest, ("xl/CON.xml", b"x")), "which no workbook has"),
        "symlink": (with_member(honest, (symlink("xl/link"), b"/etc/passwd")), "which no workbook has"),
        "macros": (with_member(honest, ("xl/vbaProject.bin", b"x")), "macros"),
        "old macros": (with_member(honest, ("xl/macrosheets/sheet1.xml", b"<x/>")), "macros"),
        "controls": (with_member(honest, ("xl/activeX/activeX1.xml", b"<x/>")), "controls"),
        "embedded": (with_member(honest, ("xl/embeddings/oleObject1.bin", b"x")), "embedded"),
        "dde": (
            with_member(
                honest, ("xl/externalLinks/externalLink1.xml", b'<e><ddeLink ddeService="cmd"/></e>')
            ),
            "starts another program",
        ),
        "ole link": (
            with_member(honest, ("xl/externalLinks/externalLink1.xml", b"<e><oleLink/></e>")),
            "starts another program",
        ),
        "entity bomb": (
            with_parts(honest, {review: entities + b"]><worksheet>&j;</worksheet>"}),
            "definitions of its own",
        ),
        "external entity": (
            with_parts(
                honest,
                {review: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'},
            ),
            "definitions of its own",
        ),
        "doctype elsewhere": (
            with_parts(honest, {"xl/styles.xml": b"<!DOCTYPE styleSheet><styleSheet/>"}),
            "definitions of its own",
        ),
        "doctype in utf-16": (
            with_parts(honest, {"xl/styles.xml": "<!DOCTYPE styleSheet><styleSheet/>".encode("utf-16")}),
            "definitions of its own",
        ),
        "a million rows": (
            with_parts(honest, {review: numbered_rows(1_000_000)}),
            "far more than any report",
        ),
        "deep": (
            with_parts(honest, {review: sheet(b"<a>" * 200_000 + b"</a>" * 200_000)}),
            "far more than any report",
        ),
        "deep styles": (
            with_parts(honest, {"xl/styles.xml": b"<x>" * 100_000 + b"</x>" * 100_000}),
            "far more than any report",
        ),
        "bad string index": (
            with_parts(
                honest,
                {review: sheet(b'<sheetData><row r="1"><c r="A1" t="s"><v>-1</v></c></row></sheetData>')},
            ),
            "damaged",
        ),
        "far row": (
            with_parts(
                honest, {review: sheet(b'<sheetData><row r="99999999"><c><v>1</v></c></row></sheetData>')}
            ),
            "damaged",
        ),
        "far column": (
            with_parts(
                honest, {review: sheet(b'<sheetData><row r="1"><c r="ZZZZ1"><v>1</v></c></row></sheetData>')}
            ),
            "damaged",
        ),
        "many elements": (
            with_parts(honest, {review: sheet(b"<sheetData>" + b"<row/>" * 4_000_000 + b"</sheetData>")}),
            "unpack to far more",
        ),
        "huge text": (
            with_parts(
                honest,
                {
                    review: sheet(
                        b'<sheetData><row r="1"><c r="A1" t="str"><v>'
                        + b"x" * 2_000_000
                        + b"</v></c></row></sheetData>"
                    )
                },
            ),
            "far more than any report",
        ),
        "huge shared string": (_with_strings(honest, strings + text + b"</sst>"), "far more than any report"),
        "huge comments": (_with_comments(honest, review, comments), "far more than any report"),
        "invalid utf-8": (
            with_parts(
                honest, {review: sheet(b"<sheetData><row r='1'><c><v>\xff\xfe</v></c></row></sheetData>")}
            ),
            "damaged",
        ),
        "not closed": (with_parts(honest, {review: SHEET_HEAD + b"<sheetData>"}), "damaged"),
        "truncated": (honest[: len(honest) // 2], "damaged"),
        "empty": (b"", "is empty"),
        "no zip": (b"\x00\x01\x02 nothing" * 20, "is no workbook"),
        "web page": (b"<html><table><tr><td>1</td></tr></table></html>", "is a web page"),
        "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "is a picture"),
        "pdf": (b"%PDF-1.7\n", "is a PDF file"),
        "xml": (b'<?xml version="1.0"?><Workbook/>', "is an XML file"),
        "csv": (b"key;words\n1;x\n", "CSV"),
        "csv of Excel": ("key\twords\n".encode("utf-16"), "CSV"),
        "password": (old_office("EncryptedPackage"), "protected by a password"),
        "xls": (old_office("Workbook"), "Excel 97 to 2003"),
        "doc": (old_office("WordDocument"), "old Office file"),
        "ods": (
            zipped(
                [("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<x/>")]
            ),
            "OpenDocument",
        ),
        "docx": (zipped([("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]), "Word document"),
        "pptx": (
            zipped([("[Content_Types].xml", b"<x/>"), ("ppt/presentation.xml", b"<x/>")]),
            "presentation",
        ),
        "xlsb": (zipped([("[Content_Types].xml", b"<x/>"), ("xl/workbook.bin", b"x")]), "binary workbook"),
        "other zip": (zipped([("readme.txt", b"x")]), "but no workbook"),
        "workbook without parts": (zipped([("[Content_Types].xml", b"<x/>")]), "but no workbook"),
        "empty zip": (zipped([]), "damaged"),
        "unpacked wrongly": (_with_bad_checksum(honest, review), "damaged"),
    }


def _made_larger(
    honest: bytes, review: str, workbook: bytes, strings: bytes
) -> Mapping[str, tuple[bytes, str]]:
    """What a file would be given more time and memory for, if its size alone counted."""
    names = b'<definedName name="col.Review.x">Review!$A$1</definedName>' * 100_000
    attributes = b" ".join(b'a%d="1"' % number for number in range(2000))
    cells = b"<row>" + b"<c><v>1</v></c>" * 40 + b"</row>"
    references = b"<row>" + b'<c t="s"><v>0</v></c>' * 40 + b"</row>"
    long = b"<si><t>" + b"y" * 32_000 + b"</t></si></sst>"
    texts = with_parts(
        _with_strings(honest, strings + long),
        {review: sheet(b"<sheetData>" + references * 100 + b"</sheetData>")},
    )
    return {
        "larger bomb": (padded(bomb(honest, review, 200 << 20)), "unpack to far more"),
        "larger with cells": (
            padded(with_parts(honest, {review: sheet(b"<sheetData>" + cells * 30_000 + b"</sheetData>")})),
            "far more than any report",
        ),
        "larger with attributes": (
            padded(
                with_parts(
                    honest,
                    {review: sheet(b"<sheetData>" + b"<row %b/>" % attributes * 600 + b"</sheetData>")},
                )
            ),
            "far more than any report",
        ),
        "larger with texts": (padded(texts), "far more than any report"),
        "larger with names": (
            padded(
                with_parts(
                    honest,
                    {"xl/workbook.xml": workbook.replace(b"</definedNames>", names + b"</definedNames>")},
                )
            ),
            "far more than any report",
        ),
        "larger with strings": (
            padded(_with_strings(honest, strings + b"<si><t/></si>" * 1_500_000 + b"</sst>")),
            "far more than any report",
        ),
    }


def _twice(data: bytes, name: str) -> bytes:
    """The zip with a member twice; the standard library warns of it."""
    twin = name[:-1] + "0"
    doubled = with_member(data, (twin, part(data, name)))
    return doubled.replace(twin.encode(), name.encode())


def _with_strings(data: bytes, strings: bytes) -> bytes:
    relations = (
        part(data, "xl/_rels/workbook.xml.rels")
        .replace(
            b"</Relationships>",
            b'<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            b'sharedStrings" Target="strings2.xml"/></Relationships>',
        )
        .replace(b"/xl/sharedStrings.xml", b"/xl/none.xml")
    )
    return with_parts(data, {"xl/_rels/workbook.xml.rels": relations, "xl/strings2.xml": strings})


def _with_comments(data: bytes, sheet_name: str, comments: bytes) -> bytes:
    folder, _slash, name = sheet_name.rpartition("/")
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"'
        b' Target="/xl/comments9.xml"/></Relationships>'
    )
    return with_parts(data, {f"{folder}/_rels/{name}.rels": relations, "xl/comments9.xml": comments})


def _with_bad_checksum(data: bytes, name: str) -> bytes:
    changed = bytearray(data)
    struct.pack_into("<L", changed, _directory_entry(data, name) + 16, zlib.crc32(b"other"))
    return bytes(changed)
