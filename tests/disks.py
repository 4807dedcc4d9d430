"""Disks, folders and users that refuse: mounted read-only, full, or not root, who does not notice chmod."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

LINUX_ROOT = sys.platform == "linux" and os.geteuid() == 0
needs_root = pytest.mark.skipif(not LINUX_ROOT, reason="needs root on Linux")


def mounted(*arguments: str) -> None:
    """Mount something, or skip where that is not allowed (in a container)."""
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"mount: {done.stderr.strip()}")


@contextlib.contextmanager
def unmounting(folder: Path) -> Iterator[None]:
    """Unmount at the end."""
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False, capture_output=True)


@contextlib.contextmanager
def write_protected(folder: Path) -> Iterator[None]:
    """Nobody can write into the folder inside the block, root included."""
    if not LINUX_ROOT:
        folder.chmod(0o500)
        try:
            yield
        finally:
            folder.chmod(0o700)
        return
    mounted("--bind", str(folder), str(folder))
    with unmounting(folder):
        mounted("-o", "remount,ro,bind", str(folder))
        yield


def run_as_nobody(*arguments: str, language: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments as a user without rights; skips where that user cannot read it."""
    if not LINUX_ROOT or shutil.which("setpriv") is None:
        pytest.skip("needs root on Linux, and setpriv")
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable)
    environment = os.environ | {
        "LC_ALL": language,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def run(*python: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*nobody, *python],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
            cwd="/",
            env=environment,
        )

    if run("-c", "import coi_desktop.store.register, coi_desktop.cli.main").returncode != 0:
        pytest.skip("the program itself cannot be read by another user here")
    return run(*arguments)
