"""Registers, records and times for the tests of the store, and their content as plain rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from coi_desktop.models.changes import Op
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.record_types.table import RECORD_TYPES, record_type
from coi_desktop.models.records import Value, Values
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

ADD = Op("test.add", "Add")
EDIT = Op("test.edit", "Edit")
DROP = Op("test.drop", "Drop")

START = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)


class StandingClock:
    """A clock that moves only when it is told to."""

    def __init__(self, moment: datetime = START) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, seconds: float) -> None:
        """Move on; a negative number puts the clock back."""
        self.moment += timedelta(seconds=seconds)


def add(register: Register, title: str = "Robotstøvsuger", **values: Value) -> str:
    """A new initiative, as one step."""
    return register.transact(ADD, lambda writer: writer.put("initiative", {"title": title, **values})).result


def edit(register: Register, record_id: str, *, merge_key: str | None = None, **values: Value) -> bool:
    """Change an initiative, as one step."""
    change = register.transact(
        EDIT, lambda writer: writer.change("initiative", record_id, values), merge_key=merge_key
    )
    return change.result


def drop(register: Register, record_id: str, type_name: str = "initiative") -> None:
    """Drop a record, as one step."""
    register.transact(DROP, lambda writer: writer.drop(type_name, record_id))


def make_value(field: FieldSpec, number: int) -> Value:
    """Some value that fits a field; different numbers give different values."""
    if field.kind in (Kind.TEXT, Kind.LONG):
        return f"Blåbær {number} på {field.name}, ÆØÅ"[: field.limit or None].rstrip()
    values: dict[Kind, Value] = {
        Kind.INTEGER: number,
        Kind.NUMBER: Decimal(f"{number}.50"),
        Kind.MONEY: Decimal(f"{number}000.00"),
        Kind.DATE: date(2026, 1, 1) + timedelta(days=number),
        Kind.TIME: START + timedelta(minutes=number),
        Kind.YES_NO: number % 2 == 0,
        Kind.CHOICE: f"key_{number}",
        Kind.CHOICES: (f"key_{number}", "key_b"),
        Kind.RANK: ("key_b", f"key_{number}"),
    }
    return values[field.kind]


def make_values(type_name: str, owners: dict[str, str], number: int = 1) -> dict[str, Value]:
    """A value for every field of a record type; references go to the record of their type in ``owners``, but
    no record refers to one of its own type unless it must.
    """
    return {
        field.name: (
            (None if field.target == type_name and not field.required else owners[field.target])
            if field.kind is Kind.REFERENCE
            else make_value(field, number)
        )
        for field in record_type(type_name).fields
    }


def stands_alone(type_name: str) -> bool:
    """Whether records of a type hang under no initiative at any depth."""
    kind = record_type(type_name)
    if not kind.parent:
        return type_name != "initiative"
    return stands_alone(kind.parent_type)


def put_everything(writer: Writer, number: int = 1) -> dict[str, str]:
    """One record of every type with all fields filled, under one initiative and one case; ids by type."""
    ids = {"unit": writer.find_ids("unit")[0]}
    for name in RECORD_TYPES:
        if name == "unit":
            continue
        ids[name] = writer.put(name, make_values(name, ids, number))
    return ids


def put_evaluation(writer: Writer, initiative_id: str, values: Values | None = None) -> str:
    """An evaluation with an indicator and its measurements."""
    evaluation = writer.put("evaluation", {"initiative_id": initiative_id, **(values or {})})
    question = writer.put("question", {"evaluation_id": evaluation, "text": "Virker det?"})
    indicator = writer.put(
        "indicator", {"evaluation_id": evaluation, "question_id": question, "name": "Minutter sparet"}
    )
    for month in (1, 2, 3):
        writer.put("measurement", {"indicator_id": indicator, "date": date(2026, month, 1)})
    return evaluation


def rows_of(path: Path, table: str) -> list[tuple[object, ...]]:
    """The rows of a table, read without the program."""
    return _rows(path, [table])[table]


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every record type with its place, derived columns and checksum."""
    return _rows(path, RECORD_TYPES)


def _rows(path: Path, tables: Iterable[str]) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY row').fetchall() for name in tables
        }
