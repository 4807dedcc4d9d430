"""One SQLite in the process, and the register's locks are never dropped by our own reading."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.store.integrity import register_hash
from coi_desktop.store.register import Register
from tests.store.making import add

MAPPED = """
import pathlib, sys
from coi_desktop.store.register import Register
from PySide6 import QtGui, QtSvg, QtWidgets
application = QtWidgets.QApplication([])
register = Register.open(pathlib.Path(sys.argv[1]))
register.find_damage()
libraries = {line.split()[-1] for line in open("/proc/self/maps") if ".so" in line}
print(*sorted(path for path in libraries if "sqlite" in path.lower() and "_sqlite3" not in path))
"""

INTRUDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=0.2, isolation_level=None)
try:
    connection.execute("BEGIN IMMEDIATE")
    print("in")
except sqlite3.OperationalError as error:
    print(error)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_one_sqlite_library_is_loaded(register: Register, path: Path) -> None:
    register.close()
    done = subprocess.run(
        [sys.executable, "-c", MAPPED, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    found = done.stdout.split()
    assert len(found) <= 1, "a second SQLite on one file drops the locks of the first"
    assert not any("qsqlite" in name for name in found)


def intruder(path: Path) -> str:
    """What another program hears that wants to write just now."""
    done = subprocess.run(
        [sys.executable, "-c", INTRUDER, str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.strip()


def test_others_stay_locked_out_while_ours_reads_hashes_copies_and_opens(
    register: Register, path: Path, tmp_path: Path
) -> None:
    add(register, "Robot")
    assert intruder(path) == "in"
    connection = register._connection
    connection.execute("BEGIN IMMEDIATE")
    try:
        assert intruder(path) == "database is locked"
        with Register.open(path, write=False) as reader:
            reader.snapshot()
            reader.find_damage()
            register_hash(reader._connection)
            reader.backup(tmp_path / "kopi.coi")
        with register.open_beside() as beside:
            beside.find_damage(quick=True)
        with pytest.raises(Problem):
            Register.open(path)
        assert intruder(path) == "database is locked"
    finally:
        connection.execute("ROLLBACK")
    assert intruder(path) == "in"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="POSIX locks")
def test_reading_the_file_by_hand_would_let_others_in(register: Register, path: Path) -> None:
    """The control of the test above."""
    add(register, "Robot")
    connection = register._connection
    connection.execute("BEGIN IMMEDIATE")
    path.read_bytes()
    assert intruder(path) == "in"
    connection.execute("ROLLBACK")
