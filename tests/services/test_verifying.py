"""A country sends, a secretariat verifies: each in its own home, with its own keys."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from desktop_app.exchange.package import write_package
from desktop_app.exchange.proof.encryption import identity_of, recipient_of
from desktop_app.exchange.proof.key_files import write_key_file
from desktop_app.exchange.proof.receipts import ReceiptError
from desktop_app.exchange.proof.signing import SigningKey, to_key_file
from desktop_app.exchange.sending import Previous, Sending
from desktop_app.report.report import Report
from desktop_app.runtime.files import AlreadyThereError
from desktop_app.services import keys
from desktop_app.services.importing import import_document
from desktop_app.services.package_in import NotForThisFileError
from desktop_app.services.receipts import (
    NoReceiptError,
    PackageNotIntactError,
    make_receipt,
    read_receipt_file,
)
from desktop_app.services.verifying import OwnKeyNeededError, Standing, Verified, verify
from tests.support.hostile_packages import members_of, with_facts
from tests.support.workbooks import planned_action, report_of

WORDS = "four words of mine"


class Follows(Previous):
    """One that can be looked up, as what was made with it is kept."""

    def __hash__(self) -> int:
        return hash(self.checksum)


COUNTRY, SECRETARIAT = SigningKey(bytes(range(32))), SigningKey(bytes(32))


def report(description: str = "Train police.") -> Report:
    return report_of("ga-commitments", *planned_action(1, description=description))


@cache
def made(number: int | None, description: str, more: tuple[tuple[str, object], ...]) -> tuple[str, bytes]:
    """The name and the bytes of a package, which takes its time to be made."""
    written, status = report(description), "draft" if number is None else "submitted"
    written.status = status
    sending = Sending(number, "2026-01-02T03:04:05Z", "Ana", documents=False, **dict(more))  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:
        path = write_package(written, Path(folder), sending).path
        return path.name, path.read_bytes()


@dataclass(frozen=True)
class Desk:
    """Where packages are made."""

    folder: Path

    def package(self, number: int | None = 1, description: str = "Train police.", **more: object) -> Path:
        name, content = made(number, description, tuple(more.items()))
        place = self.folder / f"{number}-{description}-{len(more)}"
        place.mkdir(exist_ok=True)
        (place / name).write_bytes(content)
        return place / name


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def own(tmp_path: Path, key: SigningKey) -> None:
    """Make ``key`` the own one, under ``WORDS``."""
    backup = tmp_path / "backup.pem"
    backup.write_bytes(to_key_file(key, WORDS))
    keys.restore_key(backup, WORDS, in_file=True)


def partner(tmp_path: Path, key: SigningKey, name: str) -> keys.Partner:
    path = tmp_path / f"{name}.json"
    path.write_bytes(write_key_file(key, name))
    return keys.add_partner(path)


# Who signed it.


def test_the_key_that_signed_is_unknown_then_known_then_confirmed(desk: Desk, tmp_path: Path) -> None:
    package = desk.package(signer=COUNTRY)
    told = verify(package)
    assert told.is_good
    assert told.signed_by is not None
    assert (told.signed_by.fingerprint, told.signed_by.is_known) == (COUNTRY.fingerprint, False)
    assert "nobody has added here" in told.lines[1]
    partner(tmp_path, COUNTRY, "Albania")
    told = verify(package)
    assert "Albania" in told.lines[1]
    assert "not confirmed yet" in told.lines[1]
    keys.confirm_partner(COUNTRY.fingerprint)
    told = verify(package)
    assert told.lines[1] == f"Signed by Albania ({COUNTRY.fingerprint}), whose key is confirmed."
    plain = told.to_plain()
    assert plain["signed_by"] == {
        "fingerprint": COUNTRY.fingerprint,
        "name": "Albania",
        "known": True,
        "confirmed": True,
        "own": False,
    }
    assert (plain["signature"], plain["signed"], plain["encrypted"]) == ("good", True, False)


def test_our_own_signature_is_called_so(desk: Desk, tmp_path: Path) -> None:
    own(tmp_path, COUNTRY)
    assert "your own key" in verify(desk.package(signer=COUNTRY)).lines[1]


def test_a_package_without_a_signature_says_so(desk: Desk) -> None:
    told = verify(desk.package())
    assert told.is_good
    assert told.lines[1] == "It carries no signature."
    assert told.to_plain()["signature"] == "none"
    assert "Submission 1 of the report of" in told.lines[2]


def test_a_change_below_a_good_signature_is_not_called_signed(desk: Desk) -> None:
    package = desk.package(signer=COUNTRY)
    package.write_bytes(package.read_bytes().replace(b"Train police", b"Train nobody"))
    told = verify(package)
    assert not told.is_good
    assert told.lines[0].startswith("Changed:")
    assert any(line.startswith("Only the list of its contents") for line in told.lines)


# How it stands to what is held.


@pytest.fixture
def held(desk: Desk, tmp_path: Path) -> Path:
    """A report file that submission 2 was brought into."""
    path = tmp_path / "al.adesk"
    import_document(path, desk.package(2))
    return path


@pytest.mark.parametrize(
    ("number", "description", "standing", "fits", "words"),
    [
        (1, "Train police.", Standing.OLDER, False, "sent a second time"),
        (2, "Train police.", Standing.SAME, True, "The same as submission 2"),
        (2, "Train nobody.", Standing.CONFLICT, False, "with other answers"),
        (3, "Train nobody.", Standing.NEWER, True, "Newer: submission 3"),
        (None, "Train nobody.", Standing.DRAFT, True, "not a submission"),
    ],
)
def test_how_a_package_stands_to_the_submission_held(
    desk: Desk, held: Path, number: int | None, description: str, standing: Standing, fits: bool, words: str
) -> None:
    before = held.read_bytes()
    told = verify(desk.package(number, description), held)
    assert told.compared is not None
    assert (told.compared.standing, told.compared.held, told.is_good) == (standing, 2, fits)
    assert words in told.lines[-1]
    assert told.to_plain()["compared"]["standing"] == standing.value
    assert held.read_bytes() == before


def of_another(package: Path, **facts: Any) -> Path:
    """The package of another report, or of another country."""
    members = members_of(package.read_bytes())
    import json

    from desktop_app.exchange.manifest import sha256
    from desktop_app.report.plain import canonical_bytes

    answers = json.loads(members["data.json"])
    answers |= {{"report": "id"}.get(key, key): value for key, value in facts.items()}
    data = canonical_bytes(answers)
    listed = json.loads(members["manifest.json"])["members"]
    listed["data.json"] = {"size": len(data), "sha256": sha256(data)}
    changed = with_facts({**members, "data.json": data}, members=listed, content=sha256(data), **facts)
    package.write_bytes(changed)
    return package


@pytest.mark.parametrize(
    ("facts", "standing", "words"),
    [
        ({"country": "XK", "report": "other"}, Standing.WRONG_COUNTRY, "Wrong country"),
        ({"report": "other"}, Standing.OTHER_REPORT, "is not in “al.adesk”"),
    ],
)
def test_another_country_and_another_report_are_named(
    desk: Desk, held: Path, facts: dict[str, str], standing: Standing, words: str
) -> None:
    told = verify(of_another(desk.package(3), **facts), held)
    assert told.intact
    assert told.compared is not None
    assert told.compared.standing is standing
    assert not told.is_good
    assert words in told.lines[-1]


def test_importing_names_them_too_and_changes_nothing(desk: Desk, held: Path) -> None:
    before = held.read_bytes()
    apart = "bring it in as a report file of its own, under a new name."
    for package, words in (
        (desk.package(1), f"Older: submission 1.* {apart}$"),
        (desk.package(2), "The same as submission 2.* There is nothing new in it to bring in.$"),
        (desk.package(2, "Train nobody."), f"with other answers.* {apart}$"),
        (desk.package(3), f"Newer: submission 3.* {apart} What is new in it stands .* “Changes”.$"),
        (of_another(desk.package(4), country="XK", report="other"), "Wrong country"),
    ):
        with pytest.raises(NotForThisFileError, match=words):
            import_document(held, package)
    assert held.read_bytes() == before


def test_importing_says_who_signed(desk: Desk, tmp_path: Path) -> None:
    imported = import_document(tmp_path / "al.adesk", desk.package(signer=COUNTRY))
    assert COUNTRY.fingerprint in imported.notices[0]
    unsigned = import_document(tmp_path / "other.adesk", desk.package())
    assert unsigned.notices[0] == "The package carries no signature."


# Encrypted.


def test_an_encrypted_package_needs_the_own_key(desk: Desk, tmp_path: Path) -> None:
    package = desk.package(signer=COUNTRY, recipients=(recipient_of(SECRETARIAT),))
    looks: list[Callable[[], object]] = [
        lambda: verify(package),
        lambda: import_document(tmp_path / "al.adesk", package),
    ]
    for look in looks:
        with pytest.raises(OwnKeyNeededError, match="is encrypted, and your own key is needed"):
            look()
    own(tmp_path, SECRETARIAT)
    for look in looks:
        with pytest.raises(OwnKeyNeededError, match="under a passphrase, which was not given"):
            look()
    told = verify(package, passphrase=WORDS)
    assert told.is_good
    assert told.is_encrypted
    assert "It is encrypted, and was opened with your key." in told.lines
    imported = import_document(tmp_path / "al.adesk", package, key_passphrase=WORDS)
    assert imported.country == "AL"
    assert identity_of(SECRETARIAT) not in "".join(told.lines)


# Receipts.


def test_a_receipt_is_made_signed_and_read(desk: Desk, tmp_path: Path) -> None:
    own(tmp_path, SECRETARIAT)
    package = desk.package(signer=COUNTRY)
    made = make_receipt(package, who="Ana", at="2026-02-03T04:05:06Z", passphrase=WORDS)
    assert made.path == package.with_name(package.name.removesuffix(".zip") + ".receipt.json")
    read = read_receipt_file(made.path)
    assert read.is_trusted
    assert read.receipt.package == package.name
    assert read.receipt.signed["package_sha256"] == verify(package).sha256
    assert not read.receipt.asks_correction
    assert read.lines[0] == f"Received: submission 1, {package.name}"
    assert read.lines[1] == "By Ana, 2026-02-03"
    with pytest.raises(AlreadyThereError):
        make_receipt(package, passphrase=WORDS)
    made = make_receipt(package, tmp_path, correction=" Target 2.\r\n\tGoal\x1b 1. ", passphrase=WORDS)
    assert made.path.parent == tmp_path
    assert read_receipt_file(made.path).receipt.words == "Target 2.\n Goal  1."


def test_a_receipt_without_a_key_says_so(desk: Desk) -> None:
    made = make_receipt(desk.package(), who="Ana")
    assert "not signed" in made.told
    read = read_receipt_file(made.path)
    assert not read.is_trusted
    assert read.lines[-1] == "It carries no signature: anybody can have made it."


def test_a_receipt_from_an_unknown_key_is_not_trusted(desk: Desk, tmp_path: Path) -> None:
    from desktop_app.exchange.proof.receipts import write_receipt

    made = make_receipt(desk.package())
    facts = dict(read_receipt_file(made.path).receipt.signed)
    made.path.write_bytes(write_receipt(facts, SECRETARIAT))
    assert not read_receipt_file(made.path).is_trusted
    partner(tmp_path, SECRETARIAT, "Secretariat")
    assert not read_receipt_file(made.path).is_trusted
    keys.confirm_partner(SECRETARIAT.fingerprint)
    assert read_receipt_file(made.path).is_trusted
    made.path.write_bytes(made.path.read_bytes().replace(b"received", b"receivee"))
    with pytest.raises(ReceiptError):
        read_receipt_file(made.path)


def test_no_receipt_for_what_was_changed_or_is_no_submission(desk: Desk, tmp_path: Path) -> None:
    changed = desk.package(signer=COUNTRY)
    changed.write_bytes(changed.read_bytes() + b"words")
    with pytest.raises(PackageNotIntactError, match="no receipt is made"):
        make_receipt(changed)
    for package in (desk.package(None), desk.package(5, is_public=True)):
        with pytest.raises(NoReceiptError, match="is no submission"):
            make_receipt(package)
    for words, sentence in ((" ", "Say what is to be corrected"), ("x" * 30_000, "20000 characters")):
        with pytest.raises(NoReceiptError, match=sentence):
            make_receipt(desk.package(6), correction=words)
    assert not list(tmp_path.rglob("*.receipt.json"))


def test_the_verdict_says_what_follows_what(desk: Desk) -> None:
    told: Verified = verify(desk.package(3, previous=Follows(2, "0" * 64, {})))
    assert told.submission == 3
    assert told.lines[2].endswith("It follows submission 2.")
    public = verify(desk.package(4, is_public=True))
    assert "It is a public copy: what is confidential was left out." in public.lines
