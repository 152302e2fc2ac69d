"""Every hostile package is refused with a sentence, quickly, and nothing is written."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from desktop_app import cli
from desktop_app.exchange.package import verify_package, write_package
from desktop_app.exchange.sending import Sending
from tests.support.hostile_packages import KEY, hostile_packages
from tests.support.workbooks import planned_action, report_of

SECONDS = 2.0


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    report = report_of("ga-commitments", *planned_action(1, description="Train <b>police</b>."))
    folder = tmp_path_factory.mktemp("package")
    written = write_package(report, folder, Sending(documents=False, signer=KEY))
    assert verify_package(written.path).intact
    return hostile_packages(written.path.read_bytes())


def test_each_is_refused_with_a_sentence_and_nothing_is_written(
    hostile: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(hostile) > 60
    package, report_file = tmp_path / "al.zip", tmp_path / "al.adesk"
    slow = []
    for what, content in hostile.items():
        package.write_bytes(content)
        for command in (["verify", package], ["import", report_file, package]):
            started = time.process_time()
            code = cli.main([str(each) for each in command])
            seconds = time.process_time() - started
            said = capsys.readouterr()
            assert code in ((1, 2) if command[0] == "verify" else (2,)), (what, command[0], said.out)
            sentence = said.err.strip() or said.out.splitlines()[1]
            assert len(said.out) < 5000, what
            assert sentence.endswith((".", "?")), (what, sentence)
            assert len(sentence) < 600, what
            assert all(each.isprintable() or each == "\n" for each in sentence), (what, sentence)
            assert "inside the program" not in sentence, (what, sentence)
            assert [path.name for path in tmp_path.iterdir()] == ["al.zip"], what
            if seconds > SECONDS:
                slow.append((what, command[0], seconds))
    assert not slow


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("name: traversal", "holds “../evil.txt”, which no package has"),
        ("stored name: right to left", "which no package has"),
        ("symlink", "holds “link”, which no package has"),
        ("twice", "holds “data.json” twice, so it could be read in two ways"),
        ("twice but for case", "twice, so it could be read in two ways"),
        ("bomb", "would unpack to far more than a package holds"),
        ("bomb of one piece", "would unpack to far more than a package holds"),
        ("thousands of members", "far too many for a package"),
        ("hundreds of thousands of entries", "far too many for a package"),
        ("password", "protected by a password"),
        ("comment", "the zip file around them, is not"),
        ("two views", "“data.json” was changed"),
        ("no manifest", "“manifest.json” is missing"),
        ("no answers", "“data.json” is missing"),
        ("a member too many", "“letter.docx” does not belong to the package"),
        ("lists what is not there", "“annex.pdf” is missing"),
        ("wrong hash", "“data.json” was changed"),
        ("keys twice in the manifest", "stands twice in one object"),
        ("keys twice in the answers", "stands twice in one object"),
        ("another country", "“data.json” is another report than the one"),
        ("newer", "newer version of this program"),
        ("key of another", "is not the signature of this package by the key that it names"),
        ("signature of another package", "is not the signature of this package by the key that it names"),
        ("signature cut off", "is not the signature of this package by the key that it names"),
        ("signature taken out", "its signature was taken out"),
        ("signature nobody made", "“manifest.sig” does not belong to the package"),
        ("encrypted rubbish", "is encrypted, and your own key is needed to open it"),
    ],
)
def test_what_is_wrong_is_named(
    hostile: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str, words: str
) -> None:
    package = tmp_path / "al.zip"
    package.write_bytes(hostile[what])
    cli.main(["verify", str(package)])
    said = capsys.readouterr()
    assert words in said.out + said.err
