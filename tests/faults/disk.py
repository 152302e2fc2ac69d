"""A disk whose power may be cut: what a program asked of it, and every state it may be found in.

What was flushed is there. What was not may be lost, may have come in another order, or in part: a
sector of 512 bytes is whole or old. Names (made, renamed, removed) come in their order, but only those
before the last flush of their folder are sure. Flushing a file does not make its name sure.
"""

from __future__ import annotations

import base64
import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Step:
    """One thing asked of the disk. ``name`` and ``to`` are relative to the folder that is watched.

    ``kind``: open, write, truncate, flush, flush_folder, rename, link, unlink, or tell (a line said).
    """

    kind: str
    name: str = ""
    to: str = ""
    offset: int = 0
    data: bytes = b""


@dataclass(slots=True)
class Recording:
    """What a program asked of the disk from a known beginning."""

    before: dict[str, bytes]
    steps: list[Step]

    def save(self, path: Path) -> None:
        """Keep it, small."""
        plain: dict[str, Any] = {
            "before": {name: _words(data) for name, data in self.before.items()},
            "steps": [[s.kind, s.name, s.to, s.offset, _words(s.data)] for s in self.steps],
        }
        path.write_bytes(gzip.compress(json.dumps(plain).encode(), mtime=0))

    @classmethod
    def load(cls, path: Path) -> Recording:
        """Read what ``save`` wrote."""
        plain = json.loads(gzip.decompress(path.read_bytes()))
        return cls(
            {name: _bytes(words) for name, words in plain["before"].items()},
            [Step(kind, name, to, offset, _bytes(words)) for kind, name, to, offset, words in plain["steps"]],
        )


def _words(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(words: str) -> bytes:
    return base64.b64decode(words)


# Reading what strace wrote

_CALL = re.compile(r"^(?P<pid>\d+)\s+(?P<rest>.*)$")
_STRING = r'"((?:\\x[0-9a-f]{2})*)"'
_HANDLE = r"(\d+)(?:<([^>]*)>)?"


def _text(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def _path(words: str) -> str:
    return _text(words).decode("utf-8", "surrogateescape") if words.startswith("\\x") else words


class StraceLog:
    """Turns a log of strace (``-f -y -xx -s`` large) into steps in one folder.

    ``told`` is the file whose lines are what the program has told.
    """

    CALLS = (
        "openat,write,pwrite64,lseek,ftruncate,fsync,fdatasync,sendfile,"
        "rename,renameat,renameat2,link,linkat,unlink,unlinkat"
    )

    def __init__(self, folder: Path, told: Path, before: dict[str, bytes]) -> None:
        """``folder`` is watched; ``before`` is what it holds at first."""
        self._folder, self._told = folder.resolve(), told
        self._open: dict[str, tuple[str, int]] = {}
        self._contents = {name: bytearray(data) for name, data in before.items()}

    def steps(self, lines: Iterator[str]) -> Iterator[Step]:
        """The steps, in the order in which their calls returned."""
        unfinished: dict[str, str] = {}
        for line in lines:
            found = _CALL.match(line.rstrip("\n"))
            if found is None:
                continue
            pid, rest = found["pid"], found["rest"]
            if rest.endswith("<unfinished ...>"):
                unfinished[pid] = rest.removesuffix("<unfinished ...>").rstrip()
                continue
            if rest.startswith("<... ") and pid in unfinished:
                rest = unfinished.pop(pid) + rest.partition("resumed>")[2].lstrip()
            name, _bracket, arguments = rest.partition("(")
            result = rest.rpartition(" = ")[2].split(" ")[0]
            reader = getattr(self, f"_on_{name}", None)
            if reader is not None and not result.startswith("-"):
                yield from reader(arguments, result)

    def _inside(self, words: str) -> str | None:
        """The name of a path below the folder, or None."""
        path = Path(_path(words))
        return str(path.relative_to(self._folder)) if path.is_relative_to(self._folder) else None

    def _on_openat(self, arguments: str, result: str) -> Iterator[Step]:
        found = re.search(rf"{_STRING}, ([A-Z_|]+)", arguments)
        if found is None:
            return
        path = Path(_text(found[1]).decode("utf-8", "surrogateescape"))
        handle = result.split("<", maxsplit=1)[0]
        self._open[handle] = (str(path), 0)
        name = self._inside(str(path))
        if name is None or "O_DIRECTORY" in found[2] or path == self._folder:
            return
        if "O_CREAT" in found[2] and name not in self._contents:
            self._contents[name] = bytearray()
            yield Step("open", name)
        if "O_TRUNC" in found[2]:
            self._contents[name] = bytearray()
            yield Step("truncate", name, offset=0)

    def _at(self, words: str) -> tuple[str, str]:
        """Handle and path of a call's first argument."""
        found = re.match(_HANDLE, words)
        assert found is not None, words
        path = _path(found[2]) if found[2] else self._open.get(found[1], ("", 0))[0]
        return found[1], path

    def _write(self, name: str, offset: int, data: bytes) -> Step:
        content = self._contents.setdefault(name, bytearray())
        content.extend(bytes(max(0, offset - len(content))))
        content[offset : offset + len(data)] = data
        return Step("write", name, offset=offset, data=data)

    def _on_write(self, arguments: str, result: str) -> Iterator[Step]:
        handle, path = self._at(arguments)
        found = re.search(_STRING, arguments)
        data = _text(found[1])[: int(result)] if found else b""
        if path == str(self._told):
            yield Step("tell", data=data)
            return
        offset = self._open.get(handle, ("", 0))[1]
        self._open[handle] = (path, offset + len(data))
        name = self._inside(path)
        if name is not None:
            yield self._write(name, offset, data)

    def _on_pwrite64(self, arguments: str, result: str) -> Iterator[Step]:
        _handle, path = self._at(arguments)
        found = re.search(rf"{_STRING}, \d+, (\d+)\)", arguments)
        name = self._inside(path)
        if name is not None:
            assert found is not None, arguments[-80:]
            yield self._write(name, int(found[2]), _text(found[1])[: int(result)])

    def _on_lseek(self, arguments: str, result: str) -> Iterator[Step]:
        handle, path = self._at(arguments)
        self._open[handle] = (path, int(result))
        yield from ()

    def _on_sendfile(self, arguments: str, result: str) -> Iterator[Step]:
        handle, path = self._at(arguments)
        source, from_path = self._at(arguments.partition(", ")[2])
        name, from_name, count = self._inside(path), self._inside(from_path), int(result)
        offset, from_offset = self._open.get(handle, ("", 0))[1], self._open.get(source, ("", 0))[1]
        told = re.search(r"\[(\d+)\] => \[\d+\]", arguments)
        if told is not None:
            from_offset = int(told[1])
        else:
            self._open[source] = (from_path, from_offset + count)
        self._open[handle] = (path, offset + count)
        if name is not None and count:
            content = self._contents[from_name] if from_name is not None else Path(from_path).read_bytes()
            yield self._write(name, offset, bytes(content[from_offset : from_offset + count]))

    def _on_ftruncate(self, arguments: str, result: str) -> Iterator[Step]:
        _handle, path = self._at(arguments)
        name, size = self._inside(path), re.search(r", (\d+)\)", arguments)
        if name is not None:
            assert size is not None, arguments
            content = self._contents.setdefault(name, bytearray())
            del content[int(size[1]) :]
            content.extend(bytes(int(size[1]) - len(content)))
            yield Step("truncate", name, offset=int(size[1]))

    def _on_fsync(self, arguments: str, result: str) -> Iterator[Step]:
        _handle, path = self._at(arguments)
        name = self._inside(path)
        if name is not None:
            yield Step("flush" if name in self._contents else "flush_folder", name)

    _on_fdatasync = _on_fsync

    def _two(self, kind: str, arguments: str) -> Iterator[Step]:
        found = re.findall(_STRING, arguments)
        old, new = (self._inside(_text(each).decode("utf-8", "surrogateescape")) for each in found)
        if old is not None and new is not None:
            if old in self._contents:
                content = self._contents[old]
                if kind == "rename":
                    del self._contents[old]
                self._contents[new] = content
            yield Step(kind, old, new)

    def _on_rename(self, arguments: str, result: str) -> Iterator[Step]:
        yield from self._two("rename", arguments)

    def _on_link(self, arguments: str, result: str) -> Iterator[Step]:
        yield from self._two("link", arguments)

    def _on_unlink(self, arguments: str, result: str) -> Iterator[Step]:
        found = re.search(_STRING, arguments)
        name = self._inside(_text(found[1]).decode("utf-8", "surrogateescape")) if found else None
        if name is not None:
            self._contents.pop(name, None)
            yield Step("unlink", name)

    _on_renameat = _on_renameat2 = _on_rename
    _on_linkat = _on_link
    _on_unlinkat = _on_unlink


# The disk


@dataclass(slots=True)
class _Inode:
    """The content of a file: what is sure of it, and what was asked since."""

    sure: bytearray = field(default_factory=bytearray)
    pending: list[Step] = field(default_factory=list)

    def flush(self) -> None:
        for step in self.pending:
            _apply(self.sure, step)
        self.pending.clear()

    def after_cut(self, how: str, chance: random.Random) -> bytes:
        content = bytearray(self.sure)
        if how == "everything":
            for step in self.pending:
                _apply(content, step)
        elif how == "torn":
            steps = [step for step in self.pending if chance.random() < 0.6]
            if chance.random() < 0.5:
                chance.shuffle(steps)
            for step in steps:
                _apply(content, step, chance)
        return bytes(content)


def _apply(content: bytearray, step: Step, chance: random.Random | None = None) -> None:
    if step.kind == "truncate":
        del content[step.offset :]
        content.extend(bytes(step.offset - len(content)))
        return
    tears = chance is not None and chance.random() < 0.5
    place, end = step.offset, step.offset + len(step.data)
    while place < end:
        stop = min(end, (place // SECTOR + 1) * SECTOR)
        if not tears or (chance is not None and chance.random() < 0.5):
            content.extend(bytes(max(0, place - len(content))))
            content[place:stop] = step.data[place - step.offset : stop - step.offset]
        place = stop


class Disk:
    """Takes steps, and says what is found on it after a cut. ``lies``: it takes no flush seriously."""

    def __init__(self, before: dict[str, bytes], *, lies: bool = False) -> None:
        """What is on it at first is sure."""
        self._names = {name: _Inode(bytearray(data)) for name, data in before.items()}
        self._sure_names = dict(self._names)
        self._pending: list[tuple[Step, _Inode | None]] = []
        self._lies = lies

    def take(self, step: Step) -> None:
        """Do what was asked."""
        names = self._names
        match step.kind:
            case "open":
                names[step.name] = _Inode()
                self._pending.append((step, names[step.name]))
            case "write" | "truncate":
                names[step.name].pending.append(step)
            case "flush":
                if not self._lies:
                    names[step.name].flush()
            case "flush_folder":
                if not self._lies:
                    self._sure_names = self._named(len(self._pending))
                    self._pending.clear()
            case "rename" | "link" | "unlink":
                inode = names.get(step.name)
                if inode is not None:
                    self._pending.append((step, inode))
                    _rename(names, step, inode)

    def _named(self, count: int) -> dict[str, _Inode]:
        names = dict(self._sure_names)
        for step, inode in self._pending[:count]:
            assert inode is not None
            _rename(names, step, inode)
        return names

    def after_cut(self, how: str, chance: random.Random) -> dict[str, bytes]:
        """What is found: ``nothing`` that is not sure, ``names`` alone, ``everything``, or some ``torn``."""
        count = {"nothing": 0, "torn": chance.randint(0, len(self._pending))}.get(how, len(self._pending))
        return {name: inode.after_cut(how, chance) for name, inode in self._named(count).items()}


def _rename(names: dict[str, _Inode], step: Step, inode: _Inode) -> None:
    if step.kind == "open":
        names[step.name] = inode
    if step.kind in ("rename", "unlink"):
        names.pop(step.name, None)
    if step.kind in ("rename", "link"):
        names[step.to] = inode
