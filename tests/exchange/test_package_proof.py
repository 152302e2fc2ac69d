"""What proves a package: every byte of it, its signature, and what it says of itself."""

from __future__ import annotations

import base64
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.exchange.archive import build
from desktop_app.exchange.manifest import MANIFEST, SIGNATURE, read_manifest, sha256
from desktop_app.exchange.package import (
    PackageExistsError,
    PackageTooLargeError,
    SignedPackageExistsError,
    Verification,
    package_name,
    read_package,
    verify_package,
    write_package,
)
from desktop_app.exchange.package_members import AttachmentLostError
from desktop_app.exchange.package_reading import (
    ANSWERS,
    SignatureState,
    member_finding,
    signature_state,
    verify_bytes,
)
from desktop_app.exchange.proof.encryption import CannotDecryptError, decrypt, identity_of, recipient_of
from desktop_app.exchange.sending import Previous, Sending
from desktop_app.report.attachments import Attached
from desktop_app.report.content import content_bytes
from desktop_app.report.plain import report_to_plain
from desktop_app.report.report import Report
from desktop_app.report.values import Attachment
from desktop_app.runtime.errors import DeskError
from tests.support import rfc8032
from tests.support.hostile_packages import KEY, OTHER_KEY, members_of
from tests.support.workbooks import opened, planned_action, report_of, row_id

FORMAT_1 = Path(__file__).parents[1] / "data" / "package-format-1.zip"
FILE = b"%PDF-1.7 not really"
QUICK = Sending(documents=False)
FOURTH = Sending(
    submission=4, submitted_at="2026-01-02T03:04:05Z", submitted_by="Ana", documents=False, signer=KEY
)


#: Of members larger than so many bytes some are changed; all of them in a thorough, long run.
LARGE, STEP = 15_000, 1 if settings().max_examples > 100 else 31


def small_report() -> Report:
    report = report_of("ga-commitments", *planned_action(1, description="Train <b>police</b>."))
    file = Attachment("Résumé\u202e: plan?.pdf", sha256(FILE), len(FILE))
    report.attached["one"] = Attached(f"T1.planned/{row_id(1)}", file)
    return report


def stored(sha: str) -> bytes:
    return {sha256(FILE): FILE}[sha]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small package with every kind of member, signed; made once."""
    sending = Sending(submission=1, submitted_at="", submitted_by="Ana", attachments=stored, signer=KEY)
    return write_package(small_report(), tmp_path_factory.mktemp("package"), sending).path.read_bytes()


def flipped(content: bytes, mask: int = 0x01) -> Iterator[bytes]:
    """The content as often as it has bytes, each time with another one changed."""
    changed = bytearray(content)
    for place in range(len(content)):
        changed[place] ^= mask
        yield bytes(changed)
        changed[place] ^= mask


def test_it_has_every_kind_of_member(package: bytes) -> None:
    names = list(members_of(package))
    assert names[:6] == [MANIFEST, SIGNATURE, "report.xlsx", "report.docx", "report.pdf", ANSWERS]
    assert names[6:] == [f"attachments/{sha256(FILE)[:12]}-Résumé__ plan_.pdf"]
    assert verify_bytes("a.zip", package).intact


def test_every_single_byte_of_every_member_counts(package: bytes) -> None:
    members = members_of(package)
    manifest = read_manifest("a.zip", members[MANIFEST])
    for name, (size, _sha) in manifest.members.items():
        for place, changed in enumerate(flipped(members[name])):
            if place % (STEP if size > LARGE else 1):
                continue
            assert member_finding(name, changed, manifest) == f"“{name}” was changed."
    for changed in flipped(members[SIGNATURE]):
        assert signature_state(manifest, members[MANIFEST], changed) is SignatureState.BROKEN


def test_every_single_byte_of_the_proof_is_named_in_the_package_itself(package: bytes) -> None:
    """In the bytes of the zip, not member by member; where its checksum beside it was mended, too."""
    members = members_of(package)
    for name in (MANIFEST, SIGNATURE):
        start = package.index(members[name])
        for place, changed in enumerate(flipped(members[name])):
            if place % 13 and name == MANIFEST:
                continue
            for whole in (
                package[:start] + changed + package[start + len(changed) :],
                build({**members, name: changed}),
            ):
                found = verify_bytes("a.zip", whole)
                assert not found.intact
                assert f"“{name}”" in found.findings[0]
                assert found.signature in (SignatureState.BROKEN, SignatureState.UNKNOWN)


def test_the_signature_is_over_the_exact_bytes_of_the_manifest(package: bytes) -> None:
    members = members_of(package)
    assert len(members[SIGNATURE]) == 64
    assert rfc8032.is_signed(KEY.public_key, members[SIGNATURE], members[MANIFEST])
    named = json.loads(members[MANIFEST])["signer"]
    assert base64.b64decode(named["key"]).endswith(KEY.public_key)
    assert named["fingerprint"] == KEY.fingerprint


def test_whoever_makes_the_manifest_agree_with_a_change_breaks_the_signature(package: bytes) -> None:
    members = members_of(package)
    other = members_of_other(package)
    found = verify_bytes("a.zip", build({**other, SIGNATURE: members[SIGNATURE]}))
    assert (found.intact, found.signature) == (False, SignatureState.BROKEN)


def members_of_other(package: bytes) -> dict[str, bytes]:
    from tests.support.hostile_packages import with_facts

    return members_of(with_facts(members_of(package), sign=False, cycle="2099"))


def test_two_packages_of_one_submission_are_the_same_bytes(tmp_path: Path) -> None:
    first = write_package(small_report(), tmp_path / "one", FOURTH).path.read_bytes()
    assert write_package(small_report(), tmp_path / "two", FOURTH).path.read_bytes() == first


def test_a_package_says_which_submission_it_is(tmp_path: Path) -> None:
    report = small_report()
    plain = report_to_plain(report)
    sending = dataclasses.replace(FOURTH, previous=Previous(2, "0" * 64, {**plain, "cycle": "2012"}))
    written = write_package(report, tmp_path, sending)
    assert written.path.name == "al-ga-commitments-2013.1-2013-s4.zip"
    facts = verify_package(written.path).manifest
    assert facts["submission"] == 4
    assert facts["submitted"] == {"at": "2026-01-02T03:04:05Z", "by": "Ana"}
    assert facts["previous"] == {"submission": 2, "content": "0" * 64}
    workbook = opened(members_of(written.path.read_bytes())["report.xlsx"])
    assert "Changes" in workbook.sheetnames
    cover = [cell.value for row in workbook["Cover"].iter_rows() for cell in row if cell.value]
    assert KEY.fingerprint in cover
    assert any("Submission 4" in str(value) for value in cover)


def test_a_public_copy_is_named_so_and_names_the_whole(tmp_path: Path) -> None:
    report = small_report()
    report.lists["T1.planned"].rows[0].confidential.add("")
    whole = write_package(report, tmp_path, FOURTH)
    public = write_package(report, tmp_path, dataclasses.replace(FOURTH, is_public=True))
    assert public.path.name == "al-ga-commitments-2013.1-2013-s4-public.zip"
    facts = verify_package(public.path).manifest
    assert facts["public"]
    assert facts["full_content"] == whole.checksum == sha256(content_bytes(report_to_plain(report)))
    assert facts["content"] == public.checksum != whole.checksum
    assert read_package(public.path)["public"] is True
    assert b"police" not in public.path.read_bytes()
    assert FILE not in public.path.read_bytes()
    draft = verify_package(write_package(report, tmp_path, dataclasses.replace(QUICK, is_public=True)).path)
    assert draft.manifest["full_content"] is None


# Attached files.


def test_attached_files_that_are_not_at_hand_are_told(tmp_path: Path) -> None:
    written = write_package(small_report(), tmp_path, QUICK)
    [notice] = written.notices
    assert "is not in the package" in notice
    assert verify_package(written.path).intact


def test_an_attached_file_that_is_damaged_ends_the_export(tmp_path: Path) -> None:
    damaged = dataclasses.replace(QUICK, attachments=lambda _sha: b"words")
    with pytest.raises(AttachmentLostError, match="damaged"):
        write_package(small_report(), tmp_path / "new", damaged)
    assert list(tmp_path.iterdir()) == []


def test_more_files_than_a_package_is_read_with_are_refused(tmp_path: Path) -> None:
    report = small_report()
    for number in range(2000):
        content = str(number).encode()
        file = Attachment(f"{number}.txt", sha256(content), len(content))
        report.attached[str(number)] = Attached("", file)
    contents = {sha256(str(number).encode()): str(number).encode() for number in range(2000)}
    sending = dataclasses.replace(QUICK, attachments=lambda sha: contents.get(sha, FILE))
    with pytest.raises(PackageTooLargeError, match="too many"):
        write_package(report, tmp_path / "new", sending)
    assert list(tmp_path.iterdir()) == []


# Encryption.


def encrypted(*recipients: str) -> Sending:
    return dataclasses.replace(
        FOURTH,
        recipients=recipients,
        opens=lambda name, content: decrypt(name, content, [identity_of(KEY)]),
    )


def verified(path: Path) -> Verification:
    return verify_package(path, [identity_of(KEY)])


def test_an_encrypted_package_opens_for_its_recipients_alone(tmp_path: Path) -> None:
    sending = encrypted(recipient_of(KEY), recipient_of(OTHER_KEY))
    written = write_package(small_report(), tmp_path, sending)
    assert (
        written.path.name
        == package_name(small_report(), sending)
        == "al-ga-commitments-2013.1-2013-s4.zip.age"
    )
    assert [path.name for path in tmp_path.iterdir()] == [written.path.name]
    found = verified(written.path)
    assert (found.intact, found.is_encrypted, found.signature) == (True, True, SignatureState.GOOD)
    plain = write_package(small_report(), tmp_path / "open", FOURTH).path.read_bytes()
    assert found.sha256 == sha256(plain)
    assert decrypt("", written.path.read_bytes(), [identity_of(OTHER_KEY)]) == plain
    with pytest.raises(CannotDecryptError):
        verify_package(written.path)
    assert read_package(written.path, [identity_of(OTHER_KEY)])["country"] == "AL"


def test_an_encrypted_package_already_there_is_known_by_what_it_holds(tmp_path: Path) -> None:
    first = write_package(small_report(), tmp_path, encrypted(recipient_of(KEY)))
    before = first.path.read_bytes()
    assert write_package(small_report(), tmp_path, encrypted(recipient_of(KEY))).already_there
    assert first.path.read_bytes() == before
    other = dataclasses.replace(encrypted(recipient_of(KEY)), opens=None)
    with pytest.raises(PackageExistsError, match="Nobody can see here for whom it is encrypted"):
        write_package(small_report(), tmp_path, other)
    write_package(small_report(), tmp_path, encrypted(recipient_of(OTHER_KEY)), replace=True)
    with pytest.raises(CannotDecryptError):
        verified(first.path)
    with pytest.raises(PackageExistsError):
        write_package(small_report(), tmp_path, encrypted(recipient_of(KEY)))


def test_an_encrypted_package_may_be_signed_so_an_unsigned_one_never_takes_its_place_untold(
    tmp_path: Path,
) -> None:
    path = write_package(small_report(), tmp_path, encrypted(recipient_of(KEY))).path
    before = path.read_bytes()
    unsigned = dataclasses.replace(encrypted(recipient_of(KEY)), signer=None, opens=None)
    for replace in (False, True):
        with pytest.raises(SignedPackageExistsError, match="nobody can see here whether it is signed"):
            write_package(small_report(), tmp_path, unsigned, replace=replace)
    assert path.read_bytes() == before
    dropping = dataclasses.replace(unsigned, may_drop_signature=True)
    with pytest.raises(PackageExistsError, match="what stands there now is lost"):
        write_package(small_report(), tmp_path, dropping)
    assert path.read_bytes() == before
    write_package(small_report(), tmp_path, dropping, replace=True)
    assert verified(path).signature == SignatureState.NONE


def test_an_unsigned_package_takes_the_place_of_a_signed_one_only_when_told_so(tmp_path: Path) -> None:
    signed = write_package(small_report(), tmp_path, FOURTH).path
    before = signed.read_bytes()
    unsigned = dataclasses.replace(FOURTH, signer=None)
    for replace in (False, True):
        with pytest.raises(SignedPackageExistsError, match="is signed, and the new one would not be"):
            write_package(small_report(), tmp_path, unsigned, replace=replace)
    assert signed.read_bytes() == before
    write_package(small_report(), tmp_path, dataclasses.replace(FOURTH, signer=OTHER_KEY), replace=True)
    dropping = dataclasses.replace(unsigned, may_drop_signature=True)
    with pytest.raises(PackageExistsError, match="already another"):
        write_package(small_report(), tmp_path, dropping)
    write_package(small_report(), tmp_path, dropping, replace=True)
    assert verified(signed).signature == SignatureState.NONE
    assert write_package(small_report(), tmp_path, unsigned).already_there


# Packages of before.


def test_packages_made_before_there_were_signatures_still_verify() -> None:
    found = verify_package(FORMAT_1)
    assert (found.intact, found.signature) == (True, SignatureState.NONE)
    assert found.manifest["format"] == 1
    assert read_package(FORMAT_1)["country"] == "AL"


# Whatever else comes in.


@given(st.data())
def test_no_mutation_of_a_package_is_taken_for_it_or_breaks_the_reader(
    package: bytes, data: st.DataObject
) -> None:
    """Pieces moved, doubled, cut out and overwritten, where the structure of a zip is found most often."""
    marks = [at for mark in (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06") for at in _places(package, mark)]
    changed = bytearray(package)
    for _change in range(data.draw(st.integers(1, 3))):
        at = min(data.draw(st.sampled_from(marks)) + data.draw(st.integers(0, 50)), len(changed))
        noise = data.draw(st.binary(max_size=8) | st.sampled_from([b"\xff" * 4, b"\0" * 4, package[:200]]))
        changed[at : at + data.draw(st.sampled_from([0, len(noise), 4000]))] = noise
    if bytes(changed) == package:
        return
    try:
        found = verify_bytes("a.zip", bytes(changed))
    except DeskError as error:
        assert error.sentence
    else:
        assert not found.intact
        assert all(found.findings)


def _places(package: bytes, mark: bytes) -> Iterator[int]:
    at = package.find(mark)
    while at >= 0:
        yield at
        at = package.find(mark, at + 1)
