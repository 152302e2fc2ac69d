from __future__ import annotations

import hashlib
import io
import stat
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.archive import (
    ArchiveError,
    ArchiveWriter,
    Window,
    build,
    open_archive,
    stored_members,
)

MEMBERS = {"manifest.json": b"{}\n", "report.xlsx": b"PK\x03\x04" * 50, "Anlage/Übersicht.txt": b""}


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(ArchiveError) as caught:
        open_archive("package.zip", data)
    return caught.value.sentence


def test_any_program_reads_what_is_built() -> None:
    for deflate in (False, True):
        with zipfile.ZipFile(io.BytesIO(build(MEMBERS, deflate=deflate))) as archive:
            assert archive.testzip() is None
            assert {name: archive.read(name) for name in archive.namelist()} == MEMBERS
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@given(
    st.dictionaries(
        st.text("abcü._-", min_size=3, max_size=12).map("m{}m".format), st.binary(max_size=300), min_size=1
    )
)
def test_what_is_built_comes_back(members: dict[str, bytes]) -> None:
    if len({name.casefold() for name in members}) < len(members):
        return
    data = build(members)
    assert data == build(members)
    archive = open_archive("package.zip", data)
    assert archive.as_built
    assert {member.name: member.content for member in archive.members} == members


def test_every_single_byte_counts() -> None:
    data = build(MEMBERS)
    for offset in range(len(data)):
        changed = data[:offset] + bytes([data[offset] ^ 0x20]) + data[offset + 1 :]
        try:
            archive = open_archive("package.zip", changed)
        except ArchiveError:
            continue
        assert not archive.as_built, f"byte {offset}"


def test_a_repacked_archive_has_its_members_but_is_not_as_built() -> None:
    archive = open_archive("package.zip", zipped(*MEMBERS.items(), method=zipfile.ZIP_DEFLATED))
    assert {member.name: member.content for member in archive.members} == MEMBERS
    assert not archive.as_built


def test_members_are_found_when_the_directory_at_the_end_is_missing() -> None:
    data = build(MEMBERS)
    archive = open_archive("package.zip", data[: data.index(b"PK\x01\x02")])
    assert [member.name for member in archive.members] == list(MEMBERS)
    assert not archive.as_built


def test_a_member_cut_in_the_middle_is_not_sound() -> None:
    data = build({"a.txt": b"x" * 100})
    [member] = open_archive("package.zip", data[:80]).members
    assert not member.sound


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "“package.zip” is empty."),
        (b"no zip at all", "is no package"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "protected by a password"),
        (b"PK\x03\x04", "damaged or incomplete"),
        (b"PK\x05\x06" + b"\0" * 18, "damaged or incomplete"),
    ],
)
def test_what_is_no_archive_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    assert sentence in refusal(data)


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/etc/passwd", "a/../b", "c:\\windows", "a:stream", "folder/", "a//b", "./a"]
)
def test_dangerous_names_are_refused(name: str) -> None:
    assert "which no package has" in refusal(zipped((name, b"x")))


def test_a_link_to_another_file_is_refused() -> None:
    entry = zipfile.ZipInfo("report.xlsx")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(entry, b"/etc/passwd")
    # Packed, so that it is read by its directory, where links are named.
    assert "which no package has" in refusal(_deflated_first(stream.getvalue()))


def _deflated_first(data: bytes) -> bytes:
    """The archive with one more, deflated member in front."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("other.txt", b"x" * 500)
    return stream.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["data.json", "DATA.json"])
def test_a_name_that_stands_twice_is_refused(second: str) -> None:
    assert "twice" in refusal(zipped(("data.json", b"{}"), (second, b"[]")))


def test_a_password_is_named() -> None:
    data = bytearray(zipped(("data.json", b"x" * 20), method=zipfile.ZIP_DEFLATED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "protected by a password" in refusal(bytes(data))


def test_an_archive_that_would_unpack_to_far_too_much_is_refused() -> None:
    bomb = zipped(("data.json", b"\0" * 30_000_000), method=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    assert "far more" in refusal(bomb)


def test_overlapping_members_are_refused() -> None:
    data = bytearray(zipped(("a.txt", b"x" * 400), ("b.txt", b"y" * 400), method=zipfile.ZIP_DEFLATED))
    first = data.index(b"PK\x01\x02")
    data[first + 20 : first + 24] = (60_000).to_bytes(4, "little")
    assert "far more" in refusal(bytes(data))


def test_too_many_members_are_refused() -> None:
    data = zipped(*((f"{number}.txt", b"1" * 20) for number in range(2100)), method=zipfile.ZIP_DEFLATED)
    assert "far too many" in refusal(data)


@given(st.binary(max_size=400), st.integers(0, 200))
def test_random_bytes_give_a_sentence_or_an_archive(noise: bytes, offset: int) -> None:
    data = build(MEMBERS)
    try:
        open_archive("package.zip", data[:offset] + noise + data[offset + len(noise) :])
    except ArchiveError as error:
        assert error.sentence


# Written and read in pieces.


def test_members_in_pieces_make_the_same_bytes() -> None:
    members = {"a.txt": b"first" * 1000, "ü.txt": b"", "c": bytes(range(256))}
    for deflate in (False, True):
        stream = io.BytesIO()
        writer = ArchiveWriter(stream, deflate=deflate)
        for name, content in members.items():
            writer.add(name, (content[start : start + 7] for start in range(0, len(content), 7)))
        writer.finish()
        with zipfile.ZipFile(stream) as archive:
            assert archive.testzip() is None
            assert {name: archive.read(name) for name in archive.namelist()} == members
        if not deflate:
            assert stream.getvalue() == build(members)


def test_stored_members_are_found_where_they_stand() -> None:
    members = {"a.txt": b"first", "ü.txt": b"", "c": bytes(range(256))}
    data = build(members)
    found = stored_members(io.BytesIO(data))
    assert found is not None
    assert {name: data[each.start : each.start + each.size] for name, each in found.items()} == members
    assert [each.sha256 for each in found.values()] == [
        hashlib.sha256(content).hexdigest() for content in members.values()
    ]


def test_any_changed_byte_makes_it_another_archive() -> None:
    data = build({"a.txt": b"first", "b": b"second"})
    original = stored_members(io.BytesIO(data))
    for offset in range(len(data)):
        changed = bytearray(data)
        changed[offset] ^= 1
        assert stored_members(io.BytesIO(bytes(changed))) != original
    for length in range(len(data)):
        assert stored_members(io.BytesIO(data[:length])) is None
    assert stored_members(io.BytesIO(data + b"\0")) is None


@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 2), st.integers(-1, 12)), max_size=12))
def test_a_window_reads_as_a_file_of_its_own(steps: list[tuple[int, int, int]]) -> None:
    content = b"0123456789"
    window, alone = Window(io.BytesIO(b"before" + content + b"after"), 6, 10), io.BytesIO(content)
    for offset, whence, count in steps:
        assert window.seek(offset, whence) == alone.seek(offset, whence)
        assert window.read(count) == alone.read(count)
    with pytest.raises(ValueError, match="beginning"):
        window.seek(-1)
