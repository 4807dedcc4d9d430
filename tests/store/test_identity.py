"""A register file that was exchanged while it was open is noticed, and never written into."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.store.register import Register
from tests.store.making import add, content, edit


def other_program(code: str, *arguments: object) -> None:
    """Run a few lines of Python as a program of its own, as a synchronising program would be."""
    subprocess.run([sys.executable, "-c", code, *map(str, arguments)], check=True, timeout=60)


OVERWRITE = """
import sys, pathlib
source, target = map(pathlib.Path, sys.argv[1:3])
with target.open("r+b") as file:
    file.write(source.read_bytes())
    file.truncate()
"""

ADD_ELSEWHERE = """
import sys, pathlib
from coi_desktop.models.changes import Op
from coi_desktop.store.register import Register
with Register.open(pathlib.Path(sys.argv[1])) as register:
    for number in range(int(sys.argv[2])):
        register.transact(Op("add", "Add"), lambda writer: writer.put("initiative", {"title": "Anden PC"}))
"""


def copied(path: Path, name: str = "kopi.coi") -> Path:
    """A copy of a register that no program has open just then."""
    target = path.with_name(name)
    shutil.copyfile(path, target)
    return target


@pytest.fixture
def filled(path: Path) -> Path:
    """A closed register with a little in it."""
    with Register.create(path) as register:
        add(register, "Robot")
    return path


def assert_refused_and_untouched(register: Register, path: Path) -> None:
    """A change is refused as one into an exchanged file, and not a byte of the file differs afterwards."""
    before = path.read_bytes() if path.exists() else None
    for _attempt in range(2):
        with pytest.raises(Problem) as caught:
            add(register, "Skrevet efter byttet")
        assert caught.value.code == "replaced"
        assert caught.value.meaning
        assert caught.value.advice
    with pytest.raises(Problem):
        register.undo()
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_file_exchanged_by_renaming_is_not_written_into(filled: Path) -> None:
    other = copied(filled)
    with Register.open(filled) as register:
        add(register, "Drone")
        os.replace(other, filled)
        assert_refused_and_untouched(register, filled)
    with Register.open(filled) as register:
        assert register.find_damage() == []
        assert register.count("initiative") == 1


@pytest.mark.parametrize("commits", [0, 1, 2, 3], ids=lambda number: f"{number}_commits_elsewhere")
def test_a_file_overwritten_in_place_is_not_written_into(filled: Path, commits: int) -> None:
    """One commit here and one there is the hard case: SQLite takes its own cached pages for current."""
    other = copied(filled)
    with Register.open(filled) as register:
        other_program(ADD_ELSEWHERE, other, commits)
        add(register, "Fra denne PC")
        time.sleep(0.02)
        other_program(OVERWRITE, other, filled)
        assert_refused_and_untouched(register, filled)
    with Register.open(filled) as register:
        assert register.find_damage() == []
        assert register.count("initiative") == 1 + commits


def test_sqlite_alone_would_not_notice(filled: Path) -> None:
    """The control of the test above: without our own look at the disk the other edition goes unseen."""
    other = copied(filled)
    with Register.open(filled) as register:
        other_program(ADD_ELSEWHERE, other, 1)
        add(register, "Fra denne PC")
        time.sleep(0.02)
        other_program(OVERWRITE, other, filled)
        connection = register._connection
        connection.execute("BEGIN IMMEDIATE")
        seen = connection.execute("SELECT generation, stamp FROM register").fetchone()
        connection.execute("ROLLBACK")
        assert seen == (register.revision, register._identity.stamp)


def test_a_file_overwritten_by_another_register_is_not_written_into(filled: Path) -> None:
    other = filled.with_name("fremmed.coi")
    Register.create(other).close()
    with Register.open(filled) as register:
        time.sleep(0.02)
        other_program(OVERWRITE, other, filled)
        assert_refused_and_untouched(register, filled)


@pytest.mark.parametrize(
    "junk", [b"", b"\x00" * 8192, b"Dette er en tekst\n" * 999], ids=["empty", "zeros", "text"]
)
def test_a_file_overwritten_by_junk_is_not_written_into(filled: Path, tmp_path: Path, junk: bytes) -> None:
    source = tmp_path / "junk"
    source.write_bytes(junk)
    with Register.open(filled) as register:
        time.sleep(0.02)
        other_program(OVERWRITE, source, filled)
        assert_refused_and_untouched(register, filled)


@pytest.mark.skipif(os.name == "nt", reason="Windows does not remove or rename an open file")
def test_a_file_removed_or_renamed_is_not_written_into(filled: Path) -> None:
    with Register.open(filled) as register:
        away = filled.with_name("væk.coi")
        filled.rename(away)
        before = away.read_bytes()
        assert_refused_and_untouched(register, filled)
        assert not filled.exists()
        away.rename(filled)
        assert filled.read_bytes() == before
        assert add(register, "Filen er tilbage")
        filled.unlink()
        assert_refused_and_untouched(register, filled)


def test_what_was_typed_can_be_written_once_the_file_is_back(filled: Path) -> None:
    with Register.open(filled) as register:
        first = register.history()[0].rows[0].key
        kept = copied(filled)
        other_program(OVERWRITE, kept, filled)
        assert edit(register, first, title="Samme indhold, ny tid"), "the same edition is the same register"


def test_a_file_that_was_only_touched_is_still_ours(filled: Path) -> None:
    with Register.open(filled) as register:
        os.utime(filled, (1, 1))
        assert add(register, "Drone")
        os.utime(filled)
        assert register.undo()


def test_a_register_exchanged_before_a_job_opens_it_is_noticed(filled: Path) -> None:
    other = copied(filled)
    with Register.open(filled) as register:
        add(register, "Drone")
        os.replace(other, filled)
        with pytest.raises(Problem) as caught:
            register.open_beside()
        assert caught.value.code == "replaced"


RIVAL = """
import sys, pathlib, time
from coi_desktop.errors import Problem
from coi_desktop.models.changes import Op
from coi_desktop.store.register import Register
path, name = pathlib.Path(sys.argv[1]), sys.argv[2]
lock = path.with_name(path.name + ".lock")
written = refused = 0
register = None
path.with_name(name).touch()
while not (path.with_name("A").exists() and path.with_name("B").exists()):
    time.sleep(0.001)
while written < int(sys.argv[3]):
    try:
        if register is None:
            lock.unlink(missing_ok=True)      # a share on which locks do not work
            register = Register.open(path)
        register.transact(Op("add", "Add"), lambda writer: writer.put("initiative", {"title": name}))
        written += 1
        time.sleep(0.001)
    except Problem as problem:
        assert problem.code in ("replaced", "locked", "busy"), problem
        refused += 1
        if register is not None:
            register.close()
            register = None
print(written, refused)
"""


def test_two_programs_past_a_broken_lock_lose_nothing_of_each_other(filled: Path) -> None:
    count = 60
    rivals = [
        subprocess.Popen(
            [sys.executable, "-c", RIVAL, str(filled), name, str(count)], stdout=subprocess.PIPE, text=True
        )
        for name in ("A", "B")
    ]
    outputs = [rival.communicate(timeout=120)[0] for rival in rivals]
    assert [rival.returncode for rival in rivals] == [0, 0]
    assert [output.split()[0] for output in outputs] == [str(count)] * 2
    assert sum(int(output.split()[1]) for output in outputs) > 0, "they were never in each other's way"
    with Register.open(filled) as register:
        titles = [row[2 + 1] for row in content(filled)["initiative"]]
        assert (titles.count("A"), titles.count("B")) == (count, count)
        assert register.find_damage() == []
        assert register.revision == 1 + 2 * count
