"""Conditions of a query as SQL: every value is bound, and only names of ours stand in the text.

A test that denies something (is not, none of, empty, not since) is the opposite of one that claims it, so
that records without a value are told in one place. Texts are compared folded. Decimals are compared as
decimals: SQLite's floats only sort out what is far away.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.filter_fields import TAGS
from coi_desktop.models.folding import fold
from coi_desktop.models.own_fields import is_own
from coi_desktop.models.query import Between, Condition, Myself, Operand, Query, Relative, Test
from coi_desktop.models.record_types.table import record_type
from coi_desktop.store.columns import PARTS_COLUMN, SORT_SUFFIX, part_marks, quoted
from coi_desktop.store.values import SEPARATOR, Stored, format_moment, store_value

OWN = "own_"

_FOLD = "coi_fold"
_COMPARE = "coi_compare"
_SHORT = 80
"""Texts up to this length are often the same in many rows: tags, names."""
_LAST_DAY = date(9999, 12, 29)
OPPOSITES = {
    Test.LACKS: Test.CONTAINS,
    Test.IS_NOT: Test.IS,
    Test.NONE_OF: Test.ONE_OF,
    Test.EMPTY: Test.FILLED,
}
_TEXTS = (Kind.TEXT, Kind.LONG)
_DECIMALS = (Kind.NUMBER, Kind.MONEY)
_KEYS = (Kind.CHOICES, Kind.RANK)

_MEASURED = (
    'EXISTS (SELECT 1 FROM "indicator" WHERE "indicator"."evaluation_id" = "evaluation"."id" AND {}EXISTS'
    ' (SELECT 1 FROM "measurement" WHERE "measurement"."indicator_id" = "indicator"."id"))'
)
_RELATIONS = {
    "evaluated": ("evaluation", ""),
    "measured": ("evaluation", _MEASURED.format("")),
    "unmeasured": ("evaluation", _MEASURED.format("NOT ")),
    "attached": ("attachment", ""),
}
_TABLES = {
    "tags": ("tag",),
    "evaluated": ("evaluation",),
    "measured": ("evaluation", "indicator", "measurement"),
    "unmeasured": ("evaluation", "indicator", "measurement"),
    "attached": ("attachment",),
}


class Demand(NamedTuple):
    """A piece of SQL that is true or false (or null) of a row, and the values bound in it, in order."""

    sql: str
    values: tuple[Stored, ...] = ()


class Claim(NamedTuple):
    """What a condition claims of a value, or denies. What lacks a value is no exception to a denial."""

    test: Test
    value: Operand
    is_denied: bool

    @classmethod
    def of(cls, condition: Condition) -> Claim:
        """The claim in a condition."""
        test, value = condition.test, condition.value
        if test in (Test.IS, Test.IS_NOT) and value is None:
            return cls(Test.FILLED, None, test is Test.IS)
        if test is Test.NOT_SINCE:
            return cls(Test.BETWEEN, Between(_end(value), None), True)
        claim = OPPOSITES.get(test, test)
        return cls(claim, value, claim is not test)


class Below(NamedTuple):
    """What is asked of the records under initiatives: one that fits is there, or, if denied, none is."""

    table: str
    demand: Demand
    is_denied: bool

    @property
    def rows_sql(self) -> str:
        """The query for the rows of all records that fit."""
        return f"SELECT row FROM {quoted(self.table)}" + (
            f" WHERE {self.demand.sql}" if self.demand.sql else ""
        )


def prepare(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that conditions use."""
    connection.create_function(_FOLD, 1, _folded, deterministic=True)
    connection.create_function(_COMPARE, 2, _compared, deterministic=True)


def may_move(query: Query, changes: ChangeSet) -> bool:
    """Whether the changes may move a record into, within or out of the answer to a query."""
    fields = [condition.field for condition in query.conditions]
    fields += [order.field for order in (query.order, query.grouping) if order is not None]
    others = {table for name in fields for table in _tables_of(name)}
    return any(
        row.table in others
        or (
            row.table == query.type_name
            and (row.before is None or row.after is None or not row.fields.isdisjoint(fields))
        )
        for row in changes.rows
    )


def is_slow(type_name: str, condition: Condition, fields: Mapping[str, FieldSpec]) -> bool:
    """Whether a test looks into a text of every row."""
    field = fields.get(condition.field)
    if field is None or is_own(field.name) or field.kind not in _TEXTS:
        return False
    return reads_long_texts(type_name, condition, fields) or Claim.of(condition).test is not Test.FILLED


def reads_long_texts(type_name: str, condition: Condition, fields: Mapping[str, FieldSpec]) -> bool:
    """Whether a test looks into every row's long texts, which stand in no narrow index."""
    field = fields.get(condition.field)
    if field is None or is_own(field.name) or field.kind not in _TEXTS:
        return False
    claim = Claim.of(condition).test
    if claim is Test.FILLED:
        return field not in record_type(type_name).sortable_texts
    return field.name not in part_marks(type_name)


def _tables_of(name: str) -> tuple[str, ...]:
    return ("own_value", "own_field") if name.startswith(OWN) else _TABLES.get(name, ())


def where(
    type_name: str,
    conditions: Iterable[Condition],
    fields: Mapping[str, FieldSpec] | None = None,
    *,
    whole: bool = False,
) -> tuple[str, list[Stored]]:
    """The WHERE clause (empty without conditions) of a query on a record type, and the values bound in it.

    ``fields`` are the register's fields by name where it has some of its own. What is relative has been
    replaced by days and names (``Query.on``). ``whole`` says that all rows are looked through: texts are then
    sorted out by the narrow index of short texts first. KeyError for a field that is not there.
    """
    known = record_type(type_name).by_name if fields is None else fields
    parts = [_demand(type_name, condition, known, whole) for condition in conditions]
    sql = " AND ".join(f"({part.sql})" for part in parts)
    return (f" WHERE {sql}" if sql else "", [value for part in parts for value in part.values])


def _demand(type_name: str, condition: Condition, fields: Mapping[str, FieldSpec], whole: bool) -> Demand:
    below, claim = ask_below(condition, fields), Claim.of(condition)
    if below is not None:
        inner = below.demand
        # What only asks whether there is one is answered by the index of parents.
        if whole and inner.values:
            sql = (
                f'"initiative"."id" IN (SELECT "initiative_id" FROM {quoted(below.table)} WHERE {inner.sql})'
            )
        else:
            joined = f'"{below.table}"."initiative_id" = "initiative"."id"' + (
                inner.sql and f" AND {inner.sql}"
            )
            sql = f"EXISTS (SELECT 1 FROM {quoted(below.table)} WHERE {joined})"
        return Demand(f"{'NOT ' if below.is_denied else ''}{sql}", inner.values)
    found = _claimed(type_name, fields[condition.field], claim.test, claim.value, whole)
    return found if not claim.is_denied else Demand(f"NOT ifnull({found.sql}, 0)", found.values)


def ask_below(condition: Condition, fields: Mapping[str, FieldSpec]) -> Below | None:
    """What a condition asks of the records under initiatives; None for one about something of their own."""
    name, claim = condition.field, Claim.of(condition)
    if name in _RELATIONS:
        table, sql = _RELATIONS[name]
        return Below(table, Demand(sql), not condition.value)
    if name == TAGS.name:
        if claim.test is Test.FILLED:
            return Below("tag", Demand(""), claim.is_denied)
        return Below("tag", _in_parts("tag", "name", claim.test, claim.value), claim.is_denied)
    if not name.startswith(OWN):
        return None
    inner = ask_own(condition, fields)
    first = name.removeprefix(OWN)
    demand = Demand(f'"own_field_id" BETWEEN ? AND ? AND {inner.sql}', (first, first + "~", *inner.values))
    return Below("own_value", demand, claim.is_denied)


def ask_own(condition: Condition, fields: Mapping[str, FieldSpec]) -> Demand:
    """What a condition on an own field claims of a column ``value``, or denies."""
    claim = Claim.of(condition)
    return _test('"value"', fields[condition.field], claim.test, claim.value)


def _claimed(type_name: str, field: FieldSpec, test: Test, value: Operand, whole: bool) -> Demand:
    if test is Test.FILLED and field in record_type(type_name).sortable_texts:
        return Demand(f"{quoted(field.name + SORT_SUFFIX)} IS NOT NULL")  # stands in a narrow index
    if field.name in part_marks(type_name) and test in (Test.CONTAINS, Test.IS, Test.ONE_OF):
        found = _in_parts(type_name, field.name, test, value)
        if whole:
            return Demand(f"row IN (SELECT row FROM {quoted(type_name)} WHERE {found.sql})", found.values)
        return found
    return _test(quoted(field.name), field, test, value)


def _in_parts(type_name: str, name: str, test: Test, value: Operand) -> Demand:
    """A test of a short text. Folded it stands in a column, between marks of its own."""
    parts, (begin, end) = quoted(PARTS_COLUMN), part_marks(type_name)[name]
    if test is Test.CONTAINS:
        start = f"instr({parts}, '{begin}')"
        place = f"instr(substr({parts}, {start} + 1), ?)"
        within = f"{place} BETWEEN 1 AND instr({parts}, '{end}') - {start} - 1"
        return Demand(f"(instr({parts}, ?) > 0 AND {within})", (_needle(value),) * 2)
    wanted = value if isinstance(value, tuple) and not isinstance(value, Between) else (value,)
    # No text is empty: what asks for an empty one finds nothing.
    values = tuple(f"{begin}{fold(str(one))}{end}" for one in wanted if str(one))
    return Demand(f"({' OR '.join([f'instr({parts}, ?) > 0'] * len(values)) or 0})", values)


def _test(column: str, field: FieldSpec, test: Test, value: Operand) -> Demand:
    if test is Test.FILLED:
        return Demand(f"{column} IS NOT NULL")
    if test is Test.CONTAINS:
        return Demand(f"instr({_FOLD}({column}), ?) > 0", (_needle(value),))
    if test is Test.ONE_OF:
        wanted = value if isinstance(value, tuple) and not isinstance(value, Between) else (value,)
        return _is_one_of(column, field, wanted)
    if test is Test.IS and field.kind not in (Kind.TIME, *_DECIMALS):
        return _is_one_of(column, field, (value,))
    low, high, counted = _bounds(test, value)
    if field.kind is Kind.TIME:
        return _between(column, _midnight(low, after=not counted), _midnight(high, after=counted), ">=", "<")
    if field.kind in _DECIMALS:
        return _between_decimals(column, low, high, counted)
    stored = [None if end is None else _stored(field, end) for end in (low, high)]
    return _between(column, stored[0], stored[1], *((">=", "<=") if counted else (">", "<")))


def _is_one_of(column: str, field: FieldSpec, wanted: Iterable[Operand]) -> Demand:
    if field.kind in _TEXTS:
        values: list[Stored] = [fold(str(value)) for value in wanted]
        return Demand(f"{_FOLD}({column}) IN ({_marks(values)})", tuple(values))
    if field.kind in _KEYS:
        keys = [f"{SEPARATOR}{key}{SEPARATOR}" for value in wanted for key in _keys(value)]
        one = f"instr('{SEPARATOR}' || {column} || '{SEPARATOR}', ?) > 0"
        return Demand(f"({' OR '.join([one] * len(keys)) or 0})", tuple(keys))
    values = [_stored(field, value) for value in wanted]
    return Demand(f"{column} IN ({_marks(values)})", tuple(values))


def _marks(values: list[Stored]) -> str:
    return ", ".join("?" for _value in values)


def _keys(value: Operand) -> tuple[str, ...]:
    return tuple(str(key) for key in value) if isinstance(value, tuple) else (str(value),)


def _bounds(test: Test, value: Operand) -> tuple[Operand, Operand, bool]:
    """Both ends of what a test of size or date wants, and whether they count themselves."""
    if isinstance(value, Between):
        return value.low, value.high, True
    if test in (Test.LESS, Test.BEFORE):
        return None, value, False
    if test in (Test.GREATER, Test.AFTER):
        return value, None, False
    return value, value, True


def _between(column: str, low: Stored, high: Stored, above: str, below: str) -> Demand:
    parts = [f"{column} {sign} ?" for end, sign in ((low, above), (high, below)) if end is not None]
    values = tuple(end for end in (low, high) if end is not None)
    return Demand(" AND ".join(parts) or f"{column} IS NOT NULL", values)


def _between_decimals(column: str, low: Operand, high: Operand, counted: bool) -> Demand:
    parts: list[str] = []
    values: list[Stored] = []
    for end, sign, is_low in ((low, ">", True), (high, "<", False)):
        if end is not None:
            number = Decimal(str(end))
            near = abs(float(number)) * 1e-9 + 1e-9
            beyond, before = str(float(number) + near), str(float(number) - near)
            real = f"CAST({column} AS REAL)"
            exact = f"{_COMPARE}({column}, ?) {sign}{'=' if counted else ''} 0"
            parts.append(f"({real} {sign} CAST(? AS REAL) OR ({real} {sign} CAST(? AS REAL) AND {exact}))")
            values += [beyond, before, str(number)] if is_low else [before, beyond, str(number)]
    return Demand(" AND ".join(parts) or f"{column} IS NOT NULL", tuple(values))


def _folded(stored: str | None) -> str | None:
    if stored is None:
        return None
    return _folded_short(stored) if len(stored) <= _SHORT else fold(stored)


@lru_cache(maxsize=4096)
def _folded_short(stored: str) -> str:
    return fold(stored)


def _compared(stored: str | None, wanted: str) -> int | None:
    """-1, 0 or 1 as a stored decimal is less than, equal to or greater than the one wanted."""
    if stored is None:
        return None
    one, other = Decimal(stored), Decimal(wanted)
    return (one > other) - (one < other)


def _midnight(day: Operand, *, after: bool) -> Stored:
    """The first moment of a day where the user is, or of the one after it; moments are stored in UTC."""
    if not isinstance(day, date):
        return None
    if isinstance(day, datetime):
        day = day.astimezone().date()
    if day >= _LAST_DAY:
        return "9999"
    return format_moment(datetime.combine(day + timedelta(days=after), time()).astimezone())


def _needle(value: Operand) -> str:
    return fold(str(value))


def _end(value: Operand) -> date | None:
    return value if isinstance(value, date) else None


def _stored(field: FieldSpec, value: Operand) -> Stored:
    """One value as the column holds it; a whole number however it was typed."""
    if isinstance(value, (Relative, Myself, Between)):
        raise TypeError(f"{field.name}: {value!r} is not a value to compare with")
    if field.kind is Kind.INTEGER and isinstance(value, Decimal):
        value = int(value)
    stored = store_value(field, value)
    return str(stored) if field.name.startswith(OWN) else stored  # all own values stand as text
