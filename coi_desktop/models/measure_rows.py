"""The measurements that stand in a table, a row or a cell each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from coi_desktop.i18n import LANGUAGES, _
from coi_desktop.models.column_values import Fault, decide_date_order, read_cell, shown_text
from coi_desktop.models.dates import DateOrder, parse_date
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import clean_line, fold
from coi_desktop.models.import_report import ImportProblem, Level
from coi_desktop.models.measure_candidates import Candidate, IsErased, refused, told
from coi_desktop.models.measure_mapping import MeasureMapping, day_of, part_of
from coi_desktop.models.measure_values import Form, decide_form, read_value
from coi_desktop.models.privacy import find_personal_details, remark_on
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value
from coi_desktop.models.table_mapping import ColumnMapping
from coi_desktop.models.tables import Cell, CellKind, Table, TableRow
from coi_desktop.models.vocabulary import Vocabulary

_TEXTS = ("subgroup", "source", "note")
#: What a row says of all its values; the others are of one value and say nothing in a wide table.
_OF_ROW = ("series", "subgroup", "quality", "source", "note")
_MOST_PERCENT = 100


class _ValueColumn(NamedTuple):
    """A column of values, and whose or of which day they are where their heading says it."""

    column: ColumnMapping
    indicator: Record | None
    day: date | None


@dataclass(frozen=True)
class RowsReader:
    """Reads the rows of a table under a mapping. ``today`` tells what lies in the future."""

    table: Table
    mapping: MeasureMapping
    indicators: Mapping[str, Record]
    words: Vocabulary
    is_erased: IsErased
    today: date

    def candidates(self) -> Iterator[Candidate]:
        """A candidate for each value, in the order of the rows.

        Raises Problem ``no_value_column``, ``no_indicator`` or ``no_day`` where the columns do not tell it.
        """
        columns = self._value_columns
        if not columns:
            raise refused(
                _("No column holds values."),
                _("Choose which column holds the values, or which indicator each column is."),
                "no_value_column",
            )
        self._check_columns(columns)
        for row in self.table.rows:
            yield from self._of_row(row, columns)

    def _check_columns(self, columns: Sequence[_ValueColumn]) -> None:
        needs_name = any(one.indicator is None for one in columns)
        if needs_name and self._column("indicator") is None and len(self.indicators) != 1:
            raise refused(
                _("No column tells which indicator a value belongs to."),
                _("Choose the column with the names of the indicators."),
                "no_indicator",
            )
        needs_day = any(one.day is None for one in columns)
        if needs_day and self._column("date") is None and self.mapping.day is None:
            raise refused(
                _("Nothing tells the date of the values."),
                _("Choose the column with dates, or write one date for the whole table."),
                "no_day",
            )

    @cached_property
    def _value_columns(self) -> list[_ValueColumn]:
        found = []
        for column in self.mapping.table.columns:
            part, indicator_id = part_of(column.field)
            day = day_of(column.field)
            if column.field == "value" or (part == "value" and indicator_id) or day is not None:
                found.append(_ValueColumn(column, self.indicators.get(indicator_id), day))
        return found

    def _column(self, name: str) -> ColumnMapping | None:
        return self.mapping.table.column_of(name)

    def _of_row(self, row: TableRow, columns: Sequence[_ValueColumn]) -> Iterator[Candidate]:
        is_long = columns[0].column.field == "value"
        cells = [row.cells[one.column.column] for one in columns]
        if all(cell.is_empty for cell in cells) and not is_long:
            return
        if is_long and self._is_blank(row):
            return
        values, problems = self._shared(row, is_long=is_long)
        named, wrong = self._indicator_of(row)
        for one, cell in zip(columns, cells, strict=True):
            if cell.is_empty and not is_long:
                continue
            indicator = one.indicator or named
            found = [*problems] if one.indicator is not None else [*problems, *wrong]
            all_values = dict(values)
            if one.day is not None:
                all_values["date"] = one.day
            if indicator is not None:
                all_values["value"], fault = self._read(cell, indicator, one.column)
                if fault is not None:
                    found.append(told(self.table, row.row_number, one.column.column, fault))
            found += self._check(all_values, row)
            yield Candidate(
                "" if indicator is None else indicator.id, all_values, row.row_number, tuple(found)
            )

    def _is_blank(self, row: TableRow) -> bool:
        """Whether a row says nothing but, at most, what is the same for many."""
        telling = [self._column(name) for name in ("value", "n", "sd")]
        return all(column is None or row.cells[column.column].is_empty for column in telling)

    def _read(
        self, cell: Cell, indicator: Record, column: ColumnMapping
    ) -> tuple[Decimal | None, Fault | None]:
        if cell.is_empty:
            return None, Fault(_("the value is missing"), _("Write the value, or delete the row."))
        value, fault = read_value(cell, indicator, column.number_form or self._form_of(indicator, column))
        return value, fault

    def _form_of(self, indicator: Record, column: ColumnMapping) -> Form:
        key = (indicator.text("measure") == "dkk", column.column)
        if key not in self._forms:
            self._forms[key] = decide_form(indicator, self.table.cells(column.column))
        return self._forms[key]

    @cached_property
    def _forms(self) -> dict[tuple[bool, int], Form]:
        return {}

    @cached_property
    def _by_name(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for one in self.indicators.values():
            found.setdefault(_folded(one.text("name")), []).append(one)
        return found

    def _indicator_of(self, row: TableRow) -> tuple[Record | None, list[ImportProblem]]:
        """The indicator a row names; the only one where no column does."""
        column = self._column("indicator")
        if column is None:
            return (next(iter(self.indicators.values())) if len(self.indicators) == 1 else None), []
        name = clean_line(shown_text(row.cells[column.column]))
        found = self._by_name.get(_folded(name), [])
        if len(found) == 1:
            return found[0], []
        reason = (
            _("the name of the indicator is missing")
            if not name
            else _("two indicators have this name")
            if found
            else _("the evaluation has no indicator of this name")
        )
        remedy = _("Write the name as it stands in step 8, or add the indicator there first.")
        return None, [told(self.table, row.row_number, column.column, Fault(reason, remedy))]

    def _shared(self, row: TableRow, *, is_long: bool) -> tuple[dict[str, Value], list[ImportProblem]]:
        """What a row says beside its values."""
        values: dict[str, Value] = {"date": self.mapping.day, "series": self.mapping.series}
        problems: list[ImportProblem] = []
        stored = record_type("measurement").by_name
        names = (*_OF_ROW, "n", "sd", "response_rate") if is_long or self._by_indicator else _OF_ROW
        for name in ("date", *names):
            column = self._column(name)
            if column is None or row.cells[column.column].is_empty:
                continue
            value, fault = self._read_field(row.cells[column.column], stored[name], column)
            if fault is not None:
                problems.append(told(self.table, row.row_number, column.column, fault))
            if value is not None:
                values[name] = value
        return values, problems

    @cached_property
    def _by_indicator(self) -> bool:
        """Whether each column is an indicator, so that the number of answers is that of the row."""
        return any(one.indicator is not None for one in self._value_columns)

    def _read_field(self, cell: Cell, field: FieldSpec, column: ColumnMapping) -> tuple[Value, Fault | None]:
        if field.kind is Kind.DATE:
            return self._read_day(cell, column)
        if field.kind is Kind.CHOICE:
            return self._read_choice(cell, field)
        reading = read_cell(cell, field, column)
        value = reading.values.get(field.name)
        if field.name in _TEXTS and isinstance(value, str):
            return self._checked_text(value, reading.fault)
        return value, reading.fault

    def _checked_text(self, text: str, fault: Fault | None) -> tuple[Value, Fault | None]:
        """A text that is kept names nobody."""
        remark = remark_on(find_personal_details(text, is_cell=True))
        if remark:
            return None, Fault(remark.rstrip("."), _("Write a role or a group instead."))
        if self.is_erased(text):
            reason = _("the text names a person who was erased from the register")
            return None, Fault(reason, _("Leave the name out."))
        return text, fault

    def _read_choice(self, cell: Cell, field: FieldSpec) -> tuple[Value, Fault | None]:
        text = _folded(shown_text(cell))
        for key in self.words.keys(field.values):
            labels = (key, *(self.words.label(field.values, key, language) for language in LANGUAGES))
            if text in map(_folded, labels):
                return key, None
        reason = _("this is not one of the choices of “{field}”").format(field=field.label())
        choices = ", ".join(self.words.label(field.values, key) for key in self.words.keys(field.values))
        return None, Fault(reason, _("Write one of: {choices}.").format(choices=choices))

    def _read_day(self, cell: Cell, column: ColumnMapping) -> tuple[Value, Fault | None]:
        if cell not in self._read_days:
            day = cell.day if cell.kind is CellKind.DATE else None
            if cell.kind in (CellKind.TEXT, CellKind.NUMBER):
                day = parse_date(cell.text, order=self._order(column), period="end")
            self._read_days[cell] = day
        day = self._read_days[cell]
        if day is None:
            return None, Fault(
                _("this is not a date"), _("Write a date such as 22-11-2026, March 2026 or week 34 2026.")
            )
        return day, None

    @cached_property
    def _read_days(self) -> dict[Cell, date | None]:
        """The day of each different cell: a table has few of them, many times."""
        return {}

    def _order(self, column: ColumnMapping) -> DateOrder:
        if column.column not in self._orders:
            different = list(dict.fromkeys(self.table.cells(column.column)))
            self._orders[column.column] = column.date_order or decide_date_order(different) or "dmy"
        return self._orders[column.column]

    @cached_property
    def _orders(self) -> dict[int, DateOrder]:
        return {}

    def _check(self, values: Mapping[str, Value], row: TableRow) -> Iterator[ImportProblem]:
        row_number = row.row_number
        n, rate, spread, day = (values.get(name) for name in ("n", "response_rate", "sd", "date"))
        if isinstance(n, int) and n < 0:
            yield self._wrong("n", row_number, _("the number of answers is below zero"))
        if isinstance(rate, Decimal) and not 0 <= rate <= _MOST_PERCENT:
            yield self._wrong("response_rate", row_number, _("the response rate lies outside 0–100 %"))
        if isinstance(spread, Decimal) and spread < 0:
            yield self._wrong("sd", row_number, _("the standard deviation is below zero"))
        column = self._column("date")
        if day is None and (column is None or row.cells[column.column].is_empty):
            yield self._wrong("date", row_number, _("the date is missing"))
        elif isinstance(day, date) and day > self.today:
            yield self._wrong("date", row_number, _("the date lies in the future"), Level.NOTE)

    def _wrong(self, name: str, row_number: int, reason: str, level: Level = Level.ERROR) -> ImportProblem:
        column = self._column(name)
        fault = Fault(reason, _("Correct the cell in the table, and import it again."), level)
        return told(self.table, row_number, -1 if column is None else column.column, fault)


def _folded(text: str) -> str:
    return fold(clean_line(text)).strip()
