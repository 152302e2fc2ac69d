"""Many short-lived processes of the real program, cheaply: a server that has it loaded forks each one.

Run as a module this is the server; ``Nursery`` is its client. A child runs one function with plain
arguments in a home folder of its own; it can be killed, limited or traced like any process, because
it is one.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.moments import reached

ROOT = Path(__file__).resolve().parents[2]
SOON = 60.0
"""Seconds after which a child that was expected to go on is said to hang."""


class HangsError(Exception):
    """A child did not do in time what it always does."""


class ChildError(Exception):
    """The function in a child failed; the words are its traceback."""


@dataclass(slots=True)
class Child:
    """A forked process. ``told`` is the file it reports to."""

    pid: int
    folder: Path
    nursery: Nursery
    status: int | None = None

    @property
    def told(self) -> list[str]:
        """The whole lines it has reported."""
        try:
            words = (self.folder / "told").read_text("utf-8", "surrogateescape")
        except FileNotFoundError:
            return []
        return words.splitlines()[: words.count("\n")]

    @property
    def errors(self) -> str:
        """What it wrote on its standard output and error."""
        names = ("out", "err")
        return "".join((self.folder / name).read_text("utf-8", "replace") for name in names)

    def wait_for(self, beginning: str, count: int = 1, seconds: float = SOON) -> list[str]:
        """Wait until it has reported ``count`` lines of this beginning; returns all lines."""

        def is_there() -> bool:
            return self.has_ended or sum(line.startswith(beginning) for line in self.told) >= count

        if not reached(is_there, seconds):
            raise HangsError(f"no “{beginning}” in {seconds} seconds")
        lines = self.told
        if sum(line.startswith(beginning) for line in lines) < count:
            raise ChildError(f"ended before “{beginning}”: {self.failure or self.errors}")
        return lines

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone, or a zombie."""
        return self.status is not None or self.state == "Z"

    @property
    def state(self) -> str:
        """The system's letter for it: ``T`` stopped, ``Z`` ended."""
        try:
            return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return "Z"

    def signal(self, number: int) -> None:
        """Send it a signal."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> float:
        """Kill it as nothing can prevent; returns when, as ``time.monotonic`` says."""
        moment = time.monotonic()
        self.signal(signal.SIGKILL)
        self.wait()
        return moment

    def wait(self, seconds: float = SOON) -> int:
        """Wait for its end; the exit code, negative for a signal."""
        if not reached(lambda: self.has_ended, seconds):
            self.signal(signal.SIGKILL)
            raise HangsError(f"still running after {seconds} seconds")
        if self.status is None:
            self.status = self.nursery.reap(self.pid)
        return self.status

    def result(self, seconds: float = SOON) -> Any:
        """Wait for its end; what its function returned. ChildError when it raised."""
        status = self.wait(seconds)
        if self.failure or status != 0:
            raise ChildError(self.failure or f"exit code {status}: {self.errors}")
        return json.loads((self.folder / "result").read_text())

    @property
    def failure(self) -> str:
        """The traceback of its function, or nothing."""
        return (self.folder / "failure").read_text("utf-8", "replace")


class Nursery:
    """One server. Its methods belong to one thread at a time."""

    def __init__(self) -> None:
        environment = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
        environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
        environment["TZ"] = "UTC"
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, task: str, folder: Path, home: Path, *, stopped: bool = False, **arguments: Any) -> Child:
        """Fork a child for ``task`` (``module:function``), reporting into ``folder``.

        ``stopped``: it waits for SIGCONT before it begins, so that it can be traced.
        """
        place = folder / f"child-{time.monotonic_ns()}"
        place.mkdir(parents=True)
        pid = self._ask(
            {
                "task": task,
                "arguments": arguments,
                "place": str(place),
                "home": str(home),
                "stopped": stopped,
            }
        )
        child = Child(pid, place, self)
        # A tracer that comes before the child stands still would miss that it is to go on.
        if stopped and not reached(lambda: child.state == "T", SOON):
            raise HangsError("it does not stand still")
        return child

    def run(self, task: str, folder: Path, home: Path, **arguments: Any) -> Any:
        """Run ``task`` in a child to its end; what it returned."""
        return self.start(task, folder, home, **arguments).result()

    def reap(self, pid: int) -> int:
        """The exit code of a child that has ended."""
        return os.waitstatus_to_exitcode(self._ask({"reap": pid}))

    def close(self) -> None:
        """End the server."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.close()
        self._server.wait()
        self._server.stdout.close()

    def _ask(self, request: dict[str, object]) -> int:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        print(json.dumps(request), file=self._server.stdin, flush=True)
        return int(self._server.stdout.readline())


@contextlib.contextmanager
def nursery() -> Iterator[Nursery]:
    """A server while the block runs."""
    server = Nursery()
    try:
        yield server
    finally:
        server.close()


def home_variables(home: Path) -> dict[str, str]:
    """Where a person's settings, documents, logs and temporary files are, all below one folder."""
    temporary = home / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    folders = {"CONFIG": "config", "DATA": "share", "STATE": "state", "CACHE": "cache"}
    return {
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "XDG_RUNTIME_DIR": str(temporary),
        **{f"XDG_{name}_HOME": str(home / place) for name, place in folders.items()},
    }


# The server


def _serve() -> None:
    # All that a child would otherwise load; no application, no thread.
    for name in ("window_scenes", "children"):
        importlib.import_module(f"tests.faults.{name}")
    requests, replies = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    with os.fdopen(requests) as lines:
        for line in lines:
            request = json.loads(line)
            answer = os.waitpid(request["reap"], 0)[1] if "reap" in request else os.fork()
            if answer == 0 and "reap" not in request:
                os.close(requests)
                os.close(replies)
                _be_child(request)
            os.write(replies, f"{answer}\n".encode())


def _be_child(request: dict[str, Any]) -> None:
    place = Path(request["place"])
    for name, descriptor in (("out", 1), ("err", 2)):
        handle = os.open(place / name, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        os.dup2(handle, descriptor)
        os.close(handle)
    (place / "failure").touch()
    os.environ.update(home_variables(Path(request["home"])))
    code = 0
    if request["stopped"]:
        os.kill(os.getpid(), signal.SIGSTOP)
    try:
        module, _colon, name = request["task"].partition(":")
        function = getattr(importlib.import_module(module), name)
        result = function(place, **request["arguments"])
        (place / "result").write_text(json.dumps(result))
    except SystemExit as error:
        code = int(error.code or 0)
    except BaseException:  # noqa: BLE001 - the parent tells what it was
        (place / "failure").write_text(traceback.format_exc(), "utf-8", "surrogateescape")
        code = 70
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
