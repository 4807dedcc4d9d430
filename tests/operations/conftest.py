"""Two units that share packs, and a register with an evaluation that was just begun."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.operations.evaluations import start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.register import Register
from tests.operations.sharing import make_register
from tests.store.making import StandingClock

SOLUTION = "Hver morgen mødes hjemmepleje og sygepleje ti minutter ved tavlen."


@pytest.fixture
def there(tmp_path: Path, private_folders: Path) -> Iterator[Register]:
    """The register of the unit that shares."""
    with make_register(tmp_path / "der.coi", "Vestby") as made:
        yield made


@pytest.fixture
def here(tmp_path: Path, private_folders: Path) -> Iterator[Register]:
    """The register of the unit that imports."""
    with make_register(tmp_path / "her.coi", "Østby") as made:
        yield made


@pytest.fixture
def initiative(there: Register) -> str:
    """An initiative of the unit that shares."""
    return add_initiative(there, {"title": "Skærmbesøg", "problem": "Kørsel"})


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Where it writes its pack."""
    return tmp_path / "pakke.coipack"


@pytest.fixture
def english() -> Iterator[None]:
    """English is spoken."""
    with speaking("en"):
        yield


@pytest.fixture
def clock() -> StandingClock:
    """It moves when told, so that steps do not merge by accident."""
    return StandingClock()


@pytest.fixture
def register(tmp_path: Path, clock: StandingClock) -> Iterator[Register]:
    """An empty register."""
    with Register.create(tmp_path / "register.coi", clock=clock) as opened:
        yield opened


@pytest.fixture
def initiative_id(register: Register) -> str:
    """An initiative with a solution and a phase."""
    return add_initiative(register, {"title": "Fælles morgenmøde", "solution": SOLUTION, "phase": "develop"})


@pytest.fixture
def evaluation_id(register: Register, initiative_id: str) -> str:
    """Its evaluation, just begun."""
    return start_evaluation(register, initiative_id)
