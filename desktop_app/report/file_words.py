"""What a file is, in words for a person: its size and its kind, and a word of warning where one is due.

The kind is found from the first bytes and the ending of the name. It is only shown and never believed.
"""

from __future__ import annotations

from desktop_app.report.file_names import shown_name
from desktop_app.report.values import Attachment
from desktop_app.runtime.i18n import _, ngettext

_HEAD = 512
"""How many of the first bytes tell the kind."""

_WITH_MACROS = ";macros=yes"

UNKNOWN = "application/octet-stream"

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (0, b"\xca\xfe\xba\xbe", "application/x-mach-binary"),
    (0, b"#!", "text/x-shellscript"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x1f\x8b", "application/gzip"),
    (4, b"ftyp", "video/mp4"),
    (0, b"ID3", "audio/mpeg"),
)
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docm": "application/vnd.ms-word.document.macroenabled.12",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroenabled.12",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".pptm": "application/vnd.ms-powerpoint.presentation.macroenabled.12",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
}
_OLD_OFFICE = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".msg": "application/vnd.ms-outlook",
}
_RUN = """
    .exe .com .scr .pif .cpl .msi .msp .msix .appx .dll .sys .drv .jar .app .apk .dmg .pkg .deb .rpm .run .elf
    .iso .img .vhd .vhdx .gadget .appimage
"""
_SCRIPTS = """
    .bat .cmd .ps1 .psm1 .vbs .vbe .js .jse .mjs .wsf .wsh .hta .lnk .url .desktop .reg .inf .scf .chm .sh
    .bash .py .pyw .pl .rb .php .command .scpt .html .htm .xhtml .mht .mhtml .svg .xll
    .sct .application .website
"""
_MACROS = ".docm .dotm .xlsm .xltm .xlam .xlsb .pptm .potm .ppam .ppsm .sldm .mdb .accdb"
_PROGRAMS = frozenset({"application/vnd.microsoft.portable-executable", "application/x-executable",
                       "application/x-mach-binary"})  # fmt: skip
_MACRO_MARKS = (b"vbaProject.bin", "_VBA_PROJECT".encode("utf-16-le"))
"""What an office document with macros has in it, new or old."""


def size_words(size: int) -> str:
    """A number of bytes as people say it."""
    if size < 1024:
        return ngettext("{count} byte", "{count} bytes", size).format(count=size)
    if size < 1024 * 1024:
        return _("{size} KB").format(size=-(-size // 1024))
    return _("{size} MB").format(size=f"{size / (1024 * 1024):.1f}")


def file_words(file: Attachment) -> str:
    """A file for a reader: its name and how large it is."""
    return _("{name} ({size})").format(name=shown_name(file.name), size=size_words(file.size))


def ending(name: str) -> str:
    """What stands behind the last point, with it, in small letters; of the name as a person sees it."""
    words = shown_name(name).rstrip(". ")
    stem, point, last = words.rpartition(".")
    return f".{last.casefold()}" if point and stem and len(last) < 16 else ""


def media_type(name: str, content: bytes) -> str:
    """The media type by the content, else by the name; it says of an office document that it has macros."""
    found = _by_bytes(name, content[:_HEAD])
    is_office = found in _OFFICE.values() or found in _OLD_OFFICE.values()
    has_macros = is_office and "macro" not in found and any(mark in content for mark in _MACRO_MARKS)
    return f"{found}{_WITH_MACROS}" if has_macros else found


def _by_bytes(name: str, head: bytes) -> str:
    for start, magic, found in _MAGIC:
        if head.startswith(magic, start):
            return found
    last = ending(name)
    if head.startswith(_ZIP):
        return _OFFICE.get(last, "application/zip")
    if head.startswith(_OLE):
        return _OLD_OFFICE.get(last, "application/x-ole-storage")
    # Seldom needed, and it reads the system's own list.
    import mimetypes

    guessed, packed = mimetypes.MimeTypes().guess_type(f"x{last}")
    if guessed is None or packed is not None:
        return UNKNOWN
    # Bytes that are not what the ending says: no kind at all rather than a wrong one.
    return guessed if guessed.startswith("text/") or guessed not in _KNOWN_BY_BYTES else UNKNOWN


_KNOWN_BY_BYTES = frozenset(
    {found for _start, _magic, found in _MAGIC} | set(_OFFICE.values()) | set(_OLD_OFFICE.values())
)


def kind_words(media_type: str, name: str) -> str:
    """What kind of file it is, such as "PDF document"; its ending where that is all there is."""
    known = {
        "application/pdf": _("PDF document"),
        "application/rtf": _("Text document"),
        "application/msword": _("Word document"),
        "application/vnd.ms-excel": _("Excel workbook"),
        "application/vnd.ms-powerpoint": _("Presentation"),
        "application/vnd.ms-outlook": _("Mail message"),
        "message/rfc822": _("Mail message"),
        "application/zip": _("Packed files"),
        "application/x-7z-compressed": _("Packed files"),
        "application/vnd.rar": _("Packed files"),
        "application/gzip": _("Packed files"),
        "text/csv": _("Table"),
        "text/plain": _("Plain text"),
        **dict.fromkeys(_PROGRAMS, _("Program")),
        **dict.fromkeys((_OFFICE[".docx"], _OFFICE[".docm"]), _("Word document")),
        **dict.fromkeys((_OFFICE[".xlsx"], _OFFICE[".xlsm"]), _("Excel workbook")),
        **dict.fromkeys((_OFFICE[".pptx"], _OFFICE[".pptm"], _OFFICE[".odp"]), _("Presentation")),
        _OFFICE[".odt"]: _("Text document"),
        _OFFICE[".ods"]: _("Spreadsheet"),
    }
    media_type = media_type.partition(";")[0]
    if media_type in known:
        return known[media_type]
    family = {"image": _("Picture"), "audio": _("Sound"), "video": _("Film")}.get(
        media_type.partition("/")[0]
    )
    last = ending(name).removeprefix(".").upper()
    return family or (_("{ending} file").format(ending=last) if last else _("File"))


def warning_words(name: str, media_type: str) -> str:
    """Why the file is not to be opened without care, in a word or two; empty for most files."""
    last = ending(name)
    if last in _RUN.split() or media_type in _PROGRAMS:
        return _("may do harm")
    if last in _SCRIPTS.split() or media_type in ("text/x-shellscript", "text/html", "image/svg+xml"):
        return _("a script, may do harm")
    if last in _MACROS.split() or "macro" in media_type:
        return _("has macros, may do harm")
    return ""
