"""A list of initiatives as text, for people, for programs and for spreadsheets: chosen, ordered, its
columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.exchange.csv_writer import format_csv
from coi_desktop.i18n import _, current_language
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.filter_text import parse_field
from coi_desktop.models.query import Query
from coi_desktop.models.records import Record
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_editable
from coi_desktop.models.views import Showing, parse_sort
from coi_desktop.operations.library import words_of
from coi_desktop.operations.record_json import record_values
from coi_desktop.operations.views import query_of
from coi_desktop.store.register import Register

FIRST_COLUMNS = ("title", "phase", "status", "next_date")
ID = "id"

_FIGURES = (Kind.INTEGER, Kind.NUMBER, Kind.MONEY)


class Listing(NamedTuple):
    """Records with the columns they are shown in; ``columns`` is empty where none were asked for."""

    records: tuple[Record, ...]
    columns: tuple[FieldSpec, ...]


def make_listing(register: Register, view: Showing, my_name: str = "") -> Listing:
    """The records of a view and its columns."""
    known = {field.name: field for field in register.fields("initiative")}
    query: Query = query_of(register, view, my_name)
    return Listing(register.find(query), tuple(known[name] for name in view.columns))


def read_columns(register: Register, text: str) -> tuple[str, ...]:
    """The names of columns written with commas between, by name or label; Problem ``bad_filter``."""
    fields = _listed(register)
    return tuple(dict.fromkeys(parse_field(name, fields).name for name in text.split(",") if name.strip()))


def read_sort(register: Register, text: str) -> tuple[str, bool]:
    """A field, by name or label, and whether the order goes down: ``budget:desc``; Problem ``bad_filter``."""
    name, descending = parse_sort(text)
    field = parse_field(name, _listed(register))
    if not (field.sortable or field.kind in (*_FIGURES, Kind.DATE)):
        raise Problem(
            _("A list cannot be ordered by “{field}”.").format(field=field.label()),
            meaning=_("Nothing was looked for."),
            advice=_("Choose a short text, a choice, a number or a date."),
            code="bad_filter",
        )
    return field.name, descending


def table_rows(register: Register, listing: Listing) -> tuple[list[str], list[list[str]]]:
    """Headings and cells for people."""
    columns, words = _columns(register, listing), words_of(register)
    rows = [[show_value(field, record[field.name], words) for field in columns] for record in listing.records]
    return [field.label() for field in columns], rows


def csv_text(register: Register, listing: Listing) -> str:
    """The list as a text file for spreadsheets: full ids, numbers without grouping, dates ISO 8601."""
    columns, words = _columns(register, listing), words_of(register)
    language = current_language()

    def cell(field: FieldSpec, record: Record) -> str:
        value = record[field.name]
        if field.kind in _FIGURES:
            return format_editable(record.number(field.name), language)
        if isinstance(value, datetime):
            return value.astimezone().strftime("%Y-%m-%d %H:%M")
        return value.isoformat() if isinstance(value, date) else show_value(field, value, words)

    return format_csv(
        [ID, *(field.label() for field in columns)],
        [[record.id, *(cell(field, record) for field in columns)] for record in listing.records],
        [False, *(field.kind in _FIGURES for field in columns)],
    )


def json_values(listing: Listing) -> list[dict[str, Any]]:
    """The list for programs: every field, or id and the columns asked for."""
    if not listing.columns:
        return [record_values(record) for record in listing.records]
    return [
        {ID: record.id, **{field.name: record[field.name] for field in listing.columns}}
        for record in listing.records
    ]


def _listed(register: Register) -> Sequence[FieldSpec]:
    return [field for field in register.fields("initiative") if field.shown or field.kind is Kind.TIME]


def _columns(register: Register, listing: Listing) -> tuple[FieldSpec, ...]:
    known = {field.name: field for field in register.fields("initiative")}
    return listing.columns or tuple(known[name] for name in FIRST_COLUMNS)
