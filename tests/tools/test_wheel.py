"""An installed wheel finds its resources as the source tree does."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this source tree."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_package_resources_and_compiled_words_and_no_more(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert len(names) == len(set(names))
    assert "coi_desktop/i18n.py" in names
    assert "coi_desktop/resources/locale/da/LC_MESSAGES/coi_desktop.mo" in names
    packaged = {name.removeprefix("coi_desktop/resources/") for name in names}
    missing = {
        path.relative_to(ROOT / "resources").as_posix() for path in (ROOT / "resources").rglob("*.toml")
    } - packaged
    assert missing == set()
    assert {name.split("/")[0] for name in names} == {"coi_desktop", "coi_desktop-0.1.0.dist-info"}


def test_the_installed_program_reads_its_resources_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    script = (
        "from coi_desktop import resources, i18n; print(resources.resource_folder());"
        "print(len(resources.find_files('', '.toml')), i18n._('Undo'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    folder, rest = done.stdout.splitlines()
    assert Path(folder) == tmp_path / "site" / "coi_desktop" / "resources"
    assert int(rest.split()[0]) == len(list((ROOT / "resources").rglob("*.toml")))
