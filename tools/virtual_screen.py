"""A private virtual screen: programs with windows are started on it, driven and photographed.

Needs what `tools/system_libraries.py screen` names. The X server picks a free number, so several may run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STARTUP_SECONDS = 10.0
STEP_SECONDS = 0.1


@dataclass(frozen=True)
class Screen:
    """A running virtual screen; `environment` leads a program to it."""

    environment: Mapping[str, str]

    def run(self, *command: str, check: bool = False) -> str:
        """A tool's output on this screen."""
        done = subprocess.run(
            command, env=dict(self.environment), capture_output=True, text=True, timeout=60, check=check
        )
        return done.stdout

    def wait_for_window(self, pid: int, seconds: float) -> str | None:
        """The id of the newest visible window of a process that has a title; None when the time is up."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = self.run("xdotool", "search", "--onlyvisible", "--pid", str(pid), "--name", ".+").split()
            if found:
                return found[-1]
            time.sleep(STEP_SECONDS)
        return None

    def title(self, window: str) -> str:
        """A window's title."""
        return self.run("xdotool", "getwindowname", window).strip()

    def size(self, window: str) -> tuple[int, int]:
        """A window's width and height in pixels."""
        lines = self.run("xdotool", "getwindowgeometry", "--shell", window).splitlines()
        values = dict(line.split("=", 1) for line in lines if "=" in line)
        return int(values.get("WIDTH", 0)), int(values.get("HEIGHT", 0))

    def colours(self, window: str) -> int:
        """How many colours a window shows: an empty or dead one shows one or two."""
        pipeline = subprocess.run(
            ["import", "-window", window, "-format", "%k", "info:-"],
            env=dict(self.environment), capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        return int(pipeline.stdout.strip() or 0)

    def photograph(self, window: str, picture: Path) -> None:
        """Writes a picture (PNG) of a window."""
        picture.parent.mkdir(parents=True, exist_ok=True)
        self.run("import", "-window", window, str(picture), check=True)


@contextmanager
def virtual_screen(size: str = "1280x900", keyboard: str = "dk") -> Iterator[Screen]:
    """A screen of this size for as long as the block lasts, with a window manager where there is one.

    Raises RuntimeError when the X server does not come up.
    """
    started: list[subprocess.Popen[bytes]] = []
    folder = Path(tempfile.mkdtemp(prefix="screen-"))
    try:
        reading, writing = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-dpi", "96"],
            pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        started.append(server)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("the virtual screen did not start")
        environment = {
            **os.environ,
            "DISPLAY": f":{number}",
            "QT_QPA_PLATFORM": "xcb",
            "XDG_RUNTIME_DIR": str(folder),
        }
        environment.pop("WAYLAND_DISPLAY", None)
        screen = Screen(environment)
        # Without the Danish layout xdotool types capital Æ, Ø and Å as small letters.
        screen.run("setxkbmap", keyboard)
        if shutil.which("openbox"):
            started.append(
                subprocess.Popen(
                    ["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
            )
            time.sleep(STEP_SECONDS * 3)
        yield screen
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(STARTUP_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)
