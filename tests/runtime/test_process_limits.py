from __future__ import annotations

import ctypes
import subprocess
import sys

from desktop_app.runtime.process_limits import job_limits

MB = 1 << 20


class BasicLimits(ctypes.Structure):
    """As winnt.h has it."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_uint64),
        ("MaximumWorkingSetSize", ctypes.c_uint64),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_uint64),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """As winnt.h has it."""

    _fields_ = (
        ("BasicLimitInformation", BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_uint64),
        ("JobMemoryLimit", ctypes.c_uint64),
        ("PeakProcessMemoryUsed", ctypes.c_uint64),
        ("PeakJobMemoryUsed", ctypes.c_uint64),
    )


def said_by(body: str) -> str:
    """What a process says that has limited itself to 300 MB and 2 seconds."""
    start = (
        "from desktop_app.runtime.process_limits import limit_this_process\n"
        f"names = limit_this_process({300 * MB}, 2)\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", start + body], capture_output=True, text=True, timeout=60, check=False
    )
    return process.stdout.strip() or str(process.returncode)


def test_windows_gets_its_limits_where_its_job_looks_for_them() -> None:
    plain = job_limits(300 * MB, 2)
    assert len(plain) == ctypes.sizeof(ExtendedLimits) == 144
    limits = ExtendedLimits.from_buffer_copy(plain)
    basic = limits.BasicLimitInformation
    assert limits.ProcessMemoryLimit == 300 * MB
    assert basic.PerProcessUserTimeLimit == 2 * 10_000_000
    assert basic.ActiveProcessLimit == 1
    assert basic.LimitFlags == 0x2 | 0x8 | 0x100 | 0x400
    left_alone = [getattr(basic, name) for name, _type in BasicLimits._fields_[3:5]]
    assert [*left_alone, basic.PriorityClass, limits.JobMemoryLimit, *limits.IoInfo] == [0] * 10


def test_it_tells_the_limits_in_force() -> None:
    every = ["memory", "cpu", "files", "core"]
    wanted = {"linux": every, "win32": ["memory", "cpu", "processes"], "darwin": every[1:]}
    assert said_by("print(names)") == str(wanted[sys.platform])


def test_an_endless_computation_is_ended() -> None:
    assert said_by("while True: pass") not in ("", "0")
