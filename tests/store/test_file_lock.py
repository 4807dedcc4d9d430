"""One writer a register: others are told who it is, and a dead program's lock is no lock."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.store.file_lock import FileLock
from coi_desktop.store.register import Register
from tests.store.making import START, add

HOLDER = """
import sys, pathlib
from coi_desktop.store.register import Register
register = Register.open(pathlib.Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
register.close()
print("closed", flush=True)
"""


@contextmanager
def another_program(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A program that has the register open for writing."""
    program = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n"
        yield program
    finally:
        program.kill()
        program.communicate(timeout=30)


@pytest.fixture
def closed(path: Path) -> Path:
    """A register that nobody has open."""
    Register.create(path).close()
    return path


def test_a_second_program_is_told_who_writes_and_may_read(closed: Path) -> None:
    with another_program(closed) as program:
        with pytest.raises(Problem) as caught:
            Register.open(closed)
        assert caught.value.code == "locked"
        owner = json.loads(closed.with_name(closed.name + ".owner").read_text(encoding="utf-8"))
        assert owner["process"] == program.pid
        assert owner["user"] in caught.value.what
        assert owner["computer"] in caught.value.what
        with Register.open(closed, write=False) as reader:
            assert reader.unit()
        assert closed.with_name(closed.name + ".lock").exists(), "the refused one left the lock in place"


def test_a_register_is_free_again_when_the_program_closes(closed: Path) -> None:
    with another_program(closed) as program:
        program.communicate("\n", timeout=30)
    with Register.open(closed) as register:
        assert add(register)
    assert sorted(entry.name for entry in closed.parent.iterdir() if "lock" in entry.name) == []


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_the_lock_of_a_killed_program_is_taken_over(closed: Path) -> None:
    with another_program(closed) as program:
        program.send_signal(signal.SIGKILL)
        program.wait(timeout=30)
        assert closed.with_name(closed.name + ".lock").exists()
        with Register.open(closed) as register:
            assert add(register)
    assert not closed.with_name(closed.name + ".lock").exists()
    assert not closed.with_name(closed.name + ".owner").exists()


def test_the_same_program_gets_no_second_writer(closed: Path) -> None:
    with Register.open(closed) as first:
        with pytest.raises(Problem) as caught:
            Register.open(closed)
        assert caught.value.code == "locked"
        assert add(first)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"user": 1}', '{"user": "a", "computer": "b", "process": "x"}']
)
def test_an_owner_that_cannot_be_read_is_not_needed(closed: Path, text: str) -> None:
    with another_program(closed):
        closed.with_name(closed.name + ".owner").write_text(text, encoding="utf-8")
        with pytest.raises(Problem) as caught:
            Register.open(closed)
        assert caught.value.code == "locked"
        assert closed.name in caught.value.what


def test_a_lock_released_twice_and_taken_again(closed: Path) -> None:
    lock = FileLock(closed)
    for _round in range(2):
        lock.acquire(START)
        owner = lock.find_owner()
        assert owner is not None
        assert (owner.process, owner.since) == (os.getpid(), START)
        lock.release()
        lock.release()
    assert lock.find_owner() is None


def test_a_register_that_does_not_open_is_not_left_locked(tmp_path: Path) -> None:
    path = tmp_path / "tekst.coi"
    path.write_text("ikke et register")
    with pytest.raises(Problem):
        Register.open(path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["tekst.coi"]


CHILD_KEEPS_RUNNING = """
import pathlib, subprocess, sys
from coi_desktop.store.register import Register
register = Register.open(pathlib.Path(sys.argv[1]))
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
register.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="process numbers")
def test_a_child_that_outlives_its_program_holds_no_lock(closed: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", CHILD_KEEPS_RUNNING, str(closed)], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    child = int(program.stdout.readline())
    try:
        program.wait(timeout=30)
        program.stdout.close()
        Register.open(closed).close()
    finally:
        os.kill(child, signal.SIGKILL)


# Other computers


def leave_owner(path: Path, computer: str, seen: datetime, user: str = "anne") -> Path:
    """The owner file of a program on ``computer`` that does not run any more, or not here."""
    owner = path.with_name(path.name + ".owner")
    text = {"user": user, "computer": computer, "process": 4711, "since": START.isoformat()}
    owner.write_text(json.dumps(text | {"seen": seen.isoformat()}), encoding="utf-8")
    return owner


def test_a_lock_of_another_computer_is_not_taken_silently(closed: Path) -> None:
    """On some shares locks hold within one computer only: then the owner's signs of life are all there is."""
    owner = leave_owner(closed, "PC2", START)
    before = owner.read_bytes()
    with pytest.raises(Problem) as caught:
        Register.open(closed, clock=lambda: START + timedelta(minutes=5))
    assert caught.value.code == "locked"
    assert "anne" in caught.value.what
    assert "PC2" in caught.value.what
    assert owner.read_bytes() == before


def test_one_without_a_sign_of_life_for_long_is_offered_to_be_taken_over(closed: Path) -> None:
    leave_owner(closed, "PC2", START)
    later = START + timedelta(minutes=11)
    with pytest.raises(Problem) as caught:
        Register.open(closed, clock=lambda: later)
    assert caught.value.code == "left_locked"
    assert "PC2" in caught.value.what
    with Register.open(closed, clock=lambda: later, take_over=True) as register:
        assert add(register)
        assert register.left_open_by is not None
        assert register.left_open_by.computer == "PC2"


def test_taking_over_does_not_reach_past_a_lock_that_holds(closed: Path) -> None:
    with another_program(closed):
        leave_owner(closed, "PC2", START)
        with pytest.raises(Problem) as caught:
            Register.open(closed, take_over=True)
        assert caught.value.code == "locked"


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_after_a_crash_here_it_is_said_whose_program_it_was(closed: Path) -> None:
    with another_program(closed) as program:
        program.send_signal(signal.SIGKILL)
        program.wait(timeout=30)
        with Register.open(closed) as register:
            assert register.left_open_by is not None
            assert register.left_open_by.process == program.pid
    with Register.open(closed) as register:
        assert register.left_open_by is None


def test_an_open_register_gives_signs_of_life(closed: Path) -> None:
    moments = iter(START + timedelta(minutes=number) for number in range(100))
    with Register.open(closed, clock=lambda: next(moments)) as register:
        lock = FileLock(closed)
        first = lock.find_owner()
        register.show_life()
        register.show_life()
        second = lock.find_owner()
        assert first is not None
        assert second is not None
        assert second.since == first.since
        assert second.seen - first.seen >= timedelta(minutes=2)
        add(register)
        add(register)
        third = lock.find_owner()
        assert third is not None
        assert third.seen > second.seen, "every change is one"


def test_a_register_that_was_taken_over_is_not_claimed_back(closed: Path) -> None:
    moments = iter(START + timedelta(minutes=10 * number) for number in range(100))
    with Register.open(closed, clock=lambda: next(moments)) as register:
        owner = leave_owner(closed, "PC2", START)
        register.show_life()
        register.show_life()
        assert json.loads(owner.read_text(encoding="utf-8"))["computer"] == "PC2"


def test_an_owner_of_an_older_version_has_given_its_last_sign_when_it_began(closed: Path) -> None:
    owner = leave_owner(closed, "PC2", START)
    found = json.loads(owner.read_text(encoding="utf-8"))
    del found["seen"]
    owner.write_text(json.dumps(found), encoding="utf-8")
    read = FileLock(closed).find_owner()
    assert read is not None
    assert read.seen == read.since == START
