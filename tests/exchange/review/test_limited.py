from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.exchange.review.limited import (
    COMMAND,
    environment,
    found_in,
    own_command,
    read_limited,
    wall_seconds,
)
from desktop_app.exchange.review.limited_process import CPU_SECONDS, MEMORY, answer, cpu_seconds
from desktop_app.exchange.review.reasons import ReturnedError
from tests.support.workbooks import example_workbook

MB = 1024 * 1024


def script(body: str) -> list[str]:
    return [sys.executable, "-c", body]


def refusal(body: str, data: bytes = b"x", seconds: float = 60) -> str:
    with pytest.raises(ReturnedError) as caught:
        read_limited("a.xlsx", data, command=script(body), seconds=seconds)
    return caught.value.sentence


def limited(body: str) -> str:
    """What a process prints that has first limited itself as the reading one does."""
    start = (
        "import sys\n"
        "from desktop_app.exchange.review.limited_process import CPU_SECONDS, MEMORY\n"
        "from desktop_app.runtime.process_limits import limit_this_process\n"
        "names = limit_this_process(MEMORY, CPU_SECONDS)\n"
    )
    process = subprocess.run(
        script(start + body), capture_output=True, text=True, timeout=60, check=False, env=environment()
    )
    return process.stdout.strip() + process.stderr


def test_the_program_reads_a_workbook_in_a_process_of_its_own() -> None:
    found = read_limited("a.xlsx", example_workbook())
    assert found["sheets"][0]["name"] == "Cover"
    assert own_command(5)[-2:] == [COMMAND, "5"]


def test_every_limit_is_in_force_where_the_system_has_it() -> None:
    process = subprocess.run(
        own_command(0), input=example_workbook(), capture_output=True, timeout=60, check=True
    )
    wanted = {"linux": ["memory", "cpu", "files", "core"], "win32": ["memory", "cpu", "processes"]}
    assert json.loads(process.stdout.splitlines()[-1])["limited"] == wanted.get(
        sys.platform, ["cpu", "files", "core"]
    )


def test_the_process_writes_no_file(tmp_path: Path) -> None:
    target = tmp_path / "file"
    said = limited(
        "import signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"try:\n    open({str(target)!r}, 'wb', 0).write(b'x')\nexcept OSError: print('no file')"
    )
    assert said == "no file"
    assert target.read_bytes() == b""


def test_the_process_gets_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLIANCE_DESK_PASSPHRASE", "secret")
    monkeypatch.setenv("SOME_TOKEN", "secret")
    assert "secret" not in environment().values()
    body = "import json, os; print(json.dumps({'names': dict(os.environ)}))"
    assert "secret" not in json.dumps(read_limited("a.xlsx", b"", command=script(body)))


def test_a_process_that_hangs_is_ended() -> None:
    assert "took too long" in refusal("import sys, threading; threading.Event().wait()", seconds=1)


def test_what_a_process_has_started_ends_with_it(tmp_path: Path) -> None:
    """The other end of a pipe is closed when nobody holds it any more."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    waiting = (
        f"import threading; pipe = open({str(pipe)!r}, 'wb', 0); pipe.write(b'up'); threading.Event().wait()"
    )
    body = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {waiting!r}]).wait()"
    try:
        assert "took too long" in refusal(body, seconds=8)
        assert os.read(reader, 2) == b"up"
        ready, _writing, _failed = select.select([reader], [], [], 30)
        assert ready and os.read(reader, 1) == b""
    finally:
        os.close(reader)


def test_a_process_that_dies_gives_one_sentence() -> None:
    assert "asks for more" in refusal("import os; os._exit(9)")
    assert "asks for more" in refusal("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", b"x" * MB)


def test_a_process_that_says_too_much_is_ended() -> None:
    body = "import sys\nwhile True: sys.stdout.write('x' * (1 << 20))"
    assert "far more than any report" in refusal(body)


@pytest.mark.parametrize(
    "output",
    [
        "nothing",
        "[]",
        "{}",
        '{"workbook": 1}',
        '{"rows": []}\n{"names": [], "seen": []}',
        '{"name": "A"}\n{"rows": 1}\n{"names": [], "seen": []}',
        '{"name": "A"}\n\n{"names": [], "seen": []}',
        '{"workbook": NaN}',
        '{"a": 1, "a": 2}',
        "[" * 100,
        '{"refused": "x"}',
    ],
)
def test_nothing_but_strict_json_is_taken_from_it(output: str) -> None:
    assert "damaged" in refusal(f"print({output!r})")


def test_a_program_that_cannot_be_started_is_said() -> None:
    with pytest.raises(ReturnedError, match="could not be started"):
        read_limited("a.xlsx", b"", command=["/nowhere/program"])


def test_only_large_files_get_more_time() -> None:
    assert cpu_seconds(0) == cpu_seconds(MB - 1) == CPU_SECONDS == 10
    assert wall_seconds(0) == 30
    assert cpu_seconds(10 * MB) == 50
    assert cpu_seconds(1000 * MB) == 120


def test_no_file_gets_more_memory() -> None:
    assert MEMORY == 700 * MB
    body = f"try:\n    x = bytearray({MEMORY})\nexcept MemoryError: print('no memory')"
    assert limited(body) == "no memory"


def test_whatever_happens_the_process_answers() -> None:
    assert [json.loads(line)["refused"] for line in answer(b"", [])] == ["no workbook"]
    *_found, verdict = answer(example_workbook()[:-100], ["x"])
    assert json.loads(verdict)["limited"] == ["x"]


def test_a_workbook_that_turns_out_to_be_damaged_is_not_read_in_part() -> None:
    *found, verdict = answer(example_workbook(), [])
    assert len(found) > 20 and "refused" not in json.loads(verdict)
    refused = json.dumps({"refused": "damaged"}).encode() + b"\n"
    with pytest.raises(ReturnedError, match="damaged"):
        found_in("a.xlsx", b"".join([*found, refused]))
    with pytest.raises(ReturnedError, match="damaged"):
        found_in("a.xlsx", b"".join(found))
