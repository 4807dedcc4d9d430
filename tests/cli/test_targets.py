"""Where commands may write: never over the register, and with a sentence where there is no way to write."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_commands import coi, coi_json


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("targets") / "sample.coi"
    assert coi("new", path, "--sample").returncode == 0
    return path


@pytest.mark.parametrize("command", ["export-workbook", "export-pack", "backup", "new"])
def test_nothing_is_written_over_a_register(sample: Path, tmp_path: Path, command: str) -> None:
    another = tmp_path / "another.coi"
    assert coi("new", another).returncode == 0
    for target in (sample, another):
        before = target.read_bytes()
        done = coi(command, target) if command == "new" else coi(command, sample, target)
        assert done.returncode == 1
        assert done.stdout == ""
        assert len(done.stderr.splitlines()) == 3
        assert target.read_bytes() == before
    assert len(coi_json("list", sample, "--json")) == 12


@pytest.mark.parametrize("suffix", [".xlsx", ".XLSX"])
def test_an_older_file_of_the_same_kind_is_replaced(sample: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"Portefølje{suffix}"
    target.write_bytes(b"old")
    assert coi("export-workbook", sample, target).returncode == 0
    assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("command", ["list", "new", "check", "undo"])
def test_a_name_too_long_for_the_disk_is_a_problem_with_advice(tmp_path: Path, command: str) -> None:
    done = coi(command, tmp_path / ("æ" * 300 + ".coi"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("redirected", ["> /dev/full", ">&-", ">&- 2>&-", "--json > /dev/full", "2>&-"])
def test_output_that_cannot_be_written_is_no_crash(sample: Path, redirected: str) -> None:
    line = f'"{sys.executable}" -m coi_desktop list "{sample}" {redirected}'
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == (1 if "/dev/full" in redirected else 0)
