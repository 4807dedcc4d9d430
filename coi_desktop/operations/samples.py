"""The sample portfolio of the invented "Eksempel Kommune", read from resources and put in as one step.

The files hold one array of tables a record type; ``ref`` names a record for reference fields of others.
A mistake in them is a fault of the program and raises ValueError naming file, record and field.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from coi_desktop import resources
from coi_desktop.i18n import N_
from coi_desktop.models.changes import Op
from coi_desktop.models.clock import Clock, now, today
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Value
from coi_desktop.operations.initiatives import put_initiative
from coi_desktop.operations.library import vocabulary
from coi_desktop.operations.phases import delivered_phases
from coi_desktop.operations.registers import create_register
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

LOAD = Op("sample.load", N_("Load the sample portfolio"))

FILES = ("samples/initiatives.toml", "samples/evaluations.toml", "samples/steering.toml")

_CHOICES = (Kind.CHOICE, Kind.CHOICES, Kind.RANK)


def create_sample_register(path: Path, *, anywhere: bool = False, clock: Clock = now) -> Register:
    """Make a register with the sample portfolio at ``path`` and open it. Never over an existing file, and
    where a register had better not lie only when asked to (``anywhere``).
    """
    return create_register(path, sample=True, fill=load_sample, anywhere=anywhere, clock=clock)


def load_sample(register: Register) -> None:
    """Put the sample portfolio into ``register`` as one undo step."""
    day = today(register.clock)
    register.transact(LOAD, lambda writer: _put_all(writer, day))


def _put_all(writer: Writer, day: date) -> None:
    ids: dict[str, str] = {}
    for name in FILES:
        tables = tomllib.loads(resources.read_text(name), parse_float=Decimal)
        unit = tables.pop("unit", None)
        if unit is not None:
            writer.change("unit", writer.find_ids("unit")[0], unit)
        for type_name, records in tables.items():
            for record in records:
                _put(writer, ids, name, type_name, record, day)


def _put(
    writer: Writer,
    ids: dict[str, str],
    file: str,
    type_name: str,
    record: Mapping[str, object],
    day: date,
) -> None:
    kind = record_type(type_name)
    where = f"resources/{file}, {type_name} {record.get('ref', record.get('title', ''))!r}"
    unknown = set(record) - {field.name for field in kind.fields} - {"ref"}
    if unknown:
        raise ValueError(f"{where}: no such fields: {', '.join(sorted(unknown))}")
    values = {
        name: _value(kind.field(name), value, ids, f"{where}, {name}")
        for name, value in record.items()
        if name != "ref"
    }
    record_id = (
        put_initiative(writer, values, day, delivered_phases())
        if type_name == "initiative"
        else writer.put(type_name, values)
    )
    if "ref" in record:
        ids[str(record["ref"])] = record_id


def _value(field: FieldSpec, value: object, ids: Mapping[str, str], where: str) -> Value:
    if field.kind is Kind.REFERENCE:
        if value not in ids:
            raise ValueError(f"{where}: no record is called {value!r}")
        return ids[str(value)]
    if field.kind in _CHOICES:
        keys = tuple(value) if isinstance(value, list) else (str(value),)
        wrong = [key for key in keys if not vocabulary().has(field.values, key)]
        if wrong:
            raise ValueError(f"{where}: not in the list {field.values}: {', '.join(wrong)}")
        return keys if isinstance(value, list) else keys[0]
    if field.kind in (Kind.NUMBER, Kind.MONEY) and isinstance(value, int):
        return Decimal(value)
    if isinstance(value, (str, int, Decimal, bool, date)):
        return value
    raise ValueError(f"{where}: {value!r} is no value of a field")
