"""What a list asks the register for: search text, conditions on fields, and an order."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from coi_desktop.models.records import Value


class Test(StrEnum):
    """How a field is compared in a condition."""

    IS = "is"
    IS_NOT = "is_not"
    ONE_OF = "one_of"
    EMPTY = "empty"
    FILLED = "filled"


class Condition(NamedTuple):
    """One demand on a field. ``value`` is a tuple of values for ONE_OF and not used for EMPTY and FILLED."""

    field: str
    test: Test
    value: Value = None


class Order(NamedTuple):
    """The field a list is sorted by. Records without a value stand last, equal ones in the order they were
    stored.

    ``ranking`` is the order of a choice's keys (that of its value list); without it keys sort by themselves.
    """

    field: str = "title"
    descending: bool = False
    ranking: tuple[str, ...] = ()


class Query(NamedTuple):
    """Which records of a type, and in which order. ``search`` is what the user typed, taken as plain words.

    Without an ``order`` the records come as they were stored.
    """

    type_name: str = "initiative"
    search: str = ""
    conditions: tuple[Condition, ...] = ()
    order: Order | None = None
