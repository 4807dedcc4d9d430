"""The cells of one column read as values of a field: forms decided by all of them, faults told one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from coi_desktop.i18n import _
from coi_desktop.models.dates import FIRST_YEAR, LAST_YEAR, DateOrder, Period, format_date, parse_date
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import clean, clean_line
from coi_desktop.models.import_report import Level
from coi_desktop.models.records import Value
from coi_desktop.models.table_mapping import ColumnMapping
from coi_desktop.models.tables import Cell, CellKind
from coi_desktop.models.text import NumberForm, ParsedNumber, format_number, parse_money, parse_number

NUMBER_KINDS = (Kind.NUMBER, Kind.MONEY, Kind.INTEGER)
CHOICE_KINDS = (Kind.CHOICE, Kind.CHOICES)
DATE_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd")

_GREATEST_NUMBER = Decimal("1e15")
_MOST_DIGITS = 28
_EATEN_NUMBER = re.compile(r"[0-9][.,][0-9]+E\+[0-9]+", re.IGNORECASE)
_EATEN_DATE = re.compile(r"[a-zæøå]{3}-[0-9]{2}", re.IGNORECASE)
_SEVERAL = re.compile(r"[;|\n/]|, ?")
_DASH = re.compile("[-\u2010-\u2015\u2212]{1,3}")
_YES = frozenset(("ja", "j", "yes", "y", "x", "✓", "sand", "true", "1"))
_NO = frozenset(("nej", "n", "no", "falsk", "false", "0"))
_CODE_FIELDS = ("external_id", "journal_number")
_PERIODS: dict[str, Period] = {
    "start": "start",
    "planned_end": "end",
    "baseline_end": "end",
    "next_date": "end",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell gives no value, or not quite the one it shows: a reason and a remedy in words."""

    reason: str
    remedy: str
    level: Level = Level.ERROR


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell gives: values by field (one, for most kinds of field), and what is wrong with it."""

    values: dict[str, Value]
    fault: Fault | None = None


def period_of(field: FieldSpec) -> Period:
    """Whether a year or month in a date field means its first day, its last, or nothing."""
    return _PERIODS.get(field.name, "")


def parse_figure(field: FieldSpec, text: str) -> ParsedNumber:
    """A text as the kind of number the field holds."""
    return parse_money(text) if field.kind is Kind.MONEY else parse_number(text)


def decide_number_form(field: FieldSpec, cells: Iterable[Cell]) -> NumberForm | Literal[""]:
    """The form of numbers that all texts of a column allow; empty when they prove none or contradict each
    other.
    """
    proven: set[NumberForm] = set()
    for cell in cells:
        if cell.kind is CellKind.TEXT:
            parsed = parse_figure(field, cell.text)
            if (parsed.comma is None) != (parsed.point is None):
                proven.add("comma" if parsed.comma is not None else "point")
    return proven.pop() if len(proven) == 1 else ""


def decide_date_order(cells: Sequence[Cell]) -> DateOrder | Literal[""]:
    """The order of figures that all dates of a column allow, day first if several do; empty if none."""
    texts = [cell.text for cell in cells if cell.kind is CellKind.TEXT and not cell.is_empty]
    dates = [text for text in texts if _days(text, DATE_ORDERS, "")]
    return next((order for order in DATE_ORDERS if all(_days(text, (order,), "") for text in dates)), "")


def read_cell(cell: Cell, field: FieldSpec, column: ColumnMapping) -> Reading:
    """The values of one cell for ``field``; no values for an empty cell.

    Nothing is guessed: what has two readings, or none, is an ERROR; an unknown choice and a text that had to
    be cut are NOTEs. A dash alone is how many lists say "nothing".
    """
    if cell.is_empty or is_dash(cell):
        return Reading({field.name: None})
    if cell.kind is CellKind.ERROR:
        return _unusable(field, _("the cell holds the error {value}").format(value=cell.text))
    if cell.kind is CellKind.FORMULA:
        return _unusable(
            field,
            _("the cell holds a formula without a stored result"),
            _("Open the list in Excel, save it, and import it again."),
        )
    if field.kind in CHOICE_KINDS:
        return _read_choice(cell, field, column)
    if field.kind in NUMBER_KINDS:
        return _read_number(cell, field, column)
    if field.kind is Kind.DATE:
        return _read_date(cell, field, column)
    if field.kind is Kind.YES_NO:
        return _read_yes_no(cell, field)
    return _read_text(cell, field)


def parse_yes_no(cell: Cell) -> bool | None:
    """What a cell answers: yes, no, or None where it says neither. A cross is how many lists say yes."""
    if cell.kind is CellKind.YES_NO:
        return cell.flag
    text = cell.text.strip().casefold()
    return True if text in _YES else False if text in _NO else None


def _read_yes_no(cell: Cell, field: FieldSpec) -> Reading:
    answer = parse_yes_no(cell)
    if answer is None:
        reason = _("“{text}” is neither yes nor no in “{field}”").format(
            text=shown_text(cell)[:80], field=field.label()
        )
        return Reading({}, Fault(reason, _("Write yes or no, or leave the cell empty.")))
    return Reading({field.name: answer})


def is_dash(cell: Cell) -> bool:
    """Whether a cell holds nothing but a dash."""
    return cell.kind is CellKind.TEXT and bool(_DASH.fullmatch(cell.text.strip()))


def _unusable(field: FieldSpec, reason: str, remedy: str = "") -> Reading:
    level = (
        Level.NOTE
        if field.kind in (Kind.TEXT, Kind.LONG, *CHOICE_KINDS) and not field.required
        else Level.ERROR
    )
    remedy = remedy or _("Correct the cell in the list, and import it again.")
    return Reading({field.name: None} if level is Level.NOTE else {}, Fault(reason, remedy, level))


def shown_text(cell: Cell) -> str:
    """A cell as text: a number with a decimal comma, a date as a Dane writes it."""
    if cell.kind is CellKind.NUMBER:
        return format_number(cell.number, "da", grouping=False, minus="-")
    if cell.kind is CellKind.PERCENT:
        return format_number(cell.number, "da", grouping=False, minus="-") + " %"
    if cell.kind is CellKind.DATE:
        return format_date(cell.day, "da")
    if cell.kind is CellKind.YES_NO:
        return _("Yes") if cell.flag else _("No")
    return cell.text


def _read_text(cell: Cell, field: FieldSpec) -> Reading:
    text = shown_text(cell)
    text = clean(text) if field.kind is Kind.LONG else clean_line(text)
    if field.name in _CODE_FIELDS and _is_eaten(cell, text):
        fault = Fault(
            _("Excel has turned this code into a number or a date, and its digits are lost"),
            _("Format the column as text in the list, write the code again, and import it again."),
            Level.NOTE,
        )
        return Reading({field.name: None}, fault)
    if field.limit and len(text) > field.limit:
        too_long = _("the text holds {length} characters; there is room for {limit}").format(
            length=len(text), limit=field.limit
        )
        if field.required:
            return Reading({}, Fault(too_long, _("Shorten it, and put the rest in the description.")))
        fault = Fault(
            _("{reason}, so it was cut").format(reason=too_long),
            _("Shorten it in the list, or map the column to a field with more room."),
            Level.NOTE,
        )
        return Reading({field.name: text[: field.limit - 1].rstrip() + "…"}, fault)
    return Reading({field.name: text or None})


def _is_eaten(cell: Cell, text: str) -> bool:
    if cell.kind is CellKind.NUMBER:
        return len(text) > 15
    return cell.kind is CellKind.DATE or bool(_EATEN_NUMBER.fullmatch(text) or _EATEN_DATE.fullmatch(text))


def _read_number(cell: Cell, field: FieldSpec, column: ColumnMapping) -> Reading:
    if cell.kind is CellKind.NUMBER or (cell.kind is CellKind.PERCENT and field.kind is Kind.NUMBER):
        return _checked_number(cell.number, field)
    if cell.kind is not CellKind.TEXT:
        return Reading({}, _no_number(field))
    parsed = parse_figure(field, cell.text)
    if not parsed.is_number or (parsed.percent and field.kind is not Kind.NUMBER):
        return Reading({}, _no_number(field))
    if not parsed.is_ambiguous:
        assert parsed.value is not None
        return _checked_number(parsed.value, field)
    value = parsed.reading(column.number_form) if column.number_form else None
    if value is not None:
        return _checked_number(value, field)
    danish, english = (format_number(number, "da") for number in (parsed.comma, parsed.point))
    return Reading(
        {},
        Fault(
            _("the number may be {first} or {second}, and the rest of the column does not tell").format(
                first=danish, second=english
            ),
            _("Say in the mapping whether the column uses a decimal comma or a decimal point."),
        ),
    )


def _no_number(field: FieldSpec) -> Fault:
    if field.kind is Kind.MONEY:
        return Fault(_("this is not an amount in kroner"), _("Write an amount such as 125.000 or 125000,50."))
    return Fault(_("this is not a number"), _("Write a number such as 1250 or 12,5."))


def _checked_number(value: Decimal, field: FieldSpec) -> Reading:
    if abs(value) >= _GREATEST_NUMBER or len(value.as_tuple().digits) > _MOST_DIGITS:
        return Reading({}, Fault(_("the number is too large"), _("Write a number of at most 15 digits.")))
    if field.kind is not Kind.INTEGER:
        return Reading({field.name: value})
    if value != value.to_integral_value():
        return Reading({}, Fault(_("this is not a whole number"), _("Write a number without decimals.")))
    return Reading({field.name: int(value)})


def _read_date(cell: Cell, field: FieldSpec, column: ColumnMapping) -> Reading:
    period = period_of(field)
    days: set[date] = set()
    if cell.kind is CellKind.DATE:
        days = {cell.day}
    elif cell.kind is CellKind.NUMBER:
        days = _days(cell.text, ("dmy",), period)
    elif cell.kind is CellKind.TEXT:
        days = _days(cell.text, (column.date_order,) if column.date_order else DATE_ORDERS, period)
    if len(days) > 1:
        fault = Fault(
            _("the column writes dates in different orders, and this one can be read in two ways"),
            _("Say in the mapping whether the day or the month stands first."),
        )
        return Reading({}, fault)
    day = days.pop() if days else None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        remedy = _("Write a date such as 22-11-2026, or format the cell as a date.")
        return Reading({}, Fault(_("this is not a date"), remedy))
    return Reading({field.name: day})


def _days(text: str, orders: Sequence[DateOrder], period: Period) -> set[date]:
    """Every day that a text can mean under these orders."""
    days = (parse_date(text, order=order, period=period) for order in orders)
    return {day for day in days if day is not None}


def _read_choice(cell: Cell, field: FieldSpec, column: ColumnMapping) -> Reading:
    text = clean_line(shown_text(cell))
    keys = column.choices.get(text)
    if field.kind is Kind.CHOICE:
        if keys is not None:
            return Reading({field.name: None, **keys})
        return Reading({field.name: None}, _unknown_choice(field, text))
    if keys is not None:
        return Reading({field.name: tuple(keys.values()) or None})
    found: list[str] = []
    unknown: list[str] = []
    for part in split_choices(text):
        part_keys = column.choices.get(part)
        if part_keys is None:
            unknown.append(part)
        else:
            found += [key for key in part_keys.values() if key not in found]
    return Reading(
        {field.name: tuple(found) or None}, _unknown_choice(field, ", ".join(unknown)) if unknown else None
    )


def split_choices(text: str) -> list[str]:
    """The entries of a cell that names several choices."""
    return [part for part in (clean_line(part) for part in _SEVERAL.split(text)) if part]


def _unknown_choice(field: FieldSpec, text: str) -> Fault:
    return Fault(
        _("“{text}” is not one of the choices of “{field}”, which stays empty").format(
            text=text[:80], field=field.label()
        ),
        _("Say in the mapping which choice it stands for, or correct it in the list."),
        Level.NOTE,
    )
