"""After a power cut at any moment the register is sound and holds every edit that was said to be saved."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.machines.power_cut import Replay, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: the disk is played here, not used."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as place:
        yield Path(place)


def test_a_power_cut_damages_nothing_and_loses_no_saved_edit(
    folder: Path, record_property: Callable[[str, object], None]
) -> None:
    verdict = run(folder, 150, ("--edits", "7"), seed=1)
    record_property(
        "figures",
        f"{verdict.states} disks a power cut may leave: {len(verdict.missing)} saved edits missing, "
        f"{len(verdict.damaged)} registers damaged",
    )
    assert verdict.states > 100
    assert verdict.damaged == []
    assert verdict.missing == []


def test_a_register_that_does_not_sync_is_caught(folder: Path) -> None:
    """The first control: kills alone do not tell this from the real thing."""
    verdict = run(folder, 200, ("--edits", "7", "--sync", "off"), seed=1, until_bad=True)
    assert verdict.damaged or verdict.missing


def test_a_journal_that_comes_back_is_caught(folder: Path) -> None:
    """The second control: SQLite's own default, with which the last saved edit may go."""
    verdict = run(folder, 900, ("--edits", "3", "--journal", "delete"), seed=1, until_bad=True)
    assert verdict.missing
    assert verdict.damaged == []


def test_a_saved_word_too_early_is_caught(folder: Path) -> None:
    """The third control."""
    verdict = run(folder, 200, ("--edits", "3", "--ack-first"), seed=1, until_bad=True)
    assert verdict.missing


def test_a_row_before_its_file_is_caught(folder: Path) -> None:
    """The fourth control: what the order of file and row is for."""
    verdict = run(folder, 300, ("--edits", "4", "--row-first"), seed=1, until_bad=True)
    assert any("files" in one for one in verdict.damaged)


def test_the_replay_knows_what_is_safe(tmp_path: Path) -> None:
    replay = Replay(tmp_path)
    name = "".join(f"\\x{byte:02x}" for byte in str(tmp_path / "a").encode())
    hello, other = (("".join(f"\\x{byte:02x}" for byte in text)) for text in (b"hej", b"far"))
    assert replay.take(f'1 openat(AT_FDCWD<\\x2f>, "{name}", O_RDWR|O_CREAT, 0644) = 3<{name}>')
    assert replay.take(f'1 pwrite64(3<{name}>, "{hello}", 3, 2) = 3')
    inode = replay.names["a"]
    assert (bytes(inode.now), inode.synced, replay.safe_names) == (b"\0\0hej", b"", {})
    assert replay.take(f"1 fsync(3<{name}>) = 0")
    assert (inode.synced, replay.safe_names) == (b"\0\0hej", {"a": inode})
    assert replay.take(f'1 pwrite64(3<{name}>, "{other}", 3, 0) = 3')
    assert replay.take(f"1 ftruncate(3<{name}>, 2) = 0")
    assert (bytes(inode.now), inode.synced) == (b"fa", b"\0\0hej")
    assert not replay.take('1 write(1<\\x70>, "\\x41\\x43\\x4b\\x20\\x37", 5) = 5')
    assert replay.acknowledged == 7
    assert not replay.take(f"1 fsync(3<{name}>) = -1 EIO (Input/output error)")
    assert replay.take(f'1 unlink("{name}") = 0')
    assert (replay.names, replay.safe_names) == ({}, {"a": inode})
