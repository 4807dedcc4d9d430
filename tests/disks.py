"""Disks and folders that refuse: mounted read-only or full, for root does not notice chmod."""

from __future__ import annotations

import contextlib
import os
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
