"""A register of an older version is copied, then brought up to date in one transaction: old or new, never
between.

No older version was ever released. An invented version 0 stands for one: another column name, a column and a
table missing, an index more.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coi_desktop.errors import Problem
from coi_desktop.store import opening
from coi_desktop.store.integrity import find_damage, register_hash
from coi_desktop.store.register import Register
from coi_desktop.store.schema import SCHEMA_VERSION
from tests.store.making import ADD, START, add, put_everything

if TYPE_CHECKING:
    from sqlite_utils import Database


def move_values(db: Database) -> None:
    """The step from the invented version 0: what was called ``audience`` is called ``target_group``."""
    db["initiative"].transform(rename={"audience": "target_group"})
    db.execute("UPDATE initiative SET status = 'on_hold' WHERE status = 'waiting'")


STEPS = {0: move_values}


def make_old(path: Path) -> None:
    """A register as the invented version 0 would have left it, with three initiatives."""
    with Register.create(path) as register:
        ids = register.transact(ADD, put_everything).result
        for number in (1, 2):
            add(register, f"Tiltag {number} på Ærø", target_group=f"borger {number}", status="waiting")
        register.transact(ADD, lambda writer: writer.drop("partner", ids["partner"]))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in (
            "PRAGMA foreign_keys = OFF",
            "DROP TABLE partner",
            "DROP INDEX initiative_by_title",
            "DROP TABLE initiative_search",
            "ALTER TABLE initiative RENAME COLUMN target_group TO audience",
            "ALTER TABLE initiative DROP COLUMN lesson",
            "CREATE INDEX by_audience ON initiative (audience)",
            "PRAGMA user_version = 0",
        ):
            connection.execute(statement)


@pytest.fixture
def old(path: Path) -> Path:
    """A register of the invented version 0."""
    make_old(path)
    return path


def open_old(path: Path, *, write: bool = True) -> sqlite3.Connection:
    """Open with the invented step."""
    return opening.open_file(path, write=write, backups=path.parent / "kopier", moment=START, steps=STEPS)


def whole_hash(path: Path) -> str:
    """The hash of all that a register holds."""
    with closing(sqlite3.connect(path)) as connection:
        return register_hash(connection)


def version(path: Path) -> int:
    """The version that a register says it has."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def copies(path: Path) -> list[Path]:
    """The backups of the register at ``path``, in their order."""
    return sorted((path.parent / "kopier").rglob("*.coi"))


def test_an_old_register_is_copied_and_brought_up_to_date(old: Path) -> None:
    before = whole_hash(old)
    with closing(open_old(old)) as connection:
        rows = connection.execute("SELECT title, target_group, status, lesson FROM initiative ORDER BY row")
        assert rows.fetchall()[1:] == [
            ("Tiltag 1 på Ærø", "borger 1", "on_hold", None),
            ("Tiltag 2 på Ærø", "borger 2", "on_hold", None),
        ]
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert find_damage(connection) == []
    assert version(old) == SCHEMA_VERSION
    (backup,) = copies(old)
    assert backup.stem.startswith("000001 2026-11-22 ")
    assert backup.stem.endswith(" v0")
    assert whole_hash(backup) == before
    assert version(backup) == 0


def test_a_register_brought_up_to_date_is_like_any_other(old: Path) -> None:
    open_old(old).close()
    with Register.open(old) as register:
        assert register.find_damage() == []
        record_id = add(register, "Ny", lesson="Nyt felt", target_group="alle")
        register.transact(
            ADD, lambda writer: writer.put("partner", {"initiative_id": record_id, "name": "Skolen"})
        )
        from coi_desktop.models.query import Order, Query

        assert len(register.find(Query(search="borger"))) == 2
        assert [record.text("title") for record in register.find(Query(order=Order()))][-2:] == [
            "Tiltag 1 på Ærø",
            "Tiltag 2 på Ærø",
        ]
        assert register.find_damage() == []
    kept = copies(old)
    open_old(old).close()
    assert copies(old) == kept, "a register of today is not copied again"


def test_the_same_second_twice_gives_two_backups(old: Path) -> None:
    original = old.read_bytes()
    open_old(old).close()
    old.write_bytes(original)
    open_old(old).close()
    assert len(copies(old)) == 2


def test_an_old_register_is_not_changed_by_reading(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(Problem) as caught:
        open_old(old, write=False)
    assert caught.value.code == "older"
    assert old.read_bytes() == before
    assert not (old.parent / "kopier").exists()


def test_a_version_without_a_way_to_today_is_refused(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(Problem) as caught:
        Register.open(old)
    assert caught.value.code == "damaged"
    assert old.read_bytes() == before


@pytest.mark.parametrize(
    "sabotage",
    [
        "DELETE FROM unit; DROP TABLE tag; CREATE TABLE tag (x)",
        "CREATE TRIGGER t AFTER UPDATE ON unit BEGIN SELECT 1; END",
        "UPDATE evaluation SET initiative_id = 'no such id'",
        "SELECT no_such_column FROM unit",
        "UPDATE initiative SET title = NULL",
    ],
)
def test_a_step_that_goes_wrong_leaves_the_register_old(old: Path, sabotage: str) -> None:
    before = whole_hash(old)

    def broken(db: Database) -> None:
        move_values(db)
        for statement in sabotage.split("; ") if "TRIGGER" not in sabotage else [sabotage]:
            db.execute(statement)

    with pytest.raises((Problem, sqlite3.Error)):
        opening.open_file(old, write=True, backups=old.parent / "kopier", moment=START, steps={0: broken})
    assert whole_hash(old) == before
    assert version(old) == 0
    assert len(copies(old)) == 1
    open_old(old).close()
    assert version(old) == SCHEMA_VERSION


def test_a_damaged_old_register_is_not_brought_up_to_date(old: Path) -> None:
    data = bytearray(old.read_bytes())
    data[-4096:] = bytes(4096)
    old.write_bytes(data)
    with pytest.raises(Problem) as caught:
        open_old(old)
    assert caught.value.code == "damaged"
    assert old.read_bytes() == bytes(data)
    assert copies(old) == []


def test_everything_happens_in_one_transaction_that_begins_immediately(old: Path) -> None:
    seen: list[str] = []

    def listening(db: Database) -> None:
        db.conn.set_trace_callback(seen.append)
        move_values(db)

    opening.open_file(
        old, write=True, backups=old.parent / "kopier", moment=START, steps={0: listening}
    ).close()
    ends = [line for line in seen if line.split()[0] in ("BEGIN", "COMMIT", "ROLLBACK", "END")]
    assert ends == ["COMMIT"]
    assert seen.index(f"PRAGMA user_version = {SCHEMA_VERSION}") < seen.index("COMMIT")


DYING = """
import os, pathlib, signal, sys
from tests.store.making import START
from tests.store.test_migrations import STEPS
from coi_desktop.store import migrations, opening
statement = int(sys.argv[2])
seen = 0
def count(_sql):
    global seen
    seen += 1
    if seen == statement:
        os.kill(os.getpid(), signal.SIGKILL)
kept = opening._connect
def connect(path, mode):
    connection = kept(path, mode)
    connection.set_trace_callback(count)
    return connection
opening._connect = connect
path = pathlib.Path(sys.argv[1])
opening.open_file(path, write=True, backups=path.parent / "kopier", moment=START, steps=STEPS).close()
print(seen)
"""


def killed_at(path: Path, statement: int) -> str:
    """Bring a register up to date in a program that kills itself at a statement; what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", DYING, str(path), str(statement)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])},
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.stdout


def places(count: int) -> Iterator[int]:
    """Some fifteen statements, spread over all, with the first and the last ones."""
    yield from sorted({1, *range(3, count, max(1, count // 10)), *range(count - 3, count + 1)})


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_killed_at_any_statement_the_register_is_old_or_new(old: Path) -> None:
    original, before = old.read_bytes(), whole_hash(old)
    count = int(killed_at(old, 0))
    found: set[int] = set()
    for statement in places(count):
        old.write_bytes(original)
        for left in old.parent.glob("*-journal"):
            left.unlink()
        assert killed_at(old, statement) == ""
        found.add(version(old))
        if version(old) == 0:
            assert whole_hash(old) == before
        else:
            with Register.open(old) as register:
                assert register.find_damage() == []
    assert found == {0, SCHEMA_VERSION}
    open_old(old).close()
    with Register.open(old) as register:
        assert register.find_damage() == []
