"""What is opened as a register is one, is ours, and is set up so that a power cut cannot harm it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.store.register import Register
from coi_desktop.store.schema import APPLICATION_ID, SCHEMA_VERSION
from tests.store.making import StandingClock, add, content, drop, edit


def refused(path: Path, *, write: bool = True) -> Problem:
    """The Problem that opening ``path`` gives; the file and its neighbours are as before."""
    folder = {entry.name: entry.read_bytes() for entry in path.parent.iterdir() if entry.is_file()}
    with pytest.raises(Problem) as caught:
        Register.open(path, write=write)
    assert {entry.name: entry.read_bytes() for entry in path.parent.iterdir() if entry.is_file()} == folder
    problem = caught.value
    assert all((problem.what, problem.meaning, problem.advice))
    assert "Traceback" not in str(problem)
    return problem


def in_sqlite(path: Path, *statements: str) -> None:
    """Change a register behind the program's back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def filled(path: Path) -> Path:
    """A closed register with one initiative."""
    with Register.create(path) as register:
        add(register, "Robot")
    return path


def test_a_new_register_is_empty_sound_and_marked_as_ours(register: Register, path: Path) -> None:
    assert register.count("initiative") == 0
    assert register.unit().text("name") == "Enheden"
    assert register.unit()["sample"] is False
    assert register.find_damage() == []
    assert register.history() == ()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert [entry.name for entry in path.parent.iterdir() if entry.suffix == ".new"] == []


def test_two_new_registers_are_two(tmp_path: Path) -> None:
    with Register.create(tmp_path / "a.coi") as first, Register.create(tmp_path / "b.coi") as second:
        assert first.id != second.id


def test_a_new_register_makes_its_folder(tmp_path: Path) -> None:
    with Register.create(tmp_path / "ny" / "mappe" / "a.coi") as register:
        assert register.path.exists()


@pytest.mark.parametrize("there", [b"", b"noget vigtigt"])
def test_a_new_register_is_never_made_over_a_file(tmp_path: Path, there: bytes) -> None:
    path = tmp_path / "a.coi"
    path.write_bytes(there)
    with pytest.raises(Problem) as caught:
        Register.create(path)
    assert caught.value.code == "exists"
    assert path.read_bytes() == there
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.coi"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_new_register_is_never_made_through_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "a.coi"
    path.symlink_to(tmp_path / "findes ikke")
    with pytest.raises(Problem) as caught:
        Register.create(path)
    assert caught.value.code == "exists"
    assert not (tmp_path / "findes ikke").exists()


def test_a_register_cannot_be_made_where_a_file_stands_for_its_folder(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("ikke en mappe")
    with pytest.raises(Problem) as caught:
        Register.create(tmp_path / "fil" / "a.coi")
    assert caught.value.code == "cannot_create"


def test_the_settings_against_power_cuts_and_strangers_are_really_in_force(register: Register) -> None:
    wanted = {
        "journal_mode": "truncate",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "secure_delete": 1,
        "cache_spill": 0,
        "busy_timeout": 5000,
    }
    with register.open_beside() as beside:
        for connection in (register._connection, beside._connection):
            for name, value in wanted.items():
                row = connection.execute(f"PRAGMA {name}").fetchone()
                assert row == (value,) or (name == "mmap_size" and row is None), name


def test_a_wal_register_is_brought_back_to_a_rollback_journal(filled: Path) -> None:
    in_sqlite(filled, "PRAGMA journal_mode = WAL")
    with Register.open(filled) as register:
        assert register._connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
        assert add(register)


def test_every_write_begins_immediately(register: Register) -> None:
    seen: list[str] = []
    record_id = add(register)
    register._connection.set_trace_callback(seen.append)
    edit(register, record_id, title="Nyt", merge_key="title")
    edit(register, record_id, title="Nyere", merge_key="title")
    edit(register, record_id, title="Nyere")
    register.undo()
    register.redo()
    drop(register, record_id)
    register.rebuild_search()
    register.tidy()
    register._connection.set_trace_callback(None)
    begins = [statement for statement in seen if statement.upper().startswith("BEGIN")]
    ends = [statement for statement in seen if statement in ("COMMIT", "ROLLBACK")]
    assert begins == ["BEGIN IMMEDIATE"] * 8
    assert len(ends) == 8
    inside = False
    for statement in seen:
        inside = statement == "BEGIN IMMEDIATE" or (inside and statement not in ("COMMIT", "ROLLBACK"))
        assert inside or not statement.lstrip("- ").startswith(("INSERT", "UPDATE", "DELETE")), statement


def test_reading_writes_nothing(register: Register, path: Path) -> None:
    add(register)
    before = path.read_bytes()
    with Register.open(path, write=False) as reader:
        reader.snapshot()
        reader.history()
        reader.find_damage()
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader._connection.execute("DELETE FROM initiative")
    assert path.read_bytes() == before


@pytest.mark.parametrize("write", [True, False])
def test_nothing_is_made_where_no_register_is(tmp_path: Path, write: bool) -> None:
    path = tmp_path / "findes ikke.coi"
    assert refused(path, write=write).code == "missing"
    assert not path.exists()


JUNK = {
    "nothing in it": (b"", "damaged"),
    "one zero": (b"\0", "damaged"),
    "zeros": (bytes(8192), "damaged"),
    "text": ("Referat af mødet på Ærø\n".encode() * 400, "not_a_register"),
    "a workbook": (b"PK\x03\x04" + bytes(range(256)) * 40, "not_a_register"),
    "a bare head": (b"SQLite format 3\x00", "not_a_register"),
    "a head with junk": (b"SQLite format 3\x00" + bytes(range(256)) * 40, "not_a_register"),
}


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize("name", JUNK)
def test_what_is_no_register_is_refused_and_left_alone(tmp_path: Path, name: str, write: bool) -> None:
    path = tmp_path / "register.coi"
    path.write_bytes(JUNK[name][0])
    assert refused(path, write=write).code == JUNK[name][1]


def test_a_folder_is_no_register(tmp_path: Path) -> None:
    (tmp_path / "mappe.coi").mkdir()
    assert refused(tmp_path / "mappe.coi").code == "not_a_register"


def test_another_programs_database_is_refused(filled: Path) -> None:
    in_sqlite(filled, "PRAGMA application_id = 1234")
    assert refused(filled).code == "not_a_register"


def test_a_plain_database_in_wal_mode_is_refused_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "anden.coi"
    in_sqlite(path, "PRAGMA journal_mode = WAL", "CREATE TABLE t (x)")
    assert refused(path).code == "not_a_register"


def test_a_register_of_a_newer_version_is_refused(filled: Path) -> None:
    in_sqlite(filled, f"PRAGMA user_version = {SCHEMA_VERSION + 6}")
    for write in (True, False):
        assert refused(filled, write=write).code == "newer"


@pytest.mark.parametrize("version", [-3, -(2**31)])
def test_a_register_of_a_version_that_never_was_is_refused(filled: Path, version: int) -> None:
    in_sqlite(filled, f"PRAGMA user_version = {version}")
    assert refused(filled).code == "damaged"


PLANTED = {
    "a trigger that deletes": [
        "CREATE TRIGGER t AFTER UPDATE ON initiative BEGIN DELETE FROM unit; END",
    ],
    "a view": ["CREATE VIEW extra AS SELECT 1"],
    "an endless view under a table's name": [
        "DROP TABLE tag",
        "CREATE VIEW tag AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r)"
        " SELECT x AS id FROM r",
    ],
    "a view of huge blobs under a table's name": [
        "DROP TABLE tag",
        "CREATE VIEW tag AS SELECT zeroblob(999999999) AS id",
    ],
    "a strange table": ["CREATE TABLE extra (x)"],
    "a strange index": ["CREATE INDEX extra ON initiative (problem)"],
    "a table without types": [
        "ALTER TABLE partner RENAME TO old",
        "CREATE TABLE partner (row INTEGER PRIMARY KEY, id, initiative_id, name, kind, role, checksum)",
        "DROP TABLE old",
    ],
    "a column more": ["ALTER TABLE partner ADD COLUMN extra TEXT DEFAULT 'x'"],
    "a computed column": ["ALTER TABLE partner ADD COLUMN extra TEXT AS (upper(name)) VIRTUAL"],
    "an index on a computation": ["CREATE INDEX extra ON partner (upper(name))"],
    "a virtual table": ["CREATE VIRTUAL TABLE extra USING fts5(x)"],
}


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize("name", PLANTED)
def test_a_register_with_strange_parts_is_refused(filled: Path, name: str, write: bool) -> None:
    in_sqlite(filled, *PLANTED[name])
    problem = refused(filled, write=write)
    assert problem.code == "foreign"
    assert any(part in problem.what for part in ("extra", "tag", "partner", " t)", "(t"))


@pytest.mark.parametrize("table", ["tag", "step", "register", "unit", "initiative_search"])
def test_a_register_that_lacks_a_table_is_damaged(filled: Path, table: str) -> None:
    in_sqlite(filled, "PRAGMA foreign_keys = OFF", f"DROP TABLE {table}")
    assert refused(filled).code == "damaged"


def test_a_register_in_utf_16_is_refused(filled: Path, tmp_path: Path) -> None:
    other = tmp_path / "utf16.coi"
    with closing(sqlite3.connect(filled)) as source, closing(sqlite3.connect(other)) as target:
        target.execute("PRAGMA encoding = 'UTF-16le'")
        for line in source.iterdump():
            if "fts5" not in line and "_search" not in line and "sqlite_master" not in line.lower():
                target.execute(line)
        target.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        target.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    assert refused(other).code == "foreign"


def test_a_register_without_its_own_row_is_damaged(filled: Path) -> None:
    in_sqlite(filled, "DELETE FROM register")
    assert refused(filled).code == "damaged"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", "CAST(x'fffe00' AS TEXT)"),
        ("budget", "'Infinity'"),
        ("budget", "'NaN'"),
        ("budget", "'mange'"),
        ("start", "'i morgen'"),
        ("created", "'2026-11-22T10:00:00'"),
        ("created", "'nu'"),
    ],
)
def test_a_value_that_is_none_is_named_and_never_a_traceback(filled: Path, column: str, value: str) -> None:
    in_sqlite(filled, f"UPDATE initiative SET {column} = {value}")
    with Register.open(filled) as register:
        with pytest.raises(Problem) as caught:
            register.snapshot()
        assert caught.value.code == "damaged"
        assert register.find_damage() != []


@pytest.mark.parametrize(
    ("column", "value"), [("owner", "x'00ff'"), ("number", "'mange'"), ("number", "1.5")]
)
def test_a_value_of_another_type_is_named_and_never_a_traceback(
    filled: Path, column: str, value: str
) -> None:
    """STRICT tables keep such values out; a changed bit in a row's head can put them in."""
    in_sqlite(
        filled,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, ') STRICT', ')') WHERE name = 'initiative'",
    )
    in_sqlite(filled, f"UPDATE initiative SET {column} = {value}")
    in_sqlite(
        filled,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = sql || ' STRICT' WHERE name = 'initiative'",
    )
    with Register.open(filled) as register:
        with pytest.raises(Problem) as caught:
            register.snapshot()
        assert caught.value.code == "damaged"
        assert register.find_damage() != []


def test_a_broken_reference_is_found(register: Register, path: Path) -> None:
    add(register)
    register.close()
    in_sqlite(path, "PRAGMA foreign_keys = OFF", "UPDATE initiative SET id = 'another'")
    with Register.open(path) as again:
        assert any("another" in line for line in again.find_damage())


INTERRUPTED = """
import os, pathlib, signal, sys
from coi_desktop.models.changes import Op
from coi_desktop.store.register import Register
register = Register.open(pathlib.Path(sys.argv[1]))
connection = register._connection
connection.execute("PRAGMA cache_spill = ON")
connection.execute("PRAGMA cache_size = 1")
def change(writer):
    writer.put_many("initiative", [(f"id-{n}", {"title": "Halv " * 30}) for n in range(500)])
    os.kill(os.getpid(), signal.SIGKILL)
register.transact(Op("add", "Add"), change)
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
@pytest.mark.parametrize("write", [True, False])
def test_what_a_killed_program_had_half_written_is_taken_back(filled: Path, write: bool) -> None:
    before = content(filled)
    subprocess.run([sys.executable, "-c", INTERRUPTED, str(filled)], check=False, timeout=60)
    assert filled.with_name(filled.name + "-journal").stat().st_size > 0, "nothing was half written"
    with Register.open(filled, write=write) as register:
        assert register.count("initiative") == 1
        assert register.find_damage() == []
    assert content(filled) == before


def test_paths_with_odd_letters_open(tmp_path: Path) -> None:
    path = tmp_path / "Mappe på Ærø, 100 % #1 & ?" / "æøå ; & % # ' register.coi"
    if os.name == "nt":
        path = tmp_path / "Mappe på Ærø, 100 % #1" / "æøå ; & % # ' register.coi"
    with Register.create(path) as register:
        record_id = add(register)
    with Register.open(path, write=False) as register:
        assert register.get("initiative", record_id)
        register.backup(path.with_name("kopi æøå %.coi"))


def test_closing_twice_does_nothing(path: Path, clock: StandingClock) -> None:
    register = Register.create(path, clock=clock)
    register.close()
    register.close()
    shutil.copyfile(path, path.with_name("kopi.coi"))
    Register.open(path).close()
