"""Own fields: what a unit adds to its initiatives itself, as FieldSpecs like those of the record types.

An own field is a record (``own_field``), and so is each value (``own_value``). Everywhere else they are
fields of the initiative called ``own_`` and the first eight digits of the field's id.
"""

from __future__ import annotations

from collections.abc import Iterable

from coi_desktop.models.fields import FieldSpec, Kind, RecordType, Search
from coi_desktop.models.record_types.building import KRONER, LINE, PAGE
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Snapshot

OWNER = "initiative"
"""The record type that own fields belong to."""

_PREFIX = "own_"
_DIGITS = 8
_HEXADECIMAL = frozenset("0123456789abcdef")
_KINDS = {
    "text": Kind.TEXT,
    "long": Kind.LONG,
    "number": Kind.NUMBER,
    "money": Kind.MONEY,
    "date": Kind.DATE,
    "yes_no": Kind.YES_NO,
    "choice": Kind.CHOICE,
    "person": Kind.TEXT,
}
TEXTS = ("text", "long", "person")
"""The kinds of own fields whose words are found by search."""


def own_name(field_id: str) -> str:
    """The name of the own field with this id: of the field itself and of its value list."""
    return _PREFIX + field_id[:_DIGITS]


def is_own(field_name: str) -> bool:
    """Whether a field of this name is an own field."""
    digits = field_name[len(_PREFIX) :]
    return field_name.startswith(_PREFIX) and len(digits) == _DIGITS and _HEXADECIMAL.issuperset(digits)


def own_spec(record: Record) -> FieldSpec:
    """The FieldSpec of a record of ``own_field``. A kind of a later version is read as text."""
    name, kind = own_name(record.id), _KINDS.get(record.text("kind"), Kind.TEXT)
    unit = KRONER if kind is Kind.MONEY else (record.text("unit"), record.text("unit"))
    return FieldSpec(
        name,
        kind,
        record.text("da"),
        record.text("en") or record.text("da"),
        values=name if kind is Kind.CHOICE else "",
        unit_da=unit[0],
        unit_en=unit[1],
        limit={Kind.TEXT: LINE, Kind.LONG: PAGE}.get(kind, 0),
        search=Search.WORDS if kind in (Kind.TEXT, Kind.LONG) else Search.NONE,
        sortable=True,
    )


def in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """Own fields, choices or phases in the order the unit gave them, those without a place last."""
    return tuple(sorted(records, key=_place))


def _place(record: Record) -> tuple[bool, int]:
    place = record.integer("place")
    return place is None, place or 0


def type_with(fields: tuple[FieldSpec, ...]) -> RecordType:
    """The initiative as a record type with these fields, for what goes by all fields of a register."""
    initiative = record_type(OWNER)
    return RecordType(OWNER, initiative.da, initiative.en, fields)


def fields_of(snapshot: Snapshot, type_name: str) -> tuple[FieldSpec, ...]:
    """The fields of a record type in a snapshot, own ones among them."""
    fields = record_type(type_name).fields
    if type_name != OWNER:
        return fields
    return (*fields, *map(own_spec, in_order(snapshot.rows("own_field"))))
