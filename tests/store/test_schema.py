"""The schema of a released version never changes: another one needs a new version and a migration."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.store import migrations
from coi_desktop.store.columns import columns, quoted
from coi_desktop.store.register import Register
from coi_desktop.store.schema import (
    SCHEMA_VERSION,
    find_missing_objects,
    find_strange_objects,
    searched_types,
    statements,
)
from tools.schema import schema_text

HERE = Path(__file__).parent


def test_the_schema_is_that_of_its_version() -> None:
    """Fails after a change of record types: add a version and a step to migrations.py, then `make schema`."""
    golden = HERE / f"schema_v{SCHEMA_VERSION}.sql"
    assert golden.exists(), "a new version of the schema is written down by `make schema`"
    assert schema_text() == golden.read_text(encoding="utf-8")


def test_every_version_before_this_one_has_a_step_to_the_next() -> None:
    assert set(migrations.STEPS) == set(range(1, SCHEMA_VERSION))
    assert all((HERE / f"schema_v{number}.sql").exists() for number in range(1, SCHEMA_VERSION + 1))


def test_the_written_schema_makes_a_register() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript((HERE / f"schema_v{SCHEMA_VERSION}.sql").read_text(encoding="utf-8"))
        assert find_strange_objects(connection) == []
        assert find_missing_objects(connection) == []


def test_every_table_is_strict_and_every_reference_is_held(register: Register) -> None:
    connection = register._connection
    for statement in statements():
        if statement.startswith("CREATE TABLE"):
            assert statement.endswith(") STRICT")
    for name, kind in RECORD_TYPES.items():
        held = {row[3]: row[2] for row in connection.execute(f"PRAGMA foreign_key_list({quoted(name)})")}
        assert held == {field.name: field.target for field in kind.fields if field.target}
        indexed = {
            connection.execute(f"PRAGMA index_info({quoted(index[1])})").fetchone()[2]
            for index in connection.execute(f"PRAGMA index_list({quoted(name)})")
            if index[1].startswith(name)
        }
        assert set(held) <= indexed, "a reference without an index makes every drop read the whole table"


def test_wrong_types_are_refused_by_the_tables_themselves(register: Register) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        register._connection.execute("UPDATE unit SET sample = 'måske'")
    assert not register._connection.in_transaction


def test_an_owner_has_one_record_of_a_single_type_at_most(register: Register) -> None:
    singles = [kind for kind in RECORD_TYPES.values() if kind.single]
    assert singles
    for kind in singles:
        indexes = register._connection.execute(f"PRAGMA index_list({quoted(kind.name)})").fetchall()
        assert any(index[1] == f"{kind.name}_by_{kind.parent}" and index[2] for index in indexes)


def test_lists_sort_by_title_without_reading_the_table() -> None:
    listed = ("initiative", "case")
    assert set(listed) < {kind.name for kind in searched_types()}
    for name in listed:
        assert "title_sort" in columns(name).derived_names
