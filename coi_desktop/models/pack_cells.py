"""Values of a case as cells of a pack and back, exactly: every value has one text, and every text one value.

Cells are read a whole column at a time, because a pack of a thousand cases has a hundred thousand of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from coi_desktop.i18n import N_
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import clean_all, clean_lines
from coi_desktop.models.ids import is_uuid
from coi_desktop.models.pack import is_enumerated
from coi_desktop.models.records import Value
from coi_desktop.models.vocabulary import Vocabulary

LIST_SEPARATOR = "|"
LIST_LIMIT = 200
FIRST_YEAR, LAST_YEAR = 1800, 2200

#: Numbers of these fields have a meaning only between these bounds.
RANGES: Mapping[str, tuple[int, int]] = {
    "evidence_level": (0, 5),
    "completeness": (0, 100),
    "price_year": (FIRST_YEAR, LAST_YEAR),
    "year": (FIRST_YEAR, LAST_YEAR),
    "revision": (1, 2**31 - 1),
}

#: Texts that must be UUIDs.
UUIDS = frozenset({"parent_uuid"})

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,27})?")
_LONGEST_NUMBER = 30
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

NOT_A_NUMBER = N_("is not a number with a decimal point and at most 15 digits before it")
NOT_WHOLE = N_("is not a whole number")
NOT_A_DATE = N_("is not a date like 2026-11-22")
NOT_A_UUID = N_("is not a UUID in small letters")
NOT_IN_LIST = N_("is not one of the known keys")
OUT_OF_RANGE = N_("lies outside what is possible")
BAD_LIST = N_("is not a list of different keys separated by |")
TOO_MANY = N_("holds more than 200 items")


class CellError(ValueError):
    """A cell that cannot be read: its place in the column (0 is the first), and why (a message id)."""

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(f"{index}: {reason}")
        self.index = index
        self.reason = reason


def format_cell(value: Value) -> str:
    """The one text of a value in a pack: decimal point, ISO date, keys separated by ``|``, "" for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value))


def parse_column(field: FieldSpec, cells: Sequence[str], vocabulary: Vocabulary) -> list[Value]:
    """The values of a whole column of cells in NFC. Texts are cleaned as the register cleans them.

    Raises CellError.
    """
    return cast("list[Value]", _PARSERS[field.kind](field, cells, vocabulary))


def can_travel(field: FieldSpec, value: Value, vocabulary: Vocabulary) -> bool:
    """Whether a value of the register may stand in a pack: its key is in the list, its number in bounds."""
    try:
        return parse_column(field, [format_cell(value)], vocabulary) != [None]
    except CellError:
        return False


def parse_uuids(cells: Sequence[str]) -> list[str]:
    """The cells of a key column as they are. Raises CellError for one that is no UUID in its usual form."""
    wrong = [cell for cell in set(cells) if not is_uuid(cell)]
    if wrong:
        raise CellError(min(map(cells.index, wrong)), NOT_A_UUID)
    return list(cells)


def _lines(field: FieldSpec, cells: Sequence[str], _vocabulary: Vocabulary) -> list[str | None]:
    if field.name in UUIDS:
        for index, cell in enumerate(cells):
            if cell and not is_uuid(cell):
                raise CellError(index, NOT_A_UUID)
    return [line or None for line in clean_lines(cells)]


def _pages(_field: FieldSpec, cells: Sequence[str], _vocabulary: Vocabulary) -> list[str | None]:
    return [page or None for page in clean_all(cells)]


def _choices_of(field: FieldSpec, vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(("", *vocabulary.keys(field.values)))


def _choice(field: FieldSpec, cells: Sequence[str], vocabulary: Vocabulary) -> list[str | None]:
    if not is_enumerated(field):
        return _lines(field, cells, vocabulary)
    known = _choices_of(field, vocabulary)
    if not known.issuperset(cells):
        raise CellError(next(i for i, cell in enumerate(cells) if cell not in known), NOT_IN_LIST)
    return [cell or None for cell in cells]


def _choices(field: FieldSpec, cells: Sequence[str], vocabulary: Vocabulary) -> list[tuple[str, ...] | None]:
    known = _choices_of(field, vocabulary)
    values: list[tuple[str, ...] | None] = []
    for index, cell in enumerate(cells):
        keys = tuple(cell.split(LIST_SEPARATOR)) if cell else ()
        if len(keys) > LIST_LIMIT:
            raise CellError(index, TOO_MANY)
        if "" in keys or len(set(keys)) < len(keys):
            raise CellError(index, BAD_LIST)
        if not known.issuperset(keys):
            raise CellError(index, NOT_IN_LIST)
        values.append(keys or None)
    return values


def _integers(field: FieldSpec, cells: Sequence[str], _vocabulary: Vocabulary) -> list[int | None]:
    least, greatest = RANGES.get(field.name, (-(10**15), 10**15))
    values: list[int | None] = []
    for index, cell in enumerate(cells):
        if cell and _INTEGER.fullmatch(cell) is None:
            raise CellError(index, NOT_WHOLE)
        value = int(cell) if cell else None
        if value is not None and not least <= value <= greatest:
            raise CellError(index, OUT_OF_RANGE)
        values.append(value)
    return values


def _numbers(_field: FieldSpec, cells: Sequence[str], _vocabulary: Vocabulary) -> list[Decimal | None]:
    values: list[Decimal | None] = []
    for index, cell in enumerate(cells):
        if cell and (_NUMBER.fullmatch(cell) is None or len(cell) > _LONGEST_NUMBER):
            raise CellError(index, NOT_A_NUMBER)
        values.append(Decimal(cell) if cell else None)
    return values


def _dates(_field: FieldSpec, cells: Sequence[str], _vocabulary: Vocabulary) -> list[date | None]:
    known: dict[str, date | None] = {"": None}
    for index, cell in enumerate(cells):
        if cell in known:
            continue
        if _DATE.fullmatch(cell) is None:
            raise CellError(index, NOT_A_DATE)
        try:
            known[cell] = date.fromisoformat(cell)
        except ValueError as error:
            raise CellError(index, NOT_A_DATE) from error
        if not FIRST_YEAR <= int(cell[:4]) <= LAST_YEAR:
            raise CellError(index, OUT_OF_RANGE)
    return [known[cell] for cell in cells]


_PARSERS: Mapping[Kind, Callable[[FieldSpec, Sequence[str], Vocabulary], Sequence[Value]]] = {
    Kind.TEXT: _lines,
    Kind.LONG: _pages,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.INTEGER: _integers,
    Kind.NUMBER: _numbers,
    Kind.MONEY: _numbers,
    Kind.DATE: _dates,
}
