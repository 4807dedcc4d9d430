from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.store.register import Register
from tests.store.making import StandingClock


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Ærø register.coi"


@pytest.fixture
def register(path: Path, clock: StandingClock) -> Iterator[Register]:
    with Register.create(path, unit_name="Enheden", clock=clock) as register:
        yield register
