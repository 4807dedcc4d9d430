"""The sample portfolio for commands, made once and copied."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.operations.samples import create_sample_register


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with the sample portfolio, never written to."""
    path = tmp_path_factory.mktemp("commands") / "sample.coi"
    with speaking("da"):
        create_sample_register(path).close()
    return path


@pytest.fixture
def sample(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with the sample portfolio of the test's own, alone in its folder."""
    return Path(shutil.copy(sample_file, tmp_path_factory.mktemp("register")))
