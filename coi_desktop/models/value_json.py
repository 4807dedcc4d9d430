"""Values of fields as JSON text and back, exactly: what an import remembers of a row."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from coi_desktop.models.fields import FieldSpec, Kind, RecordType
from coi_desktop.models.records import Value, Values

_DECIMALS = (Kind.NUMBER, Kind.MONEY)
_SEVERAL = (Kind.CHOICES, Kind.RANK)


def values_to_json(values: Values) -> str:
    """``values`` as JSON text: decimals as typed, dates ISO 8601, several choices as a list."""
    return json.dumps(
        {name: _plain(value) for name, value in values.items()}, ensure_ascii=False, sort_keys=True
    )


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def values_from_json(text: str, record_type: RecordType) -> dict[str, Value]:
    """The values in JSON text; what no longer fits the record type is left out, as if never told."""
    try:
        plain = json.loads(text)
    except ValueError:
        return {}
    values: dict[str, Value] = {}
    for name, value in plain.items() if isinstance(plain, dict) else ():
        field = record_type.by_name.get(name)
        if field is None:
            continue
        try:
            values[name] = _value(field, value)
        except (TypeError, ValueError, InvalidOperation):
            continue
    return values


def _value(field: FieldSpec, plain: Any) -> Value:
    if plain is None:
        return None
    if field.kind in _DECIMALS:
        return Decimal(plain)
    if field.kind is Kind.DATE:
        return date.fromisoformat(plain)
    if field.kind in _SEVERAL:
        return tuple(str(key) for key in plain)
    expected = int if field.kind is Kind.INTEGER else bool if field.kind is Kind.YES_NO else str
    if not isinstance(plain, expected):
        raise TypeError(f"{field.name}: {plain!r}")
    return plain
