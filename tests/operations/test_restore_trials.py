"""A backup that was never restored is none: the newest is tried once a week, whatever the clock does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations.backups import find_backups, keep_backup
from coi_desktop.operations.registers import create_register
from coi_desktop.operations.restore_trials import is_trial_due, try_newest
from coi_desktop.store.register import Register
from tests.store.making import START, StandingClock, add
from tests.store.test_backup_set import attach
from tests.store.test_backups import flip


@pytest.fixture
def register(tmp_path: Path, clock: StandingClock) -> Iterator[Register]:
    """A register with an attachment and a backup."""
    with create_register(tmp_path / "register.coi", clock=clock) as made:
        attach(made, add(made, "Robot"), b"bilag")
        run_to_end(keep_backup(made.path, Reason.REGULAR, clock=clock))
        yield made


def test_it_is_tried_once_a_week(register: Register, clock: StandingClock) -> None:
    assert not is_trial_due("no such register", clock())
    assert is_trial_due(register.id, clock())
    run_to_end(try_newest(register.id, clock=clock))
    assert not is_trial_due(register.id, clock())
    clock.moment = START + timedelta(days=7, seconds=1)
    assert is_trial_due(register.id, clock())
    clock.moment = START - timedelta(days=2800)
    assert is_trial_due(register.id, clock()), "a clock put back does not put it off for years"
    assert len(find_backups(register.path)) == 1


@pytest.mark.parametrize("what", ["copy", "attachment"])
def test_one_that_cannot_be_restored_is_told_of(register: Register, clock: StandingClock, what: str) -> None:
    (found,) = find_backups(register.path)
    if what == "copy":
        flip(found.path, found.path.read_bytes().rindex(b"Robot"))
    else:
        found.backups.files.path(found.manifest.files[0]).write_bytes(b"andet")
    with pytest.raises(Problem) as caught:
        run_to_end(try_newest(register.id, clock=clock))
    assert caught.value.code == "trial_failed"
    assert is_trial_due(register.id, clock())
    assert not list(paths.backup_folder().rglob("tried.json"))
