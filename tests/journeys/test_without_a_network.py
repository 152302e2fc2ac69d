"""The whole way of a report with sockets to other machines forbidden, in the program and all it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.runtime import paths
from desktop_app.runtime.logs import LOG_FILE
from desktop_app.services.verifying import verify

ROOT = Path(__file__).resolve().parents[2]

# Loaded by Python itself before anything else, in each process that inherits PYTHONPATH.
FORBIDDEN = """
import os, socket, sys

def refuse(event, arguments):
    if not event.startswith("socket."):
        return
    is_local = event == "socket.__new__" and arguments[1] == getattr(socket, "AF_UNIX", None)
    addressed = arguments[0] if arguments else None
    is_local = is_local or getattr(addressed, "family", None) == getattr(socket, "AF_UNIX", None)
    if is_local or event in ("socket.gethostname", "socket.sethostname"):
        return
    with open(os.environ["SOCKETS_ASKED_FOR"], "a") as log:
        log.write(f"{os.getpid()} {event} {arguments}\\n")
    raise OSError(f"forbidden in this test: {event}")

sys.addaudithook(refuse)
with open(os.environ["PROCESSES"], "a") as log:
    log.write(f"{' '.join(sys.orig_argv[1:])[:200]!r}\\n")
"""

JOURNEY = """
import logging, sys
from pathlib import Path

from desktop_app import cli
from desktop_app.report.text.model import Text
from desktop_app.runtime import logs, paths
from desktop_app.services.reports import read_report
from desktop_app.services.submitting import change_file
from tests.support.reviewed_workbooks import COMMENT, DECISION, exported_workbook, reviewed, says

folder, key = Path(sys.argv[1]), Path(sys.argv[2])
# The program gives the processes it starts hardly any environment; they are to be watched all the same.
sys.executable = sys.argv[3]
report, out = folder / "norway.adesk", folder / "out"
out.mkdir()

logs.start_logging(paths.log_folder())
logging.getLogger().setLevel(logging.DEBUG)
logging.getLogger("journey").info("begun")

def run(*arguments, ends=(0,)):
    code = cli.main([str(each) for each in arguments])
    assert code in ends, (arguments, code)

def fill(session):
    session.type("cover.authority", Text.plain("Ministry of Justice"))
    session.add_row("T1.planned", {"description": Text.plain("Train every judge")})

run("keys", "make", "--key-passphrase-file", key)
run("new", report, "--form", "ga-commitments", "--country", "NO")
change_file(report, None, fill, who="Ana")
run("check", report, ends=(0, 1))
sent = folder / "albania.adesk"
run("import", sent, "tests/data/albania-2013.md")
run("submit", sent, "--to", out, "--key-passphrase-file", key)
package = next(out.glob("*-s1.zip"))
run("verify", package, "--report", sent)
workbook = exported_workbook(sent, folder / "again")
row = read_report(sent).lists["T1.undertaken"].rows[0].id
said = says(f"T1.undertaken/{row}", {COMMENT: "Which?", DECISION: "correction"})
back = reviewed(workbook, folder / "back.xlsx", said)
run("review", sent, back, "--apply")
(folder / "broken.json").write_text('{"Train every judge": ')
run("import", folder / "broken.adesk", folder / "broken.json", ends=(2,))
run("export", sent, "--to", out, "--replace", "--key-passphrase-file", key)
"""


@pytest.fixture
def alone(tmp_path: Path) -> dict[str, str]:
    """The environment of a computer without a network."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(FORBIDDEN, "utf-8")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(hooks), str(ROOT)]),
        "SOCKETS_ASKED_FOR": str(tmp_path / "asked"),
        "PROCESSES": str(tmp_path / "processes"),
    }


def run(alone: dict[str, str], script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT, env=alone, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_it_would_be_seen(alone: dict[str, str], tmp_path: Path) -> None:
    for script in (
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "import subprocess, sys\n"
        "sys.exit(subprocess.call([sys.executable, '-c', 'import socket; socket.socket()']))",
    ):
        assert run(alone, script).returncode != 0
    assert len((tmp_path / "asked").read_text("utf-8").splitlines()) == 4
    assert run(alone, "import socket; socket.socket(socket.AF_UNIX)").returncode == 0


def test_the_whole_way_of_a_report(alone: dict[str, str], tmp_path: Path) -> None:
    secret = tmp_path / "passphrase.txt"
    secret.write_text("four words of mine\n", "utf-8")
    folder = tmp_path / "reports"
    folder.mkdir()
    watched = tmp_path / "python"
    named = ("PYTHONPATH", "SOCKETS_ASKED_FOR", "PROCESSES")
    lines = [
        "#!/bin/sh",
        *(f"export {name}='{alone[name]}'" for name in named),
        f"exec '{sys.executable}' \"$@\"",
    ]
    watched.write_text("\n".join(lines) + "\n", "utf-8")
    watched.chmod(0o755)
    done = run(alone, JOURNEY, folder, secret, watched)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / "asked").exists()
    # The processes that set pages and read what came from outside were watched as well.
    processes = (tmp_path / "processes").read_text("utf-8")
    assert "_typeset" in processes and "_read-workbook" in processes
    # Of all that, no word of an answer or of a file that was read is in the log.
    log = (paths.log_folder() / LOG_FILE).read_text("utf-8")
    assert "journey: begun" in log
    report = (ROOT / "tests" / "data" / "albania-2013.md").read_text("utf-8")
    phrases = [line[:30] for line in report.splitlines() if len(line) > 60]
    assert len(phrases) > 20
    assert not [each for each in (*phrases, "Ministry of Justice", "Train every judge") if each in log]
    (package,) = (folder / "out").glob("*.zip")
    assert package.name.endswith("-s1.zip") and verify(package).intact
