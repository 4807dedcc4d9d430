"""What kind of own field a column of a list would be: told by its entries, and by its heading for amounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from coi_desktop.models.column_values import DATE_ORDERS, is_dash, parse_yes_no, shown_text
from coi_desktop.models.dates import parse_date
from coi_desktop.models.folding import clean_line, words
from coi_desktop.models.record_types.building import LINE
from coi_desktop.models.tables import Cell, CellKind
from coi_desktop.models.text import parse_money, parse_number

_MOST_CHOICES = 15
_LONGEST_CHOICE = 60
_OF_MONEY = frozenset(
    ("kr", "kroner", "dkk", "beloeb", "budget", "udgift", "udgifter", "pris", "amount", "cost")
)


class ColumnKind(NamedTuple):
    """The kind of own field that fits a column; ``choices`` are the words of a choice list."""

    kind: str
    choices: tuple[str, ...] = ()


def suggest_kind(heading: str, cells: Sequence[Cell]) -> ColumnKind:
    """The narrowest kind that every filled cell fits; text for an empty column.

    Few words that come again are choices; one long text or one of several lines makes long text.
    """
    filled = [cell for cell in cells if not cell.is_empty and not is_dash(cell)]
    if not filled:
        return ColumnKind("text")
    if all(parse_yes_no(cell) is not None for cell in filled):
        return ColumnKind("yes_no")
    if all(_is_day(cell) for cell in filled):
        return ColumnKind("date")
    if all(_is_number(cell) for cell in filled):
        return ColumnKind("money" if not _OF_MONEY.isdisjoint(words(heading)) else "number")
    texts = [shown_text(cell).strip() for cell in filled]
    if any(len(text) > LINE or "\n" in text for text in texts):
        return ColumnKind("long")
    counted = Counter(map(clean_line, texts))
    if len(counted) <= min(_MOST_CHOICES, len(texts) // 2) and max(map(len, counted)) <= _LONGEST_CHOICE:
        return ColumnKind("choice", tuple(counted))
    return ColumnKind("text")


def _is_day(cell: Cell) -> bool:
    return cell.kind is CellKind.DATE or (
        cell.kind is CellKind.TEXT and any(parse_date(cell.text, order=order) for order in DATE_ORDERS)
    )


def _is_number(cell: Cell) -> bool:
    return cell.kind is CellKind.NUMBER or (
        cell.kind is CellKind.TEXT
        and (parse_number(cell.text).is_number or parse_money(cell.text).is_number)
        and not parse_number(cell.text).percent
    )
