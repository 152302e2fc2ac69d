"""What a process of the program may use that works on what came from outside: set by itself, before all else.

Linux and macOS limit a process by its resources, Windows as the only member of a job. The clock, and the
size of what comes back, are watched by whoever started it.
"""

from __future__ import annotations

import struct
import sys

_JOB_TIME, _JOB_PROCESSES, _JOB_MEMORY, _JOB_ENDS_QUIETLY = 0x2, 0x8, 0x100, 0x400
_TICKS = 10_000_000
"""Windows counts processor time in steps of 100 nanoseconds."""
_JOB_LIMITS = struct.Struct("=qqI4xQQI4xQII" + "48x" + "QQQQ")
"""``JOBOBJECT_EXTENDED_LIMIT_INFORMATION`` of 64-bit Windows, winnt.h; what only the system writes is 0."""
_EXTENDED_LIMITS = 9


def limit_this_process(memory: int, cpu_seconds: int) -> list[str]:
    """Limit this process as far as the system can; the names of the limits that are in force.

    ``memory``: bytes, of address space or, on Windows, of memory it may have written to. Where it can be
    settled the process writes no file (Linux, macOS) and starts no other one (Windows).
    """
    if sys.platform == "win32":
        return _limit_in_job(job_limits(memory, cpu_seconds))
    return _limit_resources(memory, cpu_seconds)


def job_limits(memory: int, cpu_seconds: int) -> bytes:
    """The limits as Windows takes them for a job."""
    flags = _JOB_TIME | _JOB_PROCESSES | _JOB_MEMORY | _JOB_ENDS_QUIETLY
    return _JOB_LIMITS.pack(cpu_seconds * _TICKS, 0, flags, 0, 0, 1, 0, 0, 0, memory, 0, 0, 0)


if sys.platform == "win32":

    def _limit_in_job(limits: bytes) -> list[str]:
        """One job for this process alone; it lasts as long as the process."""
        import ctypes

        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.SetInformationJobObject.argtypes = (
            ctypes.c_void_p,
            ctypes.c_int,
            ctypes.c_char_p,
            ctypes.c_uint32,
        )
        kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = kernel.CreateJobObjectW(None, None)
        if not job or not kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, limits, len(limits)):
            return []
        if not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
            return []
        return ["memory", "cpu", "processes"]

else:

    def _limit_resources(memory: int, cpu_seconds: int) -> list[str]:
        import resource

        limits = {
            "memory": (resource.RLIMIT_AS, memory),
            "cpu": (resource.RLIMIT_CPU, cpu_seconds),
            "files": (resource.RLIMIT_FSIZE, 0),
            "core": (resource.RLIMIT_CORE, 0),
        }
        in_force = []
        for name, (limit, most) in limits.items():
            try:
                resource.setrlimit(limit, (most, most))
            except (ValueError, OSError):  # macOS knows no limit of memory
                continue
            in_force.append(name)
        return in_force
