"""From the start of the process to the first paint, against a QMainWindow of that size with nothing in it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figure import Figure, compare_timed

LIMIT = 1.6

HERE = Path(__file__).parent


def measure() -> list[Figure]:
    """The one figure of this module."""
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(folder)
        register = Path(folder) / "sample.coi"
        _run(["-m", "coi_desktop", "new", str(register), "--sample"], environment)
        program = ["-m", "benchmarks.first_paint", str(register)]
        size = _run(program, environment).split()[1:]
        empty = ["-m", "benchmarks.empty_window", *size]
        if _run(empty, environment).split()[1:] != size:
            raise RuntimeError("the empty window is not as large as the program's")
        figure = compare_timed(
            "start to first paint",
            lambda: _seconds(program, environment),
            lambda: _seconds(empty, environment),
            LIMIT,
        )
    return [figure]


def _environment(folder: str) -> dict[str, str]:
    """A user of its own, no screen, and bytecode as an installed program has it."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "LC_ALL": "C.UTF-8",
        **dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), folder),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _seconds(arguments: list[str], environment: dict[str, str]) -> float:
    """Seconds from starting the process until the window had painted."""
    start = time.time()
    return float(_run(arguments, environment).split()[0]) - start


def _run(arguments: list[str], environment: dict[str, str]) -> str:
    """What a process of ours prints."""
    return subprocess.run(
        [sys.executable, *arguments],
        check=True,
        cwd=HERE.parent,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
    ).stdout
