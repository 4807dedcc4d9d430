"""Limits a child sets on itself before it touches a stranger's file: memory, processor time, no files
written.

POSIX has them as resource limits; Windows as a job object, here through ctypes in one small function. macOS
does not enforce a limit of the address space: there the parent's limit of time and the counted cells remain.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("Basic", _BasicLimits),
            ("IoCounters", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    _EXTENDED_LIMIT_INFORMATION = 9
    _LIMIT_TIME, _LIMIT_MEMORY, _DIE_ON_UNHANDLED_EXCEPTION = 0x2, 0x100, 0x400

    def limit_this_program(memory_mb: int, seconds: int) -> None:
        """As on POSIX, by joining a job object of its own; OSError when Windows does not allow it."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE,
            ctypes.c_int,
            ctypes.c_void_p,
            wintypes.DWORD,
        )
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        limits = _ExtendedLimits()
        limits.Basic.LimitFlags = _LIMIT_TIME | _LIMIT_MEMORY | _DIE_ON_UNHANDLED_EXCEPTION
        limits.Basic.PerProcessUserTimeLimit = seconds * 10_000_000  # in steps of 100 ns
        limits.ProcessMemoryLimit = memory_mb * 2**20
        job = kernel.CreateJobObjectW(None, None)
        size = ctypes.sizeof(limits)
        if not (
            job
            and kernel.SetInformationJobObject(job, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), size)
            and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
        ):
            raise ctypes.WinError(ctypes.get_last_error())

else:
    import contextlib
    import resource

    def limit_this_program(memory_mb: int, seconds: int) -> None:
        """Let this running program have at most so much memory and processor time, and write no file.

        Asking for more memory then fails inside the program (MemoryError, or an abort of a library); using
        more time ends it. Limits cannot be taken back.
        """
        for limit, value in (
            (resource.RLIMIT_AS, memory_mb * 2**20),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
        ):
            hard = resource.getrlimit(limit)[1]
            allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
            # A little time above the soft limit: the signal then says which limit was met.
            above = allowed + (limit == resource.RLIMIT_CPU and hard == resource.RLIM_INFINITY)
            with contextlib.suppress(ValueError, OSError):  # not every system enforces every limit
                resource.setrlimit(limit, (allowed, above))
