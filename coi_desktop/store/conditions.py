"""Conditions of a query as SQL: every value is bound, and only names of ours stand in the text."""

from __future__ import annotations

from collections.abc import Iterable

from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.query import Condition, Query, Test
from coi_desktop.models.record_types.table import record_type
from coi_desktop.store.columns import quoted
from coi_desktop.store.values import Stored, store_value


def may_move(query: Query, changes: ChangeSet) -> bool:
    """Whether the changes may move a record into, within or out of the answer to a query."""
    fields = [condition.field for condition in query.conditions]
    if query.order is not None:
        fields.append(query.order.field)
    return any(
        row.table == query.type_name
        and (row.before is None or row.after is None or not row.fields.isdisjoint(fields))
        for row in changes.rows
    )


def where(type_name: str, conditions: Iterable[Condition]) -> tuple[str, list[Stored]]:
    """The WHERE clause (empty without conditions) of a query on a record type, and the values bound in it."""
    parts: list[str] = []
    values: list[Stored] = []
    for condition in conditions:
        field = record_type(type_name).field(condition.field)
        column = quoted(field.name)
        if condition.test is Test.EMPTY:
            parts.append(f"{column} IS NULL")
        elif condition.test is Test.FILLED:
            parts.append(f"{column} IS NOT NULL")
        elif condition.test is Test.ONE_OF:
            wanted = condition.value if isinstance(condition.value, tuple) else (condition.value,)
            values += [store_value(field, value) for value in wanted]
            parts.append(f"{column} IN ({', '.join('?' for _ in wanted)})")
        else:
            values.append(store_value(field, condition.value))
            parts.append(f"{column} IS {'NOT ' if condition.test is Test.IS_NOT else ''}?")
    return (" WHERE " + " AND ".join(parts) if parts else "", values)
