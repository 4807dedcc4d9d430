"""Runs the reading of a stranger's file in a child with limits on memory and time, and brings back its
messages.

A legal workbook of 1.4 KB can make a reader ask for 549 GB and abort; that must end a child and never the
program. The child is this very program, started with a hidden argument (so it works in a source tree,
installed and built); it gets one request as JSON on its standard input and answers in JSON lines. Nothing is
ever unpickled.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from typing import IO, Any, Literal

from coi_desktop.errors import Problem
from coi_desktop.i18n import _

#: The hidden argument that turns the program into a reading child.
CHILD_ARGUMENT = "--read-table"

Message = dict[str, Any]

_MOST_WAITING_LINES = 10_000
_HEARTBEAT = 0.1


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: memory in MB, time in seconds, cells it may hand over."""

    memory_mb: int = 512
    seconds: int = 20
    cells: int = 2_000_000


class ChildError(Exception):
    """The child did not come to its end.

    ``reason``: ``memory`` or ``time`` when it met a limit, ``refused`` when a reader could not read the file
    (the text names its exception), ``died`` when it ended without a word.
    """

    def __init__(self, reason: Literal["memory", "time", "refused", "died"], detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def iter_child_messages(
    task: str, arguments: Mapping[str, Any], limits: Limits
) -> Generator[Message | None, None, None]:
    """Run ``task`` in a child and yield its messages; None every tenth of a second while it is silent.

    Closing the generator ends the child. Raises ChildError when the child met a limit, failed or died;
    messages before that may be incomplete. The child is gone in every case.
    """
    request = {
        "task": task,
        "arguments": dict(arguments),
        "memory_mb": limits.memory_mb,
        "seconds": limits.seconds,
        "cells": limits.cells,
    }
    try:
        child = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            process_group=0 if os.name == "posix" else None,  # Ctrl-C is the parent's, which ends the child
        )
    except OSError as error:
        raise _unstarted(error) from error
    assert child.stdin is not None
    assert child.stdout is not None
    deadline = time.monotonic() + limits.seconds
    lines: Queue[bytes | None] = Queue(_MOST_WAITING_LINES)
    pump = threading.Thread(target=_pump, args=(child.stdout, lines), name="reading child", daemon=True)
    pump.start()
    try:
        with suppress(OSError):  # a child that died at once has closed its end; its exit status tells why
            child.stdin.write(json.dumps(request).encode())
            child.stdin.close()
        finished = yield from _iter_lines(lines, deadline)
        _check_end(child, deadline)
        if not finished:
            raise ChildError("died", "no end")
    finally:
        _end(child, pump, lines)


def _unstarted(error: OSError) -> Problem:
    return Problem(
        _("The part of the program that reads lists cannot be started ({why}).").format(why=error.strerror),
        meaning=_("Nothing was imported or changed."),
        advice=_("Close other programs and try again; if it goes on, install COI Desktop anew."),
        code="no_child",
    )


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_ARGUMENT]
    return [sys.executable, "-m", "coi_desktop", CHILD_ARGUMENT]


def _environment() -> dict[str, str]:
    """Where the child finds this package, wherever the program was started from."""
    if getattr(sys, "frozen", False):
        return dict(os.environ)
    places = [str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(place for place in places if place)}


def _pump(source: IO[bytes], lines: Queue[bytes | None]) -> None:
    with suppress(ValueError, OSError):  # closed under us: the parent has stopped listening
        for line in source:
            lines.put(line)
    lines.put(None)


def _iter_lines(lines: Queue[bytes | None], deadline: float) -> Generator[Message | None, None, bool]:
    """The child's messages; returns whether it said that it had come to the end."""
    finished = False
    while True:
        try:
            line = lines.get(timeout=_HEARTBEAT)
        except Empty:
            if time.monotonic() > deadline:
                raise ChildError("time") from None
            yield None
            continue
        if line is None:
            return finished
        message = json.loads(line)
        if "failed" in message:
            raise ChildError("memory" if message["failed"] == "MemoryError" else "refused", message["failed"])
        finished = finished or "end" in message
        yield message


def _check_end(child: subprocess.Popen[bytes], deadline: float) -> None:
    try:
        status = child.wait(timeout=max(1.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise ChildError("time") from None
    if status == 0:
        return
    if status == -getattr(signal, "SIGXCPU", 0):
        raise ChildError("time")
    raise ChildError("died", f"exit status {status}")


def _end(child: subprocess.Popen[bytes], pump: threading.Thread, lines: Queue[bytes | None]) -> None:
    """Leave neither a child, nor a zombie, nor a thread, nor an open pipe."""
    child.kill()
    child.wait()
    while pump.is_alive():
        with suppress(Empty):
            while True:
                lines.get_nowait()
        pump.join(0.01)
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
