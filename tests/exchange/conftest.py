"""The sample portfolio and the workbook of its demo case, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.models.records import Snapshot
from tests.exchange.workbook_makers import make_sample_snapshot, write_demo


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The sample portfolio, frozen."""
    with speaking("da"):
        return make_sample_snapshot(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def demo(sample: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the demo case; only read."""
    return write_demo(sample, tmp_path_factory.mktemp("demo") / "demo.xlsx")
