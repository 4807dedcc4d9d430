"""A share that goes away in mid-work loses nothing that was committed; work goes on in the same file only."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.query import Query
from coi_desktop.store.faults import is_in_reach, problem_of
from coi_desktop.store.register import Register
from tests.disks import mounted, needs_root, unmounting
from tests.store.making import StandingClock, add, drop, edit

pytestmark = needs_root


class Share:
    """A disk of its own, hung where a share hangs, that can go away and come back."""

    def __init__(self, folder: Path) -> None:
        self._disk = folder / "server"
        self.folder = folder / "fællesdrev"
        for one in (self._disk, self.folder):
            one.mkdir()
        mounted("-t", "tmpfs", "tmpfs", str(self._disk))
        self.path = self.folder / "register.coi"
        self.there = self._disk / "register.coi"

    def come(self) -> None:
        mounted("--bind", str(self._disk), str(self.folder))

    def go(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)

    def come_as_another_mount(self) -> None:
        """As a share that is mounted anew: the same bytes under another device and other numbers."""
        mounted("-t", "tmpfs", "tmpfs", str(self.folder))
        for one in self._disk.iterdir():
            shutil.copy(one, self.folder)


@pytest.fixture
def share(tmp_path: Path) -> Iterator[Share]:
    made = Share(tmp_path)
    with unmounting(tmp_path / "server"), unmounting(made.folder):
        made.come()
        yield made


@pytest.fixture
def register(share: Share, clock: StandingClock) -> Iterator[Register]:
    made = Register.create(share.path, clock=clock)
    yield made
    made.close()


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


def code_of(change: Callable[[], object]) -> str:
    with pytest.raises(Problem) as caught:
        change()
    assert caught.value.what
    assert caught.value.meaning
    assert caught.value.advice
    return caught.value.code


def test_an_edit_while_it_is_away_is_refused_with_all_that_is_saved_kept(
    share: Share, register: Register
) -> None:
    robot = add(register, "Robot")
    edit(register, robot, owner="Anna")
    share.go()
    assert code_of(lambda: edit(register, robot, owner="Bo")) == "away"
    assert code_of(register.tidy) == "away"
    assert code_of(register.undo) == "away"
    assert list(share.folder.iterdir()) == [], "nothing of ours is written where it was"
    with Register.open(share.there, write=False) as there:
        assert there.get("initiative", robot)["owner"] == "Anna"
        assert there.find_damage() == []


@pytest.mark.parametrize("way", ["come", "come_as_another_mount"])
def test_when_it_comes_back_as_it_was_work_goes_on(share: Share, register: Register, way: str) -> None:
    robot = add(register, "Robot")
    share.go()
    assert code_of(lambda: edit(register, robot, owner="Bo")) == "away"
    getattr(share, way)()
    assert edit(register, robot, owner="Bo")
    assert register.find_ids(Query("initiative", "Bo")) == [robot]
    register.undo()
    assert register.get("initiative", robot)["owner"] is None
    assert register.find_damage() == []
    assert code_of(lambda: Register.open(share.path)) == "locked"


def test_what_another_program_wrote_meanwhile_is_not_written_over(share: Share, register: Register) -> None:
    robot = add(register, "Robot")
    share.go()
    assert code_of(lambda: edit(register, robot, owner="Bo")) == "away"
    for name in (".lock", ".owner"):
        share.there.with_name(share.there.name + name).unlink()
    with Register.open(share.there) as there:
        edit(there, robot, owner="Skrevet af en anden")
    share.come()
    assert code_of(lambda: edit(register, robot, owner="Bo")) == "replaced"
    assert code_of(register.come_back) == "replaced"
    with Register.open(share.path, write=False) as there:
        assert there.get("initiative", robot)["owner"] == "Skrevet af en anden"


def test_who_has_it_open_when_it_comes_back_keeps_it(share: Share, register: Register) -> None:
    robot = add(register, "Robot")
    share.go()
    assert code_of(lambda: edit(register, robot, owner="Bo")) == "away"
    share.there.with_name(share.there.name + ".lock").unlink()
    with Register.open(share.there):
        share.come()
        assert code_of(lambda: edit(register, robot, owner="Bo")) == "locked"


def test_another_register_under_its_name_is_left_alone(share: Share, register: Register) -> None:
    robot = add(register, "Robot")
    share.go()
    assert code_of(lambda: edit(register, robot, owner="Bo")) == "away"
    Register.create(share.path).close()  # on the disk behind the share
    before = share.path.read_bytes()
    assert code_of(lambda: edit(register, robot, owner="Bo")) == "replaced"
    assert share.path.read_bytes() == before


def test_a_sign_of_life_is_not_written_where_the_share_was(
    share: Share, register: Register, clock: StandingClock
) -> None:
    share.go()
    clock.forward(600)
    register.show_life()
    assert list(share.folder.iterdir()) == []


def test_a_sign_of_life_that_hangs_holds_nobody_up(share: Share, register: Register) -> None:
    lock = register._lock
    assert lock is not None
    robot = add(register, "Robot")
    with lock._at_work:  # as by a thread that waits for a dead share
        begun = time.monotonic()
        assert edit(register, robot, owner="Anna")
        register.show_life()
        assert time.monotonic() - begun < 1


def test_a_file_that_is_removed_from_a_disk_that_is_there_is_not_taken_for_away(
    share: Share, register: Register
) -> None:
    """The control: the sentence about the share is for shares only."""
    robot = add(register, "Robot")
    share.path.unlink()
    assert code_of(lambda: edit(register, robot, owner="Bo")) == "replaced"


def test_closing_while_it_is_away_ends_without_a_fault(share: Share, register: Register) -> None:
    drop(register, add(register, "Robot"))
    share.go()
    register.close()
    assert list(share.folder.iterdir()) == []


def test_a_commit_that_reached_the_disk_unheard_is_known_when_it_comes_back(
    share: Share, register: Register
) -> None:
    robot = add(register, "Robot")
    before = register._identity
    edit(register, robot, owner="Bo")
    register._identity, register._is_away = before, True  # as after an error in the very last call
    assert register.come_back()
    assert register.get("initiative", robot)["owner"] == "Bo"
    assert edit(register, robot, owner="Anna")


@pytest.mark.parametrize(
    "name",
    ["SQLITE_IOERR_READ", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_LOCK", "SQLITE_CANTOPEN"],
)
def test_every_error_of_a_disk_that_is_gone_says_so(tmp_path: Path, name: str) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = name
    found = problem_of(error, tmp_path / "væk" / "register.coi")
    assert found is not None
    assert found.code == "away"
    (tmp_path / "her.coi").touch()
    found = problem_of(error, tmp_path / "her.coi")
    assert found is not None
    assert found.code in ("disk_error", "cannot_open")


def test_a_share_that_does_not_answer_is_waited_for_no_longer_than_said(tmp_path: Path) -> None:
    begun = time.monotonic()
    assert not is_in_reach(tmp_path, 0.2, lambda _path: time.sleep(5))
    assert time.monotonic() - begun < 2
    assert is_in_reach(tmp_path, 2.0)
    assert not is_in_reach(tmp_path / "ingen", 2.0)
