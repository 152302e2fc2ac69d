"""Packages as somebody would make them to deceive or to hurt, each from a real one."""

from __future__ import annotations

import base64
import io
import itertools
import json
import stat
import struct
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from desktop_app.exchange.archive import build, open_archive
from desktop_app.exchange.manifest import sha256
from desktop_app.exchange.proof.encryption import encrypt, recipient_of
from desktop_app.exchange.proof.public_key import key_line
from desktop_app.exchange.proof.signing import SigningKey
from desktop_app.report.plain import canonical_bytes

KEY = SigningKey(bytes(range(32)))
OTHER_KEY = SigningKey(bytes(32))
Members = dict[str, bytes]


def members_of(package: bytes) -> Members:
    return {member.name: member.content for member in open_archive("a.zip", package).members}


def with_facts(members: Members, /, *, sign: bool = True, **facts: Any) -> bytes:
    """A package with other facts in a manifest that agrees with itself, signed if the first one was."""
    changed = {**json.loads(members["manifest.json"]), **facts, "sha256": ""}
    manifest = canonical_bytes({**changed, "sha256": sha256(canonical_bytes(changed))})
    signed = {**members, "manifest.json": manifest}
    if sign and "manifest.sig" in members:
        signed["manifest.sig"] = KEY.sign(manifest)
    return build(signed)


def with_member(package: bytes, name: str, content: bytes) -> bytes:
    """A package with one member more or changed, the manifest saying so too, and signed."""
    members = members_of(package)
    listed = json.loads(members["manifest.json"])["members"]
    listed[name] = {"size": len(content), "sha256": sha256(content)}
    changed = {**members, name: content}
    return with_facts(changed, members=listed, content=listed["data.json"]["sha256"])


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def renamed(package: bytes, name: str) -> bytes:
    """The package with one deflated member more, of a name that zipfile itself would mend."""
    placeholder = "x" * len(name.encode("utf-8", "surrogatepass"))
    data = zipped({**members_of(package), placeholder: b"words"})
    return data.replace(placeholder.encode(), name.encode("utf-8", "surrogatepass"))


def _linked(package: bytes) -> bytes:
    stream = io.BytesIO(zipped(members_of(package)))
    entry = zipfile.ZipInfo("link")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(entry, b"/etc/passwd")
    return stream.getvalue()


def _twice(package: bytes, method: int, name: str = "data.json") -> bytes:
    """Two members of one name: a careless reader takes the first, another the last."""
    placeholder = "y" * len(name)
    data = zipped({**members_of(package), placeholder: b"{}\n"}, method)
    return data.replace(placeholder.encode(), name.encode())


def _directory(data: bytes) -> int:
    """Where the directory begins."""
    found: int = struct.unpack_from("<L", data, len(data) - 6)[0]
    return found


def _ended(data: bytes, at: int, entries: bytes, count: int) -> bytes:
    """The zip whose directory is ``entries``."""
    return (
        data[:at]
        + entries
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(entries), at, 0)
    )


def _overlapping() -> bytes:
    """Many entries of the directory that all unpack the same bytes, as bombs do that need no nesting."""
    kernel = zipped({"aa": b"\0" * 20_000_000})
    at = _directory(kernel)
    entry = kernel[at : at + 46]
    names = [bytes(pair) for pair in itertools.product(b"abcdefghijklmno", repeat=2)]
    return _ended(kernel, at, b"".join(entry + name for name in names), len(names))


def _many(count: int) -> bytes:
    """A directory with far more entries than any package has."""
    kernel = zipped({"other.txt": b"words" * 20})
    at = _directory(kernel)
    return _ended(kernel, at, kernel[at : at + 55] * count, count)


def _zip64(package: bytes) -> bytes:
    """A member that claims, in the 64-bit fields, to be larger than any disk."""
    data = bytearray(zipped(members_of(package)))
    at = _directory(bytes(data))
    name, extra = struct.unpack_from("<HH", data, at + 28)
    data[at + 20 : at + 28] = b"\xff" * 8
    field = struct.pack("<HHQQ", 1, 16, 1 << 60, 1 << 60)
    data[at + 30 : at + 32] = struct.pack("<H", extra + len(field))
    data[at + 46 + name : at + 46 + name] = field
    size = struct.unpack_from("<L", data, len(data) - 10)[0] + len(field)
    data[-10:-6] = struct.pack("<L", size)
    return bytes(data)


def _with_password(package: bytes) -> bytes:
    data = bytearray(zipped(members_of(package)))
    data[6] |= 1
    data[_directory(bytes(data)) + 8] |= 1
    return bytes(data)


class _Pipe(io.RawIOBase):
    """A place that cannot be gone back in, so that sizes stand behind the members."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.written += data
        return len(data)


def _described(package: bytes) -> bytes:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        for name, content in members_of(package).items():
            archive.writestr(name, content)
    return bytes(pipe.written)


def _wrong_crc(package: bytes) -> bytes:
    data = bytearray(package)
    data[14] ^= 0xFF
    return bytes(data)


def _two_views(package: bytes) -> bytes:
    """The directory names other bytes for the answers than a reader from the front finds."""
    members = members_of(package)
    other = zipped({"data.json": b"{}\n"}, zipfile.ZIP_STORED)
    local = other[: _directory(other)]
    data = build(members)
    at = _directory(data)
    directory = bytearray(data[at:])
    shifted = directory.index(b"data.json") - 46
    directory[shifted + 42 : shifted + 46] = struct.pack("<L", at)
    directory[-6:-2] = struct.pack("<L", at + len(local))
    return data[:at] + local + bytes(directory)


def _without(members: Members, name: str) -> bytes:
    return build({each: content for each, content in members.items() if each != name})


def _raw_manifest(package: bytes, change: Callable[[bytes], bytes]) -> bytes:
    members = members_of(package)
    return build({**members, "manifest.json": change(members["manifest.json"])})


def _answers(package: bytes, change: Callable[[bytes], bytes]) -> bytes:
    return with_member(package, "data.json", change(members_of(package)["data.json"]))


def hostile_packages(package: bytes) -> dict[str, bytes]:
    """Each with a name for people. ``package`` is a signed one, made by the program with ``KEY``."""
    members = members_of(package)
    facts = json.loads(members["manifest.json"])
    listed = facts["members"]
    names = {
        "traversal": "../evil.txt",
        "traversal inside": "attachments/../../evil.txt",
        "absolute": "/etc/passwd",
        "drive": "C:/evil.exe",
        "backslash": "..\\evil.exe",
        "folder": "attachments/",
        "device": "aux.txt",
        "device below": "attachments/com1.pdf",
        "ends with a point": "data.json.",
        "ends with a space": "data.json ",
        "line break": "data.json\n",
        "right to left": "attachments/\u202efdp.exe",
        "invisible": "data\u200b.json",
        "long": "attachments/" + "x" * 300,
    }
    return {
        **{f"name: {what}": renamed(package, name) for what, name in names.items()},
        **{f"stored name: {what}": build({**members, name: b"words"}) for what, name in names.items()},
        "name with NUL": renamed(package, "data.json\0.exe"),
        "symlink": _linked(package),
        "twice": _twice(package, zipfile.ZIP_DEFLATED),
        "twice, stored": _twice(package, zipfile.ZIP_STORED),
        "twice but for case": _twice(package, zipfile.ZIP_DEFLATED, "DATA.json"),
        "bomb": zipped({**members, "attachments/zeros": b"\0" * 100_000_000}),
        "bomb in a bomb": build(
            {**members, "attachments/a.zip": zipped({"b": zipped({"c": b"\0" * 10_000_000})})}
        ),
        "bomb of one piece": _overlapping(),
        "thousands of members": build({**members, **{f"{number}.txt": b"" for number in range(3000)}}),
        "hundreds of thousands of entries": _many(200_000),
        "64-bit sizes": _zip64(package),
        "password": _with_password(package),
        "sizes behind": _described(package),
        "comment": package[:-2] + struct.pack("<H", 5) + b"words",
        "prefix": b"#!/bin/sh\n" + package,
        "suffix": package + b"words",
        "wrong checksum of the zip": _wrong_crc(package),
        "two views": _two_views(package),
        "another method": zipped(members, zipfile.ZIP_BZIP2),
        "empty": b"",
        "no zip": b"words",
        "old Office": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
        "end alone": b"PK\x05\x06" + bytes(18),
        "cut off": package[: len(package) // 2],
        "cut off by a byte": package[:-1],
        "no manifest": _without(members, "manifest.json"),
        "no answers": _without(members, "data.json"),
        "no workbook": _without(members, "report.xlsx"),
        "a member too many": build({**members, "letter.docx": b"words"}),
        "lists what is not there": with_facts(
            members, members={**listed, "annex.pdf": {"size": 1, "sha256": "0" * 64}}
        ),
        "lists thousands that are not there": with_facts(
            members,
            members={
                **listed,
                **{f"{number}\n\u202e": {"size": 1, "sha256": ""} for number in range(20_000)},
            },
        ),
        "lists negative sizes": with_facts(
            members, members={**listed, "annex.pdf": {"size": -1, "sha256": ""}}
        ),
        "wrong hash": build({**members, "data.json": members["data.json"].replace(b"police", b"nobody")}),
        "wrong content checksum": with_facts(members, content="0" * 64),
        "keys twice in the manifest": _raw_manifest(
            package, lambda each: each.replace(b'"cycle"', b'"app"', 1)
        ),
        "keys twice in the answers": _answers(
            package, lambda each: each.replace(b'"cycle"', b'"answers"', 1)
        ),
        "deep manifest": _raw_manifest(package, lambda _each: b"[" * 100_000 + b"]" * 100_000),
        "deep answers": _answers(package, lambda _each: b'{"a":' * 100_000),
        "no number": _answers(package, lambda each: each.replace(b'"2013"', b"NaN", 1)),
        "giant number": _answers(package, lambda each: each.replace(b'"2013"', b"9" * 5000, 1)),
        "no UTF-8": _answers(package, lambda each: each + b"\xff"),
        "half a character": _answers(package, lambda each: each.replace(b'"2013"', b'"\\ud800"', 1)),
        "huge manifest": _raw_manifest(package, lambda each: each + b" " * 5_000_000),
        "no object": _raw_manifest(package, lambda _each: b"[]"),
        "another country": with_facts(members, country="XK"),
        "another report": with_facts(members, report="00000000-0000-4000-8000-000000000000"),
        "submission of no number": with_facts(members, submission="1"),
        "taken back of no number": with_facts(members, taken_back=["2"]),
        "about of no words": with_facts(members, about=7),
        "submission of no sense": with_facts(members, submission=True),
        "newer": with_facts(members, format=99),
        "key of no sense": with_facts(members, signer={"algorithm": "Ed25519", "key": "AAAA"}),
        "key of another kind": with_facts(members, signer={**facts["signer"], "algorithm": "RSA"}),
        "key of another": with_facts(
            members, signer={**facts["signer"], "key": key_line(OTHER_KEY.public_key)}
        ),
        "signature of another package": with_facts(members, sign=False, cycle="2014"),
        "signature cut off": build({**members, "manifest.sig": members["manifest.sig"][:40]}),
        "signature taken out": _without(members, "manifest.sig"),
        "signature nobody made": with_facts(members, sign=False, signer=None),
        "encrypted rubbish": b"age-encryption.org/v1\n" + base64.b64encode(bytes(300)),
        "encrypted for somebody else": encrypt(package, [recipient_of(OTHER_KEY)]),
    }
