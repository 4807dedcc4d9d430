"""Commands on a register that lies in a synchronised folder: they read, and write only when told to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import coi


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    path = tmp_path / "Dropbox" / "register.coi"
    assert coi("--anywhere", "new", path, "--sample").returncode == 0
    return path


def test_a_register_in_dropbox_is_read_but_not_written_to(shared: Path) -> None:
    before = {path.name: path.read_bytes() for path in shared.parent.iterdir()}
    assert coi("list", shared).returncode == 0
    done = coi("undo", shared)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 3
    assert "Dropbox" in done.stderr
    assert "--anywhere" in done.stderr
    assert {path.name: path.read_bytes() for path in shared.parent.iterdir()} == before


def test_it_is_written_to_when_that_is_said(shared: Path) -> None:
    assert coi("--anywhere", "undo", shared).returncode == 0


def test_none_is_made_there_unasked(tmp_path: Path) -> None:
    path = tmp_path / "OneDrive - Eksempel" / "nyt.coi"
    done = coi("new", path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "--anywhere" in done.stderr
    assert list(tmp_path.iterdir()) == []
