"""A view: filter, columns, order and grouping under a name; stored as a record, or delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from coi_desktop.i18n import current_language
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.filter_text import format_conditions, parse_conditions
from coi_desktop.models.query import Condition, Order, Query
from coi_desktop.models.records import Record, Value
from coi_desktop.models.strict_tables import StrictTable
from coi_desktop.models.vocabulary import Vocabulary

FILE = "catalogue/views.toml"
ALL = "all"
"""The key of the delivered view of everything."""

LIST = "list"
_DOWN = ":desc"
_KEYS = ("key", "da", "en", "filters", "sort")


class Showing(NamedTuple):
    """What one sees of the register. ``id`` is that of its record, or the key of a delivered view.

    ``widths`` are those of columns that somebody drew wide or narrow, in pixels; ``unread`` lines of the
    stored filter that are not understood any more: a field that was removed.
    """

    id: str = ""
    name: str = ""
    shape: str = LIST
    search: str = ""
    conditions: tuple[Condition, ...] = ()
    columns: tuple[str, ...] = ()
    widths: tuple[tuple[str, int], ...] = ()
    order: str = "title"
    descending: bool = False
    grouping: str = ""
    unread: tuple[str, ...] = ()
    is_delivered: bool = False

    @property
    def needs_me(self) -> bool:
        """Whether it shows something only once the user's name is known."""
        return any(condition.is_about_myself for condition in self.conditions)

    def shows_as(self, other: Showing) -> bool:
        """Whether another view shows the same in the same way, whatever it is called."""
        return self._replace(id="", name="", is_delivered=False, unread=()) == other._replace(
            id="", name="", is_delivered=False, unread=()
        )


def make_order(field: FieldSpec, descending: bool, words: Vocabulary) -> Order:
    """The order by a field; choices in the order of their value list."""
    ranking = words.keys(field.values) if field.kind is Kind.CHOICE else ()
    return Order(field.name, descending, ranking)


def make_query(view: Showing, fields: Sequence[FieldSpec], words: Vocabulary) -> Query:
    """What a view asks the register for; an order or grouping by a field that is gone is left out."""
    known = {field.name: field for field in fields}
    order = make_order(known[view.order], view.descending, words) if view.order in known else Order()
    grouping = make_order(known[view.grouping], False, words) if view.grouping in known else None
    return Query("initiative", view.search, view.conditions, order, grouping)


def view_values(view: Showing, fields: Sequence[FieldSpec]) -> dict[str, Value]:
    """A view as its record holds it; what was not understood is kept as it was."""
    filters = "\n".join(filter(None, (format_conditions(view.conditions, fields), *view.unread)))
    return {
        "name": view.name,
        "shape": view.shape,
        "search": view.search or None,
        "filters": filters or None,
        "columns": format_columns(view.columns, dict(view.widths)) or None,
        "sort": format_sort(view.order, view.descending),
        "grouping": view.grouping or None,
    }


def view_of(record: Record, fields: Sequence[FieldSpec], words: Vocabulary) -> Showing:
    """The view in a record. Columns that are no fields any more are left out."""
    known = {field.name for field in fields}
    conditions, unread = parse_conditions(record.text("filters"), fields, words)
    order, descending = parse_sort(record.text("sort"))
    columns, widths = parse_columns(record.text("columns"))
    return Showing(
        record.id,
        record.text("name"),
        record.text("shape") or LIST,
        record.text("search"),
        conditions,
        tuple(name for name in columns if name in known),
        usable_widths(columns, widths),
        order if order in known else "title",
        descending,
        record.text("grouping") if record.text("grouping") in known else "",
        unread,
    )


LEAST_WIDTH, MOST_WIDTH = 20, 2_000


def usable_widths(columns: Sequence[str], widths: Mapping[str, object]) -> tuple[tuple[str, int], ...]:
    """The widths of these columns, in their order, without those that no hand can have drawn."""
    found = ((name, widths.get(name)) for name in columns)
    return tuple(
        (name, width)
        for name, width in found
        if isinstance(width, int) and not isinstance(width, bool) and LEAST_WIDTH <= width <= MOST_WIDTH
    )


def format_columns(columns: Sequence[str], widths: Mapping[str, int]) -> str:
    """``title 300, phase``: the columns in order, each with its width where it has one of its own."""
    return ", ".join(f"{name} {widths[name]}" if name in widths else name for name in columns)


def parse_columns(text: str) -> tuple[list[str], dict[str, int]]:
    """Columns and widths as ``format_columns`` wrote them; what is no number is no width."""
    parts = [part.split() for part in text.split(",")]
    names = [part[0] for part in parts if part]
    widths = {part[0]: int(part[1]) for part in parts if len(part) == 2 and part[1].isdecimal()}
    return names, widths


def format_sort(field_name: str, descending: bool) -> str:
    """``title`` or ``title:desc``."""
    return field_name + (_DOWN if descending else "")


def parse_sort(text: str) -> tuple[str, bool]:
    """The field and whether it goes down, as ``format_sort`` wrote it."""
    name = text.strip().removesuffix(_DOWN)
    return name or "title", text.strip().endswith(_DOWN)


def parse_views(
    tables: Mapping[str, Any], fields: Sequence[FieldSpec], words: Vocabulary
) -> tuple[Showing, ...]:
    """The delivered views from their file, named in the language spoken now.

    Raises CatalogueError, naming the place, for an unknown key, field or test.
    """
    made = []
    for table in StrictTable(FILE, tables, ("view",)).tables("view", _KEYS):
        conditions, unread = parse_conditions("\n".join(table.texts("filters")), fields, words)
        order, descending = parse_sort(table.text("sort"))
        if unread or order not in {field.name for field in fields}:
            raise table.wrong("filters" if unread else "sort", "of fields that are there")
        name = table.text(current_language())
        made.append(
            Showing(
                table.text("key"),
                name,
                conditions=conditions,
                order=order,
                descending=descending,
                is_delivered=True,
            )
        )
    return tuple(made)
